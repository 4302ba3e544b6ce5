/* The picture below a map: --base, else the "base" of the sheet file. It is no part of the workspace, and the same for
 * every audience. */
#ifndef SMAP_JOB_MAP_BASE_H
#define SMAP_JOB_MAP_BASE_H

#include "io/picture.h"
#include "job/common.h"
#include "sheet/compose.h"

typedef struct smap__map_base {
    smap_ctx *ctx;
    smap__picture *picture;  /* NULL = there is none */
    const char *attribution; /* as the user or the sheet file says it; NULL = as the picture itself does */
    smap__sheet_base shown;  /* for the sheet, which it must outlive */
} smap__map_base;

/* Into an empty structure; release it also after a failure. */
smap_status smap__map_base_open(smap_ctx *ctx, const smap_map_options *options, const smap__sheet_file *file,
                                smap__map_base *base, smap_error *err);
void smap__map_base_release(smap__map_base *base);

/* What the notes of a map of that extent (degrees) say of it: source, resolution, date, whether it was stretched. Words
 * are those of the sheet file ("base_words"). */
smap_status smap__map_base_describe(const smap__map_base *base, const smap__json *sheet, smap_box extent,
                                    const smap_crs *wgs84, smap__str *en, smap__str *ar, smap_error *err);
/* Does it lie in the map's frame? A warning is logged where it does not. */
smap_status smap__map_base_check(const smap__map_base *base, const smap__sheet *sheet, bool *touches, smap_error *err);

#endif
