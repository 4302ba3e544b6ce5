/* Inside of sheet: how a page that was laid out for one paper goes onto another.
 *
 * A sheet is laid out for the paper of its "page". On a larger one all lengths, texts and symbols are `scale` times as
 * large ("sizes" of the file), which is less than the paper grows: what is left over goes to the bands that the file
 * names ("stretch"), each in its share. An edge before a band stays, one behind it moves by all that the band takes,
 * one within it by its part: what lies across a band grows, what lies beside it keeps its size.
 *
 * Lengths of the composed sheet are mm of the layout; one is `scale` mm on paper. */
#ifndef SMAP_SHEET_PAGE_LAYOUT_H
#define SMAP_SHEET_PAGE_LAYOUT_H

#include "sheet/sheet.h"

enum { SMAP__PAGE_BANDS = 4 };

typedef struct smap__page_axis {
    double length_mm; /* of the page, in layout mm */
    double extra_mm;  /* how much longer that is than what the file was laid out for */
    int bands;
    struct {
        double from, to, share; /* shares sum up to 1 */
    } band[SMAP__PAGE_BANDS];
} smap__page_axis;

typedef struct smap__page_layout {
    const char *paper; /* "A3" */
    double scale;
    smap__page_axis across, down;
} smap__page_layout;

struct smap__sheet_spec;

/* `paper` NULL = the sheet's own. SMAP_E_ARGUMENT: a paper that the file has no size for, or too small for it. Fills
 * spec->layout. */
smap_status smap__page_layout_read(struct smap__sheet_spec *spec, const char *orientation, const char *paper,
                                   smap_error *err);

/* Where a place of the file is on the page, in layout mm; not yet mirrored. */
smap__rect_mm smap__page_layout_place(const smap__page_layout *layout, smap__rect_mm at);

#endif
