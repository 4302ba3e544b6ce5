/* Layers with exactly the columns of a schema. */
#ifndef SMAP_WORKSPACE_CONFORM_H
#define SMAP_WORKSPACE_CONFORM_H

#include "model/schema.h"
#include "sitemap/geometry.h"
#include "workspace/migration.h"

/* The schema's columns in its order: taken by name (the older name where `migration` says so), converted where the type
 * differs (what does not convert becomes null, said in the log), all null where there is none. Other columns are left
 * out. */
smap_status smap__conform(smap_ctx *ctx, const smap__schema *schema, const smap__migration *migration,
                          const smap_layer *layer, const smap_layer **out, smap_error *err);
/* A layer of no rows. */
smap_status smap__conform_empty(smap_ctx *ctx, const smap__schema *schema, const smap_layer **out, smap_error *err);
/* SMAP_E_SCHEMA if the layer has a column that the schema does not know. */
smap_status smap__conform_check(const smap__schema *schema, const smap_layer *layer, smap_error *err);

#endif
