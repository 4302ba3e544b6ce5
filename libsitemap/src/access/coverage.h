/* How many people are within so many minutes, and who is served by whom. */
#ifndef SMAP_ACCESS_COVERAGE_H
#define SMAP_ACCESS_COVERAGE_H

#include "access/service_ways.h"

/* What became of a way, `before` against `after`. */
typedef enum smap__access_change {
    SMAP__ACCESS_SAME, /* within a second */
    SMAP__ACCESS_SLOWER,
    SMAP__ACCESS_FASTER,
    SMAP__ACCESS_LOST,
    SMAP__ACCESS_GAINED,
    SMAP__ACCESS_NEVER /* neither before nor after */
} smap__access_change;
smap__access_change smap__access_compare(double before_s, double after_s);

/* Of one area, one type and one limit. */
typedef struct smap__coverage {
    int64_t origins, within, lost, gained;                    /* lost: within `before`, not within now */
    double people, people_within, people_lost, people_gained; /* of origins whose people are known */
    int64_t people_unknown, people_unknown_within;            /* origins */
} smap__coverage;

/* Into out[(area * types + type) * limits + limit]. area[i] of origin i, -1: in none, counted nowhere; NULL: all in
 * area 0. `people` NULL: not known of any. A time equal to the limit is within. `before` may be NULL. */
void smap__coverage_count(const smap__access *access, const smap__access *before, const double *people,
                          const int64_t *area, int64_t areas, const double *limit_s, int limits, smap__coverage *out);
/* Do figures of people say anything: is there an origin whose people are known, or none at all? */
bool smap__coverage_knows_people(const smap__coverage *coverage);

/* ---- catchments ---- */

/* Who goes to one service. */
typedef struct smap__catchment {
    int64_t origins; /* that send somebody, or whose people are not known */
    double people;
    double turned_away;   /* people to whom it is the nearest, and who found it full when they came */
    double mean_s, max_s; /* of people; of origins where people are not known. NaN without any */
} smap__catchment;

typedef struct smap__catchment_query {
    const smap__access *access; /* k entries an origin and type: where capacity counts, how far people look on */
    const double *people;       /* of each origin, NaN: not known; NULL: not known of any */
    const double *capacity;     /* people of each service, NaN: not limited; NULL: no service is limited */
    int64_t services;
    double limit_s; /* further nobody goes; HUGE_VAL: however far */
} smap__catchment_query;

/* Everyone goes to the nearest service of each type; where capacity counts, ways are filled the shortest first (of
 * equal ones the lower service, then the lower origin), and who finds a service full goes on to the next: people of one
 * origin may be split. Origins whose people are not known take no room and go to the nearest. Into out[services]; into
 * unserved[types], people who found no place within k and the limit; into no_place[type * origins + origin] (may be
 * NULL) those of each origin. With no capacity limited this is the nearest service for all. */
smap_status smap__catchments(smap_ctx *ctx, const smap__catchment_query *query, smap__catchment *out, double *unserved,
                             double *no_place, smap_error *err);

#endif
