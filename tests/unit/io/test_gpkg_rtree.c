/* The bulk-filled R-tree against SQLite's own check and against looking at every box. */
#include <gdal.h>
#include <ogr_api.h>

#include "write_fixture.h"

static void write_points(fixture *f, const smap_layer *layer, int page_size, bool keep_fid) {
    const smap__gpkg_options how = { .overwrite = true, .date_ms = 0, .page_size = page_size };
    const smap__gpkg_layer put = { .name = layer->name, .layer = layer, .keep_fid = keep_fid };
    smap__gpkg *gpkg = NULL;
    OK(smap__gpkg_create(f->ctx, f->path, &how, &gpkg, err));
    OK(smap__gpkg_put_layer(gpkg, &put, err));
    OK(smap__gpkg_commit(gpkg, err));
}

static void is_sound(const char *path) {
    sqlite3 *db = look(path);
    assert_string_equal(ask(db, "PRAGMA integrity_check"), "ok");
    assert_string_equal(ask(db, "SELECT rtreecheck('rtree_p_geom')"), "ok");
    sqlite3_close(db);
}

/* Every box of the query is found, and nothing that is farther off than the rounding to float. */
static void finds_what_is_there(const char *path, const smap_geometry *g, const int64_t *fid) {
    sqlite3 *db = look(path);
    uint64_t seed = 7;
    for (int q = 0; q < 20; q++) {
        double x = 400000 + 1000 * uniform(&seed), y = 3600000 + 1000 * uniform(&seed), w = 300 * uniform(&seed);
        int64_t least = 0, most = 0;
        char sql[512];
        (void)fid;
        for (int64_t i = 0; i < g->count; i++) {
            double dx = fabs(g->x[i] - x), dy = fabs(g->y[i] - y);
            least += dx <= w && dy <= w;
            most += dx <= w + 1 && dy <= w + 1; /* floats of 3.6e6 are 0.25 apart */
        }
        snprintf(
            sql, sizeof sql,
            "SELECT count(*) FROM p JOIN rtree_p_geom r ON r.id = p.fid WHERE r.minx <= %.17g AND r.maxx >= %.17g AND "
            "r.miny <= %.17g AND r.maxy >= %.17g",
            x + w, x - w, y + w, y - w);
        int64_t found = atoll(ask(db, sql));
        if (found < least || found > most)
            fail_msg("%lld found, between %lld and %lld expected", (long long)found, (long long)least, (long long)most);
    }
    sqlite3_close(db);
}

static void every_size_and_page(void **state) {
    fixture *f = *state;
    static const int64_t sizes[] = { 0, 1, 2, 18, 19, 51, 52, 53, 102, 103, 400, 2601, 2602, 6000 };
    static const int pages[] = { 512, 1024, 4096, 8192, 65536 };
    for (size_t p = 0; p < sizeof pages / sizeof pages[0]; p++) {
        for (size_t s = 0; s < sizeof sizes / sizeof sizes[0]; s++) {
            const smap_geometry *g = random_points(f->ctx, sizes[s], s + 1);
            const smap_layer *layer = layer_of("p", smap_geometry_retain(g), NULL, sizes[s]);
            char want[32];
            unlink(f->path);
            write_points(f, layer, pages[p], false);
            is_sound(f->path);
            sqlite3 *db = look(f->path);
            snprintf(want, sizeof want, "%lld", (long long)sizes[s]);
            assert_string_equal(ask(db, "SELECT count(*) FROM rtree_p_geom"), want);
            assert_string_equal(ask(db, "SELECT count(*) FROM rtree_p_geom_rowid"), want);
            snprintf(want, sizeof want, "%d", pages[p]);
            assert_string_equal(ask(db, "PRAGMA page_size"), want);
            sqlite3_close(db);
            if (sizes[s]) finds_what_is_there(f->path, g, NULL);
            smap_layer_free(layer);
            smap_geometry_free(g);
        }
    }
}

static void any_fids(void **state) {
    fixture *f = *state;
    enum { N = 500 };
    int64_t fid[N];
    for (int i = 0; i < N; i++) fid[i] = (int64_t)((i * 7919) % N - N / 2) * 1000003;
    const smap_geometry *g = random_points(f->ctx, N, 3);
    const smap_layer *layer = layer_of("p", smap_geometry_retain(g), fid, N);
    write_points(f, layer, 4096, true);
    is_sound(f->path);
    finds_what_is_there(f->path, g, fid);
    sqlite3 *db = look(f->path);
    char sql[128], want[32];
    for (int i = 0; i < N; i += 50) { /* each row kept its own values */
        snprintf(sql, sizeof sql, "SELECT n FROM p WHERE fid = %lld", (long long)fid[i]);
        snprintf(want, sizeof want, "%d", 10 * i);
        assert_string_equal(ask(db, sql), want);
    }
    sqlite3_close(db);
    smap_layer_free(layer);

    smap_error e = SMAP_ERROR_INIT;
    const smap__gpkg_options how = { .overwrite = true };
    smap__gpkg *gpkg = NULL;
    fid[10] = fid[20];
    layer = layer_of("p", g, fid, N);
    const smap__gpkg_layer put = { .name = "p", .layer = layer, .keep_fid = true };
    OK(smap__gpkg_create(f->ctx, f->path, &how, &gpkg, err));
    assert_int_equal(smap__gpkg_put_layer(gpkg, &put, &e), SMAP_E_SCHEMA);
    smap__gpkg_abandon(gpkg);
    is_sound(f->path);
    assert_int_equal(count_files(f->folder), 1);
    smap_layer_free(layer);
}

/* Nulls, empties and equal boxes: what has no box is not in the index; many rows may lie on one spot. */
static void odd_geometries(void **state) {
    fixture *f = *state;
    smap_geometry_builder *b;
    const smap_geometry *g = NULL;
    static const unsigned char empty_polygon[] = { 1, 3, 0, 0, 0, 0, 0, 0, 0 };
    OK(smap_geometry_builder_new(NULL, &b, err));
    for (int i = 0; i < 300; i++) {
        if (i % 3 == 0)
            OK(smap_geometry_append_null(b, err));
        else if (i % 3 == 1)
            OK(smap_geometry_append_point(b, 22.5, 32.5, err));
        else
            OK(smap_geometry_append_wkb(b, empty_polygon, sizeof empty_polygon, err));
    }
    OK(smap_geometry_builder_finish(b, &g, err));
    smap_geometry_builder_free(b);
    const smap_layer *layer = layer_of("p", g, NULL, 300);
    write_points(f, layer, 4096, false);
    smap_layer_free(layer);
    is_sound(f->path);
    sqlite3 *db = look(f->path);
    assert_string_equal(ask(db, "SELECT count(*) FROM rtree_p_geom"), "100");
    assert_string_equal(ask(db, "SELECT count(*) FROM p WHERE geom IS NULL"), "100");
    assert_string_equal(ask(db, "SELECT min_x || ' ' || max_y FROM gpkg_contents"), "22.5 32.5");
    sqlite3_close(db);
}

/* ---- other programs go on with it ---- */

static void sql(GDALDatasetH data, const char *text) {
    OGRLayerH result = GDALDatasetExecuteSQL(data, text, NULL, NULL);
    GDALDatasetReleaseResultSet(data, result);
}

static void gdal_edits_afterwards(void **state) {
    fixture *f = *state;
    static const int64_t sizes[] = { 0, 1, 51, 52, 3000 };
    GDALAllRegister();
    for (size_t s = 0; s < sizeof sizes / sizeof sizes[0]; s++) {
        const smap_layer *layer = layer_of("p", random_points(f->ctx, sizes[s], 5), NULL, sizes[s]);
        write_points(f, layer, 4096, false);
        smap_layer_free(layer);
        GDALDatasetH data = GDALOpenEx(f->path, GDAL_OF_VECTOR | GDAL_OF_UPDATE, NULL, NULL, NULL);
        assert_non_null(data);
        OGRLayerH p = GDALDatasetGetLayerByName(data, "p");
        assert_int_equal(OGR_L_GetFeatureCount(p, 1), sizes[s]);
        assert_int_equal(OGR_L_StartTransaction(p), OGRERR_NONE);
        for (int i = 0; i < 400; i++) {
            OGRFeatureH feature = OGR_F_Create(OGR_L_GetLayerDefn(p));
            OGRGeometryH point = OGR_G_CreateGeometry(wkbPoint);
            OGR_G_SetPoint_2D(point, 0, 400000 + i, 3600000 + i * 37 % 400);
            OGR_F_SetGeometryDirectly(feature, point);
            assert_int_equal(OGR_L_CreateFeature(p, feature), OGRERR_NONE);
            OGR_F_Destroy(feature);
        }
        assert_int_equal(OGR_L_CommitTransaction(p), OGRERR_NONE);
        sql(data, "DELETE FROM p WHERE fid % 3 = 0");
        sql(data, "UPDATE p SET geom = (SELECT geom FROM p ORDER BY fid LIMIT 1) WHERE fid % 5 = 1");
        sql(data, "UPDATE p SET geom = NULL WHERE fid % 7 = 1");
        int64_t left = OGR_L_GetFeatureCount(p, 1);
        assert_int_equal(left, sizes[s] + 400 - (sizes[s] + 400) / 3);
        GDALClose(data);
        is_sound(f->path);
        sqlite3 *db = look(f->path);
        char without[32];
        snprintf(without, sizeof without, "%.31s", ask(db, "SELECT count(*) FROM p WHERE geom IS NOT NULL"));
        assert_string_equal(ask(db, "SELECT count(*) FROM rtree_p_geom"), without);
        assert_int_equal(atoll(ask(db, "SELECT feature_count FROM gpkg_ogr_contents")), left);
        sqlite3_close(db);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_size_and_page, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(any_fids, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(odd_geometries, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(gdal_edits_afterwards, fixture_open, fixture_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
