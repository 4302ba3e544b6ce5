/* What the import takes from data: the country to check positions against, and the words it understands. */
#ifndef SMAP_INTAKE_RULES_H
#define SMAP_INTAKE_RULES_H

#include "model/data_table.h"
#include "model/domain.h"
#include "sitemap/geometry.h"

typedef struct smap__rules {
    char country[64];                           /* its English name; "" when positions are not checked */
    smap_box box;                               /* degrees; only with a country */
    double spreadsheet_first, spreadsheet_last; /* day numbers that a date column may hold */
    const smap__domain *coordinates, *null_words, *yes_no, *months, *total_words;
    const smap__data_table *units; /* words behind numbers: SMAP__UNIT_... are its columns */
} smap__rules;

enum { SMAP__UNIT_OF, SMAP__UNIT_WORD, SMAP__UNIT_FACTOR, SMAP__UNIT_COLUMNS };

/* data/intake/rules.json and its vocabularies. `country` is a three-letter code, "any" for no check, or NULL for the
 * file's own choice; SMAP_E_NOT_FOUND lists the codes there are. */
smap_status smap__rules_load(smap_ctx *ctx, const char *country, smap__rules *out, smap_error *err);

#endif
