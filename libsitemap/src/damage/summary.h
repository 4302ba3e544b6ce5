/* Counts of damage observations by area, source, use and grade. */
#ifndef SMAP_DAMAGE_SUMMARY_H
#define SMAP_DAMAGE_SUMMARY_H

#include "damage/areas.h"

/* One row per (area, source, product, completeness, use, grade) that occurs, in that order, then one row without a
 * count for every area that has no observation, saying why. */
smap_status smap__summary_build(smap_ctx *ctx, const smap_layer *damage, const smap__areas *areas,
                                const smap_layer **out, smap_error *err);

#endif
