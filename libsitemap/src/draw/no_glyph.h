/* Characters that no font of the sheet has: each is set as a replacement that they do have, and the layout remembers
 * what it was, so that one odd name never stops a map and is told all the same. */
#ifndef SMAP_DRAW_NO_GLYPH_H
#define SMAP_DRAW_NO_GLYPH_H

#include <pango/pangocairo.h>

#include "sitemap/error.h"

/* Set `replacement` in the place of every character of the layout that has no glyph. SMAP_E_NOT_FOUND: the fonts have
 * none for the replacement either. */
smap_status smap__no_glyph_replace(PangoLayout *layout, const char *replacement, smap_error *err);
/* The first character that was replaced; 0 = none was. */
uint32_t smap__no_glyph_first(PangoLayout *layout);
/* The layout's text as it was before, with as many characters. */
const char *smap__no_glyph_text(PangoLayout *layout);

#endif
