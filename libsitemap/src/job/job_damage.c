#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/path.h"
#include "col/cell.h"
#include "damage/damage.h"
#include "geo/crs.h"
#include "io/file_out.h"
#include "io/source.h"
#include "job/area_columns.h"
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
    char *by_source;    /* --by without its key */
    const char *by_key; /* of "SOURCE,key=COLUMN", else NULL */
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

/* ---- --by ---------------------------------------------------------------------------------------------------------
 */

static smap_status read_admin(damage_run *run, const char *level_text, smap_error *err) {
    static const char *const kind[] = { "country", "admin1", "admin2", "admin3", "admin4" };
    int64_t level;
    if (!smap__parse_int(level_text, strlen(level_text), &level) || level < 0 || level > 4)
        return smap__fail(err, SMAP_E_ARGUMENT, "by", "--by admin:LEVEL takes a level from 0 to 4, not \"%s\"",
                          level_text);
    const smap_layer *admin = NULL;
    smap_status status = read_layer(run, "admin", &admin, err);
    if (status != SMAP_OK) return status;
    const smap_column *column = smap_table_find(admin->table, "level");
    int64_t n = smap_table_rows(admin->table), count = 0;
    int64_t *rows = smap__zalloc((size_t)n, sizeof *rows);
    if (!rows) {
        smap_layer_free(admin);
        return smap__fail_memory(err);
    }
    for (int64_t i = 0; column && i < n; i++)
        if (!smap_column_is_null(column, i) && column->v.i[i] == level) rows[count++] = i;
    if (count == 0)
        status =
            smap__fail(err, SMAP_E_NOT_FOUND, "admin",
                       "the layer admin has no areas of level %d; import them, or count by another level", (int)level);
    else
        status = smap_layer_take(admin, rows, count, &run->input.areas, err);
    run->input.area_kind = kind[level];
    run->input.area_key = "pcode";
    run->input.area_name_en = "name_en";
    run->input.area_name_ar = "name_ar";
    smap__free(rows);
    smap_layer_free(admin);
    return status;
}

static smap_status fail_no_key(const smap_table *table, const char *source, const char *key, smap_error *err) {
    smap__str names = SMAP__STR_INIT;
    for (int i = 0; i < smap_table_columns(table); i++)
        smap__str_printf(&names, "%s%s", i ? ", " : "", smap_table_at(table, i)->name);
    const char *list = names.len ? names.data : "no column at all";
    smap_status status =
        key ? smap__fail(err, SMAP_E_NOT_FOUND, key, "%s has no column \"%s\" to name its areas by; it has: %s", source,
                         key, list)
            : smap__fail(err, SMAP_E_ARGUMENT, source,
                         "%s has no column that is known to name its areas (such as pcode, id, name); say which with "
                         "--by '%s,key=COLUMN'; it has: %s",
                         source, source, list);
    smap__str_release(&names);
    return status;
}

/* Which columns of the user's polygons name them: the one told, else what the model knows. */
static smap_status name_areas(damage_run *run, const char *source, const char *key, smap_error *err) {
    smap__damage_input *in = &run->input;
    smap__area_columns columns;
    smap_status status = smap__area_columns_find(run->ctx, in->areas->table, &columns, err);
    if (status != SMAP_OK) return status;
    in->area_kind = "polygon";
    in->area_key = key ? key : columns.key;
    in->area_name_en = columns.name_en;
    in->area_name_ar = columns.name_ar;
    if (!in->area_key || !smap_table_find(in->areas->table, in->area_key))
        return fail_no_key(in->areas->table, source, key, err);
    return SMAP_OK;
}

static bool has_polygons(const smap_layer *layer) {
    for (int64_t i = 0; layer->geometry && i < smap_table_rows(layer->table); i++) {
        uint8_t type = layer->geometry->type[i];
        if (type == SMAP_GEOM_POLYGON || type == SMAP_GEOM_MULTIPOLYGON) return true;
    }
    return false;
}

/* A polygon source of the user's, in degrees. */
static smap_status read_polygons(damage_run *run, const char *source, const char *key, smap_error *err) {
    const smap_layer *layer = NULL;
    const smap_geometry *geometry = NULL;
    const smap_crs *crs = NULL;
    smap_status status = smap_read(run->ctx, source, NULL, &layer, err);
    if (status != SMAP_OK) return status;
    run->read[run->reads++] = (smap__run_input){ source, "by", smap_table_rows(layer->table) };
    if (!has_polygons(layer))
        status = smap__fail(err, SMAP_E_ARGUMENT, source, "%s has no polygons, which --by needs; name another", source);
    if (status == SMAP_OK) status = smap__crs_wgs84(run->ctx, &crs, err);
    if (status == SMAP_OK) status = smap_geometry_transform(run->ctx, layer->geometry, crs, &geometry, NULL, err);
    if (status == SMAP_OK)
        status = smap_layer_new(layer->name, layer->table, geometry, layer->fid, &run->input.areas, err);
    if (status == SMAP_OK) status = name_areas(run, source, key, err);
    smap_geometry_free(geometry);
    smap_crs_free(crs);
    smap_layer_free(layer);
    return status;
}

static smap_status read_areas(damage_run *run, smap_error *err) {
    const char *by = run->options->by;
    if (!by || strcmp(by, "aoi") == 0) return SMAP_OK;
    if (strncmp(by, "admin:", 6) == 0) return read_admin(run, by + 6, err);
    if (strcmp(by, "admin") == 0)
        return smap__fail(err, SMAP_E_ARGUMENT, "by", "--by admin needs a level, such as admin:2");
    return read_polygons(run, run->by_source, run->by_key, err);
}

static smap_status split_by(damage_run *run, smap_error *err) {
    static const char mark[] = ",key=";
    const char *by = run->options->by, *at = by ? strstr(by, mark) : NULL;
    if (!by) return SMAP_OK;
    run->by_source = at ? smap__strndup(by, (size_t)(at - by)) : smap__strdup(by);
    run->by_key = at ? at + sizeof mark - 1 : NULL;
    return run->by_source ? SMAP_OK : smap__fail_memory(err);
}

/* ---- the run ------------------------------------------------------------------------------------------------------
 */

static smap_status read_input(damage_run *run, smap_error *err) {
    smap_status status = read_layer(run, "damage", &run->input.damage, err);
    if (status == SMAP_OK) status = read_layer(run, "coverage", &run->input.coverage, err);
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
    if (!smap__path_has_extension(o->output, "gpkg"))
        return smap__fail(err, SMAP_E_ARGUMENT, o->output,
                          "%s: the result is a GeoPackage; give it a name that ends in .gpkg", o->output);
    bool is_input = smap__path_same_file(o->output, workspace);
    for (int i = 0; i < o->sources; i++) is_input |= smap__source_is_in(o->source[i].value, o->output);
    if (run->by_source) is_input |= smap__source_is_in(run->by_source, o->output);
    if (is_input)
        return smap__fail(
            err, SMAP_E_ARGUMENT, o->output,
            "-o %s is a file that is read here and would be gone; name another, or leave -o out to put the "
            "result into the workspace",
            o->output);
    return smap__file_out_check(o->output, o->overwrite, err);
}

static smap_status commit(damage_run *run, int64_t date, smap_error *err) {
    const smap_damage_options *o = run->options;
    smap__str json = SMAP__STR_INIT;
    smap__options_begin(&json);
    smap__options_text(&json, "by", o->by ? o->by : "aoi");
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
    smap_layer_free(run->input.areas);
    smap__free(run->by_source);
    smap__damage_result_release(&run->figures);
    smap__change_free(run->change);
    smap__workspace_free(run->workspace);
    smap_result_free(run->result);
}

smap_status smap_damage(smap_ctx *ctx, const char *workspace, const smap_damage_options *options, smap_result **out,
                        smap_error *err) {
    static const smap_damage_options defaults = SMAP_DAMAGE_OPTIONS_INIT;
    if (!options) options = &defaults;
    const smap__audience *audience;
    damage_run run = { .ctx = ctx, .options = options };
    int64_t date = 0;
    smap_status status = smap__common_check(ctx, options->size, sizeof *options, &options->common, &audience, err);
    if (status == SMAP_OK) status = split_by(&run, err);
    if (status == SMAP_OK) status = check_output(&run, workspace, err);
    if (status == SMAP_OK) status = smap__workspace_open(ctx, workspace, &run.workspace, err);
    if (status == SMAP_OK) status = smap__workspace_date(run.workspace, &date, err);
    if (status == SMAP_OK) status = smap__run_date(&options->common, date, &date, err);
    if (status == SMAP_OK) status = read_input(&run, err);
    if (status == SMAP_OK) status = smap__damage_summarise(ctx, &run.input, &run.figures, err);
    if (status == SMAP_OK) status = smap__result_new(&run.result, err);
    if (status == SMAP_OK) status = commit(&run, date, err);
    if (status == SMAP_OK) status = report(&run, err);
    if (status == SMAP_OK) {
        *out = run.result;
        run.result = NULL;
    }
    release(&run);
    return status;
}
