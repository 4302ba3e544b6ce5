/* What the files that read SLD share: a reader with its arena, and warnings with lines. */
#ifndef SMAP_STYLE_SLD_H
#define SMAP_STYLE_SLD_H

#include "base/arena.h"
#include "sitemap/context.h"
#include "style/style.h"
#include "style/xml.h"

typedef struct smap__sld_reader {
    smap_ctx *ctx;
    const char *path;
    const char *folder; /* of the file: its symbols lie there too; NULL where the style is no file */
    const char *icons;  /* where symbols are looked for first; NULL: nowhere */
    smap__arena *arena;
    const smap__palette *palette;      /* NULL: the style's own colours */
    const smap__palette_group *group;  /* of it, for this style */
    struct smap__recolouring *classed; /* of the rule that is being read; NULL: its colours stay */
    struct smap__svg_read *symbols;    /* those read so far */
} smap__sld_reader;

/* Log "PATH, line N: ...". */
void smap__sld_warn(const smap__sld_reader *reader, const smap__xml *node, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* The warning for an element that the profile does not have. */
void smap__sld_outside(const smap__sld_reader *reader, const smap__xml *node);

/* The number in an element (its text, or a Literal inside); a bad one is warned of and gives the fallback. */
double smap__sld_number(const smap__sld_reader *reader, const smap__xml *node, double fallback);
/* The text of an element, or of the Literal inside it. */
const char *smap__sld_text(const smap__sld_reader *reader, const smap__xml *node);

/* A rule that is a class of the palette: colours are put into it as they are read (smap__recolour), and afterwards what
 * can be told only of the whole. */
typedef struct smap__recolouring {
    const smap__palette_class *item;
    int replaced;
} smap__recolouring;
/* The group of the palette for a style; NULL where none has to do with it. */
const smap__palette_group *smap__palette_group_for(const smap__palette *palette, const smap__xml *user_style,
                                                   const char *name);
const smap__palette_class *smap__palette_class_of(const smap__palette_group *group, const char *rule);
/* Put the colour that stands in the place of one that was read; false, and nothing changed, where that is itself. */
bool smap__recolour(smap__recolouring *classed, smap__colour *colour);
/* What is left to do once the symbolizers of the rule were read; false where nothing of it has a colour of the palette.
 */
bool smap__recolour_rule(const smap__recolouring *classed, smap__symbolizer *list, int count);
/* Warn of the rules of which the palette knows nothing, in a style of which it knows some. */
void smap__palette_check(const smap__sld_reader *reader, const smap__style *style);

/* "English | العربية" into its halves; a text without a bar stands for both languages. */
smap_status smap__sld_split(smap__arena *arena, const char *title, const char **en, const char **ar, smap_error *err);

/* Is it a symbolizer of the profile? */
bool smap__sld_is_symbolizer(const smap__xml *node);
smap_status smap__sld_symbolizer(smap__sld_reader *reader, const smap__xml *node, smap__symbolizer *out,
                                 smap_error *err);
/* The lines of a Label. */
smap_status smap__sld_label(const smap__sld_reader *reader, const smap__xml *node, smap__symbolizer *out,
                            smap_error *err);

/* What stands where nothing is said of places. */
extern const smap__label_placement smap__sld_placement;
/* A LabelPlacement; a VendorOption of a TextSymbolizer. */
void smap__sld_label_placement(const smap__sld_reader *reader, const smap__xml *node, smap__symbolizer *out);
void smap__sld_label_option(const smap__sld_reader *reader, const smap__xml *node, smap__symbolizer *out);

#endif
