/* Points in polygons. The parts of all areas go into one packed index; a part with many edges is also cut into
 * horizontal bands that list the edges they meet, so that a point is tested against a few edges even in a coast of a
 * hundred thousand. The tests themselves are exact (geo/orient.h): a point is inside, outside or on the border. */
#include "overlay/locate.h"

#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/parallel.h"
#include "geo/geom_column.h"
#include "geo/index.h"
#include "geo/orient.h"

enum { POINT_CHUNK = 4096, PART_CHUNK = 256, BAND_FROM = 48, EDGES_A_BAND = 8, ENTRIES_AN_EDGE = 4 };

/* ---- one part ---- */

typedef struct crossing {
    bool odd, border;
} crossing;

/* Count the edge from coordinate k to k + 1 against a ray from the point to the right. */
static void meet(const smap_geometry *g, int64_t k, double px, double py, crossing *c) {
    double ax = g->x[k], ay = g->y[k], bx = g->x[k + 1], by = g->y[k + 1];
    if ((ay > py) == (by > py)) {
        if (ay != py && by != py) return;
        bool at_end = (ax == px && ay == py) || (bx == px && by == py);
        bool within = ay == py && by == py && (ax < px) != (bx < px);
        c->border |= at_end || within;
        return;
    }
    if (ax < px && bx < px) return;
    if (ax > px && bx > px) {
        c->odd = !c->odd;
        return;
    }
    double side = smap__orient(ax, ay, bx, by, px, py);
    c->border |= side == 0;
    if ((side > 0) == (by > ay)) c->odd = !c->odd;
}

static bool scan_part(const smap_geometry *g, int64_t part, double px, double py) {
    crossing c = { false, false };
    for (int64_t ring = smap_geom_ring(g, part); ring < smap_geom_ring(g, part + 1); ring++)
        for (int64_t k = smap_geom_coord(g, ring); k + 1 < smap_geom_coord(g, ring + 1); k++) meet(g, k, px, py, &c);
    return c.odd || c.border;
}

bool smap__polygon_contains(const smap_geometry *polygons, int64_t feature, double x, double y) {
    for (int64_t part = smap_geom_part(polygons, feature); part < smap_geom_part(polygons, feature + 1); part++)
        if (smap__geometry_part_type(polygons, feature, part) == SMAP_GEOM_POLYGON && scan_part(polygons, part, x, y))
            return true;
    return false;
}

/* ---- bands ---- */

typedef struct banded {
    double bottom, scale;
    int64_t bands;   /* 0: few edges, scan them all */
    uint32_t *start; /* bands + 1 */
    uint32_t *edges; /* first coordinates, band by band */
} banded;

/* Monotone in y: an edge lies in the bands from that of its low end to that of its high end. */
static int64_t band_at(const banded *b, double y) {
    double at = (y - b->bottom) * b->scale;
    return at > 0 ? at < (double)b->bands ? (int64_t)at : b->bands - 1 : 0;
}

typedef void (*edge_fn)(banded *b, int64_t first_band, int64_t last_band, int64_t k, uint64_t *total);

static uint64_t each_edge(banded *b, const smap_geometry *g, int64_t part, edge_fn fn) {
    uint64_t total = 0;
    for (int64_t ring = smap_geom_ring(g, part); ring < smap_geom_ring(g, part + 1); ring++)
        for (int64_t k = smap_geom_coord(g, ring); k + 1 < smap_geom_coord(g, ring + 1); k++) {
            double y0 = g->y[k], y1 = g->y[k + 1];
            fn(b, band_at(b, fmin(y0, y1)), band_at(b, fmax(y0, y1)), k, &total);
        }
    return total;
}

static void count_entries(banded *b, int64_t first, int64_t last, int64_t k, uint64_t *total) {
    (void)b;
    (void)k;
    *total += (uint64_t)(last - first + 1);
}

static void count_in_bands(banded *b, int64_t first, int64_t last, int64_t k, uint64_t *total) {
    (void)k;
    (void)total;
    for (; first <= last; first++) b->start[first + 1]++;
}

static void put_in_bands(banded *b, int64_t first, int64_t last, int64_t k, uint64_t *total) {
    (void)total;
    for (; first <= last; first++) b->edges[b->start[first]++] = (uint32_t)k;
}

/* As many bands as give some edges each, fewer where tall edges would fill too many of them. */
static smap_status band_part(banded *b, const smap_geometry *g, int64_t part, smap_error *err) {
    int64_t first = smap_geom_coord(g, smap_geom_ring(g, part)), end = smap_geom_coord(g, smap_geom_ring(g, part + 1));
    smap_box box = smap__geometry_span_box(g, first, end);
    double low = box.ymin, high = box.ymax;
    b->bands = 0;
    if (end - first < BAND_FROM || !(high > low)) return SMAP_OK;
    uint64_t entries;
    b->bottom = low;
    b->bands = (end - first) / EDGES_A_BAND;
    do {
        b->scale = (double)b->bands / (high - low);
        entries = each_edge(b, g, part, count_entries);
    } while (entries > (uint64_t)(end - first) * ENTRIES_AN_EDGE && (b->bands /= 2) > 1);
    if (!isfinite(b->scale) || b->bands <= 1 || entries > UINT32_MAX) {
        b->bands = 0;
        return SMAP_OK;
    }
    b->start = smap__zalloc((size_t)b->bands + 2, sizeof *b->start);
    b->edges = smap__realloc(NULL, (size_t)entries, sizeof *b->edges);
    if (!b->start || !b->edges) return smap__fail_memory(err);
    each_edge(b, g, part, count_in_bands);
    for (int64_t k = 0; k < b->bands; k++) b->start[k + 1] += b->start[k];
    each_edge(b, g, part, put_in_bands);
    /* Filling moved every start to its end, which is the next one's start. */
    memmove(b->start + 1, b->start, (size_t)b->bands * sizeof *b->start);
    b->start[0] = 0;
    return SMAP_OK;
}

static bool part_contains(const banded *b, const smap_geometry *g, int64_t part, double px, double py) {
    if (!b->bands) return scan_part(g, part, px, py);
    crossing c = { false, false };
    int64_t band = band_at(b, py);
    for (uint32_t k = b->start[band]; k < b->start[band + 1]; k++) meet(g, b->edges[k], px, py, &c);
    return c.odd || c.border;
}

/* ---- all areas, prepared ---- */

struct smap__locator {
    const smap_geometry *areas;
    banded *parts;
    smap_box *boxes;
    int64_t *feature; /* of each part */
    smap__index *index;
};

void smap__locator_free(smap__locator *p) {
    if (!p) return;
    for (int64_t k = 0; p->parts && k < p->areas->part_count; k++) {
        smap__free(p->parts[k].start);
        smap__free(p->parts[k].edges);
    }
    smap__free(p->parts);
    smap__free(p->boxes);
    smap__free(p->feature);
    smap__index_free(p->index);
    smap__free(p);
}

static smap_box part_box(const smap_geometry *g, int64_t part) {
    return smap__geometry_span_box(g, smap_geom_coord(g, smap_geom_ring(g, part)),
                                   smap_geom_coord(g, smap_geom_ring(g, part + 1)));
}

static smap_status prepare_chunk(int worker, int64_t chunk, void *user, smap_error *err) {
    (void)worker;
    smap__locator *p = user;
    int64_t end = p->areas->part_count;
    if (end > (chunk + 1) * PART_CHUNK) end = (chunk + 1) * PART_CHUNK;
    for (int64_t part = chunk * PART_CHUNK; part < end; part++) {
        if (smap__box_is_empty(p->boxes[part])) continue;
        smap_status status = band_part(&p->parts[part], p->areas, part, err);
        if (status != SMAP_OK) return status;
    }
    return SMAP_OK;
}

static smap_status prepare(smap_ctx *ctx, smap__locator *p, smap_error *err) {
    const smap_geometry *g = p->areas;
    size_t parts = (size_t)g->part_count;
    p->parts = smap__zalloc(parts, sizeof *p->parts);
    p->boxes = smap__realloc(NULL, parts, sizeof *p->boxes);
    p->feature = smap__realloc(NULL, parts, sizeof *p->feature);
    if (!p->parts || !p->boxes || !p->feature) return smap__fail_memory(err);
    for (int64_t i = 0; i < g->count; i++)
        for (int64_t part = smap_geom_part(g, i); part < smap_geom_part(g, i + 1); part++) {
            bool polygon = smap__geometry_part_type(g, i, part) == SMAP_GEOM_POLYGON;
            p->boxes[part] = polygon ? part_box(g, part) : SMAP_BOX_EMPTY;
            p->feature[part] = i;
        }
    smap_status status = smap__index_new(ctx, p->boxes, g->part_count, &p->index, err);
    if (status != SMAP_OK) return status;
    return smap__parallel(ctx, (g->part_count + PART_CHUNK - 1) / PART_CHUNK, prepare_chunk, p, err);
}

smap_status smap__locator_new(smap_ctx *ctx, const smap_geometry *areas, smap__locator **out, smap_error *err) {
    smap__locator *p = smap__zalloc(1, sizeof *p);
    if (!p) return smap__fail_memory(err);
    p->areas = areas;
    smap_status status = prepare(ctx, p, err);
    if (status == SMAP_OK)
        *out = p;
    else
        smap__locator_free(p);
    return status;
}

/* Parts come in the order of their features. */
smap_status smap__locator_holders(const smap__locator *locator, double x, double y, smap__hits *hits, smap_error *err) {
    smap_status status = smap__index_query(locator->index, (smap_box){ x, y, x, y }, hits, err);
    size_t parts = hits->count;
    hits->count = 0;
    for (size_t k = 0; k < parts && status == SMAP_OK; k++) {
        int64_t part = hits->ids[k], feature = locator->feature[part];
        if (hits->count && hits->ids[hits->count - 1] == feature) continue;
        if (part_contains(&locator->parts[part], locator->areas, part, x, y)) hits->ids[hits->count++] = feature;
    }
    return status;
}

/* ---- the join ---- */

typedef struct locate_job {
    const smap__locator *areas;
    const smap_geometry *points;
    smap__hits *hits; /* one a worker */
    int64_t *area;
} locate_job;

/* Hits come in order of parts, parts in order of features: the first that holds the point has the lowest row. */
static smap_status locate_one(const smap__locator *p, double x, double y, smap__hits *hits, int64_t *area,
                              smap_error *err) {
    smap_status status = smap__index_query(p->index, (smap_box){ x, y, x, y }, hits, err);
    *area = -1;
    for (size_t k = 0; k < hits->count && status == SMAP_OK; k++)
        if (part_contains(&p->parts[hits->ids[k]], p->areas, hits->ids[k], x, y)) {
            *area = p->feature[hits->ids[k]];
            break;
        }
    return status;
}

static smap_status locate_chunk(int worker, int64_t chunk, void *user, smap_error *err) {
    const locate_job *job = user;
    int64_t end = job->points->count;
    if (end > (chunk + 1) * POINT_CHUNK) end = (chunk + 1) * POINT_CHUNK;
    for (int64_t i = chunk * POINT_CHUNK; i < end; i++) {
        double x, y;
        smap_status status = smap__geometry_anchor(job->points, i, &x, &y, err);
        job->area[i] = -1;
        if (status == SMAP_OK && isfinite(x) && isfinite(y))
            status = locate_one(job->areas, x, y, &job->hits[worker], &job->area[i], err);
        if (status != SMAP_OK) return status;
    }
    return SMAP_OK;
}

smap_status smap__locate(smap_ctx *ctx, const smap_geometry *points, const smap_geometry *areas, int64_t *area,
                         smap_error *err) {
    if ((points->crs || areas->crs) && !smap_crs_equal(points->crs, areas->crs))
        return smap__fail(err, SMAP_E_CRS, NULL,
                          "points in %s cannot be located in areas in %s; transform one of them first",
                          points->crs ? smap_crs_name(points->crs) : "an unknown coordinate reference system",
                          areas->crs ? smap_crs_name(areas->crs) : "an unknown coordinate reference system");
    int workers = smap_ctx_threads(ctx);
    smap__locator *locator = NULL;
    smap__hits *hits = smap__zalloc((size_t)workers, sizeof *hits);
    smap_status status;
    if (!hits) return smap__fail_memory(err);
    SMAP_TRY(smap__locator_new(ctx, areas, &locator, err), done);
    locate_job job = { locator, points, hits, area };
    SMAP_TRY(smap__parallel(ctx, (points->count + POINT_CHUNK - 1) / POINT_CHUNK, locate_chunk, &job, err), done);
done:
    smap__hits_free(hits, workers);
    smap__locator_free(locator);
    return status;
}
