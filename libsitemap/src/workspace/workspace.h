/* The workspace: one GeoPackage whose layers have the names of the model. Any other vector dataset with layers of those
 * names can be read as one; only a GeoPackage can be changed. */
#ifndef SMAP_WORKSPACE_WORKSPACE_H
#define SMAP_WORKSPACE_WORKSPACE_H

#include "base/findings.h"
#include "io/source.h"
#include "model/schema.h"
#include "model/schema_repeat.h"
#include "protect/gate.h"
#include "sitemap/geometry.h"

typedef struct smap__workspace smap__workspace;

/* Open an existing workspace: vetted, model version checked (older: migrated at the next commit or refused with a
 * sentence; newer: refused). Nothing stays open between calls. */
smap_status smap__workspace_open(smap_ctx *ctx, const char *path, smap__workspace **out, smap_error *err);
void smap__workspace_free(smap__workspace *workspace);
bool smap__workspace_has(const smap__workspace *workspace, const char *layer);
/* The names of all layers and tables in the file, whether of the model or not. */
int smap__workspace_layers(const smap__workspace *workspace);
const char *smap__workspace_layer_at(const smap__workspace *workspace, int index);
/* Is that the older name of a layer of the model, in a file of an older version of it? */
bool smap__workspace_is_older(const smap__workspace *workspace, const char *name);
/* A model layer, with exactly the schema's columns (those the file lacks are all null) and positions in EPSG:4326. A
 * layer that is not there gives a layer of no rows. fid = the file's. Rows that cannot be read are left out, said in
 * the log. */
smap_status smap__workspace_read(smap__workspace *workspace, const char *layer, const smap_layer **out,
                                 smap_error *err);
/* Any layer as if it were that one of the model: its columns by name and type, its positions in EPSG:4326. */
smap_status smap__workspace_adopt(smap_ctx *ctx, const char *layer, const smap_layer *raw, const smap_layer **out,
                                  smap_error *err);
/* The gate of the audience, which has learnt of the workspace what it wants to know; it lives as long as the workspace
 * is asked for no other audience. A layer from elsewhere goes through it by smap__gate_view. */
smap_status smap__workspace_gate(smap__workspace *workspace, const smap__audience *audience, smap__gate **out,
                                 smap_error *err);
/* A layer of the workspace through an audience. */
smap_status smap__workspace_view(smap__workspace *workspace, const smap__audience *audience, const char *layer,
                                 const smap_layer **out, smap_error *err);

/* The signs of counts that the last view of the layer does not tell (smap__gate_marks), lent; NULL where there are
 * none.
 */
const smap_table *smap__workspace_marks(const smap__workspace *workspace, const char *layer);

/* What of a layer is needed. */
typedef struct smap__part {
    bool (*needs)(const void *user, const char *field); /* by its name in the model */
    const void *user;
    const smap__frame *frame; /* NULL: all rows */
} smap__part;

/* The same, where what is not needed may be left out: fields of that kind are all null, and of a large layer with an
 * index *in_frame tells that it has the rows of the frame alone. An audience that does not see all gets the whole: its
 * rules look at all rows. */
smap_status smap__workspace_view_part(smap__workspace *workspace, const smap__audience *audience, const char *layer,
                                      const smap__part *part, const smap_layer **out, bool *in_frame, smap_error *err);

/* ---- changes: all of a run's layers and its provenance row, in one commit ---- */

typedef struct smap__run_input {
    const char *path; /* as the user gave it */
    const char *layer;
    int64_t rows;
} smap__run_input;

typedef struct smap__run {
    const char *command;      /* "import" */
    const char *options_json; /* the options that shape the result, no secrets, no threads */
    const smap__run_input *input;
    int inputs;
    int64_t rows_in, rows_out, rows_rejected;
    const char *result; /* one sentence */
} smap__run;

typedef struct smap__change smap__change;

/* `date_ms` is what the file states as the time of the change. */
smap_status smap__change_new(smap_ctx *ctx, int64_t date_ms, smap__change **out, smap_error *err);
/* The same, once more is known: of an import, the newest date in what came in. */
void smap__change_set_date(smap__change *change, int64_t date_ms);
void smap__change_free(smap__change *change);
/* The whole new content of a layer of the model, replacing the old. Takes a reference. */
smap_status smap__change_put(smap__change *change, const char *layer, const smap_layer *content, smap_error *err);
/* The same for a layer with columns of its own for each of the things named: model/schema_repeat.h. *schema (may be
 * NULL) is what it is written by, and lives as long as the change. */
smap_status smap__change_put_repeated(smap__change *change, const char *layer, const smap__repeat *repeat, int count,
                                      const smap_layer *content, const smap__schema **schema, smap_error *err);
/* Default style of a layer, as QML and SLD text (copied); left out where the file will not have the layer. */
smap_status smap__change_style(smap__change *change, const char *layer, const char *name, const char *qml,
                               const char *sld, smap_error *err);
/* Findings of this run about a layer, which replace those of earlier runs with the same `key`: the command, a blank,
 * and what it read ("import sites.csv"). Values of columns that are not open are masked. */
smap_status smap__change_findings(smap__change *change, const char *key, const smap__findings *findings,
                                  const char *layer, smap_error *err);

/* Write it all: into the workspace, or as a new one at `path`. Inputs are hashed first. A layer that held rows or
 * columns which could not be read into the model is not written over (SMAP_E_SCHEMA). Layers that nobody has put are
 * not made; `change` NULL makes a workspace with its provenance alone. The content of each layer is given exactly the
 * schema's columns; one that the schema does not know is SMAP_E_SCHEMA. */
smap_status smap__workspace_commit(smap__workspace *workspace, smap__change *change, const smap__run *run,
                                   smap_error *err);
smap_status smap__workspace_create(smap_ctx *ctx, const char *path, bool overwrite, smap__change *change,
                                   const smap__run *run, smap_error *err);

#endif
