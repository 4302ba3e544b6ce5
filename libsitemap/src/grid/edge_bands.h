/* The edges of a feature that spans many windows: by band for the whole raster, by window for one band. So a polygon of
 * a million edges costs each window what crosses it, and windows wholly inside nothing but their cells. */
#ifndef SMAP_GRID_EDGE_BANDS_H
#define SMAP_GRID_EDGE_BANDS_H

#include "grid/shape.h"

/* An edge: its first coordinate, counted from that of the feature; the top bit says that its sign is negative. */
typedef uint32_t smap__edge;

static inline int64_t smap__edge_coord(smap__edge edge) {
    return (int64_t)(edge & 0x7fffffffu);
}

static inline double smap__edge_sign(smap__edge edge) {
    return edge & 0x80000000u ? -1 : 1;
}

typedef struct smap__edge_bands {
    const smap__lattice *lattice;
    const smap_geometry *geometry;
    int64_t feature, first_coord;
    smap__cells cells;
    int64_t first_band, bands;
    size_t *first; /* bands + 1; NULL: edges are so long that every band is given all of them */
    smap__edge *edge;
    size_t edges;
} smap__edge_bands;

smap_status smap__edge_bands_init(smap__edge_bands *bands, const smap__lattice *lattice, const smap_geometry *geometry,
                                  int64_t feature, smap__cells cells, smap_error *err);
void smap__edge_bands_release(smap__edge_bands *bands);

typedef struct smap__band_edges {
    const smap__edge_bands *of;
    int64_t band, first_window, last_window;
    size_t *first; /* windows + 1 */
    smap__edge *edge;
    double *carry; /* polygons: what windows to the left cover of each row of the feature in this band */
    int64_t first_row, rows;
} smap__band_edges;

smap_status smap__band_edges_new(const smap__edge_bands *bands, int64_t band, smap__band_edges **out, smap_error *err);
void smap__band_edges_free(smap__band_edges *edges);
/* Does the feature have anything in that window of the band? Right for the windows in their order. */
bool smap__band_edges_live(const smap__band_edges *edges, int64_t window);

#endif
