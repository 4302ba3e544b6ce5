/* A JPEG that is finished, and one that is given up in the middle: what libjpeg holds is given back once. */
#include "draw/jpeg_rows.h"
#include "draw_help.h"

enum { WIDTH = 200, ROWS = 200 };

static smap__jpeg *put_rows(int rows) {
    uint32_t pixels[WIDTH], noise = 7;
    smap__jpeg *jpeg = NULL;
    assert_int_equal(smap__jpeg_new(WIDTH, ROWS, 90, &jpeg, NULL), SMAP_OK);
    for (int i = 0; i < rows; i++) {
        for (int k = 0; k < WIDTH; k++) pixels[k] = noise = noise * 1664525u + 1013904223u;
        assert_int_equal(smap__jpeg_put(jpeg, pixels, NULL), SMAP_OK);
    }
    return jpeg;
}

static void finished(void **state) {
    (void)state;
    uint8_t *jpg = NULL;
    size_t len = 0;
    smap__jpeg *jpeg = put_rows(ROWS);
    assert_int_equal(smap__jpeg_finish(jpeg, &jpg, &len, NULL), SMAP_OK);
    smap__jpeg_free(jpeg);
    assert_true(len > 8192 && jpg[0] == 0xFF && jpg[1] == 0xD8);
    assert_true(jpg[len - 2] == 0xFF && jpg[len - 1] == 0xD9);
    smap__jpeg_drop(jpg);
}

/* Under AddressSanitizer: after the first bytes have moved to more room. */
static void given_up(void **state) {
    (void)state;
    for (int rows = 0; rows < ROWS; rows += 40) smap__jpeg_free(put_rows(rows));
}

int main(void) {
    const struct CMUnitTest tests[] = { cmocka_unit_test(finished), cmocka_unit_test(given_up) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
