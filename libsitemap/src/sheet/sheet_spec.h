/* Inside of sheet: what a sheet's file says, key by key. */
#ifndef SMAP_SHEET_SHEET_SPEC_H
#define SMAP_SHEET_SHEET_SPEC_H

#include "base/str.h"
#include "sheet/compose.h"
#include "sheet/page_layout.h"
#include "sheet/sheet_file.h"

typedef struct smap__sheet_spec {
    smap__arena *arena; /* the sheet's */
    const char *path;
    const char *model; /* what a wrong file is to be compared with */
    const smap__json *root, *words;
    smap__text_style *style;
    int styles;
    smap__page_layout layout;
    const char *part;                      /* of the file that is being read: the name of an element; NULL = no part */
    const char *missing, *wanted, *within; /* first key that is not there or of the wrong kind; what is expected */
    bool no_memory;
} smap__sheet_spec;

/* What the file lends must outlive the spec. */
smap_status smap__sheet_spec_init(smap__sheet_spec *spec, const smap__sheet_file *file, smap__arena *arena,
                                  smap_error *err);

/* Getters note the first key that is missing; smap__sheet_spec_check turns it into the error. Texts live in the arena.
 */
void smap__sheet_spec_note(smap__sheet_spec *spec, const char *key, const char *wanted);
const char *smap__sheet_spec_text(smap__sheet_spec *spec, const smap__json *object, const char *key);
double smap__sheet_spec_number(smap__sheet_spec *spec, const smap__json *object, const char *key);
smap__colour smap__sheet_spec_colour(smap__sheet_spec *spec, const smap__json *object, const char *key);
smap__rect_mm smap__sheet_spec_rect(smap__sheet_spec *spec, const smap__json *object, const char *key);
const smap__text_style *smap__sheet_spec_style(smap__sheet_spec *spec, const smap__json *object, const char *key);
/* An array of numbers into the arena; NULL with *count = 0 when it is missing. */
const double *smap__sheet_spec_numbers(smap__sheet_spec *spec, const smap__json *object, const char *key, int *count);
/* A fixed word or template in a language; the other language where it has none; NULL (noted) where it is unknown. */
const char *smap__sheet_spec_word(smap__sheet_spec *spec, const char *key, int lang);
smap_status smap__sheet_spec_check(const smap__sheet_spec *spec, smap_error *err);

/* The look of the parts drawn by rule. */
void smap__sheet_spec_read_look(smap__sheet_spec *spec, smap__sheet_look *look, const bool *lang);

/* The font list of the style folder, into the arena. */
smap_status smap__sheet_spec_read_fonts(smap_ctx *ctx, smap__arena *arena, smap__font_list *fonts, smap_error *err);

#endif
