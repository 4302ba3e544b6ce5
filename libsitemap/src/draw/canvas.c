#include "draw/canvas.h"

#include <math.h>
#include <pthread.h>

#include "base/ctx.h"
#include "draw/glyph_runs.h"
#include "draw/stroke_trace.h"

static const double TURN = 6.283185307179586;

void smap__canvas_colour(smap__canvas *c, smap__colour k) {
    cairo_set_source_rgba(c->cr, k.r / 255.0, k.g / 255.0, k.b / 255.0, k.opacity);
}

void smap__canvas_rect(smap__canvas *c, smap__rect_mm r) {
    cairo_rectangle(c->cr, r.x, r.y, r.w, r.h);
}

/* Text is laid out in pixels: the matrix is set to a plain shift (and turn), so that glyphs are drawn at exactly the
 * size they were shaped for. */
void smap__canvas_limit(smap__canvas *c, smap__rect_mm limit) {
    c->limit = limit;
    if (c->brush) smap__brush_limit(c->brush, limit);
}

/* Layouts whose glyphs are not kept are set by one thread at a time. */
static void set_layout(cairo_t *cr, PangoLayout *layout, void (*pango)(cairo_t *, PangoLayout *),
                       void (*kept)(cairo_t *, const smap__glyphs *)) {
    static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;
    const smap__glyphs *glyphs = smap__glyphs_of(layout);
    if (glyphs) {
        kept(cr, glyphs);
        return;
    }
    pthread_mutex_lock(&one_at_a_time);
    pango(cr, layout);
    pthread_mutex_unlock(&one_at_a_time);
}

static void half_size(PangoLayout *layout, double *w, double *h) {
    const smap__glyphs *glyphs = smap__glyphs_of(layout);
    PangoRectangle logical = { 0 };
    if (!glyphs) pango_layout_get_extents(layout, NULL, &logical);
    *w = (glyphs ? glyphs->full_w : (double)logical.width / PANGO_SCALE) / 2;
    *h = (glyphs ? glyphs->full_h : (double)logical.height / PANGO_SCALE) / 2;
}

/* Cairo puts glyphs on whole pixels: at an exact fraction that does not hang on where the band begins. */
static double snapped(double px) {
    return round(px * 256) / 256;
}

/* May the text show in the canvas's rows? A turned one is taken as the circle about its box. */
static bool is_in_rows(const smap__canvas *c, PangoLayout *layout, double y, double angle_deg, const smap__ink *ink) {
    const smap__glyphs *g = smap__glyphs_of(layout);
    if (!g || c->rows == 0) return true;
    double top = y * c->px_per_mm - c->band_px, around = fmax(0, ink->halo_mm) * c->px_per_mm + 2;
    if (angle_deg != 0) around += hypot(g->x + g->w, g->y + g->h) + hypot(g->w, g->h);
    return top + g->y - around < c->rows && top + g->y + g->h + around > 0;
}

void smap__canvas_text(smap__canvas *c, PangoLayout *layout, double x, double y, double angle_deg,
                       const smap__ink *ink) {
    if (!is_in_rows(c, layout, y, angle_deg, ink)) return;
    cairo_save(c->cr);
    cairo_identity_matrix(c->cr);
    cairo_translate(c->cr, snapped(x * c->px_per_mm), snapped(y * c->px_per_mm) - c->band_px);
    if (angle_deg != 0) {
        double half_w, half_h;
        half_size(layout, &half_w, &half_h);
        cairo_translate(c->cr, half_w, half_h);
        cairo_rotate(c->cr, angle_deg * TURN / 360);
        cairo_translate(c->cr, -half_w, -half_h);
    }
    if (ink->halo_mm > 0) {
        cairo_move_to(c->cr, 0, 0);
        set_layout(c->cr, layout, pango_cairo_layout_path, smap__glyphs_path);
        smap__canvas_colour(c, ink->halo);
        cairo_set_line_join(c->cr, CAIRO_LINE_JOIN_ROUND);
        cairo_set_line_width(c->cr, 2 * ink->halo_mm * c->px_per_mm);
        cairo_stroke(c->cr);
    }
    cairo_move_to(c->cr, 0, 0);
    smap__canvas_colour(c, ink->colour);
    set_layout(c->cr, layout, pango_cairo_show_layout, smap__glyphs_show);
    cairo_restore(c->cr);
}

/* ---- fills and strokes ------------------------------------------------------------------------------------------- */

static void set_stroke(smap__canvas *c, const smap__stroke *s) {
    static const cairo_line_cap_t cap[] = { CAIRO_LINE_CAP_BUTT, CAIRO_LINE_CAP_ROUND, CAIRO_LINE_CAP_SQUARE };
    static const cairo_line_join_t join[] = { CAIRO_LINE_JOIN_MITER, CAIRO_LINE_JOIN_ROUND, CAIRO_LINE_JOIN_BEVEL };
    double dash[8];
    for (int i = 0; i < s->dashes; i++) dash[i] = s->dash_px[i] * SMAP__SLD_PIXEL_MM;
    smap__canvas_colour(c, s->colour);
    cairo_set_line_width(c->cr, s->width_px * SMAP__SLD_PIXEL_MM);
    cairo_set_dash(c->cr, dash, s->dashes, 0);
    cairo_set_line_cap(c->cr, cap[s->cap]);
    cairo_set_line_join(c->cr, join[s->join]);
}

/* Slanted lines at a spacing across a box, through a lattice that is fixed to the page, so that neighbours match. `dir`
 * 1 falls to the right, -1 rises. */
static void slant(cairo_t *cr, double spacing, int dir, const double box[4]) {
    double step = spacing * 1.4142135623730951, h = box[3] - box[1];
    double low = dir > 0 ? box[0] - box[3] : box[0] + box[1], high = low + (box[2] - box[0]) + h;
    for (double k = floor(low / step) * step; k <= high; k += step) {
        cairo_move_to(cr, dir > 0 ? k + box[1] : k - box[1], box[1]);
        cairo_line_to(cr, dir > 0 ? k + box[3] : k - box[3], box[3]);
    }
}

static void level(cairo_t *cr, double spacing, bool upright, const double box[4]) {
    int a = upright ? 0 : 1;
    for (double k = floor(box[a] / spacing) * spacing; k <= box[a + 2]; k += spacing) {
        cairo_move_to(cr, upright ? k : box[0], upright ? box[1] : k);
        cairo_line_to(cr, upright ? k : box[2], upright ? box[3] : k);
    }
}

/* A mark in the middle of each cell of a lattice that is fixed to the page. */
static void lattice(smap__canvas *c, const smap__symbolizer *mark, double spacing, const double box[4]) {
    for (double i = floor(box[0] / spacing); i * spacing <= box[2]; i++)
        for (double j = floor(box[1] / spacing); j * spacing <= box[3]; j++)
            smap__canvas_mark(c, mark, (i + 0.5) * spacing, (j + 0.5) * spacing, 0);
}

static void hatch(smap__canvas *c, const smap__fill *fill) {
    double path[4], box[4], spacing = fmax(fill->hatch_size_px * SMAP__SLD_PIXEL_MM, 0.2);
    cairo_fill_extents(c->cr, &path[0], &path[1], &path[2], &path[3]);
    double seen[4] = { c->limit.x, c->limit.y, c->limit.x + c->limit.w, c->limit.y + c->limit.h };
    for (int i = 0; i < 4; i++) box[i] = i < 2 ? fmax(path[i], seen[i]) : fmin(path[i], seen[i]);
    if (box[0] >= box[2] || box[1] >= box[3]) return;
    cairo_path_t *outline = cairo_copy_path(c->cr);
    cairo_save(c->cr);
    cairo_clip(c->cr);
    int h = fill->hatch;
    if (h == SMAP__HATCH_SLASH || h == SMAP__HATCH_TIMES) slant(c->cr, spacing, -1, box);
    if (h == SMAP__HATCH_BACKSLASH || h == SMAP__HATCH_TIMES) slant(c->cr, spacing, 1, box);
    if (h == SMAP__HATCH_HORIZONTAL) level(c->cr, spacing, false, box);
    if (h == SMAP__HATCH_VERTICAL) level(c->cr, spacing, true, box);
    if (h == SMAP__HATCH_MARKS) {
        lattice(c, fill->hatch_mark, spacing, box);
    } else {
        set_stroke(c, &fill->hatch_stroke);
        cairo_stroke(c->cr);
    }
    cairo_restore(c->cr);
    cairo_new_path(c->cr);
    cairo_append_path(c->cr, outline);
    cairo_path_destroy(outline);
}

void smap__canvas_polygon(smap__canvas *c, const smap__symbolizer *s) {
    cairo_set_fill_rule(c->cr, CAIRO_FILL_RULE_EVEN_ODD);
    if (s->fill.on && s->fill.hatch == SMAP__HATCH_NONE) {
        smap__canvas_colour(c, s->fill.colour);
        cairo_fill_preserve(c->cr);
    } else if (s->fill.on) {
        hatch(c, &s->fill);
    }
    smap__canvas_line(c, s);
}

void smap__canvas_line(smap__canvas *c, const smap__symbolizer *s) {
    if (s->stroke.on) {
        set_stroke(c, &s->stroke);
        cairo_stroke_preserve(c->cr);
    }
    cairo_new_path(c->cr);
}

/* ---- marks ------------------------------------------------------------------------------------------------------- */

static void mark_path(cairo_t *cr, int mark) {
    smap__mark_outline shape = smap__mark_shape(mark);
    if (shape.points == 0) cairo_arc(cr, 0, 0, 1, 0, TURN);
    for (int i = 0; i < shape.points; i++) {
        if (!shape.closed && i % 2 == 0)
            cairo_move_to(cr, shape.point[i].x, shape.point[i].y);
        else
            cairo_line_to(cr, shape.point[i].x, shape.point[i].y);
    }
    if (shape.closed || shape.points == 0) cairo_close_path(cr);
}

void smap__canvas_mark(smap__canvas *c, const smap__symbolizer *s, double x, double y, double most_mm) {
    double size = s->size_px * SMAP__SLD_PIXEL_MM;
    if (most_mm > 0) size = fmin(size, most_mm);
    cairo_new_path(c->cr);
    cairo_save(c->cr);
    cairo_translate(c->cr, x + s->offset_x_px * SMAP__SLD_PIXEL_MM, y - s->offset_y_px * SMAP__SLD_PIXEL_MM);
    if (s->svg) {
        smap__svg_marks_paint(c->symbols, c->cr, s, size);
        cairo_restore(c->cr);
        return;
    }
    cairo_rotate(c->cr, s->rotation_deg * TURN / 360);
    cairo_scale(c->cr, size / 2, size / 2);
    cairo_translate(c->cr, 1 - 2 * s->anchor_x, 2 * s->anchor_y - 1);
    mark_path(c->cr, s->mark);
    cairo_restore(c->cr);
    smap__canvas_polygon(c, s);
}

/* ---- layers ------------------------------------------------------------------------------------------------------ */

static void put_path(cairo_t *cr, const smap__drawn *d, uint32_t path) {
    uint32_t begin = d->coord_begin[path], end = d->coord_begin[path + 1];
    cairo_new_sub_path(cr);
    for (uint32_t i = begin; i < end; i++) cairo_line_to(cr, d->x[i], d->y[i]);
    if (d->path_kind[path] >= SMAP__PATH_SHELL) cairo_close_path(cr);
}

static bool by_brush(const smap__canvas *c, const smap__symbolizer *s) {
    return c->brush && smap__brush_takes(s);
}

static void begin_cairo(const smap__canvas *c) {
    if (c->brush) smap__brush_rest(c->brush);
}

/* The strokes of paths [first, end) that do not simply run on them. */
static void trace_paths(smap__canvas *c, const smap__drawn *d, uint32_t first, uint32_t end,
                        const smap__symbolizer *s) {
    for (uint32_t p = first; p < end; p++) {
        uint32_t at = d->coord_begin[p];
        if (d->path_kind[p] != SMAP__PATH_POINT)
            smap__canvas_trace(c, s, d->x + at, d->y + at, d->coord_begin[p + 1] - at, d->path_kind[p], 0);
    }
}

static void paint_areas(smap__canvas *c, const smap__drawn *d, int64_t f, const smap__symbolizer *own) {
    bool traced = smap__stroke_is_traced(own);
    smap__symbolizer fill = *own;
    if (traced) fill.stroke = (smap__stroke){ .on = false };
    const smap__symbolizer *s = traced ? &fill : own;
    for (uint32_t p = d->path_begin[f]; p < d->path_begin[f + 1];) {
        if (d->path_kind[p] != SMAP__PATH_SHELL) {
            p++;
            continue;
        }
        uint32_t shell = p++;
        while (p < d->path_begin[f + 1] && d->path_kind[p] == SMAP__PATH_HOLE) p++;
        if (by_brush(c, s) && smap__brush_area(c->brush, d, shell, p, s)) continue;
        begin_cairo(c);
        while (shell < p) put_path(c->cr, d, shell++);
        smap__canvas_polygon(c, s);
    }
    if (traced) trace_paths(c, d, d->path_begin[f], d->path_begin[f + 1], own);
}

void smap__canvas_put_paths(smap__canvas *c, const smap__drawn *d, uint32_t first, uint32_t end,
                            const smap__symbolizer *s) {
    if (by_brush(c, s) && smap__brush_lines(c->brush, d, first, end, s)) return;
    begin_cairo(c);
    for (uint32_t p = first; p < end; p++)
        if (d->path_kind[p] != SMAP__PATH_POINT) put_path(c->cr, d, p);
    smap__canvas_line(c, s);
}

static void paint_lines(smap__canvas *c, const smap__drawn *d, int64_t f, const smap__symbolizer *s) {
    if (smap__stroke_is_traced(s))
        trace_paths(c, d, d->path_begin[f], d->path_begin[f + 1], s);
    else
        smap__canvas_put_paths(c, d, d->path_begin[f], d->path_begin[f + 1], s);
}

void smap__canvas_put_mark(smap__canvas *c, const smap__symbolizer *s, double x, double y, double most_mm) {
    if (most_mm <= 0 && by_brush(c, s) && smap__brush_mark(c->brush, x, y, s)) return;
    begin_cairo(c);
    smap__canvas_mark(c, s, x, y, most_mm);
}

static void paint_marks(smap__canvas *c, const smap__drawn *d, int64_t f, const smap__symbolizer *s, bool anchored) {
    for (uint32_t p = d->path_begin[f]; p < d->path_begin[f + 1]; p++) {
        if (d->path_kind[p] != SMAP__PATH_POINT) continue;
        uint32_t at = d->coord_begin[p];
        smap__canvas_put_mark(c, s, d->x[at], d->y[at], 0);
        anchored = false;
    }
    if (anchored) smap__canvas_put_mark(c, s, d->anchor_x[f], d->anchor_y[f], 0);
}

static void paint_symbolizer(smap__canvas *c, const smap__drawn *d, int64_t f, const smap__rule *rule,
                             const smap__symbolizer *s) {
    int form = smap__form_of_path(d->path_kind[d->path_begin[f]]);
    if (s->kind == SMAP__SYM_POLYGON)
        paint_areas(c, d, f, s);
    else if (s->kind == SMAP__SYM_LINE)
        paint_lines(c, d, f, s);
    else if (s->kind == SMAP__SYM_POINT)
        paint_marks(c, d, f, s, form != SMAP__FORM_POINT && smap__symbolizer_serves(rule, s, form));
}

static bool is_cancelled(smap__canvas *c) {
    enum { POLL_FEATURES = 1024 };
    if (c->ctx && !c->cancelled && ++c->painted % POLL_FEATURES == 0)
        c->cancelled = smap__poll(c->ctx, c->err) != SMAP_OK;
    return c->cancelled;
}

/* The features of a form that the rule draws: symbolizers from `first` up to `end` of each. */
static void paint_rule(smap__canvas *c, const smap__drawn *d, smap__features features, int r, int form, int first,
                       int end) {
    const smap__rule *rule = &d->style->rule[r];
    if (end > rule->symbolizers) end = rule->symbolizers;
    for (int64_t k = 0; k < features.count && !is_cancelled(c); k++) {
        int64_t f = features.list ? features.list[k] : k;
        if (!((d->on[f] >> r) & 1) || smap__form_of_path(d->path_kind[d->path_begin[f]]) != form) continue;
        for (int i = first; i < end; i++) paint_symbolizer(c, d, f, rule, &rule->symbolizer[i]);
    }
}

/* Rules in the style's painting order; lines symbolizer by symbolizer, so that all casings lie under all cores. */
static void paint_form(smap__canvas *c, const smap__drawn *d, smap__features features, int form) {
    int most = 0;
    for (int r = 0; r < d->style->rules; r++)
        if (d->style->rule[r].symbolizers > most) most = d->style->rule[r].symbolizers;
    int step = form == SMAP__FORM_LINE ? 1 : most;
    for (int i = 0; i < most; i += step)
        for (int k = 0; k < d->style->rules; k++) paint_rule(c, d, features, d->style->paint[k], form, i, i + step);
}

void smap__canvas_layer(smap__canvas *c, const smap__drawn *d, smap__features features) {
    for (int form = SMAP__FORM_AREA; form >= SMAP__FORM_POINT; form--) paint_form(c, d, features, form);
    begin_cairo(c);
}

static bool is_grey(smap__colour k) {
    return k.r == k.g && k.g == k.b;
}

/* White fills are rims under marks; black, grey and white strokes are rims too. They stay. */
static smap__symbolizer neutral_of(const smap__symbolizer *symbolizer, smap__colour colour) {
    smap__symbolizer s = *symbolizer;
    bool strokes_alone = s.kind == SMAP__SYM_POINT && (s.mark == SMAP__MARK_CROSS || s.mark == SMAP__MARK_X);
    if (s.fill.hatch != SMAP__HATCH_NONE || !is_grey(s.fill.colour) || s.fill.colour.r < 255) s.fill.colour = colour;
    s.fill.hatch = SMAP__HATCH_NONE;
    s.fill.on = s.fill.on || strokes_alone;
    if (!is_grey(s.stroke.colour)) s.stroke.colour = colour;
    s.stroke.on = s.stroke.on && !strokes_alone;
    s.stroke.dashes = 0;
    s.mark = SMAP__MARK_SQUARE;
    if (s.svg) s.fill = (smap__fill){ .on = true, .colour = colour };
    s.svg = NULL;
    return s;
}

/* Where the first mark of a row stands that is to have its middle in the middle of a line. */
static double middle_first(const smap__stroke *stroke, double length_px) {
    double room = stroke->graphic ? length_px - stroke->graphic->size_px : 0;
    return (length_px - floor(fmax(0, room) / fmax(stroke->step_px, 1)) * stroke->step_px) / 2;
}

/* A line across the box, or an area that fills it: smaller where its outline runs outside of it. */
static void swatch_outline(smap__canvas *c, const smap__symbolizer *s, int form, smap__rect_mm box) {
    double out = fmax(0, s->aside_px * SMAP__SLD_PIXEL_MM), middle = box.y + box.h / 2;
    bool area = form == SMAP__FORM_AREA;
    smap__rect_mm r = { box.x + out, box.y + out, box.w - 2 * out, box.h - 2 * out };
    if (out == 0 || r.w <= 0 || r.h <= 0) r = box;
    const double x[] = { r.x, r.x + r.w, r.x + r.w, r.x, r.x }, y[] = { r.y, r.y, r.y + r.h, r.y + r.h, r.y },
                 level[] = { middle, middle };
    cairo_new_path(c->cr);
    if (area)
        smap__canvas_rect(c, r);
    else
        cairo_move_to(c->cr, box.x, middle), cairo_line_to(c->cr, box.x + box.w, middle);
    smap__symbolizer plain = *s;
    if (smap__stroke_is_traced(s)) plain.stroke = (smap__stroke){ .on = false };
    if (s->kind == SMAP__SYM_POLYGON)
        smap__canvas_polygon(c, &plain);
    else
        smap__canvas_line(c, &plain);
    smap__symbolizer traced = *s;
    if (!area) traced.stroke.first_px = middle_first(&s->stroke, box.w / SMAP__SLD_PIXEL_MM);
    if (smap__stroke_is_traced(s))
        smap__canvas_trace(c, &traced, x, area ? y : level, area ? 5 : 2, area ? SMAP__PATH_SHELL : SMAP__PATH_LINE,
                           box.h);
}

void smap__canvas_swatch(smap__canvas *c, const smap__rule *rule, int form, const smap__colour *neutral,
                         smap__rect_mm box) {
    cairo_save(c->cr);
    for (int i = 0; i < rule->symbolizers; i++) {
        const smap__symbolizer *own = &rule->symbolizer[i];
        smap__symbolizer common = neutral ? neutral_of(own, *neutral) : *own;
        const smap__symbolizer *s = &common;
        if (!smap__symbolizer_serves(rule, own, form)) continue;
        if (s->kind == SMAP__SYM_POINT)
            smap__canvas_mark(c, s, box.x + box.w / 2, box.y + box.h / 2, box.h);
        else
            swatch_outline(c, s, form, box);
    }
    cairo_restore(c->cr);
}
