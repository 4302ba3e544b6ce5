/* Label places: nothing overlaps, nothing leaves the frame, whatever is asked for. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../cmocka_all.h"
#include "draw/room.h"

static const smap__rect_mm frame = { 9.5, 28, 213, 156 };
static const double rings[] = { 0, 1.5, 3.5, 6, 9 };
enum { MANY = 10000 };

static double uniform(double low, double high) {
    return low + (high - low) * rand() / RAND_MAX;
}

typedef struct label {
    smap__wish wish;
    smap__place place;
    bool placed;
} label;

/* The four corners of a label, turned as it will be drawn. */
static void corners_of(const label *l, double x[4], double y[4]) {
    double a = l->wish.kind == SMAP__LABEL_LINE ? l->wish.angle_deg * acos(-1) / 180 : 0, c = cos(a), s = sin(a);
    static const double sx[] = { -1, 1, 1, -1 }, sy[] = { -1, -1, 1, 1 };
    for (int i = 0; i < 4; i++) {
        double u = sx[i] * l->wish.w / 2, v = sy[i] * l->wish.h / 2;
        x[i] = l->place.x + u * c - v * s;
        y[i] = l->place.y + u * s + v * c;
    }
}

/* Do two convex quadrangles overlap (separating axes)? */
static bool overlap(const label *a, const label *b) {
    double ax[4], ay[4], bx[4], by[4];
    corners_of(a, ax, ay);
    corners_of(b, bx, by);
    for (int side = 0; side < 8; side++) {
        const double *x = side < 4 ? ax : bx, *y = side < 4 ? ay : by;
        int i = side % 4, j = (i + 1) % 4;
        double nx = y[j] - y[i], ny = x[i] - x[j], low[2] = { HUGE_VAL, HUGE_VAL }, high[2] = { -HUGE_VAL, -HUGE_VAL };
        for (int k = 0; k < 4; k++) {
            double p = ax[k] * nx + ay[k] * ny, q = bx[k] * nx + by[k] * ny;
            low[0] = fmin(low[0], p), high[0] = fmax(high[0], p);
            low[1] = fmin(low[1], q), high[1] = fmax(high[1], q);
        }
        if (high[0] <= low[1] + 1e-9 || high[1] <= low[0] + 1e-9) return false;
    }
    return true;
}

static void check(const label *list, int count) {
    for (int i = 0; i < count; i++) {
        if (!list[i].placed) continue;
        double x[4], y[4];
        corners_of(&list[i], x, y);
        for (int k = 0; k < 4; k++) {
            assert_true(x[k] >= frame.x - 1e-9 && x[k] <= frame.x + frame.w + 1e-9);
            assert_true(y[k] >= frame.y - 1e-9 && y[k] <= frame.y + frame.h + 1e-9);
        }
        for (int j = 0; j < i; j++)
            if (list[j].placed) assert_false(overlap(&list[i], &list[j]));
    }
}

static int place_all(smap__room *room, label *list, int count) {
    int placed = 0;
    for (int i = 0; i < count; i++) {
        list[i].placed = smap__room_place(room, &list[i].wish, 0.04, &list[i].place);
        placed += list[i].placed;
    }
    return placed;
}

static smap__wish random_wish(int kind) {
    return (smap__wish){ .x = uniform(frame.x - 5, frame.x + frame.w + 5),
                         .y = uniform(frame.y - 5, frame.y + frame.h + 5),
                         .w = uniform(3, 30),
                         .h = uniform(2, 6),
                         .away = uniform(0.6, 2.5),
                         .angle_deg = uniform(-90, 90),
                         .kind = kind,
                         .rtl = rand() % 2,
                         .ring = rand() % 2 ? rings : NULL,
                         .rings = 5 };
}

static smap__room *new_room(void) {
    smap__room *room;
    assert_int_equal(smap__room_new(frame, 0.2, &room, NULL), SMAP_OK);
    return room;
}

static void random_labels_never_overlap(void **state) {
    (void)state;
    label *list = calloc(MANY, sizeof *list);
    for (unsigned seed = 1; seed <= 3; seed++) {
        srand(seed);
        smap__room *room = new_room();
        smap__rect_mm tag = { 11.5, 30, 60, 6.4 };
        smap__room_take(room, tag, SMAP__ROOM_HARD);
        for (int i = 0; i < 2000; i++) list[i].wish = random_wish(i % 3);
        int placed = place_all(room, list, 2000);
        assert_true(placed > 100 && placed < 2000);
        check(list, 2000);
        for (int i = 0; i < 2000; i++) { /* nor do they cover the furniture */
            label box = { .wish = { .w = tag.w, .h = tag.h }, .place = { tag.x + tag.w / 2, tag.y + tag.h / 2, 0 } };
            if (list[i].placed) assert_false(overlap(&list[i], &box));
        }
        smap__room_free(room);
    }
    free(list);
}

/* Ten thousand labels of one place: as many as there is room around it, the rest refused. */
static void ten_thousand_in_one_place(void **state) {
    (void)state;
    label *list = calloc(MANY, sizeof *list);
    smap__room *room = new_room();
    for (int i = 0; i < MANY; i++)
        list[i].wish = (smap__wish){ .x = 100, .y = 100, .w = 20, .h = 3, .away = 1.6, .kind = SMAP__LABEL_POINT };
    int placed = place_all(room, list, MANY);
    assert_true(placed >= 2 && placed <= 8);
    check(list, MANY);
    smap__room_free(room);
    free(list);
}

static void more_important_comes_first(void **state) {
    (void)state;
    smap__room *room = new_room();
    smap__wish wish = { .x = 100, .y = 100, .w = 20, .h = 3, .away = 1.6, .kind = SMAP__LABEL_POINT };
    smap__place place;
    assert_true(smap__room_place(room, &wish, 0.04, &place));
    assert_true(place.x > wish.x && place.y < wish.y); /* upper right */
    smap__room_free(room);
    room = new_room();
    wish.rtl = true;
    assert_true(smap__room_place(room, &wish, 0.04, &place));
    assert_true(place.x < wish.x && place.y < wish.y); /* Arabic: upper left */
    smap__room_free(room);
}

/* At the frame's corner only the places towards the middle remain. */
static void labels_turn_inward_at_the_edge(void **state) {
    (void)state;
    smap__room *room = new_room();
    smap__wish wish = {
        .x = frame.x + frame.w - 1, .y = frame.y + 1, .w = 20, .h = 3, .away = 1.6, .kind = SMAP__LABEL_POINT
    };
    smap__place place;
    assert_true(smap__room_place(room, &wish, 0.04, &place));
    assert_true(place.x < wish.x && place.y > wish.y);
    smap__room_free(room);
}

static void marks_are_covered_only_when_allowed(void **state) {
    (void)state;
    smap__room *room = new_room();
    smap__room_take(room, frame, SMAP__ROOM_SOFT);
    smap__wish wish = { .x = 100, .y = 100, .w = 20, .h = 3, .away = 1.6, .kind = SMAP__LABEL_POINT };
    smap__place place;
    assert_false(smap__room_place(room, &wish, 0.04, &place));
    assert_true(smap__room_place(room, &wish, 1, &place));
    smap__room_free(room);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_labels_never_overlap),         cmocka_unit_test(ten_thousand_in_one_place),
        cmocka_unit_test(more_important_comes_first),          cmocka_unit_test(labels_turn_inward_at_the_edge),
        cmocka_unit_test(marks_are_covered_only_when_allowed),
    };
    return cmocka_run_group_tests_name("room", tests, NULL, NULL);
}
