#include "io/osm_roads.h"

#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/str.h"
#include "col/cell.h"
#include "model/domain.h"

/* What a way says of a key, "" if nothing. */
static const char *value_of(const smap_table *ways, const char *key, int64_t row, size_t *len) {
    const smap_column *c = smap_table_find(ways, key);
    *len = 0;
    return c && c->type == SMAP_TEXT && !smap_column_is_null(c, row) ? smap_column_text(c, row, len) : "";
}

static bool says(const smap_table *ways, const char *key, int64_t row, const char *value) {
    return smap__cell_is(smap_table_find(ways, key), row, value);
}

/* ---- one cell of a column that is made: text to append, or false for a null ---- */

static bool is_arabic(const char *text, size_t len) {
    for (size_t at = 0; at < len;) {
        uint32_t c = smap__utf8_next(text, len, &at);
        if ((c >= 0x0600 && c <= 0x06FF) || (c >= 0x0750 && c <= 0x077F)) return true;
    }
    return false;
}

static bool put_name(const smap_table *ways, const char *key, bool arabic, int64_t row, smap__str *out) {
    size_t len;
    const char *text = value_of(ways, key, row, &len);
    if (len == 0) {
        text = value_of(ways, "name", row, &len);
        if (is_arabic(text, len) != arabic) len = 0;
    }
    smap__str_put_n(out, text, len);
    return len > 0;
}

static bool put_name_en(const smap_table *ways, int64_t row, smap__str *out) {
    return put_name(ways, "name:en", false, row, out);
}

static bool put_name_ar(const smap_table *ways, int64_t row, smap__str *out) {
    return put_name(ways, "name:ar", true, row, out);
}

static bool put_oneway(const smap_table *ways, int64_t row, smap__str *out) {
    size_t len;
    const char *text = value_of(ways, "oneway", row, &len);
    bool implied = says(ways, "highway", row, "motorway") || says(ways, "junction", row, "roundabout") ||
                   says(ways, "junction", row, "circular");
    if (len > 0)
        smap__str_put_n(out, text, len);
    else if (implied)
        smap__str_put(out, "yes");
    return len > 0 || implied;
}

/* "yes", "viaduct", "movable", ... */
static bool put_bridge(const smap_table *ways, int64_t row, smap__str *out) {
    size_t len;
    value_of(ways, "bridge", row, &len);
    smap__str_put(out, len > 0 && !says(ways, "bridge", row, "no") ? "yes" : "no");
    return true;
}

static const struct {
    const char *name;
    const char *copy; /* the key that is taken as it is, or NULL */
    bool (*put)(const smap_table *ways, int64_t row, smap__str *out);
} columns[] = {
    { "osm_id", "osm_id", NULL },     { "highway", "highway", NULL },   { "name_en", NULL, put_name_en },
    { "name_ar", NULL, put_name_ar }, { "maxspeed", "maxspeed", NULL }, { "oneway", NULL, put_oneway },
    { "surface", "surface", NULL },   { "bridge", NULL, put_bridge },   { "width", "width", NULL },
};
enum { COLUMNS = sizeof columns / sizeof *columns };

static smap_status make_column(const smap_table *ways, int which, const smap_column **out, smap_error *err) {
    const smap_column *same = columns[which].copy ? smap_table_find(ways, columns[which].copy) : NULL;
    smap_column_builder *b = NULL;
    smap__str text = SMAP__STR_INIT;
    if (same) {
        *out = smap_column_retain(same);
        return SMAP_OK;
    }
    smap_status status = smap_column_builder_new(columns[which].name, SMAP_TEXT, &b, err);
    for (int64_t row = 0; row < smap_table_rows(ways) && status == SMAP_OK; row++) {
        smap__str_clear(&text);
        bool value = columns[which].put && columns[which].put(ways, row, &text);
        if (text.failed)
            status = smap__fail_memory(err);
        else
            status = value ? smap_column_append_text(b, text.data, text.len, err) : smap_column_append_null(b, err);
    }
    if (status == SMAP_OK) status = smap_column_builder_finish(b, out, err);
    smap_column_builder_free(b);
    smap__str_release(&text);
    return status;
}

static smap_status take_roads(const smap_layer *all, const smap__domain *no_road, const smap_layer **out,
                              smap_error *err) {
    int64_t count = 0, rows = smap_table_rows(all->table);
    int64_t *keep = smap__zalloc((size_t)rows + 1, sizeof *keep);
    if (!keep) return smap__fail_memory(err);
    for (int64_t row = 0; row < rows; row++) {
        size_t len;
        const char *highway = value_of(all->table, "highway", row, &len);
        if (len > 0 && smap__domain_find(no_road, highway, len) < 0) keep[count++] = row;
    }
    smap_status status = smap_layer_take(all, keep, count, out, err);
    smap__free(keep);
    return status;
}

smap_status smap__osm_roads(smap_ctx *ctx, const smap_layer *all, const smap_layer **out, smap_error *err) {
    const smap__domain *no_road = NULL;
    const smap_layer *roads = NULL;
    const smap_table *table = NULL;
    const smap_column *made[COLUMNS] = { NULL };
    smap_status status = smap__domain_get(ctx, "osm_no_road", &no_road, err);
    if (status == SMAP_OK) status = take_roads(all, no_road, &roads, err);
    for (int i = 0; i < COLUMNS && status == SMAP_OK; i++) status = make_column(roads->table, i, &made[i], err);
    if (status == SMAP_OK) status = smap_table_new(made, COLUMNS, smap_table_rows(roads->table), &table, err);
    if (status == SMAP_OK) status = smap_layer_new(all->name, table, roads->geometry, roads->fid, out, err);
    for (int i = 0; i < COLUMNS; i++) smap_column_free(made[i]);
    smap_table_free(table);
    smap_layer_free(roads);
    return status;
}
