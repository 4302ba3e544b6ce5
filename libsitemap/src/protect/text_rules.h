/* Texts of a table without what protect/scrub.h takes out of them. */
#ifndef SMAP_PROTECT_TEXT_RULES_H
#define SMAP_PROTECT_TEXT_RULES_H

#include "model/schema.h"
#include "protect/scrub.h"

/* Keys that are a person's phone or the id of a form get another name, the same in every layer: "id-1", "id-2", ... */
typedef struct smap__pseudonyms smap__pseudonyms;
smap_status smap__pseudonyms_new(smap__pseudonyms **out, smap_error *err);
void smap__pseudonyms_free(smap__pseudonyms *pseudonyms);

/* Columns with a list of values are as they are; columns whose name ends in _id, and keys, are names of things; those
 * of the list `no_numbers` ("no_numbers" of a layer's rule) are sentences whose numbers may be counts that are not
 * told. How many cells were changed goes to *removed. */
smap_status smap__text_rules_apply(const smap__scrub *scrub, smap__pseudonyms *pseudonyms, const smap__schema *schema,
                                   const smap__json *no_numbers, const smap_table *table, const smap_table **out,
                                   int64_t *removed, smap_error *err);

#endif
