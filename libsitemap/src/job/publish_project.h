/* The QGIS project of a published file: which layers it shows, in which groups, related how, on which layouts. What is
 * a matter of taste stands in data/publish.json. */
#ifndef SMAP_JOB_PUBLISH_PROJECT_H
#define SMAP_JOB_PUBLISH_PROJECT_H

#include "job/map_sheet.h"
#include "job/publish_metadata.h"
#include "qgis/qgs.h"

typedef struct smap__publish_project {
    smap_ctx *ctx;
    smap__workspace *workspace;
    const smap__audience *audience;
    const smap_publish_options *options;
    const smap__publish_layers *layers;
    const smap__json *rules;          /* data/publish.json */
    smap__publish_metadata *metadata; /* of the layers */
    const char *lang;
    smap__arena arena;
    smap__qgs_layer *layer;
    size_t count, capacity;
    smap__qgs_relation *relation;
    size_t relations, relation_capacity;
    const smap__style *extra[64]; /* styles of layouts alone */
    int extras;
    smap__map_sheet *sheet;
    int sheets;
    smap__qgs_layout *layout; /* a sheet may be two: alone, and as an atlas */
    int layouts;
    const smap_crs *wgs84;
} smap__publish_project;

/* The text of the .qgs, free with smap__free. `file` is the name of the GeoPackage that it will lie in. */
smap_status smap__publish_project_write(smap__publish_project *project, const char *file, int64_t date_ms, char **qgs,
                                        smap_error *err);
void smap__publish_project_release(smap__publish_project *project);

/* ---- for the files of the project ---- */

/* {"en", "ar"} as the run's language shows it, in the arena; NULL: no memory. */
const char *smap__publish_label(smap__publish_project *project, const smap__json *label);
/* The layer of the project that shows one shape of a table in that style and with that condition; added, outside of the
 * tree, if there is none. `style` NULL: the layer's own. *index -1: the table is not published. */
smap_status smap__publish_shown_as(smap__publish_project *project, const char *table, unsigned shape, const char *style,
                                   const char *subset, int *index, smap_error *err);
/* Compose the sheets and lay them out. */
smap_status smap__publish_layouts(smap__publish_project *project, smap_error *err);
/* A condition in SQL on the rows that an entry of a sheet shows, in the arena; shapes that it leaves out are taken from
 * *shapes. */
smap_status smap__publish_where(smap__publish_project *project, const smap__json *where,
                                const smap__map_choices *choices, const char **out, unsigned *shapes, smap_error *err);

#endif
