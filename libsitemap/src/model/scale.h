/* Damage scales: data/scales/NAME.json. A grade keeps the source's own words; its severity is a range, or unknown. */
#ifndef SMAP_MODEL_SCALE_H
#define SMAP_MODEL_SCALE_H

#include "model/schema.h"

typedef enum smap__grade_kind {
    SMAP__GRADE_DAMAGED,      /* damage that the source is sure of */
    SMAP__GRADE_POSSIBLE,     /* the source is not sure: always reported apart, never added to the others */
    SMAP__GRADE_UNDAMAGED,    /* looked at, no damage seen */
    SMAP__GRADE_NOT_ANALYSED, /* not looked at, or could not be told */
    SMAP__GRADE_NOT_A_BUILDING
} smap__grade_kind;

/* "damaged", "possible", "undamaged", "not_analysed", "not_a_building". */
const char *smap__grade_kind_name(smap__grade_kind kind);

typedef struct smap__grade {
    const char *code; /* "destroyed" */
    smap__label label;
    smap__grade_kind kind;
    bool has_severity;
    int severity_low, severity_high; /* 0 none .. 4 destroyed */
} smap__grade;

typedef struct smap__scale {
    const char *name; /* "cems_2019" */
    smap__label label;
    const char *source;
    const smap__grade *grade;
    int grades;
    struct smap__names *names; /* folded code, labels and aliases -> grade */
} smap__scale;

smap_status smap__scale_get(smap_ctx *ctx, const char *name, const smap__scale **out, smap_error *err);
/* The grade that a source's word stands for (by code, label or alias, folded); NULL if none. */
const smap__grade *smap__scale_find(const smap__scale *scale, const char *text, size_t len);
const smap__grade *smap__scale_code(const smap__scale *scale, const char *code);

#endif
