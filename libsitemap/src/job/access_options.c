/* What a run was asked for. */
#include <string.h>

#include "base/fail.h"
#include "col/words.h"
#include "job/access_run.h"
#include "model/data_table.h"

enum { MOST_NEAREST = 1000, MOST_CRITICAL = 10000 };
static const double LONGEST_MIN = 100000;

/* ---- data/standards/access.csv --------------------------------------------------------------------------------------
 */

enum { PARAMETER, VALUE };

static smap_status parameters(smap_ctx *ctx, const smap__data_table **out, smap_error *err) {
    static const char *const columns[] = { [PARAMETER] = "parameter", [VALUE] = "value" };
    return smap__standard_get(ctx, "access", columns, sizeof columns / sizeof *columns, out, err);
}

static smap_status parameter(const smap__data_table *t, const char *name, double *out, smap_error *err) {
    for (int64_t i = 0; i < t->rows; i++)
        if (strcmp(smap__data_table_text(t, i, PARAMETER), name) == 0) {
            smap_status status = smap__data_table_number(t, i, VALUE, out, err);
            if (status == SMAP_OK && !(*out > 0))
                status = smap__data_table_fail(t, i, err, "%s must be a number above 0", name);
            return status;
        }
    return smap__fail(err, SMAP_E_NOT_FOUND, t->path, "%s has no row \"%s\"", t->path, name);
}

/* ---- limits ---------------------------------------------------------------------------------------------------------
 */

static smap_status fail_limits(const char *text, smap_error *err) {
    return smap__fail(err, SMAP_E_ARGUMENT, "limits",
                      "--limits are minutes above 0, ascending, at most %d of them and up to %.0f: 15,30,60; not "
                      "\"%s\"",
                      SMAP__LIMITS_MAX, LONGEST_MIN, text);
}

/* False: it is no limit, or does not come after those before. */
static bool add_limit(smap__access_run *run, double minutes) {
    double seconds = minutes * 60;
    bool ok = minutes > 0 && minutes <= LONGEST_MIN && run->limits < SMAP__LIMITS_MAX;
    if (!ok || (run->limits && seconds <= run->limit_s[run->limits - 1])) return false;
    run->limit_s[run->limits++] = seconds;
    return true;
}

static smap_status parse_limits(smap__access_run *run, const smap__data_table *defaults, smap_error *err) {
    const char *text = run->options->limits;
    for (int64_t i = 0; !text && i < defaults->rows; i++) {
        double minutes = NAN;
        if (strcmp(smap__data_table_text(defaults, i, PARAMETER), "limit") != 0) continue;
        smap_status status = smap__data_table_number(defaults, i, VALUE, &minutes, err);
        if (status != SMAP_OK) return status;
        if (!add_limit(run, minutes))
            return smap__data_table_fail(defaults, i, err, "limits are minutes above 0, ascending");
    }
    for (const char *at = text; at; at = strchr(at, ',') ? strchr(at, ',') + 1 : NULL) {
        double minutes = NAN;
        at += strspn(at, " ");
        size_t len = strcspn(at, ",");
        while (len && at[len - 1] == ' ') len--;
        if (!smap__parse_real(at, len, &minutes) || !add_limit(run, minutes)) return fail_limits(text, err);
    }
    return SMAP_OK;
}

/* ---- numbers and words ----------------------------------------------------------------------------------------------
 */

static smap_status parse_count(const char *text, const char *option, int64_t most, int64_t *out, smap_error *err) {
    if (!text) return SMAP_OK;
    if (!smap__parse_int(text, strlen(text), out) || *out < 1 || *out > most)
        return smap__fail(err, SMAP_E_ARGUMENT, option, "--%s is a whole number from 1 to %lld, not \"%s\"", option,
                          (long long)most, text);
    return SMAP_OK;
}

static smap_status parse_metres(const char *text, const char *option, double *out, smap_error *err) {
    static const double most_m = 1e6;
    if (!text) return SMAP_OK;
    if (!smap__parse_real(text, strlen(text), out) || !(*out >= 0 && *out <= most_m))
        return smap__fail(err, SMAP_E_ARGUMENT, option, "--%s is a number of metres up to %.0f, not \"%s\"", option,
                          most_m, text);
    return SMAP_OK;
}

/* One of two words, or "both"; NULL stands for `otherwise`. */
static smap_status parse_either(const char *text, const char *option, const char *a, const char *b,
                                const char *otherwise, bool *is_a, bool *is_b, smap_error *err) {
    const char *word = text ? text : otherwise;
    bool both = strcmp(word, "both") == 0;
    *is_a = both || strcmp(word, a) == 0;
    *is_b = both || strcmp(word, b) == 0;
    if (*is_a || *is_b) return SMAP_OK;
    return smap__fail(err, SMAP_E_ARGUMENT, option, "--%s knows %s, %s and both, not \"%s\"", option, a, b, word);
}

static smap_status parse_critical_of(smap__access_run *run, smap_error *err) {
    const char *word = run->options->critical_of;
    if (!word) return SMAP_OK;
    run->bridges_alone = strcmp(word, "bridges") == 0;
    if (!run->bridges_alone && strcmp(word, "all") != 0)
        return smap__fail(err, SMAP_E_ARGUMENT, "critical-of", "--critical-of knows all and bridges, not \"%s\"", word);
    if (!run->options->critical)
        return smap__fail(err, SMAP_E_ARGUMENT, "critical-of",
                          "--critical-of is for the links of --critical, which are not asked for");
    return SMAP_OK;
}

static smap_status parse_words(smap__access_run *run, smap_error *err) {
    const smap_access_options *o = run->options;
    smap_status status = parse_either(o->unknown, "unknown", "open", "closed", "both", &run->open, &run->closed, err);
    if (status == SMAP_OK)
        status = parse_either(o->mode, "mode", smap__travel_mode_code(SMAP__ON_FOOT),
                              smap__travel_mode_code(SMAP__BY_VEHICLE), smap__travel_mode_code(SMAP__ON_FOOT),
                              &run->mode[SMAP__ON_FOOT], &run->mode[SMAP__BY_VEHICLE], err);
    if (status == SMAP_OK) status = parse_critical_of(run, err);
    if (status == SMAP_OK && o->barrier && !o->isochrones)
        status = smap__fail(err, SMAP_E_ARGUMENT, "barrier",
                            "--barrier is for the areas of --isochrones, which are not asked for");
    return status;
}

smap_status smap__access_parse(smap__access_run *run, smap_error *err) {
    const smap_access_options *o = run->options;
    const smap__data_table *t = NULL;
    int64_t nearest = 1, critical = 0;
    double choices = 0;
    smap_status status = parameters(run->ctx, &t, err);
    if (status == SMAP_OK) status = parameter(t, "max_walk", &run->max_walk_m, err);
    if (status == SMAP_OK) status = parameter(t, "area_width", &run->area_width_m, err);
    if (status == SMAP_OK) status = parameter(t, "area_core", &run->area_core_m, err);
    if (status == SMAP_OK) status = parameter(t, "area_least", &run->area_least_m2, err);
    if (status == SMAP_OK) status = parameter(t, "capacity_choices", &choices, err);
    if (status == SMAP_OK) status = parse_limits(run, t, err);
    if (status == SMAP_OK) status = parse_count(o->nearest, "nearest", MOST_NEAREST, &nearest, err);
    if (status == SMAP_OK) status = parse_count(o->critical, "critical", MOST_CRITICAL, &critical, err);
    if (status == SMAP_OK) status = parse_metres(o->max_walk_m, "max-walk", &run->max_walk_m, err);
    if (status == SMAP_OK) status = parse_metres(o->join_m, "join-ends", &run->join_m, err);
    run->nearest = run->search = (uint32_t)nearest;
    run->critical = (int32_t)critical;
    if (o->capacity && choices > run->nearest) run->search = (uint32_t)choices;
    return status == SMAP_OK ? parse_words(run, err) : status;
}

/* ---- scenarios ------------------------------------------------------------------------------------------------------
 */

/* Names of closures as a list, "" where there is none. */
static smap_status list_names(const smap_column *names, smap__str *out, smap_error *err) {
    smap__words words;
    smap_status status = smap__words_collect(names, &words, err);
    if (status != SMAP_OK) return status;
    smap__dict_list(words.dict, NULL, 0, out);
    smap__words_release(&words);
    return out->failed ? smap__fail_memory(err) : SMAP_OK;
}

static smap_status take_scenario(smap__access_run *run, const char *name, smap_error *err) {
    for (int i = 0; i < run->scenarios; i++)
        if (strcmp(run->scenario[i], name) == 0) return SMAP_OK;
    if (run->scenarios == SMAP__SCENARIOS_MAX)
        return smap__fail(err, SMAP_E_LIMIT, "scenario", "at most %d scenarios in one run; take several runs",
                          SMAP__SCENARIOS_MAX);
    run->scenario[run->scenarios++] = name;
    return SMAP_OK;
}

/* Without a word: the present where something is said of it, else the network as it was. */
static smap_status choose_scenario(smap__access_run *run, smap_error *err) {
    const smap_column *names = smap_table_find(run->closure->table, "scenario");
    smap__str list = SMAP__STR_INIT;
    smap_status status = list_names(names, &list, err);
    run->scenario[run->scenarios++] = names->null_count > 0 ? SMAP__CURRENT : SMAP__BASELINE;
    if (status == SMAP_OK && list.len)
        status = smap__findings_add(&run->closure_findings, err, SMAP__INFO, "scenarios_not_run", 0, "scenario", NULL,
                                    "closures name scenarios that were not asked for: %s; run one with --scenario NAME",
                                    list.data);
    smap__str_release(&list);
    return status;
}

smap_status smap__access_scenarios(smap__access_run *run, smap_error *err) {
    smap_status status = run->options->scenarios == 0 ? choose_scenario(run, err) : SMAP_OK;
    for (int i = 0; i < run->options->scenarios && status == SMAP_OK; i++)
        status = take_scenario(run, run->options->scenario[i], err);
    return status;
}
