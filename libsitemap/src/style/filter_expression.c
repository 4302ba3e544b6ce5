#include "style/filter.h"

#include <string.h>

/* Text between `quote`s as QGIS reads it: the quote doubled; in a literal ' also the backslash. */
static void put_text(smap__str *out, const char *text, size_t len, char quote) {
    smap__str_put_char(out, quote);
    for (size_t i = 0; i < len; i++) {
        if (text[i] == quote || (quote == '\'' && text[i] == '\\')) smap__str_put_char(out, text[i]);
        smap__str_put_char(out, text[i]);
    }
    smap__str_put_char(out, quote);
}

/* A pattern as QGIS reads it: its LIKE takes \ before % and _ as an escape, and else as itself. (A backslash right
 * before a wild card cannot be said in it.) */
static void put_pattern(smap__str *out, const char *pattern, size_t len) {
    smap__str text = SMAP__STR_INIT;
    for (size_t i = 0; i < len; i++) {
        if (pattern[i] == '\\' && i + 1 < len && pattern[i + 1] == '\\') i++;
        smap__str_put_char(&text, pattern[i]);
    }
    put_text(out, text.data ? text.data : "", text.len, '\'');
    out->failed = out->failed || text.failed;
    smap__str_release(&text);
}

static void put_node(smap__str *out, const smap__filter *f, bool inside);

static void put_children(smap__str *out, const smap__filter *f, const char *word, bool inside) {
    if (inside) smap__str_put_char(out, '(');
    for (int i = 0; i < f->children; i++) {
        if (i > 0) smap__str_put(out, word);
        put_node(out, &f->child[i], true);
    }
    if (inside) smap__str_put_char(out, ')');
}

static void put_comparison(smap__str *out, const smap__filter *f) {
    static const char *const sign[] = {
        [SMAP__EQ] = " = ",  [SMAP__NE] = " <> ", [SMAP__LT] = " < ",
        [SMAP__LE] = " <= ", [SMAP__GT] = " > ",  [SMAP__GE] = " >= ",
    };
    smap__str_put(out, sign[f->op]);
    if (f->is_int)
        smap__str_printf(out, "%lld", (long long)f->integer);
    else if (f->is_number)
        smap__str_put_real(out, f->number);
    else
        put_text(out, f->literal, f->literal_len, '\'');
}

/* NOT is written as a call, NOT (...), for it binds more tightly than a comparison in QGIS. */
static void put_node(smap__str *out, const smap__filter *f, bool inside) {
    switch (f->kind) {
    case SMAP__FILTER_AND:
        put_children(out, f, " AND ", inside);
        return;
    case SMAP__FILTER_OR:
        put_children(out, f, " OR ", inside);
        return;
    case SMAP__FILTER_NOT:
        smap__str_put(out, "NOT (");
        put_node(out, &f->child[0], false);
        smap__str_put_char(out, ')');
        return;
    case SMAP__FILTER_COMPARE:
        put_text(out, f->property, strlen(f->property), '"');
        put_comparison(out, f);
        return;
    case SMAP__FILTER_LIKE:
        put_text(out, f->property, strlen(f->property), '"');
        smap__str_put(out, " LIKE ");
        put_pattern(out, f->literal, f->literal_len);
        return;
    case SMAP__FILTER_NULL:
        put_text(out, f->property, strlen(f->property), '"');
        smap__str_put(out, " IS NULL");
        return;
    }
}

void smap__filter_put_expression(const smap__filter *filter, smap__str *out) {
    put_node(out, filter, false);
}
