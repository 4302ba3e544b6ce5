#include <string.h>

#include "base/fail.h"
#include "base/path.h"
#include "col/rows.h"
#include "draw/draw.h"
#include "io/file_out.h"
#include "job/map_labels.h"
#include "job/map_sheet.h"
#include "job/protection_record.h"
#include "job/result.h"

typedef struct map_run {
    smap_ctx *ctx;
    const smap_map_options *options;
    const smap__audience *audience;
    smap__workspace *workspace;
    smap__map_sheet map;
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

static smap_status sink(void *user, const void *bytes, size_t len, smap_error *err) {
    return smap__file_out_write(user, bytes, len, err);
}

static smap_status draw(map_run *run, smap_error *err) {
    smap__file_out *file = NULL;
    if (run->options->common.dry_run) return SMAP_OK;
    smap_status status = smap__file_out_open(run->ctx, run->options->output, run->options->overwrite, &file, err);
    if (status != SMAP_OK) return status;
    status = smap__draw_png(run->ctx, run->map.sheet, sink, file, &run->report, err);
    if (status == SMAP_OK) return smap__file_out_commit(file, err);
    smap__file_out_abandon(file);
    return status;
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
        put_count(&rows, entry[i].total, l->least ? entry[i].total + 1 : 0); /* the rest off the frame is a count too */
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
    if (status == SMAP_OK && run->map.extent.left_out)
        status = smap__result_note(
            run->result, err,
            "outside of all administrative areas, and perhaps off the map: %lld (features whose positions "
            "want checking; else name an --area or an --extent)",
            (long long)run->map.extent.left_out);
    if (status == SMAP_OK) status = report_legend(run, err);
    if (status == SMAP_OK)
        status = smap__map_labels_report(run->ctx, &run->map.layers, run->map.sheet, &run->report, run->result, err);
    if (status == SMAP_OK) status = smap__protection_report(run->workspace, run->audience, run->result, err);
    return status;
}

static void release(map_run *run) {
    smap__draw_report_release(&run->report);
    smap__map_sheet_release(&run->map);
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
    if (status == SMAP_OK) status = smap__map_sheet_open(ctx, sheet, options->orientation, &run.map, err);
    if (status == SMAP_OK) status = smap__workspace_open(ctx, workspace, &run.workspace, err);
    if (status == SMAP_OK) status = smap__map_sheet_compose(ctx, run.workspace, run.audience, options, &run.map, err);
    if (status == SMAP_OK) status = draw(&run, err);
    if (status == SMAP_OK) status = report(&run, err);
    if (status == SMAP_OK) {
        *out = run.result;
        run.result = NULL;
    }
    release(&run);
    return status;
}
