/* Pages of vectors: PDF (1.4, of any number of pages) and SVG (one page), the same plan that pictures are painted
 * from, without a pixel. Texts of a PDF are text in embedded fonts; those of an SVG are outlines, so that it looks the
 * same wherever the fonts are not. The same sheets give the same bytes. */
#ifndef SMAP_DRAW_VECTOR_PAGES_H
#define SMAP_DRAW_VECTOR_PAGES_H

#include "draw/draw.h"
#include "sheet/compose.h"

typedef enum smap__vector_kind { SMAP__VECTOR_PDF, SMAP__VECTOR_SVG } smap__vector_kind;

typedef struct smap__vector_pages smap__vector_pages;

/* The first sheet gives the file its size and texts; those of one area are left out of a file of `several`. `created`
 * is "2023-09-21T00:00:00Z", or NULL: the file then holds no date. */
smap_status smap__vector_pages_open(smap__vector_kind kind, const smap__sheet *first, bool several, const char *created,
                                    smap__sink sink, void *user, smap__vector_pages **out, smap_error *err);
/* Paint a sheet as the next page, on its own paper. `bookmark` names it in the outline of a PDF; NULL = not at all. */
smap_status smap__vector_pages_put(smap__vector_pages *pages, smap_ctx *ctx, const smap__sheet *sheet,
                                   const char *bookmark, smap__draw_report *report, smap_error *err);
smap_status smap__vector_pages_finish(smap__vector_pages *pages, smap_error *err);
void smap__vector_pages_free(smap__vector_pages *pages); /* NULL is fine */

#endif
