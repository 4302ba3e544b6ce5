#include "intake/shape_check.h"

#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/str.h"
#include "geo/geom_column.h"
#include "geo/geos_bridge.h"

/* What becomes of a feature. */
enum { KEEP, DROP, REPAIR, TO_POINT };

typedef struct checker {
    smap_ctx *ctx;
    const smap__rules *rules;
    smap__source_rows *rows;
    const smap_geometry *geometry;
    smap__geos *geos;
    smap_geometry_builder *builder; /* NULL until the first feature that does not stay as it is */
    uint8_t *buffer;
    size_t capacity;
    int64_t points_made, first_point_made;
} checker;

static unsigned shape_of_type(uint8_t type) {
    switch (type) {
    case SMAP_GEOM_POINT:
    case SMAP_GEOM_MULTIPOINT:
        return SMAP__SHAPE_POINT;
    case SMAP_GEOM_LINESTRING:
    case SMAP_GEOM_MULTILINESTRING:
        return SMAP__SHAPE_LINE;
    case SMAP_GEOM_POLYGON:
    case SMAP_GEOM_MULTIPOLYGON:
        return SMAP__SHAPE_POLYGON;
    default:
        return 0;
    }
}

static unsigned shapes_of(const smap_geometry *g, int64_t feature) {
    if (g->type[feature] != SMAP_GEOM_COLLECTION) return shape_of_type(g->type[feature]);
    unsigned shapes = 0;
    for (int64_t p = smap_geom_part(g, feature); p < smap_geom_part(g, feature + 1); p++) {
        if (g->part_type) shapes |= shape_of_type(g->part_type[p]);
    }
    return shapes;
}

static const char *shape_name(unsigned shapes) {
    switch (shapes) {
    case SMAP__SHAPE_POINT:
        return "point";
    case SMAP__SHAPE_LINE:
        return "line";
    case SMAP__SHAPE_POLYGON:
        return "polygon";
    default:
        return "mixed shape";
    }
}

static bool inside(smap_box box, double x, double y) {
    return x >= box.xmin && x <= box.xmax && y >= box.ymin && y <= box.ymax;
}

static bool all_finite(const smap_geometry *g, int64_t feature) {
    int64_t from, to;
    smap__geometry_span(g, feature, &from, &to);
    for (int64_t i = from; i < to; i++) {
        if (!isfinite(g->x[i]) || !isfinite(g->y[i])) return false;
    }
    return true;
}

static void describe(char *out, size_t size, smap_box box) {
    if (box.xmin == box.xmax && box.ymin == box.ymax) {
        smap__print(out, size, "%.7g %.7g", box.ymin, box.xmin);
    } else {
        smap__print(out, size, "%.7g %.7g to %.7g %.7g", box.ymin, box.xmin, box.ymax, box.xmax);
    }
}

/* Range, zero, country. *drop: the row was given up. */
static smap_status check_place(checker *c, int64_t row, smap_box box, bool *drop, smap_error *err) {
    static const smap_box degrees = { -180, -90, 180, 90 };
    char where[96];
    smap_status status = SMAP_OK;
    bool point = box.xmin == box.xmax && box.ymin == box.ymax;
    describe(where, sizeof where, box);
    *drop = true;
    if (!all_finite(c->geometry, row)) {
        return smap__row_note(c->rows, SMAP__REJECTED, "coordinate_not_finite", row, c->rows->position, NULL, "", err,
                              "a coordinate is not a number; the row is rejected");
    }
    if (!inside(degrees, box.xmin, box.ymin) || !inside(degrees, box.xmax, box.ymax)) {
        bool metres = fabs(box.xmin) > 1000 && fabs(box.ymin) > 1000;
        return smap__row_note(c->rows, SMAP__REJECTED, "coordinate_out_of_range", row, c->rows->position, NULL, where,
                              err,
                              "the position lies outside the range of latitudes and longitudes%s; the row is rejected",
                              metres ? " (these look like metres: say their CRS with --crs)" : "");
    }
    if (point && box.xmin == 0 && box.ymin == 0) {
        return smap__row_note(c->rows, SMAP__REJECTED, "coordinate_zero", row, c->rows->position, NULL, where, err,
                              "latitude and longitude are both 0, which stands for no position; the row is rejected");
    }
    *drop = false;
    if (!*c->rules->country || smap__box_touches(box, c->rules->box)) return status;
    bool swapped = inside(c->rules->box, box.ymin, box.xmin) && inside(c->rules->box, box.ymax, box.xmax);
    return smap__row_note(c->rows, SMAP__WARNING, swapped ? "coordinates_swapped" : "outside_country", row,
                          c->rows->position, NULL, where, err,
                          "the position lies outside %s%s; it is kept as it stands; --set country=CODE checks against "
                          "another country, --set country=any against none",
                          c->rules->country,
                          swapped ? ", and would lie inside with latitude and longitude swapped" : "");
}

/* Into a buffer of ours. */
static size_t to_wkb(checker *c, int64_t feature) {
    size_t size = smap_geometry_wkb(c->geometry, feature, NULL, 0);
    if (!smap__grow(&c->buffer, &c->capacity, size, 1)) return 0;
    return smap_geometry_wkb(c->geometry, feature, c->buffer, size);
}

static smap_status append_same(checker *c, int64_t feature, smap_error *err) {
    const smap_geometry *g = c->geometry;
    if (g->type[feature] == SMAP_GEOM_NULL) return smap_geometry_append_null(c->builder, err);
    if (g->type[feature] == SMAP_GEOM_POINT && !g->z && !g->m) {
        int64_t part = smap_geom_part(g, feature);
        if (part == smap_geom_part(g, feature + 1)) return smap_geometry_append_null(c->builder, err);
        int64_t at = smap_geom_coord(g, smap_geom_ring(g, part));
        return smap_geometry_append_point(c->builder, g->x[at], g->y[at], err);
    }
    size_t size = to_wkb(c, feature);
    if (size == 0) return smap__fail_memory(err);
    return smap_geometry_append_wkb(c->builder, c->buffer, size, err);
}

/* From the first feature on that changes, features go into the builder; those before it are copied then. */
static smap_status start_builder(checker *c, int64_t feature, smap_error *err) {
    if (c->builder) return SMAP_OK;
    smap_status status = smap_geometry_builder_new(c->geometry->crs, &c->builder, err);
    for (int64_t i = 0; i < feature && status == SMAP_OK; i++) status = append_same(c, i, err);
    return status;
}

/* m2 of one feature, before and after a repair. */
static smap_status area_of(checker *c, const smap_geometry *g, int64_t feature, double *out, smap_error *err) {
    const smap_geometry *one = NULL;
    smap_status status = smap_geometry_take(g, &feature, 1, &one, err);
    if (status == SMAP_OK) status = smap_geometry_areas_m2(c->ctx, one, out, err);
    smap_geometry_free(one);
    return status;
}

static smap_status repair(checker *c, int64_t row, const smap__validity *validity, smap_error *err) {
    smap_geometry_builder *alone = NULL;
    const smap_geometry *fixed = NULL;
    smap_status status = SMAP_OK;
    double before = 0, after = 0;
    SMAP_TRY(smap_geometry_builder_new(c->geometry->crs, &alone, err), done);
    status = smap__geos_make_valid(c->geos, c->geometry, row, alone, NULL);
    if (status == SMAP_E_NOMEM) {
        smap__fail_memory(err);
        goto done;
    }
    if (status != SMAP_OK) {
        SMAP_TRY(smap__row_note(
                     c->rows, SMAP__REJECTED, "geometry_beyond_repair", row, c->rows->position, NULL, "", err,
                     "the polygon is not valid (%s) and cannot be repaired in reasonable time; the row is rejected",
                     validity->reason),
                 done);
        SMAP_TRY(smap_geometry_append_null(c->builder, err), done);
        goto done;
    }
    SMAP_TRY(smap_geometry_builder_finish(alone, &fixed, err), done);
    SMAP_TRY(area_of(c, c->geometry, row, &before, err), done);
    SMAP_TRY(area_of(c, fixed, 0, &after, err), done);
    SMAP_TRY(smap__row_note(
                 c->rows, SMAP__WARNING, "geometry_repaired", row, c->rows->position, NULL, "", err,
                 "the polygon was not valid (%s near %.6f %.6f) and was repaired; its area went from %.1f to %.1f m2",
                 validity->reason, validity->y, validity->x, before, after),
             done);
    const smap_geometry *whole = c->geometry;
    c->geometry = fixed;
    status = append_same(c, 0, err);
    c->geometry = whole;
done:
    smap_geometry_builder_free(alone);
    smap_geometry_free(fixed);
    return status;
}

static smap_status make_point(checker *c, int64_t row, smap_error *err) {
    double x = 0, y = 0;
    smap_status status = smap__geos_point_on_surface(c->geos, c->geometry, row, &x, &y, NULL);
    if (status == SMAP_E_NOMEM) return smap__fail_memory(err);
    if (status != SMAP_OK) {
        status = smap__row_note(c->rows, SMAP__REJECTED, "geometry_type", row, c->rows->position, NULL, "", err,
                                "layer \"%s\" takes points, and no point lies inside this shape; the row is rejected",
                                c->rows->schema->name);
        return status == SMAP_OK ? smap_geometry_append_null(c->builder, err) : status;
    }
    if (c->points_made++ == 0) c->first_point_made = row;
    return smap_geometry_append_point(c->builder, x, y, err);
}

static smap_status need_geos(checker *c, smap_error *err) {
    return c->geos ? SMAP_OK : smap__geos_new(&c->geos, err);
}

/* KEEP, DROP, REPAIR or TO_POINT. */
static smap_status decide(checker *c, int64_t row, int *what, smap__validity *validity, smap_error *err) {
    const smap_geometry *g = c->geometry;
    unsigned allowed = c->rows->schema->shapes, shapes = shapes_of(g, row);
    bool drop = false;
    *what = KEEP;
    if (c->rows->state[row] != SMAP__ROW_KEPT || g->type[row] == SMAP_GEOM_NULL) return SMAP_OK;
    smap_box box = smap_geometry_box(g, row);
    if (box.xmin > box.xmax && all_finite(g, row)) { /* empty */
        *what = DROP;
        return smap__row_note(c->rows, SMAP__WARNING, "geometry_empty", row, c->rows->position, NULL, "", err,
                              "the geometry is empty; the row is kept without a position");
    }
    smap_status status = check_place(c, row, box, &drop, err);
    if (status != SMAP_OK || drop) {
        *what = DROP;
        return status;
    }
    if (shapes & ~allowed) {
        *what = shapes == SMAP__SHAPE_POLYGON && (allowed & SMAP__SHAPE_POINT) ? TO_POINT : DROP;
        if (*what == TO_POINT) return need_geos(c, err);
        return smap__row_note(c->rows, SMAP__REJECTED, "geometry_type", row, c->rows->position, NULL, "", err,
                              "layer \"%s\" takes no geometry of this kind (%s); the row is rejected",
                              c->rows->schema->name, shape_name(shapes));
    }
    if (!(shapes & SMAP__SHAPE_POLYGON)) return SMAP_OK;
    status = need_geos(c, err);
    if (status == SMAP_OK) status = smap__geos_validity(c->geos, g, row, validity, err);
    if (status == SMAP_OK && !validity->valid) *what = REPAIR;
    return status;
}

static smap_status check_row(checker *c, int64_t row, smap_error *err) {
    smap__validity validity = { .valid = true };
    int what = KEEP;
    smap_status status = decide(c, row, &what, &validity, err);
    if (status == SMAP_OK && what != KEEP) status = start_builder(c, row, err);
    if (status != SMAP_OK || !c->builder) return status;
    switch (what) {
    case DROP:
        return smap_geometry_append_null(c->builder, err);
    case REPAIR:
        return repair(c, row, &validity, err);
    case TO_POINT:
        return make_point(c, row, err);
    default:
        return append_same(c, row, err);
    }
}

static smap_status note_no_geometry(checker *c, smap_error *err) {
    int64_t count = 0, first = -1;
    for (int64_t i = 0; i < c->rows->count; i++) {
        if (c->rows->state[i] != SMAP__ROW_KEPT || c->geometry->type[i] != SMAP_GEOM_NULL) continue;
        if (count++ == 0) first = i;
    }
    if (count == 0 || (c->rows->schema->shapes & SMAP__SHAPE_NONE)) return SMAP_OK;
    return smap__row_note(c->rows, SMAP__WARNING, "position_missing", first, c->rows->position, NULL, NULL, err,
                          "rows without a position: %lld; the first is row %lld", (long long)count,
                          (long long)smap__row_number(c->rows->source, first));
}

smap_status smap__check_shapes(smap_ctx *ctx, const smap__rules *rules, smap__source_rows *rows,
                               const smap_geometry *geometry, const smap_geometry **out, smap_error *err) {
    smap_status status = SMAP_OK;
    checker c = { .ctx = ctx, .rules = rules, .rows = rows, .geometry = geometry };
    SMAP_TRY(note_no_geometry(&c, err), done);
    for (int64_t row = 0; row < rows->count; row++) SMAP_TRY(check_row(&c, row, err), done);
    if (c.points_made > 0) {
        SMAP_TRY(smap__row_note(rows, SMAP__INFO, "polygon_to_point", c.first_point_made, rows->position, NULL, NULL,
                                err, "layer \"%s\" takes points: of %lld polygons a point inside is taken",
                                rows->schema->name, (long long)c.points_made),
                 done);
    }
    if (c.builder) {
        SMAP_TRY(smap_geometry_builder_finish(c.builder, out, err), done);
    } else {
        *out = smap_geometry_retain(geometry);
    }
done:
    smap_geometry_builder_free(c.builder);
    smap__geos_free(c.geos);
    smap__free(c.buffer);
    return status;
}
