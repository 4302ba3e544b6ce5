/* Tables of a sheet: sums by brute force, what is selected, labels in both languages, and what a sheet file may get
 * wrong. */
#include "sheet/pivot.h"
#include "table_help.h"
#include "town_help.h"

static const smap_box AROUND = { 22.5, 32.6, 22.7, 32.8 };
static const char *const hazards[] = { "flood", "landslide", "earthquake", "swarm_2" };
enum { HAZARDS = sizeof hazards / sizeof *hazards };

static const smap__table_cell *cell_of(const smap__table *t, int row, int column) {
    return &t->cell[row * t->columns + column];
}

static double number_of(const smap__paragraph *p) {
    char digits[64];
    size_t n = 0;
    for (const char *at = p->text; *at; at++)
        if (*at != ',') digits[n++] = *at;
    digits[n] = '\0';
    return strtod(digits, NULL);
}

/* Long rows with random keys against a sum made by looking at all rows for each cell. */
static void pivot_adds_up(void **state) {
    (void)state;
    enum { ROWS = 500, KEYS = 5 };
    static const char *const key[KEYS] = { "a", "b", "c", "d", NULL };
    static const smap__rows_column columns[] = { { "down", SMAP_TEXT }, { "across", SMAP_TEXT }, { "v", SMAP_INT64 } };
    int down[ROWS], across[ROWS];
    int64_t value[ROWS], row[ROWS];
    const smap_table *table = NULL;
    smap__rows rows;
    srand(3);
    smap__rows_init(&rows, columns, 3);
    for (int i = 0; i < ROWS; i++) {
        row[i] = i;
        down[i] = rand() % KEYS;
        across[i] = rand() % KEYS;
        value[i] = rand() % 100;
        smap__rows_text(&rows, key[down[i]]);
        smap__rows_text(&rows, key[across[i]]);
        smap__rows_int(&rows, value[i]);
    }
    assert_int_equal(smap__rows_finish(&rows, &table, NULL), SMAP_OK);
    for (int symmetric = 0; symmetric < 2; symmetric++) {
        const smap_column *v = smap_table_at(table, 2);
        static const char *const first[] = { "d", "none has this", "b" };
        smap__pivot_input in = { .row = row,
                                 .rows = ROWS,
                                 .down = smap_table_at(table, 0),
                                 .across = smap_table_at(table, 1),
                                 .symmetric = symmetric,
                                 .value = &v,
                                 .values = 1,
                                 .first_down = first,
                                 .firsts_down = 3 };
        smap__pivot p;
        assert_int_equal(smap__pivot_compute(&in, &p, NULL), SMAP_OK);
        assert_int_equal(smap__dict_count(p.down), KEYS);
        assert_string_equal(smap__dict_text(p.down, 0), "d");
        assert_string_equal(smap__dict_text(p.down, 1), "b");
        for (int a = 0; a < KEYS; a++)
            for (int b = 0; b < KEYS; b++) {
                const char *ka = key[a] ? key[a] : "", *kb = key[b] ? key[b] : "";
                int64_t sum = 0;
                for (int i = 0; i < ROWS; i++)
                    if ((down[i] == a && across[i] == b) || (symmetric && down[i] == b && across[i] == a))
                        sum += value[i];
                assert_true(smap__pivot_sum(&p, smap__dict_find(p.down, ka, strlen(ka)),
                                            smap__dict_find(p.across, kb, strlen(kb)), 0) == (double)sum);
            }
        smap__pivot_release(&p);
    }
    smap_table_free(table);
}

/* Buildings come before sites; the square is symmetric, its diagonal set off; labels are those of the vocabulary, and a
 * hazard of somebody's own is called what it is called. */
static void coincidence_is_a_square(void **state) {
    (void)state;
    scene s;
    smap__sheet_table tables[2];
    open_scene(&s, 1, AROUND);
    give_tables(&s, tables, hazards, HAZARDS);
    smap__sheet *sheet = compose_scene(&s);
    const smap__table *t = table_of(sheet, 0, NULL);
    assert_non_null(t);
    assert_int_equal(t->rows, HAZARDS + 1);
    assert_int_equal(t->columns, HAZARDS + 1);
    assert_int_equal(t->left_out, 0);
    assert_non_null(strstr(cell_of(t, 0, 0)->paragraph[0].text, "Buildings"));
    assert_string_equal(cell_of(t, 0, 1)->paragraph[0].text, "Flood");
    assert_true(cell_of(t, 0, 1)->paragraph[1].rtl);
    assert_string_equal(cell_of(t, 4, 0)->paragraph[0].text, "swarm_2");
    assert_int_equal(cell_of(t, 4, 0)->paragraphs, 1);
    for (int a = 0; a < HAZARDS; a++)
        for (int b = 0; b < HAZARDS; b++) {
            const smap__table_cell *c = cell_of(t, a + 1, b + 1);
            assert_int_equal(c->paragraphs, 2);
            assert_true(c->number);
            assert_int_equal(c->strong, a == b);
            assert_true(number_of(&c->paragraph[0]) == (double)pair_assets(a, b));
            assert_true(fabs(number_of(&c->paragraph[1]) - pair_people(a, b)) <= 0.5);
        }
    smap__sheet_free(sheet);
    free_tables(tables);
    close_scene(&s);
}

/* Rows of areas are parts of "all" and are not added to it; classes stand in the order of the sheet, unknown last. */
static void classes_stand_in_order(void **state) {
    (void)state;
    scene s;
    smap__sheet_table tables[2];
    open_scene(&s, 1, AROUND);
    give_tables(&s, tables, hazards, HAZARDS);
    smap__sheet *sheet = compose_scene(&s);
    const smap__table *t = table_of(sheet, 1, NULL);
    assert_int_equal(t->columns, 7);
    assert_string_equal(cell_of(t, 0, 1)->paragraph[0].text, "None");
    assert_string_equal(cell_of(t, 0, 6)->paragraph[0].text, "Not known");
    for (int h = 0; h < HAZARDS; h++)
        for (int k = 0; k <= 5; k++)
            assert_true(number_of(&cell_of(t, h + 1, k + 1)->paragraph[0]) == (double)class_assets(h, k));
    smap__sheet_free(sheet);
    free_tables(tables);
    close_scene(&s);
}

/* The legend counts the frame and the tables do not: each says so below it in every language of the sheet, in a style
 * of its own, before its note. */
static void scope_is_said(void **state) {
    (void)state;
    static const char *const langs[] = { "en", "ar", "both" };
    for (int l = 0; l < 3; l++) {
        scene s;
        smap__sheet_table tables[2];
        open_scene(&s, 1, AROUND);
        give_tables(&s, tables, hazards, HAZARDS);
        s.options.lang = langs[l];
        smap__sheet *sheet = compose_scene(&s);
        for (int i = 0; i < 2; i++) {
            const smap__table *t = table_of(sheet, i, NULL);
            const smap__paragraph *scope = &t->note[0];
            assert_int_equal(t->notes, l == 2 ? 3 : 2);
            assert_int_equal(strstr(scope->text, "not only this map's frame") != NULL, l != 1);
            assert_int_equal(strstr(scope->text, "لا إطار هذه الخريطة وحده") != NULL, l != 0);
            assert_ptr_not_equal(scope->style, t->note[1].style);
        }
        smap__sheet_free(sheet);
        free_tables(tables);
        close_scene(&s);
    }
}

/* A figure that no row has takes no line; a table without rows takes no room. */
static void what_is_not_there_is_left_out(void **state) {
    (void)state;
    scene s;
    smap__sheet_table tables[2];
    open_scene(&s, 1, AROUND);
    give_tables(&s, tables, hazards, 1);
    int64_t sites[] = { 0 };
    const smap_table *only_sites = NULL;
    assert_int_equal(smap_table_take(tables[0].table, sites, 1, &only_sites, NULL), SMAP_OK);
    smap_table_free(tables[0].table);
    tables[0].table = only_sites;
    s.options.tables = 1;
    smap__sheet *sheet = compose_scene(&s);
    const smap__table *t = table_of(sheet, 0, NULL);
    assert_null(table_of(sheet, 1, NULL));
    assert_int_equal(cell_of(t, 1, 1)->paragraphs, 1);
    assert_int_equal(cell_of(t, 0, 0)->paragraphs, 1);
    assert_non_null(strstr(cell_of(t, 0, 0)->paragraph[0].text, "Sites"));
    smap__sheet_free(sheet);
    s.options.tables = 0;
    sheet = compose_scene(&s);
    assert_null(table_of(sheet, 0, NULL));
    smap__sheet_free(sheet);
    free_tables(tables);
    close_scene(&s);
}

/* "<5" in the rows that are given, of two columns of figures. */
static const smap_table *signs(int64_t rows, const int64_t *marked, int count) {
    static const smap__rows_column columns[] = { { "assets", SMAP_TEXT }, { "people", SMAP_TEXT } };
    const smap_table *table = NULL;
    smap__rows r;
    smap__rows_init(&r, columns, 2);
    for (int64_t i = 0; i < rows; i++) {
        bool is = false;
        for (int k = 0; k < count; k++) is = is || marked[k] == i;
        smap__rows_text(&r, is ? "<5" : NULL);
        smap__rows_null(&r);
    }
    assert_int_equal(smap__rows_finish(&r, &table, NULL), SMAP_OK);
    return table;
}

/* A figure that is not told has its sign; a sum with one that is not told is not told; what the signs mean stands below
 * the table that has one, in the languages of the sheet. */
static void what_is_not_told_has_a_sign(void **state) {
    (void)state;
    scene s;
    smap__sheet_table tables[2];
    open_scene(&s, 1, AROUND);
    give_tables(&s, tables, hazards, 1);
    smap__sheet_table *t = &tables[1]; /* rows of all: classes 0 to 4, unknown */
    const int64_t twice[] = { 0, 1, 1, 2, 2, 3, 4, 5 }, marked[] = { 2, 3, 5 };
    const smap_table *rows = NULL;
    assert_int_equal(smap_table_take(t->table, twice, 8, &rows, NULL), SMAP_OK);
    smap_table_free(t->table);
    t->table = rows;
    t->marks = signs(8, marked, 3);
    t->mark_too = "*";
    t->marks_note_en = "signs explained";
    t->marks_note_ar = "شرح العلامات";
    for (int lang = 0; lang < 3; lang++) {
        s.options.lang = lang == 0 ? "en" : lang == 1 ? "ar" : "both";
        smap__sheet *sheet = compose_scene(&s);
        const smap__table *plain = table_of(sheet, 0, NULL), *shown = table_of(sheet, 1, NULL);
        static const char *const wanted[] = { "0", "*", "*", "<5", "4", "5" };
        for (int k = 0; k < 6; k++) assert_string_equal(cell_of(shown, 1, k + 1)->paragraph[0].text, wanted[k]);
        assert_true(number_of(&cell_of(shown, 1, 2)->paragraph[1]) == 8); /* people: told */
        assert_int_equal(shown->notes, lang == 2 ? 5 : 3);
        assert_non_null(strstr(shown->note[shown->notes - 1].text, lang == 0 ? t->marks_note_en : t->marks_note_ar));
        assert_int_equal(plain->notes, lang == 2 ? 3 : 2);
        smap__sheet_free(sheet);
    }
    smap_table_free(t->marks);
    free_tables(tables);
    close_scene(&s);
}

/* Columns of the layer that the table lacks are not for the audience: the others are shown. */
static void columns_that_are_withheld_are_left_out(void **state) {
    (void)state;
    scene s;
    smap__sheet_table tables[2];
    smap_error err = SMAP_ERROR_INIT;
    smap__sheet *sheet = NULL;
    const smap_column *kept[16];
    int n = 0;
    open_scene(&s, 1, AROUND);
    fill_access_scene(&s, tables);
    const smap_table *all = tables[1].table;
    for (int i = 0; i < smap_table_columns(all); i++)
        if (strncmp(smap_table_at(all, i)->name, "people", 6) != 0) kept[n++] = smap_table_at(all, i);
    assert_int_equal(smap_table_new(kept, n, smap_table_rows(all), &tables[1].table, NULL), SMAP_OK);
    assert_int_equal(try_compose(&s, &sheet, &err), SMAP_E_FORMAT);
    assert_int_equal(smap__schema_get(s.ctx, "critical_link", &tables[1].schema, NULL), SMAP_OK);
    sheet = compose_scene(&s);
    assert_int_equal(table_of(sheet, 1, NULL)->columns, 2);
    smap__sheet_free(sheet);
    smap_table_free(all);
    free_tables(tables);
    close_scene(&s);
}

static bool says(const smap__sheet *sheet, const char *word) {
    for (int i = 0; i < sheet->elements; i++)
        for (int p = 0; p < sheet->element[i].paragraphs; p++)
            if (strstr(sheet->element[i].paragraph[p].text, word)) return true;
    return false;
}

static void made_up_rows_are_said(void **state) {
    (void)state;
    scene s;
    smap__sheet_table tables[2];
    open_scene(&s, 1, AROUND);
    give_tables(&s, tables, hazards, HAZARDS);
    for (int synthetic = 0; synthetic < 2; synthetic++) {
        tables[1].synthetic = synthetic;
        smap__sheet *sheet = compose_scene(&s);
        assert_int_equal(says(sheet, "SYNTHETIC"), synthetic);
        smap__sheet_free(sheet);
    }
    free_tables(tables);
    close_scene(&s);
}

static void a_missing_column_is_named(void **state) {
    (void)state;
    scene s;
    smap__sheet_table tables[2];
    smap__sheet *sheet = NULL;
    smap_error err = SMAP_ERROR_INIT;
    open_scene(&s, 1, AROUND);
    give_tables(&s, tables, hazards, HAZARDS);
    smap_table_free(tables[1].table);
    tables[1].table = smap_table_retain(tables[0].table);
    assert_int_equal(try_compose(&s, &sheet, &err), SMAP_E_FORMAT);
    assert_non_null(strstr(err.message, "exposure_summary"));
    assert_non_null(strstr(err.message, "\"area_kind\""));
    free_tables(tables);
    close_scene(&s);
}

/* Layers that share their rules have one group: a line for each rule, whichever of them it comes from. */
static void layers_share_a_legend(void **state) {
    (void)state;
    scene s;
    open_scene(&s, 1, AROUND);
    for (int l = 0; l < 2; l++) {
        making m = make_layer(s.ctx, "EPSG:4326");
        for (int i = 0; i <= l; i++) put_point(&m, 22.6 + 0.01 * i, 32.7, "red", NULL, NULL);
        if (l == 0) put_point(&m, 22.61, 32.71, "blue", NULL, NULL);
        smap__sheet_layer *layer =
            add_layer(&s, &m, l ? "upper" : "lower",
                      RULE("red", "Red | أحمر", KIND_IS("red"), MARK("circle", "#a50026", "6"))
                          RULE("blue", "Blue | أزرق", KIND_IS("blue"), MARK("square", "#2171b5", "6")));
        layer->share_en = "Shared";
        layer->share_ar = "مشترك";
        layer->synthetic = l == 0;
    }
    smap__sheet *sheet = compose_scene(&s);
    const smap__legend_entry *entry;
    assert_int_equal(sheet->groups, 1);
    const smap__legend_group *g = &sheet->group[0];
    assert_int_equal(g->shared, 2);
    assert_string_equal(g->title[SMAP__EN], "Shared");
    assert_non_null(strstr(g->remark[SMAP__EN], "partly"));
    assert_int_equal(g->shared_layer[0], 1); /* the upper layer leads */
    assert_int_equal(smap__sheet_legend(sheet, &entry), 3);
    static const struct { int layer, rule, count; } wanted[] = { { 1, 0, 2 }, { 0, 0, 1 }, { 0, 1, 1 } };
    for (int i = 0; i < 3; i++) {
        assert_int_equal(entry[i].layer, wanted[i].layer);
        assert_int_equal(entry[i].rule, wanted[i].rule);
        assert_int_equal(entry[i].count, wanted[i].count);
    }
    smap__sheet_free(sheet);
    close_scene(&s);
}

/* The type that is shown comes first; of other scenarios and ranks nothing is seen; a road without a name is called by
 * its ID; both languages stand on one line. */
static void lists_show_what_was_chosen(void **state) {
    (void)state;
    scene s;
    smap__sheet_table tables[2];
    open_scene(&s, 1, AROUND);
    fill_access_scene(&s, tables);
    smap__sheet *sheet = compose_scene(&s);
    const smap__table *coverage = table_of(sheet, 0, NULL), *links = table_of(sheet, 1, NULL);
    assert_int_equal(coverage->rows, 1 + 2 * 3);
    for (int i = 1; i <= 6; i++) {
        assert_int_equal(cell_of(coverage, i, 0)->paragraphs, 1);
        assert_non_null(strstr(cell_of(coverage, i, 0)->paragraph->text, i <= 3 ? "Hospital" : "School"));
        assert_non_null(strstr(cell_of(coverage, i, 0)->paragraph->text, i <= 3 ? "مستشفى" : "مدرسة"));
        assert_true(number_of(cell_of(coverage, i, 1)->paragraph) == 15 << (i - 1) % 3);
    }
    assert_int_equal(links->rows, 1 + 5);
    assert_string_equal(cell_of(links, 2, 1)->paragraph->text, "R1");
    assert_non_null(strstr(cell_of(links, 3, 1)->paragraph->text, "Coast road"));
    assert_non_null(strstr(cell_of(links, 3, 1)->paragraph->text, "طريق الساحل"));
    smap__sheet_free(sheet);
    free_tables(tables);
    close_scene(&s);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pivot_adds_up),
        cmocka_unit_test(coincidence_is_a_square),
        cmocka_unit_test(classes_stand_in_order),
        cmocka_unit_test(what_is_not_there_is_left_out),
        cmocka_unit_test(what_is_not_told_has_a_sign),
        cmocka_unit_test(columns_that_are_withheld_are_left_out),
        cmocka_unit_test(made_up_rows_are_said),
        cmocka_unit_test(a_missing_column_is_named),
        cmocka_unit_test(layers_share_a_legend),
        cmocka_unit_test(scope_is_said),
        cmocka_unit_test(lists_show_what_was_chosen),
    };
    return cmocka_run_group_tests_name("sheet_table", tests, NULL, NULL);
}
