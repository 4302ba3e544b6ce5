/* Lines in pieces: joined where they go on, whatever the order and direction of the pieces, and nothing lost. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../cmocka_all.h"
#include "base/alloc.h"
#include "draw/line_chains.h"
#include "draw/line_places.h"

enum { PIECES = 40, CORNERS = 5 };

static double total(const smap__line_chains *c) {
    double length = 0;
    for (size_t i = 0; i < c->chains; i++)
        length += smap__line_length(c->x + c->begin[i], c->y + c->begin[i], c->begin[i + 1] - c->begin[i]);
    return length;
}

/* A winding road cut into pieces, which are shuffled and turned round: one chain, as long as the road. */
static void a_road_in_pieces_is_one(void **state) {
    (void)state;
    static double x[PIECES][CORNERS], y[PIECES][CORNERS];
    smap__line_part part[PIECES];
    for (unsigned seed = 1; seed <= 20; seed++) {
        srand(seed);
        double length = 0;
        for (int i = 0; i < PIECES; i++) {
            bool turned = rand() % 2;
            for (int k = 0; k < CORNERS; k++) {
                double t = i * (CORNERS - 1) + k;
                x[i][turned ? CORNERS - 1 - k : k] = t;
                y[i][turned ? CORNERS - 1 - k : k] = 10 * sin(t / 20);
            }
            part[i] = (smap__line_part){ x[i], y[i], CORNERS };
            length += smap__line_length(x[i], y[i], CORNERS);
        }
        for (int i = PIECES - 1; i > 0; i--) {
            int k = rand() % (i + 1);
            smap__line_part t = part[i];
            part[i] = part[k], part[k] = t;
        }
        smap__line_chains c;
        assert_int_equal(smap__line_chains_make(part, PIECES, &c, NULL), SMAP_OK);
        assert_int_equal(c.chains, 1);
        assert_int_equal(c.begin[1], PIECES * (CORNERS - 1) + 1);
        assert_true(fabs(total(&c) - length) < 1e-9);
        smap__line_chains_release(&c);
    }
}

/* At a fork the straighter way goes on; a way that turns back does not; a ring is one chain. */
static void forks_turns_and_rings(void **state) {
    (void)state;
    static const double ax[] = { 0, 10 }, ay[] = { 0, 0 }, bx[] = { 10, 20 }, by[] = { 0, 8 }, cx[] = { 10, 20 },
                        cy[] = { 0, -1 }, dx[] = { 10, 1 }, dy[] = { 0, 2 };
    smap__line_part fork[] = { { ax, ay, 2 }, { bx, by, 2 }, { cx, cy, 2 } };
    smap__line_chains c;
    assert_int_equal(smap__line_chains_make(fork, 3, &c, NULL), SMAP_OK);
    assert_int_equal(c.chains, 2);
    assert_int_equal(c.begin[1], 3);
    assert_true(fabs(c.y[2] + 1) < 1e-9);
    smap__line_chains_release(&c);
    smap__line_part back[] = { { ax, ay, 2 }, { dx, dy, 2 } };
    assert_int_equal(smap__line_chains_make(back, 2, &c, NULL), SMAP_OK);
    assert_int_equal(c.chains, 2);
    smap__line_chains_release(&c);
    double x[8][2], y[8][2];
    smap__line_part ring[8];
    for (int i = 0; i < 8; i++) {
        for (int k = 0; k < 2; k++) {
            double a = (i + k) % 8 * acos(-1) / 4;
            x[i][k] = 10 * cos(a), y[i][k] = 10 * sin(a);
        }
        ring[i] = (smap__line_part){ x[i], y[i], 2 };
    }
    assert_int_equal(smap__line_chains_make(ring, 8, &c, NULL), SMAP_OK);
    assert_int_equal(c.chains, 1);
    assert_int_equal(c.begin[1], 9);
    smap__line_chains_release(&c);
}

static void odd_lines_are_kept(void **state) {
    (void)state;
    static const double x[] = { NAN, 1, 1 }, y[] = { 0, HUGE_VAL, 1 };
    smap__line_part part[] = { { x, y, 3 }, { x + 1, y, 2 } };
    smap__line_chains c;
    assert_int_equal(smap__line_chains_make(part, 0, &c, NULL), SMAP_OK);
    assert_int_equal(c.chains, 0);
    smap__line_chains_release(&c);
    assert_int_equal(smap__line_chains_make(part, 2, &c, NULL), SMAP_OK);
    assert_int_equal(c.begin[c.chains], 5);
    smap__line_chains_release(&c);
    for (int64_t nth = 1; nth <= 6; nth++) {
        smap__alloc_fail_at(nth, true);
        assert_int_equal(smap__line_chains_make(part, 2, &c, NULL), SMAP_E_NOMEM);
        smap__alloc_fail_at(0, false);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_road_in_pieces_is_one),
        cmocka_unit_test(forks_turns_and_rings),
        cmocka_unit_test(odd_lines_are_kept),
    };
    return cmocka_run_group_tests_name("line_chains", tests, NULL, NULL);
}
