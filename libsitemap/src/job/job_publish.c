#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/path.h"
#include "col/rows.h"
#include "io/file_out.h"
#include "io/gpkg_write.h"
#include "job/disclosure_report.h"
#include "job/protection_record.h"
#include "job/publish_export.h"
#include "job/publish_parts.h"
#include "job/publish_project.h"
#include "job/result.h"
#include "qgis/qml.h"
#include "workspace/layer_out.h"

typedef struct publish_run {
    smap_ctx *ctx;
    const char *path; /* of the workspace */
    const smap_publish_options *options;
    const smap__audience *audience;
    smap__workspace *workspace;
    const char *format;
    smap__publish_layers layers;
    smap__json_doc *rules; /* data/publish.json */
    smap__publish_metadata metadata;
    int64_t date_ms;
    smap_result *result;
} publish_run;

/* ---- before anything is read ---- */

static smap_status check_output(publish_run *run, smap_error *err) {
    const smap_publish_options *o = run->options;
    if (!o->output) return smap__fail(err, SMAP_E_ARGUMENT, "output", "no output file was named; give -o OUT.gpkg");
    if (!o->common.audience)
        return smap__fail(err, SMAP_E_ARGUMENT, "audience",
                          "say who will see the file: --audience internal, humanitarian or public");
    if (smap__path_same_file(o->output, run->path))
        return smap__fail(err, SMAP_E_ARGUMENT, o->output,
                          "-o %s is the workspace itself, which is published from and never into; name another file",
                          o->output);
    smap_status status = smap__publish_format(o, &run->format, err);
    if (status != SMAP_OK) return status;
    return strcmp(run->format, "gpkg") == 0 ? smap__output_check(o->output, o->overwrite, false, err)
                                            : smap__file_out_check(o->output, o->overwrite, err);
}

static smap_status set_seed(const publish_run *run, smap_error *err) {
    const char *text = run->options->seed;
    smap__gate *gate = NULL;
    int64_t seed;
    if (!text) return SMAP_OK;
    if (!smap__parse_int(text, strlen(text), &seed))
        return smap__fail(err, SMAP_E_ARGUMENT, "seed", "--seed must be a whole number, not \"%s\"", text);
    smap_status status = smap__workspace_gate(run->workspace, run->audience, &gate, err);
    if (status == SMAP_OK) smap__gate_seed(gate, (uint64_t)seed);
    return status;
}

/* ---- what is told: before anything is final, so that a report that fails leaves no file ---- */

static smap_status report_layers(const publish_run *run, smap_error *err) {
    static const smap__rows_column columns[] = { { "layer", SMAP_TEXT },
                                                 { "rows", SMAP_INT64 },
                                                 { "columns", SMAP_INT64 } };
    const smap_table *table = NULL;
    smap__rows rows;
    smap__rows_init(&rows, columns, (int)(sizeof columns / sizeof *columns));
    for (int i = 0; i < run->layers.count; i++) {
        const smap__publish_layer *layer = &run->layers.item[i];
        smap__rows_text(&rows, layer->view->name);
        smap__rows_int(&rows, smap_table_rows(layer->view->table));
        smap__rows_int(&rows, smap_table_columns(layer->view->table));
    }
    smap_status status = smap__rows_finish(&rows, &table, err);
    if (status == SMAP_OK) status = smap__result_add_table(run->result, "published", "Published", table, err);
    smap_table_free(table);
    return status;
}

static smap_status report(publish_run *run, smap_error *err) {
    const char *output = run->options->output;
    smap_status status = SMAP_OK;
    if (run->options->common.dry_run)
        status = smap__result_note(run->result, err, "dry run: %s was not written", output);
    else if (status == SMAP_OK)
        status = smap__result_note(run->result, err, "%s: %d layer%s for the audience %s", output, run->layers.count,
                                   smap__plural(run->layers.count), run->options->common.audience);
    if (status == SMAP_OK && run->layers.kept_back.len)
        status =
            smap__result_note(run->result, err, "not for this audience, and left out: %s", run->layers.kept_back.data);
    if (status == SMAP_OK && run->layers.foreign.len)
        status = smap__result_note(run->result, err, "tables that the model does not know, and left out: %s",
                                   run->layers.foreign.data);
    if (status == SMAP_OK) status = report_layers(run, err);
    if (status == SMAP_OK) status = smap__protection_report(run->workspace, run->audience, run->result, err);
    if (status == SMAP_OK && run->options->disclosure_report)
        status = smap__disclosure_report(run->ctx, &run->layers, run->options->quasi, run->result, err);
    return status;
}

/* ---- the GeoPackage ---- */

static smap_status put_style(const publish_run *run, smap__gpkg *gpkg, const smap__publish_layer *layer,
                             smap_error *err) {
    const char *lang = run->options->common.lang ? run->options->common.lang : "both";
    const smap__qml_options options = { .schema = layer->schema, .shape = layer->shapes, .lang = lang };
    char *qml = NULL;
    smap_status status = smap__qml_compile(run->ctx, layer->style, &options, &qml, err);
    if (status == SMAP_OK)
        status = smap__gpkg_put_style(gpkg, layer->view->name, layer->style ? layer->style->name : layer->view->name,
                                      "", qml, layer->style ? layer->style->sld : "", err);
    smap__free(qml);
    return status;
}

static smap_status put_protection(const publish_run *run, smap__gpkg *gpkg, smap_error *err) {
    smap__str json = SMAP__STR_INIT;
    smap_status status = smap__protection_json(run->workspace, run->audience, &json, err);
    if (status == SMAP_OK) status = smap__gpkg_put_meta(gpkg, "protection", json.data, err);
    smap__str_release(&json);
    return status;
}

/* Both forms about a layer, or about the whole file (NULL). */
static smap_status put_metadata(publish_run *run, smap__gpkg *gpkg, const smap__publish_layer *layer, smap_error *err) {
    const char *table = layer ? layer->view->name : NULL;
    smap__metadata metadata;
    char *iso = NULL, *qgis = NULL;
    smap_status status = smap__publish_describe(&run->metadata, layer, &metadata, err);
    if (status == SMAP_OK) status = smap__metadata_iso(&metadata, &iso, err);
    if (status == SMAP_OK) status = smap__metadata_qgis(&metadata, &qgis, err);
    if (status == SMAP_OK) status = smap__gpkg_put_metadata(gpkg, table, SMAP__ISO_URI, iso, err);
    if (status == SMAP_OK && layer) status = smap__gpkg_put_metadata(gpkg, table, SMAP__QGIS_URI, qgis, err);
    smap__free(iso);
    smap__free(qgis);
    return status;
}

static smap_status put_project(publish_run *run, smap__gpkg *gpkg, smap_error *err) {
    const char *file = smap__path_name(run->options->output);
    smap__publish_project project = { .ctx = run->ctx,
                                      .workspace = run->workspace,
                                      .audience = run->audience,
                                      .options = run->options,
                                      .layers = &run->layers,
                                      .rules = smap__json_root(run->rules),
                                      .metadata = &run->metadata };
    char *qgs = NULL;
    smap_status status = smap__publish_project_write(&project, file, run->date_ms, &qgs, err);
    if (status == SMAP_OK) status = smap__gpkg_put_project(gpkg, SMAP__PUBLISH_PROJECT, qgs, err);
    if (status == SMAP_OK) status = smap__gpkg_put_meta(gpkg, SMAP__PUBLISH_FILE_KEY, file, err);
    smap__free(qgs);
    smap__publish_project_release(&project);
    return status;
}

/* Takes `gpkg`. */
static smap_status fill(publish_run *run, smap__gpkg *gpkg, smap_error *err) {
    smap_status status;
    for (int i = 0; i < run->layers.count; i++) {
        const smap__publish_layer *layer = &run->layers.item[i];
        SMAP_TRY(smap__layer_out(run->ctx, gpkg, layer->schema, layer->view, err), fail);
    }
    for (int i = 0; i < run->layers.count; i++) SMAP_TRY(put_style(run, gpkg, &run->layers.item[i], err), fail);
    SMAP_TRY(put_metadata(run, gpkg, NULL, err), fail);
    for (int i = 0; i < run->layers.count; i++) SMAP_TRY(put_metadata(run, gpkg, &run->layers.item[i], err), fail);
    SMAP_TRY(put_protection(run, gpkg, err), fail);
    SMAP_TRY(put_project(run, gpkg, err), fail);
    SMAP_TRY(report(run, err), fail);
    return smap__gpkg_commit(gpkg, err);
fail:
    smap__gpkg_abandon(gpkg);
    return status;
}

static smap_status read_rules(publish_run *run, smap_error *err) {
    const char *folder = smap_ctx_data_dir(run->ctx);
    char *path = smap__path_join(folder ? folder : ".", "publish.json"), date[32];
    if (!path) return smap__fail_memory(err);
    smap_status status = smap__json_read(path, &run->rules, err);
    smap__free(path);
    run->metadata = (smap__publish_metadata){ .ctx = run->ctx,
                                              .audience = run->audience,
                                              .options = run->options,
                                              .layers = &run->layers,
                                              .rules = smap__json_root(run->rules) };
    smap__format_timestamp(run->date_ms, date);
    memcpy(run->metadata.date, date, 10);
    return status;
}

static smap_status write_gpkg(publish_run *run, smap_error *err) {
    const smap__gpkg_options how = { .overwrite = run->options->overwrite, .date_ms = run->date_ms };
    smap__gpkg *gpkg = NULL;
    smap_status status = smap__gpkg_create(run->ctx, run->options->output, &how, &gpkg, err);
    return status == SMAP_OK ? fill(run, gpkg, err) : status;
}

static smap_status write_out(publish_run *run, smap_error *err) {
    if (strcmp(run->format, "gpkg") == 0) return run->options->common.dry_run ? report(run, err) : write_gpkg(run, err);
    smap_status status = report(run, err);
    if (status != SMAP_OK) return status;
    return smap__publish_export(run->ctx, run->options, run->format, &run->layers, run->result, err);
}

static void release(publish_run *run) {
    smap__publish_metadata_release(&run->metadata);
    smap__json_free(run->rules);
    smap__publish_layers_release(&run->layers);
    smap__workspace_free(run->workspace);
}

smap_status smap_publish(smap_ctx *ctx, const char *workspace, const smap_publish_options *options, smap_result **out,
                         smap_error *err) {
    static const smap_publish_options defaults = SMAP_PUBLISH_OPTIONS_INIT;
    if (!options) options = &defaults;
    publish_run run = { .ctx = ctx, .path = workspace, .options = options };
    smap_status status = smap__common_check(ctx, options->size, sizeof *options, &options->common, &run.audience, err);
    if (status == SMAP_OK) status = check_output(&run, err);
    if (status == SMAP_OK) status = smap__workspace_open(ctx, workspace, &run.workspace, err);
    if (status == SMAP_OK) status = set_seed(&run, err);
    if (status == SMAP_OK)
        status = smap__publish_layers_read(ctx, run.workspace, run.audience, options, &run.layers, err);
    if (status == SMAP_OK)
        status = smap__run_date(&options->common, smap__publish_newest(&run.layers), &run.date_ms, err);
    if (status == SMAP_OK) status = smap__disclosure_check(&run.layers, options->quasi, err);
    if (status == SMAP_OK) status = read_rules(&run, err);
    if (status == SMAP_OK) status = smap__result_new(&run.result, err);
    if (status == SMAP_OK) status = write_out(&run, err);
    status = smap__result_end(run.result, status, out);
    release(&run);
    return status;
}
