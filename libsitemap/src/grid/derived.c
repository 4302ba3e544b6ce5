#include "grid/derived.h"

#include <math.h>

#include "base/alloc.h"
#include "base/fail.h"

/* Corners may lie apart by so much of a cell: files round their places. */
static const double SAME_PLACE = 0.01;

typedef struct other {
    double *value;
    size_t capacity;
} other;

struct smap__derived {
    smap_ctx *ctx;
    const smap__grid_source *a, *b;
    smap__cells_fn fn;
    void *user;
    other *other; /* of each worker: cells of b */
    smap__grid_source grid;
};

static smap_status read_both(void *user, int worker, int64_t column, int64_t row, int64_t width, int64_t height,
                             double *values, smap_error *err) {
    const smap__derived *d = user;
    other *o = &d->other[worker];
    size_t n = (size_t)(width * height);
    if (!smap__grow(&o->value, &o->capacity, n, sizeof *o->value)) return smap__fail_memory(err);
    smap_status status = d->a->read(d->a->user, worker, column, row, width, height, values, err);
    if (status == SMAP_OK) status = d->b->read(d->b->user, worker, column, row, width, height, o->value, err);
    return status == SMAP_OK ? d->fn(values, o->value, width * height, d->user, err) : status;
}

static bool same_place(const smap__grid_source *a, const smap__grid_source *b, double column, double row) {
    double x = (a->transform[0] - b->transform[0]) + column * (a->transform[1] - b->transform[1]) +
               row * (a->transform[2] - b->transform[2]);
    double y = (a->transform[3] - b->transform[3]) + column * (a->transform[4] - b->transform[4]) +
               row * (a->transform[5] - b->transform[5]);
    double cell = fmin(hypot(a->transform[1], a->transform[4]), hypot(a->transform[2], a->transform[5]));
    return hypot(x, y) <= SAME_PLACE * cell;
}

static smap_status check_same(const smap__grid_source *a, const char *name_a, const smap__grid_source *b,
                              const char *name_b, smap_error *err) {
    if (a->crs && b->crs && !smap_crs_equal(a->crs, b->crs))
        return smap__fail(err, SMAP_E_CRS, name_b,
                          "%s: its cells are not those of %s: it is in %s, the other in %s; both must lie on one grid "
                          "(gdalwarp -t_srs ... -te ... -ts ... puts them there)",
                          name_b, name_a, smap_crs_name(b->crs), smap_crs_name(a->crs));
    double w = (double)a->width, h = (double)a->height;
    if (a->width == b->width && a->height == b->height && same_place(a, b, 0, 0) && same_place(a, b, w, 0) &&
        same_place(a, b, 0, h) && same_place(a, b, w, h))
        return SMAP_OK;
    return smap__fail(
        err, SMAP_E_ARGUMENT, name_b,
        "%s: its cells are not those of %s: it has %lld x %lld cells of %.10g x %.10g from (%.10g, %.10g), "
        "the other %lld x %lld of %.10g x %.10g from (%.10g, %.10g); both must lie on one grid (gdalwarp -te "
        "... -ts ... puts them there)",
        name_b, name_a, (long long)b->width, (long long)b->height, b->transform[1], b->transform[5], b->transform[0],
        b->transform[3], (long long)a->width, (long long)a->height, a->transform[1], a->transform[5], a->transform[0],
        a->transform[3]);
}

smap_status smap__derived_new(smap_ctx *ctx, const smap__grid_source *a, const char *name_a, const smap__grid_source *b,
                              const char *name_b, smap__cells_fn fn, void *user, smap__derived **out, smap_error *err) {
    smap_status status = check_same(a, name_a, b, name_b, err);
    if (status != SMAP_OK) return status;
    smap__derived *d = smap__zalloc(1, sizeof *d);
    other *others = smap__zalloc((size_t)smap_ctx_threads(ctx), sizeof *others);
    if (!d || !others) {
        smap__free(d);
        smap__free(others);
        return smap__fail_memory(err);
    }
    *d = (smap__derived){ .ctx = ctx, .a = a, .b = b, .fn = fn, .user = user, .other = others, .grid = *a };
    d->grid.read = read_both;
    d->grid.user = d;
    *out = d;
    return SMAP_OK;
}

void smap__derived_free(smap__derived *derived) {
    if (!derived) return;
    for (int k = 0; k < smap_ctx_threads(derived->ctx); k++) smap__free(derived->other[k].value);
    smap__free(derived->other);
    smap__free(derived);
}

const smap__grid_source *smap__derived_grid(const smap__derived *derived) {
    return &derived->grid;
}
