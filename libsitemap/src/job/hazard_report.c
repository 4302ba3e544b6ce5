/* What a hazard run says: how many assets, people, square metres and kilometres are in which class of which hazard, and
 * how many are in two at once. */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "col/cell.h"
#include "col/rows.h"
#include "job/hazard_functions.h"
#include "job/hazard_run.h"
#include "job/result.h"
#include "model/domain.h"

static smap_status add_table(smap__hazard_run *run, const char *kind, const smap__hazard_asset *asset,
                             const char *about, const smap_table *table, smap_error *err) {
    const smap__domain *kinds = NULL;
    smap__str title = SMAP__STR_INIT, name = SMAP__STR_INIT;
    smap_status status = smap__domain_get(run->ctx, "asset_kind", &kinds, err);
    if (status != SMAP_OK) return status;
    int kind_at = smap__domain_code(kinds, asset->base.name, strlen(asset->base.name));
    smap__str_printf(&title, "%s %s", kind_at < 0 ? asset->base.name : kinds->code[kind_at].label.en, about);
    smap__str_printf(&name, "%s_%s", kind, asset->base.name);
    status = title.failed || name.failed ? smap__fail_memory(err)
                                         : smap__result_add_table(run->result, name.data, title.data, table, err);
    smap__str_release(&title);
    smap__str_release(&name);
    return status;
}

/* ---- by hazard and class --------------------------------------------------------------------------------------------
 */

static bool is_positive(const smap_column *column, int64_t row) {
    double value;
    return smap__cell_number(column, row, &value) && value > 0;
}

/* Does a row of the summary belong into the table of that asset, and does it hold anything? */
static bool is_told(const smap_table *t, int64_t row, const smap__hazard_asset *asset) {
    if (!smap__cell_is(smap_table_find(t, "asset"), row, asset->base.name)) return false;
    return is_positive(smap_table_find(t, "assets"), row) || is_positive(smap_table_find(t, "area_m2"), row) ||
           is_positive(smap_table_find(t, "length_km"), row);
}

static void put_area(smap__rows *rows, const smap_table *t, int64_t row) {
    const smap_column *name = smap_table_find(t, "area_name_en"), *id = smap_table_find(t, "area_id");
    if (smap__cell_is(smap_table_find(t, "area_kind"), row, "all"))
        smap__rows_text(rows, "all");
    else if (smap_column_is_null(name, row) && smap_column_is_null(id, row))
        smap__rows_text(rows, "in none");
    else
        smap__rows_cell(rows, smap_column_is_null(name, row) ? id : name, row);
}

static smap_status tell_classes(smap__hazard_run *run, const smap__hazard_asset *asset, smap_error *err) {
    static const smap__rows_column columns[] = { { "area", SMAP_TEXT },       { "hazard", SMAP_TEXT },
                                                 { "class", SMAP_TEXT },      { "number", SMAP_INT64 },
                                                 { "assets", SMAP_INT64 },    { "people", SMAP_FLOAT64 },
                                                 { "area_m2", SMAP_FLOAT64 }, { "length_km", SMAP_FLOAT64 } };
    static const char *const cells[] = { "hazard", "class_name_en", "class_number", "assets",
                                         "people", "area_m2",       "length_km" };
    const smap_table *t = run->summary, *table = NULL;
    bool by_area = run->by.layer != NULL;
    smap__rows rows;
    smap__rows_init(&rows, by_area ? columns : columns + 1, by_area ? 8 : 7);
    for (int64_t i = 0; i < smap_table_rows(t); i++) {
        if (!is_told(t, i, asset)) continue;
        if (by_area) put_area(&rows, t, i);
        for (size_t c = 0; c < sizeof cells / sizeof *cells; c++)
            smap__rows_cell(&rows, smap_table_find(t, cells[c]), i);
    }
    smap_status status = smap__rows_finish(&rows, &table, err);
    if (status == SMAP_OK) status = add_table(run, "hazard", asset, "by hazard and class", table, err);
    smap_table_free(table);
    return status;
}

/* ---- which go together ----------------------------------------------------------------------------------------------
 */

static const smap__coincidence *find_pair(const smap__hazard_asset *asset, int a, int b) {
    const smap__coincidence *c = asset->coincidence;
    while (!(c->a == (a < b ? a : b) && c->b == (a < b ? b : a))) c++;
    return c;
}

/* A row and a column for each hazard: assets in both, and in it at all on the diagonal. */
static smap_status tell_pairs(smap__hazard_run *run, const smap__hazard_asset *asset, smap_error *err) {
    smap__rows_column columns[SMAP__HAZARDS_MAX + 1] = { { "hazard", SMAP_TEXT } };
    const smap_table *table = NULL;
    char about[64];
    smap__rows rows;
    if (run->hazards < 2) return SMAP_OK;
    for (int h = 0; h < run->hazards; h++)
        columns[h + 1] = (smap__rows_column){ run->hazard[h].spec.prefix, SMAP_INT64 };
    smap__rows_init(&rows, columns, run->hazards + 1);
    for (int a = 0; a < run->hazards; a++) {
        smap__rows_text(&rows, run->hazard[a].spec.prefix);
        for (int b = 0; b < run->hazards; b++) smap__rows_int(&rows, find_pair(asset, a, b)->assets);
    }
    smap_status status = smap__rows_finish(&rows, &table, err);
    snprintf(about, sizeof about, "in both hazards, class %d or higher", run->at_least);
    if (status == SMAP_OK) status = add_table(run, "coincidence", asset, about, table, err);
    smap_table_free(table);
    return status;
}

/* ---- notes ----------------------------------------------------------------------------------------------------------
 */

static smap_status note_scales(smap__hazard_run *run, smap_error *err) {
    smap_status status = SMAP_OK;
    for (int h = 0; h < run->hazards && status == SMAP_OK; h++) {
        const smap__class_scale *scale = run->hazard[h].scale;
        status = smap__result_note(run->result, err, "%s: classes of the scale %s%s%s (%s).", run->hazard[h].spec.name,
                                   scale->name, *scale->unit ? " in " : "", scale->unit, scale->source);
    }
    return status;
}

static smap_status add_findings(smap__hazard_run *run, smap_error *err) {
    smap__findings all = SMAP__FINDINGS_INIT;
    smap_status status = smap__findings_join(&all, &run->findings, err);
    for (int i = 0; i < run->assets && status == SMAP_OK; i++)
        status = smap__findings_join(&all, &run->asset[i].base.findings, err);
    if (status == SMAP_OK) status = smap__result_add_findings(run->result, &all, err);
    if (status == SMAP_OK) smap__result_reject(run->result, all.by_severity[SMAP__REJECTED]);
    smap__findings_release(&all);
    return status;
}

smap_status smap__hazard_report(smap__hazard_run *run, smap_error *err) {
    smap_status status = SMAP_OK;
    for (int i = 0; i < run->assets && status == SMAP_OK; i++) {
        status = tell_classes(run, &run->asset[i], err);
        if (status == SMAP_OK) status = tell_pairs(run, &run->asset[i], err);
    }
    if (status == SMAP_OK)
        status = smap__result_add_table(run->result, "exposure_summary", "Exposure summary", run->summary, err);
    if (status == SMAP_OK)
        status = smap__result_add_table(run->result, "coincidence", "Coincidence of hazards", run->coincidence, err);
    if (status == SMAP_OK) status = smap__hazard_report_effects(run, err);
    if (status == SMAP_OK) status = add_findings(run, err);
    for (int i = 0; i < run->assets && status == SMAP_OK; i++)
        status = smap__asset_note_outside(&run->asset[i].base, run->result, err);
    if (status == SMAP_OK) status = note_scales(run, err);
    if (status == SMAP_OK)
        status =
            smap__result_note(run->result, err,
                              "Laid over each other in %s; areas and lengths are on the ellipsoid. An asset counts "
                              "in the highest class that it touches, areas and lengths in the class that they lie "
                              "in. Unknown is what no source looked at, or without value: it is not safe.",
                              smap_crs_name(run->crs));
    return status;
}
