#include "site/age_sex.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "col/cell.h"
#include "col/rows.h"
#include "site/latest_round.h"

enum { FEMALE, MALE, SEXES };
static const char *const sex_code[SEXES] = { "female", "male" };
static const int64_t no_age = -1; /* an open upper end */

typedef struct band {
    int32_t site;
    int64_t round, from, to;
    int64_t people[SEXES];
    bool known[SEXES];
} band;

static int compare_bands(const void *a, const void *b) {
    const band *x = a, *y = b;
    if (x->site != y->site) return x->site < y->site ? -1 : 1;
    if (x->from != y->from) return x->from < y->from ? -1 : 1;
    return x->to < y->to ? -1 : x->to > y->to;
}

static bool integer_at(const smap_column *column, int64_t row, int64_t *out) {
    if (!column || column->type != SMAP_INT64 || smap_column_is_null(column, row)) return false;
    *out = column->v.i[row];
    return true;
}

/* Rows as bands of one sex each; how many. */
static int64_t read_bands(const smap_table *t, const smap__latest_round *latest, band *out) {
    const smap_column *from = smap_table_find(t, "age_min"), *to = smap_table_find(t, "age_max");
    const smap_column *sex = smap_table_find(t, "sex"), *people = smap_table_find(t, "individuals");
    int64_t count = 0;
    for (int64_t row = 0; row < smap_table_rows(t); row++) {
        band b = { .site = smap__latest_round_site(latest, row), .to = no_age };
        int s = 0;
        while (s < SEXES && !smap__cell_is(sex, row, sex_code[s])) s++;
        if (b.site < 0 || s == SEXES || !integer_at(from, row, &b.from)) continue;
        b.round = latest->round[b.site];
        integer_at(to, row, &b.to);
        b.known[s] = integer_at(people, row, &b.people[s]);
        out[count++] = b;
    }
    return count;
}

/* Bands of the same site and ages become one; how many are left. */
static int64_t join_bands(band *b, int64_t count) {
    int64_t kept = 0;
    for (int64_t i = 0; i < count; i++) {
        if (kept && compare_bands(&b[kept - 1], &b[i]) == 0) {
            for (int s = 0; s < SEXES; s++) {
                b[kept - 1].people[s] += b[i].people[s];
                b[kept - 1].known[s] |= b[i].known[s];
            }
        } else
            b[kept++] = b[i];
    }
    return kept;
}

static int64_t most_of(const band *b, int64_t count, int64_t i) {
    int64_t first = i, most = 0;
    while (first > 0 && b[first - 1].site == b[i].site) first--;
    for (int64_t k = first; k < count && b[k].site == b[i].site; k++)
        for (int s = 0; s < SEXES; s++)
            if (b[k].people[s] > most) most = b[k].people[s];
    return most;
}

static void put_band(const smap__latest_round *latest, const band *all, int64_t count, int64_t i, smap__rows *rows) {
    const band *b = &all[i];
    char age[48];
    if (b->to == no_age)
        snprintf(age, sizeof age, "%lld+", (long long)b->from);
    else
        snprintf(age, sizeof age, "%lld–%lld", (long long)b->from, (long long)b->to);
    smap__rows_text(rows, smap__dict_text(latest->sites, b->site));
    if (b->round == INT64_MIN)
        smap__rows_null(rows);
    else
        smap__rows_int(rows, b->round);
    smap__rows_text(rows, age);
    smap__rows_int(rows, b->from);
    for (int s = 0; s < SEXES; s++)
        if (b->known[s])
            smap__rows_int(rows, b->people[s]);
        else
            smap__rows_null(rows);
    smap__rows_int(rows, most_of(all, count, i));
}

smap_status smap__site_age_sex(const smap_table *population, const smap_table **out, smap_error *err) {
    static const smap__rows_column columns[] = { { "site_id", SMAP_TEXT }, { "round", SMAP_INT64 },
                                                 { "age", SMAP_TEXT },     { "age_min", SMAP_INT64 },
                                                 { "female", SMAP_INT64 }, { "male", SMAP_INT64 },
                                                 { "most", SMAP_INT64 } };
    smap__latest_round latest;
    smap__rows rows;
    smap_status status = smap__latest_round_find(population, &latest, err);
    if (status != SMAP_OK) return status;
    band *b = smap__alloc(((size_t)smap_table_rows(population) + 1) * sizeof *b);
    if (b) {
        int64_t count = read_bands(population, &latest, b);
        qsort(b, (size_t)count, sizeof *b, compare_bands);
        count = join_bands(b, count);
        smap__rows_init(&rows, columns, (int)(sizeof columns / sizeof *columns));
        for (int64_t i = 0; i < count; i++) put_band(&latest, b, count, i, &rows);
        status = smap__rows_finish(&rows, out, err);
    } else
        status = smap__fail_memory(err);
    smap__free(b);
    smap__latest_round_release(&latest);
    return status;
}
