/* The places that labels are offered: on the right side of their marks, inside their areas, along their lines, and
 * where the room allows it. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../cmocka_all.h"
#include "box_help.h"
#include "draw/label_choice.h"
#include "draw/label_places.h"
#include "draw/line_places.h"

static const smap__rect_mm frame = { 9.5, 28, 213, 156 };
static const double leaders[] = { 2, 4, 8 };

static double uniform(double low, double high) {
    return low + (high - low) * rand() / RAND_MAX;
}

static smap__room *new_room(void) {
    smap__room *room;
    assert_int_equal(smap__room_new(frame, 0.2, &room, NULL), SMAP_OK);
    return room;
}

static smap__label_ask ask_at(double x, double y) {
    return (smap__label_ask){
        .x = x, .y = y, .w = 20, .h = 3, .away = 1.6, .mark = 2, .leader_width = 0.6, .most_cover = 0.04, .fit = 1
    };
}

static size_t cheapest(const smap__label_places *p) {
    size_t best = 0;
    assert_true(p->places > 0);
    for (size_t i = 1; i < p->places; i++)
        if (p->place[i].cost < p->place[best].cost) best = i;
    return best;
}

static void latin_stands_upper_right_and_arabic_upper_left(void **state) {
    (void)state;
    for (int rtl = 0; rtl < 2; rtl++) {
        smap__room *room = new_room();
        smap__room_close(room);
        smap__label_places p = { 0 };
        smap__label_ask ask = ask_at(100, 100);
        ask.rtl = rtl;
        smap__label_places_at_point(&p, room, &ask);
        const smap__label_spot *best = &p.spot[cheapest(&p)];
        assert_true(rtl ? best->x < ask.x : best->x > ask.x);
        assert_true(best->y < ask.y);
        for (size_t i = 0; i < p.places; i++) { /* none lies on its own mark */
            const smap__label_box *b = &p.box[p.place[i].box];
            smap__label_box mark = { ask.x, ask.y, ask.mark * sqrt(0.5), ask.mark * sqrt(0.5), 0 };
            assert_false(boxes_overlap(b, &mark));
            assert_true(p.place[i].cost >= 0 && p.place[i].cost < 1);
        }
        smap__label_places_release(&p);
        smap__room_free(room);
    }
}

/* At the frame's corner only the places towards the middle remain; outside of it there is none. */
static void labels_turn_inward_at_the_edge(void **state) {
    (void)state;
    smap__room *room = new_room();
    smap__room_close(room);
    smap__label_places p = { 0 };
    smap__label_ask ask = ask_at(frame.x + frame.w - 1, frame.y + 1);
    smap__label_places_at_point(&p, room, &ask);
    assert_true(p.places > 0);
    for (size_t i = 0; i < p.places; i++) assert_true(p.spot[i].x < ask.x && p.spot[i].y > ask.y);
    smap__label_places_release(&p);
    ask = ask_at(NAN, 100);
    smap__label_places_at_point(&p, room, &ask);
    ask = ask_at(500, 100);
    smap__label_places_at_point(&p, room, &ask);
    ask = ask_at(100, 100);
    ask.w = 300; /* wider than the map */
    smap__label_places_at_point(&p, room, &ask);
    assert_int_equal(p.places, 0);
    smap__label_places_release(&p);
    smap__room_free(room);
}

static void marks_are_covered_only_when_allowed(void **state) {
    (void)state;
    smap__room *room = new_room();
    smap__room_take(room, frame, SMAP__ROOM_SOFT);
    smap__room_close(room);
    smap__label_places p = { 0 };
    smap__label_ask ask = ask_at(100, 100);
    smap__label_places_at_point(&p, room, &ask);
    assert_int_equal(p.places, 0);
    ask.most_cover = 1;
    smap__label_places_at_point(&p, room, &ask);
    assert_true(p.places > 0);
    smap__label_places_release(&p);
    smap__room_free(room);
}

/* A mark walled in on all sides: its label stands farther off, and its line leads from the mark to the label. */
static void a_leader_line_leads_out(void **state) {
    (void)state;
    smap__room *room = new_room();
    for (int k = 0; k < 16; k++) {
        double a = k * acos(-1) / 8;
        smap__room_take(room, (smap__rect_mm){ 100 + 5 * cos(a) - 0.1, 100 + 5 * sin(a) - 0.1, 0.2, 0.2 },
                        SMAP__ROOM_HARD);
    }
    smap__room_close(room);
    smap__label_places p = { 0 };
    smap__label_ask ask = ask_at(100, 100);
    smap__label_places_at_point(&p, room, &ask);
    assert_int_equal(p.places, 0);
    ask.leader = leaders;
    ask.leaders = 3;
    smap__label_places_at_point(&p, room, &ask);
    assert_true(p.places > 0);
    for (size_t i = 0; i < p.places; i++) {
        const smap__label_spot *s = &p.spot[i];
        assert_true(s->leader);
        assert_true(fabs(hypot(s->leader_x[0] - 100, s->leader_y[0] - 100) - 1) < 1e-9);
        assert_true(fabs(s->leader_x[1] - s->x) <= 10 + 1e-9 && fabs(s->leader_y[1] - s->y) <= 1.5 + 1e-9);
        assert_int_equal(p.place[i].boxes, 2); /* others keep off the line too */
    }
    smap__label_places_release(&p);
    smap__room_free(room);
}

static bool is_inside(const double *x, const double *y, int n, double px, double py) {
    bool in = false;
    for (int i = 0; i + 1 < n; i++)
        if ((y[i] <= py) != (y[i + 1] <= py) && px < x[i] + (py - y[i]) / (y[i + 1] - y[i]) * (x[i + 1] - x[i]))
            in = !in;
    return in;
}

static void a_text_lies_inside_its_area(void **state) {
    (void)state;
    /* A narrow valley that opens to the right: the text fits there alone, its middle one lies in the neck. */
    static const double x[] = { 40, 90, 130, 130, 90, 40, 40 }, y[] = { 99, 99, 90, 110, 101, 101, 99 };
    static const uint32_t begin[] = { 0, 7 };
    smap__room *room = new_room();
    smap__room_close(room);
    smap__label_places p = { 0 };
    smap__label_ask ask = ask_at(70, 100);
    smap__label_places_in_area(&p, room, &ask, x, y, begin, 1);
    assert_true(p.places > 0);
    for (size_t i = 0; i < p.places; i++)
        for (int k = 0; k < 4; k++)
            assert_true(is_inside(x, y, 7, p.spot[i].x + (k % 2 ? 9.99 : -9.99), p.spot[i].y + (k / 2 ? 1.49 : -1.49)));
    smap__label_places_release(&p);
    ask.h = 25; /* higher than the valley */
    smap__label_places_in_area(&p, room, &ask, x, y, begin, 1);
    assert_int_equal(p.places, 0);
    ask.leader = leaders;
    ask.leaders = 3;
    smap__label_places_in_area(&p, room, &ask, x, y, begin, 1);
    assert_true(p.places > 0);
    smap__label_places_release(&p);
    smap__room_free(room);
}

/* A strip of land that rises to the right takes its name along its axis, and no text across it. */
static void a_text_turns_with_a_slender_area(void **state) {
    (void)state;
    static const double x[] = { 60, 130, 133, 63, 60 }, y[] = { 140, 70, 73, 143, 140 };
    static const uint32_t begin[] = { 0, 5 };
    smap__room *room = new_room();
    smap__room_close(room);
    smap__label_places p = { 0 };
    smap__label_ask ask = ask_at(96.5, 106.5);
    smap__label_places_in_area(&p, room, &ask, x, y, begin, 1);
    assert_int_equal(p.places, 0);
    ask.along_axis = true;
    smap__label_places_in_area(&p, room, &ask, x, y, begin, 1);
    assert_true(p.places > 0);
    for (size_t i = 0; i < p.places; i++) assert_true(fabs(p.spot[i].angle_deg + 45) < 1);
    smap__label_places_release(&p);
    smap__room_free(room);
}

enum { ARC = 61 };

/* Half a circle over the middle of the frame, from left to right or back. */
static void draw_arc(double radius, bool backwards, double *x, double *y) {
    for (int i = 0; i < ARC; i++) {
        double a = acos(-1) * (backwards ? i : ARC - 1 - i) / (ARC - 1);
        x[i] = 110 + radius * cos(a);
        y[i] = 120 - radius * sin(a);
    }
}

static smap__line_ask ask_on_line(const smap__span *span, int spans, double to) {
    return (smap__line_ask){ .w = 20,
                             .h = 3,
                             .away = 0.6,
                             .span = span,
                             .spans = spans,
                             .max_turn_deg = 22.5,
                             .from = 0,
                             .to = to,
                             .most_cover = 1 };
}

/* Letters stand on a parallel of their line, upright and in reading order, whichever way the line was drawn. */
static void letters_follow_a_line(void **state) {
    (void)state;
    smap__span span[10];
    for (int i = 0; i < 10; i++) span[i] = (smap__span){ 2 * i, 2 };
    smap__room *room = new_room();
    smap__room_close(room);
    for (int backwards = 0; backwards < 2; backwards++) {
        double x[ARC], y[ARC], radius = 30;
        draw_arc(radius, backwards, x, y);
        smap__line_ask ask = ask_on_line(span, 10, acos(-1) * radius);
        smap__label_places p = { 0 };
        smap__label_places_on_line(&p, room, &ask, x, y, ARC);
        const smap__label_place *best = &p.place[cheapest(&p)];
        assert_true(p.spot[cheapest(&p)].bent);
        assert_int_equal(best->boxes, 10);
        for (uint32_t i = best->box; i < best->box + 10; i++) {
            const smap__label_box *b = &p.box[i];
            assert_true(fabs(hypot(b->x - 110, b->y - 120) - (radius + 0.6 + 1.5)) < 0.05); /* above: outside */
            assert_true(fabs(b->angle_deg) < 90);
            double tangent = atan2(b->x - 110, 120 - b->y) * 180 / acos(-1);
            assert_true(fabs(b->angle_deg - tangent) < 1);
            if (i > best->box) assert_true(b->x > b[-1].x);
        }
        assert_true(fabs(p.box[best->box + 4].x + p.box[best->box + 5].x - 220) < 0.2); /* in the middle of the line */
        smap__label_places_release(&p);
    }
    smap__room_free(room);
}

/* Where a line turns too sharply for letters, the text stands straight if the line is straight enough elsewhere. */
static void sharp_turns_are_not_followed(void **state) {
    (void)state;
    smap__span span[10];
    for (int i = 0; i < 10; i++) span[i] = (smap__span){ 2 * i, 2 };
    double x[ARC], y[ARC], radius = 5;
    draw_arc(radius, false, x, y);
    smap__room *room = new_room();
    smap__room_close(room);
    smap__line_ask ask = ask_on_line(span, 10, acos(-1) * radius);
    smap__label_places p = { 0 };
    smap__label_places_on_line(&p, room, &ask, x, y, ARC);
    for (size_t i = 0; i < p.places; i++) assert_false(p.spot[i].bent);
    smap__label_places_release(&p);
    static const double ax[] = { 50, 90, 90 }, ay[] = { 150, 150, 148 };
    ask = ask_on_line(NULL, 0, 42);
    smap__label_places_on_line(&p, room, &ask, ax, ay, 3);
    assert_true(p.places > 0);
    const smap__label_spot *best = &p.spot[cheapest(&p)];
    assert_true(fabs(best->angle_deg) < 1e-6 && fabs(best->y - (150 - 0.6 - 1.5)) < 1e-6);
    smap__label_places_release(&p);
    smap__room_free(room);
}

static void straight_texts_are_never_upside_down(void **state) {
    (void)state;
    smap__room *room = new_room();
    smap__room_close(room);
    for (int k = 0; k < 36; k++) {
        double a = k * acos(-1) / 18, x[2] = { 110 - 30 * cos(a), 110 + 30 * cos(a) },
               y[2] = { 105 - 30 * sin(a), 105 + 30 * sin(a) };
        smap__line_ask ask = ask_on_line(NULL, 0, 60);
        smap__label_places p = { 0 };
        smap__label_places_on_line(&p, room, &ask, x, y, 2);
        assert_true(p.places > 0);
        for (size_t i = 0; i < p.places; i++) {
            assert_true(p.spot[i].angle_deg > -90 - 1e-6 && p.spot[i].angle_deg < 90 + 1e-6);
            assert_true(fabs(sin(p.spot[i].angle_deg * acos(-1) / 180 - a)) < 1e-6);
        }
        smap__label_places_release(&p);
    }
    smap__room_free(room);
}

static void lines_that_are_none_have_no_places(void **state) {
    (void)state;
    static const double x[] = { 100, 100, NAN, 120 }, y[] = { 100, 100, 100, 100 };
    smap__room *room = new_room();
    smap__room_close(room);
    smap__line_ask ask = ask_on_line(NULL, 0, 10);
    smap__label_places p = { 0 };
    smap__label_places_on_line(&p, room, &ask, x, y, 0);
    smap__label_places_on_line(&p, room, &ask, x, y, 1);
    assert_int_equal(p.places, 0);
    smap__label_places_on_line(&p, room, &ask, x, y, 2); /* of no length: as on a point */
    smap__label_places_on_line(&p, room, &ask, x, y, 4);
    for (size_t i = 0; i < p.places; i++) assert_true(isfinite(p.spot[i].x) && isfinite(p.spot[i].y));
    smap__label_places_release(&p);
    smap__room_free(room);
}

static double seconds(void) {
    struct timespec t;
    timespec_get(&t, TIME_UTC);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* Five hundred labels in towns on an A3 map: most find room, none lies over another, and it is done in no time (a tenth
 * of a second as released; builds that check everything they do take longer). */
static void five_hundred_on_a3(void **state) {
    (void)state;
    enum { LABELS = 500 };
    static const smap__rect_mm a3 = { 10, 30, 310, 240 };
    static smap__label_wish wish[LABELS];
    static int32_t choice[LABELS];
    smap__room *room;
    smap__label_places p = { .apart = 0.9 };
    double start = seconds();
    srand(11);
    assert_int_equal(smap__room_new(a3, 0.2, &room, NULL), SMAP_OK);
    smap__label_ask ask[LABELS];
    for (int i = 0; i < LABELS; i++) {
        double town = i % 5 * 60 + 40;
        ask[i] = ask_at(town + uniform(-28, 28), 60 + i % 3 * 80 + uniform(-28, 28));
        ask[i].w = uniform(10, 24), ask[i].h = uniform(3, 7), ask[i].leader = leaders, ask[i].leaders = 3;
        smap__room_take(room, (smap__rect_mm){ ask[i].x - 0.8, ask[i].y - 0.8, 1.6, 1.6 }, SMAP__ROOM_HARD);
    }
    smap__room_close(room);
    double rooms = seconds();
    for (int i = 0; i < LABELS; i++) {
        size_t before = p.places;
        smap__label_places_at_point(&p, room, &ask[i]);
        wish[i] = (smap__label_wish){ exp2(i % 4), (uint32_t)before, (uint32_t)(p.places - before) };
    }
    double places = seconds();
    smap__label_problem problem = { p.box, p.boxes, p.place, p.places, wish, LABELS };
    assert_int_equal(smap__label_choose(&problem, choice, NULL), SMAP_OK);
    double end = seconds();
    int placed = 0;
    for (int i = 0; i < LABELS; i++) {
        placed += choice[i] >= 0;
        for (int k = 0; choice[i] >= 0 && k < i; k++) {
            if (choice[k] < 0) continue;
            const smap__label_place *a = &p.place[wish[i].place + (uint32_t)choice[i]],
                                    *b = &p.place[wish[k].place + (uint32_t)choice[k]];
            for (uint32_t m = 0; m < a->boxes; m++)
                for (uint32_t n = 0; n < b->boxes; n++)
                    assert_false(boxes_overlap(&p.box[a->box + m], &p.box[b->box + n]));
        }
    }
    print_message("%d of %d labels; room %.3f s, %zu places %.3f s, choice %.3f s\n", placed, LABELS, rooms - start,
                  p.places, places - rooms, end - places);
    assert_true(placed > LABELS / 2 && end - start < 5);
    smap__label_places_release(&p);
    smap__room_free(room);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(latin_stands_upper_right_and_arabic_upper_left),
        cmocka_unit_test(labels_turn_inward_at_the_edge),
        cmocka_unit_test(marks_are_covered_only_when_allowed),
        cmocka_unit_test(a_leader_line_leads_out),
        cmocka_unit_test(a_text_lies_inside_its_area),
        cmocka_unit_test(a_text_turns_with_a_slender_area),
        cmocka_unit_test(letters_follow_a_line),
        cmocka_unit_test(sharp_turns_are_not_followed),
        cmocka_unit_test(straight_texts_are_never_upside_down),
        cmocka_unit_test(lines_that_are_none_have_no_places),
        cmocka_unit_test(five_hundred_on_a3),
    };
    return cmocka_run_group_tests_name("label_places", tests, NULL, NULL);
}
