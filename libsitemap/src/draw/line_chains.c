#include "draw/line_chains.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "geo/angle.h"

static const double SAME_MM = 1e-4;    /* ends nearer than that are one point */
static const double SHARPEST_DEG = 60; /* a way that turns more is another road */

enum { AT_A_POINT = 16 }; /* ends at one point that are looked at for the straightest pair */

/* One end of a part, number 2 * part for its begin and 2 * part + 1 for its end. */
typedef struct end {
    int64_t x, y;
    double away; /* direction from the point into the part */
    size_t number;
} end;

static int by_point(const void *a, const void *b) {
    const end *p = a, *q = b;
    if (p->x != q->x) return p->x < q->x ? -1 : 1;
    if (p->y != q->y) return p->y < q->y ? -1 : 1;
    return p->number < q->number ? -1 : 1;
}

/* Beyond any page, and what is no number, is one point. */
static int64_t point_of(double mm) {
    return fabs(mm) < 1e6 ? llround(mm / SAME_MM) : INT64_MAX;
}

static end end_of(const smap__line_part *p, size_t number) {
    size_t at = number % 2 ? p->n - 1 : 0, next = number % 2 ? p->n - 2 : 1;
    return (end){ point_of(p->x[at]), point_of(p->y[at]), atan2(p->y[next] - p->y[at], p->x[next] - p->x[at]), number };
}

/* How far from straight two parts meet, degrees. */
static double turn_of(const end *a, const end *b) {
    return 180 - smap__degrees(fabs(remainder(a->away - b->away, 2 * SMAP__PI)));
}

/* Pair the ends at one point, the straightest first. */
static void pair_ends(const end *list, size_t n, size_t *mate) {
    for (;;) {
        size_t one = n, other = n;
        double least = SHARPEST_DEG;
        for (size_t i = 0; i < n && i < AT_A_POINT; i++) {
            for (size_t k = 0; k < i; k++) {
                if (mate[list[i].number] != SIZE_MAX || mate[list[k].number] != SIZE_MAX) continue;
                if (list[i].number / 2 == list[k].number / 2 || turn_of(&list[i], &list[k]) >= least) continue;
                least = turn_of(&list[i], &list[k]);
                one = i, other = k;
            }
        }
        if (one == n) return;
        mate[list[one].number] = list[other].number;
        mate[list[other].number] = list[one].number;
    }
}

static void copy_part(const smap__line_part *p, bool backwards, bool joined, smap__line_chains *out, size_t *at) {
    for (size_t i = joined; i < p->n; i++, (*at)++) {
        out->x[*at] = p->x[backwards ? p->n - 1 - i : i];
        out->y[*at] = p->y[backwards ? p->n - 1 - i : i];
    }
}

/* Walk from an end to the other end of its chain; `done` parts are in a chain already. */
static void walk(const smap__line_part *part, const size_t *mate, bool *done, size_t from, smap__line_chains *out,
                 size_t *at) {
    bool joined = false;
    while (from != SIZE_MAX && !done[from / 2]) {
        done[from / 2] = true;
        copy_part(&part[from / 2], from % 2, joined, out, at);
        joined = true;
        from = mate[from ^ 1];
    }
    out->begin[++out->chains] = *at;
}

static void join(const smap__line_part *part, size_t parts, end *list, size_t *mate, bool *done,
                 smap__line_chains *out) {
    size_t at = 0;
    for (size_t i = 0; i < 2 * parts; i++) {
        mate[i] = SIZE_MAX;
        list[i] = end_of(&part[i / 2], i);
    }
    qsort(list, 2 * parts, sizeof *list, by_point);
    for (size_t i = 0, k; i < 2 * parts; i = k) {
        for (k = i + 1; k < 2 * parts && list[k].x == list[i].x && list[k].y == list[i].y;) k++;
        pair_ends(list + i, k - i, mate);
    }
    for (size_t i = 0; i < 2 * parts; i++)
        if (mate[i] == SIZE_MAX && !done[i / 2]) walk(part, mate, done, i, out, &at);
    for (size_t i = 0; i < parts; i++) /* rings have no ends */
        if (!done[i]) walk(part, mate, done, 2 * i, out, &at);
}

smap_status smap__line_chains_make(const smap__line_part *part, size_t parts, smap__line_chains *out, smap_error *err) {
    size_t coords = 0;
    for (size_t i = 0; i < parts; i++) coords += part[i].n;
    end *list = smap__alloc((2 * parts + 1) * sizeof *list);
    size_t *mate = smap__alloc((2 * parts + 1) * sizeof *mate);
    bool *done = smap__zalloc(parts + 1, sizeof *done);
    *out = (smap__line_chains){ .x = smap__alloc((coords + 1) * sizeof *out->x),
                                .y = smap__alloc((coords + 1) * sizeof *out->y),
                                .begin = smap__zalloc(parts + 1, sizeof *out->begin) };
    bool ok = list && mate && done && out->x && out->y && out->begin;
    if (ok && parts) join(part, parts, list, mate, done, out);
    smap__free(list);
    smap__free(mate);
    smap__free(done);
    if (ok) return SMAP_OK;
    smap__line_chains_release(out);
    return smap__fail_memory(err);
}

void smap__line_chains_release(smap__line_chains *chains) {
    smap__free(chains->x);
    smap__free(chains->y);
    smap__free(chains->begin);
    *chains = (smap__line_chains){ 0 };
}
