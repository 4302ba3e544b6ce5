/* Class scales of hazards: data/standards/hazard-classes/NAME.csv (class, code, label_en, label_ar, min, unit, edition,
 * section, source, sure): class 1 .. n ascending, `min` the lower bound of intensity, in it. */
#ifndef SMAP_MODEL_HAZARD_CLASS_H
#define SMAP_MODEL_HAZARD_CLASS_H

#include "model/schema.h"

typedef struct smap__hazard_class {
    const char *code; /* "high" */
    smap__label label;
    double min; /* in the unit of the scale */
} smap__hazard_class;

typedef struct smap__class_scale {
    const char *name;   /* "flood_depth" */
    const char *hazard; /* code of the domain hazard that it is the usual one for */
    const char *unit;   /* "m"; "" for scales without intensity (classes are given) */
    const char *source;
    const smap__hazard_class *klass; /* [0] is class 1 */
    int classes;
} smap__class_scale;

/* By name; or the usual one of a hazard and unit ("flood", "m"). SMAP_E_NOT_FOUND lists what there is. */
smap_status smap__class_scale_get(smap_ctx *ctx, const char *name, const smap__class_scale **out, smap_error *err);
smap_status smap__class_scale_of(smap_ctx *ctx, const char *hazard, const char *unit, const smap__class_scale **out,
                                 smap_error *err);
/* Which class (1 ..) a word or number of a class column stands for: "3", "high", "very high"; 0 for "none"; -1 unknown.
 */
int smap__class_find(smap_ctx *ctx, const smap__class_scale *scale, const char *text, size_t len);
/* The class of an intensity: 0 below the first bound; -1 for NaN. */
int smap__class_of(const smap__class_scale *scale, double intensity);

#endif
