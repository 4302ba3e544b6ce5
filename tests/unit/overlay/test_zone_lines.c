/* Lines, points and distances over zones: GEOS as oracle, the rule of the border, and what does not matter. */
#include "geo/crs.h"
#include "geo/ground.h"
#include "zone_help.h"

/* What a segment has in common with one zone, as stretches of [0, 1]. (Against a union of zones GEOS may lose what runs
 * along a border: the union has corners of its own, rounded.) */
typedef struct stretch {
    double from, to;
    int rank;
} stretch;

static size_t put_stretches(const GEOSGeometry *common, const double *xy, int rank, stretch *out) {
    int parts = GEOSGetNumGeometries_r(geos, common);
    double dx = xy[2] - xy[0], dy = xy[3] - xy[1], length2 = dx * dx + dy * dy;
    size_t count = 0;
    for (int p = 0; p < parts; p++) {
        const GEOSGeometry *part = GEOSGetGeometryN_r(geos, common, p);
        if (GEOSGeomTypeId_r(geos, part) != GEOS_LINESTRING || GEOSisEmpty_r(geos, part) == 1) continue;
        const GEOSCoordSequence *run = GEOSGeom_getCoordSeq_r(geos, part);
        unsigned n = 0;
        stretch s = { 2, -1, rank };
        GEOSCoordSeq_getSize_r(geos, run, &n);
        for (unsigned k = 0; k < n; k++) {
            double x, y;
            GEOSCoordSeq_getXY_r(geos, run, k, &x, &y);
            double t = ((x - xy[0]) * dx + (y - xy[1]) * dy) / length2;
            s.from = fmin(s.from, t);
            s.to = fmax(s.to, t);
        }
        assert_true(count < 500);
        out[count++] = s;
    }
    return count;
}

/* How much of [0, 1] is in stretches of at least that rank. */
static double covered(const stretch *s, size_t count, int least) {
    double sum = 0, at = 0;
    while (at < 1) { /* jump from the end of what covers `at` to the next start */
        double end = at, next = 1;
        for (size_t k = 0; k < count; k++) {
            if (s[k].rank < least) continue;
            if (s[k].from <= at && s[k].to > end) end = s[k].to;
            if (s[k].from > at) next = fmin(next, s[k].from);
        }
        sum += end - at;
        at = end > at ? end : next;
    }
    return sum;
}

static void oracle_line(GEOSGeometry *const *zones, const int32_t *rank, int zone_count, const smap_geometry *g,
                        int64_t i, double share[RANKS]) {
    static stretch stretches[1000];
    double whole = 0;
    int64_t k, end;
    for (int r = 0; r < RANKS; r++) share[r] = 0;
    smap__geometry_span(g, i, &k, &end);
    for (; k + 1 < end; k++) {
        const double xy[] = { g->x[k], g->y[k], g->x[k + 1], g->y[k + 1] };
        double length = hypot(xy[2] - xy[0], xy[3] - xy[1]), above = 0;
        size_t count = 0;
        if (!(length > 0)) continue;
        GEOSGeometry *piece = GEOSGeom_createLineString_r(geos, GEOSCoordSeq_copyFromBuffer_r(geos, xy, 2, 0, 0));
        for (int z = 0; z < zone_count; z++) {
            GEOSGeometry *common = GEOSIntersection_r(geos, piece, zones[z]);
            count += put_stretches(common, xy, rank[z], stretches + count);
            GEOSGeom_destroy_r(geos, common);
        }
        for (int r = RANKS - 1; r >= 0; r--) {
            double amount = covered(stretches, count, r);
            share[r] += (amount - above) * length;
            above = amount;
        }
        whole += length;
        GEOSGeom_destroy_r(geos, piece);
    }
    for (int r = 0; r < RANKS && whole > 0; r++) share[r] /= whole;
}

/* Every zone by itself; null ones as empty. */
static void each_to_geos(const smap_geometry *polygons, GEOSGeometry **out) {
    for (int64_t k = 0; k < polygons->count; k++)
        out[k] = polygons->type[k] == SMAP_GEOM_NULL ? GEOSGeom_createEmptyPolygon_r(geos) : to_geos(polygons, k);
}

static void drop_each(GEOSGeometry **zones, int64_t count) {
    for (int64_t k = 0; k < count; k++) GEOSGeom_destroy_r(geos, zones[k]);
}

static void lines_agree_with_geos(void **state) {
    (void)state;
    const field fields[] = { { 0, 0, 8, 1 }, { 0, 0, 12, 0.5 }, { 633600, 3605900, 300, 0 }, { 100, -50, 16, 1 } };
    int partial = 0;
    for (int k = 0; k < 160; k++) {
        const field *f = &fields[k % 4];
        int32_t rank[20];
        int count = 1 + below(20);
        random_ranks(rank, count);
        const smap_geometry *polygons = shapes(f, count, f->size / 2), *lines = random_lines(f, 20);
        GEOSGeometry *each[20];
        smap__zones *zones = build(polygons, rank);
        smap__shares *s = measure(two, zones, lines);
        each_to_geos(polygons, each);
        for (int64_t i = 0; i < lines->count; i++) {
            double ours[RANKS], theirs[RANKS];
            spread(s, i, ours);
            oracle_line(each, rank, count, lines, i, theirs);
            if (!(worst(ours, theirs) < 1e-9))
                print_error("round %d line %d off by %g\n", k, (int)i, worst(ours, theirs));
            assert_true(worst(ours, theirs) < 1e-9);
            for (int r = 0; r < RANKS; r++) partial += theirs[r] > 1e-6 && theirs[r] < 1 - 1e-6;
        }
        drop_each(each, count);
        smap__shares_free(s);
        smap__zones_free(zones);
        smap_geometry_free(lines);
        smap_geometry_free(polygons);
    }
    assert_true(partial > 1000);
}

/* Along a border a line is in the zone, in either direction, wherever the border is cut into cells. */
static void a_line_on_the_border_is_in(void **state) {
    (void)state;
    const double fan[] = { 0, 1.0 / 3, 0.7 };
    for (int k = 0; k < 3; k++) {
        smap_geometry_builder *b = new_builder();
        for (int z = 0; z < 40; z++) { /* steps along a slope, so that the tree is deep */
            const double x[] = { z * 0.1, (z + 1) * 0.1, (z + 1) * 0.1, z * 0.1 };
            const double y[] = { x[0] * fan[k], x[1] * fan[k], x[1] * fan[k] - 1, x[0] * fan[k] - 1 };
            put_run(b, x, y, 4, true);
            end_one(b, SMAP_GEOM_POLYGON);
        }
        const smap_geometry *polygons = finish(b);
        int32_t rank[40];
        for (int z = 0; z < 40; z++) rank[z] = 1;
        b = new_builder();
        for (int z = 0; z < 40; z++)
            for (int way = 0; way < 2; way++) {
                const double x[] = { (z + way) * 0.1, (z + 1 - way) * 0.1 }, y[] = { x[0] * fan[k], x[1] * fan[k] };
                put_run(b, x, y, 2, false);
                end_one(b, SMAP_GEOM_LINESTRING);
            }
        const smap_geometry *lines = finish(b);
        smap__zones *zones = build(polygons, rank);
        smap__shares *s = measure(one, zones, lines);
        for (int64_t i = 0; i < lines->count; i++) {
            assert_int_equal(s->first[i + 1] - s->first[i], 1);
            assert_true(s->share[s->first[i]] == 1);
        }
        smap__shares_free(s);
        smap__zones_free(zones);
        smap_geometry_free(lines);
        smap_geometry_free(polygons);
    }
}

static void the_direction_of_a_line_does_not_matter(void **state) {
    (void)state;
    enum { N = 500, ZONES = 60 };
    field f = { 633600, 3605900, 2000, 0 };
    int32_t rank[ZONES];
    random_ranks(rank, ZONES);
    const smap_geometry *polygons = shapes(&f, ZONES, 400), *lines = random_lines(&f, N);
    smap_geometry_builder *b = new_builder();
    for (int64_t i = 0; i < N; i++) {
        double x[8], y[8];
        int64_t k, end;
        smap__geometry_span(lines, i, &k, &end);
        size_t n = (size_t)(end - k);
        for (size_t p = 0; p < n; p++) x[p] = lines->x[end - 1 - (int64_t)p], y[p] = lines->y[end - 1 - (int64_t)p];
        put_run(b, x, y, n, false);
        end_one(b, SMAP_GEOM_LINESTRING);
    }
    const smap_geometry *back = finish(b);
    smap__zones *zones = build(polygons, rank);
    smap__shares *s = measure(one, zones, lines), *t = measure(seven, zones, back), *u = measure(seven, zones, lines);
    assert_memory_equal(s->share, u->share, (size_t)s->first[N] * sizeof *s->share);
    for (int64_t i = 0; i < N; i++) {
        double left[RANKS], right[RANKS];
        spread(s, i, left);
        spread(t, i, right);
        assert_true(worst(left, right) < 1e-14);
    }
    smap__shares_free(u);
    smap__shares_free(t);
    smap__shares_free(s);
    smap__zones_free(zones);
    smap_geometry_free(back);
    smap_geometry_free(lines);
    smap_geometry_free(polygons);
}

/* Corners, middles of edges, and points anywhere. */
static void points_agree_with_geos(void **state) {
    (void)state;
    const field fields[] = { { 0, 0, 8, 1 }, { 0, 0, 30, 1 }, { 633600, 3605900, 300, 0 } };
    for (int k = 0; k < 150; k++) {
        const field *f = &fields[k % 3];
        int32_t rank[20];
        int count = 1 + below(20);
        random_ranks(rank, count);
        const smap_geometry *polygons = shapes(f, count, f->size / 2);
        smap_geometry_builder *b = new_builder();
        for (int p = 0; p < 200; p++) {
            double grain = p % 2 ? f->grain / 2 : f->grain;
            double x = f->x + snap(f->size * (1.4 * uniform() - 0.2), grain);
            double y = f->y + snap(f->size * (1.4 * uniform() - 0.2), grain);
            assert_int_equal(smap_geometry_append_point(b, x, y, NULL), SMAP_OK);
        }
        const smap_geometry *points = finish(b);
        GEOSGeometry *each[20];
        smap__zones *zones = build(polygons, rank);
        smap__shares *s = measure(two, zones, points);
        each_to_geos(polygons, each);
        for (int64_t i = 0; i < points->count; i++) {
            int expected = -1;
            GEOSGeometry *point = GEOSGeom_createPointFromXY_r(geos, points->x[i], points->y[i]);
            for (int z = 0; z < count; z++) { /* on the border within what coordinates can tell */
                double far = HUGE_VAL;
                if (!GEOSisEmpty_r(geos, each[z])) GEOSDistance_r(geos, point, each[z], &far);
                if (rank[z] > expected && far < ldexp(fabs(points->x[i]) + fabs(points->y[i]) + 1, -51))
                    expected = rank[z];
            }
            GEOSGeom_destroy_r(geos, point);
            assert_true(s->measure[i] == 1);
            assert_int_equal(s->first[i + 1] - s->first[i], expected >= 0);
            if (expected >= 0) assert_true(s->rank[s->first[i]] == expected && s->share[s->first[i]] == 1);
        }
        drop_each(each, count);
        smap__shares_free(s);
        smap__zones_free(zones);
        smap_geometry_free(points);
        smap_geometry_free(polygons);
    }
}

static void mixed_features_count_by_their_largest_part(void **state) {
    (void)state;
    smap_geometry_builder *b = new_builder();
    put_box(b, 0, 0, 2, 2);
    const smap_geometry *polygons = finish(b);
    const int32_t rank[] = { 5 };
    b = new_builder();
    assert_int_equal(smap__builder_reserve(b, 3, 8, 8, 20, NULL), SMAP_OK);
    const double points[][2] = { { 1, 1 }, { 2, 2 }, { 3, 3 }, { 5, 5 } };
    for (int k = 0; k < 4; k++) { /* a multipoint, half of it inside or on the border */
        smap__builder_put(b, points[k][0], points[k][1]);
        smap__builder_end_ring(b);
        smap__builder_end_part(b, SMAP_GEOM_POINT);
    }
    smap__builder_end_feature(b, SMAP_GEOM_MULTIPOINT);
    smap__builder_put(b, 1, 1); /* a point inside, a line half inside */
    smap__builder_end_ring(b);
    smap__builder_end_part(b, SMAP_GEOM_POINT);
    smap__builder_put(b, 1, 1);
    smap__builder_put(b, 3, 1);
    smap__builder_end_ring(b);
    smap__builder_end_part(b, SMAP_GEOM_LINESTRING);
    smap__builder_end_feature(b, SMAP_GEOM_COLLECTION);
    const smap_geometry *features = finish(b);
    smap__zones *zones = build(polygons, rank);
    smap__shares *s = measure(one, zones, features);
    assert_true(s->measure[0] == 4 && s->measure[1] == 2);
    assert_int_equal(s->first[2], 2);
    assert_true(s->share[0] == 0.5 && s->share[1] == 0.5);
    smap__shares_free(s);
    smap__zones_free(zones);
    smap_geometry_free(features);
    smap_geometry_free(polygons);
}

/* Points, lines and polygons; near and far; those that hold a zone, or lie in one, or touch it. */
static void distances_agree_with_geos(void **state) {
    (void)state;
    const field fields[] = { { 0, 0, 8, 1 }, { 633600, 3605900, 3000, 0 }, { 0, 0, 100, 1 } };
    for (int k = 0; k < 120; k++) {
        const field *f = &fields[k % 3], wide = { f->x - 2 * f->size, f->y - 2 * f->size, 5 * f->size, f->grain };
        int32_t rank[25];
        int count = 1 + below(25);
        random_ranks(rank, count);
        const smap_geometry *polygons = shapes(f, count, f->size / 4);
        smap_geometry_builder *b = new_builder();
        for (int p = 0; p < 30; p++) {
            if (p % 3 == 0) put_shape(b, &wide, f->size / 3);
            if (p % 3 == 1) put_line(b, p % 2 ? f : &wide, 2 + below(12));
            if (p % 3 == 2)
                smap_geometry_append_point(b, wide.x + snap(wide.size * uniform(), wide.grain),
                                           wide.y + snap(wide.size * uniform(), wide.grain), NULL);
        }
        put_box(b, f->x - f->size, f->y - f->size, f->x + 2 * f->size, f->y + 2 * f->size);
        smap_geometry_append_null(b, NULL);
        const smap_geometry *features = finish_valid(b);
        GEOSGeometry *unions[RANKS];
        smap__zones *zones = build(polygons, rank);
        unite(polygons, rank, unions);
        for (int least = 0; least < RANKS; least++) {
            double out[32], again[32];
            assert_int_equal(smap__zones_distance(one, zones, least, features, out, NULL), SMAP_OK);
            assert_int_equal(smap__zones_distance(seven, zones, least, features, again, NULL), SMAP_OK);
            assert_memory_equal(out, again, sizeof out);
            bool none = GEOSisEmpty_r(geos, unions[least]) == 1;
            for (int64_t i = 0; i < features->count; i++) {
                double expected = NAN;
                if (features->type[i] != SMAP_GEOM_NULL && !none) {
                    GEOSGeometry *feature = to_geos(features, i);
                    if (!GEOSisEmpty_r(geos, feature)) GEOSDistance_r(geos, feature, unions[least], &expected);
                    GEOSGeom_destroy_r(geos, feature);
                }
                assert_true(isnan(out[i]) == isnan(expected));
                if (!isnan(expected) && !(fabs(out[i] - expected) <= 1e-8))
                    print_error("round %d feature %d: %.12g, not %.12g\n", k, (int)i, out[i], expected);
                assert_true(isnan(expected) || fabs(out[i] - expected) <= 1e-8);
                assert_true(expected != 0 || out[i] == 0);
            }
        }
        drop_unions(unions);
        smap__zones_free(zones);
        smap_geometry_free(features);
        smap_geometry_free(polygons);
    }
}

/* A layer kept in degrees gives what the same layer kept in metres does. */
static void degrees_or_metres(void **state) {
    (void)state;
    enum { N = 2000, ZONES = 50 };
    const smap_crs *utm = NULL, *wgs84 = NULL;
    const smap_geometry *metres[2], *degrees[2], *back[2];
    field f = { 633600, 3605900, 20000, 0 };
    int32_t rank[ZONES];
    assert_int_equal(smap_crs_new(one, "EPSG:32634", &utm, NULL), SMAP_OK);
    assert_int_equal(smap__crs_wgs84(one, &wgs84, NULL), SMAP_OK);
    random_ranks(rank, ZONES);
    for (int k = 0; k < 2; k++) {
        smap_geometry_builder *b = NULL;
        assert_int_equal(smap_geometry_builder_new(utm, &b, NULL), SMAP_OK);
        for (int p = 0; p < (k ? N : ZONES); p++) put_shape(b, &f, k ? 12 : 6000);
        metres[k] = finish_valid(b);
        assert_int_equal(smap__ground_transform(two, metres[k], wgs84, 1e-10, &degrees[k], NULL, NULL), SMAP_OK);
        assert_int_equal(smap__ground_transform(two, degrees[k], utm, 1e-4, &back[k], NULL, NULL), SMAP_OK);
    }
    smap__zones *a = build(metres[0], rank), *b = build(back[0], rank), *c = build(degrees[0], rank);
    smap__shares *s = measure(one, a, metres[1]), *t = measure(one, b, back[1]), *u = measure(one, c, degrees[1]);
    for (int64_t i = 0; i < N; i++) {
        double in_metres[RANKS], again[RANKS], in_degrees[RANKS];
        spread(s, i, in_metres);
        spread(t, i, again);
        spread(u, i, in_degrees);
        assert_true(worst(in_metres, again) < 1e-3);
        assert_true(worst(in_metres, in_degrees) < 1e-3);
    }
    smap__shares *wrong = NULL;
    assert_int_equal(smap__zones_measure(one, a, degrees[1], &wrong, NULL), SMAP_E_CRS);
    smap__shares_free(u);
    smap__shares_free(t);
    smap__shares_free(s);
    smap__zones_free(c);
    smap__zones_free(b);
    smap__zones_free(a);
    for (int k = 0; k < 2; k++) {
        smap_geometry_free(back[k]);
        smap_geometry_free(degrees[k]);
        smap_geometry_free(metres[k]);
    }
    smap_crs_free(wgs84);
    smap_crs_free(utm);
}

/* Long edges side by side, 16 teeth and gaps a metre: laid out and measured by what is near, not by all pairs. */
static void combs_are_no_trap(void **state) {
    (void)state;
    enum { TEETH = 50000 };
    const double tooth = 1.0 / 16, width = 2 * tooth * TEETH, height = 6000;
    const int32_t rank[] = { 2 };
    double *x = malloc((4 * TEETH + 2) * sizeof *x), *y = malloc((4 * TEETH + 2) * sizeof *y);
    assert_true(x && y);
    for (int k = 0; k < 4 * TEETH; k++) {
        x[k] = 2 * tooth * (k / 4) + (k % 4 > 1 ? tooth : 0);
        y[k] = k % 4 == 1 || k % 4 == 2 ? height : 0;
    }
    x[4 * TEETH] = width, y[4 * TEETH] = -1;
    x[4 * TEETH + 1] = 0, y[4 * TEETH + 1] = -1;
    smap_geometry_builder *comb = new_builder(), *b = new_builder();
    put_run(comb, x, y, 4 * TEETH + 2, true);
    end_one(comb, SMAP_GEOM_POLYGON);
    const double lines[][4] = { { 0, 17, width, 17 }, { 0, 1, width, height - 1 }, { width, 5999, 0, 1.5 } };
    for (int k = 0; k < 3; k++) {
        put_run(b, (double[]){ lines[k][0], lines[k][2] }, (double[]){ lines[k][1], lines[k][3] }, 2, false);
        end_one(b, SMAP_GEOM_LINESTRING);
    }
    put_box(b, 1000, 1000, 1012, 1012);
    put_box(b, 0, 0, width, 10);
    const smap_geometry *polygons = finish(comb), *features = finish(b);
    smap__zones *zones = build(polygons, rank);
    smap__shares *shares = measure(one, zones, features);
    assert_int_equal(shares->first[5], 5);
    for (int k = 0; k < 5; k++) assert_true(fabs(shares->share[k] - 0.5) <= 1e-9);
    smap__shares_free(shares);
    smap__zones_free(zones);
    smap_geometry_free(features);
    smap_geometry_free(polygons);
    free(x);
    free(y);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_agree_with_geos),
        cmocka_unit_test(a_line_on_the_border_is_in),
        cmocka_unit_test(the_direction_of_a_line_does_not_matter),
        cmocka_unit_test(points_agree_with_geos),
        cmocka_unit_test(mixed_features_count_by_their_largest_part),
        cmocka_unit_test(distances_agree_with_geos),
        cmocka_unit_test(degrees_or_metres),
        cmocka_unit_test(combs_are_no_trap),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
