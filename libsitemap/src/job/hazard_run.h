/* One run of `sitemap hazard`: what its steps hand on. Read in this order: hazards and assets as they are, the working
 * CRS that suits the assets, then zones and grids measured asset layer by asset layer. */
#ifndef SMAP_JOB_HAZARD_RUN_H
#define SMAP_JOB_HAZARD_RUN_H

#include "base/findings.h"
#include "hazard/combine.h"
#include "hazard/expose.h"
#include "hazard/exposure_summary.h"
#include "job/asset_layer.h"
#include "job/common.h"
#include "job/hazard_cells.h"
#include "job/hazard_spec.h"

enum { SMAP__ASSET_LAYERS = 6 };

/* A hazard as read: polygons with a class each, or a raster; never both. */
typedef struct smap__hazard {
    smap__hazard_spec spec;
    const smap__class_scale *scale;
    const char *origin; /* who the data is from; NULL = not told */
    bool has_value;     /* intensities are known, not classes alone */
    /* polygons */
    const smap_layer *polygons; /* NULL: a raster */
    int8_t *klass;              /* of each polygon; -1 unknown */
    double *value;              /* its intensity, NaN unknown; NULL where has_value is false */
    const smap_geometry *coverage,
        *not_analysed;         /* what the source looked at, and what it could not; NULL = not told */
    smap__hazard_cells *cells; /* a raster; NULL: polygons */
    bool no_distance;          /* a raster in degrees: distances are not known */
    smap_box source_extent;    /* as it came, in source_crs (borrowed) */
    const smap_crs *source_crs;
    smap_box extent; /* in the working CRS */
} smap__hazard;

/* What functions make of an exposure; each NULL where it was not asked for. */
typedef struct smap__hazard_extra {
    double *damage;       /* share of the value; NaN unknown */
    double *arrival_min;  /* NaN unknown */
    const char **warning; /* codes of the domain warning_time; lent */
    int8_t *passable;     /* smap__passable */
} smap__hazard_extra;

/* An asset layer, and what the hazards do to it. */
typedef struct smap__hazard_asset {
    smap__asset_layer base;
    double *area_m2, *length_m;
    smap__exposure *exposure[SMAP__HAZARDS_MAX];
    smap__hazard_extra extra[SMAP__HAZARDS_MAX];
    smap__combined *combined;
    smap__exposure *depth[SMAP__HAZARDS_MAX]; /* behind a rating of depth and velocity; NULL = not asked for */
    struct smap__sampled *sampled;            /* NULL = not asked for */
    smap__coincidence *coincidence;           /* [hazards * (hazards + 1) / 2] */
} smap__hazard_asset;

typedef struct smap__hazard_run {
    smap_ctx *ctx;
    const smap_hazard_options *options;
    smap__run_inputs inputs;
    smap__arena arena;
    smap__hazard hazard[SMAP__HAZARDS_MAX];
    int hazards;
    smap__hazard_asset asset[SMAP__ASSET_LAYERS];
    int assets;
    const smap_crs *crs; /* in which areas are laid over each other */
    smap__by_areas by;
    const smap_table *summary, *coincidence; /* as in the model */
    smap__findings findings;                 /* of the hazards */
    smap__change *change;
    smap_result *result;
    int64_t date_ms;
    int at_least;             /* class that counts as affected */
    double near_m;            /* how far distances are searched; 0 = not asked for */
    double warning_delay_min; /* NaN = not told */
} smap__hazard_run;

/* ---- reading: job/hazard_read.c, hazard_classes.c, hazard_assets.c ---- */

/* Take --hazard apart; no file is touched. */
smap_status smap__hazard_parse(smap__hazard_run *run, smap_error *err);
/* The hazards: those of --hazard, else those of the workspace. */
smap_status smap__hazard_read(smap__hazard_run *run, smap_error *err);
/* Of polygons whose column `hazard` says which hazard each is, only those of this one; the others are told. */
smap_status smap__hazard_own_rows(smap__hazard_run *run, smap__hazard *hazard, smap_error *err);
/* The class and intensity of every polygon of a hazard, by its columns; what could not be read becomes findings. */
smap_status smap__hazard_classify(smap__hazard_run *run, smap__hazard *hazard, const char *column, smap_error *err);
/* The assets: sites, services, buildings, roads, households, and the people of a population grid. */
smap_status smap__hazard_assets(smap__hazard_run *run, smap_error *err);

/* Who each hazard is from: the sources of its polygons, of a raster that of its row or its metadata item SOURCE. */
smap_status smap__hazard_origins(smap__hazard_run *run, smap_error *err); /* job/hazard_origin.c */
/* The column `source` of a result: that of the asset, behind SYNTHETIC where a hazard is made up. */
smap_status smap__hazard_source_column(const smap__hazard_run *run, const smap__hazard_asset *asset, const char *name,
                                       const smap_column **out, smap_error *err);

/* Does the source of the hazard say that it is SYNTHETIC? */
bool smap__hazard_is_made_up(const smap__hazard *hazard);
/* Fill the column `source` of a table whose rows name a layer of assets and hazards, SYNTHETIC ones first. */
smap_status smap__hazard_put_sources(const smap__hazard_run *run, const smap_table **table, smap_error *err);

/* ---- measuring: job/hazard_measure.c, hazard_summary.c ---- */

/* Working CRS, areas and lengths, exposures of all assets to all hazards, and what the hazards do together. */
smap_status smap__hazard_measure(smap__hazard_run *run, smap_error *err);

/* The summary by area, asset, hazard and class, and which hazards go together. */
smap_status smap__hazard_summary(smap__hazard_run *run, smap_error *err);

/* ---- results: job/hazard_result.c, hazard_report.c ---- */

/* The result layers into run->change. */
smap_status smap__hazard_put(smap__hazard_run *run, smap_error *err);
/* The printed tables and notes into run->result. */
smap_status smap__hazard_report(smap__hazard_run *run, smap_error *err);

#endif
