#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/path.h"
#include "col/rows.h"
#include "draw/draw.h"
#include "geo/crs.h"
#include "io/file_out.h"
#include "job/map_extent.h"
#include "job/map_layers.h"
#include "job/map_tables.h"
#include "job/map_texts.h"
#include "job/result.h"
#include "sheet/compose.h"

typedef struct map_run {
    smap_ctx *ctx;
    const smap_map_options *options;
    const smap__audience *audience;
    smap__workspace *workspace;
    char *path;           /* of the sheet's file */
    smap__json_doc *file; /* the sheet's */
    smap__map_choices choices;
    smap__map_layers layers, locator;
    smap__map_tables tables;
    smap__map_extent extent;
    smap__map_texts texts;
    const smap_crs *wgs84;
    smap__sheet *sheet;
    smap__draw_report report;
    smap_result *result;
} map_run;

static smap_status check_output(const map_run *run, smap_error *err) {
    const char *output = run->options->output;
    if (!output) return smap__fail(err, SMAP_E_ARGUMENT, "output", "no output file was named; give -o MAP.png");
    if (!smap__path_has_extension(output, "png"))
        return smap__fail(err, SMAP_E_ARGUMENT, "output", "%s: maps are drawn as .png here; give -o MAP.png", output);
    return smap__file_out_check(output, run->options->overwrite, err);
}

static smap_status open_sheet_file(map_run *run, const char *name, smap_error *err) {
    smap_status status = smap__sheet_path(run->ctx, name, &run->path, err);
    return status == SMAP_OK ? smap__json_read(run->path, &run->file, err) : status;
}

static bool has_layer(const smap__map_layers *layers, const char *name) {
    for (int i = 0; i < layers->count; i++)
        if (strcmp(layers->item[i].layer->name, name) == 0) return true;
    return false;
}

/* A sheet of what a command makes ("made_by") is not drawn without any of it: an empty map would read as safety. */
static smap_status check_made(const map_run *run, const char *sheet, smap_error *err) {
    const smap__json *root = smap__json_root(run->file), *layers = smap__json_get(root, "layers");
    const char *command = smap__json_text(smap__json_get(root, "made_by"), NULL);
    for (size_t i = 0; command && i < smap__json_size(layers); i++) {
        const char *name = smap__json_text(smap__json_get(smap__json_item(layers, i), "layer"), "");
        const smap__schema *schema;
        smap_status status = smap__schema_get(run->ctx, name, &schema, err);
        if (status != SMAP_OK) return status;
        if (strcmp(schema->kind, "result") == 0 && has_layer(&run->layers, name)) return SMAP_OK;
    }
    if (!command) return SMAP_OK;
    return smap__fail(err, SMAP_E_NOT_FOUND, sheet,
                      "the sheet %s shows what `sitemap %s` finds, and there is none of it yet; run that first", sheet,
                      command);
}

static smap_status read_layers(map_run *run, const char *sheet, smap_error *err) {
    const smap__json *root = smap__json_root(run->file);
    if (smap__json_size(smap__json_get(root, "layers")) == 0 || !smap__json_is_array(smap__json_get(root, "layers")))
        return smap__fail(err, SMAP_E_FORMAT, "sheet",
                          "the sheet's file has no list \"layers\" of what to show; compare with sheets/overview.json");
    smap_status status = smap__map_choices_make(run->ctx, run->workspace, run->audience, run->options,
                                                smap__json_get(root, "choose"), run->path, &run->choices, err);
    smap__map_reading reading = { run->ctx, run->workspace, run->audience, run->options, &run->choices, run->path };
    if (status == SMAP_OK) status = smap__map_layers_read(&reading, smap__json_get(root, "layers"), &run->layers, err);
    if (status == SMAP_OK)
        status = smap__map_layers_read(&reading, smap__json_get(root, "locator_layers"), &run->locator, err);
    if (status == SMAP_OK)
        status =
            smap__map_tables_read(run->workspace, run->audience, smap__json_get(root, "element"), &run->tables, err);
    return status == SMAP_OK ? check_made(run, sheet, err) : status;
}

static smap_status check_drawn(const map_run *run, smap_error *err) {
    for (int i = 0; i < run->sheet->map.drawns; i++)
        if (run->sheet->map.drawn[i].features > 0) return SMAP_OK;
    return smap__map_extent_fail(&run->extent, err);
}

static smap_status compose(map_run *run, const char *sheet, smap_error *err) {
    const smap_map_options *o = run->options;
    int64_t date = 0;
    smap_status status = smap__run_date(&o->common, 0, &date, err);
    if (status == SMAP_OK)
        status = smap__map_extent_find(run->ctx, run->workspace, run->audience, o, &run->layers, &run->extent, err);
    if (status == SMAP_OK)
        status =
            smap__map_texts_build(run->ctx,
                                  &(smap__map_texts_input){ o, run->audience, &run->choices, &run->layers, &run->tables,
                                                            &run->extent, smap__json_root(run->file), date },
                                  &run->texts, err);
    if (status == SMAP_OK) status = smap__crs_wgs84(run->ctx, &run->wgs84, err);
    if (status != SMAP_OK) return status;
    smap__sheet_options sheet_options = { .lang = o->common.lang ? o->common.lang : "both",
                                          .extent = run->extent.box,
                                          .extent_crs = run->wgs84,
                                          .layer = run->layers.item,
                                          .layers = run->layers.count,
                                          .inset = run->locator.item,
                                          .insets = run->locator.count,
                                          .table = run->tables.item,
                                          .tables = run->tables.count,
                                          .chosen = run->choices.item,
                                          .chosens = run->choices.count,
                                          .text = run->texts.item,
                                          .texts = (int)run->texts.count };
    status = smap__sheet_compose(run->ctx, sheet, &sheet_options, &run->sheet, err);
    return status == SMAP_OK ? check_drawn(run, err) : status;
}

static smap_status sink(void *user, const void *bytes, size_t len, smap_error *err) {
    return smap__file_out_write(user, bytes, len, err);
}

static smap_status draw(map_run *run, smap_error *err) {
    smap__file_out *file = NULL;
    if (run->options->common.dry_run) return SMAP_OK;
    smap_status status = smap__file_out_open(run->ctx, run->options->output, run->options->overwrite, &file, err);
    if (status != SMAP_OK) return status;
    status = smap__draw_png(run->ctx, run->sheet, sink, file, &run->report, err);
    if (status == SMAP_OK) return smap__file_out_commit(file, err);
    smap__file_out_abandon(file);
    return status;
}

static smap_status report_legend(map_run *run, smap_error *err) {
    static const smap__rows_column columns[] = { { "layer", SMAP_TEXT },     { "excerpt", SMAP_BOOL },
                                                 { "synthetic", SMAP_BOOL }, { "rule", SMAP_TEXT },
                                                 { "title", SMAP_TEXT },     { "title_ar", SMAP_TEXT },
                                                 { "in_frame", SMAP_INT64 }, { "in_layer", SMAP_INT64 } };
    const smap__legend_entry *entry;
    const smap_table *table = NULL;
    smap__rows rows;
    smap__rows_init(&rows, columns, (int)(sizeof columns / sizeof *columns));
    int n = smap__sheet_legend(run->sheet, &entry);
    for (int i = 0; i < n; i++) {
        const smap__sheet_layer *l = &run->layers.item[entry[i].layer];
        smap__rows_text(&rows, l->layer->name);
        smap__rows_int(&rows, l->excerpt);
        smap__rows_int(&rows, l->synthetic);
        smap__rows_text(&rows, l->style->rule[entry[i].rule].name);
        smap__rows_text(&rows, entry[i].title_en);
        smap__rows_text(&rows, entry[i].title_ar);
        smap__rows_int(&rows, entry[i].count);
        smap__rows_int(&rows, entry[i].total);
    }
    smap_status status = smap__rows_finish(&rows, &table, err);
    if (status == SMAP_OK) status = smap__result_add_table(run->result, "legend", "Legend", table, err);
    smap_table_free(table);
    return status;
}

static smap_status report(map_run *run, smap_error *err) {
    smap_status status = smap__result_new(&run->result, err);
    if (status == SMAP_OK && run->options->common.dry_run)
        status = smap__result_note(run->result, err, "dry run: %s was not written", run->options->output);
    else if (status == SMAP_OK)
        status = smap__result_note(run->result, err, "%s: %d x %d pixels, %lld of %lld labels placed",
                                   run->options->output, run->report.width_px, run->report.height_px,
                                   (long long)run->report.labels_placed, (long long)run->report.labels_wanted);
    if (status == SMAP_OK && run->extent.left_out)
        status = smap__result_note(
            run->result, err,
            "outside of all administrative areas, and perhaps off the map: %lld (features whose positions "
            "want checking; else name an --area or an --extent)",
            (long long)run->extent.left_out);
    return status == SMAP_OK ? report_legend(run, err) : status;
}

static void release(map_run *run) {
    smap__sheet_free(run->sheet);
    smap_crs_free(run->wgs84);
    smap__map_texts_release(&run->texts);
    smap__map_layers_release(&run->layers);
    smap__map_layers_release(&run->locator);
    smap__map_tables_release(&run->tables);
    smap__map_choices_release(&run->choices);
    smap__json_free(run->file);
    smap__free(run->path);
    smap__workspace_free(run->workspace);
    smap_result_free(run->result);
}

smap_status smap_map(smap_ctx *ctx, const char *workspace, const smap_map_options *options, smap_result **out,
                     smap_error *err) {
    static const smap_map_options defaults = SMAP_MAP_OPTIONS_INIT;
    if (!options) options = &defaults;
    map_run run = { .ctx = ctx, .options = options };
    const char *sheet = options->sheet ? options->sheet : "overview";
    smap_status status = smap__common_check(ctx, options->size, sizeof *options, &options->common, &run.audience, err);
    if (status == SMAP_OK) status = check_output(&run, err);
    if (status == SMAP_OK) status = open_sheet_file(&run, sheet, err);
    if (status == SMAP_OK) status = smap__workspace_open(ctx, workspace, &run.workspace, err);
    if (status == SMAP_OK) status = read_layers(&run, sheet, err);
    if (status == SMAP_OK) status = compose(&run, sheet, err);
    if (status == SMAP_OK) status = draw(&run, err);
    if (status == SMAP_OK) status = report(&run, err);
    if (status == SMAP_OK) {
        *out = run.result;
        run.result = NULL;
    }
    release(&run);
    return status;
}
