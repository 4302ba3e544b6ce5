/* Layouts as the glyphs that they come to, so that bands can be painted side by side: a PangoLayout, and the fonts
 * behind it, are for one thread at a time, glyphs of cairo's scaled fonts for any number. */
#ifndef SMAP_DRAW_GLYPH_RUNS_H
#define SMAP_DRAW_GLYPH_RUNS_H

#include <pango/pangocairo.h>

#include "sitemap/error.h"

typedef struct smap__glyph_run {
    cairo_scaled_font_t *font;
    cairo_glyph_t *glyph;
    int count;
} smap__glyph_run;

typedef struct smap__glyphs {
    smap__glyph_run *run;
    int runs;
    double x, y, w, h;     /* where there is ink; pixels from the layout's top left */
    double full_w, full_h; /* the layout's own size, pixels */
} smap__glyphs;

/* Keep the glyphs of a finished layout with it; a layout that is changed afterwards must be kept anew. */
smap_status smap__glyphs_keep(PangoLayout *layout, smap_error *err);
/* NULL: none were kept. */
const smap__glyphs *smap__glyphs_of(PangoLayout *layout);
/* As pango_cairo_show_layout and pango_cairo_layout_path with the layout's top left at 0, 0. */
void smap__glyphs_show(cairo_t *cr, const smap__glyphs *glyphs);
void smap__glyphs_path(cairo_t *cr, const smap__glyphs *glyphs);

#endif
