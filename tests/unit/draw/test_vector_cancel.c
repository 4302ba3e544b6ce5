/* A page of vectors with many features: cancelled wherever it asks. */
#include "draw/vector_pages.h"
#include "draw_help.h"

typedef struct asking {
    int asked, goes_on;
} asking;

static int answer(double complete, const char *message, void *user) {
    (void)complete, (void)message;
    asking *a = user;
    return a->asked++ < a->goes_on;
}

static smap_status put_page(scene *s, const smap__sheet *sheet, smap__vector_kind kind, asking *a, smap_error *err) {
    smap__vector_pages *pages = NULL;
    bytes out = { 0 };
    s->ctx->progress = answer;
    s->ctx->progress_user = a;
    assert_int_equal(smap__vector_pages_open(kind, sheet, false, NULL, keep_bytes, &out, &pages, NULL), SMAP_OK);
    smap_status status = smap__vector_pages_put(pages, s->ctx, sheet, NULL, NULL, err);
    smap__vector_pages_free(pages);
    s->ctx->progress = NULL;
    free(out.data);
    return status;
}

static void a_page_can_be_cancelled(void **state) {
    (void)state;
    enum { MANY = 12000 };
    scene s;
    open_scene(&s, 1, SCENE);
    making m = make_layer(s.ctx, "EPSG:4326");
    srand(5);
    for (int i = 0; i < MANY; i++) {
        double x = uniform(22.5, 22.7), y = uniform(32.61, 32.79);
        put_box(&m, (smap_box){ x, y, x + 0.004, y + 0.004 }, "red", NULL, NULL);
    }
    add_layer(&s, &m, "houses",
              RULE("house", "House | بيت", "", "<se:PolygonSymbolizer>" FILL("#f1e7d0") "</se:PolygonSymbolizer>"));
    smap__sheet *sheet = compose_scene(&s);
    static const smap__vector_kind kind[] = { SMAP__VECTOR_PDF, SMAP__VECTOR_SVG };
    for (size_t k = 0; k < sizeof kind / sizeof *kind; k++) {
        asking all = { 0, INT32_MAX };
        assert_int_equal(put_page(&s, sheet, kind[k], &all, NULL), SMAP_OK);
        assert_true(all.asked > MANY / 2048); /* among the features */
        for (int n = 0; n < all.asked; n += n + 1) {
            asking some = { 0, n };
            smap_error err = SMAP_ERROR_INIT;
            assert_int_equal(put_page(&s, sheet, kind[k], &some, &err), SMAP_E_CANCELLED);
            assert_non_null(strstr(err.message, "cancelled"));
        }
    }
    smap__sheet_free(sheet);
    close_scene(&s);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_page_can_be_cancelled),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
