/* Items over a raster, window by window: every window is read once, and only where an item lies. Bands of windows are
 * the chunks of work; within a band windows come from left to right.
 *
 *     smap__sweep_plan(&sweep, err);      sweep.slots: places for partial results of items in several bands
 *
 *     smap__sweep_run(&sweep, err);       visit is called for every item and window
 *
 *     for each of sweep.fold: join the slots of the item, in their order
 *
 *     smap__sweep_release(&sweep); */
#ifndef SMAP_GRID_SWEEP_H
#define SMAP_GRID_SWEEP_H

#include "grid/edge_bands.h"

enum { SMAP__NO_SLOT = -1 };

typedef struct smap__visit {
    int worker;
    int64_t item;
    int64_t slot;         /* SMAP__NO_SLOT: the item lies in one band alone */
    smap__cells cells;    /* of the item in this window */
    const double *values; /* of the first of these cells; NaN = no value */
    int64_t stride;       /* from row to row */
    /* Of an item in many windows: its edges in this one; else NULL, and all edges are to be looked at. */
    const smap__edge *edge;
    size_t edges;
    double *carry; /* by row of the cells; takes what goes on to the right */
    bool leftmost;
} smap__visit;

typedef struct smap__fold {
    int64_t item, slot, slots;
} smap__fold;

typedef struct smap__sweep_pair {
    uint64_t window; /* number of the window, row by row */
    int64_t slot;
    uint32_t item; /* or number of the large item */
} smap__sweep_pair;

typedef struct smap__sweep_pairs {
    smap__sweep_pair *pair;
    size_t count, capacity;
} smap__sweep_pairs;

typedef struct smap__sweep {
    /* given */
    smap_ctx *ctx;
    const smap__lattice *lattice;
    const smap__grid_source *source;
    int64_t items;
    const smap__cells *cells;      /* of each item */
    const smap_geometry *geometry; /* items are its features, which may be large; NULL: in four windows at most */
    smap_status (*visit)(const smap__visit *visit, void *user, smap_error *err);
    void *user;
    /* planned */
    int64_t slots;
    smap__fold *fold;
    size_t folds, fold_capacity;
    smap__sweep_pairs small, large; /* by window; large: by their first window of each band */
    smap__edge_bands *large_item;
    size_t large_items, large_capacity;
    struct smap__sweep_chunk *chunk;
    size_t chunks, chunk_capacity;
    struct smap__sweep_worker *worker;
} smap__sweep;

smap_status smap__sweep_plan(smap__sweep *sweep, smap_error *err);
smap_status smap__sweep_run(smap__sweep *sweep, smap_error *err);
void smap__sweep_release(smap__sweep *sweep);

#endif
