/* Lines from the field, made to meet: dangling ends joined, crossings given a vertex.
 *
 *     smap__mend_options options = { .join_m = 2, .crossings = true, .level = level };
 *     smap__lines_mend(ctx, roads, &options, &mended, err);      mended.lines goes to smap__graph_build
 *
 * Nothing is done that was not asked for, and all that is done is listed. Planar, in a metric CRS. */
#ifndef SMAP_NET_MEND_H
#define SMAP_NET_MEND_H

#include "geo/line_place.h"

typedef struct smap__mend_options {
    double join_m;       /* ends of lines that meet nothing move to what is nearest within so far; 0 = they stay */
    bool crossings;      /* lines that cross or touch without a common vertex meet there, if their levels are equal */
    const int8_t *level; /* of each feature: 0 the ground, 1 a bridge, -1 a tunnel; NULL: all 0 */
} smap__mend_options;

/* A dangling end that was moved. */
typedef struct smap__join {
    uint32_t feature, to; /* rows: whose end, and what it meets now, the lowest of several */
    double x, y;          /* where it was */
    double distance;      /* how far it moved */
} smap__join;

typedef struct smap__mended {
    const smap_geometry *lines; /* the same features, with vertices added; `lines` itself when nothing was to do */
    smap__join *join;           /* ordered by feature, then first end before last */
    size_t joins, crossings;    /* places where lines meet now that did not before */
} smap__mended;

/* Ends first, then crossings. An end moves to the nearest vertex within join_m before it moves to the side of a line,
 * which gets a vertex there. Lines of different levels meet at the ends of both alone: bridges and tunnels come to the
 * ground there. Where the nearest is another dangling end, both go to a vertex of a third line instead if one is in
 * reach of both. It does not move to a line that its own line already meets within twice join_m, nor to its own line
 * unless that closes a ring (at the other end, with an area above the square of the gap). Parts of a multiline are
 * lines of their own. Crossings add vertices and move none: what crosses gets a new one, what ends on another line,
 * within the resolution of the coordinates, gives its own to that; so do the ends of a stretch that two lines have in
 * common. Mended lines have nothing left to mend. Lines with coordinates that are not finite are left as they are.
 * Where lines of two levels meet others of their own, both at the same coordinates to the bit, that is one vertex for
 * the graph all the same. z and m are kept only where nothing was to do. Results do not depend on threads or on the
 * order of features, but for `to` of a join where several lines meet. SMAP_E_ARGUMENT: a join_m that is negative or
 * not finite; SMAP_E_LIMIT: lines that cross 20 million times; SMAP_E_CANCELLED. */
smap_status smap__lines_mend(smap_ctx *ctx, const smap_geometry *lines, const smap__mend_options *options,
                             smap__mended *out, smap_error *err);
void smap__mended_release(smap__mended *mended);

#endif
