/* Result tables as `sitemap hazard` writes them, with figures that anybody can add up: which hazards go together, and
 * how many assets are in which class. */
#ifndef TABLE_HELP_H
#define TABLE_HELP_H

#include "col/rows.h"
#include "sheet_help.h"

/* Assets in both of two hazards: the same whichever comes first. */
static inline int64_t pair_assets(int a, int b) {
    return 1000 * (a < b ? a : b) + 7 * (a < b ? b : a) + 1;
}

static inline double pair_people(int a, int b) {
    return 5.5 * (double)pair_assets(a, b);
}

static inline int64_t class_assets(int hazard, int klass) {
    return 100 * hazard + klass;
}

/* Every pair once for each kind of asset; sites have no people. */
static inline const smap_table *coincidence_table(const char *const *hazard, int hazards) {
    static const smap__rows_column columns[] = { { "asset", SMAP_TEXT },
                                                 { "hazard_a", SMAP_TEXT },
                                                 { "hazard_b", SMAP_TEXT },
                                                 { "assets", SMAP_INT64 },
                                                 { "people", SMAP_FLOAT64 } };
    const smap_table *table = NULL;
    smap__rows rows;
    smap__rows_init(&rows, columns, 5);
    for (int kind = 0; kind < 2; kind++)
        for (int a = 0; a < hazards; a++)
            for (int b = a; b < hazards; b++) {
                smap__rows_text(&rows, kind ? "building" : "site");
                smap__rows_text(&rows, hazard[a]);
                smap__rows_text(&rows, hazard[b]);
                smap__rows_int(&rows, kind ? pair_assets(a, b) : 1);
                if (kind)
                    smap__rows_real(&rows, pair_people(a, b));
                else
                    smap__rows_null(&rows);
            }
    assert_int_equal(smap__rows_finish(&rows, &table, NULL), SMAP_OK);
    return table;
}

/* Classes 0 to 4 and unknown, of all areas together and of one area of them. */
static inline const smap_table *exposure_table(const char *const *hazard, int hazards) {
    static const smap__rows_column columns[] = { { "area_kind", SMAP_TEXT }, { "asset", SMAP_TEXT },
                                                 { "hazard", SMAP_TEXT },    { "class_number", SMAP_INT64 },
                                                 { "assets", SMAP_INT64 },   { "people", SMAP_FLOAT64 },
                                                 { "source", SMAP_TEXT } };
    const smap_table *table = NULL;
    smap__rows rows;
    smap__rows_init(&rows, columns, 7);
    for (int area = 0; area < 2; area++)
        for (int h = 0; h < hazards; h++)
            for (int k = 0; k <= 5; k++) {
                smap__rows_text(&rows, area ? "admin3" : "all");
                smap__rows_text(&rows, "building");
                smap__rows_text(&rows, hazard[h]);
                if (k < 5)
                    smap__rows_int(&rows, k);
                else
                    smap__rows_null(&rows);
                smap__rows_int(&rows, class_assets(h, k));
                smap__rows_real(&rows, 4.0 * (double)class_assets(h, k));
                smap__rows_text(&rows, "Nobody's survey");
            }
    assert_int_equal(smap__rows_finish(&rows, &table, NULL), SMAP_OK);
    return table;
}

/* The two tables of the sheet `hazard`; free both with free_tables. */
static inline void give_tables(scene *s, smap__sheet_table out[2], const char *const *hazard, int hazards) {
    out[0] = (smap__sheet_table){ .layer = "coincidence", .table = coincidence_table(hazard, hazards) };
    out[1] = (smap__sheet_table){ .layer = "exposure_summary", .table = exposure_table(hazard, hazards) };
    s->sheet = "hazard";
    s->options.table = out;
    s->options.tables = 2;
}

static inline void free_tables(smap__sheet_table tables[2]) {
    for (int i = 0; i < 2; i++) smap_table_free(tables[i].table);
}

/* The table of an element in the order of the sheet file, its index in *index; NULL if there is none. */
static inline const smap__table *table_of(const smap__sheet *sheet, int which, int *index) {
    for (int i = 0; i < sheet->elements; i++)
        if (sheet->element[i].kind == SMAP__ELEMENT_TABLE && which-- == 0) {
            if (index) *index = i;
            return sheet->element[i].table;
        }
    return NULL;
}

#endif
