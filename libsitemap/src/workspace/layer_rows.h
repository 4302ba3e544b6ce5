/* Adding rows to a small layer of the model, value by value. */
#ifndef SMAP_WORKSPACE_LAYER_ROWS_H
#define SMAP_WORKSPACE_LAYER_ROWS_H

#include "model/schema.h"
#include "sitemap/geometry.h"

typedef struct smap__layer_rows smap__layer_rows;

smap_status smap__layer_rows_new(const smap__schema *schema, smap__layer_rows **out, smap_error *err);
void smap__layer_rows_free(smap__layer_rows *rows);
/* A row of a layer that has exactly the schema's columns. */
smap_status smap__layer_rows_copy(smap__layer_rows *rows, const smap_layer *from, int64_t row, smap_error *err);
/* Values of the row that is being made; a field not given is null. Text NULL or "" is null. */
smap_status smap__layer_rows_text(smap__layer_rows *rows, const char *field, const char *value, smap_error *err);
smap_status smap__layer_rows_int(smap__layer_rows *rows, const char *field, int64_t value, smap_error *err);
smap_status smap__layer_rows_end(smap__layer_rows *rows, smap_error *err);
smap_status smap__layer_rows_finish(smap__layer_rows *rows, const smap_layer **out, smap_error *err);

#endif
