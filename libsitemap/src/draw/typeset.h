/* Setting text: one pango context with everything that could differ between machines fixed (fonts, resolution,
 * language, hinting off, metrics unhinted, grey antialiasing). Texts are data: never markup. Lengths in pixels. */
#ifndef SMAP_DRAW_TYPESET_H
#define SMAP_DRAW_TYPESET_H

#include <pango/pangocairo.h>

#include "sheet/compose.h"

typedef struct smap__typeset {
    PangoContext *context[2]; /* left to right, right to left: a layout follows later changes of its context */
    const char *families, *replacement;
    const double *leading; /* of the look */
    double arabic_scale, px_per_mm;
} smap__typeset;

smap_status smap__typeset_init(smap__typeset *typeset, smap_ctx *ctx, const smap__sheet *sheet, smap_error *err);
void smap__typeset_release(smap__typeset *typeset);

/* AUTO: each line by its first letter; for centred texts only. */
enum { SMAP__DIRECTION_LTR, SMAP__DIRECTION_RTL, SMAP__DIRECTION_AUTO };

typedef struct smap__text_spec {
    const char *text;
    const char *family; /* tried first; "" or NULL = the sheet's */
    double size_pt;
    bool bold, italic;
    int direction;
    double width_mm;  /* wrap there; 0 = never */
    double height_mm; /* end with an ellipsis there; 0 = never */
    int align;        /* SMAP__ALIGN_, in the text's own direction */
    bool even;        /* lines as high as Arabic ones in any script */
} smap__text_spec;

/* A layout, free with g_object_unref. A character that no font has is set as the list's replacement
 * (draw/no_glyph.h). SMAP_E_FORMAT: not UTF-8. */
smap_status smap__typeset_layout(const smap__typeset *typeset, const smap__text_spec *spec, PangoLayout **out,
                                 smap_error *err);
/* The layout's logical size in mm. */
void smap__typeset_size(const smap__typeset *typeset, PangoLayout *layout, double *w_mm, double *h_mm);
/* Does the first letter of a text run from right to left (Arabic, Hebrew and their neighbours)? */
bool smap__typeset_is_rtl(const char *text);

/* Make the width of a wrapped layout that of its widest line. */
void smap__typeset_tighten(PangoLayout *layout);

/* Paragraphs under each other, at `shrink` times their styles' sizes (never under a style's least size). */
typedef struct smap__block {
    PangoLayout **layout;
    const smap__paragraph *paragraph;
    int count;
    double width_mm, height_mm, gap_mm; /* the widest paragraph; all of them with the gaps */
} smap__block;
smap_status smap__block_set(const smap__typeset *typeset, const smap__paragraph *paragraph, int count, double width_mm,
                            double gap_mm, int align, bool even, double shrink, smap__block *out, smap_error *err);
/* The same at the first of a descending row of sizes that keeps within height_mm; *cut tells that even the least size
 * does not, and paragraphs end with an ellipsis. */
smap_status smap__block_fit(const smap__typeset *typeset, const smap__paragraph *paragraph, int count, double width_mm,
                            double height_mm, double gap_mm, int align, bool even, smap__block *out, bool *cut,
                            smap_error *err);
void smap__block_release(smap__block *block);

#endif
