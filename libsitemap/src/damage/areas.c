#include "damage/areas.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "col/cell.h"
#include "geo/geos_bridge.h"
#include "overlay/locate.h"

const char *smap__area_status_code(smap__area_status status) {
    static const char *const code[] = { "produced", "not_produced", "partly", "outside", "unknown" };
    return code[status];
}

void smap__areas_release(smap__areas *areas) {
    smap__arena_release(&areas->arena);
    smap__free(areas->area);
    *areas = (smap__areas){ 0 };
}

static const char *keep_cell(smap__arena *arena, const smap_table *table, const char *column, int64_t row) {
    const smap_column *c = column ? smap_table_find(table, column) : NULL;
    if (!c) return smap__arena_strdup(arena, "");
    smap__str s = SMAP__STR_INIT;
    smap__cell_put(&s, c, row);
    const char *text = s.failed ? NULL : smap__arena_strndup(arena, s.data ? s.data : "", s.len);
    smap__str_release(&s);
    return text;
}

/* "EMSR696_AOI03": how a row of damage, hazard or coverage names its area of interest; "" if it names none. */
static const char *aoi_key(smap__arena *arena, const smap_table *table, int64_t row) {
    const smap_column *aoi = smap_table_find(table, "aoi");
    const char *activation = keep_cell(arena, table, "activation", row);
    if (!activation) return NULL;
    if (!aoi || smap_column_is_null(aoi, row)) return smap__arena_strdup(arena, "");
    const char *number = keep_cell(arena, table, "aoi", row);
    int64_t n;
    if (!number) return NULL;
    if (smap__parse_int(number, strlen(number), &n)) return smap__arena_printf(arena, "%s_AOI%02d", activation, (int)n);
    return smap__arena_printf(arena, "%s-%s", activation, number);
}

static int compare_areas(const void *a, const void *b) {
    const smap__area *x = a, *y = b;
    int order = strcmp(x->id, y->id);
    return order ? order : (x->row > y->row) - (x->row < y->row);
}

static bool is_aoi(const smap_table *coverage, int64_t row) {
    return smap__cell_is(smap_table_find(coverage, "kind"), row, "area_of_interest");
}

/* The source's own areas: one per area of interest, the highest version of each. */
static smap_status build_by_source(const smap_layer *coverage, smap__areas *areas, smap_error *err) {
    const smap_column *status = smap_table_find(coverage->table, "status");
    for (int64_t i = 0; i < smap_table_rows(coverage->table); i++) {
        if (!is_aoi(coverage->table, i)) continue;
        smap__area *a = &areas->area[areas->count++];
        *a = (smap__area){ .id = aoi_key(&areas->arena, coverage->table, i), .row = i };
        a->name_en = keep_cell(&areas->arena, coverage->table, "name_en", i);
        a->name_ar = keep_cell(&areas->arena, coverage->table, "name_ar", i);
        if (!a->id || !a->name_en || !a->name_ar) return smap__fail_memory(err);
        a->status = smap__cell_is(status, i, "produced")       ? SMAP__AREA_PRODUCED
                    : smap__cell_is(status, i, "not_produced") ? SMAP__AREA_NOT_PRODUCED
                                                               : SMAP__AREA_UNKNOWN;
    }
    qsort(areas->area, (size_t)areas->count, sizeof *areas->area, compare_areas);
    int kept = 0;
    for (int i = 0; i < areas->count; i++)
        if (kept == 0 || strcmp(areas->area[kept - 1].id, areas->area[i].id) != 0) areas->area[kept++] = areas->area[i];
    areas->count = kept;
    return SMAP_OK;
}

/* Which part of an area lies in produced areas of interest. Both layers are in the workspace's CRS; a ratio of areas in
 * degrees is right to well under a percent over one area. An invalid polygon leaves the answer unknown. */
static smap_status measure_coverage(const smap__damage_input *input, smap__geos *geos, smap__area *a, smap_error *err) {
    const smap_table *coverage = input->coverage->table;
    const smap_geometry *seen = input->coverage->geometry, *areas = input->areas->geometry;
    double whole = 0, part = 0, overlap;
    bool any = false;
    if (smap__geos_intersection_area(geos, areas, a->row, areas, a->row, &whole, NULL) != SMAP_OK || whole <= 0)
        return SMAP_OK;
    for (int64_t i = 0; seen && i < smap_table_rows(coverage); i++) {
        if (!is_aoi(coverage, i)) continue;
        any = true;
        if (!smap__cell_is(smap_table_find(coverage, "status"), i, "produced")) continue;
        smap_status status = smap__geos_intersection_area(geos, areas, a->row, seen, i, &overlap, err);
        if (status == SMAP_E_NOMEM) return status;
        if (status == SMAP_OK) part += overlap;
    }
    if (!any) return SMAP_OK;
    a->looked_at = part / whole;
    a->status = a->looked_at >= 0.9999 ? SMAP__AREA_PRODUCED : part > 0 ? SMAP__AREA_PARTLY : SMAP__AREA_OUTSIDE;
    return SMAP_OK;
}

static smap_status build_by_polygons(const smap__damage_input *input, smap__areas *areas, smap_error *err) {
    smap__geos *geos = NULL;
    smap_status status = smap__geos_new(&geos, err);
    const smap_table *table = input->areas->table;
    for (int64_t i = 0; status == SMAP_OK && i < smap_table_rows(table); i++) {
        smap__area *a = &areas->area[areas->count++];
        *a = (smap__area){ .status = SMAP__AREA_UNKNOWN, .row = i };
        a->id = keep_cell(&areas->arena, table, input->area_key, i);
        a->name_en = keep_cell(&areas->arena, table, input->area_name_en, i);
        a->name_ar = keep_cell(&areas->arena, table, input->area_name_ar, i);
        if (!a->id || !a->name_en || !a->name_ar)
            status = smap__fail_memory(err);
        else
            status = measure_coverage(input, geos, a, err);
    }
    smap__geos_free(geos);
    if (status == SMAP_OK) qsort(areas->area, (size_t)areas->count, sizeof *areas->area, compare_areas);
    return status;
}

smap_status smap__areas_build(smap_ctx *ctx, const smap__damage_input *input, smap__areas *out, smap_error *err) {
    (void)ctx;
    const smap_layer *layer = input->areas ? input->areas : input->coverage;
    *out = (smap__areas){ .kind = input->areas ? input->area_kind : "aoi", .layer = layer, .by_source = !input->areas };
    out->area = smap__zalloc((size_t)smap_table_rows(layer->table) + 1, sizeof *out->area);
    if (!out->area) return smap__fail_memory(err);
    smap_status status = out->by_source ? build_by_source(layer, out, err) : build_by_polygons(input, out, err);
    if (status != SMAP_OK) smap__areas_release(out);
    return status;
}

static int find_area(const smap__areas *areas, const char *id) {
    int low = 0, high = areas->count - 1;
    while (low <= high) {
        int middle = (low + high) / 2, order = strcmp(areas->area[middle].id, id);
        if (order == 0) return middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle - 1;
    }
    return -1;
}

static smap_status assign_by_name(const smap__areas *areas, const smap_table *rows, int32_t *area, smap_error *err) {
    smap__arena scratch = SMAP__ARENA_INIT;
    smap_status status = SMAP_OK;
    for (int64_t i = 0; i < smap_table_rows(rows) && status == SMAP_OK; i++) {
        const char *key = aoi_key(&scratch, rows, i);
        if (!key)
            status = smap__fail_memory(err);
        else
            area[i] = key[0] ? find_area(areas, key) : -1;
        if (i % 4096 == 4095) smap__arena_release(&scratch);
    }
    smap__arena_release(&scratch);
    return status;
}

static smap_status assign_by_place(smap_ctx *ctx, const smap__areas *areas, const smap_layer *rows, int32_t *area,
                                   smap_error *err) {
    int64_t n = smap_table_rows(rows->table), polygons = smap_table_rows(areas->layer->table);
    int64_t *row = smap__zalloc((size_t)n, sizeof *row);
    int32_t *index = smap__zalloc((size_t)polygons, sizeof *index);
    smap_status status = row && index ? SMAP_OK : smap__fail_memory(err);
    if (status == SMAP_OK) status = smap__locate(ctx, rows->geometry, areas->layer->geometry, row, err);
    if (status == SMAP_OK) {
        for (int64_t i = 0; i < polygons; i++) index[i] = -1;
        for (int i = 0; i < areas->count; i++) index[areas->area[i].row] = i;
        for (int64_t i = 0; i < n; i++) area[i] = row[i] < 0 ? -1 : index[row[i]];
    }
    smap__free(row);
    smap__free(index);
    return status;
}

/* A row that names no area of interest is placed by where it lies. */
static smap_status place_the_rest(smap_ctx *ctx, const smap__areas *areas, const smap_layer *rows, int32_t *area,
                                  smap_error *err) {
    int64_t n = smap_table_rows(rows->table);
    int32_t *place = smap__zalloc((size_t)n, sizeof *place);
    if (!place) return smap__fail_memory(err);
    const smap_column *named = smap_table_find(rows->table, "aoi");
    smap_status status = assign_by_place(ctx, areas, rows, place, err);
    for (int64_t i = 0; status == SMAP_OK && i < n; i++)
        if (area[i] < 0 && (!named || smap_column_is_null(named, i))) area[i] = place[i];
    smap__free(place);
    return status;
}

smap_status smap__areas_assign(smap_ctx *ctx, const smap__areas *areas, const smap_layer *rows, int32_t *area,
                               smap_error *err) {
    int64_t n = smap_table_rows(rows->table);
    for (int64_t i = 0; i < n; i++) area[i] = -1;
    if (areas->count == 0 || n == 0) return SMAP_OK;
    bool places = rows->geometry && areas->layer->geometry;
    if (!areas->by_source) return places ? assign_by_place(ctx, areas, rows, area, err) : SMAP_OK;
    smap_status status = assign_by_name(areas, rows->table, area, err);
    return status == SMAP_OK && places ? place_the_rest(ctx, areas, rows, area, err) : status;
}

const char *smap__area_silence(smap__area_status status) {
    static const char *const code[] = {
        [SMAP__AREA_PRODUCED] = "silent_produced", [SMAP__AREA_NOT_PRODUCED] = "silent_not_produced",
        [SMAP__AREA_PARTLY] = "silent_partly",     [SMAP__AREA_OUTSIDE] = "silent_outside",
        [SMAP__AREA_UNKNOWN] = "silent_unknown",
    };
    return code[status];
}
