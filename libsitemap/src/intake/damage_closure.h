/* What damage to a bridge or a road means for passing it: data/standards/damage_closure.csv. */
#ifndef SMAP_INTAKE_DAMAGE_CLOSURE_H
#define SMAP_INTAKE_DAMAGE_CLOSURE_H

#include "sitemap/geometry.h"

/* Codes of the domains closure_kind, passable and confidence, kept with the context; "" where the table says nothing.
 */
typedef struct smap__damage_closure {
    const char *kind, *passable, *confidence;
} smap__damage_closure;

/* `object` is "bridge", "road" or "other"; `grade` a code of the domain damage_grade, NULL or "" where none is known.
 * Without a row of its own a grade is as the row "*" of its object; SMAP_E_FORMAT where that is missing too. */
smap_status smap__damage_closure_get(smap_ctx *ctx, const char *object, const char *grade, smap__damage_closure *out,
                                     smap_error *err);

/* What the IDs of closures made from damage observations start with; the rest is the observation's. */
#define SMAP__DAMAGE_CLOSURE_PREFIX "damage:"

/* The bridges among damage observations (rows of the layer damage whose `use` is bridge), as rows for the layer
 * closure: only the columns that the observations give, so that a merge keeps what else is known of the closure. */
smap_status smap__damage_closures(smap_ctx *ctx, const smap_layer *damage, const smap_layer **out, smap_error *err);

#endif
