/* What the user says of a hazard: NAME=SRC[,part=value]... */
#ifndef SMAP_JOB_HAZARD_SPEC_H
#define SMAP_JOB_HAZARD_SPEC_H

#include "base/arena.h"
#include "base/str.h"
#include "model/hazard_class.h"
#include "sitemap/job.h"

typedef struct smap__hazard_spec {
    const char *name;   /* as told */
    const char *prefix; /* of its columns: small letters, digits, "_" */
    const char *kind;   /* the code of the domain hazard that the name is or begins with; "" if none */
    smap__label label;
    const char *source;                             /* "FILE" or "FILE|layername=NAME" */
    const char *column, *unit, *classes;            /* NULL = not told */
    const char *coverage, *velocity, *arrival_time; /* sources; NULL = not told */
    int band;                                       /* from 1 */
    double weight;                                  /* 0 .. 1 */
    double error;                                   /* standard deviation of an intensity; NaN = not told */
    bool error_is_share;                            /* of the intensity, not in its unit */
} smap__hazard_spec;

/* NAME and what follows it, taken apart; texts in the arena. SMAP_E_ARGUMENT says which parts there are. */
smap_status smap__hazard_spec_parse(smap_ctx *ctx, smap__arena *arena, const char *name, const char *text,
                                    smap__hazard_spec *out, smap_error *err);
/* Name, prefix, kind and label of a hazard; nothing told beside. */
smap_status smap__hazard_spec_name(smap_ctx *ctx, smap__arena *arena, const char *name, smap__hazard_spec *out,
                                   smap_error *err);

/* The code of the domain hazard that a name is or begins with, "" if none; lent by the context. */
smap_status smap__hazard_kind(smap_ctx *ctx, smap__arena *arena, const char *name, const char **out, smap_error *err);

/* What was told of a hazard, in the same form, for the record of a run: its sources relative to the folder of the
 * workspace. */
void smap__hazard_spec_put(const smap__hazard_spec *spec, const char *workspace, smap__str *out);

/* The class scale of a hazard: classes=, which is the name of one or its lower bounds ("0.2 0.5 1.5"), else the usual
 * one of its kind and unit. A unit other than that of the scale is SMAP_E_ARGUMENT: nothing is converted unasked. */
smap_status smap__hazard_scale(smap_ctx *ctx, smap__arena *arena, const smap__hazard_spec *spec,
                               const smap__class_scale **out, smap_error *err);

#endif
