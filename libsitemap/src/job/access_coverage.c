/* The layers access_coverage and catchment: how many people are within so many minutes, and who goes where. */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "col/cell.h"
#include "geo/geom_builder.h"
#include "job/access_run.h"
#include "model/statement.h"

/* The entries of one layer of origins among those of all. */
static smap__access view_of(const smap__access *all, const smap__origins *o) {
    smap__access view = *all;
    size_t first = smap__access_at(all, o->first, 0, 0);
    view.origins = o->count;
    view.service += first;
    view.seconds += first;
    view.metres += first;
    return view;
}

/* ---- statements -----------------------------------------------------------------------------------------------------
 */

static void say_count(smap__statement *s, const char *code, int64_t origins) {
    char number[24];
    snprintf(number, sizeof number, "%lld", (long long)origins);
    const smap__statement_word word = { "origins", { number, number } };
    if (origins) smap__statement_add(s, code, &word, 1);
}

static void say(const smap__access_case *c, const smap__origins *o, const smap__coverage *v, bool in_none,
                smap__statement *s) {
    if (c->before) smap__statement_add(s, c->unknown_open ? "unknown_open" : "unknown_closed", NULL, 0);
    if (in_none) smap__statement_add(s, "no_area", NULL, 0);
    if (!o->base.people)
        smap__statement_add(s, "no_people", NULL, 0);
    else
        say_count(s, "people_unknown", v->people_unknown);
}

/* ---- rows -----------------------------------------------------------------------------------------------------------
 */

static void put_area_cell(const smap__access_run *run, const char *column, int64_t area, smap__rows *rows) {
    const smap_column *cells = column ? smap_table_find(run->by.layer->table, column) : NULL;
    smap__str text = SMAP__STR_INIT;
    if (cells) smap__cell_put(&text, cells, area);
    smap__rows_text(rows, text.failed || !text.len ? NULL : text.data);
    smap__str_release(&text);
}

static void put_area(const smap__access_run *run, int64_t area, smap__rows *rows) {
    smap__rows_text(rows, area == SMAP__AREA_ALL ? "all" : run->by.kind);
    for (int i = 0; area < 0 && i < 3; i++) smap__rows_null(rows);
    if (area < 0) return;
    put_area_cell(run, run->by.key, area, rows);
    put_area_cell(run, run->by.name_en, area, rows);
    put_area_cell(run, run->by.name_ar, area, rows);
}

/* Within in the baseline; NaN in its own rows. */
static double before_of(const smap__access_case *c, double within, double lost, double gained) {
    return c->before ? within + lost - gained : NAN;
}

static void put_origins(const smap__access_case *c, const smap__coverage *v, smap__rows *rows) {
    smap__rows_int(rows, v->origins);
    smap__rows_int(rows, v->within);
    for (int i = 0; !c->before && i < 3; i++) smap__rows_null(rows);
    if (!c->before) return;
    smap__rows_int(rows, v->within + v->lost - v->gained);
    smap__rows_int(rows, v->lost);
    smap__rows_int(rows, v->gained);
}

static void put_people(const smap__access_case *c, const smap__origins *o, const smap__coverage *v, smap__rows *rows) {
    bool known = o->base.people && smap__coverage_knows_people(v);
    smap__rows_real_or_null(rows, known ? v->people : NAN);
    smap__rows_real_or_null(rows, known ? v->people_within : NAN);
    smap__rows_real_or_null(rows, known ? before_of(c, v->people_within, v->people_lost, v->people_gained) : NAN);
    smap__rows_real_or_null(rows, known && c->before ? v->people_lost : NAN);
    smap__rows_real_or_null(rows, known && c->before ? v->people_gained : NAN);
    smap__rows_int(rows, v->people_unknown);
    smap__rows_int(rows, v->people_unknown_within);
}

static void put_row(const smap__access_case *c, const smap__origins *o, int64_t area, int32_t type, int limit,
                    const smap__coverage *v, smap__statement *s) {
    smap__access_run *run = c->run;
    smap__rows *rows = &run->tables.table[SMAP__ACCESS_COVERAGE].rows;
    smap__access_put_head(c, rows);
    put_area(run, area, rows);
    smap__rows_text(rows, o->base.name);
    smap__rows_text(rows, run->service.code[type]);
    smap__rows_real(rows, run->limit_s[limit] / 60);
    put_origins(c, v, rows);
    put_people(c, o, v, rows);
    smap__access_put_sources(c, o, rows);
    say(c, o, v, area == SMAP__AREA_NONE, s);
    smap__statement_put(s, rows);
    smap__access_tell_reach(c, o, area, type, limit, v);
}

/* ---- counting -------------------------------------------------------------------------------------------------------
 */

/* `areas` and one more, of those that lie in none; `area` NULL: all together. */
static smap_status count(const smap__access_case *c, const smap__origins *o, const int64_t *area, int64_t areas,
                         smap__statement *s, smap_error *err) {
    const smap__access_run *run = c->run;
    size_t limits = (size_t)run->limits, types = (size_t)run->service.types;
    smap__coverage *counts = smap__zalloc((size_t)areas * types * limits, sizeof *counts);
    smap__access now = view_of(c->access, o), then;
    if (!counts) return smap__fail_memory(err);
    if (c->before) then = view_of(c->before->access, o);
    smap__coverage_count(&now, c->before ? &then : NULL, o->base.people, area, areas, run->limit_s, run->limits,
                         counts);
    for (int64_t a = 0; a < areas; a++)
        for (int32_t type = 0; type < run->service.types; type++)
            for (int limit = 0; limit < run->limits; limit++) {
                const smap__coverage *v = &counts[((size_t)a * types + (size_t)type) * limits + (size_t)limit];
                int64_t about = !area ? SMAP__AREA_ALL : a == areas - 1 ? SMAP__AREA_NONE : a;
                if (about != SMAP__AREA_NONE || v->origins) put_row(c, o, about, type, limit, v, s);
            }
    smap__free(counts);
    return SMAP_OK;
}

static smap_status count_areas(const smap__access_case *c, const smap__origins *o, smap__statement *s,
                               smap_error *err) {
    int64_t areas = smap_table_rows(c->run->by.layer->table);
    int64_t *area = smap__zalloc((size_t)o->count, sizeof *area);
    if (!area) return smap__fail_memory(err);
    for (int64_t i = 0; i < o->count; i++) area[i] = o->base.area[i] < 0 ? areas : o->base.area[i];
    smap_status status = count(c, o, area, areas + 1, s, err);
    smap__free(area);
    return status;
}

smap_status smap__access_put_coverage(const smap__access_case *c, smap_error *err) {
    const smap__access_run *run = c->run;
    smap__statement s = { 0 };
    smap_status status = smap__statement_init(run->ctx, "access_statement", &s, err);
    for (int i = 0; i < run->origin_layers && status == SMAP_OK; i++) {
        const smap__origins *o = &run->origin[i];
        status = count(c, o, NULL, 1, &s, err);
        if (status == SMAP_OK && o->base.area) status = count_areas(c, o, &s, err);
    }
    smap__statement_release(&s);
    return status;
}

/* ---- catchments -----------------------------------------------------------------------------------------------------
 */

static void put_catchment(const smap__access_case *c, const smap__origins *o, int64_t service, const smap__catchment *v,
                          const double *unserved, smap__rows *rows) {
    const smap__access_run *run = c->run;
    const smap__access_services *s = &run->service;
    double capacity = s->capacity[service], people = o->base.people ? v->people : NAN;
    int32_t type = s->type[service];
    smap__access_put_head(c, rows);
    smap__rows_cell(rows, s->id, service);
    smap__rows_cell(rows, s->name_en, service);
    smap__rows_cell(rows, s->name_ar, service);
    smap__rows_text(rows, s->code[type]);
    smap__rows_cell(rows, smap_table_find(s->layer->table, "status"), service);
    smap__rows_text(rows, o->base.name);
    smap__rows_int(rows, v->origins);
    smap__rows_real_or_null(rows, people);
    smap__rows_real_or_null(rows, capacity);
    smap__rows_real_or_null(rows, capacity > 0 ? people / capacity : NAN);
    smap__rows_int(rows, run->options->capacity);
    smap__rows_real_or_null(rows, run->options->capacity && o->base.people ? v->turned_away : NAN);
    smap__rows_real_or_null(rows, v->mean_s / 60);
    smap__rows_real_or_null(rows, v->max_s / 60);
    smap__rows_real_or_null(rows, o->base.people ? unserved[type] : NAN);
    smap__access_put_sources(c, o, rows);
}

/* Who found no place: told by type, and origin by origin where a service is reached at all. */
static void tell_no_place(const smap__access_case *c, const smap__origins *o, const double *unserved,
                          const double *no_place) {
    for (int32_t t = 0; t < c->run->service.types; t++) {
        smap__access_tell_unserved(c, o, t, unserved[t]);
        for (int64_t row = 0; row < o->count; row++) {
            double people = no_place[t * o->count + row];
            if (people > 0 && c->access->seconds[smap__access_at(c->access, o->first + row, t, 0)] < HUGE_VAL)
                smap__access_tell_no_place(c, o, row, t, people);
        }
    }
}

static smap_status put_layer(const smap__access_case *c, const smap__origins *o, smap__catchment *counts,
                             double *unserved, smap_error *err) {
    smap__access_run *run = c->run;
    smap__access_table *table = &run->tables.table[SMAP__ACCESS_CATCHMENT];
    smap__access view = view_of(c->access, o);
    const smap__catchment_query query = { .access = &view,
                                          .people = o->base.people,
                                          .capacity = run->options->capacity ? run->service.capacity : NULL,
                                          .services = run->service.count,
                                          .limit_s = HUGE_VAL };
    double *no_place = smap__zalloc((size_t)run->service.types * (size_t)o->count, sizeof *no_place);
    smap_status status =
        no_place ? smap__catchments(run->ctx, &query, counts, unserved, no_place, err) : smap__fail_memory(err);
    for (int64_t i = 0; i < run->service.count && status == SMAP_OK; i++) {
        if (run->service.type[i] < 0) continue;
        put_catchment(c, o, i, &counts[i], unserved, &table->rows);
        status = smap__builder_append_feature(table->geometry, run->service.point, i, err);
    }
    if (status == SMAP_OK && run->options->capacity) tell_no_place(c, o, unserved, no_place);
    smap__free(no_place);
    return status;
}

smap_status smap__access_put_catchments(const smap__access_case *c, smap_error *err) {
    const smap__access_run *run = c->run;
    smap__catchment *counts = smap__zalloc((size_t)run->service.count, sizeof *counts);
    double *unserved = smap__zalloc((size_t)run->service.types, sizeof *unserved);
    smap_status status = counts && unserved ? SMAP_OK : smap__fail_memory(err);
    for (int i = 0; i < run->origin_layers && status == SMAP_OK; i++)
        status = put_layer(c, &run->origin[i], counts, unserved, err);
    smap__free(counts);
    smap__free(unserved);
    return status;
}
