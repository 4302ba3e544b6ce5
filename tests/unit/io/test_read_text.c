/* CSV and GeoJSON made here: structure, encodings, types, findings. */
#include "read_fixture.h"

static const smap_read_options plain = SMAP_READ_OPTIONS_INIT;

static void csv_separators(void **state) {
    fixture *f = *state;
    put(f, "a.csv", "id;lon;lat\r\nS1;13,1;32,8\r\nS2;13,2;32,9\r\n");
    read_good(f, "a.csv", NULL);
    assert_int_equal(rows(f), 2);
    assert_string_equal(cell(f, "lon", 1), "13,2");
    put(f, "a.csv", "id\tname, long\nS1\tA, B\n");
    read_good(f, "a.csv", NULL);
    assert_string_equal(cell(f, "name, long", 0), "A, B");
    put(f, "a.tsv", "id|name\nS1|A\nS2|B\n");
    read_good(f, "a.tsv", NULL);
    assert_string_equal(cell(f, "name", 1), "B");
    put(f, "one.csv", "name\nA\nB");
    read_good(f, "one.csv", NULL);
    assert_int_equal(rows(f), 2);
}

static void csv_quotes_and_lines(void **state) {
    fixture *f = *state;
    put(f, "a.csv", "id,note\n1,\"two\nlines, \"\"quoted\"\"\"\n2,b\n");
    read_good(f, "a.csv", NULL);
    assert_int_equal(rows(f), 2);
    assert_string_equal(cell(f, "note", 0), "two\nlines, \"quoted\"");
    assert_int_equal(f->last.layer->fid[0], 2);
    assert_int_equal(f->last.layer->fid[1], 4);
    /* a quote that swallows rows up to another row's quotes is given up, the rows between are kept */
    put(f, "b.csv", "id,note\n1,\"open\n2,b\n3,\"c\"\n4,d\n");
    read_good(f, "b.csv", NULL);
    assert_int_equal(found(f, "quote_not_closed", 2), 1);
    assert_int_equal(rows(f), 3);
    assert_string_equal(cell(f, "id", 0), "2");
    assert_string_equal(cell(f, "note", 1), "c");
}

static void csv_ragged_and_blank(void **state) {
    fixture *f = *state;
    put(f, "a.csv", "id,a,b\n1,x,y,,\n\n2\n,,\n3,x,y,z\n4,x,y\n\n\n");
    read_good(f, "a.csv", NULL);
    assert_int_equal(rows(f), 3); /* empty surplus fields are no fault; 3 is too long */
    assert_int_equal(found(f, "row_long", 6), 1);
    assert_int_equal(found(f, "row_short", 4), 1);
    assert_int_equal(found(f, "blank_line", -1), 2); /* those at the end are not told */
    assert_int_equal(f->last.findings.by_severity[SMAP__REJECTED], 1);
}

static void csv_headers(void **state) {
    fixture *f = *state;
    put(f, "a.csv", " id ,ID,,name\n1,2,3,4\n");
    read_good(f, "a.csv", NULL);
    assert_string_equal(cell(f, "id", 0), "1");
    assert_string_equal(cell(f, "ID_2", 0), "2");
    assert_string_equal(cell(f, "column_3", 0), "3");
    assert_int_equal(found(f, "header_renamed", 1), 2);
    put(f, "none.csv", "\n\n");
    read_bad(f, "none.csv", NULL, SMAP_E_FORMAT, "no rows");
}

static void csv_encodings(void **state) {
    fixture *f = *state;
    static const char cp1256[] = "id,name\n1,\xe3\xce\xed\xe3 \xca\xc7\xe6\xd1\xdb\xc7\xc1\n";
    static const char latin1[] = "id,name\n1,caf\xe9\n";
    static const char utf16be[] = "\xfe\xff\0i\0d\0\n\0"
                                  "1\0\n";
    smap_read_options options = plain;
    put(f, "bom.csv", "\xef\xbb\xbfid,name\n1,\xd9\x85\n");
    read_good(f, "bom.csv", NULL);
    assert_string_equal(cell(f, "id", 0), "1");
    put(f, "arabic.csv", cp1256);
    read_good(f, "arabic.csv", NULL);
    assert_string_equal(cell(f, "name", 0), "مخيم تاورغاء");
    assert_int_equal(found(f, "encoding_guessed", 0), 1);
    options.encoding = "windows-1256";
    read_good(f, "arabic.csv", &options);
    assert_int_equal(found(f, "encoding_guessed", -1), 0);
    put(f, "french.csv", latin1);
    read_bad(f, "french.csv", NULL, SMAP_E_FORMAT, "--encoding");
    options.encoding = "ISO-8859-1";
    read_good(f, "french.csv", &options);
    assert_string_equal(cell(f, "name", 0), "café");
    options.encoding = "KLINGON";
    read_bad(f, "french.csv", &options, SMAP_E_ARGUMENT, "KLINGON");
    put_bytes(f, "wide.csv", utf16be, sizeof utf16be - 1);
    read_good(f, "wide.csv", NULL);
    assert_string_equal(cell(f, "id", 0), "1");
    put_bytes(f, "zero.csv", "id\n1\0\n", 6);
    read_bad(f, "zero.csv", NULL, SMAP_E_FORMAT, "line 2");
    put(f, "fine.csv", "id,name\n1,Benghazi café naïve ±\n"); /* Latin letters that are right are not garbled ones */
    read_good(f, "fine.csv", NULL);
    assert_int_equal(found(f, "text_garbled", -1), 0);
}

static void csv_wkt(void **state) {
    fixture *f = *state;
    smap_read_options options = plain;
    options.crs = "EPSG:4326";
    put(f, "a.csv", "id,wkt\n1,POINT (13 32)\n2,\n3,\"POLYGON ((0 0,1 0,1 1,0 0))\"\n4,POINT (13)\n5,POINT (500 32)\n");
    read_bad(f, "a.csv", NULL, SMAP_E_CRS, "--crs");
    read_good(f, "a.csv", &options);
    assert_int_equal(rows(f), 3);
    assert_int_equal(f->last.layer->geometry->type[1], SMAP_GEOM_NULL);
    assert_int_equal(f->last.layer->geometry->type[2], SMAP_GEOM_POLYGON);
    assert_int_equal(f->last.layer->fid[2], 4);
    assert_int_equal(found(f, "geometry_broken", 5), 1);
    assert_int_equal(found(f, "coordinate_out_of_range", 6), 1);
    assert_null(smap_table_find(f->last.layer->table, "wkt"));
}

static void csv_long_line(void **state) {
    fixture *f = *state;
    FILE *out = fopen(at(f, "long.csv"), "wb");
    assert_non_null(out);
    fputs("id,note\n1,", out);
    for (int i = 0; i < 30 << 10; i++) fprintf(out, "%01024d", 0);
    fclose(out);
    read_bad(f, "long.csv", NULL, SMAP_E_LIMIT, "line 2");
}

/* ---- GeoJSON ---------------------------------------------------------------------------------------------------- */

#define FEATURE(properties, geometry) "{\"type\":\"Feature\",\"properties\":" properties ",\"geometry\":" geometry "}"
#define COLLECTION(features) "{\"type\":\"FeatureCollection\",\"features\":[" features "]}"
#define POINT "{\"type\":\"Point\",\"coordinates\":[13,32]}"

static void json_types(void **state) {
    fixture *f = *state;
    put(f, "a.geojson",
        COLLECTION(FEATURE("{\"n\":1,\"r\":1,\"b\":true,\"t\":\"x\\u0645\\n\",\"x\":null}",
                           POINT) "," FEATURE("{\"n\":-9223372036854775808,\"r\":2.5,\"b\":false,\"o\":{\"k\":[1]}}",
                                              POINT) "," FEATURE("null", "null")));
    read_good(f, "a.geojson", NULL);
    assert_int_equal(rows(f), 3);
    const smap_table *t = f->last.layer->table;
    assert_int_equal(smap_table_columns(t), 6);
    assert_int_equal(smap_table_find(t, "n")->type, SMAP_INT64);
    assert_int_equal(smap_table_find(t, "r")->type, SMAP_FLOAT64);
    assert_int_equal(smap_table_find(t, "b")->type, SMAP_BOOL);
    assert_string_equal(cell(f, "n", 1), "-9223372036854775808");
    assert_string_equal(cell(f, "t", 0), "xم\n");
    assert_string_equal(cell(f, "o", 1), "{\"k\":[1]}");
    assert_string_equal(cell(f, "x", 0), "");
    assert_int_equal(f->last.layer->geometry->type[2], SMAP_GEOM_NULL);
    assert_int_equal(smap_crs_code(f->last.layer->geometry->crs), 4326);
}

static void json_ids_and_repeats(void **state) {
    fixture *f = *state;
    put(f, "a.json",
        "{\"features\":[{\"id\":\"node/1\",\"properties\":{\"a\":1,\"a\":2},\"type\":\"Feature\",\"geometry\":" POINT
        "}],\"type\":\"FeatureCollection\"}");
    read_good(f, "a.json", NULL);
    assert_string_equal(cell(f, "id", 0), "node/1");
    assert_string_equal(cell(f, "a", 0), "2");
    put(f, "b.json", POINT);
    read_good(f, "b.json", NULL);
    assert_int_equal(rows(f), 1);
    put(f, "c.json", FEATURE("{\"a\":1}", POINT));
    read_good(f, "c.json", NULL);
    assert_string_equal(cell(f, "a", 0), "1");
}

static void json_shapes(void **state) {
    fixture *f = *state;
    put(f, "a.json",
        COLLECTION(
            FEATURE("{}", "{\"type\":\"MultiPolygon\",\"coordinates\":[[[[0,0],[4,0],[4,4],[0,0]],[[1,1],[2,1],[2,2],[1,1]]]]}") "," FEATURE(
                "{}",
                "{\"type\":\"GeometryCollection\",\"geometries\":[" POINT ",{\"type\":\"LineString\",\"coordinates\":[[0,0,5],[1,1,6]]}]}") "," FEATURE("{}",
                                                                                                                                                        "{\"type\":\"Point\",\"coordinates\":[ ]}") "," FEATURE("{}",
                                                                                                                                                                                                                "{\"type\":\"LineString\",\"coordinates\":[[0,0]]}") "," FEATURE("{}",
                                                                                                                                                                                                                                                                                 "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[1,0],[0,0]]]}") "," FEATURE("{}",
                                                                                                                                                                                                                                                                                                                                                             "{\"type\":\"Circle\",\"coordinates\":[0,0]}") "," FEATURE("{}",
                                                                                                                                                                                                                                                                                                                                                                                                                        "{\"type\":\"Point\",\"coordinates\":[\"13\",32]}") ","
                                                                                                                                                                                                                                                                                                                                                                                                                                                                            "{\"type\":\"Thing\"}"));
    read_good(f, "a.json", NULL);
    const smap_geometry *g = f->last.layer->geometry;
    assert_int_equal(rows(f), 3);
    assert_int_equal(g->type[0], SMAP_GEOM_MULTIPOLYGON);
    assert_int_equal(g->type[1], SMAP_GEOM_COLLECTION);
    assert_int_equal(g->type[2], SMAP_GEOM_POINT);
    assert_int_equal(smap_geom_part(g, 3) - smap_geom_part(g, 2), 0); /* POINT EMPTY */
    assert_non_null(g->z);
    assert_int_equal(found(f, "geometry_broken", -1), 4);
    assert_int_equal(found(f, "not_a_feature", 8), 1);
}

static void json_refuses(void **state) {
    fixture *f = *state;
    static const struct {
        const char *text, *word;
    } bad[] = {
        { "{\"type\":\"FeatureCollection\",\"features\":[", "cut short" },
        { COLLECTION("") "x", "more behind the end" },
        { "{\"type\":\"FeatureCollection\",\"features\":[1,]}", "comma too much" },
        { "{\"type\":\"Topology\"}", "not GeoJSON" },
        { "[1]", "does not begin with {" },
        { "{\"a\":01}", "begins with 0" },
        { "{\"a\":\"x\ty\"}", "control character" },
        { "{\"a\":\"\\q\"}", "unknown escape" },
        { "{\"a\":tru}", "no JSON value" },
        { "{\"a\" 1}", "colon is missing" },
        { "{a:1}", "name of a member" },
        { "hello", "no JSON value" },
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        put(f, "a.json", bad[i].text);
        read_bad(f, "a.json", NULL, SMAP_E_FORMAT, bad[i].word);
    }
    char deep[5000];
    memset(deep, '[', sizeof deep - 1);
    deep[sizeof deep - 1] = '\0';
    put(f, "a.json", deep);
    read_bad(f, "a.json", NULL, SMAP_E_FORMAT, "nested too deep");
}

/* Every cut of a good file is refused: nothing is ever read of half a document. */
static void json_cuts(void **state) {
    fixture *f = *state;
    static const char text[] = COLLECTION(FEATURE("{\"n\":-1.5e3,\"t\":\"a\\u0645b\",\"b\":[true,null]}", POINT));
    for (size_t len = 1; len < sizeof text - 1; len++) {
        put_bytes(f, "a.json", text, len);
        assert_int_equal(read_path(f, at(f, "a.json"), NULL), SMAP_E_FORMAT);
    }
}

static void json_crs(void **state) {
    fixture *f = *state;
    static const struct {
        const char *crs;
        smap_status status;
        int code;
    } known[] = {
        { "{\"type\":\"name\",\"properties\":{\"name\":\"urn:ogc:def:crs:OGC:1.3:CRS84\"}}", SMAP_OK, 4326 },
        { "{\"type\":\"name\",\"properties\":{\"name\":\"EPSG:32634\"}}", SMAP_OK, 32634 },
        { "{\"type\":\"name\",\"properties\":{\"name\":\"urn:ogc:def:crs:EPSG::32634\"}}", SMAP_OK, 32634 },
        { "{\"type\":\"name\",\"properties\":{\"name\":\"urn:ogc:def:crs:EPSG::4326\"}}", SMAP_E_CRS, 0 },
        { "{\"type\":\"name\",\"properties\":{\"name\":\"urn:ogc:def:crs:EPSG::31467\"}}", SMAP_E_CRS, 0 },
        { "{\"type\":\"link\",\"properties\":{\"href\":\"http://127.0.0.1:1/x\"}}", SMAP_E_CRS, 0 },
        { "null", SMAP_E_CRS, 0 },
        { "7", SMAP_E_CRS, 0 },
    };
    smap_read_options options = plain;
    options.crs = "EPSG:32633";
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        char text[512];
        snprintf(text, sizeof text, "{\"type\":\"FeatureCollection\",\"crs\":%s,\"features\":[]}", known[i].crs);
        put(f, "a.json", text);
        if (read_path(f, at(f, "a.json"), NULL) != known[i].status) fail_msg("%s: %s", text, f->last.error.message);
        if (known[i].status == SMAP_OK) assert_int_equal(smap_crs_code(f->last.layer->geometry->crs), known[i].code);
        read_good(f, "a.json", &options);
        assert_int_equal(smap_crs_code(f->last.layer->geometry->crs), known[i].code ? known[i].code : 32633);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(csv_separators, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(csv_quotes_and_lines, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(csv_ragged_and_blank, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(csv_headers, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(csv_encodings, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(csv_wkt, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(csv_long_line, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(json_types, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(json_ids_and_repeats, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(json_shapes, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(json_refuses, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(json_cuts, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(json_crs, fixture_open, fixture_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
