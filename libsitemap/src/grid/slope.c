#include "grid/slope.h"

#include <math.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "geo/angle.h"
#include "geo/metric.h"

struct smap__slope {
    smap_ctx *ctx;
    const smap__grid_source *terrain;
    smap__grid_source grid;
    smap__metric *metric; /* of each row, in its middle */
    struct room {
        double *value;
        size_t capacity;
    } * room; /* of each worker: heights of a window and its rim */
};

/* What a step in the plane is on the ground: a degree, a metre of UTM and one of Web Mercator all differ. */
static smap_status measure_rows(smap__slope *s, smap_error *err) {
    const smap__grid_source *t = s->terrain;
    double *x = smap__alloc((size_t)t->height * sizeof *x), *y = smap__alloc((size_t)t->height * sizeof *y);
    s->metric = smap__zalloc((size_t)t->height, sizeof *s->metric);
    smap_status status = x && y && s->metric ? SMAP_OK : smap__fail_memory(err);
    for (int64_t r = 0; status == SMAP_OK && r < t->height; r++) {
        x[r] = t->transform[0] + 0.5 * (double)t->width * t->transform[1];
        y[r] = t->transform[3] + ((double)r + 0.5) * t->transform[5];
    }
    if (status == SMAP_OK) status = smap__metric_at(s->ctx, t->crs, x, y, t->height, s->metric, err);
    smap__free(x);
    smap__free(y);
    return status;
}

/* z: the height of the cell above left; `stride` to the next row. The gradient in the plane by Horn's weights, its size
 * by the metric of the ground. NaN among the heights makes the result NaN. */
static double horn(const double *z, int64_t stride, double dx, double dy, const smap__metric *m) {
    const double *a = z, *b = z + stride, *c = z + 2 * stride;
    double p = ((a[2] + 2 * b[2] + c[2]) - (a[0] + 2 * b[0] + c[0])) / (8 * dx);
    double q = ((c[0] + 2 * c[1] + c[2]) - (a[0] + 2 * a[1] + a[2])) / (8 * dy);
    double square = (m->g * p * p - 2 * m->f * p * q + m->e * q * q) / (m->e * m->g - m->f * m->f);
    return smap__degrees(atan(sqrt(square))) + 0 * b[1];
}

/* The window with a rim of one cell; NaN where the terrain ends. */
static smap_status read_rimmed(const smap__slope *s, int worker, int64_t column, int64_t row, int64_t width,
                               int64_t height, double *z, smap_error *err) {
    const smap__grid_source *t = s->terrain;
    int64_t c0 = column > 0 ? column - 1 : 0, r0 = row > 0 ? row - 1 : 0;
    int64_t c1 = column + width < t->width ? column + width + 1 : t->width;
    int64_t r1 = row + height < t->height ? row + height + 1 : t->height;
    int64_t w = c1 - c0, h = r1 - r0, stride = width + 2;
    smap_status status = t->read(t->user, worker, c0, r0, w, h, z, err);
    if (status != SMAP_OK) return status;
    /* spread from the tight window to the rimmed one, back to front: they share their memory */
    int64_t dc = c0 - (column - 1), dr = r0 - (row - 1);
    for (int64_t k = (height + 2) * stride - 1; k >= 0; k--) {
        int64_t r = k / stride - dr, c = k % stride - dc;
        z[k] = r >= 0 && r < h && c >= 0 && c < w ? z[r * w + c] : NAN;
    }
    return SMAP_OK;
}

static smap_status read_slope(void *user, int worker, int64_t column, int64_t row, int64_t width, int64_t height,
                              double *values, smap_error *err) {
    smap__slope *s = user;
    struct room *room = &s->room[worker];
    int64_t stride = width + 2;
    if (!smap__grow(&room->value, &room->capacity, (size_t)(stride * (height + 2)), sizeof *room->value))
        return smap__fail_memory(err);
    smap_status status = read_rimmed(s, worker, column, row, width, height, room->value, err);
    for (int64_t r = 0; status == SMAP_OK && r < height; r++) {
        double dx = s->terrain->transform[1], dy = s->terrain->transform[5];
        for (int64_t c = 0; c < width; c++)
            values[r * width + c] = horn(&room->value[r * stride + c], stride, dx, dy, &s->metric[row + r]);
    }
    return status;
}

smap_status smap__slope_new(smap_ctx *ctx, const smap__grid_source *terrain, const char *name, smap__slope **out,
                            smap_error *err) {
    if (terrain->transform[2] != 0 || terrain->transform[4] != 0)
        return smap__fail(err, SMAP_E_ARGUMENT, name, "%s: its grid is turned; put it upright first (gdalwarp)", name);
    smap__slope *s = smap__zalloc(1, sizeof *s);
    if (!s) return smap__fail_memory(err);
    s->ctx = ctx;
    s->terrain = terrain;
    s->grid = *terrain;
    s->grid.read = read_slope;
    s->grid.user = s;
    s->room = smap__zalloc((size_t)smap_ctx_threads(ctx), sizeof *s->room);
    smap_status status = s->room ? measure_rows(s, err) : smap__fail_memory(err);
    if (status == SMAP_OK)
        *out = s;
    else
        smap__slope_free(s);
    return status;
}

void smap__slope_free(smap__slope *slope) {
    if (!slope) return;
    for (int k = 0; slope->room && k < smap_ctx_threads(slope->ctx); k++) smap__free(slope->room[k].value);
    smap__free(slope->room);
    smap__free(slope->metric);
    smap__free(slope);
}

const smap__grid_source *smap__slope_grid(const smap__slope *slope) {
    return &slope->grid;
}
