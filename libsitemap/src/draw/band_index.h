/* Which features of a view show in which band of rows, so that a band looks at its own alone. */
#ifndef SMAP_DRAW_BAND_INDEX_H
#define SMAP_DRAW_BAND_INDEX_H

#include "sheet/compose.h"

/* Features of a drawn layer: those listed; all, if there is no list. */
typedef struct smap__features {
    const uint32_t *list;
    int64_t count;
} smap__features;

/* The features of one layer, band by band, in their order. */
typedef struct smap__band_layer {
    uint32_t *feature;
    size_t *begin; /* bands + 1 */
} smap__band_layer;

typedef struct smap__band_index {
    smap__band_layer *layer; /* as many as the view draws */
    int layers;
} smap__band_index;

/* Bands of `rows` pixels from the top of the page, `bands` of them. */
smap_status smap__band_index_make(smap__band_index *index, const smap__view *view, double px_per_mm, int rows,
                                  int bands, smap_error *err);
void smap__band_index_release(smap__band_index *index);

static inline smap__features smap__band_index_at(const smap__band_layer *layer, int band) {
    size_t from = layer->begin[band];
    return (smap__features){ layer->feature + from, (int64_t)(layer->begin[band + 1] - from) };
}

#endif
