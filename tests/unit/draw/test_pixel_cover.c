/* Coverage of pixels: against areas found by clipping the outline to every pixel, against cairo, and in bands. */
#include <cairo.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../cmocka_all.h"
#include "base/alloc.h"
#include "draw/stroke_cover.h"
#include "sheet/outline.h"
#include "style/style.h"

enum { SIDE = 40, MOST = 40 };

typedef struct rings_of {
    double x[2][MOST], y[2][MOST]; /* a shell and perhaps a hole, closed */
    int n[2], rings;
} rings_of;

static double uniform(double low, double high) {
    return low + (high - low) * rand() / RAND_MAX;
}

/* Star-shaped about a middle, so that no ring crosses itself. */
static void put_star(rings_of *s, int ring, double cx, double cy, double least, double most, bool clockwise) {
    int n = 3 + rand() % 12;
    for (int i = 0; i < n; i++) {
        double turn = 6.283185307179586 * (i + uniform(0, 0.9)) / n * (clockwise ? 1 : -1), r = uniform(least, most);
        s->x[ring][i] = cx + r * cos(turn);
        s->y[ring][i] = cy + r * sin(turn);
    }
    s->x[ring][n] = s->x[ring][0];
    s->y[ring][n] = s->y[ring][0];
    s->n[ring] = n + 1;
    s->rings = ring + 1;
}

static rings_of make_shape(double size) {
    rings_of s = { .rings = 0 };
    double cx = uniform(8, SIDE - 8), cy = uniform(8, SIDE - 8);
    put_star(&s, 0, cx, cy, size * 0.6, size, rand() % 2);
    /* inside every shell: chords of a triangle come as near as 0.3 of its least radius and nearer, so the hole is small
     */
    if (rand() % 2) put_star(&s, 1, cx, cy, size * 0.02, size * 0.06, false);
    return s;
}

typedef struct field {
    uint32_t at[SIDE][SIDE];
    smap__pixels pixels;
} field;

static void clear_field(field *f) {
    for (int y = 0; y < SIDE; y++)
        for (int x = 0; x < SIDE; x++) f->at[y][x] = 0xffffffff;
    f->pixels = (smap__pixels){ (uint8_t *)f->at, SIDE * 4, 0, SIDE, 0, 0, SIDE, SIDE };
}

static int ink(const field *f, int x, int y) {
    return 255 - (int)(f->at[y][x] & 255);
}

static double way_of(const double *x, const double *y, int n) {
    double sum = 0;
    for (int i = 0; i + 1 < n; i++) sum += x[i] * y[i + 1] - x[i + 1] * y[i];
    return sum;
}

static void cover_shape(smap__pixel_cover *c, const field *f, const rings_of *s, int fine) {
    bool shows;
    double box[4] = { SIDE, SIDE, 0, 0 };
    for (int i = 0; i < s->n[0]; i++) {
        box[0] = fmin(box[0], s->x[0][i]), box[1] = fmin(box[1], s->y[0][i]);
        box[2] = fmax(box[2], s->x[0][i]), box[3] = fmax(box[3], s->y[0][i]);
    }
    if (!smap__pixel_cover_open(c, &f->pixels, box[0], box[1], box[2], box[3], fine, &shows)) return;
    for (int r = 0; r < s->rings; r++) {
        bool turn = (way_of(s->x[r], s->y[r], s->n[r]) < 0) == (r == 0);
        for (int i = 0; i + 1 < s->n[r]; i++) {
            int a = turn ? i + 1 : i, b = turn ? i : i + 1;
            smap__pixel_cover_edge(c, (float)(s->x[r][a] - c->x), (float)(s->y[r][a] - c->y),
                                   (float)(s->x[r][b] - c->x), (float)(s->y[r][b] - c->y));
        }
    }
    smap__pixel_cover_paint(c, &f->pixels, 0, 1, SMAP__COVER_EVEN_ODD);
}

static double exact(const rings_of *s, int x, int y) {
    double area = 0;
    for (int r = 0; r < s->rings; r++) {
        smap__outline scratch = { 0 }, out = { 0 };
        smap__clip_ring(s->x[r], s->y[r], (size_t)s->n[r], (smap__rect_mm){ x, y, 1, 1 }, &scratch, &out);
        if (out.count) area += (r ? -1 : 1) * smap__ring_area(out.x, out.y, out.count);
        smap__outline_release(&scratch);
        smap__outline_release(&out);
    }
    return area;
}

static void areas_are_exact(void **state) {
    (void)state;
    smap__pixel_cover c;
    field f;
    srand(5);
    assert_int_equal(smap__pixel_cover_init(&c, 1 << 14, 1 << 8, NULL), SMAP_OK);
    for (int trial = 0; trial < 300; trial++) {
        rings_of s = make_shape(trial % 3 == 0 ? 0.4 : trial % 3 == 1 ? 2 : 8);
        clear_field(&f);
        cover_shape(&c, &f, &s, trial % 2 ? 4 : 1);
        for (int y = 0; y < SIDE; y++)
            for (int x = 0; x < SIDE; x++) assert_true(fabs(ink(&f, x, y) - 255 * exact(&s, x, y)) < 1);
    }
    for (size_t i = 0; i < c.cells; i++) assert_true(c.cell[i] == 0); /* the window was left empty */
    smap__pixel_cover_release(&c);
}

/* ---- cairo ------------------------------------------------------------------------------------------------------- */

typedef struct difference {
    double sum, most, far, inked; /* far: pixels off by more than an eighth */
} difference;

/* Cairo samples 15 rows of 17 places in a pixel. */
static void compare(const field *ours, const field *cairos, difference *d) {
    for (int y = 0; y < SIDE; y++)
        for (int x = 0; x < SIDE; x++) {
            double off = abs(ink(ours, x, y) - ink(cairos, x, y));
            d->sum += off;
            d->most = fmax(d->most, off);
            d->far += off > 32;
            d->inked += ink(ours, x, y) > 0 || ink(cairos, x, y) > 0;
        }
}

static cairo_t *begin_cairo(field *f, cairo_surface_t **surface) {
    clear_field(f);
    *surface = cairo_image_surface_create_for_data((uint8_t *)f->at, CAIRO_FORMAT_RGB24, SIDE, SIDE, SIDE * 4);
    cairo_t *cr = cairo_create(*surface);
    cairo_set_antialias(cr, CAIRO_ANTIALIAS_GRAY);
    cairo_set_source_rgb(cr, 0, 0, 0);
    return cr;
}

static void end_cairo(cairo_t *cr, cairo_surface_t *surface) {
    cairo_surface_flush(surface);
    cairo_destroy(cr);
    cairo_surface_destroy(surface);
}

static void fills_are_those_of_cairo(void **state) {
    (void)state;
    smap__pixel_cover c;
    field ours, theirs;
    difference d = { 0, 0, 0, 0 };
    srand(6);
    assert_int_equal(smap__pixel_cover_init(&c, 1 << 14, 1 << 8, NULL), SMAP_OK);
    for (int trial = 0; trial < 500; trial++) {
        rings_of s = make_shape(trial % 3 == 0 ? 0.4 : trial % 3 == 1 ? 2 : 8);
        cairo_surface_t *surface;
        clear_field(&ours);
        cover_shape(&c, &ours, &s, 1);
        cairo_t *cr = begin_cairo(&theirs, &surface);
        cairo_set_fill_rule(cr, CAIRO_FILL_RULE_EVEN_ODD);
        for (int r = 0; r < s.rings; r++) {
            cairo_new_sub_path(cr);
            for (int i = 0; i < s.n[r]; i++) cairo_line_to(cr, s.x[r][i], s.y[r][i]);
            cairo_close_path(cr);
        }
        cairo_fill(cr);
        end_cairo(cr, surface);
        compare(&ours, &theirs, &d);
    }
    print_message("fills: mean %.2f, most %.0f of 255 over %.0f pixels\n", d.sum / d.inked, d.most, d.inked);
    assert_true(d.most <= 24 && d.sum / d.inked < 0.6);
    smap__pixel_cover_release(&c);
}

static const smap__stroke_shape strokes[] = {
    { 0.1F, SMAP__CAP_BUTT, SMAP__JOIN_MITRE },   { 0.3F, SMAP__CAP_BUTT, SMAP__JOIN_MITRE },
    { 0.5F, SMAP__CAP_ROUND, SMAP__JOIN_ROUND },  { 1.2F, SMAP__CAP_ROUND, SMAP__JOIN_ROUND },
    { 0.8F, SMAP__CAP_SQUARE, SMAP__JOIN_BEVEL }, { 2.5F, SMAP__CAP_BUTT, SMAP__JOIN_MITRE },
};

static void stroke_by_cairo(field *f, const double *x, const double *y, int n, bool closed,
                            const smap__stroke_shape *shape) {
    static const cairo_line_cap_t cap[] = { CAIRO_LINE_CAP_BUTT, CAIRO_LINE_CAP_ROUND, CAIRO_LINE_CAP_SQUARE };
    static const cairo_line_join_t join[] = { CAIRO_LINE_JOIN_MITER, CAIRO_LINE_JOIN_ROUND, CAIRO_LINE_JOIN_BEVEL };
    cairo_surface_t *surface;
    cairo_t *cr = begin_cairo(f, &surface);
    for (int i = 0; i < n; i++) cairo_line_to(cr, x[i], y[i]);
    if (closed) cairo_close_path(cr);
    cairo_set_line_width(cr, 2 * (double)shape->half);
    cairo_set_line_cap(cr, cap[shape->cap]);
    cairo_set_line_join(cr, join[shape->join]);
    cairo_stroke(cr);
    end_cairo(cr, surface);
}

static void stroke_ours(smap__pixel_cover *c, field *f, const double *x, const double *y, int n, bool closed,
                        const smap__stroke_shape *shape) {
    bool shows;
    float px[MOST], py[MOST];
    clear_field(f);
    assert_true(smap__pixel_cover_open(c, &f->pixels, -25, -25, SIDE + 25, SIDE + 25, 1, &shows));
    for (int i = 0; i < n; i++) px[i] = (float)(x[i] - c->x), py[i] = (float)(y[i] - c->y);
    if (!smap__stroke_is_plain(px, py, n, closed, shape))
        assert_true(smap__pixel_cover_open(c, &f->pixels, -25, -25, SIDE + 25, SIDE + 25, 4, &shows));
    smap__stroke_cover(c, px, py, n, closed, shape);
    smap__pixel_cover_paint(c, &f->pixels, 0, 1, SMAP__COVER_NON_ZERO);
}

/* A wandering line, and rings of every size, from smaller than the stroke is wide. */
static void strokes_are_those_of_cairo(void **state) {
    (void)state;
    smap__pixel_cover c;
    field ours, theirs;
    srand(7);
    assert_int_equal(smap__pixel_cover_init(&c, 1 << 18, 1 << 10, NULL), SMAP_OK);
    for (size_t k = 0; k < sizeof strokes / sizeof *strokes; k++) {
        difference d = { 0, 0, 0, 0 };
        for (int trial = 0; trial < 200; trial++) {
            rings_of s = make_shape(trial % 3 == 0 ? 0.7 : trial % 3 == 1 ? 3 : 8);
            bool closed = trial % 2;
            if (!closed) {
                s.n[0] = 2 + rand() % 6;
                s.x[0][0] = uniform(10, 15), s.y[0][0] = uniform(10, 30);
                for (int i = 1; i < s.n[0]; i++) {
                    s.x[0][i] = s.x[0][i - 1] + uniform(1.5, 4);
                    s.y[0][i] = s.y[0][i - 1] + uniform(-3, 3);
                }
            }
            stroke_by_cairo(&theirs, s.x[0], s.y[0], s.n[0], closed, &strokes[k]);
            stroke_ours(&c, &ours, s.x[0], s.y[0], s.n[0], closed, &strokes[k]);
            compare(&ours, &theirs, &d);
        }
        print_message("strokes of %.1f pixels: mean %.2f, most %.0f of 255, %.0f of %.0f pixels far off\n",
                      2 * (double)strokes[k].half, d.sum / d.inked, d.most, d.far, d.inked);
        assert_true(d.sum / d.inked < 1 && d.far < d.inked / 2000);
    }
    smap__pixel_cover_release(&c);
}

/* ---- bands and borders ------------------------------------------------------------------------------------------- */

static void bands_do_not_show(void **state) {
    (void)state;
    smap__pixel_cover c;
    field whole, part;
    srand(8);
    assert_int_equal(smap__pixel_cover_init(&c, 1 << 14, 1 << 8, NULL), SMAP_OK);
    for (int trial = 0; trial < 200; trial++) {
        rings_of s = make_shape(trial % 2 ? 2 : 8);
        clear_field(&whole);
        cover_shape(&c, &whole, &s, trial % 3 ? 1 : 4);
        clear_field(&part);
        for (int row = 0; row < SIDE; row += 7) {
            part.pixels.data = (uint8_t *)part.at[row];
            part.pixels.first_row = row;
            part.pixels.rows = row + 7 < SIDE ? 7 : SIDE - row;
            cover_shape(&c, &part, &s, trial % 3 ? 1 : 4);
        }
        assert_memory_equal(whole.at, part.at, sizeof whole.at);
    }
    smap__pixel_cover_release(&c);
}

static void nothing_shows_beyond_the_limit(void **state) {
    (void)state;
    static const double square[2][5] = { { 5, 35, 35, 5, 5 }, { 5, 5, 35, 35, 5 } };
    smap__pixel_cover c;
    field f;
    rings_of s = { .n = { 5 }, .rings = 1 };
    memcpy(s.x[0], square[0], sizeof square[0]);
    memcpy(s.y[0], square[1], sizeof square[1]);
    assert_int_equal(smap__pixel_cover_init(&c, 1 << 14, 1 << 8, NULL), SMAP_OK);
    clear_field(&f);
    f.pixels.left = 10.25, f.pixels.right = 20.5, f.pixels.top = 8.5, f.pixels.bottom = 30;
    cover_shape(&c, &f, &s, 1);
    assert_int_equal(ink(&f, 9, 15), 0);
    assert_int_equal(ink(&f, 10, 15), 191); /* three quarters */
    assert_int_equal(ink(&f, 15, 15), 255);
    assert_int_equal(ink(&f, 20, 15), 128);
    assert_int_equal(ink(&f, 21, 15), 0);
    assert_int_equal(ink(&f, 15, 7), 0);
    assert_int_equal(ink(&f, 15, 8), 128);
    assert_int_equal(ink(&f, 15, 29), 255);
    assert_int_equal(ink(&f, 15, 30), 0);
    smap__pixel_cover_release(&c);
}

static void memory_running_out_is_an_error(void **state) {
    (void)state;
    for (int n = 1; n <= 3; n++) {
        smap__pixel_cover c;
        smap__alloc_fail_at(n, true);
        smap_status status = smap__pixel_cover_init(&c, 100, 10, NULL);
        smap__alloc_fail_at(0, false);
        assert_int_equal(status, SMAP_E_NOMEM);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(areas_are_exact),
        cmocka_unit_test(fills_are_those_of_cairo),
        cmocka_unit_test(strokes_are_those_of_cairo),
        cmocka_unit_test(bands_do_not_show),
        cmocka_unit_test(nothing_shows_beyond_the_limit),
        cmocka_unit_test(memory_running_out_is_an_error),
    };
    return cmocka_run_group_tests_name("pixel_cover", tests, NULL, NULL);
}
