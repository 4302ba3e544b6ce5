/* The jobs as the command line sees them, but all they do is say what they were called with: shows that every option of
 * the table reaches its job, and how results, rejected rows and errors are printed, without any file.
 *
 * A subject named "fail-ARGUMENT", "fail-IO" or "hang" does so; "reject-N" rejects N rows; "sample" has a table. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sitemap.h"

enum { MOST_NOTES = 64 };

struct smap_result {
    char *notes[MOST_NOTES];
    int count;
    int64_t rejected;
    const smap_table *table;
};

void smap_cleanup(void) {
    static const char said[] = "cleaned up\n";
    if (write(STDERR_FILENO, said, sizeof said - 1) < 0) _exit(1);
}

void smap_result_free(smap_result *result) {
    if (!result) return;
    for (int i = 0; i < result->count; i++) free(result->notes[i]);
    smap_table_free(result->table);
    free(result);
}

int smap_result_tables(const smap_result *result) {
    return result->table ? 1 : 0;
}

const char *smap_result_table_name(const smap_result *result, int index) {
    (void)result, (void)index;
    return "sample";
}

const char *smap_result_table_title(const smap_result *result, int index) {
    (void)result, (void)index;
    return "A sample of every type";
}

const smap_table *smap_result_table(const smap_result *result, int index) {
    (void)index;
    return result->table;
}

int smap_result_notes(const smap_result *result) {
    return result->count;
}

const char *smap_result_note(const smap_result *result, int index) {
    return result->notes[index];
}

int64_t smap_result_rejected(const smap_result *result) {
    return result->rejected;
}

/* ---- recording --------------------------------------------------------------------------------------------------- */

static void record(smap_result *result, const char *name, const char *value) {
    char text[512];
    if (!value || result->count == MOST_NOTES) return;
    snprintf(text, sizeof text, "%s=%s", name, value);
    result->notes[result->count++] = strdup(text);
}

static void record_flag(smap_result *result, const char *name, bool flag) {
    if (flag) record(result, name, "true");
}

static void record_number(smap_result *result, const char *name, int number) {
    char text[16];
    snprintf(text, sizeof text, "%d", number);
    if (number) record(result, name, text);
}

static void record_pairs(smap_result *result, const char *name, const smap_pair *pairs, int count) {
    char text[256];
    for (int i = 0; i < count; i++) {
        snprintf(text, sizeof text, "%s -> %s", pairs[i].key, pairs[i].value);
        record(result, name, text);
    }
}

static void record_common(smap_result *result, const smap_common *common) {
    record(result, "date", common->date);
    record(result, "audience", common->audience);
    record(result, "lang", common->lang);
    record_flag(result, "dry_run", common->dry_run);
}

static const char *const sample_texts[] = { "Derna", "\xD8\xAF\xD8\xB1\xD9\x86\xD8\xA9",
                                            "red\033[31m and \xE2\x80\xAE turned" };

static smap_status append_sample(smap_column_builder *b, smap_type type, int row) {
    if (type == SMAP_TEXT) return smap_column_append_text(b, sample_texts[row], strlen(sample_texts[row]), NULL);
    if (row == 2) return smap_column_append_null(b, NULL);
    if (type == SMAP_FLOAT64) return smap_column_append_real(b, row ? 602.7 : 21.34, NULL);
    return smap_column_append_int(b, type == SMAP_DATE ? 19618 : type == SMAP_TIMESTAMP ? 1694995200500 : row, NULL);
}

static smap_status add_column(const smap_column **columns, int *count, const char *name, smap_type type) {
    smap_column_builder *b = NULL;
    smap_status status = smap_column_builder_new(name, type, &b, NULL);
    for (int row = 0; !status && row < 3; row++) status = append_sample(b, type, row);
    if (!status) status = smap_column_builder_finish(b, &columns[*count], NULL);
    if (!status) (*count)++;
    smap_column_builder_free(b);
    return status;
}

static const smap_table *sample_table(void) {
    const smap_column *columns[6];
    const smap_table *table = NULL;
    int count = 0;
    if (!add_column(columns, &count, "place", SMAP_TEXT) && !add_column(columns, &count, "count", SMAP_INT64) &&
        !add_column(columns, &count, "area_ha", SMAP_FLOAT64) && !add_column(columns, &count, "date", SMAP_DATE) &&
        !add_column(columns, &count, "at", SMAP_TIMESTAMP) && !add_column(columns, &count, "seen", SMAP_BOOL))
        smap_table_new(columns, count, 3, &table, NULL);
    for (int i = 0; i < count; i++) smap_column_free(columns[i]);
    return table;
}

static smap_status fail(smap_error *err, smap_status status, const char *subject) {
    err->status = status;
    snprintf(err->subject, sizeof err->subject, "%s", subject);
    snprintf(err->message, sizeof err->message, "%s: it was asked to fail", subject);
    return status;
}

/* What the name of the subject asks for. */
static smap_status act(smap_result **out, const char *subject, smap_error *err) {
    if (strstr(subject, "fail-ARGUMENT")) return fail(err, SMAP_E_ARGUMENT, subject);
    if (strstr(subject, "fail-IO")) return fail(err, SMAP_E_IO, subject);
    for (int i = 0; i < 60 && strstr(subject, "hang"); i++) sleep(1);
    smap_result *result = calloc(1, sizeof *result);
    if (!result) return fail(err, SMAP_E_NOMEM, subject);
    const char *reject = strstr(subject, "reject-");
    if (reject) result->rejected = strtol(reject + 7, NULL, 10);
    if (strstr(subject, "sample")) result->table = sample_table();
    *out = result;
    return SMAP_OK;
}

/* ---- the jobs ---------------------------------------------------------------------------------------------------- */

smap_status smap_new(smap_ctx *ctx, const char *workspace, const smap_new_options *options, smap_result **out,
                     smap_error *err) {
    (void)ctx;
    smap_status status = act(out, workspace, err);
    if (status) return status;
    record(*out, "new", workspace);
    record_common(*out, &options->common);
    record_flag(*out, "overwrite", options->overwrite);
    return SMAP_OK;
}

smap_status smap_import(smap_ctx *ctx, const char *workspace, const char *const *sources, int count,
                        const smap_import_options *options, smap_result **out, smap_error *err) {
    (void)ctx;
    smap_status status = act(out, sources[0], err);
    if (status) return status;
    record(*out, "import", workspace);
    for (int i = 0; i < count; i++) record(*out, "source", sources[i]);
    record_common(*out, &options->common);
    record(*out, "as", options->as);
    record(*out, "to", options->to);
    record(*out, "layer", options->layer);
    record(*out, "crs", options->crs);
    record(*out, "encoding", options->encoding);
    record(*out, "where", options->where);
    record_pairs(*out, "map", options->map, options->maps);
    record_pairs(*out, "set", options->set, options->sets);
    record_flag(*out, "strict", options->strict);
    return SMAP_OK;
}

smap_status smap_info(smap_ctx *ctx, const char *source, const smap_info_options *options, smap_result **out,
                      smap_error *err) {
    char threads[16];
    smap_status status = act(out, source, err);
    if (status) return status;
    snprintf(threads, sizeof threads, "%d", smap_ctx_threads(ctx));
    record(*out, "info", source);
    record(*out, "threads", threads);
    record_common(*out, &options->common);
    record(*out, "layer", options->layer);
    return SMAP_OK;
}

smap_status smap_damage(smap_ctx *ctx, const char *workspace, const smap_damage_options *options, smap_result **out,
                        smap_error *err) {
    (void)ctx;
    smap_status status = act(out, workspace, err);
    if (status) return status;
    record(*out, "damage", workspace);
    record_common(*out, &options->common);
    record(*out, "by", options->by);
    record_pairs(*out, "layer", options->source, options->sources);
    record(*out, "output", options->output);
    record_flag(*out, "overwrite", options->overwrite);
    return SMAP_OK;
}

smap_status smap_hazard(smap_ctx *ctx, const char *workspace, const smap_hazard_options *options, smap_result **out,
                        smap_error *err) {
    (void)ctx;
    smap_status status = act(out, workspace, err);
    if (status) return status;
    record(*out, "hazard", workspace);
    record_common(*out, &options->common);
    record_pairs(*out, "of", options->hazard, options->hazards);
    record_pairs(*out, "layer", options->source, options->sources);
    record(*out, "by", options->by);
    record(*out, "at_least", options->at_least);
    record(*out, "near", options->near_m);
    record(*out, "cells", options->cells);
    record(*out, "points", options->points);
    record(*out, "curve", options->curve);
    record(*out, "passability", options->passability);
    record(*out, "warning_delay", options->warning_delay);
    record(*out, "population", options->population);
    record_flag(*out, "evacuation", options->evacuation);
    record(*out, "dem", options->dem);
    record_number(*out, "samples", options->samples);
    record_number(*out, "seed", options->seed);
    record(*out, "crs", options->crs);
    record(*out, "output", options->output);
    record_flag(*out, "overwrite", options->overwrite);
    return SMAP_OK;
}

static void record_list(smap_result *result, const char *name, const char *const *texts, int count) {
    for (int i = 0; i < count; i++) record(result, name, texts[i]);
}

smap_status smap_access(smap_ctx *ctx, const char *workspace, const smap_access_options *options, smap_result **out,
                        smap_error *err) {
    (void)ctx;
    smap_status status = act(out, workspace, err);
    if (status) return status;
    record(*out, "access", workspace);
    record_common(*out, &options->common);
    record_list(*out, "scenario", options->scenario, options->scenarios);
    record_list(*out, "service_type", options->service_type, options->service_types);
    record_pairs(*out, "layer", options->source, options->sources);
    record(*out, "unknown", options->unknown);
    record(*out, "mode", options->mode);
    record(*out, "limits", options->limits);
    record(*out, "nearest", options->nearest);
    record(*out, "max_walk", options->max_walk_m);
    record(*out, "join_ends", options->join_m);
    record_flag(*out, "crossings", options->crossings);
    record_flag(*out, "capacity", options->capacity);
    record_flag(*out, "routes", options->routes);
    record_flag(*out, "isochrones", options->isochrones);
    record(*out, "critical", options->critical);
    record(*out, "critical_of", options->critical_of);
    record(*out, "barrier", options->barrier);
    record(*out, "by", options->by);
    record(*out, "population", options->population);
    record(*out, "crs", options->crs);
    record(*out, "output", options->output);
    record_flag(*out, "overwrite", options->overwrite);
    return SMAP_OK;
}

smap_status smap_map(smap_ctx *ctx, const char *workspace, const smap_map_options *options, smap_result **out,
                     smap_error *err) {
    (void)ctx;
    smap_status status = act(out, workspace, err);
    if (status) return status;
    record(*out, "map", workspace);
    record_common(*out, &options->common);
    record(*out, "sheet", options->sheet);
    record(*out, "output", options->output);
    record(*out, "area", options->area);
    record(*out, "extent", options->extent);
    record(*out, "title", options->title);
    record_pairs(*out, "set", options->set, options->sets);
    record_pairs(*out, "layer", options->source, options->sources);
    record_flag(*out, "overwrite", options->overwrite);
    return SMAP_OK;
}

smap_status smap_publish(smap_ctx *ctx, const char *workspace, const smap_publish_options *options, smap_result **out,
                         smap_error *err) {
    (void)ctx;
    smap_status status = act(out, workspace, err);
    if (status) return status;
    record(*out, "publish", workspace);
    record_common(*out, &options->common);
    record(*out, "output", options->output);
    record_list(*out, "layer", options->layer, options->layers);
    record(*out, "format", options->format);
    record(*out, "area", options->area);
    record(*out, "extent", options->extent);
    record(*out, "title", options->title);
    record_pairs(*out, "set", options->set, options->sets);
    record_flag(*out, "overwrite", options->overwrite);
    return SMAP_OK;
}

smap_status smap_publish_retarget(smap_ctx *ctx, const char *path, const smap_common *common, smap_result **out,
                                  smap_error *err) {
    (void)ctx;
    smap_status status = act(out, path, err);
    if (status) return status;
    record(*out, "retarget", path);
    record_common(*out, common);
    return SMAP_OK;
}
