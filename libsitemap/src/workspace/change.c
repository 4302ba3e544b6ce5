/* What a run wants to write, gathered in memory until the commit. */
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "workspace/conform.h"
#include "workspace/parts.h"

smap_status smap__change_new(smap_ctx *ctx, int64_t date_ms, smap__change **out, smap_error *err) {
    smap__change *change = smap__zalloc(1, sizeof *change);
    if (!change) return smap__fail_memory(err);
    change->ctx = ctx;
    change->date_ms = date_ms;
    *out = change;
    return SMAP_OK;
}

void smap__change_set_date(smap__change *change, int64_t date_ms) {
    change->date_ms = date_ms;
}

void smap__change_free(smap__change *change) {
    if (!change) return;
    for (size_t i = 0; i < change->items; i++) smap_layer_free(change->item[i].content);
    smap__layer_rows_free(change->finding);
    smap__free(change->item);
    smap__free(change->style);
    smap__free(change->key);
    smap__arena_release(&change->arena);
    smap__free(change);
}

static smap_status put(smap__change *change, const smap__schema *schema, const smap_layer *content, smap_error *err) {
    const smap_layer *conformed = NULL;
    smap_status status = smap__conform_check(schema, content, err);
    if (status == SMAP_OK) status = smap__conform(change->ctx, schema, NULL, content, &conformed, err);
    if (status != SMAP_OK) return status;
    for (size_t i = 0; i < change->items; i++) {
        if (strcmp(change->item[i].schema->name, schema->name) != 0) continue;
        smap_layer_free(change->item[i].content);
        change->item[i] = (smap__change_item){ schema, conformed };
        return SMAP_OK;
    }
    if (!smap__grow(&change->item, &change->item_capacity, change->items + 1, sizeof *change->item)) {
        smap_layer_free(conformed);
        return smap__fail_memory(err);
    }
    change->item[change->items++] = (smap__change_item){ schema, conformed };
    return SMAP_OK;
}

smap_status smap__change_put(smap__change *change, const char *layer, const smap_layer *content, smap_error *err) {
    const smap__schema *schema = NULL;
    smap_status status = smap__schema_get(change->ctx, layer, &schema, err);
    return status == SMAP_OK ? put(change, schema, content, err) : status;
}

smap_status smap__change_put_repeated(smap__change *change, const char *layer, const smap__repeat *repeat, int count,
                                      const smap_layer *content, const smap__schema **schema, smap_error *err) {
    const smap__schema *base = NULL, *whole = NULL;
    smap_status status = smap__schema_get(change->ctx, layer, &base, err);
    if (status == SMAP_OK)
        status = smap__schema_repeat(&change->arena, base, repeat, count, content->table, &whole, err);
    if (status == SMAP_OK) status = put(change, whole, content, err);
    if (status == SMAP_OK && schema) *schema = whole;
    return status;
}

static const char *keep(smap__change *change, const char *text) {
    return smap__arena_strdup(&change->arena, text ? text : "");
}

smap_status smap__change_style(smap__change *change, const char *layer, const char *name, const char *qml,
                               const char *sld, smap_error *err) {
    smap__styled style = { keep(change, layer), keep(change, name), keep(change, qml), keep(change, sld) };
    if (!style.layer || !style.name || !style.qml || !style.sld) return smap__fail_memory(err);
    for (size_t i = 0; i < change->styles; i++) {
        if (strcmp(change->style[i].layer, layer) != 0) continue;
        change->style[i] = style;
        return SMAP_OK;
    }
    if (!smap__grow(&change->style, &change->style_capacity, change->styles + 1, sizeof *change->style))
        return smap__fail_memory(err);
    change->style[change->styles++] = style;
    return SMAP_OK;
}

/* ---- findings ---- */

/* Is a column of the source, by name, label or alias, one whose values not everybody may see? */
static bool is_sensitive(const smap__schema *schema, const char *column) {
    size_t len = strlen(column);
    for (int i = 0; schema && len && i < schema->fields; i++) {
        const smap__field *field = &schema->field[i];
        bool named = smap__same_name(column, len, field->name, strlen(field->name)) ||
                     smap__same_name(column, len, field->label.en, strlen(field->label.en)) ||
                     smap__same_name(column, len, field->label.ar, strlen(field->label.ar));
        for (int k = 0; !named && k < field->aliases; k++)
            named = smap__same_name(column, len, field->alias[k], strlen(field->alias[k]));
        if (named && strcmp(field->sensitivity, "open") != 0) return true;
    }
    return false;
}

/* The answers for the columns met so far; a file with more columns asks again for the last ones. */
typedef struct mask {
    const smap__schema *schema;
    struct {
        const char *column; /* borrowed from a finding */
        bool sensitive;
    } known[64];
    size_t count;
} mask;

static bool is_masked(mask *m, const smap__finding *f) {
    const size_t room = sizeof m->known / sizeof *m->known;
    if (!f->value[0]) return false;
    for (size_t i = 0; i < m->count; i++)
        if (strcmp(m->known[i].column, f->column) == 0) return m->known[i].sensitive;
    bool sensitive = is_sensitive(m->schema, f->column);
    size_t slot = m->count < room ? m->count++ : room - 1;
    m->known[slot].column = f->column;
    m->known[slot].sensitive = sensitive;
    return sensitive;
}

static smap_status add_finding(smap__change *change, const char *key, const smap__finding *f, const char *layer,
                               mask *m, smap_error *err) {
    smap__layer_rows *rows = change->finding;
    const char *source = strchr(key, ' ');
    bool masked = is_masked(m, f);
    smap_status status;
    SMAP_TRY(smap__layer_rows_text(rows, "run_key", key, err), done);
    SMAP_TRY(smap__layer_rows_text(rows, "severity", smap__severity_name(f->severity), err), done);
    SMAP_TRY(smap__layer_rows_text(rows, "code", f->code, err), done);
    SMAP_TRY(smap__layer_rows_text(rows, "layer", layer, err), done);
    SMAP_TRY(smap__layer_rows_text(rows, "source", source ? source + 1 : "", err), done);
    if (f->row > 0) SMAP_TRY(smap__layer_rows_int(rows, "row", f->row, err), done);
    SMAP_TRY(smap__layer_rows_text(rows, "column", f->column, err), done);
    SMAP_TRY(smap__layer_rows_text(rows, "value", masked ? "***" : f->value, err), done);
    SMAP_TRY(smap__layer_rows_text(rows, "message", f->message, err), done);
    status = smap__layer_rows_end(rows, err);
done:
    return status;
}

smap_status smap__change_findings(smap__change *change, const char *key, const smap__findings *findings,
                                  const char *layer, smap_error *err) {
    const smap__schema *schema = NULL, *about = NULL;
    smap_status status = smap__schema_get(change->ctx, "finding", &schema, err);
    if (status != SMAP_OK) return status;
    if (layer && smap__schema_get(change->ctx, layer, &about, NULL) != SMAP_OK) about = NULL;
    if (!change->finding) SMAP_TRY(smap__layer_rows_new(schema, &change->finding, err), done);
    const char *kept = keep(change, key);
    if (!kept || !smap__grow(&change->key, &change->key_capacity, change->keys + 1, sizeof *change->key))
        return smap__fail_memory(err);
    change->key[change->keys++] = kept;
    mask m = { .schema = about };
    for (size_t i = 0; findings && i < findings->count; i++)
        SMAP_TRY(add_finding(change, kept, &findings->items[i], layer, &m, err), done);
done:
    return status;
}

static bool is_replaced(const smap__change *change, const smap_column *key, int64_t row) {
    size_t len;
    if (smap_column_is_null(key, row)) return false;
    const char *text = smap_column_text(key, row, &len);
    for (size_t i = 0; i < change->keys; i++)
        if (strlen(change->key[i]) == len && memcmp(change->key[i], text, len) == 0) return true;
    return false;
}

static smap_status copy_rows(smap__layer_rows *to, const smap_layer *from, const smap__change *without,
                             smap_error *err) {
    const smap_column *key = smap_table_find(from->table, "run_key");
    for (int64_t i = 0; i < smap_table_rows(from->table); i++) {
        if (without && key && is_replaced(without, key, i)) continue;
        smap_status status = smap__layer_rows_copy(to, from, i, err);
        if (status != SMAP_OK) return status;
    }
    return SMAP_OK;
}

smap_status smap__findings_after(smap__workspace *workspace, smap__change *change, const smap_layer **out,
                                 smap_error *err) {
    const smap__schema *schema = NULL;
    smap__layer_rows *rows = NULL;
    const smap_layer *old = NULL, *added = NULL;
    smap_status status;
    SMAP_TRY(smap__schema_get(change->ctx, "finding", &schema, err), done);
    SMAP_TRY(smap__layer_rows_new(schema, &rows, err), done);
    if (workspace) {
        SMAP_TRY(smap__workspace_read(workspace, "finding", &old, err), done);
        SMAP_TRY(copy_rows(rows, old, change, err), done);
    }
    SMAP_TRY(smap__layer_rows_finish(change->finding, &added, err), done);
    smap__layer_rows_free(change->finding);
    change->finding = NULL;
    SMAP_TRY(copy_rows(rows, added, NULL, err), done);
    status = smap__layer_rows_finish(rows, out, err);
done:
    smap__layer_rows_free(rows);
    smap_layer_free(old);
    smap_layer_free(added);
    return status;
}
