/* The one gate: every output reads its layers through here. A layer comes out with the rows, columns, positions and
 * texts that the audience may see, and what was done is counted. What has no rule is refused.
 *
 *     smap__gate_new(ctx, audience, &gate, err);
 *     for each name of smap__gate_wants(gate, i): smap__gate_learn(gate, layer, err);
 *     smap__gate_view(gate, schema, layer, &view, err);   any number of layers
 *     smap__gate_record(gate, &table, err);
 */
#ifndef SMAP_PROTECT_GATE_H
#define SMAP_PROTECT_GATE_H

#include "protect/audience.h"
#include "sitemap/geometry.h"

typedef struct smap__gate smap__gate;

smap_status smap__gate_new(smap_ctx *ctx, const smap__audience *audience, smap__gate **out, smap_error *err);
void smap__gate_free(smap__gate *gate);
const smap__audience *smap__gate_audience(const smap__gate *gate);
/* Of displaced positions; where it is not called the system gives one. It is written nowhere. */
void smap__gate_seed(smap__gate *gate, uint64_t seed);

/* The layers that others refer to, to be learnt in this order before anything is viewed; NULL after the last. */
const char *smap__gate_wants(const smap__gate *gate, int index);
smap_status smap__gate_learn(smap__gate *gate, const smap_layer *layer, smap_error *err);

/* What the audience may see of the layer. `schema` is the model's; NULL where it has none. One without a rule is
 * refused (SMAP_E_REFUSED); one that is withheld has no rows. Feature ids are left out, as gaps between them would tell
 * of what is not there. */
smap_status smap__gate_view(smap__gate *gate, const smap__schema *schema, const smap_layer *layer,
                            const smap_layer **out, smap_error *err);

/* Of the last view of the layer: for its columns in which counts are not told, a column of the same name with the sign
 * that stands for each ("<5", "*"), null where the cell is as it was. NULL where every count is told. */
const smap_table *smap__gate_marks(const smap__gate *gate, const char *layer);

/* What was done, one row a layer that was viewed and has rows, in order of names: "layer", "shown", "rows" (seen),
 * "rows_left_out", "columns_left_out", "texts_removed", "positions" ("", "middle of squares of 1000 m", ...),
 * "counts_hidden", "counts_hidden_too" (complementary). Counts as text: small ones as the audience may see them. */
smap_status smap__gate_record(const smap__gate *gate, const smap_table **out, smap_error *err);

/* Why rows were left out, one row a layer and rule: "layer", "because_of" (columns of the rule in data/audiences.json,
 * or a sentence), "rows" (null where one of the layer's numbers is small). */
smap_status smap__gate_reasons(const smap__gate *gate, const smap_table **out, smap_error *err);

#endif
