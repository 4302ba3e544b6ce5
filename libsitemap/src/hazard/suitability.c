#include "hazard/suitability.h"

#include <math.h>
#include <string.h>

#include "base/fail.h"
#include "base/str.h"
#include "model/data_table.h"

static const char *const criterion_codes[SMAP__CRITERIA] = { "hazard_class", "slope",    "hazard_distance",
                                                             "area",         "capacity", "road_distance" };

/* ---- rules --------------------------------------------------------------------------------------------------------
 */

enum { CRITERION, LABEL_EN, LABEL_AR, UNIT, EXCLUDE_AT, WORST_AT, BEST_AT, WEIGHT, REQUIRED, COLUMNS };
static const char *const column_names[COLUMNS] = { "criterion", "label_en", "label_ar", "unit",    "exclude_at",
                                                   "worst_at",  "best_at",  "weight",   "required" };

static smap_status read_rule(const smap__data_table *t, int64_t row, smap__suitability_rule *r, smap_error *err) {
    smap_status status = SMAP_OK;
    r->code = smap__data_table_text(t, row, CRITERION);
    r->label = (smap__label){ smap__data_table_text(t, row, LABEL_EN), smap__data_table_text(t, row, LABEL_AR) };
    r->unit = smap__data_table_text(t, row, UNIT);
    r->required = strcmp(smap__data_table_text(t, row, REQUIRED), "yes") == 0;
    SMAP_TRY(smap__data_table_number(t, row, EXCLUDE_AT, &r->exclude_at, err), done);
    SMAP_TRY(smap__data_table_number(t, row, WORST_AT, &r->worst_at, err), done);
    SMAP_TRY(smap__data_table_number(t, row, BEST_AT, &r->best_at, err), done);
    SMAP_TRY(smap__data_table_number(t, row, WEIGHT, &r->weight, err), done);
    if (isnan(r->worst_at) || isnan(r->best_at) || r->worst_at == r->best_at)
        return smap__data_table_fail(t, row, err, "worst_at and best_at are needed, and must differ");
    if (!(r->weight >= 0)) return smap__data_table_fail(t, row, err, "the weight is needed, and not below 0");
done:
    return status;
}

smap_status smap__suitability_rules_get(smap_ctx *ctx, smap__suitability_rules *out, smap_error *err) {
    const smap__data_table *t;
    smap__suitability_rules rules;
    smap_status status = smap__standard_get(ctx, "suitability", column_names, COLUMNS, &t, err);
    if (status != SMAP_OK) return status;
    for (int c = 0; c < SMAP__CRITERIA; c++) {
        int64_t row = 0;
        while (row < t->rows && strcmp(smap__data_table_text(t, row, CRITERION), criterion_codes[c]) != 0) row++;
        if (row == t->rows)
            return smap__fail(err, SMAP_E_FORMAT, t->path,
                              "%s: the criterion \"%s\" is missing (weight 0 leaves it out)", t->path,
                              criterion_codes[c]);
        status = read_rule(t, row, &rules.of[c], err);
        if (status != SMAP_OK) return status;
    }
    *out = rules;
    return SMAP_OK;
}

/* ---- one candidate ------------------------------------------------------------------------------------------------
 */

static bool is_known(double value) {
    return isfinite(value) && value >= 0;
}

static bool excludes(const smap__suitability_rule *r, double value) {
    return r->best_at > r->worst_at ? value <= r->exclude_at : value >= r->exclude_at;
}

void smap__suitability_rate(const smap__suitability_rules *rules, const double value[SMAP__CRITERIA],
                            smap__suitability *out) {
    double sum = 0, weights = 0;
    bool excluded = false, missing = false;
    *out = (smap__suitability){ SMAP__SUITABLE, { 0 }, { false }, NAN, 0 };
    for (int c = 0; c < SMAP__CRITERIA; c++) {
        const smap__suitability_rule *r = &rules->of[c];
        out->score[c] = NAN;
        if (!is_known(value[c])) {
            missing = missing || r->required;
            continue;
        }
        double share = (value[c] - r->worst_at) / (r->best_at - r->worst_at);
        out->score[c] = share < 0 ? 0 : share > 1 ? 1 : share;
        out->excludes[c] = excludes(r, value[c]);
        out->known++;
        excluded = excluded || out->excludes[c];
        sum += r->weight * out->score[c];
        weights += r->weight;
    }
    if (weights > 0) out->total = sum / weights;
    out->verdict = excluded ? SMAP__EXCLUDED : missing ? SMAP__SUITABILITY_UNKNOWN : SMAP__SUITABLE;
}

const char *smap__suitability_code(smap__suitability_verdict verdict) {
    static const char *const code[] = { "suitable", "excluded", "unknown" };
    return code[verdict];
}

/* ---- reasons ------------------------------------------------------------------------------------------------------
 */

enum { SHORT = 48 };

/* "250 m", "5.7°": a digit behind the point where it says anything. */
static void put_value(char out[SHORT], double value, const char *unit) {
    int digits = fabs(value - round(value)) < 0.05 || value >= 100 ? 0 : 1;
    smap__print(out, SHORT, "%.*f%s%s", digits, value, *unit && strcmp(unit, "°") != 0 ? " " : "", unit);
}

static void add_excluded(const smap__suitability_rule *r, double value, smap__statement *reason) {
    char is[SHORT], limit[SHORT];
    put_value(is, value, r->unit);
    put_value(limit, r->exclude_at, r->unit);
    const smap__statement_word words[] = { { "criterion", r->label },
                                           { "value", { is, is } },
                                           { "limit", { limit, limit } } };
    smap__statement_add(reason, "excluded", words, 3);
}

static void add_unknown(const smap__suitability_rules *rules, const smap__suitability *rated, smap__statement *reason) {
    smap__str en = SMAP__STR_INIT, ar = SMAP__STR_INIT;
    for (int c = 0; c < SMAP__CRITERIA; c++) {
        const smap__suitability_rule *r = &rules->of[c];
        if (!isnan(rated->score[c])) continue;
        if (r->required) {
            const smap__statement_word word = { "criterion", r->label };
            smap__statement_add(reason, "needed", &word, 1);
        } else if (r->weight > 0) {
            smap__str_printf(&en, "%s%s", en.len ? ", " : "", r->label.en);
            smap__str_printf(&ar, "%s%s", ar.len ? "، " : "", r->label.ar);
        }
    }
    if (en.failed || ar.failed) reason->en.failed = true;
    if (en.len && ar.len) {
        const smap__statement_word word = { "criteria", { en.data, ar.data } };
        smap__statement_add(reason, "not_known", &word, 1);
    }
    smap__str_release(&en);
    smap__str_release(&ar);
}

/* The criterion that costs most: its weight times what it lacks to 1. */
static void add_weakest(const smap__suitability_rules *rules, const double value[SMAP__CRITERIA],
                        const smap__suitability *rated, smap__statement *reason) {
    int weakest = -1;
    double most = 0;
    for (int c = 0; c < SMAP__CRITERIA; c++) {
        double loss = rules->of[c].weight * (1 - rated->score[c]);
        if (!(loss > most)) continue;
        weakest = c;
        most = loss;
    }
    if (weakest < 0) {
        if (rated->known > 0) smap__statement_add(reason, "best", NULL, 0);
        return;
    }
    char is[SHORT];
    put_value(is, value[weakest], rules->of[weakest].unit);
    const smap__statement_word words[] = { { "criterion", rules->of[weakest].label }, { "value", { is, is } } };
    smap__statement_add(reason, "weakest", words, 2);
}

void smap__suitability_explain(const smap__suitability_rules *rules, const double value[SMAP__CRITERIA],
                               const smap__suitability *rated, smap__statement *reason) {
    for (int c = 0; c < SMAP__CRITERIA; c++) {
        if (rated->excludes[c]) add_excluded(&rules->of[c], value[c], reason);
    }
    if (rated->verdict != SMAP__EXCLUDED) add_weakest(rules, value, rated, reason);
    add_unknown(rules, rated, reason);
}
