/* A map sheet: what is on the page and where, without a pixel being drawn. Read from styles/sheets/NAME.json, filled
 * with layers, and then painted by draw (and, later, written as a QGIS layout from the same model). Lengths in mm of
 * the layout from the top left of the page, see sheet/compose.h. */
#ifndef SMAP_SHEET_SHEET_H
#define SMAP_SHEET_SHEET_H

#include "base/ctx.h"
#include "model/schema.h"
#include "sheet/sheet_file.h"
#include "sitemap/geometry.h"
#include "style/style.h"

typedef struct smap__rect_mm {
    double x, y, w, h;
} smap__rect_mm;

/* Small maps of where the map lies: in the country, and in the area around. */
enum { SMAP__INSET_COUNTRY, SMAP__INSET_AREA, SMAP__INSETS };

extern const char *const smap__inset_lists[SMAP__INSETS]; /* the sheet file's lists of their layers */

/* One layer to draw: bottom first. */
typedef struct smap__sheet_layer {
    const smap_layer *layer; /* geometry in any CRS; NULL geometry is an error */
    const smap__style *style;
    int entry; /* which of the sheet file's list it is from: one partly of an excerpt is two layers */
    const char *title_en, *title_ar;
    const char *share_en, *share_ar; /* layers with the same title here, and rules of the same names, share one group of
                                        the legend under it; NULL = a group of its own */
    bool in_legend;
    bool is_base;      /* context (coast, admin): not counted in the legend */
    bool under_labels; /* thousands of marks: labels may lie over them */
    bool off_extent;   /* no context, but the map is not stretched to it */
    bool uncounted;    /* no context, but a number of its features would say nothing */
    bool in_frame;     /* rows off the frame were not read: there are no totals */
    bool excerpt;      /* the data is an excerpt: its counts say so and are no totals */
    bool synthetic;    /* some of it is made up: the sheet says SYNTHETIC */
    bool some_real;    /* ... and some is not: the legend says that a part is made up */
    int64_t least;     /* smaller counts of features stand as `mark` in the legend; 0: all are told */
    const char *mark;
} smap__sheet_layer;

/* The texts of the sheet, each in English and Arabic; a key that the sheet file does not place is an error. */
typedef struct smap__sheet_text {
    const char *key; /* "country", "title", "subtitle", "date_updated", "produced", "version", "audience", "sources",
                        "glide", "map_number", "note", "coverage",
                        "producer", "contact", "link", "subtitle": whatever the templates of the sheet name in braces */
    const char *en, *ar;
} smap__sheet_text;

/* Rows for the tables of the sheet: an element of kind "table" names the one that it shows. */
typedef struct smap__sheet_table {
    const char *layer;
    const smap_table *table;
    bool synthetic; /* some of it is made up, or computed from what is */
    /* Columns of it that the table lacks are not for the audience, and are left out; NULL: none are. */
    const smap__schema *schema;
    const smap_table *marks; /* what stands for figures that are not told (protect/gate.h); NULL: all are */
    const char *mark_too;    /* stands for a sum of which a part is not told */
    const char *marks_note_en, *marks_note_ar; /* what the signs mean */
} smap__sheet_table;

/* Of results that hold several scenarios and the like: the value of a key that the sheet shows, see sheet/row_filter.h.
 */
typedef struct smap__sheet_chosen {
    const char *key, *value;
} smap__sheet_chosen;

typedef struct smap__sheet smap__sheet; /* composed: see sheet/compose.h for what draw reads */

/* Where pixels of a base lie on the page: the first one's top left in mm, and how large one is. */
typedef struct smap__base_grid {
    double x_mm, y_mm, px_mm;
    int width, height;
} smap__base_grid;

/* A picture below all layers of the map, read while the page is painted. */
typedef struct smap__sheet_base {
    void *user;
    bool exact;     /* its colours stand for something, and are not to be changed by packing */
    bool synthetic; /* it is made up: the sheet says SYNTHETIC */
    /* Make ready to read the pixels of a grid over the sheet's map, in the calling thread. */
    smap_status (*begin)(void *user, const smap__sheet *sheet, const smap__base_grid *grid, void **reading,
                         smap_error *err);
    /* Whole rows of them: 0xAARRGGBB, colours multiplied by alpha. Fit for threads, each with its worker. */
    smap_status (*read)(void *reading, int worker, int row, int rows, uint32_t *pixels, smap_error *err);
    void (*end)(void *reading);
} smap__sheet_base;

typedef struct smap__sheet_options {
    const char *lang;  /* "en", "ar", "both" */
    int dpi;           /* 0 = the sheet's */
    const char *paper; /* "A3"; NULL = the sheet's */
    smap_box extent;   /* what must be seen, in `extent_crs` */
    const smap_crs *extent_crs;
    const smap__sheet_layer *layer;
    int layers;
    struct {
        const smap__sheet_layer *layer; /* same convention */
        int layers;
    } inset[SMAP__INSETS];
    const smap__sheet_table *table; /* a table that is not given, or has no rows, is left out of the page */
    int tables;
    const smap__sheet_chosen *chosen; /* for the rows of tables; layers are given as they are shown */
    int chosens;
    const smap__sheet_text *text;
    int texts;
    const smap__sheet_base *base; /* NULL = none; must outlive the sheet */
} smap__sheet_options;

/* The layers, styles, tables and texts must
 * outlive the sheet. A text may come several times (sources, notes): its line is repeated. SMAP_E_ARGUMENT: a text that
 * the sheet needs is missing, or one has no place; the extent is empty. SMAP_E_CRS: a layer without a CRS.
 *
 * Compose: choose the metric CRS and a round scale, transform the layers, build the legend from
 * the rules in use with counts, lay out the texts' boxes, ticks and scale bar. */
smap_status smap__sheet_compose(smap_ctx *ctx, const smap__sheet_file *file, const smap__sheet_options *options,
                                smap__sheet **out, smap_error *err);
void smap__sheet_free(smap__sheet *sheet);

/* What the sheet's map can show of the world for these options, layers and texts aside, in `extent_crs`: the frame with
 * a good margin. Rows whose boxes lie off it take no part. Empty where that cannot be told. */
smap_status smap__sheet_frame(smap_ctx *ctx, const smap__sheet_file *file, const smap__sheet_options *options,
                              smap_box *out, smap_error *err);

/* The layers need not outlive the sheet from now on: what is drawn of them is its own. */
smap_status smap__sheet_let_layers_go(smap__sheet *sheet, smap_error *err);

/* The legend as built: for reports and for tests that compare it with QGIS's counts. */
typedef struct smap__legend_entry {
    int layer; /* index into options->layer */
    int rule;
    const char *title_en, *title_ar;
    int64_t
        count; /* features in the frame that the rule draws; unfilled areas of a base layer only where an edge shows */
    int64_t total;      /* features of the layer that the rule draws, frame or not, as far as they were read */
    int64_t in_form[3]; /* the count by SMAP__FORM_ */
} smap__legend_entry;
int smap__sheet_legend(const smap__sheet *sheet, const smap__legend_entry **out);

#endif
