#include "job/by_areas.h"

#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/str.h"
#include "geo/crs.h"
#include "job/area_columns.h"
#include "job/common.h"

void smap__by_areas_release(smap__by_areas *by) {
    smap__free(by->source);
    smap_layer_free(by->layer);
    *by = (smap__by_areas){ 0 };
}

smap_status smap__by_areas_parse(const char *by, smap__by_areas *out, smap_error *err) {
    static const char mark[] = ",key=";
    const char *at = by ? strstr(by, mark) : NULL;
    if (!by || strncmp(by, "admin:", 6) == 0) return SMAP_OK;
    if (strcmp(by, "admin") == 0)
        return smap__fail(err, SMAP_E_ARGUMENT, "by", "--by admin needs a level, such as admin:2");
    out->source = at ? smap__strndup(by, (size_t)(at - by)) : smap__strdup(by);
    out->told = at ? at + sizeof mark - 1 : NULL;
    return out->source ? SMAP_OK : smap__fail_memory(err);
}

void smap__by_areas_record(const char *by, const smap__by_areas *areas, const char *workspace, smap__str *json) {
    smap__str text = SMAP__STR_INIT;
    if (areas->source) {
        smap__put_relative(&text, areas->source, workspace);
        if (areas->told) smap__str_printf(&text, ",key=%s", areas->told);
    }
    if (text.failed)
        json->failed = true;
    else
        smap__options_text(json, "by", areas->source ? text.data : by);
    smap__str_release(&text);
}

/* ---- administrative areas -------------------------------------------------------------------------------------------
 */

static smap_status take_level(const smap_layer *admin, int64_t level, const smap_layer **out, smap_error *err) {
    const smap_column *column = smap_table_find(admin->table, "level");
    int64_t n = smap_table_rows(admin->table), count = 0;
    int64_t *rows = smap__zalloc((size_t)n, sizeof *rows);
    if (!rows) return smap__fail_memory(err);
    for (int64_t i = 0; column && i < n; i++)
        if (!smap_column_is_null(column, i) && column->v.i[i] == level) rows[count++] = i;
    smap_status status = count
                             ? smap_layer_take(admin, rows, count, out, err)
                             : smap__fail(err, SMAP_E_NOT_FOUND, "admin",
                                          "the layer admin has no areas of level %d; import them, or count by another "
                                          "level",
                                          (int)level);
    smap__free(rows);
    return status;
}

static smap_status read_admin(const char *level_text, smap__by_areas *out, smap__by_reader read, void *user,
                              smap_error *err) {
    static const char *const kind[] = { "country", "admin1", "admin2", "admin3", "admin4" };
    const smap_layer *admin = NULL;
    int64_t level;
    if (!smap__parse_int(level_text, strlen(level_text), &level) || level < 0 || level > 4)
        return smap__fail(err, SMAP_E_ARGUMENT, "by", "--by admin:LEVEL takes a level from 0 to 4, not \"%s\"",
                          level_text);
    smap_status status = read(user, "admin", &admin, err);
    if (status == SMAP_OK) status = take_level(admin, level, &out->layer, err);
    out->kind = kind[level];
    out->key = "pcode";
    out->name_en = "name_en";
    out->name_ar = "name_ar";
    smap_layer_free(admin);
    return status;
}

/* ---- polygons of a file ---------------------------------------------------------------------------------------------
 */

static smap_status fail_no_key(const smap_table *table, const char *source, const char *key, smap_error *err) {
    smap__str names = SMAP__STR_INIT;
    for (int i = 0; i < smap_table_columns(table); i++)
        smap__str_printf(&names, "%s%s", i ? ", " : "", smap_table_at(table, i)->name);
    const char *list = names.len ? names.data : "no column at all";
    smap_status status =
        key ? smap__fail(err, SMAP_E_NOT_FOUND, key, "%s has no column \"%s\" to name its areas by; it has: %s", source,
                         key, list)
            : smap__fail(err, SMAP_E_ARGUMENT, source,
                         "%s has no column that is known to name its areas (such as pcode, id, name); say which with "
                         "--by '%s,key=COLUMN'; it has: %s",
                         source, source, list);
    smap__str_release(&names);
    return status;
}

/* Which columns of the user's polygons name them: the one told, else what the model knows. */
static smap_status name_areas(smap_ctx *ctx, smap__by_areas *by, smap_error *err) {
    smap__area_columns columns;
    smap_status status = smap__area_columns_find(ctx, by->layer->table, &columns, err);
    if (status != SMAP_OK) return status;
    by->kind = "polygon";
    by->key = by->told ? by->told : columns.key;
    by->name_en = columns.name_en;
    by->name_ar = columns.name_ar;
    if (!by->key || !smap_table_find(by->layer->table, by->key))
        return fail_no_key(by->layer->table, by->source, by->told, err);
    return SMAP_OK;
}

static bool has_polygons(const smap_layer *layer) {
    for (int64_t i = 0; layer->geometry && i < smap_table_rows(layer->table); i++) {
        uint8_t type = layer->geometry->type[i];
        if (type == SMAP_GEOM_POLYGON || type == SMAP_GEOM_MULTIPOLYGON) return true;
    }
    return false;
}

static smap_status read_polygons(smap_ctx *ctx, smap__by_areas *by, smap_error *err) {
    const smap_layer *layer = NULL;
    const smap_geometry *geometry = NULL;
    const smap_crs *crs = NULL;
    smap_status status = smap__read_source(ctx, by->source, by->crs, NULL, &layer, NULL, err);
    if (status != SMAP_OK) return status;
    if (!has_polygons(layer))
        status = smap__fail(err, SMAP_E_ARGUMENT, by->source, "%s has no polygons, which --by needs; name another",
                            by->source);
    if (status == SMAP_OK) status = smap__crs_wgs84(ctx, &crs, err);
    if (status == SMAP_OK) status = smap_geometry_transform(ctx, layer->geometry, crs, &geometry, NULL, err);
    if (status == SMAP_OK) status = smap_layer_new(layer->name, layer->table, geometry, layer->fid, &by->layer, err);
    if (status == SMAP_OK) status = name_areas(ctx, by, err);
    smap_geometry_free(geometry);
    smap_crs_free(crs);
    smap_layer_free(layer);
    return status;
}

smap_status smap__by_areas_read(smap_ctx *ctx, const char *by, smap__by_areas *out, smap__by_reader read, void *user,
                                smap_error *err) {
    if (!by) return SMAP_OK;
    if (!out->source) return read_admin(by + 6, out, read, user, err); /* "admin:" */
    return read_polygons(ctx, out, err);
}
