#include "base/alloc.h"
#include "base/fail.h"
#include "draw/label_shapes.h"
#include "draw/no_glyph.h"
#include "draw/page_plan.h"

typedef struct listing {
    smap__draw_report *report;
    size_t capacity;
} listing;

static smap_status add(listing *to, smap__no_glyph item, smap_error *err) {
    smap__draw_report *r = to->report;
    if (!smap__grow(&r->no_glyph, &to->capacity, (size_t)r->no_glyphs + 1, sizeof *r->no_glyph))
        return smap__fail_memory(err);
    r->no_glyph[r->no_glyphs++] = item;
    return SMAP_OK;
}

static smap_status add_labels(listing *to, const smap__plan_labels *labels, const smap__view *view, smap_error *err) {
    smap_status status = SMAP_OK;
    for (int64_t i = 0; labels->shapes && i < view->labels && status == SMAP_OK; i++) {
        uint32_t code = smap__no_glyph_first(labels->shapes->item[labels->shapes->of[i]].layout);
        if (code) status = add(to, (smap__no_glyph){ view, &view->label[i], NULL, code }, err);
    }
    return status;
}

static smap_status add_texts(listing *to, const smap__page_plan_texts *texts, const smap__element *element,
                             smap_error *err) {
    smap_status status = SMAP_OK;
    for (size_t i = 0; i < texts->count && status == SMAP_OK; i++) {
        uint32_t code = smap__no_glyph_first(texts->item[i].layout);
        if (code) status = add(to, (smap__no_glyph){ NULL, NULL, element, code }, err);
    }
    return status;
}

smap_status smap__page_plan_no_glyphs(const smap__page_plan *plan, smap__draw_report *report, smap_error *err) {
    const smap__sheet *s = plan->sheet;
    listing to = { report, 0 };
    smap_status status = add_labels(&to, &plan->map, &s->map, err);
    for (int i = 0; i < SMAP__INSETS && status == SMAP_OK; i++)
        status = add_labels(&to, &plan->inset[i], &s->inset[i].view, err);
    for (int i = 0; i < s->elements && status == SMAP_OK; i++) {
        bool legend = s->element[i].kind == SMAP__ELEMENT_LEGEND;
        status = add_texts(&to, legend ? &plan->legend.text : &plan->element[i], &s->element[i], err);
    }
    return status;
}
