/* Making columns of the model's names from those of a Copernicus EMS product. Used by cems_map.c and cems_fields.c. */
#ifndef SMAP_INTAKE_CEMS_TRANSLATE_H
#define SMAP_INTAKE_CEMS_TRANSLATE_H

#include "base/str.h"
#include "intake/cems.h"
#include "model/domain.h"
#include "model/json.h"

enum { SMAP__CEMS_COLUMNS = 24, SMAP__CEMS_WORDS = 32 };

typedef struct smap__cems_translation {
    smap_ctx *ctx;
    const smap__cems_name *name;
    const smap_layer *source;
    const smap__schema *schema;
    const smap__mapping *mapping;
    smap__findings *findings;
    smap__json_doc *doc;                           /* data/intake/cems.json */
    const smap_column *column[SMAP__CEMS_COLUMNS]; /* made so far (owned) */
    int columns;
} smap__cems_translation;

/* What the mapping sets a field to; NULL if it does not. */
const char *smap__cems_set(const smap__cems_translation *t, const char *field);
/* The source's column of that name (folded); NULL if none. */
const smap_column *smap__cems_named(const smap__cems_translation *t, const char *name);
/* The `nth` of the source's columns that hold `what`, in the order of data/intake/cems.json; the one that the mapping
 * names for `field` comes first. */
const smap_column *smap__cems_column(const smap__cems_translation *t, const char *what, const char *field, int nth);

/* ---- adding columns; a field that is set, or that the layer has not, is passed over ---- */

/* What a cell becomes: text to append, or false for a null. */
typedef bool (*smap__cell_fn)(smap__cems_translation *t, void *user, int64_t row, smap__str *out);

smap_status smap__cems_add(smap__cems_translation *t, const char *field, smap__cell_fn cell, void *user,
                           smap_error *err);
smap_status smap__cems_add_constant(smap__cems_translation *t, const char *field, const char *text, smap_error *err);
/* The first column that holds `what`, as it stands. */
smap_status smap__cems_add_copy(smap__cems_translation *t, const char *field, const char *what, smap_error *err);
/* A smap__cell_fn; `user` is a const smap_column **. */
bool smap__cems_copied(smap__cems_translation *t, void *user, int64_t row, smap__str *out);
smap_status smap__cems_add_key(smap__cems_translation *t, const char *field, smap_error *err);
/* What every layer of a product says: source, activation, product, area, version, date. */
smap_status smap__cems_add_origin(smap__cems_translation *t, smap_error *err);

/* The fields of each layer. */
smap_status smap__cems_add_damage(smap__cems_translation *t, smap_error *err);
smap_status smap__cems_add_hazard(smap__cems_translation *t, smap_error *err);
smap_status smap__cems_add_closure(smap__cems_translation *t, smap_error *err);
smap_status smap__cems_add_coverage(smap__cems_translation *t, smap_error *err);

/* ---- words ---- */

/* A word that no vocabulary has is said once, with how often and where first. */
typedef struct smap__unknown_words {
    const char *code, *what;
    struct {
        char text[96];
        int64_t count, first;
        const char *column;
    } word[SMAP__CEMS_WORDS];
    int words;
} smap__unknown_words;

void smap__cems_count_unknown(smap__unknown_words *u, const smap_column *c, int64_t row, const smap__str *text);
smap_status smap__cems_report_unknown(const smap__cems_translation *t, const smap__unknown_words *u, smap_error *err);

/* The text of a cell in `out`; false for a null or blank one. */
bool smap__cems_text(const smap_column *c, int64_t row, smap__str *out);
/* "11-Residential Buildings" by the whole, without the number, by the number; NULL if none is known. */
const char *smap__cems_numbered(const smap__domain *domain, const smap__str *text);

#endif
