/* What labels may cover: sums of blocks against a count of the cells one by one. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../cmocka_all.h"
#include "draw/room.h"

static const smap__rect_mm frame = { 9.5, 28, 213, 156 };
static const double cell = 0.2;
enum { BOXES = 400, QUESTIONS = 3000 };

static double uniform(double low, double high) {
    return low + (high - low) * rand() / RAND_MAX;
}

static smap__room *new_room(void) {
    smap__room *room;
    assert_int_equal(smap__room_new(frame, cell, &room, NULL), SMAP_OK);
    return room;
}

/* Does the taken box touch the cell in column x, row y? */
static bool covers(smap__rect_mm r, int x, int y) {
    return frame.x + (x + 1) * cell > r.x + 1e-9 && frame.x + x * cell < r.x + r.w - 1e-9 &&
           frame.y + (y + 1) * cell > r.y + 1e-9 && frame.y + y * cell < r.y + r.h - 1e-9;
}

static void questions_are_answered_as_by_counting(void **state) {
    (void)state;
    static uint8_t is[800][1100];
    smap__room *room = new_room();
    srand(3);
    memset(is, 0, sizeof is);
    for (int i = 0; i < BOXES; i++) {
        smap__rect_mm r = { uniform(0, 230), uniform(20, 190), uniform(0.1, 6), uniform(0.1, 6) };
        int kind = i % 10 ? SMAP__ROOM_SOFT + i % 3 : SMAP__ROOM_HARD;
        smap__room_take(room, r, kind);
        for (int y = 0; y < 780; y++)
            for (int x = 0; x < 1065; x++)
                if (covers(r, x, y)) is[y][x] |= (uint8_t)(1 << kind);
    }
    smap__room_close(room);
    int free_places = 0;
    for (int q = 0; q < QUESTIONS; q++) {
        /* Corners on cells, so that both sides mean the same cells. */
        int x0 = rand() % 1000, y0 = rand() % 750, w = 1 + rand() % (q % 50 ? 60 : 900), h = 1 + rand() % 25;
        int n[SMAP__ROOM_KINDS] = { 0 };
        for (int y = y0; y < y0 + h && y < 780; y++)
            for (int x = x0; x < x0 + w && x < 1065; x++)
                for (int k = 0; k < SMAP__ROOM_KINDS; k++) n[k] += (is[y][x] >> k) & 1;
        smap__label_box box = { frame.x + (x0 + w / 2.0) * cell, frame.y + (y0 + h / 2.0) * cell, w * cell - 0.02,
                                h * cell - 0.02, 0 };
        smap__cover cover;
        bool has_place = smap__room_has_place(room, &box, &cover);
        assert_int_equal(has_place, x0 + w <= 1065 && y0 + h <= 780 && n[SMAP__ROOM_HARD] == 0);
        if (!has_place) continue;
        free_places++;
        assert_true(fabs(cover.soft * w * h - n[SMAP__ROOM_SOFT]) < 1e-6);
        assert_true(fabs(cover.line * w * h - n[SMAP__ROOM_LINE]) < 1e-6);
        assert_true(fabs(cover.near * w * h - n[SMAP__ROOM_NEAR]) < 1e-6);
    }
    assert_true(free_places > QUESTIONS / 4 && free_places < QUESTIONS);
    smap__room_free(room);
}

/* A box as large as the map, where one hard cell lies in the blocks inside of it. */
static void the_whole_map_is_one_question(void **state) {
    (void)state;
    smap__label_box all = { frame.x + 106, frame.y + 77, 211, 153, 0 };
    for (int hard = 0; hard < 2; hard++) {
        smap__room *room = new_room();
        smap__cover cover;
        smap__room_take(room, frame, SMAP__ROOM_SOFT);
        if (hard) smap__room_take(room, (smap__rect_mm){ 100, 181.5, 0.1, 0.1 }, SMAP__ROOM_HARD);
        smap__room_close(room);
        assert_int_equal(smap__room_has_place(room, &all, &cover), !hard);
        if (!hard) assert_true(fabs(cover.soft - 1) < 1e-9);
        smap__room_free(room);
    }
}

static void what_is_no_box_has_no_place(void **state) {
    (void)state;
    static const smap__label_box bad[] = { { NAN, 100, 10, 3, 0 },    { 100, INFINITY, 10, 3, 0 },
                                           { 100, 100, NAN, 3, 0 },   { 100, 100, 10, 3, NAN },
                                           { 1e300, 100, 10, 3, 45 }, { 100, 100, 400, 3, 0 },
                                           { 9, 100, 10, 3, 0 } };
    smap__room *room = new_room();
    smap__room_close(room);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) assert_false(smap__room_has_place(room, &bad[i], NULL));
    smap__room_free(room);
}

/* A turned box keeps off what lies under it, and not off what lies in the corners of the upright box around it. */
static void turned_boxes_are_asked_about_as_they_lie(void **state) {
    (void)state;
    smap__label_box slanted = { 100, 100, 40, 3, 45 };
    static const struct {
        double x, y;
        bool is_free;
    } at[] = { { 110, 110, false }, { 90, 90, false }, { 110, 90, true }, { 90, 110, true } };
    for (size_t i = 0; i < sizeof at / sizeof *at; i++) {
        smap__room *room = new_room();
        smap__room_take(room, (smap__rect_mm){ at[i].x - 0.5, at[i].y - 0.5, 1, 1 }, SMAP__ROOM_HARD);
        smap__room_close(room);
        assert_int_equal(smap__room_has_place(room, &slanted, NULL), at[i].is_free);
        smap__room_free(room);
    }
}

static void strokes_take_what_they_cross(void **state) {
    (void)state;
    smap__room *room = new_room();
    smap__room_take_stroke(room, -1000, 100, 1000, 100, 0.4, SMAP__ROOM_HARD);
    smap__room_take_stroke(room, 50, 60, 50, NAN, 0.4, SMAP__ROOM_HARD);
    smap__room_close(room);
    for (double x = 20; x < 210; x += 0.7) {
        smap__label_box on = { x, 100, 1, 1, 0 }, above = { x, 99, 1, 1, 0 };
        assert_false(smap__room_has_place(room, &on, NULL));
        assert_true(smap__room_has_place(room, &above, NULL));
    }
    smap__room_free(room);
}

/* What two rooms take apart and join is what one takes. */
static void rooms_are_joined(void **state) {
    (void)state;
    smap__room *one = new_room(), *apart[2] = { new_room(), new_room() };
    srand(3);
    for (int i = 0; i < 60; i++) {
        double x = 20 + rand() % 190, y = 10 + rand() % 180;
        smap__rect_mm box = { x, y, rand() % 9, rand() % 7 };
        smap__room_take(one, box, i % SMAP__ROOM_KINDS);
        smap__room_take(apart[i % 2], box, i % SMAP__ROOM_KINDS);
    }
    smap__room_join(apart[0], apart[1]);
    smap__room_close(one);
    smap__room_close(apart[0]);
    for (int i = 0; i < 2000; i++) {
        smap__label_box b = { 20 + rand() % 190, 10 + rand() % 180, 1 + rand() % 12, 1 + rand() % 4, 0 };
        smap__cover want = { 0, 0, 0 }, got = { 0, 0, 0 };
        assert_int_equal(smap__room_has_place(one, &b, &want), smap__room_has_place(apart[0], &b, &got));
        assert_true(want.soft == got.soft && want.line == got.line && want.near == got.near);
    }
    smap__room_free(one);
    smap__room_free(apart[0]);
    smap__room_free(apart[1]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(questions_are_answered_as_by_counting),
        cmocka_unit_test(the_whole_map_is_one_question),
        cmocka_unit_test(what_is_no_box_has_no_place),
        cmocka_unit_test(turned_boxes_are_asked_about_as_they_lie),
        cmocka_unit_test(strokes_take_what_they_cross),
        cmocka_unit_test(rooms_are_joined),
    };
    return cmocka_run_group_tests_name("room", tests, NULL, NULL);
}
