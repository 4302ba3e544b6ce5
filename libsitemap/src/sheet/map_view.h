/* Inside of sheet: layers to the frame of a view. */
#ifndef SMAP_SHEET_MAP_VIEW_H
#define SMAP_SHEET_MAP_VIEW_H

#include "sheet/compose.h"

typedef struct smap__view_options {
    double margin_mm;    /* clip so far outside the frame */
    double tolerance_mm; /* thin outlines to that */
    const bool *lang;    /* of the labels */
    int label_chars;     /* at most so many in a line */
} smap__view_options;

/* Transform, clip, thin; evaluate rules; collect label candidates. Fills view->drawn and ->label (in the arena);
 * view->at, box, crs, mm_per_unit are set before. */
smap_status smap__view_compose(smap_ctx *ctx, smap__arena *arena, smap__view *view, const smap__sheet_layer *layer,
                               int layers, const smap__view_options *options, smap_error *err);

/* The frame with a margin: boxes in another CRS do not follow its sides. */
smap_box smap__view_search_box(const smap__view *view);

/* Features of the layer (in the frame or not) that each rule draws at this scale, into count[style->rules]. */
smap_status smap__view_totals(const smap__view *view, const smap__sheet_layer *layer, int64_t *count, smap_error *err);

/* Does the rule draw anything but text on a geometry of that type? */
bool smap__rule_draws(const smap__rule *rule, smap_geom_type type);
int smap__form_of_type(smap_geom_type type); /* a collection counts as an area */
bool smap__rule_in_scale(const smap__rule *rule, double denominator);

/* Labels of the drawn features of one layer, appended to a growing list; see label_candidates.c. */
typedef struct smap__label_list {
    smap__map_label *label;
    size_t count, capacity;
} smap__label_list;
smap_status smap__labels_collect(smap__arena *arena, const smap__drawn *drawn, int index, const smap_table *table,
                                 const smap__view_options *options, bool far, smap__label_list *list, smap_error *err);
/* Most important first; ties: upper layers, then rows. */
void smap__labels_sort(smap__label_list *list);

#endif
