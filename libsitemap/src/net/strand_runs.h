/* The segments of a network, found by place: what mending looks at. */
#ifndef SMAP_NET_STRAND_RUNS_H
#define SMAP_NET_STRAND_RUNS_H

#include "geo/index.h"
#include "geo/line_place.h"
#include "net/noding.h"

/* A few segments that follow each other: those from coordinates [first, end) each to the next. */
typedef struct smap__run {
    uint32_t strand, first, end;
} smap__run;

typedef struct smap__strand_runs {
    const smap_geometry *lines; /* not a reference of its own */
    smap__strand *strands;
    size_t strand_count;
    smap__run *runs;
    smap_box *boxes; /* of each run */
    size_t run_count;
    smap__index *index; /* of the boxes */
} smap__strand_runs;

/* `out` is released by the caller, also after a failure. Strands without any length have no run. */
smap_status smap__strand_runs_find(const smap_geometry *lines, smap__strand_runs *out, smap_error *err);
void smap__strand_runs_release(smap__strand_runs *runs);

/* What coordinates of the size of these two can tell apart: 2^-51 of the larger. */
static inline double smap__resolution_at(double x, double y) {
    return fmax(fabs(x), fabs(y)) * 0x1p-51;
}

/* (x, y), which is on the segment from coordinate `coord` or within the resolution of it, as a place there. */
smap__line_place smap__place_on_segment(const smap_geometry *lines, uint32_t coord, double x, double y);

#endif
