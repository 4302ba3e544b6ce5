/* libFuzzer target: any bytes as WKB. What is read must be written, and read back as the same bytes. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "geo/wkb.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(int holds) {
    if (!holds) abort();
}

static const smap_geometry *read_all(const void *data, size_t size) {
    smap_geometry_builder *builder = NULL;
    const smap_geometry *geometry = NULL;
    smap__wkb_report report = SMAP__WKB_REPORT_INIT;
    check(smap_geometry_builder_new(NULL, &builder, NULL) == SMAP_OK);
    smap_status status = smap__wkb_append(builder, data, size, &report, NULL);
    if (status == SMAP_OK) check(smap_geometry_builder_finish(builder, &geometry, NULL) == SMAP_OK);
    smap__wkb_report_release(&report);
    smap_geometry_builder_free(builder);
    return geometry;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const smap_geometry *geometry = read_all(data, size);
    if (!geometry) return 0;
    size_t len = smap_geometry_wkb(geometry, 0, NULL, 0);
    if (len) {
        uint8_t *first = malloc(len), *second = malloc(len);
        check(first && second);
        check(smap_geometry_wkb(geometry, 0, first, len) == len);
        const smap_geometry *again = read_all(first, len);
        check(again && smap_geometry_wkb(again, 0, second, len) == len);
        check(memcmp(first, second, len) == 0);
        smap_geometry_free(again);
        free(first);
        free(second);
    }
    smap_geometry_free(geometry);
    return 0;
}
