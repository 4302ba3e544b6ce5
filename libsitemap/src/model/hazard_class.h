/* Class scales of hazards: data/standards/hazard-classes/NAME.csv (its README.md says how one is written): class
 * 1 .. n ascending, `min` the lower bound of intensity, in it. */
#ifndef SMAP_MODEL_HAZARD_CLASS_H
#define SMAP_MODEL_HAZARD_CLASS_H

#include "model/schema.h"

enum { SMAP__CLASS_UNKNOWN = -1, SMAP__CLASS_NONE = 0, SMAP__CLASSES_MAX = 15, SMAP__COMMON_CLASSES = 4 };

typedef struct smap__hazard_class {
    const char *code; /* "high" */
    smap__label label;
    double min; /* in the unit of the scale; the number of the class where classes are given */
    int common; /* 1 .. SMAP__COMMON_CLASSES beside other hazards, as the scale states; 0 = it does not */
} smap__hazard_class;

typedef struct smap__class_scale {
    const char *name; /* "flood_depth" */
    smap__label label;
    const char *hazard;              /* codes of the domain hazard that it is for, "|" between; "*" = any */
    const char *unit;                /* "m"; "" for scales without intensity (classes are given) */
    const char *source;              /* of its highest class */
    const smap__hazard_class *klass; /* [0] is class 1 */
    int classes;
    struct smap__names *names; /* folded code, labels and aliases -> class - 1 */
} smap__class_scale;

/* By name. SMAP_E_NOT_FOUND lists what there is. */
smap_status smap__class_scale_get(smap_ctx *ctx, const char *name, const smap__class_scale **out, smap_error *err);
/* The usual one of a hazard and unit ("flood", "m"): the first of index.csv that is for both. Unit "" = classes are
 * given. SMAP_E_NOT_FOUND lists the units that this hazard has scales for. */
smap_status smap__class_scale_of(smap_ctx *ctx, const char *hazard, const char *unit, const smap__class_scale **out,
                                 smap_error *err);
/* The scale of given classes that knows most words of a class column (TEXT or INT64): those made for the hazard first,
 * in the order of index.csv, and of equals the first. */
smap_status smap__class_scale_fit(smap_ctx *ctx, const char *hazard, const smap_column *column,
                                  const smap__class_scale **out, smap_error *err);

/* Which class (1 ..) a word or number of a class column stands for: "3", "class 3", "high", "very high", also in
 * Arabic; 0 for "none" and 0; -1 where it is not known. A whole number is the number of the class, never an intensity.
 */
int smap__class_find(smap_ctx *ctx, const smap__class_scale *scale, const char *text, size_t len);
/* The class of an intensity: 0 below the first bound; -1 for what is no intensity (NaN, infinite, negative). */
int smap__class_of(const smap__class_scale *scale, double intensity);

#endif
