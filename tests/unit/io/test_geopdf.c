/* The update that tells where the maps of a PDF are: what it writes, and PDFs that are none. What other programs read
 * from it is asked in tests/cli/test_map_formats.py. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../cmocka_all.h"
#include "io/geopdf.h"

static const smap__geopdf_frame frame = { .page = 1,
                                          .left = 10,
                                          .bottom = 20,
                                          .right = 110,
                                          .top = 70,
                                          .lat = { 32, 33, 33, 32 },
                                          .lon = { 22, 22, 23, 23 },
                                          .wkt = (char[]){ "PROJCS[\"a (b)\"]" },
                                          .epsg = 32634 };

/* A PDF of two empty pages, with its table where it says. */
static size_t write_pdf(char *out, size_t size) {
    static const char *const object[] = { "<< /Type /Pages\n   /Kids [ 2 0 R 3 0 R ]\n   /Count 2\n>>",
                                          "<< /Type /Page % 1\n   /Parent 1 0 R\n>>",
                                          "<< /Type /Page % 2\n   /Parent 1 0 R\n>>", "<< /Producer (us)\n>>",
                                          "<< /Type /Catalog\n   /Pages 1 0 R\n>>" };
    size_t at = (size_t)snprintf(out, size, "%%PDF-1.4\n"), offset[5];
    for (int i = 0; i < 5; i++) {
        offset[i] = at;
        at += (size_t)snprintf(out + at, size - at, "%d 0 obj\n%s\nendobj\n", i + 1, object[i]);
    }
    size_t xref = at;
    at += (size_t)snprintf(out + at, size - at, "xref\n0 6\n0000000000 65535 f \n");
    for (int i = 0; i < 5; i++) at += (size_t)snprintf(out + at, size - at, "%010zu 00000 n \n", offset[i]);
    at += (size_t)snprintf(out + at, size - at,
                           "trailer\n<< /Size 6\n   /Root 5 0 R\n   /Info 4 0 R\n>>\nstartxref\n%zu\n%%%%EOF\n", xref);
    assert_true(at < size);
    return at;
}

/* The new objects are where the new table says, hold what the old ones did, and the old table is the one before. */
static void objects_are_where_the_table_says(void **state) {
    (void)state;
    char pdf[2000];
    size_t len = write_pdf(pdf, sizeof pdf);
    smap__str out = SMAP__STR_INIT;
    assert_int_equal(smap__geopdf_update(pdf, len, &frame, 1, &out, NULL), SMAP_OK);
    smap__str whole = SMAP__STR_INIT;
    smap__str_put_n(&whole, pdf, len);
    smap__str_put_n(&whole, out.data, out.len);
    const char *start = strstr(out.data, "startxref\n");
    assert_non_null(start);
    const char *table = whole.data + strtol(start + 10, NULL, 10);
    assert_memory_equal(table, "xref\n3 1\n", 9);
    const char *page = whole.data + strtol(table + 9, NULL, 10);
    assert_memory_equal(page, "3 0 obj\n<< /Type /Page % 2\n   /Parent 1 0 R\n   /VP [ <<", 55);
    assert_non_null(strstr(page, "/BBox [ 10.000000 20.000000 110.000000 70.000000 ]"));
    assert_non_null(strstr(page, "/EPSG 32634 /WKT (PROJCS[\"a \\(b\\)\"])"));
    const char *root = strstr(table, "\n5 1\n");
    assert_non_null(root);
    assert_memory_equal(whole.data + strtol(root + 5, NULL, 10), "5 0 obj\n<< /Type /Catalog", 25);
    const char *before = strstr(table, "/Prev ");
    assert_non_null(before);
    assert_memory_equal(pdf + strtol(before + 6, NULL, 10), "xref\n0 6\n", 9);
    smap__str_release(&whole);
    smap__str_release(&out);
}

/* Whatever byte is missing or changed: an update or the error, never more. */
static void broken_pdfs_are_refused(void **state) {
    (void)state;
    char pdf[2000], bad[2000];
    size_t len = write_pdf(pdf, sizeof pdf);
    int refused = 0;
    for (size_t cut = 0; cut <= len; cut++)
        for (int way = 0; way < 3; way++) {
            smap__str out = SMAP__STR_INIT;
            memcpy(bad, pdf, len + 1);
            size_t n = way == 0 ? cut : len;
            if (way == 0) bad[cut] = '\0';
            if (way == 1 && cut < len) bad[cut] = '9';
            if (way == 2 && cut < len) bad[cut] = ' ';
            smap_error err = SMAP_ERROR_INIT;
            smap_status status = smap__geopdf_update(bad, n, &frame, 1, &out, &err);
            assert_true(status == SMAP_OK || status == SMAP_E_INTERNAL);
            assert_int_equal(status != SMAP_OK, err.message[0] != '\0');
            refused += status != SMAP_OK;
            if (way == 0 && cut + 20 < len) assert_int_equal(status, SMAP_E_INTERNAL);
            smap__str_release(&out);
        }
    assert_true(refused > 100);
    smap__geopdf_frame third = frame;
    third.page = 2;
    smap__str out = SMAP__STR_INIT;
    assert_int_equal(smap__geopdf_update(pdf, len, &third, 1, &out, NULL), SMAP_E_INTERNAL);
    smap__str_release(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(objects_are_where_the_table_says),
        cmocka_unit_test(broken_pdfs_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
