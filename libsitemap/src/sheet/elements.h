/* Inside of sheet: the page elements and the notes with their texts. */
#ifndef SMAP_SHEET_ELEMENTS_H
#define SMAP_SHEET_ELEMENTS_H

#include "sheet/sheet_text.h"

/* Read "element" and "notes" of the sheet file into sheet->element and ->note, with all templates filled. Then check
 * that every required text was given and every given text found its place. */
smap_status smap__elements_build(smap_ctx *ctx, smap__sheet *sheet, smap__sheet_spec *spec, smap__texts *texts,
                                 const smap__sheet_options *options, bool synthetic, smap_error *err);

/* The rectangle on a page that reads from the right: its mirror image. */
smap__rect_mm smap__mirror(const smap__sheet *sheet, smap__rect_mm at);

#endif
