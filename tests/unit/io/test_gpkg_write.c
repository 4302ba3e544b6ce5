/* GeoPackages as other programs see them: tables, types, notes, and the same bytes every time. */
#include <gdal.h>
#include <ogr_api.h>

#include "sitemap/io.h"
#include "write_fixture.h"

static const smap_column *finish(smap_column_builder *b) {
    const smap_column *c = NULL;
    OK(smap_column_builder_finish(b, &c, err));
    smap_column_builder_free(b);
    return c;
}

static smap_column_builder *builder(const char *name, smap_type type) {
    smap_column_builder *b = NULL;
    OK(smap_column_builder_new(name, type, &b, err));
    return b;
}

/* One column of each type: a value, a null, and an odd value. */
static const smap_layer *every_type(void) {
    const smap_column *c[7];
    const smap_table *t = NULL;
    const smap_layer *layer = NULL;
    smap_column_builder *b = builder("yes", SMAP_BOOL);
    OK(smap_column_append_int(b, 1, err));
    OK(smap_column_append_null(b, err));
    OK(smap_column_append_int(b, 0, err));
    c[0] = finish(b);
    b = builder("people", SMAP_INT64);
    OK(smap_column_append_int(b, INT64_MAX, err));
    OK(smap_column_append_null(b, err));
    OK(smap_column_append_int(b, INT64_MIN, err));
    c[1] = finish(b);
    b = builder("area_m2", SMAP_FLOAT64);
    OK(smap_column_append_real(b, 0.1, err));
    OK(smap_column_append_null(b, err));
    OK(smap_column_append_real(b, NAN, err));
    c[2] = finish(b);
    b = builder("name \"en\"", SMAP_TEXT);
    OK(smap_column_append_text(b, "درنة'; DROP TABLE x", strlen("درنة'; DROP TABLE x"), err));
    OK(smap_column_append_null(b, err));
    OK(smap_column_append_text(b, "", 0, err));
    c[3] = finish(b);
    b = builder("date", SMAP_DATE);
    OK(smap_column_append_int(b, smap__days_from_civil(2023, 9, 11), err));
    OK(smap_column_append_null(b, err));
    OK(smap_column_append_int(b, smap__days_from_civil(1969, 12, 31), err));
    c[4] = finish(b);
    b = builder("seen", SMAP_TIMESTAMP);
    OK(smap_column_append_int(b, INT64_C(1694423580123), err));
    OK(smap_column_append_null(b, err));
    OK(smap_column_append_int(b, -1, err));
    c[5] = finish(b);
    b = builder("photo", SMAP_BLOB);
    OK(smap_column_append_text(b, "\0\xff", 2, err));
    OK(smap_column_append_null(b, err));
    OK(smap_column_append_text(b, "", 0, err));
    c[6] = finish(b);
    OK(smap_table_new(c, 7, 3, &t, err));
    OK(smap_layer_new("types", t, NULL, NULL, &layer, err));
    for (int i = 0; i < 7; i++) smap_column_free(c[i]);
    smap_table_free(t);
    return layer;
}

static void types_and_values(void **state) {
    fixture *f = *state;
    const smap_layer *layer = every_type();
    OK(smap_write_gpkg(f->ctx, f->path, &layer, 1, NULL, err));
    smap_layer_free(layer);
    sqlite3 *db = look(f->path);
    assert_string_equal(ask(db, "SELECT group_concat(type) FROM pragma_table_info('types')"),
                        "INTEGER,BOOLEAN,INTEGER,REAL,TEXT,DATE,DATETIME,BLOB");
    assert_string_equal(ask(db, "SELECT yes || ' ' || people || ' ' || area_m2 || ' ' || date || ' ' || seen || ' ' || "
                                "hex(photo) FROM types WHERE fid = 1"),
                        "1 9223372036854775807 0.1 2023-09-11 2023-09-11T09:13:00.123Z 00FF");
    assert_string_equal(ask(db, "SELECT \"name \"\"en\"\"\" FROM types WHERE fid = 1"), "درنة'; DROP TABLE x");
    assert_string_equal(
        ask(db, "SELECT yes IS NULL AND people IS NULL AND area_m2 IS NULL AND date IS NULL AND seen IS NULL "
                "AND photo IS NULL FROM types WHERE fid = 2"),
        "1");
    assert_string_equal(ask(db,
                            "SELECT area_m2 IS NULL AND date = '1969-12-31' AND seen = '1969-12-31T23:59:59.999Z' AND "
                            "typeof(photo) = 'blob' AND \"name \"\"en\"\"\" = '' FROM types WHERE fid = 3"),
                        "1");
    assert_string_equal(ask(db, "PRAGMA application_id"), "1196444487");
    assert_string_equal(ask(db, "SELECT last_change FROM gpkg_contents"), "1970-01-01T00:00:00.000Z");
    sqlite3_close(db);
    struct stat st;
    assert_int_equal(stat(f->path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
}

static smap_geometry_builder *geometry(fixture *f, const char *crs_text) {
    const smap_crs *crs = NULL;
    smap_geometry_builder *b = NULL;
    OK(smap_crs_new(f->ctx, crs_text, &crs, err));
    OK(smap_geometry_builder_new(crs, &b, err));
    smap_crs_free(crs);
    return b;
}

static void append_square(smap_geometry_builder *b, bool multi) {
    unsigned char wkb[9 + 9 + 4 + 80];
    static const double ring[10] = { 0, 0, 2, 0, 2, 1, 0, 1, 0, 0 };
    static const unsigned char head[] = { 1, 3, 0, 0, 0, 1, 0, 0, 0, 5, 0, 0, 0 },
                               outer[] = { 1, 6, 0, 0, 0, 1, 0, 0, 0 };
    size_t at = 0;
    if (multi) {
        memcpy(wkb, outer, sizeof outer);
        at = sizeof outer;
    }
    memcpy(wkb + at, head, sizeof head);
    memcpy(wkb + at + sizeof head, ring, sizeof ring);
    OK(smap_geometry_append_wkb(b, wkb, at + sizeof head + sizeof ring, err));
}

/* Singles among multis become multis, so that the layer's type is true; blobs carry their box. */
static void mixed_parts(void **state) {
    fixture *f = *state;
    smap_geometry_builder *b = geometry(f, "EPSG:4326");
    const smap_geometry *g = NULL;
    append_square(b, false);
    append_square(b, true);
    OK(smap_geometry_append_null(b, err));
    OK(smap_geometry_builder_finish(b, &g, err));
    smap_geometry_builder_free(b);
    const smap_layer *layer = layer_of("areas", g, NULL, 3);
    OK(smap_write_gpkg(f->ctx, f->path, &layer, 1, NULL, err));
    smap_layer_free(layer);
    sqlite3 *db = look(f->path);
    assert_string_equal(ask(db, "SELECT geometry_type_name || srs_id FROM gpkg_geometry_columns"), "MULTIPOLYGON4326");
    assert_string_equal(ask(db, "SELECT count(DISTINCT geom) FROM areas"), "1");
    assert_string_equal(ask(db, "SELECT hex(substr(geom, 1, 8)) FROM areas"), "47500003E6100000");
    sqlite3_close(db);
    GDALAllRegister();
    GDALDatasetH data = GDALOpenEx(f->path, GDAL_OF_VECTOR, NULL, NULL, NULL);
    OGRFeatureH feature = OGR_L_GetNextFeature(GDALDatasetGetLayerByName(data, "areas"));
    assert_int_equal(OGR_G_GetGeometryType(OGR_F_GetGeometryRef(feature)), wkbMultiPolygon);
    assert_true(OGR_G_Area(OGR_F_GetGeometryRef(feature)) == 2.0);
    OGR_F_Destroy(feature);
    GDALClose(data);
}

static void reference_systems(void **state) {
    fixture *f = *state;
    static const char *const crs[] = {
        "EPSG:32634", "ESRI:102022",
        "PROJCRS[\"Libya equal area\",BASEGEOGCRS[\"WGS 84\",DATUM[\"World Geodetic System 1984\",ELLIPSOID[\"WGS "
        "84\",6378137,298.257223563]]],CONVERSION[\"c\",METHOD[\"Lambert Azimuthal Equal Area\"],PARAMETER[\"Latitude of "
        "natural origin\",27,ANGLEUNIT[\"degree\",0.0174532925199433]],PARAMETER[\"Longitude of natural origin\",17,"
        "ANGLEUNIT[\"degree\",0.0174532925199433]],PARAMETER[\"False easting\",0,LENGTHUNIT[\"metre\",1]],PARAMETER[\"False "
        "northing\",0,LENGTHUNIT[\"metre\",1]]],CS[Cartesian,2],AXIS[\"(E)\",east],AXIS[\"(N)\",north],LENGTHUNIT[\"metre\",1]]"
    };
    const smap_layer *layers[3];
    char names[3][16];
    for (int i = 0; i < 3; i++) {
        smap_geometry_builder *b = geometry(f, crs[i]);
        const smap_geometry *g = NULL;
        OK(smap_geometry_append_point(b, 1, 2, err));
        OK(smap_geometry_builder_finish(b, &g, err));
        smap_geometry_builder_free(b);
        snprintf(names[i], sizeof names[i], "l%d", i);
        layers[i] = layer_of(names[i], g, NULL, 1);
    }
    OK(smap_write_gpkg(f->ctx, f->path, layers, 3, NULL, err));
    for (int i = 0; i < 3; i++) smap_layer_free(layers[i]);
    sqlite3 *db = look(f->path);
    assert_string_equal(
        ask(db, "SELECT group_concat(organization || ':' || organization_coordsys_id || '=' || srs_id, ' ') "
                "FROM (SELECT * FROM gpkg_spatial_ref_sys WHERE srs_id > 0 ORDER BY srs_id)"),
        "EPSG:4326=4326 EPSG:32634=32634 ESRI:102022=102022 NONE:102023=102023");
    assert_string_equal(ask(db, "SELECT count(*) FROM gpkg_spatial_ref_sys WHERE srs_id > 0 AND definition NOT LIKE "
                                "'PROJCS[%' AND definition NOT LIKE 'GEOGCS[%'"),
                        "0");
    sqlite3_close(db);
    GDALAllRegister();
    GDALDatasetH data = GDALOpenEx(f->path, GDAL_OF_VECTOR, NULL, NULL, NULL);
    for (int i = 0; i < 3; i++) assert_non_null(OGR_L_GetSpatialRef(GDALDatasetGetLayer(data, i)));
    GDALClose(data);
}

static void names_that_cannot_be(void **state) {
    fixture *f = *state;
    static const char *const names[] = { "gpkg_x", "RTREE_x", "sqlite_x", "layer_styles", "sitemap_meta", "" };
    smap_error e = SMAP_ERROR_INIT;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const smap_layer *layer = layer_of(names[i], NULL, NULL, 1);
        assert_int_equal(smap_write_gpkg(f->ctx, f->path, &layer, 1, NULL, &e), SMAP_E_ARGUMENT);
        smap_layer_free(layer);
    }
    assert_int_equal(count_files(f->folder), 0);
    const smap_column *c[2] = { numbers("Name", 1), numbers("name", 1) };
    const smap_table *t = NULL;
    const smap_layer *layer = NULL;
    OK(smap_table_new(c, 2, 1, &t, err));
    OK(smap_layer_new("x", t, NULL, NULL, &layer, err));
    assert_int_equal(smap_write_gpkg(f->ctx, f->path, &layer, 1, NULL, &e), SMAP_E_SCHEMA);
    smap_layer_free(layer);
    smap_table_free(t);
    /* A column may be called as GDAL calls its own. */
    const smap_column *own[2] = { numbers("fid", 1), numbers("geom", 1) };
    OK(smap_table_new(own, 2, 1, &t, err));
    const smap_geometry *g = random_points(f->ctx, 1, 1);
    OK(smap_layer_new("a \"b\" 'c'", t, g, NULL, &layer, err));
    OK(smap_write_gpkg(f->ctx, f->path, &layer, 1, NULL, err));
    sqlite3 *db = look(f->path);
    assert_string_equal(ask(db, "SELECT column_name FROM gpkg_geometry_columns"), "geometry");
    assert_string_equal(ask(db, "SELECT rtreecheck('rtree_a \"b\" ''c''_geometry')"), "ok");
    sqlite3_close(db);
    smap_layer_free(layer);
    smap_table_free(t);
    smap_geometry_free(g);
    for (int i = 0; i < 2; i++) {
        smap_column_free(c[i]);
        smap_column_free(own[i]);
    }
}

/* ---- domains, titles, styles, meta ---- */

static void write_with_notes(fixture *f, const char *path) {
    static const smap__gpkg_code codes[] = { { "a", "Open / مفتوح" }, { "b", "Closed" } };
    static const smap__gpkg_column columns[] = { { "n", "Number", "How many", "status" }, { "gone", "x", "", "" } };
    const smap__gpkg_options how = { .overwrite = true, .date_ms = INT64_C(1694995200000) };
    const smap_layer *layer = layer_of("site", random_points(f->ctx, 100, 9), NULL, 100);
    const smap__gpkg_layer put = { .name = "site",
                                   .identifier = "Sites",
                                   .description = "Where people stay",
                                   .layer = layer,
                                   .column = columns,
                                   .columns = 2 };
    smap__gpkg *gpkg = NULL;
    OK(smap__gpkg_create(f->ctx, path, &how, &gpkg, err));
    OK(smap__gpkg_put_layer(gpkg, &put, err));
    OK(smap__gpkg_put_domain(gpkg, "status", "What it is", codes, 2, err));
    OK(smap__gpkg_put_style(gpkg, "site", "old", "", "<qgis/>", "<sld/>", err));
    OK(smap__gpkg_put_style(gpkg, "site", "new", "", "<qgis version=\"3.22\"/>", "<sld/>", err));
    OK(smap__gpkg_put_meta(gpkg, "k", "1", err));
    OK(smap__gpkg_put_meta(gpkg, "k", "2", err));
    OK(smap__gpkg_put_layer(gpkg, &put, err)); /* again: replaced, its style stays */
    OK(smap__gpkg_commit(gpkg, err));
    smap_layer_free(layer);
}

static void notes(void **state) {
    fixture *f = *state;
    char *value = NULL;
    smap_error e = SMAP_ERROR_INIT;
    write_with_notes(f, f->path);
    sqlite3 *db = look(f->path);
    assert_string_equal(ask(db,
                            "SELECT group_concat(value || '=' || description) FROM gpkg_data_column_constraints WHERE "
                            "constraint_name = 'status'"),
                        "a=Open / مفتوح,b=Closed");
    assert_string_equal(ask(db, "SELECT column_name || ' ' || title || ' ' || constraint_name FROM gpkg_data_columns"),
                        "n Number status");
    assert_string_equal(ask(db, "SELECT count(*) || max(styleName) || max(update_time) FROM layer_styles"),
                        "1new2023-09-18T00:00:00.000Z");
    assert_string_equal(
        ask(db, "SELECT identifier || ': ' || description FROM gpkg_contents WHERE table_name = 'site'"),
        "Sites: Where people stay");
    assert_string_equal(ask(db, "SELECT count(*) FROM gpkg_extensions WHERE extension_name = 'gpkg_schema'"), "2");
    assert_string_equal(ask(db, "SELECT count(*) FROM site"), "100");
    assert_string_equal(ask(db, "SELECT rtreecheck('rtree_site_geom')"), "ok");
    sqlite3_close(db);
    OK(smap__gpkg_read_meta(f->path, "k", &value, err));
    assert_string_equal(value, "2");
    smap__free(value);
    OK(smap__gpkg_read_meta(f->path, "none", &value, err));
    assert_null(value);
    GDALAllRegister();
    GDALDatasetH data = GDALOpenEx(f->path, GDAL_OF_VECTOR, NULL, NULL, NULL);
    OGRFieldDomainH domain = GDALDatasetGetFieldDomain(data, "status");
    assert_non_null(domain);
    assert_string_equal(OGR_FldDomain_GetDescription(domain), "What it is");
    assert_string_equal(OGR_CodedFldDomain_GetEnumeration(domain)[0].pszValue, "Open / مفتوح");
    GDALClose(data);

    const smap__gpkg_options how = { .overwrite = true };
    smap__gpkg *gpkg = NULL;
    OK(smap__gpkg_edit(f->ctx, f->path, &how, &gpkg, err));
    assert_int_equal(smap__gpkg_put_style(gpkg, "nowhere", "s", "", "", "", &e), SMAP_E_NOT_FOUND);
    assert_int_equal(smap__gpkg_drop_layer(gpkg, "SITE", &e), SMAP_E_REFUSED); /* the same table to SQLite */
    OK(smap__gpkg_drop_layer(gpkg, "site", err));
    OK(smap__gpkg_commit(gpkg, err));
    db = look(f->path);
    assert_string_equal(
        ask(db, "SELECT count(*) FROM sqlite_master WHERE name LIKE '%site%' AND name NOT LIKE 'sitemap%' AND "
                "name NOT LIKE '%autoindex%'"),
        "0");
    assert_string_equal(ask(db,
                            "SELECT (SELECT count(*) FROM layer_styles) + (SELECT count(*) FROM gpkg_data_columns) + "
                            "(SELECT count(*) FROM gpkg_geometry_columns) + (SELECT count(*) FROM gpkg_ogr_contents)"),
                        "0");
    sqlite3_close(db);
}

static void same_bytes(void **state) {
    fixture *f = *state;
    char other[160], hex[2][65];
    int64_t size;
    snprintf(other, sizeof other, "%s/elsewhere.gpkg", f->folder);
    write_with_notes(f, f->path);
    usleep(20000);
    write_with_notes(f, other);
    OK(smap__file_hash(f->path, hex[0], &size, err));
    OK(smap__file_hash(other, hex[1], &size, err));
    assert_string_equal(hex[0], hex[1]);
}

/* Every allocation of ours fails once: an error and an untouched folder, until there are enough. */
static void memory_runs_out(void **state) {
    fixture *f = *state;
    const smap_layer *layer = layer_of("p", random_points(f->ctx, 60, 4), NULL, 60);
    smap_status status = SMAP_E_NOMEM;
    int failed = 0;
    for (int64_t nth = 1; status != SMAP_OK; nth++) {
        smap_error e = SMAP_ERROR_INIT;
        smap__alloc_fail_at(nth, false);
        status = smap_write_gpkg(f->ctx, f->path, &layer, 1, NULL, &e);
        smap__alloc_fail_at(0, false);
        if (status == SMAP_OK) break;
        assert_int_equal(status, SMAP_E_NOMEM);
        assert_int_equal(count_files(f->folder), 0);
        failed++;
    }
    assert_true(failed > 20);
    smap_layer_free(layer);
    sqlite3 *db = look(f->path);
    assert_string_equal(ask(db, "SELECT count(*) FROM p"), "60");
    sqlite3_close(db);
}

/* GDAL's own checker of the GeoPackage standard. */
static void passes_the_validator(void **state) {
    fixture *f = *state;
    char command[512];
    static const char validator[] = "/usr/bin/python3 -m osgeo_utils.samples.validate_gpkg";
    snprintf(command, sizeof command, "%s --help > %s/said 2>&1", validator, f->folder);
    if (system(command) / 256 != 2) { /* what it ends with when asked for help */
        print_message("skipped: python3-gdal with validate_gpkg is not there\n");
        return;
    }
    write_with_notes(f, f->path);
    snprintf(command, sizeof command, "%s -q --extra --warning-as-error %s > %s/said 2>&1", validator, f->path,
             f->folder);
    if (system(command) != 0) {
        snprintf(command, sizeof command, "cat %s/said", f->folder);
        assert_int_equal(system(command), 0);
        fail_msg("%s", "validate_gpkg found faults");
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_open, fixture_close)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(types_and_values),
        TEST(mixed_parts),
        TEST(reference_systems),
        TEST(names_that_cannot_be),
        TEST(notes),
        TEST(same_bytes),
        TEST(memory_runs_out),
        TEST(passes_the_validator),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
