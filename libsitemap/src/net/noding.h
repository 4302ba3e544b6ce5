/* Where lines meet: which of their vertices are nodes. */
#ifndef SMAP_NET_NODING_H
#define SMAP_NET_NODING_H

#include "sitemap/geometry.h"

/* A line part that can be used: coordinates [first, end) of the column, two at least, all finite. */
typedef struct smap__strand {
    uint32_t feature, first, end;
} smap__strand;

/* The strands of a feature, repeated vertices at their ends left out, behind the *count that there are; none of a
 * feature with coordinates that are not finite, or too far apart for a length. The planar length of all together. */
double smap__strands_of(const smap_geometry *lines, int64_t feature, smap__strand *strands, size_t *count);

typedef struct smap__nodes {
    uint32_t count;
    double *x, *y; /* along a Hilbert curve, equal values by x, then y */
    uint32_t *at;  /* the node at each coordinate of the column, SMAP__NONE where there is none */
} smap__nodes;

/* Nodes are the ends of strands, the vertices that strands have in common with another one or twice themselves, and
 * those that `node_at` says (one byte a coordinate; NULL: none). A vertex that only repeats the one before it is none.
 * `nodes` is released by the caller, also after a failure. SMAP_E_CANCELLED. */
smap_status smap__nodes_find(smap_ctx *ctx, const smap_geometry *lines, const smap__strand *strands, size_t count,
                             const uint8_t *node_at, smap__nodes *nodes, smap_error *err);
void smap__nodes_release(smap__nodes *nodes);

static inline bool smap__same_vertex(const smap_geometry *g, uint32_t a, uint32_t b) {
    return g->x[a] == g->x[b] && g->y[a] == g->y[b];
}

/* From the vertex before it. */
static inline double smap__step(const smap_geometry *g, uint32_t i) {
    double dx = g->x[i] - g->x[i - 1], dy = g->y[i] - g->y[i - 1];
    return sqrt(dx * dx + dy * dy);
}

#endif
