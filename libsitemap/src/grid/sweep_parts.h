/* Between sweep_plan.c, which sorts items into windows, and sweep.c, which walks through them. */
#ifndef SMAP_GRID_SWEEP_PARTS_H
#define SMAP_GRID_SWEEP_PARTS_H

#include "grid/sweep.h"

/* A band with something in it: its pairs and its large items. */
typedef struct smap__sweep_chunk {
    int64_t band;
    size_t small, small_end, large, large_end;
} smap__sweep_chunk;

typedef struct smap__sweep_worker {
    double *values;
    size_t capacity;
    struct active *active; /* large items whose windows the walk is in */
    size_t actives, active_capacity;
} smap__sweep_worker;

#endif
