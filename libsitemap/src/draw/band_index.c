#include "draw/band_index.h"

#include <math.h>

#include "base/alloc.h"
#include "base/fail.h"

static const double MITRE_REACH = 10; /* half widths of a stroke that a sharp corner may stand out */
static const double MARK_REACH = 1.5; /* half sizes: the corner of a square that is turned */

static double mark_reach_px(const smap__symbolizer *s) {
    double off = hypot(1 - 2 * s->anchor_x, 1 - 2 * s->anchor_y), aspect = s->svg ? fmax(s->svg->aspect, 1) : 1;
    return s->size_px / 2 * aspect * (MARK_REACH + off) + hypot(s->offset_x_px, s->offset_y_px);
}

/* How far beyond its coordinates a feature of that style may be painted. */
static double reach_mm(const smap__style *style) {
    double most = 0;
    for (int r = 0; r < style->rules; r++)
        for (int i = 0; i < style->rule[r].symbolizers; i++) {
            const smap__symbolizer *s = &style->rule[r].symbolizer[i];
            double reach = s->stroke.on ? s->stroke.width_px / 2 * MITRE_REACH : 0;
            if (s->kind == SMAP__SYM_POINT) reach += mark_reach_px(s);
            if (s->stroke.graphic) reach += mark_reach_px(s->stroke.graphic);
            reach += 2 * fabs(s->aside_px); /* of a mitred corner */
            if (s->kind != SMAP__SYM_TEXT) most = fmax(most, reach);
        }
    return most * SMAP__SLD_PIXEL_MM;
}

typedef struct rows {
    double px_per_mm, reach_mm;
    int rows, bands;
} rows;

/* The bands first .. last that a feature may show in; a pixel more, for coordinates are rounded. */
static void bands_of(const rows *r, const smap__drawn *d, int64_t f, int *first, int *last) {
    double low = d->anchor_y[f], high = low;
    for (uint32_t i = d->coord_begin[d->path_begin[f]]; i < d->coord_begin[d->path_begin[f + 1]]; i++) {
        low = d->y[i] < low ? d->y[i] : low;
        high = d->y[i] > high ? d->y[i] : high;
    }
    low = floor(((low - r->reach_mm) * r->px_per_mm - 1) / r->rows);
    high = floor(((high + r->reach_mm) * r->px_per_mm + 1) / r->rows);
    *first = (int)fmax(low, 0);
    *last = (int)fmin(high, r->bands - 1);
}

static smap_status index_layer(const rows *r, const smap__drawn *d, smap__band_layer *out, smap_error *err) {
    int first, last;
    out->begin = smap__zalloc((size_t)r->bands + 2, sizeof *out->begin);
    if (!out->begin) return smap__fail_memory(err);
    size_t *at = out->begin + 1; /* counts, then where the next one goes: one band behind what is asked for later */
    for (int64_t f = 0; f < d->features; f++) {
        bands_of(r, d, f, &first, &last);
        for (int b = first; b <= last; b++) at[b + 1]++;
    }
    for (int b = 0; b < r->bands; b++) at[b + 1] += at[b];
    out->feature = smap__alloc((at[r->bands] + 1) * sizeof *out->feature);
    if (!out->feature) return smap__fail_memory(err);
    for (int64_t f = 0; f < d->features; f++) {
        bands_of(r, d, f, &first, &last);
        for (int b = first; b <= last; b++) out->feature[at[b]++] = (uint32_t)f;
    }
    return SMAP_OK;
}

smap_status smap__band_index_make(smap__band_index *index, const smap__view *view, double px_per_mm, int row_count,
                                  int bands, smap_error *err) {
    smap_status status = SMAP_OK;
    *index = (smap__band_index){ .layers = view->drawns };
    index->layer = smap__zalloc((size_t)view->drawns + 1, sizeof *index->layer);
    if (!index->layer) return smap__fail_memory(err);
    for (int i = 0; i < view->drawns && status == SMAP_OK; i++) {
        rows r = { px_per_mm, reach_mm(view->drawn[i].style), row_count, bands };
        status = index_layer(&r, &view->drawn[i], &index->layer[i], err);
    }
    if (status != SMAP_OK) smap__band_index_release(index);
    return status;
}

void smap__band_index_release(smap__band_index *index) {
    for (int i = 0; index->layer && i < index->layers; i++) {
        smap__free(index->layer[i].feature);
        smap__free(index->layer[i].begin);
    }
    smap__free(index->layer);
    *index = (smap__band_index){ 0 };
}
