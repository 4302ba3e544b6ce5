/* A layer of the model into a GeoPackage, with all that its schema says of it. */
#ifndef SMAP_WORKSPACE_LAYER_OUT_H
#define SMAP_WORKSPACE_LAYER_OUT_H

#include "io/gpkg_write.h"
#include "model/schema.h"

/* The rows with their feature ids, the declared geometry type, titles and descriptions of columns, and the field
 * domains that they name. `content` may lack columns of the schema, as a view for an audience does; nothing is said of
 * these. */
smap_status smap__layer_out(smap_ctx *ctx, smap__gpkg *gpkg, const smap__schema *schema, const smap_layer *content,
                            smap_error *err);

#endif
