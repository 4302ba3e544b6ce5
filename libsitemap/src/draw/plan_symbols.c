#include "draw/page_plan.h"

static smap_status add(smap__page_plan *plan, const smap__rule *rule, double most_mm, smap_error *err) {
    smap_status status = SMAP_OK;
    for (int i = 0; i < rule->symbolizers && status == SMAP_OK; i++) {
        const smap__symbolizer *s = &rule->symbolizer[i];
        status = smap__svg_marks_add(&plan->symbols, s, most_mm, err);
        if (status == SMAP_OK && s->fill.hatch_mark)
            status = smap__svg_marks_add(&plan->symbols, s->fill.hatch_mark, 0, err);
        if (status == SMAP_OK && s->stroke.graphic)
            status = smap__svg_marks_add(&plan->symbols, s->stroke.graphic, most_mm, err);
    }
    return status;
}

static smap_status add_view(smap__page_plan *plan, const smap__view *view, smap_error *err) {
    smap_status status = SMAP_OK;
    for (int i = 0; i < view->drawns; i++)
        for (int r = 0; r < view->drawn[i].style->rules && status == SMAP_OK; r++)
            status = add(plan, &view->drawn[i].style->rule[r], 0, err);
    return status;
}

smap_status smap__page_plan_symbols(smap__page_plan *plan, smap_error *err) {
    plan->symbols.px_per_mm = plan->typeset.px_per_mm;
    smap_status status = add_view(plan, &plan->sheet->map, err);
    for (int i = 0; i < SMAP__INSETS && status == SMAP_OK; i++)
        status = add_view(plan, &plan->sheet->inset[i].view, err);
    for (size_t i = 0; i < plan->legend.swatches && status == SMAP_OK; i++)
        status = add(plan, plan->legend.swatch[i].rule, plan->legend.swatch[i].at.h, err);
    return status;
}
