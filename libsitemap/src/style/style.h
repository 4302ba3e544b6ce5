/* Styles: an SLD / SE 1.1 file compiled to rules. The same rules draw the map, make the legend, and become QML.
 *
 * How a rule applies to a feature: a feature is drawn by the symbolizers of its own dimension, in the rule's order. A
 * polygon is also drawn by line symbolizers (its rings). A point symbolizer draws a polygon (at a point inside) or a
 * line (at its middle) only where the rule has no polygon or line symbolizer that does. Text symbolizers label every
 * dimension.
 *
 * How rules lie over each other: `rule` is the order of the file, which is the order of the legend; `paint` is the
 * order to paint them in. A rule is painted for all features before the next one; lines go symbolizer by symbolizer
 * through all rules, so that the casings of all lines lie under the cores of all. A FeatureTypeStyle is painted over
 * those before it; inside one, later rules are painted over earlier ones as SLD has it, or under them where
 * <VendorOption name="firstRuleOnTop">true</VendorOption> says so: then the most severe damage leads the legend and is
 * not hidden by the slight. */
#ifndef SMAP_STYLE_STYLE_H
#define SMAP_STYLE_STYLE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"
#include "sitemap/context.h"
#include "sitemap/table.h"

/* Sizes are in SLD pixels of 0.28 mm (SE 1.1, 11.1.3), so a style looks the same at any resolution. */
#define SMAP__SLD_PIXEL_MM 0.28

/* Rules that a style may have: smap__style_match tells them by the bits of one word. */
#define SMAP__RULES_MAX 64

typedef struct smap__colour {
    uint8_t r, g, b;
    double opacity; /* 0..1 */
} smap__colour;

enum { SMAP__CAP_BUTT, SMAP__CAP_ROUND, SMAP__CAP_SQUARE };
enum { SMAP__JOIN_MITRE, SMAP__JOIN_ROUND, SMAP__JOIN_BEVEL };

struct smap__symbolizer;

typedef struct smap__stroke {
    bool on; /* a plain line; not where marks stand in its place */
    smap__colour colour;
    double width_px;
    double dash_px[8]; /* as many as `dashes`: an even number, drawn and gap in turn */
    int dashes;
    int cap, join;                          /* SMAP__CAP_, SMAP__JOIN_ */
    const struct smap__symbolizer *graphic; /* of a GraphicStroke: as for a point, turned with the line; else NULL */
    double first_px, step_px;               /* from the line's begin to the middle of the first, and on to the next */
} smap__stroke;

enum {
    SMAP__HATCH_NONE,
    SMAP__HATCH_SLASH,
    SMAP__HATCH_BACKSLASH,
    SMAP__HATCH_HORIZONTAL,
    SMAP__HATCH_VERTICAL,
    SMAP__HATCH_TIMES, /* slash and backslash */
    SMAP__HATCH_MARKS  /* a mark or symbol on a square lattice */
};

typedef struct smap__fill {
    bool on;
    smap__colour colour;       /* of a solid fill; a hatch leaves the ground between its lines as it is */
    int hatch;                 /* SMAP__HATCH_: none = solid */
    double hatch_size_px;      /* the distance from line to line, across them; of a lattice from middle to middle */
    smap__stroke hatch_stroke; /* of the lines */
    const struct smap__symbolizer *hatch_mark; /* of SMAP__HATCH_MARKS: what stands there, as for a point */
} smap__fill;

/* The names are those of QGIS's simple marker too; their outlines: smap__mark_outline. */
enum {
    SMAP__MARK_CIRCLE,
    SMAP__MARK_SQUARE,
    SMAP__MARK_TRIANGLE,
    SMAP__MARK_STAR,
    SMAP__MARK_CROSS, /* two strokes; no fill */
    SMAP__MARK_X,     /* two strokes; no fill */
    SMAP__MARK_DIAMOND,
    SMAP__MARK_PENTAGON,
    SMAP__MARK_HEXAGON,
    SMAP__MARK_PLUS, /* "cross_fill": an outlined plus */
    SMAP__MARKS
};

/* A symbol from a file: SVG that passed the gate (svg.h), with its colours put in. */
typedef struct smap__svg {
    const char *file; /* its path, for messages */
    const char *text; /* self-contained: nothing in it refers to anything outside */
    size_t len;
    double aspect; /* width by height */
} smap__svg;

typedef enum smap__symbolizer_kind {
    SMAP__SYM_POLYGON,
    SMAP__SYM_LINE,
    SMAP__SYM_POINT,
    SMAP__SYM_TEXT
} smap__symbolizer_kind;

/* A property or words of a label. */
typedef struct smap__label_part {
    const char *property; /* NULL: the words */
    int decimals;         /* of a number; -1: the property as it is */
    const char *text_en, *text_ar;
} smap__label_part;

/* A line of a label: its parts with a no-break space between; without one where a property is null. */
typedef struct smap__label_line {
    const smap__label_part *part;
    int parts;
} smap__label_line;

/* What a style says of the places of a label, as GeoServer and QGIS call it in SLD. */
typedef struct smap__label_placement {
    bool at_point;          /* PointPlacement: level, beside the middle of a line too */
    bool follows_line;      /* followLine: letters follow a bent line */
    double max_turn_deg;    /* maxAngleDelta: between neighbouring letters */
    bool offset_given;      /* PerpendicularOffset is: else the label stands above its line, below, or on it */
    double line_offset_px;  /* of a LinePlacement, above the line */
    double repeat_px;       /* repeat, or Gap of a LinePlacement that IsRepeated: from label to label; 0 = one */
    double displacement_px; /* maxDisplacement: the longest leader line; 0 = as the sheet has it */
    bool leader;            /* callout: may stand farther off, with a leader line */
    double wrap_px;         /* autoWrap: broken into lines of that width; 0 = as the sheet has it */
    double fit;             /* goodnessOfFit: least share of the text that lies inside its area, 0..1 */
    bool along_axis;        /* polygonAlign mbr: may be turned along the longest axis of its area */
} smap__label_placement;

typedef struct smap__symbolizer {
    smap__symbolizer_kind kind;
    smap__fill fill;
    smap__stroke stroke;
    double aside_px;      /* PerpendicularOffset of a LINE or of the outline of a POLYGON: the stroke runs so far to the
                           * left of a line, outside of an area */
    int mark;             /* POINT */
    const smap__svg *svg; /* POINT: drawn in place of the mark; NULL = the mark */
    double opacity;       /* POINT: of the symbol; in the colours of a mark it is already */
    double size_px;       /* POINT: of the mark, edge to edge, or the height of the symbol; TEXT: of the font */
    double rotation_deg;  /* clockwise */
    /* TEXT */
    const smap__label_line *label; /* lines; those that are null, empty or repeated are left out */
    int labels;
    const char *font_family; /* "" = the sheet's */
    bool bold, italic;
    smap__colour halo;
    double halo_px;                  /* radius; 0 = none */
    double offset_x_px, offset_y_px; /* of point placement, y up; also POINT */
    double anchor_x, anchor_y;       /* the point of the text or symbol that stands at the place, and about which it is
                                      * turned: 0,0 lower left .. 1,1 upper right */
    int priority;                    /* larger is placed first (VendorOption "priority") */
    smap__label_placement placement;
} smap__symbolizer;

typedef struct smap__filter smap__filter;

typedef struct smap__rule {
    const char *name;
    const char *title_en, *title_ar; /* "Destroyed | مدمر" in the file's Title; "" where there is none */
    double min_scale, max_scale;     /* scale denominators, min <= s < max; 0 and HUGE_VAL = no limit */
    const smap__filter *filter;      /* NULL = all */
    const smap__symbolizer *symbolizer;
    int symbolizers;
} smap__rule;

/* Colours for classes, in place of those that styles have. A class of a style is a rule of that name. */
typedef struct smap__palette_class {
    const char *name;
    bool kept;         /* the style's own colours stay: there is nothing to tell apart by colour */
    bool has_own;      /* else the main colour of the rule is looked for */
    smap__colour own;  /* what the styles of the group have */
    smap__colour fill; /* what stands in its place */
    bool has_edge;
    smap__colour edge; /* of marks and areas */
} smap__palette_class;

/* Classes that go together, and the styles that have them. */
typedef struct smap__palette_group {
    const char *const *style;
    int styles;
    const smap__palette_class *item;
    int items;
} smap__palette_group;

typedef struct smap__palette {
    const char *name;
    const smap__palette_group *group;
    int groups;
} smap__palette;

/* What a run says of how styles look. */
typedef struct smap__style_look {
    const smap__palette *palette; /* NULL: the styles' own colours */
    const char *icons;            /* a folder whose symbols take the place of those of their names; NULL: none */
} smap__style_look;

typedef struct smap__style {
    const char *name;
    const char *title_en, *title_ar;
    const smap__rule *rule;
    int rules;
    int paint[SMAP__RULES_MAX]; /* the rules in the order in which they are painted: paint[0] lies lowest */
    int recoloured;             /* rules that have their colour from a palette */
    const char *sld;            /* the file as it is, for layer_styles.styleSLD */
} smap__style;

/* Read `name`.sld from the context's style folder, or a path that ends in .sld. Symbols come from the folder of that
 * file, its symbols/, or the context's style folder's symbols/; one that is missing or may not be drawn is an error.
 * What lies outside the profile is logged as a warning with its line; a rule whose filter cannot be kept (ElseFilter,
 * functions, spatial operators) is left out, for drawing it over everything would be wrong. A file that is not SLD, has
 * a DTD or an entity of its own, is larger than 4 MB or nested too deep is an error. Free with smap__style_free. */
smap_status smap__style_read(smap_ctx *ctx, const char *name, const smap__style **out, smap_error *err);
/* The same with the symbols and in the colours of a look (NULL = the style's own): by the group of the palette that
 * names the style, else the one that knows the most of its rules. The colour of a class is replaced wherever the rule
 * of that name has it, in symbols from files too, and edges where the palette has one; a rule that does not have the
 * colour that the class has in our styles gives its own main colour for it. Of a style of which the palette knows some
 * classes, the others are warned of; a style that has none of its classes stays as it is. `sld` stays the file. */
smap_status smap__style_read_in(smap_ctx *ctx, const char *name, const smap__style_look *look, const smap__style **out,
                                smap_error *err);
/* The same for text in memory; `path` is its name in messages, and symbols come from the context's style folder. */
smap_status smap__style_parse(smap_ctx *ctx, const char *path, const char *text, size_t len, const smap__style **out,
                              smap_error *err);
void smap__style_free(const smap__style *style);

/* The rules of each row of a table: bit r of on[row] tells whether rule r holds. A property that the table lacks is
 * null. Logic has three values, as in SQL and QGIS: a comparison with null is unknown, NOT unknown is unknown, and a
 * rule holds where its filter is true. Compared are numbers by value (also text that is a number, against a literal
 * that is one: as QGIS does), dates and times by time, text by bytes. */
smap_status smap__style_match(const smap__style *style, const smap_table *table, uint64_t *on, smap_error *err);

/* Does a filter or a label of the style read that column? Is anything labelled? */
bool smap__style_reads(const smap__style *style, const char *column);
bool smap__style_has_labels(const smap__style *style);

/* The filter as a QGIS expression, appended to `out` (a smap__str). */
void smap__filter_put_expression(const smap__filter *filter, smap__str *out);

/* The name of a mark in SLD and QGIS, such as "circle". */
const char *smap__mark_name(int mark);

typedef struct smap__mark_point {
    double x, y; /* in half sizes: -1 .. 1, y down */
} smap__mark_point;

typedef struct smap__mark_outline {
    const smap__mark_point *point;
    int points;  /* 0 for the circle, which has radius 1 */
    bool closed; /* false: pairs of points are strokes of their own (cross, x) */
} smap__mark_outline;

/* The shape of a mark. */
smap__mark_outline smap__mark_shape(int mark);

#endif
