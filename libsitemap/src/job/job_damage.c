#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/path.h"
#include "damage/damage.h"
#include "io/source.h"
#include "job/arabic_names.h"
#include "job/by_areas.h"
#include "job/common.h"
#include "job/damage_notes.h"
#include "job/damage_table.h"
#include "job/result.h"

typedef struct damage_run {
    smap_ctx *ctx;
    const smap_damage_options *options;
    smap__workspace *workspace;
    smap__damage_input input;
    smap__damage_result figures;
    smap__change *change;
    smap_result *result;
    smap__run_input read[4];
    int reads;
    smap__by_areas by;
} damage_run;

/* A layer of the workspace, or the source named in its place. */
static smap_status read_layer(damage_run *run, const char *name, const smap_layer **out, smap_error *err) {
    const char *source = smap__pair_find(run->options->source, run->options->sources, name);
    if (!source) return smap__workspace_read(run->workspace, name, out, err);
    const smap_layer *raw = NULL;
    smap_status status = smap_read(run->ctx, source, NULL, &raw, err);
    if (status == SMAP_OK) status = smap__workspace_adopt(run->ctx, name, raw, out, err);
    if (status == SMAP_OK) run->read[run->reads++] = (smap__run_input){ source, name, smap_table_rows((*out)->table) };
    smap_layer_free(raw);
    return status;
}

/* Areas of interest come with English names alone: those of places and administrative areas there serve. */
static smap_status name_in_arabic(damage_run *run, smap_error *err) {
    const smap_layer *known[2] = { NULL, NULL }, *named = NULL;
    smap_status status = smap__workspace_read(run->workspace, "place", &known[0], err);
    if (status == SMAP_OK) status = smap__workspace_read(run->workspace, "admin", &known[1], err);
    if (status == SMAP_OK) status = smap__arabic_names_fill(run->input.coverage, known, 2, &named, err);
    if (status == SMAP_OK) {
        smap_layer_free(run->input.coverage);
        run->input.coverage = named;
    }
    for (int i = 0; i < 2; i++) smap_layer_free(known[i]);
    return status;
}

static smap_status read_for_areas(void *user, const char *layer, const smap_layer **out, smap_error *err) {
    return read_layer(user, layer, out, err);
}

/* By the sources' own areas of interest where nothing else is asked for. */
static const char *asked_areas(const smap_damage_options *options) {
    return options->by && strcmp(options->by, "aoi") != 0 ? options->by : NULL;
}

static smap_status read_areas(damage_run *run, smap_error *err) {
    smap__by_areas *by = &run->by;
    smap_status status = smap__by_areas_read(run->ctx, asked_areas(run->options), by, read_for_areas, run, err);
    if (status != SMAP_OK || !by->layer) return status;
    if (by->source) run->read[run->reads++] = (smap__run_input){ by->source, "by", smap_table_rows(by->layer->table) };
    run->input.areas = by->layer;
    run->input.area_kind = by->kind;
    run->input.area_key = by->key;
    run->input.area_name_en = by->name_en;
    run->input.area_name_ar = by->name_ar;
    return SMAP_OK;
}

/* ---- the run ------------------------------------------------------------------------------------------------------
 */

static smap_status read_input(damage_run *run, smap_error *err) {
    smap_status status = read_layer(run, "damage", &run->input.damage, err);
    if (status == SMAP_OK) status = read_layer(run, "coverage", &run->input.coverage, err);
    if (status == SMAP_OK) status = name_in_arabic(run, err);
    if (status == SMAP_OK) status = read_layer(run, "hazard", &run->input.hazard, err);
    if (status == SMAP_OK) status = read_areas(run, err);
    if (status != SMAP_OK) return status;
    if (smap_table_rows(run->input.damage->table) == 0 && smap_table_rows(run->input.coverage->table) == 0)
        return smap__fail(err, SMAP_E_NOT_FOUND, "damage",
                          "the workspace holds no damage observations and no areas of interest; import some first, for "
                          "example: sitemap import --as cems FILE -w WORKSPACE");
    return SMAP_OK;
}

/* What is read may not be replaced by the result: it would be gone. */
static smap_status check_output(const damage_run *run, const char *workspace, smap_error *err) {
    const smap_damage_options *o = run->options;
    if (!o->output) return SMAP_OK;
    bool is_input = smap__path_same_file(o->output, workspace);
    for (int i = 0; i < o->sources; i++) is_input |= smap__source_is_in(o->source[i].value, o->output);
    if (run->by.source) is_input |= smap__source_is_in(run->by.source, o->output);
    return smap__output_check(o->output, o->overwrite, is_input, err);
}

static smap_status commit(damage_run *run, const char *workspace, int64_t date, smap_error *err) {
    const smap_damage_options *o = run->options;
    smap__str json = SMAP__STR_INIT;
    smap__options_begin(&json);
    smap__by_areas_record(o->by ? o->by : "aoi", &run->by, o->output ? o->output : workspace, &json);
    smap_status status = smap__options_end(&json, err);
    if (status == SMAP_OK) status = smap__change_new(run->ctx, date, &run->change, err);
    if (status == SMAP_OK)
        status = smap__put_styled(run->ctx, run->change, "damage_summary", run->figures.summary, o->common.lang, err);
    if (status == SMAP_OK && run->figures.extent)
        status = smap__put_styled(run->ctx, run->change, "damage_extent", run->figures.extent, o->common.lang, err);
    if (status == SMAP_OK) status = smap__style_records(run->ctx, run->change, o->common.lang, err);
    smap__run record = { .command = "damage",
                         .options_json = json.data,
                         .input = run->read,
                         .inputs = run->reads,
                         .rows_in = smap_table_rows(run->input.damage->table),
                         .rows_out = smap_table_rows(run->figures.summary->table),
                         .result = "damage observations counted" };
    if (status == SMAP_OK && !o->common.dry_run)
        status = o->output ? smap__workspace_create(run->ctx, o->output, o->overwrite, run->change, &record, err)
                           : smap__workspace_commit(run->workspace, run->change, &record, err);
    smap__str_release(&json);
    return status;
}

static smap_status report(damage_run *run, smap_error *err) {
    const smap_table *table = NULL;
    smap_status status = smap__damage_table(run->ctx, run->figures.summary, &table, err);
    if (status == SMAP_OK)
        status = smap__result_add_table(run->result, "damage", "Damage observations by area and use", table, err);
    if (status == SMAP_OK) status = smap__damage_notes(run->ctx, table, run->figures.extent, run->result, err);
    smap_table_free(table);
    if (status == SMAP_OK)
        status =
            smap__result_add_table(run->result, "damage_summary", "Damage summary", run->figures.summary->table, err);
    if (status == SMAP_OK && run->figures.extent)
        status =
            smap__result_add_table(run->result, "damage_extent", "Observed events", run->figures.extent->table, err);
    if (status == SMAP_OK)
        status =
            smap__result_note(run->result, err,
                              "An empty count means that nothing is known, not that there is no damage. \"Possibly "
                              "damaged\" is the source's doubt: it is never added to the other grades.");
    return status;
}

static void release(damage_run *run) {
    smap_layer_free(run->input.damage);
    smap_layer_free(run->input.coverage);
    smap_layer_free(run->input.hazard);
    smap__by_areas_release(&run->by);
    smap__damage_result_release(&run->figures);
    smap__change_free(run->change);
    smap__workspace_free(run->workspace);
}

smap_status smap_damage(smap_ctx *ctx, const char *workspace, const smap_damage_options *options, smap_result **out,
                        smap_error *err) {
    static const smap_damage_options defaults = SMAP_DAMAGE_OPTIONS_INIT;
    if (!options) options = &defaults;
    damage_run run = { .ctx = ctx, .options = options };
    int64_t date = 0;
    smap_status status = smap__common_check(ctx, options->size, sizeof *options, &options->common, NULL, err);
    if (status == SMAP_OK) status = smap__by_areas_parse(asked_areas(options), &run.by, err);
    if (status == SMAP_OK) status = check_output(&run, workspace, err);
    if (status == SMAP_OK) status = smap__workspace_open(ctx, workspace, &run.workspace, err);
    if (status == SMAP_OK) status = smap__workspace_date(run.workspace, &date, err);
    if (status == SMAP_OK) status = smap__run_date(&options->common, date, &date, err);
    if (status == SMAP_OK) status = read_input(&run, err);
    if (status == SMAP_OK) status = smap__damage_summarise(ctx, &run.input, &run.figures, err);
    if (status == SMAP_OK) status = smap__result_new(&run.result, err);
    if (status == SMAP_OK) status = commit(&run, workspace, date, err);
    if (status == SMAP_OK) status = report(&run, err);
    status = smap__result_end(run.result, status, out);
    release(&run);
    return status;
}
