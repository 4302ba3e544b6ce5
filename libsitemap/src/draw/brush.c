#include "draw/brush.h"

#include <math.h>

#include "base/alloc.h"
#include "base/fail.h"

enum {
    CELLS = 1 << 18, /* of a window: a megabyte */
    ROWS = 1 << 10,
    POINTS = 1 << 14,
    CHORDS = 32, /* of a round mark at most */
    FINE = 4     /* cells across a pixel, where a stroke overlaps itself */
};

smap_status smap__brush_init(smap__brush *brush, smap_error *err) {
    *brush = (smap__brush){ 0 };
    smap_status status = smap__pixel_cover_init(&brush->cover, CELLS, ROWS, err);
    if (status != SMAP_OK) return status;
    brush->x = smap__alloc(POINTS * sizeof *brush->x);
    brush->y = smap__alloc(POINTS * sizeof *brush->y);
    if (brush->x && brush->y) return SMAP_OK;
    smap__brush_release(brush);
    return smap__fail_memory(err);
}

void smap__brush_release(smap__brush *brush) {
    smap__pixel_cover_release(&brush->cover);
    smap__free(brush->x);
    smap__free(brush->y);
    *brush = (smap__brush){ 0 };
}

void smap__brush_aim(smap__brush *brush, cairo_surface_t *surface, int first_row, double px_per_mm) {
    brush->surface = surface;
    brush->px_per_mm = px_per_mm;
    brush->pixels = (smap__pixels){ .data = cairo_image_surface_get_data(surface),
                                    .stride = cairo_image_surface_get_stride(surface),
                                    .first_row = first_row,
                                    .rows = cairo_image_surface_get_height(surface) };
    smap__brush_limit(brush, (smap__rect_mm){ 0, 0, HUGE_VAL, HUGE_VAL });
}

void smap__brush_limit(smap__brush *brush, smap__rect_mm limit) {
    double scale = brush->px_per_mm;
    smap__pixels *p = &brush->pixels;
    p->left = fmax(0, limit.x * scale);
    p->top = fmax(0, limit.y * scale);
    p->right = fmin(cairo_image_surface_get_width(brush->surface), (limit.x + limit.w) * scale);
    p->bottom = fmin(p->first_row + p->rows, (limit.y + limit.h) * scale);
}

static bool takes_stroke(const smap__stroke *stroke) {
    return !stroke->on || stroke->dashes == 0;
}

bool smap__brush_takes(const smap__symbolizer *s) {
    switch (s->kind) {
    case SMAP__SYM_POLYGON:
    case SMAP__SYM_POINT:
        return !s->svg && (!s->fill.on || s->fill.hatch == SMAP__HATCH_NONE) && takes_stroke(&s->stroke);
    case SMAP__SYM_LINE:
        return takes_stroke(&s->stroke);
    case SMAP__SYM_TEXT:
        break;
    }
    return false;
}

/* ---- shapes ------------------------------------------------------------------------------------------------------ */

typedef struct extent {
    double x0, y0, x1, y1; /* pixels of the page */
} extent;

static extent extent_of(const smap__brush *brush, const smap__drawn *d, uint32_t begin, uint32_t end) {
    double x0 = HUGE_VAL, y0 = HUGE_VAL, x1 = -HUGE_VAL, y1 = -HUGE_VAL, scale = brush->px_per_mm;
    for (uint32_t i = begin; i < end; i++) {
        x0 = d->x[i] < x0 ? d->x[i] : x0;
        y0 = d->y[i] < y0 ? d->y[i] : y0;
        x1 = d->x[i] > x1 ? d->x[i] : x1;
        y1 = d->y[i] > y1 ? d->y[i] : y1;
    }
    return (extent){ x0 * scale, y0 * scale, x1 * scale, y1 * scale };
}

static smap__stroke_shape shape_of(const smap__brush *brush, const smap__stroke *stroke) {
    float half = stroke->on ? (float)(stroke->width_px * SMAP__SLD_PIXEL_MM * brush->px_per_mm / 2) : 0;
    return (smap__stroke_shape){ half, stroke->cap, stroke->join };
}

static bool open_window(smap__brush *brush, extent e, double reach, int fine, bool *shows) {
    return smap__pixel_cover_open(&brush->cover, &brush->pixels, e.x0 - reach, e.y0 - reach, e.x1 + reach, e.y1 + reach,
                                  fine, shows);
}

void smap__brush_rest(smap__brush *brush) {
    if (brush->wet) cairo_surface_mark_dirty(brush->surface);
    brush->wet = false;
}

static void paint(smap__brush *brush, smap__colour k, int rule) {
    if (!brush->wet) cairo_surface_flush(brush->surface);
    brush->wet = true;
    uint32_t rgb = (uint32_t)k.r << 16 | (uint32_t)k.g << 8 | k.b;
    smap__pixel_cover_paint(&brush->cover, &brush->pixels, rgb, k.opacity, rule);
}

/* The points [begin, end) into the brush. */
static int take_points(smap__brush *brush, const smap__drawn *d, uint32_t begin, uint32_t end) {
    double scale = brush->px_per_mm, x = brush->cover.x, y = brush->cover.y;
    for (uint32_t i = begin; i < end; i++) {
        brush->x[i - begin] = (float)(d->x[i] * scale - x);
        brush->y[i - begin] = (float)(d->y[i] * scale - y);
    }
    return (int)(end - begin);
}

/* Edges of a closed ring; the last point need not be the first one again. */
static void put_edges(smap__brush *brush, int n, bool reversed) {
    const float *x = brush->x, *y = brush->y;
    for (int i = 0, before = n - 1; i < n; before = i++) {
        int a = reversed ? i : before, b = reversed ? before : i;
        smap__pixel_cover_edge(&brush->cover, x[a], y[a], x[b], y[b]);
    }
}

/* Does the ring run the other way round than `way` says? */
static bool runs_against(const smap__brush *brush, int n, int way) {
    const float *x = brush->x, *y = brush->y;
    float area = 0;
    for (int i = 0, before = n - 1; i < n; before = i++)
        area += (x[before] - x[0]) * (y[i] - y[0]) - (x[i] - x[0]) * (y[before] - y[0]);
    return (area < 0) != (way < 0);
}

static bool fits(const smap__drawn *d, uint32_t begin, uint32_t end) {
    for (uint32_t p = begin; p < end; p++)
        if (d->coord_begin[p + 1] - d->coord_begin[p] > POINTS) return false;
    return true;
}

static void put_strokes(smap__brush *brush, const smap__drawn *d, uint32_t begin, uint32_t end,
                        const smap__stroke_shape *shape) {
    for (uint32_t p = begin; p < end; p++) {
        if (d->path_kind[p] == SMAP__PATH_POINT) continue;
        int n = take_points(brush, d, d->coord_begin[p], d->coord_begin[p + 1]);
        smap__stroke_cover(&brush->cover, brush->x, brush->y, n, d->path_kind[p] >= SMAP__PATH_SHELL, shape);
    }
}

static bool are_plain(smap__brush *brush, const smap__drawn *d, uint32_t begin, uint32_t end,
                      const smap__stroke_shape *shape) {
    for (uint32_t p = begin; p < end; p++) {
        int n = take_points(brush, d, d->coord_begin[p], d->coord_begin[p + 1]);
        if (!smap__stroke_is_plain(brush->x, brush->y, n, d->path_kind[p] >= SMAP__PATH_SHELL, shape)) return false;
    }
    return true;
}

/* The window is open. */
static void paint_strokes(smap__brush *brush, const smap__drawn *d, uint32_t begin, uint32_t end, extent e,
                          const smap__stroke *stroke, const smap__stroke_shape *shape) {
    bool shows;
    if (!are_plain(brush, d, begin, end, shape)) open_window(brush, e, (double)smap__stroke_reach(shape), FINE, &shows);
    put_strokes(brush, d, begin, end, shape);
    paint(brush, stroke->colour, SMAP__COVER_NON_ZERO);
}

bool smap__brush_area(smap__brush *brush, const smap__drawn *d, uint32_t begin, uint32_t end,
                      const smap__symbolizer *s) {
    bool shows;
    extent e = extent_of(brush, d, d->coord_begin[begin], d->coord_begin[end]);
    smap__stroke_shape shape = shape_of(brush, &s->stroke);
    if (!fits(d, begin, end)) return false;
    if (!open_window(brush, e, (double)smap__stroke_reach(&shape), 1, &shows)) return !shows;
    /* Holes run the other way round than shells: then walls thinner than a pixel are right. */
    for (uint32_t p = begin; s->fill.on && p < end; p++) {
        int n = take_points(brush, d, d->coord_begin[p], d->coord_begin[p + 1]);
        put_edges(brush, n, runs_against(brush, n, d->path_kind[p] == SMAP__PATH_HOLE ? -1 : 1));
    }
    if (s->fill.on) paint(brush, s->fill.colour, SMAP__COVER_EVEN_ODD);
    if (s->stroke.on) paint_strokes(brush, d, begin, end, e, &s->stroke, &shape);
    return true;
}

bool smap__brush_lines(smap__brush *brush, const smap__drawn *d, uint32_t begin, uint32_t end,
                       const smap__symbolizer *s) {
    bool shows;
    smap__stroke_shape shape = shape_of(brush, &s->stroke);
    if (!s->stroke.on) return true;
    if (!fits(d, begin, end)) return false;
    extent e = extent_of(brush, d, d->coord_begin[begin], d->coord_begin[end]);
    if (!open_window(brush, e, (double)smap__stroke_reach(&shape), 1, &shows)) return !shows;
    paint_strokes(brush, d, begin, end, e, &s->stroke, &shape);
    return true;
}

/* ---- marks ------------------------------------------------------------------------------------------------------- */

static const double TURN = 6.283185307179586;
static const double MARK_REACH = 1.5;    /* half sizes: the corner of a square that is turned */
static const double LARGEST_CIRCLE = 40; /* pixels of radius that CHORDS are enough for */
static const double ROUNDNESS = 0.02;    /* pixels that a chord of a round mark may stand off its circle */

/* Where a mark stands: its middle in pixels of the page, half its size, its turn. */
typedef struct stand {
    double x, y, cosine, sine; /* of the turn, times half the size */
    double half;
} stand;

static stand stand_of(const smap__brush *brush, double x, double y, const smap__symbolizer *s) {
    double px = SMAP__SLD_PIXEL_MM * brush->px_per_mm, half = s->size_px * px / 2, turn = s->rotation_deg * TURN / 360;
    double c = cos(turn) * half, d = sin(turn) * half, right = 1 - 2 * s->anchor_x, down = 2 * s->anchor_y - 1;
    return (stand){ x * brush->px_per_mm + s->offset_x_px * px + right * c - down * d,
                    y * brush->px_per_mm - s->offset_y_px * px + right * d + down * c, c, d, half };
}

/* The mark's points, in pixels from the window's corner. A circle becomes a regular outline of the same area. */
static int put_mark(smap__brush *brush, const stand *at, smap__mark_outline shape) {
    double x = at->x - brush->cover.x, y = at->y - brush->cover.y, half = at->half;
    for (int i = 0; i < shape.points; i++) {
        brush->x[i] = (float)(x + shape.point[i].x * at->cosine - shape.point[i].y * at->sine);
        brush->y[i] = (float)(y + shape.point[i].x * at->sine + shape.point[i].y * at->cosine);
    }
    if (shape.points) return shape.points;
    int n = (int)fmax(8, fmin(CHORDS, ceil(TURN / 2 / acos(fmax(0, 1 - 2 * ROUNDNESS / fmax(half, 0.1))))));
    double radius = half * sqrt(TURN / n / sin(TURN / n));
    for (int i = 0; i < n; i++) {
        brush->x[i] = (float)(x + radius * cos(TURN * i / n));
        brush->y[i] = (float)(y + radius * sin(TURN * i / n));
    }
    return n;
}

static void stroke_mark(smap__brush *brush, extent e, int n, bool closed, const smap__symbolizer *s,
                        const smap__stroke_shape *shape) {
    bool shows;
    if (closed) {
        brush->x[n] = brush->x[0], brush->y[n] = brush->y[0];
        if (!smap__stroke_is_plain(brush->x, brush->y, n + 1, true, shape))
            open_window(brush, e, (double)smap__stroke_reach(shape), FINE, &shows);
        smap__stroke_cover(&brush->cover, brush->x, brush->y, n + 1, true, shape);
    }
    if (!closed) open_window(brush, e, (double)smap__stroke_reach(shape), FINE, &shows); /* the two strokes cross */
    for (int i = 0; !closed && i + 1 < n; i += 2)
        smap__stroke_cover(&brush->cover, brush->x + i, brush->y + i, 2, false, shape);
    paint(brush, s->stroke.colour, SMAP__COVER_NON_ZERO);
}

bool smap__brush_mark(smap__brush *brush, double x, double y, const smap__symbolizer *s) {
    bool shows;
    smap__mark_outline outline = smap__mark_shape(s->mark);
    smap__stroke_shape shape = shape_of(brush, &s->stroke);
    stand at = stand_of(brush, x, y, s);
    double reach = at.half * MARK_REACH;
    extent e = { at.x - reach, at.y - reach, at.x + reach, at.y + reach };
    if (outline.points == 0 && at.half > LARGEST_CIRCLE) return false;
    if (!open_window(brush, e, (double)smap__stroke_reach(&shape), 1, &shows)) return !shows;
    int n = put_mark(brush, &at, outline);
    if (s->fill.on && outline.closed) {
        put_edges(brush, n, false);
        paint(brush, s->fill.colour, SMAP__COVER_EVEN_ODD);
    }
    if (s->stroke.on) stroke_mark(brush, e, n, outline.closed, s, &shape);
    return true;
}
