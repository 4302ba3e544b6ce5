/* Damage observations into counts by grade, use, source and area. Presence is not coverage: what was not looked at, not
 * produced, or is an excerpt, is said, never counted as undamaged or as a total. */
#ifndef SMAP_DAMAGE_DAMAGE_H
#define SMAP_DAMAGE_DAMAGE_H

#include "base/findings.h"
#include "model/scale.h"
#include "sitemap/geometry.h"

typedef struct smap__damage_input {
    const smap_layer *damage;   /* model layer `damage` */
    const smap_layer *coverage; /* model layer `coverage` */
    const smap_layer *hazard;   /* model layer `hazard`; may be NULL */
    const smap_layer *areas;    /* polygons to count by; NULL = by the source's own areas of interest */
    const char *area_kind;      /* code of the domain area_kind: "admin2", "polygon" */
    const char *area_key;       /* column of `areas` that names an area ("pcode") */
    const char *area_name_en, *area_name_ar;
} smap__damage_input;

typedef struct smap__damage_result {
    const smap_layer *summary; /* model layer `damage_summary` */
    const smap_layer *extent;  /* model layer `damage_extent`: observed events by area, in ha */
} smap__damage_result;

smap_status smap__damage_summarise(smap_ctx *ctx, const smap__damage_input *input, smap__damage_result *out,
                                   smap_error *err);
void smap__damage_result_release(smap__damage_result *result);

#endif
