/* Many features on the page: where PROJ itself puts them, in their order, the same for any number of threads. */
#include "base/alloc.h"
#include "geo/crs.h"
#include "sheet/page.h"
#include "sheet_help.h"

static const smap_box FRAME = { 22.5, 32.6, 22.7, 32.8 };
static const double PIXEL_MM = 25.4 / 300;

/* Small boxes in the frame and about it, enough of them for a grid and several chunks, and now and then one so large
 * that no grid holds it. */
static void fill_scene(scene *s, int threads) {
    open_scene(s, threads, FRAME);
    making m = make_layer(s->ctx, "EPSG:4326");
    srand(31);
    for (int i = 0; i < 20000; i++) {
        double x = uniform(22.4, 22.8), y = uniform(32.5, 32.9), w = uniform(0.0001, 0.004);
        if (i % 1000 == 7)
            put_box(&m, (smap_box){ x - 2, y, x + 2, y + 1 }, "large", "Large", NULL);
        else
            put_box(&m, (smap_box){ x, y, x + w, y + w }, i % 2 ? "red" : "blue", NULL, NULL);
    }
    add_layer(s, &m, "boxes",
              RULE("red", "Red", KIND_IS("red"), "<se:PolygonSymbolizer>" FILL("#ff0000") "</se:PolygonSymbolizer>")
                  RULE("blue", "Blue", KIND_IS("blue"), MARK("circle", "#0000ff", "4"))
                      RULE("large", "Large", KIND_IS("large"),
                           "<se:LineSymbolizer>" STROKE("#00ff00", "1") "</se:LineSymbolizer>" LABEL));
}

static void places_are_those_of_proj(void **state) {
    (void)state;
    scene s;
    fill_scene(&s, 2);
    smap__sheet *sheet = compose_scene(&s);
    const smap__view *view = &sheet->map;
    const smap__drawn *d = view->drawn;
    const smap_geometry *g = s.layer[0].layer->geometry;
    int64_t whole = 0, before = -1;
    for (int64_t f = 0; f < d->features; f++) {
        smap_box box = SMAP_BOX_EMPTY, b = smap_geometry_box(g, d->row[f]);
        assert_true(d->row[f] > before);
        before = d->row[f];
        double x[2] = { b.xmin, b.xmax }, y[2] = { b.ymin, b.ymax };
        assert_int_equal(smap__crs_transform(s.ctx, g->crs, view->crs, x, y, 2, NULL, NULL), SMAP_OK);
        for (uint32_t i = d->coord_begin[d->path_begin[f]]; i < d->coord_begin[d->path_begin[f + 1]]; i++) {
            box.xmin = fmin(box.xmin, d->x[i]), box.xmax = fmax(box.xmax, d->x[i]);
            box.ymin = fmin(box.ymin, d->y[i]), box.ymax = fmax(box.ymax, d->y[i]);
        }
        assert_true(d->anchor_x[f] >= view->at.x && d->anchor_x[f] <= view->at.x + view->at.w);
        assert_true(d->anchor_y[f] >= view->at.y && d->anchor_y[f] <= view->at.y + view->at.h);
        double left = smap__page_x(view, x[0]), right = smap__page_x(view, x[1]);
        if (left < view->at.x || right > view->at.x + view->at.w || box.ymin < view->at.y ||
            box.ymax > view->at.y + view->at.h)
            continue;
        /* Corners of the box are not those of its outline by the convergence of the meridians; its sides are. */
        double slack = PIXEL_MM * 0.02 + fabs(sheet->convergence_deg) / 57 * (right - left) * 1.5;
        assert_true(fabs(box.xmin - left) < slack && fabs(box.xmax - right) < slack);
        whole++;
    }
    assert_true(whole > 3000);
    smap__sheet_free(sheet);
    close_scene(&s);
}

static void threads_do_not_show(void **state) {
    (void)state;
    scene one, three;
    fill_scene(&one, 1);
    fill_scene(&three, 3);
    smap__sheet *a = compose_scene(&one), *b = compose_scene(&three);
    const smap__drawn *p = a->map.drawn, *q = b->map.drawn;
    assert_int_equal(p->features, q->features);
    size_t n = (size_t)p->features, paths = p->path_begin[n], coords = p->coord_begin[paths];
    assert_memory_equal(p->path_begin, q->path_begin, (n + 1) * sizeof *p->path_begin);
    assert_memory_equal(p->coord_begin, q->coord_begin, (paths + 1) * sizeof *p->coord_begin);
    assert_memory_equal(p->path_kind, q->path_kind, paths);
    assert_memory_equal(p->row, q->row, n * sizeof *p->row);
    assert_memory_equal(p->on, q->on, n * sizeof *p->on);
    assert_memory_equal(p->edge, q->edge, n);
    assert_memory_equal(p->x, q->x, coords * sizeof *p->x);
    assert_memory_equal(p->y, q->y, coords * sizeof *p->y);
    assert_memory_equal(p->anchor_x, q->anchor_x, n * sizeof *p->anchor_x);
    assert_memory_equal(p->anchor_y, q->anchor_y, n * sizeof *p->anchor_y);
    smap__sheet_free(a);
    smap__sheet_free(b);
    close_scene(&one);
    close_scene(&three);
}

static void memory_running_out_is_an_error(void **state) {
    (void)state;
    scene s;
    fill_scene(&s, 1);
    int failed = 0, done = 0;
    for (int64_t n = 1; n < 1000000 && done < 3; n += 1 + n / 7) {
        smap__sheet *sheet = NULL;
        smap_error err = SMAP_ERROR_INIT;
        smap__alloc_fail_at(n, true);
        smap_status status = try_compose(&s, &sheet, &err);
        smap__alloc_fail_at(0, false);
        assert_true(status == SMAP_OK || status == SMAP_E_NOMEM);
        failed += status != SMAP_OK;
        done += status == SMAP_OK;
        smap__sheet_free(sheet);
    }
    assert_true(failed > 20 && done == 3);
    close_scene(&s);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(places_are_those_of_proj),
        cmocka_unit_test(threads_do_not_show),
        cmocka_unit_test(memory_running_out_is_an_error),
    };
    return cmocka_run_group_tests_name("view_shapes", tests, NULL, NULL);
}
