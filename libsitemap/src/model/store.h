/* What the model module keeps with a context: everything read from data/model, domains, scales, standards
 * and curves. Each file
 * is read once, on first use. All access goes through smap__store_lock .. smap__store_unlock. */
#ifndef SMAP_MODEL_STORE_H
#define SMAP_MODEL_STORE_H

#include "base/arena.h"
#include "base/ctx.h"
#include "model/domain.h"
#include "model/json.h"
#include "model/scale.h"

struct smap__data_table;

typedef struct smap__standard_entry {
    const char *name;
    const struct smap__data_table *table;
} smap__standard_entry;

typedef struct smap__store {
    smap__arena arena; /* owns every text and array below */
    const smap__schema **schema;
    int schemas, version;
    const char *const *sensitivity; /* the classes that a layer or column can have */
    int sensitivities;
    bool indexed; /* data/model/index.json and all its layers are read */
    smap__domain **domain;
    size_t domains, domain_capacity;
    smap__scale **scale;
    size_t scales, scale_capacity;
    smap__standard_entry *standard;
    size_t standards, standard_capacity;
    struct smap__class_scale **class_scale;
    size_t class_scales, class_scale_capacity;
    struct smap__curve **curve;
    size_t curves, curve_capacity;
} smap__store;

/* The store of a context, locked; NULL when memory runs out (nothing is locked then). */
smap__store *smap__store_lock(smap_ctx *ctx);
void smap__store_unlock(smap_ctx *ctx);

/* DATA/FOLDER/NAME.EXTENSION, free with smap__free; NULL when memory runs out. */
char *smap__store_path(const smap_ctx *ctx, const char *folder, const char *name, const char *extension);

/* A text of a document copied into the store; "" for an absent one; NULL when memory runs out. */
const char *smap__store_text(smap__store *store, const smap__json *value);
/* {"en": ..., "ar": ...}; false when memory runs out. */
bool smap__store_label(smap__store *store, const smap__json *value, smap__label *out);
/* An array of texts; *out NULL and *count 0 for an absent one; false when memory runs out. */
bool smap__store_texts(smap__store *store, const smap__json *value, const char *const **out, int *count);

/* Is the name one that a file of ours can have: letters, digits, "_" (so that no name leads out of the folder)? */
bool smap__store_name_ok(const char *name);

#endif
