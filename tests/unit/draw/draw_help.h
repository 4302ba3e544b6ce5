/* What the tests of drawing share: a sink into memory, and PNG decoded with libpng's simplified reader. */
#ifndef DRAW_HELP_H
#define DRAW_HELP_H

#include <png.h>

#include "../sheet/sheet_help.h"
#include "base/fail.h"
#include "draw/draw.h"

typedef struct bytes {
    uint8_t *data;
    size_t len, capacity;
    int64_t calls, fail_at; /* the n-th call fails; 0 = none */
} bytes;

static inline smap_status keep_bytes(void *user, const void *data, size_t len, smap_error *err) {
    bytes *b = user;
    if (++b->calls == b->fail_at) return smap__fail(err, SMAP_E_IO, "test", "the test's disk is full");
    if (b->len + len > b->capacity) {
        b->capacity = 2 * (b->len + len);
        b->data = realloc(b->data, b->capacity);
        assert_non_null(b->data);
    }
    memcpy(b->data + b->len, data, len);
    b->len += len;
    return SMAP_OK;
}

typedef struct picture {
    uint8_t *rgb;
    int width, height;
} picture;

static inline picture decode(const void *data, size_t len) {
    png_image image = { .version = PNG_IMAGE_VERSION };
    assert_true(png_image_begin_read_from_memory(&image, data, len));
    image.format = PNG_FORMAT_RGB;
    picture p = { malloc(PNG_IMAGE_SIZE(image)), (int)image.width, (int)image.height };
    assert_non_null(p.rgb);
    assert_true(png_image_finish_read(&image, NULL, p.rgb, 0, NULL));
    return p;
}

static inline bool overlap(smap__rect_mm a, smap__rect_mm b) {
    static const double touch = 0.01;
    return a.x + touch < b.x + b.w && b.x + touch < a.x + a.w && a.y + touch < b.y + b.h && b.y + touch < a.y + a.h;
}

static inline bytes draw_scene(scene *s, smap__draw_report *report) {
    bytes out = { 0 };
    smap_error err = SMAP_ERROR_INIT;
    smap__sheet *sheet = compose_scene(s);
    if (smap__draw_png(s->ctx, sheet, keep_bytes, &out, report, &err) != SMAP_OK) fail_msg("%s", err.message);
    smap__sheet_free(sheet);
    return out;
}

/* A landscape of everything that is drawn: areas with holes and hatches, lines, marks, labels in both scripts. */
static inline void fill_scene(scene *s) {
    static const double lake[] = { 22.55, 32.72, 22.6,  32.75, 22.66, 32.74, 22.68,
                                   32.7,  22.63, 32.67, 22.57, 32.68, 22.55, 32.72 };
    static const double road[] = { 22.45, 32.62, 22.55, 32.66, 22.6, 32.65, 22.66, 32.76, 22.8, 32.79 };
    making m = make_layer(s->ctx, "EPSG:4326");
    put_box(&m, (smap_box){ 22.4, 32.66, 22.58, 32.9 }, "red", "West", "الغرب");
    put_box(&m, (smap_box){ 22.58, 32.5, 22.9, 32.66 }, "blue", "South-east", "الجنوب الشرقي");
    add_layer(s, &m, "districts",
              RULE("west", "West | الغرب", KIND_IS("red"),
                   "<se:PolygonSymbolizer>" FILL("#f1e7d0") STROKE("#8a8a8a", "1.2") "</se:PolygonSymbolizer>" LABEL)
                  RULE("east", "South-east | الجنوب الشرقي", KIND_IS("blue"),
                       "<se:PolygonSymbolizer>" FILL("#dfe9d5")
                           STROKE("#8a8a8a", "1.2") "</se:PolygonSymbolizer>" LABEL))
        ->is_base = true;
    m = make_layer(s->ctx, "EPSG:4326");
    put_outline(&m, 3, lake, 7, "water", "Lake", "بحيرة");
    add_layer(s, &m, "water",
              RULE("lake", "Lake | بحيرة", "",
                   "<se:PolygonSymbolizer><se:Fill><se:GraphicFill><se:Graphic><se:Mark><se:WellKnownName>slash"
                   "</se:WellKnownName>" STROKE("#2171b5", "0.7") "</se:Mark><se:Size>6</se:Size></se:Graphic>"
                                                                  "</se:GraphicFill></se:Fill>" STROKE(
                                                                      "#2171b5", "1") "</se:PolygonSymbolizer>"));
    m = make_layer(s->ctx, "EPSG:4326");
    put_outline(&m, 2, road, 5, "road", "Coast road", "الطريق الساحلي");
    add_layer(s, &m, "roads",
              RULE("road", "Road | طريق", "",
                   "<se:LineSymbolizer>" STROKE("#8c6d31", "3.6") "</se:LineSymbolizer><se:LineSymbolizer>" STROKE(
                       "#fdd49e", "2.2") "</se:LineSymbolizer>" LABEL));
    m = make_layer(s->ctx, "EPSG:4326");
    srand(17);
    for (int i = 0; i < 30; i++)
        put_point(&m, uniform(22.5, 22.7), uniform(32.61, 32.79), i % 2 ? "red" : "blue",
                  i % 3 ? NULL : "Harbour school", i % 3 ? NULL : "مدرسة الميناء");
    smap__sheet_layer *l =
        add_layer(s, &m, "points",
                  RULE("red", "Damaged | متضرر", KIND_IS("red"), MARK("triangle", "#f46d43", "10") LABEL)
                      RULE("blue", "Destroyed | مدمر", KIND_IS("blue"), MARK("square", "#a50026", "9") LABEL));
    l->synthetic = l->excerpt = true;
    s->options.inset[SMAP__INSET_COUNTRY].layer = s->layer;
    s->options.inset[SMAP__INSET_COUNTRY].layers = 1;
}

static const smap_box SCENE = { 22.5, 32.6, 22.7, 32.8 };

#endif
