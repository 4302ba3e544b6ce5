/* Texts of maps with characters that no font has: gathered page by page, told once. */
#ifndef SMAP_JOB_MAP_NO_GLYPHS_H
#define SMAP_JOB_MAP_NO_GLYPHS_H

#include "draw/draw.h"
#include "job/map_sheet.h"

typedef struct smap__map_no_glyphs {
    struct smap__odd_text *item;
    size_t count, capacity;
    char replacement[8]; /* what they are shown as */
} smap__map_no_glyphs;

/* What was drawn of the sheet last laid out. A row is named by its key, masked where the model calls it sensitive. */
smap_status smap__map_no_glyphs_add(smap_ctx *ctx, const smap__map_sheet *map, const smap__draw_report *drawn,
                                    smap__map_no_glyphs *list, smap_error *err);
/* One warning that counts them, a text on several pages once, and names the first ones; nothing where there are none.
 */
void smap__map_no_glyphs_tell(smap_ctx *ctx, smap__map_no_glyphs *list);
void smap__map_no_glyphs_release(smap__map_no_glyphs *list);

#endif
