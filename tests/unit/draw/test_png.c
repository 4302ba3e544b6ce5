/* The PNG file: what libpng reads back, its metadata, and a sink that fails. */
#include "base/alloc.h"
#include "draw/png_writer.h"
#include "draw_help.h"

enum { W = 37, H = 23 };

static uint32_t pixel(int x, int y) {
    return ((uint32_t)(x * 7 & 255) << 16) | ((uint32_t)(y * 11 & 255) << 8) | (uint32_t)((x * y) & 255);
}

static smap_status write_test(bytes *out, smap_error *err) {
    uint32_t rows[H][W];
    for (int y = 0; y < H; y++)
        for (int x = 0; x < W; x++) rows[y][x] = pixel(x, y) | 0xFF000000u; /* the top byte means nothing */
    smap__png *png = NULL;
    static const char *const texts[SMAP__FILE_TEXTS] = { "درنة – Derna", [SMAP__FILE_SOURCE] = "Nobody" };
    smap_status status = smap__png_open(keep_bytes, out, W, H, 300, texts, &png, err);
    if (status != SMAP_OK) return status;
    smap__png_packer *packer[2] = { NULL, NULL };
    status = smap__png_packer_new(png, H, &packer[0], err);
    if (status == SMAP_OK) status = smap__png_packer_new(png, H, &packer[1], err);
    if (status == SMAP_OK) status = smap__png_pack(packer[1], (const uint8_t *)rows[10], H - 10, W * 4, err);
    if (status == SMAP_OK) status = smap__png_pack(packer[0], (const uint8_t *)rows, 10, W * 4, err);
    for (int i = 0; i < 2 && status == SMAP_OK; i++) status = smap__png_put(png, packer[i], err);
    if (status == SMAP_OK) status = smap__png_finish(png, err);
    for (int i = 0; i < 2; i++) smap__png_packer_free(packer[i]);
    smap__png_free(png);
    return status;
}

static void pixels_come_back(void **state) {
    (void)state;
    bytes out = { 0 };
    assert_int_equal(write_test(&out, NULL), SMAP_OK);
    picture p = decode(out.data, out.len);
    assert_int_equal(p.width, W);
    assert_int_equal(p.height, H);
    for (int y = 0; y < H; y++)
        for (int x = 0; x < W; x++) {
            const uint8_t *c = p.rgb + 3 * (y * W + x);
            assert_int_equal((c[0] << 16) | (c[1] << 8) | c[2], pixel(x, y));
        }
    free(p.rgb);
    free(out.data);
}

/* Chunks in order, from the file itself. */
static void chunks_are_as_promised(void **state) {
    (void)state;
    bytes out = { 0 };
    assert_int_equal(write_test(&out, NULL), SMAP_OK);
    char names[256] = "";
    for (size_t at = 8; at + 8 <= out.len;) {
        const uint8_t *c = out.data + at;
        size_t len = ((size_t)c[0] << 24) | ((size_t)c[1] << 16) | ((size_t)c[2] << 8) | c[3];
        strncat(names, (const char *)c + 4, 4);
        strcat(names, " ");
        if (memcmp(c + 4, "IHDR", 4) == 0) assert_true(c[16] == 8 && c[17] == 2 && c[20] == 0);
        if (memcmp(c + 4, "pHYs", 4) == 0) assert_true(((c[10] << 8) | c[11]) == 11811 && c[16] == 1);
        if (memcmp(c + 4, "iTXt", 4) == 0 && memcmp(c + 8, "Source", 7) == 0)
            assert_memory_equal(c + 8 + len - strlen("Nobody"), "Nobody", strlen("Nobody"));
        else if (memcmp(c + 4, "iTXt", 4) == 0) {
            assert_memory_equal(c + 8, "Title", 6);
            assert_memory_equal(c + 8 + len - strlen("درنة – Derna"), "درنة – Derna", strlen("درنة – Derna"));
        }
        at += 12 + len;
    }
    assert_string_equal(names, "IHDR pHYs iTXt iTXt IDAT IDAT IDAT IEND ");
    free(out.data);
}

static void a_failing_sink_ends_the_writing(void **state) {
    (void)state;
    bytes whole = { 0 };
    assert_int_equal(write_test(&whole, NULL), SMAP_OK);
    assert_true(whole.calls > 5);
    for (int64_t n = 1; n <= whole.calls; n++) {
        bytes out = { .fail_at = n };
        smap_error err = SMAP_ERROR_INIT;
        assert_int_equal(write_test(&out, &err), SMAP_E_IO);
        assert_string_equal(err.message, "the test's disk is full");
        free(out.data);
    }
    free(whole.data);
}

static void memory_running_out_is_an_error(void **state) {
    (void)state;
    int failed = 0;
    for (int64_t n = 1; n < 40; n++) {
        bytes out = { 0 };
        smap__alloc_fail_at(n, true);
        smap_status status = write_test(&out, NULL);
        smap__alloc_fail_at(0, false);
        assert_true(status == SMAP_OK || status == SMAP_E_NOMEM || status == SMAP_E_INTERNAL);
        failed += status != SMAP_OK;
        free(out.data);
    }
    assert_true(failed > 5 && failed < 39);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pixels_come_back),
        cmocka_unit_test(chunks_are_as_promised),
        cmocka_unit_test(a_failing_sink_ends_the_writing),
        cmocka_unit_test(memory_running_out_is_an_error),
    };
    return cmocka_run_group_tests_name("png", tests, NULL, NULL);
}
