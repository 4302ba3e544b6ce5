#include "grid/lattice.h"

#include <math.h>

#include "base/fail.h"

/* Windows are joined up to SMALL cells, low ones (strips of a wide raster) up to TALL rows or LARGE cells, so that most
 * features lie in one; blocks over LARGE cells that span the raster's width are cut by rows. */
static const int64_t SMALL = 512 * 512, LARGE = 4 << 20, TALL = 48;

static int64_t least(int64_t a, int64_t b) {
    return a < b ? a : b;
}

static void choose_windows(smap__lattice *l) {
    int64_t w = l->block_width = least(l->block_width, l->width);
    int64_t h = l->block_height = least(l->block_height, l->height);
    while (w < l->width && w * h < SMALL && w <= h) w += l->block_width;
    while (h < l->height && (w * h < SMALL || (h < TALL && w * (h + l->block_height) <= LARGE))) h += l->block_height;
    while (w < l->width && w * h < SMALL) w += l->block_width;
    if (w >= l->width && w * h > LARGE) h = SMALL / w > 0 ? SMALL / w : 1;
    l->window_width = least(w, l->width);
    l->window_height = least(h, l->height);
    l->windows_across = (l->width - 1) / l->window_width + 1;
    l->bands = (l->height - 1) / l->window_height + 1;
}

smap_status smap__lattice_init(smap__lattice *lattice, const smap__grid_source *source, smap_error *err) {
    smap__lattice l = { .width = source->width,
                        .height = source->height,
                        .block_width = source->block_width,
                        .block_height = source->block_height };
    for (int i = 0; i < 6; i++) l.transform[i] = source->transform[i];
    const double *t = l.transform;
    l.upright = t[2] == 0 && t[4] == 0;
    l.determinant = t[1] * t[5] - t[2] * t[4];
    if (l.width < 1 || l.height < 1 || l.width > INT32_MAX || l.height > INT32_MAX || l.block_width < 1 ||
        l.block_height < 1 || !(fabs(l.determinant) > 0) || !isfinite(l.determinant))
        return smap__fail(err, SMAP_E_ARGUMENT, "raster", "the raster has no cells that could be measured");
    choose_windows(&l);
    *lattice = l;
    return SMAP_OK;
}

/* False: off the raster. */
static bool cut(double low, double high, int64_t count, int32_t *first, int32_t *last, bool *whole) {
    double end = (double)count;
    if (!(high >= 0 && low <= end)) return false;
    *whole = *whole && low >= 0 && high <= end;
    *first = low > 0 ? (int32_t)least((int64_t)low, count - 1) : 0;
    *last = high < end ? (int32_t)high : (int32_t)(count - 1);
    return true;
}

static void stretch(double at, double *low, double *high) {
    if (at < *low) *low = at;
    if (at > *high) *high = at;
}

smap__cells smap__lattice_cells(const smap__lattice *lattice, const double *x, const double *y, int64_t first,
                                int64_t end, bool *whole) {
    double left = HUGE_VAL, right = -HUGE_VAL, top = HUGE_VAL, bottom = -HUGE_VAL, none = 0;
    for (int64_t k = first; k < end; k++) {
        double column, row;
        smap__lattice_place(lattice, x[k], y[k], &column, &row);
        none += (column - column) + (row - row);
        stretch(column, &left, &right);
        stretch(row, &top, &bottom);
    }
    smap__cells c = SMAP__CELLS_NONE;
    *whole = true;
    if (none == 0 && cut(left, right, lattice->width, &c.first_column, &c.last_column, whole) &&
        cut(top, bottom, lattice->height, &c.first_row, &c.last_row, whole))
        return c;
    *whole = false;
    return SMAP__CELLS_NONE;
}
