/* Exposure by area, kind of asset, hazard and class, and the coincidence of hazards, as tables of the model
 * (exposure_summary, coincidence). Every total is kept: the classes of a hazard, unknown among them, add up to all
 * assets of the area, and the areas with "none of the areas" to all of the run (area_kind "all"). */
#ifndef SMAP_HAZARD_EXPOSURE_SUMMARY_H
#define SMAP_HAZARD_EXPOSURE_SUMMARY_H

#include "hazard/combine.h"

typedef struct smap__summary_area {
    const char *id, *name_en, *name_ar; /* NULL or "" = none */
} smap__summary_area;

typedef struct smap__summary_hazard {
    const char *name; /* as in the run */
    const smap__class_scale *scale;
    const char *source; /* of the data; NULL = not told */
} smap__summary_hazard;

/* One layer of assets. */
typedef struct smap__summary_assets {
    const smap__assets *assets;           /* its name is a code of the domain asset_kind */
    const int64_t *area;                  /* [asset] index of its area, -1 in none; NULL = areas do not count */
    const smap__exposure *const *hazard;  /* [hazard] */
    const smap__combined *combined;       /* rows of the hazard "any"; NULL = none */
    const smap__coincidence *coincidence; /* [hazards * (hazards + 1) / 2], for smap__coincidence_table */
    bool people_by_share;                 /* gridded people: by the share of the cell in each class */
} smap__summary_assets;

typedef struct smap__summary_input {
    const char *area_kind; /* of the domain area_kind */
    const smap__summary_area *area;
    int64_t areas; /* 0: all together is the only one */
    const smap__summary_hazard *hazard;
    int hazards;
    const smap__summary_assets *layer;
    int layers;
    int at_least; /* of the coincidence */
} smap__summary_input;

/* Rows in order of layers, hazards, areas ("all" first, none of the areas last) and classes (0 .. highest, unknown).
 * An area that holds no asset of a layer has no rows for it. SMAP_E_CANCELLED. */
smap_status smap__exposure_summarise(smap_ctx *ctx, const smap__summary_input *input, const smap_table **out,
                                     smap_error *err);
smap_status smap__coincidence_table(const smap__summary_input *input, const smap_table **out, smap_error *err);

#endif
