/* Vocabularies: data/domains/NAME.csv (code, label_en, label_ar, aliases, description, source, sure). */
#ifndef SMAP_MODEL_DOMAIN_H
#define SMAP_MODEL_DOMAIN_H

#include "model/schema.h"

typedef struct smap__code {
    const char *code;
    smap__label label;
    const char *description, *source;
} smap__code;

typedef struct smap__domain {
    const char *name;
    const smap__code *code;
    int codes;
    struct smap__names *names; /* folded code, labels and aliases -> code */
} smap__domain;

smap_status smap__domain_get(smap_ctx *ctx, const char *name, const smap__domain **out, smap_error *err);
/* The position of a code, found by code, label or alias (folded); -1 if none. */
int smap__domain_find(const smap__domain *domain, const char *text, size_t len);
/* The position of the code whose code or label is spelt most like the text, for "is it ...?"; -1 if nothing is near
 * (more than a quarter of the letters differ) or two are equally near. Never to be taken without asking. */
int smap__domain_nearest(const smap__domain *domain, const char *text, size_t len);
/* The position of an exact code; -1 if none. */
int smap__domain_code(const smap__domain *domain, const char *code, size_t len);

#endif
