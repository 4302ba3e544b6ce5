#include "access/closure_rule.h"

#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "col/cell.h"
#include "col/words.h"
#include "geo/layer_row.h"
#include "model/data_table.h"

enum { KIND, REACH_POINT_M, REACH_LINE_M, REACH_POLYGON_M, BRIDGE, MIN_LENGTH_M, COLUMNS };
static const char *const column_names[COLUMNS] = { "kind",   "reach_point_m", "reach_line_m", "reach_polygon_m",
                                                   "bridge", "min_length_m" };
static const char *const bridge_words[] = { "closes", "unknown", "first" }; /* as smap__on_bridges */
enum { BRIDGE_WORDS = sizeof bridge_words / sizeof *bridge_words };

typedef struct work {
    const smap_layer *closures;
    const smap_column *kind, *passable, *speed, *delay, *from, *to;
    const smap__data_table *kinds;
    const smap__closure_limits *limits;
    smap__words scenario;
    smap__closure_effects out;
    smap__findings *findings;
} work;

/* ---- rules --------------------------------------------------------------------------------------------------------
 */

static smap_status read_rule(const smap__data_table *t, int64_t row, smap__closure_rule *rule, smap_error *err) {
    smap_status status = SMAP_OK;
    int word = 0;
    for (int k = 0; k < 3; k++) {
        SMAP_TRY(smap__data_table_number(t, row, REACH_POINT_M + k, &rule->reach_m[k], err), done);
        if (k < 2 ? !(rule->reach_m[k] > 0) : !(rule->reach_m[k] >= 0))
            return smap__data_table_fail(t, row, err,
                                         "the reach of points and lines is above 0, that of polygons 0 or more");
    }
    SMAP_TRY(smap__data_table_number(t, row, MIN_LENGTH_M, &rule->min_length_m, err), done);
    if (!(rule->min_length_m >= 0)) return smap__data_table_fail(t, row, err, "min_length_m is 0 or more");
    while (word < BRIDGE_WORDS && strcmp(smap__data_table_text(t, row, BRIDGE), bridge_words[word]) != 0) word++;
    if (word == BRIDGE_WORDS)
        return smap__data_table_fail(t, row, err, "bridge is one of \"closes\", \"unknown\", \"first\"");
    rule->on_bridges = (smap__on_bridges)word;
done:
    return status;
}

static int64_t kind_row(const work *w, const char *kind) {
    int64_t row = 0;
    while (row < w->kinds->rows && strcmp(smap__data_table_text(w->kinds, row, KIND), kind) != 0) row++;
    return row;
}

static smap_status read_rules(work *w, smap_ctx *ctx, smap_error *err) {
    smap_status status = smap__standard_get(ctx, "closure_rule", column_names, COLUMNS, &w->kinds, err);
    if (status != SMAP_OK) return status;
    w->out.rule = smap__realloc(NULL, (size_t)w->kinds->rows, sizeof *w->out.rule);
    if (!w->out.rule) return smap__fail_memory(err);
    for (int64_t row = 0; row < w->kinds->rows && status == SMAP_OK; row++)
        status = read_rule(w->kinds, row, &w->out.rule[row], err);
    if (status == SMAP_OK && kind_row(w, "unknown") == w->kinds->rows)
        status = smap__fail(err, SMAP_E_FORMAT, w->kinds->path, "%s: the row of the kind \"unknown\" is missing",
                            w->kinds->path);
    return status;
}

static const smap__closure_rule *rule_of(const work *w, int64_t row) {
    for (int64_t k = 0; k < w->kinds->rows; k++)
        if (smap__cell_is(w->kind, row, smap__data_table_text(w->kinds, k, KIND))) return &w->out.rule[k];
    return &w->out.rule[kind_row(w, "unknown")];
}

/* ---- rows ---------------------------------------------------------------------------------------------------------
 */

static smap_status tell(const work *w, int64_t row, const smap_column *column, const char *code, const char *what,
                        smap_error *err) {
    char value[64] = "";
    if (column) smap_column_format(column, row, value, sizeof value);
    return smap__findings_add(w->findings, err, SMAP__WARNING, code, smap__layer_fid(w->closures, row),
                              column ? column->name : NULL, value, "%s", what);
}

static smap__edge_state state_of(const smap_column *passable, int64_t row) {
    if (smap__cell_is(passable, row, "none")) return SMAP__EDGE_CLOSED;
    if (smap__cell_is(passable, row, "foot")) return SMAP__EDGE_FOOT;
    return smap__cell_is(passable, row, "all") ? SMAP__EDGE_OPEN : SMAP__EDGE_UNKNOWN;
}

static smap_status read_speed(const work *w, int64_t row, smap__closure_effect *e, smap_error *err) {
    double kmh, delay;
    if (w->speed && smap__cell_number(w->speed, row, &kmh)) {
        if (kmh == 0) {
            if (e->state == SMAP__EDGE_OPEN) e->state = SMAP__EDGE_FOOT;
        } else if (kmh >= w->limits->least_kmh && kmh <= w->limits->largest_kmh) {
            e->speed_ms = kmh / 3.6;
        } else {
            smap_status status = tell(w, row, w->speed, "closure_speed_unusable",
                                      "nothing goes at this speed in km/h: the closure does not slow", err);
            if (status != SMAP_OK) return status;
        }
    }
    if (w->delay && smap__cell_number(w->delay, row, &delay)) {
        bool usable = delay >= 0 && delay * 60 < HUGE_VAL;
        smap_status status = SMAP_OK;
        if (usable) e->delay_s = delay * 60;
        if (!usable)
            status = tell(w, row, w->delay, "closure_delay_unusable",
                          "a delay is 0 minutes or more: the closure does not delay", err);
        else if (delay > w->limits->long_delay_min)
            status = tell(w, row, w->delay, "closure_delay_long",
                          "so many minutes are a long wait: is it seconds, or the time for which it is closed? It "
                          "counts as it stands",
                          err);
        if (status != SMAP_OK) return status;
    }
    if (e->state == SMAP__EDGE_OPEN && (e->speed_ms < HUGE_VAL || e->delay_s > 0)) e->state = SMAP__EDGE_SLOWED;
    return SMAP_OK;
}

static int64_t time_of(const smap_column *column, int64_t row, int64_t otherwise) {
    bool stated = column && column->type == SMAP_TIMESTAMP && !smap_column_is_null(column, row);
    return stated ? column->v.i[row] : otherwise;
}

static smap_status read_time(const work *w, int64_t row, smap__closure_effect *e, smap_error *err) {
    e->from_ms = time_of(w->from, row, INT64_MIN);
    e->to_ms = time_of(w->to, row, INT64_MAX);
    if (e->from_ms < e->to_ms) return SMAP_OK;
    return tell(w, row, w->to, "closure_never_valid", "it ends before it begins: it never counts", err);
}

static smap_status read_scenario(const work *w, int64_t row, smap__closure_effect *e, smap_error *err) {
    int32_t code = w->scenario.of_row ? w->scenario.of_row[row] : -1;
    const char *name = code < 0 ? SMAP__CURRENT : smap__dict_text(w->scenario.dict, code);
    e->scenario = code;
    if (strcmp(name, SMAP__CURRENT) == 0) e->scenario = SMAP__NAMES_NO_SCENARIO;
    if (strcmp(name, SMAP__BASELINE) != 0) return SMAP_OK;
    e->scenario = SMAP__NAMES_BASELINE;
    return tell(w, row, smap_table_find(w->closures->table, "scenario"), "closure_in_baseline",
                "baseline is the network without closures: it counts in no scenario; give it another name", err);
}

static smap_status read_rows(work *w, smap_error *err) {
    const smap_table *t = w->closures->table;
    w->out.count = smap_table_rows(t);
    w->out.of = smap__zalloc((size_t)w->out.count, sizeof *w->out.of);
    if (!w->out.of) return smap__fail_memory(err);
    w->kind = smap_table_find(t, "kind");
    w->passable = smap_table_find(t, "passable");
    w->speed = smap_table_find(t, "speed_kmh");
    w->delay = smap_table_find(t, "delay_min");
    w->from = smap_table_find(t, "valid_from");
    w->to = smap_table_find(t, "valid_to");
    const smap_column *scenario = smap_table_find(t, "scenario");
    smap_status status = scenario ? smap__words_collect(scenario, &w->scenario, err) : SMAP_OK;
    for (int64_t row = 0; row < w->out.count && status == SMAP_OK; row++) {
        smap__closure_effect *e = &w->out.of[row];
        *e = (smap__closure_effect){ .rule = rule_of(w, row), .speed_ms = HUGE_VAL };
        e->state = (uint8_t)state_of(w->passable, row);
        SMAP_TRY(read_speed(w, row, e, err), done);
        SMAP_TRY(read_time(w, row, e, err), done);
        SMAP_TRY(read_scenario(w, row, e, err), done);
    }
done:
    return status;
}

smap_status smap__closure_effects_read(smap_ctx *ctx, const smap_layer *closures, const smap__closure_limits *limits,
                                       smap__closure_effects *out, smap__findings *findings, smap_error *err) {
    work w = { .closures = closures, .limits = limits, .findings = findings };
    smap_status status = read_rules(&w, ctx, err);
    if (status == SMAP_OK) status = read_rows(&w, err);
    if (status == SMAP_OK) {
        w.out.scenarios = w.scenario.dict;
        w.scenario.dict = NULL;
        *out = w.out;
        w.out = (smap__closure_effects){ 0 };
    }
    smap__words_release(&w.scenario);
    smap__closure_effects_release(&w.out);
    return status;
}

void smap__closure_effects_release(smap__closure_effects *effects) {
    smap__free(effects->rule);
    smap__free(effects->of);
    smap__dict_free(effects->scenarios);
    *effects = (smap__closure_effects){ 0 };
}
