/* Dictionary of a text column: every distinct value gets a code, in order of first appearance. */
#ifndef SMAP_COL_DICT_H
#define SMAP_COL_DICT_H

#include "base/str.h"
#include "sitemap/table.h"

typedef struct smap__dict smap__dict;

/* An empty dictionary that owns the texts it is given. */
smap_status smap__dict_new(smap__dict **out, smap_error *err);
void smap__dict_free(smap__dict *dict);
/* The code of a text, added if it is new; -1 when memory runs out. */
int32_t smap__dict_add(smap__dict *dict, const char *text, size_t len);
/* The code of a text, -1 if it is not there. */
int32_t smap__dict_find(const smap__dict *dict, const char *text, size_t len);
int32_t smap__dict_count(const smap__dict *dict);
const char *smap__dict_text(const smap__dict *dict, int32_t code); /* terminated */

/* The texts as a list in a sentence, without those of `but`: "a, b and 7 more"; at most twenty, long ones cut short. */
void smap__dict_list(const smap__dict *dict, const char *const *but, int buts, smap__str *out);

/* Codes of every row of a text column (-1 for null) into codes[count]. */
smap_status smap__dict_encode(smap__dict *dict, const smap_column *column, int32_t *codes, smap_error *err);

#endif
