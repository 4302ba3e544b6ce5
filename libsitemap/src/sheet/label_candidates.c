#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/str.h"
#include "col/cell.h"
#include "sheet/map_view.h"

static bool has_suffix(const char *text, const char *suffix) {
    size_t n = strlen(text), m = strlen(suffix);
    return n >= m && strcmp(text + n - m, suffix) == 0;
}

/* Is a property for a language that the sheet does not show? */
static bool other_language(const char *property, const bool *lang) {
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

static bool put_line(smap__arena *arena, const smap_table *table, int64_t row, const char *property, int most,
                     smap__map_label *label) {
    const smap_column *column = smap_table_find(table, property);
    if (!column || smap_column_is_null(column, row)) return true;
    smap__str cell = SMAP__STR_INIT;
    smap__cell_put(&cell, column, row);
    const char *text = cell.data ? cell.data : "";
    size_t len = cell.len;
    smap__trim(&text, &len);
    bool again = len == 0, ok = !cell.failed;
    for (int i = 0; i < label->lines; i++)
        again = again || (strlen(label->line[i]) == len && strncmp(label->line[i], text, len) == 0);
    if (ok && !again) {
        const char *copy = copy_line(arena, text, len, most);
        if (copy)
            label->line[label->lines++] = copy;
        else
            ok = false;
    }
    smap__str_release(&cell);
    return ok;
}

/* The lines of the sheet's languages; those of the other ones where that leaves nothing. */
static bool put_lines(smap__arena *arena, const smap_table *table, int64_t row, const smap__symbolizer *s,
                      const smap__view_options *options, smap__map_label *label) {
    int room = (int)(sizeof label->line / sizeof *label->line);
    for (int pass = 0; pass < 2 && label->lines == 0; pass++)
        for (int i = 0; i < s->labels && label->lines < room; i++)
            if (other_language(s->label[i], options->lang) == (pass == 1) &&
                !put_line(arena, table, row, s->label[i], options->label_chars, label))
                return false;
    return true;
}

static double direction(const smap__drawn *drawn, uint32_t path, double x, double y) {
    uint32_t begin = drawn->coord_begin[path], end = drawn->coord_begin[path + 1], best = begin;
    double nearest = HUGE_VAL;
    for (uint32_t i = begin; i + 1 < end; i++) {
        double mx = (drawn->x[i] + drawn->x[i + 1]) / 2, my = (drawn->y[i] + drawn->y[i + 1]) / 2;
        double away = hypot(mx - x, my - y);
        if (away < nearest) nearest = away, best = i;
    }
    if (best + 1 >= end) return 0;
    double angle = atan2(drawn->y[best + 1] - drawn->y[best], drawn->x[best + 1] - drawn->x[best]) * 57.29577951308232;
    return angle > 90 ? angle - 180 : angle <= -90 ? angle + 180 : angle;
}

static void put_anchor(const smap__drawn *drawn, int64_t feature, smap__map_label *label) {
    uint32_t path = drawn->path_begin[feature];
    label->x = drawn->anchor_x[feature];
    label->y = drawn->anchor_y[feature];
    label->mark_mm = smap__drawn_mark_mm(drawn, feature);
    int kind = drawn->path_kind[path];
    if (label->mark_mm > 0 || kind == SMAP__PATH_POINT)
        label->kind = SMAP__LABEL_POINT;
    else if (kind != SMAP__PATH_LINE)
        label->kind = SMAP__LABEL_AREA;
    else {
        label->kind = SMAP__LABEL_LINE;
        label->angle_deg = direction(drawn, path, label->x, label->y);
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
