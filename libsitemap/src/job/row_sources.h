/* Who rows are from, and whether somebody made them up. */
#ifndef SMAP_JOB_ROW_SOURCES_H
#define SMAP_JOB_ROW_SOURCES_H

#include "base/str.h"
#include "sitemap/geometry.h"

/* Does the source of that row say that it is SYNTHETIC? */
bool smap__row_is_made_up(const smap_layer *layer, int64_t row);
bool smap__any_made_up(const smap_layer *layer);

/* Append "A; B", the different sources of all rows, made-up ones first: a text that begins with SYNTHETIC says so of
 * all of it. Nothing where no row names one. */
smap_status smap__put_sources(const smap_layer *layer, smap__str *out, smap_error *err);

#endif
