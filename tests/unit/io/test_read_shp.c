/* Shapefiles of points and dBASE tables, made byte by byte from ESRI's white paper. */
#include "read_fixture.h"

typedef struct bytes {
    unsigned char data[8192];
    size_t len;
} bytes;

static void put_le(bytes *b, uint32_t v, int n) {
    for (int i = 0; i < n; i++) b->data[b->len++] = (unsigned char)(v >> (8 * i));
}
static void put_be(bytes *b, uint32_t v) {
    for (int i = 3; i >= 0; i--) b->data[b->len++] = (unsigned char)(v >> (8 * i));
}
static void put_real(bytes *b, double v) {
    memcpy(b->data + b->len, &v, sizeof v);
    b->len += sizeof v;
}
static void put_text(bytes *b, const char *t, size_t width, char pad) {
    size_t n = strlen(t);
    memset(b->data + b->len, pad, width);
    memcpy(b->data + b->len, t, n < width ? n : width);
    b->len += width;
}

typedef struct column {
    const char *name;
    char type;
    int width;
} column;

/* A .dbf of two columns; the texts of a row follow each other in `cells`. */
static void dbf(const fixture *f, const char *name, int language, const column c[2], const char *const *cells,
                int count) {
    static bytes b;
    b.len = 0;
    put_le(&b, 0x0B177B03, 4), put_le(&b, (uint32_t)count, 4), put_le(&b, 97, 2);
    put_le(&b, (uint32_t)(1 + c[0].width + c[1].width), 2), put_text(&b, "", 17, 0), put_le(&b, (uint32_t)language, 1);
    put_le(&b, 0, 2);
    for (int i = 0; i < 2; i++) {
        put_text(&b, c[i].name, 11, 0), put_le(&b, (uint32_t)c[i].type, 1), put_le(&b, 0, 4);
        put_le(&b, (uint32_t)c[i].width, 1), put_text(&b, "", 15, 0);
    }
    put_le(&b, 13, 1);
    for (int i = 0; i < count; i++) {
        put_le(&b, ' ', 1);
        put_text(&b, cells[2 * i], (size_t)c[0].width, ' '), put_text(&b, cells[2 * i + 1], (size_t)c[1].width, ' ');
    }
    put_le(&b, 0x1A, 1);
    put_bytes(f, name, b.data, b.len);
}

static void header(bytes *b, int length_words) {
    b->len = 0;
    put_be(b, 9994), put_text(b, "", 20, 0), put_be(b, (uint32_t)length_words), put_le(b, 1000, 4), put_le(b, 1, 4);
    put_real(b, 0), put_real(b, 0), put_real(b, 60), put_real(b, 60), put_text(b, "", 32, 0);
}

/* a.shp and a.shx of points (10 + i, 20 + i); `claimed` are the points that the index speaks of. */
static void shp(const fixture *f, int points, int claimed) {
    static bytes b;
    header(&b, 50 + 14 * points);
    for (int i = 0; i < points; i++)
        put_be(&b, (uint32_t)i + 1), put_be(&b, 10), put_le(&b, 1, 4), put_real(&b, 10 + i), put_real(&b, 20 + i);
    put_bytes(f, "a.shp", b.data, b.len);
    header(&b, 50 + 4 * claimed);
    for (int i = 0; i < claimed; i++) put_be(&b, (uint32_t)(50 + 14 * i)), put_be(&b, 10);
    put_bytes(f, "a.shx", b.data, b.len);
}

static const column site[2] = { { "site_id", 'C', 8 }, { "name", 'C', 30 } };
static const char *const cells[] = { "S1", "A", "S2", "B", "S3", "C" };
static const char prj[] =
    "GEOGCS[\"GCS_WGS_1984\",DATUM[\"D_WGS_1984\",SPHEROID[\"WGS_1984\",6378137.0,298.257223563]],"
    "PRIMEM[\"Greenwich\",0.0],UNIT[\"Degree\",0.0174532925199433]]";

static void whole(void **state) {
    fixture *f = *state;
    shp(f, 3, 3);
    dbf(f, "a.dbf", 0, site, cells, 3);
    put(f, "a.prj", prj);
    read_good(f, "a.shp", NULL);
    assert_int_equal(rows(f), 3);
    assert_string_equal(cell(f, "name", 2), "C");
    assert_int_equal(f->last.layer->fid[0], 1);
    assert_true(f->last.layer->geometry->x[2] == 12 && f->last.layer->geometry->y[2] == 22);
    assert_int_equal(smap_crs_code(f->last.layer->geometry->crs), 4326);
    assert_int_equal(f->last.findings.count, 0);
    read_good(f, "a.dbf", NULL); /* its other name */
    assert_non_null(f->last.layer->geometry);
}

static void parts_that_do_not_fit(void **state) {
    fixture *f = *state;
    smap_read_options options = SMAP_READ_OPTIONS_INIT;
    shp(f, 3, 3);
    dbf(f, "a.dbf", 0, site, cells, 3);
    read_bad(f, "a.shp", NULL, SMAP_E_CRS, "--crs");
    options.crs = "EPSG:4326";
    read_good(f, "a.shp", &options);
    dbf(f, "a.dbf", 0, site, cells, 2);
    read_bad(f, "a.shp", &options, SMAP_E_FORMAT, "do not belong together");
    dbf(f, "a.dbf", 0, site, cells, 3);
    shp(f, 2, 3);
    read_bad(f, "a.shp", &options, SMAP_E_FORMAT, ".shx file does not fit");
    shp(f, 3, 3);
    put(f, "a.dbf", "no table");
    read_bad(f, "a.shp", &options, SMAP_E_FORMAT, "no dBASE table");
    put(f, "a.shx", "no index");
    dbf(f, "a.dbf", 0, site, cells, 3);
    read_bad(f, "a.shp", &options, SMAP_E_FORMAT, ".shx file is not one");
    assert_int_equal(unlink(at(f, "a.shx")), 0);
    read_bad(f, "a.shp", &options, SMAP_E_NOT_FOUND, ".shx");
    shp(f, 3, 3);
    put(f, "a.shp", "nothing");
    read_bad(f, "a.shp", &options, SMAP_E_FORMAT, ".shp file is not one");
}

static void encodings(void **state) {
    fixture *f = *state;
    static const char *const arabic[] = { "S1", "\xe3\xce\xed\xe3 \xca\xc7\xe6\xd1\xdb\xc7\xc1" };
    static const char *const utf8[] = { "S1", "مخيم" };
    static const char *const latin[] = { "S1", "caf\xe9" };
    smap_read_options options = SMAP_READ_OPTIONS_INIT;
    dbf(f, "t.dbf", 0x7E, site, arabic, 1); /* the language driver byte for CP1256 */
    read_good(f, "t.dbf", NULL);
    assert_string_equal(cell(f, "name", 0), "مخيم تاورغاء");
    assert_int_equal(f->last.findings.count, 0);
    dbf(f, "t.dbf", 0, site, arabic, 1); /* by the look of the letters, which is told */
    read_good(f, "t.dbf", NULL);
    assert_string_equal(cell(f, "name", 0), "مخيم تاورغاء");
    assert_int_equal(found(f, "encoding_guessed", 0), 1);
    dbf(f, "t.dbf", 0, site, utf8, 1);
    read_good(f, "t.dbf", NULL);
    assert_string_equal(cell(f, "name", 0), "مخيم");
    dbf(f, "t.dbf", 0, site, latin, 1);
    read_bad(f, "t.dbf", NULL, SMAP_E_FORMAT, "--encoding");
    options.encoding = "CP1252";
    read_good(f, "t.dbf", &options);
    assert_string_equal(cell(f, "name", 0), "café");
    static const char *const said[] = { "1252", "ANSI 1252", "windows-1252", "ISO-8859-1", "ISO 8859-1\r\n", "88591" };
    for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
        put(f, "t.cpg", said[i]);
        read_good(f, "t.dbf", NULL);
        assert_string_equal(cell(f, "name", 0), "café");
    }
    dbf(f, "t.dbf", 0x03, site, utf8, 1); /* what the .cpg says counts more than the byte */
    put(f, "t.cpg", "UTF-8");
    read_good(f, "t.dbf", NULL);
    assert_string_equal(cell(f, "name", 0), "مخيم");
}

/* What GDAL warns of is told in our words: 0x81 is no letter of CP1252. */
static void letters_that_do_not_exist(void **state) {
    fixture *f = *state;
    static const char *const odd[] = { "S1", "caf\x81\xe9" };
    smap_read_options options = SMAP_READ_OPTIONS_INIT;
    options.encoding = "CP1252";
    dbf(f, "t.dbf", 0, site, odd, 1);
    read_good(f, "t.dbf", &options);
    assert_string_equal(cell(f, "name", 0), "café");
    assert_int_equal(found(f, "letters_lost", 0), 1);
    assert_int_equal(f->last.findings.count, 1);
    const char *message = f->last.findings.items[0].message;
    assert_non_null(strstr(message, "--encoding"));
    assert_null(strstr(message, "GDAL"));
    assert_null(strstr(message, "converted"));
}

/* GDAL's Arrow stream gives days before 1970 a day late. */
static void old_dates(void **state) {
    fixture *f = *state;
    static const column born[2] = { { "id", 'N', 4 }, { "born", 'D', 8 } };
    static const char *const days[] = { "1", "19691231", "2", "19691230", "3", "19700101",
                                        "4", "19600229", "5", "",         "6", "20230911" };
    static const char *const want[] = { "1969-12-31", "1969-12-30", "1970-01-01", "1960-02-29", "", "2023-09-11" };
    dbf(f, "t.dbf", 0, born, days, 6);
    read_good(f, "t.dbf", NULL);
    for (int i = 0; i < 6; i++) assert_string_equal(cell(f, "born", i), want[i]);
    assert_int_equal(smap_table_find(f->last.layer->table, "id")->type, SMAP_INT64);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(whole, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(parts_that_do_not_fit, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(encodings, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(letters_that_do_not_exist, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(old_dates, fixture_open, fixture_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
