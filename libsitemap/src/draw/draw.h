/* Painting a composed sheet: cairo and pango with fonts of our own choosing, libpng for the file. */
#ifndef SMAP_DRAW_DRAW_H
#define SMAP_DRAW_DRAW_H

#include "sheet/placed.h"

/* Where encoded bytes go; returns SMAP_OK or the failure of the sink, which ends the drawing. */
typedef smap_status (*smap__sink)(void *user, const void *bytes, size_t len, smap_error *err);

/* A text with a character that no font has, drawn as the fonts' replacement. */
typedef struct smap__no_glyph {
    const smap__view *view; /* of a label; NULL = a text of the page */
    const smap__map_label *label;
    const smap__element *element; /* of a text of the page */
    uint32_t code;                /* the first such character */
} smap__no_glyph;

typedef struct smap__draw_report {
    int64_t labels_wanted, labels_placed; /* what found no room is counted, and the sheet says so */
    int64_t *unplaced;                    /* labels_wanted - labels_placed of them: index into the sheet's map.label */
    int texts_cut; /* page texts that end with an ellipsis: their boxes are too small even for the least size */
    int width_px, height_px;  /* as many as the page has at its resolution */
    smap__no_glyph *no_glyph; /* lent by the sheet */
    int64_t no_glyphs;
} smap__draw_report;

void smap__draw_report_release(smap__draw_report *report);

/* Draw the sheet as PNG. */
smap_status smap__draw_png(smap_ctx *ctx, const smap__sheet *sheet, smap__sink sink, void *user,
                           smap__draw_report *report, smap_error *err);

/* The texts of the page as they are set, in `arena`; the labels of the map are none of them. */
smap_status smap__draw_placed(smap_ctx *ctx, const smap__sheet *sheet, smap__arena *arena, smap__placed *out,
                              smap_error *err);

#endif
