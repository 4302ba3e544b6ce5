/* A program that writes 0,5 makes the same maps: bytes of every format in its locale and in the plain one. */
#include "../comma_locale.h"
#include "../io/read_fixture.h"
#include "sitemap.h"

static char *read_file(const fixture *f, const char *name, size_t *len) {
    FILE *in = fopen(at(f, name), "rb");
    if (!in) fail_msg("%s is not there", name);
    char *bytes = malloc((size_t)4 << 20);
    assert_non_null(bytes);
    *len = fread(bytes, 1, ((size_t)4 << 20) - 1, in);
    bytes[*len] = '\0';
    fclose(in);
    return bytes;
}

/* cairo numbers its surfaces as long as the program runs: a second SVG has other names for them. */
static void forget_numbers(char *svg, size_t *len) {
    size_t put = 0;
    for (size_t at = 0; at < *len;) {
        bool number = strncmp(svg + at, "surface", 7) == 0;
        size_t n = number ? 7 : 1;
        memmove(svg + put, svg + at, n);
        put += n;
        at += n;
        while (number && svg[at] >= '0' && svg[at] <= '9') at++;
    }
    *len = put;
}

static void draw(const fixture *f, const char *name, bool world_file) {
    smap_map_options options = SMAP_MAP_OPTIONS_INIT;
    smap_result *result = NULL;
    smap_error err = SMAP_ERROR_INIT;
    char path[256];
    snprintf(path, sizeof path, "%s", at(f, name));
    options.output = path;
    options.extent = "22.5,32.6,22.7,32.8";
    options.world_file = world_file;
    options.dpi = 72;
    options.common.date = "2023-09-21";
    if (smap_map(f->ctx, at(f, "w.gpkg"), &options, &result, &err) != SMAP_OK) fail_msg("%s", err.message);
    smap_result_free(result);
}

static void the_same_bytes(void **state) {
    static const char *const file[][2] = {
        { "a.png", "b.png" }, { "a.pgw", "b.pgw" }, { "a.pdf", "b.pdf" }, { "a.svg", "b.svg" }
    };
    fixture *f = *state;
    const char *source = at(f, "list.csv");
    smap_import_options import = SMAP_IMPORT_OPTIONS_INIT;
    smap_result *result = NULL;
    assert_int_equal(smap_new(f->ctx, at(f, "w.gpkg"), NULL, &result, NULL), SMAP_OK);
    smap_result_free(result);
    put(f, "list.csv", "site_id,name_en,site_type,lat,lon\na,Camp,planned_camp,32.71,22.61\n");
    import.to = "site";
    import.crs = "EPSG:4326";
    assert_int_equal(smap_import(f->ctx, at(f, "w.gpkg"), &source, 1, &import, &result, NULL), SMAP_OK);
    smap_result_free(result);
    for (int comma = 0; comma < 2; comma++) {
        if (comma && !set_comma_locale(f->folder)) {
            unset_comma_locale(f->folder);
            skip();
        }
        draw(f, file[0][comma], true);
        draw(f, file[2][comma], false);
        draw(f, file[3][comma], false);
    }
    char text[16];
    snprintf(text, sizeof text, "%.1f", 0.5);
    unset_comma_locale(f->folder);
    assert_string_equal(text, "0,5"); /* it was one */
    for (size_t i = 0; i < sizeof file / sizeof *file; i++) {
        size_t len[2];
        char *bytes[2] = { read_file(f, file[i][0], &len[0]), read_file(f, file[i][1], &len[1]) };
        for (int k = 0; k < 2 && strstr(file[i][0], ".svg"); k++) forget_numbers(bytes[k], &len[k]);
        if (len[0] != len[1] || memcmp(bytes[0], bytes[1], len[0]) != 0) fail_msg("%s is another", file[i][1]);
        free(bytes[0]);
        free(bytes[1]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_same_bytes, fixture_open, fixture_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
