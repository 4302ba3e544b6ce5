/* Inside of `import`: one run over several sources into several layers, kept until the commit. */
#ifndef SMAP_JOB_JOB_IMPORT_H
#define SMAP_JOB_JOB_IMPORT_H

#include "col/rows.h"
#include "intake/intake.h"
#include "io/source.h"
#include "job/common.h"
#include "job/result.h"

/* A model layer that the run fills: its rows as they will be. */
typedef struct smap__target {
    const smap__schema *schema;
    const smap_layer *content;
} smap__target;

typedef struct smap__importer {
    smap_ctx *ctx;
    const smap_import_options *options;
    smap__workspace *workspace;
    smap__change *change;
    smap_result *result;
    smap__mapping mapping;
    smap__arena arena;
    smap__target *target;
    size_t targets, target_capacity;
    smap__run_input *input;
    size_t inputs, input_capacity;
    smap__findings all; /* of every source, for the printed table */
    smap__rows rows;    /* the printed table of what came in */
    int64_t rows_in, rows_added, rows_updated, rows_rejected;
} smap__importer;

/* The target for a layer, read from the workspace on first use. */
smap_status smap__import_target(smap__importer *im, const char *layer, smap__target **out, smap_error *err);

/* Merge mapped rows into a target, keep the findings of this source, and note the counts. */
smap_status smap__import_merge(smap__importer *im, smap__target *target, const char *source, const char *source_layer,
                               const smap__intake *intake, smap__findings *findings, smap_error *err);

/* SMAP_E_FORMAT when no layer of the source is named as in a Copernicus EMS product. */
smap_status smap__import_cems_check(smap__source *source, smap_error *err);
/* One source layer of a Copernicus EMS product. */
smap_status smap__import_cems(smap__importer *im, smap__source *source, const char *layer, smap_error *err);
/* Once all of a product is in: rows that do not say their date take that of the image of their area. */
smap_status smap__import_cems_dates(smap__importer *im, smap_error *err);
/* Once all is in: what the layer damage says of bridges stands in the layer closure too. */
smap_status smap__import_bridges(smap__importer *im, smap_error *err);

#endif
