#include "protect/suppress.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/ctx.h"
#include "base/fail.h"
#include "protect/suppress_parts.h"

/* So many counts that could be hidden beside the small ones are tried in all ways. Where more than MANY hang together,
 * the attack would take too long: no total is told, and no mark. */
enum { FEW = 12, MANY = 1500 };
static const double NEAR = 1e-6;

smap_status smap__suppression_new(double least, bool whole, smap__suppression **out, smap_error *err) {
    smap__suppression *s = smap__zalloc(1, sizeof *s);
    if (!s) return smap__fail_memory(err);
    s->least = least;
    s->whole = whole;
    *out = s;
    return SMAP_OK;
}

void smap__suppression_free(smap__suppression *s) {
    if (!s) return;
    smap__free(s->count);
    smap__free(s->sum);
    smap__free(s->member);
    smap__free(s->factor);
    smap__free(s->ratio_hidden);
    smap__free(s);
}

smap_status smap__suppression_count(smap__suppression *s, double value, bool printed, smap_error *err) {
    if (!(value >= 0) || !isfinite(value))
        return smap__fail(err, SMAP_E_ARGUMENT, "count", "a count of %g is no count", value);
    if (!smap__grow(&s->count, &s->count_room, s->counts + 1, sizeof *s->count)) return smap__fail_memory(err);
    s->count[s->counts] = (smap__told_count){ .value = value, .cost = log2(value + 1), .printed = printed };
    s->count[s->counts].group = -1;
    s->counts++;
    return SMAP_OK;
}

/* An equation between counts, to be filled with put_member. */
static smap_status put_sum(smap__suppression *s, int members, int ratio, smap_error *err) {
    if (!smap__grow(&s->sum, &s->sum_room, s->sums + 1, sizeof *s->sum) ||
        !smap__grow(&s->member, &s->member_room, s->members + (size_t)members, sizeof *s->member) ||
        !smap__grow(&s->factor, &s->factor_room, s->members + (size_t)members, sizeof *s->factor))
        return smap__fail_memory(err);
    s->sum[s->sums++] = (smap__told_sum){ (int)s->members, members, ratio };
    return SMAP_OK;
}

static void put_member(smap__suppression *s, int count, double factor) {
    s->factor[s->members] = factor;
    s->member[s->members++] = count;
}

smap_status smap__suppression_sum(smap__suppression *s, int total, const int *part, int parts, smap_error *err) {
    double sum = 0, value = s->count[total].value;
    for (int i = 0; i < parts; i++) sum += s->count[part[i]].value;
    if (fabs(sum - value) > NEAR * fmax(1, value))
        return smap__fail(err, SMAP_E_ARGUMENT, "sum", "parts that make %.10g are not those of %.10g", sum, value);
    smap_status status = put_sum(s, parts + 1, -1, err);
    if (status != SMAP_OK) return status;
    put_member(s, total, -1);
    for (int i = 0; i < parts; i++) put_member(s, part[i], 1);
    return SMAP_OK;
}

smap_status smap__suppression_ratio(smap__suppression *s, smap_error *err) {
    if (!smap__grow(&s->ratio_hidden, &s->ratio_room, s->ratios + 1, sizeof *s->ratio_hidden))
        return smap__fail_memory(err);
    s->ratio_hidden[s->ratios++] = false;
    return SMAP_OK;
}

/* What there is beyond the bound is a variable of its own, at least 0. */
smap_status smap__suppression_bound(smap__suppression *s, int ratio, const int *count, const double *factor, int counts,
                                    double at_least, smap_error *err) {
    double beyond = -at_least;
    for (int i = 0; i < counts; i++) beyond += factor[i] * s->count[count[i]].value;
    if (beyond < -NEAR * fmax(1, fabs(at_least)))
        return smap__fail(err, SMAP_E_ARGUMENT, "bound", "counts that make %.10g are not at least %.10g",
                          beyond + at_least, at_least);
    int slack = (int)s->counts;
    smap_status status = smap__suppression_count(s, fmax(0, beyond), false, err);
    if (status == SMAP_OK) status = put_sum(s, counts + 1, ratio, err);
    if (status != SMAP_OK) return status;
    s->count[slack].slack = true;
    put_member(s, slack, -1);
    for (int i = 0; i < counts; i++) put_member(s, count[i], factor[i]);
    return SMAP_OK;
}

bool smap__suppression_tells_ratio(const smap__suppression *s, int ratio) {
    return !s->ratio_hidden[ratio];
}

smap__told smap__suppression_told(const smap__suppression *s, int count) {
    return s->count[count].told;
}

bool smap__suppression_is_safe(const smap__suppression *s) {
    return s->broken_groups == 0;
}

/* ---- groups: counts that hang together by sums ------------------------------------------------------------------ */

static int root_of(const smap__suppression *s, int i) {
    while (s->count[i].column != i) i = s->count[i].column;
    return i;
}

static void find_groups(smap__suppression *s) {
    for (size_t i = 0; i < s->counts; i++) {
        s->count[i].column = (int)i;
        s->count[i].group = -1;
    }
    for (size_t i = 0; i < s->sums; i++)
        for (int k = 1; k < s->sum[i].members; k++) {
            int a = root_of(s, s->member[s->sum[i].first]), b = root_of(s, s->member[s->sum[i].first + k]);
            s->count[a > b ? a : b].column = a > b ? b : a;
        }
    for (size_t i = 0; i < s->sums; i++)
        for (int k = 0; k < s->sum[i].members; k++) s->count[s->member[s->sum[i].first + k]].group = 0;
    s->groups = 0;
    for (size_t i = 0; i < s->counts; i++) {
        int root = root_of(s, (int)i);
        if (s->count[i].group < 0) continue;
        s->count[i].group = root == (int)i ? s->groups++ : s->count[root].group;
    }
}

/* ---- hiding more ------------------------------------------------------------------------------------------------- */

static bool can_be_hidden(const smap__suppression *s, const smap__told_count *c) {
    return c->printed && c->told == SMAP__TOLD_SHOWN && c->value >= s->least;
}

/* Hide what the numbers must be different in, for count `broken` to be different: the cheapest way, by a program over
 * all counts of the group. A count that is told has two columns, the second for how far it is below its value. */
typedef struct repair {
    int *which; /* count of each column */
    double *low, *high, *start, *gain;
    int columns;
} repair;

static bool repair_new(const smap__suppression *s, int group, repair *r) {
    size_t n = 0;
    for (size_t i = 0; i < s->counts; i++) n += s->count[i].group == group;
    n = 2 * n + 1;
    r->which = smap__zalloc(n, sizeof *r->which);
    r->low = smap__zalloc(n, sizeof *r->low);
    r->high = smap__zalloc(n, sizeof *r->high);
    r->start = smap__zalloc(n, sizeof *r->start);
    r->gain = smap__zalloc(n, sizeof *r->gain);
    return r->which && r->low && r->high && r->start && r->gain;
}

static void repair_release(repair *r) {
    smap__free(r->which);
    smap__free(r->low);
    smap__free(r->high);
    smap__free(r->start);
    smap__free(r->gain);
}

static void put_column(repair *r, int count, double low, double high, double start, double gain) {
    r->which[r->columns] = count;
    r->low[r->columns] = low;
    r->high[r->columns] = high;
    r->start[r->columns] = start;
    r->gain[r->columns++] = gain;
}

static void put_columns(smap__suppression *s, int group, int broken, bool up, repair *r) {
    enum { WORTH = 100000 }; /* of moving the broken count by one: more than any way can cost */
    for (size_t i = 0; i < s->counts; i++) {
        smap__told_count *c = &s->count[i];
        double low, high, least, most;
        c->column = -1;
        if (c->group != group) continue;
        if (smap__told_is_unknown(c)) {
            smap__attack_bounds(s, c, &low, &high);
            double gain = (int)i == broken ? (up ? WORTH : -WORTH) : 0;
            if ((int)i == broken && smap__attack_ends(s, c, &least, &most))
                low = fmax(low, least), high = fmin(high, most);
            else if ((int)i == broken)
                high = fmin(high, c->value + s->least);
            c->column = r->columns;
            put_column(r, (int)i, fmin(low, c->value), fmax(high, c->value), c->value, gain);
        } else if (can_be_hidden(s, c)) {
            c->column = r->columns;
            put_column(r, (int)i, 0, HUGE_VAL, 0, -c->cost);
            put_column(r, (int)i, 0, c->value - s->least, 0, -c->cost);
        }
    }
}

/* How many were hidden; where the program found none, the cheapest count that shares a sum with the broken one. */
static int hide_moved(smap__suppression *s, const repair *r, const smap__linear *linear) {
    int hidden = 0;
    for (int i = 0; i < r->columns; i++) {
        smap__told_count *c = &s->count[r->which[i]];
        if (!can_be_hidden(s, c) || smap__linear_at(linear, i) < 1e-6) continue;
        c->told = SMAP__TOLD_HIDDEN;
        hidden++;
    }
    return hidden;
}

static int hide_neighbour(smap__suppression *s, int broken) {
    int best = -1;
    for (int pass = 0; pass < 2 && best < 0; pass++)
        for (size_t i = 0; i < s->sums; i++) {
            const int *member = s->member + s->sum[i].first;
            bool near = pass > 0 && s->count[member[0]].group == s->count[broken].group;
            for (int k = 0; k < s->sum[i].members; k++) near = near || member[k] == broken;
            for (int k = 0; near && k < s->sum[i].members; k++)
                if (can_be_hidden(s, &s->count[member[k]]) &&
                    (best < 0 || s->count[member[k]].cost < s->count[best].cost))
                    best = member[k];
        }
    if (best >= 0) s->count[best].told = SMAP__TOLD_HIDDEN;
    return best >= 0;
}

static smap_status hide_more(smap__suppression *s, int group, int broken, bool up, int *hidden, smap_error *err) {
    repair r = { 0 };
    smap__linear *linear = NULL;
    bool endless;
    smap_status status = repair_new(s, group, &r) ? SMAP_OK : smap__fail_memory(err);
    if (status == SMAP_OK) {
        put_columns(s, group, broken, up, &r);
        status = smap__linear_new(s->ctx, r.columns, r.low, r.high, r.start, &linear, err);
    }
    if (status == SMAP_OK) status = smap__attack_equations(s, group, linear, err);
    if (status == SMAP_OK) {
        smap__linear_maximise(linear, r.gain, &endless);
        if (s->ctx) status = smap__poll(s->ctx, err);
    }
    if (status == SMAP_OK) {
        *hidden = hide_moved(s, &r, linear);
        if (!*hidden) *hidden = hide_neighbour(s, broken);
    }
    smap__linear_free(linear);
    repair_release(&r);
    return status;
}

/* ---- ratios ------------------------------------------------------------------------------------------------------ */

static bool is_ratio_of(const smap__suppression *s, const smap__told_sum *sum, int group) {
    return sum->ratio >= 0 && s->count[s->member[sum->first]].group == group;
}

static bool has_member(const smap__suppression *s, const smap__told_sum *sum, int count) {
    for (int k = 0; k < sum->members; k++)
        if (s->member[sum->first + k] == count) return true;
    return false;
}

/* The first ratio of the group that is told, of the count (-1: of any). */
static int hide_ratio(smap__suppression *s, int group, int count) {
    for (size_t i = 0; i < s->sums; i++) {
        const smap__told_sum *sum = &s->sum[i];
        if (!is_ratio_of(s, sum, group) || s->ratio_hidden[sum->ratio]) continue;
        if (count >= 0 && !has_member(s, sum, count)) continue;
        s->ratio_hidden[sum->ratio] = true;
        return 1;
    }
    return 0;
}

static void set_ratios(smap__suppression *s, int group, bool hidden) {
    for (size_t i = 0; i < s->sums; i++)
        if (is_ratio_of(s, &s->sum[i], group)) s->ratio_hidden[s->sum[i].ratio] = hidden;
}

/* ---- showing again, and all ways of a few ------------------------------------------------------------------------ */

static smap_status is_safe(smap_ctx *ctx, smap__suppression *s, int group, bool *safe, smap_error *err) {
    int broken;
    bool up;
    smap_status status = smap__attack_group(ctx, s, group, &broken, &up, err);
    *safe = broken < 0;
    return status;
}

static int list_where(const smap__suppression *s, int group, bool hidden_only, int *out, int most) {
    int n = 0;
    for (size_t i = 0; i < s->counts; i++) {
        const smap__told_count *c = &s->count[i];
        if (c->group != group || !c->printed || c->value < s->least) continue;
        if (hidden_only && c->told != SMAP__TOLD_HIDDEN) continue;
        if (n < most) out[n] = (int)i;
        n++;
    }
    return n;
}

/* Dearest first: what turns out not to be needed any more is shown again. */
static smap_status show_again(smap_ctx *ctx, smap__suppression *s, int group, smap_error *err) {
    smap_status status = SMAP_OK;
    int n = list_where(s, group, true, NULL, 0);
    int *hidden = smap__zalloc((size_t)n + 1, sizeof *hidden);
    if (!hidden) return smap__fail_memory(err);
    list_where(s, group, true, hidden, n);
    for (int i = 0; i < n; i++)
        for (int k = i; k > 0 && s->count[hidden[k]].cost > s->count[hidden[k - 1]].cost; k--) {
            int swap = hidden[k];
            hidden[k] = hidden[k - 1];
            hidden[k - 1] = swap;
        }
    for (int i = 0; i < n && status == SMAP_OK; i++) {
        bool safe = false;
        s->count[hidden[i]].told = SMAP__TOLD_SHOWN;
        status = is_safe(ctx, s, group, &safe, err);
        if (!safe) s->count[hidden[i]].told = SMAP__TOLD_HIDDEN;
    }
    smap__free(hidden);
    return status;
}

static double cost_of(const smap__suppression *s, const int *count, int n, unsigned chosen) {
    double cost = 0;
    for (int i = 0; i < n; i++)
        if (chosen >> i & 1) cost += s->count[count[i]].cost;
    return cost;
}

static void hide_chosen(smap__suppression *s, const int *count, int n, unsigned chosen) {
    for (int i = 0; i < n; i++) s->count[count[i]].told = chosen >> i & 1 ? SMAP__TOLD_HIDDEN : SMAP__TOLD_SHOWN;
}

static smap_status show_ratios_again(smap_ctx *ctx, smap__suppression *s, int group, smap_error *err) {
    smap_status status = SMAP_OK;
    for (size_t i = 0; i < s->sums && status == SMAP_OK; i++) {
        int ratio = s->sum[i].ratio;
        bool safe = false;
        if (!is_ratio_of(s, &s->sum[i], group) || !s->ratio_hidden[ratio]) continue;
        s->ratio_hidden[ratio] = false;
        status = is_safe(ctx, s, group, &safe, err);
        if (!safe) s->ratio_hidden[ratio] = true;
    }
    return status;
}

/* Of few, the cheapest set of all; what has been found so far is the one to beat. */
static smap_status try_all(smap_ctx *ctx, smap__suppression *s, int group, smap_error *err) {
    int count[FEW], n = list_where(s, group, false, count, FEW);
    smap_status status = SMAP_OK;
    unsigned best = 0;
    if (n > FEW) return SMAP_OK;
    for (int i = 0; i < n; i++) best |= (unsigned)(s->count[count[i]].told == SMAP__TOLD_HIDDEN) << i;
    double least = cost_of(s, count, n, best);
    for (unsigned chosen = 0; chosen < 1U << n && status == SMAP_OK; chosen++) {
        double cost = cost_of(s, count, n, chosen);
        bool safe = false;
        if (cost >= least - 1e-9) continue;
        hide_chosen(s, count, n, chosen);
        status = is_safe(ctx, s, group, &safe, err);
        if (!safe) continue;
        best = chosen;
        least = cost;
    }
    hide_chosen(s, count, n, best);
    return status;
}

/* ---- all of it ----------------------------------------------------------------------------------------------------
 */

static smap_status protect_group(smap_ctx *ctx, smap__suppression *s, int group, bool *safe, smap_error *err) {
    for (*safe = false;;) {
        int broken, hidden = 0;
        bool up;
        smap_status status = smap__attack_group(ctx, s, group, &broken, &up, err);
        if (status == SMAP_OK && broken < 0) break;
        if (status == SMAP_OK) hidden = hide_ratio(s, group, broken);
        if (status == SMAP_OK && !hidden) status = hide_more(s, group, broken, up, &hidden, err);
        if (status == SMAP_OK && !hidden) hidden = hide_ratio(s, group, -1);
        if (status != SMAP_OK || !hidden) return status;
    }
    *safe = true;
    smap_status status = show_again(ctx, s, group, err);
    if (status == SMAP_OK) status = try_all(ctx, s, group, err);
    return status == SMAP_OK ? show_ratios_again(ctx, s, group, err) : status;
}

/* From the start, with one mark for all that is hidden. */
static void take_marks_off(smap__suppression *s, int group) {
    set_ratios(s, group, false);
    for (size_t i = 0; i < s->counts; i++) {
        smap__told_count *c = &s->count[i];
        if (c->group != group) continue;
        c->unmarked = true;
        c->told = c->printed && smap__told_is_small(s, c) ? SMAP__TOLD_HIDDEN : SMAP__TOLD_SHOWN;
    }
}

/* Without totals no sum holds a count: a small one may be anything, and so may what is left over. */
static bool hide_totals(smap__suppression *s, int group) {
    int64_t size = 0;
    for (size_t i = 0; i < s->counts; i++) size += s->count[i].group == group && !s->count[i].slack;
    if (size <= MANY) return false;
    take_marks_off(s, group);
    set_ratios(s, group, true);
    for (size_t i = 0; i < s->sums; i++) {
        smap__told_count *total = &s->count[s->member[s->sum[i].first]];
        if (total->group == group && !total->slack && total->value > 0) total->told = SMAP__TOLD_HIDDEN;
    }
    return true;
}

static smap_status solve_group(smap_ctx *ctx, smap__suppression *s, int group, smap_error *err) {
    bool safe;
    if (hide_totals(s, group)) return SMAP_OK;
    smap_status status = protect_group(ctx, s, group, &safe, err);
    if (status != SMAP_OK || safe) return status;
    take_marks_off(s, group);
    status = protect_group(ctx, s, group, &safe, err);
    if (!safe) s->broken_groups++;
    return status;
}

smap_status smap__suppression_solve(smap_ctx *ctx, smap__suppression *s, smap_error *err) {
    smap_status status = SMAP_OK;
    find_groups(s);
    s->broken_groups = 0;
    for (size_t i = 0; i < s->counts; i++) {
        bool small = s->count[i].printed && smap__told_is_small(s, &s->count[i]);
        s->count[i].told = small ? SMAP__TOLD_SMALL : SMAP__TOLD_SHOWN;
        s->count[i].unmarked = false;
    }
    for (size_t i = 0; i < s->ratios; i++) s->ratio_hidden[i] = false;
    s->ctx = ctx;
    for (int g = 0; g < s->groups && status == SMAP_OK; g++) status = solve_group(ctx, s, g, err);
    s->ctx = NULL;
    return status;
}
