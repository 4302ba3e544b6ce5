/* Painting in page mm on a cairo context, and the symbols of styles. */
#ifndef SMAP_DRAW_CANVAS_H
#define SMAP_DRAW_CANVAS_H

#include "draw/band_index.h"
#include "draw/base_picture.h"
#include "draw/brush.h"
#include "draw/svg_marks.h"
#include "draw/typeset.h"

typedef struct smap__canvas {
    cairo_t *cr; /* its matrix takes page mm to the band's pixels */
    double px_per_mm;
    double band_px;      /* first row of the band */
    smap__rect_mm limit; /* where anything shows: hatches end there, the same for every band */
    /* Of pages made of pixels; a page of another kind has none of these, and all of it is painted by cairo. */
    smap__brush *brush;
    int rows, band;                                  /* height of the band, its number */
    const smap__band_index *map_bands, *inset_bands; /* SMAP__INSETS */
    const smap__svg_marks *symbols;
    bool failed;                      /* memory ran out, and something was not painted */
    smap__base_rows *base;            /* of a page of pixels */
    cairo_surface_t *base_image;      /* of a page of vectors */
    const smap__base_grid *base_grid; /* where the one or the other lies; NULL: there is none */
    /* Of a page that is painted at once: asked for cancel among the features. NULL: bands, between which it is asked.
     */
    smap_ctx *ctx;
    smap_error *err;  /* takes the sentence */
    unsigned painted; /* features */
    bool cancelled;
} smap__canvas;

void smap__canvas_colour(smap__canvas *canvas, smap__colour colour);
void smap__canvas_rect(smap__canvas *canvas, smap__rect_mm rect);

/* A layout with its top left at (x, y) mm, or turned by `angle_deg` (clockwise) about the middle of its box. A halo
 * wider than 0 goes below. */
typedef struct smap__ink {
    smap__colour colour, halo;
    double halo_mm;
} smap__ink;
void smap__canvas_text(smap__canvas *canvas, PangoLayout *layout, double x, double y, double angle_deg,
                       const smap__ink *ink);

/* Fill and stroke the current path as a symbolizer says; SLD pixels become mm. The path is gone afterwards. */
void smap__canvas_polygon(smap__canvas *canvas, const smap__symbolizer *s);
void smap__canvas_line(smap__canvas *canvas, const smap__symbolizer *s);
/* A mark or symbol with its anchor at (x, y); `most_mm` > 0 limits its size (legend). */
void smap__canvas_mark(smap__canvas *canvas, const smap__symbolizer *s, double x, double y, double most_mm);

/* On a map, by the brush where that does it: the strokes of the lines and rings among paths [first, end); a mark. */
void smap__canvas_put_paths(smap__canvas *canvas, const smap__drawn *drawn, uint32_t first, uint32_t end,
                            const smap__symbolizer *s);
void smap__canvas_put_mark(smap__canvas *canvas, const smap__symbolizer *s, double x, double y, double most_mm);

/* What is painted ends there from now on: the brush does not see cairo's clips. */
void smap__canvas_limit(smap__canvas *canvas, smap__rect_mm limit);
/* Paint features of a drawn layer: areas, then lines, then points, each in the style's painting order; lines symbolizer
 * by symbolizer through all rules, so that no casing lies on a core. Text is left to the labels. */
void smap__canvas_layer(smap__canvas *canvas, const smap__drawn *drawn, smap__features features);

/* The symbol of a rule for a form of geometry (SMAP__FORM_) in a legend box. With `neutral` (else NULL) it stands for
 * what the rules of a layer have in common, size and rims: that colour alone, squares for marks, no hatch, no dashes.
 */
void smap__canvas_swatch(smap__canvas *canvas, const smap__rule *rule, int form, const smap__colour *neutral,
                         smap__rect_mm box);

#endif
