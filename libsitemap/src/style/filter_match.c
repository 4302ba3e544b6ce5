/* Filters over columns: each condition runs over a block of rows in one loop with the column's type decided outside of
 * it; And, Or and Not combine the blocks. A block keeps the working set in the first-level cache. */
#include <string.h>
#include <strings.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/str.h"
#include "col/cell.h"
#include "style/filter.h"

enum { FALSE_, TRUE_, UNKNOWN };

/* The order of a value and the literal, and what each comparison says to it. DIFFERENT: neither less nor greater (a
 * NaN, or a number against text). */
enum { LESS, SAME, GREATER, DIFFERENT };
static const uint8_t verdict[6][4] = {
    [SMAP__EQ] = { 0, 1, 0, 0 }, [SMAP__NE] = { 1, 0, 1, 1 }, [SMAP__LT] = { 1, 0, 0, 0 },
    [SMAP__LE] = { 1, 1, 0, 0 }, [SMAP__GT] = { 0, 0, 1, 0 }, [SMAP__GE] = { 0, 1, 1, 0 },
};

static int order_of_reals(double a, double b) {
    return a < b ? LESS : a > b ? GREATER : a == b ? SAME : DIFFERENT;
}

static int order_of_ints(int64_t a, int64_t b) {
    return a < b ? LESS : a > b ? GREATER : SAME;
}

static int order_of_texts(const char *a, size_t a_len, const char *b, size_t b_len) {
    int order = memcmp(a, b, a_len < b_len ? a_len : b_len);
    if (order == 0) return a_len < b_len ? LESS : a_len > b_len ? GREATER : SAME;
    return order < 0 ? LESS : GREATER;
}

static void fill(uint8_t *out, int count, int value) {
    memset(out, value, (size_t)count);
}

static void compare_ints(const int64_t *v, int count, int64_t literal, const uint8_t *says, uint8_t *out) {
    for (int i = 0; i < count; i++) out[i] = says[order_of_ints(v[i], literal)];
}

static void compare_number(const smap__filter *f, const smap_column *c, int64_t first, int count, uint8_t *out) {
    const uint8_t *says = verdict[f->op];
    if (!f->is_number) {
        fill(out, count, says[DIFFERENT]);
    } else if (c->type == SMAP_FLOAT64) {
        for (int i = 0; i < count; i++) out[i] = says[order_of_reals(c->v.f[first + i], f->number)];
    } else if (f->is_int) {
        compare_ints(c->v.i + first, count, f->integer, says, out);
    } else {
        for (int i = 0; i < count; i++) out[i] = says[order_of_reals((double)c->v.i[first + i], f->number)];
    }
}

static void compare_time(const smap__filter *f, const smap_column *c, int64_t first, int count, uint8_t *out) {
    int64_t literal = 0;
    bool ok = c->type == SMAP_DATE ? smap__parse_date(f->literal, f->literal_len, &literal)
                                   : smap__parse_timestamp(f->literal, f->literal_len, &literal);
    if (ok)
        compare_ints(c->v.i + first, count, literal, verdict[f->op], out);
    else
        fill(out, count, verdict[f->op][DIFFERENT]);
}

static void compare_bool(const smap__filter *f, const smap_column *c, int64_t first, int count, uint8_t *out) {
    bool yes = strcasecmp(f->literal, "true") == 0 || strcmp(f->literal, "1") == 0;
    bool no = strcasecmp(f->literal, "false") == 0 || strcmp(f->literal, "0") == 0;
    for (int i = 0; i < count; i++)
        out[i] = verdict[f->op][yes || no ? order_of_ints(c->v.b[first + i] != 0, yes) : DIFFERENT];
}

static void compare_text(const smap__filter *f, const smap_column *c, int64_t first, int count, uint8_t *out) {
    const uint8_t *says = verdict[f->op];
    for (int i = 0; i < count; i++) {
        size_t len;
        double number;
        const char *text = smap_column_text(c, first + i, &len);
        if (f->is_number && smap__parse_real(text, len, &number))
            out[i] = says[order_of_reals(number, f->number)];
        else
            out[i] = says[order_of_texts(text, len, f->literal, f->literal_len)];
    }
}

static void compare(const smap__filter *f, const smap_column *c, int64_t first, int count, uint8_t *out) {
    switch (c->type) {
    case SMAP_INT64:
    case SMAP_FLOAT64:
        compare_number(f, c, first, count, out);
        break;
    case SMAP_DATE:
    case SMAP_TIMESTAMP:
        compare_time(f, c, first, count, out);
        break;
    case SMAP_BOOL:
        compare_bool(f, c, first, count, out);
        break;
    case SMAP_TEXT:
        compare_text(f, c, first, count, out);
        break;
    case SMAP_BLOB:
        fill(out, count, UNKNOWN);
        break;
    }
}

/* SQL's LIKE by the usual backtracking to the last %: time is at most text times pattern. */
static bool like(const char *text, size_t len, const char *pattern, size_t pattern_len) {
    size_t t = 0, p = 0, star = SIZE_MAX, star_t = 0;
    while (t < len) {
        if (p < pattern_len && pattern[p] == '%') {
            star = ++p;
            star_t = t;
            continue;
        }
        bool any = p < pattern_len && pattern[p] == '_';
        size_t q = p < pattern_len && pattern[p] == '\\' ? p + 1 : p;
        if (any) {
            smap__utf8_next(text, len, &t);
            p++;
        } else if (q < pattern_len && pattern[q] == text[t]) {
            t++;
            p = q + 1;
        } else if (star != SIZE_MAX) {
            smap__utf8_next(text, len, &star_t);
            t = star_t;
            p = star;
        } else {
            return false;
        }
    }
    while (p < pattern_len && pattern[p] == '%') p++;
    return p == pattern_len;
}

static void match_like(const smap__filter *f, const smap_column *c, int64_t first, int count, uint8_t *out) {
    smap__str cell = SMAP__STR_INIT;
    for (int i = 0; i < count; i++) {
        size_t len;
        const char *text;
        if (c->type == SMAP_TEXT) {
            text = smap_column_text(c, first + i, &len);
        } else {
            smap__str_clear(&cell);
            smap__cell_put(&cell, c, first + i);
            text = cell.data ? cell.data : "";
            len = cell.data ? cell.len : 0;
        }
        out[i] = like(text, len, f->literal, f->literal_len) ? TRUE_ : FALSE_;
    }
    smap__str_release(&cell);
}

static void evaluate_leaf(const smap__filter *f, const smap_table *table, int64_t first, int count, uint8_t *out) {
    const smap_column *c = smap_table_find(table, f->property);
    if (f->kind == SMAP__FILTER_NULL) {
        for (int i = 0; i < count; i++) out[i] = !c || smap_column_is_null(c, first + i);
        return;
    }
    if (!c) {
        fill(out, count, UNKNOWN);
        return;
    }
    if (f->kind == SMAP__FILTER_LIKE)
        match_like(f, c, first, count, out);
    else
        compare(f, c, first, count, out);
    if (!c->validity) return;
    for (int i = 0; i < count; i++)
        if (smap_column_is_null(c, first + i)) out[i] = UNKNOWN;
}

void smap__filter_evaluate(const smap__filter *f, const smap_table *table, int64_t first, int count, uint8_t *out,
                           uint8_t *scratch) {
    static const uint8_t and_table[3][3] = { { 0, 0, 0 }, { 0, 1, 2 }, { 0, 2, 2 } };
    static const uint8_t or_table[3][3] = { { 0, 1, 2 }, { 1, 1, 1 }, { 2, 1, 2 } };
    static const uint8_t not_table[3] = { 1, 0, 2 };
    if (f->kind != SMAP__FILTER_AND && f->kind != SMAP__FILTER_OR && f->kind != SMAP__FILTER_NOT) {
        evaluate_leaf(f, table, first, count, out);
        return;
    }
    smap__filter_evaluate(&f->child[0], table, first, count, out, scratch);
    if (f->kind == SMAP__FILTER_NOT)
        for (int i = 0; i < count; i++) out[i] = not_table[out[i]];
    const uint8_t(*combine)[3] = f->kind == SMAP__FILTER_AND ? and_table : or_table;
    for (int k = 1; k < f->children; k++) {
        smap__filter_evaluate(&f->child[k], table, first, count, scratch, scratch + SMAP__FILTER_BLOCK);
        for (int i = 0; i < count; i++) out[i] = combine[out[i]][scratch[i]];
    }
}

smap_status smap__style_match(const smap__style *style, const smap_table *table, uint64_t *on, smap_error *err) {
    uint8_t *scratch = smap__alloc((SMAP__XML_DEPTH_MAX + 1) * (size_t)SMAP__FILTER_BLOCK);
    if (!scratch) return smap__fail_memory(err);
    int64_t rows = smap_table_rows(table);
    for (int64_t first = 0; first < rows; first += SMAP__FILTER_BLOCK) {
        int count = rows - first < SMAP__FILTER_BLOCK ? (int)(rows - first) : SMAP__FILTER_BLOCK;
        memset(on + first, 0, (size_t)count * sizeof *on);
        for (int r = 0; r < style->rules; r++) {
            const smap__filter *f = style->rule[r].filter;
            if (f)
                smap__filter_evaluate(f, table, first, count, scratch, scratch + SMAP__FILTER_BLOCK);
            else
                fill(scratch, count, TRUE_);
            for (int i = 0; i < count; i++) on[first + i] |= (uint64_t)(scratch[i] == TRUE_) << r;
        }
    }
    smap__free(scratch);
    return SMAP_OK;
}
