#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/str.h"
#include "col/cell.h"
#include "col/dict.h"
#include "geo/geom_builder.h"
#include "geo/layer_row.h"
#include "intake/intake.h"
#include "intake/row_notes.h"

/* How it works: every row has a text that tells it from others. With a key that is the key (blanks and letter case
 * aside); rows without any of their key are told apart by all their values, and of those that are equal as many are
 * kept as the larger of the two layers has. An updated row keeps what the fresh layer has no column for. New rows stand
 * behind the old ones, so that a rerun gives the same order.
 */

typedef struct merge {
    const smap__schema *schema;
    const smap_layer *old, *fresh;
    smap__dict *dict;
    int64_t *old_row;   /* one a text: the old row with it, -1 = none */
    int64_t *fresh_row; /* one a text: the first fresh row with it, -1 = none */
    int64_t *copies;    /* one a text: old rows without key that have it and are not matched yet */
    size_t texts, capacity[3];
    int64_t *replaced_by; /* one an old row: the fresh row that replaces it, -1 = stays */
    int64_t *added;       /* fresh rows that are new */
    int64_t added_count, updated;
    smap__str text;
} merge;

/* The key's text, values separated by a byte that no text has; false if all of the key is null or there is no key. */
static bool put_key(merge *m, const smap_layer *layer, int64_t row) {
    bool any = false;
    smap__str cell = SMAP__STR_INIT;
    smap__str_clear(&m->text);
    smap__str_put(&m->text, "k");
    for (int i = 0; i < m->schema->fields; i++) {
        const smap__field *f = &m->schema->field[i];
        if (!f->key) continue;
        const smap_column *c = smap_table_find(layer->table, f->name);
        smap__str_put_char(&m->text, '\x1f');
        if (!c || smap_column_is_null(c, row)) continue;
        any = true;
        smap__str_clear(&cell);
        smap__cell_put(&cell, c, row);
        for (size_t k = 0; k < cell.len; k++) {
            char b = cell.data[k];
            if (b == ' ' || b == '\t') continue;
            smap__str_put_char(&m->text, b >= 'A' && b <= 'Z' ? (char)(b - 'A' + 'a') : b);
        }
    }
    if (cell.failed) m->text.failed = true;
    smap__str_release(&cell);
    return any;
}

static void put_all(merge *m, const smap_layer *layer, int64_t row) {
    smap__str_clear(&m->text);
    smap__str_put(&m->text, "a");
    for (int i = 0; i < m->schema->fields; i++) {
        const smap_column *c = smap_table_find(layer->table, m->schema->field[i].name);
        smap__str_put_char(&m->text, '\x1f');
        if (c) smap__cell_put(&m->text, c, row);
    }
    smap__str_put_char(&m->text, '\x1f');
    if (!layer->geometry) return;
    size_t size = smap_geometry_wkb(layer->geometry, row, NULL, 0);
    char *wkb = smap__alloc(size);
    if (!wkb) {
        m->text.failed = true;
        return;
    }
    smap_geometry_wkb(layer->geometry, row, wkb, size);
    smap__str_put_n(&m->text, wkb, size);
    smap__free(wkb);
}

/* The number of the text now in m->text. */
static smap_status number_text(merge *m, int32_t *out, smap_error *err) {
    if (m->text.failed) return smap__fail_memory(err);
    int32_t at = smap__dict_add(m->dict, m->text.data, m->text.len);
    size_t need = (size_t)at + 1;
    if (at < 0 || !smap__grow(&m->old_row, &m->capacity[0], need, sizeof *m->old_row) ||
        !smap__grow(&m->fresh_row, &m->capacity[1], need, sizeof *m->fresh_row) ||
        !smap__grow(&m->copies, &m->capacity[2], need, sizeof *m->copies)) {
        return smap__fail_memory(err);
    }
    for (; m->texts < need; m->texts++) {
        m->old_row[m->texts] = m->fresh_row[m->texts] = -1;
        m->copies[m->texts] = 0;
    }
    *out = at;
    return SMAP_OK;
}

static smap_status index_old(merge *m, smap_error *err) {
    for (int64_t row = 0; row < smap_table_rows(m->old->table); row++) {
        int32_t at = 0;
        bool keyed = put_key(m, m->old, row);
        if (!keyed) put_all(m, m->old, row);
        smap_status status = number_text(m, &at, err);
        if (status != SMAP_OK) return status;
        m->replaced_by[row] = -1;
        if (!keyed) m->copies[at]++;
        if (m->old_row[at] < 0) m->old_row[at] = row;
    }
    return SMAP_OK;
}

static smap_status note_duplicate(const merge *m, smap__findings *findings, int64_t row, int64_t first,
                                  smap_error *err) {
    smap__str key = SMAP__STR_INIT, names = SMAP__STR_INIT;
    bool show = true;
    for (int i = 0; i < m->schema->fields; i++) {
        const smap__field *f = &m->schema->field[i];
        const smap_column *c = f->key ? smap_table_find(m->fresh->table, f->name) : NULL;
        if (!c) continue;
        if (key.len || names.len) smap__str_put(&key, " ");
        if (names.len) smap__str_put(&names, ", ");
        smap__cell_put(&key, c, row);
        smap__str_put(&names, f->name);
        show = show && smap__may_show(m->schema, f);
    }
    smap_status status = smap__fail_memory(NULL);
    if (!key.failed && !names.failed) {
        status = smap__findings_add(
            findings, err, SMAP__REJECTED, "key_duplicate", smap__row_number(m->fresh, row), names.data,
            !show      ? "(masked)"
            : key.data ? key.data
                       : "",
            "the same %s stands in row %lld already (blanks and letter case aside); the first is "
            "kept, this row is rejected",
            names.data ? names.data : "key", (long long)smap__row_number(m->fresh, first));
    } else {
        smap__fail_memory(err);
    }
    smap__str_release(&key);
    smap__str_release(&names);
    return status;
}

static smap_status place_fresh(merge *m, smap__findings *findings, smap_error *err) {
    for (int64_t row = 0; row < smap_table_rows(m->fresh->table); row++) {
        int32_t at = 0;
        bool keyed = put_key(m, m->fresh, row);
        if (!keyed) put_all(m, m->fresh, row);
        smap_status status = number_text(m, &at, err);
        if (status != SMAP_OK) return status;
        if (!keyed) {
            if (m->copies[at] > 0) {
                m->copies[at]--;
                m->updated++;
            } else {
                m->added[m->added_count++] = row;
            }
        } else if (m->fresh_row[at] >= 0) {
            status = note_duplicate(m, findings, row, m->fresh_row[at], err);
            if (status != SMAP_OK) return status;
        } else {
            m->fresh_row[at] = row;
            if (m->old_row[at] >= 0) {
                m->replaced_by[m->old_row[at]] = row;
                m->updated++;
            } else {
                m->added[m->added_count++] = row;
            }
        }
    }
    return SMAP_OK;
}

/* ---- putting the rows together ---- */

static smap_status join_column(const merge *m, const smap__field *f, const smap_column **out, smap_error *err) {
    const smap_column *a = smap_table_find(m->old->table, f->name), *b = smap_table_find(m->fresh->table, f->name);
    int64_t old_rows = smap_table_rows(m->old->table);
    smap_column_builder *builder = NULL;
    smap_status status = SMAP_OK;
    if ((a && a->type != f->type) || (b && b->type != f->type)) {
        return smap__fail(err, SMAP_E_SCHEMA, f->name, "layer \"%s\": the column \"%s\" is not of the model's type",
                          m->schema->name, f->name);
    }
    SMAP_TRY(smap_column_builder_new(f->name, f->type, &builder, err), done);
    SMAP_TRY(smap_column_builder_reserve(builder, old_rows + m->added_count, 0, err), done);
    for (int64_t i = 0; i < old_rows + m->added_count; i++) {
        int64_t fresh = i < old_rows ? m->replaced_by[i] : m->added[i - old_rows];
        bool is_fresh = fresh >= 0 && (b || i >= old_rows);
        const smap_column *from = is_fresh ? b : a;
        if (from) {
            SMAP_TRY(smap__cell_append(builder, from, is_fresh ? fresh : i, err), done);
        } else {
            SMAP_TRY(smap_column_append_null(builder, err), done);
        }
    }
    SMAP_TRY(smap_column_builder_finish(builder, out, err), done);
done:
    smap_column_builder_free(builder);
    return status;
}

static smap_status join_table(const merge *m, const smap_table **out, smap_error *err) {
    int64_t rows = smap_table_rows(m->old->table) + m->added_count;
    const smap_column **columns = smap__zalloc((size_t)m->schema->fields, sizeof *columns);
    if (!columns) return smap__fail_memory(err);
    smap_status status = SMAP_OK;
    for (int i = 0; i < m->schema->fields && status == SMAP_OK; i++) {
        status = join_column(m, &m->schema->field[i], &columns[i], err);
    }
    if (status == SMAP_OK) status = smap_table_new(columns, m->schema->fields, rows, out, err);
    for (int i = 0; i < m->schema->fields; i++) smap_column_free(columns[i]);
    smap__free(columns);
    return status;
}

static smap_status join_geometry(smap_ctx *ctx, const merge *m, const smap_geometry **out, smap_error *err) {
    const smap_geometry *a = m->old->geometry, *b = m->fresh->geometry, *moved = NULL;
    const smap_crs *crs = a && a->crs ? a->crs : b ? b->crs : NULL;
    int64_t old_rows = smap_table_rows(m->old->table);
    smap_geometry_builder *builder = NULL;
    smap_status status = SMAP_OK;
    if (!a && !b) {
        *out = NULL;
        return SMAP_OK;
    }
    if (b && crs && b->crs && !smap_crs_equal(crs, b->crs)) {
        SMAP_TRY(smap_geometry_transform(ctx, b, crs, &moved, NULL, err), done);
        b = moved;
    }
    SMAP_TRY(smap_geometry_builder_new(crs, &builder, err), done);
    for (int64_t i = 0; i < old_rows + m->added_count; i++) {
        int64_t fresh = i < old_rows ? m->replaced_by[i] : m->added[i - old_rows];
        bool is_fresh = fresh >= 0 && (b || i >= old_rows);
        const smap_geometry *from = is_fresh ? b : a;
        if (from)
            SMAP_TRY(smap__builder_append_feature(builder, from, is_fresh ? fresh : i, err), done);
        else
            SMAP_TRY(smap_geometry_append_null(builder, err), done);
    }
    SMAP_TRY(smap_geometry_builder_finish(builder, out, err), done);
done:
    smap_geometry_builder_free(builder);
    smap_geometry_free(moved);
    return status;
}

/* Old rows keep their feature id; new ones follow the highest. */
static smap_status join_fids(const merge *m, int64_t **out, smap_error *err) {
    int64_t old_rows = smap_table_rows(m->old->table), rows = old_rows + m->added_count, highest = 0;
    int64_t *fid = smap__zalloc((size_t)rows, sizeof *fid);
    if (!fid) return smap__fail_memory(err);
    for (int64_t i = 0; i < old_rows; i++) {
        fid[i] = smap__layer_fid(m->old, i);
        if (fid[i] > highest) highest = fid[i];
    }
    if (highest > INT64_MAX - m->added_count) {
        smap__free(fid);
        return smap__fail(
            err, SMAP_E_LIMIT, m->schema->name,
            "layer \"%s\": the feature id %lld leaves no higher ones for new rows; give that row a low id in QGIS and try again",
            m->schema->name, (long long)highest);
    }
    for (int64_t i = old_rows; i < rows; i++) fid[i] = ++highest;
    *out = fid;
    return SMAP_OK;
}

static smap_status join(smap_ctx *ctx, const merge *m, const smap_layer **out, smap_error *err) {
    const smap_table *table = NULL;
    const smap_geometry *geometry = NULL;
    int64_t *fid = NULL;
    smap_status status = SMAP_OK;
    SMAP_TRY(join_table(m, &table, err), done);
    SMAP_TRY(join_geometry(ctx, m, &geometry, err), done);
    SMAP_TRY(join_fids(m, &fid, err), done);
    SMAP_TRY(smap_layer_new(m->schema->name, table, geometry, fid, out, err), done);
done:
    smap_table_free(table);
    smap_geometry_free(geometry);
    smap__free(fid);
    return status;
}

smap_status smap__intake_merge(smap_ctx *ctx, const smap__schema *schema, const smap_layer *old,
                               const smap_layer *fresh, smap__findings *findings, const smap_layer **out,
                               int64_t *added, int64_t *updated, smap_error *err) {
    smap_status status = SMAP_OK;
    merge m = { .schema = schema, .old = old, .fresh = fresh };
    SMAP_TRY(smap__dict_new(&m.dict, err), done);
    m.replaced_by = smap__zalloc((size_t)smap_table_rows(old->table), sizeof *m.replaced_by);
    m.added = smap__zalloc((size_t)smap_table_rows(fresh->table), sizeof *m.added);
    if (!m.replaced_by || !m.added) {
        status = smap__fail_memory(err);
        goto done;
    }
    SMAP_TRY(index_old(&m, err), done);
    SMAP_TRY(place_fresh(&m, findings, err), done);
    SMAP_TRY(join(ctx, &m, out, err), done);
    *added = m.added_count;
    *updated = m.updated;
done:
    smap__dict_free(m.dict);
    smap__free(m.old_row);
    smap__free(m.fresh_row);
    smap__free(m.copies);
    smap__free(m.replaced_by);
    smap__free(m.added);
    smap__str_release(&m.text);
    return status;
}
