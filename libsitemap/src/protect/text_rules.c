#include "protect/text_rules.h"

#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "col/dict.h"
#include "protect/audience_rules.h"

struct smap__pseudonyms {
    smap__dict *dict;
};

smap_status smap__pseudonyms_new(smap__pseudonyms **out, smap_error *err) {
    smap__pseudonyms *p = smap__zalloc(1, sizeof *p);
    smap_status status = p ? smap__dict_new(&p->dict, err) : smap__fail_memory(err);
    if (status == SMAP_OK)
        *out = p;
    else
        smap__free(p);
    return status;
}

void smap__pseudonyms_free(smap__pseudonyms *pseudonyms) {
    if (!pseudonyms) return;
    smap__dict_free(pseudonyms->dict);
    smap__free(pseudonyms);
}

typedef struct cleaning {
    const smap__scrub *scrub;
    smap__pseudonyms *pseudonyms;
    bool is_key, no_numbers;
    smap__str text, without;
    const char *last; /* the cell before, which many columns repeat: c->text is what became of it */
    size_t last_len;
    bool last_changed;
} cleaning;

/* The cell's new text in c->text; false where it stays as it is. */
static bool clean_text(cleaning *c, const char *text, size_t len) {
    smap__str_clear(&c->text);
    if (smap__scrub_text(c->scrub, c->is_key, text, len, &c->text) == 0 || !c->is_key) return c->text.len > 0;
    int32_t number = smap__dict_add(c->pseudonyms->dict, text, len);
    smap__str_clear(&c->text);
    smap__str_printf(&c->text, "id-%d", (int)number + 1);
    if (number < 0) c->text.failed = true;
    return true;
}

/* The same, of a sentence whose numbers may be counts that are not told. */
static bool clean_cell(cleaning *c, const char *text, size_t len) {
    smap__str_clear(&c->without);
    bool numbers = c->no_numbers && smap__scrub_numbers(text, len, &c->without) > 0;
    if (c->without.failed) { /* nothing is told of what could not be looked at */
        c->text.failed = true;
        return false;
    }
    if (!numbers) return clean_text(c, text, len);
    if (clean_text(c, c->without.data ? c->without.data : "", c->without.len)) return true;
    smap__str_put_n(&c->text, c->without.data ? c->without.data : "", c->without.len);
    return true;
}

static smap_status append_clean(cleaning *c, const smap_column *column, int64_t row, smap_column_builder *b,
                                int64_t *removed, smap_error *err) {
    size_t len;
    if (smap_column_is_null(column, row)) return smap_column_append_null(b, err);
    const char *text = smap_column_text(column, row, &len);
    bool again = c->last && len == c->last_len && memcmp(text, c->last, len) == 0;
    bool changed = again ? c->last_changed : clean_cell(c, text, len);
    c->last = text;
    c->last_len = len;
    c->last_changed = changed;
    if (c->text.failed) return smap__fail_memory(err);
    *removed += changed;
    return changed ? smap_column_append_text(b, c->text.data, c->text.len, err)
                   : smap_column_append_text(b, text, len, err);
}

static smap_status clean_column(cleaning *c, const smap_column *column, const smap_column **out, int64_t *removed,
                                smap_error *err) {
    smap_column_builder *b = NULL;
    c->last = NULL;
    smap_status status = smap_column_builder_new(column->name, SMAP_TEXT, &b, err);
    for (int64_t i = 0; i < column->count && status == SMAP_OK; i++)
        status = append_clean(c, column, i, b, removed, err);
    if (status == SMAP_OK) status = smap_column_builder_finish(b, out, err);
    smap_column_builder_free(b);
    return status;
}

static bool is_key(const smap__field *field, const char *name) {
    size_t n = strlen(name);
    return (field && field->key) || (n > 3 && strcmp(name + n - 3, "_id") == 0);
}

smap_status smap__text_rules_apply(const smap__scrub *scrub, smap__pseudonyms *pseudonyms, const smap__schema *schema,
                                   const smap__json *no_numbers, const smap_table *table, const smap_table **out,
                                   int64_t *removed, smap_error *err) {
    int n = smap_table_columns(table);
    cleaning c = { .scrub = scrub, .pseudonyms = pseudonyms, .text = SMAP__STR_INIT, .without = SMAP__STR_INIT };
    const smap_column **column = smap__zalloc((size_t)n + 1, sizeof *column);
    smap_status status = column ? SMAP_OK : smap__fail_memory(err);
    *removed = 0;
    for (int i = 0; i < n && status == SMAP_OK; i++) {
        const smap_column *from = smap_table_at(table, i);
        const smap__field *field = smap__schema_field(schema, from->name);
        c.is_key = is_key(field, from->name);
        c.no_numbers = smap__audience_rules_list(no_numbers, from->name);
        if (from->type == SMAP_TEXT && !(field && *field->domain))
            status = clean_column(&c, from, &column[i], removed, err);
        else
            column[i] = smap_column_retain(from);
    }
    if (status == SMAP_OK) status = smap_table_new(column, n, smap_table_rows(table), out, err);
    for (int i = 0; column && i < n; i++) smap_column_free(column[i]);
    smap__free(column);
    smap__str_release(&c.text);
    smap__str_release(&c.without);
    return status;
}
