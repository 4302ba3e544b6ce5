/* How suitable sites and buildings are for evacuation: criteria of data/standards/suitability.csv, each scored 0 .. 1,
 * a weighted mean, and what is excluded or not known, with the reason in words. */
#ifndef SMAP_HAZARD_SUITABILITY_H
#define SMAP_HAZARD_SUITABILITY_H

#include "model/statement.h"

typedef enum smap__criterion {
    SMAP__BY_HAZARD_CLASS,    /* common scale, 0 .. 4 (smap__combined.klass); unknown = NaN */
    SMAP__BY_SLOPE,           /* degrees, mean or largest of the site */
    SMAP__BY_HAZARD_DISTANCE, /* m, 0 inside */
    SMAP__BY_AREA,            /* m2 */
    SMAP__BY_CAPACITY,        /* people */
    SMAP__BY_ROAD_DISTANCE,   /* m to a road that is passable */
    SMAP__CRITERIA
} smap__criterion;

typedef struct smap__suitability_rule {
    const char *code; /* as in the file */
    smap__label label;
    const char *unit;
    double exclude_at;        /* NaN: excludes nothing */
    double worst_at, best_at; /* score 0 and 1; which is larger says which way is better */
    double weight;
    bool required; /* not known: the site is not known either */
} smap__suitability_rule;

typedef struct smap__suitability_rules {
    smap__suitability_rule of[SMAP__CRITERIA];
} smap__suitability_rules;

/* SMAP_E_FORMAT, with file and line: a criterion missing, no scale between worst and best, a weight below 0. */
smap_status smap__suitability_rules_get(smap_ctx *ctx, smap__suitability_rules *out, smap_error *err);

typedef enum smap__suitability_verdict {
    SMAP__SUITABLE,
    SMAP__EXCLUDED,           /* by at least one criterion, whatever else is unknown */
    SMAP__SUITABILITY_UNKNOWN /* a required criterion is not known: unknown is not safe */
} smap__suitability_verdict;

/* One candidate: values (NaN = not known, negative ones too) in the order of smap__criterion. */
typedef struct smap__suitability {
    smap__suitability_verdict verdict;
    double score[SMAP__CRITERIA];  /* NaN not known */
    bool excludes[SMAP__CRITERIA]; /* by this criterion */
    double total;                  /* weighted mean of known scores; NaN if none is known or all weights are 0 */
    int known;
} smap__suitability;

void smap__suitability_rate(const smap__suitability_rules *rules, const double value[SMAP__CRITERIA],
                            smap__suitability *out);
const char *smap__suitability_code(smap__suitability_verdict verdict); /* of the domain suitability */
/* Why, in words, behind what the statement (of the domain suitability_reason) says already. */
void smap__suitability_explain(const smap__suitability_rules *rules, const double value[SMAP__CRITERIA],
                               const smap__suitability *rated, smap__statement *reason);

/* ---- whole layers ---- */

/* Areas that a capacity can come from; arrays may be NULL, values NaN. */
typedef struct smap__capacity_input {
    const double *stated, *floor_area_m2, *site_area_m2, *footprint_m2;
} smap__capacity_input;

/* People into capacity[count] (whole ones, NaN not known) and basis[count] (a code of the domain capacity_basis, NULL
 * where not known): as stated, else by the areas and factors of data/standards/living_space.csv, in its order. */
smap_status smap__capacity_reckon(smap_ctx *ctx, const smap__capacity_input *input, int64_t count, double *capacity,
                                  const char **basis, smap_error *err);

typedef struct smap__suitability_input {
    const char *asset; /* code of the domain asset_kind */
    int64_t count;
    const double *value[SMAP__CRITERIA];                      /* [candidate]; NULL = not known of any */
    const char *const *capacity_basis;                        /* [candidate]; may be NULL */
    const smap_column *asset_id, *name_en, *name_ar, *source; /* TEXT; NULL = not known */
} smap__suitability_input;

/* Rows of the layer evacuation_site in the order of the candidates. */
smap_status smap__suitability_table(smap_ctx *ctx, const smap__suitability_input *input, const smap_table **out,
                                    smap_error *err);

#endif
