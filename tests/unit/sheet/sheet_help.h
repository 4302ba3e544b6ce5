/* What the tests of sheets share: layers from a few numbers, styles from a few lines, the texts that a sheet needs. */
#ifndef SHEET_HELP_H
#define SHEET_HELP_H

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../cmocka_all.h"
#include "base/ctx.h"
#include "base/str.h"
#include "sheet/compose.h"

#define SLD_HEAD                                                                                                       \
    "<?xml version='1.0' encoding='UTF-8'?>\n"                                                                         \
    "<StyledLayerDescriptor version='1.1.0' xmlns='http://www.opengis.net/sld' xmlns:se='http://www.opengis.net/se' "  \
    "xmlns:ogc='http://www.opengis.net/ogc'><NamedLayer><se:Name>t</se:Name><UserStyle><se:Description><se:Title>"     \
    "Test layer | طبقة</se:Title></se:Description><se:FeatureTypeStyle>\n"
#define SLD_TAIL "</se:FeatureTypeStyle></UserStyle></NamedLayer></StyledLayerDescriptor>"
#define PARAMETER(name, value) "<se:SvgParameter name='" name "'>" value "</se:SvgParameter>"
#define FILL(colour) "<se:Fill>" PARAMETER("fill", colour) "</se:Fill>"
#define STROKE(colour, width) "<se:Stroke>" PARAMETER("stroke", colour) PARAMETER("stroke-width", width) "</se:Stroke>"
#define KIND_IS(value)                                                                                                 \
    "<ogc:Filter><ogc:PropertyIsEqualTo><ogc:PropertyName>kind</ogc:PropertyName><ogc:Literal>" value                  \
    "</ogc:Literal></ogc:PropertyIsEqualTo></ogc:Filter>"
#define RULE(name, title, filter, symbols)                                                                             \
    "<se:Rule><se:Name>" name "</se:Name><se:Description><se:Title>" title                                             \
    "</se:Title></se:Description>" filter symbols "</se:Rule>"
#define MARK(shape, colour, size)                                                                                      \
    "<se:PointSymbolizer><se:Graphic><se:Mark><se:WellKnownName>" shape "</se:WellKnownName>" FILL(colour)             \
        STROKE("#ffffff", "0.8") "</se:Mark><se:Size>" size "</se:Size></se:Graphic></se:PointSymbolizer>"
#define LABEL                                                                                                          \
    "<se:TextSymbolizer><se:Label><ogc:PropertyName>name_en</ogc:PropertyName>\n"                                      \
    "<ogc:PropertyName>name_ar</ogc:PropertyName></se:Label><se:Font>" PARAMETER(                                      \
        "font-size",                                                                                                   \
        "9") "</se:Font><se:Halo><se:Radius>1.2</se:Radius>" FILL("#ffffff") "</se:Halo>" FILL("#222222") "</se:TextSymbolizer>"

static inline smap_ctx *new_ctx(int threads) {
    smap_ctx_options options = SMAP_CTX_OPTIONS_INIT;
    smap_ctx *ctx = NULL;
    options.threads = threads;
    assert_int_equal(smap_ctx_new(&options, &ctx, NULL), SMAP_OK);
    return ctx;
}

static inline const smap__style *new_style(smap_ctx *ctx, const char *rules) {
    const smap__style *style = NULL;
    smap_error err = SMAP_ERROR_INIT;
    smap__str text = SMAP__STR_INIT;
    smap__str_put(&text, SLD_HEAD);
    smap__str_put(&text, rules);
    smap__str_put(&text, SLD_TAIL);
    if (smap__style_parse(ctx, "t.sld", text.data, text.len, &style, &err) != SMAP_OK) fail_msg("%s", err.message);
    smap__str_release(&text);
    return style;
}

/* A layer under construction: kind, name_en, name_ar and a geometry a row, in degrees unless made for another CRS. */
typedef struct making {
    smap_column_builder *column[3];
    smap_geometry_builder *geometry;
    int64_t rows;
} making;

static inline making make_layer(smap_ctx *ctx, const char *crs_name) {
    static const char *const name[] = { "kind", "name_en", "name_ar" };
    making m = { { NULL, NULL, NULL }, NULL, 0 };
    const smap_crs *crs = NULL;
    if (crs_name) assert_int_equal(smap_crs_new(ctx, crs_name, &crs, NULL), SMAP_OK);
    for (int i = 0; i < 3; i++)
        assert_int_equal(smap_column_builder_new(name[i], SMAP_TEXT, &m.column[i], NULL), SMAP_OK);
    assert_int_equal(smap_geometry_builder_new(crs, &m.geometry, NULL), SMAP_OK);
    smap_crs_free(crs);
    return m;
}

static inline void put_texts(making *m, const char *kind, const char *en, const char *ar) {
    const char *text[] = { kind, en, ar };
    for (int i = 0; i < 3; i++)
        assert_int_equal(smap_column_append_text(m->column[i], text[i], text[i] ? strlen(text[i]) : 0, NULL), SMAP_OK);
    m->rows++;
}

static inline void put_point(making *m, double x, double y, const char *kind, const char *en, const char *ar) {
    assert_int_equal(smap_geometry_append_point(m->geometry, x, y, NULL), SMAP_OK);
    put_texts(m, kind, en, ar);
}

/* One ring or line of n coordinates: type 2 = line, 3 = polygon. */
static inline void put_outline(making *m, int type, const double *xy, int n, const char *kind, const char *en,
                               const char *ar) {
    uint8_t wkb[4096];
    uint32_t header[] = { (uint32_t)type, 1, (uint32_t)n };
    size_t at = 0;
    wkb[at++] = 1;
    memcpy(wkb + at, &header[0], 4);
    at += 4;
    if (type == 3) {
        memcpy(wkb + at, &header[1], 4);
        at += 4;
    }
    memcpy(wkb + at, &header[2], 4);
    at += 4;
    assert_true(at + (size_t)n * 16 <= sizeof wkb);
    memcpy(wkb + at, xy, (size_t)n * 16);
    assert_int_equal(smap_geometry_append_wkb(m->geometry, wkb, at + (size_t)n * 16, NULL), SMAP_OK);
    put_texts(m, kind, en, ar);
}

static inline void put_box(making *m, smap_box b, const char *kind, const char *en, const char *ar) {
    double xy[] = { b.xmin, b.ymin, b.xmax, b.ymin, b.xmax, b.ymax, b.xmin, b.ymax, b.xmin, b.ymin };
    put_outline(m, 3, xy, 5, kind, en, ar);
}

static inline const smap_layer *finish_layer(making *m, const char *name) {
    const smap_column *column[3];
    const smap_table *table = NULL;
    const smap_geometry *geometry = NULL;
    const smap_layer *layer = NULL;
    for (int i = 0; i < 3; i++) {
        assert_int_equal(smap_column_builder_finish(m->column[i], &column[i], NULL), SMAP_OK);
        smap_column_builder_free(m->column[i]);
    }
    assert_int_equal(smap_table_new(column, 3, m->rows, &table, NULL), SMAP_OK);
    assert_int_equal(smap_geometry_builder_finish(m->geometry, &geometry, NULL), SMAP_OK);
    assert_int_equal(smap_layer_new(name, table, geometry, NULL, &layer, NULL), SMAP_OK);
    for (int i = 0; i < 3; i++) smap_column_free(column[i]);
    smap_table_free(table);
    smap_geometry_free(geometry);
    smap_geometry_builder_free(m->geometry);
    return layer;
}

static const smap__sheet_text needed_texts[] = {
    { "country", "Country", "بلد" },
    { "area", "Test area", "منطقة الاختبار" },
    { "title", "Made-up features for tests", "معالم مصطنعة للاختبار" },
    { "date_updated", "2023-09-18", NULL },
    { "produced", "2023-09-20", NULL },
    { "version", "1", NULL },
    { "audience", "For internal use only", "للاستخدام الداخلي فقط" },
    { "sources", "Nobody's survey", "مسح لا أحد" },
};
enum { NEEDED_TEXTS = sizeof needed_texts / sizeof *needed_texts };

/* A sheet about layers in a box of degrees, with everything that can be freed. */
typedef struct scene {
    smap_ctx *ctx;
    const smap_crs *wgs84;
    smap__sheet_layer layer[8];
    int layers;
    const char *sheet;       /* NULL = "overview" */
    const char *orientation; /* NULL = the sheet's */
    smap__sheet_options options;
} scene;

static inline void open_scene(scene *s, int threads, smap_box extent) {
    *s = (scene){ .ctx = new_ctx(threads) };
    assert_int_equal(smap_crs_new(s->ctx, "EPSG:4326", &s->wgs84, NULL), SMAP_OK);
    s->options = (smap__sheet_options){
        .lang = "both", .extent = extent, .extent_crs = s->wgs84, .text = needed_texts, .texts = NEEDED_TEXTS
    };
}

static inline smap__sheet_layer *add_layer(scene *s, making *m, const char *name, const char *rules) {
    smap__sheet_layer *l = &s->layer[s->layers++];
    l->layer = finish_layer(m, name);
    l->style = new_style(s->ctx, rules);
    l->in_legend = true;
    s->options.layer = s->layer;
    s->options.layers = s->layers;
    return l;
}

/* The sheet of the scene; what its file or it fails with. */
static inline smap_status try_compose(scene *s, smap__sheet **sheet, smap_error *err) {
    smap__sheet_file file;
    smap_status status = smap__sheet_file_open(s->ctx, s->sheet ? s->sheet : "overview", s->orientation, &file, err);
    if (status != SMAP_OK) return status;
    status = smap__sheet_compose(s->ctx, &file, &s->options, sheet, err);
    smap__sheet_file_release(&file);
    return status;
}

static inline smap__sheet *compose_scene(scene *s) {
    smap__sheet *sheet = NULL;
    smap_error err = SMAP_ERROR_INIT;
    if (try_compose(s, &sheet, &err) != SMAP_OK) fail_msg("%s", err.message);
    return sheet;
}

static inline void close_scene(scene *s) {
    for (int i = 0; i < s->layers; i++) {
        smap_layer_free(s->layer[i].layer);
        smap__style_free(s->layer[i].style);
    }
    smap_crs_free(s->wgs84);
    smap_ctx_free(s->ctx);
}

static inline double uniform(double low, double high) {
    return low + (high - low) * rand() / RAND_MAX;
}

#endif
