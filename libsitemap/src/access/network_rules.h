/* What a network keeps to reckon the costs of a scenario: speeds of roads, and what closures say. */
#ifndef SMAP_ACCESS_NETWORK_RULES_H
#define SMAP_ACCESS_NETWORK_RULES_H

#include "access/closure_rule.h"
#include "access/travel_speed.h"

struct smap__network_rules {
    smap__travel_speeds speeds;
    smap__road_speeds roads;
    smap__closure_effects closures;
    double *delay_s; /* of each entry of `closure` of the network: its share of what passing the closure takes */
    uint8_t *named;  /* of each entry: the closure names the road, bridge or not */
};

/* Seconds along a feature or a part of it at that speed, `length_m` in metres; infinite where the speed is 0. */
static inline double smap__travel_time(double length_m, double speed_ms) {
    return speed_ms > 0 ? length_m / speed_ms : HUGE_VAL;
}

#endif
