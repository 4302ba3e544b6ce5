#include "draw/pixel_cover.h"

#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"

smap_status smap__pixel_cover_init(smap__pixel_cover *cover, size_t cells, int rows, smap_error *err) {
    *cover = (smap__pixel_cover){ .cells = cells, .rows = rows };
    cover->cell = smap__zalloc(cells, sizeof *cover->cell);
    cover->low = smap__alloc((size_t)rows * sizeof *cover->low);
    cover->high = smap__alloc((size_t)rows * sizeof *cover->high);
    if (cover->cell && cover->low && cover->high) return SMAP_OK;
    smap__pixel_cover_release(cover);
    return smap__fail_memory(err);
}

void smap__pixel_cover_release(smap__pixel_cover *cover) {
    smap__free(cover->cell);
    smap__free(cover->low);
    smap__free(cover->high);
    *cover = (smap__pixel_cover){ 0 };
}

static int most(int a, int b) {
    return a > b ? a : b;
}

static int least(int a, int b) {
    return a < b ? a : b;
}

/* Is there room for the window's rows that are painted, with so many cells across a pixel? */
static bool lay_out(smap__pixel_cover *c, const smap__pixels *p, double width, double height, int fine) {
    if (!(width * fine <= (double)c->cells && height * fine <= INT16_MAX)) return false;
    c->fine = fine;
    c->width = (int)width * fine + 2; /* sums end one cell to the right */
    c->begin = most(0, p->first_row - c->y) * fine;
    c->end = least((int)height, p->first_row + p->rows - c->y) * fine;
    int rows = c->end - c->begin;
    return rows <= c->rows && (size_t)rows * (size_t)c->width <= c->cells;
}

bool smap__pixel_cover_open(smap__pixel_cover *c, const smap__pixels *p, double x0, double y0, double x1, double y1,
                            int fine, bool *shows) {
    *shows = x1 > p->left && x0 < p->right && y1 > fmax(p->top, p->first_row) &&
             y0 < fmin(p->bottom, p->first_row + p->rows);
    if (!*shows || !(x0 > INT16_MIN && y0 > INT16_MIN)) return false;
    c->x = (int)floor(x0);
    c->y = (int)floor(y0);
    double width = ceil(x1) - floor(x0) + 1, height = ceil(y1) - floor(y0) + 1;
    while (!lay_out(c, p, width, height, fine))
        if ((fine /= 2) == 0) return false;
    for (int i = 0; i < c->end - c->begin; i++) c->low[i] = c->width, c->high[i] = -1;
    return true;
}

/* The covered part to the right of a slanted edge grows from 0 at `left` to the whole at `right`: its integral. */
static float grown(float x, float left, float right, float scale) {
    if (x <= left) return 0;
    if (x >= right) return x - (left + right) * 0.5F;
    return (x - left) * (x - left) * scale;
}

/* The part of an edge that lies in one row: from xa to xb, `part` of the row high (negative: upwards). */
static void add_row(float *cell, int *low, int *high, float xa, float xb, float part) {
    float left = xa < xb ? xa : xb, right = xa < xb ? xb : xa;
    int first = (int)left;
    if (first < *low) *low = first;
    if (right <= (float)(first + 1)) {
        float inside = (left + right) * 0.5F - (float)first;
        cell[first] += part - part * inside;
        cell[first + 1] += part * inside;
        if (first + 1 > *high) *high = first + 1;
        return;
    }
    float scale = 0.5F / (right - left), before = 0, whole = 0;
    int i = first;
    for (; (float)i < right; i++) {
        float next = grown((float)(i + 1), left, right, scale), covered = next - whole;
        cell[i] += part * (covered - before);
        before = covered;
        whole = next;
    }
    cell[i] += part * (1 - before);
    if (i > *high) *high = i;
}

void smap__pixel_cover_edge(smap__pixel_cover *c, float ax, float ay, float bx, float by) {
    float sign = 1, fine = (float)c->fine;
    if (ay == by) return;
    if (c->fine > 1) ax *= fine, ay *= fine, bx *= fine, by *= fine;
    if (ay > by) {
        float x = ax, y = ay;
        ax = bx, ay = by, bx = x, by = y;
        sign = -1;
    }
    float slope = (bx - ax) / (by - ay), left = ax < bx ? ax : bx, right = ax < bx ? bx : ax;
    int last = least((int)ceilf(by), c->end);
    for (int row = most((int)ay, c->begin); row < last; row++) {
        float top = (float)row > ay ? (float)row : ay, bottom = (float)(row + 1) < by ? (float)(row + 1) : by;
        float xa = ax + (top - ay) * slope, xb = ax + (bottom - ay) * slope;
        xa = xa < left ? left : xa > right ? right : xa;
        xb = xb < left ? left : xb > right ? right : xb;
        int at = row - c->begin;
        add_row(c->cell + (size_t)at * (size_t)c->width, &c->low[at], &c->high[at], xa, xb, (bottom - top) * sign);
    }
}

/* Two channels at a time; the rounding is that of a division by 255. */
static uint32_t mix(uint32_t below, uint32_t above, uint32_t share) {
    static const uint32_t pair = 0x00ff00ff, half = 0x00800080;
    uint32_t rb = (above & pair) * share + (below & pair) * (255 - share) + half;
    uint32_t ag = ((above >> 8) & pair) * share + ((below >> 8) & pair) * (255 - share) + half;
    rb = ((rb + ((rb >> 8) & pair)) >> 8) & pair;
    ag = (ag + ((ag >> 8) & pair)) & ~pair;
    return rb | ag;
}

static float folded(float sum, int rule) {
    float whole = sum < 0 ? -sum : sum;
    if (whole <= 1) return whole;
    if (rule == SMAP__COVER_NON_ZERO) return 1;
    whole -= 2 * floorf(whole * 0.5F);
    return whole > 1 ? 2 - whole : whole;
}

/* How much of the pixel at `at` lies between `from` and `to`. */
static double shown(int at, double from, double to) {
    return fmax(0, fmin(to, at + 1) - fmax(from, at));
}

static void clear_row(smap__pixel_cover *c, int at) {
    c->low[at] = c->width, c->high[at] = -1;
}

static uint32_t *row_of(const smap__pixels *p, int y) {
    return (uint32_t *)(void *)(p->data + (size_t)(y - p->first_row) * (size_t)p->stride);
}

static void put_pixel(const smap__pixels *p, uint32_t *row, int x, uint32_t rgb, float share) {
    if (x < p->left || x + 1 > p->right) share *= (float)shown(x, p->left, p->right); /* 0 outside */
    uint32_t whole = (uint32_t)(share + 0.5F);
    if (whole) row[x] = whole == 255 ? rgb | 0xff000000U : mix(row[x], rgb | 0xff000000U, whole);
}

/* The first of cells i .. end - 1 that is not 0, or `end`. */
static int skip_zeros(const float *cell, int i, int end) {
    uint64_t pair;
    for (; i + 2 <= end; i += 2) {
        memcpy(&pair, cell + i, sizeof pair);
        if (pair) break;
    }
    while (i < end && cell[i] == 0) i++;
    return i;
}

/* Pixels begin .. end - 1, all covered alike. */
static void put_run(const smap__pixels *p, uint32_t *row, int begin, int end, uint32_t rgb, float share) {
    uint32_t whole = (uint32_t)(share + 0.5F);
    if (whole == 0) return;
    for (; begin < end && begin < p->left; begin++) put_pixel(p, row, begin, rgb, share);
    for (; begin < end && end > p->right; end--) put_pixel(p, row, end - 1, rgb, share);
    rgb |= 0xff000000U;
    for (int x = begin; x < end && whole == 255; x++) row[x] = rgb;
    for (int x = begin; x < end && whole < 255; x++) row[x] = mix(row[x], rgb, whole);
}

static void paint_row(smap__pixel_cover *c, const smap__pixels *p, int at, uint32_t rgb, float strength, int rule) {
    float *cell = c->cell + (size_t)at * (size_t)c->width, sum = 0;
    uint32_t *row = row_of(p, c->y + c->begin + at);
    for (int i = c->low[at], end = c->high[at] + 1; i < end;) {
        sum += cell[i];
        cell[i] = 0;
        float share = folded(sum, rule) * strength;
        put_pixel(p, row, c->x + i, rgb, share);
        int next = skip_zeros(cell, ++i, end);
        if (next > i) put_run(p, row, c->x + i, c->x + next, rgb, share);
        i = next;
    }
    clear_row(c, at);
}

/* The sums of a pixel's rows of cells, gathered in the first of them. */
static void gather(smap__pixel_cover *c, int at, int rule) {
    int low = c->low[at], high = c->high[at];
    float *into = c->cell + (size_t)at * (size_t)c->width;
    for (int k = 0; k < c->fine; k++) {
        float *cell = into + (size_t)k * (size_t)c->width, sum = 0;
        for (int i = c->low[at + k]; i <= c->high[at + k]; i++) {
            sum += cell[i];
            cell[i] = 0;
            into[i] += folded(sum, rule);
        }
        low = least(low, c->low[at + k]);
        high = most(high, c->high[at + k]);
        clear_row(c, at + k);
    }
    c->low[at] = low, c->high[at] = high;
}

static void paint_fine_row(smap__pixel_cover *c, const smap__pixels *p, int at, uint32_t rgb, float strength,
                           int rule) {
    gather(c, at, rule);
    float *cell = c->cell + (size_t)at * (size_t)c->width;
    uint32_t *row = row_of(p, c->y + (c->begin + at) / c->fine);
    for (int i = c->low[at] - c->low[at] % c->fine; i <= c->high[at]; i += c->fine) {
        float sum = 0;
        for (int k = i; k < i + c->fine && k < c->width; k++) sum += cell[k], cell[k] = 0;
        put_pixel(p, row, c->x + i / c->fine, rgb, sum * strength);
    }
    clear_row(c, at);
}

void smap__pixel_cover_paint(smap__pixel_cover *c, const smap__pixels *p, uint32_t rgb, double opacity, int rule) {
    for (int at = 0; at < c->end - c->begin; at += c->fine) {
        double strength = 255 * opacity * shown(c->y + (c->begin + at) / c->fine, p->top, p->bottom);
        if (c->fine > 1)
            paint_fine_row(c, p, at, rgb, (float)(strength / (c->fine * c->fine)), rule);
        else
            paint_row(c, p, at, rgb, (float)strength, rule);
    }
}
