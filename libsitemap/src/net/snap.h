/* Places put on a network: on the nearest point of an edge, not on its nodes.
 *
 *     smap__snapper_new(ctx, graph, 500, &snapper, err);
 *     smap__snapper_put(ctx, snapper, clinics, snaps, err);
 *     for (...) count += smap__snap_seeds(graph, &snaps[i], i, walk_s, true, &seeds[count]);
 *
 * Edges that are closed both ways are passed over: to keep a place where it is while roads close, put it on the
 * network as it was. */
#ifndef SMAP_NET_SNAP_H
#define SMAP_NET_SNAP_H

#include "net/graph.h"
#include "net/paths.h"

typedef struct smap__snap {
    uint32_t edge;   /* SMAP__NONE: no edge within the limit, or no place */
    double share;    /* where on the edge: 0 at its first coordinate, 1 at its last; as x and y NaN without one */
    double x, y;     /* there */
    double distance; /* planar, in the unit of the CRS; NaN without an edge */
} smap__snap;

/* Where the edges of a graph lie, for more than one set of places; the graph must outlive it. One at exactly `limit`
 * counts, HUGE_VAL is no limit. SMAP_E_ARGUMENT: a limit that is negative or not a number; SMAP_E_CANCELLED. */
typedef struct smap__snapper smap__snapper;
smap_status smap__snapper_new(smap_ctx *ctx, const smap__graph *graph, double limit, smap__snapper **out,
                              smap_error *err);
void smap__snapper_free(smap__snapper *snapper);

/* One set of places, as a job that may be done beside another (base/parallel.h); what it refers to must outlive it. */
typedef struct smap__snapping smap__snapping;
smap_status smap__snapping_new(smap_ctx *ctx, const smap__snapper *snapper, const smap_geometry *points,
                               smap__snap *out, smap__snapping **snapping, smap_error *err);
smap__job smap__snapping_job(smap__snapping *snapping);
void smap__snapping_free(smap__snapping *snapping);

/* The nearest edge of the anchor (geo/geom_column.h) of every feature into out[points->count], among equals the lowest.
 * Both in one CRS, which ought to be metric. SMAP_E_CANCELLED. */
smap_status smap__snapper_put(smap_ctx *ctx, const smap__snapper *snapper, const smap_geometry *points, smap__snap *out,
                              smap_error *err);

/* The seeds of a place, for a search away from it or toward it: one if it is on a node, else one at either end of its
 * edge, none if it is not on the network. `access_s` is what it takes from the place to the edge; their lengths count
 * from the edge. */
int smap__snap_seeds(const smap__graph *graph, const smap__snap *snap, uint32_t source, double access_s, bool toward,
                     smap__seed out[2]);

/* Seconds from `a` to `b` along one edge, which a search over nodes does not see; infinite if they are on two edges, or
 * if it is closed that way. */
double smap__snap_along(const smap__graph *graph, const smap__snap *a, const smap__snap *b);

#endif
