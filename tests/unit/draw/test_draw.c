/* Whole sheets: the same bytes always, bands that do not show, and labels that keep apart. That they look as they
 * did is for tests/golden. */
#include <unistd.h>

#include "../sheet/table_help.h"
#include "base/alloc.h"
#include "draw/page_plan.h"
#include "draw_help.h"
#include "hazard_scene.h"

static void the_same_bytes(void **state) {
    (void)state;
    bytes first = { 0 };
    char *home = getcwd(NULL, 0);
    for (int run = 0; run < 4; run++) {
        scene s;
        open_scene(&s, run == 1 ? 2 : 1, SCENE);
        fill_scene(&s);
        s.options.dpi = 100;
        if (run == 2) assert_int_equal(chdir("/"), 0);
        if (run == 3) setenv("LC_ALL", "ar_LY.UTF-8", 1);
        bytes out = draw_scene(&s, NULL);
        if (run == 0)
            first = out;
        else {
            assert_int_equal(out.len, first.len);
            assert_memory_equal(out.data, first.data, first.len);
            free(out.data);
        }
        assert_int_equal(chdir(home), 0);
        close_scene(&s);
    }
    unsetenv("LC_ALL");
    free(home);
    free(first.data);
}

static void paint_into(const smap__page_plan *plan, cairo_surface_t *surface, int first_row) {
    double px_per_mm = plan->sheet->dpi / 25.4;
    cairo_t *cr = cairo_create(surface);
    cairo_translate(cr, 0, -first_row);
    cairo_scale(cr, px_per_mm, px_per_mm);
    smap__canvas canvas = { .cr = cr, .px_per_mm = px_per_mm, .band_px = first_row };
    assert_int_equal(smap__page_plan_paint(plan, &canvas, NULL), SMAP_OK);
    cairo_destroy(cr);
    cairo_surface_flush(surface);
}

/* Cairo rounds coordinates to 1/256 pixel after they were shifted: single greys differ by a step, nothing else. */
static void bands_do_not_show(void **state) {
    (void)state;
    enum { BAND = 61, DPI = 72, WIDTH = 842, HEIGHT = 595 };
    scene s;
    smap__page_plan plan;
    open_scene(&s, 1, SCENE);
    fill_scene(&s);
    s.options.dpi = DPI;
    smap__sheet *sheet = compose_scene(&s);
    assert_int_equal(smap__page_plan_make(&plan, s.ctx, sheet, NULL), SMAP_OK);
    cairo_surface_t *whole = cairo_image_surface_create(CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
    cairo_surface_t *band = cairo_image_surface_create(CAIRO_FORMAT_RGB24, WIDTH, BAND);
    paint_into(&plan, whole, 0);
    int differ = 0;
    for (int row = 0; row < HEIGHT; row += BAND) {
        paint_into(&plan, band, row);
        for (int y = 0; y < BAND && row + y < HEIGHT; y++) {
            const uint8_t *is = cairo_image_surface_get_data(band) + y * cairo_image_surface_get_stride(band);
            const uint8_t *was =
                cairo_image_surface_get_data(whole) + (row + y) * cairo_image_surface_get_stride(whole);
            for (int i = 0; i < WIDTH * 4; i++) {
                assert_true(abs(is[i] - was[i]) <= 2);
                differ += is[i] != was[i];
            }
        }
    }
    assert_true(differ < 20);
    cairo_surface_destroy(whole);
    cairo_surface_destroy(band);
    smap__page_plan_release(&plan);
    smap__sheet_free(sheet);
    close_scene(&s);
}

#define ASIDE(colour, by)                                                                                              \
    "<se:LineSymbolizer>" STROKE(colour, "2") "<se:PerpendicularOffset>" by                                            \
                                              "</se:PerpendicularOffset></se:LineSymbolizer>"
#define ROW(mark, colour)                                                                                              \
    "<se:LineSymbolizer><se:Stroke><se:GraphicStroke><se:Graphic><se:Mark><se:WellKnownName>" mark                     \
    "</se:WellKnownName>" FILL(colour) "</se:Mark><se:Size>9</se:Size></se:Graphic><se:Gap>11</se:Gap>"                \
                                       "</se:GraphicStroke></se:Stroke></se:LineSymbolizer>"

/* Strokes beside lines and marks in a row are the same whether the brush paints them band by band or cairo does all of
 * the page, on the map and in the legend. */
static void traced_strokes_by_brush_and_by_cairo(void **state) {
    (void)state;
    enum { DPI = 72, WIDTH = 842, HEIGHT = 595 };
    static const double road[] = { 22.5,  32.62, 22.55, 32.66, 22.56, 32.652, 22.57, 32.66,
                                   22.58, 32.62, 22.59, 32.76, 22.66, 32.76,  22.8,  32.79 };
    scene s;
    smap__page_plan plan;
    smap__draw_report report;
    open_scene(&s, 1, SCENE);
    making m = make_layer(s.ctx, "EPSG:4326");
    put_box(&m, (smap_box){ 22.52, 32.7, 22.57, 32.78 }, "red", NULL, NULL);
    put_outline(&m, 2, road, 8, "road", NULL, NULL);
    add_layer(&s, &m, "roads",
              RULE("road", "Road | طريق", "",
                   "<se:LineSymbolizer>" STROKE("#333333", "1") "</se:LineSymbolizer>" ASIDE("#d00000", "9")
                       ASIDE("#0000d0", "-14") ROW("triangle", "#009000")));
    s.options.dpi = DPI;
    bytes png = draw_scene(&s, &report);
    picture banded = decode(png.data, png.len);
    assert_true(banded.width == WIDTH && banded.height == HEIGHT);
    smap__sheet *sheet = compose_scene(&s);
    assert_int_equal(smap__page_plan_make(&plan, s.ctx, sheet, NULL), SMAP_OK);
    cairo_surface_t *whole = cairo_image_surface_create(CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
    paint_into(&plan, whole, 0);
    int differ = 0, red = 0, blue = 0, green = 0;
    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < WIDTH; x++) {
            const uint8_t *a = banded.rgb + 3 * (y * WIDTH + x),
                          *b = cairo_image_surface_get_data(whole) + y * cairo_image_surface_get_stride(whole) + 4 * x;
            for (int i = 0; i < 3; i++) differ += abs(a[i] - b[2 - i]) > 24;
            red += a[0] > 150 && a[1] < 100 && a[2] < 100;
            blue += a[2] > 150 && a[0] < 100 && a[1] < 100;
            green += a[1] > 100 && a[0] < 60 && a[2] < 60;
        }
    if (differ > 30 || red < 600 || blue < 600 || green < 400)
        fail_msg("%d differ; %d red, %d blue, %d green", differ, red, blue, green);
    cairo_surface_destroy(whole);
    smap__draw_report_release(&report);
    smap__page_plan_release(&plan);
    smap__sheet_free(sheet);
    free(banded.rgb);
    free(png.data);
    close_scene(&s);
}

/* The placed labels of a crowded map, measured by their layouts: none overlaps another, a tag or the frame. */
static void labels_keep_apart(void **state) {
    (void)state;
    for (int crowd = 0; crowd < 2; crowd++) {
        scene s;
        smap__page_plan plan;
        open_scene(&s, 1, SCENE);
        making m = make_layer(s.ctx, "EPSG:4326");
        srand(23);
        for (int i = 0; i < (crowd ? 10000 : 400); i++)
            put_point(&m, crowd ? 22.6 : uniform(22.45, 22.75), crowd ? 32.7 : uniform(32.55, 32.85), "red",
                      "Harbour school", i % 2 ? "مدرسة الميناء" : NULL);
        add_layer(&s, &m, "points", RULE("all", "All", "", MARK("circle", "#a50026", "6") LABEL))->synthetic = true;
        smap__sheet *sheet = compose_scene(&s);
        assert_int_equal(smap__page_plan_make(&plan, s.ctx, sheet, NULL), SMAP_OK);
        assert_int_equal(plan.map.wanted, sheet->map.labels);
        assert_int_equal(plan.map.placed, (int64_t)plan.map.count);
        assert_true(plan.map.placed > 0 && plan.map.placed < plan.map.wanted);
        smap__rect_mm f = sheet->map.at, *box = calloc(plan.map.count + 8, sizeof *box);
        size_t n = plan.map.count;
        for (size_t i = 0; i < n; i++) {
            double w, h;
            smap__typeset_size(&plan.typeset, plan.map.item[i].text.layout, &w, &h);
            box[i] = (smap__rect_mm){ plan.map.item[i].text.x, plan.map.item[i].text.y, w, h };
            assert_true(box[i].x >= f.x && box[i].y >= f.y && box[i].x + w <= f.x + f.w && box[i].y + h <= f.y + f.h);
        }
        for (int i = 0; i < sheet->elements; i++)
            if (sheet->element[i].over_map) box[n++] = plan.at[i];
        for (size_t i = 0; i < n; i++)
            for (size_t k = 0; k < i && k < plan.map.count; k++)
                assert_true(box[i].x >= box[k].x + box[k].w || box[k].x >= box[i].x + box[i].w ||
                            box[i].y >= box[k].y + box[k].h || box[k].y >= box[i].y + box[i].h);
        free(box);
        smap__page_plan_release(&plan);
        smap__sheet_free(sheet);
        close_scene(&s);
    }
}

/* A legend too long for its column: no text leaves the column, entries are left out and counted. */
static void a_long_legend_stays_in_its_column(void **state) {
    (void)state;
    scene s;
    smap__page_plan plan;
    open_scene(&s, 1, SCENE);
    for (int l = 0; l < 7; l++) {
        making m = make_layer(s.ctx, "EPSG:4326");
        for (int i = 0; i < 10; i++) {
            char kind[16];
            snprintf(kind, sizeof kind, "k%d", i);
            put_point(&m, 22.6, 32.7, kind, NULL, NULL);
        }
#define KIND(k)                                                                                                        \
    RULE("k" k, "A rather long title of a class | عنوان طويل لصنف من الأصناف", KIND_IS("k" k),                         \
         MARK("circle", "#333333", "6"))
        add_layer(&s, &m, "points",
                  KIND("0") KIND("1") KIND("2") KIND("3") KIND("4") KIND("5") KIND("6") KIND("7") KIND("8") KIND("9"));
    }
    smap__sheet *sheet = compose_scene(&s);
    assert_int_equal(smap__page_plan_make(&plan, s.ctx, sheet, NULL), SMAP_OK);
    assert_true(plan.texts_cut > 0);
    assert_true(plan.legend.swatches > 10 && plan.legend.swatches < 70);
    for (int i = 0; i < sheet->elements; i++) {
        if (sheet->element[i].kind != SMAP__ELEMENT_LEGEND) continue;
        double bottom = sheet->element[i].at.y + sheet->element[i].at.h;
        for (size_t k = 0; k < plan.legend.text.count; k++) {
            double w, h;
            smap__typeset_size(&plan.typeset, plan.legend.text.item[k].layout, &w, &h);
            assert_true(plan.legend.text.item[k].y + h <= bottom);
        }
    }
    smap__page_plan_release(&plan);
    smap__sheet_free(sheet);
    close_scene(&s);
}

/* Data in the corner where tags stand: they move to a corner without, and no two of them meet. */
static void tags_leave_the_data_free(void **state) {
    (void)state;
    static const double at[4][2] = { { 0.05, 0.95 }, { 0.95, 0.95 }, { 0.05, 0.05 }, { 0.95, 0.05 } };
    for (int full = 0; full < 16; full++) {
        scene s;
        smap__page_plan plan;
        open_scene(&s, 1, SCENE);
        smap__sheet *sheet = compose_scene(&s);
        smap_box b = sheet->map.box;
        smap__sheet_free(sheet);
        making m = make_layer(s.ctx, "EPSG:32634");
        for (int k = 0; k < 4; k++)
            if ((full >> k) & 1)
                for (int i = 0; i < 5; i++)
                    put_point(&m, b.xmin + at[k][0] * (b.xmax - b.xmin) + 40 * i, b.ymin + at[k][1] * (b.ymax - b.ymin),
                              "red", NULL, NULL);
        put_point(&m, (b.xmin + b.xmax) / 2, (b.ymin + b.ymax) / 2, "red", NULL, NULL);
        add_layer(&s, &m, "points", RULE("all", "All", "", MARK("circle", "#a50026", "6")))->synthetic = true;
        sheet = compose_scene(&s);
        assert_int_equal(smap__page_plan_make(&plan, s.ctx, sheet, NULL), SMAP_OK);
        const smap__drawn *d = &sheet->map.drawn[0];
        int64_t hidden = 0;
        int over = 0;
        for (int i = 0; i < sheet->elements; i++) {
            smap__rect_mm r = plan.at[i], f = sheet->map.at;
            if (!sheet->element[i].over_map) continue;
            over++;
            assert_true(r.x >= f.x && r.y >= f.y && r.x + r.w <= f.x + f.w && r.y + r.h <= f.y + f.h);
            for (int64_t p = 0; p < d->features; p++)
                hidden += d->x[p] > r.x && d->x[p] < r.x + r.w && d->y[p] > r.y && d->y[p] < r.y + r.h;
            for (int k = 0; k < i; k++)
                if (sheet->element[k].over_map)
                    assert_true(plan.at[k].x >= r.x + r.w || r.x >= plan.at[k].x + plan.at[k].w ||
                                plan.at[k].y >= r.y + r.h || r.y >= plan.at[k].y + plan.at[k].h);
        }
        assert_int_equal(over, 3);
        int corners = (full & 1) + ((full >> 1) & 1) + ((full >> 2) & 1) + (full >> 3);
        if (corners <= 2) assert_int_equal(hidden, 0);
        smap__page_plan_release(&plan);
        smap__sheet_free(sheet);
        close_scene(&s);
    }
}

static void an_unknown_character_in_the_data_is_told(void **state) {
    (void)state;
    scene s;
    open_scene(&s, 1, SCENE);
    making m = make_layer(s.ctx, "EPSG:4326");
    put_point(&m, 22.62, 32.72, "red", "Depot", NULL);
    put_point(&m, 22.6, 32.7, "red", "Depot \U0001F600", NULL);
    add_layer(&s, &m, "points", RULE("all", "All", "", MARK("circle", "#a50026", "6") LABEL));
    smap__sheet *sheet = compose_scene(&s);
    smap_error err = SMAP_ERROR_INIT;
    smap__draw_report report = { 0 };
    bytes out = { 0 };
    if (smap__draw_png(s.ctx, sheet, keep_bytes, &out, &report, &err) != SMAP_OK) fail_msg("%s", err.message);
    assert_int_equal(report.labels_placed, 2);
    assert_int_equal(report.no_glyphs, 1);
    assert_int_equal(report.no_glyph[0].code, 0x1F600);
    assert_int_equal(report.no_glyph[0].label->row, 1);
    smap__draw_report_release(&report);
    free(out.data);
    smap__sheet_free(sheet);
    close_scene(&s);
}

/* Wherever the ticks fall, their labels keep apart, at the corners too, and beside the frame of the map. */
static void labels_of_ticks_keep_apart(void **state) {
    static const char *const langs[] = { "ar", "en", "both" };
    (void)state;
    srand(7);
    for (int turn = 0; turn < 18; turn++) { /* the first: that of tests/golden/hazard_ar.png */
        scene s;
        smap__sheet_table tables[2] = { { 0 }, { 0 } };
        smap__page_plan plan;
        double x = uniform(10, 30), y = uniform(-50, 50), w = pow(10, uniform(-2, 0.5)), h = pow(10, uniform(-2, 0.5));
        open_scene(&s, 1, turn ? (smap_box){ x, y, x + w, y + h } : SCENE);
        if (turn == 0) fill_hazard_scene(&s, tables);
        s.options.lang = langs[turn % 3];
        s.sheet = turn % 2 ? "overview" : "hazard";
        smap__sheet *sheet = compose_scene(&s);
        assert_int_equal(smap__page_plan_make(&plan, s.ctx, sheet, NULL), SMAP_OK);
        int map = 0;
        while (sheet->element[map].kind != SMAP__ELEMENT_MAP) map++;
        const smap__page_plan_texts *ticks = &plan.element[map];
        smap__rect_mm box[200];
        assert_in_range(ticks->count, 4, 200);
        for (size_t i = 0; i < ticks->count; i++) {
            const smap__page_plan_text *t = &ticks->item[i];
            double tw, th;
            smap__typeset_size(&plan.typeset, t->layout, &tw, &th);
            bool turned = t->angle_deg != 0;
            box[i] = turned ? (smap__rect_mm){ t->x + (tw - th) / 2, t->y - (tw - th) / 2, th, tw }
                            : (smap__rect_mm){ t->x, t->y, tw, th };
            assert_false(overlap(box[i], sheet->map.at));
            for (size_t k = 0; k < i; k++)
                if (overlap(box[i], box[k]))
                    fail_msg("%s, turn %d: \"%s\" lies on \"%s\"", s.options.lang, turn,
                             pango_layout_get_text(t->layout), pango_layout_get_text(ticks->item[k].layout));
        }
        smap__page_plan_release(&plan);
        smap__sheet_free(sheet);
        free_tables(tables);
        close_scene(&s);
    }
}

/* Is a pixel of the box neither grey nor white? */
static bool has_hue(const picture *p, double px_per_mm, smap__rect_mm box) {
    for (int y = (int)(box.y * px_per_mm); y < (int)((box.y + box.h) * px_per_mm); y++)
        for (int x = (int)(box.x * px_per_mm); x < (int)((box.x + box.w) * px_per_mm); x++) {
            const uint8_t *k = p->rgb + 3 * ((int64_t)y * p->width + x);
            if (abs(k[0] - k[1]) > 3 || abs(k[1] - k[2]) > 3) return true;
        }
    return false;
}

/* Where layers share their rules, the line of a layer is of no class: its symbol is grey, those of the rules are not.
 */
static void a_layer_of_a_shared_legend_is_grey(void **state) {
    (void)state;
    scene s;
    smap__sheet_table tables[2] = { { 0 }, { 0 } };
    smap__page_plan plan;
    open_scene(&s, 1, SCENE);
    fill_hazard_scene(&s, tables);
    bytes out = draw_scene(&s, NULL);
    picture is = decode(out.data, out.len);
    smap__sheet *sheet = compose_scene(&s);
    assert_int_equal(smap__page_plan_make(&plan, s.ctx, sheet, NULL), SMAP_OK);
    int neutral = 0;
    for (size_t i = 0; i < plan.legend.swatches; i++) {
        const smap__page_plan_swatch *k = &plan.legend.swatch[i];
        bool shared = s.layer[s.layers - 1].style->rule <= k->rule && k->rule < s.layer[s.layers - 1].style->rule + 2;
        neutral += k->neutral != NULL;
        if (k->neutral || shared) assert_int_equal(has_hue(&is, is.width / sheet->page_w_mm, k->at), !k->neutral);
    }
    assert_int_equal(neutral, 2);
    smap__page_plan_release(&plan);
    smap__sheet_free(sheet);
    free(is.rgb);
    free(out.data);
    free_tables(tables);
    close_scene(&s);
}

static smap_status try_scene(scene *s, int64_t fail_at, bool sticky, bytes *out, smap_error *err) {
    smap__sheet *sheet = NULL;
    smap__alloc_fail_at(fail_at, sticky);
    smap_status status = try_compose(s, &sheet, err);
    if (status == SMAP_OK) status = smap__draw_png(s->ctx, sheet, keep_bytes, out, NULL, err);
    smap__alloc_fail_at(0, false);
    smap__sheet_free(sheet);
    return status;
}

/* Memory that runs out at any point of composing or drawing is an error and nothing else; a single allocation that
 * fails never changes the picture. */
static void memory_running_out_is_an_error(void **state) {
    (void)state;
    scene s;
    smap__sheet_table tables[2];
    open_scene(&s, 1, SCENE);
    fill_hazard_scene(&s, tables);
    s.options.dpi = 72;
    bytes whole = { 0 };
    assert_int_equal(try_scene(&s, 0, false, &whole, NULL), SMAP_OK);
    int64_t end = 0;
    for (int once = 0; once < 2; once++) {
        smap_status status = SMAP_E_NOMEM;
        for (int64_t n = 1; once ? n < end : status != SMAP_OK; n += 1 + n / 20) {
            bytes out = { 0 };
            smap_error err = SMAP_ERROR_INIT;
            status = try_scene(&s, n, !once, &out, &err);
            if (status == SMAP_OK) {
                assert_int_equal(out.len, whole.len);
                assert_memory_equal(out.data, whole.data, whole.len);
            } else {
                assert_true(status == SMAP_E_NOMEM || status == SMAP_E_INTERNAL);
                assert_true(err.message[0] != 0);
            }
            end = once ? end : n;
            free(out.data);
        }
    }
    assert_true(end > 200);
    free(whole.data);
    free_tables(tables);
    close_scene(&s);
}

static int stop_at_once(double complete, const char *message, void *user) {
    (void)complete;
    (void)message;
    (void)user;
    return 0;
}

static void drawing_can_be_cancelled(void **state) {
    (void)state;
    scene s;
    open_scene(&s, 1, SCENE);
    smap__sheet *sheet = compose_scene(&s);
    bytes out = { 0 };
    s.ctx->progress = stop_at_once;
    assert_int_equal(smap__draw_png(s.ctx, sheet, keep_bytes, &out, NULL, NULL), SMAP_E_CANCELLED);
    free(out.data);
    smap__sheet_free(sheet);
    close_scene(&s);
}

static int stop_in_the_middle(double complete, const char *message, void *user) {
    (void)message;
    int *asked = user;
    return complete < 0.5 || (*asked)++ < 1;
}

/* On several threads a band that is being painted ends, and no other begins. */
static void drawing_can_be_cancelled_in_the_middle(void **state) {
    (void)state;
    for (int threads = 1; threads <= 3; threads += 2) {
        scene s;
        int asked = 0;
        open_scene(&s, threads, SCENE);
        fill_scene(&s);
        smap__sheet *sheet = compose_scene(&s);
        bytes out = { 0 };
        s.ctx->progress = stop_in_the_middle;
        s.ctx->progress_user = &asked;
        smap_status status = smap__draw_png(s.ctx, sheet, keep_bytes, &out, NULL, NULL);
        assert_true(status == SMAP_E_CANCELLED || (threads > 1 && asked == 0)); /* asked ten times a second */
        free(out.data);
        smap__sheet_free(sheet);
        close_scene(&s);
    }
}

/* Wherever in the file the disk is full, on however many threads: that is what is said, and nothing hangs. */
static void a_full_disk_ends_the_drawing(void **state) {
    (void)state;
    for (int threads = 1; threads <= 3; threads += 2) {
        scene s;
        open_scene(&s, threads, SCENE);
        fill_scene(&s);
        s.options.dpi = 150;
        smap__sheet *sheet = compose_scene(&s);
        bytes whole = { 0 };
        assert_int_equal(smap__draw_png(s.ctx, sheet, keep_bytes, &whole, NULL, NULL), SMAP_OK);
        for (int64_t n = 1; n <= whole.calls; n += 1 + whole.calls / 9) {
            bytes out = { .fail_at = n };
            smap_error err = SMAP_ERROR_INIT;
            assert_int_equal(smap__draw_png(s.ctx, sheet, keep_bytes, &out, NULL, &err), SMAP_E_IO);
            assert_string_equal(err.message, "the test's disk is full");
            assert_int_equal(out.calls, n); /* nobody writes on */
            free(out.data);
        }
        free(whole.data);
        smap__sheet_free(sheet);
        close_scene(&s);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_bytes),
        cmocka_unit_test(bands_do_not_show),
        cmocka_unit_test(traced_strokes_by_brush_and_by_cairo),
        cmocka_unit_test(labels_keep_apart),
        cmocka_unit_test(labels_of_ticks_keep_apart),
        cmocka_unit_test(a_layer_of_a_shared_legend_is_grey),
        cmocka_unit_test(a_long_legend_stays_in_its_column),
        cmocka_unit_test(tags_leave_the_data_free),
        cmocka_unit_test(an_unknown_character_in_the_data_is_told),
        cmocka_unit_test(memory_running_out_is_an_error),
        cmocka_unit_test(drawing_can_be_cancelled),
        cmocka_unit_test(drawing_can_be_cancelled_in_the_middle),
        cmocka_unit_test(a_full_disk_ends_the_drawing),
    };
    return cmocka_run_group_tests_name("draw", tests, NULL, NULL);
}
