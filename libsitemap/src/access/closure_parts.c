#include "access/closure_parts.h"

#include <string.h>

#include "access/row_groups.h"
#include "base/alloc.h"
#include "base/fail.h"
#include "col/words.h"
#include "geo/geom_column.h"
#include "geo/layer_row.h"
#include "overlay/line_parts.h"

/* What is shorter is a touch: borders that meet, seen through rounding. */
static const double TOUCH_M = 1e-3;

/* A part of a road that a closure touches, or all of it. */
typedef struct touch {
    uint32_t road, closure;
    smap__line_place from, to;
    double length;
    bool whole, named, dropped;
} touch;

typedef struct work {
    const smap__closure_parts_input *in;
    const smap_layer *closures;
    const smap_geometry *ground; /* of the closures; NULL: they have no places */
    smap__words road_name, closure_name;
    int32_t *road_named;    /* of each closure, the code of the road's name; -1: it names none that there is */
    smap__row_groups roads; /* by the code of their name */
    smap__line_part *raw;
    size_t raw_count;
    touch *touch;
    size_t count, capacity;
    smap__closure_parts out;
    smap__findings *findings;
} work;

/* ---- names --------------------------------------------------------------------------------------------------------
 */

static smap_status group_roads(work *w, smap_error *err) {
    uint32_t rows = (uint32_t)smap_table_rows(w->in->network->roads->table);
    uint32_t codes = (uint32_t)smap__dict_count(w->road_name.dict);
    uint32_t *key = smap__realloc(NULL, rows, sizeof *key);
    if (!key) return smap__fail_memory(err);
    for (uint32_t i = 0; i < rows; i++)
        key[i] = w->road_name.of_row[i] < 0 ? SMAP__NONE : (uint32_t)w->road_name.of_row[i];
    smap_status status = smap__row_groups_make(key, rows, codes, &w->roads, err);
    smap__free(key);
    return status;
}

static smap_status name_road(work *w, int64_t closure, smap_error *err) {
    int32_t code = w->closure_name.of_row[closure];
    if (code < 0) return SMAP_OK;
    const char *name = smap__dict_text(w->closure_name.dict, code);
    if (w->road_name.dict) w->road_named[closure] = smap__dict_find(w->road_name.dict, name, strlen(name));
    if (w->road_named[closure] >= 0) return SMAP_OK;
    return smap__findings_add(w->findings, err, SMAP__WARNING, "closure_road_missing",
                              smap__layer_fid(w->closures, closure), "road_id", name,
                              "no road has this road_id: the closure acts on the roads at its place, if it has one");
}

static smap_status find_names(work *w, smap_error *err) {
    const smap_column *roads = smap_table_find(w->in->network->roads->table, "road_id");
    const smap_column *named = smap_table_find(w->closures->table, "road_id");
    size_t count = (size_t)w->in->effects->count;
    w->road_named = smap__realloc(NULL, count, sizeof *w->road_named);
    if (!w->road_named) return smap__fail_memory(err);
    for (size_t i = 0; i < count; i++) w->road_named[i] = -1;
    if (!named || named->null_count == named->count) return SMAP_OK;
    smap_status status = smap__words_collect(named, &w->closure_name, err);
    if (status == SMAP_OK && roads) status = smap__words_collect(roads, &w->road_name, err);
    if (status == SMAP_OK && roads) status = group_roads(w, err);
    for (size_t i = 0; i < count && status == SMAP_OK; i++) status = name_road(w, (int64_t)i, err);
    return status;
}

static bool is_road_named(const work *w, uint32_t closure, uint32_t road) {
    int32_t code = w->road_named[closure];
    return code >= 0 && w->road_name.of_row[road] == code;
}

/* ---- touches ------------------------------------------------------------------------------------------------------
 */

static smap_status find_raw(smap_ctx *ctx, work *w, smap_error *err) {
    if (!w->ground || w->ground->count == 0) return SMAP_OK;
    double *reach = smap__realloc(NULL, (size_t)w->ground->count, sizeof *reach);
    if (!reach) return smap__fail_memory(err);
    for (int64_t i = 0; i < w->ground->count; i++) {
        int dimensions = smap__geometry_dimensions(w->ground, i);
        reach[i] = dimensions < 0 ? 0 : w->in->effects->of[i].rule->reach_m[dimensions];
    }
    smap_status status = smap__line_parts(ctx, w->in->roads, w->ground, reach, &w->raw, &w->raw_count, err);
    smap__free(reach);
    return status;
}

static double length_of(const smap_geometry *g, const smap__line_place *from, const smap__line_place *to) {
    double length = 0, x = from->x, y = from->y;
    for (uint32_t i = from->coord + 1; i <= to->coord; i++) {
        length += hypot(g->x[i] - x, g->y[i] - y);
        x = g->x[i];
        y = g->y[i];
    }
    return length + hypot(to->x - x, to->y - y);
}

static smap_status add(work *w, touch t, smap_error *err) {
    if (!smap__grow(&w->touch, &w->capacity, w->count + 1, sizeof *w->touch)) return smap__fail_memory(err);
    w->touch[w->count++] = t;
    return SMAP_OK;
}

static bool has_line(const smap_geometry *g, uint32_t road) {
    return smap__geometry_dimensions(g, road) == 1;
}

/* Of one closure: `part` are its raw parts, ordered by road and along it. */
static smap_status add_closure(work *w, uint32_t closure, const uint32_t *part, size_t parts, smap_error *err) {
    size_t before = w->count;
    int32_t name = w->road_named[closure];
    smap_status status = SMAP_OK;
    for (size_t k = 0; k < parts && status == SMAP_OK; k++) {
        const smap__line_part *p = &w->raw[part[k]];
        bool named = is_road_named(w, closure, p->line);
        double length = length_of(w->in->roads, &p->from, &p->to);
        if (length < TOUCH_M || (name >= 0 && !named)) continue;
        touch t = { .road = p->line, .closure = closure, .from = p->from, .to = p->to, .length = length };
        t.named = named;
        status = add(w, t, err);
    }
    if (name < 0 || w->count > before) return status;
    for (uint32_t k = w->roads.first[name]; k < w->roads.first[name + 1] && status == SMAP_OK; k++) {
        touch whole = { .road = w->roads.row[k], .closure = closure, .whole = true, .named = true };
        if (has_line(w->in->roads, whole.road)) status = add(w, whole, err);
    }
    return status;
}

/* ---- what is meant ------------------------------------------------------------------------------------------------
 */

static bool is_bridge(const work *w, const touch *t) {
    return w->in->bridge[t->road];
}

/* Of the touches of one closure, drop those that are not meant. */
static void choose(const work *w, uint32_t closure, touch *t, size_t count) {
    const smap__closure_rule *rule = w->in->effects->of[closure].rule;
    bool bridges = false, long_one = false;
    if (count == 0 || t[0].named) return;
    for (size_t k = 0; k < count; k++) bridges = bridges || is_bridge(w, &t[k]);
    bool only_bridges = bridges && rule->on_bridges == SMAP__MEANS_BRIDGES;
    for (size_t k = 0; k < count; k++) t[k].dropped = only_bridges && !is_bridge(w, &t[k]);
    if (smap__geometry_dimensions(w->ground, closure) != 1) return;
    for (size_t k = 0; k < count && !long_one; k++) long_one = !t[k].dropped && t[k].length >= rule->min_length_m;
    for (size_t k = 0; k < count && long_one; k++) t[k].dropped = t[k].dropped || t[k].length < rule->min_length_m;
}

static smap_status tell(const work *w, uint32_t closure, smap__severity severity, const char *code, const char *what,
                        smap_error *err) {
    return smap__findings_add(w->findings, err, severity, code, smap__layer_fid(w->closures, closure), NULL, NULL, "%s",
                              what);
}

static smap_status judge(work *w, uint32_t closure, const touch *t, size_t count, smap_error *err) {
    const smap__closure_effect *effect = &w->in->effects->of[closure];
    bool placed = w->ground && smap__geometry_dimensions(w->ground, closure) >= 0, bridged = count > 0;
    if (count == 0 && !placed)
        return tell(w, closure, SMAP__WARNING, "closure_without_place",
                    "it has neither a place nor the road_id of a road that there is: it closes nothing", err);
    if (count == 0) {
        w->out.off++;
        return tell(w, closure, SMAP__WARNING, "closure_off_roads", "no road is within reach of it: it closes nothing",
                    err);
    }
    for (size_t k = 0; k < count; k++) bridged = bridged && is_bridge(w, &t[k]) && !t[k].named;
    bool closes = effect->state == SMAP__EDGE_CLOSED || effect->state == SMAP__EDGE_FOOT;
    if (!bridged || !closes || effect->rule->on_bridges != SMAP__LEAVES_BRIDGES) return SMAP_OK;
    w->out.bridged++;
    return tell(w, closure, SMAP__INFO, "closure_under_bridge",
                "it touches bridges alone, which its kind does not close: whether they can be passed is unknown", err);
}

/* Raw parts come by road; here they are wanted by closure. */
static smap_status group_raw(const work *w, smap__row_groups *out, smap_error *err) {
    uint32_t *key = smap__realloc(NULL, w->raw_count, sizeof *key);
    if (!key) return smap__fail_memory(err);
    for (size_t k = 0; k < w->raw_count; k++) key[k] = w->raw[k].by;
    smap_status status = smap__row_groups_make(key, (uint32_t)w->raw_count, (uint32_t)w->in->effects->count, out, err);
    smap__free(key);
    return status;
}

static smap_status find_touches(work *w, smap_error *err) {
    smap__row_groups raw = { NULL, NULL };
    smap_status status = group_raw(w, &raw, err);
    for (uint32_t c = 0; status == SMAP_OK && c < w->in->effects->count; c++) {
        size_t before = w->count;
        SMAP_TRY(add_closure(w, c, raw.row + raw.first[c], raw.first[c + 1] - raw.first[c], err), done);
        choose(w, c, w->touch + before, w->count - before);
        SMAP_TRY(judge(w, c, w->touch + before, w->count - before, err), done);
    }
done:
    smap__row_groups_release(&raw);
    return status;
}

/* ---- vertices -----------------------------------------------------------------------------------------------------
 */

/* Of vertices that repeat one another, the first of the run is the one that becomes a node (net/noding.h). */
static uint32_t first_of_run(const smap_geometry *g, uint32_t feature, uint32_t coord) {
    int64_t ring = smap_geom_ring(g, smap_geom_part(g, feature));
    int64_t end = smap_geom_ring(g, smap_geom_part(g, (int64_t)feature + 1));
    while (end - ring > 1) {
        int64_t middle = ring + (end - ring) / 2;
        if (smap_geom_coord(g, middle) <= coord) {
            ring = middle;
        } else {
            end = middle;
        }
    }
    uint32_t first = (uint32_t)smap_geom_coord(g, ring);
    while (coord > first && g->x[coord - 1] == g->x[coord] && g->y[coord - 1] == g->y[coord]) coord--;
    return coord;
}

static void put_part(work *w, const touch *t, const uint32_t *at) {
    const smap_geometry *g = w->out.lines;
    smap__closure_part *p = &w->out.part[w->out.count++];
    *p = (smap__closure_part){ .road = t->road, .closure = t->closure, .named = t->named };
    if (t->whole) {
        int64_t first, end;
        smap__geometry_span(g, t->road, &first, &end);
        p->first = (uint32_t)first;
        p->last = (uint32_t)end - 1;
    } else {
        p->first = first_of_run(g, t->road, at[0]);
        p->last = first_of_run(g, t->road, at[1]);
        w->out.node_at[p->first] = w->out.node_at[p->last] = 1;
    }
}

static smap_status cut_lines(work *w, smap_error *err) {
    smap__line_place *place = smap__realloc(NULL, 2 * w->count, sizeof *place);
    uint32_t *at = smap__realloc(NULL, 2 * w->count, sizeof *at);
    size_t places = 0, next = 0;
    smap_status status = SMAP_OK;
    w->out.part = smap__realloc(NULL, w->count, sizeof *w->out.part);
    if (!place || !at || !w->out.part) SMAP_TRY(smap__fail_memory(err), done);
    for (size_t k = 0; k < w->count; k++) {
        if (w->touch[k].dropped || w->touch[k].whole) continue;
        place[places++] = w->touch[k].from;
        place[places++] = w->touch[k].to;
    }
    if (places == 0) {
        w->out.lines = smap_geometry_retain(w->in->roads);
    } else {
        SMAP_TRY(smap__lines_insert(w->in->roads, place, places, &w->out.lines, at, err), done);
    }
    w->out.node_at = smap__zalloc((size_t)w->out.lines->coord_count, 1);
    if (!w->out.node_at) SMAP_TRY(smap__fail_memory(err), done);
    for (size_t k = 0; k < w->count; k++) {
        if (w->touch[k].dropped) continue;
        put_part(w, &w->touch[k], &at[next]);
        next += w->touch[k].whole ? 0 : 2;
    }
done:
    smap__free(place);
    smap__free(at);
    return status;
}

static void release(work *w) {
    smap__words_release(&w->road_name);
    smap__words_release(&w->closure_name);
    smap__free(w->road_named);
    smap__row_groups_release(&w->roads);
    smap__free(w->raw);
    smap__free(w->touch);
    smap__closure_parts_release(&w->out);
}

smap_status smap__closure_parts_find(smap_ctx *ctx, const smap__closure_parts_input *input, smap__closure_parts *out,
                                     smap__findings *findings, smap_error *err) {
    work w = { .in = input, .closures = input->network->closures, .findings = findings };
    smap_status status = SMAP_OK;
    if (w.closures) {
        w.ground = input->network->closure_ground;
        SMAP_TRY(find_names(&w, err), done);
        SMAP_TRY(find_raw(ctx, &w, err), done);
        SMAP_TRY(find_touches(&w, err), done);
    }
    SMAP_TRY(cut_lines(&w, err), done);
    *out = w.out;
    w.out = (smap__closure_parts){ 0 };
done:
    release(&w);
    return status;
}

void smap__closure_parts_release(smap__closure_parts *parts) {
    smap_geometry_free(parts->lines);
    smap__free(parts->node_at);
    smap__free(parts->part);
    *parts = (smap__closure_parts){ 0 };
}
