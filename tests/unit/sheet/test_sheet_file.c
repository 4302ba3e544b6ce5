/* Sheets on every paper: files that extend others, orientations, what stands where, what is wrong with a file. */
#include <unistd.h>

#include "sheet_help.h"

static const char *const sheets[] = { "overview",     "hazard", "access", "site-map",
                                      "site-profile", "damage", "flash",  "locator" };
enum { SHEETS = sizeof sheets / sizeof *sheets };
static const char *const papers[] = { "A4", "A3", "A2", "A1" };
static const char *const turns[] = { "landscape", "portrait" };
static const char *const langs[] = { "en", "ar", "both" };
static const double long_mm[] = { 297, 420, 594, 841 }, short_mm[] = { 210, 297, 420, 594 }; /* ISO 216 */

static const smap_box AREA = { 22.5, 32.6, 22.7, 32.8 };

static bool meet(smap__rect_mm a, smap__rect_mm b) {
    static const double touch = 0.01;
    return a.x + touch < b.x + b.w && b.x + touch < a.x + a.w && a.y + touch < b.y + b.h && b.y + touch < a.y + a.h;
}

static void open_town(scene *s) {
    open_scene(s, 1, AREA);
    making m = make_layer(s->ctx, "EPSG:4326");
    put_point(&m, 22.6, 32.7, "red", "Harbour", NULL);
    add_layer(s, &m, "points", RULE("all", "All", "", MARK("circle", "#000000", "5")));
    s->options.dpi = 72;
}

/* Whatever the paper: it has the paper's size, all that is on it is on the page, nothing lies on anything else but what
 * is meant to lie on the map, and the map is as large as its scale says. */
static void every_sheet_fits_every_paper(void **state) {
    (void)state;
    scene s;
    open_town(&s);
    for (int i = 0; i < SHEETS * 4 * 2 * 3; i++) {
        int p = i / 3 % 4;
        bool upright = i / 12 % 2;
        s.sheet = sheets[i / 24];
        s.orientation = turns[upright];
        s.options.paper = papers[p];
        s.options.lang = langs[i % 3];
        smap__sheet *sheet = compose_scene(&s);
        assert_true(fabs(sheet->page_w_mm * sheet->unit_mm - (upright ? short_mm : long_mm)[p]) < 1e-6);
        assert_true(fabs(sheet->page_h_mm * sheet->unit_mm - (upright ? long_mm : short_mm)[p]) < 1e-6);
        for (int a = 0; a < sheet->elements; a++) {
            smap__rect_mm r = sheet->element[a].at;
            assert_true(r.x >= 0 && r.y >= 0 && r.x + r.w <= sheet->page_w_mm && r.y + r.h <= sheet->page_h_mm);
            for (int b = 0; b < a; b++)
                if (!sheet->element[a].over_map && !sheet->element[b].over_map)
                    assert_false(meet(r, sheet->element[b].at));
        }
        double ground_m = sheet->map.box.xmax - sheet->map.box.xmin;
        double paper_mm = sheet->map.at.w * sheet->unit_mm;
        assert_true(fabs(paper_mm * sheet->map.denominator / 1000 / ground_m - 1) < 1e-9);
        assert_true(fabs(sheet->bar.metres * 1000 / sheet->map.denominator / (sheet->bar.mm * sheet->unit_mm) - 1) <
                    1e-3);
        assert_non_null(strstr(sheet->bar.ratio, papers[p]));
        smap__sheet_free(sheet);
    }
    close_scene(&s);
}

/* A larger paper shows the same extent larger, and leaves texts and symbols smaller than it grew itself. */
static void larger_papers_show_more(void **state) {
    (void)state;
    scene s;
    double denominator = HUGE_VAL, unit = 0;
    open_town(&s);
    for (int p = 0; p < 4; p++) {
        s.options.paper = papers[p];
        smap__sheet *sheet = compose_scene(&s);
        assert_true(sheet->map.denominator < denominator);
        assert_true(sheet->unit_mm > unit && (p == 0 || sheet->unit_mm < long_mm[p] / long_mm[0]));
        denominator = sheet->map.denominator;
        unit = sheet->unit_mm;
        smap__sheet_free(sheet);
    }
    close_scene(&s);
}

static void write_text(const char *path, const char *text) {
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0 && fclose(file) == 0);
}

/* A folder of its own, as the current one. */
static void in_folder(char *folder) {
    strcpy(folder, "/tmp/sheet_file.XXXXXX");
    assert_non_null(mkdtemp(folder));
    assert_int_equal(chdir(folder), 0);
}

static void leave_folder(const char *folder) {
    static const char *const file[] = { "own.json", "below.json", "words.json" };
    for (size_t i = 0; i < sizeof file / sizeof *file; i++) unlink(file[i]);
    assert_int_equal(chdir("/"), 0);
    assert_int_equal(rmdir(folder), 0);
}

/* A sheet of one's own is what it says, over what it extends, over what that extends. */
static void a_sheet_extends_another(void **state) {
    (void)state;
    char folder[32];
    scene s;
    in_folder(folder);
    write_text("below.json", "{ \"extends\": \"overview\", \"name\": \"below\", \"page\": { \"dpi\": 96 },\n"
                             "  \"word\": { \"disclaimer\": { \"en\": \"Ours.\", \"ar\": \"لنا.\" } } }");
    write_text("own.json", "{ \"extends\": \"below.json\", \"name\": \"own\",\n"
                           "  \"element\": { \"producer\": null, \"rule\": { \"fill\": \"#123456\" } } }");
    open_town(&s);
    s.options.dpi = 0;
    smap__sheet *sheet = compose_scene(&s);
    int elements = sheet->elements;
    assert_int_equal(sheet->dpi, 300);
    smap__sheet_free(sheet);
    s.sheet = "own.json";
    sheet = compose_scene(&s);
    assert_string_equal(sheet->name, "own");
    assert_int_equal(sheet->dpi, 96);
    assert_int_equal(sheet->elements, elements); /* without a text, the producer had no place anyway */
    bool found = false, said = false;
    for (int i = 0; i < sheet->elements; i++) {
        found = found || (sheet->element[i].filled && sheet->element[i].fill.g == 0x34);
        for (int k = 0; k < sheet->element[i].paragraphs; k++)
            said = said || strcmp(sheet->element[i].paragraph[k].text, "Ours.") == 0;
    }
    assert_true(found && said);
    smap__sheet_free(sheet);
    close_scene(&s);
    leave_folder(folder);
}

/* Metres of a tick's text: "634,000 m E" with its isolates. */
static double metres_of(const char *text) {
    double value = 0;
    for (; *text && *text != 'm'; text++)
        if (*text >= '0' && *text <= '9') value = value * 10 + (*text - '0');
    return value;
}

/* Ticks of metres stand where these metres are, at steps of 1, 2 or 5, on the sides that they have. */
static void ticks_are_at_their_metres(void **state) {
    (void)state;
    static const char *const grid[] = { "utm", "both" };
    char folder[32];
    in_folder(folder);
    for (int g = 0; g < 2; g++) {
        scene s;
        char text[100];
        int metric = 0, of_side[4] = { 0, 0, 0, 0 };
        open_town(&s);
        snprintf(text, sizeof text, "{ \"extends\": \"overview\", \"grid\": \"%s\" }", grid[g]);
        write_text("own.json", text);
        s.sheet = "own.json";
        smap__sheet *sheet = compose_scene(&s);
        const smap__view *map = &sheet->map;
        for (int i = 0; i < sheet->ticks; i++) {
            const smap__tick *t = &sheet->tick[i];
            if (!strstr(t->text, " m ")) continue;
            bool across = strchr(t->text, 'E') != NULL;
            double metres = metres_of(t->text), along = across ? metres - map->box.xmin : map->box.ymax - metres;
            assert_true(fabs((across ? map->at.x : map->at.y) + along * map->mm_per_unit - t->at_mm) < 1e-6);
            of_side[t->side]++;
            metric++;
        }
        assert_true(metric > 0 && (g == 1 || metric == sheet->ticks));
        assert_true(of_side[SMAP__SIDE_BOTTOM] >= 3 && of_side[SMAP__SIDE_RIGHT] >= 2);
        assert_int_equal(of_side[SMAP__SIDE_TOP] > 0, g == 0);
        assert_int_equal(sheet->crosses, of_side[SMAP__SIDE_BOTTOM] * of_side[SMAP__SIDE_RIGHT]);
        smap__sheet_free(sheet);
        close_scene(&s);
    }
    leave_folder(folder);
}

static void what_is_wrong_is_named(void **state) {
    (void)state;
    static const struct {
        const char *text, *says;
    } wrong[] = {
        { "{ \"extends\": \"own.json\" }", "extend one another" },
        { "{ \"extends\": \"nowhere\" }", "no sheet \"nowhere\"" },
        { "{ \"extends\": \"../overview.json\" }", "not a path" },
        { "{ \"extends\": 3 }", "\"extends\" is to be the name" },
        { "{ \"extends\": \"overview\", \"elment\": {} }", "no key \"elment\"" },
        { "[1]", "a JSON object" },
        { "{ \"name\": \"own\" }", "\"words\" is missing" },
        { "{ \"extends\": \"overview\", \"words\": \"../words.json\" }", "not a path" },
        { "{ \"extends\": \"overview\", \"portrait\": null, \"page\": { \"orientation\": \"upside\" } }",
          "\"upside\" is not an orientation" },
        { "{ \"extends\": \"overview\", \"element\": { \"logo\": { \"kind\": \"logo\", \"at\": [0, 0, 1, 1] } } }",
          "element \"logo\": \"kind\" is missing, or is not what it is to be: one of box, map" },
        { "{ \"extends\": \"overview\", \"element\": { \"rule\": { \"at\": [5, 22] } } }", "element \"rule\": \"at\"" },
        { "{ \"extends\": \"overview\", \"element\": { \"rule\": { \"at\": [5, 22, 500, 1] } } }",
          "a place on the page" },
        { "{ \"extends\": \"overview\", \"element\": { \"map\": null } }", "one element of kind map" },
        { "{ \"extends\": \"overview\", \"element\": { \"rule\": { \"fill\": \"red\" } } }", "a colour as #rrggbb" },
        { "{ \"extends\": \"overview\", \"element\": { \"legend\": { \"columns\": 0 } } }", "columns from 1 to 6" },
        { "{ \"extends\": \"overview\", \"page\": { \"stretch\": { \"x\": [[9, 3, 1]] } } }", "bands" },
        { "{ \"extends\": \"overview\", \"page\": { \"sizes\": { \"A4\": [1e9, 1e9, 1] } } }", "at most 2000" },
        { "{ \"extends\": \"overview\", \"page\": { \"width_mm\": 400 } }", "smaller than the page" },
        { "{ \"extends\": \"overview\", \"grid\": \"mgrs\" }", "degrees, utm or both" },
        { "{ \"extends\": \"overview\", \"page\": { \"paper\": \"B5\" } }", "no paper \"B5\"; it has: A4, A3" },
        { "{ \"extends\": \"overview\", \"element\": { \"rule\": { \"lines\": [{ \"word\": \"hm\", \"style\": \"note\" }] } } }",
          "element \"rule\": \"hm\"" },
    };
    char folder[32];
    scene s;
    in_folder(folder);
    open_town(&s);
    s.sheet = "own.json";
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        smap_error err = SMAP_ERROR_INIT;
        smap__sheet *sheet = NULL;
        write_text("own.json", wrong[i].text);
        assert_true(try_compose(&s, &sheet, &err) != SMAP_OK);
        assert_null(sheet);
        if (!strstr(err.message, wrong[i].says)) fail_msg("\"%s\" does not say \"%s\"", err.message, wrong[i].says);
    }
    write_text("own.json", "{ \"extends\": \"overview\", \"portrait\": null }");
    smap_error err = SMAP_ERROR_INIT;
    smap__sheet *sheet = NULL;
    s.orientation = "portrait";
    assert_int_equal(try_compose(&s, &sheet, &err), SMAP_E_NOT_FOUND);
    assert_non_null(strstr(err.message, "draw it in landscape"));
    close_scene(&s);
    leave_folder(folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_sheet_fits_every_paper), cmocka_unit_test(larger_papers_show_more),
        cmocka_unit_test(a_sheet_extends_another),      cmocka_unit_test(ticks_are_at_their_metres),
        cmocka_unit_test(what_is_wrong_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
