/* libFuzzer target: any bytes as a symbol. What the gate lets through is drawn, in reasonable time, or refused with a
 * sentence. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "draw/svg_marks.h"
#include "style/svg.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(int holds) {
    if (!holds) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    smap_error err = SMAP_ERROR_INIT;
    smap__svg svg = { .file = "fuzz.svg", .text = (const char *)data, .len = size };
    smap_status status = smap__svg_gate(svg.file, svg.text, size, &svg.aspect, &err);
    check(status == SMAP_OK ? svg.aspect > 0 : err.message[0] != '\0');
    if (status != SMAP_OK) return 0;
    const smap__symbolizer s = {
        .kind = SMAP__SYM_POINT, .svg = &svg, .opacity = 1, .size_px = 14, .anchor_x = 0.5, .anchor_y = 0.5
    };
    smap__svg_marks marks = { .px_per_mm = 4 };
    err = (smap_error)SMAP_ERROR_INIT;
    status = smap__svg_marks_add(&marks, &s, 0, &err);
    check(status == SMAP_OK || err.message[0]);
    smap__svg_marks_release(&marks);
    return 0;
}
