/* Inside of sheet: templates such as "Scale {scale}" filled with the caller's texts and with what was computed. */
#ifndef SMAP_SHEET_SHEET_TEXT_H
#define SMAP_SHEET_SHEET_TEXT_H

#include "sheet/sheet_spec.h"

/* `text` with every `name` replaced by `value`, in the arena; NULL when memory runs out. */
const char *smap__text_replace(smap__arena *arena, const char *text, const char *name, const char *value);

/* Figures with signs ("22°36′") kept left to right inside right-to-left text (Unicode LRI, PDI). */
const char *smap__text_figures(smap__arena *arena, const char *figures);
/* A text whose direction is that of its own first letter, whatever surrounds it (Unicode FSI, PDI). */
const char *smap__text_isolated(smap__arena *arena, const char *text);
/* A number with `decimals` places as people read it: "1,234,567", "0.5". 40 characters hold any count. */
void smap__text_number(double value, int decimals, char *out, size_t size);
/* Does a text hold letters that run from right to left, or marks that make others do so? */
bool smap__text_has_rtl(const char *text);
/* Append a value that a sentence or a list takes up: it keeps its own direction (Unicode FSI, PDI) and cannot turn what
 * follows, whatever marks of direction it holds. */
void smap__text_put_isolated(smap__str *out, const char *value);
/* Are two texts the same, isolates aside? */
bool smap__text_same(const char *a, const char *b);

typedef struct smap__texts {
    smap__arena *arena;
    const smap__sheet_text *given; /* a key may come more than once: its line is repeated */
    int count;
    bool both;    /* both languages are shown */
    bool *placed; /* of each given text */
    smap__sheet_text computed[16];
    int computeds;
    bool failed;
} smap__texts;

void smap__texts_compute(smap__texts *texts, const char *key, const char *en, const char *ar);

/* The template in a language with its {keys} filled; the `repeat`-th text of a key that comes more than once. NULL
 * where a key has no text (the line is then left out). Values are isolated in right-to-left templates, and in
 * others those with letters that run from right to left: names and figures keep their own direction, and what stands
 * between them that of the sentence. */
const char *smap__texts_fill(smap__texts *texts, const char *template, int lang, int repeat);

#endif
