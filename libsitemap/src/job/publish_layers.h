/* What a published file holds: the layers of the workspace, each through the audience's gate. */
#ifndef SMAP_JOB_PUBLISH_LAYERS_H
#define SMAP_JOB_PUBLISH_LAYERS_H

#include "base/arena.h"
#include "base/str.h"
#include "job/common.h"
#include "job/style_choice.h"
#include "style/style.h"

typedef struct smap__publish_layer {
    const smap__schema *schema; /* the columns that `view` has, alone */
    const smap_layer *view;     /* as the audience may see it */
    unsigned shapes;            /* SMAP__SHAPE_ bits of its features; SMAP__SHAPE_NONE for a table */
    const smap__style *style;   /* NULL: none of ours */
} smap__publish_layer;

typedef struct smap__publish_layers {
    smap__publish_layer *item; /* in the order of the model */
    int count;
    smap__str kept_back; /* "household, finding": what this audience may not see */
    smap__str foreign;   /* tables that the model does not know, which are never published */
    smap__style_choice style;
    smap__arena arena;
} smap__publish_layers;

/* Those that are named, or all of the model that have rows and that the audience may see. SMAP_E_NOT_FOUND: a name that
 * is none of the model's, a named layer without rows, or nothing at all, a palette or folder of icons that is not
 * there; SMAP_E_REFUSED: a named layer that is not for this audience. */
smap_status smap__publish_layers_read(smap_ctx *ctx, smap__workspace *workspace, const smap__audience *audience,
                                      const smap_publish_options *options, smap__publish_layers *layers,
                                      smap_error *err);
void smap__publish_layers_release(smap__publish_layers *layers);

const smap__publish_layer *smap__publish_layer_find(const smap__publish_layers *layers, const char *name);
/* The newest date that any of them states, in ms; 0 if none. */
int64_t smap__publish_newest(const smap__publish_layers *layers);

#endif
