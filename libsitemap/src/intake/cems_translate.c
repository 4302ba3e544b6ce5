#include "intake/cems_translate.h"

#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "col/cell.h"
#include "intake/row_notes.h"

static int64_t row_count(const smap__cems_translation *t) {
    return smap_table_rows(t->source->table);
}

const char *smap__cems_set(const smap__cems_translation *t, const char *field) {
    for (int i = 0; i < t->mapping->sets; i++) {
        if (strcmp(t->mapping->set[i].key, field) == 0) return t->mapping->set[i].value;
    }
    return NULL;
}

const smap_column *smap__cems_named(const smap__cems_translation *t, const char *name) {
    for (int i = 0; i < smap_table_columns(t->source->table); i++) {
        const smap_column *c = smap_table_at(t->source->table, i);
        if (smap__same_name(c->name, strlen(c->name), name, strlen(name))) return c;
    }
    return NULL;
}

/* The `nth` of the source's columns that hold `what`, in the order of data/intake/cems.json; the one that the mapping
 * names for `field` comes first. */
const smap_column *smap__cems_column(const smap__cems_translation *t, const char *what, const char *field, int nth) {
    for (int i = 0; i < t->mapping->maps; i++) {
        if (strcmp(t->mapping->map[i].value, field) == 0 && nth-- == 0)
            return smap__cems_named(t, t->mapping->map[i].key);
    }
    const smap__json *names =
        smap__json_get(smap__json_get(smap__json_get(smap__json_root(t->doc), "columns"), what), "names");
    for (size_t i = 0; i < smap__json_size(names); i++) {
        const smap_column *c = smap__cems_named(t, smap__json_text(smap__json_item(names, i), ""));
        if (c && nth-- == 0) return c;
    }
    return NULL;
}

/* ---- adding columns ---- */

smap_status smap__cems_add(smap__cems_translation *t, const char *field, smap__cell_fn cell, void *user,
                           smap_error *err) {
    if (smap__cems_set(t, field) || !smap__schema_field(t->schema, field)) return SMAP_OK;
    smap_column_builder *builder = NULL;
    smap__str text = SMAP__STR_INIT;
    smap_status status = SMAP_OK;
    SMAP_TRY(smap_column_builder_new(field, SMAP_TEXT, &builder, err), done);
    for (int64_t row = 0; row < row_count(t); row++) {
        smap__str_clear(&text);
        bool value = cell(t, user, row, &text);
        if (text.failed) {
            status = smap__fail_memory(err);
            goto done;
        }
        if (value) {
            SMAP_TRY(smap_column_append_text(builder, text.data ? text.data : "", text.len, err), done);
        } else {
            SMAP_TRY(smap_column_append_null(builder, err), done);
        }
    }
    SMAP_TRY(smap_column_builder_finish(builder, &t->column[t->columns], err), done);
    t->columns++;
done:
    smap_column_builder_free(builder);
    smap__str_release(&text);
    return status;
}

static bool constant_cell(smap__cems_translation *t, void *user, int64_t row, smap__str *out) {
    const char *const *text = user;
    (void)t, (void)row;
    smap__str_put(out, *text);
    return **text != '\0';
}

smap_status smap__cems_add_constant(smap__cems_translation *t, const char *field, const char *text, smap_error *err) {
    return smap__cems_add(t, field, constant_cell, &text, err);
}

bool smap__cems_copied(smap__cems_translation *t, void *user, int64_t row, smap__str *out) {
    const smap_column *const *c = user;
    (void)t;
    if (!*c || smap_column_is_null(*c, row)) return false;
    smap__cell_put(out, *c, row);
    return true;
}

smap_status smap__cems_add_copy(smap__cems_translation *t, const char *field, const char *what, smap_error *err) {
    const smap_column *c = smap__cems_column(t, what, field, 0);
    return c ? smap__cems_add(t, field, smap__cems_copied, &c, err) : SMAP_OK;
}

/* ---- keys ---- */

static int row_number_of(const smap_column *c, int64_t row, const char *prefix, int fallback) {
    smap__str text = SMAP__STR_INIT;
    int64_t value = fallback;
    if (!c || smap_column_is_null(c, row)) return fallback;
    smap__cell_put(&text, c, row);
    const char *digits = text.data ? text.data : "";
    if (strncmp(digits, prefix, strlen(prefix)) == 0) digits += strlen(prefix);
    if (!smap__parse_int(digits, strlen(digits), &value) || value < 0 || value > 9999) value = fallback;
    smap__str_release(&text);
    return (int)value;
}

typedef struct key_cells {
    const smap_column *aoi;
    bool by_area; /* one running number for each area */
    int next[10000];
} key_cells;

static bool key_cell(smap__cems_translation *t, void *user, int64_t row, smap__str *out) {
    key_cells *k = user;
    int aoi = row_number_of(k->aoi, row, "AOI", t->name->aoi);
    if (aoi <= 0) aoi = t->name->aoi;
    smap__cems_key_prefix(out, t->name, aoi);
    smap__str_printf(out, k->by_area ? "%d" : "%05d", ++k->next[k->by_area ? aoi : 0]);
    return true;
}

smap_status smap__cems_add_key(smap__cems_translation *t, const char *field, smap_error *err) {
    key_cells *k = smap__zalloc(1, sizeof *k);
    if (!k) return smap__fail_memory(err);
    k->by_area = strcmp(t->name->theme, "areaOfInterest") == 0;
    k->aoi = k->by_area ? smap__cems_column(t, "aoi", "aoi", 0) : NULL;
    smap_status status = smap__cems_add(t, field, key_cell, k, err);
    smap__free(k);
    return status;
}

typedef struct number_cells {
    const smap_column *column;
    const char *prefix;
    int fallback;
} number_cells;

static bool number_cell(smap__cems_translation *t, void *user, int64_t row, smap__str *out) {
    const number_cells *n = user;
    (void)t;
    int value = row_number_of(n->column, row, n->prefix, n->fallback);
    smap__str_printf(out, "%d", value);
    return value > 0;
}

/* What every layer of a product says: where it comes from, in the words in which its producer wants to be named. */
smap_status smap__cems_add_origin(smap__cems_translation *t, smap_error *err) {
    const smap__cems_name *n = t->name;
    bool areas = strcmp(n->theme, "areaOfInterest") == 0;
    char product[32] = "", source[96];
    number_cells aoi = { areas ? smap__cems_column(t, "aoi", "aoi", 0) : NULL, "AOI", n->aoi };
    number_cells version = { areas ? smap__cems_column(t, "version", "version", 0) : NULL, "v", n->version };
    if (*n->product) snprintf(product, sizeof product, "%s_%s", n->product, n->monitoring);
    const char *credit = smap__json_text(smap__json_get(smap__json_root(t->doc), "credit"), "Copernicus EMS");
    snprintf(source, sizeof source, "%s%s%s", credit, *n->activation ? ", " : "", n->activation);
    smap_status status = SMAP_OK;
    SMAP_TRY(smap__cems_add_constant(t, "source", source, err), done);
    SMAP_TRY(smap__cems_add_constant(t, "activation", n->activation, err), done);
    SMAP_TRY(smap__cems_add_constant(t, "product", product, err), done);
    SMAP_TRY(smap__cems_add(t, "aoi", number_cell, &aoi, err), done);
    SMAP_TRY(smap__cems_add(t, "version", number_cell, &version, err), done);
    SMAP_TRY(smap__cems_add_copy(t, "date", "date", err), done);
done:
    return status;
}

/* ---- words ---- */

void smap__cems_count_unknown(smap__unknown_words *u, const smap_column *c, int64_t row, const smap__str *text) {
    char word[96];
    snprintf(word, sizeof word, "%s", text->data ? text->data : "");
    for (int i = 0; i < u->words; i++) {
        if (strcmp(u->word[i].text, word) == 0) {
            u->word[i].count++;
            return;
        }
    }
    if (u->words == SMAP__CEMS_WORDS) return;
    memcpy(u->word[u->words].text, word, sizeof word);
    u->word[u->words].count = 1;
    u->word[u->words].first = row;
    u->word[u->words++].column = c->name;
}

smap_status smap__cems_report_unknown(const smap__cems_translation *t, const smap__unknown_words *u, smap_error *err) {
    smap_status status = SMAP_OK;
    for (int i = 0; i < u->words && status == SMAP_OK; i++) {
        status =
            smap__findings_add(t->findings, err, SMAP__WARNING, u->code, smap__row_number(t->source, u->word[i].first),
                               u->word[i].column, u->word[i].text,
                               "%lld rows have a %s that no vocabulary of ours has; it is kept in the source's words, "
                               "and the code is left empty",
                               (long long)u->word[i].count, u->what);
    }
    return status;
}

/* The text of a cell; false for a null or blank one. */
bool smap__cems_text(const smap_column *c, int64_t row, smap__str *out) {
    smap__str_clear(out);
    if (!c || smap_column_is_null(c, row)) return false;
    smap__cell_put(out, c, row);
    const char *text = out->data ? out->data : "";
    size_t len = out->len;
    smap__trim(&text, &len);
    return len > 0;
}

/* "11-Residential Buildings": as a whole, without the number, by the number. */
const char *smap__cems_numbered(const smap__domain *domain, const smap__str *text) {
    const char *s = text->data;
    int at = smap__domain_find(domain, s, text->len);
    size_t digits = strspn(s, "0123456789");
    if (at < 0 && digits > 0 && s[digits] == '-') {
        at = smap__domain_find(domain, s + digits + 1, text->len - digits - 1);
        if (at < 0) at = smap__domain_find(domain, s, digits);
    }
    return at < 0 ? NULL : domain->code[at].code;
}
