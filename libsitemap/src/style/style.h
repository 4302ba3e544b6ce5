/* Styles: an SLD / SE 1.1 file compiled to rules. The same rules draw the map, make the legend, and become QML. */
#ifndef SMAP_STYLE_STYLE_H
#define SMAP_STYLE_STYLE_H

#include "base/str.h"
#include "sitemap/context.h"
#include "sitemap/table.h"

/* Sizes are in SLD pixels of 0.28 mm (SE 1.1, 11.1.3), so a style looks the same at any resolution. */
#define SMAP__SLD_PIXEL_MM 0.28

typedef struct smap__colour {
    uint8_t r, g, b;
    double opacity; /* 0..1 */
} smap__colour;

typedef struct smap__stroke {
    bool on;
    smap__colour colour;
    double width_px;
    double dash_px[8]; /* as many as `dashes` */
    int dashes;
    int cap, join; /* 0 butt/mitre, 1 round, 2 square/bevel */
} smap__stroke;

typedef struct smap__fill {
    bool on;
    smap__colour colour;
    int hatch; /* 0 solid; else the mark of a GraphicFill: SMAP__HATCH_ */
    double hatch_size_px;
    smap__stroke hatch_stroke;
} smap__fill;
enum { SMAP__HATCH_NONE, SMAP__HATCH_SLASH, SMAP__HATCH_BACKSLASH, SMAP__HATCH_HORIZONTAL, SMAP__HATCH_VERTICAL, SMAP__HATCH_TIMES };

enum { SMAP__MARK_CIRCLE, SMAP__MARK_SQUARE, SMAP__MARK_TRIANGLE, SMAP__MARK_STAR, SMAP__MARK_CROSS, SMAP__MARK_X, SMAP__MARK_DIAMOND };

typedef enum smap__symbolizer_kind { SMAP__SYM_POLYGON, SMAP__SYM_LINE, SMAP__SYM_POINT, SMAP__SYM_TEXT } smap__symbolizer_kind;

typedef struct smap__symbolizer {
    smap__symbolizer_kind kind;
    smap__fill fill;
    smap__stroke stroke;
    int mark;            /* POINT */
    double size_px;      /* POINT: of the mark; TEXT: of the font */
    double rotation_deg;
    /* TEXT */
    const char *const *label; /* properties to show, one line each ("name_en", "name_ar") */
    int labels;
    const char *font_family; /* "" = the sheet's */
    bool bold, italic;
    smap__colour halo;
    double halo_px;      /* 0 = none */
    double offset_x_px, offset_y_px; /* of point placement, y up */
    double anchor_x, anchor_y;
    int priority;        /* larger is placed first (VendorOption "priority") */
} smap__symbolizer;

typedef struct smap__filter smap__filter;

typedef struct smap__rule {
    const char *name;
    const char *title_en, *title_ar; /* "Destroyed | مدمر" in the file's Title */
    double min_scale, max_scale;     /* scale denominators; 0 and HUGE_VAL = no limit */
    const smap__filter *filter;      /* NULL = all */
    const smap__symbolizer *symbolizer;
    int symbolizers;
} smap__rule;

typedef struct smap__style {
    const char *name;
    const char *title_en, *title_ar;
    const smap__rule *rule;
    int rules;
    const char *sld; /* the file as it is, for layer_styles.styleSLD */
} smap__style;

/* Read `name`.sld from the context's style folder, or a path that ends in .sld. What lies outside the profile is logged
 * as a warning with its line; a file that is not SLD, or that has a DTD, is an error. Free with smap__style_free. */
smap_status smap__style_read(smap_ctx *ctx, const char *name, const smap__style **out, smap_error *err);
void smap__style_free(const smap__style *style);

/* The rule of each row of a table: all rules in file order whose filter holds are `on` in bit r of on[row] (at most 64
 * rules a style). A property that the table lacks is null. */
smap_status smap__style_match(const smap__style *style, const smap_table *table, uint64_t *on, smap_error *err);

/* The filter as a QGIS expression, appended to `out` (a smap__str). */
void smap__filter_put_expression(const smap__filter *filter, smap__str *out);

#endif
