/* What a reader can work out: for each count that is not told, the least and the most that it can be. */
#include <math.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/ctx.h"
#include "base/fail.h"
#include "protect/suppress_parts.h"

static const double NEAR = 1e-6;

void smap__attack_bounds(const smap__suppression *s, const smap__told_count *c, double *low, double *high) {
    *low = 0;
    *high = HUGE_VAL;
    if (c->printed && c->unmarked) {
        *low = s->whole ? 1 : 0;
    } else if (c->printed && c->told == SMAP__TOLD_SMALL) {
        *low = s->whole ? 1 : 0;
        *high = s->whole ? s->least - 1 : s->least;
    } else if (c->printed) {
        *low = s->least;
    }
}

bool smap__attack_ends(const smap__suppression *s, const smap__told_count *c, double *low, double *high) {
    if (!smap__told_is_unknown(c) || !smap__told_is_small(s, c) || (c->printed && c->unmarked)) return false;
    *low = s->whole ? 1 : 0;
    *high = s->whole ? s->least - 1 : s->least;
    return true;
}

smap_status smap__attack_equations(const smap__suppression *s, int group, smap__linear *linear, smap_error *err) {
    smap_status status = SMAP_OK;
    int *variable = NULL;
    double *factor = NULL;
    size_t room = 0, factor_room = 0;
    for (size_t i = 0; i < s->sums && status == SMAP_OK; i++) {
        const smap__told_sum *sum = &s->sum[i];
        int n = 0;
        if (s->count[s->member[sum->first]].group != group || !smap__told_holds(s, sum)) continue;
        if (!smap__grow(&variable, &room, 2 * (size_t)sum->members, sizeof *variable) ||
            !smap__grow(&factor, &factor_room, 2 * (size_t)sum->members, sizeof *factor)) {
            status = smap__fail_memory(err);
            break;
        }
        for (int k = 0; k < sum->members; k++) {
            const smap__told_count *c = &s->count[s->member[sum->first + k]];
            double by = s->factor[sum->first + k];
            if (c->column < 0) continue;
            variable[n] = c->column;
            factor[n++] = by;
            if (smap__told_is_unknown(c)) continue;
            variable[n] = c->column + 1;
            factor[n++] = -by;
        }
        if (n) status = smap__linear_equation(linear, variable, factor, n, err);
    }
    smap__free(variable);
    smap__free(factor);
    return status;
}

smap_status smap__attack_new(smap__suppression *s, int group, smap__linear **out, int **which, int *columns,
                             smap_error *err) {
    int n = 0;
    for (size_t i = 0; i < s->counts; i++) {
        s->count[i].column = -1;
        if (s->count[i].group == group && smap__told_is_unknown(&s->count[i])) s->count[i].column = n++;
    }
    size_t size = (size_t)n + 1;
    double *low = smap__zalloc(size, sizeof *low), *high = smap__zalloc(size, sizeof *high);
    double *start = smap__zalloc(size, sizeof *start);
    smap__linear *linear = NULL;
    *which = smap__zalloc(size, sizeof **which);
    smap_status status = low && high && start && *which ? SMAP_OK : smap__fail_memory(err);
    for (size_t i = 0; i < s->counts && status == SMAP_OK; i++) {
        int at = s->count[i].column;
        if (at < 0) continue;
        (*which)[at] = (int)i;
        start[at] = s->count[i].value;
        smap__attack_bounds(s, &s->count[i], &low[at], &high[at]);
    }
    if (status == SMAP_OK) status = smap__linear_new(s->ctx, n, low, high, start, &linear, err);
    if (status == SMAP_OK) status = smap__attack_equations(s, group, linear, err);
    smap__free(low);
    smap__free(high);
    smap__free(start);
    if (status == SMAP_OK) {
        *out = linear;
        *columns = n;
        return SMAP_OK;
    }
    smap__linear_free(linear);
    smap__free(*which);
    *which = NULL;
    return status;
}

/* The widest that has been seen of each count so far: points on the way of one program are witnesses for all counts. */
typedef struct span {
    double *low, *high;
} span;

/* Fractions are possible to a program and not to people: of whole counts only a point of whole numbers is a witness. */
static void note(const smap__suppression *s, const smap__linear *linear, const int *which, int columns, span *seen) {
    for (int i = 0; s->whole && i < columns; i++) {
        double x = smap__linear_at(linear, i);
        if (!s->count[which[i]].slack && fabs(x - nearbyint(x)) > NEAR) return;
    }
    for (int i = 0; i < columns; i++) {
        double x = smap__linear_at(linear, i);
        seen->low[i] = fmin(seen->low[i], x);
        seen->high[i] = fmax(seen->high[i], x);
    }
}

/* Move column `at` as far as it goes, up or down, and note where it came to. */
static void push(const smap__suppression *s, smap__linear *linear, const int *which, int columns, int at, int way,
                 double *gain, span *seen) {
    bool endless;
    gain[at] = way;
    bool found = smap__linear_maximise(linear, gain, &endless);
    gain[at] = 0;
    note(s, linear, which, columns, seen);
    if (found || !endless) return;
    if (way > 0) seen->high[at] = HUGE_VAL;
}

/* Is the count in that column as free as it must be? */
static bool is_free(const smap__suppression *s, const smap__told_count *c, const span *seen, int at, bool *up) {
    double low, high;
    if (smap__attack_ends(s, c, &low, &high)) {
        *up = seen->high[at] < high - NEAR;
        return !*up && seen->low[at] <= low + NEAR;
    }
    *up = true;
    if (!c->printed) return true;
    return seen->high[at] - seen->low[at] >= (s->whole ? s->least - 2 : s->least) - NEAR;
}

static smap_status search(smap_ctx *ctx, const smap__suppression *s, smap__linear *linear, const int *which,
                          int columns, span *seen, int *broken, bool *up, smap_error *err) {
    smap_status status = SMAP_OK;
    double *gain = smap__zalloc((size_t)columns + 1, sizeof *gain);
    if (!gain) return smap__fail_memory(err);
    note(s, linear, which, columns, seen);
    for (int i = 0; i < columns && *broken < 0 && status == SMAP_OK; i++) {
        const smap__told_count *c = &s->count[which[i]];
        status = smap__poll(ctx, err);
        if (status != SMAP_OK || is_free(s, c, seen, i, up)) continue;
        push(s, linear, which, columns, i, 1, gain, seen);
        if (!is_free(s, c, seen, i, up)) push(s, linear, which, columns, i, -1, gain, seen);
        if (!is_free(s, c, seen, i, up)) *broken = which[i];
    }
    smap__free(gain);
    return status;
}

static bool has_to_be_protected(const smap__suppression *s, int group) {
    for (size_t i = 0; i < s->counts; i++) {
        const smap__told_count *c = &s->count[i];
        if (c->group == group && smap__told_is_unknown(c) && (c->printed || smap__told_is_small(s, c))) return true;
    }
    return false;
}

smap_status smap__attack_group(smap_ctx *ctx, smap__suppression *s, int group, int *broken, bool *up, smap_error *err) {
    smap__linear *linear = NULL;
    int *which = NULL, columns = 0;
    *broken = -1;
    if (!has_to_be_protected(s, group)) return SMAP_OK;
    smap_status status = smap__attack_new(s, group, &linear, &which, &columns, err);
    if (status != SMAP_OK) return status;
    span seen = { smap__zalloc((size_t)columns + 1, sizeof *seen.low),
                  smap__zalloc((size_t)columns + 1, sizeof *seen.high) };
    if (!seen.low || !seen.high) status = smap__fail_memory(err);
    for (int i = 0; i < columns && status == SMAP_OK; i++) seen.low[i] = seen.high[i] = s->count[which[i]].value;
    if (status == SMAP_OK) status = search(ctx, s, linear, which, columns, &seen, broken, up, err);
    smap__free(seen.low);
    smap__free(seen.high);
    smap__free(which);
    smap__linear_free(linear);
    return status;
}
