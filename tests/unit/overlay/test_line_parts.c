/* Parts of lines: hand cases, GEOS as oracle for polygons and for what is within reach, sampled distances, and what
 * does not matter. */
#include "overlay/line_parts.h"

#include "../cancel_help.h"
#include "base/alloc.h"
#include "geo/crs.h"
#include "geo/segment.h"
#include "zone_help.h"

typedef struct parts {
    smap__line_part *part;
    size_t count;
} parts;

static parts find(smap_ctx *ctx, const smap_geometry *lines, const smap_geometry *by, const double *reach) {
    parts p = { NULL, 0 };
    assert_int_equal(smap__line_parts(ctx, lines, by, reach, &p.part, &p.count, NULL), SMAP_OK);
    return p;
}

static bool is_same(const smap__line_place *a, const smap__line_place *b) {
    return a->coord == b->coord && a->share == b->share && a->x == b->x && a->y == b->y;
}

static const smap_geometry *from_texts(const char *const *wkt, int count) {
    smap_geometry_builder *b = new_builder();
    GEOSWKTReader *reader = GEOSWKTReader_create_r(geos);
    for (int k = 0; k < count; k++) {
        if (!wkt[k]) {
            assert_int_equal(smap_geometry_append_null(b, NULL), SMAP_OK);
            continue;
        }
        GEOSGeometry *g = GEOSWKTReader_read_r(geos, reader, wkt[k]);
        size_t size;
        assert_non_null(g);
        unsigned char *wkb = GEOSGeomToWKB_buf_r(geos, g, &size);
        assert_int_equal(smap_geometry_append_wkb(b, wkb, size, NULL), SMAP_OK);
        GEOSFree_r(geos, wkb);
        GEOSGeom_destroy_r(geos, g);
    }
    GEOSWKTReader_destroy_r(geos, reader);
    return finish(b);
}

/* ---- by hand ---- */

typedef struct hand_case {
    const char *line, *by;
    double reach;
    int count;
    double at[4][4]; /* x and y of both ends of each part */
} hand_case;

static const hand_case hand[] = {
    { "LINESTRING (0 0, 10 0)", "POLYGON ((2 -1, 5 -1, 5 1, 2 1, 2 -1))", 0, 1, { { 2, 0, 5, 0 } } },
    { "LINESTRING (10 0, 0 0)", "POLYGON ((2 -1, 5 -1, 5 1, 2 1, 2 -1))", 0, 1, { { 5, 0, 2, 0 } } },
    { "LINESTRING (0 0, 10 0)", "POLYGON ((2 -1, 5 -1, 5 1, 2 1, 2 -1))", 1.5, 1, { { 0.5, 0, 6.5, 0 } } },
    { "LINESTRING (0 0, 1 0, 10 0)", "POLYGON ((-5 -5, 20 -5, 20 5, -5 5, -5 -5))", 0, 1, { { 0, 0, 10, 0 } } },
    /* a hole, with and without the reach that fills it */
    { "LINESTRING (0 0, 10 0)",
      "POLYGON ((-5 -5, 20 -5, 20 5, -5 5, -5 -5), (4 -2, 6 -2, 6 2, 4 2, 4 -2))",
      0,
      2,
      { { 0, 0, 4, 0 }, { 6, 0, 10, 0 } } },
    { "LINESTRING (0 0, 10 0)",
      "POLYGON ((-5 -5, 20 -5, 20 5, -5 5, -5 -5), (4 -2, 6 -2, 6 2, 4 2, 4 -2))",
      1,
      1,
      { { 0, 0, 10, 0 } } },
    /* along a border, at a corner, a corner between two parts */
    { "LINESTRING (0 0, 10 0)", "POLYGON ((2 0, 5 0, 5 1, 2 1, 2 0))", 0, 1, { { 2, 0, 5, 0 } } },
    { "LINESTRING (0 0, 10 0)", "POLYGON ((2 0, 5 1, 2 1, 2 0))", 0, 1, { { 2, 0, 2, 0 } } },
    { "LINESTRING (0 0, 10 0)", "POLYGON ((2 0, 5 -3, 5 1, 2 0))", 0, 1, { { 2, 0, 5, 0 } } },
    { "LINESTRING (0 0, 10 0)", "POLYGON ((1 -1, 3 0, 5 -1, 5 1, 1 1, 1 -1))", 0, 1, { { 1, 0, 5, 0 } } },
    { "LINESTRING (0 0, 10 0)",
      "MULTIPOLYGON (((1 -1, 3 -1, 3 1, 1 1, 1 -1)), ((3 -3, 6 -3, 6 -1, 3 -1, 3 -3)), ((7 0, 8 0, 8 1, 7 0)))",
      0,
      2,
      { { 1, 0, 3, 0 }, { 7, 0, 8, 0 } } },
    /* points: within, at exactly that distance, beyond it, on a vertex, on the line */
    { "LINESTRING (0 0, 10 0)", "POINT (5 3)", 5, 1, { { 1, 0, 9, 0 } } },
    { "LINESTRING (0 0, 10 0)", "POINT (5 3)", 3, 1, { { 5, 0, 5, 0 } } },
    { "LINESTRING (0 0, 10 0)", "POINT (5 3)", 2.999, 0, { { 0 } } },
    { "LINESTRING (0 0, 10 0)", "POINT (13 4)", 5, 1, { { 10, 0, 10, 0 } } },
    { "LINESTRING (0 0, 10 0, 10 10)", "POINT (10 0)", 2, 1, { { 8, 0, 10, 2 } } },
    { "LINESTRING (0 0, 10 0, 10 10)", "POINT (10 0)", 0, 1, { { 10, 0, 10, 0 } } },
    { "LINESTRING (0 0, 10 0, 10 0, 10 0, 10 10)", "POINT (10 0)", 2, 1, { { 8, 0, 10, 2 } } },
    { "LINESTRING (0 0, 10 0)", "MULTIPOINT (1 0, 2 0, 7 0)", 0.5, 2, { { 0.5, 0, 2.5, 0 }, { 6.5, 0, 7.5, 0 } } },
    /* lines: a crossing, a stretch in common, one beside the other */
    { "LINESTRING (0 0, 10 0)", "LINESTRING (4 -1, 4 3)", 0, 1, { { 4, 0, 4, 0 } } },
    { "LINESTRING (0 0, 10 0)", "LINESTRING (4 -1, 4 3)", 1, 1, { { 3, 0, 5, 0 } } },
    { "LINESTRING (0 0, 10 0)",
      "LINESTRING (3 0, 5 0, 5 5, 7 5, 7 0, 12 0)",
      0,
      2,
      { { 3, 0, 5, 0 }, { 7, 0, 10, 0 } } },
    { "LINESTRING (0 0, 10 0)", "LINESTRING (3 1, 7 1)", 1, 1, { { 3, 0, 7, 0 } } },
    { "LINESTRING (0 0, 10 0)", "LINESTRING (20 0, 30 0)", 5, 0, { { 0 } } },
    /* lines of several parts, of no length, rings */
    { "MULTILINESTRING ((0 0, 10 0), (10 0, 20 0))", "POINT (10 0)", 1, 2, { { 9, 0, 10, 0 }, { 10, 0, 11, 0 } } },
    { "LINESTRING (3 3, 3 3, 3 3)", "POLYGON ((0 0, 5 0, 5 5, 0 0))", 0, 1, { { 3, 3, 3, 3 } } },
    { "LINESTRING (3 3, 3 3)", "POINT (3 4)", 1, 1, { { 3, 3, 3, 3 } } },
    { "LINESTRING (3 3, 3 3)", "POINT (3 4)", 0.9, 0, { { 0 } } },
    { "LINESTRING (0 0, 10 0, 10 10, 0 0)", "POINT (0 0)", 1, 2, { { 0, 0, 1, 0 }, { M_SQRT1_2, M_SQRT1_2, 0, 0 } } },
    { "LINESTRING (0 0, 10 0)",
      "GEOMETRYCOLLECTION (POINT (1 0), POLYGON ((3 -1, 5 -1, 5 1, 3 1, 3 -1)))",
      0,
      2,
      { { 1, 0, 1, 0 }, { 3, 0, 5, 0 } } },
    /* nothing to find */
    { "POLYGON ((0 0, 5 0, 5 5, 0 0))", "POINT (0 0)", 1, 0, { { 0 } } },
    { "LINESTRING EMPTY", "POINT (0 0)", 1, 0, { { 0 } } },
    { "LINESTRING (0 0, 10 0)", "POLYGON EMPTY", 1, 0, { { 0 } } },
    { NULL, "POINT (0 0)", 1, 0, { { 0 } } },
    { "LINESTRING (0 0, 10 0)", NULL, 1, 0, { { 0 } } },
};

static void cases_by_hand(void **state) {
    (void)state;
    for (size_t k = 0; k < sizeof hand / sizeof *hand; k++) {
        const smap_geometry *line = from_texts(&hand[k].line, 1), *by = from_texts(&hand[k].by, 1);
        parts p = find(two, line, by, &hand[k].reach);
        if (p.count != (size_t)hand[k].count) fail_msg("case %zu: %zu parts", k, p.count);
        for (size_t i = 0; i < p.count; i++) {
            const smap__line_place *from = &p.part[i].from, *to = &p.part[i].to;
            const double *w = hand[k].at[i];
            double off = fabs(from->x - w[0]) + fabs(from->y - w[1]) + fabs(to->x - w[2]) + fabs(to->y - w[3]);
            if (!(off < 1e-9)) fail_msg("case %zu: %g %g to %g %g", k, from->x, from->y, to->x, to->y);
            bool touch = w[0] == w[2] && w[1] == w[3] && from->coord == to->coord;
            if (touch) assert_true(is_same(from, to));
        }
        smap__free(p.part);
        smap_geometry_free(line);
        smap_geometry_free(by);
    }
}

/* ---- against GEOS ---- */

static double along(const smap_geometry *g, const smap__line_place *p, uint32_t first) {
    double sum = 0;
    for (uint32_t k = first; k < p->coord; k++) sum += hypot(g->x[k + 1] - g->x[k], g->y[k + 1] - g->y[k]);
    return sum + hypot(p->x - g->x[p->coord], p->y - g->y[p->coord]);
}

/* What holds for any answer: order, places on their segments, parts of a pair apart. */
static void check_form(const smap_geometry *lines, const parts *p) {
    for (size_t k = 0; k < p->count; k++) {
        const smap__line_part *part = &p->part[k], *before = k ? part - 1 : NULL;
        int64_t first, end;
        smap__geometry_span(lines, part->line, &first, &end);
        const smap__line_place *ends[] = { &part->from, &part->to };
        for (int e = 0; e < 2; e++) {
            uint32_t c = ends[e]->coord;
            assert_true(c >= first && c < end && ends[e]->share >= 0 && ends[e]->share < 1);
            assert_true(c + 1 < end || ends[e]->share == 0);
            if (ends[e]->share == 0) {
                assert_true(ends[e]->x == lines->x[c] && ends[e]->y == lines->y[c]);
                continue;
            }
            double dx = lines->x[c + 1] - lines->x[c], dy = lines->y[c + 1] - lines->y[c];
            double tolerance = 1e-9 * (1 + fabs(dx) + fabs(dy));
            assert_true(fabs(lines->x[c] + ends[e]->share * dx - ends[e]->x) < tolerance);
            assert_true(fabs(lines->y[c] + ends[e]->share * dy - ends[e]->y) < tolerance);
        }
        bool ordered = part->from.coord < part->to.coord ||
                       (part->from.coord == part->to.coord && part->from.share <= part->to.share);
        assert_true(ordered);
        if (!before || before->line != part->line) {
            assert_true(!before || before->line < part->line);
            continue;
        }
        assert_true(before->by <= part->by);
        if (before->by == part->by)
            assert_true(before->to.coord < part->from.coord ||
                        (before->to.coord == part->from.coord && before->to.share < part->from.share));
    }
}

static double length_of(const smap_geometry *lines, const parts *p, uint32_t line, uint32_t by) {
    double sum = 0;
    int64_t first, end;
    smap__geometry_span(lines, line, &first, &end);
    for (size_t k = 0; k < p->count; k++)
        if (p->part[k].line == line && p->part[k].by == by)
            sum += along(lines, &p->part[k].to, (uint32_t)first) - along(lines, &p->part[k].from, (uint32_t)first);
    return sum;
}

/* Segment by segment: GEOS unites what a line runs over twice. */
static double oracle_length(const smap_geometry *lines, int64_t line, const GEOSGeometry *area) {
    double sum = 0;
    int64_t k, end;
    smap__geometry_span(lines, line, &k, &end);
    for (; k + 1 < end; k++) {
        double length = 0;
        GEOSCoordSequence *run = GEOSCoordSeq_create_r(geos, 2, 2);
        GEOSCoordSeq_setXY_r(geos, run, 0, lines->x[k], lines->y[k]);
        GEOSCoordSeq_setXY_r(geos, run, 1, lines->x[k + 1], lines->y[k + 1]);
        GEOSGeometry *segment = GEOSGeom_createLineString_r(geos, run);
        GEOSGeometry *common = GEOSIntersection_r(geos, segment, area);
        assert_non_null(common);
        GEOSLength_r(geos, common, &length);
        GEOSGeom_destroy_r(geos, common);
        GEOSGeom_destroy_r(geos, segment);
        sum += length;
    }
    return sum;
}

static void polygons_as_geos_has_them(void **state) {
    (void)state;
    const field fields[] = {
        { 0, 0, 100, 0 }, { 0, 0, 60, 1 }, { 500000, 3600000, 1000, 0 }, { 500000, 3600000, 50, 1 }
    };
    for (int round = 0; round < 24; round++) {
        const field *f = &fields[round % 4];
        const smap_geometry *lines = random_lines(f, 30), *by = shapes(f, 12, f->size / 3);
        parts p = find(two, lines, by, NULL);
        check_form(lines, &p);
        for (int64_t b = 0; b < by->count; b++) {
            GEOSGeometry *area = to_geos(by, b);
            for (int64_t i = 0; i < lines->count; i++) {
                double ours = length_of(lines, &p, (uint32_t)i, (uint32_t)b), theirs = oracle_length(lines, i, area);
                if (!(fabs(ours - theirs) < 1e-6 * f->size))
                    fail_msg("round %d: line %d in %d: %.12g, not %.12g", round, (int)i, (int)b, ours, theirs);
            }
            GEOSGeom_destroy_r(geos, area);
        }
        smap__free(p.part);
        smap_geometry_free(lines);
        smap_geometry_free(by);
    }
}

static const smap_geometry *mixed(const field *f, int count) {
    smap_geometry_builder *b = new_builder();
    for (int k = 0; k < count; k++) {
        double x = f->x + snap(f->size * uniform(), f->grain), y = f->y + snap(f->size * uniform(), f->grain);
        if (k % 3 == 0)
            put_shape(b, f, f->size / 4);
        else if (k % 3 == 1)
            put_line(b, f, 2 + below(4));
        else
            assert_int_equal(smap_geometry_append_point(b, x, y, NULL), SMAP_OK);
    }
    return finish_valid(b);
}

/* A buffer of GEOS lies within the true one; its circles of 4 * 200 corners are smaller by less than 8e-6 of the
 * radius across, more where a line only grazes them. */
static void what_is_within_reach_as_geos_has_it(void **state) {
    (void)state;
    const field fields[] = {
        { 0, 0, 100, 0 }, { 0, 0, 60, 1 }, { 500000, 3600000, 1000, 0 }, { 500000, 3600000, 50, 1 }
    };
    for (int round = 0; round < 8; round++) {
        const field *f = &fields[round % 4];
        const smap_geometry *lines = random_lines(f, 20), *by = mixed(f, 18);
        double reach[18];
        for (int k = 0; k < 18; k++) reach[k] = snap(f->size * 0.2 * uniform(), f->grain) + f->size / 100;
        parts p = find(two, lines, by, reach);
        check_form(lines, &p);
        for (int64_t b = 0; b < by->count; b++) {
            GEOSGeometry *feature = to_geos(by, b), *area = GEOSBuffer_r(geos, feature, reach[b], 200);
            for (int64_t i = 0; i < lines->count; i++) {
                double ours = length_of(lines, &p, (uint32_t)i, (uint32_t)b), theirs = oracle_length(lines, i, area);
                if (!(theirs < ours + 1e-6 * f->size && ours < theirs + 2e-3 * f->size))
                    fail_msg("round %d: line %d near %d: %.12g, not %.12g", round, (int)i, (int)b, ours, theirs);
            }
            GEOSGeom_destroy_r(geos, area);
            GEOSGeom_destroy_r(geos, feature);
        }
        smap__free(p.part);
        smap_geometry_free(lines);
        smap_geometry_free(by);
    }
}

static double distance_to(const smap_geometry *by, int64_t feature, const GEOSGeometry *area, double x, double y) {
    double best = HUGE_VAL;
    for (int64_t part = smap_geom_part(by, feature); part < smap_geom_part(by, feature + 1); part++) {
        int64_t step = smap__geometry_part_type(by, feature, part) == SMAP_GEOM_POINT ? 0 : 1;
        for (int64_t ring = smap_geom_ring(by, part); ring < smap_geom_ring(by, part + 1); ring++)
            for (int64_t k = smap_geom_coord(by, ring); k + step < smap_geom_coord(by, ring + 1); k++)
                best = fmin(best, smap__segment_distance2(x, y, by->x[k], by->y[k], by->x[k + step], by->y[k + step]));
    }
    GEOSGeometry *point = GEOSGeom_createPointFromXY_r(geos, x, y);
    if (GEOSIntersects_r(geos, area, point) == 1) best = 0;
    GEOSGeom_destroy_r(geos, point);
    return sqrt(best);
}

/* Points all along the lines: in a part exactly if near. */
static void sampled_places_are_in_a_part_if_they_are_near(void **state) {
    (void)state;
    const field f = { 0, 0, 100, 0 };
    const smap_geometry *lines = random_lines(&f, 12), *by = mixed(&f, 15);
    double reach[15];
    for (int k = 0; k < 15; k++) reach[k] = k % 4 ? 8 * uniform() : 0;
    parts p = find(seven, lines, by, reach);
    for (int64_t b = 0; b < by->count; b++) {
        GEOSGeometry *area = to_geos(by, b);
        for (uint32_t i = 0; i < lines->count; i++) {
            int64_t k, end;
            smap__geometry_span(lines, i, &k, &end);
            for (; k + 1 < end; k++)
                for (int s = 0; s < 60; s++) {
                    double share = s / 60.0, x = lines->x[k] + share * (lines->x[k + 1] - lines->x[k]);
                    double y = lines->y[k] + share * (lines->y[k + 1] - lines->y[k]);
                    double far = distance_to(by, b, area, x, y);
                    bool in = false;
                    if (fabs(far - reach[b]) < 1e-9) continue;
                    for (size_t n = 0; n < p.count; n++) {
                        const smap__line_part *part = &p.part[n];
                        if (part->line != i || part->by != b) continue;
                        in |= (double)part->from.coord + part->from.share <= (double)k + share &&
                              (double)k + share <= (double)part->to.coord + part->to.share;
                    }
                    assert_int_equal(in, far < reach[b]);
                }
        }
        GEOSGeom_destroy_r(geos, area);
    }
    smap__free(p.part);
    smap_geometry_free(lines);
    smap_geometry_free(by);
}

/* ---- what does not matter ---- */

static const smap_geometry *changed(const smap_geometry *g, bool reverse_rows, bool reverse_lines, double turn,
                                    double dx, double dy) {
    smap_geometry_builder *b = new_builder();
    for (int64_t row = 0; row < g->count; row++) {
        int64_t i = reverse_rows ? g->count - 1 - row : row;
        for (int64_t part = smap_geom_part(g, i); part < smap_geom_part(g, i + 1); part++) {
            for (int64_t ring = smap_geom_ring(g, part); ring < smap_geom_ring(g, part + 1); ring++) {
                int64_t first = smap_geom_coord(g, ring), end = smap_geom_coord(g, ring + 1);
                assert_int_equal(smap__builder_reserve(b, 1, 1, 1, (size_t)(end - first), NULL), SMAP_OK);
                for (int64_t n = first; n < end; n++) {
                    int64_t k = reverse_lines ? first + end - 1 - n : n;
                    smap__builder_put(b, cos(turn) * g->x[k] - sin(turn) * g->y[k] + dx,
                                      sin(turn) * g->x[k] + cos(turn) * g->y[k] + dy);
                }
                smap__builder_end_ring(b);
            }
            smap__builder_end_part(b, smap__geometry_part_type(g, i, part));
        }
        smap__builder_end_feature(b, (smap_geom_type)g->type[i]);
    }
    return finish(b);
}

static void threads_order_and_direction_do_not_matter(void **state) {
    (void)state;
    const field f = { 500000, 3600000, 200, 0.5 };
    enum { BY = 90, LINES = 300 };
    const smap_geometry *lines = random_lines(&f, LINES), *by = mixed(&f, BY);
    const smap_geometry *turned = changed(lines, true, true, 0, 0, 0), *by_turned = changed(by, true, true, 0, 0, 0);
    double reach[BY], reach_turned[BY];
    for (int k = 0; k < BY; k++) reach[k] = reach_turned[BY - 1 - k] = k % 5 ? 3 * uniform() : 0;
    parts p = find(one, lines, by, reach), same = find(seven, lines, by, reach);
    parts back = find(two, turned, by_turned, reach_turned);
    assert_true(p.count > 1000 && p.count == same.count && p.count == back.count);
    for (size_t k = 0; k < p.count; k++) {
        assert_true(p.part[k].line == same.part[k].line && p.part[k].by == same.part[k].by);
        assert_true(is_same(&p.part[k].from, &same.part[k].from) && is_same(&p.part[k].to, &same.part[k].to));
    }
    size_t matched = 0;
    for (size_t k = 0; k < back.count; k++)
        for (size_t n = 0; n < p.count; n++) {
            const smap__line_part *a = &back.part[k], *b = &p.part[n];
            if (a->line != LINES - 1 - b->line || a->by != BY - 1 - b->by) continue;
            double off = fabs(a->from.x - b->to.x) + fabs(a->from.y - b->to.y) + fabs(a->to.x - b->from.x) +
                         fabs(a->to.y - b->from.y);
            matched += off < 1e-8;
        }
    assert_int_equal(matched, p.count);
    smap__free(p.part);
    smap__free(same.part);
    smap__free(back.part);
    smap_geometry_free(lines);
    smap_geometry_free(by);
    smap_geometry_free(turned);
    smap_geometry_free(by_turned);
}

static void moved_and_turned_parts_are_as_long(void **state) {
    (void)state;
    const field f = { 0, 0, 100, 0 };
    enum { BY = 30 };
    const smap_geometry *lines = random_lines(&f, 40), *by = mixed(&f, BY);
    const smap_geometry *far = changed(lines, false, false, 0.7, 4e5, 3e6),
                        *by_far = changed(by, false, false, 0.7, 4e5, 3e6);
    double reach[BY];
    for (int k = 0; k < BY; k++) reach[k] = k % 3 ? 5 * uniform() : 0;
    parts p = find(two, lines, by, reach), q = find(two, far, by_far, reach);
    assert_int_equal(p.count, q.count);
    for (uint32_t i = 0; i < lines->count; i++)
        for (uint32_t b = 0; b < BY; b++)
            assert_true(fabs(length_of(lines, &p, i, b) - length_of(far, &q, i, b)) < 1e-4);
    smap__free(p.part);
    smap__free(q.part);
    smap_geometry_free(lines);
    smap_geometry_free(by);
    smap_geometry_free(far);
    smap_geometry_free(by_far);
}

/* ---- bad input ---- */

static void what_is_no_line_is_passed_over(void **state) {
    (void)state;
    const double bad[][8] = { { NAN, 0, 1, 0, 2, 0, 3, 0 },
                              { 0, 0, 1, HUGE_VAL, 2, 0, 3, 0 },
                              { 1e300, 1e300, -1e300, 1e300, 5e299, 0, 0, 0 },
                              { 1e-310, 0, 0, 1e-310, 1e-300, 0, 0, 1e-320 },
                              { 0, 0, 4, 4, 0, 4, 4, 0 } };
    smap_geometry_builder *b = new_builder(), *c = new_builder();
    for (int k = 0; k < 5; k++) {
        const double x[] = { bad[k][0], bad[k][2], bad[k][4], bad[k][6] };
        const double y[] = { bad[k][1], bad[k][3], bad[k][5], bad[k][7] };
        put_run(b, x, y, k == 4 ? 1 : 4, false);
        end_one(b, SMAP_GEOM_LINESTRING);
        put_run(c, x, y, 4, false);
        end_one(c, SMAP_GEOM_LINESTRING);
    }
    const smap_geometry *lines = finish(b), *by = finish(c);
    const double reaches[] = { 0, 1, 1e300 };
    for (int r = 0; r < 3; r++) {
        const double reach[] = { reaches[r], reaches[r], reaches[r], reaches[r], reaches[r] };
        parts p = find(two, lines, by, reach);
        for (size_t k = 0; k < p.count; k++) assert_true(p.part[k].line == 2 || p.part[k].line == 3);
        smap__free(p.part);
    }
    smap_geometry_free(lines);
    smap_geometry_free(by);
}

static void wrong_reaches_and_crs_are_refused(void **state) {
    (void)state;
    const char *const wkt[] = { "LINESTRING (0 0, 1 0)" };
    const smap_geometry *g = from_texts(wkt, 1);
    const double reaches[] = { -1, NAN, HUGE_VAL };
    smap__line_part *out = NULL;
    size_t count = 7;
    for (int k = 0; k < 3; k++)
        assert_int_equal(smap__line_parts(one, g, g, &reaches[k], &out, &count, NULL), SMAP_E_ARGUMENT);
    const smap_crs *crs = NULL;
    smap_geometry other = *g;
    assert_int_equal(smap_crs_new(one, "EPSG:32634", &crs, NULL), SMAP_OK);
    other.crs = crs;
    assert_int_equal(smap__line_parts(one, g, &other, NULL, &out, &count, NULL), SMAP_E_CRS);
    assert_true(!out && count == 7);
    smap_status status = SMAP_E_NOMEM;
    for (int64_t nth = 1; status == SMAP_E_NOMEM; nth++) {
        smap__alloc_fail_at(nth, true);
        status = smap__line_parts(one, g, g, NULL, &out, &count, NULL);
        smap__alloc_fail_at(0, false);
    }
    assert_int_equal(status, SMAP_OK);
    assert_int_equal(count, 1);
    smap__free(out);
    smap_crs_free(crs);
    smap_geometry_free(g);
}

/* One long line asks by itself. */
static void it_is_cancelled_in_the_middle(void **state) {
    (void)state;
    enum { LONG = 2000 };
    static double x[LONG], y[LONG];
    cancel cancelled = { .goes_on = 1 };
    smap_ctx *ctx = cancel_context(&cancelled);
    smap_geometry_builder *b = new_builder();
    for (int k = 0; k < LONG; k++) x[k] = k, y[k] = k % 7;
    put_run(b, x, y, LONG, false);
    end_one(b, SMAP_GEOM_LINESTRING);
    const smap_geometry *line = finish(b);
    smap__line_part *out = NULL;
    size_t count = 0;
    assert_int_equal(smap__line_parts(ctx, line, line, NULL, &out, &count, NULL), SMAP_E_CANCELLED);
    assert_true(cancelled.asked == 2 && !out);
    smap_geometry_free(line);
    smap_ctx_free(ctx);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cases_by_hand),
        cmocka_unit_test(polygons_as_geos_has_them),
        cmocka_unit_test(what_is_within_reach_as_geos_has_it),
        cmocka_unit_test(sampled_places_are_in_a_part_if_they_are_near),
        cmocka_unit_test(threads_order_and_direction_do_not_matter),
        cmocka_unit_test(moved_and_turned_parts_are_as_long),
        cmocka_unit_test(what_is_no_line_is_passed_over),
        cmocka_unit_test(it_is_cancelled_in_the_middle),
        cmocka_unit_test(wrong_reaches_and_crs_are_refused),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
