/* Where closures lie on roads: the parts on which they act, and roads with a vertex at either end of each. */
#ifndef SMAP_ACCESS_CLOSURE_PARTS_H
#define SMAP_ACCESS_CLOSURE_PARTS_H

#include "access/closure_rule.h"

typedef struct smap__closure_part {
    uint32_t road, closure; /* rows */
    uint32_t first, last;   /* coordinates of the lines below, both included */
    bool named;             /* the closure names the road: bridge or not */
} smap__closure_part;

typedef struct smap__closure_parts {
    const smap_geometry *lines; /* the roads, with vertices added */
    uint8_t *node_at;           /* 1 for coordinates where a part begins or ends */
    smap__closure_part *part;   /* ordered by closure, then road, then along it */
    size_t count;
    int64_t off;     /* closures with a place that act on no road */
    int64_t bridged; /* on bridges alone, which they do not close */
} smap__closure_parts;

typedef struct smap__closure_parts_input {
    const smap__network_input *network;
    const smap_geometry *roads; /* mended */
    const uint8_t *bridge;      /* of each road */
    const smap__closure_effects *effects;
} smap__closure_parts_input;

/* Released by the caller, after success alone. */
smap_status smap__closure_parts_find(smap_ctx *ctx, const smap__closure_parts_input *input, smap__closure_parts *out,
                                     smap__findings *findings, smap_error *err);
void smap__closure_parts_release(smap__closure_parts *parts);

#endif
