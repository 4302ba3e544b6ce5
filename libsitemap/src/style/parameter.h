/* Values of single elements: numbers, sizes, colours, words, strokes. What is not in the profile is warned of with its
 * line, and the fallback stands. */
#ifndef SMAP_STYLE_PARAMETER_H
#define SMAP_STYLE_PARAMETER_H

#include "style/sld.h"

/* The largest size that a style may ask for: 280 mm, about the length of the page. */
#define SMAP__SLD_SIZE_MAX_PX 1000

/* The name of a CssParameter (SLD 1.0) or SvgParameter (SE 1.1); NULL for another element. */
const char *smap__sld_parameter_name(const smap__xml *node);

double smap__sld_limited(const smap__sld_reader *reader, const smap__xml *node, double low, double high,
                         double fallback);
/* 0 .. SMAP__SLD_SIZE_MAX_PX */
double smap__sld_size(const smap__sld_reader *reader, const smap__xml *node, double fallback);
/* The two numbers of an AnchorPoint or a Displacement. */
void smap__sld_pair(const smap__sld_reader *reader, const smap__xml *node, const char *x_name, const char *y_name,
                    double *x, double *y);

/* "#rrggbb" into r, g and b; false (and nothing changed) for anything else. */
bool smap__sld_parse_colour(const char *text, size_t len, smap__colour *out);
void smap__sld_colour(const smap__sld_reader *reader, const smap__xml *node, smap__colour *out);

typedef struct smap__sld_word {
    const char *word;
    int value;
} smap__sld_word;

/* The value of a word in a list that ends with a NULL; an unknown one is warned of and gives the first. */
int smap__sld_choice(const smap__sld_reader *reader, const smap__xml *node, const smap__sld_word *list);

/* What SE 1.1 takes for a stroke that says nothing: black, one pixel. */
#define SMAP__SLD_STROKE_INIT                                                                                          \
    { .on = true, .colour = { 0, 0, 0, 1 }, .width_px = 1 }
void smap__sld_stroke(const smap__sld_reader *reader, const smap__xml *node, smap__stroke *stroke);
/* The stroke of a line or of an area's outline, which may be a GraphicStroke. */
smap_status smap__sld_line_stroke(smap__sld_reader *reader, const smap__xml *node, smap__stroke *stroke,
                                  smap_error *err);

/* The fill of a mark or of text: a colour, `colour` where it names none. */
void smap__sld_plain_fill(const smap__sld_reader *reader, const smap__xml *node, smap__colour colour, smap__fill *fill);
/* The fill of an area: a colour, a hatch, or marks and symbols on a lattice. */
smap_status smap__sld_area_fill(smap__sld_reader *reader, const smap__xml *node, smap__fill *fill, smap_error *err);

/* A Graphic: a mark or a symbol from a file, into a symbolizer of points that was made ready by init. */
void smap__sld_graphic_init(smap__symbolizer *out);
smap_status smap__sld_graphic(smap__sld_reader *reader, const smap__xml *node, smap__symbolizer *out, smap_error *err);

#endif
