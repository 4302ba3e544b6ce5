/* Inside of sheet: the features of a layer as outlines on the page, clipped to the frame and thinned. Chunks of
 * features are worked on side by side and put behind each other in their order. */
#ifndef SMAP_SHEET_VIEW_SHAPES_H
#define SMAP_SHEET_VIEW_SHAPES_H

#include "sheet/map_view.h"
#include "sheet/page_grid.h"

/* The features to draw, and where to find their coordinates. */
typedef struct smap__chosen_rows {
    const smap__view *view;
    const smap__view_options *options;
    const smap__style *style;
    const smap_geometry *geometry; /* of the layer */
    const int64_t *row;            /* of it, ascending */
    const uint64_t *on;            /* rules of each row of the layer */
    int64_t count;
    const smap__page_grid *grid;
    /* Those that the grid does not serve: their places among the chosen, ascending, and they themselves in the view's
     * CRS. */
    const int64_t *far;
    int64_t fars;
    const smap_geometry *moved;
} smap__chosen_rows;

/* Fills the geometry of `drawn`; what it points to belongs to the arena. */
smap_status smap__view_shapes(smap_ctx *ctx, smap__arena *arena, const smap__chosen_rows *chosen, smap__drawn *drawn,
                              smap_error *err);

#endif
