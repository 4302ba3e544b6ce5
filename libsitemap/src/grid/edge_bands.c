#include "grid/edge_bands.h"

#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"

/* Edges are listed up to so many times each, else every band is given all of them. */
enum { ENTRIES_AN_EDGE = 4 };

/* Where an edge passes between two rows is known to much less than this, in cells. */
static const double MARGIN = 1e-6;

static int64_t between(int64_t at, int64_t low, int64_t high) {
    return at < low ? low : at > high ? high : at;
}

/* ---- bands ---- */

static smap_status list_edges(smap__edge_bands *b, double *column, double *row) {
    const smap_geometry *g = b->geometry;
    smap__shape_kind kind = smap__shape_kind_of(g, b->feature);
    smap__shape_walk walk = smap__shape_begin(g, b->feature, kind);
    while (smap__shape_next(&walk)) {
        int64_t n = walk.end - walk.first;
        for (int64_t k = 0; k < n; k++)
            smap__lattice_place(b->lattice, g->x[walk.first + k], g->y[walk.first + k], column + k, row + k);
        double sign = kind == SMAP__SHAPE_AREAS ? smap__shape_sign(column, row, n, walk.hole) : 1;
        smap__edge edge = (smap__edge)(walk.first - b->first_coord) | (sign < 0 ? 0x80000000u : 0);
        for (int64_t k = 0; k + 1 < n; k++) b->edge[b->edges++] = edge + (smap__edge)k;
    }
    return SMAP_OK;
}

/* False: above or below the raster. */
static bool bands_of(const smap__edge_bands *b, smap__edge edge, int64_t *first, int64_t *last) {
    const smap_geometry *g = b->geometry;
    int64_t k = b->first_coord + smap__edge_coord(edge);
    double column, r0, r1;
    smap__lattice_place(b->lattice, g->x[k], g->y[k], &column, &r0);
    smap__lattice_place(b->lattice, g->x[k + 1], g->y[k + 1], &column, &r1);
    double low = fmin(r0, r1), high = fmax(r0, r1), end = (double)b->lattice->height;
    if (!(high >= 0 && low <= end)) return false;
    int64_t h = b->lattice->window_height;
    *first = between((int64_t)fmax(low, 0) / h - b->first_band, 0, b->bands - 1);
    *last = between((int64_t)fmin(high, end) / h - b->first_band, 0, b->bands - 1);
    return true;
}

static size_t count_entries(smap__edge_bands *b) {
    int64_t first, last;
    for (size_t e = 0; e < b->edges; e++)
        if (bands_of(b, b->edge[e], &first, &last))
            for (; first <= last; first++) b->first[first + 1]++;
    for (int64_t k = 0; k < b->bands; k++) b->first[k + 1] += b->first[k];
    return b->first[b->bands];
}

static smap_status sort_edges(smap__edge_bands *b, smap_error *err) {
    b->first = smap__zalloc((size_t)b->bands + 2, sizeof *b->first);
    if (!b->first) return smap__fail_memory(err);
    size_t entries = count_entries(b);
    if (entries > ENTRIES_AN_EDGE * b->edges + (size_t)b->bands) {
        smap__free(b->first);
        b->first = NULL;
        return SMAP_OK;
    }
    smap__edge *sorted = smap__zalloc(entries, sizeof *sorted);
    if (!sorted) return smap__fail_memory(err);
    int64_t first, last;
    for (size_t e = 0; e < b->edges; e++)
        if (bands_of(b, b->edge[e], &first, &last))
            for (; first <= last; first++) sorted[b->first[first]++] = b->edge[e];
    memmove(b->first + 1, b->first, (size_t)b->bands * sizeof *b->first);
    b->first[0] = 0;
    smap__free(b->edge);
    b->edge = sorted;
    return SMAP_OK;
}

smap_status smap__edge_bands_init(smap__edge_bands *bands, const smap__lattice *lattice, const smap_geometry *geometry,
                                  int64_t feature, smap__cells cells, smap_error *err) {
    int64_t end, h = lattice->window_height;
    *bands = (smap__edge_bands){ .lattice = lattice, .geometry = geometry, .feature = feature, .cells = cells };
    smap__geometry_span(geometry, feature, &bands->first_coord, &end);
    size_t n = (size_t)(end - bands->first_coord);
    if (n > 0x7fffffffu)
        return smap__fail(err, SMAP_E_LIMIT, "raster", "a feature has more than 2147483647 coordinates; simplify it");
    bands->first_band = cells.first_row / h;
    bands->bands = cells.last_row / h - bands->first_band + 1;
    double *place = smap__zalloc(n, 2 * sizeof *place);
    bands->edge = smap__zalloc(n, sizeof *bands->edge);
    smap_status status = place && bands->edge ? list_edges(bands, place, place + n) : smap__fail_memory(err);
    smap__free(place);
    return status == SMAP_OK ? sort_edges(bands, err) : status;
}

void smap__edge_bands_release(smap__edge_bands *bands) {
    smap__free(bands->first);
    smap__free(bands->edge);
}

/* ---- windows of a band ---- */

/* The windows that an edge may pass within the band; false: none. Half a cell more to the right, for the cell whose
 * centre comes next. */
static bool windows_of(const smap__band_edges *e, smap__edge edge, int64_t *first, int64_t *last) {
    const smap__edge_bands *b = e->of;
    const smap_geometry *g = b->geometry;
    int64_t k = b->first_coord + smap__edge_coord(edge), w = b->lattice->window_width;
    double x0, y0, x1, y1;
    smap__lattice_place(b->lattice, g->x[k], g->y[k], &x0, &y0);
    smap__lattice_place(b->lattice, g->x[k + 1], g->y[k + 1], &x1, &y1);
    double top = (double)e->first_row, bottom = (double)(e->first_row + e->rows);
    if (fmax(y0, y1) < top || fmin(y0, y1) > bottom) return false;
    double low = fmin(x0, x1), high = fmax(x0, x1);
    if (y0 != y1) {
        double slope = (x1 - x0) / (y1 - y0);
        double a = x0 + (fmin(fmax(y0, top), bottom) - y0) * slope, z = x0 + (fmin(fmax(y1, top), bottom) - y0) * slope;
        low = fmax(low, fmin(a, z) - MARGIN);
        high = fmin(high, fmax(a, z) + MARGIN);
    }
    double end = (double)b->lattice->width;
    if (!(low <= end)) return false;
    int64_t windows = e->last_window - e->first_window;
    *first = between((int64_t)fmax(low, 0) / w - e->first_window, 0, windows);
    *last = between((int64_t)fmax(fmin(high + 0.5, end), 0) / w - e->first_window, 0, windows);
    return true;
}

static smap_status sort_windows(smap__band_edges *e, const smap__edge *edge, size_t count, smap_error *err) {
    size_t windows = (size_t)(e->last_window - e->first_window + 1);
    int64_t first, last;
    e->first = smap__zalloc(windows + 2, sizeof *e->first);
    if (!e->first) return smap__fail_memory(err);
    for (size_t k = 0; k < count; k++)
        if (windows_of(e, edge[k], &first, &last))
            for (; first <= last; first++) e->first[first + 1]++;
    for (size_t w = 0; w < windows; w++) e->first[w + 1] += e->first[w];
    e->edge = smap__zalloc(e->first[windows], sizeof *e->edge);
    if (!e->edge) return smap__fail_memory(err);
    for (size_t k = 0; k < count; k++)
        if (windows_of(e, edge[k], &first, &last))
            for (; first <= last; first++) e->edge[e->first[first]++] = edge[k];
    memmove(e->first + 1, e->first, windows * sizeof *e->first);
    e->first[0] = 0;
    return SMAP_OK;
}

smap_status smap__band_edges_new(const smap__edge_bands *bands, int64_t band, smap__band_edges **out, smap_error *err) {
    const smap__lattice *l = bands->lattice;
    smap__band_edges *e = smap__zalloc(1, sizeof *e);
    if (!e) return smap__fail_memory(err);
    int64_t top = band * l->window_height, bottom = top + l->window_height - 1;
    e->of = bands;
    e->band = band;
    e->first_window = bands->cells.first_column / l->window_width;
    e->last_window = bands->cells.last_column / l->window_width;
    e->first_row = top > bands->cells.first_row ? top : bands->cells.first_row;
    e->rows = (bottom < bands->cells.last_row ? bottom : bands->cells.last_row) - e->first_row + 1;
    e->carry = smap__zalloc((size_t)e->rows, sizeof *e->carry);
    int64_t at = band - bands->first_band;
    size_t from = bands->first ? bands->first[at] : 0, end = bands->first ? bands->first[at + 1] : bands->edges;
    smap_status status = e->carry ? sort_windows(e, bands->edge + from, end - from, err) : smap__fail_memory(err);
    if (status != SMAP_OK) {
        smap__band_edges_free(e);
        return status;
    }
    *out = e;
    return SMAP_OK;
}

void smap__band_edges_free(smap__band_edges *edges) {
    if (!edges) return;
    smap__free(edges->first);
    smap__free(edges->edge);
    smap__free(edges->carry);
    smap__free(edges);
}

bool smap__band_edges_live(const smap__band_edges *edges, int64_t window) {
    int64_t at = window - edges->first_window;
    if (edges->first[at] < edges->first[at + 1]) return true;
    for (int64_t r = 0; r < edges->rows; r++)
        if (edges->carry[r] > 0.5) return true;
    return false;
}
