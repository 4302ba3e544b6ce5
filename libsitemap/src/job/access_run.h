/* One run of `sitemap access`: what its steps hand on. Read in this order: what was asked for, roads, closures,
 * services and origins as they are, then a case for each mode, scenario and answer about roads that no closure
 * mentions. */
#ifndef SMAP_JOB_ACCESS_RUN_H
#define SMAP_JOB_ACCESS_RUN_H

#include "access/coverage.h"
#include "access/critical.h"
#include "access/network.h"
#include "access/service_ways.h"
#include "job/access_tables.h"
#include "job/access_tell.h"
#include "job/asset_layer.h"
#include "job/common.h"

/* What a figure is about where it is no area of --by: those that lie in none, or all together. */
enum { SMAP__AREA_NONE = -1, SMAP__AREA_ALL = -2 };
enum { SMAP__ORIGIN_LAYERS = 4, SMAP__LIMITS_MAX = 16, SMAP__SCENARIOS_MAX = 32 };

/* A layer that people set out from. */
typedef struct smap__origins {
    smap__asset_layer base;
    const smap_geometry *point; /* where each sets out, in degrees */
    int64_t first, count;       /* its origins among those of the run */
    bool made_up;               /* one of them at least */
} smap__origins;

/* The services that people go to. */
typedef struct smap__access_services {
    const smap_layer *layer;
    const smap_geometry *ground, *point;       /* in the working CRS; in degrees */
    const smap_column *id, *name_en, *name_ar; /* of the layer */
    int64_t count;
    int32_t *type;     /* of each; -1: does not count */
    double *capacity;  /* people; NaN: not known */
    const char **code; /* of each type */
    int32_t types;
} smap__access_services;

/* Who roads, services and closures are from. */
typedef struct smap__access_sources {
    const char *text;
    bool made_up; /* one of them is */
} smap__access_sources;

typedef struct smap__access_run {
    smap_ctx *ctx;
    const smap_access_options *options;
    smap__run_inputs inputs;
    smap__arena arena;
    /* what was asked for: job/access_options.c */
    double limit_s[SMAP__LIMITS_MAX];
    int limits;
    uint32_t nearest; /* services of a type that are told */
    uint32_t search;  /* that are searched: more where capacity counts */
    double max_walk_m, join_m, area_width_m, area_core_m, area_least_m2;
    int32_t critical;
    bool bridges_alone; /* links are */
    bool open, closed;  /* answers for roads that no closure mentions */
    bool mode[SMAP__TRAVEL_MODES];
    const char *scenario[SMAP__SCENARIOS_MAX];
    int scenarios;
    /* what was read: job/access_read.c, access_services.c, access_origins.c */
    const smap_crs *crs, *wgs84;
    smap__asset_layer road;
    double *road_m;
    const smap_layer *closure;
    const smap_geometry *closure_ground;
    const smap_geometry *barrier; /* NULL = none */
    smap__access_services service;
    smap__origins origin[SMAP__ORIGIN_LAYERS];
    int origin_layers;
    int64_t origins;
    const smap_geometry *origin_ground; /* a point for each origin of all layers */
    double *people;                     /* of each origin; NaN = not known */
    smap__by_areas by;
    smap__network *network;
    smap__access_sources sources[2]; /* [1]: closures among them */
    /* what comes of it */
    smap__access_tables tables;
    smap__findings findings; /* of files and of the run as a whole */
    smap__findings service_findings, closure_findings;
    smap__access_told told;
    smap__change *change;
    smap_result *result;
    int64_t date_ms;
} smap__access_run;

/* One network, one answer: what all results of it share. */
typedef struct smap__access_case {
    smap__access_run *run;
    const char *scenario;
    smap__travel_mode mode;
    bool unknown_open;
    smap__network_state *state;
    smap__access_query query;
    smap__access *access;
    const bool *served;                     /* of each type: a service of it is on the network */
    const struct smap__access_case *before; /* the baseline of the mode; NULL: this is it */
    const smap_geometry **area;             /* of each type within the limits; NULL = not asked for */
} smap__access_case;

/* ---- what was asked for: job/access_options.c ---- */

/* Take the options apart; no file is touched but data/standards. */
smap_status smap__access_parse(smap__access_run *run, smap_error *err);
/* Which scenarios to run, once closures are read. */
smap_status smap__access_scenarios(smap__access_run *run, smap_error *err);

/* ---- reading: job/access_read.c, access_services.c, access_origins.c ---- */

/* Roads, closures and barriers, the working CRS and the network. */
smap_status smap__access_read(smap__access_run *run, smap_error *err);
smap_status smap__access_services_read(smap__access_run *run, smap_error *err);
smap_status smap__access_origins_read(smap__access_run *run, smap_error *err);
/* Features of a layer in the working CRS; those whose coordinates cannot be what their CRS says are SMAP_E_CRS. */
smap_status smap__access_to_ground(smap__access_run *run, const smap_layer *layer, const char *name,
                                   smap__findings *findings, const smap_geometry **out, smap_error *err);
/* A point for each feature where it is told by one (geo/geom_column.h), null for those without a place. */
smap_status smap__access_points(const smap_geometry *geometry, const smap_geometry **out, smap_error *err);

/* ---- computing: job/access_cases.c ---- */

/* Every case, one after the other, its rows into run->tables. */
smap_status smap__access_cases(smap__access_run *run, smap_error *err);

/* What a case adds to the result: job/access_ways.c, access_coverage.c, access_catchment.c, access_areas.c,
 * access_links.c. */
smap_status smap__access_put_ways(const smap__access_case *c, smap_error *err);
smap_status smap__access_put_coverage(const smap__access_case *c, smap_error *err);
smap_status smap__access_put_catchments(const smap__access_case *c, smap_error *err);
smap_status smap__access_put_critical(const smap__access_case *c, smap_error *err);
smap_status smap__access_put_cuts(const smap__access_case *c, smap_error *err);
/* Areas within the limits into c->area, and what changed against the baseline as rows. */
smap_status smap__access_measure_areas(smap__access_case *c, smap_error *err);
smap_status smap__access_put_areas(const smap__access_case *c, smap_error *err);

/* The rows of these origins and their ways, behind those of the table: job/access_way_columns.c. */
smap_status smap__access_put_way_rows(const smap__access_case *c, const smap__origins *o, smap__access_table *table,
                                      smap_error *err);

/* What became of an origin's search for a type: a code of the domain access_status. */
const char *smap__access_status(const smap__access_case *c, int64_t origin, int32_t type, uint32_t rank);
/* Lines in the working CRS, as the features of rows that were added to a table. */
smap_status smap__access_put_lines(smap__access_run *run, smap_geometry_builder *lines, smap__access_table_id id,
                                   smap_error *err);
/* A code of the domain access_change; NULL in the baseline. */
const char *smap__access_change_code(const smap__access_case *c, int64_t origin, int32_t type, uint32_t rank);
/* The first cells of every result: scenario, unknown_roads, mode. */
void smap__access_put_head(const smap__access_case *c, smap__rows *rows);
/* A code of the domain unknown_roads. */
const char *smap__access_unknown_code(const smap__access_case *c);
/* Is one of the roads, services or closures that count made up? */
bool smap__access_network_is_made_up(const smap__access_case *c);
/* The source of one origin, behind SYNTHETIC where the network is made up and the origin is not; nothing without one.
 */
void smap__access_source(const smap__access_case *c, const smap_layer *layer, int64_t row, smap__str *out);
/* The source of a row that is made from all of these origins (NULL: of none), the network and, where one counts, the
 * closures. */
void smap__access_put_sources(const smap__access_case *c, const smap__origins *o, smap__rows *rows);

/* ---- the printed report: job/access_tell.c, access_report.c ---- */

/* What is known of the places of a mode and of a case, for the report. */
smap_status smap__access_tell_places(const smap__access_case *baseline, const smap__snap *origin,
                                     const smap__snap *service, smap_error *err);
smap_status smap__access_tell_case(const smap__access_case *c, smap_error *err);
/* One figure: people of that layer within a limit. */
void smap__access_tell_reach(const smap__access_case *c, const smap__origins *o, int64_t area, int32_t type, int limit,
                             const smap__coverage *v);
void smap__access_tell_link(const smap__access_case *c, const smap__origins *o, int32_t type, int rank,
                            const smap__critical_link *link);
/* People of an origin who reach a service, and find all of them full. */
void smap__access_tell_no_place(const smap__access_case *c, const smap__origins *o, int64_t row, int32_t type,
                                double people);
void smap__access_tell_unserved(const smap__access_case *c, const smap__origins *o, int32_t type, double people);
smap_status smap__access_report(smap__access_run *run, smap_error *err);

#endif
