#include "site/indicator.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "col/cell.h"
#include "col/rows.h"
#include "model/data_table.h"
#include "site/amount.h"
#include "site/latest_round.h"

enum { CODE, LABEL_EN, LABEL_AR, UNIT_EN, UNIT_AR, ABOVE, BELOW, PEOPLE, COMPARISON, VALUE, AXIS, SITE_TYPES, COLUMNS };
static const char *const column_names[COLUMNS] = { "indicator",  "label_en", "label_ar", "unit_en",
                                                   "unit_ar",    "above",    "below",    "people",
                                                   "comparison", "value",    "axis",     "site_types" };

typedef struct counting {
    const smap__data_table *rules;
    const smap_table *site, *round;
    const smap_column *site_id, *site_type; /* of `site`; NULL where it has none */
    smap__latest_round latest;
    smap__rows rows;
} counting;

/* ---- one indicator ----------------------------------------------------------------------------------------------- */

static const char *text_of(const counting *c, int64_t rule, int column) {
    return smap__data_table_text(c->rules, rule, column);
}

/* What is sure of above / below, whatever the columns that are not known hold. */
static const char *state_of(bool at_least, double standard, smap__site_amount above, smap__site_amount below) {
    double least = below.partial ? 0 : above.sum / below.sum;
    double most = above.partial || below.sum <= 0 ? HUGE_VAL : above.sum / below.sum;
    if (at_least ? least >= standard : most <= standard) return "met";
    if (at_least ? most < standard : least > standard) return "not_met";
    return "unknown";
}

/* The state of a rule for a site; *value stays NaN where there is none to show. */
static const char *judge(const counting *c, int64_t rule, double standard, int64_t site, int64_t round, double *value) {
    const char *below_names = text_of(c, rule, BELOW), *people = text_of(c, rule, PEOPLE);
    smap__site_place place = { c->site, c->round, site, round };
    smap__site_amount above = smap__site_amount_of(&place, text_of(c, rule, ABOVE)), below = { 1, true, false };
    if (below_names[0]) below = smap__site_amount_of(&place, below_names);
    *value = NAN;
    if (!above.known || !below.known) return "unknown";
    const smap__site_amount *count = strcmp(people, "above") == 0   ? &above
                                     : strcmp(people, "below") == 0 ? &below
                                                                    : NULL;
    if (count && count->sum <= 0 && !count->partial) return "no_people";
    if (below.sum <= 0 && !below.partial) return "none";
    if (!above.partial && !below.partial) *value = above.sum / below.sum;
    return state_of(strcmp(text_of(c, rule, COMPARISON), "at_least") == 0, standard, above, below);
}

/* Is the type one of the list, or the list empty? */
static bool is_for(const counting *c, int64_t rule, int64_t site) {
    const char *types = text_of(c, rule, SITE_TYPES);
    if (!types[0]) return true;
    for (const char *at = types; *at; at += strspn(at, " ")) {
        char type[64];
        size_t len = strcspn(at, " ");
        snprintf(type, sizeof type, "%.*s", (int)len, at);
        if (site >= 0 && smap__cell_is(c->site_type, site, type)) return true;
        at += len;
    }
    return false;
}

static smap_status read_standard(const counting *c, int64_t rule, double *out, double *axis, smap_error *err) {
    const char *comparison = text_of(c, rule, COMPARISON);
    smap_status status = smap__data_table_number(c->rules, rule, VALUE, out, err);
    if (status != SMAP_OK) return status;
    if (!(*out > 0)) return smap__data_table_fail(c->rules, rule, err, "the standard is a number above 0");
    status = smap__data_table_number(c->rules, rule, AXIS, axis, err);
    if (status != SMAP_OK) return status;
    if (!(*axis >= *out))
        return smap__data_table_fail(c->rules, rule, err, "the axis of the bar is a number not below the standard");
    if (strcmp(comparison, "at_least") != 0 && strcmp(comparison, "at_most") != 0)
        return smap__data_table_fail(c->rules, rule, err, "comparison is at_least or at_most, not \"%s\"", comparison);
    if (!text_of(c, rule, ABOVE)[0])
        return smap__data_table_fail(c->rules, rule, err, "the column \"above\" names nothing to count");
    return SMAP_OK;
}

/* A misspelt column would be unknown of every site, in silence. */
static smap_status check_columns(smap_ctx *ctx, const counting *c, int64_t rule, smap_error *err) {
    static const int sides[] = { ABOVE, BELOW };
    for (int i = 0; i < 2; i++) {
        char unknown[64];
        smap_status status = smap__site_amount_check(ctx, text_of(c, rule, sides[i]), unknown, sizeof unknown, err);
        if (status != SMAP_OK) return status;
        if (unknown[0])
            return smap__data_table_fail(
                c->rules, rule, err,
                "the column \"%s\" names \"%s\", which is no column of numbers of site or site_round",
                column_names[sides[i]], unknown);
    }
    return SMAP_OK;
}

/* ---- rows -------------------------------------------------------------------------------------------------------- */

/* A cell of the round as it is; null where the table has no such column of that type. */
static void put_cell(counting *c, const char *name, smap_type type, int64_t round) {
    const smap_column *column = smap_table_find(c->round, name);
    smap__rows_cell(&c->rows, column && column->type == type ? column : NULL, round);
}

static void put_text(counting *c, const char *text) {
    smap__rows_text(&c->rows, text[0] ? text : NULL);
}

static smap_status put_row(counting *c, int64_t rule, int64_t site, int64_t round, smap_error *err) {
    double standard, axis, value;
    smap_status status = read_standard(c, rule, &standard, &axis, err);
    if (status != SMAP_OK || !is_for(c, rule, site)) return status;
    const char *state = judge(c, rule, standard, site, round, &value);
    smap__rows_cell(&c->rows, c->latest.id, round);
    smap__rows_cell(&c->rows, c->latest.number, round);
    put_cell(c, "date", SMAP_DATE, round);
    for (int column = CODE; column <= UNIT_AR; column++) put_text(c, text_of(c, rule, column));
    smap__rows_real_or_null(&c->rows, value);
    smap__rows_real(&c->rows, standard);
    smap__rows_text(&c->rows, text_of(c, rule, COMPARISON));
    smap__rows_real(&c->rows, axis);
    smap__rows_text(&c->rows, state);
    put_cell(c, "source", SMAP_TEXT, round);
    return SMAP_OK;
}

/* Of each site of the rounds its first row in `site`; -1: there is none. */
static void find_rows(const counting *c, int64_t *site) {
    for (int32_t s = 0; s < smap__dict_count(c->latest.sites); s++) site[s] = -1;
    for (int64_t row = c->site_id ? c->site_id->count - 1 : -1; row >= 0; row--) {
        size_t len;
        if (smap_column_is_null(c->site_id, row)) continue;
        const char *id = smap_column_text(c->site_id, row, &len);
        int32_t s = smap__dict_find(c->latest.sites, id, len);
        if (s >= 0) site[s] = row;
    }
}

static smap_status put_sites(counting *c, smap_error *err) {
    int32_t sites = smap__dict_count(c->latest.sites);
    int64_t *site = smap__alloc(((size_t)sites + 1) * sizeof *site);
    if (!site) return smap__fail_memory(err);
    find_rows(c, site);
    smap_status status = SMAP_OK;
    for (int32_t s = 0; s < sites && status == SMAP_OK; s++)
        for (int64_t rule = 0; rule < c->rules->rows && status == SMAP_OK; rule++)
            status = put_row(c, rule, site[s], c->latest.row[s], err);
    smap__free(site);
    return status;
}

smap_status smap__site_indicators(smap_ctx *ctx, const smap_table *site, const smap_table *round,
                                  const smap_table **out, smap_error *err) {
    static const smap__rows_column columns[] = { { "site_id", SMAP_TEXT },    { "round", SMAP_INT64 },
                                                 { "date", SMAP_DATE },       { "indicator", SMAP_TEXT },
                                                 { "label_en", SMAP_TEXT },   { "label_ar", SMAP_TEXT },
                                                 { "unit_en", SMAP_TEXT },    { "unit_ar", SMAP_TEXT },
                                                 { "value", SMAP_FLOAT64 },   { "standard", SMAP_FLOAT64 },
                                                 { "comparison", SMAP_TEXT }, { "axis", SMAP_FLOAT64 },
                                                 { "state", SMAP_TEXT },      { "source", SMAP_TEXT } };
    counting c = { .site = site,
                   .round = round,
                   .site_id = smap_table_find(site, "site_id"),
                   .site_type = smap_table_find(site, "site_type") };
    if (c.site_id && c.site_id->type != SMAP_TEXT) c.site_id = NULL;
    smap_status status = smap__standard_get(ctx, "site_indicator", column_names, COLUMNS, &c.rules, err);
    for (int64_t rule = 0; status == SMAP_OK && rule < c.rules->rows; rule++)
        status = check_columns(ctx, &c, rule, err);
    if (status == SMAP_OK) status = smap__latest_round_find(round, &c.latest, err);
    if (status != SMAP_OK) return status;
    smap__rows_init(&c.rows, columns, (int)(sizeof columns / sizeof *columns));
    status = put_sites(&c, err);
    if (status == SMAP_OK)
        status = smap__rows_finish(&c.rows, out, err);
    else
        smap__rows_release(&c.rows);
    smap__latest_round_release(&c.latest);
    return status;
}
