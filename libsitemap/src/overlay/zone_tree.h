/* The tree of the zones, as those who measure see it. */
#ifndef SMAP_OVERLAY_ZONE_TREE_H
#define SMAP_OVERLAY_ZONE_TREE_H

#include "overlay/zone_edge.h"
#include "overlay/zones.h"

/* A cell: four smaller ones, or a leaf. Ranks are positions in the ascending list of them; -1 is none. */
typedef struct smap__zone_cell {
    uint32_t child;            /* the first of four: left below, right below, left above, right above; 0: a leaf */
    int32_t cover;             /* of a leaf: the highest rank of the zones that cover all of it */
    int32_t most;              /* the highest rank of an edge or a cover in it */
    uint32_t edge, edge_end;   /* of a leaf: the edges of higher rank that cross it */
    uint32_t owner, owner_end; /* and whose they are */
} smap__zone_cell;

typedef struct smap__zone_entry {
    uint32_t coord; /* the edge starts there */
    uint32_t label; /* the owner, counted from the cell's first */
} smap__zone_entry;

/* A zone with edges in a leaf, and whether the leaf's lower left corner is in it. */
typedef struct smap__zone_owner {
    int32_t rank;
    bool inside;
} smap__zone_owner;

struct smap__zones {
    const smap_geometry *polygons;
    smap_box extent;   /* of the zones */
    smap_box root;     /* of the tree: a square around it, its lower left corner in no zone */
    double resolution; /* what coordinates of that size can tell apart */
    int32_t *ranks;
    int32_t rank_count;
    smap__zone_cell *cells;
    smap__zone_entry *entries;
    smap__zone_owner *owners;
    size_t cell_count, cell_capacity, entry_count, entry_capacity, owner_count, owner_capacity;
};

enum { SMAP__ZONE_DEPTH = 24, SMAP__ZONE_FAN = 4 };

static inline double smap__zone_middle(double low, double high) {
    return low + (high - low) / 2;
}

/* The box of child k. */
static inline smap_box smap__zone_child_box(const smap_box *box, int k) {
    double x = smap__zone_middle(box->xmin, box->xmax), y = smap__zone_middle(box->ymin, box->ymax);
    return (smap_box){ k & 1 ? x : box->xmin, k & 2 ? y : box->ymin, k & 1 ? box->xmax : x, k & 2 ? box->ymax : y };
}

static inline smap__zone_edge smap__zone_entry_edge(const smap__zones *zones, uint32_t entry) {
    return smap__zone_edge_at(zones->polygons, zones->entries[entry].coord, zones->entries[entry].label);
}

/* Does a split into parts with `sum` edges together, the largest with `most`, part nothing (edges on top of each
 * other)?
 */
static inline bool smap__zone_split_wastes(size_t edges, size_t sum, size_t most) {
    return 2 * sum > 3 * edges && 10 * most > 9 * edges;
}

/* Halving a box that way gives nothing any more. */
static inline bool smap__zone_is_atom(const smap_box *box) {
    double x = smap__zone_middle(box->xmin, box->xmax), y = smap__zone_middle(box->ymin, box->ymax);
    return !(x > box->xmin && x < box->xmax && y > box->ymin && y < box->ymax);
}

#endif
