/* Composing a sheet: counts of the legend against counting by hand, ticks against the transform, the page in its
 * languages, and the sentences for what cannot be composed. */
#include "draw/draw.h"
#include "geo/crs.h"
#include "sheet_help.h"

static const smap_box AROUND = { 22.5, 32.6, 22.7, 32.8 };

#define TWO_RULES                                                                                                      \
    RULE("red", "Red | أحمر", KIND_IS("red"), MARK("square", "#a50026", "8"))                                          \
    RULE("blue", "Blue | أزرق", KIND_IS("blue"), MARK("circle", "#2166ac", "8"))

static bool in_frame(scene *s, const smap__view *view, double lon, double lat) {
    assert_int_equal(smap__crs_transform(s->ctx, s->wgs84, view->crs, &lon, &lat, 1, NULL, NULL), SMAP_OK);
    smap_box b = view->box;
    return lon >= b.xmin && lon <= b.xmax && lat >= b.ymin && lat <= b.ymax;
}

static void points_are_counted_in_the_frame(void **state) {
    (void)state;
    enum { N = 500 };
    double x[N], y[N];
    scene s;
    open_scene(&s, 1, AROUND);
    making m = make_layer(s.ctx, "EPSG:4326");
    srand(3);
    for (int i = 0; i < N; i++) {
        x[i] = uniform(22.3, 22.9), y[i] = uniform(32.4, 33);
        put_point(&m, x[i], y[i], i % 3 == 0 ? "red" : i % 3 == 1 ? "blue" : "other", NULL, NULL);
    }
    add_layer(&s, &m, "points", TWO_RULES);
    smap__sheet *sheet = compose_scene(&s);
    int64_t count[2] = { 0, 0 };
    for (int i = 0; i < N; i++)
        if (i % 3 < 2) count[i % 3] += in_frame(&s, &sheet->map, x[i], y[i]);
    const smap__legend_entry *entry;
    assert_int_equal(smap__sheet_legend(sheet, &entry), 2);
    for (int k = 0; k < 2; k++) {
        assert_int_equal(entry[k].rule, k);
        assert_int_equal(entry[k].count, count[k]);
        assert_int_equal(entry[k].total, k == 0 ? 167 : 167);
        assert_true(entry[k].count < entry[k].total && entry[k].count > 0);
    }
    assert_string_equal(entry[0].title_en, "Red");
    assert_string_equal(entry[0].title_ar, "أحمر");
    assert_int_equal(sheet->groups, 1);
    assert_true(sheet->group[0].heading && sheet->group[0].counted);
    smap__sheet_free(sheet);
    close_scene(&s);
}

/* Boxes half in, around, and beside the frame; one whose hole holds the whole frame is not to be seen. */
static void areas_are_counted_where_they_show(void **state) {
    (void)state;
    scene s;
    open_scene(&s, 1, AROUND);
    making m = make_layer(s.ctx, "EPSG:4326");
    put_box(&m, (smap_box){ 22.55, 32.65, 22.6, 32.7 }, "red", NULL, NULL);
    put_box(&m, (smap_box){ 22, 32.7, 22.55, 32.75 }, "red", NULL, NULL);
    put_box(&m, (smap_box){ 20, 30, 25, 35 }, "red", NULL, NULL);
    put_box(&m, (smap_box){ 24, 32.7, 24.5, 32.75 }, "red", NULL, NULL);
    add_layer(&s, &m, "areas",
              RULE("red", "Red", KIND_IS("red"), "<se:PolygonSymbolizer>" FILL("#a50026") "</se:PolygonSymbolizer>")
                  TWO_RULES);
    m = make_layer(s.ctx, "EPSG:4326");
    put_box(&m, (smap_box){ 20, 30, 25, 35 }, "red", NULL, NULL);
    add_layer(
        &s, &m, "outline",
        RULE("red", "Red", KIND_IS("red"), "<se:PolygonSymbolizer>" STROKE("#000000", "1") "</se:PolygonSymbolizer>"))
        ->is_base = true;
    smap__sheet *sheet = compose_scene(&s);
    const smap__legend_entry *entry;
    /* the outline of the base layer lies outside: it has no entry; marks stand for the areas of the second rule */
    assert_int_equal(smap__sheet_legend(sheet, &entry), 2);
    assert_int_equal(entry[0].count, 3);
    assert_int_equal(entry[0].total, 4);
    assert_int_equal(entry[1].count, 3);
    assert_int_equal(sheet->group[0].form[0], SMAP__FORM_AREA);
    smap__sheet_free(sheet);
    close_scene(&s);
}

static void scale_limits_hide_rules(void **state) {
    (void)state;
    scene s;
    open_scene(&s, 1, AROUND);
    making m = make_layer(s.ctx, "EPSG:4326");
    put_point(&m, 22.6, 32.7, "red", "Name", "اسم");
    add_layer(
        &s, &m, "points",
        RULE("near", "Near", "<se:MaxScaleDenominator>20000</se:MaxScaleDenominator>", MARK("star", "#000000", "8"))
            RULE("far", "Far", "<se:MinScaleDenominator>20000</se:MinScaleDenominator>", MARK("star", "#000000", "8")));
    smap__sheet *sheet = compose_scene(&s);
    const smap__legend_entry *entry;
    assert_true(sheet->map.denominator > 20000);
    assert_int_equal(smap__sheet_legend(sheet, &entry), 1);
    assert_int_equal(entry[0].rule, 1);
    smap__sheet_free(sheet);
    close_scene(&s);
}

/* The figure of a tick: "22°36′30″E" in arc seconds, "3,625,000 m N" in metres. */
static double figure_of(const char *text, bool *degrees) {
    static const double unit[] = { 3600, 60, 1 };
    double value = 0, number = 0;
    int part = 0;
    *degrees = strstr(text, "°") != NULL;
    for (const char *at = text; *at; at++) {
        if (*at >= '0' && *at <= '9') number = 10 * number + (*at - '0');
        bool ends = strncmp(at, "°", 2) == 0 || strncmp(at, "′", 3) == 0 || strncmp(at, "″", 3) == 0;
        if (!ends) continue;
        value += number * unit[part++];
        number = 0;
    }
    value = *degrees ? value : number;
    return strpbrk(text, "WS-") ? -value : value;
}

/* Every tick, taken back through the transform, is the number of degrees that it says; those of the metres are where
 * their coordinate is. */
static void ticks_are_where_they_say(void **state) {
    (void)state;
    static const smap_box extents[] = { { 22.5, 32.6, 22.7, 32.8 },
                                        { 20.79, 32.46, 20.87, 32.53 },
                                        { 22.64, 32.763, 22.643, 32.765 },
                                        { 22.64, 32.763, 22.6404, 32.7633 },
                                        { 9, 20, 25, 33 },
                                        { -70.7, -33.5, -70.5, -33.4 } };
    for (size_t k = 0; k < sizeof extents / sizeof *extents; k++) {
        scene s;
        open_scene(&s, 1, extents[k]);
        smap__sheet *sheet = compose_scene(&s);
        const smap__view *v = &sheet->map;
        int count[2] = { 0, 0 };
        for (int i = 0; i < sheet->ticks; i++) {
            const smap__tick *t = &sheet->tick[i];
            bool across = t->side == SMAP__SIDE_TOP || t->side == SMAP__SIDE_BOTTOM, degrees;
            double px = across ? t->at_mm : t->side == SMAP__SIDE_LEFT ? v->at.x : v->at.x + v->at.w;
            double py = !across ? t->at_mm : t->side == SMAP__SIDE_TOP ? v->at.y : v->at.y + v->at.h;
            double x = v->box.xmin + (px - v->at.x) / v->mm_per_unit, y = v->box.ymax - (py - v->at.y) / v->mm_per_unit;
            double says = figure_of(t->text, &degrees), mm_per_unit = degrees ? 31 * v->mm_per_unit : v->mm_per_unit;
            if (degrees) assert_int_equal(smap__crs_transform(s.ctx, v->crs, s.wgs84, &x, &y, 1, NULL, NULL), SMAP_OK);
            double is = (across ? x : y) * (degrees ? 3600 : 1);
            if (fabs(is - says) * mm_per_unit > 0.05) fail_msg("a tick says %s and stands at %.3f", t->text, is);
            assert_int_equal(degrees, t->side == SMAP__SIDE_TOP || t->side == SMAP__SIDE_LEFT);
            count[degrees]++;
        }
        assert_true(count[0] >= 4 && count[1] >= 4);
        smap__sheet_free(sheet);
        close_scene(&s);
    }
}

static const smap__element *find_element(const smap__sheet *sheet, const char *text) {
    for (int i = 0; i < sheet->elements; i++)
        for (int k = 0; k < sheet->element[i].paragraphs; k++)
            if (strstr(sheet->element[i].paragraph[k].text, text)) return &sheet->element[i];
    return NULL;
}

/* How far grid north lies east of true north, from the transform of a step to the north, and told as that. */
static void convergence_is_the_angle_to_true_north(void **state) {
    (void)state;
    static const double lon[] = { 20.83, 22.6, 9.5, 23.9, -70.6 }, lat[] = { 32.5, 32.7, 30.1, 24.2, -33.4 };
    for (int k = 0; k < 5; k++) {
        scene s;
        open_scene(&s, 1, (smap_box){ lon[k] - 0.05, lat[k] - 0.05, lon[k] + 0.05, lat[k] + 0.05 });
        s.options.lang = "en";
        smap__sheet *sheet = compose_scene(&s);
        smap_box b = sheet->map.box;
        double x[2] = { (b.xmin + b.xmax) / 2, 0 }, y[2] = { (b.ymin + b.ymax) / 2, 0 };
        assert_int_equal(smap__crs_transform(s.ctx, sheet->map.crs, s.wgs84, x, y, 1, NULL, NULL), SMAP_OK);
        x[1] = x[0];
        y[1] = y[0] + 1e-4;
        assert_int_equal(smap__crs_transform(s.ctx, s.wgs84, sheet->map.crs, x, y, 2, NULL, NULL), SMAP_OK);
        double east = -atan2(x[1] - x[0], y[1] - y[0]) * 180 / acos(-1);
        assert_true(fabs(east - sheet->convergence_deg) < 1e-3);
        if (fabs(east) > 0.1) assert_non_null(find_element(sheet, east > 0 ? "east of it" : "west of it"));
        smap__sheet_free(sheet);
        close_scene(&s);
    }
}

static void page_texts_follow_the_language(void **state) {
    (void)state;
    static const char disclaimer[] =
        "The map used here is for illustration purposes only. Names and boundaries do not imply "
        "official endorsement or acceptance by IOM.";
    scene s;
    open_scene(&s, 1, AROUND);
    smap__sheet *both = compose_scene(&s);
    assert_non_null(find_element(both, disclaimer));
    assert_non_null(find_element(both, "المنظمة الدولية للهجرة"));
    assert_non_null(find_element(both, "Made-up features"));
    assert_non_null(find_element(both, "معالم مصطنعة"));
    assert_false(both->mirrored);
    s.options.lang = "en";
    smap__sheet *en = compose_scene(&s);
    assert_non_null(find_element(en, disclaimer));
    assert_null(find_element(en, "معالم مصطنعة"));
    s.options.lang = "ar";
    smap__sheet *ar = compose_scene(&s);
    assert_null(find_element(ar, "Made-up features"));
    assert_non_null(find_element(ar, "2023-09-18")); /* given in one language only */
    assert_true(ar->mirrored);
    assert_true(fabs(ar->map.at.x + ar->map.at.w + en->map.at.x - ar->page_w_mm) < 1e-9);
    smap__sheet_free(both);
    smap__sheet_free(en);
    smap__sheet_free(ar);
    close_scene(&s);
}

static void synthetic_and_excerpt_are_said(void **state) {
    (void)state;
    for (int k = 0; k < 4; k++) {
        bool inside = k & 1, part = k & 2;
        scene s;
        open_scene(&s, 1, AROUND);
        making m = make_layer(s.ctx, "EPSG:4326");
        put_point(&m, inside ? 22.6 : 27, 32.7, "red", NULL, NULL);
        smap__sheet_layer *l = add_layer(&s, &m, "sites", TWO_RULES);
        l->synthetic = l->excerpt = true;
        l->some_real = part;
        smap__sheet *sheet = compose_scene(&s);
        assert_int_equal(find_element(sheet, "SYNTHETIC") != NULL, inside);
        assert_int_equal(sheet->groups, inside);
        if (inside) {
            assert_non_null(strstr(sheet->group[0].remark[SMAP__EN], "SYNTHETIC"));
            assert_int_equal(strstr(sheet->group[0].remark[SMAP__EN], "partly") != NULL, part);
            assert_non_null(strstr(sheet->group[0].remark[SMAP__EN], "not a total"));
            assert_true(sheet->group[0].excerpt);
        }
        smap__sheet_free(sheet);
        close_scene(&s);
    }
}

static void labels_come_by_importance_and_language(void **state) {
    (void)state;
    scene s;
    open_scene(&s, 1, AROUND);
    making m = make_layer(s.ctx, "EPSG:4326");
    put_point(&m, 22.61, 32.7, "red", "Town", "بلدة");
    put_point(&m, 22.62, 32.7, "red", "Same", "Same");
    put_point(&m, 22.63, 32.7, "red", "  ", NULL);
    put_point(&m, 22.64, 32.7, "red", NULL, "قرية");
    put_point(&m, 27, 32.7, "red", "Elsewhere", NULL);
    add_layer(&s, &m, "towns", RULE("all", "All", "", MARK("circle", "#000000", "5") LABEL));
    smap__sheet *sheet = compose_scene(&s);
    assert_int_equal(sheet->map.labels, 3);
    assert_int_equal(sheet->map.label[0].lines, 2);
    assert_string_equal(sheet->map.label[0].line[1], "بلدة");
    assert_int_equal(sheet->map.label[1].lines, 1);
    assert_true(fabs(sheet->map.label[0].mark_mm - 5 * SMAP__SLD_PIXEL_MM) < 1e-9);
    smap__sheet_free(sheet);
    s.options.lang = "en";
    sheet = compose_scene(&s);
    assert_int_equal(sheet->map.label[0].lines, 1);
    assert_string_equal(sheet->map.label[0].line[0], "Town");
    assert_string_equal(sheet->map.label[2].line[0], "قرية"); /* rather than nothing */
    smap__sheet_free(sheet);
    close_scene(&s);
}

/* The layer with a column of numbers more, NaN for null; takes the layer. */
static const smap_layer *with_numbers(const smap_layer *layer, const char *name, const double *number) {
    const smap_column *column[8];
    const smap_table *table = NULL;
    const smap_layer *out = NULL;
    smap_column_builder *builder;
    int n = smap_table_columns(layer->table);
    for (int i = 0; i < n; i++) column[i] = smap_table_at(layer->table, i);
    assert_int_equal(smap_column_builder_new(name, SMAP_FLOAT64, &builder, NULL), SMAP_OK);
    for (int64_t i = 0; i < smap_table_rows(layer->table); i++)
        assert_int_equal(isnan(number[i]) ? smap_column_append_null(builder, NULL)
                                          : smap_column_append_real(builder, number[i], NULL),
                         SMAP_OK);
    assert_int_equal(smap_column_builder_finish(builder, &column[n], NULL), SMAP_OK);
    smap_column_builder_free(builder);
    assert_int_equal(smap_table_new(column, n + 1, smap_table_rows(layer->table), &table, NULL), SMAP_OK);
    assert_int_equal(smap_layer_new(layer->name, table, layer->geometry, NULL, &out, NULL), SMAP_OK);
    smap_column_free(column[n]);
    smap_table_free(table);
    smap_layer_free(layer);
    return out;
}

/* A line of parts: numbers without decimals, words in the sheet's language, and no line where a part is not known. */
static void labels_have_lines_of_parts(void **state) {
    (void)state;
    static const char label[] =
        "<se:TextSymbolizer><se:Label><ogc:PropertyName>name_en</ogc:PropertyName><ogc:PropertyName>name_ar"
        "</ogc:PropertyName><se:Concatenate fallbackValue=''><se:StringValue><se:FormatNumber fallbackValue=''>"
        "<se:NumericValue><ogc:PropertyName>before</ogc:PropertyName></se:NumericValue><se:Pattern>0</se:Pattern>"
        "</se:FormatNumber></se:StringValue><se:StringValue><ogc:Literal>to | إلى</ogc:Literal></se:StringValue>"
        "<se:StringValue><ogc:PropertyName>kind</ogc:PropertyName></se:StringValue></se:Concatenate></se:Label>"
        "</se:TextSymbolizer>";
    static const double before[] = { 12.4, 1234.5678, NAN, 0.6 };
    scene s;
    open_scene(&s, 1, AROUND);
    making m = make_layer(s.ctx, "EPSG:4326");
    put_point(&m, 22.61, 32.7, "9", "Town", "بلدة");
    put_point(&m, 22.62, 32.7, "9", NULL, "قرية");
    put_point(&m, 22.63, 32.7, "9", NULL, NULL);
    put_point(&m, 22.64, 32.7, NULL, "City", "City");
    smap__sheet_layer *l = add_layer(&s, &m, "towns", RULE("all", "All", "", MARK("circle", "#000000", "5")));
    smap__style_free(l->style);
    smap__str rule = SMAP__STR_INIT;
    smap__str_printf(&rule, "<se:Rule><se:Name>all</se:Name>%s</se:Rule>", label);
    l->style = new_style(s.ctx, rule.data);
    smap__str_release(&rule);
    l->layer = with_numbers(l->layer, "before", before);
    static const char *const en[] = { "Town", "12\u00a0to\u00a09", "قرية", "1,235\u00a0to\u00a09", "City" };
    static const char *const ar[] = { "بلدة", "12\u00a0إلى\u00a09", "قرية", "1,235\u00a0إلى\u00a09", "City" };
    for (int lang = 0; lang < 2; lang++) {
        s.options.lang = lang ? "ar" : "en";
        smap__sheet *sheet = compose_scene(&s);
        assert_int_equal(sheet->map.labels, 3);
        int at = 0;
        for (int i = 0; i < 3; i++)
            for (int k = 0; k < sheet->map.label[i].lines; k++)
                assert_string_equal(sheet->map.label[i].line[k], (lang ? ar : en)[at++]);
        assert_int_equal(at, 5);
        smap__sheet_free(sheet);
    }
    close_scene(&s);
}

/* Names with marks that turn the direction, line breaks, control characters, nothing but blanks, or a megabyte. */
static void labels_of_bad_names_are_plain(void **state) {
    (void)state;
    static const char label[] =
        "<se:TextSymbolizer><se:Label><ogc:PropertyName>name_en</ogc:PropertyName><se:Concatenate fallbackValue=''>"
        "<se:StringValue><ogc:PropertyName>name_ar</ogc:PropertyName></se:StringValue><se:StringValue><ogc:Literal>km"
        "</ogc:Literal></se:StringValue></se:Concatenate></se:Label></se:TextSymbolizer>";
    scene s;
    open_scene(&s, 1, AROUND);
    making m = make_layer(s.ctx, "EPSG:4326");
    char *long_name = malloc((1 << 20) + 1);
    memset(long_name, 'x', 1 << 20);
    long_name[1 << 20] = '\0';
    put_point(&m, 22.61, 32.7, "1", "\u202Eevil\u202C", "\u2067مدرسة");
    put_point(&m, 22.62, 32.7, "1", "two\nlines\tand\x01more\u2069", NULL);
    put_point(&m, 22.63, 32.7, "1", " \n\u202E ", NULL);
    put_point(&m, 22.64, 32.7, "1", long_name, NULL);
    smap__sheet_layer *l = add_layer(&s, &m, "towns", RULE("all", "All", "", MARK("circle", "#000000", "5")));
    smap__style_free(l->style);
    smap__str rule = SMAP__STR_INIT;
    smap__str_printf(&rule, "<se:Rule><se:Name>all</se:Name>%s</se:Rule>", label);
    l->style = new_style(s.ctx, rule.data);
    smap__str_release(&rule);
    smap__sheet *sheet = compose_scene(&s);
    assert_int_equal(sheet->map.labels, 3);
    assert_string_equal(sheet->map.label[0].line[0], "evil");
    assert_string_equal(sheet->map.label[0].line[1], "\u2068مدرسة\u2069\u00a0km");
    assert_string_equal(sheet->map.label[1].line[0], "two lines and more");
    assert_int_equal(sheet->map.label[1].lines, 1);
    assert_true(strlen(sheet->map.label[2].line[0]) < 100);
    smap__sheet_free(sheet);
    free(long_name);
    close_scene(&s);
}

static smap_status drop(void *user, const void *data, size_t len, smap_error *err) {
    (void)user;
    (void)data;
    (void)len;
    (void)err;
    return SMAP_OK;
}

/* Extents from a point to the world, over a pole and the date line, and layers with nothing, with holes in their rows,
 * and with coordinates at the ends of the earth: composed and drawn, or refused with a sentence; never a crash (run
 * under ASan).
 */
static void odd_extents_and_layers(void **state) {
    (void)state;
    static const smap_box extents[] = { { 22.6, 32.7, 22.6, 32.7 },   { -180, -90, 180, 90 },    { -180, 60, 180, 90 },
                                        { 179.5, -17, 180, -16 },     { -80, -89.9, 80, -89.5 }, { 0, 0, 1e-9, 1e-9 },
                                        { 22.5, 32.6, 22.5, 32.8 },   { -400, -100, 400, 100 },  { NAN, 0, 1, 1 },
                                        { -HUGE_VAL, 0, HUGE_VAL, 1 } };
    for (size_t k = 0; k < sizeof extents / sizeof *extents; k++) {
        scene s;
        open_scene(&s, 1, extents[k]);
        making m = make_layer(s.ctx, "EPSG:4326");
        static const uint8_t empty_polygon[] = { 1, 3, 0, 0, 0, 0, 0, 0, 0 };
        assert_int_equal(smap_geometry_append_null(m.geometry, NULL), SMAP_OK);
        put_texts(&m, "red", "Null", NULL);
        assert_int_equal(smap_geometry_append_wkb(m.geometry, empty_polygon, sizeof empty_polygon, NULL), SMAP_OK);
        put_texts(&m, "red", "Empty", NULL);
        put_point(&m, 22.6, 32.7, "red", "Here", "هنا");
        put_point(&m, 179.9, -16.5, "red", "Far", "بعيد");
        put_point(&m, 0, 90, "red", "Pole", NULL);
        put_point(&m, 1e9, -1e9, "red", "Nowhere", NULL);
        put_box(&m, (smap_box){ -180, -90, 180, 90 }, "red", "World", NULL);
        put_box(&m, (smap_box){ 22.6, 32.7, 22.6, 32.7 }, "red", "Flat", NULL);
        put_box(&m, (smap_box){ -1e300, -1e300, 1e300, 1e300 }, "red", "Too large", NULL);
        add_layer(&s, &m, "odd",
                  RULE("all", "All", "",
                       "<se:PolygonSymbolizer>" FILL("#eeeeee") "</se:PolygonSymbolizer>" MARK("circle", "#000000", "5")
                           LABEL));
        m = make_layer(s.ctx, "EPSG:4326");
        add_layer(&s, &m, "no rows", RULE("all", "All", "", MARK("circle", "#000000", "5") LABEL));
        s.options.inset[SMAP__INSET_COUNTRY].layer = s.layer;
        s.options.inset[SMAP__INSET_COUNTRY].layers = s.layers;
        s.options.dpi = 72;
        smap__sheet *sheet = NULL;
        smap_error err = SMAP_ERROR_INIT;
        smap_status status = try_compose(&s, &sheet, &err);
        if (status != SMAP_OK)
            assert_true(err.message[0] != 0 && sheet == NULL);
        else {
            assert_true(sheet->map.denominator >= 500 && isfinite(sheet->map.denominator));
            assert_int_equal(smap__draw_png(s.ctx, sheet, drop, NULL, NULL, NULL), SMAP_OK);
        }
        assert_int_equal(status == SMAP_OK, k < 8);
        smap__sheet_free(sheet);
        close_scene(&s);
    }
}

static void long_names_are_cut(void **state) {
    (void)state;
    char name[4001];
    for (int i = 0; i < 2000; i++) memcpy(name + 2 * i, "م", 3);
    scene s;
    open_scene(&s, 1, AROUND);
    making m = make_layer(s.ctx, "EPSG:4326");
    put_point(&m, 22.61, 32.7, "red", name, NULL);
    add_layer(&s, &m, "towns", RULE("all", "All", "", MARK("circle", "#000000", "5") LABEL));
    smap__sheet *sheet = compose_scene(&s);
    assert_int_equal(sheet->map.labels, 1);
    const char *line = sheet->map.label[0].line[0];
    assert_true(smap__utf8_valid(line, strlen(line)));
    assert_int_equal(strlen(line), 79 * 2 + 3);
    assert_string_equal(line + 79 * 2, "\u2026");
    smap__sheet_free(sheet);
    close_scene(&s);
}

static void expect(scene *s, smap_status status, const char *words) {
    smap__sheet *sheet = NULL;
    smap_error err = SMAP_ERROR_INIT;
    assert_int_equal(try_compose(s, &sheet, &err), status);
    assert_null(sheet);
    if (!strstr(err.message, words)) fail_msg("\"%s\" does not say \"%s\"", err.message, words);
}

static void what_cannot_be_composed_is_said(void **state) {
    (void)state;
    scene s;
    open_scene(&s, 1, AROUND);
    s.options.lang = "fr";
    expect(&s, SMAP_E_ARGUMENT, "not a language");
    s.options.lang = "both";
    s.options.texts--; /* no sources */
    expect(&s, SMAP_E_ARGUMENT, "needs the text \"sources\"");
    smap__sheet_text more[NEEDED_TEXTS + 1];
    memcpy(more, needed_texts, sizeof needed_texts);
    more[NEEDED_TEXTS] = (smap__sheet_text){ "colour", "blue", NULL };
    s.options.text = more;
    s.options.texts = NEEDED_TEXTS + 1;
    expect(&s, SMAP_E_ARGUMENT, "no place for the text \"colour\"");
    s.options.texts = NEEDED_TEXTS;
    s.options.extent = (smap_box){ 1, 1, 0, 0 };
    expect(&s, SMAP_E_ARGUMENT, "extent of the map is empty");
    s.options.extent = AROUND;
    s.options.dpi = 7;
    expect(&s, SMAP_E_ARGUMENT, "7 dots an inch");
    s.options.dpi = 0;
    making m = make_layer(s.ctx, NULL);
    put_point(&m, 22.6, 32.7, "red", NULL, NULL);
    add_layer(&s, &m, "lost points", TWO_RULES);
    expect(&s, SMAP_E_CRS, "lost points");
    smap__sheet *sheet = NULL;
    smap_error err = SMAP_ERROR_INIT;
    s.sheet = "nowhere";
    assert_int_equal(try_compose(&s, &sheet, &err), SMAP_E_NOT_FOUND);
    close_scene(&s);
}

/* Two features overlap in one row of columns whatever their CRS: the sheet is the same from UTM coordinates. */
static void layers_may_have_any_crs(void **state) {
    (void)state;
    int64_t count[2];
    for (int utm = 0; utm < 2; utm++) {
        scene s;
        open_scene(&s, 1, AROUND);
        const smap_crs *crs = NULL;
        assert_int_equal(smap_crs_new(s.ctx, "EPSG:32634", &crs, NULL), SMAP_OK);
        making m = make_layer(s.ctx, utm ? "EPSG:32634" : "EPSG:4326");
        srand(5);
        for (int i = 0; i < 300; i++) {
            double x = uniform(22.3, 22.9), y = uniform(32.4, 33);
            if (utm) assert_int_equal(smap__crs_transform(s.ctx, s.wgs84, crs, &x, &y, 1, NULL, NULL), SMAP_OK);
            put_point(&m, x, y, "red", NULL, NULL);
        }
        add_layer(&s, &m, "points", TWO_RULES);
        smap__sheet *sheet = compose_scene(&s);
        const smap__legend_entry *entry;
        assert_int_equal(smap__sheet_legend(sheet, &entry), 1);
        count[utm] = entry[0].count;
        smap__sheet_free(sheet);
        smap_crs_free(crs);
        close_scene(&s);
    }
    assert_int_equal(count[0], count[1]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(points_are_counted_in_the_frame),
        cmocka_unit_test(areas_are_counted_where_they_show),
        cmocka_unit_test(scale_limits_hide_rules),
        cmocka_unit_test(ticks_are_where_they_say),
        cmocka_unit_test(convergence_is_the_angle_to_true_north),
        cmocka_unit_test(page_texts_follow_the_language),
        cmocka_unit_test(synthetic_and_excerpt_are_said),
        cmocka_unit_test(labels_come_by_importance_and_language),
        cmocka_unit_test(odd_extents_and_layers),
        cmocka_unit_test(labels_have_lines_of_parts),
        cmocka_unit_test(labels_of_bad_names_are_plain),
        cmocka_unit_test(long_names_are_cut),
        cmocka_unit_test(what_cannot_be_composed_is_said),
        cmocka_unit_test(layers_may_have_any_crs),
    };
    return cmocka_run_group_tests_name("compose", tests, NULL, NULL);
}
