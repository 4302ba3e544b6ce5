/* What the area of a map is called in Arabic. */
#include "job/map_extent.h"

#include "../io/read_fixture.h"
#include "sitemap.h"

static void fill(fixture *f, const char *layer, const char *text) {
    const char *source = at(f, "list.csv");
    smap_import_options options = SMAP_IMPORT_OPTIONS_INIT;
    smap_result *result = NULL;
    smap_error err = SMAP_ERROR_INIT;
    put(f, "list.csv", text);
    options.to = layer;
    options.crs = "EPSG:4326";
    if (smap_import(f->ctx, at(f, "w.gpkg"), &source, 1, &options, &result, &err) != SMAP_OK)
        fail_msg("%s", err.message);
    smap_result_free(result);
}

static void count_warning(smap_log_level level, const char *message, void *user) {
    int *warnings = user;
    if (level == SMAP_LOG_WARNING && strstr(message, "no Arabic name")) ++*warnings;
}

/* The Arabic name found of an area; how many warnings there were. */
static int find(const fixture *f, const char *area, const char *lang, const char *told, char *name_ar) {
    int warnings = 0;
    const smap_pair set = { "area_ar", told };
    const smap__audience *audience = NULL;
    smap__sheet_layer shown = { .title_en = "Coverage" };
    smap__map_layers layers = { .item = &shown, .count = 1 };
    smap__map_extent extent = { 0 };
    smap__workspace *w = NULL;
    smap_ctx_options ctx_options = SMAP_CTX_OPTIONS_INIT;
    smap_map_options options = SMAP_MAP_OPTIONS_INIT;
    smap_error err = SMAP_ERROR_INIT;
    smap_ctx *ctx = NULL;
    ctx_options.log = count_warning;
    ctx_options.log_user = &warnings;
    options.area = area;
    options.common.lang = lang;
    options.set = &set;
    options.sets = told != NULL;
    assert_int_equal(smap_ctx_new(&ctx_options, &ctx, NULL), SMAP_OK);
    assert_int_equal(smap__audience_get(ctx, "internal", &audience, NULL), SMAP_OK);
    assert_int_equal(smap__workspace_open(ctx, at(f, "w.gpkg"), &w, NULL), SMAP_OK);
    assert_int_equal(smap__workspace_view(w, audience, "coverage", &shown.layer, NULL), SMAP_OK);
    smap_status status = smap__map_extent_ask(ctx, w, audience, &options, &extent, &err);
    if (status == SMAP_OK) status = smap__map_extent_find(&options, &layers, &extent, &err);
    if (status != SMAP_OK) fail_msg("%s", err.message);
    strcpy(name_ar, extent.name_ar);
    assert_true(extent.content.xmin == 20 && extent.content.xmax == 26.5);
    smap_layer_free(shown.layer);
    smap__workspace_free(w);
    smap_ctx_free(ctx);
    return warnings;
}

#define SQUARE(x) "\"POLYGON ((" x ".0 32," x ".5 32," x ".5 32.5," x ".0 32.5," x ".0 32))\"\n"

static void arabic_is_found_by_the_english_name(void **state) {
    fixture *f = *state;
    char name[256];
    smap_result *result = NULL;
    assert_int_equal(smap_new(f->ctx, at(f, "w.gpkg"), NULL, &result, NULL), SMAP_OK);
    smap_result_free(result);
    fill(
        f, "coverage",
        "coverage_id,kind,activation,aoi,name_en,name_ar,WKT\n"
        "a,area_of_interest,EMSR1,1,Al-Marj,," SQUARE("20") "b,area_of_interest,EMSR1,2,Derna,," SQUARE(
            "22") "c,area_of_interest,EMSR1,3,Tobruk,," SQUARE("24") "d,area_of_interest,EMSR1,4,Shahat,شحات هنا," SQUARE("26"));
    /* a place before a district; of two places the first in order; none from elsewhere */
    fill(f, "place",
         "place_id,name_en,name_ar,lat,lon\np1,Al Marj,ه,32.1,20.1\np2,al marj,المرج,32.2,20.2\n"
         "p3,Darnah,درنة,32.1,22.1\np4,Tobruk,بعيد,32.1,28\np5,Tobruk,,32.1,24.1\np6,Shahat,شحات,32.1,26.1\n");
    fill(f, "admin",
         "pcode,level,name_en,name_ar,WKT\nLY01,2,Derna,درنه," SQUARE("22") "LY02,2,Al Marj,منطقة," SQUARE("20"));
    assert_int_equal(find(f, "EMSR1_AOI01", "both", NULL, name), 0);
    assert_string_equal(name, "المرج");
    assert_int_equal(find(f, "Derna", "ar", NULL, name), 0);
    assert_string_equal(name, "درنه");
    assert_int_equal(find(f, "Shahat", NULL, NULL, name), 0);
    assert_string_equal(name, "شحات هنا");
    assert_int_equal(find(f, "Tobruk", NULL, NULL, name), 1);
    assert_string_equal(name, "");
    assert_int_equal(find(f, "Tobruk", "en", NULL, name), 0);
    assert_int_equal(find(f, "Tobruk", "ar", "طبرق", name), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(arabic_is_found_by_the_english_name, fixture_open, fixture_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
