/* A sheet filled from a workspace: what `map` paints and `publish` writes as a QGIS layout. */
#ifndef SMAP_JOB_MAP_SHEET_H
#define SMAP_JOB_MAP_SHEET_H

#include "job/map_base.h"
#include "job/map_texts.h"
#include "job/style_choice.h"
#include "sheet/compose.h"

typedef struct smap__map_sheet {
    const char *name; /* as asked for; borrowed */
    smap__sheet_file file;
    smap__map_base base; /* opened by who paints the sheet */
    smap__map_choices choices;
    smap__map_layers layers, inset[SMAP__INSETS];
    smap__map_tables tables;
    smap__map_extent extent;
    smap__map_texts texts;
    const smap_crs *wgs84;
    int64_t date_ms;          /* of production; 0 = none is stated */
    smap__arena arena;        /* of the palette */
    smap__style_choice style; /* as asked for */
    bool one_page;            /* nothing else is made of what is read: see smap__map_sheet_one */
    smap__sheet *sheet;       /* composed */
} smap__map_sheet;

/* The sheet's file alone, into an empty structure; `orientation` NULL = the sheet's own. Release it also after a
 * failure. */
smap_status smap__map_sheet_open(smap_ctx *ctx, const char *name, const char *orientation, smap__map_sheet *map,
                                 smap_error *err);
/* Read what it shows, each layer through the audience's gate, and find the extent. SMAP_E_NOT_FOUND: nothing to show,
 * no such area, or a sheet of results that are not there yet. */
smap_status smap__map_sheet_read(smap_ctx *ctx, smap__workspace *workspace, const smap__audience *audience,
                                 const smap_map_options *options, smap__map_sheet *map, smap_error *err);
/* Lay out what was read for an extent, in the place of what was laid out before. SMAP_E_NOT_FOUND: nothing to draw
 * there. */
smap_status smap__map_sheet_page(smap_ctx *ctx, const smap__audience *audience, const smap_map_options *options,
                                 const smap__map_extent *extent, smap__map_sheet *map, smap_error *err);
/* The key of "choose" that an atlas of that layer chooses by, page by page ("atlas": LAYER, and the column of its
 * features' keys); NULL: the sheet shows the same rows on every page. */
const char *smap__map_sheet_chooses(const smap__map_sheet *map, const char *layer, const char *column);
/* Read again what it shows, as with --set KEY=VALUE, and the extent of that. SMAP_E_NOT_FOUND: none has that value. */
smap_status smap__map_sheet_choose(smap_ctx *ctx, smap__workspace *workspace, const smap__audience *audience,
                                   const smap_map_options *options, const char *key, const char *value,
                                   smap__map_sheet *map, smap_error *err);
/* Both, for the extent that was found, and no more: columns that the page does not need are not read, of large layers
 * with an index the rows near its frame alone, and the shapes are let go once they are laid out. */
smap_status smap__map_sheet_one(smap_ctx *ctx, smap__workspace *workspace, const smap__audience *audience,
                                const smap_map_options *options, smap__map_sheet *map, smap_error *err);
/* Both, for the extent that was found. */
smap_status smap__map_sheet_compose(smap_ctx *ctx, smap__workspace *workspace, const smap__audience *audience,
                                    const smap_map_options *options, smap__map_sheet *map, smap_error *err);
void smap__map_sheet_release(smap__map_sheet *map);

#endif
