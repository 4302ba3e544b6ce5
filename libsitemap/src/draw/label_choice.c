#include "draw/label_choice.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/mix.h"
#include "base/steady_math.h"

enum {
    PUSHED = 6,               /* labels that one move may push away */
    EXACT_LABELS = 8,         /* groups of at most so many are solved to the end ... */
    EXACT_LOOKS = 60000,      /* ... if that takes no more looks than this, one look being "who is in the way?" ... */
    ALL_EXACT_LOOKS = 300000, /* ... and all of them no more than this */
    LOOKS_A_PLACE = 12,       /* for the moves */
    LEAST_LOOKS = 250000,
    MOST_LOOKS = 600000
};
static const double HOT = 4, COLD = 0.005; /* temperatures, in costs */
static const double SAME = 1e-9;

typedef struct choosing {
    smap__label_problem problem; /* labels in an order of their own: by weight, then by where they are */
    uint32_t *given;             /* each label's number in the caller's order */
    smap__label_wish *wish;
    smap__label_board *board;
    uint32_t *place;                           /* of all labels: possible ones, cheapest first */
    uint32_t *places;                          /* of each label */
    uint32_t *unhappy, *unhappy_at, unhappies; /* labels that have no place, or a better one somewhere */
    int64_t *best;
    double value, best_value;
    bool *solved; /* of a small group that is as good as it can be */
    int64_t looks, most_looks;
    uint64_t dice;
} choosing;

static uint64_t throw_dice(choosing *c) {
    return smap__mix(c->dice += UINT64_C(0x9e3779b97f4a7c15));
}

static uint32_t below(choosing *c, uint32_t n) {
    return (uint32_t)((throw_dice(c) >> 32) * n >> 32);
}

static double cost_of(const choosing *c, uint32_t place) {
    return c->problem.place[place].cost;
}

static double value_at(const choosing *c, uint32_t label, int64_t place) {
    return place < 0 ? 0 : c->wish[label].weight - cost_of(c, (uint32_t)place);
}

static const uint32_t *places_of(const choosing *c, uint32_t label) {
    return c->place + c->wish[label].place;
}

/* ---- the order of labels and places ------------------------------------------------------------------------------ */

/* qsort has no place for more than two elements. */
typedef struct sortable {
    smap__label_wish wish;
    const smap__label_problem *problem;
    uint32_t given;
} sortable;

static int by_number(double a, double b) {
    return a < b ? -1 : a > b;
}

static int by_places(const sortable *a, const sortable *b) {
    uint32_t n = a->wish.places < b->wish.places ? a->wish.places : b->wish.places;
    for (uint32_t i = 0; i < n; i++) {
        const smap__label_place *p = &a->problem->place[a->wish.place + i], *q = &b->problem->place[b->wish.place + i];
        int order = by_number(p->cost, q->cost);
        for (uint32_t k = 0; !order && k < p->boxes && k < q->boxes; k++) {
            const smap__label_box *s = &a->problem->box[p->box + k], *t = &b->problem->box[q->box + k];
            if (!order) order = by_number(s->x, t->x);
            if (!order) order = by_number(s->y, t->y);
            if (!order) order = by_number(s->w, t->w);
            if (!order) order = by_number(s->h, t->h);
        }
        if (order) return order;
    }
    return by_number(a->wish.places, b->wish.places);
}

static int by_weight(const void *a, const void *b) {
    const sortable *p = a, *q = b;
    int order = by_number(q->wish.weight, p->wish.weight);
    if (!order) order = by_places(p, q);
    return order ? order : by_number(p->given, q->given);
}

static smap_status sort_labels(choosing *c, const smap__label_problem *problem, smap_error *err) {
    sortable *list = smap__alloc((problem->wishes + 1) * sizeof *list);
    if (!list) return smap__fail_memory(err);
    for (uint32_t i = 0; i < problem->wishes; i++) list[i] = (sortable){ problem->wish[i], problem, i };
    if (problem->wishes) qsort(list, problem->wishes, sizeof *list, by_weight);
    for (uint32_t i = 0; i < problem->wishes; i++) {
        c->wish[i] = list[i].wish;
        c->given[i] = list[i].given;
    }
    smap__free(list);
    return SMAP_OK;
}

/* Places by cost, those of equal cost as they come: an insertion keeps them so, and there are few. */
static void sort_places(choosing *c, uint32_t label) {
    uint32_t *list = c->place + c->wish[label].place, n = 0;
    for (uint32_t i = c->wish[label].place; i < c->wish[label].place + c->wish[label].places; i++) {
        if (!smap__label_board_possible(c->board, i)) continue;
        uint32_t at = n++;
        for (; at > 0 && cost_of(c, list[at - 1]) > cost_of(c, i); at--) list[at] = list[at - 1];
        list[at] = i;
    }
    c->places[label] = n;
}

static smap_status begin(choosing *c, const smap__label_problem *problem, smap_error *err) {
    size_t n = problem->wishes;
    c->wish = smap__alloc((n + 1) * sizeof *c->wish);
    c->given = smap__alloc((n + 1) * sizeof *c->given);
    c->place = smap__alloc((problem->places + 1) * sizeof *c->place);
    c->places = smap__zalloc(n + 1, sizeof *c->places);
    c->unhappy = smap__alloc((n + 1) * sizeof *c->unhappy);
    c->unhappy_at = smap__alloc((n + 1) * sizeof *c->unhappy_at);
    c->best = smap__alloc((n + 1) * sizeof *c->best);
    c->solved = smap__zalloc(n + 1, sizeof *c->solved);
    if (!c->wish || !c->given || !c->place || !c->places || !c->unhappy || !c->unhappy_at || !c->best || !c->solved)
        return smap__fail_memory(err);
    smap_status status = sort_labels(c, problem, err);
    c->problem = *problem;
    c->problem.wish = c->wish;
    if (status == SMAP_OK) status = smap__label_board_new(&c->problem, &c->board, err);
    if (status != SMAP_OK) return status;
    for (uint32_t l = 0; l < n; l++) {
        sort_places(c, l);
        c->unhappy_at[l] = UINT32_MAX;
    }
    int64_t looks = (int64_t)problem->places * LOOKS_A_PLACE;
    c->most_looks = looks < LEAST_LOOKS ? LEAST_LOOKS : looks > MOST_LOOKS ? MOST_LOOKS : looks;
    return SMAP_OK;
}

static void end(choosing *c) {
    smap__label_board_free(c->board);
    void *array[] = { c->wish, c->given, c->place, c->places, c->unhappy, c->unhappy_at, c->best, c->solved };
    for (size_t i = 0; i < sizeof array / sizeof *array; i++) smap__free(array[i]);
}

static void tell(const choosing *c, int32_t *choice) {
    for (uint32_t l = 0; l < c->problem.wishes; l++) {
        int64_t at = smap__label_board_at(c->board, l);
        choice[c->given[l]] = at < 0 ? -1 : (int32_t)(at - c->wish[l].place);
    }
}

/* ---- greed ------------------------------------------------------------------------------------------------------- */

static bool is_free(choosing *c, uint32_t label, uint32_t place) {
    c->looks++;
    return smap__label_board_conflicts(c->board, label, place, NULL, 0) == 0;
}

/* The cheapest free place of a label that has none. */
static void settle(choosing *c, uint32_t label) {
    const uint32_t *place = places_of(c, label);
    for (uint32_t i = 0; i < c->places[label]; i++) {
        if (!is_free(c, label, place[i])) continue;
        smap__label_board_put(c->board, label, place[i]);
        return;
    }
}

static void settle_all(choosing *c) {
    for (uint32_t l = 0; l < c->problem.wishes; l++) settle(c, l);
}

/* Labels that could move to a free place which is cheaper do so; those without a place take one that has become free.
 */
static void tidy(choosing *c) {
    for (uint32_t l = 0; l < c->problem.wishes; l++) {
        int64_t at = smap__label_board_at(c->board, l);
        if (c->places[l] == 0 || at == places_of(c, l)[0]) continue;
        if (at >= 0) smap__label_board_take(c->board, l);
        settle(c, l);
    }
}

static double value_of_all(const choosing *c) {
    double value = 0;
    for (uint32_t l = 0; l < c->problem.wishes; l++) value += value_at(c, l, smap__label_board_at(c->board, l));
    return value;
}

/* ---- few labels: all there is ------------------------------------------------------------------------------------ */

typedef struct group {
    uint32_t label[EXACT_LABELS];
    int labels;
    double most[EXACT_LABELS + 1]; /* value of label i and those after it at their best places */
    int64_t best[EXACT_LABELS];
    double best_value;
    int64_t most_looks;
} group;

static void branch(choosing *c, group *g, int at, double value) {
    if (value + g->most[at] <= g->best_value + SAME || c->looks > g->most_looks) return;
    if (at == g->labels) {
        for (int i = 0; i < g->labels; i++) g->best[i] = smap__label_board_at(c->board, g->label[i]);
        g->best_value = value;
        return;
    }
    uint32_t label = g->label[at];
    const uint32_t *place = places_of(c, label);
    for (uint32_t i = 0; i < c->places[label]; i++) {
        double here = value_at(c, label, place[i]);
        if (value + here + g->most[at + 1] <= g->best_value + SAME) break; /* later ones cost more */
        if (!is_free(c, label, place[i])) continue;
        smap__label_board_put(c->board, label, place[i]);
        branch(c, g, at + 1, value + here);
        smap__label_board_take(c->board, label);
    }
    branch(c, g, at + 1, value);
}

static void solve(choosing *c, group *g) {
    double value = 0;
    g->most[g->labels] = 0;
    for (int i = g->labels - 1; i >= 0; i--) {
        uint32_t l = g->label[i];
        g->most[i] = g->most[i + 1] + (c->places[l] ? value_at(c, l, places_of(c, l)[0]) : 0);
        g->best[i] = smap__label_board_at(c->board, l);
        value += value_at(c, l, g->best[i]);
    }
    g->best_value = value;
    if (g->most[0] <= value + SAME) return;
    g->most_looks = c->looks + EXACT_LOOKS < ALL_EXACT_LOOKS ? c->looks + EXACT_LOOKS : ALL_EXACT_LOOKS;
    for (int i = 0; i < g->labels; i++)
        if (g->best[i] >= 0) smap__label_board_take(c->board, g->label[i]);
    branch(c, g, 0, 0);
    for (int i = 0; i < g->labels; i++)
        if (g->best[i] >= 0) smap__label_board_put(c->board, g->label[i], (uint32_t)g->best[i]);
}

typedef struct member {
    uint32_t group, label;
} member;

static int by_group(const void *a, const void *b) {
    const member *p = a, *q = b;
    if (p->group != q->group) return p->group < q->group ? -1 : 1;
    return p->label < q->label ? -1 : 1;
}

static void solve_groups(choosing *c, member *list, size_t n) {
    for (size_t i = 0, k; i < n; i = k) {
        group g = { .most_looks = INT64_MAX };
        for (k = i; k < n && list[k].group == list[i].group; k++)
            if (k - i < EXACT_LABELS) g.label[g.labels++] = list[k].label;
        if (k - i > EXACT_LABELS) continue;
        solve(c, &g);
        for (int m = 0; m < g.labels; m++) c->solved[g.label[m]] = c->looks <= g.most_looks;
    }
}

static smap_status solve_small(choosing *c, smap_error *err) {
    size_t n = c->problem.wishes;
    uint32_t *number = smap__alloc((n + 1) * sizeof *number);
    member *list = smap__alloc((n + 1) * sizeof *list);
    smap_status status = number && list ? smap__label_board_groups(c->board, number, err) : smap__fail_memory(err);
    if (status == SMAP_OK) {
        for (uint32_t l = 0; l < n; l++) list[l] = (member){ number[l], l };
        if (n) qsort(list, n, sizeof *list, by_group);
        c->looks = 0;
        solve_groups(c, list, n);
    }
    smap__free(number);
    smap__free(list);
    return status;
}

/* ---- moves ------------------------------------------------------------------------------------------------------- */

static void note_mood(choosing *c, uint32_t label) {
    int64_t at = smap__label_board_at(c->board, label);
    bool unhappy = c->places[label] > 0 && (at < 0 || cost_of(c, (uint32_t)at) > cost_of(c, places_of(c, label)[0]));
    uint32_t was = c->unhappy_at[label];
    if (unhappy == (was != UINT32_MAX)) return;
    if (unhappy) {
        c->unhappy_at[label] = c->unhappies;
        c->unhappy[c->unhappies++] = label;
    } else {
        uint32_t last = c->unhappy[--c->unhappies];
        c->unhappy[was] = last;
        c->unhappy_at[last] = was;
        c->unhappy_at[label] = UINT32_MAX;
    }
}

/* The labels that a move touches and where they were: the one that moves first. */
typedef struct move {
    uint32_t label[PUSHED + 1];
    int64_t was[PUSHED + 1];
    int labels;
} move;

static void sort_pushed(move *m) {
    for (int i = 2; i < m->labels; i++)
        for (int k = i; k > 1 && m->label[k - 1] > m->label[k]; k--) {
            uint32_t t = m->label[k];
            m->label[k] = m->label[k - 1];
            m->label[k - 1] = t;
        }
}

static void put_back(choosing *c, const move *m) {
    for (int i = 0; i < m->labels; i++)
        if (smap__label_board_at(c->board, m->label[i]) >= 0) smap__label_board_take(c->board, m->label[i]);
    for (int i = 0; i < m->labels; i++)
        if (m->was[i] >= 0) smap__label_board_put(c->board, m->label[i], (uint32_t)m->was[i]);
}

/* Put the first label of a move to `to`, the others where they find room; what that gains. */
static double carry_out(choosing *c, move *m, uint32_t to) {
    double gain = 0;
    for (int i = 0; i < m->labels; i++) {
        m->was[i] = smap__label_board_at(c->board, m->label[i]);
        gain -= value_at(c, m->label[i], m->was[i]);
        if (m->was[i] >= 0) smap__label_board_take(c->board, m->label[i]);
    }
    smap__label_board_put(c->board, m->label[0], to);
    for (int i = 0; i < m->labels; i++) {
        if (i) settle(c, m->label[i]);
        gain += value_at(c, m->label[i], smap__label_board_at(c->board, m->label[i]));
    }
    return gain;
}

/* No move can gain more than if all that it pushes away found their best places. */
static double most_gain(const choosing *c, const move *m, uint32_t to) {
    double gain = value_at(c, m->label[0], to);
    for (int i = 0; i < m->labels; i++) {
        gain -= value_at(c, m->label[i], smap__label_board_at(c->board, m->label[i]));
        if (i) gain += value_at(c, m->label[i], places_of(c, m->label[i])[0]);
    }
    return gain;
}

/* Move an unhappy label to one of its places, rather a cheap one; a loss is borne as often as the temperature says. */
static void try_move(choosing *c, double temperature) {
    move m = { .labels = 1 };
    m.label[0] = c->unhappy[below(c, c->unhappies)];
    uint32_t n = c->places[m.label[0]], one = below(c, n), other = below(c, n);
    uint32_t to = places_of(c, m.label[0])[one < other ? one : other];
    double dice = ((double)(throw_dice(c) >> 11) + 1) / 9007199254740993.0,
           least = temperature * smap__steady_log(dice);
    c->looks++;
    if (to == smap__label_board_at(c->board, m.label[0])) return;
    int pushed = smap__label_board_conflicts(c->board, m.label[0], to, m.label + 1, PUSHED);
    if (pushed > PUSHED) return;
    m.labels += pushed;
    sort_pushed(&m);
    if (most_gain(c, &m, to) < least) return;
    double gain = carry_out(c, &m, to);
    if (gain < least) {
        put_back(c, &m);
        return;
    }
    c->value += gain;
    for (int i = 0; i < m.labels; i++) note_mood(c, m.label[i]);
}

static void keep_best(choosing *c) {
    for (uint32_t l = 0; l < c->problem.wishes; l++) c->best[l] = smap__label_board_at(c->board, l);
    c->best_value = c->value;
}

static void go_back_to_best(choosing *c) {
    for (uint32_t l = 0; l < c->problem.wishes; l++)
        if (smap__label_board_at(c->board, l) >= 0) smap__label_board_take(c->board, l);
    for (uint32_t l = 0; l < c->problem.wishes; l++)
        if (c->best[l] >= 0) smap__label_board_put(c->board, l, (uint32_t)c->best[l]);
}

static void anneal(choosing *c) {
    smap__power cooling;
    smap__power_init(&cooling, COLD / HOT);
    c->looks = 0;
    c->value = value_of_all(c);
    keep_best(c);
    for (uint32_t l = 0; l < c->problem.wishes; l++)
        if (!c->solved[l]) note_mood(c, l);
    while (c->unhappies > 0 && c->looks < c->most_looks) {
        double spent = (double)c->looks / (double)c->most_looks;
        try_move(c, HOT * smap__power_of(&cooling, spent));
        if (c->value > c->best_value + SAME) keep_best(c);
    }
    go_back_to_best(c);
}

/* ---- all of it --------------------------------------------------------------------------------------------------- */

static smap_status choose(const smap__label_problem *problem, bool greed_alone, int32_t *choice, smap_error *err) {
    choosing c = { .dice = 1995 };
    smap_status status = begin(&c, problem, err);
    if (status == SMAP_OK) {
        settle_all(&c);
        if (!greed_alone) {
            status = solve_small(&c, err);
            if (status == SMAP_OK) anneal(&c);
            if (status == SMAP_OK) tidy(&c);
        }
        if (status == SMAP_OK) tell(&c, choice);
    }
    end(&c);
    return status;
}

smap_status smap__label_choose(const smap__label_problem *problem, int32_t *choice, smap_error *err) {
    return choose(problem, false, choice, err);
}

smap_status smap__label_choose_greedily(const smap__label_problem *problem, int32_t *choice, smap_error *err) {
    return choose(problem, true, choice, err);
}

double smap__label_choice_value(const smap__label_problem *problem, const int32_t *choice) {
    double value = 0;
    for (size_t l = 0; l < problem->wishes; l++) {
        const smap__label_wish *w = &problem->wish[l];
        if (choice[l] >= 0) value += w->weight - problem->place[w->place + (uint32_t)choice[l]].cost;
    }
    return value;
}
