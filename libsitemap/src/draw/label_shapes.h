/* The texts of labels, set: each text once, however many labels have it. */
#ifndef SMAP_DRAW_LABEL_SHAPES_H
#define SMAP_DRAW_LABEL_SHAPES_H

#include "draw/page_plan.h"

typedef struct smap__label_shape {
    PangoLayout *layout;
    double w, h;              /* mm */
    uint32_t first;           /* of the labels that have it */
    smap__text_pieces pieces; /* of one whose letters follow a line; else empty */
} smap__label_shape;

typedef struct smap__label_shapes {
    smap__label_shape *item;
    size_t count;
    uint32_t *of; /* of each label of the view */
} smap__label_shapes;

smap_status smap__label_shapes_make(const smap__page_plan *plan, const smap__view *view, smap__label_shapes *out,
                                    smap_error *err);
void smap__label_shapes_release(smap__label_shapes *shapes);

#endif
