/* Is a font file whole? FreeType leaves out tables that are damaged or cut off and draws nothing, or something else, in
 * the place of letters. So the table of contents and the checksum of every table are looked at first (OpenType 1.9,
 * "Organization of an OpenType Font"). */
#ifndef SMAP_DRAW_FONT_FILE_H
#define SMAP_DRAW_FONT_FILE_H

#include "sitemap/error.h"

/* TrueType, OpenType and collections of them. SMAP_E_FORMAT: another kind of file, or a damaged one. */
smap_status smap__font_file_check(const char *path, smap_error *err);

#endif
