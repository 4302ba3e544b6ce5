/* What a sheet shows: the layers that its file names, read through the audience, with their styles. */
#ifndef SMAP_JOB_MAP_LAYERS_H
#define SMAP_JOB_MAP_LAYERS_H

#include "job/common.h"
#include "job/map_choices.h"

typedef struct smap__map_layers {
    smap__sheet_layer *item; /* bottom first */
    int count, capacity;
    smap__arena arena; /* titles */
} smap__map_layers;

/* Rows that are made up or computed from what is: `synthetic` says so, or a source that begins with SYNTHETIC. */
int64_t smap__count_synthetic(const smap_table *table);

/* What they are read from and by. */
typedef struct smap__map_reading {
    smap_ctx *ctx;
    smap__workspace *workspace;
    const smap__audience *audience;
    const smap_map_options *options;
    const smap__map_choices *choices;
    const char *path;             /* of the sheet file, for messages */
    const smap__style_look *look; /* NULL = the styles' own */
    const smap__json *elements;   /* of the sheet; NULL: none */
    bool narrow;                  /* columns that the map does not need may stay in the file, */
    const smap__frame *frame;     /* and rows off this; NULL: none of them */
} smap__map_reading;

/* The entries of an array of a sheet file ("layers" or "locator"): {"layer", "style", "title": {"en", "ar"}, "share":
 * {"en", "ar"}, "legend", "base", "extent", "count", "under_labels", "where"}; "where" is that of sheet/row_filter.h.
 * Layers without rows are left out; those partly of an excerpt are split in two. */
smap_status smap__map_layers_read(const smap__map_reading *reading, const smap__json *entries, smap__map_layers *out,
                                  smap_error *err);
/* SMAP_E_NOT_FOUND: a layer that the sheet file at `path` names is none of the model. */
smap_status smap__map_layer_check(smap_ctx *ctx, const char *name, const char *path, smap_error *err);
void smap__map_layers_release(smap__map_layers *layers);
/* Keep the rows without their shapes, which are much of the memory. */
smap_status smap__map_layers_drop_shapes(smap__map_layers *layers, smap_error *err);

#endif
