#include <math.h>
#include <string.h>

#include "base/fail.h"
#include "hazard/suitability.h"
#include "model/data_table.h"

/* ---- capacity -----------------------------------------------------------------------------------------------------
 */

enum { BASIS, M2_PER_PERSON, COLUMNS };
static const char *const column_names[COLUMNS] = { "basis", "m2_per_person" };

static double capacity_at(const smap__capacity_input *in, const smap__data_table *t, const double *factor, int64_t i,
                          const char **basis) {
    if (in->stated && in->stated[i] >= 0) {
        *basis = "stated";
        return floor(in->stated[i]);
    }
    for (int64_t row = 0; row < t->rows; row++) {
        const char *name = smap__data_table_text(t, row, BASIS);
        const double *area = strcmp(name, "floor_area") == 0  ? in->floor_area_m2
                             : strcmp(name, "site_area") == 0 ? in->site_area_m2
                             : strcmp(name, "footprint") == 0 ? in->footprint_m2
                                                              : NULL;
        if (!area || !(area[i] > 0)) continue;
        *basis = name;
        return floor(area[i] / factor[row]);
    }
    *basis = NULL;
    return NAN;
}

enum { BASES_MAX = 8 };

smap_status smap__capacity_reckon(smap_ctx *ctx, const smap__capacity_input *input, int64_t count, double *capacity,
                                  const char **basis, smap_error *err) {
    const smap__data_table *t;
    double factor[BASES_MAX];
    smap_status status = smap__standard_get(ctx, "living_space", column_names, COLUMNS, &t, err);
    if (status != SMAP_OK) return status;
    if (t->rows > BASES_MAX) return smap__data_table_fail(t, BASES_MAX, err, "at most %d rows can be used", BASES_MAX);
    for (int64_t row = 0; row < t->rows; row++) {
        status = smap__data_table_number(t, row, M2_PER_PERSON, &factor[row], err);
        if (status != SMAP_OK) return status;
        if (!(factor[row] > 0)) return smap__data_table_fail(t, row, err, "m2_per_person must be above 0");
    }
    for (int64_t i = 0; i < count; i++) capacity[i] = capacity_at(input, t, factor, i, &basis[i]);
    return SMAP_OK;
}

/* ---- rows ---------------------------------------------------------------------------------------------------------
 */

static const smap__rows_column table_columns[] = {
    { "asset", SMAP_TEXT },
    { "asset_id", SMAP_TEXT },
    { "name_en", SMAP_TEXT },
    { "name_ar", SMAP_TEXT },
    { "suitability", SMAP_TEXT },
    { "score", SMAP_FLOAT64 },
    { "criteria_known", SMAP_INT64 },
    { "hazard_class", SMAP_INT64 },
    { "slope_deg", SMAP_FLOAT64 },
    { "hazard_distance_m", SMAP_FLOAT64 },
    { "area_m2", SMAP_FLOAT64 },
    { "capacity", SMAP_FLOAT64 },
    { "capacity_basis", SMAP_TEXT },
    { "road_distance_m", SMAP_FLOAT64 },
    { "score_hazard_class", SMAP_FLOAT64 },
    { "score_slope", SMAP_FLOAT64 },
    { "score_hazard_distance", SMAP_FLOAT64 },
    { "score_area", SMAP_FLOAT64 },
    { "score_capacity", SMAP_FLOAT64 },
    { "score_road_distance", SMAP_FLOAT64 },
    { "reason_en", SMAP_TEXT },
    { "reason_ar", SMAP_TEXT },
    { "source", SMAP_TEXT },
};

static void put_values(const smap__suitability_input *in, const double value[SMAP__CRITERIA], int64_t i,
                       smap__rows *out) {
    if (value[SMAP__BY_HAZARD_CLASS] >= 0)
        smap__rows_int(out, (int64_t)value[SMAP__BY_HAZARD_CLASS]);
    else
        smap__rows_null(out);
    for (int c = SMAP__BY_SLOPE; c < SMAP__CRITERIA; c++) {
        smap__rows_real_or_null(out, value[c] >= 0 ? value[c] : NAN);
        if (c == SMAP__BY_CAPACITY) smap__rows_text(out, in->capacity_basis ? in->capacity_basis[i] : NULL);
    }
}

static void put_candidate(const smap__suitability_rules *rules, const smap__suitability_input *in, int64_t i,
                          smap__statement *reason, smap__rows *out) {
    double value[SMAP__CRITERIA];
    smap__suitability rated;
    for (int c = 0; c < SMAP__CRITERIA; c++) value[c] = in->value[c] ? in->value[c][i] : NAN;
    smap__suitability_rate(rules, value, &rated);
    smap__rows_text(out, in->asset);
    smap__rows_cell(out, in->asset_id, i);
    smap__rows_cell(out, in->name_en, i);
    smap__rows_cell(out, in->name_ar, i);
    smap__rows_text(out, smap__suitability_code(rated.verdict));
    smap__rows_real_or_null(out, rated.total);
    smap__rows_int(out, rated.known);
    put_values(in, value, i, out);
    for (int c = 0; c < SMAP__CRITERIA; c++) smap__rows_real_or_null(out, rated.score[c]);
    smap__suitability_explain(rules, value, &rated, reason);
    smap__statement_put(reason, out);
    smap__rows_cell(out, in->source, i);
}

smap_status smap__suitability_table(smap_ctx *ctx, const smap__suitability_input *input, const smap_table **out,
                                    smap_error *err) {
    smap__suitability_rules rules;
    smap__statement reason = { NULL, SMAP__STR_INIT, SMAP__STR_INIT };
    smap__rows rows;
    smap_status status = smap__suitability_rules_get(ctx, &rules, err);
    if (status == SMAP_OK) status = smap__statement_init(ctx, "suitability_reason", &reason, err);
    if (status != SMAP_OK) return status;
    smap__rows_init(&rows, table_columns, (int)(sizeof table_columns / sizeof *table_columns));
    for (int64_t i = 0; i < input->count; i++) put_candidate(&rules, input, i, &reason, &rows);
    smap__statement_release(&reason);
    return smap__rows_finish(&rows, out, err);
}
