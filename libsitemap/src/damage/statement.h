/* What a figure is not, or why there is none, in both languages: the sentences are data/domains/damage_statement.csv.
 */
#ifndef SMAP_DAMAGE_STATEMENT_H
#define SMAP_DAMAGE_STATEMENT_H

#include "base/str.h"
#include "col/rows.h"
#include "damage/areas.h"
#include "model/domain.h"

typedef struct smap__statement {
    const smap__domain *sentences;
    smap__str en, ar;
} smap__statement;

smap_status smap__statement_init(smap_ctx *ctx, smap__statement *statement, smap_error *err);
void smap__statement_release(smap__statement *statement);

/* The sentence of a code behind those that are there; `percent` is what a "{percent}" in it stands for. */
void smap__statement_add(smap__statement *statement, const char *code, double percent);
/* Why there is no figure for an area without a row: never a zero. */
void smap__statement_add_silence(smap__statement *statement, smap__area_status status);
/* Two cells, statement_en and statement_ar, null where there is nothing to say; the statement is empty then. */
void smap__statement_put(smap__statement *statement, smap__rows *rows);

#endif
