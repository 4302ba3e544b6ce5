/* What the comparison lets pass and what it does not: noise as of another rasteriser on one side, the smallest changes
 * that a reader of the map would notice on the other. */
#include "picture_compare.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { W = 842, H = 595 }; /* A4 at 72 dpi */

/* White paper with lines of "text": 3 x 5 pixels of grey edges a letter, like a label of 7 pt at 72 dpi. */
static golden_picture page(void) {
    golden_picture p = { malloc((size_t)3 * W * H), W, H };
    assert_non_null(p.rgb);
    memset(p.rgb, 255, (size_t)3 * W * H);
    return p;
}

static void dot(golden_picture *p, int x, int y, int grey) {
    memset(p->rgb + 3 * ((size_t)y * W + (size_t)x), grey, 3);
}

static void word(golden_picture *p, int x, int y, int letters) {
    for (int i = 0; i < letters; i++)
        for (int k = 0; k < 15; k++)
            if ((k * 7 + i * 5) % 4 != 0) dot(p, x + 4 * i + k % 3, y + k / 3, (k * 37 + i * 11) % 130);
}

static void write_words(golden_picture *p, int but) {
    for (int i = 0, n = 0; i < 30; i++)
        for (int k = 0; k < 10; k++, n++)
            if (n != but) word(p, 40 + 78 * k, 30 + 18 * i, 8);
}

static golden_difference against(const golden_picture *is) {
    golden_picture was = page();
    write_words(&was, -1);
    golden_difference d = golden_compare(&was, is);
    golden_picture_free(&was);
    return d;
}

static void the_same_is_the_same(void **state) {
    (void)state;
    golden_picture is = page();
    write_words(&is, -1);
    golden_difference d = against(&is);
    assert_true(golden_is_same(&d));
    assert_int_equal(d.any, 0);
    golden_picture_free(&is);
}

/* Every dark pixel off by up to NEAR, and one of 3,000 by twice that. */
static void noise_passes(void **state) {
    (void)state;
    golden_picture is = page();
    write_words(&is, -1);
    srand(5);
    for (size_t i = 0; i < (size_t)3 * W * H; i++)
        if (is.rgb[i] < 200) is.rgb[i] = (uint8_t)(is.rgb[i] + rand() % (GOLDEN_NEAR + 1));
    for (int i = 0; i < W * H / 3000; i++) is.rgb[3 * (rand() % (W * H))] ^= 2 * GOLDEN_NEAR;
    golden_difference d = against(&is);
    assert_true(d.any > 10000);
    assert_true(golden_is_same(&d));
    golden_picture_free(&is);
}

static void a_word_that_is_gone_does_not_pass(void **state) {
    (void)state;
    for (int gone = 0; gone < 300; gone += 13) {
        golden_picture is = page();
        write_words(&is, gone);
        golden_difference d = against(&is);
        assert_false(golden_is_same(&d));
        assert_true(d.beyond < d.pixels / 2000); /* the share alone would have let it pass */
        assert_true(abs(d.worst_x - (40 + 78 * (gone % 10))) < 40 && abs(d.worst_y - (30 + 18 * (gone / 10))) < 12);
        golden_picture_free(&is);
    }
}

static void a_word_that_moved_does_not_pass(void **state) {
    (void)state;
    golden_picture is = page();
    write_words(&is, 155);
    word(&is, 40 + 78 * 5, 31 + 18 * 15, 8);
    golden_difference d = against(&is);
    assert_false(golden_is_same(&d));
    golden_picture_free(&is);
}

/* A symbol of 2 mm that is gone, and the same symbol in the next class of a palette. */
static void a_symbol_does_not_pass(void **state) {
    (void)state;
    static const uint8_t orange[3] = { 0xf4, 0x6d, 0x43 }, red[3] = { 0xa5, 0x00, 0x26 };
    golden_picture was = page(), is = page();
    for (int y = 300; y < 306; y++)
        for (int x = 401; x < 407; x++) memcpy(was.rgb + 3 * ((size_t)y * W + (size_t)x), orange, 3);
    golden_difference d = golden_compare(&was, &is);
    assert_false(golden_is_same(&d));
    for (int y = 300; y < 306; y++)
        for (int x = 401; x < 407; x++) memcpy(is.rgb + 3 * ((size_t)y * W + (size_t)x), red, 3);
    d = golden_compare(&was, &is);
    assert_false(golden_is_same(&d));
    golden_picture_free(&was);
    golden_picture_free(&is);
}

/* A hairline across the page, a pixel further down. */
static void a_line_that_moved_does_not_pass(void **state) {
    (void)state;
    golden_picture was = page(), is = page();
    for (int x = 20; x < W - 20; x++) {
        dot(&was, x, 200, 120);
        dot(&is, x, 201, 120);
    }
    golden_difference d = golden_compare(&was, &is);
    assert_false(golden_is_same(&d));
    golden_picture_free(&was);
    golden_picture_free(&is);
}

static void another_size_does_not_pass(void **state) {
    (void)state;
    golden_picture was = page(), is = page(), shown = { 0 };
    is.height--;
    golden_difference d = golden_compare(&was, &is);
    assert_false(golden_is_same(&d));
    assert_int_equal(d.beyond, W * H);
    assert_true(golden_difference_picture(&was, &is, &shown));
    golden_picture_free(&shown);
    golden_picture_free(&was);
    golden_picture_free(&is);
}

static void what_is_written_is_read(void **state) {
    (void)state;
    char path[] = "/tmp/picture_compare_XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
    golden_picture is = page(), back;
    write_words(&is, 3);
    assert_true(golden_picture_write(path, &is));
    assert_true(golden_picture_read(path, &back));
    assert_int_equal(back.width, W);
    assert_int_equal(back.height, H);
    assert_memory_equal(back.rgb, is.rgb, (size_t)3 * W * H);
    golden_picture_free(&back);
    golden_picture_free(&is);
    unlink(path);
    assert_false(golden_picture_read(path, &back));
}

/* What is kept is off by less than can be told; keeping it again changes nothing. */
static void what_is_kept_is_near(void **state) {
    (void)state;
    golden_picture was = page(), is = page();
    for (int i = 0; i < 3 * 256; i++) was.rgb[i] = is.rgb[i] = (uint8_t)(i / 3);
    golden_picture_reduce(&is);
    assert_int_equal(is.rgb[0], 0);
    assert_int_equal(is.rgb[3 * 255], 255);
    golden_difference d = golden_compare(&was, &is);
    assert_in_range(d.largest, 1, 255 / (GOLDEN_LEVELS - 1) / 2 + 1);
    memcpy(was.rgb, is.rgb, (size_t)3 * 256);
    golden_picture_reduce(&is);
    assert_memory_equal(was.rgb, is.rgb, (size_t)3 * 256);
    golden_picture_free(&was);
    golden_picture_free(&is);
}

static void the_difference_is_marked(void **state) {
    (void)state;
    golden_picture was = page(), is = page(), shown;
    dot(&is, 10, 10, 0);
    dot(&is, 20, 10, 255 - GOLDEN_NEAR);
    dot(&is, 30, 10, 0);
    dot(&was, 30, 10, 0);
    assert_true(golden_difference_picture(&was, &is, &shown));
    const uint8_t *row = shown.rgb + (size_t)3 * 10 * W;
    assert_true(row[30] > 200 && row[31] < 20);                      /* beyond: red */
    assert_true(row[60] == 255 && row[61] == 170);                   /* near: orange */
    assert_true(row[90] == 192 && row[91] == 192 && row[92] == 192); /* the same: faded */
    golden_picture_free(&was);
    golden_picture_free(&is);
    golden_picture_free(&shown);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_is_the_same),
        cmocka_unit_test(noise_passes),
        cmocka_unit_test(a_word_that_is_gone_does_not_pass),
        cmocka_unit_test(a_word_that_moved_does_not_pass),
        cmocka_unit_test(a_symbol_does_not_pass),
        cmocka_unit_test(a_line_that_moved_does_not_pass),
        cmocka_unit_test(another_size_does_not_pass),
        cmocka_unit_test(what_is_written_is_read),
        cmocka_unit_test(what_is_kept_is_near),
        cmocka_unit_test(the_difference_is_marked),
    };
    return cmocka_run_group_tests_name("picture_compare", tests, NULL, NULL);
}
