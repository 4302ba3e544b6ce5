/* What the jobs share: the date of a run, its options as they go into provenance, the styles of the layers written. */
#ifndef SMAP_JOB_COMMON_H
#define SMAP_JOB_COMMON_H

#include "base/findings.h"
#include "base/str.h"
#include "io/source.h"
#include "sitemap/job.h"
#include "style/style.h"
#include "workspace/workspace.h"

/* Check size, audience and language of a job's options. `audience` NULL: a job that does not read through the gate of
 * protect, which is refused for all but those who see everything. */
smap_status smap__common_check(smap_ctx *ctx, size_t given, size_t wanted, const smap_common *common,
                               const smap__audience **audience, smap_error *err);

/* May a job's result go into the file `output` (NULL = into the workspace, which is always fine)? `is_read`: it is one
 * of those that the job reads, and would be gone. */
smap_status smap__output_check(const char *output, bool overwrite, bool is_read, smap_error *err);

/* What the run states as its date, in ms since 1970: --date (a date, a time stamp, or "today"), else SOURCE_DATE_EPOCH,
 * else `data_ms`, the newest date in the data. The clock is asked for "today" only. */
smap_status smap__run_date(const smap_common *common, int64_t data_ms, int64_t *out, smap_error *err);

/* The newest date that a layer's `date` column holds, in ms; `so_far` if none is newer. */
int64_t smap__newest_date(const smap_layer *layer, int64_t so_far);
/* The newest date that a run of the workspace has stated so far, in ms; 0 if none. */
smap_status smap__workspace_date(smap__workspace *workspace, int64_t *out, smap_error *err);

/* A file of the user's, in `crs` (NULL = not told) where it states none itself, with the columns of `choice` (NULL:
 * all). What the reader found is told as log lines, and added to `findings` (may be NULL). */
smap_status smap__read_source(smap_ctx *ctx, const char *source, const char *crs, const smap__column_choice *choice,
                              const smap_layer **out, smap__findings *findings, smap_error *err);

/* Options as a JSON object, in call order. NULL values are left out. Finish with smap__options_end. */
void smap__options_begin(smap__str *json);
void smap__options_text(smap__str *json, const char *key, const char *value);
void smap__options_pairs(smap__str *json, const char *key, const smap_pair *pairs, int count);
smap_status smap__options_end(smap__str *json, smap_error *err);
/* "FILE" or "FILE|layername=NAME" as the record of a run has it: relative to the folder of the workspace, so that
 * nothing is told of the machine. */
void smap__put_relative(smap__str *out, const char *source, const char *workspace);
void smap__options_source(smap__str *json, const char *key, const char *source, const char *workspace);

/* Put the new content of a layer into a change, with its default style NAME.sld as QML and SLD, and its fields' aliases
 * and value lists for QGIS. */
smap_status smap__put_styled(smap_ctx *ctx, smap__change *change, const char *name, const smap_layer *content,
                             const char *lang, smap_error *err);

/* The same for a layer with columns for each of several things: model/schema_repeat.h. */
smap_status smap__put_repeated(smap_ctx *ctx, smap__change *change, const char *name, const smap__repeat *repeat,
                               int count, const smap_layer *content, const char *lang, smap_error *err);

/* The default style of a layer, NAME.sld; *out NULL where there is none. */
smap_status smap__layer_style(smap_ctx *ctx, const char *name, const smap__style_look *look, const smap__style **out,
                              smap_error *err);

/* SMAP__SHAPE_ bits of what a layer's features are; SMAP__SHAPE_NONE for a table without geometry. */
unsigned smap__layer_shapes(const smap_layer *layer);
/* Those of a type of geometry; of a collection all that it may hold. */
unsigned smap__shapes_of(int type);

/* The same fields' aliases for what every run leaves: `provenance`, `finding`. */
smap_status smap__style_records(smap_ctx *ctx, smap__change *change, const char *lang, smap_error *err);

/* Is that the source of something made up? It begins with SYNTHETIC. */
bool smap__says_synthetic(const char *source, size_t len);

/* The value of `key` in pairs, or NULL. */
const char *smap__pair_find(const smap_pair *pairs, int count, const char *key);

#endif
