#include "grid/cover.h"

#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"

smap_status smap__cover_begin(smap__cover *cover, int64_t column, int64_t row, int columns, int rows, bool keep_left,
                              smap_error *err) {
    size_t need = (size_t)rows * ((size_t)columns + 1);
    if (need > cover->sum_capacity) {
        smap__free(cover->sum);
        cover->sum_capacity = 0;
        cover->sum = smap__zalloc(need + need / 2, sizeof *cover->sum);
        if (!cover->sum) return smap__fail_memory(err);
        cover->sum_capacity = need + need / 2;
    }
    if (!smap__grow(&cover->touched, &cover->touched_capacity, (size_t)rows, sizeof *cover->touched))
        return smap__fail_memory(err);
    memset(cover->touched, 0, (size_t)rows);
    cover->column = (double)column;
    cover->row = (double)row;
    cover->columns = columns;
    cover->rows = rows;
    cover->keep_left = keep_left;
    return SMAP_OK;
}

void smap__cover_release(smap__cover *cover) {
    smap__free(cover->sum);
    smap__free(cover->touched);
}

/* ---- fractions ---- */

/* One edge within one row: it runs between columns xa and xb and has the signed height d. */
static void put(double *row, int columns, double xa, double xb, double d, bool keep_left) {
    double low = xa < xb ? xa : xb, high = xa < xb ? xb : xa;
    if (low >= columns) return;
    if (high < 0 || (high == 0 && low < 0)) {
        if (keep_left) row[0] += d;
        return;
    }
    int c = low > 0 ? (int)low : 0;
    if (low >= 0 && high <= c + 1) {
        double right = d * ((low + high) / 2 - c);
        row[c] += d - right;
        row[c + 1] += right;
        return;
    }
    double steep = d / (high - low);
    if (low < 0) {
        if (keep_left) row[0] -= steep * low;
        low = 0;
    }
    for (; c < high && c < columns; c++) {
        double end = high < c + 1 ? high : c + 1;
        double part = steep * (end - low), right = part * ((low + end) / 2 - c);
        row[c] += part - right;
        row[c + 1] += right;
        low = end;
    }
}

static double between(double x, double low, double high) {
    return x < low ? low : x > high ? high : x;
}

void smap__cover_edge(smap__cover *cover, double x0, double y0, double x1, double y1, double sign) {
    if (y0 == y1) return;
    if (y0 > y1) {
        double x = x0, y = y0;
        x0 = x1, y0 = y1, x1 = x, y1 = y;
        sign = -sign;
    }
    x0 -= cover->column, x1 -= cover->column;
    y0 -= cover->row, y1 -= cover->row;
    double low = x0 < x1 ? x0 : x1, high = x0 < x1 ? x1 : x0;
    if (y1 <= 0 || y0 >= cover->rows || low >= cover->columns || (high < 0 && !cover->keep_left)) return;
    double slope = (x1 - x0) / (y1 - y0);
    double end = y1 < cover->rows ? y1 : cover->rows, y = y0, x = x0;
    if (y0 < 0) {
        y = 0;
        x = between(x0 - y0 * slope, low, high);
    }
    size_t stride = (size_t)cover->columns + 1;
    for (int r = (int)y; y < end; r++) {
        double next_y = r + 1 < end ? r + 1 : end;
        double next_x = next_y == y1 ? x1 : between(x0 + (next_y - y0) * slope, low, high);
        put(cover->sum + (size_t)r * stride, cover->columns, x, next_x, sign * (next_y - y), cover->keep_left);
        cover->touched[r] = 1;
        x = next_x;
        y = next_y;
    }
}

/* ---- centres ---- */

typedef struct slant {
    double x, y, slope, sign;
    double first, end; /* rows whose centre the edge passes */
} slant;

static slant slant_of(double x0, double y0, double x1, double y1) {
    bool down = y0 < y1;
    slant s = { down ? x0 : x1, down ? y0 : y1, (x1 - x0) / (y1 - y0), down ? 1 : -1, 0, 0 };
    s.first = ceil(s.y - 0.5);
    s.end = ceil((down ? y1 : y0) - 0.5);
    return s;
}

/* The first column whose centre lies right of the edge in that row. */
static double behind(const slant *s, double row) {
    return floor(s->x + (row + 0.5 - s->y) * s->slope + 0.5);
}

void smap__cover_centre_edge(smap__cover *cover, double x0, double y0, double x1, double y1, double sign) {
    if (y0 == y1) return;
    slant s = slant_of(x0, y0, x1, y1);
    double row = s.first > cover->row ? s.first : cover->row;
    double end = s.end < cover->row + cover->rows ? s.end : cover->row + cover->rows;
    for (; row < end; row++) {
        double column = behind(&s, row) - cover->column;
        if (column >= cover->columns || (column < 0 && !cover->keep_left)) continue;
        int r = (int)(row - cover->row), c = column > 0 ? (int)column : 0;
        cover->sum[(size_t)r * ((size_t)cover->columns + 1) + (size_t)c] += sign * s.sign;
        cover->touched[r] = 1;
    }
}

double smap__cover_centres(double x0, double y0, double x1, double y1) {
    if (y0 == y1) return 0;
    slant s = slant_of(x0, y0, x1, y1);
    double sum = 0;
    for (double row = s.first; row < s.end; row++) sum -= s.sign * behind(&s, row);
    return sum;
}
