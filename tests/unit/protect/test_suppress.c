#include <math.h>
#include <stdio.h>

#include "../case_file.h"
#include "../ctx_help.h"
#include "base/mix.h"
#include "count_table.h"
#include "range_help.h"

static void print_told(const count_table *t, const smap__suppression *s, char *out, size_t size) {
    size_t at = 0;
    for (int r = 0; r < t->rows; r++)
        for (int c = 0; c < t->columns; c++) {
            smap__told told = smap__suppression_told(s, r * t->columns + c);
            const char *gap = c ? " " : r ? " / " : "";
            if (told == SMAP__TOLD_SHOWN)
                at += (size_t)snprintf(out + at, size - at, "%s%.0f", gap, t->value[r][c]);
            else
                at += (size_t)snprintf(out + at, size - at, "%s%s", gap, told == SMAP__TOLD_SMALL ? "<" : "x");
        }
}

static void cases(void **state) {
    (void)state;
    case_file c;
    int count = 0;
    assert_true(case_open(&c, "suppression.case"));
    while (case_next(&c)) {
        count_table t;
        char told[1024];
        table_read(&t, c.part[0]);
        smap__suppression *s = table_suppression(&t, 5);
        assert_int_equal(smap__suppression_solve(ctx, s, NULL), SMAP_OK);
        assert_true(smap__suppression_is_safe(s));
        print_told(&t, s, told, sizeof told);
        if (strcmp(told, c.part[1]) != 0) fail_msg("line %d: %s", c.number, told);
        smap__suppression_free(s);
        count++;
    }
    assert_true(count > 10);
}

/* ---- a reader who tries all numbers ------------------------------------------------------------------------------ */

/* Of a table of 2 x 2 with totals, what each count can be: every way to fill in what is not told is tried. */
typedef struct reader {
    const count_table *t;
    const smap__told *told;
    bool unmarked; /* a small one is hidden like the others */
    int guess[9];
    int low[9], high[9];
} reader;

static bool fits(const reader *r, int at) {
    int value = (int)r->t->value[at / 3][at % 3], guess = r->guess[at];
    if (r->told[at] == SMAP__TOLD_SHOWN) return guess == value;
    return r->told[at] == SMAP__TOLD_SMALL ? guess >= 1 && guess <= 4 : guess >= (r->unmarked ? 1 : 5);
}

static void try_numbers(reader *r, int most) {
    int *g = r->guess;
    for (int i = 0; i < 9; i++) r->low[i] = 1000, r->high[i] = -1;
    for (g[0] = 0; g[0] <= most; g[0]++)
        for (g[1] = 0; fits(r, 0) && g[1] <= most; g[1]++)
            for (g[3] = 0; fits(r, 1) && g[3] <= most; g[3]++)
                for (g[4] = 0; fits(r, 3) && g[4] <= most; g[4]++) {
                    g[2] = g[0] + g[1];
                    g[5] = g[3] + g[4];
                    g[6] = g[0] + g[3];
                    g[7] = g[1] + g[4];
                    g[8] = g[2] + g[5];
                    bool all = true;
                    for (int i = 0; i < 9 && all; i++) all = fits(r, i);
                    for (int i = 0; all && i < 9; i++) {
                        r->low[i] = g[i] < r->low[i] ? g[i] : r->low[i];
                        r->high[i] = g[i] > r->high[i] ? g[i] : r->high[i];
                    }
                }
}

static bool is_protected(const reader *r) {
    for (int i = 0; i < 9; i++) {
        double value = r->t->value[i / 3][i % 3];
        if (r->told[i] == SMAP__TOLD_SHOWN) continue;
        if (value < 5 && !r->unmarked && (r->low[i] > 1 || r->high[i] < 4)) return false;
        if (r->high[i] - r->low[i] < 3) return false;
    }
    return true;
}

static double cost_of_told(const count_table *t, const smap__told *told) {
    double cost = 0;
    for (int i = 0; i < 9; i++)
        if (told[i] == SMAP__TOLD_HIDDEN && t->value[i / 3][i % 3] >= 5) cost += log2(t->value[i / 3][i % 3] + 1);
    return cost;
}

/* The cheapest set that keeps a reader who tries all numbers in the dark. */
static double cheapest(const count_table *t, const smap__told *primary, bool unmarked, int most) {
    double best = HUGE_VAL;
    for (unsigned chosen = 0; chosen < 1U << 9; chosen++) {
        smap__told told[9];
        bool possible = true;
        for (int i = 0; i < 9; i++) {
            told[i] = primary[i];
            if (!(chosen >> i & 1)) continue;
            possible = possible && primary[i] == SMAP__TOLD_SHOWN && t->value[i / 3][i % 3] >= 5;
            told[i] = SMAP__TOLD_HIDDEN;
        }
        if (!possible || cost_of_told(t, told) >= best) continue;
        reader r = { .t = t, .told = told, .unmarked = unmarked };
        try_numbers(&r, most);
        if (is_protected(&r)) best = cost_of_told(t, told);
    }
    return best;
}

static void random_table(count_table *t, uint64_t seed) {
    *t = (count_table){ .rows = 3, .columns = 3 };
    for (int r = 0; r < 2; r++)
        for (int c = 0; c < 2; c++) {
            uint64_t bits = smap__mix(seed * 4 + (uint64_t)(r * 2 + c) + 1);
            t->value[r][c] = (double)(bits % 3 == 0 ? bits / 3 % 5 : bits / 3 % 12);
        }
    for (int i = 0; i < 2; i++) {
        t->value[i][2] = t->value[i][0] + t->value[i][1];
        t->value[2][i] = t->value[0][i] + t->value[1][i];
    }
    t->value[2][2] = t->value[0][2] + t->value[1][2];
}

/* Nobody who tries all numbers learns more than allowed, nothing cheaper would do, and the ranges are those that he
 * finds.
 */
static void readers_who_try_everything(void **state) {
    (void)state;
    enum { TABLES = 40, MOST = 28 };
    int with_hidden = 0;
    for (uint64_t seed = 1; seed <= TABLES; seed++) {
        count_table t;
        smap__told told[9], primary[9];
        random_table(&t, seed);
        smap__suppression *s = table_suppression(&t, 5);
        assert_int_equal(smap__suppression_solve(ctx, s, NULL), SMAP_OK);
        bool unmarked = false;
        for (int i = 0; i < 9; i++) {
            bool small = t.value[i / 3][i % 3] < 5;
            told[i] = smap__suppression_told(s, i);
            primary[i] = told[i] == SMAP__TOLD_HIDDEN && !small ? SMAP__TOLD_SHOWN : told[i];
            unmarked = unmarked || (small && told[i] == SMAP__TOLD_HIDDEN);
        }
        reader r = { .t = &t, .told = told, .unmarked = unmarked };
        try_numbers(&r, MOST);
        if (!is_protected(&r)) {
            char text[256];
            print_told(&t, s, text, sizeof text);
            for (int i = 0; i < 9; i++) print_message("%g in %d..%d\n", t.value[i / 3][i % 3], r.low[i], r.high[i]);
            fail_msg("table %d gives too much away: %s", (int)seed, text);
        }
        for (int i = 0; i < 9; i++) {
            double low, high;
            assert_int_equal(range_left(s, i, &low, &high, NULL), SMAP_OK);
            assert_true(fabs(low - r.low[i]) < 1e-6);
            assert_true(high < MOST ? fabs(high - r.high[i]) < 1e-6 : r.high[i] >= MOST);
        }
        double cost = cost_of_told(&t, told);
        with_hidden += cost > 0;
        if (fabs(cost - cheapest(&t, primary, unmarked, MOST)) > 1e-9)
            fail_msg("table %d is not the cheapest", (int)seed);
        smap__suppression_free(s);
    }
    assert_true(with_hidden > 10);
}

/* ---- what is not printed, and what does not add up --------------------------------------------------------------- */

static void add_counts(smap__suppression *s, const double *value, const bool *printed, int n) {
    for (int i = 0; i < n; i++) assert_int_equal(smap__suppression_count(s, value[i], printed[i], NULL), SMAP_OK);
}

/* 40 within 15 minutes, 43 within 30, 60 in all: three people are in between, so 43 or 40 is hidden. */
static void differences_are_counts(void **state) {
    (void)state;
    smap__suppression *s = NULL;
    static const double value[] = { 40, 43, 60, 3, 17 };
    static const bool printed[] = { true, true, true, false, false };
    static const int middle[] = { 0, 3 }, rest[] = { 1, 4 };
    assert_int_equal(smap__suppression_new(5, true, &s, NULL), SMAP_OK);
    add_counts(s, value, printed, 5);
    assert_int_equal(smap__suppression_sum(s, 1, middle, 2, NULL), SMAP_OK);
    assert_int_equal(smap__suppression_sum(s, 2, rest, 2, NULL), SMAP_OK);
    assert_int_equal(smap__suppression_solve(ctx, s, NULL), SMAP_OK);
    int hidden = 0;
    for (int i = 0; i < 3; i++) hidden += smap__suppression_told(s, i) == SMAP__TOLD_HIDDEN;
    assert_int_equal(hidden, 1);
    assert_int_equal(smap__suppression_told(s, 2), SMAP__TOLD_SHOWN);
    smap__suppression_free(s);
}

static void parts_that_do_not_add_up_are_refused(void **state) {
    (void)state;
    smap__suppression *s = NULL;
    static const double value[] = { 5, 6, 12 };
    static const bool printed[] = { true, true, true };
    static const int parts[] = { 0, 1 };
    assert_int_equal(smap__suppression_new(5, true, &s, NULL), SMAP_OK);
    add_counts(s, value, printed, 3);
    assert_int_equal(smap__suppression_sum(s, 2, parts, 2, NULL), SMAP_E_ARGUMENT);
    assert_int_equal(smap__suppression_count(s, -1, true, NULL), SMAP_E_ARGUMENT);
    assert_int_equal(smap__suppression_count(s, NAN, true, NULL), SMAP_E_ARGUMENT);
    smap__suppression_free(s);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cases),
        cmocka_unit_test(readers_who_try_everything),
        cmocka_unit_test(differences_are_counts),
        cmocka_unit_test(parts_that_do_not_add_up_are_refused),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
