/* The texts of a sheet that come from the data and the run: area, dates, sources, what was not looked at. */
#ifndef SMAP_JOB_MAP_TEXTS_H
#define SMAP_JOB_MAP_TEXTS_H

#include "job/map_base.h"
#include "job/map_extent.h"
#include "job/map_tables.h"

typedef struct smap__map_texts {
    smap__sheet_text *item;
    size_t count, capacity;
    smap__arena arena;
} smap__map_texts;

typedef struct smap__map_texts_input {
    const smap_map_options *options;
    const smap__audience *audience;
    const smap__map_choices *choices; /* NULL = none */
    const smap__map_layers *layers;
    const smap__map_tables *tables;
    const smap__map_extent *extent;
    const smap__json *sheet; /* root of the sheet file: its "defaults", "not_produced" and "source_not_named" words */
    int64_t date_ms;         /* of production; 0 = none is stated */
    const smap__map_base *base; /* NULL = none */
    const smap_crs *wgs84;      /* of the extent; for the base alone */
} smap__map_texts_input;

/* --title and --set win over what is found, which wins over the sheet's defaults; KEY_en and KEY_ar set one language.
 */
smap_status smap__map_texts_build(smap_ctx *ctx, const smap__map_texts_input *in, smap__map_texts *out,
                                  smap_error *err);
void smap__map_texts_release(smap__map_texts *texts);

#endif
