/* What the rows of all results share; and the layer access_route, ways as lines. */
#include <string.h>

#include "base/ctx.h"
#include "base/fail.h"
#include "col/cell.h"
#include "geo/geom_builder.h"
#include "job/access_run.h"
#include "job/row_sources.h"

/* ---- what all results share -----------------------------------------------------------------------------------------
 */

const char *smap__access_unknown_code(const smap__access_case *c) {
    return c->unknown_open ? "open" : "closed";
}

void smap__access_put_head(const smap__access_case *c, smap__rows *rows) {
    smap__rows_text(rows, c->scenario);
    smap__rows_text(rows, smap__access_unknown_code(c));
    smap__rows_text(rows, smap__travel_mode_code(c->mode));
}

/* Of the network in this case: closures that do not count are not in it. */
static const smap__access_sources *sources_of(const smap__access_case *c) {
    return &c->run->sources[c->state->closures > 0];
}

void smap__access_put_sources(const smap__access_case *c, const smap__origins *o, smap__rows *rows) {
    const smap__access_sources *network = sources_of(c);
    smap__str text = SMAP__STR_INIT;
    bool any = *network->text;
    if (o && o->made_up && !network->made_up) smap__str_printf(&text, "SYNTHETIC origins%s", any ? "; " : "");
    smap__str_put(&text, network->text);
    if (text.failed && rows->status == SMAP_OK) rows->status = smap__fail_memory(&rows->error);
    smap__rows_text(rows, text.data);
    smap__str_release(&text);
}

bool smap__access_network_is_made_up(const smap__access_case *c) {
    return sources_of(c)->made_up;
}

void smap__access_source(const smap__access_case *c, const smap_layer *layer, int64_t row, smap__str *out) {
    const smap_column *source = smap_table_find(layer->table, "source");
    bool any = source && !smap_column_is_null(source, row);
    const char *closures = c->state->closures > 0 ? ", closures" : "";
    if (sources_of(c)->made_up && !smap__row_is_made_up(layer, row))
        smap__str_printf(out, "SYNTHETIC roads%s or services%s", closures, any ? "; " : "");
    if (any) smap__cell_put(out, source, row);
}

/* ---- one way --------------------------------------------------------------------------------------------------------
 */

/* A closure that counts stops the mode on the very part of the road where the place is. */
static bool is_closed_at_door(const smap__access_case *c, int64_t origin) {
    smap__edge_state state = (smap__edge_state)c->state->state[c->query.origin[origin].edge];
    return state == SMAP__EDGE_CLOSED || (state == SMAP__EDGE_FOOT && c->mode == SMAP__BY_VEHICLE);
}

const char *smap__access_status(const smap__access_case *c, int64_t origin, int32_t type, uint32_t rank) {
    if (c->access->service[smap__access_at(c->access, origin, type, rank)] != SMAP__NONE) return "reached";
    if (c->run->origin_ground->type[origin] == SMAP_GEOM_NULL) return "no_position";
    if (c->query.origin[origin].edge == SMAP__NONE) return "off_network";
    if (!c->served[type]) return "no_service";
    return is_closed_at_door(c, origin) ? "closed_at_door" : "beyond_reach";
}

const char *smap__access_change_code(const smap__access_case *c, int64_t origin, int32_t type, uint32_t rank) {
    static const char *const codes[] = {
        [SMAP__ACCESS_SAME] = "same", [SMAP__ACCESS_SLOWER] = "slower", [SMAP__ACCESS_FASTER] = "faster",
        [SMAP__ACCESS_LOST] = "lost", [SMAP__ACCESS_GAINED] = "gained", [SMAP__ACCESS_NEVER] = "never"
    };
    if (!c->before) return NULL;
    size_t at = smap__access_at(c->access, origin, type, rank);
    return codes[smap__access_compare(c->before->access->seconds[at], c->access->seconds[at])];
}

/* ---- the layers of origins ------------------------------------------------------------------------------------------
 */

/* The layer of the result that holds these origins; SMAP__ACCESS_TABLES: none. */
static smap__access_table_id table_of(const smap__origins *o) {
    if (strcmp(o->base.name, "site") == 0) return SMAP__ACCESS_SITE;
    if (strcmp(o->base.name, "household") == 0) return SMAP__ACCESS_HOUSEHOLD;
    return strcmp(o->base.name, "building") == 0 ? SMAP__ACCESS_BUILDING : SMAP__ACCESS_TABLES;
}

/* ---- ways as lines --------------------------------------------------------------------------------------------------
 */

static void put_route(const smap__access_case *c, const smap__origins *o, int64_t row, int32_t type, uint32_t rank,
                      smap__rows *rows) {
    const smap__access_run *run = c->run;
    size_t at = smap__access_at(c->access, o->first + row, type, rank);
    smap__access_put_head(c, rows);
    smap__rows_text(rows, o->base.name);
    smap__rows_cell(rows, smap_table_at(o->base.layer->table, 0), row);
    smap__rows_text(rows, run->service.code[type]);
    smap__rows_int(rows, (int64_t)rank + 1);
    smap__rows_cell(rows, run->service.id, c->access->service[at]);
    smap__rows_real(rows, c->access->seconds[at] / 60);
    smap__rows_real(rows, c->access->metres[at]);
    smap__rows_text(rows, smap__access_change_code(c, o->first + row, type, rank));
    smap__str source = SMAP__STR_INIT;
    smap__access_source(c, o->base.layer, row, &source);
    if (source.failed && rows->status == SMAP_OK) rows->status = smap__fail_memory(&rows->error);
    smap__rows_text(rows, source.data);
    smap__str_release(&source);
}

static smap_status put_routes(const smap__access_case *c, const smap__origins *o, smap_geometry_builder *lines,
                              smap_error *err) {
    smap__access_run *run = c->run;
    smap_status status = SMAP_OK;
    for (int64_t row = 0; row < o->count && status == SMAP_OK; row++) {
        status = smap__poll(run->ctx, err); /* each way is a search of its own */
        for (int32_t type = 0; type < run->service.types; type++)
            for (uint32_t rank = 0; rank < run->nearest && status == SMAP_OK; rank++) {
                uint32_t service = c->access->service[smap__access_at(c->access, o->first + row, type, rank)];
                if (service == SMAP__NONE) break;
                status = smap__access_append_way(&c->query, o->first + row, service, lines, err);
                if (status == SMAP_OK) put_route(c, o, row, type, rank, &run->tables.table[SMAP__ACCESS_ROUTE].rows);
            }
    }
    return status;
}

smap_status smap__access_put_lines(smap__access_run *run, smap_geometry_builder *lines, smap__access_table_id id,
                                   smap_error *err) {
    const smap_geometry *ground = NULL, *degrees = NULL;
    smap_status status = smap_geometry_builder_finish(lines, &ground, err);
    if (status == SMAP_OK) status = smap_geometry_transform(run->ctx, ground, run->wgs84, &degrees, NULL, err);
    for (int64_t i = 0; status == SMAP_OK && i < degrees->count; i++)
        status = smap__builder_append_feature(run->tables.table[id].geometry, degrees, i, err);
    smap_geometry_free(degrees);
    smap_geometry_free(ground);
    return status;
}

static smap_status draw_routes(const smap__access_case *c, smap_error *err) {
    smap__access_run *run = c->run;
    smap_geometry_builder *lines = NULL;
    smap_status status = smap_geometry_builder_new(run->crs, &lines, err);
    for (int i = 0; i < run->origin_layers && status == SMAP_OK; i++)
        if (!smap__asset_is_grid(&run->origin[i].base)) status = put_routes(c, &run->origin[i], lines, err);
    if (status == SMAP_OK) status = smap__access_put_lines(run, lines, SMAP__ACCESS_ROUTE, err);
    smap_geometry_builder_free(lines);
    return status;
}

smap_status smap__access_put_ways(const smap__access_case *c, smap_error *err) {
    smap__access_run *run = c->run;
    smap_status status = SMAP_OK;
    for (int i = 0; i < run->origin_layers && status == SMAP_OK; i++) {
        smap__access_table_id id = table_of(&run->origin[i]);
        if (id != SMAP__ACCESS_TABLES)
            status = smap__access_put_way_rows(c, &run->origin[i], &run->tables.table[id], err);
    }
    return status == SMAP_OK && run->options->routes ? draw_routes(c, err) : status;
}
