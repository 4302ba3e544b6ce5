/* What a map could not say: the labels that found no room, as a table. */
#ifndef SMAP_JOB_MAP_LABELS_H
#define SMAP_JOB_MAP_LABELS_H

#include "draw/draw.h"
#include "job/map_layers.h"
#include "sheet/compose.h"

/* Rows of layer, key and text, most important first: `layers` are those of the sheet. The key is null where the
 * audience may not see it; of a key of several columns it is what may be seen. Nothing is added where all labels found
 * room. */
smap_status smap__map_labels_report(smap_ctx *ctx, const smap__map_layers *layers, const smap__sheet *sheet,
                                    const smap__draw_report *drawn, smap_result *result, smap_error *err);

#endif
