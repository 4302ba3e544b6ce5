/* What the file's layers hold and the model's rows do not: rows that cannot be read, columns that somebody added. To
 * read without them is said and goes on; a layer that has them is never written anew, because they would be lost. */
#ifndef SMAP_WORKSPACE_UNKEPT_H
#define SMAP_WORKSPACE_UNKEPT_H

#include "workspace/parts.h"

/* After reading a layer as it stands in the file: `findings` are those of the reading. */
smap_status smap__unkept_note(smap__workspace *workspace, const smap__schema *schema, const smap_layer *raw,
                              const smap__findings *findings, smap_error *err);
/* SMAP_E_SCHEMA when writing that layer would lose something. */
smap_status smap__unkept_check(const smap__workspace *workspace, const smap__schema *schema, smap_error *err);

#endif
