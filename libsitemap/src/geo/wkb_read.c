/* The WKB reader: one recursive descent for ISO and EWKB, either byte order, all types, straight into the builder.
 * Nesting is limited, every count is checked against the bytes left before anything is reserved for it. */
#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "geo/arc.h"
#include "geo/geom_builder.h"
#include "geo/wkb.h"

#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define HOST_LITTLE true
#else
#define HOST_LITTLE false
#endif

enum { NESTING_LIMIT = 32 };

enum {
    WKB_POINT = 1,
    WKB_LINESTRING,
    WKB_POLYGON,
    WKB_MULTIPOINT,
    WKB_MULTILINESTRING,
    WKB_MULTIPOLYGON,
    WKB_COLLECTION,
    WKB_CIRCULARSTRING,
    WKB_COMPOUNDCURVE,
    WKB_CURVEPOLYGON,
    WKB_MULTICURVE,
    WKB_MULTISURFACE,
    WKB_CURVE, /* 13, 14: abstract, no instances */
    WKB_SURFACE,
    WKB_POLYHEDRALSURFACE,
    WKB_TIN,
    WKB_TRIANGLE
};

/* What a type is stored as, and what its parts may be: the bits of the allowed types. */
#define BIT(type) (1u << (type))
#define LINES (BIT(WKB_LINESTRING) | BIT(WKB_CIRCULARSTRING) | BIT(WKB_COMPOUNDCURVE))
#define ANYTHING 0x39FFEu /* 1 to 12 and 15 to 17 */
static const struct {
    uint8_t stored_as;
    uint32_t children; /* 0: not made of geometries */
} kinds[WKB_TRIANGLE + 1] = {
    [WKB_POINT] = { SMAP_GEOM_POINT, 0 },
    [WKB_LINESTRING] = { SMAP_GEOM_LINESTRING, 0 },
    [WKB_POLYGON] = { SMAP_GEOM_POLYGON, 0 },
    [WKB_MULTIPOINT] = { SMAP_GEOM_MULTIPOINT, BIT(WKB_POINT) },
    [WKB_MULTILINESTRING] = { SMAP_GEOM_MULTILINESTRING, BIT(WKB_LINESTRING) },
    [WKB_MULTIPOLYGON] = { SMAP_GEOM_MULTIPOLYGON, BIT(WKB_POLYGON) },
    [WKB_COLLECTION] = { SMAP_GEOM_COLLECTION, ANYTHING },
    [WKB_CIRCULARSTRING] = { SMAP_GEOM_LINESTRING, 0 },
    [WKB_COMPOUNDCURVE] = { SMAP_GEOM_LINESTRING, BIT(WKB_LINESTRING) | BIT(WKB_CIRCULARSTRING) },
    [WKB_CURVEPOLYGON] = { SMAP_GEOM_POLYGON, LINES },
    [WKB_MULTICURVE] = { SMAP_GEOM_MULTILINESTRING, LINES },
    [WKB_MULTISURFACE] = { SMAP_GEOM_MULTIPOLYGON, BIT(WKB_POLYGON) | BIT(WKB_CURVEPOLYGON) },
    [WKB_POLYHEDRALSURFACE] = { SMAP_GEOM_MULTIPOLYGON, BIT(WKB_POLYGON) | BIT(WKB_TRIANGLE) },
    [WKB_TIN] = { SMAP_GEOM_MULTIPOLYGON, BIT(WKB_POLYGON) | BIT(WKB_TRIANGLE) },
    [WKB_TRIANGLE] = { SMAP_GEOM_POLYGON, 0 },
};

typedef struct reader {
    const uint8_t *at, *end;
    smap_geometry_builder *builder;
    smap__wkb_problem problem;
    bool z, m, curve, surface, closed, dropped; /* seen in this feature */
    smap_error *err;
} reader;

typedef struct header {
    uint32_t type;
    bool swap, z, m;
    size_t stride; /* bytes of a coordinate */
} header;

/* SMAP_E_FORMAT stands for "see reader.problem"; the sentence is written by the callers that need one. */
static smap_status refuse(reader *r, smap__wkb_problem problem) {
    r->problem = problem;
    return SMAP_E_FORMAT;
}

static uint32_t get_u32(const uint8_t *at, bool swap) {
    uint32_t value;
    memcpy(&value, at, sizeof value);
    return swap ? __builtin_bswap32(value) : value;
}

static double get_double(const uint8_t *at, bool swap) {
    uint64_t bits;
    double value;
    memcpy(&bits, at, sizeof bits);
    if (swap) bits = __builtin_bswap64(bits);
    memcpy(&value, &bits, sizeof value);
    return value;
}

static size_t left(const reader *r) {
    return (size_t)(r->end - r->at);
}

static smap_status read_header(reader *r, header *h) {
    if (left(r) < 5) return refuse(r, SMAP__WKB_SHORT);
    if (r->at[0] > 1) return refuse(r, SMAP__WKB_BYTE_ORDER);
    h->swap = (r->at[0] == 1) != HOST_LITTLE;
    uint32_t code = get_u32(r->at + 1, h->swap), base = code & 0x0FFFFFFFu;
    r->at += 5;
    h->z = (code & 0x80000000u) || (base / 1000 & 1u);
    h->m = (code & 0x40000000u) || (base / 1000 & 2u);
    h->type = base % 1000;
    h->stride = 16 + (h->z ? 8u : 0u) + (h->m ? 8u : 0u);
    if (base >= 4000 || (code & 0x10000000u)) return refuse(r, SMAP__WKB_TYPE);
    if (h->type < 1 || h->type > WKB_TRIANGLE || !kinds[h->type].stored_as) return refuse(r, SMAP__WKB_TYPE);
    if (code & 0x20000000u) { /* EWKB: the SRID; the column's CRS rules */
        if (left(r) < 4) return refuse(r, SMAP__WKB_SHORT);
        r->at += 4;
    }
    r->z |= h->z;
    r->m |= h->m;
    return SMAP_OK;
}

/* A count of things that take at least `size` bytes each. */
static smap_status read_count(reader *r, const header *h, size_t size, uint32_t *count) {
    if (left(r) < 4) return refuse(r, SMAP__WKB_SHORT);
    *count = get_u32(r->at, h->swap);
    r->at += 4;
    return *count > left(r) / size ? refuse(r, SMAP__WKB_SHORT) : SMAP_OK;
}

/* ---- coordinates ---- */

/* x and y of `n` little-endian 2D coordinates, apart. An infinite or NaN value times 0 is NaN and stays so in a sum. */
static bool split_xy(const uint8_t *at, size_t n, double *restrict x, double *restrict y) {
    double bad_x = 0, bad_y = 0;
    for (size_t k = 0; k < n; k++, at += 16) {
        double pair[2];
        memcpy(pair, at, sizeof pair);
        x[k] = pair[0];
        y[k] = pair[1];
        bad_x += pair[0] * 0.0;
        bad_y += pair[1] * 0.0;
    }
    return bad_x + bad_y == 0;
}

static smap__vertex get_vertex(const header *h, const uint8_t *at) {
    smap__vertex v = { get_double(at, h->swap), get_double(at + 8, h->swap), NAN, NAN };
    if (h->z) v.z = get_double(at + 16, h->swap);
    if (h->m) v.m = get_double(at + (h->z ? 24 : 16), h->swap);
    return v;
}

/* NaN is "not known" for z and m alone. */
static bool is_usable(const smap__vertex *v) {
    return isfinite(v->x) && isfinite(v->y) && !isinf(v->z) && !isinf(v->m);
}

static smap_status put_vertex(reader *r, const smap__vertex *v) {
    smap_geometry_builder *b = r->builder;
    smap_status status;
    SMAP_TRY(smap__builder_reserve(b, 0, 0, 0, 1, r->err), done);
    if (!isnan(v->z)) {
        SMAP_TRY(smap__builder_need_z(b, r->err), done);
        smap__builder_put_z(b, v->z);
    }
    if (!isnan(v->m)) {
        SMAP_TRY(smap__builder_need_m(b, r->err), done);
        smap__builder_put_m(b, v->m);
    }
    smap__builder_put(b, v->x, v->y);
done:
    return status;
}

/* `n` coordinates with z or m, or of the other byte order. */
static smap_status read_vertices(reader *r, const header *h, uint32_t n) {
    smap_geometry_builder *b = r->builder;
    smap_status status = SMAP_OK;
    if (h->z) SMAP_TRY(smap__builder_need_z(b, r->err), done);
    if (h->m) SMAP_TRY(smap__builder_need_m(b, r->err), done);
    for (uint32_t k = 0; k < n; k++, r->at += h->stride) {
        smap__vertex v = get_vertex(h, r->at);
        if (!is_usable(&v)) return refuse(r, SMAP__WKB_NOT_FINITE);
        if (!isnan(v.z)) smap__builder_put_z(b, v.z);
        if (!isnan(v.m)) smap__builder_put_m(b, v.m);
        smap__builder_put(b, v.x, v.y);
    }
done:
    return status;
}

/* A counted run of coordinates, put as they are. */
static smap_status read_coords(reader *r, const header *h) {
    smap_geometry_builder *b = r->builder;
    uint32_t n;
    smap_status status;
    SMAP_TRY(read_count(r, h, h->stride, &n), done);
    SMAP_TRY(smap__builder_reserve(b, 0, 0, 0, (size_t)n + 1, r->err), done);
    if (h->stride != 16 || h->swap) return read_vertices(r, h, n);
    if (!split_xy(r->at, n, b->x + b->coords, b->y + b->coords)) return refuse(r, SMAP__WKB_NOT_FINITE);
    b->coords += n;
    r->at += (size_t)n * 16;
done:
    return status;
}

/* A counted run of arcs: every second point is on the way. */
static smap_status read_arcs(reader *r, const header *h) {
    uint32_t n;
    smap_status status;
    SMAP_TRY(read_count(r, h, h->stride, &n), done);
    if (!n) return SMAP_OK;
    if (n < 3 || n % 2 == 0) return refuse(r, SMAP__WKB_ARC);
    r->curve = true;
    smap__vertex v[3];
    for (uint32_t k = 0; k < n; k++, r->at += h->stride) {
        smap__vertex *vertex = &v[k ? 2 - k % 2 : 0];
        *vertex = get_vertex(h, r->at);
        if (!is_usable(vertex)) return refuse(r, SMAP__WKB_NOT_FINITE);
        if (k == 0) SMAP_TRY(put_vertex(r, &v[0]), done);
        if (k == 0 || k % 2) continue;
        smap__vertex points[SMAP__ARC_POINTS];
        size_t count = smap__arc(&v[0], &v[1], &v[2], points);
        for (size_t i = 0; i < count; i++) SMAP_TRY(put_vertex(r, &points[i]), done);
        v[0] = v[2];
    }
done:
    return status;
}

/* ---- parts ---- */

static smap_status end_part(reader *r, smap_geom_type type) {
    smap_status status = smap__builder_reserve(r->builder, 0, 1, 0, 0, r->err);
    if (status == SMAP_OK) smap__builder_end_part(r->builder, type);
    return status;
}

static smap_status end_ring(reader *r) {
    smap_status status = smap__builder_reserve(r->builder, 0, 0, 1, 0, r->err);
    if (status == SMAP_OK) smap__builder_end_ring(r->builder);
    return status;
}

/* End ring `k`, begun at coordinate `start`, of a polygon begun at ring `shell`: closed if it was not, left out if it
 * is empty. */
static smap_status end_polygon_ring(reader *r, uint32_t k, size_t shell, size_t start) {
    smap_geometry_builder *b = r->builder;
    if (b->coords == start) return SMAP_OK;
    if (k > 0 && b->rings == shell) return refuse(r, SMAP__WKB_NO_SHELL);
    size_t last = b->coords - 1;
    if (b->x[start] != b->x[last] || b->y[start] != b->y[last]) {
        smap__vertex first = { b->x[start], b->y[start], b->z_count > start ? b->z[start] : NAN,
                               b->m_count > start ? b->m[start] : NAN };
        smap_status status = put_vertex(r, &first);
        if (status != SMAP_OK) return status;
        r->closed = true;
    }
    return end_ring(r);
}

static smap_status read_point(reader *r, const header *h) {
    if (left(r) < h->stride) return refuse(r, SMAP__WKB_SHORT);
    smap__vertex v = get_vertex(h, r->at);
    r->at += h->stride;
    if (isnan(v.x) && isnan(v.y)) return SMAP_OK; /* POINT EMPTY */
    if (!is_usable(&v)) return refuse(r, SMAP__WKB_NOT_FINITE);
    smap_status status;
    SMAP_TRY(put_vertex(r, &v), done);
    SMAP_TRY(end_ring(r), done);
    SMAP_TRY(end_part(r, SMAP_GEOM_POINT), done);
done:
    return status;
}

static smap_status read_polygon(reader *r, const header *h) {
    smap_geometry_builder *b = r->builder;
    size_t shell = b->rings;
    uint32_t rings;
    smap_status status;
    SMAP_TRY(read_count(r, h, 4, &rings), done);
    for (uint32_t k = 0; k < rings; k++) {
        size_t start = b->coords;
        SMAP_TRY(read_coords(r, h), done);
        SMAP_TRY(end_polygon_ring(r, k, shell, start), done);
    }
    if (b->rings > shell) SMAP_TRY(end_part(r, SMAP_GEOM_POLYGON), done);
done:
    return status;
}

static smap_status read_curve(reader *r, const header *h, int depth);

static smap_status read_child_header(reader *r, const header *parent, int depth, header *child) {
    if (depth > NESTING_LIMIT) return refuse(r, SMAP__WKB_DEEP);
    smap_status status = read_header(r, child);
    if (status != SMAP_OK) return status;
    return kinds[parent->type].children & BIT(child->type) ? SMAP_OK : refuse(r, SMAP__WKB_CHILD);
}

/* The pieces of a compound curve, end to end; a piece repeats the last point of the one before. */
static smap_status read_compound(reader *r, const header *h, int depth) {
    smap_geometry_builder *b = r->builder;
    size_t first = b->coords;
    uint32_t pieces;
    smap_status status;
    SMAP_TRY(read_count(r, h, 9, &pieces), done);
    for (uint32_t k = 0; k < pieces; k++) {
        header piece;
        size_t start = b->coords;
        SMAP_TRY(read_child_header(r, h, depth + 1, &piece), done);
        SMAP_TRY(read_curve(r, &piece, depth + 1), done);
        if (start == first || b->coords == start) continue;
        if (b->x[start] != b->x[start - 1] || b->y[start] != b->y[start - 1]) continue;
        size_t moved = b->coords - start - 1;
        memmove(b->x + start, b->x + start + 1, moved * sizeof(double));
        memmove(b->y + start, b->y + start + 1, moved * sizeof(double));
        if (b->z_count > start) memmove(b->z + start, b->z + start + 1, (--b->z_count - start) * sizeof(double));
        if (b->m_count > start) memmove(b->m + start, b->m + start + 1, (--b->m_count - start) * sizeof(double));
        b->coords--;
    }
done:
    return status;
}

/* The coordinates of a line, arc string or compound curve. */
static smap_status read_curve(reader *r, const header *h, int depth) {
    if (h->type == WKB_CIRCULARSTRING) return read_arcs(r, h);
    if (h->type == WKB_COMPOUNDCURVE) return read_compound(r, h, depth);
    return read_coords(r, h);
}

static smap_status read_line(reader *r, const header *h, int depth) {
    size_t start = r->builder->coords;
    smap_status status = read_curve(r, h, depth);
    if (status != SMAP_OK || r->builder->coords == start) return status;
    status = end_ring(r);
    return status == SMAP_OK ? end_part(r, SMAP_GEOM_LINESTRING) : status;
}

static smap_status read_curve_polygon(reader *r, const header *h, int depth) {
    smap_geometry_builder *b = r->builder;
    size_t shell = b->rings;
    uint32_t rings;
    smap_status status;
    SMAP_TRY(read_count(r, h, 9, &rings), done);
    for (uint32_t k = 0; k < rings; k++) {
        header ring;
        size_t start = b->coords;
        SMAP_TRY(read_child_header(r, h, depth + 1, &ring), done);
        SMAP_TRY(read_curve(r, &ring, depth + 1), done);
        SMAP_TRY(end_polygon_ring(r, k, shell, start), done);
    }
    if (b->rings > shell) SMAP_TRY(end_part(r, SMAP_GEOM_POLYGON), done);
done:
    return status;
}

/* The parts of one geometry, its header read; those of multi-parts and collections one after the other. */
static smap_status read_parts(reader *r, const header *h, int depth) {
    switch (h->type) {
    case WKB_POINT:
        return read_point(r, h);
    case WKB_TRIANGLE:
        r->surface = true;
        return read_polygon(r, h);
    case WKB_POLYGON:
        return read_polygon(r, h);
    case WKB_CURVEPOLYGON:
        return read_curve_polygon(r, h, depth);
    case WKB_LINESTRING:
    case WKB_CIRCULARSTRING:
    case WKB_COMPOUNDCURVE:
        return read_line(r, h, depth);
    default:
        break;
    }
    if (h->type == WKB_POLYHEDRALSURFACE || h->type == WKB_TIN) r->surface = true;
    uint32_t count;
    smap_status status;
    SMAP_TRY(read_count(r, h, 9, &count), done);
    for (uint32_t k = 0; k < count; k++) {
        header child;
        size_t parts = r->builder->parts;
        SMAP_TRY(read_child_header(r, h, depth + 1, &child), done);
        SMAP_TRY(read_parts(r, &child, depth + 1), done);
        if (r->builder->parts == parts) r->dropped = true;
    }
done:
    return status;
}

/* One feature behind the others; the builder is as before when it fails. */
static smap_status read_feature(reader *r) {
    smap__builder_mark mark = smap__builder_mark_now(r->builder);
    header h;
    smap_status status;
    SMAP_TRY(smap__builder_reserve(r->builder, 1, 1, 1, 1, r->err), failed);
    SMAP_TRY(read_header(r, &h), failed);
    SMAP_TRY(read_parts(r, &h, 1), failed);
    if (left(r)) SMAP_TRY(refuse(r, SMAP__WKB_LEFT_OVER), failed);
    smap__builder_end_feature(r->builder, (smap_geom_type)kinds[h.type].stored_as);
    return SMAP_OK;
failed:
    smap__builder_rollback(r->builder, mark);
    return status;
}

/* ---- entry points ---- */

const char *smap__wkb_problem_text(smap__wkb_problem problem) {
    switch (problem) {
    case SMAP__WKB_OK:
        return "it is sound";
    case SMAP__WKB_SHORT:
        return "it is cut short";
    case SMAP__WKB_LEFT_OVER:
        return "bytes are left over behind its end";
    case SMAP__WKB_BYTE_ORDER:
        return "its byte order mark is neither 0 nor 1";
    case SMAP__WKB_TYPE:
        return "its type is not known";
    case SMAP__WKB_CHILD:
        return "a part is of a type that the whole cannot hold";
    case SMAP__WKB_DEEP:
        return "it is nested deeper than 32 levels";
    case SMAP__WKB_NOT_FINITE:
        return "a coordinate is infinite or not a number";
    case SMAP__WKB_NO_SHELL:
        return "a polygon has holes but no outer ring";
    case SMAP__WKB_ARC:
        return "an arc needs an odd number of points, three or more";
    }
    return "";
}

smap_status smap_geometry_append_wkb(smap_geometry_builder *builder, const void *wkb, size_t len, smap_error *err) {
    reader r = { .at = wkb, .end = (const uint8_t *)wkb + len, .builder = builder, .err = err };
    smap_status status = read_feature(&r);
    if (status == SMAP_E_FORMAT)
        return smap__fail(err, status, NULL, "a geometry of %zu bytes cannot be read: %s", len,
                          smap__wkb_problem_text(r.problem));
    return status;
}

void smap__wkb_report_release(smap__wkb_report *report) {
    smap__free(report->bad);
    *report = (smap__wkb_report)SMAP__WKB_REPORT_INIT;
}

void smap__wkb_report_clear(smap__wkb_report *report) {
    *report = (smap__wkb_report){ .bad = report->bad, .bad_capacity = report->bad_capacity };
}

static smap_status report_bad(smap__wkb_report *report, int64_t row, smap__wkb_problem problem, smap_error *err) {
    if (!smap__grow(&report->bad, &report->bad_capacity, report->bad_count + 1, sizeof *report->bad))
        return smap__fail_memory(err);
    report->bad[report->bad_count++] = (smap__wkb_bad){ row, problem };
    return SMAP_OK;
}

smap_status smap__wkb_report_add(smap__wkb_report *report, const smap__wkb_report *from, int64_t row_offset,
                                 smap_error *err) {
    for (size_t k = 0; k < from->bad_count; k++) {
        smap_status status = report_bad(report, from->bad[k].row + row_offset, from->bad[k].problem, err);
        if (status != SMAP_OK) return status;
    }
    report->with_z += from->with_z;
    report->with_m += from->with_m;
    report->curves += from->curves;
    report->surfaces += from->surfaces;
    report->closed += from->closed;
    report->dropped += from->dropped;
    return SMAP_OK;
}

smap_status smap__wkb_append(smap_geometry_builder *builder, const void *wkb, size_t len, smap__wkb_report *report,
                             smap_error *err) {
    reader r = { .at = wkb, .end = (const uint8_t *)wkb + len, .builder = builder, .err = err };
    smap_status status = read_feature(&r);
    if (status == SMAP_OK) {
        report->with_z += r.z;
        report->with_m += r.m;
        report->curves += r.curve;
        report->surfaces += r.surface;
        report->closed += r.closed;
        report->dropped += r.dropped;
        return SMAP_OK;
    }
    if (status != SMAP_E_FORMAT) return status;
    status = report_bad(report, (int64_t)builder->features, r.problem, err);
    return status == SMAP_OK ? smap_geometry_append_null(builder, err) : status;
}

smap_status smap__wkb_append_arrow(smap_geometry_builder *builder, const char *format, const struct ArrowArray *array,
                                   smap__wkb_report *report, smap_error *err) {
    bool large = strcmp(format, "Z") == 0;
    if (array->length == 0) return SMAP_OK;
    if ((!large && strcmp(format, "z") != 0) || array->n_buffers < 3)
        return smap__fail(err, SMAP_E_INTERNAL, NULL, "geometries came as Arrow \"%s\", not as binary", format);
    const uint8_t *validity = array->buffers[0], *bytes = array->buffers[2];
    const int32_t *narrow = array->buffers[1];
    const int64_t *wide = array->buffers[1];
    smap_status status = smap__builder_reserve(builder, (size_t)array->length, 0, 0, 0, err);
    for (int64_t k = 0; k < array->length && status == SMAP_OK; k++) {
        int64_t row = array->offset + k;
        int64_t from = large ? wide[row] : narrow[row], to = large ? wide[row + 1] : narrow[row + 1];
        if (validity && !((validity[row >> 3] >> (row & 7)) & 1))
            status = smap_geometry_append_null(builder, err);
        else
            status = smap__wkb_append(builder, bytes + from, (size_t)(to - from), report, err);
    }
    return status;
}
