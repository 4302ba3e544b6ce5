#include "access/coverage.h"

#include <math.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/parallel.h"
#include "base/word_sort.h"

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

/* One type: its services are its own, so types are filled side by side. */
typedef struct queue {
    const struct work *w;
    way *ways, *sorted;
    uint64_t *words, *spare;
    size_t count, capacity;
    double *left; /* people of each origin who have no place so far */
} queue;

typedef struct work {
    const smap__catchment_query *q;
    smap_ctx *ctx; /* to sort with; NULL: types are at work side by side */
    bool limited;
    double *unserved, *no_place; /* people: of each type; of each type and origin */
    double *room;                /* of each service */
    double *by_people;           /* of each service: people times seconds */
    double *by_origins;          /* seconds of its origins */
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

/* Sorted by the upper half of their seconds, which leaves few to compare. */
static smap_status sort_ways(queue *u, smap_error *err) {
    enum { KEY_AT = 32 };
    if (u->count > UINT32_MAX) return smap__fail_memory(err);
    u->words = smap__realloc(NULL, u->count, sizeof *u->words);
    u->spare = smap__realloc(NULL, u->count, sizeof *u->spare);
    u->sorted = smap__realloc(NULL, u->count, sizeof *u->sorted);
    if (!u->words || !u->spare || !u->sorted) return smap__fail_memory(err);
    for (size_t k = 0; k < u->count; k++)
        u->words[k] = smap__real_word(u->ways[k].seconds) >> KEY_AT << KEY_AT | (uint64_t)k;
    smap_status status = smap__sort_words(u->w->ctx, u->words, u->spare, (int64_t)u->count, KEY_AT, err);
    for (size_t first = 0, end; first < u->count && status == SMAP_OK; first = end) {
        uint64_t key = u->words[first] >> KEY_AT;
        for (end = first; end < u->count && u->words[end] >> KEY_AT == key; end++)
            u->sorted[end] = u->ways[(uint32_t)u->words[end]];
        if (end - first > 1) qsort(u->sorted + first, end - first, sizeof *u->sorted, compare_ways);
    }
    return status;
}

/* The ways of one type that somebody may go; where no room is limited, and where people are not known, the first. */
static smap_status gather(queue *u, int32_t type, smap_error *err) {
    const smap__catchment_query *q = u->w->q;
    const smap__access *a = q->access;
    u->left = smap__realloc(NULL, (size_t)a->origins, sizeof *u->left);
    if (!u->left) return smap__fail_memory(err);
    for (int64_t o = 0; o < a->origins; o++) {
        double people = people_of(q, o);
        u->left[o] = people > 0 ? people : 0;
        if (people <= 0) continue;
        for (uint32_t k = 0; k < (u->w->limited && people > 0 ? a->k : 1); k++) {
            size_t at = smap__access_at(a, o, type, k);
            if (!is_within(a->seconds[at], q->limit_s)) break;
            if (!smap__grow(&u->ways, &u->capacity, u->count + 1, sizeof *u->ways)) return smap__fail_memory(err);
            u->ways[u->count++] = (way){ a->seconds[at], a->service[at], k == 0, o };
        }
    }
    return sort_ways(u, err);
}

static void go(const queue *u, const way *taken) {
    const work *w = u->w;
    uint32_t s = taken->service;
    smap__catchment *c = &w->out[s];
    if (!isnan(people_of(w->q, taken->origin))) {
        double going = fmin(u->left[taken->origin], w->room[s]);
        if (taken->nearest) c->turned_away += u->left[taken->origin] - going;
        if (!(going > 0)) return;
        u->left[taken->origin] -= going;
        w->room[s] -= going;
        w->by_people[s] += going * taken->seconds;
        c->people += going;
    }
    w->by_origins[s] += taken->seconds;
    w->longest_s[s] = taken->seconds; /* the shortest came first */
    c->origins++;
}

static smap_status fill_type(int worker, int64_t type, void *user, smap_error *err) {
    const work *w = user;
    int64_t origins = w->q->access->origins;
    queue u = { .w = w };
    (void)worker;
    smap_status status = gather(&u, (int32_t)type, err);
    for (size_t k = 0; status == SMAP_OK && k < u.count; k++) go(&u, &u.sorted[k]);
    for (int64_t o = 0; status == SMAP_OK && o < origins; o++) {
        w->unserved[type] += u.left[o];
        if (w->no_place) w->no_place[type * origins + o] = u.left[o];
    }
    smap__free(u.ways);
    smap__free(u.sorted);
    smap__free(u.words);
    smap__free(u.spare);
    smap__free(u.left);
    return status;
}

static smap_status make_room(work *w, smap_error *err) {
    size_t services = (size_t)w->q->services;
    w->unserved = smap__zalloc((size_t)w->q->access->types, sizeof *w->unserved);
    w->room = smap__realloc(NULL, services, sizeof *w->room);
    w->by_people = smap__zalloc(services, sizeof *w->by_people);
    w->by_origins = smap__zalloc(services, sizeof *w->by_origins);
    w->longest_s = smap__zalloc(services, sizeof *w->longest_s);
    w->out = smap__zalloc(services, sizeof *w->out);
    if (!w->unserved || !w->room || !w->by_people || !w->by_origins || !w->longest_s || !w->out)
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

smap_status smap__catchments(smap_ctx *ctx, const smap__catchment_query *query, smap__catchment *out, double *unserved,
                             double *no_place, smap_error *err) {
    work w = { .q = query, .limited = is_limited(query), .no_place = no_place };
    int32_t types = query->access->types;
    smap_status status = make_room(&w, err);
    w.ctx = types == 1 ? ctx : NULL;
    if (status == SMAP_OK)
        status = types == 1 ? fill_type(0, 0, &w, err) : smap__parallel(ctx, types, fill_type, &w, err);
    if (status == SMAP_OK) {
        tell(&w, out);
        for (int32_t t = 0; t < types; t++) unserved[t] = w.unserved[t];
    }
    smap__free(w.unserved);
    smap__free(w.room);
    smap__free(w.by_people);
    smap__free(w.by_origins);
    smap__free(w.longest_s);
    smap__free(w.out);
    return status;
}
