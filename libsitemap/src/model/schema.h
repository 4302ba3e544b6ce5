/* The schema of every layer, read from data/model/NAME.json: the one place that says which columns there are. */
#ifndef SMAP_MODEL_SCHEMA_H
#define SMAP_MODEL_SCHEMA_H

#include "sitemap/context.h"
#include "sitemap/table.h"

typedef struct smap__label {
    const char *en, *ar; /* "" where there is none */
} smap__label;

typedef struct smap__field {
    const char *name;
    smap_type type;
    const char *unit;   /* "m2", "people", "" */
    const char *domain; /* name of a domain in data/domains, "" if free */
    const char *description, *hxl;
    const char *sensitivity; /* "open", "internal", "identifier", "personal": see data/model/README.md */
    smap__label label;
    const char *const *alias; /* other names that field data use */
    int aliases;
    const char *refers; /* "site.site_id": rows of that layer that it names; "" = none */
    bool required, key;
    bool upper; /* a code in capital letters: "ly0101" is taken as "LY0101" */
    bool has_min, has_max;
    double min, max;
} smap__field;

enum { SMAP__SHAPE_NONE = 1, SMAP__SHAPE_POINT = 2, SMAP__SHAPE_LINE = 4, SMAP__SHAPE_POLYGON = 8 };

typedef struct smap__schema {
    const char *name;
    smap__label label;
    const char *description;
    const char *sensitivity;
    const char *kind; /* "model" or "result" */
    unsigned shapes;  /* SMAP__SHAPE_ bits that a row may have */
    const smap__field *field;
    int fields;
    const smap__field *repeat; /* of results: columns that there are once for each hazard, see model/schema_repeat.h */
    int repeats;
} smap__schema;

/* Read once, kept with the context. SMAP_E_NOT_FOUND lists the layers there are. */
smap_status smap__schema_get(smap_ctx *ctx, const char *layer, const smap__schema **out, smap_error *err);
/* All schemas in the order of data/model/index.json. */
smap_status smap__schema_all(smap_ctx *ctx, const smap__schema *const **out, int *count, smap_error *err);
const smap__field *smap__schema_field(const smap__schema *schema, const char *name); /* NULL if none */

/* How a column's name says that it is a field, best first; compared when folded. */
typedef enum smap__named {
    SMAP__NAMED_AS_FIELD,
    SMAP__NAMED_AS_LABEL,
    SMAP__NAMED_AS_ALIAS,
    SMAP__NAMED_NOT
} smap__named;
smap__named smap__field_named(const smap__field *field, const char *name, size_t len);

/* The version of the model (integer), stored in every workspace. */
smap_status smap__model_version(smap_ctx *ctx, int *out, smap_error *err);

#endif
