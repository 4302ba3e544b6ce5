/* Text whose letters stand each on a place of its own, as along a road. Latin letters and their like are parted; a run
 * from right to left (Arabic) is parted at its spaces only, for its letters are joined: each word stands straight. */
#ifndef SMAP_DRAW_BENT_TEXT_H
#define SMAP_DRAW_BENT_TEXT_H

#include "draw/canvas.h"
#include "draw/line_places.h"

/* Glyphs that are drawn as one, as cairo's, which any thread may draw. */
typedef struct smap__text_piece {
    cairo_scaled_font_t *font;
    const cairo_glyph_t *glyph; /* pixels from the left end of the piece, on the baseline */
    int glyphs;
    smap__span span; /* mm, from the left end of the text */
} smap__text_piece;

typedef struct smap__text_pieces {
    smap__text_piece *item;
    smap__span *span; /* the same again, for smap__label_places_on_line */
    cairo_glyph_t *glyph;
    int count;
    double h_mm, baseline_mm; /* of the line of text; its baseline from the top */
} smap__text_pieces;

/* The pieces of the one line of a layout, left to right; spaces are none. */
smap_status smap__text_pieces_find(PangoLayout *layout, double px_per_mm, smap__text_pieces *out, smap_error *err);
void smap__text_pieces_release(smap__text_pieces *pieces);

/* Draw piece i in the middle of box i. */
void smap__canvas_bent_text(smap__canvas *canvas, const smap__text_pieces *pieces, const smap__label_box *box,
                            const smap__ink *ink);

#endif
