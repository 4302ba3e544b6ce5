/* The speed of every road: what it states, else what its class and surface make likely. Roads are looked at in chunks
 * on all workers; what is told and counted of a chunk is joined in their order. */
#include <string.h>

#include "access/travel_speed.h"
#include "base/alloc.h"
#include "base/fail.h"
#include "base/parallel.h"
#include "base/word_sort.h"
#include "col/cell.h"
#include "col/words.h"
#include "geo/layer_row.h"
#include "model/schema.h"

enum { CACHED_MOST = 1 << 12, CHUNK = 1 << 15 };

typedef struct default_speed {
    double speed_ms;
    bool known;
} default_speed;

/* Speeds by the words of class and surface, which repeat: of all pairs, where those are not too many. */
typedef struct defaults {
    const smap__travel_speeds *speeds;
    smap__words class, surface;
    default_speed *of[SMAP__TRAVEL_MODES]; /* NULL: too many */
    size_t surfaces;                       /* in a line of them, none at all included */
} defaults;

/* What comes of a chunk of roads. */
typedef struct part {
    smap__speed_tally tally[SMAP__TRAVEL_MODES];
    size_t ratios; /* from the place of its first road */
    smap__findings findings;
} part;

typedef struct work {
    const smap_layer *roads;
    const smap_column *speed, *oneway;
    defaults defaults;
    double least_kmh, largest_kmh;
    uint64_t *ratio; /* stated against default as words, of the roads for which that can be told */
    size_t ratios;
    smap__road_speeds out;
    part *parts;
    int64_t part_count;
    smap__speed_tally *tally;
    smap__findings *findings;
} work;

/* ---- defaults -----------------------------------------------------------------------------------------------------
 */

static smap_status collect(int worker, int64_t surface, void *user, smap_error *err) {
    work *w = user;
    const smap_column *column = smap_table_find(w->roads->table, surface ? "surface" : "class");
    (void)worker;
    return column ? smap__words_collect(column, surface ? &w->defaults.surface : &w->defaults.class, err) : SMAP_OK;
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

static default_speed look_up(const defaults *d, smap__travel_mode mode, int32_t class, int32_t surface) {
    default_speed found;
    found.speed_ms =
        smap__travel_speed(d->speeds, mode, text_of(&d->class, class), text_of(&d->surface, surface), &found.known);
    return found;
}

static smap_status defaults_init(smap_ctx *ctx, work *w, const smap__travel_speeds *speeds, smap_error *err) {
    defaults *d = &w->defaults;
    d->speeds = speeds;
    smap_status status = smap__parallel(ctx, 2, collect, w, err);
    if (status != SMAP_OK) return status;
    d->surfaces = count_of(&d->surface) + 1;
    size_t size = (count_of(&d->class) + 1) * d->surfaces;
    for (int mode = 0; mode < SMAP__TRAVEL_MODES && size <= CACHED_MOST; mode++) {
        if (!(d->of[mode] = smap__realloc(NULL, size, sizeof *d->of[mode]))) return smap__fail_memory(err);
        for (size_t k = 0; k < size; k++)
            d->of[mode][k] = look_up(d, mode, (int32_t)(k / d->surfaces) - 1, (int32_t)(k % d->surfaces) - 1);
    }
    return SMAP_OK;
}

static void defaults_release(defaults *d) {
    smap__words_release(&d->class);
    smap__words_release(&d->surface);
    for (int mode = 0; mode < SMAP__TRAVEL_MODES; mode++) smap__free(d->of[mode]);
}

static default_speed default_of(const defaults *d, smap__travel_mode mode, int64_t row) {
    int32_t class = word_of(&d->class, row), surface = word_of(&d->surface, row);
    if (!d->of[mode]) return look_up(d, mode, class, surface);
    return d->of[mode][(size_t)(class + 1) * d->surfaces + (size_t)(surface + 1)];
}

/* ---- roads --------------------------------------------------------------------------------------------------------
 */

static smap_status tell(const work *w, part *p, int64_t row, smap__severity severity, const char *code,
                        const char *what, smap_error *err) {
    char value[64];
    smap_column_format(w->speed, row, value, sizeof value);
    return smap__findings_add(&p->findings, err, severity, code, smap__layer_fid(w->roads, row), "speed_kmh", value,
                              "%s", what);
}

/* By vehicle: what the road states, if that can be, else the default. `ratio` is the place for the part's next. */
static smap_status speed_by_vehicle(const work *w, part *p, int64_t row, default_speed usual, uint64_t *ratio,
                                    smap_error *err) {
    smap__speed_tally *tally = &p->tally[SMAP__BY_VEHICLE];
    double kmh = 0, *speed_ms = &w->out.speed_ms[SMAP__BY_VEHICLE][row];
    bool stated = w->speed && smap__cell_number(w->speed, row, &kmh);
    *speed_ms = usual.speed_ms;
    if (stated && kmh == 0) {
        tally->zero++;
        *speed_ms = 0;
        return tell(w, p, row, SMAP__INFO, "road_speed_zero", "the speed is 0: the road is closed to vehicles", err);
    }
    if (stated && kmh >= w->least_kmh && kmh <= w->largest_kmh) {
        tally->stated++;
        if (!(usual.speed_ms > 0)) return SMAP_OK;
        *speed_ms = kmh / 3.6;
        *ratio = smap__real_word(kmh / 3.6 / usual.speed_ms);
        p->ratios++;
        return SMAP_OK;
    }
    tally->by_class++;
    tally->class_unknown += !usual.known;
    tally->unusable += stated;
    if (!stated) return SMAP_OK;
    return tell(w, p, row, SMAP__WARNING, "road_speed_unusable",
                "no road has this speed in km/h: that of its class and surface is used", err);
}

static smap__oneway oneway_of(const smap_column *column, int64_t row) {
    if (smap__cell_is(column, row, "forward")) return SMAP__ONE_WAY_FORWARD;
    return smap__cell_is(column, row, "backward") ? SMAP__ONE_WAY_BACKWARD : SMAP__BOTH_WAYS;
}

static smap_status find_speeds(int worker, int64_t chunk, void *user, smap_error *err) {
    const work *w = user;
    part *p = &w->parts[chunk];
    int64_t first = chunk * CHUNK, rows = smap_table_rows(w->roads->table);
    smap_status status = SMAP_OK;
    (void)worker;
    for (int64_t row = first; row < rows && row < first + CHUNK && status == SMAP_OK; row++) {
        default_speed walking = default_of(&w->defaults, SMAP__ON_FOOT, row);
        default_speed driving = default_of(&w->defaults, SMAP__BY_VEHICLE, row);
        w->out.speed_ms[SMAP__ON_FOOT][row] = walking.speed_ms;
        w->out.oneway[row] = (uint8_t)oneway_of(w->oneway, row);
        p->tally[SMAP__ON_FOOT].by_class++;
        p->tally[SMAP__ON_FOOT].class_unknown += !walking.known;
        p->tally[SMAP__ON_FOOT].barred += walking.speed_ms == 0;
        p->tally[SMAP__BY_VEHICLE].barred += driving.speed_ms == 0;
        status = speed_by_vehicle(w, p, row, driving, w->ratio + first + p->ratios, err);
    }
    return status;
}

static void add_tally(smap__speed_tally *to, const smap__speed_tally *from) {
    to->stated += from->stated;
    to->by_class += from->by_class;
    to->unusable += from->unusable;
    to->zero += from->zero;
    to->class_unknown += from->class_unknown;
    to->barred += from->barred;
}

static smap_status join_parts(work *w, smap_error *err) {
    smap_status status = SMAP_OK;
    for (int64_t k = 0; k < w->part_count && status == SMAP_OK; k++) {
        const part *p = &w->parts[k];
        for (int mode = 0; mode < SMAP__TRAVEL_MODES; mode++) add_tally(&w->tally[mode], &p->tally[mode]);
        memmove(w->ratio + w->ratios, w->ratio + k * CHUNK, p->ratios * sizeof *w->ratio);
        w->ratios += p->ratios;
        status = smap__findings_join(w->findings, &p->findings, err);
    }
    return status;
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
    w->part_count = ((int64_t)rows + CHUNK - 1) / CHUNK;
    w->parts = smap__zalloc((size_t)w->part_count, sizeof *w->parts);
    bool made =
        w->out.speed_ms[SMAP__ON_FOOT] && w->out.speed_ms[SMAP__BY_VEHICLE] && w->out.oneway && w->ratio && w->parts;
    return made ? SMAP_OK : smap__fail_memory(err);
}

smap_status smap__road_speeds_find(smap_ctx *ctx, const smap__travel_speeds *speeds, const smap_layer *roads,
                                   smap__road_speeds *out, smap__speed_tally *tally, smap__findings *findings,
                                   smap_error *err) {
    const smap__schema *schema = NULL;
    const smap__field *speed = NULL;
    work w = { .roads = roads,
               .speed = smap_table_find(roads->table, "speed_kmh"),
               .oneway = smap_table_find(roads->table, "oneway"),
               .least_kmh = speeds->least_kmh,
               .tally = tally,
               .findings = findings };
    smap_status status = smap__schema_get(ctx, "road", &schema, err);
    if (status != SMAP_OK) return status;
    speed = smap__schema_field(schema, "speed_kmh");
    w.largest_kmh = w.out.largest_kmh = speed && speed->has_max ? speed->max : HUGE_VAL;
    SMAP_TRY(make_arrays(&w, err), done);
    SMAP_TRY(defaults_init(ctx, &w, speeds, err), done);
    SMAP_TRY(smap__parallel(ctx, w.part_count, find_speeds, &w, err), done);
    SMAP_TRY(join_parts(&w, err), done);
    SMAP_TRY(check_unit(ctx, &w, err), done);
    *out = w.out;
    w.out = (smap__road_speeds){ 0 };
done:
    defaults_release(&w.defaults);
    for (int64_t k = 0; w.parts && k < w.part_count; k++) smap__findings_release(&w.parts[k].findings);
    smap__free(w.parts);
    smap__free(w.ratio);
    smap__road_speeds_release(&w.out);
    return status;
}

void smap__road_speeds_release(smap__road_speeds *speeds) {
    for (int mode = 0; mode < SMAP__TRAVEL_MODES; mode++) smap__free(speeds->speed_ms[mode]);
    smap__free(speeds->oneway);
    *speeds = (smap__road_speeds){ 0 };
}
