#include "grid/slope.h"

#include <math.h>

#include "base/alloc.h"
#include "base/fail.h"

static const double PI = 3.14159265358979323846, M_PER_DEGREE = 111194.92664455873; /* of a sphere of 6371 km */

struct smap__slope {
    smap_ctx *ctx;
    const smap__grid_source *terrain;
    smap__grid_source grid;
    struct room {
        double *value;
        size_t capacity;
    } * room; /* of each worker: heights of a window and its rim */
};

/* Metres from cell to cell along a row, and from row to row. */
static void cell_size(const smap__grid_source *g, int64_t row, double *dx, double *dy) {
    *dx = fabs(g->transform[1]);
    *dy = fabs(g->transform[5]);
    if (!smap_crs_is_geographic(g->crs)) return;
    double latitude = g->transform[3] + ((double)row + 0.5) * g->transform[5];
    *dx *= M_PER_DEGREE * cos(latitude * PI / 180);
    *dy *= M_PER_DEGREE;
}

/* z: the height of the cell above left; `stride` to the next row. NaN among them makes the result NaN. */
static double horn(const double *z, int64_t stride, double dx, double dy) {
    const double *a = z, *b = z + stride, *c = z + 2 * stride;
    double east = (a[2] + 2 * b[2] + c[2]) - (a[0] + 2 * b[0] + c[0]);
    double north = (a[0] + 2 * a[1] + a[2]) - (c[0] + 2 * c[1] + c[2]);
    return atan(hypot(east / (8 * dx), north / (8 * dy))) * 180 / PI + 0 * b[1];
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
        double dx, dy;
        cell_size(s->terrain, row + r, &dx, &dy);
        for (int64_t c = 0; c < width; c++) values[r * width + c] = horn(&room->value[r * stride + c], stride, dx, dy);
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
    if (!s->room) {
        smap__free(s);
        return smap__fail_memory(err);
    }
    *out = s;
    return SMAP_OK;
}

void smap__slope_free(smap__slope *slope) {
    if (!slope) return;
    for (int k = 0; k < smap_ctx_threads(slope->ctx); k++) smap__free(slope->room[k].value);
    smap__free(slope->room);
    smap__free(slope);
}

const smap__grid_source *smap__slope_grid(const smap__slope *slope) {
    return &slope->grid;
}
