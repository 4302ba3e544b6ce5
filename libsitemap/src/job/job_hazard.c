#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/path.h"
#include "hazard/sampling.h"
#include "io/source.h"
#include "job/hazard_evacuation.h"
#include "job/hazard_functions.h"
#include "job/hazard_run.h"
#include "job/result.h"

static void release_asset(smap__hazard_asset *asset) {
    smap__asset_release(&asset->base);
    smap__free(asset->area_m2);
    smap__free(asset->length_m);
    for (int h = 0; h < SMAP__HAZARDS_MAX; h++) {
        smap__exposure_free(asset->exposure[h]);
        smap__exposure_free(asset->depth[h]);
        smap__free(asset->extra[h].damage);
        smap__free(asset->extra[h].arrival_min);
        smap__free(asset->extra[h].warning);
        smap__free(asset->extra[h].passable);
    }
    smap__sampled_free(asset->sampled);
    smap__combined_free(asset->combined);
    smap__free(asset->coincidence);
}

static void release_hazard(smap__hazard *hazard) {
    smap_layer_free(hazard->polygons);
    smap__hazard_cells_close(hazard->cells);
    smap__free(hazard->klass);
    smap__free(hazard->value);
    smap_geometry_free(hazard->coverage);
    smap_geometry_free(hazard->not_analysed);
}

static void free_run(smap__hazard_run *run) {
    for (int i = 0; i < run->assets; i++) release_asset(&run->asset[i]);
    for (int i = 0; i < run->hazards; i++) release_hazard(&run->hazard[i]);
    smap_crs_free(run->crs);
    smap__by_areas_release(&run->by);
    smap_table_free(run->summary);
    smap_table_free(run->coincidence);
    smap__findings_release(&run->findings);
    smap__change_free(run->change);
    smap__inputs_release(&run->inputs);
    smap__arena_release(&run->arena);
    smap__free(run);
}

/* ---- options --------------------------------------------------------------------------------------------------------
 */

static smap_status check_numbers(smap__hazard_run *run, smap_error *err) {
    const smap_hazard_options *o = run->options;
    int64_t at_least = 1;
    if (o->at_least &&
        (!smap__parse_int(o->at_least, strlen(o->at_least), &at_least) || at_least < 1 || at_least > SMAP__CLASSES_MAX))
        return smap__fail(err, SMAP_E_ARGUMENT, "at-least",
                          "--at-least is the number of a class, from 1 to %d, not \"%s\"", SMAP__CLASSES_MAX,
                          o->at_least);
    run->at_least = (int)at_least;
    if (o->near_m &&
        (!smap__parse_real(o->near_m, strlen(o->near_m), &run->near_m) || !(run->near_m > 0) || run->near_m > 1e6))
        return smap__fail(err, SMAP_E_ARGUMENT, "near", "--near is a distance in metres, up to 1000000, not \"%s\"",
                          o->near_m);
    run->warning_delay_min = NAN;
    if (o->warning_delay && (!smap__parse_real(o->warning_delay, strlen(o->warning_delay), &run->warning_delay_min) ||
                             !(run->warning_delay_min >= 0 && run->warning_delay_min < 1e6)))
        return smap__fail(err, SMAP_E_ARGUMENT, "warning-delay", "--warning-delay is a number of minutes, not \"%s\"",
                          o->warning_delay);
    if (o->samples < 0 || o->samples > 100000)
        return smap__fail(err, SMAP_E_ARGUMENT, "samples", "--samples is a number up to 100000, not %d", o->samples);
    return SMAP_OK;
}

static bool is_one_of(const char *text, const char *a, const char *b) {
    return !text || strcmp(text, a) == 0 || strcmp(text, b) == 0;
}

static smap_status check_words(const smap_hazard_options *o, smap_error *err) {
    if (!is_one_of(o->cells, "fraction", "centre"))
        return smap__fail(err, SMAP_E_ARGUMENT, "cells", "--cells knows fraction and centre, not \"%s\"", o->cells);
    if (!is_one_of(o->points, "cell", "bilinear"))
        return smap__fail(err, SMAP_E_ARGUMENT, "points", "--points knows cell and bilinear, not \"%s\"", o->points);
    return SMAP_OK;
}

static bool reads_from(const smap__hazard_spec *spec, const char *output) {
    const char *const sources[] = { spec->source, spec->coverage, spec->velocity, spec->arrival_time };
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++)
        if (sources[i] && smap__source_is_in(sources[i], output)) return true;
    return false;
}

/* What would be passed over in silence is told. */
static smap_status check_idle(const smap__hazard_run *run, smap_error *err) {
    const smap_hazard_options *o = run->options;
    bool arrives = false;
    for (int i = 0; i < run->hazards; i++) arrives |= run->hazard[i].spec.arrival_time != NULL;
    if (o->warning_delay && !arrives)
        return smap__fail(err, SMAP_E_ARGUMENT, "warning-delay",
                          "--warning-delay needs a hazard that says when it arrives: --hazard "
                          "flood=depth.tif,unit=m,arrival_time=arrival.tif");
    if (o->dem && !o->evacuation)
        return smap__fail(err, SMAP_E_ARGUMENT, "dem", "--dem is for --evacuation, which is not asked for");
    if (o->seed && !o->samples)
        return smap__fail(err, SMAP_E_ARGUMENT, "seed", "--seed is for --samples, which is not asked for");
    return SMAP_OK;
}

/* What is read may not be replaced by the result: it would be gone. */
static smap_status check_output(const smap__hazard_run *run, smap_error *err) {
    const smap_hazard_options *o = run->options;
    if (!o->output) return SMAP_OK;
    bool is_input = smap__inputs_are_in(&run->inputs, o->output);
    for (int i = 0; i < run->hazards; i++) is_input |= reads_from(&run->hazard[i].spec, o->output);
    if (o->dem) is_input |= smap__source_is_in(o->dem, o->output);
    if (o->population) is_input |= smap__source_is_in(o->population, o->output);
    if (run->by.source) is_input |= smap__source_is_in(run->by.source, o->output);
    return smap__output_check(o->output, o->overwrite, is_input, err);
}

/* ---- commit ---------------------------------------------------------------------------------------------------------
 */

/* The hazards that were told, as "hazard": {NAME: "SRC,part=value"}. */
static void put_hazards(const smap__hazard_run *run, const char *workspace, smap__str *json) {
    const int told = run->options->hazards;
    smap_pair pair[SMAP__HAZARDS_MAX] = { { NULL, NULL } };
    smap__str text[SMAP__HAZARDS_MAX];
    for (int i = 0; i < told; i++) {
        text[i] = (smap__str)SMAP__STR_INIT;
        smap__hazard_spec_put(&run->hazard[i].spec, workspace, &text[i]);
        if (text[i].failed) json->failed = true;
        pair[i] = (smap_pair){ run->hazard[i].spec.name, text[i].failed ? "" : text[i].data };
    }
    smap__options_pairs(json, "hazard", pair, told);
    for (int i = 0; i < told; i++) smap__str_release(&text[i]);
}

static smap_status put_options(const smap__hazard_run *run, smap__str *json, smap_error *err) {
    const smap_hazard_options *o = run->options;
    const char *workspace = o->output ? o->output : run->inputs.workspace_path;
    smap__options_begin(json);
    put_hazards(run, workspace, json);
    smap__options_text(json, "at_least", o->at_least);
    smap__options_text(json, "near", o->near_m);
    smap__options_text(json, "cells", o->cells);
    smap__options_text(json, "points", o->points);
    smap__by_areas_record(o->by, &run->by, workspace, json);
    smap__options_text(json, "curve", o->curve);
    smap__options_source(json, "population", o->population, workspace);
    smap__options_source(json, "dem", o->dem, workspace);
    smap__options_text(json, "evacuation", o->evacuation ? "true" : NULL);
    smap__options_text(json, "passability", o->passability);
    smap__options_text(json, "warning_delay", o->warning_delay);
    if (o->samples) {
        char samples[16], seed[16];
        snprintf(samples, sizeof samples, "%d", o->samples);
        snprintf(seed, sizeof seed, "%d", o->seed);
        smap__options_text(json, "samples", samples);
        smap__options_text(json, "seed", seed);
    }
    smap__options_text(json, "crs", o->crs);
    smap__options_text(json, "working_crs", smap_crs_name(run->crs));
    return smap__options_end(json, err);
}

static smap_status put_findings(smap__hazard_run *run, smap_error *err) {
    smap_status status = smap__change_findings(run->change, "hazard", &run->findings, "hazard", err);
    for (int i = 0; i < run->assets && status == SMAP_OK; i++)
        status = smap__change_findings(
            run->change, "hazard", &run->asset[i].base.findings,
            smap__asset_is_grid(&run->asset[i].base) ? "population_grid" : run->asset[i].base.name, err);
    return status;
}

static smap_status commit(smap__hazard_run *run, smap_error *err) {
    const smap_hazard_options *o = run->options;
    smap__str json = SMAP__STR_INIT;
    int64_t rows = 0;
    for (int i = 0; i < run->assets; i++) rows += smap_table_rows(run->asset[i].base.layer->table);
    smap_status status = put_options(run, &json, err);
    if (status == SMAP_OK) status = smap__change_new(run->ctx, run->date_ms, &run->change, err);
    if (status == SMAP_OK) status = smap__hazard_put(run, err);
    if (status == SMAP_OK) status = smap__hazard_put_closures(run, err);
    if (status == SMAP_OK) status = smap__hazard_put_evacuation(run, err);
    if (status == SMAP_OK) status = put_findings(run, err);
    if (status == SMAP_OK) status = smap__style_records(run->ctx, run->change, o->common.lang, err);
    const smap__run record = { .command = "hazard",
                               .options_json = json.data,
                               .input = run->inputs.read,
                               .inputs = (int)run->inputs.reads,
                               .rows_in = rows,
                               .rows_out = rows,
                               .result = "assets laid over hazards" };
    if (status == SMAP_OK && !o->common.dry_run)
        status = o->output ? smap__workspace_create(run->ctx, o->output, o->overwrite, run->change, &record, err)
                           : smap__workspace_commit(run->inputs.workspace, run->change, &record, err);
    smap__str_release(&json);
    return status;
}

/* ---- the run --------------------------------------------------------------------------------------------------------
 */

/* Evacuation sites are rated by distances that --near may not have asked for. */
static smap_status reach_far_enough(smap__hazard_run *run, smap_error *err) {
    double reach_m = 0;
    smap_status status = smap__evacuation_reach(run, &reach_m, err);
    if (reach_m > run->near_m) run->near_m = reach_m;
    return status;
}

static smap_status check(smap__hazard_run *run, smap_error *err) {
    const smap_hazard_options *o = run->options;
    smap_status status = smap__common_check(run->ctx, o->size, sizeof *o, &o->common, NULL, err);
    if (status == SMAP_OK) status = check_numbers(run, err);
    if (status == SMAP_OK) status = check_words(o, err);
    if (status == SMAP_OK) status = reach_far_enough(run, err);
    if (status == SMAP_OK) status = smap__by_areas_parse(o->by, &run->by, err);
    if (status == SMAP_OK) status = smap__hazard_parse(run, err);
    if (status == SMAP_OK) status = check_idle(run, err);
    return status == SMAP_OK ? check_output(run, err) : status;
}

/* No hazard could be counted: most likely the class of another scale. */
static smap_status check_at_least(const smap__hazard_run *run, smap_error *err) {
    int most = 0;
    for (int i = 0; i < run->hazards; i++)
        if (run->hazard[i].scale->classes > most) most = run->hazard[i].scale->classes;
    if (run->at_least <= most) return SMAP_OK;
    return smap__fail(err, SMAP_E_ARGUMENT, "at-least",
                      "--at-least %d: no hazard here has so many classes; the highest class is %d", run->at_least,
                      most);
}

static smap_status do_run(smap__hazard_run *run, smap_error *err) {
    smap_status status = smap__workspace_open(run->ctx, run->inputs.workspace_path, &run->inputs.workspace, err);
    if (status == SMAP_OK) status = smap__workspace_date(run->inputs.workspace, &run->date_ms, err);
    if (status == SMAP_OK) status = smap__run_date(&run->options->common, run->date_ms, &run->date_ms, err);
    if (status == SMAP_OK) status = smap__hazard_read(run, err);
    if (status == SMAP_OK) status = check_at_least(run, err);
    if (status == SMAP_OK) status = smap__hazard_assets(run, err);
    if (status == SMAP_OK) status = smap__inputs_areas(&run->inputs, run->options->by, &run->by, err);
    if (status == SMAP_OK) status = smap__hazard_measure(run, err);
    if (status == SMAP_OK) status = smap__hazard_functions(run, err);
    if (status == SMAP_OK) status = smap__hazard_sample(run, err);
    if (status == SMAP_OK) status = smap__hazard_summary(run, err);
    if (status == SMAP_OK) status = smap__result_new(&run->result, err);
    if (status == SMAP_OK) status = commit(run, err);
    return status == SMAP_OK ? smap__hazard_report(run, err) : status;
}

smap_status smap_hazard(smap_ctx *ctx, const char *workspace, const smap_hazard_options *options, smap_result **out,
                        smap_error *err) {
    static const smap_hazard_options defaults = SMAP_HAZARD_OPTIONS_INIT;
    if (!options) options = &defaults;
    smap__hazard_run *run = smap__zalloc(1, sizeof *run);
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
