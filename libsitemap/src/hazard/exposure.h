/* What one hazard does to every asset of a layer: the common form of polygon and raster hazards, and the input of all
 * that combines them.
 *
 * Class 0 is "looked at, and below the lowest class"; unknown (outside the coverage, no value, a class that could not
 * be read) is -1 and never 0. An asset partly in a class and partly unknown has that class; one partly in class 0 and
 * partly unknown is unknown. */
#ifndef SMAP_HAZARD_EXPOSURE_H
#define SMAP_HAZARD_EXPOSURE_H

#include "model/hazard_class.h"
#include "sitemap/geometry.h"

typedef struct smap__exposure {
    int64_t count; /* assets */
    int classes;   /* 1 .. classes beside 0 */
    int8_t *klass; /* highest class touched */
    double *max;   /* largest intensity touched; NaN unknown, or where the hazard has no intensity */
    double
        *mean; /* weighted by area or length over the part that is known, 0 outside the hazard (inside its coverage) */
    double *affected; /* share of area, length or points in class >= 1 */
    double *unknown;  /* share that is not known */
    double *share;    /* [asset][class 0 .. classes]; with `unknown` they add up to 1 */
    double *near_m;   /* distance to the hazard for those outside; 0 inside; NaN not known; NULL when not asked for */
} smap__exposure;

/* All zero; near_m is left to those who ask for it. */
smap_status smap__exposure_new(int64_t count, int classes, smap__exposure **out, smap_error *err);
void smap__exposure_free(smap__exposure *exposure);

/* What is exposed. All arrays have one value an asset; NaN = not known. */
typedef struct smap__assets {
    const char *name; /* "site", "building", "road", "service", "household" */
    const smap_layer *layer;
    const double *area_m2;  /* on the ellipsoid; 0 for points and lines */
    const double *length_m; /* 0 for points and polygons */
    const double *people;   /* NULL: this layer counts no people */
} smap__assets;

#endif
