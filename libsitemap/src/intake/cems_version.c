#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/str.h"
#include "col/cell.h"
#include "col/dict.h"
#include "intake/cems.h"
#include "model/schema.h"

static const smap_column *key_column(const smap_layer *layer, const smap__schema *schema) {
    for (int i = 0; i < schema->fields; i++) {
        if (schema->field[i].key) return smap_table_find(layer->table, schema->field[i].name);
    }
    return NULL;
}

static bool starts_with(const smap_column *c, int64_t row, const smap__str *prefix) {
    size_t len = 0;
    if (smap_column_is_null(c, row)) return false;
    const char *text = smap_column_text(c, row, &len);
    return len > prefix->len && memcmp(text, prefix->data, prefix->len) == 0;
}

typedef struct versions {
    const smap__cems_name *name;
    const smap_column *key, *version;
    smap__dict *fresh; /* keys of the new rows; NULL = not known */
    smap__str prefix;
} versions;

/* Lower versions go; of the same one go the rows that the product no longer has. */
static bool is_superseded(const versions *v, int64_t row) {
    bool known = v->version && !smap_column_is_null(v->version, row);
    if (!starts_with(v->key, row, &v->prefix)) return false;
    if (known && v->version->v.i[row] < v->name->version) return true;
    if (known && v->version->v.i[row] > v->name->version) return false;
    size_t len = 0;
    const char *text = smap_column_text(v->key, row, &len);
    return v->fresh && smap__dict_find(v->fresh, text, len) < 0;
}

static smap_status check_newer(const versions *v, const smap_layer *old, smap_error *err) {
    for (int64_t row = 0; v->version && row < smap_table_rows(old->table); row++) {
        if (smap_column_is_null(v->version, row) || v->version->v.i[row] <= v->name->version) continue;
        if (!starts_with(v->key, row, &v->prefix)) continue;
        return smap__fail(
            err, SMAP_E_EXISTS, old->name,
            "layer \"%s\" holds version %lld of %.*s already, which is newer than version %d; nothing was "
            "imported: leave the older file out",
            old->name, (long long)v->version->v.i[row], (int)v->prefix.len - 1, v->prefix.data, v->name->version);
    }
    return SMAP_OK;
}

static smap_status list_fresh(versions *v, const smap__schema *schema, const smap_layer *fresh, smap_error *err) {
    const smap_column *key = fresh ? key_column(fresh, schema) : NULL;
    if (!key) return SMAP_OK;
    smap_status status = smap__dict_new(&v->fresh, err);
    for (int64_t row = 0; row < key->count && status == SMAP_OK; row++) {
        size_t len = 0;
        const char *text = smap_column_text(key, row, &len);
        if (smap__dict_add(v->fresh, text, len) < 0) status = smap__fail_memory(err);
    }
    return status;
}

smap_status smap__cems_supersede(smap_ctx *ctx, const smap__cems_name *name, const smap_layer *fresh,
                                 const smap_layer *old, const smap_layer **out, int64_t *dropped, smap_error *err) {
    smap_status status = SMAP_OK;
    const smap__schema *schema = NULL;
    versions v = { .name = name };
    int64_t rows = smap_table_rows(old->table), kept = 0;
    int64_t *keep = NULL;
    const char *layer = smap__cems_layer(name);
    SMAP_TRY(smap__schema_get(ctx, layer ? layer : name->theme, &schema, err), done);
    v.key = key_column(old, schema);
    v.version = smap_table_find(old->table, "version");
    /* A list of all areas says each area's version row by row: its rows only update. */
    if (!v.key || rows == 0 || (name->aoi == 0 && name->version == 0)) {
        *out = smap_layer_retain(old);
        *dropped = 0;
        return SMAP_OK;
    }
    smap__cems_key_prefix(&v.prefix, name, name->aoi);
    keep = smap__zalloc((size_t)rows, sizeof *keep);
    if (!keep || v.prefix.failed) {
        status = smap__fail_memory(err);
        goto done;
    }
    SMAP_TRY(check_newer(&v, old, err), done);
    SMAP_TRY(list_fresh(&v, schema, fresh, err), done);
    for (int64_t row = 0; row < rows; row++) {
        if (!is_superseded(&v, row)) keep[kept++] = row;
    }
    SMAP_TRY(smap_layer_take(old, keep, kept, out, err), done);
    *dropped = rows - kept;
done:
    smap__free(keep);
    smap__dict_free(v.fresh);
    smap__str_release(&v.prefix);
    return status;
}

/* ---- dates ---- */

/* The row of `coverage` that dates a row of an activation's area: an image footprint, else the area of interest; -1 if
 * none. */
static int64_t dated_row(const smap_layer *coverage, const smap_layer *layer, int64_t row) {
    const smap_column *kind = smap_table_find(coverage->table, "kind"),
                      *date = smap_table_find(coverage->table, "date");
    const smap_column *a = smap_table_find(layer->table, "activation"),
                      *b = smap_table_find(coverage->table, "activation");
    const smap_column *x = smap_table_find(layer->table, "aoi"), *y = smap_table_find(coverage->table, "aoi");
    int64_t found = -1;
    if (!kind || !date || !a || !b || !x || !y || smap_column_is_null(a, row) || smap_column_is_null(x, row)) return -1;
    for (int64_t i = 0; i < smap_table_rows(coverage->table); i++) {
        size_t len = 0;
        const char *text = smap_column_text(kind, i, &len);
        bool image = len == strlen("image_footprint") && memcmp(text, "image_footprint", len) == 0;
        bool area = len == strlen("area_of_interest") && memcmp(text, "area_of_interest", len) == 0;
        if (smap_column_is_null(date, i) || smap_column_is_null(b, i) || smap_column_is_null(y, i)) continue;
        if (x->v.i[row] != y->v.i[i] || smap__cell_compare(a, row, b, i) != 0) continue;
        if (image) return i;
        if (area && found < 0) found = i;
    }
    return found;
}

static smap_status fill(const smap_layer *layer, const smap_layer *coverage, const smap_column **out, int64_t *filled,
                        smap_error *err) {
    const smap_column *date = smap_table_find(layer->table, "date"), *from = smap_table_find(coverage->table, "date");
    smap_column_builder *builder = NULL;
    smap_status status = SMAP_OK;
    int64_t count = 0;
    SMAP_TRY(smap_column_builder_new("date", SMAP_DATE, &builder, err), done);
    for (int64_t row = 0; row < date->count; row++) {
        int64_t at = smap_column_is_null(date, row) ? dated_row(coverage, layer, row) : -1;
        if (at >= 0) {
            count++;
            SMAP_TRY(smap_column_append_int(builder, from->v.i[at], err), done);
        } else {
            SMAP_TRY(smap__cell_append(builder, date, row, err), done);
        }
    }
    SMAP_TRY(smap_column_builder_finish(builder, out, err), done);
    *filled = count;
done:
    smap_column_builder_free(builder);
    return status;
}

smap_status smap__cems_fill_dates(const smap_layer *layer, const smap_layer *coverage, const smap_layer **out,
                                  int64_t *filled, smap_error *err) {
    const smap_column *date = smap_table_find(layer->table, "date"), *from = smap_table_find(coverage->table, "date");
    const smap_column *fresh = NULL, **columns = NULL;
    const smap_table *table = NULL;
    int count = smap_table_columns(layer->table);
    int64_t found = 0;
    smap_status status = SMAP_OK;
    *filled = 0;
    if (!date || !from || date->type != SMAP_DATE || from->type != SMAP_DATE || date->null_count == 0) {
        *out = smap_layer_retain(layer);
        return SMAP_OK;
    }
    SMAP_TRY(fill(layer, coverage, &fresh, &found, err), done);
    columns = smap__zalloc((size_t)count, sizeof *columns);
    if (!columns) {
        status = smap__fail_memory(err);
        goto done;
    }
    for (int i = 0; i < count; i++) {
        const smap_column *c = smap_table_at(layer->table, i);
        columns[i] = c == date ? fresh : c;
    }
    SMAP_TRY(smap_table_new(columns, count, smap_table_rows(layer->table), &table, err), done);
    SMAP_TRY(smap_layer_new(layer->name, table, layer->geometry, layer->fid, out, err), done);
    *filled = found;
done:
    smap_column_free(fresh);
    smap__free(columns);
    smap_table_free(table);
    return status;
}
