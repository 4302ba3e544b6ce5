/* Inside of sheet: a table on its way from the sheet file to the page, and what its parts share. Text and cells live in
 * the sheet's arena. */
#ifndef SMAP_SHEET_TABLE_MAKING_H
#define SMAP_SHEET_TABLE_MAKING_H

#include "sheet/sheet_text.h"

/* More than a page ever holds; what lies beyond is counted like what finds no room. */
enum { SMAP__TABLE_ROWS = 200, SMAP__TABLE_COLUMNS = 40 };

typedef struct smap__table_making {
    smap_ctx *ctx;
    const smap__sheet *sheet;
    smap__sheet_spec *spec;
    const smap__json *json, *look;
    const smap__sheet_options *options;
    const smap__sheet_table *given;
    int64_t *row; /* that are shown */
    int64_t rows;
    smap__table *table;
    smap__paragraph *note; /* room for those below the table */
    smap__table_cell *cell;
    bool marked; /* a figure of it is not told */
} smap__table_making;

typedef struct smap__table_label {
    const char *text[SMAP__LANGS];
} smap__table_label;

/* The column that a part of the file names. SMAP_E_FORMAT: the layer does not have it. */
smap_status smap__table_column(const smap__table_making *m, const smap__json *object, const smap_column **out,
                               smap_error *err);

/* Does the column that an entry of the file names exist, but not for the audience? */
bool smap__table_withholds(const smap__table_making *m, const smap__json *object);
/* The signs of what is not told of a column; NULL: all of it is told. */
const smap_column *smap__table_marks(const smap__table_making *m, const smap_column *column);
/* What stands for a figure that is not told; NULL: it is told. False when memory runs out. */
bool smap__table_find_mark(smap__table_making *m, const smap_column *marks, int64_t row, const char **out);

/* What a value is called: in the sheet's own lists, in its vocabulary, or as it is. */
smap_status smap__table_label_of(smap__table_making *m, const smap__json *column, const char *value,
                                 smap__table_label *out, smap_error *err);
/* The same text in both languages keeps its own direction among Arabic. */
bool smap__table_keep_label(smap__table_making *m, const char *en, const char *ar, smap__table_label *out);
/* A word of the sheet; the one that a key of `object` names. What is missing is noted in the spec. */
smap__table_label smap__table_word(smap__table_making *m, const char *word);
smap__table_label smap__table_word_at(smap__table_making *m, const smap__json *object, const char *key);
/* Put a text in the place of a {name} in both languages; false when memory runs out. */
bool smap__table_fill(smap__table_making *m, smap__table_label *text, const char *name, const smap__table_label *with);

/* One paragraph a language, once where both say the same: how many. The other: both on one line. */
int smap__table_put_label(const smap__table_making *m, const smap__table_label *text, const smap__text_style *style,
                          smap__paragraph *out);
bool smap__table_put_inline(smap__table_making *m, const smap__table_label *text, const smap__text_style *style,
                            smap__paragraph *out, int *count);

smap_status smap__table_new_cells(smap__table_making *m, int rows, int columns, smap_error *err);
smap__table_cell *smap__table_cell_at(smap__table_making *m, int row, int column);
/* Cells; false when memory runs out. */
bool smap__table_label_cell(smap__table_making *m, const smap__table_label *text, const smap__text_style *style,
                            smap__table_cell *out);
bool smap__table_inline_cell(smap__table_making *m, const smap__table_label *text, const smap__text_style *style,
                             smap__table_cell *out);
/* A figure in the style and with the decimals of a part of the file; NaN is the word for what is not known, `mark` (if
 * any) what stands for it. */
bool smap__table_figure(smap__table_making *m, const smap__json *value, double number, const char *mark,
                        smap__paragraph *out);

/* "columns": rows as they are, with their rest and total. "down", "across", "cells": rows turned into sums; `of` is
 * what the table was narrowed to. */
smap_status smap__table_build_list(smap__table_making *m, const smap__json *columns, smap_error *err);
smap_status smap__table_build_sums(smap__table_making *m, const smap__table_label *of, smap_error *err);

#endif
