/* Inside of sheet: the page elements and the notes with their texts. */
#ifndef SMAP_SHEET_ELEMENTS_H
#define SMAP_SHEET_ELEMENTS_H

#include "sheet/sheet_text.h"

/* Read "element" and "notes" of the sheet file into sheet->element and ->note, with all templates filled. Then check
 * that every required text was given and every given text found its place. */
smap_status smap__elements_build(smap_ctx *ctx, smap__sheet *sheet, smap__sheet_spec *spec, smap__texts *texts,
                                 const smap__sheet_options *options, bool synthetic, smap_error *err);

/* Where an element of the file stands ("at"), on this paper and in this reading direction. */
smap__rect_mm smap__element_place(const smap__sheet *sheet, smap__sheet_spec *spec, const smap__json *json);

#endif
