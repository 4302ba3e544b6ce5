/* Mended lines: hand cases, what must hold for random ones by looking at all pairs, and what does not matter. */
#include "net/mend.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../cancel_help.h"
#include "base/alloc.h"
#include "geo/orient.h"
#include "geo/segment.h"
#include "net_help.h"

static smap_ctx *one, *three;

static int set_up(void **state) {
    (void)state;
    smap_ctx_options options = SMAP_CTX_OPTIONS_INIT;
    options.threads = 1;
    assert_int_equal(smap_ctx_new(&options, &one, NULL), SMAP_OK);
    options.threads = 3;
    assert_int_equal(smap_ctx_new(&options, &three, NULL), SMAP_OK);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    smap_ctx_free(one);
    smap_ctx_free(three);
    return 0;
}

static smap__mended mend(smap_ctx *ctx, const smap_geometry *lines, double join_m, bool crossings,
                         const int8_t *level) {
    smap__mend_options options = { join_m, crossings, level };
    smap__mended out = { 0 };
    assert_int_equal(smap__lines_mend(ctx, lines, &options, &out, NULL), SMAP_OK);
    return out;
}

/* ---- by hand ---- */

/* Lines from "0 0, 10 0; 5 0, 5 5", parts of one line between |. */
static const smap_geometry *read_lines(const char *text) {
    smap_geometry_builder *b = net_builder();
    double xy[64];
    int count = 0;
    for (const char *at = text; *at;) {
        char *end;
        xy[count++] = strtod(at, &end);
        for (at = end; *at == ' ' || *at == ','; at++) {
        }
        if (*at != ';' && *at != '|' && *at) continue;
        if (*at == '|') {
            net_part(b, count / 2, xy);
        } else {
            net_part(b, count / 2, xy);
            smap__builder_end_feature(b, SMAP_GEOM_MULTILINESTRING);
        }
        count = 0;
        at += *at ? 1 : 0;
    }
    return net_finish(b);
}

static void print_lines(const smap_geometry *g, char *text, size_t size) {
    size_t at = 0;
    text[0] = '\0';
    for (int64_t i = 0; i < g->count; i++)
        for (int64_t part = smap_geom_part(g, i); part < smap_geom_part(g, i + 1); part++) {
            int64_t ring = smap_geom_ring(g, part), first = smap_geom_coord(g, ring);
            if (i > 0 || part > 0)
                at += (size_t)snprintf(text + at, size - at, part > smap_geom_part(g, i) ? " | " : "; ");
            for (int64_t k = first; k < smap_geom_coord(g, ring + 1); k++)
                at += (size_t)snprintf(text + at, size - at, "%s%.9g %.9g", k > first ? ", " : "", g->x[k], g->y[k]);
        }
}

typedef struct hand_case {
    const char *lines, *mended; /* NULL: nothing is to do */
    double join_m;
    bool crossings;
    int8_t level[4];
    int joins, meetings;
} hand_case;

static const hand_case hand[] = {
    /* crossings and touches */
    { "0 0, 10 0; 5 0, 5 5", "0 0, 5 0, 10 0; 5 0, 5 5", 0, true, { 0 }, 0, 1 },
    { "0 0, 10 10; 0 10, 10 0", "0 0, 5 5, 10 10; 0 10, 5 5, 10 0", 0, true, { 0 }, 0, 1 },
    { "0 0, 10 10; 0 10, 10 0", NULL, 0, false, { 0 }, 0, 0 },
    { "0 0, 10 10; 0 10, 10 0", NULL, 0, true, { 0, 1 }, 0, 0 },
    { "0 0, 10 10; 0 10, 10 0", "0 0, 5 5, 10 10; 0 10, 5 5, 10 0", 0, true, { 1, 1 }, 0, 1 },
    { "0 0, 10 0; 5 0, 5 5", NULL, 0, true, { 1, 0 }, 0, 0 },
    { "0 0, 5 5, 10 10; 0 10, 5 5, 10 0", NULL, 0, true, { 0 }, 0, 0 },
    { "0 0, 10 0; 10 0, 10 5", NULL, 0, true, { 0 }, 0, 0 },
    { "0 0, 10 0; 2 -1, 5 0, 8 -1", "0 0, 5 0, 10 0; 2 -1, 5 0, 8 -1", 0, true, { 0 }, 0, 1 },
    { "0 0, 10 0; 4 0, 14 0", "0 0, 4 0, 10 0; 4 0, 10 0, 14 0", 0, true, { 0 }, 0, 2 },
    { "0 0, 10 0; 7 0, 3 0", "0 0, 3 0, 7 0, 10 0; 7 0, 3 0", 0, true, { 0 }, 0, 2 },
    { "0 0, 10 0; 10 0, 0 0", NULL, 0, true, { 0 }, 0, 0 },
    { "0 0, 10 0, 10 10, 5 10, 5 -5", "0 0, 5 0, 10 0, 10 10, 5 10, 5 0, 5 -5", 0, true, { 0 }, 0, 1 },
    { "0 0, 10 0, 4 0", "0 0, 4 0, 10 0, 4 0", 0, true, { 0 }, 0, 1 },
    { "0 0, 4 4; 0 4, 4 0; 2 0, 2 4", "0 0, 2 2, 4 4; 0 4, 2 2, 4 0; 2 0, 2 2, 2 4", 0, true, { 0 }, 0, 1 },
    { "0 0, 4 4 | 0 4, 4 0", "0 0, 2 2, 4 4 | 0 4, 2 2, 4 0", 0, true, { 0 }, 0, 1 },
    /* an end to the side of a line, or to a vertex */
    { "0 0, 10 0; 5 1.5, 5 8", "0 0, 5 0, 10 0; 5 0, 5 8", 2, false, { 0 }, 1, 0 },
    { "0 0, 10 0; 5 8, 5 2", "0 0, 5 0, 10 0; 5 8, 5 0", 2, false, { 0 }, 1, 0 },
    { "0 0, 10 0; 5 8, 5 2.000001", NULL, 2, false, { 0 }, 0, 0 },
    { "0 0, 10 0; 5 1.5, 5 8", NULL, 0, false, { 0 }, 0, 0 },
    { "0 0, 10 0; 5 1.5, 5 8", NULL, 2, false, { 0, -1 }, 0, 0 },
    { "0 0, 4 0, 10 0; 5 1.5, 5 8", "0 0, 4 0, 10 0; 4 0, 5 8", 2, false, { 0 }, 1, 0 },
    { "0 0, 10 0; 5 5, 5 -1", "0 0, 5 0, 10 0; 5 5, 5 0", 2, false, { 0 }, 1, 0 },
    { "0 0, 10 0; 5 0, 5 5", "0 0, 5 0, 10 0; 5 0, 5 5", 2, false, { 0 }, 1, 0 },
    { "0 0, 10 0; 5 1.5, 5 1.5, 5 8, 5 8", "0 0, 5 0, 10 0; 5 0, 5 0, 5 8, 5 8", 2, false, { 0 }, 1, 0 },
    { "0 0, 10 0; 10 0, 0 0; 5 1, 5 8", "0 0, 5 0, 10 0; 10 0, 5 0, 0 0; 5 0, 5 8", 2, false, { 0 }, 1, 0 },
    { "0 0, 10 0; 3 1, 3 8; 7 -1, 7 -8", "0 0, 3 0, 7 0, 10 0; 3 0, 3 8; 7 0, 7 -8", 2, false, { 0 }, 2, 0 },
    { "0 0, 10 0 | 5 1.5, 5 8", "0 0, 5 0, 10 0 | 5 0, 5 8", 2, false, { 0 }, 1, 0 },
    /* ends that meet each other: one moves */
    { "0 0, 10 0; 11.5 0, 20 0", "0 0, 11.5 0; 11.5 0, 20 0", 2, false, { 0 }, 1, 0 },
    { "-10 0, 0 0; 1 0, 10 0; 0 1, 0 10", "-10 0, 0 1; 0 1, 10 0; 0 1, 0 10", 2, false, { 0 }, 2, 0 },
    { "-10 0, -1 0; 10 0, 1 0; 0 10, 0 1; 0 -10, 0 -1",
      "-10 0, 0 -1; 10 0, 0 -1; 0 10, 0 -1; 0 -10, 0 -1",
      2.5,
      false,
      { 0 },
      3,
      0 },
    { "-9 0, -1 0; -9 3, -1 0.5; 9 0, 1 0; 9 3, 1 0.5",
      "-9 0, -1 0.5; -9 3, -1 0.5; 9 0, -1 0.5; 9 3, -1 0.5",
      2.5,
      false,
      { 0 },
      3,
      0 },
    /* bridges come to the ground at their ends, and only there */
    { "0 0, 10 0; 11.5 0, 20 0", "0 0, 11.5 0; 11.5 0, 20 0", 2, false, { 0, 1 }, 1, 0 },
    { "0 0, 10 0; 11.5 0, 20 0", "0 0, 11.5 0; 11.5 0, 20 0", 2, false, { -1, 1 }, 1, 0 },
    { "0 0, 10 0; 10 0, 10 9; 11.5 0, 20 0", "0 0, 10 0; 10 0, 10 9; 10 0, 20 0", 2, false, { 0, 0, 1 }, 1, 0 },
    { "0 0, 9 0; 11 0, 20 0; 10 1, 10 9", "0 0, 10 1; 10 1, 20 0; 10 1, 10 9", 2, false, { 0, 1, 0 }, 2, 0 },
    { "0 0, 4 0, 10 0; 5 1.5, 5 8", NULL, 2, false, { 0, 1 }, 0, 0 },
    { "0 0, 4 0, 10 0; 5 1.5, 5 8", NULL, 2, false, { 1, 0 }, 0, 0 },
    { "0 0, 10 0; 5 1, 5 8; 5 -0.5, 5 -8", "0 0, 10 0; 5 1, 5 8; 5 1, 5 -8", 2, false, { 0, 1, 1 }, 1, 0 },
    { "0 0, 10 0; 5 1.9, 5 8; 5 -0.5, 5 -8", "0 0, 5 0, 10 0; 5 0, 5 8; 5 0, 5 -8", 2, false, { 0, 1, 0 }, 2, 0 },
    /* rings, and what is none */
    { "0 0, 10 0, 10 10, 0 10, 0 1", "0 1, 10 0, 10 10, 0 10, 0 1", 2, false, { 0 }, 1, 0 },
    { "0 0, 10 0, 10 10, 0 10, 0 0", NULL, 2, true, { 0 }, 0, 0 },
    { "0 0, 1 0, 1 1", NULL, 2, false, { 0 }, 0, 0 },
    { "0 0, 1 0", NULL, 2, false, { 0 }, 0, 0 },
    { "0 0, 1 0, 1 1, 0 1", NULL, 2, false, { 0 }, 0, 0 },
    /* a short one that meets the road already is not folded onto it; one beside it is joined once */
    { "0 0, 5 0, 10 0; 5 0, 5 1.5", NULL, 2, false, { 0 }, 0, 0 },
    { "0 0, 10 0; 5 0.5, 5 1.5", "0 0, 5 0, 10 0; 5 0, 5 1.5", 2, false, { 0 }, 1, 0 },
    /* first ends, then crossings */
    { "0 0, 10 0; 5 1, 5 8; 0 4, 10 4", "0 0, 5 0, 10 0; 5 0, 5 4, 5 8; 0 4, 5 4, 10 4", 2, true, { 0 }, 1, 1 },
    /* nothing to mend */
    { "0 0, 10 0", NULL, 2, true, { 0 }, 0, 0 },
    { "3 3, 3 3; 0 3, 3 3.5", NULL, 0, true, { 0 }, 0, 0 },
};

static void cases_by_hand(void **state) {
    (void)state;
    for (size_t k = 0; k < sizeof hand / sizeof *hand; k++) {
        const hand_case *c = &hand[k];
        const smap_geometry *lines = read_lines(c->lines);
        char text[512];
        smap__mended m = mend(three, lines, c->join_m, c->crossings, c->level);
        print_lines(m.lines, text, sizeof text);
        if (!c->mended && m.lines != lines) fail_msg("case %zu: %s", k, text);
        if (c->mended && strcmp(text, c->mended) != 0) fail_msg("case %zu: %s", k, text);
        if (m.joins != (size_t)c->joins || m.crossings != (size_t)c->meetings)
            fail_msg("case %zu: %zu joins, %zu crossings", k, m.joins, m.crossings);
        smap__mended again = mend(one, m.lines, c->join_m, c->crossings, c->level);
        assert_ptr_equal(again.lines, m.lines);
        smap__mended_release(&again);
        smap__mended_release(&m);
        smap_geometry_free(lines);
    }
}

static void joins_say_what_moved(void **state) {
    (void)state;
    const smap_geometry *lines = read_lines("0 0, 10 0; 5 1.5, 5 8.5; 0 9, 10 9");
    smap__mended m = mend(one, lines, 2, false, NULL);
    assert_int_equal(m.joins, 2);
    assert_true(m.join[0].feature == 1 && m.join[0].to == 0 && m.join[0].x == 5 && m.join[0].y == 1.5);
    assert_true(m.join[0].distance == 1.5);
    assert_true(m.join[1].feature == 1 && m.join[1].to == 2 && m.join[1].y == 8.5 && m.join[1].distance == 0.5);
    smap__mended_release(&m);
    smap_geometry_free(lines);
}

/* ---- random networks ---- */

enum { LINES = 60, CORNERS = 4 };

typedef struct scene {
    double origin, size, grain; /* whole numbers of grain; 0: any */
    uint64_t seed;
} scene;

static double roll(const scene *s, uint64_t stream, uint64_t line, uint64_t corner, double range) {
    double from = smap__random_uniform(s->seed, stream, line);
    double v = s->size * (from + range * smap__random_uniform(s->seed, stream + 2, line * CORNERS + corner));
    return s->grain > 0 ? round(v / s->grain) * s->grain : v;
}

static const smap_geometry *tangle(const scene *s, double reach, int8_t *level, const int *order) {
    smap_geometry_builder *b = net_builder();
    for (int n = 0; n < LINES; n++) {
        uint64_t i = (uint64_t)(order ? order[n] : n);
        double xy[2 * CORNERS];
        for (uint64_t k = 0; k < CORNERS; k++) {
            xy[2 * k] = s->origin + roll(s, 1, i, k, reach);
            xy[2 * k + 1] = 7 * s->origin + roll(s, 2, i, k, reach);
        }
        net_line(b, 2 + (int)(i % 3), xy);
        if (level) level[n] = s->grain == 0 && i % 5 == 0;
    }
    return net_finish(b);
}

typedef struct piece {
    double ax, ay, bx, by;
    int line;
} piece;

static size_t pieces_of(const smap_geometry *g, piece **out) {
    size_t count = 0;
    *out = malloc(((size_t)g->coord_count + 1) * sizeof **out);
    assert_non_null(*out);
    for (int64_t i = 0; i < g->count; i++) {
        int64_t ring = smap_geom_ring(g, smap_geom_part(g, i));
        for (int64_t k = smap_geom_coord(g, ring); k + 1 < smap_geom_coord(g, ring + 1); k++)
            if (g->x[k] != g->x[k + 1] || g->y[k] != g->y[k + 1])
                (*out)[count++] = (piece){ g->x[k], g->y[k], g->x[k + 1], g->y[k + 1], (int)i };
    }
    return count;
}

static bool is_end(const piece *p, double x, double y) {
    return (p->ax == x && p->ay == y) || (p->bx == x && p->by == y);
}

static bool properly_cross(const piece *a, const piece *b) {
    double p = smap__orient(a->ax, a->ay, a->bx, a->by, b->ax, b->ay);
    double q = smap__orient(a->ax, a->ay, a->bx, a->by, b->bx, b->by);
    double r = smap__orient(b->ax, b->ay, b->bx, b->by, a->ax, a->ay);
    double s = smap__orient(b->ax, b->ay, b->bx, b->by, a->bx, a->by);
    return ((p > 0 && q < 0) || (p < 0 && q > 0)) && ((r > 0 && s < 0) || (r < 0 && s > 0));
}

/* Does the piece reach to (x, y) without an end there? Exactly, or within the tolerance but next to its ends. */
static bool reaches(const piece *p, double x, double y, double tolerance) {
    if (is_end(p, x, y)) return false;
    bool within =
        x >= fmin(p->ax, p->bx) && x <= fmax(p->ax, p->bx) && y >= fmin(p->ay, p->by) && y <= fmax(p->ay, p->by);
    if (within && smap__orient(p->ax, p->ay, p->bx, p->by, x, y) == 0) return true;
    double to_end = fmin(hypot(x - p->ax, y - p->ay), hypot(x - p->bx, y - p->by));
    return sqrt(smap__segment_distance2(x, y, p->ax, p->ay, p->bx, p->by)) <= tolerance && to_end > 100 * tolerance;
}

static bool meet(const piece *a, const piece *b, double tolerance) {
    return properly_cross(a, b) || reaches(a, b->ax, b->ay, tolerance) || reaches(a, b->bx, b->by, tolerance) ||
           reaches(b, a->ax, a->ay, tolerance) || reaches(b, a->bx, a->by, tolerance);
}

/* The new lines have the old vertices in their order, and between them only what lies on the segment. */
static void check_vertices_kept(const smap_geometry *old, const smap_geometry *new, double tolerance) {
    assert_int_equal(old->count, new->count);
    for (int64_t i = 0; i < old->count; i++) {
        int64_t ring = smap_geom_ring(old, smap_geom_part(old, i)), k = smap_geom_coord(old, ring);
        int64_t end = smap_geom_coord(old, ring + 1), n = smap_geom_coord(new, ring);
        for (; n < smap_geom_coord(new, ring + 1); n++) {
            if (k < end && old->x[k] == new->x[n] && old->y[k] == new->y[n]) {
                k++;
                continue;
            }
            assert_true(k > smap_geom_coord(old, ring) && k < end);
            double far2 =
                smap__segment_distance2(new->x[n], new->y[n], old->x[k - 1], old->y[k - 1], old->x[k], old->y[k]);
            assert_true(sqrt(far2) <= tolerance);
        }
        assert_int_equal(k, end);
    }
}

static int find_root(int *parent, int i) {
    while (parent[i] != i) i = parent[i] = parent[parent[i]];
    return i;
}

static uint32_t components_of(const smap_geometry *lines) {
    double cost[LINES];
    for (int k = 0; k < LINES; k++) cost[k] = 1;
    smap__graph *graph = net_graph(smap_geometry_retain(lines), cost, NULL);
    smap__components *components = NULL;
    assert_int_equal(smap__components_find(graph, &components, NULL), SMAP_OK);
    uint32_t count = components->count;
    smap__components_free(components);
    smap__graph_free(graph);
    return count;
}

static const scene scenes[] = { { 0, 100, 0, 0 },  { 500000, 1000, 0, 0 },  { 0, 40, 1, 0 },
                                { 0, 12, 1, 0 },   { 500000, 30, 1, 0 },    { 0, 1, 1.0 / 16, 0 },
                                { 0, 30, 0.1, 0 }, { 123456.7, 10, 0.1, 0 } };
enum { SCENES = sizeof scenes / sizeof *scenes };

/* By all pairs: what met before hangs together now, what did not does not; and nothing is left that meets without a
 * common vertex. */
static void crossings_by_all_pairs(void **state) {
    (void)state;
    for (uint64_t round = 0; round < 40; round++) {
        scene s = scenes[round % SCENES];
        s.seed = round;
        int8_t level[LINES];
        const smap_geometry *lines = tangle(&s, round % 3 == 0 ? 0.9 : 0.3, level, NULL);
        smap__mended m = mend(three, lines, 0, true, level);
        double tolerance = 1e-14 * (s.size + 8 * s.origin);
        check_vertices_kept(lines, m.lines, 8 * tolerance);
        piece *p, *q;
        size_t before = pieces_of(lines, &p), after = pieces_of(m.lines, &q);
        int parent[LINES];
        uint32_t expected = LINES;
        for (int k = 0; k < LINES; k++) parent[k] = k;
        for (size_t a = 0; a < before; a++)
            for (size_t b = 0; b < a; b++) {
                bool shared = is_end(&p[a], p[b].ax, p[b].ay) || is_end(&p[a], p[b].bx, p[b].by);
                bool same_level = level[p[a].line] == level[p[b].line];
                if (!shared && !(same_level && meet(&p[a], &p[b], tolerance))) continue;
                int i = find_root(parent, p[a].line), j = find_root(parent, p[b].line);
                expected -= i != j;
                parent[i] = j;
            }
        for (size_t a = 0; a < after; a++)
            for (size_t b = 0; b < a; b++) {
                if (level[q[a].line] != level[q[b].line]) continue;
                if (meet(&q[a], &q[b], s.grain > 0 ? tolerance / 100 : 0)) fail_msg("round %d: still meet", (int)round);
            }
        uint32_t zero_length = 0;
        for (int k = 0; k < LINES; k++) { /* lines without any length are nodes of their own, or of others */
            bool found = false;
            for (size_t a = 0; a < before; a++) found |= p[a].line == k;
            zero_length += !found;
        }
        if (zero_length == 0 && components_of(m.lines) != expected)
            fail_msg("round %d: %d components, not %d", (int)round, (int)components_of(m.lines), (int)expected);
        smap__mended again = mend(one, m.lines, 0, true, level);
        if (again.lines != m.lines) fail_msg("round %d: %zu crossings again", (int)round, again.crossings);
        smap__mended_release(&again);
        smap__mended_release(&m);
        smap_geometry_free(lines);
        free(p);
        free(q);
    }
}

/* Without any grain every crossing is one of two lines: they can be counted. */
static void crossings_are_counted(void **state) {
    (void)state;
    for (uint64_t round = 0; round < 10; round++) {
        scene s = { 0, 100, 0, round };
        const smap_geometry *lines = tangle(&s, 0.7, NULL, NULL);
        smap__mended m = mend(three, lines, 0, true, NULL);
        piece *p;
        size_t count = pieces_of(lines, &p), crossings = 0;
        for (size_t a = 0; a < count; a++)
            for (size_t b = 0; b < a; b++) crossings += properly_cross(&p[a], &p[b]);
        assert_true(crossings > 100);
        assert_int_equal(m.crossings, crossings);
        assert_int_equal(m.lines->coord_count, lines->coord_count + 2 * (int64_t)crossings);
        smap__mended_release(&m);
        smap_geometry_free(lines);
        free(p);
    }
}

/* ---- ends ---- */

static int uses_of(const smap_geometry *g, double x, double y) {
    int uses = 0;
    for (int64_t k = 0; k < g->coord_count; k++) uses += g->x[k] == x && g->y[k] == y;
    return uses;
}

static bool lines_meet(const smap_geometry *g, int64_t a, int64_t b) {
    int64_t ra = smap_geom_ring(g, smap_geom_part(g, a)), rb = smap_geom_ring(g, smap_geom_part(g, b));
    for (int64_t i = smap_geom_coord(g, ra); i < smap_geom_coord(g, ra + 1); i++)
        for (int64_t k = smap_geom_coord(g, rb); k < smap_geom_coord(g, rb + 1); k++)
            if (g->x[i] == g->x[k] && g->y[i] == g->y[k]) return true;
    return false;
}

static double distance_to_ends(const smap_geometry *g, int64_t line, double x, double y) {
    int64_t ring = smap_geom_ring(g, smap_geom_part(g, line));
    int64_t a = smap_geom_coord(g, ring), b = smap_geom_coord(g, ring + 1) - 1;
    return fmin(hypot(x - g->x[a], y - g->y[a]), hypot(x - g->x[b], y - g->y[b]));
}

/* What is left dangling has no other line near that its own line does not meet, of other levels none that ends near. */
static void check_dangles(const smap_geometry *g, const int8_t *level, double join_m) {
    piece *p;
    size_t count = pieces_of(g, &p);
    for (int64_t i = 0; i < g->count; i++) {
        int64_t ring = smap_geom_ring(g, smap_geom_part(g, i)), first = smap_geom_coord(g, ring);
        int64_t ends[] = { first, smap_geom_coord(g, ring + 1) - 1 };
        for (int e = 0; e < 2; e++) {
            double x = g->x[ends[e]], y = g->y[ends[e]];
            if (uses_of(g, x, y) > 1) continue;
            for (size_t k = 0; k < count; k++) {
                if (p[k].line == i) continue;
                double far = sqrt(smap__segment_distance2(x, y, p[k].ax, p[k].ay, p[k].bx, p[k].by));
                if (level[p[k].line] != level[i]) far = distance_to_ends(g, p[k].line, x, y);
                assert_true(far > join_m - 1e-9 || lines_meet(g, i, p[k].line));
            }
        }
    }
    free(p);
}

/* Ends that moved are where they are listed to have been; all other vertices are where they were.
 * How many met a line of another level: at its end. */
static size_t check_joins(const smap_geometry *old, const smap__mended *m, const int8_t *level, double join_m) {
    size_t next = 0, of_two_levels = 0;
    for (int64_t i = 0; i < old->count; i++) {
        int64_t ring = smap_geom_ring(old, smap_geom_part(old, i));
        int64_t first = smap_geom_coord(old, ring), end = smap_geom_coord(old, ring + 1);
        int64_t new_first = smap_geom_coord(m->lines, ring), new_end = smap_geom_coord(m->lines, ring + 1),
                n = new_first;
        for (int64_t k = first; k < end; k++) {
            bool is_end = k == first || k + 1 == end;
            bool listed = is_end && next < m->joins && m->join[next].feature == i && m->join[next].x == old->x[k] &&
                          m->join[next].y == old->y[k];
            int64_t at = k == first ? new_first : new_end - 1;
            if (!is_end && ((old->x[k] == old->x[first] && old->y[k] == old->y[first]) ||
                            (old->x[k] == old->x[end - 1] && old->y[k] == old->y[end - 1]))) {
                continue; /* repeats an end, and moves with it */
            } else if (!is_end) {
                while (n < new_end && (m->lines->x[n] != old->x[k] || m->lines->y[n] != old->y[k])) n++;
                assert_true(n < new_end);
            } else if (!listed) {
                assert_true(m->lines->x[at] == old->x[k] && m->lines->y[at] == old->y[k]);
            } else {
                double moved = hypot(m->lines->x[at] - old->x[k], m->lines->y[at] - old->y[k]);
                assert_true(fabs(moved - m->join[next].distance) < 1e-9 && moved <= join_m + 1e-9);
                assert_true(uses_of(m->lines, m->lines->x[at], m->lines->y[at]) > 1);
                uint32_t to = m->join[next].to;
                of_two_levels += level[i] != level[to];
                assert_true(level[i] == level[to] ||
                            distance_to_ends(m->lines, to, m->lines->x[at], m->lines->y[at]) == 0);
                next++;
            }
        }
    }
    assert_int_equal(next, m->joins);
    return of_two_levels;
}

static void ends_by_all_pairs(void **state) {
    (void)state;
    size_t joins = 0, of_two_levels = 0;
    for (uint64_t round = 0; round < 60; round++) {
        scene s = scenes[round % SCENES];
        s.seed = 1000 + round;
        int8_t level[LINES];
        double join_m = s.size * (round % 2 ? 0.02 : 0.08);
        const smap_geometry *lines = tangle(&s, 0.3, level, NULL);
        smap__mended m = mend(three, lines, join_m, false, level);
        of_two_levels += check_joins(lines, &m, level, join_m);
        check_dangles(m.lines, level, join_m);
        joins += m.joins;
        smap__mended again = mend(one, m.lines, join_m, false, level);
        if (again.lines != m.lines) fail_msg("round %d: %zu joins again", (int)round, again.joins);
        smap__mended_release(&again);
        smap__mended both = mend(one, lines, join_m, true, level), twice = mend(one, both.lines, join_m, true, level);
        if (twice.lines != both.lines) fail_msg("round %d: %zu, %zu again", (int)round, twice.joins, twice.crossings);
        smap__mended_release(&twice);
        smap__mended_release(&both);
        smap__mended_release(&m);
        smap_geometry_free(lines);
    }
    assert_true(joins > 500 && of_two_levels > 20);
}

/* ---- what does not matter ---- */

static void order_and_threads_do_not_matter(void **state) {
    (void)state;
    for (uint64_t round = 0; round < 24; round++) {
        scene s = scenes[round % SCENES];
        s.seed = 2000 + round;
        int order[LINES];
        int8_t level[LINES], shuffled_level[LINES];
        for (int k = 0; k < LINES; k++) order[k] = (int)((k * 37u + round) % LINES);
        const smap_geometry *lines = tangle(&s, 0.3, level, NULL), *shuffled = tangle(&s, 0.3, shuffled_level, order);
        smap__mended a = mend(one, lines, s.size * 0.05, true, level);
        smap__mended b = mend(three, shuffled, s.size * 0.05, true, shuffled_level);
        assert_true(a.joins == b.joins && a.crossings == b.crossings && a.lines->coord_count == b.lines->coord_count);
        for (int n = 0; n < LINES; n++) {
            int64_t i = smap_geom_coord(b.lines, n), k = smap_geom_coord(a.lines, order[n]);
            int64_t count = smap_geom_coord(b.lines, n + 1) - i;
            assert_int_equal(count, smap_geom_coord(a.lines, order[n] + 1) - k);
            assert_memory_equal(b.lines->x + i, a.lines->x + k, (size_t)count * sizeof *a.lines->x);
            assert_memory_equal(b.lines->y + i, a.lines->y + k, (size_t)count * sizeof *a.lines->y);
        }
        smap__mended_release(&a);
        smap__mended_release(&b);
        smap_geometry_free(lines);
        smap_geometry_free(shuffled);
    }
}

/* ---- bad input ---- */

static void what_is_no_line_stays_as_it_is(void **state) {
    (void)state;
    smap_geometry_builder *b = net_builder();
    assert_int_equal(smap_geometry_append_null(b, NULL), SMAP_OK);
    assert_int_equal(smap_geometry_append_point(b, 5, 1, NULL), SMAP_OK);
    net_line(b, 2, (double[]){ 0, 0, 10, 0 });
    net_line(b, 2, (double[]){ 5, NAN, 5, 3 });
    net_line(b, 3, (double[]){ 5, -3, 5, 3, HUGE_VAL, 3 });
    net_line(b, 1, (double[]){ 5, 0 });
    net_line(b, 0, NULL);
    net_line(b, 2, (double[]){ 5, 0, 5, 0 });
    net_line(b, 2, (double[]){ -1e300, 1e300, 1e300, -1e300 });
    net_line(b, 2, (double[]){ 1e-310, 0, -1e-310, 1e-320 });
    const smap_geometry *lines = net_finish(b);
    smap__mended m = mend(three, lines, 2, true, NULL);
    for (int64_t i = 0; i < lines->count; i++) assert_int_equal(m.lines->type[i], lines->type[i]);
    assert_int_equal(m.joins, 1); /* the last one's */
    smap__mended_release(&m);
    smap_geometry_free(lines);
    lines = net_finish(net_builder());
    m = mend(three, lines, 2, true, NULL);
    assert_ptr_equal(m.lines, lines);
    smap__mended_release(&m);
    smap_geometry_free(lines);
}

static void wrong_distances_are_refused_and_no_memory_is_told(void **state) {
    (void)state;
    const smap_geometry *lines = read_lines("0 0, 10 0; 5 1.5, 5 8; 0 4, 10 4");
    const double bad[] = { -1, NAN, HUGE_VAL };
    smap__mended m = { 0 };
    for (int k = 0; k < 3; k++) {
        smap__mend_options options = { bad[k], true, NULL };
        assert_int_equal(smap__lines_mend(one, lines, &options, &m, NULL), SMAP_E_ARGUMENT);
        assert_null(m.lines);
    }
    smap__mend_options options = { 2, true, NULL };
    smap_status status = SMAP_E_NOMEM;
    int64_t nth = 1;
    for (; status == SMAP_E_NOMEM; nth++) {
        smap__alloc_fail_at(nth, true);
        status = smap__lines_mend(one, lines, &options, &m, NULL);
        smap__alloc_fail_at(0, false);
    }
    assert_int_equal(status, SMAP_OK);
    assert_true(nth > 20 && m.joins == 1 && m.crossings == 1);
    smap__mended_release(&m);
    smap_geometry_free(lines);
}

static void it_is_cancelled_in_the_middle(void **state) {
    (void)state;
    cancel cancelled = { .goes_on = 1 };
    smap_ctx *ctx = cancel_context(&cancelled);
    scene s = { 0, 100, 0, 5 };
    const smap_geometry *lines = tangle(&s, 0.7, NULL, NULL);
    for (int crossings = 0; crossings < 2; crossings++) {
        smap__mend_options wanted = { crossings ? 0 : 2, crossings, NULL };
        smap__mended m = { 0 };
        cancelled.asked = 0;
        assert_int_equal(smap__lines_mend(ctx, lines, &wanted, &m, NULL), SMAP_E_CANCELLED);
        assert_true(cancelled.asked == 2 && !m.lines);
    }
    smap_geometry_free(lines);
    smap_ctx_free(ctx);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cases_by_hand),
        cmocka_unit_test(joins_say_what_moved),
        cmocka_unit_test(crossings_by_all_pairs),
        cmocka_unit_test(crossings_are_counted),
        cmocka_unit_test(ends_by_all_pairs),
        cmocka_unit_test(order_and_threads_do_not_matter),
        cmocka_unit_test(what_is_no_line_stays_as_it_is),
        cmocka_unit_test(it_is_cancelled_in_the_middle),
        cmocka_unit_test(wrong_distances_are_refused_and_no_memory_is_told),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
