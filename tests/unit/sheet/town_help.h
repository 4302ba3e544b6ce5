/* A small town as `sitemap access` sees it, for the sheet `access`: a wadi in its middle with its bridges out,
 * hospitals in the east, and a site for everything that can become of a way; drawn with the styles that we ship. */
#ifndef TOWN_HELP_H
#define TOWN_HELP_H

#include "col/rows.h"
#include "sheet_help.h"

/* A layer under construction, its rows as `columns` say. */
typedef struct mapped {
    smap__rows rows;
    smap_geometry_builder *geometry;
} mapped;

static inline mapped start_mapped(const scene *s, const smap__rows_column *columns, int count) {
    mapped m;
    smap__rows_init(&m.rows, columns, count);
    assert_int_equal(smap_geometry_builder_new(s->wgs84, &m.geometry, NULL), SMAP_OK);
    return m;
}

/* type 2 = line, 3 = the ring of a polygon. */
static inline void put_shape(mapped *m, uint32_t type, const double *xy, uint32_t n) {
    uint8_t wkb[512] = { 1 };
    uint32_t header[] = { type, 1, n };
    size_t parts = type == 3 ? 3 : 2, at = 1 + 4 * parts;
    if (type != 3) header[1] = n;
    memcpy(wkb + 1, header, 4 * parts);
    assert_true(at + n * 16 <= sizeof wkb);
    memcpy(wkb + at, xy, n * 16);
    assert_int_equal(smap_geometry_append_wkb(m->geometry, wkb, at + n * 16, NULL), SMAP_OK);
}

static inline void put_line(mapped *m, double x0, double y0, double x1, double y1) {
    double xy[] = { x0, y0, x1, y1 };
    put_shape(m, 2, xy, 2);
}

static inline void put_area(mapped *m, double x0, double y0, double x1, double y1) {
    double xy[] = { x0, y0, x1, y0, x1, y1, x0, y1, x0, y0 };
    put_shape(m, 3, xy, 5);
}

static inline smap__sheet_layer *finish_mapped(scene *s, mapped *m, const char *name, const char *style, const char *en,
                                               const char *ar) {
    const smap_table *table = NULL;
    const smap_geometry *geometry = NULL;
    smap_error err = SMAP_ERROR_INIT;
    smap__sheet_layer *l = &s->layer[s->layers++];
    assert_true(s->layers <= (int)(sizeof s->layer / sizeof *s->layer));
    assert_int_equal(smap__rows_finish(&m->rows, &table, NULL), SMAP_OK);
    assert_int_equal(smap_geometry_builder_finish(m->geometry, &geometry, NULL), SMAP_OK);
    assert_int_equal(smap_layer_new(name, table, geometry, NULL, &l->layer, NULL), SMAP_OK);
    if (smap__style_read(s->ctx, style, &l->style, &err) != SMAP_OK) fail_msg("%s", err.message);
    smap_table_free(table);
    smap_geometry_free(geometry);
    smap_geometry_builder_free(m->geometry);
    l->title_en = en;
    l->title_ar = ar;
    l->in_legend = true;
    l->synthetic = true;
    s->options.layer = s->layer;
    s->options.layers = s->layers;
    return l;
}

static inline void add_access_areas(scene *s) {
    static const smap__rows_column columns[] = { { "change", SMAP_TEXT } };
    mapped m = start_mapped(s, columns, 1);
    smap__rows_text(&m.rows, "kept");
    put_area(&m, 22.605, 32.64, 22.675, 32.76);
    smap__rows_text(&m.rows, "lost");
    put_area(&m, 22.55, 32.66, 22.595, 32.74);
    smap__rows_text(&m.rows, "gained");
    put_area(&m, 22.675, 32.68, 22.69, 32.72);
    finish_mapped(s, &m, "access_area", "access_area", "Area within the limit", "المنطقة ضمن الحد الزمني")->uncounted =
        true;
}

static inline void add_roads(scene *s) {
    static const smap__rows_column columns[] = { { "road_id", SMAP_TEXT } };
    mapped m = start_mapped(s, columns, 1);
    for (int i = 0; i < 7; i++) {
        smap__rows_text(&m.rows, "east-west");
        put_line(&m, 22.515, 32.64 + 0.02 * i, 22.685, 32.64 + 0.02 * i);
        smap__rows_text(&m.rows, "north-south");
        put_line(&m, 22.515 + 0.025 * i, 32.635, 22.515 + 0.025 * i, 32.765);
    }
    finish_mapped(s, &m, "road", "road_thin", "Roads", "الطرق")->is_base = true;
}

static inline void add_links(scene *s) {
    static const smap__rows_column columns[] = { { "rank", SMAP_INT64 } };
    mapped m = start_mapped(s, columns, 1);
    for (int i = 1; i <= 2; i++) {
        smap__rows_int(&m.rows, i);
        put_line(&m, 22.615 + 0.025 * i, 32.68, 22.615 + 0.025 * i, 32.7);
    }
    finish_mapped(s, &m, "critical_link", "critical_link", "Critical links", "الوصلات الحرجة")->uncounted = true;
}

static inline void add_cuts(scene *s) {
    static const smap__rows_column columns[] = { { "state", SMAP_TEXT } };
    static const char *const states[] = { "closed", "foot", "slowed", "unknown" };
    mapped m = start_mapped(s, columns, 1);
    for (int i = 0; i < 4; i++) {
        smap__rows_text(&m.rows, states[i]);
        put_line(&m, 22.59, 32.74 - 0.02 * i, 22.615, 32.74 - 0.02 * i);
    }
    finish_mapped(s, &m, "road_cut", "road_cut", "Parts of roads", "أجزاء من الطرق");
}

static inline void add_points(scene *s) {
    static const smap__rows_column closure[] = { { "passable", SMAP_TEXT } };
    static const smap__rows_column service[] = { { "service_type", SMAP_TEXT }, { "status", SMAP_TEXT } };
    mapped m = start_mapped(s, closure, 1);
    smap__rows_text(&m.rows, "none");
    smap_geometry_append_point(m.geometry, 22.602, 32.74, NULL);
    finish_mapped(s, &m, "closure", "closure", "Closures reported", "إغلاقات مبلغ عنها");
    m = start_mapped(s, service, 2);
    for (int i = 0; i < 2; i++) {
        smap__rows_text(&m.rows, "hospital");
        smap__rows_text(&m.rows, i ? "not_functional" : "functional");
        smap_geometry_append_point(m.geometry, i ? 22.56 : 22.65, 32.71, NULL);
    }
    finish_mapped(s, &m, "service", "service", "Services", "الخدمات");
}

static inline void add_sites(scene *s) {
    static const smap__rows_column columns[] = { { "change", SMAP_TEXT },
                                                 { "status", SMAP_TEXT },
                                                 { "name_en", SMAP_TEXT },
                                                 { "name_ar", SMAP_TEXT },
                                                 { "baseline_minutes", SMAP_FLOAT64 },
                                                 { "minutes", SMAP_FLOAT64 } };
    static const struct {
        const char *change, *status, *en, *ar;
        double before, after, x, y;
    } sites[] = {
        { "lost", "beyond_reach", "West school", "مدرسة الغرب", 17.6, NAN, 22.54, 32.75 },
        { "slower", "reached", "South camp", "مخيم الجنوب", 11.2, 48.04, 22.63, 32.65 },
        { "same", "reached", "Harbour hotel", "فندق الميناء", 8, 8, 22.66, 32.745 },
        { "faster", "reached", "East mosque", "مسجد الشرق", 22, 14, 22.68, 32.66 },
        { "gained", "reached", "Hill camp", "مخيم التل", NAN, 55, 22.69, 32.7 },
        { "never", "beyond_reach", "Island hall", "قاعة الجزيرة", NAN, NAN, 22.53, 32.62 },
        { "never", "off_network", "Far farm", "مزرعة بعيدة", NAN, NAN, 22.56, 32.785 },
    };
    mapped m = start_mapped(s, columns, 6);
    for (size_t i = 0; i < sizeof sites / sizeof *sites; i++) {
        smap__rows_text(&m.rows, sites[i].change);
        smap__rows_text(&m.rows, sites[i].status);
        smap__rows_text(&m.rows, sites[i].en);
        smap__rows_text(&m.rows, sites[i].ar);
        smap__rows_real_or_null(&m.rows, sites[i].before);
        smap__rows_real_or_null(&m.rows, sites[i].after);
        smap_geometry_append_point(m.geometry, sites[i].x, sites[i].y, NULL);
    }
    finish_mapped(s, &m, "access_site", "access_site", "Sites: minutes before → after", "المواقع: الدقائق قبل ← بعد");
}

/* What both tables are narrowed down by. */
#define CASE_COLUMNS                                                                                                   \
    { "scenario", SMAP_TEXT }, { "mode", SMAP_TEXT }, { "unknown_roads", SMAP_TEXT }, { "asset", SMAP_TEXT }, {        \
        "service_type", SMAP_TEXT                                                                                      \
    }

static inline void put_case(smap__rows *rows, const char *scenario, const char *type) {
    smap__rows_text(rows, scenario);
    smap__rows_text(rows, "foot");
    smap__rows_text(rows, "open");
    smap__rows_text(rows, "site");
    smap__rows_text(rows, type);
}

/* Two types, the one that is shown second, and another scenario that must not be seen. */
static inline const smap_table *coverage_rows(void) {
    static const smap__rows_column columns[] = { CASE_COLUMNS,
                                                 { "area_kind", SMAP_TEXT },
                                                 { "limit_min", SMAP_FLOAT64 },
                                                 { "people_before", SMAP_FLOAT64 },
                                                 { "people_within", SMAP_FLOAT64 },
                                                 { "people_lost", SMAP_FLOAT64 },
                                                 { "origins_lost", SMAP_INT64 },
                                                 { "people_unknown", SMAP_INT64 } };
    const smap_table *table = NULL;
    smap__rows rows;
    smap__rows_init(&rows, columns, 12);
    for (int scenario = 0; scenario < 2; scenario++)
        for (int type = 0; type < 2; type++)
            for (int limit = 15; limit <= 60; limit *= 2) {
                put_case(&rows, scenario ? "bridges-out" : "baseline", type ? "hospital" : "school");
                smap__rows_text(&rows, "all");
                smap__rows_real(&rows, limit);
                smap__rows_real(&rows, 100 * limit);
                smap__rows_real(&rows, 60 * limit);
                smap__rows_real(&rows, 40 * limit);
                smap__rows_int(&rows, limit / 15);
                smap__rows_int(&rows, 1);
            }
    assert_int_equal(smap__rows_finish(&rows, &table, NULL), SMAP_OK);
    return table;
}

static inline const smap_table *link_rows(void) {
    static const smap__rows_column columns[] = { CASE_COLUMNS,
                                                 { "rank", SMAP_INT64 },
                                                 { "road_id", SMAP_TEXT },
                                                 { "name_en", SMAP_TEXT },
                                                 { "name_ar", SMAP_TEXT },
                                                 { "people", SMAP_FLOAT64 },
                                                 { "people_cut_off", SMAP_FLOAT64 },
                                                 { "people_minutes", SMAP_FLOAT64 } };
    const smap_table *table = NULL;
    smap__rows rows;
    smap__rows_init(&rows, columns, 12);
    for (int i = 1; i <= 6; i++) {
        put_case(&rows, "bridges-out", "hospital");
        smap__rows_int(&rows, i);
        smap__rows_text(&rows, "R1");
        smap__rows_text(&rows, i == 2 ? NULL : "Coast road");
        smap__rows_text(&rows, i == 2 ? NULL : "طريق الساحل");
        smap__rows_real(&rows, 700 - 100 * i);
        smap__rows_real(&rows, i < 2 ? 120 : 0);
        smap__rows_real(&rows, 54321.0 / i);
    }
    assert_int_equal(smap__rows_finish(&rows, &table, NULL), SMAP_OK);
    return table;
}

/* Free the tables with free_tables. */
static inline void fill_access_scene(scene *s, smap__sheet_table tables[2]) {
    static const smap__sheet_chosen chosen[] = {
        { "scenario", "bridges-out" },  { "mode", "foot" }, { "unknown_roads", "open" },
        { "service_type", "hospital" }, { "limit", "30" },  { "asset", "site" },
    };
    static const smap__sheet_text texts[] = {
        { "country", "Country", "بلد" },
        { "area", "Test area", "منطقة الاختبار" },
        { "title", "Access to services before and after closures", "الوصول إلى الخدمات قبل الإغلاقات وبعدها" },
        { "date_updated", "2023-09-18", NULL },
        { "produced", "2023-09-20", NULL },
        { "version", "1", NULL },
        { "audience", "For internal use only", "للاستخدام الداخلي فقط" },
        { "sources", "Nobody's survey", "مسح لا أحد" },
        { "scenario", "bridges-out", NULL },
        { "mode", "On foot", "سيرا على الأقدام" },
        { "unknown_roads", "Taken as open", "تعد مفتوحة" },
        { "service_type", "Hospital", "مستشفى" },
        { "limit", "30", NULL },
    };
    add_access_areas(s);
    add_roads(s);
    add_links(s);
    add_cuts(s);
    add_points(s);
    add_sites(s);
    tables[0] = (smap__sheet_table){ .layer = "access_coverage", .table = coverage_rows(), .synthetic = true };
    tables[1] = (smap__sheet_table){ .layer = "critical_link", .table = link_rows(), .synthetic = true };
    s->sheet = "access";
    s->options.table = tables;
    s->options.tables = 2;
    s->options.chosen = chosen;
    s->options.chosens = sizeof chosen / sizeof *chosen;
    s->options.text = texts;
    s->options.texts = sizeof texts / sizeof *texts;
}

#endif
