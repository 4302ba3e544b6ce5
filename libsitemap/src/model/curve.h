/* Curves as data: data/curves/NAME.csv (x, y, and unit, domain, edition, source): linear between points, what lies
 * outside the range is said, never guessed in silence. */
#ifndef SMAP_MODEL_CURVE_H
#define SMAP_MODEL_CURVE_H

#include "model/schema.h"

typedef struct smap__curve {
    const char *name; /* "jrc_africa_residential" */
    smap__label label;
    const char *x_unit, *y_unit, *source;
    const double *x, *y;
    int points;
} smap__curve;

typedef enum smap__curve_range {
    SMAP__CURVE_IN,
    SMAP__CURVE_BELOW,
    SMAP__CURVE_ABOVE,
    SMAP__CURVE_UNKNOWN
} smap__curve_range;

smap_status smap__curve_get(smap_ctx *ctx, const char *name, const smap__curve **out, smap_error *err);
/* The value at x; the end value outside the range, which *range (may be NULL) tells; NaN for NaN. */
double smap__curve_at(const smap__curve *curve, double x, smap__curve_range *range);

#endif
