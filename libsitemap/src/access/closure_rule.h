/* What closures do to roads: how near they act, by data/standards/closure_rule.csv, and what the rows themselves say.
 */
#ifndef SMAP_ACCESS_CLOSURE_RULE_H
#define SMAP_ACCESS_CLOSURE_RULE_H

#include "access/network.h"

/* What a kind of closure does to bridges. */
typedef enum smap__on_bridges {
    SMAP__CLOSES_BRIDGES,
    SMAP__LEAVES_BRIDGES, /* it passes below: what it did to the bridge is unknown */
    SMAP__MEANS_BRIDGES   /* where a bridge is within reach, that alone is meant */
} smap__on_bridges;

typedef struct smap__closure_rule {
    double reach_m[3]; /* of points, lines and polygons, by their dimensions */
    double min_length_m;
    smap__on_bridges on_bridges;
} smap__closure_rule;

enum { SMAP__NAMES_NO_SCENARIO = -1, SMAP__NAMES_BASELINE = -2 };

/* What one row says. */
typedef struct smap__closure_effect {
    const smap__closure_rule *rule;
    uint8_t state;          /* smap__edge_state: OPEN, SLOWED, FOOT, CLOSED or UNKNOWN */
    double speed_ms;        /* no faster; infinite: nothing is said */
    double delay_s;         /* to pass it; 0: nothing is said */
    int64_t from_ms, to_ms; /* counts when from_ms <= date < to_ms */
    int32_t scenario;       /* a code of the dictionary, or as above */
} smap__closure_effect;

typedef struct smap__closure_effects {
    smap__closure_rule *rule; /* of each kind */
    smap__closure_effect *of; /* of each row of the layer */
    int64_t count;
    struct smap__dict *scenarios; /* names */
} smap__closure_effects;

/* What a closure can state. */
typedef struct smap__closure_limits {
    double least_kmh, largest_kmh; /* speeds below and above are none */
    double long_delay_min;         /* longer ones count, and are asked about */
} smap__closure_limits;

/* Of a layer with the columns of the model's layer closure, of which any may be missing; what cannot be used is a
 * finding. Released by the caller, after success alone. */
smap_status smap__closure_effects_read(smap_ctx *ctx, const smap_layer *closures, const smap__closure_limits *limits,
                                       smap__closure_effects *out, smap__findings *findings, smap_error *err);
void smap__closure_effects_release(smap__closure_effects *effects);

#endif
