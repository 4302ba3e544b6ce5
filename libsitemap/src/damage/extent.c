#include "damage/extent.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "col/cell.h"
#include "col/dict.h"
#include "col/rows.h"
#include "model/statement.h"

/* All that is added up for one area, source and class. */
typedef struct event {
    int32_t area, source, hazard, class;
    int64_t day; /* newest date, INT64_MIN = none */
    double m2, stated_ha;
    bool stated; /* every polygon of the event states its own area */
    int64_t polygons;
} event;

typedef struct tally {
    const smap__areas *areas;
    const smap_layer *hazard;
    smap__dict *source, *kind, *class;
    int64_t rows;
    int32_t *area_of, *source_of, *kind_of, *class_of;
    double *m2;
    event *events;
    size_t count, capacity;
} tally;

static const smap__rows_column extent_columns[] = {
    { "area_kind", SMAP_TEXT },    { "area_id", SMAP_TEXT },      { "area_name_en", SMAP_TEXT },
    { "area_name_ar", SMAP_TEXT }, { "hazard", SMAP_TEXT },       { "class", SMAP_TEXT },
    { "polygons", SMAP_INT64 },    { "area_ha", SMAP_FLOAT64 },   { "area_source_ha", SMAP_FLOAT64 },
    { "method", SMAP_TEXT },       { "source", SMAP_TEXT },       { "coverage", SMAP_TEXT },
    { "statement_en", SMAP_TEXT }, { "statement_ar", SMAP_TEXT }, { "date", SMAP_DATE },
};

static const double m2_per_ha = 10000.0;

static smap_status encode(smap__dict **dict, const smap_table *table, const char *name, int32_t *codes,
                          smap_error *err) {
    const smap_column *column = smap_table_find(table, name);
    smap_status status = smap__dict_new(dict, err);
    for (int64_t i = 0; i < smap_table_rows(table); i++) codes[i] = -1;
    return status == SMAP_OK && column ? smap__dict_encode(*dict, column, codes, err) : status;
}

static event *find_event(const tally *t, int64_t row) {
    for (size_t k = 0; k < t->count; k++) {
        event *e = &t->events[k];
        if (e->area == t->area_of[row] && e->source == t->source_of[row] && e->hazard == t->kind_of[row] &&
            e->class == t->class_of[row])
            return e;
    }
    return NULL;
}

static smap_status add_row(tally *t, int64_t i, smap_error *err) {
    const smap_column *stated = smap_table_find(t->hazard->table, "area_source_ha");
    const smap_column *date = smap_table_find(t->hazard->table, "date");
    double ha = 0;
    bool has = stated && smap__cell_number(stated, i, &ha);
    event *e = find_event(t, i);
    if (!e) {
        if (!smap__grow(&t->events, &t->capacity, t->count + 1, sizeof *t->events)) return smap__fail_memory(err);
        e = &t->events[t->count++];
        *e = (event){ t->area_of[i], t->source_of[i], t->kind_of[i], t->class_of[i], .day = INT64_MIN, .stated = true };
    }
    e->m2 += t->m2[i];
    e->stated_ha += ha;
    e->stated = e->stated && has;
    e->polygons++;
    if (date && date->type == SMAP_DATE && !smap_column_is_null(date, i) && date->v.i[i] > e->day)
        e->day = date->v.i[i];
    return SMAP_OK;
}

/* Codes in order of their text, so that the order of the rows does not matter. */
static int compare_codes(const smap__dict *dict, int32_t a, int32_t b) {
    if (a < 0 || b < 0) return (a < 0) - (b < 0);
    return strcmp(smap__dict_text(dict, a), smap__dict_text(dict, b));
}

/* A handful of events: insertion sort, which can see the dictionaries. */
static void sort_events(tally *t) {
    for (size_t i = 1; i < t->count; i++) {
        event e = t->events[i];
        size_t at = i;
        for (; at > 0; at--) {
            const event *p = &t->events[at - 1];
            int32_t area_p = p->area < 0 ? INT32_MAX : p->area, area_e = e.area < 0 ? INT32_MAX : e.area;
            int order = (area_p > area_e) - (area_p < area_e);
            if (order == 0) order = compare_codes(t->kind, p->hazard, e.hazard);
            if (order == 0) order = compare_codes(t->class, p->class, e.class);
            if (order == 0) order = compare_codes(t->source, p->source, e.source);
            if (order <= 0) break;
            t->events[at] = t->events[at - 1];
        }
        t->events[at] = e;
    }
}

static const char *text_of(const smap__dict *dict, int32_t code) {
    return code < 0 ? NULL : smap__dict_text(dict, code);
}

static void put_area(const tally *t, const smap__area *a, smap__rows *rows) {
    smap__rows_text(rows, t->areas->kind);
    smap__rows_text(rows, a && a->id[0] ? a->id : NULL);
    smap__rows_text(rows, a && a->name_en[0] ? a->name_en : NULL);
    smap__rows_text(rows, a && a->name_ar[0] ? a->name_ar : NULL);
}

static void put_event(const tally *t, const event *e, smap__statement *statement, smap__rows *rows) {
    const smap__area *a = e->area < 0 ? NULL : &t->areas->area[e->area];
    put_area(t, a, rows);
    smap__rows_text(rows, text_of(t->kind, e->hazard));
    smap__rows_text(rows, text_of(t->class, e->class));
    smap__rows_int(rows, e->polygons);
    smap__rows_real(rows, e->m2 / m2_per_ha);
    if (e->stated)
        smap__rows_real(rows, e->stated_ha);
    else
        smap__rows_null(rows);
    smap__rows_text(rows, "geodesic");
    smap__rows_text(rows, text_of(t->source, e->source));
    smap__rows_text(rows, smap__area_status_code(a ? a->status : SMAP__AREA_UNKNOWN));
    if (!a) smap__statement_add(statement, "no_area", NULL, 0);
    smap__statement_put(statement, rows);
    if (e->day == INT64_MIN)
        smap__rows_null(rows);
    else
        smap__rows_int(rows, e->day);
}

/* An area without an observed event: nothing is known of it, or nothing was loaded. Never a zero. */
static void put_silent_area(const tally *t, const smap__area *a, smap__statement *statement, smap__rows *rows) {
    put_area(t, a, rows);
    for (int i = 0; i < 7; i++) smap__rows_null(rows);
    smap__rows_text(rows, smap__area_status_code(a->status));
    smap__statement_add(statement, smap__area_silence(a->status), NULL, 0);
    smap__statement_put(statement, rows);
    smap__rows_null(rows);
}

static smap_status write_events(smap_ctx *ctx, const tally *t, const smap_table **out, smap_error *err) {
    smap__statement statement;
    smap__rows rows;
    smap_status status = smap__statement_init(ctx, "damage_statement", &statement, err);
    if (status != SMAP_OK) return status;
    smap__rows_init(&rows, extent_columns, (int)(sizeof extent_columns / sizeof *extent_columns));
    for (size_t i = 0; i < t->count; i++) put_event(t, &t->events[i], &statement, &rows);
    for (int a = 0; a < t->areas->count; a++) {
        bool spoken = false;
        for (size_t i = 0; i < t->count; i++) spoken = spoken || t->events[i].area == a;
        if (!spoken) put_silent_area(t, &t->areas->area[a], &statement, &rows);
    }
    smap__statement_release(&statement);
    return smap__rows_finish(&rows, out, err);
}

/* Sums run in row order within an event: reordering rows can change the last bit of a sum of doubles, so areas are
 * first sorted by size within each event through this index. */
static int compare_m2(const void *a, const void *b) {
    const double *const *x = a, *const *y = b;
    return (**x > **y) - (**x < **y);
}

static smap_status add_rows(tally *t, smap_error *err) {
    const double **order = smap__zalloc((size_t)t->rows, sizeof *order);
    if (!order) return smap__fail_memory(err);
    for (int64_t i = 0; i < t->rows; i++) order[i] = &t->m2[i];
    qsort(order, (size_t)t->rows, sizeof *order, compare_m2);
    smap_status status = SMAP_OK;
    for (int64_t i = 0; i < t->rows && status == SMAP_OK; i++) {
        int64_t row = order[i] - t->m2;
        uint8_t type = t->hazard->geometry->type[row];
        if (type == SMAP_GEOM_POLYGON || type == SMAP_GEOM_MULTIPOLYGON) status = add_row(t, row, err);
    }
    smap__free(order);
    return status;
}

static smap_status measure(smap_ctx *ctx, tally *t, smap_error *err) {
    size_t n = (size_t)t->rows;
    t->area_of = smap__zalloc(n, sizeof *t->area_of);
    t->source_of = smap__zalloc(n, sizeof *t->source_of);
    t->kind_of = smap__zalloc(n, sizeof *t->kind_of);
    t->class_of = smap__zalloc(n, sizeof *t->class_of);
    t->m2 = smap__zalloc(n, sizeof *t->m2);
    if (!t->area_of || !t->source_of || !t->kind_of || !t->class_of || !t->m2) return smap__fail_memory(err);
    smap_status status = smap__areas_assign(ctx, t->areas, t->hazard, t->area_of, err);
    if (status == SMAP_OK) status = encode(&t->source, t->hazard->table, "source", t->source_of, err);
    if (status == SMAP_OK) status = encode(&t->kind, t->hazard->table, "hazard", t->kind_of, err);
    if (status == SMAP_OK) status = encode(&t->class, t->hazard->table, "class", t->class_of, err);
    if (status == SMAP_OK) status = smap_geometry_areas_m2(ctx, t->hazard->geometry, t->m2, err);
    return status == SMAP_OK ? add_rows(t, err) : status;
}

smap_status smap__extent_build(smap_ctx *ctx, const smap_layer *hazard, const smap__areas *areas,
                               const smap_layer **out, smap_error *err) {
    tally t = { .areas = areas, .hazard = hazard, .rows = hazard->geometry ? smap_table_rows(hazard->table) : 0 };
    const smap_table *table = NULL;
    smap_status status = t.rows ? measure(ctx, &t, err) : SMAP_OK;
    if (status == SMAP_OK) {
        sort_events(&t);
        status = write_events(ctx, &t, &table, err);
    }
    if (status == SMAP_OK) status = smap_layer_new("damage_extent", table, NULL, NULL, out, err);
    smap_table_free(table);
    smap__dict_free(t.source);
    smap__dict_free(t.kind);
    smap__dict_free(t.class);
    smap__free(t.area_of);
    smap__free(t.source_of);
    smap__free(t.kind_of);
    smap__free(t.class_of);
    smap__free(t.m2);
    smap__free(t.events);
    return status;
}
