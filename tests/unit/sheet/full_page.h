/* Any sheet that we ship with all that its file can show: a made-up table for each of its tables, and every text that
 * one of its lines has a place for, "[KEY]" in English and "[KEY نص]" in Arabic. */
#ifndef FULL_PAGE_H
#define FULL_PAGE_H

#include "town_help.h"

static const char *const shipped[] = { "overview",     "hazard", "access", "site-map",
                                       "site-profile", "damage", "flash",  "locator" };
enum { SHIPPED = sizeof shipped / sizeof *shipped };

enum { PAGE_TABLES = 8, PAGE_COLUMNS = 40, PAGE_TEXTS = 32 };

/* A column that a table asks for; a text where something must be that text, or is called by a list. */
typedef struct asked_column {
    const char *name, *text;
    bool is_text;
} asked_column;

typedef struct full_page {
    scene s;
    smap__sheet_file file; /* of the texts that columns point to */
    smap__sheet_table table[PAGE_TABLES];
    smap__sheet_text text[PAGE_TEXTS];
    char en[PAGE_TEXTS][48], ar[PAGE_TEXTS][48];
    smap__sheet *sheet;
} full_page;

static inline void ask_column(asked_column *list, int *count, const char *name, bool is_text, const char *text) {
    int k = 0;
    while (k < *count && strcmp(list[k].name, name) != 0) k++;
    if (k == *count) {
        assert_true(*count < PAGE_COLUMNS);
        list[(*count)++] = (asked_column){ name, "x", is_text };
    }
    list[k].is_text = list[k].is_text || is_text;
    if (text) list[k].text = text;
}

/* All columns that a part of a table names, however deep. */
static inline void ask_columns(const smap__json *json, asked_column *list, int *count) {
    static const char *const others[] = { "column_ar", "or", "by" }, *const figures[] = { "partial", "most", "target" };
    const char *name = smap__json_text(smap__json_get(json, "column"), NULL), *key;
    const char *equals = smap__json_text(smap__json_get(json, "equals"), NULL);
    const smap__json *first = smap__json_get(smap__json_item(smap__json_get(json, "values"), 0), "is"), *value;
    bool labelled = smap__json_get(json, "domain") || smap__json_get(json, "labels") || smap__json_get(json, "layer") ||
                    smap__json_get(json, "column_ar") || smap__json_get(json, "chosen");
    if (name)
        ask_column(list, count, name, labelled || equals || first, equals ? equals : smap__json_text(first, NULL));
    for (int i = 0; i < 3 && name; i++) {
        const char *other = smap__json_text(smap__json_get(json, others[i]), NULL);
        if (other) ask_column(list, count, other, true, NULL);
        other = smap__json_text(smap__json_get(json, figures[i]), NULL);
        if (other) ask_column(list, count, other, false, NULL);
    }
    for (size_t i = 0; i < smap__json_size(json); i++) ask_columns(smap__json_item(json, i), list, count);
    for (size_t at = 0; smap__json_is_object(json) && smap__json_member(json, &at, &key, &value);) {
        bool of_bar = strcmp(key, "bar") == 0;
        for (int i = 0; i < 3 && of_bar; i++) {
            const char *other = smap__json_text(smap__json_get(value, figures[i]), NULL);
            if (other) ask_column(list, count, other, false, NULL);
        }
        if (of_bar && smap__json_text(smap__json_get(value, "by"), NULL))
            ask_column(list, count, smap__json_text(smap__json_get(value, "by"), ""), true, NULL);
        if (smap__json_is_array(value) || smap__json_is_object(value)) ask_columns(value, list, count);
    }
}

static inline const smap_table *made_up_table(const smap__json *element) {
    asked_column asked[PAGE_COLUMNS];
    smap__rows_column column[PAGE_COLUMNS];
    const smap_table *table = NULL;
    smap__rows rows;
    int n = 0;
    ask_columns(element, asked, &n);
    for (int k = 0; k < n; k++)
        column[k] = (smap__rows_column){ asked[k].name, asked[k].is_text ? SMAP_TEXT : SMAP_FLOAT64 };
    smap__rows_init(&rows, column, n);
    for (int r = 0; r < 2; r++)
        for (int k = 0; k < n; k++)
            if (asked[k].is_text)
                smap__rows_text(&rows, asked[k].text);
            else
                smap__rows_real(&rows, 1 + r);
    assert_int_equal(smap__rows_finish(&rows, &table, NULL), SMAP_OK);
    return table;
}

/* One made-up site, whose key the tables have too. */
static inline void add_one_site(full_page *p) {
    static const smap__rows_column columns[] = {
        { "site_id", SMAP_TEXT }, { "name_en", SMAP_TEXT }, { "name_ar", SMAP_TEXT }, { "site_type", SMAP_TEXT }
    };
    mapped m = start_mapped(&p->s, columns, 4);
    smap__rows_text(&m.rows, "x");
    smap__rows_text(&m.rows, "Harbour school");
    smap__rows_text(&m.rows, "مدرسة الميناء");
    smap__rows_text(&m.rows, "collective_centre");
    smap_geometry_append_point(m.geometry, 22.6, 32.7, NULL);
    finish_mapped(&p->s, &m, "site", "site", "Sites", "المواقع");
}

/* Far-off places of a country around it, which the insets show. */
static inline void add_country(full_page *p) {
    static const smap__rows_column columns[] = { { "site_id", SMAP_TEXT }, { "site_type", SMAP_TEXT } };
    static const double at[][2] = { { 10, 20 }, { 25, 33 } };
    mapped m = start_mapped(&p->s, columns, 2);
    for (int i = 0; i < 2; i++) {
        smap__rows_text(&m.rows, i ? "b" : "a");
        smap__rows_text(&m.rows, "collective_centre");
        smap_geometry_append_point(m.geometry, at[i][0], at[i][1], NULL);
    }
    finish_mapped(&p->s, &m, "site", "site", "Sites", "المواقع");
    p->s.options.layers--; /* not on the map itself */
    for (int i = 0; i < SMAP__INSETS; i++) {
        p->s.options.inset[i].layer = &p->s.layer[p->s.options.layers];
        p->s.options.inset[i].layers = 1;
    }
}

static inline void add_texts(full_page *p) {
    static const char *const keys[] = { "country",      "area",       "site",         "title",    "subtitle",
                                        "date_updated", "produced",   "version",      "audience", "sources",
                                        "producer",     "map_number", "glide",        "note",     "coverage",
                                        "contact",      "link",       "scenario",     "mode",     "limit",
                                        "service_type", "asset",      "unknown_roads" };
    p->s.options.text = p->text;
    p->s.options.texts = 0;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        int n = p->s.options.texts++;
        snprintf(p->en[n], sizeof p->en[n], "[%s]", keys[i]);
        snprintf(p->ar[n], sizeof p->ar[n], "[%s نص]", keys[i]);
        p->text[n] = (smap__sheet_text){ keys[i], p->en[n], p->ar[n] };
    }
}

/* Take away the text that the sheet has no place for, as its error says; false where the error is another one. */
static inline bool drop_text(full_page *p, const char *message) {
    const char *name = strstr(message, "no place for the text \"");
    if (!name) return false;
    name += strlen("no place for the text \"");
    for (int i = 0; i < p->s.options.texts; i++) {
        size_t len = strlen(p->text[i].key);
        if (strncmp(name, p->text[i].key, len) != 0 || name[len] != '"') continue;
        p->text[i] = p->text[--p->s.options.texts];
        return true;
    }
    return false;
}

/* Compose it; close with close_page. */
static inline void open_page(full_page *p, const char *sheet, const char *orientation, const char *lang) {
    const smap__json *elements, *e;
    const char *name;
    smap_error err = SMAP_ERROR_INIT;
    open_scene(&p->s, 1, (smap_box){ 22.5, 32.6, 22.7, 32.8 });
    p->s.sheet = sheet;
    p->s.orientation = orientation;
    p->s.options.lang = lang;
    p->s.options.table = p->table;
    add_one_site(p);
    add_country(p);
    add_texts(p);
    assert_int_equal(smap__sheet_file_open(p->s.ctx, sheet, orientation, &p->file, NULL), SMAP_OK);
    elements = smap__json_get(smap__json_root(p->file.doc), "element");
    for (size_t at = 0; smap__json_member(elements, &at, &name, &e);) {
        if (strcmp(smap__json_text(smap__json_get(e, "kind"), ""), "table") != 0) continue;
        assert_true(p->s.options.tables < PAGE_TABLES);
        p->table[p->s.options.tables++] =
            (smap__sheet_table){ .layer = smap__json_text(smap__json_get(e, "layer"), ""), .table = made_up_table(e) };
    }
    while (try_compose(&p->s, &p->sheet, &err) != SMAP_OK)
        if (!drop_text(p, err.message)) fail_msg("%s: %s", sheet, err.message);
}

static inline void close_page(full_page *p) {
    smap__sheet_free(p->sheet);
    for (int i = 0; i < p->s.options.tables; i++) smap_table_free(p->table[i].table);
    smap__sheet_file_release(&p->file);
    close_scene(&p->s);
}

#endif
