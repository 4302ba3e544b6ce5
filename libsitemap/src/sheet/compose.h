/* What draw and qgis read of a composed sheet: plain structures, filled by smap__sheet_compose and constant from then
 * on.
 *
 * Page lengths are mm of the layout from the top left of the page, y down: one is `unit_mm` mm on paper, so that a page
 * laid out for A4 is larger on A1 with all that is on it. Text sizes, symbols and strokes count the same way. Texts
 * that exist in two languages are pairs indexed by SMAP__EN and SMAP__AR; a member that the sheet's language does not
 * show is NULL. */
#ifndef SMAP_SHEET_COMPOSE_H
#define SMAP_SHEET_COMPOSE_H

#include "base/arena.h"
#include "sheet/sheet.h"

enum { SMAP__EN, SMAP__AR, SMAP__LANGS };

typedef struct smap__text_style {
    const char *name;
    double size_pt, min_pt; /* set at size_pt, and smaller down to min_pt where the room asks for it */
    bool bold, italic;
    bool one_line; /* shrinks by itself to stay on one line */
    smap__colour colour;
} smap__text_style;

typedef struct smap__paragraph {
    const char *text;
    bool rtl;
    const smap__text_style *style;
} smap__paragraph;

typedef enum smap__element_kind {
    SMAP__ELEMENT_BOX, /* rectangle and paragraphs */
    SMAP__ELEMENT_MAP, /* sheet->map, its ticks on the outside */
    SMAP__ELEMENT_LOCATOR,
    SMAP__ELEMENT_LEGEND, /* in columns, sheet->notes at the bottom of the last one unless an element has them */
    SMAP__ELEMENT_SCALE_BAR,
    SMAP__ELEMENT_NORTH,
    SMAP__ELEMENT_TABLE
} smap__element_kind;

/* `align` counts in the direction of each paragraph. */
enum { SMAP__ALIGN_START, SMAP__ALIGN_CENTRE, SMAP__ALIGN_END };

/* A figure as a bar, along the line of reading from its start; from its end for the left half of a pyramid. */
typedef struct smap__table_bar {
    double share;  /* of the track, 0..1; NAN = not known, only the track shows */
    double target; /* where a standard is marked on the track, 0..1; NAN = nowhere */
    bool over;     /* the figure is larger than the track: gaps near its end say so */
    bool from_end;
    double width_mm, height_mm; /* of the track; it grows with its column */
    smap__colour colour, track, target_colour;
} smap__table_bar;

typedef struct smap__table_cell {
    const smap__paragraph *paragraph;
    int paragraphs;
    const smap__table_bar *bar; /* in place of text; NULL = none */
    bool number; /* stands at the right on any page, so that digits stand under each other; never broken */
    bool strong; /* set off by a fill: the diagonal of a square table */
} smap__table_cell;

/* A table of texts; its first row is the heading. Columns in reading order: on a mirrored page the first one stands at
 * the right. */
typedef struct smap__table {
    const smap__paragraph *title, *note; /* above and below */
    int titles, notes;
    int rows, columns;
    const smap__table_cell *cell; /* [rows * columns] */
    int left_out; /* rows and columns beyond what any page holds; those that find no room are added to them */
    const char *more[SMAP__LANGS]; /* "and {n} more rows or columns" */
    const smap__text_style *more_style;
    double pad_x_mm, pad_y_mm, rule_mm;
    smap__colour head_fill, zebra_fill, strong_fill, rule_colour;
} smap__table;

/* A filled, outlined rectangle with what its kind has in it. */
typedef struct smap__element {
    smap__element_kind kind;
    smap__rect_mm at;
    bool filled;
    smap__colour fill;
    double stroke_mm; /* 0 = no outline */
    smap__colour stroke;
    double padding_mm, paragraph_gap_mm;
    int align;
    double valign; /* 0 top, 0.5 middle, 1 bottom */
    bool hug;      /* the rectangle shrinks to its text, at its start side */
    bool even;     /* English lines as high as Arabic ones, for columns side by side */
    bool over_map; /* labels keep off */
    int corner;    /* 1, 2, ...: a group that may move to another corner of the map, 0 = stays */
    int columns;   /* of a legend */
    int inset;     /* of SMAP__ELEMENT_LOCATOR: which one */
    double column_gap_mm;
    const smap__paragraph *paragraph;
    int paragraphs;
    const smap__table *table; /* of SMAP__ELEMENT_TABLE */
} smap__element;

enum { SMAP__PATH_POINT, SMAP__PATH_LINE, SMAP__PATH_SHELL, SMAP__PATH_HOLE };

/* Which symbolizers of a rule serve a feature: a rule may hold one for each kind of geometry. Points take marks; lines
 * take strokes; areas take fills and strokes. A rule that has only marks puts one on lines and areas too, at their
 * anchor. */
enum { SMAP__FORM_POINT, SMAP__FORM_LINE, SMAP__FORM_AREA };
bool smap__symbolizer_serves(const smap__rule *rule, const smap__symbolizer *symbolizer, int form);
static inline int smap__form_of_path(int kind) {
    return kind == SMAP__PATH_POINT ? SMAP__FORM_POINT : kind == SMAP__PATH_LINE ? SMAP__FORM_LINE : SMAP__FORM_AREA;
}

/* One layer inside a view, clipped generously, simplified to half a pixel. Only features that touch the view's frame.
 */
typedef struct smap__drawn {
    const smap__style *style;
    int layer; /* index into the options' array */
    int64_t features;
    const uint64_t *on;         /* rules that apply, scale limits included */
    const int64_t *row;         /* of the layer's table */
    const uint32_t *path_begin; /* features + 1 */
    const uint8_t *path_kind;
    const uint32_t *coord_begin;       /* paths + 1 */
    const double *x, *y;               /* mm on the page */
    const uint8_t *edge;               /* does an edge, line or point of it show, or only the inside of an area? */
    const double *anchor_x, *anchor_y; /* where a mark or label of an area or line stands */
} smap__drawn;

/* Size of the widest mark that a feature gets, 0 = none. */
double smap__drawn_mark_mm(const smap__drawn *drawn, int64_t feature);
/* Width of the widest stroke that a line or outline gets, 0 = none. */
double smap__drawn_stroke_mm(const smap__drawn *drawn, int64_t feature);

enum { SMAP__LABEL_POINT, SMAP__LABEL_AREA, SMAP__LABEL_LINE };

/* A label that would like to be on the map, most important first. */
typedef struct smap__map_label {
    const char *line[4]; /* as many as `lines` */
    int lines;
    const smap__symbolizer *symbolizer;
    int kind;
    double x, y;        /* anchor */
    double mark_mm;     /* size of the mark at the anchor, 0 = none */
    double stroke_mm;   /* of a line: how wide it is drawn */
    bool far;           /* of a base layer: may stand farther away */
    int drawn;          /* index into the view's layers */
    int64_t feature;    /* of that layer as drawn */
    int64_t row, order; /* of the layer's table; of collection, the last tie breaker */
} smap__map_label;

/* A map on the page: the main one, or an inset. */
typedef struct smap__view {
    smap__rect_mm at;
    const smap_crs *crs;
    smap_box box; /* the frame in `crs` */
    double mm_per_unit;
    double denominator;       /* 1:N, 0 where none is claimed */
    const smap__drawn *drawn; /* bottom first */
    int drawns;
    const smap__map_label *label;
    int64_t labels;
} smap__view;

/* A small map of where the main one lies; view.drawns == 0: there is none. */
typedef struct smap__inset {
    smap__view view;
    const double *x, *y; /* outline of the map's frame in it, mm on the page */
    int points;
} smap__inset;

enum { SMAP__SIDE_TOP, SMAP__SIDE_BOTTOM, SMAP__SIDE_LEFT, SMAP__SIDE_RIGHT };

typedef struct smap__graticule {
    const double *step_s; /* steps to choose from, arc seconds, ascending */
    int steps;
    int least_lon, least_lat;                /* wanted across and down, at least */
    const char *east, *west, *north, *south; /* templates with {deg} */
    unsigned sides;                          /* where ticks stand: bits 1 << SMAP__SIDE_ */
} smap__graticule;

typedef struct smap__tick {
    int side;
    double at_mm;     /* x for top and bottom, y for left and right */
    const char *text; /* "22°36′E" */
} smap__tick;

typedef struct smap__scale_bar {
    double metres; /* of one division, a round number */
    int divisions;
    double mm;            /* of one division on the page */
    const char *label[8]; /* divisions + 1 of them; the last one carries the unit */
    bool in_km;
    const char *km, *m; /* what the units are called */
    const char *ratio;  /* "1:25,000 at A4" */
} smap__scale_bar;

/* The entries of one layer: first .. first + entries - 1 of smap__sheet_legend. */
typedef struct smap__legend_group {
    const char *title[SMAP__LANGS];
    const char *remark[SMAP__LANGS]; /* "excerpt, not a total", "SYNTHETIC"; NULL = none */
    bool excerpt;
    bool heading; /* false: a lone entry that carries the layer's title itself */
    bool counted;
    int64_t least; /* smaller counts stand as `mark`; 0: all are told */
    const char *mark;
    int first, entries;
    const int *form; /* SMAP__FORM_ of the symbol of each entry: of the geometry it counts most of */
    /* Several layers with the same rules: a line for each layer, then one for each rule with the symbols of all layers
     * side by side. Entries in order of rules, for each rule in order of layers. 0 = one layer. */
    int shared;
    const int *shared_layer; /* index into the sheet's layers */
} smap__legend_group;

/* Sizes and words of the parts that are drawn by rule, straight from the sheet file. */
typedef struct smap__sheet_look {
    const smap__text_style *tick, *bar, *ratio, *north, *legend_heading, *group, *remark, *entry, *count, *note, *label;
    double tick_mm, tick_gap_mm, tick_stroke_mm;
    smap__colour tick_colour, cross_colour;
    double cross_mm; /* crosses where the graticule meets inside the map, 0 = none */
    double bar_mm, bar_stroke_mm;
    smap__colour bar_dark, bar_light;
    double swatch_w_mm, swatch_h_mm, swatch_gap_mm, row_gap_mm, group_gap_mm, count_w_mm, column_gap_mm;
    double area_swatch;          /* height of an area, of swatch_h */
    double shared_swatch;        /* width of a symbol where those of several layers stand side by side, of swatch_w */
    smap__colour neutral_colour; /* of the symbol of a layer there, which is of no class */
    double shrink[8];            /* factors tried on the texts of the legend column, descending */
    double notes_share;          /* of the column that notes may have where not all finds room */
    int shrinks;
    const char *legend_word[SMAP__LANGS], *count_word[SMAP__LANGS];
    const char *unplaced_word[SMAP__LANGS]; /* "Labels that found no room: {n}" */
    const char *more_word[SMAP__LANGS];     /* the same of legend entries */
    double extent_stroke_mm, extent_min_mm;
    smap__colour extent_colour;
    double label_gap_mm, label_margin_mm; /* between mark and label; around a label */
    double label_apart_mm;                /* between two labels on one level, beyond their margins */
    double label_wrap_mm;                 /* wider labels are broken into lines */
    double label_cover;                   /* largest share of a label's box that may lie on other marks */
    double label_ring_mm[8];              /* how much farther a label may stand that only gives orientation */
    int label_rings;
    double label_leader_mm[8]; /* ... and one with a leader line, whose style allows it ("callout") */
    int label_leaders;
    double leader_stroke_mm, leader_halo_mm; /* its width; how far its halo reaches beyond */
    int label_chars;                         /* a longer line is cut */
    double label_cell_mm;                    /* cell of the occupancy grid */
    smap__colour north_colour;
    double leading[SMAP__LANGS]; /* line height in text sizes: Latin, Arabic */
    double arabic_scale;         /* Arabic letters are cut smaller: their size against Latin ones */
    double north_arc_min_deg;    /* smaller convergence is not written */
} smap__sheet_look;

/* styles/fonts.json: the font files and where they may be. */
typedef struct smap__font_list {
    const char *package;       /* the Debian package that has them */
    const char *replacement;   /* one character: stands for those that no font has */
    const char *const *folder; /* tried in order */
    int folders;
    const char *const *file;
    int files;
} smap__font_list;

/* What a file says of itself to who does not look at the page: plain texts, without the marks of directions; NULL =
 * nothing. */
enum {
    SMAP__FILE_TITLE,
    SMAP__FILE_TITLE_ALL, /* of several pages, each of another area */
    SMAP__FILE_AUTHOR,
    SMAP__FILE_DESCRIPTION,
    SMAP__FILE_KEYWORDS,
    SMAP__FILE_SOURCE,
    SMAP__FILE_RIGHTS,
    SMAP__FILE_TEXTS
};

struct smap__sheet {
    smap__arena arena;
    const char *name;
    const char *file_text[SMAP__FILE_TEXTS];
    const char *paper; /* "A3" */
    double page_w_mm, page_h_mm;
    double unit_mm; /* one layout mm on paper */
    int dpi;
    double px_per_mm; /* pixels of a layout mm */
    smap__colour page_colour;
    const char *families;            /* comma separated, in order of preference */
    const char *family[SMAP__LANGS]; /* the one for texts of that language, where another program sets them */
    smap__font_list fonts;
    bool lang[SMAP__LANGS];
    bool mirrored;       /* a right-to-left page */
    double atlas_margin; /* room around a feature of an atlas, a part of it */
    smap__sheet_look look;
    const smap__element *element; /* in drawing order */
    int elements;
    smap__view map;
    smap__inset inset[SMAP__INSETS];
    const smap__sheet_base *base; /* below the map's layers; NULL = none */
    double convergence_deg;
    const char *convergence; /* "0.9°" */
    const smap__tick *tick;
    int ticks;
    double tick_step_deg;            /* 0 = no ticks */
    smap__graticule graticule;       /* what the step was chosen by */
    const double *cross_x, *cross_y; /* graticule crossings inside the frame, mm */
    int crosses;
    smap__scale_bar bar;
    const smap__legend_entry *entry;
    int entries;
    const smap__legend_group *group;
    int groups;
    const smap__sheet_layer *layer; /* as given, `layers` of them; without their rows once these were let go */
    int layers;
    const smap__paragraph *note;
    int notes;
};

#endif
