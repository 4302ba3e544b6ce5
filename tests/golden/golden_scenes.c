/* golden_scenes FOLDER: the scenes of the unit tests as pictures FOLDER/scene_SHEET_LANG.png, for golden.py. Small
 * towns with everything that is drawn, made without files: quick, and independent of the demo. */
#include "../unit/draw/hazard_scene.h"
#include "../unit/sheet/town_help.h"

static const char *folder;

static void fill(scene *s, const char *sheet, smap__sheet_table tables[2]) {
    if (strcmp(sheet, "hazard") == 0)
        fill_hazard_scene(s, tables);
    else if (strcmp(sheet, "access") == 0)
        fill_access_scene(s, tables);
    else
        fill_scene(s);
}

static void write_picture(const char *sheet, const char *lang) {
    char path[1024];
    scene s;
    smap__sheet_table tables[2] = { { 0 }, { 0 } };
    smap__draw_report report;
    open_scene(&s, 1, SCENE);
    fill(&s, sheet, tables);
    s.options.lang = lang;
    s.options.dpi = 72;
    bytes out = draw_scene(&s, &report);
    assert_int_equal(report.texts_cut, 0);
    snprintf(path, sizeof path, "%s/scene_%s_%s.png", folder, sheet, lang);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(out.data, 1, out.len, file), out.len);
    assert_int_equal(fclose(file), 0);
    free(out.data);
    smap__draw_report_release(&report);
    free_tables(tables);
    close_scene(&s);
}

static void scenes_are_drawn(void **state) {
    static const char *const sheets[] = { "overview", "hazard", "access" }, *const langs[] = { "en", "ar", "both" };
    (void)state;
    for (int i = 0; i < 9; i++) write_picture(sheets[i / 3], langs[i % 3]);
}

int main(int argc, char **argv) {
    const struct CMUnitTest tests[] = { cmocka_unit_test(scenes_are_drawn) };
    if (argc != 2) {
        fprintf(stderr, "golden_scenes FOLDER\n");
        return 2;
    }
    folder = argv[1];
    return cmocka_run_group_tests_name("golden_scenes", tests, NULL, NULL);
}
