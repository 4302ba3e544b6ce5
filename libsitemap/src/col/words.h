/* The different texts of a column and how often each stands there. */
#ifndef SMAP_COL_WORDS_H
#define SMAP_COL_WORDS_H

#include "col/dict.h"

typedef struct smap__words {
    smap__dict *dict; /* cells as people write them, in the order in which they come; empty ones are none */
    int32_t *of_row;  /* code in the dictionary; -1: empty */
    int64_t *times;   /* of each code */
} smap__words;

/* Does every text come behind the one before, shorter ones first, else by their letters? Numbered rows mostly do, and
 * no two of them are equal then. false for other columns than texts. */
bool smap__words_rise(const smap_column *column);
/* On failure there is nothing to release. */
smap_status smap__words_collect(const smap_column *column, smap__words *out, smap_error *err);
void smap__words_release(smap__words *words);

#endif
