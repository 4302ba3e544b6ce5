/* What a figure is not, or why it is what it is, in both languages: sentences are codes of a vocabulary of
 * data/domains, with {name} where a value stands. */
#ifndef SMAP_MODEL_STATEMENT_H
#define SMAP_MODEL_STATEMENT_H

#include "base/str.h"
#include "col/rows.h"
#include "model/domain.h"

typedef struct smap__statement {
    const smap__domain *sentences;
    smap__str en, ar;
} smap__statement;

/* What stands for "{name}" in a sentence. */
typedef struct smap__statement_word {
    const char *name;
    smap__label value;
} smap__statement_word;

smap_status smap__statement_init(smap_ctx *ctx, const char *domain, smap__statement *statement, smap_error *err);
void smap__statement_release(smap__statement *statement);

/* The sentence of a code behind those that are there; a code that the vocabulary lacks stands for itself. */
void smap__statement_add(smap__statement *statement, const char *code, const smap__statement_word *words, int count);
/* Two cells, statement_en and statement_ar, null where there is nothing to say; the statement is empty then. */
void smap__statement_put(smap__statement *statement, smap__rows *rows);

#endif
