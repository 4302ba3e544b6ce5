/* How fast people travel: by mode, class of road and surface, of data/standards/travel_speed.csv. */
#ifndef SMAP_ACCESS_TRAVEL_SPEED_H
#define SMAP_ACCESS_TRAVEL_SPEED_H

#include "access/network.h"

typedef struct smap__travel_speeds {
    const struct smap__data_table *table;
    double *speed_ms; /* of each row: times its factor */
    double walk_ms;   /* on foot where there is no road */
    double least_kmh; /* of data/standards/speed_check.csv */
    double unit_ratio, unit_roads, long_delay_min;
} smap__travel_speeds;

/* Released by the caller, after success alone. */
smap_status smap__travel_speeds_get(smap_ctx *ctx, smap__travel_speeds *out, smap_error *err);
void smap__travel_speeds_release(smap__travel_speeds *speeds);

/* m/s; 0: not for that mode. Of the row with class and surface, else that of the class (of "unknown" where the table
 * has no such class: *known is false), no faster than that of the surface. Texts are codes, "" = not known. */
double smap__travel_speed(const smap__travel_speeds *speeds, smap__travel_mode mode, const char *class,
                          const char *surface, bool *known);

/* ---- roads ---- */

typedef enum smap__oneway { SMAP__BOTH_WAYS, SMAP__ONE_WAY_FORWARD, SMAP__ONE_WAY_BACKWARD } smap__oneway;

typedef struct smap__road_speeds {
    double *speed_ms[SMAP__TRAVEL_MODES]; /* of each road; 0: closed to the mode */
    uint8_t *oneway;                      /* smap__oneway, for vehicles */
    double largest_kmh;                   /* that a road can state, of the model */
} smap__road_speeds;

/* Of the rows of a layer with the columns of the model's layer road, of which any may be missing. tally[] is of each
 * mode; what cannot be used is a finding. Released by the caller, after success alone. */
smap_status smap__road_speeds_find(smap_ctx *ctx, const smap__travel_speeds *speeds, const smap_layer *roads,
                                   smap__road_speeds *out, smap__speed_tally *tally, smap__findings *findings,
                                   smap_error *err);
void smap__road_speeds_release(smap__road_speeds *speeds);

#endif
