/* The road network of a run: roads as a graph, cut where closures begin and end, and what it takes to travel it in each
 * scenario.
 *
 *     smap__network_build(ctx, &input, &network, err);                       once
 *     smap__network_scenario(ctx, network, &scenario, &state, err);          for each scenario, mode and answer
 *     ... searches over state->graph ...
 *
 * One graph serves all scenarios: edges can be compared one by one. */
#ifndef SMAP_ACCESS_NETWORK_H
#define SMAP_ACCESS_NETWORK_H

#include "base/findings.h"
#include "net/graph.h"
#include "net/mend.h"

typedef enum smap__travel_mode { SMAP__ON_FOOT, SMAP__BY_VEHICLE, SMAP__TRAVEL_MODES } smap__travel_mode;
/* Codes of the domain travel_mode: "foot", "vehicle". */
const char *smap__travel_mode_code(smap__travel_mode mode);

typedef struct smap__network_input {
    const smap_layer *roads;             /* columns of the model's layer road: road_id, class, speed_kmh, ... */
    const smap_geometry *road_ground;    /* its lines in a metric CRS */
    const double *road_length_m;         /* on the ellipsoid; NULL: planar */
    const smap_layer *closures;          /* columns of the model's layer closure; NULL = none */
    const smap_geometry *closure_ground; /* its features, valid, in the same CRS */
    double join_m;                       /* as in net/mend.h */
    bool crossings;
} smap__network_input;

/* How the speeds of roads were found. */
typedef struct smap__speed_tally {
    int64_t stated, by_class, unusable, zero; /* roads; unusable: negative or not a number: by class. zero: closed */
    int64_t class_unknown;                    /* of by_class: of a class that the table does not know */
    int64_t barred;                           /* of a class that is not for the mode, whatever speed is stated */
} smap__speed_tally;

typedef struct smap__network {
    smap__graph *graph; /* its costs are those of the baseline by vehicle */
    smap__mended mended;
    /* Closures on each edge, rows of the layer, ascending: [first_closure[e], first_closure[e + 1]) of `closure`. An
     * edge lies in a closure wholly or not at all. */
    uint32_t *first_closure, *closure;
    uint8_t *bridge;          /* of each edge */
    int64_t closures_off;     /* closures with a place that touch no road */
    int64_t closures_bridged; /* that touch bridges only, which they do not close */
    smap__speed_tally speed[SMAP__TRAVEL_MODES];
    smap__findings road_findings, closure_findings; /* rows are those of the layers, by their FID */
    struct smap__network_rules *rules;              /* speeds and closure rules, of data/standards */
    smap__network_input input;                      /* borrowed: outlives the network */
} smap__network;

/* Speeds by data/standards/travel_speed.csv (mode, class, surface); the speed_kmh of a road wins for vehicles, but not
 * where the class is not for them. Closures act by data/standards/closure_rule.csv: how near a point or line must be,
 * and whether the kind closes bridges (what lies under a bridge does not). A closure with a road_id acts on that road
 * alone: on what it touches of it, on all of it where it touches nothing or has no geometry, bridge or not; if there is
 * no such road, by its place, which a finding says. SMAP_E_CRS: roads and closures in two CRS. */
smap_status smap__network_build(smap_ctx *ctx, const smap__network_input *input, smap__network **out, smap_error *err);
void smap__network_free(smap__network *network);

#define SMAP__BASELINE "baseline" /* the network without any closure: all roads are open */
#define SMAP__CURRENT "current"   /* closures that name no scenario */

typedef struct smap__scenario {
    const char *name; /* baseline; current; else closures of that scenario and those that name none */
    int64_t date_ms;  /* closures count whose valid_from <= date_ms < valid_to; those without bounds always do */
    smap__travel_mode mode;
    bool unknown_open; /* roads that no closure of the scenario mentions, and those it says are `unknown` */
} smap__scenario;

/* What holds on an edge; codes of the domain edge_state. */
typedef enum smap__edge_state {
    SMAP__EDGE_NOT_MENTIONED,
    SMAP__EDGE_OPEN,   /* by a closure that says `all` */
    SMAP__EDGE_SLOWED, /* open, with a speed or a delay of its own */
    SMAP__EDGE_FOOT,   /* closed to vehicles */
    SMAP__EDGE_CLOSED,
    SMAP__EDGE_UNKNOWN, /* by a closure that says so */
    SMAP__EDGE_STATES
} smap__edge_state;
const char *smap__edge_state_code(smap__edge_state state);

typedef struct smap__network_state {
    smap__graph *graph; /* the edges of the network with the costs of the scenario */
    uint8_t *state;     /* smap__edge_state of each edge; of several closures the worst for the mode */
    uint8_t *counts;    /* of each closure: it counts in the scenario, at its time; none does in the baseline */
    int64_t closures;   /* how many do */
    double length_m[SMAP__EDGE_STATES];
    smap__findings findings; /* of closures that say `all` where another says `none` or `foot` */
} smap__network_state;

/* SMAP_E_NOT_FOUND: a name that no closure has, with those that there are. */
smap_status smap__network_scenario(smap_ctx *ctx, const smap__network *network, const smap__scenario *scenario,
                                   smap__network_state **out, smap_error *err);
void smap__network_state_free(smap__network_state *state);

/* Walking where there is no road, m/s, of travel_speed.csv. */
double smap__network_walk_ms(const smap__network *network);

#endif
