#include "access/coverage.h"

#include <math.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/fail.h"

static const double same_s = 1; /* times nearer to each other than that are one */

smap__access_change smap__access_compare(double before_s, double after_s) {
    bool before = before_s < HUGE_VAL, after = after_s < HUGE_VAL;
    if (!before || !after) return before ? SMAP__ACCESS_LOST : after ? SMAP__ACCESS_GAINED : SMAP__ACCESS_NEVER;
    if (fabs(after_s - before_s) <= same_s) return SMAP__ACCESS_SAME;
    return after_s > before_s ? SMAP__ACCESS_SLOWER : SMAP__ACCESS_FASTER;
}

static bool is_within(double seconds, double limit_s) {
    return seconds <= limit_s && seconds < HUGE_VAL;
}

static void count_origin(smap__coverage *c, double people, bool before, bool now) {
    bool lost = before && !now, gained = now && !before;
    c->origins++;
    c->within += now;
    c->lost += lost;
    c->gained += gained;
    if (isnan(people)) {
        c->people_unknown++;
        c->people_unknown_within += now;
        return;
    }
    c->people += people;
    if (now) c->people_within += people;
    if (lost) c->people_lost += people;
    if (gained) c->people_gained += people;
}

void smap__coverage_count(const smap__access *access, const smap__access *before, const double *people,
                          const int64_t *area, int64_t areas, const double *limit_s, int limits, smap__coverage *out) {
    size_t types = (size_t)access->types, row = types * (size_t)limits;
    for (size_t k = 0; k < (size_t)areas * row; k++) out[k] = (smap__coverage){ 0 };
    for (int64_t o = 0; o < access->origins; o++) {
        int64_t where = area ? area[o] : 0;
        if (where < 0 || where >= areas) continue;
        for (int32_t t = 0; t < access->types; t++) {
            double now = access->seconds[smap__access_at(access, o, t, 0)];
            double then = before ? before->seconds[smap__access_at(before, o, t, 0)] : now;
            smap__coverage *c = &out[(size_t)where * row + (size_t)t * (size_t)limits];
            for (int k = 0; k < limits; k++)
                count_origin(&c[k], people ? people[o] : NAN, is_within(then, limit_s[k]), is_within(now, limit_s[k]));
        }
    }
}

bool smap__coverage_knows_people(const smap__coverage *coverage) {
    return coverage->people_unknown < coverage->origins || coverage->origins == 0;
}

/* ---- catchments ---- */

/* One entry of the access: somebody may go there. */
typedef struct way {
    double seconds;
    uint32_t service;
    bool nearest; /* the first way of its origin */
    int64_t origin;
} way;

typedef struct work {
    const smap__catchment_query *q;
    way *ways;
    size_t count, capacity;
    double *left;       /* people of each origin who have no place so far */
    double *room;       /* of each service */
    double *by_people;  /* of each service: people times seconds */
    double *by_origins; /* seconds of its origins */
    double *longest_s;
    smap__catchment *out;
} work;

static int compare_ways(const void *left, const void *right) {
    const way *a = left, *b = right;
    if (a->seconds != b->seconds) return a->seconds < b->seconds ? -1 : 1;
    if (a->service != b->service) return a->service < b->service ? -1 : 1;
    return (a->origin > b->origin) - (a->origin < b->origin);
}

static double people_of(const smap__catchment_query *q, int64_t origin) {
    return q->people ? q->people[origin] : NAN;
}

static bool is_limited(const smap__catchment_query *q) {
    for (int64_t s = 0; q->capacity && s < q->services; s++)
        if (q->capacity[s] < HUGE_VAL) return true;
    return false;
}

/* The ways of one type that somebody may go; where no room is limited, and where people are not known, the first. */
static smap_status gather(work *w, int32_t type, bool limited, smap_error *err) {
    const smap__access *a = w->q->access;
    w->count = 0;
    for (int64_t o = 0; o < a->origins; o++) {
        double people = people_of(w->q, o);
        w->left[o] = people > 0 ? people : 0;
        if (people <= 0) continue;
        for (uint32_t k = 0; k < (limited && people > 0 ? a->k : 1); k++) {
            size_t at = smap__access_at(a, o, type, k);
            if (!is_within(a->seconds[at], w->q->limit_s)) break;
            if (!smap__grow(&w->ways, &w->capacity, w->count + 1, sizeof *w->ways)) return smap__fail_memory(err);
            w->ways[w->count++] = (way){ a->seconds[at], a->service[at], k == 0, o };
        }
    }
    if (w->count > 1) qsort(w->ways, w->count, sizeof *w->ways, compare_ways);
    return SMAP_OK;
}

static void go(work *w, const way *taken) {
    uint32_t s = taken->service;
    smap__catchment *c = &w->out[s];
    if (!isnan(people_of(w->q, taken->origin))) {
        double going = fmin(w->left[taken->origin], w->room[s]);
        if (taken->nearest) c->turned_away += w->left[taken->origin] - going;
        if (!(going > 0)) return;
        w->left[taken->origin] -= going;
        w->room[s] -= going;
        w->by_people[s] += going * taken->seconds;
        c->people += going;
    }
    w->by_origins[s] += taken->seconds;
    w->longest_s[s] = taken->seconds; /* the shortest came first */
    c->origins++;
}

static void fill(work *w, double *unserved) {
    for (size_t k = 0; k < w->count; k++) go(w, &w->ways[k]);
    *unserved = 0;
    for (int64_t o = 0; o < w->q->access->origins; o++) *unserved += w->left[o];
}

static smap_status make_room(work *w, smap_error *err) {
    size_t services = (size_t)w->q->services;
    w->left = smap__realloc(NULL, (size_t)w->q->access->origins, sizeof *w->left);
    w->room = smap__realloc(NULL, services, sizeof *w->room);
    w->by_people = smap__zalloc(services, sizeof *w->by_people);
    w->by_origins = smap__zalloc(services, sizeof *w->by_origins);
    w->longest_s = smap__zalloc(services, sizeof *w->longest_s);
    w->out = smap__zalloc(services, sizeof *w->out);
    if (!w->left || !w->room || !w->by_people || !w->by_origins || !w->longest_s || !w->out)
        return smap__fail_memory(err);
    for (size_t s = 0; s < services; s++) {
        double capacity = w->q->capacity ? w->q->capacity[s] : NAN;
        w->room[s] = isnan(capacity) ? HUGE_VAL : capacity;
    }
    return SMAP_OK;
}

static void tell(const work *w, smap__catchment *out) {
    for (int64_t s = 0; s < w->q->services; s++) {
        const smap__catchment *c = &w->out[s];
        double sum = c->people > 0 ? w->by_people[s] / c->people : w->by_origins[s] / (double)c->origins;
        out[s] = *c;
        out[s].mean_s = c->origins > 0 ? sum : NAN;
        out[s].max_s = c->origins > 0 ? w->longest_s[s] : NAN;
    }
}

smap_status smap__catchments(const smap__catchment_query *query, smap__catchment *out, double *unserved,
                             double *no_place, smap_error *err) {
    work w = { .q = query };
    bool limited = is_limited(query);
    int32_t types = query->access->types;
    double *left = smap__zalloc((size_t)types, sizeof *left);
    smap_status status = left ? SMAP_OK : smap__fail_memory(err);
    if (status == SMAP_OK) status = make_room(&w, err);
    for (int32_t t = 0; status == SMAP_OK && t < types; t++) {
        status = gather(&w, t, limited, err);
        if (status != SMAP_OK) break;
        fill(&w, &left[t]);
        for (int64_t o = 0; no_place && o < query->access->origins; o++)
            no_place[t * query->access->origins + o] = w.left[o];
    }
    if (status == SMAP_OK) {
        tell(&w, out);
        for (int32_t t = 0; t < types; t++) unserved[t] = left[t];
    }
    smap__free(left);
    smap__free(w.ways);
    smap__free(w.left);
    smap__free(w.room);
    smap__free(w.by_people);
    smap__free(w.by_origins);
    smap__free(w.longest_s);
    smap__free(w.out);
    return status;
}
