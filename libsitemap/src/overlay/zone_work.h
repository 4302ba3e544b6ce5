/* What one worker measures with: between the files of the overlay. */
#ifndef SMAP_OVERLAY_ZONE_WORK_H
#define SMAP_OVERLAY_ZONE_WORK_H

#include "overlay/zone_sweep.h"
#include "overlay/zone_tree.h"

typedef struct smap__zone_work {
    const smap__zones *zones;
    const smap_geometry *features;
    double resolution; /* what coordinates of the zones can tell apart */
    /* Stacks: what a cell has lies on top of what the cell around it has. */
    smap__zone_edge *edges;
    uint8_t *inside; /* by owner, at the lower left corner */
    size_t edge_count, edge_capacity, inside_count, inside_capacity;
    /* By rank; 0 but for those in `touched` (and in `piece` all 0, from piece to piece). */
    double *amount, *piece;
    int32_t *touched;
    size_t touched_count, touched_capacity;
    double *cuts; /* of a line's segment */
    size_t cut_count, cut_capacity;
    smap__zone_sweep *sweep;
} smap__zone_work;

/* Features must be in the CRS of the zones. */
smap_status smap__zone_check_crs(const smap__zones *zones, const smap_geometry *features, smap_error *err);

smap_status smap__zone_work_init(const smap__zones *zones, const smap_geometry *features, smap__zone_work *out,
                                 smap_error *err);
void smap__zone_work_release(smap__zone_work *work);

smap_status smap__zone_add(smap__zone_work *work, int32_t rank, double amount, smap_error *err);

/* Does a closed box lie in cells without an edge near, all of one rank? *rank is then that, or -1. */
smap_status smap__zone_settle(smap__zone_work *work, smap_box box, bool *settled, int32_t *rank, smap_error *err);

/* The leaf of a point, which must lie in the root's box; *box is that of the leaf. */
const smap__zone_cell *smap__zone_leaf_at(const smap__zones *zones, double x, double y, smap_box *box);

/* States of the leaf's owners at (x, y), into work->inside from `at` on (there must be room): moved there from the
 * leaf's corner. */
void smap__zone_states_at(smap__zone_work *work, const smap__zone_cell *leaf, const smap_box *box, double x, double y,
                          size_t at);

/* Room for so many states on the stack; the first of them. */
smap_status smap__zone_push_states(smap__zone_work *work, size_t count, size_t *at, smap_error *err);

/* The amounts of one feature by rank: area of `whole` (its planar area), length, points. */
smap_status smap__zone_areas(smap__zone_work *work, int64_t feature, smap_box box, double whole, smap_error *err);
smap_status smap__zone_lengths(smap__zone_work *work, int64_t feature, smap_error *err);
smap_status smap__zone_points(smap__zone_work *work, int64_t feature, smap_error *err);

/* The highest rank of a leaf that a point touches, its border included; -1: none. */
smap_status smap__zone_rank_at(smap__zone_work *work, double x, double y, int32_t *rank, smap_error *err);

#endif
