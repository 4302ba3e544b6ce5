/* libFuzzer target: any bytes as a style. What is read must compile to QML that is well-formed XML. */
#include <expat.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "qgis/qml.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(int holds) {
    if (!holds) abort();
}

static void compile(smap_ctx *ctx, const smap__style *style) {
    smap__qml_options options = { .shape = SMAP__SHAPE_POINT | SMAP__SHAPE_LINE | SMAP__SHAPE_POLYGON, .lang = "both" };
    char *qml = NULL;
    check(smap__qml_compile(ctx, style, &options, &qml, NULL) == SMAP_OK);
    XML_Parser parser = XML_ParserCreate(NULL);
    check(parser && XML_Parse(parser, qml, (int)strlen(qml), 1) == XML_STATUS_OK);
    XML_ParserFree(parser);
    smap__free(qml);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static smap_ctx *ctx;
    const smap__style *style = NULL;
    smap_error err = SMAP_ERROR_INIT;
    if (!ctx) check(smap_ctx_new(NULL, &ctx, NULL) == SMAP_OK);
    smap_status status = smap__style_parse(ctx, "fuzz.sld", (const char *)data, size, &style, &err);
    check((status == SMAP_OK) == (style != NULL));
    check(status == SMAP_OK || err.message[0]);
    if (!style) return 0;
    compile(ctx, style);
    smap__style_free(style);
    return 0;
}
