#include "sheet/view_shapes.h"

#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/parallel.h"
#include "base/turns.h"
#include "geo/geom_column.h"
#include "sheet/outline.h"
#include "sheet/page.h"

enum { CHUNK = 8192 }; /* features */

/* An area smaller than this, without a mark or a label, has its anchor in the middle of its box. */
static const double CAREFUL_MM = 2;

/* Features as they are drawn, growing. */
typedef struct shapes {
    smap__outline coord;
    uint8_t *kind;
    uint32_t *begin; /* first coordinate of each path */
    size_t paths, kind_capacity, begin_capacity;
    uint32_t *path; /* first path of each feature */
    uint64_t *on;
    int64_t *row;
    uint8_t *edge;
    double *anchor_x, *anchor_y;
    size_t features, path_capacity, on_capacity, row_capacity, edge_capacity, x_capacity, y_capacity;
    bool failed;
} shapes;

/* What one thread works with. */
typedef struct shaper {
    const smap__chosen_rows *chosen;
    smap__rect_mm at, wide; /* the frame; with the margin */
    uint64_t anchored[3];   /* rules that put a mark or a label on the anchor of a form */
    shapes own;
    smap__outline page, ring, scratch, exact;
    size_t *exact_begin;
    size_t exact_rings, exact_capacity;
    /* of the feature at hand: */
    bool careful; /* its anchor is to be a good one */
    bool touched, edged;
    double best_area, best_length, anchor[2];
    /* of its part: */
    double part_area; /* inside the frame */
    double middle[2]; /* of the shell's box */
    bool shown;
} shaper;

static bool grow_features(shapes *s, size_t n) {
    return smap__grow(&s->path, &s->path_capacity, n, sizeof *s->path) &&
           smap__grow(&s->on, &s->on_capacity, n, sizeof *s->on) &&
           smap__grow(&s->row, &s->row_capacity, n, sizeof *s->row) &&
           smap__grow(&s->edge, &s->edge_capacity, n, sizeof *s->edge) &&
           smap__grow(&s->anchor_x, &s->x_capacity, n, sizeof *s->anchor_x) &&
           smap__grow(&s->anchor_y, &s->y_capacity, n, sizeof *s->anchor_y);
}

static bool grow_paths(shapes *s, size_t n) {
    return smap__grow(&s->kind, &s->kind_capacity, n, sizeof *s->kind) &&
           smap__grow(&s->begin, &s->begin_capacity, n, sizeof *s->begin);
}

static void release_shapes(shapes *s) {
    void *array[] = { s->kind, s->begin, s->path, s->on, s->row, s->edge, s->anchor_x, s->anchor_y };
    for (size_t i = 0; i < sizeof array / sizeof *array; i++) smap__free(array[i]);
    smap__outline_release(&s->coord);
    *s = (shapes){ 0 };
}

static void begin_path(shapes *s, uint8_t kind) {
    if (s->failed || !grow_paths(s, s->paths + 1)) {
        s->failed = true;
        return;
    }
    s->kind[s->paths] = kind;
    s->begin[s->paths++] = (uint32_t)s->coord.count;
}

static bool in_rect(smap__rect_mm r, double x, double y) {
    return x >= r.x && x <= r.x + r.w && y >= r.y && y <= r.y + r.h;
}

static bool box_in_rect(smap_box b, smap__rect_mm r) {
    return in_rect(r, b.xmin, b.ymin) && in_rect(r, b.xmax, b.ymax);
}

static bool box_meets_rect(smap_box b, smap__rect_mm r) {
    return b.xmin <= r.x + r.w && b.xmax >= r.x && b.ymin <= r.y + r.h && b.ymax >= r.y;
}

/* ---- points and lines -------------------------------------------------------------------------------------------- */

static void add_point(shaper *s, double x, double y) {
    if (!in_rect(s->wide, x, y)) return;
    begin_path(&s->own, SMAP__PATH_POINT);
    smap__outline_put(&s->own.coord, x, y);
    if (!in_rect(s->at, x, y)) return;
    if (!s->touched) s->anchor[0] = x, s->anchor[1] = y;
    s->touched = s->edged = true;
}

/* Half way along the part of the line that the frame shows. */
static void anchor_line(shaper *s, const double *x, const double *y, size_t n) {
    double length = 0;
    for (int pass = 0; pass < 2; pass++) {
        double goal = length / 2, run = 0;
        for (size_t i = 0; i + 1 < n; i++) {
            double ax = x[i], ay = y[i], bx = x[i + 1], by = y[i + 1];
            if (!smap__clip_segment(s->at, &ax, &ay, &bx, &by)) continue;
            s->touched = s->edged = true;
            double step = hypot(bx - ax, by - ay);
            if (pass == 1 && run + step >= goal) {
                double t = step > 0 ? (goal - run) / step : 0;
                s->anchor[0] = ax + t * (bx - ax), s->anchor[1] = ay + t * (by - ay);
                return;
            }
            run += step;
        }
        if (pass == 0 && run <= s->best_length) return;
        length = run;
        s->best_length = run;
    }
}

static void put_clipped(shaper *s, const double *x, const double *y, size_t n) {
    bool open = false;
    for (size_t i = 0; i + 1 < n; i++) {
        double ax = x[i], ay = y[i], bx = x[i + 1], by = y[i + 1];
        if (!smap__clip_segment(s->wide, &ax, &ay, &bx, &by)) {
            open = false;
            continue;
        }
        if (!open || ax != x[i] || ay != y[i]) {
            begin_path(&s->own, SMAP__PATH_LINE);
            smap__outline_put(&s->own.coord, ax, ay);
        }
        smap__outline_put(&s->own.coord, bx, by);
        open = bx == x[i + 1] && by == y[i + 1];
    }
}

static void add_line(shaper *s, smap_box box) {
    double *x = s->page.x, *y = s->page.y;
    size_t n = s->page.count;
    if (!box_meets_rect(box, s->wide)) return;
    if (n > 1 && !s->careful && box_in_rect(box, s->at)) {
        s->touched = s->edged = true;
        s->anchor[0] = x[0], s->anchor[1] = y[0];
    } else {
        anchor_line(s, x, y, n);
    }
    n = smap__thin(x, y, n, s->chosen->options->tolerance_mm, false);
    if (n < 2 || !box_in_rect(box, s->wide)) {
        put_clipped(s, x, y, n);
        return;
    }
    begin_path(&s->own, SMAP__PATH_LINE);
    smap__outline_put_all(&s->own.coord, x, y, n);
}

/* ---- areas ------------------------------------------------------------------------------------------------------- */

static void add_exact(shaper *s, const double *x, const double *y, size_t n, bool whole, bool hole) {
    if (!smap__grow(&s->exact_begin, &s->exact_capacity, s->exact_rings + 2, sizeof *s->exact_begin)) {
        s->own.failed = true;
        return;
    }
    size_t from = s->exact.count;
    if (whole)
        smap__outline_put_all(&s->exact, x, y, n);
    else
        smap__clip_ring(x, y, n, s->at, &s->scratch, &s->exact);
    if (s->exact.failed || s->exact.count == from) return;
    double area = smap__ring_area(s->exact.x + from, s->exact.y + from, s->exact.count - from);
    s->part_area += hole ? -area : area;
    s->exact_begin[s->exact_rings++] = from;
    s->exact_begin[s->exact_rings] = s->exact.count;
}

static void put_ring(shaper *s, double *x, double *y, size_t n, bool hole) {
    if (n < 4) return;
    size_t kept = smap__thin(x, y, n, s->chosen->options->tolerance_mm, true);
    begin_path(&s->own, hole ? SMAP__PATH_HOLE : SMAP__PATH_SHELL);
    smap__outline_put_all(&s->own.coord, x, y, kept);
}

/* A ring that the frame shows whole: most of them. */
static void add_whole_ring(shaper *s, smap_box box, bool hole) {
    double *x = s->page.x, *y = s->page.y;
    size_t n = s->page.count;
    s->edged = s->edged || n > 1;
    if (!hole) s->middle[0] = (box.xmin + box.xmax) / 2, s->middle[1] = (box.ymin + box.ymax) / 2;
    s->careful = s->careful || box.xmax - box.xmin > CAREFUL_MM || box.ymax - box.ymin > CAREFUL_MM;
    if (s->careful) {
        add_exact(s, x, y, n, true, hole);
    } else {
        double area = smap__ring_area(x, y, n);
        s->part_area += hole ? -area : area;
    }
    s->shown = true;
    put_ring(s, x, y, n, hole);
}

static void add_ring(shaper *s, smap_box box, bool hole) {
    double *x = s->page.x, *y = s->page.y;
    size_t n = s->page.count;
    if (!box_meets_rect(box, s->wide)) return;
    if (box_in_rect(box, s->at)) {
        add_whole_ring(s, box, hole);
        return;
    }
    s->careful = true;
    for (size_t i = 0; !s->edged && i + 1 < n; i++) {
        double ax = x[i], ay = y[i], bx = x[i + 1], by = y[i + 1];
        s->edged = smap__clip_segment(s->at, &ax, &ay, &bx, &by);
    }
    add_exact(s, x, y, n, false, hole);
    s->ring.count = 0;
    smap__clip_ring(x, y, n, s->wide, &s->scratch, &s->ring);
    put_ring(s, s->ring.x, s->ring.y, s->ring.count, hole);
}

/* The anchor of the feature is that of its largest part. */
static void end_part(shaper *s) {
    double x = s->middle[0], y = s->middle[1];
    if ((s->exact_rings || s->shown) && s->part_area > 0) {
        s->touched = true;
        if (s->part_area > s->best_area &&
            (!s->exact_rings ||
             smap__inside_point(s->exact.x, s->exact.y, s->exact_begin, s->exact_rings, &x, &y, &s->own.failed))) {
            s->best_area = s->part_area;
            s->anchor[0] = x, s->anchor[1] = y;
        }
    }
    s->exact.count = s->exact_rings = 0;
    s->part_area = 0;
    s->shown = false;
}

/* ---- features ---------------------------------------------------------------------------------------------------- */

/* The coordinates of a ring in page mm, into s->page; by the grid, or where that does not serve they are those of the
 * view's CRS. */
static smap_box to_page(shaper *s, const smap_geometry *g, int64_t ring, bool by_grid) {
    smap_box box = SMAP_BOX_EMPTY;
    int64_t first = smap_geom_coord(g, ring), n = smap_geom_coord(g, ring + 1) - first;
    s->page.count = 0;
    if (!smap__outline_reserve(&s->page, (size_t)n)) return box;
    for (int64_t i = 0; i < n; i++) {
        double x, y;
        if (by_grid) {
            smap__page_grid_place(s->chosen->grid, g->x[first + i], g->y[first + i], &x, &y);
        } else {
            x = smap__page_x(s->chosen->view, g->x[first + i]);
            y = smap__page_y(s->chosen->view, g->y[first + i]);
        }
        box.xmin = x < box.xmin ? x : box.xmin;
        box.ymin = y < box.ymin ? y : box.ymin;
        box.xmax = x > box.xmax ? x : box.xmax;
        box.ymax = y > box.ymax ? y : box.ymax;
        s->page.x[i] = x;
        s->page.y[i] = y;
    }
    s->page.count = (size_t)n;
    return box;
}

static void add_part(shaper *s, const smap_geometry *g, int64_t feature, int64_t part, bool by_grid) {
    smap_geom_type kind = smap__geometry_part_type(g, feature, part);
    bool wanted = s->careful;
    for (int64_t r = smap_geom_ring(g, part); r < smap_geom_ring(g, part + 1); r++) {
        smap_box box = to_page(s, g, r, by_grid);
        if (s->page.failed || s->page.count == 0) continue;
        if (kind == SMAP_GEOM_POINT)
            add_point(s, s->page.x[0], s->page.y[0]);
        else if (kind == SMAP_GEOM_LINESTRING)
            add_line(s, box);
        else
            add_ring(s, box, r > smap_geom_ring(g, part));
    }
    if (kind == SMAP_GEOM_POLYGON) end_part(s);
    s->careful = wanted;
}

static void add_feature(shaper *s, const smap_geometry *g, int64_t feature, int64_t row, bool by_grid) {
    shapes *own = &s->own;
    size_t paths = own->paths, coords = own->coord.count;
    uint64_t on = s->chosen->on[row];
    s->careful = (on & s->anchored[smap__form_of_type((smap_geom_type)g->type[feature])]) != 0;
    s->touched = s->edged = false;
    s->best_area = s->best_length = -1;
    s->anchor[0] = s->anchor[1] = 0;
    for (int64_t p = smap_geom_part(g, feature); p < smap_geom_part(g, feature + 1); p++)
        add_part(s, g, feature, p, by_grid);
    own->failed = own->failed || s->page.failed || own->coord.failed || s->ring.failed || s->exact.failed;
    if (!s->touched || own->paths == paths || own->failed || !grow_features(own, own->features + 1)) {
        own->failed = own->failed || (s->touched && own->paths > paths);
        own->paths = paths;
        own->coord.count = coords;
        return;
    }
    size_t f = own->features++;
    own->path[f] = (uint32_t)paths;
    own->on[f] = on;
    own->row[f] = row;
    own->edge[f] = s->edged;
    own->anchor_x[f] = s->anchor[0];
    own->anchor_y[f] = s->anchor[1];
}

/* ---- a layer ----------------------------------------------------------------------------------------------------- */

typedef struct shaping {
    const smap__chosen_rows *chosen;
    shaper *shaper;
    shapes whole;
    smap__turns turns;
} shaping;

static void clear(shapes *s) {
    s->coord.count = s->paths = s->features = 0;
}

static bool append(shapes *to, const shapes *from) {
    size_t n = to->features, m = from->features, p = to->paths;
    uint32_t path = (uint32_t)to->paths, coord = (uint32_t)to->coord.count;
    if (m == 0) return true;
    if (!grow_features(to, n + m) || !grow_paths(to, p + from->paths)) return false;
    memcpy(to->on + n, from->on, m * sizeof *to->on);
    memcpy(to->row + n, from->row, m * sizeof *to->row);
    memcpy(to->edge + n, from->edge, m * sizeof *to->edge);
    memcpy(to->anchor_x + n, from->anchor_x, m * sizeof *to->anchor_x);
    memcpy(to->anchor_y + n, from->anchor_y, m * sizeof *to->anchor_y);
    memcpy(to->kind + p, from->kind, from->paths * sizeof *to->kind);
    for (size_t i = 0; i < m; i++) to->path[n + i] = from->path[i] + path;
    for (size_t i = 0; i < from->paths; i++) to->begin[p + i] = from->begin[i] + coord;
    smap__outline_put_all(&to->coord, from->coord.x, from->coord.y, from->coord.count);
    to->features += m;
    to->paths += from->paths;
    return !to->coord.failed;
}

/* The first of the far ones that is `at` or after. */
static int64_t find_far(const smap__chosen_rows *c, int64_t at) {
    int64_t low = 0, high = c->fars;
    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        if (c->far[middle] < at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static smap_status do_chunk(int worker, int64_t chunk, void *user, smap_error *err) {
    shaping *all = user;
    const smap__chosen_rows *c = all->chosen;
    shaper *s = &all->shaper[worker];
    int64_t first = chunk * CHUNK, end = first + CHUNK < c->count ? first + CHUNK : c->count;
    int64_t far = find_far(c, first);
    clear(&s->own);
    for (int64_t i = first; i < end; i++) {
        bool is_far = far < c->fars && c->far[far] == i;
        if (!is_far)
            add_feature(s, c->geometry, c->row[i], c->row[i], true);
        else if (c->moved->type[far] != SMAP_GEOM_NULL)
            add_feature(s, c->moved, far, c->row[i], false);
        far += is_far;
    }
    smap_status status = s->own.failed ? smap__fail_memory(err) : SMAP_OK;
    if (status == SMAP_OK) status = smap__turns_wait(&all->turns, chunk, NULL, err);
    if (status == SMAP_OK && !append(&all->whole, &s->own)) status = smap__fail_memory(err);
    if (status == SMAP_OK)
        smap__turns_pass(&all->turns, chunk);
    else
        smap__turns_fail(&all->turns, chunk);
    return status;
}

/* An array that is finished, cut to its length, becomes the arena's. */
static const void *hand_over(smap__arena *arena, void *array, size_t count, size_t size, bool *failed) {
    void *cut = smap__realloc(array, count ? count : 1, size);
    if (cut && smap__arena_keep(arena, cut)) return cut;
    smap__free(cut ? cut : array);
    *failed = true;
    return NULL;
}

/* Nothing of `s` is left to be released but what follows a failure. */
static bool finish(shapes *s, smap__arena *arena, smap__drawn *drawn) {
    size_t n = s->features, paths = s->paths, coords = s->coord.count;
    bool failed = false;
    if (!grow_features(s, n + 1) || !grow_paths(s, paths + 1)) return false;
    s->path[n] = (uint32_t)paths;
    s->begin[paths] = (uint32_t)coords;
    shapes done = *s;
    *s = (shapes){ 0 };
    drawn->features = (int64_t)n;
    drawn->on = hand_over(arena, done.on, n, sizeof *done.on, &failed);
    drawn->row = hand_over(arena, done.row, n, sizeof *done.row, &failed);
    drawn->edge = hand_over(arena, done.edge, n, sizeof *done.edge, &failed);
    drawn->anchor_x = hand_over(arena, done.anchor_x, n, sizeof *done.anchor_x, &failed);
    drawn->anchor_y = hand_over(arena, done.anchor_y, n, sizeof *done.anchor_y, &failed);
    drawn->path_begin = hand_over(arena, done.path, n + 1, sizeof *done.path, &failed);
    drawn->path_kind = hand_over(arena, done.kind, paths, sizeof *done.kind, &failed);
    drawn->coord_begin = hand_over(arena, done.begin, paths + 1, sizeof *done.begin, &failed);
    drawn->x = hand_over(arena, done.coord.x, coords, sizeof(double), &failed);
    drawn->y = hand_over(arena, done.coord.y, coords, sizeof(double), &failed);
    return !failed;
}

/* Rules that put something on the anchor of a form: labels, and marks on lines and areas. */
static uint64_t anchored_rules(const smap__style *style, int form) {
    uint64_t rules = 0;
    for (int r = 0; r < style->rules; r++)
        for (int i = 0; i < style->rule[r].symbolizers; i++) {
            const smap__symbolizer *s = &style->rule[r].symbolizer[i];
            bool marks = s->kind == SMAP__SYM_POINT && smap__symbolizer_serves(&style->rule[r], s, form);
            if (s->kind == SMAP__SYM_TEXT || marks) rules |= UINT64_C(1) << r;
        }
    return rules;
}

/* What lies so far outside of the frame may have a line inside of it. */
static double farthest_aside_mm(const smap__style *style) {
    double most = 0;
    for (int r = 0; r < style->rules; r++)
        for (int i = 0; i < style->rule[r].symbolizers; i++)
            most = fmax(most, fabs(style->rule[r].symbolizer[i].aside_px));
    return most * SMAP__SLD_PIXEL_MM;
}

static void release_shaper(shaper *s) {
    smap__outline *outline[] = { &s->page, &s->ring, &s->scratch, &s->exact };
    for (size_t i = 0; i < sizeof outline / sizeof *outline; i++) smap__outline_release(outline[i]);
    smap__free(s->exact_begin);
    release_shapes(&s->own);
}

smap_status smap__view_shapes(smap_ctx *ctx, smap__arena *arena, const smap__chosen_rows *chosen, smap__drawn *drawn,
                              smap_error *err) {
    int workers = smap_ctx_threads(ctx);
    int64_t chunks = (chosen->count + CHUNK - 1) / CHUNK;
    shaping all = { .chosen = chosen, .shaper = smap__zalloc((size_t)workers, sizeof *all.shaper) };
    smap__rect_mm at = chosen->view->at;
    double m = chosen->options->margin_mm + farthest_aside_mm(chosen->style);
    if (!all.shaper) return smap__fail_memory(err);
    for (int i = 0; i < workers; i++) {
        shaper *s = &all.shaper[i];
        s->chosen = chosen;
        s->at = at;
        s->wide = (smap__rect_mm){ at.x - m, at.y - m, at.w + 2 * m, at.h + 2 * m };
        for (int form = 0; form < 3; form++) s->anchored[form] = anchored_rules(chosen->style, form);
    }
    smap__turns_init(&all.turns, chunks);
    smap_status status = smap__parallel(ctx, chunks, do_chunk, &all, err);
    smap__turns_release(&all.turns);
    for (int i = 0; i < workers; i++) release_shaper(&all.shaper[i]);
    smap__free(all.shaper);
    if (status == SMAP_OK && !finish(&all.whole, arena, drawn)) status = smap__fail_memory(err);
    release_shapes(&all.whole);
    return status;
}
