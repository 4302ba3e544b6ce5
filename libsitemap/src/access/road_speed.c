/* The speed of every road: what it states, else what its class and surface make likely. */
#include <string.h>

#include "access/travel_speed.h"
#include "base/alloc.h"
#include "base/fail.h"
#include "base/word_sort.h"
#include "col/cell.h"
#include "col/words.h"
#include "geo/layer_row.h"
#include "model/schema.h"

enum { CACHED_MOST = 1 << 16 };

/* Speeds by the words of class and surface, which repeat: kept as they are met. */
typedef struct defaults {
    const smap__travel_speeds *speeds;
    smap__words class, surface;
    struct {
        double speed_ms;
        bool known, met;
    } * cache[SMAP__TRAVEL_MODES];
    size_t surfaces; /* in a line of the cache, none at all included */
} defaults;

typedef struct work {
    const smap_layer *roads;
    defaults defaults;
    double least_kmh, largest_kmh;
    uint64_t *ratio; /* stated against default as words, of the roads for which that can be told */
    size_t ratios;
    smap__road_speeds out;
    smap__speed_tally *tally;
    smap__findings *findings;
} work;

/* ---- defaults -----------------------------------------------------------------------------------------------------
 */

static smap_status collect(const smap_layer *layer, const char *name, smap__words *words, smap_error *err) {
    const smap_column *column = smap_table_find(layer->table, name);
    return column ? smap__words_collect(column, words, err) : SMAP_OK;
}

static int32_t word_of(const smap__words *words, int64_t row) {
    return words->of_row ? words->of_row[row] : -1;
}

static const char *text_of(const smap__words *words, int32_t code) {
    return code < 0 ? "" : smap__dict_text(words->dict, code);
}

static size_t count_of(const smap__words *words) {
    return words->dict ? (size_t)smap__dict_count(words->dict) : 0;
}

static smap_status defaults_init(defaults *d, const smap__travel_speeds *speeds, const smap_layer *roads,
                                 smap_error *err) {
    d->speeds = speeds;
    smap_status status = collect(roads, "class", &d->class, err);
    if (status == SMAP_OK) status = collect(roads, "surface", &d->surface, err);
    if (status != SMAP_OK) return status;
    d->surfaces = count_of(&d->surface) + 1;
    size_t size = (count_of(&d->class) + 1) * d->surfaces;
    for (int mode = 0; mode < SMAP__TRAVEL_MODES && size <= CACHED_MOST; mode++)
        if (!(d->cache[mode] = smap__zalloc(size, sizeof *d->cache[mode]))) return smap__fail_memory(err);
    return SMAP_OK;
}

static void defaults_release(defaults *d) {
    smap__words_release(&d->class);
    smap__words_release(&d->surface);
    for (int mode = 0; mode < SMAP__TRAVEL_MODES; mode++) smap__free(d->cache[mode]);
}

static double default_of(defaults *d, smap__travel_mode mode, int64_t row, bool *known) {
    int32_t class = word_of(&d->class, row), surface = word_of(&d->surface, row);
    size_t at = (size_t)(class + 1) * d->surfaces + (size_t)(surface + 1);
    bool kept = d->cache[mode] != NULL;
    if (kept && d->cache[mode][at].met) {
        *known = d->cache[mode][at].known;
        return d->cache[mode][at].speed_ms;
    }
    double speed = smap__travel_speed(d->speeds, mode, text_of(&d->class, class), text_of(&d->surface, surface), known);
    if (kept) {
        d->cache[mode][at].speed_ms = speed;
        d->cache[mode][at].known = *known;
        d->cache[mode][at].met = true;
    }
    return speed;
}

/* ---- roads --------------------------------------------------------------------------------------------------------
 */

static smap_status tell(const work *w, int64_t row, smap__severity severity, const char *code, const char *what,
                        smap_error *err) {
    char value[64];
    smap_column_format(smap_table_find(w->roads->table, "speed_kmh"), row, value, sizeof value);
    return smap__findings_add(w->findings, err, severity, code, smap__layer_fid(w->roads, row), "speed_kmh", value,
                              "%s", what);
}

/* By vehicle: what the road states, if that can be, else the default. */
static smap_status speed_by_vehicle(work *w, int64_t row, double by_class, bool known, double *speed_ms,
                                    smap_error *err) {
    smap__speed_tally *tally = &w->tally[SMAP__BY_VEHICLE];
    double kmh = 0;
    const smap_column *column = smap_table_find(w->roads->table, "speed_kmh");
    bool stated = column && smap__cell_number(column, row, &kmh);
    *speed_ms = by_class;
    if (stated && kmh == 0) {
        tally->zero++;
        *speed_ms = 0;
        return tell(w, row, SMAP__INFO, "road_speed_zero", "the speed is 0: the road is closed to vehicles", err);
    }
    if (stated && kmh >= w->least_kmh && kmh <= w->largest_kmh) {
        tally->stated++;
        if (by_class > 0) *speed_ms = kmh / 3.6;
        if (by_class > 0) w->ratio[w->ratios++] = smap__real_word(kmh / 3.6 / by_class);
        return SMAP_OK;
    }
    tally->by_class++;
    tally->class_unknown += !known;
    tally->unusable += stated;
    if (!stated) return SMAP_OK;
    return tell(w, row, SMAP__WARNING, "road_speed_unusable",
                "no road has this speed in km/h: that of its class and surface is used", err);
}

static smap__oneway oneway_of(const smap_column *column, int64_t row) {
    if (smap__cell_is(column, row, "forward")) return SMAP__ONE_WAY_FORWARD;
    return smap__cell_is(column, row, "backward") ? SMAP__ONE_WAY_BACKWARD : SMAP__BOTH_WAYS;
}

static smap_status find_speed(work *w, int64_t row, smap_error *err) {
    smap__speed_tally *tally = &w->tally[SMAP__ON_FOOT];
    bool known;
    double walking = default_of(&w->defaults, SMAP__ON_FOOT, row, &known);
    w->out.speed_ms[SMAP__ON_FOOT][row] = walking;
    tally->by_class++;
    tally->class_unknown += !known;
    tally->barred += walking == 0;
    double by_class = default_of(&w->defaults, SMAP__BY_VEHICLE, row, &known);
    w->tally[SMAP__BY_VEHICLE].barred += by_class == 0;
    w->out.oneway[row] = (uint8_t)oneway_of(smap_table_find(w->roads->table, "oneway"), row);
    return speed_by_vehicle(w, row, by_class, known, &w->out.speed_ms[SMAP__BY_VEHICLE][row], err);
}

/* Speeds in m/s or miles are all too small by one factor: the middle one of many tells. */
static smap_status check_unit(smap_ctx *ctx, work *w, smap_error *err) {
    size_t n = w->ratios;
    if (n == 0 || (double)n < w->defaults.speeds->unit_roads) return SMAP_OK;
    uint64_t *spare = smap__realloc(NULL, n, sizeof *spare);
    smap_status status = spare ? smap__sort_words(ctx, w->ratio, spare, (int64_t)n, 0, err) : smap__fail_memory(err);
    smap__free(spare);
    if (status != SMAP_OK) return status;
    double median = (smap__word_real(w->ratio[(n - 1) / 2]) + smap__word_real(w->ratio[n / 2])) / 2,
           most = w->defaults.speeds->unit_ratio;
    if (median <= most && median * most >= 1) return SMAP_OK;
    return smap__findings_add(
        w->findings, err, SMAP__WARNING, "road_speed_unit", 0, "speed_kmh", NULL,
        "the speeds that %zu roads state are %.2g times those usual for their classes, in the middle: are they km/h? "
        "m/s are 3.6 times less and mph 1.6 times; convert them if so",
        n, median);
}

static smap_status make_arrays(work *w, smap_error *err) {
    size_t rows = (size_t)smap_table_rows(w->roads->table);
    for (int mode = 0; mode < SMAP__TRAVEL_MODES; mode++)
        w->out.speed_ms[mode] = smap__realloc(NULL, rows, sizeof *w->out.speed_ms[mode]);
    w->out.oneway = smap__realloc(NULL, rows, sizeof *w->out.oneway);
    w->ratio = smap__realloc(NULL, rows, sizeof *w->ratio);
    bool made = w->out.speed_ms[SMAP__ON_FOOT] && w->out.speed_ms[SMAP__BY_VEHICLE] && w->out.oneway && w->ratio;
    return made ? SMAP_OK : smap__fail_memory(err);
}

smap_status smap__road_speeds_find(smap_ctx *ctx, const smap__travel_speeds *speeds, const smap_layer *roads,
                                   smap__road_speeds *out, smap__speed_tally *tally, smap__findings *findings,
                                   smap_error *err) {
    const smap__schema *schema = NULL;
    const smap__field *speed = NULL;
    work w = { .roads = roads, .least_kmh = speeds->least_kmh, .tally = tally, .findings = findings };
    smap_status status = smap__schema_get(ctx, "road", &schema, err);
    if (status != SMAP_OK) return status;
    speed = smap__schema_field(schema, "speed_kmh");
    w.largest_kmh = w.out.largest_kmh = speed && speed->has_max ? speed->max : HUGE_VAL;
    SMAP_TRY(make_arrays(&w, err), done);
    SMAP_TRY(defaults_init(&w.defaults, speeds, roads, err), done);
    for (int64_t row = 0; row < smap_table_rows(roads->table); row++) SMAP_TRY(find_speed(&w, row, err), done);
    SMAP_TRY(check_unit(ctx, &w, err), done);
    *out = w.out;
    w.out = (smap__road_speeds){ 0 };
done:
    defaults_release(&w.defaults);
    smap__free(w.ratio);
    smap__road_speeds_release(&w.out);
    return status;
}

void smap__road_speeds_release(smap__road_speeds *speeds) {
    for (int mode = 0; mode < SMAP__TRAVEL_MODES; mode++) smap__free(speeds->speed_ms[mode]);
    smap__free(speeds->oneway);
    *speeds = (smap__road_speeds){ 0 };
}
