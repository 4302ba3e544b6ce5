/* The damage summary as people read it: one line per area and use, one column per grade. */
#ifndef SMAP_JOB_DAMAGE_TABLE_H
#define SMAP_JOB_DAMAGE_TABLE_H

#include "sitemap/geometry.h"

/* Columns: area_id, area, use, source, one integer column per grade that occurs (named by its code, grades in the order
 * of their scales, so doubt stands apart), coverage, statement. There is no column that adds grades up. */
smap_status smap__damage_table(smap_ctx *ctx, const smap_layer *summary, const smap_table **out, smap_error *err);

#endif
