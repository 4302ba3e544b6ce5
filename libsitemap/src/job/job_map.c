#include <string.h>

#include "base/ctx.h"
#include "base/fail.h"
#include "base/str.h"
#include "col/rows.h"
#include "job/map_atlas.h"
#include "job/map_labels.h"
#include "job/map_no_glyphs.h"
#include "job/map_output.h"
#include "job/map_sheet.h"
#include "job/protection_record.h"
#include "job/result.h"

typedef struct map_run {
    smap_ctx *ctx;
    const smap_map_options *options;
    const smap__audience *audience;
    smap__workspace *workspace;
    smap__map_sheet map;
    smap__atlas atlas;
    smap__map_output output;
    smap__rows pages; /* what was drawn, page by page */
    smap__draw_report report;
    smap__map_no_glyphs no_glyphs; /* of all pages */
    smap_result *result;
} map_run;

static const smap__rows_column page_columns[] = {
    { "page", SMAP_INT64 },
    { "file", SMAP_TEXT },
    { "key", SMAP_TEXT },
    { "name", SMAP_TEXT },
    { "paper", SMAP_TEXT },
    { "scale", SMAP_INT64 },
    { "crs", SMAP_TEXT },
    { "xmin", SMAP_FLOAT64 },
    { "ymin", SMAP_FLOAT64 },
    { "xmax", SMAP_FLOAT64 },
    { "ymax", SMAP_FLOAT64 },
    { "labels_placed", SMAP_INT64 },
    { "labels_wanted", SMAP_INT64 },
};

/* What the page shows of the world, in its CRS. */
static void put_page_row(map_run *run, const char *path, const char *key, const char *name) {
    const smap__sheet *sheet = run->map.sheet;
    smap_box b = sheet->map.box;
    double edge[] = { b.xmin, b.ymin, b.xmax, b.ymax };
    smap__rows_int(&run->pages, run->pages.count + 1);
    smap__rows_text(&run->pages, path);
    smap__rows_text(&run->pages, key);
    smap__rows_text(&run->pages, name && name[0] ? name : NULL);
    smap__rows_text(&run->pages, sheet->paper);
    smap__rows_int(&run->pages, (int64_t)sheet->map.denominator);
    smap__rows_text(&run->pages, smap_crs_name(sheet->map.crs));
    for (int i = 0; i < 4; i++) smap__rows_real(&run->pages, edge[i]);
    smap__rows_int(&run->pages, run->report.labels_placed);
    smap__rows_int(&run->pages, run->report.labels_wanted);
}

/* Draw the sheet that was laid out last. */
static smap_status draw_page(map_run *run, const char *path, const char *key, const char *name, smap_error *err) {
    smap_status status = SMAP_OK;
    smap__draw_report_release(&run->report);
    if (!run->options->common.dry_run)
        status = smap__map_output_put(&run->output, path, key ? name : NULL, run->map.sheet, &run->report, err);
    if (status == SMAP_OK) status = smap__map_no_glyphs_add(run->ctx, &run->map, &run->report, &run->no_glyphs, err);
    if (status == SMAP_OK) put_page_row(run, path, key, name);
    return status;
}

static smap_status draw_one(map_run *run, smap_error *err) {
    smap_status status = smap__map_sheet_one(run->ctx, run->workspace, run->audience, run->options, &run->map, err);
    if (status != SMAP_OK) return status;
    const smap__map_extent *extent = &run->map.extent;
    double km = run->options->extent || run->options->area ? 0 : smap__atlas_apart_km(&run->map, extent->box);
    if (km > 0)
        smap__log(run->ctx, SMAP_LOG_WARNING,
                  "what the sheet shows lies %.0f km apart: look for positions that are wrong, or name an --extent",
                  km);
    smap__map_output_init(&run->output, run->ctx, run->options, run->output.kind, run->map.date_ms);
    return draw_page(run, run->options->output, NULL, extent->name_en, err);
}

/* Lay out the page of a feature: what the sheet shows there, or what it shows of that one, unless that lies `*apart_km`
 * apart. */
static smap_status lay_out(map_run *run, const smap__atlas_page *page, double *apart_km, smap_error *err) {
    *apart_km = 0;
    if (!run->atlas.choice)
        return smap__map_sheet_page(run->ctx, run->audience, run->options, &page->extent, &run->map, err);
    smap_status status = smap__map_sheet_choose(run->ctx, run->workspace, run->audience, run->options,
                                                run->atlas.choice, page->key, &run->map, err);
    smap__map_extent extent = run->map.extent;
    if (status == SMAP_OK) *apart_km = smap__atlas_apart_km(&run->map, extent.box);
    if (status != SMAP_OK || *apart_km > 0) return status;
    return smap__map_sheet_page(run->ctx, run->audience, run->options, &extent, &run->map, err);
}

static smap_status skip_page(map_run *run, const smap__atlas_page *page, const char *name, double apart_km,
                             smap_error *err) {
    smap__str reason = SMAP__STR_INIT;
    if (apart_km > 0)
        smap__str_printf(&reason, "what belongs to it lies %.0f km apart: are the positions right?", apart_km);
    else
        smap__str_put(&reason, "nothing to show there");
    smap__rows_text(&run->atlas.skipped, page->key);
    smap__rows_text(&run->atlas.skipped, name);
    smap__rows_text(&run->atlas.skipped, reason.data);
    smap_status status = reason.failed ? smap__fail_memory(err) : SMAP_OK;
    smap__str_release(&reason);
    return status;
}

/* A feature of which the sheet shows nothing has no page: what it is of may be left out of the layers. */
static smap_status draw_feature(map_run *run, const smap__atlas_page *page, smap_error *err) {
    const char *path = run->output.kind == SMAP__MAP_PDF ? run->options->output : page->path;
    const char *name = page->extent.name_en[0] ? page->extent.name_en : page->extent.name_ar;
    double apart_km;
    smap_status status = lay_out(run, page, &apart_km, err);
    if (status == SMAP_E_NOT_FOUND && !run->map.sheet && !run->atlas.choice) return status;
    if (status == SMAP_E_NOT_FOUND || (status == SMAP_OK && apart_km > 0))
        return skip_page(run, page, name, apart_km, err);
    return status == SMAP_OK ? draw_page(run, path, page->key, name, err) : status;
}

static smap_status draw_atlas(map_run *run, smap_error *err) {
    smap_status status = smap__map_sheet_read(run->ctx, run->workspace, run->audience, run->options, &run->map, err);
    if (status != SMAP_OK) return status;
    smap__map_output_init(&run->output, run->ctx, run->options, run->output.kind, run->map.date_ms);
    status = smap__atlas_make(run->ctx, run->workspace, run->audience, run->options, &run->map, &run->atlas, err);
    bool files = run->output.kind != SMAP__MAP_PDF;
    for (int64_t i = 0; i < run->atlas.count && files && status == SMAP_OK; i++)
        status = smap__map_output_check(run->options, run->atlas.page[i].path, err);
    for (int64_t i = 0; i < run->atlas.count && status == SMAP_OK; i++) {
        status = smap__progress(run->ctx, (double)i / (double)run->atlas.count, "drawing", err);
        if (status == SMAP_OK) status = draw_feature(run, &run->atlas.page[i], err);
    }
    if (status == SMAP_OK && run->pages.count == 0)
        status =
            smap__fail(err, SMAP_E_NOT_FOUND, "atlas",
                       "--atlas %s: none of its features has a page; their positions are wrong, or the sheet shows "
                       "nothing there",
                       run->options->atlas);
    if (status != SMAP_OK && files && run->pages.count)
        smap__log(run->ctx, SMAP_LOG_WARNING, "%lld of %lld pages had been written by then, and stay",
                  (long long)run->pages.count, (long long)run->atlas.count);
    return status;
}

static smap_status draw(map_run *run, smap_error *err) {
    run->output.options = run->options;
    smap_status status = run->options->atlas ? draw_atlas(run, err) : draw_one(run, err);
    smap__map_no_glyphs_tell(run->ctx, &run->no_glyphs);
    return status == SMAP_OK ? smap__map_output_finish(&run->output, err) : status;
}

/* Counts that the audience is not told are none. */
static void put_count(smap__rows *rows, int64_t count, int64_t least) {
    if (count > 0 && count < least)
        smap__rows_null(rows);
    else
        smap__rows_int(rows, count);
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
    int n = smap__sheet_legend(run->map.sheet, &entry);
    for (int i = 0; i < n; i++) {
        const smap__sheet_layer *l = &run->map.layers.item[entry[i].layer];
        smap__rows_text(&rows, l->layer->name);
        smap__rows_int(&rows, l->excerpt);
        smap__rows_int(&rows, l->synthetic);
        smap__rows_text(&rows, l->style->rule[entry[i].rule].name);
        smap__rows_text(&rows, entry[i].title_en);
        smap__rows_text(&rows, entry[i].title_ar);
        put_count(&rows, entry[i].count, l->least);
        bool told = !l->least && !l->in_frame; /* the rest off the frame is a count too */
        put_count(&rows, entry[i].total, told ? 0 : entry[i].total + 1);
    }
    smap_status status = smap__rows_finish(&rows, &table, err);
    if (status == SMAP_OK) status = smap__result_add_table(run->result, "legend", "Legend", table, err);
    smap_table_free(table);
    return status;
}

static smap_status report_page(map_run *run, smap_error *err) {
    const smap__sheet *sheet = run->map.sheet;
    long long placed = run->report.labels_placed, wanted = run->report.labels_wanted;
    if (run->output.kind == SMAP__MAP_PNG)
        return smap__result_note(run->result, err, "%s: %d x %d pixels, %lld of %lld labels placed",
                                 run->options->output, run->report.width_px, run->report.height_px, placed, wanted);
    return smap__result_note(run->result, err, "%s: %s, %.0f x %.0f mm, %lld of %lld labels placed",
                             run->options->output, sheet->paper, sheet->page_w_mm * sheet->unit_mm,
                             sheet->page_h_mm * sheet->unit_mm, placed, wanted);
}

static smap_status report_rows(map_run *run, smap__rows *rows, const char *name, const char *title, smap_error *err) {
    const smap_table *table = NULL;
    smap_status status = smap__rows_finish(rows, &table, err);
    *rows = (smap__rows){ 0 };
    if (status == SMAP_OK && smap_table_rows(table))
        status = smap__result_add_table(run->result, name, title, table, err);
    smap_table_free(table);
    return status;
}

static smap_status report_atlas(map_run *run, smap_error *err) {
    smap_status status = smap__result_note(
        run->result, err, "%lld page%s%s%s", (long long)run->pages.count, smap__plural(run->pages.count),
        run->output.kind == SMAP__MAP_PDF ? " in " : "", run->output.kind == SMAP__MAP_PDF ? run->options->output : "");
    if (status == SMAP_OK && run->atlas.hidden) /* how many, the table of the gate says as far as it may be told */
        status = smap__result_note(run->result, err, "some features of %s are not for the audience and have no page",
                                   run->options->atlas);
    return status == SMAP_OK ? report_rows(run, &run->atlas.skipped, "skipped", "Without a page", err) : status;
}

static smap_status report(map_run *run, smap_error *err) {
    bool dry = run->options->common.dry_run, atlas = run->options->atlas != NULL;
    smap_status status = smap__result_new(&run->result, err);
    if (status == SMAP_OK && dry)
        status = smap__result_note(run->result, err, "dry run: %s was not written", run->options->output);
    else if (status == SMAP_OK && !atlas)
        status = report_page(run, err);
    if (status == SMAP_OK && atlas) status = report_atlas(run, err);
    if (status == SMAP_OK && run->map.extent.left_out && !atlas)
        status = smap__result_note(
            run->result, err,
            "outside of all administrative areas, and perhaps off the map: %lld (features whose positions "
            "want checking; else name an --area or an --extent)",
            (long long)run->map.extent.left_out);
    if (status == SMAP_OK && !atlas) status = report_legend(run, err);
    if (status == SMAP_OK && !atlas)
        status = smap__map_labels_report(run->ctx, &run->map.layers, run->map.sheet, &run->report, run->result, err);
    if (status == SMAP_OK) status = report_rows(run, &run->pages, "pages", "Pages", err);
    if (status == SMAP_OK) status = smap__protection_report(run->workspace, run->audience, run->result, err);
    return status;
}

static void release(map_run *run) {
    smap__draw_report_release(&run->report);
    smap__map_output_release(&run->output);
    smap__rows_release(&run->pages);
    smap__map_no_glyphs_release(&run->no_glyphs);
    smap__atlas_release(&run->atlas);
    smap__map_sheet_release(&run->map);
    smap__workspace_free(run->workspace);
}

smap_status smap_map(smap_ctx *ctx, const char *workspace, const smap_map_options *options, smap_result **out,
                     smap_error *err) {
    static const smap_map_options defaults = SMAP_MAP_OPTIONS_INIT;
    if (!options) options = &defaults;
    map_run run = { .ctx = ctx, .options = options };
    const char *sheet = options->sheet ? options->sheet : "overview";
    smap__rows_init(&run.pages, page_columns, (int)(sizeof page_columns / sizeof *page_columns));
    smap_status status = smap__common_check(ctx, options->size, sizeof *options, &options->common, &run.audience, err);
    if (status == SMAP_OK) status = smap__map_output_kind(options, &run.output.kind, err);
    bool one_file = !options->atlas || run.output.kind == SMAP__MAP_PDF;
    if (status == SMAP_OK && one_file) status = smap__map_output_check(options, options->output, err);
    if (status == SMAP_OK) status = smap__map_sheet_open(ctx, sheet, options->orientation, &run.map, err);
    if (status == SMAP_OK) status = smap__map_base_open(ctx, options, &run.map.file, &run.map.base, err);
    if (status == SMAP_OK) status = smap__workspace_open(ctx, workspace, &run.workspace, err);
    if (status == SMAP_OK) status = draw(&run, err);
    if (status == SMAP_OK) status = report(&run, err);
    status = smap__result_end(run.result, status, out);
    release(&run);
    return status;
}
