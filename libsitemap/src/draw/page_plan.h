/* The page planned: every text set and measured, every label placed, before a pixel is painted. Bands are painted from
 * the same plan, so their number never shows. */
#ifndef SMAP_DRAW_PAGE_PLAN_H
#define SMAP_DRAW_PAGE_PLAN_H

#include "draw/bent_text.h"
#include "draw/canvas.h"
#include "draw/draw.h"

typedef struct smap__page_plan_text {
    PangoLayout *layout;
    double x, y, angle_deg; /* top left before turning about the middle */
    smap__ink ink;
} smap__page_plan_text;

typedef struct smap__page_plan_texts {
    smap__page_plan_text *item;
    size_t count, capacity;
} smap__page_plan_texts;

/* A label on the map: a text, or letters along a line, and a leader line. */
typedef struct smap__plan_label {
    smap__page_plan_text text;
    const smap__text_pieces *pieces; /* of `shapes`; NULL = the text as a whole, else each stands on a box of its own */
    smap__label_box *box;
    bool leader;
    double leader_x[2], leader_y[2]; /* mm, from the mark to the text */
} smap__plan_label;

typedef struct smap__plan_labels {
    smap__plan_label *item;
    size_t count;
    struct smap__label_shapes *shapes;
    int64_t wanted, placed;
    int64_t *unplaced; /* wanted - placed of them: index into the labels of the view */
} smap__plan_labels;

/* Filled rectangles below the texts of a table: heading, every other row, rules. */
typedef struct smap__page_plan_fill {
    smap__rect_mm at;
    smap__colour colour;
} smap__page_plan_fill;

typedef struct smap__page_plan_fills {
    smap__page_plan_fill *item;
    size_t count, capacity;
} smap__page_plan_fills;

typedef struct smap__page_plan_swatch {
    const smap__rule *rule;
    int form;
    smap__rect_mm at;
    const smap__colour *neutral; /* of a layer of several rules: see smap__canvas_swatch; NULL = as on the map */
} smap__page_plan_swatch;

/* The legend column: texts, symbols, and the line between legend and notes. */
typedef struct smap__page_plan_legend {
    smap__page_plan_texts text;
    smap__page_plan_swatch *swatch;
    size_t swatches, capacity;
} smap__page_plan_legend;

typedef struct smap__page_plan {
    const smap__sheet *sheet;
    smap__typeset typeset;
    smap__rect_mm *at;              /* of each element: shrunk to its text where it hugs */
    smap__page_plan_texts *element; /* texts of each element */
    smap__page_plan_fills *fills;   /* of each element, below its texts */
    smap__plan_labels map, inset[SMAP__INSETS];
    smap__page_plan_legend legend;
    smap__svg_marks symbols; /* of the maps and the legend */
    int texts_cut;
} smap__page_plan;

smap_status smap__page_plan_make(smap__page_plan *plan, smap_ctx *ctx, const smap__sheet *sheet, smap_error *err);
void smap__page_plan_release(smap__page_plan *plan);

/* What a page of that plan could not show; *report may be NULL. A warning is logged where texts were cut. */
smap_status smap__page_plan_report(smap__page_plan *plan, smap_ctx *ctx, smap__draw_report *report, smap_error *err);
/* Add the texts with characters that no font has. */
smap_status smap__page_plan_no_glyphs(const smap__page_plan *plan, smap__draw_report *report, smap_error *err);

/* Parts of the plan, one file each. Takes over `layout` in any case. */
smap_status smap__page_plan_put(smap__page_plan_texts *list, PangoLayout *layout, double x, double y, double angle_deg,
                                const smap__ink *ink, smap_error *err);
void smap__page_plan_texts_release(smap__page_plan_texts *list);
/* Labels of a view that keep off the given boxes. */
smap_status smap__plan_labels_make(const smap__page_plan *plan, smap_ctx *ctx, const smap__view *view,
                                   const smap__rect_mm *obstacle, int obstacles, smap__plan_labels *out,
                                   smap_error *err);
smap_status smap__plan_labels_keep_glyphs(const smap__plan_labels *labels, smap_error *err);
void smap__plan_labels_release(smap__plan_labels *labels);
void smap__plan_labels_paint(const smap__page_plan *plan, const smap__plan_labels *labels, smap__canvas *canvas);
/* Move the groups of elements over the map to the corners where they hide least. */
void smap__page_plan_corners(smap__page_plan *plan);
/* Legend at the top and notes at the bottom of `at`, at the first shrink at which both fit. */
smap_status smap__page_plan_legend_column(smap__page_plan *plan, const smap__element *element, smap_error *err);
/* The table of element `index`: at the first shrink at which all of it fits, else at the least without the last columns
 * and rows, which are counted below it. */
smap_status smap__page_plan_table(smap__page_plan *plan, int index, smap_error *err);
/* The symbols of all layers and of the legend, made ready. */
smap_status smap__page_plan_symbols(smap__page_plan *plan, smap_error *err);
/* Keep the glyphs of all texts, so that several threads may paint them. */
smap_status smap__page_plan_keep_glyphs(const smap__page_plan *plan, smap_error *err);
/* Paint rows [band_px, band_px + rows) with the canvas. SMAP_E_NOMEM, or what is wrong with a base. */
smap_status smap__page_plan_paint(const smap__page_plan *plan, smap__canvas *canvas, smap_error *err);

#endif
