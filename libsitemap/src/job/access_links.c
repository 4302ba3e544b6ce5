/* The layers critical_link and road_cut: roads that people cannot do without, and what closures do to roads. */
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "col/cell.h"
#include "geo/geom_builder.h"
#include "job/access_run.h"

/* Edges [first, end) of one road, which follow one another, as a line; parts of the road that do not touch become parts
 * of it. */
static smap_status append_edges(const smap__graph *g, uint32_t first, uint32_t end, smap_geometry_builder *lines,
                                smap_error *err) {
    size_t parts = 0, coords = 0;
    for (uint32_t e = first; e < end; e++) coords += g->last[e] - g->first[e] + 1;
    smap_status status = smap__builder_reserve(lines, 1, end - first, end - first, coords, err);
    if (status != SMAP_OK) return status;
    for (uint32_t e = first; e < end; e++) {
        bool goes_on = e > first && g->first[e] == g->last[e - 1];
        for (uint32_t k = g->first[e] + goes_on; k <= g->last[e]; k++)
            smap__builder_put(lines, g->lines->x[k], g->lines->y[k]);
        if (e + 1 < end && g->first[e + 1] == g->last[e]) continue;
        smap__builder_end_ring(lines);
        smap__builder_end_part(lines, SMAP_GEOM_LINESTRING);
        parts++;
    }
    smap__builder_end_feature(lines, parts > 1 ? SMAP_GEOM_MULTILINESTRING : SMAP_GEOM_LINESTRING);
    return SMAP_OK;
}

static void put_road(const smap__access_run *run, uint32_t edge, smap__rows *rows) {
    static const char *const cells[] = { "road_id", "name_en", "name_ar" };
    uint32_t road = run->network->graph->feature[edge];
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
        smap__rows_cell(rows, smap_table_find(run->road.layer->table, cells[i]), road);
}

/* ---- critical links -------------------------------------------------------------------------------------------------
 */

static void put_link(const smap__access_case *c, const smap__origins *o, int32_t type, int64_t rank,
                     const smap__critical_link *link, smap__rows *rows) {
    const smap__access_run *run = c->run;
    smap__access_put_head(c, rows);
    smap__rows_text(rows, run->service.code[type]);
    smap__rows_text(rows, o->base.name);
    smap__rows_int(rows, rank);
    put_road(run, link->edge, rows);
    smap__rows_int(rows, run->network->bridge[link->edge]);
    smap__rows_int(rows, link->only_link);
    smap__rows_int(rows, link->origins);
    smap__rows_int(rows, link->origins_cut_off);
    smap__rows_real(rows, link->origin_minutes);
    smap__rows_real_or_null(rows, o->base.people ? link->people : NAN);
    smap__rows_real_or_null(rows, o->base.people ? link->people_cut_off : NAN);
    smap__rows_real_or_null(rows, o->base.people ? link->people_minutes : NAN);
    smap__rows_real(rows, run->network->graph->length_m[link->edge]);
    smap__access_put_sources(c, o, rows);
}

static smap_status put_type(const smap__access_case *c, const smap__origins *o, int32_t type,
                            smap_geometry_builder *lines, smap_error *err) {
    smap__access_run *run = c->run;
    smap__access_query query = c->query;
    smap__critical_link *link = NULL;
    size_t count = 0;
    query.origin += o->first;
    query.origins = o->count;
    const smap__critical_query critical = { .access = &query,
                                            .type = type,
                                            .people = o->base.people,
                                            .cut_off_s = run->limit_s[run->limits - 1],
                                            .candidate = run->bridges_alone ? run->network->bridge : NULL,
                                            .once_a_road = run->bridges_alone,
                                            .most = run->critical };
    smap_status status = smap__critical_links(run->ctx, &critical, &link, &count, err);
    for (size_t i = 0; i < count && status == SMAP_OK; i++) {
        put_link(c, o, type, (int64_t)i + 1, &link[i], &run->tables.table[SMAP__ACCESS_LINK].rows);
        smap__access_tell_link(c, o, type, (int)i + 1, &link[i]);
        status = append_edges(run->network->graph, link[i].edge, link[i].edge + 1, lines, err);
    }
    smap__free(link);
    return status;
}

smap_status smap__access_put_critical(const smap__access_case *c, smap_error *err) {
    smap__access_run *run = c->run;
    smap_geometry_builder *lines = NULL;
    smap_status status = smap_geometry_builder_new(run->crs, &lines, err);
    for (int i = 0; i < run->origin_layers && status == SMAP_OK; i++)
        for (int32_t type = 0; type < run->service.types && status == SMAP_OK; type++)
            status = put_type(c, &run->origin[i], type, lines, err);
    if (status == SMAP_OK) status = smap__access_put_lines(run, lines, SMAP__ACCESS_LINK, err);
    smap_geometry_builder_free(lines);
    return status;
}

/* ---- roads that closures touch --------------------------------------------------------------------------------------
 */

/* Closures of an edge that count in the scenario, into out[]; how many. */
static size_t closures_of(const smap__access_case *c, uint32_t edge, uint32_t *out) {
    const smap__network *n = c->run->network;
    size_t count = 0;
    for (uint32_t at = n->first_closure[edge]; at < n->first_closure[edge + 1]; at++)
        if (c->state->counts[n->closure[at]]) out[count++] = n->closure[at];
    return count;
}

static bool are_alike(const smap__access_case *c, uint32_t a, uint32_t b, uint32_t *of_a, uint32_t *of_b) {
    const smap__network *n = c->run->network;
    if (n->graph->feature[a] != n->graph->feature[b] || c->state->state[a] != c->state->state[b] ||
        n->bridge[a] != n->bridge[b])
        return false;
    size_t count = closures_of(c, a, of_a);
    return count == closures_of(c, b, of_b) && memcmp(of_a, of_b, count * sizeof *of_a) == 0;
}

static smap_status put_closures(const smap__access_run *run, const uint32_t *closure, size_t count, const char *name,
                                smap__rows *rows, smap_error *err) {
    const smap_column *column = smap_table_find(run->closure->table, name);
    smap__str text = SMAP__STR_INIT, one = SMAP__STR_INIT;
    for (size_t i = 0; i < count; i++) {
        smap__str_clear(&one);
        smap__cell_put(&one, column, closure[i]);
        if (!one.len || (text.len && strstr(text.data, one.data))) continue;
        smap__str_printf(&text, "%s%s", text.len ? "; " : "", one.data);
    }
    smap_status status = text.failed || one.failed ? smap__fail_memory(err) : SMAP_OK;
    if (status == SMAP_OK) smap__rows_text(rows, text.data);
    smap__str_release(&text);
    smap__str_release(&one);
    return status;
}

static smap_status put_cut(const smap__access_case *c, uint32_t first, uint32_t end, uint32_t *closure,
                           smap_error *err) {
    smap__access_run *run = c->run;
    smap__rows *rows = &run->tables.table[SMAP__ACCESS_CUT].rows;
    size_t count = closures_of(c, first, closure);
    double length_m = 0;
    for (uint32_t e = first; e < end; e++) length_m += run->network->graph->length_m[e];
    smap__rows_text(rows, c->scenario);
    smap__rows_text(rows, smap__travel_mode_code(c->mode));
    put_road(run, first, rows);
    smap_status status = put_closures(run, closure, count, "closure_id", rows, err);
    smap__rows_text(rows, smap__edge_state_code((smap__edge_state)c->state->state[first]));
    smap__rows_int(rows, run->network->bridge[first]);
    smap__rows_real(rows, length_m);
    return status == SMAP_OK ? put_closures(run, closure, count, "source", rows, err) : status;
}

smap_status smap__access_put_cuts(const smap__access_case *c, smap_error *err) {
    smap__access_run *run = c->run;
    const smap__graph *g = run->network->graph;
    size_t closures = (size_t)smap_table_rows(run->closure->table);
    uint32_t *scratch = smap__zalloc(2 * closures + 1, sizeof *scratch);
    smap_geometry_builder *lines = NULL;
    smap_status status = scratch ? smap_geometry_builder_new(run->crs, &lines, err) : smap__fail_memory(err);
    for (uint32_t e = 0, end; e < g->edge_count && status == SMAP_OK; e = end) {
        end = e + 1;
        if (c->state->state[e] == SMAP__EDGE_NOT_MENTIONED) continue;
        while (end < g->edge_count && are_alike(c, e, end, scratch, scratch + closures)) end++;
        status = put_cut(c, e, end, scratch, err);
        if (status == SMAP_OK) status = append_edges(g, e, end, lines, err);
    }
    if (status == SMAP_OK) status = smap__access_put_lines(run, lines, SMAP__ACCESS_CUT, err);
    smap_geometry_builder_free(lines);
    smap__free(scratch);
    return status;
}
