#include <math.h>
#include <string.h>

#include "base/fail.h"
#include "model/domain.h"
#include "sheet/table_making.h"

/* ---- labels and paragraphs --------------------------------------------------------------------------------------- */

/* What is the same in both languages, such as "0–4", keeps its own direction among Arabic. */
bool smap__table_keep_label(smap__table_making *m, const char *en, const char *ar, smap__table_label *out) {
    const char *first = en && en[0] ? en : ar, *second = ar && ar[0] ? ar : en;
    out->text[SMAP__EN] = smap__arena_strdup(m->spec->arena, first);
    out->text[SMAP__AR] = second[0] && strcmp(first, second) == 0 ? smap__text_isolated(m->spec->arena, second)
                                                                  : smap__arena_strdup(m->spec->arena, second);
    return out->text[SMAP__EN] && out->text[SMAP__AR];
}

/* The entry of a list of {"is", "en", "ar"} for a value; NULL where it has no words for it. */
static const smap__json *entry_of(const smap__json *list, const char *value) {
    for (size_t i = 0; i < smap__json_size(list); i++) {
        const smap__json *entry = smap__json_item(list, i);
        if (strcmp(smap__json_text(smap__json_get(entry, "is"), ""), value) == 0 && smap__json_get(entry, "en"))
            return entry;
    }
    return NULL;
}

smap_status smap__table_label_of(smap__table_making *m, const smap__json *column, const char *value,
                                 smap__table_label *out, smap_error *err) {
    const smap__json *own = entry_of(smap__json_get(column, "values"), value);
    const char *domain_name = smap__json_text(smap__json_get(column, "domain"), NULL);
    const char *en = value, *ar = value;
    if (!own) own = entry_of(smap__json_get(column, "labels"), value);
    if (own) {
        en = smap__json_text(smap__json_get(own, "en"), value);
        ar = smap__json_text(smap__json_get(own, "ar"), en);
    } else if (domain_name) {
        const smap__domain *domain;
        smap_status status = smap__domain_get(m->ctx, domain_name, &domain, err);
        if (status != SMAP_OK) return status;
        int code = smap__domain_code(domain, value, strlen(value));
        if (code >= 0) en = domain->code[code].label.en, ar = domain->code[code].label.ar;
    }
    return smap__table_keep_label(m, en, ar, out) ? SMAP_OK : smap__fail_memory(err);
}

smap__table_label smap__table_word(smap__table_making *m, const char *word) {
    smap__table_label out = { { NULL, NULL } };
    for (int l = 0; l < SMAP__LANGS; l++) out.text[l] = smap__sheet_spec_word(m->spec, word, l);
    return out;
}

smap__table_label smap__table_word_at(smap__table_making *m, const smap__json *object, const char *key) {
    return smap__table_word(m, smap__sheet_spec_text(m->spec, object, key));
}

/* One paragraph a language, once where both say the same. Returns how many. */
int smap__table_put_label(const smap__table_making *m, const smap__table_label *text, const smap__text_style *style,
                          smap__paragraph *out) {
    int count = 0;
    for (int l = 0; l < SMAP__LANGS; l++) {
        if (!m->sheet->lang[l] || !text->text[l] || !text->text[l][0]) continue;
        if (count && smap__text_same(text->text[SMAP__EN], text->text[SMAP__AR])) continue;
        out[count++] = (smap__paragraph){ text->text[l], l == SMAP__AR, style };
    }
    return count;
}

/* Both languages on one line, where they differ: false when memory runs out. */
bool smap__table_put_inline(smap__table_making *m, const smap__table_label *text, const smap__text_style *style,
                            smap__paragraph *out, int *count) {
    const char *joiner = smap__sheet_spec_word(m->spec, "joiner", SMAP__EN);
    int n = smap__table_put_label(m, text, style, out);
    *count = n ? 1 : 0;
    if (n < 2) return true;
    out->text = smap__arena_printf(m->spec->arena, "%s%s%s", out[0].text, joiner ? joiner : " ", out[1].text);
    return out->text != NULL;
}

bool smap__table_label_cell(smap__table_making *m, const smap__table_label *text, const smap__text_style *style,
                            smap__table_cell *out) {
    smap__paragraph *p = smap__arena_alloc(m->spec->arena, SMAP__LANGS * sizeof *p);
    if (!p) return false;
    *out = (smap__table_cell){ .paragraph = p, .paragraphs = smap__table_put_label(m, text, style, p) };
    return true;
}

/* Both languages on one line. */
bool smap__table_inline_cell(smap__table_making *m, const smap__table_label *text, const smap__text_style *style,
                             smap__table_cell *out) {
    smap__paragraph *p = smap__arena_alloc(m->spec->arena, SMAP__LANGS * sizeof *p);
    if (!p) return false;
    *out = (smap__table_cell){ .paragraph = p };
    return smap__table_put_inline(m, text, style, p, &out->paragraphs);
}

bool smap__table_fill(smap__table_making *m, smap__table_label *text, const char *name, const smap__table_label *with) {
    for (int l = 0; l < SMAP__LANGS; l++) {
        if (!text->text[l]) continue; /* noted as missing */
        text->text[l] = smap__text_replace(m->spec->arena, text->text[l], name, with->text[l]);
        if (!text->text[l]) return false;
    }
    return true;
}

/* ---- cells ------------------------------------------------------------------------------------------------------- */

smap_status smap__table_new_cells(smap__table_making *m, int rows, int columns, smap_error *err) {
    size_t n = (size_t)rows * (size_t)columns;
    m->cell = smap__arena_alloc(m->spec->arena, (n + 1) * sizeof *m->cell);
    if (!m->cell) return smap__fail_memory(err);
    memset(m->cell, 0, (n + 1) * sizeof *m->cell);
    m->table->cell = m->cell;
    m->table->rows = rows;
    m->table->columns = columns;
    return SMAP_OK;
}

smap__table_cell *smap__table_cell_at(smap__table_making *m, int row, int column) {
    return &m->cell[row * m->table->columns + column];
}

bool smap__table_figure(smap__table_making *m, const smap__json *value, double number, const char *mark,
                        smap__paragraph *out) {
    char text[48];
    if (mark)
        out->text = mark;
    else if (isnan(number))
        out->text = smap__sheet_spec_word(m->spec, "table_none", SMAP__EN);
    else {
        int decimals = (int)smap__json_integer(smap__json_get(value, "decimals"), 0);
        if (smap__json_bool(smap__json_get(value, "trim"), false) && number == floor(number)) decimals = 0;
        smap__text_number(number, decimals < 0 ? 0 : decimals > 9 ? 9 : decimals, text, sizeof text);
        out->text = smap__arena_strdup(m->spec->arena, text);
    }
    out->rtl = false;
    out->style = smap__sheet_spec_style(m->spec, value, "style");
    return out->text != NULL;
}
