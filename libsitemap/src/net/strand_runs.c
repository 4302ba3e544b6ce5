#include "net/strand_runs.h"

#include "base/alloc.h"
#include "base/fail.h"
#include "geo/geom_column.h"
#include "geo/segment.h"

enum { SEGMENTS_A_RUN = 8 };

static size_t run_count_of(const smap__strand *s) {
    return (s->end - s->first - 1 + SEGMENTS_A_RUN - 1) / SEGMENTS_A_RUN;
}

static void put_runs(smap__strand_runs *r, uint32_t strand) {
    const smap__strand *s = &r->strands[strand];
    for (uint32_t first = s->first; first + 1 < s->end; first += SEGMENTS_A_RUN) {
        uint32_t end = s->end - 1 - first > SEGMENTS_A_RUN ? first + SEGMENTS_A_RUN : s->end - 1;
        smap_box box = smap__geometry_span_box(r->lines, first, (int64_t)end + 1);
        r->boxes[r->run_count] = box.xmin < box.xmax || box.ymin < box.ymax ? box : SMAP_BOX_EMPTY;
        r->runs[r->run_count++] = (smap__run){ strand, first, end };
    }
}

smap_status smap__strand_runs_find(const smap_geometry *lines, smap__strand_runs *out, smap_error *err) {
    size_t most = 0;
    *out = (smap__strand_runs){ .lines = lines };
    out->strands = smap__realloc(NULL, (size_t)lines->part_count, sizeof *out->strands);
    if (!out->strands) return smap__fail_memory(err);
    for (int64_t i = 0; i < lines->count; i++) (void)smap__strands_of(lines, i, out->strands, &out->strand_count);
    for (size_t k = 0; k < out->strand_count; k++) most += run_count_of(&out->strands[k]);
    out->runs = smap__realloc(NULL, most, sizeof *out->runs);
    out->boxes = smap__realloc(NULL, most, sizeof *out->boxes);
    if (!out->runs || !out->boxes) return smap__fail_memory(err);
    for (size_t k = 0; k < out->strand_count; k++) put_runs(out, (uint32_t)k);
    return smap__index_new(NULL, out->boxes, (int64_t)out->run_count, &out->index, err);
}

void smap__strand_runs_release(smap__strand_runs *runs) {
    smap__free(runs->strands);
    smap__free(runs->runs);
    smap__free(runs->boxes);
    smap__index_free(runs->index);
}

smap__line_place smap__place_on_segment(const smap_geometry *lines, uint32_t coord, double x, double y) {
    double share =
        smap__segment_share(x, y, lines->x[coord], lines->y[coord], lines->x[coord + 1], lines->y[coord + 1]);
    return (smap__line_place){ coord, fmin(share, nextafter(1, 0)), x, y };
}
