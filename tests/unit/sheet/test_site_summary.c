/* The summary table of the sheet `overview`, from sites and rounds to the cells of the page: tests/table/
 * site_summary.case. */
#include "../case_file.h"
#include "col/rows.h"
#include "site/site_summary.h"
#include "town_help.h"

static const smap_box AROUND = { 22.5, 32.6, 22.7, 32.8 };
enum { MOST = 16, CELLS = 6 };

/* What a case says: its sites, and the rows that it wants. */
typedef struct wanted {
    char id[MOST][16], of_site[MOST][256], of_round[MOST][256];
    bool outside[MOST];
    char row[MOST][CELLS][64];
    int sites, rows, line;
} wanted;

static const smap__rows_column site_columns[] = { { "site_id", SMAP_TEXT }, { "name_en", SMAP_TEXT },
                                                  { "name_ar", SMAP_TEXT }, { "site_type", SMAP_TEXT },
                                                  { "status", SMAP_TEXT },  { "capacity", SMAP_INT64 } };
static const smap__rows_column round_columns[] = { { "site_id", SMAP_TEXT },
                                                   { "round", SMAP_INT64 },
                                                   { "households", SMAP_INT64 },
                                                   { "individuals", SMAP_INT64 },
                                                   { "taps", SMAP_INT64 },
                                                   { "latrines_female_functional", SMAP_INT64 },
                                                   { "latrines_male_functional", SMAP_INT64 },
                                                   { "latrines_shared_functional", SMAP_INT64 } };
enum { SITE_COLUMNS = 6, ROUND_COLUMNS = 8 };

/* The number behind NAME= in a list of them. */
static void put_known(smap__rows *rows, const char *name, const char *list) {
    size_t len = strlen(name);
    for (const char *at = list; (at = strstr(at, name)) != NULL; at += len)
        if ((at == list || at[-1] == ' ') && at[len] == '=') {
            smap__rows_int(rows, strtoll(at + len + 1, NULL, 10));
            return;
        }
    smap__rows_null(rows);
}

static void put_round(smap__rows *rows, const char *id, int64_t number, const char *list) {
    smap__rows_text(rows, id);
    smap__rows_int(rows, number);
    for (int k = 2; k < ROUND_COLUMNS; k++) put_known(rows, round_columns[k].name, list);
}

/* An earlier round of each site says what no page may show. */
static const smap_table *rounds_of(const wanted *w) {
    const smap_table *table = NULL;
    smap__rows rows;
    smap__rows_init(&rows, round_columns, ROUND_COLUMNS);
    for (int i = 0; i < w->sites; i++) {
        if (strcmp(w->of_round[i], "-") == 0) continue;
        put_round(&rows, w->id[i], 2, w->of_round[i]);
        put_round(&rows, w->id[i], 1, "households=7777 individuals=7777 taps=7777");
    }
    assert_int_equal(smap__rows_finish(&rows, &table, NULL), SMAP_OK);
    return table;
}

static const smap_table *add_sites_of(scene *s, const wanted *w) {
    mapped m = start_mapped(s, site_columns, SITE_COLUMNS);
    for (int i = 0; i < w->sites; i++) {
        smap__rows_text(&m.rows, w->id[i]);
        smap__rows_text(&m.rows, w->id[i]);
        smap__rows_text(&m.rows, w->id[i]);
        smap__rows_text(&m.rows, "collective_centre");
        smap__rows_text(&m.rows, "open");
        put_known(&m.rows, "capacity", w->of_site[i]);
        smap_geometry_append_point(m.geometry, 22.6 + 0.005 * i, w->outside[i] ? 34 : 32.7, NULL);
    }
    return finish_mapped(s, &m, "site", "site", "Sites", "المواقع")->layer->table;
}

static void check_page(const wanted *w, const char *lang) {
    static const smap__site_figure figures[] = {
        { "individuals", "individuals" },
        { "households", "households" },
        { "capacity", "capacity" },
        { "latrines", "latrines_female_functional+latrines_male_functional+latrines_shared_functional" },
        { "taps", "taps" }
    };
    scene s;
    open_scene(&s, 1, AROUND);
    const smap_table *round = rounds_of(w), *site = add_sites_of(&s, w);
    smap__sheet_table table = { .layer = "site_summary" };
    smap__site_summary_input in = { .site = site, .round = round, .figure = figures, .figures = 5 };
    assert_int_equal(smap__site_summary(&in, &table.table, &table.marks, NULL), SMAP_OK);
    assert_null(table.marks);
    s.options.table = &table;
    s.options.tables = 1;
    s.options.lang = lang;
    smap__sheet *sheet = compose_scene(&s);
    const smap__table *t = NULL;
    for (int i = 0; i < sheet->elements; i++)
        if (sheet->element[i].kind == SMAP__ELEMENT_TABLE) t = sheet->element[i].table;
    if (!t != !w->rows || (t && t->rows != w->rows + 1))
        fail_msg("line %d: the table has %d rows", w->line, t ? t->rows : 0);
    for (int r = 0; r < w->rows; r++)
        for (int k = 0; k < CELLS; k++) {
            const smap__table_cell *cell = &t->cell[(r + 1) * t->columns + k];
            const char *text = cell->paragraphs ? cell->paragraph[0].text : "", *want = w->row[r][k];
            if (k == 0 ? strncmp(text, want, strlen(want)) != 0 : strcmp(text, want) != 0)
                fail_msg("line %d: row %d, cell %d is \"%s\", not \"%s\"", w->line, r + 1, k + 1, text, want);
            assert_int_equal(cell->number, k > 0);
            assert_int_equal(cell->strong, r == 0);
        }
    smap__sheet_free(sheet);
    smap_table_free(table.table);
    smap_table_free(round);
    close_scene(&s);
}

static void read_line(const case_file *c, wanted *w) {
    if (strcmp(c->part[0], "site") == 0 && c->parts == 5 && w->sites < MOST) {
        int i = w->sites++;
        snprintf(w->id[i], sizeof w->id[i], "%s", c->part[1]);
        w->outside[i] = strcmp(c->part[2], "out") == 0;
        snprintf(w->of_site[i], sizeof w->of_site[i], "%s", c->part[3]);
        snprintf(w->of_round[i], sizeof w->of_round[i], "%s", c->part[4]);
    } else if (strcmp(c->part[0], "row") == 0 && c->parts == CELLS + 1 && w->rows < MOST) {
        for (int k = 0; k < CELLS; k++) snprintf(w->row[w->rows][k], sizeof w->row[0][0], "%s", c->part[k + 1]);
        w->rows++;
    } else
        fail_msg("line %d: neither a site nor a row nor a page", c->number);
}

static void summaries_by_table(void **state) {
    (void)state;
    case_file c;
    wanted w = { 0 };
    int cases = 0;
    assert_true(case_open(&c, "site_summary.case"));
    while (case_next(&c)) {
        w.line = c.number;
        if (strcmp(c.part[0], "page") != 0) {
            read_line(&c, &w);
            continue;
        }
        check_page(&w, c.part[1]);
        w = (wanted){ 0 };
        cases++;
    }
    assert_true(cases >= 6);
}

/* A page without the table gives its room to the legend. */
static void the_legend_takes_the_room(void **state) {
    (void)state;
    static const char *const orientation[] = { "landscape", "portrait" };
    for (int o = 0; o < 2; o++) {
        smap__rect_mm box[2] = { { 0, 0, 0, 0 }, { 0, 0, 0, 0 } };
        for (int with = 0; with < 2; with++) {
            wanted w = { .sites = 1, .id = { "A" }, .of_site = { "-" }, .of_round = { "-" }, .outside = { !with } };
            scene s;
            open_scene(&s, 1, AROUND);
            const smap_table *round = rounds_of(&w), *site = add_sites_of(&s, &w);
            smap__sheet_table table = { .layer = "site_summary" };
            static const smap__site_figure figures[] = { { "individuals", "individuals" },
                                                         { "households", "households" },
                                                         { "capacity", "capacity" },
                                                         { "latrines", "latrines_male_functional" },
                                                         { "taps", "taps" } };
            smap__site_summary_input in = { .site = site, .round = round, .figure = figures, .figures = 5 };
            assert_int_equal(smap__site_summary(&in, &table.table, &table.marks, NULL), SMAP_OK);
            s.options.table = &table;
            s.options.tables = 1;
            s.orientation = orientation[o];
            smap__sheet *sheet = compose_scene(&s);
            for (int i = 0; i < sheet->elements; i++)
                if (sheet->element[i].kind == (o ? SMAP__ELEMENT_BOX : SMAP__ELEMENT_LEGEND))
                    box[with] = sheet->element[i].at; /* upright the notes, which come last */
            smap__sheet_free(sheet);
            smap_table_free(table.table);
            smap_table_free(round);
            close_scene(&s);
        }
        assert_true(box[0].h > box[1].h + 30);
        assert_true(fabs(box[0].x - box[1].x) < 1e-9 && fabs(box[0].w - box[1].w) < 1e-9);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = { cmocka_unit_test(summaries_by_table),
                                        cmocka_unit_test(the_legend_takes_the_room) };
    return cmocka_run_group_tests_name("site_summary", tests, NULL, NULL);
}
