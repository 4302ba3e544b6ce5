/* The texts of a composed sheet as they were set: what they say, where they stand, how large they are. Filled by draw,
 * which alone can measure them, for whoever lays the page out again elsewhere. Lengths in mm from the top left. */
#ifndef SMAP_SHEET_PLACED_H
#define SMAP_SHEET_PLACED_H

#include "sheet/compose.h"

enum { SMAP__PLACED_LEFT, SMAP__PLACED_CENTRE, SMAP__PLACED_RIGHT };

/* A paragraph that reads from the left is one text; of one from the right each line is, for others set Arabic lines
 * much farther apart. */
typedef struct smap__placed_text {
    const char *text;
    smap__rect_mm at;   /* as wide as it was wrapped, or as its one line is */
    double baseline_mm; /* of its first line, from the top of the page */
    double size_pt;
    bool bold, italic, rtl;
    bool wrapped;
    int align; /* SMAP__PLACED_ */
    smap__colour colour;
} smap__placed_text;

typedef struct smap__placed_fill { /* rectangles below the texts of a table */
    smap__rect_mm at;
    smap__colour colour;
} smap__placed_fill;

typedef struct smap__placed_element { /* of the same index as the sheet's */
    smap__rect_mm at;                 /* shrunk to its text, moved to its corner */
    const smap__placed_text *text;    /* of a legend: its notes */
    int texts;
    const smap__placed_fill *fill;
    int fills;
} smap__placed_element;

typedef struct smap__placed {
    const smap__placed_element *element; /* sheet->elements of them */
    double legend_shrink;                /* of the sizes of the legend's texts */
} smap__placed;

#endif
