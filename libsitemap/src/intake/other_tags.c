#include "intake/other_tags.h"

#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/str.h"
#include "col/dict.h"

enum { MOST_KEYS = 64 };

typedef struct tags {
    const char *text;
    size_t len, at;
    smap__str key, value;
} tags;

/* "text" with \" and \\ in it, from the quote at t->at on. */
static bool take_quoted(tags *t, smap__str *out) {
    smap__str_clear(out);
    if (t->at >= t->len || t->text[t->at] != '"') return false;
    for (t->at++; t->at < t->len; t->at++) {
        char c = t->text[t->at];
        if (c == '"') {
            t->at++;
            return true;
        }
        if (c == '\\' && t->at + 1 < t->len) c = t->text[++t->at];
        smap__str_put_char(out, c);
    }
    return false;
}

static bool next_tag(tags *t) {
    while (t->at < t->len && (t->text[t->at] == ',' || t->text[t->at] == ' ')) t->at++;
    if (!take_quoted(t, &t->key) || t->at + 2 > t->len || memcmp(t->text + t->at, "=>", 2) != 0) return false;
    t->at += 2;
    return take_quoted(t, &t->value);
}

static void begin(tags *t, const smap_column *column, int64_t row) {
    t->len = t->at = 0;
    if (!smap_column_is_null(column, row)) t->text = smap_column_text(column, row, &t->len);
}

static bool is_wanted(const smap_layer *source, const smap__schema *schema, const smap__str *key) {
    bool field = false;
    for (int i = 0; i < smap_table_columns(source->table); i++) {
        const char *name = smap_table_at(source->table, i)->name;
        if (smap__same_name(name, strlen(name), key->data, key->len)) return false;
    }
    for (int i = 0; i < schema->fields && !field; i++)
        field = smap__field_named(&schema->field[i], key->data, key->len) != SMAP__NAMED_NOT;
    return field;
}

static smap_status collect_keys(const smap_layer *source, const smap__schema *schema, const smap_column *column,
                                smap__dict *keys, smap_error *err) {
    tags t = { .key = SMAP__STR_INIT, .value = SMAP__STR_INIT };
    smap__dict *seen = NULL;
    smap_status status = smap__dict_new(&seen, err);
    for (int64_t row = 0; row < column->count && status == SMAP_OK; row++) {
        for (begin(&t, column, row); status == SMAP_OK && next_tag(&t);) {
            if (t.key.len == 0 || smap__dict_find(seen, t.key.data, t.key.len) >= 0) continue;
            bool wanted = smap__dict_count(keys) < MOST_KEYS && is_wanted(source, schema, &t.key);
            if (smap__dict_add(seen, t.key.data, t.key.len) < 0 ||
                (wanted && smap__dict_add(keys, t.key.data, t.key.len) < 0))
                status = smap__fail_memory(err);
        }
        if (t.key.failed || t.value.failed) status = smap__fail_memory(err);
    }
    smap__dict_free(seen);
    smap__str_release(&t.key);
    smap__str_release(&t.value);
    return status;
}

static smap_status make_column(const smap_column *column, const char *key, const smap_column **out, smap_error *err) {
    tags t = { .key = SMAP__STR_INIT, .value = SMAP__STR_INIT };
    smap_column_builder *b = NULL;
    smap_status status = smap_column_builder_new(key, SMAP_TEXT, &b, err);
    for (int64_t row = 0; row < column->count && status == SMAP_OK; row++) {
        bool found = false;
        for (begin(&t, column, row); !found && next_tag(&t);) found = t.key.len > 0 && strcmp(t.key.data, key) == 0;
        if (t.key.failed || t.value.failed)
            status = smap__fail_memory(err);
        else
            status = found && t.value.len ? smap_column_append_text(b, t.value.data, t.value.len, err)
                                          : smap_column_append_null(b, err);
    }
    if (status == SMAP_OK) status = smap_column_builder_finish(b, out, err);
    smap_column_builder_free(b);
    smap__str_release(&t.key);
    smap__str_release(&t.value);
    return status;
}

/* The order of the keys does not depend on that of the rows. */
static void sort_keys(const smap__dict *keys, const char *sorted[MOST_KEYS]) {
    for (int i = 0; i < smap__dict_count(keys); i++) {
        const char *key = smap__dict_text(keys, i);
        int at = i;
        for (; at > 0 && strcmp(sorted[at - 1], key) > 0; at--) sorted[at] = sorted[at - 1];
        sorted[at] = key;
    }
}

static smap_status widen(const smap_layer *source, const smap_column *column, const smap__dict *keys,
                         const smap_layer **out, smap_error *err) {
    int count = smap__dict_count(keys), before = smap_table_columns(source->table), made = 0;
    const char *key[MOST_KEYS];
    const smap_table *table = NULL;
    const smap_column **columns = smap__zalloc((size_t)before + MOST_KEYS, sizeof *columns);
    smap_status status = columns ? SMAP_OK : smap__fail_memory(err);
    sort_keys(keys, key);
    for (int i = 0; i < before && status == SMAP_OK; i++) columns[i] = smap_table_at(source->table, i);
    for (; made < count && status == SMAP_OK; made += status == SMAP_OK)
        status = make_column(column, key[made], &columns[before + made], err);
    if (status == SMAP_OK)
        status = smap_table_new(columns, before + count, smap_table_rows(source->table), &table, err);
    if (status == SMAP_OK) status = smap_layer_new(source->name, table, source->geometry, source->fid, out, err);
    for (int i = 0; i < made; i++) smap_column_free(columns[before + i]);
    smap__free(columns);
    smap_table_free(table);
    return status;
}

/* ---- numbers ---- */

/* The first where it says something, else the second. */
static smap_status join_columns(const smap_column *first, const smap_column *second, const smap_column **out,
                                smap_error *err) {
    smap_column_builder *b = NULL;
    smap_status status = smap_column_builder_new("osm_id", SMAP_TEXT, &b, err);
    for (int64_t row = 0; row < second->count && status == SMAP_OK; row++) {
        size_t len = 0;
        const char *text = first && !smap_column_is_null(first, row) ? smap_column_text(first, row, &len) : NULL;
        if (len == 0) text = smap_column_is_null(second, row) ? NULL : smap_column_text(second, row, &len);
        status = smap_column_append_text(b, text, len, err);
    }
    if (status == SMAP_OK) status = smap_column_builder_finish(b, out, err);
    smap_column_builder_free(b);
    return status;
}

static smap_status join_ids(const smap_layer *source, const smap_layer **out, smap_error *err) {
    const smap_column *own = smap_table_find(source->table, "osm_id"), *made = NULL;
    const smap_column *of_way = smap_table_find(source->table, "osm_way_id");
    const smap_table *table = NULL;
    int count = smap_table_columns(source->table);
    if (!of_way || of_way->type != SMAP_TEXT || (own && own->type != SMAP_TEXT)) {
        *out = smap_layer_retain(source);
        return SMAP_OK;
    }
    const smap_column **columns = smap__zalloc((size_t)count + 1, sizeof *columns);
    smap_status status = columns ? join_columns(own, of_way, &made, err) : smap__fail_memory(err);
    for (int i = 0; i < count && status == SMAP_OK; i++) {
        const smap_column *c = smap_table_at(source->table, i);
        columns[i] = c == own ? made : c;
    }
    if (status == SMAP_OK && !own) columns[count++] = made;
    if (status == SMAP_OK) status = smap_table_new(columns, count, smap_table_rows(source->table), &table, err);
    if (status == SMAP_OK) status = smap_layer_new(source->name, table, source->geometry, source->fid, out, err);
    smap_column_free(made);
    smap__free(columns);
    smap_table_free(table);
    return status;
}

/* ---- both ---- */

static smap_status spread(const smap_layer *source, const smap__schema *schema, const smap_layer **out,
                          smap_error *err) {
    const smap_column *column = smap_table_find(source->table, "other_tags");
    smap__dict *keys = NULL;
    if (!column || column->type != SMAP_TEXT) {
        *out = smap_layer_retain(source);
        return SMAP_OK;
    }
    smap_status status = smap__dict_new(&keys, err);
    if (status == SMAP_OK) status = collect_keys(source, schema, column, keys, err);
    if (status == SMAP_OK) status = widen(source, column, keys, out, err);
    smap__dict_free(keys);
    return status;
}

smap_status smap__other_tags_spread(const smap_layer *source, const smap__schema *schema, const smap_layer **out,
                                    smap_error *err) {
    const smap_layer *joined = NULL;
    smap_status status = join_ids(source, &joined, err);
    if (status == SMAP_OK) status = spread(joined, schema, out, err);
    smap_layer_free(joined);
    return status;
}
