/* Arabic names of what has an English one alone, from places and areas of the same name there. */
#ifndef SMAP_JOB_ARABIC_NAMES_H
#define SMAP_JOB_ARABIC_NAMES_H

#include "base/str.h"
#include "sitemap/geometry.h"

/* Append the Arabic name of a row of `known` that has that English name and touches the box, if there is one; of
 * several the first in order of their names, whatever the order of rows. */
void smap__arabic_name_find(const smap_layer *known, const char *name_en, smap_box box, smap__str *out);

/* The layer with its empty cells of `name_ar` filled: from the first of the known layers that has such a row. */
smap_status smap__arabic_names_fill(const smap_layer *layer, const smap_layer *const *known, int count,
                                    const smap_layer **out, smap_error *err);

#endif
