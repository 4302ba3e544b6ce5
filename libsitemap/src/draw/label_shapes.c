#include "draw/label_shapes.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/str.h"

static const double POINTS_PER_MM = 72 / 25.4;
static const char BETWEEN_LINES[] = "\u00a0\u00a0", ISOLATE[] = "\u2068", END_ISOLATE[] = "\u2069";

/* qsort has no place for more than two elements. */
typedef struct sortable {
    const smap__map_label *label;
    uint32_t index;
} sortable;

/* Equal ones are set alike. Which of two different ones comes first does not matter, so addresses may decide. */
static int by_text(const smap__map_label *a, const smap__map_label *b) {
    if (a->symbolizer != b->symbolizer) return a->symbolizer < b->symbolizer ? -1 : 1;
    if (a->kind != b->kind) return a->kind < b->kind ? -1 : 1;
    if (a->lines != b->lines) return a->lines < b->lines ? -1 : 1;
    for (int i = 0; i < a->lines; i++) {
        int order = strcmp(a->line[i], b->line[i]);
        if (order) return order;
    }
    return 0;
}

static int by_text_and_index(const void *a, const void *b) {
    const sortable *p = a, *q = b;
    int order = by_text(p->label, q->label);
    if (order) return order;
    return p->index < q->index ? -1 : 1;
}

static bool follows_line(const smap__map_label *label) {
    return label->kind == SMAP__LABEL_LINE && label->symbolizer->placement.follows_line;
}

/* Lines stand under each other; along a line they stand behind each other, none of them turning the next. */
static void put_text(const smap__map_label *label, smap__str *text) {
    bool in_one = follows_line(label) && label->lines > 1;
    for (int i = 0; i < label->lines; i++) {
        if (i) smap__str_put(text, in_one ? BETWEEN_LINES : "\n");
        if (in_one) smap__str_put(text, ISOLATE);
        smap__str_put(text, label->line[i]);
        if (in_one) smap__str_put(text, END_ISOLATE);
    }
}

static double wrap_mm(const smap__page_plan *plan, const smap__symbolizer *s) {
    double own = s->placement.wrap_px * SMAP__SLD_PIXEL_MM;
    return own > 0 ? own : plan->sheet->look.label_wrap_mm;
}

static smap_status set_layout(const smap__page_plan *plan, const smap__map_label *label, const char *text,
                              PangoLayout **out, smap_error *err) {
    const smap__symbolizer *s = label->symbolizer;
    double size = s->size_px > 0 ? s->size_px * SMAP__SLD_PIXEL_MM * POINTS_PER_MM : plan->sheet->look.label->size_pt;
    smap__text_spec spec = { .text = text,
                             .family = s->font_family,
                             .size_pt = size,
                             .bold = s->bold,
                             .italic = s->italic,
                             .direction = SMAP__DIRECTION_AUTO,
                             .align = SMAP__ALIGN_CENTRE };
    smap_status status = smap__typeset_layout(&plan->typeset, &spec, out, err);
    double w, h, most = wrap_mm(plan, s);
    if (status != SMAP_OK) return status;
    smap__typeset_size(&plan->typeset, *out, &w, &h);
    if (w > most && label->kind != SMAP__LABEL_LINE) {
        g_object_unref(*out);
        spec.width_mm = most;
        status = smap__typeset_layout(&plan->typeset, &spec, out, err);
    }
    if (status == SMAP_OK) smap__typeset_tighten(*out);
    return status;
}

static smap_status set_shape(const smap__page_plan *plan, const smap__map_label *label, smap__label_shape *out,
                             smap_error *err) {
    smap__str text = SMAP__STR_INIT;
    put_text(label, &text);
    smap_status status = text.failed ? smap__fail_memory(err) : set_layout(plan, label, text.data, &out->layout, err);
    smap__str_release(&text);
    if (status != SMAP_OK) {
        out->layout = NULL;
        return status;
    }
    smap__typeset_size(&plan->typeset, out->layout, &out->w, &out->h);
    if (!follows_line(label)) return SMAP_OK;
    return smap__text_pieces_find(out->layout, plan->typeset.px_per_mm, &out->pieces, err);
}

static smap_status set_all(const smap__page_plan *plan, sortable *list, size_t n, smap__label_shapes *out,
                           smap_error *err) {
    smap_status status = SMAP_OK;
    for (size_t i = 0; status == SMAP_OK && i < n; i++) {
        if (i == 0 || by_text(list[i - 1].label, list[i].label) != 0) {
            out->item[out->count].first = list[i].index;
            status = set_shape(plan, list[i].label, &out->item[out->count++], err);
        }
        out->of[list[i].index] = (uint32_t)(out->count - 1);
    }
    return status;
}

smap_status smap__label_shapes_make(const smap__page_plan *plan, const smap__view *view, smap__label_shapes *out,
                                    smap_error *err) {
    size_t n = (size_t)view->labels;
    sortable *list = smap__alloc((n + 1) * sizeof *list);
    *out = (smap__label_shapes){ .item = smap__zalloc(n + 1, sizeof *out->item),
                                 .of = smap__zalloc(n + 1, sizeof *out->of) };
    smap_status status = SMAP_OK;
    if (!list || !out->item || !out->of) status = smap__fail_memory(err);
    for (size_t i = 0; status == SMAP_OK && i < n; i++) list[i] = (sortable){ &view->label[i], (uint32_t)i };
    if (status == SMAP_OK && n) qsort(list, n, sizeof *list, by_text_and_index);
    if (status == SMAP_OK) status = set_all(plan, list, n, out, err);
    smap__free(list);
    if (status != SMAP_OK) smap__label_shapes_release(out);
    return status;
}

void smap__label_shapes_release(smap__label_shapes *shapes) {
    for (size_t i = 0; i < shapes->count; i++) {
        if (shapes->item[i].layout) g_object_unref(shapes->item[i].layout);
        smap__text_pieces_release(&shapes->item[i].pieces);
    }
    smap__free(shapes->item);
    smap__free(shapes->of);
    *shapes = (smap__label_shapes){ 0 };
}
