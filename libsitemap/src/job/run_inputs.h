/* What a run reads: layers of the workspace, files named in their place, other files; each noted for its record. */
#ifndef SMAP_JOB_RUN_INPUTS_H
#define SMAP_JOB_RUN_INPUTS_H

#include "base/arena.h"
#include "base/findings.h"
#include "job/by_areas.h"
#include "sitemap/job.h"
#include "workspace/workspace.h"

typedef struct smap__run_inputs {
    smap_ctx *ctx;
    const char *workspace_path;
    smap__workspace *workspace; /* of its own, once it is open */
    const char *crs;            /* of files that state none; NULL = not told */
    const smap_pair *source;    /* layer -> file to read in its place */
    int sources;
    bool strict;              /* a row that is rejected is an error */
    smap__findings *findings; /* of the files; borrowed */
    smap__run_input *read;    /* files read in place of the workspace's layers, and beside them */
    size_t reads, read_capacity;
} smap__run_inputs;

void smap__inputs_release(smap__run_inputs *inputs);

/* A file of the user's, as it is; noted as an input of the run under the name `role`. */
smap_status smap__inputs_source(smap__run_inputs *inputs, const char *source, const char *role, const smap_layer **out,
                                smap_error *err);
smap_status smap__inputs_note(smap__run_inputs *inputs, const char *source, const char *role, int64_t rows,
                              smap_error *err);
/* The file named in place of a layer; NULL = none. */
const char *smap__inputs_named(const smap__run_inputs *inputs, const char *layer);
/* A layer of the workspace, or the file named in its place: columns of the model, of a file found and read as import
 * does, no row rejected; positions as they are. */
smap_status smap__inputs_layer(smap__run_inputs *inputs, const char *name, const smap_layer **out, smap_error *err);
/* The areas of --by, taken apart before (job/by_areas.h); a file that it names is noted as an input "by". */
smap_status smap__inputs_areas(smap__run_inputs *inputs, const char *by, smap__by_areas *areas, smap_error *err);
/* A path that is relative to the workspace, in the arena; NULL when memory runs out. */
const char *smap__inputs_beside(const smap__run_inputs *inputs, smap__arena *arena, const char *path);
/* Is one of the files read in place of layers in that file, or the workspace that file itself? */
bool smap__inputs_are_in(const smap__run_inputs *inputs, const char *output);

#endif
