#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/path.h"
#include "geo/layer_row.h"
#include "io/source.h"
#include "job/access_run.h"
#include "job/result.h"
#include "job/row_sources.h"

static void release_services(smap__access_services *s) {
    smap_layer_free(s->layer);
    smap_geometry_free(s->ground);
    smap_geometry_free(s->point);
    smap__free(s->type);
    smap__free(s->capacity);
}

static void free_run(smap__access_run *run) {
    smap__network_free(run->network);
    smap__asset_release(&run->road);
    smap__free(run->road_m);
    smap_layer_free(run->closure);
    smap_geometry_free(run->closure_ground);
    smap_geometry_free(run->barrier);
    release_services(&run->service);
    for (int i = 0; i < run->origin_layers; i++) {
        smap__asset_release(&run->origin[i].base);
        smap_geometry_free(run->origin[i].point);
    }
    smap_geometry_free(run->origin_ground);
    smap__free(run->people);
    smap__by_areas_release(&run->by);
    smap__access_tables_release(&run->tables);
    smap__access_told_release(&run->told);
    smap__findings_release(&run->findings);
    smap__findings_release(&run->service_findings);
    smap__findings_release(&run->closure_findings);
    smap__change_free(run->change);
    smap__inputs_release(&run->inputs);
    smap_crs_free(run->crs);
    smap_crs_free(run->wgs84);
    smap__arena_release(&run->arena);
    smap__free(run);
}

/* ---- options --------------------------------------------------------------------------------------------------------
 */

/* What is read may not be replaced by the result: it would be gone. */
static smap_status check_output(const smap__access_run *run, smap_error *err) {
    const smap_access_options *o = run->options;
    if (!o->output) return SMAP_OK;
    bool is_input = smap__inputs_are_in(&run->inputs, o->output);
    if (o->barrier) is_input |= smap__source_is_in(o->barrier, o->output);
    if (o->population) is_input |= smap__source_is_in(o->population, o->output);
    if (run->by.source) is_input |= smap__source_is_in(run->by.source, o->output);
    return smap__output_check(o->output, o->overwrite, is_input, err);
}

static smap_status check(smap__access_run *run, smap_error *err) {
    const smap_access_options *o = run->options;
    smap_status status = smap__common_check(run->ctx, o->size, sizeof *o, &o->common, NULL, err);
    if (status == SMAP_OK) status = smap__access_parse(run, err);
    if (status == SMAP_OK) status = smap__by_areas_parse(o->by, &run->by, err);
    return status == SMAP_OK ? check_output(run, err) : status;
}

/* "a,b" of a list of texts; nothing where there is none. */
static void put_list(smap__str *json, const char *key, const char *const *text, int count) {
    smap__str list = SMAP__STR_INIT;
    for (int i = 0; i < count; i++) smap__str_printf(&list, "%s%s", i ? "," : "", text[i]);
    if (list.failed) json->failed = true;
    smap__options_text(json, key, list.failed || count == 0 ? NULL : list.data);
    smap__str_release(&list);
}

static smap_status put_options(const smap__access_run *run, smap__str *json, smap_error *err) {
    const smap_access_options *o = run->options;
    const char *workspace = o->output ? o->output : run->inputs.workspace_path;
    smap__options_begin(json);
    put_list(json, "scenario", run->scenario, run->scenarios);
    smap__options_text(json, "unknown", o->unknown);
    smap__options_text(json, "mode", o->mode);
    smap__options_text(json, "limits", o->limits);
    put_list(json, "service_type", o->service_type, o->service_types);
    smap__options_text(json, "nearest", o->nearest);
    smap__options_text(json, "max_walk", o->max_walk_m);
    smap__options_text(json, "join_ends", o->join_m);
    smap__options_text(json, "crossings", o->crossings ? "true" : NULL);
    smap__options_text(json, "capacity", o->capacity ? "true" : NULL);
    smap__options_text(json, "routes", o->routes ? "true" : NULL);
    smap__options_text(json, "isochrones", o->isochrones ? "true" : NULL);
    smap__options_text(json, "critical", o->critical);
    smap__options_text(json, "critical_of", o->critical_of);
    smap__options_source(json, "barrier", o->barrier, workspace);
    smap__by_areas_record(o->by, &run->by, workspace, json);
    smap__options_source(json, "population", o->population, workspace);
    smap__options_text(json, "crs", o->crs);
    smap__options_text(json, "working_crs", smap_crs_name(run->crs));
    return smap__options_end(json, err);
}

/* ---- reading --------------------------------------------------------------------------------------------------------
 */

enum { SOURCE_LAYERS = 3 }; /* roads, services, closures */

/* Who the first `count` layers are from, made-up ones first. */
static smap_status join_sources(smap__access_run *run, const smap__str *one, const bool *made_up, size_t count,
                                smap__access_sources *out, smap_error *err) {
    smap__str text = SMAP__STR_INIT;
    for (int first = 1; first >= 0; first--)
        for (size_t i = 0; i < count; i++) {
            out->made_up |= made_up[i];
            bool new = made_up[i] == (bool)first &&one[i].len && !(text.len && strstr(text.data, one[i].data));
            if (new) smap__str_printf(&text, "%s%s", text.len ? "; " : "", one[i].data);
        }
    out->text = text.failed ? NULL : smap__arena_strdup(&run->arena, text.len ? text.data : "");
    smap__str_release(&text);
    return out->text ? SMAP_OK : smap__fail_memory(err);
}

/* Of rows that closures have a part in, and of those that they have none in; each layer is looked through once. */
static smap_status find_sources(smap__access_run *run, smap_error *err) {
    const smap_layer *const layers[SOURCE_LAYERS] = { run->road.layer, run->service.layer, run->closure };
    smap__str one[SOURCE_LAYERS] = { SMAP__STR_INIT, SMAP__STR_INIT, SMAP__STR_INIT };
    bool made_up[SOURCE_LAYERS];
    smap_status status = SMAP_OK;
    for (size_t i = 0; i < SOURCE_LAYERS && status == SMAP_OK; i++) {
        made_up[i] = smap__any_made_up(layers[i]);
        status = smap__put_sources(layers[i], &one[i], err);
    }
    for (size_t closures = 0; closures < 2 && status == SMAP_OK; closures++)
        status = join_sources(run, one, made_up, SOURCE_LAYERS - 1 + closures, &run->sources[closures], err);
    for (size_t i = 0; i < SOURCE_LAYERS; i++) smap__str_release(&one[i]);
    return status;
}

static smap_status read_all(smap__access_run *run, smap_error *err) {
    const smap_common *common = &run->options->common;
    smap_status status = smap__workspace_open(run->ctx, run->inputs.workspace_path, &run->inputs.workspace, err);
    if (status == SMAP_OK) status = smap__workspace_date(run->inputs.workspace, &run->date_ms, err);
    if (status == SMAP_OK) status = smap__run_date(common, run->date_ms, &run->date_ms, err);
    if (status == SMAP_OK) status = smap__access_read(run, err);
    if (status == SMAP_OK) status = smap__access_services_read(run, err);
    if (status == SMAP_OK) status = smap__inputs_areas(&run->inputs, run->options->by, &run->by, err);
    if (status == SMAP_OK) status = smap__access_origins_read(run, err);
    return status == SMAP_OK ? find_sources(run, err) : status;
}

/* ---- writing --------------------------------------------------------------------------------------------------------
 */

/* Every end that was moved is told: roads as people drew them are not changed in silence. */
static smap_status tell_joins(smap__access_run *run, smap_error *err) {
    const smap__mended *m = &run->network->mended;
    smap_status status = SMAP_OK;
    for (size_t i = 0; i < m->joins && status == SMAP_OK; i++) {
        const smap__join *j = &m->join[i];
        status = smap__findings_add(&run->road.findings, err, SMAP__INFO, "end_joined",
                                    smap__layer_fid(run->road.layer, j->feature), NULL, NULL,
                                    "an end that met nothing was joined to the road of FID %lld, %.2f m off",
                                    (long long)smap__layer_fid(run->road.layer, j->to), j->distance);
    }
    return status;
}

static smap_status put_findings(smap__access_run *run, smap_error *err) {
    const struct {
        const smap__findings *findings;
        const char *layer;
    } some[] = { { &run->findings, "road" },
                 { &run->road.findings, "road" },
                 { &run->network->road_findings, "road" },
                 { &run->network->closure_findings, "closure" },
                 { &run->closure_findings, "closure" },
                 { &run->service_findings, "service" } };
    smap_status status = SMAP_OK;
    for (size_t i = 0; i < sizeof some / sizeof *some && status == SMAP_OK; i++)
        status = smap__change_findings(run->change, "access", some[i].findings, some[i].layer, err);
    for (int i = 0; i < run->origin_layers && status == SMAP_OK; i++) {
        const smap__asset_layer *asset = &run->origin[i].base;
        status = smap__change_findings(run->change, "access", &asset->findings,
                                       smap__asset_is_grid(asset) ? "population_grid" : asset->name, err);
    }
    return status;
}

static smap_status commit(smap__access_run *run, smap_error *err) {
    const smap_access_options *o = run->options;
    smap__str json = SMAP__STR_INIT;
    int64_t rows = 0;
    smap_status status = put_options(run, &json, err);
    if (status == SMAP_OK) status = smap__change_new(run->ctx, run->date_ms, &run->change, err);
    if (status == SMAP_OK)
        status = smap__access_tables_put(run->ctx, &run->tables, run->change, o->common.lang, &rows, err);
    if (status == SMAP_OK) status = put_findings(run, err);
    if (status == SMAP_OK) status = smap__style_records(run->ctx, run->change, o->common.lang, err);
    const smap__run record = { .command = "access",
                               .options_json = json.data,
                               .input = run->inputs.read,
                               .inputs = (int)run->inputs.reads,
                               .rows_in = run->origins,
                               .rows_out = rows,
                               .result = "ways from origins to services" };
    if (status == SMAP_OK && !o->common.dry_run)
        status = o->output ? smap__workspace_create(run->ctx, o->output, o->overwrite, run->change, &record, err)
                           : smap__workspace_commit(run->inputs.workspace, run->change, &record, err);
    smap__str_release(&json);
    return status;
}

/* Result layers with the rows of earlier runs; a run that asks for no type is about all, those that are gone too. */
static smap_status open_tables(smap__access_run *run, smap_error *err) {
    smap__workspace *kept = run->options->output ? NULL : run->inputs.workspace;
    const char *mode[SMAP__TRAVEL_MODES];
    smap__access_scope scope = { .scenario = { run->scenario, run->scenarios }, .mode = { mode, 0 } };
    for (int m = 0; m < SMAP__TRAVEL_MODES; m++)
        if (run->mode[m]) mode[scope.mode.count++] = smap__travel_mode_code((smap__travel_mode)m);
    if (run->options->service_types) scope.type = (smap__access_words){ run->service.code, run->service.types };
    return smap__access_tables_new(run->ctx, kept, &scope, run->wgs84, &run->tables, err);
}

static smap_status do_run(smap__access_run *run, smap_error *err) {
    smap_status status = read_all(run, err);
    if (status == SMAP_OK) status = open_tables(run, err);
    smap__access_told_init(&run->told, run->by.layer != NULL);
    if (status == SMAP_OK) status = tell_joins(run, err);
    if (status == SMAP_OK) status = smap__access_cases(run, err);
    if (status == SMAP_OK) status = smap__result_new(&run->result, err);
    if (status == SMAP_OK) status = commit(run, err);
    return status == SMAP_OK ? smap__access_report(run, err) : status;
}

smap_status smap_access(smap_ctx *ctx, const char *workspace, const smap_access_options *options, smap_result **out,
                        smap_error *err) {
    static const smap_access_options defaults = SMAP_ACCESS_OPTIONS_INIT;
    if (!options) options = &defaults;
    smap__access_run *run = smap__zalloc(1, sizeof *run);
    if (!run) return smap__fail_memory(err);
    run->ctx = ctx;
    run->options = options;
    run->inputs = (smap__run_inputs){ .ctx = ctx,
                                      .workspace_path = workspace,
                                      .crs = options->crs,
                                      .source = options->source,
                                      .sources = options->sources,
                                      .strict = options->strict,
                                      .findings = &run->findings };
    smap_status status = check(run, err);
    if (status == SMAP_OK) status = do_run(run, err);
    status = smap__result_end(run->result, status, out);
    free_run(run);
    return status;
}
