/* Fonts: only the files that styles/fonts.json names, through a private fontconfig; the system's configuration, its
 * cache and its other fonts are never asked. */
#ifndef SMAP_DRAW_FONTS_H
#define SMAP_DRAW_FONTS_H

#include <pango/pangocairo.h>

#include "sheet/compose.h"

/* The context's font map of that list, made on first use and freed with the context; every list has its own.
 * SMAP_E_NOT_FOUND names the font file that is missing and the Debian package that has it; SMAP_E_IO one that cannot be
 * read. */
smap_status smap__fonts_get(smap_ctx *ctx, const smap__font_list *list, PangoFontMap **out, smap_error *err);

#endif
