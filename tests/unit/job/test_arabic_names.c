/* Arabic names from places and areas of the same English name there. */
#include "job/arabic_names.h"

#include "../sheet/sheet_help.h"

static const smap_layer *places(smap_ctx *ctx, const char *ar_first, const char *ar_second) {
    making m = make_layer(ctx, "EPSG:4326");
    put_point(&m, 22.5, 32.7, "town", "Derna", ar_first);
    put_point(&m, 22.6, 32.7, "town", "Derna", ar_second);
    put_point(&m, 40, 10, "town", "Susah", "بعيدة");
    put_point(&m, 22.5, 32.7, "town", "Shahat", NULL);
    return finish_layer(&m, "place");
}

static void check(const smap_layer *layer, int64_t row, const char *wanted) {
    const smap_column *column = smap_table_find(layer->table, "name_ar");
    size_t len;
    if (!wanted) {
        assert_true(smap_column_is_null(column, row));
        return;
    }
    const char *text = smap_column_text(column, row, &len);
    assert_int_equal(len, strlen(wanted));
    assert_memory_equal(text, wanted, len);
}

static void names_of_the_same_place(void **state) {
    (void)state;
    smap_ctx *ctx = new_ctx(1);
    making m = make_layer(ctx, "EPSG:4326");
    smap_box here = { 22, 32, 23, 33 };
    put_box(&m, here, "aoi", "Derna", NULL);
    put_box(&m, here, "aoi", "Derna", "اسمها");
    put_box(&m, here, "aoi", "Susah", NULL);
    put_box(&m, here, "aoi", "Shahat", NULL);
    put_box(&m, here, "aoi", NULL, NULL);
    const smap_layer *areas = finish_layer(&m, "coverage"), *out = NULL, *known[2];
    /* whichever of two comes first, the same name is taken; the second layer only where the first has none */
    for (int turn = 0; turn < 2; turn++) {
        known[0] = places(ctx, turn ? "درنه" : "درنة", turn ? "درنة" : "درنه");
        known[1] = places(ctx, "أخرى", "أخرى");
        assert_int_equal(smap__arabic_names_fill(areas, known, 2, &out, NULL), SMAP_OK);
        check(out, 0, "درنة");
        check(out, 1, "اسمها");
        for (int64_t row = 2; row < 5; row++) check(out, row, NULL);
        smap_layer_free(out);
        smap_layer_free(known[0]);
        smap_layer_free(known[1]);
    }
    smap_layer_free(areas);
    smap_ctx_free(ctx);
}

int main(void) {
    const struct CMUnitTest tests[] = { cmocka_unit_test(names_of_the_same_place) };
    return cmocka_run_group_tests_name("arabic_names", tests, NULL, NULL);
}
