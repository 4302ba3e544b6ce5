/* The small maps of where the map lies: which of them there are, nested, around the map, mirrored. */
#include "geo/crs.h"
#include "sheet_help.h"

#define AREA RULE("area", "Area | منطقة", "", "<se:PolygonSymbolizer>" FILL("#ffffff") "</se:PolygonSymbolizer>" LABEL)

static const smap_box COUNTRY = { 10, 20, 25, 33 }, TOWN = { 22.5, 32.6, 22.7, 32.8 };

/* A country of four areas, shown in both insets, and a point in the town. */
static void open_country(scene *s, smap_box extent) {
    open_scene(s, 1, extent);
    making m = make_layer(s->ctx, "EPSG:4326");
    put_point(&m, 22.6, 32.7, "red", NULL, NULL);
    add_layer(s, &m, "points", RULE("red", "Red | أحمر", "", MARK("square", "#a50026", "8")));
    making areas = make_layer(s->ctx, "EPSG:4326");
    double x = (COUNTRY.xmin + COUNTRY.xmax) / 2, y = (COUNTRY.ymin + COUNTRY.ymax) / 2;
    put_box(&areas, (smap_box){ COUNTRY.xmin, COUNTRY.ymin, x, y }, "area", "South West", "جنوب غرب");
    put_box(&areas, (smap_box){ x, COUNTRY.ymin, COUNTRY.xmax, y }, "area", "South East", "جنوب شرق");
    put_box(&areas, (smap_box){ COUNTRY.xmin, y, x, COUNTRY.ymax }, "area", "North West", "شمال غرب");
    put_box(&areas, (smap_box){ x, y, COUNTRY.xmax, COUNTRY.ymax }, "area", "North East", "شمال شرق");
    add_layer(s, &areas, "admin", AREA);
    s->options.layers = 1;
    for (int i = 0; i < SMAP__INSETS; i++) {
        s->options.inset[i].layer = &s->layer[1];
        s->options.inset[i].layers = 1;
    }
}

static const smap__element *element_of(const smap__sheet *sheet, int inset) {
    const smap__element *found = NULL;
    for (int i = 0; i < sheet->elements; i++)
        if (sheet->element[i].kind == SMAP__ELEMENT_LOCATOR && sheet->element[i].inset == inset)
            found = &sheet->element[i];
    return found;
}

static bool holds(smap__rect_mm a, smap__rect_mm b) {
    return b.x >= a.x && b.y >= a.y && b.x + b.w <= a.x + a.w && b.y + b.h <= a.y + a.h;
}

static double middle(const smap__inset *inset, const double *at) {
    double least = INFINITY, most = -INFINITY;
    for (int i = 0; i < inset->points; i++) least = fmin(least, at[i]), most = fmax(most, at[i]);
    return (least + most) / 2;
}

/* Each inset has the frame of the map inside; the country stands in the corner of the area where lines begin. */
static void two_insets(void **state) {
    (void)state;
    static const char *const lang[] = { "both", "en", "ar" };
    double scale[SMAP__INSETS] = { 0, 0 };
    for (int k = 0; k < 3; k++) {
        scene s;
        open_country(&s, TOWN);
        s.options.lang = lang[k];
        smap__sheet *sheet = compose_scene(&s);
        const smap__inset *country = &sheet->inset[SMAP__INSET_COUNTRY], *area = &sheet->inset[SMAP__INSET_AREA];
        const smap__element *outer = element_of(sheet, SMAP__INSET_AREA),
                            *inner = element_of(sheet, SMAP__INSET_COUNTRY);
        assert_non_null(outer);
        assert_non_null(inner);
        assert_true(inner > outer); /* painted over it */
        assert_true(holds(outer->at, inner->at) && inner->at.w < outer->at.w / 2);
        assert_memory_equal(&inner->at, &country->view.at, sizeof inner->at);
        bool left = inner->at.x - outer->at.x < outer->at.w / 2;
        assert_true(left == (k < 2));
        for (int i = 0; i < SMAP__INSETS; i++) {
            const smap__inset *inset = &sheet->inset[i];
            double x = middle(inset, inset->x), y = middle(inset, inset->y);
            assert_true(holds(inset->view.at, (smap__rect_mm){ x, y, 0, 0 }));
            scale[i] = inset->view.mm_per_unit;
        }
        assert_true(scale[1] > 3 * scale[0] && sheet->map.mm_per_unit > 3 * scale[1]);
        double x = middle(area, area->x);
        assert_true(left ? x > inner->at.x + inner->at.w : x < inner->at.x);
        assert_int_equal(area->view.drawn[0].features, 1); /* one of four */
        assert_int_equal(country->view.drawn[0].features, 4);
        assert_true(area->view.labels == 1 && area->view.label[0].lines == (k == 0 ? 2 : 1));
        smap__sheet_free(sheet);
        close_scene(&s);
    }
}

static void expect_one(scene *s) {
    smap__sheet *sheet = compose_scene(s);
    const smap__element *only = element_of(sheet, SMAP__INSET_COUNTRY);
    assert_non_null(only);
    assert_null(element_of(sheet, SMAP__INSET_AREA));
    assert_memory_equal(&only->at, &sheet->inset[SMAP__INSET_COUNTRY].view.at, sizeof only->at);
    assert_true(only->at.w > 60);
    assert_int_equal(sheet->inset[SMAP__INSET_AREA].view.drawns, 0);
    smap__sheet_free(sheet);
    close_scene(s);
}

static void one_where_two_would_say_the_same(void **state) {
    (void)state;
    scene s;
    open_country(&s, (smap_box){ 12, 22, 23, 33 });
    expect_one(&s);
    open_country(&s, TOWN);
    s.options.inset[SMAP__INSET_AREA].layers = 0;
    expect_one(&s);
}

static void none_without_areas(void **state) {
    (void)state;
    scene s;
    open_country(&s, TOWN);
    for (int i = 0; i < SMAP__INSETS; i++) s.options.inset[i].layers = 0;
    smap__sheet *sheet = compose_scene(&s);
    for (int i = 0; i < SMAP__INSETS; i++) assert_int_equal(sheet->inset[i].view.drawns, 0);
    smap__sheet_free(sheet);
    close_scene(&s);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_insets),
        cmocka_unit_test(one_where_two_would_say_the_same),
        cmocka_unit_test(none_without_areas),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
