#include "job/map_atlas.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/path.h"
#include "col/cell.h"
#include "geo/angle.h"
#include "geo/geom_column.h"
#include "model/schema.h"

static const smap__rows_column skipped_columns[] = { { "key", SMAP_TEXT },
                                                     { "name", SMAP_TEXT },
                                                     { "reason", SMAP_TEXT } };

typedef struct making {
    smap_ctx *ctx;
    const smap_map_options *options;
    const smap__map_sheet *map;
    const char *layer_name;
    int level; /* of admin, -1 = of any layer without levels */
    const smap_layer *layer;
    const smap_column *key, *name_en, *name_ar, *level_column;
    double margin, least_m;
    smap_box near; /* the administrative areas with as much around them as the sheet says; empty = they are not known */
    int64_t most_pages;
    smap__atlas *atlas;
} making;

void smap__atlas_release(smap__atlas *atlas) {
    smap__free(atlas->page);
    smap__rows_release(&atlas->skipped);
    smap__arena_release(&atlas->arena);
    *atlas = (smap__atlas){ 0 };
}

/* ---- names of files ---------------------------------------------------------------------------------------------- */

static bool is_reserved(uint32_t c) {
    bool unseen = (c >= 0x80 && c < 0xA0) || c == 0xA0 || (c >= 0x2000 && c <= 0x200F) ||
                  (c >= 0x2028 && c <= 0x202F) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || c == 0xFFFD;
    return c <= 0x20 || c == 0x7F || unseen || (c < 0x80 && strchr("/\\:*?\"<>|'`$&;%", (int)c));
}

void smap__atlas_put_name(smap__str *out, const char *key) {
    enum { LONGEST = 80 };
    size_t len = strlen(key), at = 0, from = 0, begin = out->len;
    while (at < len) {
        from = at;
        uint32_t c = smap__utf8_next(key, len, &at);
        if (out->len - begin + (at - from) > LONGEST) break;
        if (is_reserved(c) || (from == 0 && (c == '.' || c == '-')))
            smap__str_put_char(out, '_');
        else
            smap__str_put_n(out, key + from, at - from);
    }
    if (out->len == begin) smap__str_put_char(out, '_');
}

static bool is_taken(const smap__atlas *atlas, int64_t before, const char *path) {
    for (int64_t i = 0; i < before; i++)
        if (strcasecmp(atlas->page[i].path, path) == 0) return true;
    return false;
}

/* DIR/map.png and LY01 -> DIR/map-LY01.png, or map-LY01-2.png where that is another page's. */
static smap_status name_page(const making *m, int64_t index, smap_error *err) {
    const char *output = m->options->output, *dot = strrchr(output, '.');
    smap__atlas_page *page = &m->atlas->page[index];
    for (int n = 1;; n++) {
        smap__str path = SMAP__STR_INIT;
        smap__str_put_n(&path, output, (size_t)(dot - output));
        smap__str_put_char(&path, '-');
        smap__atlas_put_name(&path, page->key);
        if (n > 1) smap__str_printf(&path, "-%d", n);
        smap__str_put(&path, dot);
        page->path = path.failed ? NULL : smap__arena_strdup(&m->atlas->arena, path.data);
        smap__str_release(&path);
        if (!page->path) return smap__fail_memory(err);
        if (!is_taken(m->atlas, index, page->path)) return SMAP_OK;
    }
}

/* ---- which features ---------------------------------------------------------------------------------------------- */

static smap_status fail_layer(const char *wanted, smap_error *err) {
    return smap__fail(
        err, SMAP_E_ARGUMENT, "atlas",
        "--atlas %s: an atlas is of a layer with names and positions: admin, admin:LEVEL, site, coverage, "
        "and others that have a key",
        wanted);
}

static smap_status read_wanted(making *m, smap__str *name, smap_error *err) {
    const char *wanted = m->options->atlas, *colon = strchr(wanted, ':');
    m->level = -1;
    smap__str_put_n(name, wanted, colon ? (size_t)(colon - wanted) : strlen(wanted));
    if (name->failed) return smap__fail_memory(err);
    m->layer_name = name->data;
    if (!colon) return SMAP_OK;
    char *end;
    long level = strtol(colon + 1, &end, 10);
    if (strcmp(name->data, "admin") != 0 || end == colon + 1 || *end || level < 0 || level > 9)
        return fail_layer(wanted, err);
    m->level = (int)level;
    return SMAP_OK;
}

static smap_status find_columns(making *m, smap_error *err) {
    const smap__schema *schema;
    smap_status status = smap__schema_get(m->ctx, m->layer_name, &schema, err);
    if (status != SMAP_OK) return status;
    const smap_table *t = m->layer->table;
    for (int i = 0; i < schema->fields && !m->key; i++)
        if (schema->field[i].key) m->key = smap_table_find(t, schema->field[i].name);
    if (!m->key || !schema->shapes) return fail_layer(m->options->atlas, err);
    m->atlas->choice = smap__map_sheet_chooses(m->map, m->layer_name, m->key->name);
    m->name_en = smap_table_find(t, "name_en");
    m->name_ar = smap_table_find(t, "name_ar");
    m->level_column = strcmp(m->layer_name, "admin") == 0 ? smap_table_find(t, "level") : NULL;
    if (!m->level_column) return SMAP_OK;
    bool lowest = m->level < 0;
    for (int64_t i = 0; lowest && i < m->level_column->count; i++)
        if (!smap_column_is_null(m->level_column, i) && m->level_column->v.i[i] > m->level)
            m->level = (int)m->level_column->v.i[i];
    return SMAP_OK;
}

static bool is_of_level(const making *m, int64_t row) {
    if (!m->level_column) return true;
    return !smap_column_is_null(m->level_column, row) && m->level_column->v.i[row] == m->level;
}

static const smap__json *rules_of(const smap__map_sheet *map) {
    return smap__json_get(smap__json_root(map->file.doc), "atlas");
}

static const double M_PER_DEGREE = 111320;

/* So many m around the box, in degrees. */
static smap_box widened(smap_box b, double m) {
    double y = m / M_PER_DEGREE, x = y / fmax(0.1, cos(smap__radians((b.ymin + b.ymax) / 2)));
    return (smap_box){ b.xmin - x, b.ymin - y, b.xmax + x, b.ymax + y };
}

/* The feature with room around it, a point with as much as the sheet says. */
static smap_box box_around(const making *m, int64_t row) {
    smap_box b = smap_geometry_box(m->layer->geometry, row);
    double x = (b.xmin + b.xmax) / 2, y = (b.ymin + b.ymax) / 2;
    double least_y = m->least_m / M_PER_DEGREE, least_x = least_y / fmax(0.1, cos(smap__radians(y)));
    double w = fmax((b.xmax - b.xmin) * (1 + 2 * m->margin), least_x) / 2;
    double h = fmax((b.ymax - b.ymin) * (1 + 2 * m->margin), least_y) / 2;
    return (smap_box){ x - w, y - h, x + w, y + h };
}

static bool is_in_extent(const making *m, smap_box b) {
    if (!m->options->area && !m->options->extent) return true;
    smap_box e = m->map->extent.box;
    double x = (b.xmin + b.xmax) / 2, y = (b.ymin + b.ymax) / 2;
    return x >= e.xmin && x <= e.xmax && y >= e.ymin && y <= e.ymax;
}

/* A swapped position, a typing error. Who names an extent means it. */
static bool is_far_off(const making *m, smap_box box) {
    return !m->options->extent && !smap__box_is_empty(m->near) && !smap__box_touches(box, m->near);
}

static char *cell_text(const smap_column *column, int64_t row, smap_error *err) {
    smap__str text = SMAP__STR_INIT;
    if (column) smap__cell_put(&text, column, row);
    smap__str_put(&text, "");
    char *out = smap__str_take(&text);
    if (!out) (void)smap__fail_memory(err);
    return out;
}

static void skip(making *m, const char *key, const char *name, const char *reason) {
    smap__rows_text(&m->atlas->skipped, key);
    smap__rows_text(&m->atlas->skipped, name);
    smap__rows_text(&m->atlas->skipped, reason);
}

static smap_status add_page(making *m, const char *key, const char *en, const char *ar, smap_box box, smap_error *err) {
    smap__atlas *atlas = m->atlas;
    smap__atlas_page *page = &atlas->page[atlas->count];
    if (atlas->count == m->most_pages)
        return smap__fail(err, SMAP_E_LIMIT, "atlas",
                          "--atlas %s would make more than %lld pages; take a higher level, or a part with --area or "
                          "--extent",
                          m->options->atlas, (long long)m->most_pages);
    *page = (smap__atlas_page){ .extent = { .box = box, .content = m->map->extent.content } };
    page->key = smap__arena_strdup(&atlas->arena, key);
    if (!page->key) return smap__fail_memory(err);
    smap__utf8_copy(page->extent.name_en, sizeof page->extent.name_en, en[0] || ar[0] ? en : key);
    smap__utf8_copy(page->extent.name_ar, sizeof page->extent.name_ar, ar);
    atlas->count++;
    return SMAP_OK;
}

static smap_status take_row(making *m, int64_t row, smap_error *err) {
    char *key = cell_text(m->key, row, err), *en = cell_text(m->name_en, row, err),
         *ar = cell_text(m->name_ar, row, err);
    smap_status status = key && en && ar ? SMAP_OK : SMAP_E_NOMEM;
    if (status == SMAP_OK) {
        const char *name = en[0] ? en : ar, *called = key[0] ? key : name;
        const smap_geometry *g = m->layer->geometry;
        bool placed = g && g->type[row] != SMAP_GEOM_NULL && !smap__box_is_empty(smap_geometry_box(g, row));
        smap_box box = placed ? box_around(m, row) : SMAP_BOX_EMPTY;
        if (!called[0])
            skip(m, NULL, NULL, "no key and no name");
        else if (!placed)
            skip(m, called, name, "no position");
        else if (is_far_off(m, smap_geometry_box(g, row)))
            skip(m, called, name, "outside of all administrative areas: is its position right?");
        else if (is_in_extent(m, box))
            status = add_page(m, called, en, ar, box, err);
    }
    smap__free(key);
    smap__free(en);
    smap__free(ar);
    return status;
}

static int compare_pages(const void *a, const void *b) {
    const smap__atlas_page *x = a, *y = b;
    int order = strcmp(x->key, y->key);
    if (order) return order;
    return memcmp(&x->extent.box, &y->extent.box, sizeof x->extent.box);
}

static smap_status find_areas(making *m, smap__workspace *workspace, const smap__audience *audience, smap_error *err) {
    const smap__json *far_km = smap__json_get(rules_of(m->map), "off_areas_km");
    const smap_layer *areas = NULL;
    m->near = SMAP_BOX_EMPTY;
    if (!far_km) return SMAP_OK;
    smap_status status = smap__workspace_view(workspace, audience, "admin", &areas, err);
    if (status != SMAP_OK) return status;
    smap_box box = areas->geometry ? smap_geometry_extent(areas->geometry) : SMAP_BOX_EMPTY;
    if (!smap__box_is_empty(box)) m->near = widened(box, smap__json_number(far_km, 0) * 1000);
    smap_layer_free(areas);
    return SMAP_OK;
}

double smap__atlas_apart_km(const smap__map_sheet *map, smap_box b) {
    double most_km = smap__json_number(smap__json_get(rules_of(map), "most_km"), INFINITY);
    double y = (b.ymax - b.ymin) * M_PER_DEGREE / 1000,
           x = (b.xmax - b.xmin) * M_PER_DEGREE / 1000 * cos(smap__radians((b.ymin + b.ymax) / 2)), km = hypot(x, y);
    return km > most_km ? km : 0;
}

static void read_sheet(making *m) {
    const smap__json *atlas = rules_of(m->map);
    m->margin = smap__json_number(smap__json_get(atlas, "margin"), 0);
    m->least_m = smap__json_number(smap__json_get(atlas, "least_m"), 0);
    m->most_pages = smap__json_integer(smap__json_get(atlas, "most_pages"), 1);
}

static smap_status make(making *m, smap_error *err) {
    int64_t rows = smap_table_rows(m->layer->table);
    smap_status status = find_columns(m, err);
    if (status != SMAP_OK) return status;
    m->atlas->page = smap__zalloc((size_t)fmin((double)rows, (double)m->most_pages) + 1, sizeof *m->atlas->page);
    if (!m->atlas->page) return smap__fail_memory(err);
    for (int64_t i = 0; i < rows && status == SMAP_OK; i++)
        if (is_of_level(m, i)) status = take_row(m, i, err);
    if (status != SMAP_OK) return status;
    if (m->atlas->count == 0)
        return smap__fail(err, SMAP_E_NOT_FOUND, "atlas",
                          "--atlas %s: there is no feature with a position to make a page of%s", m->options->atlas,
                          m->options->area || m->options->extent ? " in the area" : "");
    qsort(m->atlas->page, (size_t)m->atlas->count, sizeof *m->atlas->page, compare_pages);
    for (int64_t i = 0; i < m->atlas->count && status == SMAP_OK; i++) status = name_page(m, i, err);
    return status;
}

/* How many rows the audience's gate keeps back. */
static smap_status count_hidden(smap__workspace *workspace, making *m, smap_error *err) {
    const smap_layer *all = NULL;
    smap_status status = smap__workspace_read(workspace, m->layer_name, &all, err);
    if (status != SMAP_OK) return status;
    m->atlas->hidden = smap_table_rows(all->table) - smap_table_rows(m->layer->table);
    smap_layer_free(all);
    return SMAP_OK;
}

smap_status smap__atlas_make(smap_ctx *ctx, smap__workspace *workspace, const smap__audience *audience,
                             const smap_map_options *options, const smap__map_sheet *map, smap__atlas *out,
                             smap_error *err) {
    smap__atlas atlas = { 0 };
    smap__str name = SMAP__STR_INIT;
    making m = { .ctx = ctx, .options = options, .map = map, .atlas = &atlas };
    smap__rows_init(&atlas.skipped, skipped_columns, (int)(sizeof skipped_columns / sizeof *skipped_columns));
    read_sheet(&m);
    smap_status status = read_wanted(&m, &name, err);
    if (status == SMAP_OK) status = smap__workspace_view(workspace, audience, m.layer_name, &m.layer, err);
    if (status == SMAP_OK) status = count_hidden(workspace, &m, err);
    if (status == SMAP_OK) status = find_areas(&m, workspace, audience, err);
    if (status == SMAP_OK) status = make(&m, err);
    smap_layer_free(m.layer);
    smap__str_release(&name);
    if (status == SMAP_OK)
        *out = atlas;
    else
        smap__atlas_release(&atlas);
    return status;
}
