#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/str.h"
#include "col/cell.h"
#include "sheet/map_view.h"
#include "sheet/sheet_text.h"

static bool has_suffix(const char *text, const char *suffix) {
    size_t n = strlen(text), m = strlen(suffix);
    return n >= m && strcmp(text + n - m, suffix) == 0;
}

/* Is a line the property of a language that the sheet does not show? */
static bool other_language(const smap__label_line *line, const bool *lang) {
    const char *property = line->parts == 1 ? line->part->property : NULL;
    if (!property) return false;
    return (!lang[SMAP__EN] && has_suffix(property, "_en")) || (!lang[SMAP__AR] && has_suffix(property, "_ar"));
}

/* At most so many characters, the last one an ellipsis where there are more. */
static const char *copy_line(smap__arena *arena, const char *text, size_t len, int most) {
    size_t at = 0, cut = 0;
    for (int n = 0; at < len && n < most; n++) {
        cut = at;
        smap__utf8_next(text, len, &at);
    }
    if (at >= len) return smap__arena_strndup(arena, text, len);
    return smap__arena_printf(arena, "%.*s\u2026", (int)cut, text);
}

/* A value as it can stand in a line: line breaks and control characters are spaces, marks that turn the direction of
 * what follows are left out. */
static void put_plain(smap__str *out, const char *text, size_t len) {
    for (size_t at = 0, from = 0; at < len; from = at) {
        uint32_t c = smap__utf8_next(text, len, &at);
        if ((c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069)) continue;
        if (c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029)
            smap__str_put_char(out, ' ');
        else
            smap__str_put_n(out, text + from, at - from);
    }
}

/* The value of a property; among other parts of a line it keeps its own direction and leaves them theirs. */
static void put_value(const smap_column *column, int64_t row, bool alone, smap__str *out) {
    smap__str cell = SMAP__STR_INIT, plain = SMAP__STR_INIT;
    smap__cell_put(&cell, column, row);
    if (cell.len) put_plain(&plain, cell.data, cell.len);
    out->failed = out->failed || cell.failed || plain.failed;
    const char *text = plain.data ? plain.data : "";
    size_t len = plain.len;
    smap__trim(&text, &len);
    if (len) plain.data[text + len - plain.data] = '\0';
    if (len && !alone && smap__text_has_rtl(text))
        smap__text_put_isolated(out, text);
    else
        smap__str_put_n(out, text, len);
    smap__str_release(&cell);
    smap__str_release(&plain);
}

static bool put_part(const smap_table *table, int64_t row, const smap__label_part *part, bool arabic, bool alone,
                     smap__str *out) {
    static const char no_break_space[] = "\u00a0";
    if (out->len) smap__str_put(out, no_break_space);
    if (!part->property) {
        smap__str_put(out, arabic ? part->text_ar : part->text_en);
        return true;
    }
    const smap_column *column = smap_table_find(table, part->property);
    double number;
    if (!column || smap_column_is_null(column, row)) return false;
    if (part->decimals >= 0 && smap__cell_number(column, row, &number)) {
        char text[64];
        smap__text_number(number, part->decimals, text, sizeof text);
        smap__str_put(out, text);
    } else {
        put_value(column, row, alone, out);
    }
    return true;
}

/* Words stand in Arabic where the sheet shows nothing else. */
static bool put_line(smap__arena *arena, const smap_table *table, int64_t row, const smap__label_line *line,
                     const smap__view_options *options, smap__map_label *label) {
    smap__str cell = SMAP__STR_INIT;
    bool whole = true, ok = true;
    for (int i = 0; i < line->parts && whole; i++)
        whole = put_part(table, row, &line->part[i], !options->lang[SMAP__EN], line->parts == 1, &cell);
    const char *text = cell.data ? cell.data : "";
    size_t len = cell.len;
    bool again = len == 0 || !whole;
    for (int i = 0; i < label->lines; i++)
        again = again || (strlen(label->line[i]) == len && strncmp(label->line[i], text, len) == 0);
    if (cell.failed) {
        ok = false;
    } else if (!again) {
        const char *copy = copy_line(arena, text, len, options->label_chars);
        if (copy)
            label->line[label->lines++] = copy;
        else
            ok = false;
    }
    smap__str_release(&cell);
    return ok;
}

/* The lines of the sheet's languages; where none of them names the thing, those of the other one too. */
static bool put_lines(smap__arena *arena, const smap_table *table, int64_t row, const smap__symbolizer *s,
                      const smap__view_options *options, smap__map_label *label) {
    static const bool no_language[SMAP__LANGS] = { false, false };
    int room = (int)(sizeof label->line / sizeof *label->line);
    bool named = false;
    for (int pass = 0; pass < 2 && !named; pass++) {
        label->lines = 0;
        for (int i = 0; i < s->labels && label->lines < room; i++) {
            int before = label->lines;
            if (pass == 0 && other_language(&s->label[i], options->lang)) continue;
            if (!put_line(arena, table, row, &s->label[i], options, label)) return false;
            named = named || (label->lines > before && other_language(&s->label[i], no_language));
        }
    }
    return true;
}

static void put_anchor(const smap__drawn *drawn, int64_t feature, smap__map_label *label) {
    label->feature = feature;
    uint32_t path = drawn->path_begin[feature];
    label->x = drawn->anchor_x[feature];
    label->y = drawn->anchor_y[feature];
    label->mark_mm = smap__drawn_mark_mm(drawn, feature);
    int kind = drawn->path_kind[path];
    if (label->mark_mm > 0 || kind == SMAP__PATH_POINT)
        label->kind = SMAP__LABEL_POINT;
    else if (kind != SMAP__PATH_LINE)
        label->kind = SMAP__LABEL_AREA;
    else if (label->symbolizer->placement.at_point) {
        label->kind = SMAP__LABEL_POINT;
        label->mark_mm = smap__drawn_stroke_mm(drawn, feature);
    } else {
        label->kind = SMAP__LABEL_LINE;
        label->stroke_mm = smap__drawn_stroke_mm(drawn, feature);
    }
}

static smap_status put_label(smap__arena *arena, const smap__drawn *drawn, int index, int64_t feature,
                             const smap_table *table, const smap__symbolizer *s, const smap__view_options *options,
                             bool far, smap__label_list *list, smap_error *err) {
    smap__map_label label = {
        .symbolizer = s, .far = far, .drawn = index, .row = drawn->row[feature], .order = (int64_t)list->count
    };
    if (!put_lines(arena, table, label.row, s, options, &label)) return smap__fail_memory(err);
    if (label.lines == 0) return SMAP_OK;
    put_anchor(drawn, feature, &label);
    if (!smap__grow(&list->label, &list->capacity, list->count + 1, sizeof label)) return smap__fail_memory(err);
    list->label[list->count++] = label;
    return SMAP_OK;
}

smap_status smap__labels_collect(smap__arena *arena, const smap__drawn *drawn, int index, const smap_table *table,
                                 const smap__view_options *options, bool far, smap__label_list *list, smap_error *err) {
    for (int r = 0; r < drawn->style->rules; r++) {
        const smap__rule *rule = &drawn->style->rule[r];
        for (int i = 0; i < rule->symbolizers; i++) {
            if (rule->symbolizer[i].kind != SMAP__SYM_TEXT) continue;
            for (int64_t f = 0; f < drawn->features; f++) {
                if (!((drawn->on[f] >> r) & 1)) continue;
                smap_status status =
                    put_label(arena, drawn, index, f, table, &rule->symbolizer[i], options, far, list, err);
                if (status != SMAP_OK) return status;
            }
        }
    }
    return SMAP_OK;
}

static int by_importance(const void *a, const void *b) {
    const smap__map_label *p = a, *q = b;
    if (p->symbolizer->priority != q->symbolizer->priority)
        return p->symbolizer->priority > q->symbolizer->priority ? -1 : 1;
    if (p->drawn != q->drawn) return p->drawn > q->drawn ? -1 : 1;
    if (p->row != q->row) return p->row < q->row ? -1 : 1;
    return p->order < q->order ? -1 : 1;
}

void smap__labels_sort(smap__label_list *list) {
    if (list->count) qsort(list->label, list->count, sizeof *list->label, by_importance);
}
