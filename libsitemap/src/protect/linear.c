#include "protect/linear.h"

#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "base/ctx.h"
#include "base/fail.h"

static const double TINY = 1e-9;

struct smap__linear {
    smap_ctx *ctx;
    int n, m;
    double *row; /* [m][n]: the equations, solved for the basic variables */
    int *basic;  /* [m]: which variable each row is solved for */
    size_t row_room, basic_room;
    bool *is_basic;     /* [n] */
    double *low, *high; /* [n] */
    double *x;          /* [n] */
    double *gain;       /* [n]: reduced; work of maximise */
};

smap_status smap__linear_new(smap_ctx *ctx, int n, const double *low, const double *high, const double *start,
                             smap__linear **out, smap_error *err) {
    smap__linear *l = smap__zalloc(1, sizeof *l);
    if (!l) return smap__fail_memory(err);
    size_t size = (size_t)n + 1;
    l->ctx = ctx;
    l->n = n;
    l->low = smap__zalloc(size, sizeof *l->low);
    l->high = smap__zalloc(size, sizeof *l->high);
    l->x = smap__zalloc(size, sizeof *l->x);
    l->gain = smap__zalloc(size, sizeof *l->gain);
    l->is_basic = smap__zalloc(size, sizeof *l->is_basic);
    if (!l->low || !l->high || !l->x || !l->gain || !l->is_basic) {
        smap__linear_free(l);
        return smap__fail_memory(err);
    }
    memcpy(l->low, low, (size_t)n * sizeof *low);
    memcpy(l->high, high, (size_t)n * sizeof *high);
    memcpy(l->x, start, (size_t)n * sizeof *start);
    *out = l;
    return SMAP_OK;
}

void smap__linear_free(smap__linear *l) {
    if (!l) return;
    smap__free(l->row);
    smap__free(l->basic);
    smap__free(l->is_basic);
    smap__free(l->low);
    smap__free(l->high);
    smap__free(l->x);
    smap__free(l->gain);
    smap__free(l);
}

double smap__linear_at(const smap__linear *l, int variable) {
    return l->x[variable];
}

static double *row_at(const smap__linear *l, int r) {
    return l->row + (size_t)r * (size_t)l->n;
}

static void subtract(double *from, const double *row, double times, int n) {
    for (int i = 0; i < n; i++) from[i] -= times * row[i];
}

static double clean(double value) {
    return fabs(value) < TINY ? 0 : value;
}

/* Solve row `r` for variable `v`, and take it out of all others. */
static void solve_for(smap__linear *l, int r, int v) {
    double *row = row_at(l, r), by = row[v];
    for (int i = 0; i < l->n; i++) row[i] = clean(row[i] / by);
    row[v] = 1;
    for (int k = 0; k < l->m; k++) {
        double *other = row_at(l, k);
        if (k == r || other[v] == 0) continue;
        subtract(other, row, other[v], l->n);
        for (int i = 0; i < l->n; i++) other[i] = clean(other[i]);
        other[v] = 0;
    }
    l->basic[r] = v;
    l->is_basic[v] = true;
}

smap_status smap__linear_equation(smap__linear *l, const int *variable, const double *factor, int count,
                                  smap_error *err) {
    size_t rows = (size_t)l->m + 1;
    smap_status status = l->ctx ? smap__poll(l->ctx, err) : SMAP_OK;
    if (status != SMAP_OK) return status;
    if (!smap__grow(&l->row, &l->row_room, rows * ((size_t)l->n + 1), sizeof *l->row) ||
        !smap__grow(&l->basic, &l->basic_room, rows, sizeof *l->basic))
        return smap__fail_memory(err);
    double *row = row_at(l, l->m);
    memset(row, 0, (size_t)l->n * sizeof *row);
    for (int k = 0; k < count; k++) row[variable[k]] += factor[k];
    for (int r = 0; r < l->m; r++)
        if (row[l->basic[r]] != 0) subtract(row, row_at(l, r), row[l->basic[r]], l->n);
    int best = -1;
    for (int i = 0; i < l->n; i++) {
        row[i] = clean(row[i]);
        if (row[i] != 0 && (best < 0 || fabs(row[i]) > fabs(row[best]))) best = i;
    }
    if (best < 0) return SMAP_OK;
    l->m++;
    solve_for(l, l->m - 1, best);
    return SMAP_OK;
}

/* How far variable `v`, which is not basic, can move up (way 1) or down (way -1), and which row stops it (-1: its own
 * bound). Of rows that stop it alike the one of the first variable is taken, against cycles. */
static double room_to_move(const smap__linear *l, int v, int way, int *stopped_by) {
    double most = way > 0 ? l->high[v] - l->x[v] : l->x[v] - l->low[v];
    *stopped_by = -1;
    for (int r = 0; r < l->m; r++) {
        int b = l->basic[r];
        double slope = -row_at(l, r)[v] * way, room;
        if (slope > TINY)
            room = (l->high[b] - l->x[b]) / slope;
        else if (slope < -TINY)
            room = (l->x[b] - l->low[b]) / -slope;
        else
            continue;
        if (room < 0) room = 0;
        bool alike = *stopped_by >= 0 && fabs(room - most) <= TINY && b < l->basic[*stopped_by];
        if (room < most - TINY || alike) {
            most = room < most ? room : most;
            *stopped_by = r;
        }
    }
    return most;
}

static void move(smap__linear *l, int v, int way, double by, int stopped_by) {
    for (int r = 0; r < l->m; r++) {
        int b = l->basic[r];
        l->x[b] -= row_at(l, r)[v] * way * by;
        if (l->x[b] < l->low[b]) l->x[b] = l->low[b];
        if (l->x[b] > l->high[b]) l->x[b] = l->high[b];
    }
    l->x[v] += way * by;
    if (stopped_by < 0) {
        l->x[v] = way > 0 ? l->high[v] : l->low[v];
        return;
    }
    int leaving = l->basic[stopped_by];
    bool up = -row_at(l, stopped_by)[v] * way > 0;
    l->x[leaving] = up ? l->high[leaving] : l->low[leaving];
    l->is_basic[leaving] = false;
    solve_for(l, stopped_by, v);
}

/* What a step of each variable that is not basic gains, the basic ones following. */
static void reduce(smap__linear *l, const double *gain) {
    memcpy(l->gain, gain, (size_t)l->n * sizeof *gain);
    for (int r = 0; r < l->m; r++)
        if (gain[l->basic[r]] != 0) subtract(l->gain, row_at(l, r), gain[l->basic[r]], l->n);
}

/* The variable whose move gains most a step, or, `first`, the first that gains at all (Bland: no cycles). */
static int choose(const smap__linear *l, bool first, int *way) {
    int chosen = -1;
    for (int i = 0; i < l->n; i++) {
        if (l->is_basic[i] || fabs(l->gain[i]) < 1e-7) continue;
        int up = l->gain[i] > 0 ? 1 : -1;
        if (up > 0 ? l->x[i] >= l->high[i] - TINY : l->x[i] <= l->low[i] + TINY) continue;
        if (chosen >= 0 && fabs(l->gain[i]) <= fabs(l->gain[chosen])) continue;
        chosen = i;
        *way = up;
        if (first) break;
    }
    return chosen;
}

bool smap__linear_maximise(smap__linear *l, const double *gain, bool *endless) {
    int most = 50 * (l->n + l->m) + 1000, careful = 5 * (l->n + l->m);
    *endless = false;
    for (int step = 0; step < most; step++) {
        int way = 0, stopped_by;
        if (l->ctx && smap__poll(l->ctx, NULL) != SMAP_OK) return false;
        reduce(l, gain);
        int v = choose(l, step > careful, &way);
        if (v < 0) return true;
        double by = room_to_move(l, v, way, &stopped_by);
        if (!isfinite(by)) {
            *endless = true;
            return false;
        }
        move(l, v, way, by, stopped_by);
    }
    return false;
}
