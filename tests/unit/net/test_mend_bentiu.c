/* The roads and paths of Bentiu (OpenStreetMap): what hangs together once crossings have vertices, against GEOS, which
 * is asked of each pair of lines whether they meet; and the same roads a metre too short at both ends, which have to
 * hang together again when their ends are joined. Needs ../shared. */
#include <geos_c.h>
#include <stdio.h>
#include <stdlib.h>

#include "../cmocka_all.h"
#include "net/graph.h"
#include "net/mend.h"
#include "sitemap.h"

#define ROADS SMAP_SHARED_DIR "/data/bentiu/bentiu_southsudan-osm-20170213.gpkg"

static GEOSContextHandle_t geos;

static GEOSGeometry *to_geos(const smap_geometry *g, int64_t feature) {
    size_t size = smap_geometry_wkb(g, feature, NULL, 0);
    unsigned char *wkb = malloc(size ? size : 1);
    assert_non_null(wkb);
    smap_geometry_wkb(g, feature, wkb, size);
    GEOSGeometry *made = GEOSGeomFromWKB_buf_r(geos, wkb, size);
    free(wkb);
    assert_non_null(made);
    return made;
}

static int64_t find_root(int64_t *parent, int64_t i) {
    while (parent[i] != i) i = parent[i] = parent[parent[i]];
    return i;
}

static int64_t groups_of(const smap_geometry *lines) {
    GEOSGeometry **items = malloc((size_t)lines->count * sizeof(GEOSGeometry *));
    int64_t *parent = malloc((size_t)lines->count * sizeof *parent), groups = lines->count;
    assert_true(items && parent);
    for (int64_t i = 0; i < lines->count; i++) {
        items[i] = to_geos(lines, i);
        parent[i] = i;
    }
    for (int64_t i = 0; i < lines->count; i++) {
        const GEOSPreparedGeometry *prepared = GEOSPrepare_r(geos, items[i]);
        for (int64_t k = 0; k < i; k++) {
            int64_t a = find_root(parent, i), b = find_root(parent, k);
            if (a == b || GEOSPreparedIntersects_r(geos, prepared, items[k]) != 1) continue;
            parent[a] = b;
            groups--;
        }
        GEOSPreparedGeom_destroy_r(geos, prepared);
    }
    for (int64_t i = 0; i < lines->count; i++) GEOSGeom_destroy_r(geos, items[i]);
    free(items);
    free(parent);
    return groups;
}

static uint32_t components_of(smap_ctx *ctx, const smap_geometry *lines) {
    double *cost = malloc((size_t)lines->count * sizeof *cost);
    smap__graph *graph = NULL;
    smap__components *components = NULL;
    assert_non_null(cost);
    for (int64_t i = 0; i < lines->count; i++) cost[i] = 1;
    smap__line_costs costs = { cost, cost, NULL, NULL };
    assert_int_equal(smap__graph_build(ctx, lines, &costs, &graph, NULL), SMAP_OK);
    assert_int_equal(graph->passed, 0);
    assert_int_equal(smap__components_find(graph, &components, NULL), SMAP_OK);
    uint32_t count = components->count;
    smap__components_free(components);
    smap__graph_free(graph);
    free(cost);
    return count;
}

/* From a metre behind the start to a metre before the end. */
static GEOSGeometry *substring(const GEOSGeometry *line, double length) {
    const GEOSCoordSequence *run = GEOSGeom_getCoordSeq_r(geos, line);
    unsigned count = 0, made = 0;
    GEOSCoordSeq_getSize_r(geos, run, &count);
    double *xy = malloc(2 * (count + 2) * sizeof *xy), along = 0;
    assert_non_null(xy);
    for (unsigned k = 0; k < count; k++) {
        double x, y, before_x = 0, before_y = 0;
        GEOSCoordSeq_getXY_r(geos, run, k, &x, &y);
        if (k > 0) GEOSCoordSeq_getXY_r(geos, run, k - 1, &before_x, &before_y);
        double step = k > 0 ? hypot(x - before_x, y - before_y) : 0;
        const double cuts[] = { 1, length - 1 };
        for (int c = 0; c < 2; c++)
            if (k > 0 && along < cuts[c] && along + step >= cuts[c]) {
                double share = (cuts[c] - along) / step;
                xy[2 * made] = before_x + share * (x - before_x);
                xy[2 * made++ + 1] = before_y + share * (y - before_y);
            }
        along += step;
        if (along <= 1 || along >= length - 1) continue;
        xy[2 * made] = x;
        xy[2 * made++ + 1] = y;
    }
    GEOSCoordSequence *cut = GEOSCoordSeq_create_r(geos, made, 2);
    for (unsigned k = 0; k < made; k++) GEOSCoordSeq_setXY_r(geos, cut, k, xy[2 * k], xy[2 * k + 1]);
    free(xy);
    return GEOSGeom_createLineString_r(geos, cut);
}

/* The same lines, those of more than 10 m a metre shorter at either end. */
static const smap_geometry *shortened(const smap_geometry *g) {
    smap_geometry_builder *b = NULL;
    const smap_geometry *made = NULL;
    assert_int_equal(smap_geometry_builder_new(g->crs, &b, NULL), SMAP_OK);
    for (int64_t i = 0; i < g->count; i++) {
        GEOSGeometry *line = to_geos(g, i), *cut = NULL;
        double length = 0;
        GEOSLength_r(geos, line, &length);
        if (length > 10 && GEOSisClosed_r(geos, line) == 0) cut = substring(line, length);
        size_t size = 0;
        unsigned char *wkb = GEOSGeomToWKB_buf_r(geos, cut ? cut : line, &size);
        assert_int_equal(smap_geometry_append_wkb(b, wkb, size, NULL), SMAP_OK);
        GEOSFree_r(geos, wkb);
        GEOSGeom_destroy_r(geos, line);
        if (cut) GEOSGeom_destroy_r(geos, cut);
    }
    assert_int_equal(smap_geometry_builder_finish(b, &made, NULL), SMAP_OK);
    smap_geometry_builder_free(b);
    return made;
}

static void what_crosses_hangs_together(void **state) {
    (void)state;
    smap_ctx *ctx = NULL;
    const smap_layer *layer = NULL;
    const smap_crs *utm = NULL;
    const smap_geometry *lines = NULL;
    assert_int_equal(smap_ctx_new(NULL, &ctx, NULL), SMAP_OK);
    assert_int_equal(smap_read(ctx, ROADS "|layername=roads_paths_lines", NULL, &layer, NULL), SMAP_OK);
    assert_int_equal(smap_crs_new(ctx, "EPSG:32635", &utm, NULL), SMAP_OK);
    assert_int_equal(smap_geometry_transform(ctx, layer->geometry, utm, &lines, NULL, NULL), SMAP_OK);
    const smap_geometry *cut = shortened(lines);
    smap__mend_options crossings = { 0, true, NULL }, both = { 2.5, true, NULL };
    smap__mended m = { 0 }, joined = { 0 }, again = { 0 };
    assert_int_equal(smap__lines_mend(ctx, lines, &crossings, &m, NULL), SMAP_OK);
    int64_t groups = groups_of(lines);
    print_message("%u parts, %u with %zu crossings\n", components_of(ctx, lines), components_of(ctx, m.lines),
                  m.crossings);
    assert_int_equal(components_of(ctx, m.lines), groups);
    assert_int_equal(smap__lines_mend(ctx, cut, &both, &joined, NULL), SMAP_OK);
    print_message("cut: %u parts, %u with %zu ends joined\n", components_of(ctx, cut), components_of(ctx, joined.lines),
                  joined.joins);
    assert_true(components_of(ctx, cut) > 10 * groups);
    assert_int_equal(components_of(ctx, joined.lines), groups);
    for (size_t k = 0; k < joined.joins; k++) assert_true(joined.join[k].distance < 2.5 + 1e-6);
    assert_int_equal(smap__lines_mend(ctx, joined.lines, &both, &again, NULL), SMAP_OK);
    assert_ptr_equal(again.lines, joined.lines);
    smap__mended_release(&again);
    smap__mended_release(&joined);
    smap__mended_release(&m);
    smap_geometry_free(cut);
    smap_geometry_free(lines);
    smap_crs_free(utm);
    smap_layer_free(layer);
    smap_ctx_free(ctx);
}

int main(void) {
    FILE *file = fopen(ROADS, "rb");
    if (!file) {
        (void)printf("needs ../shared\n");
        return 77;
    }
    (void)fclose(file);
    geos = GEOS_init_r();
    const struct CMUnitTest tests[] = { cmocka_unit_test(what_crosses_hangs_together) };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    GEOS_finish_r(geos);
    return failed;
}
