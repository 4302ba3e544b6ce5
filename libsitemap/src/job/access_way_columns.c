/* The rows of one layer of origins in access_site, access_household and access_building: an origin and one way. They
 * are put column by column, side by side: every column has the cells of all ways in the same order. */
#include <string.h>

#include "base/ctx.h"
#include "base/fail.h"
#include "base/parallel.h"
#include "col/cell.h"
#include "geo/geom_builder.h"
#include "job/access_run.h"

enum { ROWS_A_POLL = 1 << 16, HEAD = 3 }; /* HEAD: scenario, unknown_roads and mode */

typedef struct ways {
    const smap__access_case *c;
    const smap__origins *origins;
    smap__access_table *table;
    bool made_up;     /* the network is */
    int first_of_way; /* field behind those of the origin's own */
} ways;

/* One way, or that there is none. */
typedef struct way {
    int64_t row, origin;
    int32_t type;
    uint32_t rank, service;
    size_t at; /* among the entries of the access */
} way;

/* ---- cells ----------------------------------------------------------------------------------------------------------
 */

typedef smap_status (*put_fn)(const ways *w, const way *y, smap_column_builder *to, smap_error *err);

static smap_status put_text(const char *text, smap_column_builder *to, smap_error *err) {
    return smap_column_append_text(to, text, text ? strlen(text) : 0, err);
}

static smap_status put_cell(const smap_column *from, int64_t row, smap_column_builder *to, smap_error *err) {
    return from ? smap__cell_append(to, from, row, err) : smap_column_append_null(to, err);
}

static smap_status put_real(double value, smap_column_builder *to, smap_error *err) {
    return isfinite(value) ? smap_column_append_real(to, value, err) : smap_column_append_null(to, err);
}

static double before_m(const ways *w, const way *y) {
    const smap__access *before = w->c->before ? w->c->before->access : NULL;
    return before && isfinite(before->seconds[y->at]) ? before->metres[y->at] : NAN;
}

static double metres_of(const ways *w, const way *y) {
    return y->service != SMAP__NONE ? w->c->access->metres[y->at] : NAN;
}

static smap_status put_scenario(const ways *w, const way *y, smap_column_builder *to, smap_error *err) {
    (void)y;
    return put_text(w->c->scenario, to, err);
}

static smap_status put_unknown_roads(const ways *w, const way *y, smap_column_builder *to, smap_error *err) {
    (void)y;
    return put_text(smap__access_unknown_code(w->c), to, err);
}

static smap_status put_mode(const ways *w, const way *y, smap_column_builder *to, smap_error *err) {
    (void)y;
    return put_text(smap__travel_mode_code(w->c->mode), to, err);
}

static smap_status put_type(const ways *w, const way *y, smap_column_builder *to, smap_error *err) {
    return put_text(w->c->run->service.code[y->type], to, err);
}

static smap_status put_rank(const ways *w, const way *y, smap_column_builder *to, smap_error *err) {
    (void)w;
    return smap_column_append_int(to, (int64_t)y->rank + 1, err);
}

static smap_status put_service(const smap_column *from, const way *y, smap_column_builder *to, smap_error *err) {
    return put_cell(y->service != SMAP__NONE ? from : NULL, y->service, to, err);
}

static smap_status put_service_id(const ways *w, const way *y, smap_column_builder *to, smap_error *err) {
    return put_service(w->c->run->service.id, y, to, err);
}

static smap_status put_service_en(const ways *w, const way *y, smap_column_builder *to, smap_error *err) {
    return put_service(w->c->run->service.name_en, y, to, err);
}

static smap_status put_service_ar(const ways *w, const way *y, smap_column_builder *to, smap_error *err) {
    return put_service(w->c->run->service.name_ar, y, to, err);
}

static smap_status put_minutes(const ways *w, const way *y, smap_column_builder *to, smap_error *err) {
    return put_real(y->service != SMAP__NONE ? w->c->access->seconds[y->at] / 60 : NAN, to, err);
}

static smap_status put_metres(const ways *w, const way *y, smap_column_builder *to, smap_error *err) {
    return put_real(metres_of(w, y), to, err);
}

static smap_status put_walk(const ways *w, const way *y, smap_column_builder *to, smap_error *err) {
    return put_real(w->c->query.origin[y->origin].distance, to, err);
}

static smap_status put_status(const ways *w, const way *y, smap_column_builder *to, smap_error *err) {
    return put_text(smap__access_status(w->c, y->origin, y->type, y->rank), to, err);
}

static smap_status put_people(const ways *w, const way *y, smap_column_builder *to, smap_error *err) {
    return put_real(w->c->run->people[y->origin], to, err);
}

static smap_status put_minutes_before(const ways *w, const way *y, smap_column_builder *to, smap_error *err) {
    return put_real(w->c->before ? w->c->before->access->seconds[y->at] / 60 : NAN, to, err);
}

static smap_status put_metres_before(const ways *w, const way *y, smap_column_builder *to, smap_error *err) {
    return put_real(before_m(w, y), to, err);
}

static smap_status put_change(const ways *w, const way *y, smap_column_builder *to, smap_error *err) {
    return put_text(smap__access_change_code(w->c, y->origin, y->type, y->rank), to, err);
}

static smap_status put_detour(const ways *w, const way *y, smap_column_builder *to, smap_error *err) {
    double before = before_m(w, y);
    return put_real(before > 0 ? metres_of(w, y) / before : NAN, to, err);
}

static smap_status put_source(const ways *w, const way *y, smap_column_builder *to, smap_error *err) {
    const smap_layer *layer = w->origins->base.layer;
    if (!w->made_up) return put_cell(smap_table_find(layer->table, "source"), y->row, to, err);
    smap__str text = SMAP__STR_INIT;
    smap__access_source(w->c, layer, y->row, &text);
    smap_status status = text.failed ? smap__fail_memory(err) : put_text(text.data, to, err);
    smap__str_release(&text);
    return status;
}

/* What the way says; all other columns are the origin's own. */
static put_fn fn_of(const char *name) {
    static const struct {
        const char *name;
        put_fn put;
    } columns[] = {
        { "scenario", put_scenario },
        { "unknown_roads", put_unknown_roads },
        { "mode", put_mode },
        { "service_type", put_type },
        { "rank", put_rank },
        { "service_id", put_service_id },
        { "service_name_en", put_service_en },
        { "service_name_ar", put_service_ar },
        { "minutes", put_minutes },
        { "metres", put_metres },
        { "walk_m", put_walk },
        { "status", put_status },
        { "people", put_people },
        { "baseline_minutes", put_minutes_before },
        { "baseline_metres", put_metres_before },
        { "change", put_change },
        { "detour", put_detour },
        { "source", put_source },
    };
    for (size_t k = 0; k < sizeof columns / sizeof *columns; k++)
        if (strcmp(columns[k].name, name) == 0) return columns[k].put;
    return NULL;
}

/* ---- columns --------------------------------------------------------------------------------------------------------
 */

/* Ranks beyond the first stand there where there is, or was, such a way. */
static bool is_told(const smap__access_case *c, const way *y) {
    return y->rank == 0 || y->service != SMAP__NONE || (c->before && c->before->access->service[y->at] != SMAP__NONE);
}

/* The cells of one origin's ways; `put` NULL: those of its own column, if it has it. */
static smap_status put_ways(const ways *w, int64_t row, put_fn put, const smap_column *own, smap_column_builder *to,
                            smap_error *err) {
    const smap__access_run *run = w->c->run;
    const smap__access *access = w->c->access;
    way y = { .row = row, .origin = w->origins->first + row };
    smap_status status = SMAP_OK;
    for (y.type = 0; y.type < run->service.types; y.type++) {
        y.at = smap__access_at(access, y.origin, y.type, 0);
        for (y.rank = 0; y.rank < run->nearest; y.rank++, y.at++) {
            y.service = access->service[y.at];
            if (!is_told(w->c, &y)) break;
            status = put ? put(w, &y, to, err) : put_cell(own, row, to, err);
            if (status != SMAP_OK) return status;
        }
    }
    return status;
}

static smap_status put_column(const ways *w, int field, smap_error *err) {
    const char *name = w->table->schema->field[field].name;
    smap_column_builder *to = w->table->rows.builder[field];
    const smap_column *own = smap_table_find(w->origins->base.layer->table, name);
    put_fn put = field < HEAD || field >= w->first_of_way ? fn_of(name) : NULL;
    smap_status status = SMAP_OK;
    for (int64_t row = 0; row < w->origins->count && status == SMAP_OK; row++) {
        if (row % ROWS_A_POLL == 0) status = smap__poll(w->c->run->ctx, err);
        if (status == SMAP_OK) status = put_ways(w, row, put, own, to, err);
    }
    return status;
}

static smap_status put_point(const ways *w, const way *y, smap_column_builder *to, smap_error *err) {
    (void)to;
    return smap__builder_append_feature(w->table->geometry, w->origins->point, y->row, err);
}

static smap_status put_points(const ways *w, smap_error *err) {
    smap_status status = SMAP_OK;
    for (int64_t row = 0; row < w->origins->count && status == SMAP_OK; row++) {
        if (row % ROWS_A_POLL == 0) status = smap__poll(w->c->run->ctx, err);
        if (status == SMAP_OK) status = put_ways(w, row, put_point, NULL, NULL, err);
    }
    return status;
}

static smap_status put_one(int worker, int64_t chunk, void *user, smap_error *err) {
    const ways *w = user;
    (void)worker;
    return chunk == 0 ? put_points(w, err) : put_column(w, (int)chunk - 1, err);
}

smap_status smap__access_put_way_rows(const smap__access_case *c, const smap__origins *o, smap__access_table *table,
                                      smap_error *err) {
    ways w = { .c = c, .origins = o, .table = table, .made_up = smap__access_network_is_made_up(c) };
    const smap__schema *schema = table->schema;
    while (w.first_of_way < schema->fields && strcmp(schema->field[w.first_of_way].name, "service_type") != 0)
        w.first_of_way++;
    if (w.first_of_way == schema->fields)
        return smap__fail(err, SMAP_E_FORMAT, schema->name,
                          "data/model/%s.json has no field \"service_type\", from which on its fields tell of a way",
                          schema->name);
    if (table->rows.status == SMAP_OK) {
        smap_status status = smap__parallel(c->run->ctx, table->schema->fields + 1, put_one, &w, err);
        if (status != SMAP_OK) return status;
    }
    return smap__rows_filled(&table->rows, err);
}
