/* Symbols from SVG files on the canvas: where they stand, how they are turned, and that paper gets the drawing. */
#include <cairo-pdf.h>
#include <dirent.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "../cmocka_all.h"
#include "base/alloc.h"
#include "base/arena.h"
#include "base/ctx.h"
#include "base/file.h"
#include "base/str.h"
#include "draw/canvas.h"
#include "style/svg.h"

enum { SIDE = 200 };
static const double px_per_mm = 10;

static const char whole[] =
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24'><path d='M0 0h24v24H0z'/></svg>";
/* Its upper half alone, twice as wide as high. */
static const char upper[] =
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 48 24'><path d='M0 0h48v12H0z'/></svg>";

static smap__svg symbol(const char *text, double aspect) {
    return (smap__svg){ "t.svg", text, strlen(text), aspect };
}

/* A point symbolizer of `size_mm`, its anchor in the middle. */
static smap__symbolizer point_of(const smap__svg *svg, double size_mm) {
    return (smap__symbolizer){ .kind = SMAP__SYM_POINT,
                               .svg = svg,
                               .opacity = 1,
                               .size_px = size_mm / SMAP__SLD_PIXEL_MM,
                               .anchor_x = 0.5,
                               .anchor_y = 0.5 };
}

static void ready(smap__svg_marks *marks, const smap__symbolizer *s) {
    smap_error err = SMAP_ERROR_INIT;
    marks->px_per_mm = px_per_mm;
    if (smap__svg_marks_add(marks, s, 0, &err) != SMAP_OK) fail_msg("%s", err.message);
}

/* Paint at (x, y) mm on white. */
static void paint(cairo_surface_t *surface, const smap__svg_marks *marks, const smap__symbolizer *s, double x,
                  double y) {
    cairo_t *cr = cairo_create(surface);
    cairo_set_source_rgb(cr, 1, 1, 1);
    cairo_paint(cr);
    cairo_scale(cr, px_per_mm, px_per_mm);
    smap__canvas canvas = { .cr = cr, .px_per_mm = px_per_mm, .symbols = marks };
    smap__canvas_mark(&canvas, s, x, y, 0);
    assert_int_equal(cairo_status(cr), CAIRO_STATUS_SUCCESS);
    cairo_destroy(cr);
    cairo_surface_flush(surface);
}

/* The box of what is darker than half: least and greatest column and row. */
static void dark_box(cairo_surface_t *surface, int box[4]) {
    const unsigned char *data = cairo_image_surface_get_data(surface);
    int stride = cairo_image_surface_get_stride(surface);
    box[0] = box[1] = SIDE;
    box[2] = box[3] = -1;
    for (int y = 0; y < SIDE; y++)
        for (int x = 0; x < SIDE; x++) {
            if (data[y * stride + 4 * x] > 127) continue;
            if (x < box[0]) box[0] = x;
            if (y < box[1]) box[1] = y;
            if (x > box[2]) box[2] = x;
            if (y > box[3]) box[3] = y;
        }
}

/* Boxes worked out by hand from size, anchor, displacement and turn; the place is 10 mm, 10 mm: pixel 100, 100. */
static void stands_where_it_should(void **state) {
    (void)state;
    smap__svg square = symbol(whole, 1), flag = symbol(upper, 2);
    struct {
        smap__symbolizer s;
        int box[4];
    } cases[] = {
        { point_of(&square, 4), { 80, 80, 119, 119 } }, { point_of(&flag, 4), { 60, 80, 139, 99 } },
        { point_of(&flag, 4), { 101, 60, 119, 139 } },  { point_of(&square, 4), { 100, 60, 139, 99 } },
        { point_of(&square, 4), { 90, 60, 129, 99 } },  { point_of(&square, 4), { 60, 100, 99, 139 } },
    };
    cases[2].s.rotation_deg = 90; /* clockwise: the upper half is at the right */
    cases[3].s.anchor_x = 0, cases[3].s.anchor_y = 0;
    cases[4].s.offset_x_px = 1 / SMAP__SLD_PIXEL_MM, cases[4].s.offset_y_px = 2 / SMAP__SLD_PIXEL_MM;
    cases[5].s.anchor_x = 0, cases[5].s.anchor_y = 0, cases[5].s.rotation_deg = 180;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        smap__svg_marks marks = { 0 };
        cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, SIDE, SIDE);
        int box[4];
        ready(&marks, &cases[i].s);
        paint(surface, &marks, &cases[i].s, 10, 10);
        dark_box(surface, box);
        for (int k = 0; k < 4; k++)
            if (abs(box[k] - cases[i].box[k]) > 1) fail_msg("case %zu: %d %d %d %d", i, box[0], box[1], box[2], box[3]);
        cairo_surface_destroy(surface);
        smap__svg_marks_release(&marks);
    }
}

/* A square from a file and our own square mark cover the same pixels, whatever turn and place. */
static void as_our_own_mark(void **state) {
    (void)state;
    smap__svg square = symbol(whole, 1);
    for (int turn = 0; turn < 360; turn += 30) {
        smap__symbolizer file = point_of(&square, 5), mark = file;
        mark.svg = NULL;
        mark.mark = SMAP__MARK_SQUARE;
        mark.fill = (smap__fill){ .on = true, .colour = { 0, 0, 0, 1 } };
        mark.rotation_deg = file.rotation_deg = turn;
        mark.anchor_x = file.anchor_x = 0.25;
        smap__svg_marks marks = { 0 };
        cairo_surface_t *a = cairo_image_surface_create(CAIRO_FORMAT_RGB24, SIDE, SIDE);
        cairo_surface_t *b = cairo_image_surface_create(CAIRO_FORMAT_RGB24, SIDE, SIDE);
        ready(&marks, &file);
        paint(a, &marks, &file, 9.7, 10.3);
        paint(b, &marks, &mark, 9.7, 10.3);
        const unsigned char *da = cairo_image_surface_get_data(a), *db = cairo_image_surface_get_data(b);
        int differ = 0, dark = 0;
        for (int i = 0; i < SIDE * cairo_image_surface_get_stride(a); i += 4) {
            differ += abs(da[i] - db[i]) > 64;
            dark += db[i] < 128;
        }
        assert_true(dark > 2400 && dark < 2600); /* 50 by 50 */
        if (differ > 20) fail_msg("turned by %d: %d pixels differ", turn, differ);
        cairo_surface_destroy(a);
        cairo_surface_destroy(b);
        smap__svg_marks_release(&marks);
    }
}

static cairo_status_t append(void *user, const unsigned char *data, unsigned len) {
    smap__str_put_n(user, (const char *)data, len);
    return CAIRO_STATUS_SUCCESS;
}

/* On paper the symbol stays a drawing. */
static void paper_has_no_pixels(void **state) {
    (void)state;
    smap__svg square = symbol(whole, 1);
    smap__symbolizer s = point_of(&square, 4);
    smap__svg_marks marks = { 0 };
    smap__str pdf = SMAP__STR_INIT;
    ready(&marks, &s);
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(append, &pdf, SIDE, SIDE);
    paint(surface, &marks, &s, 10, 10);
    cairo_surface_finish(surface);
    cairo_surface_destroy(surface);
    assert_true(pdf.len > 500);
    assert_null(strstr(pdf.data + 20, "/Subtype /Image"));
    smap__str_release(&pdf);
    smap__svg_marks_release(&marks);
}

static void one_stamp_a_size(void **state) {
    (void)state;
    smap__svg square = symbol(whole, 1), flag = symbol(upper, 2);
    smap__symbolizer a = point_of(&square, 4), b = point_of(&square, 4), c = point_of(&square, 5),
                     d = point_of(&flag, 4), huge = point_of(&flag, 200);
    smap__svg_marks marks = { 0 };
    ready(&marks, &a);
    ready(&marks, &b);
    ready(&marks, &c);
    ready(&marks, &d);
    ready(&marks, &huge);
    assert_int_equal(marks.drawings, 2);
    assert_int_equal(marks.stamps, 3); /* the huge one is not kept as pixels, and is painted all the same */
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, SIDE, SIDE);
    int box[4];
    paint(surface, &marks, &huge, 10, 10);
    dark_box(surface, box);
    assert_true(box[0] == 0 && box[1] == 0 && box[2] == SIDE - 1 && abs(box[3] - 99) <= 1);
    cairo_surface_destroy(surface);
    smap__svg_marks_release(&marks);
}

/* Every symbol that we ship can be drawn, and shows at 4 mm: dark and light enough, as no two others do. */
static void our_symbols_show(void **state) {
    (void)state;
    enum { MOST = 128, EDGE = 48 };
    static unsigned char seen[MOST][EDGE * EDGE];
    smap_ctx *ctx = NULL;
    smap__arena arena = SMAP__ARENA_INIT;
    assert_int_equal(smap_ctx_new(NULL, &ctx, NULL), SMAP_OK);
    smap__sld_reader reader = { .ctx = ctx, .path = "t.sld", .arena = &arena };
    const smap__xml node = { .name = "ExternalGraphic", .text = "", .line = 1 };
    DIR *folder = opendir(SMAP_SOURCE_DIR "/styles/symbols");
    assert_non_null(folder);
    int count = 0;
    for (struct dirent *entry; (entry = readdir(folder));) {
        const smap__svg *svg = NULL;
        smap_error err = SMAP_ERROR_INIT;
        if (entry->d_name[0] == '.') continue;
        if (smap__svg_read(&reader, &node, entry->d_name, &svg, &err) != SMAP_OK) fail_msg("%s", err.message);
        assert_true(svg && svg->aspect == 1 && svg->len < 2048 && count < MOST);
        assert_non_null(strstr(svg->text, "viewBox=\"0 0 24 24\""));
        smap__symbolizer s = point_of(svg, 4);
        smap__svg_marks marks = { 0 };
        cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, SIDE, SIDE);
        ready(&marks, &s);
        paint(surface, &marks, &s, 10, 10);
        const unsigned char *data = cairo_image_surface_get_data(surface);
        int dark = 0, light = 0, stride = cairo_image_surface_get_stride(surface);
        for (int i = 0; i < EDGE * EDGE; i++) {
            int x = SIDE / 2 - EDGE / 2 + i % EDGE, y = SIDE / 2 - EDGE / 2 + i / EDGE;
            seen[count][i] = data[y * stride + 4 * x + 1];
            bool inside = abs(i % EDGE - EDGE / 2) < 12 && abs(i / EDGE - EDGE / 2) < 12;
            dark += seen[count][i] < 128;
            light += inside && seen[count][i] > 200;
        }
        if (dark < 120 || light < 60) fail_msg("%s: %d dark, %d light", entry->d_name, dark, light);
        for (int other = 0; other < count; other++) {
            int differ = 0;
            for (int i = 0; i < EDGE * EDGE; i++) differ += abs(seen[other][i] - seen[count][i]) > 100;
            if (differ < 40) fail_msg("%s looks like another: %d pixels differ", entry->d_name, differ);
        }
        count++;
        cairo_surface_destroy(surface);
        smap__svg_marks_release(&marks);
    }
    closedir(folder);
    assert_true(count > 40);
    smap__arena_release(&arena);
    smap_ctx_free(ctx);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stands_where_it_should), cmocka_unit_test(as_our_own_mark),
        cmocka_unit_test(paper_has_no_pixels),    cmocka_unit_test(one_stamp_a_size),
        cmocka_unit_test(our_symbols_show),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
