/* Result layers that compare several things (hazards) have some columns once for each: data/model/NAME.json lists them
 * under "repeat", with {} in name and label for the thing and {unit} for its unit. Written out they are a schema as any
 * other. */
#ifndef SMAP_MODEL_SCHEMA_REPEAT_H
#define SMAP_MODEL_SCHEMA_REPEAT_H

#include "base/arena.h"
#include "model/schema.h"

typedef struct smap__repeat {
    const char *name; /* what stands for {} in the names of columns: small letters, digits, "_" */
    smap__label label;
    const char *unit; /* "" if it has none */
} smap__repeat;

/* The schema with its repeated columns written out, all of the first thing, then all of the second; in `arena`, and
 * `repeat` is borrowed from. Columns that `table` (may be NULL: all) does not have are left out. SMAP_E_ARGUMENT if a
 * name makes a column that is there already. */
smap_status smap__schema_repeat(smap__arena *arena, const smap__schema *schema, const smap__repeat *repeat, int count,
                                const smap_table *table, const smap__schema **out, smap_error *err);

/* The same for the things that a table as read has columns of: their names are their labels. The schema itself where it
 * repeats nothing. */
smap_status smap__schema_repeat_found(smap__arena *arena, const smap__schema *schema, const smap_table *table,
                                      const smap__schema **out, smap_error *err);

#endif
