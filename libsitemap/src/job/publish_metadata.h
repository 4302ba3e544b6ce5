/* What a published file says of itself: titles, sources, licences, where the data are from, who may have it. */
#ifndef SMAP_JOB_PUBLISH_METADATA_H
#define SMAP_JOB_PUBLISH_METADATA_H

#include "job/publish_layers.h"
#include "model/json.h"
#include "qgis/metadata.h"

typedef struct smap__publish_metadata {
    smap_ctx *ctx;
    const smap__audience *audience;
    const smap_publish_options *options;
    const smap__publish_layers *layers;
    const smap__json *rules; /* data/publish.json */
    char date[16];           /* "2023-09-21" */
    smap__arena arena;
} smap__publish_metadata;

/* A text of both languages as the run's language shows it: "Sites | المواقع". In the arena; NULL: no memory. */
const char *smap__publish_words(smap__arena *arena, const char *lang, const char *en, const char *ar);
/* Of a layer; of the whole file where `layer` is NULL. Texts live in the arena. The history of a workspace is told to
 * an audience that may see the layer `provenance`, and to no other. */
smap_status smap__publish_describe(smap__publish_metadata *metadata, const smap__publish_layer *layer,
                                   smap__metadata *out, smap_error *err);
void smap__publish_metadata_release(smap__publish_metadata *metadata);

#endif
