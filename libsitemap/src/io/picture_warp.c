/* Parts of a picture, shrunk by whole numbers and sampled. */
#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "io/picture_part.h"

enum { PIECE_PIXELS = 1 << 21, MOST_REACH = 30, MOST_TAPS = 2 * MOST_REACH + 2 };

/* ---- windows ---------------------------------------------------------------------------------------------------- */

static int64_t least(int64_t a, int64_t b) {
    return a < b ? a : b;
}

/* One to one: bytes to floats, colours by their alpha. */
static void take_plain(const uint8_t *from, float *to, int64_t n) {
    for (int64_t i = 0; i < n; i++, from += 4, to += 4) {
        float a = from[3] == 255 ? 1.0F : (float)from[3] * (1.0F / 255);
        for (int k = 0; k < 3; k++) to[k] = (float)from[k] * a;
        to[3] = from[3];
    }
}

/* The means of `shrink` x `shrink` pixels; those beyond the picture count as nothing there is. Sums of 255 x 255 pixels
 * fit into 32 bits. */
static void take_means(const uint8_t *from, int64_t width, int64_t rows, int shrink, float *to, int64_t out_width) {
    for (int64_t x = 0; x < out_width; x++) {
        uint32_t sum[4] = { 0, 0, 0, 0 };
        int64_t first = x * shrink, end = least(first + shrink, width);
        for (int64_t y = 0; y < rows; y++)
            for (const uint8_t *at = from + 4 * (y * width + first); at < from + 4 * (y * width + end); at += 4) {
                uint32_t a = at[3];
                sum[0] += at[0] * a;
                sum[1] += at[1] * a;
                sum[2] += at[2] * a;
                sum[3] += a;
            }
        double share = 1 / (double)((end - first) * rows);
        for (int k = 0; k < 3; k++) to[4 * x + k] = (float)(sum[k] * share / 255);
        to[4 * x + 3] = (float)(sum[3] * share);
    }
}

smap_status smap__picture_window_read(smap__picture *picture, int level, int shrink, smap__picture_window *w,
                                      smap_error *err) {
    const smap__picture_level *l = &picture->level[level];
    int64_t left = w->column * shrink, width = least(w->width * shrink, l->width - left);
    int64_t step = PIECE_PIXELS / (width * shrink);
    if (step < 1) step = 1;
    if (!smap__grow(&w->rgba, &w->capacity, (size_t)(w->width * w->height) * 4, sizeof *w->rgba) ||
        !smap__grow(&w->bytes, &w->bytes_capacity, (size_t)(width * least(step, w->height) * shrink) * 4, 1))
        return smap__fail_memory(err);
    for (int64_t y = 0; y < w->height; y += step) {
        int64_t top = (w->row + y) * shrink, rows = least(least(step, w->height - y) * shrink, l->height - top);
        smap_status status = picture->kind->read(picture, level, left, top, width, rows, w->bytes, err);
        if (status != SMAP_OK) return status;
        for (int64_t k = 0; k * shrink < rows; k++) {
            const uint8_t *from = w->bytes + 4 * k * shrink * width;
            float *to = w->rgba + 4 * (y + k) * w->width;
            if (shrink == 1)
                take_plain(from, to, width);
            else
                take_means(from, width, least(shrink, rows - k * shrink), shrink, to, w->width);
        }
    }
    return SMAP_OK;
}

void smap__picture_window_release(smap__picture_window *window) {
    smap__free(window->rgba);
    smap__free(window->bytes);
    *window = (smap__picture_window){ 0 };
}

/* ---- samples ---------------------------------------------------------------------------------------------------- */

static uint32_t pack(const float *rgba) {
    int a = (int)(rgba[3] + 0.5F), out[3];
    for (int k = 0; k < 3; k++) {
        out[k] = (int)(rgba[k] + 0.5F);
        if (out[k] > a) out[k] = a;
    }
    return (uint32_t)a << 24 | (uint32_t)out[0] << 16 | (uint32_t)out[1] << 8 | (uint32_t)out[2];
}

/* Weights of the pixels from *first on, which are in the window; all of them in the level sum up to 1, so that what
 * lies beyond its edge lets the page through. */
static int weigh(double at, double reach, int64_t begin, int64_t size, int64_t *first, float *weight) {
    int64_t from = (int64_t)ceil(at - 0.5 - reach), to = (int64_t)floor(at - 0.5 + reach);
    int count = 0;
    double sum = 0, value[MOST_TAPS];
    if (to - from >= MOST_TAPS) to = from + MOST_TAPS - 1;
    for (int64_t i = from; i <= to; i++) {
        value[i - from] = fmax(0, 1 - fabs((double)i + 0.5 - at) / reach);
        sum += value[i - from];
    }
    *first = from > begin ? from : begin;
    for (int64_t i = *first; i <= to && i < begin + size; i++) weight[count++] = (float)(value[i - from] / sum);
    return count;
}

uint32_t smap__picture_window_at(const smap__picture_window *w, double u, double v, double rx, double ry) {
    float across[MOST_TAPS], down[MOST_TAPS], sum[4] = { 0, 0, 0, 0 };
    int64_t x, y;
    int columns = weigh(u, fmin(rx, MOST_REACH), w->column, w->width, &x, across);
    int rows = weigh(v, fmin(ry, MOST_REACH), w->row, w->height, &y, down);
    for (int j = 0; j < rows; j++) {
        const float *from = w->rgba + 4 * ((y - w->row + j) * w->width + x - w->column);
        float line[4] = { 0, 0, 0, 0 };
        for (int i = 0; i < columns; i++, from += 4)
            for (int k = 0; k < 4; k++) line[k] += across[i] * from[k];
        for (int k = 0; k < 4; k++) sum[k] += down[j] * line[k];
    }
    return pack(sum);
}

uint32_t smap__picture_window_nearest(const smap__picture_window *w, double u, double v) {
    int64_t x = (int64_t)floor(u) - w->column, y = (int64_t)floor(v) - w->row;
    if (x < 0 || y < 0 || x >= w->width || y >= w->height) return 0;
    return pack(w->rgba + 4 * (y * w->width + x));
}
