/* Places for labels: as good as brute force where that can be had, never worse than greed, never one over another,
 * whatever the order of the labels and wherever on the page they lie. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../cmocka_all.h"
#include "base/alloc.h"
#include "box_help.h"
#include "draw/label_choice.h"

enum { MOST_LABELS = 10000, PLACES = 9 };

/* A problem that owns its arrays: labels of equally many places, of one box or two. */
typedef struct made {
    smap__label_problem problem;
    smap__label_box *box;
    smap__label_place *place;
    smap__label_wish *wish;
} made;

static double uniform(double low, double high) {
    return low + (high - low) * rand() / RAND_MAX;
}

static made make(size_t labels, size_t places) {
    made m = { .box = calloc(labels * places * 2, sizeof *m.box),
               .place = calloc(labels * places, sizeof *m.place),
               .wish = calloc(labels, sizeof *m.wish) };
    m.problem = (smap__label_problem){ m.box, labels * places * 2, m.place, labels * places, m.wish, labels };
    for (size_t l = 0; l < labels; l++) m.wish[l] = (smap__label_wish){ 1, (uint32_t)(l * places), (uint32_t)places };
    return m;
}

static void throw_away(made *m) {
    free(m->box);
    free(m->place);
    free(m->wish);
}

/* Labels around points in a square, some slanted, some with a leader line: a thin second box. */
static made random_problem(size_t labels, size_t places, double side, bool slanted) {
    made m = make(labels, places);
    for (size_t l = 0; l < labels; l++) {
        double x = uniform(0, side), y = uniform(0, side), w = uniform(4, 25), h = uniform(2, 6);
        double angle = slanted ? uniform(-80, 80) : 0;
        m.wish[l].weight = exp2(rand() % 4);
        for (size_t i = 0; i < places; i++) {
            size_t at = l * places + i;
            double dx = uniform(-w, w), dy = uniform(-h, h);
            m.place[at] = (smap__label_place){ (uint32_t)(2 * at), 1, uniform(0, 0.9) };
            m.box[2 * at] = (smap__label_box){ x + dx, y + dy, w, h, angle };
            if (rand() % 3) continue;
            m.place[at].boxes = 2;
            m.box[2 * at + 1] =
                (smap__label_box){ x + dx / 2, y + dy / 2, hypot(dx, dy) + 0.01, 0.4, atan2(dy, dx) * 180 / acos(-1) };
        }
    }
    return m;
}

static bool places_overlap(const smap__label_problem *p, uint32_t a, uint32_t b) {
    for (uint32_t i = 0; i < p->place[a].boxes; i++)
        for (uint32_t k = 0; k < p->place[b].boxes; k++)
            if (boxes_overlap(&p->box[p->place[a].box + i], &p->box[p->place[b].box + k])) return true;
    return false;
}

static void check_no_overlap(const smap__label_problem *p, const int32_t *choice) {
    for (size_t l = 0; l < p->wishes; l++)
        for (size_t k = 0; choice[l] >= 0 && k < l; k++)
            if (choice[k] >= 0)
                assert_false(
                    places_overlap(p, p->wish[l].place + (uint32_t)choice[l], p->wish[k].place + (uint32_t)choice[k]));
}

static int count_placed(const smap__label_problem *p, const int32_t *choice) {
    int n = 0;
    for (size_t l = 0; l < p->wishes; l++) n += choice[l] >= 0;
    return n;
}

/* The best value there is: every label on every place and on none, but for what cannot beat the best so far. */
static double brute_force(const smap__label_problem *p, size_t label, uint32_t *taken, int n, double value,
                          double best) {
    if (label == p->wishes) return value > best ? value : best;
    double rest = 0;
    for (size_t l = label; l < p->wishes; l++) rest += p->wish[l].weight;
    if (value + rest <= best) return best;
    const smap__label_wish *w = &p->wish[label];
    for (uint32_t i = w->place; i < w->place + w->places; i++) {
        bool is_free = true;
        for (int k = 0; is_free && k < n; k++) is_free = !places_overlap(p, i, taken[k]);
        if (!is_free) continue;
        taken[n] = i;
        best = brute_force(p, label + 1, taken, n + 1, value + w->weight - p->place[i].cost, best);
    }
    return brute_force(p, label + 1, taken, n, value, best);
}

static void few_labels_stand_as_well_as_they_can(void **state) {
    (void)state;
    int better_than_greed = 0;
    for (unsigned seed = 1; seed <= 120; seed++) {
        srand(seed);
        size_t labels = 2 + seed % 7;
        made m = random_problem(labels, 4 + seed % 3, uniform(8, 40), seed % 2);
        int32_t choice[8], greed[8];
        uint32_t taken[8];
        assert_int_equal(smap__label_choose(&m.problem, choice, NULL), SMAP_OK);
        assert_int_equal(smap__label_choose_greedily(&m.problem, greed, NULL), SMAP_OK);
        check_no_overlap(&m.problem, choice);
        double value = smap__label_choice_value(&m.problem, choice);
        assert_true(fabs(value - brute_force(&m.problem, 0, taken, 0, 0, -1)) < 1e-6);
        better_than_greed += value > smap__label_choice_value(&m.problem, greed) + 1e-6;
        throw_away(&m);
    }
    assert_true(better_than_greed > 30);
}

/* Greed gives the first label the only place of the second. */
static void greed_is_undone(void **state) {
    (void)state;
    made m = make(3, 2);
    static const double x[3][2] = { { 10, 20 }, { 10, 30 }, { 20, 40 } };
    for (int l = 0; l < 3; l++) {
        m.wish[l].weight = 4;
        for (int i = 0; i < 2; i++) {
            m.box[4 * l + 2 * i] = (smap__label_box){ x[l][i], 5, 10, 4, 0 };
            m.place[2 * l + i] = (smap__label_place){ (uint32_t)(4 * l + 2 * i), 1, 0.1 * i };
        }
    }
    m.wish[2].places = 1;
    m.wish[1].places = 1;
    int32_t choice[3];
    assert_int_equal(smap__label_choose_greedily(&m.problem, choice, NULL), SMAP_OK);
    assert_int_equal(count_placed(&m.problem, choice), 2);
    m.wish[2].places = 2;
    assert_int_equal(smap__label_choose(&m.problem, choice, NULL), SMAP_OK);
    assert_int_equal(count_placed(&m.problem, choice), 3);
    check_no_overlap(&m.problem, choice);
    throw_away(&m);
}

static void many_labels_never_overlap_and_beat_greed(void **state) {
    (void)state;
    for (unsigned seed = 1; seed <= 4; seed++) {
        srand(seed);
        size_t labels = 300;
        made m = random_problem(labels, PLACES, 120, seed % 2);
        int32_t *choice = calloc(labels, sizeof *choice), *greed = calloc(labels, sizeof *greed);
        assert_int_equal(smap__label_choose(&m.problem, choice, NULL), SMAP_OK);
        assert_int_equal(smap__label_choose_greedily(&m.problem, greed, NULL), SMAP_OK);
        check_no_overlap(&m.problem, choice);
        check_no_overlap(&m.problem, greed);
        double value = smap__label_choice_value(&m.problem, choice),
               greedy = smap__label_choice_value(&m.problem, greed);
        assert_true(value > greedy * 1.05);
        assert_true(count_placed(&m.problem, choice) > count_placed(&m.problem, greed));
        free(choice);
        free(greed);
        throw_away(&m);
    }
}

/* A plain map: where nobody is in the way, everybody has the best place. */
static void far_apart_all_have_their_best(void **state) {
    (void)state;
    made m = make(100, 3);
    for (uint32_t i = 0; i < 300; i++) {
        m.box[2 * i] = (smap__label_box){ (double)(i / 3 % 10) * 100 + i % 3 * 3, (double)(i / 30) * 100, 20, 5, 0 };
        m.place[i] = (smap__label_place){ 2 * i, 1, i % 3 == 1 ? 0 : 0.3 };
    }
    int32_t choice[100];
    assert_int_equal(smap__label_choose(&m.problem, choice, NULL), SMAP_OK);
    for (int l = 0; l < 100; l++) assert_int_equal(choice[l], 1);
    throw_away(&m);
}

static void moving_the_map_moves_the_labels(void **state) {
    (void)state;
    for (unsigned seed = 1; seed <= 10; seed++) {
        srand(seed);
        size_t labels = 60;
        made m = random_problem(labels, PLACES, 70, true);
        int32_t here[60], there[60];
        assert_int_equal(smap__label_choose(&m.problem, here, NULL), SMAP_OK);
        for (size_t i = 0; i < m.problem.boxes; i++) m.box[i].x += 512, m.box[i].y -= 256;
        assert_int_equal(smap__label_choose(&m.problem, there, NULL), SMAP_OK);
        assert_memory_equal(here, there, sizeof here);
        throw_away(&m);
    }
}

static void the_order_of_labels_does_not_matter(void **state) {
    (void)state;
    for (unsigned seed = 1; seed <= 10; seed++) {
        srand(seed);
        enum { LABELS = 60 };
        made m = random_problem(LABELS, PLACES, 70, true);
        smap__label_wish given[LABELS];
        int32_t first[LABELS], second[LABELS], order[LABELS];
        memcpy(given, m.wish, sizeof given);
        assert_int_equal(smap__label_choose(&m.problem, first, NULL), SMAP_OK);
        for (int i = 0; i < LABELS; i++) order[i] = i;
        for (int i = LABELS - 1; i > 0; i--) {
            int k = rand() % (i + 1), t = order[i];
            order[i] = order[k], order[k] = t;
        }
        for (int i = 0; i < LABELS; i++) m.wish[i] = given[order[i]];
        assert_int_equal(smap__label_choose(&m.problem, second, NULL), SMAP_OK);
        for (int i = 0; i < LABELS; i++) assert_int_equal(second[i], first[order[i]]);
        throw_away(&m);
    }
}

static double seconds(void) {
    struct timespec t;
    timespec_get(&t, TIME_UTC);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* Ten thousand labels of one place: as many as there is room for around it, told in well under a second (a second here,
 * for builds that check everything they do). */
static void ten_thousand_in_one_place(void **state) {
    (void)state;
    made m = make(MOST_LABELS, PLACES);
    for (uint32_t i = 0; i < MOST_LABELS * PLACES; i++) {
        int at = (int)(i % PLACES);
        m.box[2 * i] = (smap__label_box){ 100 + at % 3 * 20, 100 + at / 3 * 3.0, 20, 3, 0 };
        m.place[i] = (smap__label_place){ 2 * i, 1, at / 10.0 };
    }
    int32_t *choice = calloc(MOST_LABELS, sizeof *choice);
    double start = seconds();
    assert_int_equal(smap__label_choose(&m.problem, choice, NULL), SMAP_OK);
    double took = seconds() - start;
    print_message("ten thousand in one place: %.3f s\n", took);
    assert_true(took < 5);
    assert_int_equal(count_placed(&m.problem, choice), PLACES);
    check_no_overlap(&m.problem, choice);
    free(choice);
    throw_away(&m);
}

/* What no page can hold is refused: boxes that are not finite, without size, or in another country. */
static void impossible_places_are_not_taken(void **state) {
    (void)state;
    static const smap__label_box bad[] = { { NAN, 0, 10, 3, 0 }, { 0, INFINITY, 10, 3, 0 }, { 0, 0, NAN, 3, 0 },
                                           { 0, 0, 10, 3, NAN }, { 1e300, 0, 10, 3, 0 },    { 0, 0, 1e12, 3, 0 },
                                           { 0, 0, 10, 0, 0 },   { 0, 0, -5, 3, 0 } };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        made m = make(1, 2);
        m.box[0] = bad[i];
        m.box[2] = (smap__label_box){ 1, 1, 5, 2, 0 };
        m.place[0] = (smap__label_place){ 0, 1, 0 };
        m.place[1] = (smap__label_place){ 2, 1, 0.5 };
        int32_t choice;
        assert_int_equal(smap__label_choose(&m.problem, &choice, NULL), SMAP_OK);
        assert_int_equal(choice, 1);
        m.wish[0].places = 1;
        assert_int_equal(smap__label_choose(&m.problem, &choice, NULL), SMAP_OK);
        assert_int_equal(choice, -1);
        throw_away(&m);
    }
    smap__label_problem none = { 0 };
    assert_int_equal(smap__label_choose(&none, NULL, NULL), SMAP_OK);
}

static void out_of_memory_is_told(void **state) {
    (void)state;
    srand(5);
    made m = random_problem(20, PLACES, 30, true);
    int32_t choice[20];
    smap_status status = SMAP_E_NOMEM;
    for (int64_t nth = 1; status != SMAP_OK; nth++) {
        assert_true(nth < 100);
        smap__alloc_fail_at(nth, true);
        status = smap__label_choose(&m.problem, choice, NULL);
        smap__alloc_fail_at(0, false);
        assert_true(status == SMAP_OK || status == SMAP_E_NOMEM);
    }
    throw_away(&m);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(few_labels_stand_as_well_as_they_can),
        cmocka_unit_test(greed_is_undone),
        cmocka_unit_test(many_labels_never_overlap_and_beat_greed),
        cmocka_unit_test(far_apart_all_have_their_best),
        cmocka_unit_test(moving_the_map_moves_the_labels),
        cmocka_unit_test(the_order_of_labels_does_not_matter),
        cmocka_unit_test(ten_thousand_in_one_place),
        cmocka_unit_test(impossible_places_are_not_taken),
        cmocka_unit_test(out_of_memory_is_told),
    };
    return cmocka_run_group_tests_name("label_choice", tests, NULL, NULL);
}
