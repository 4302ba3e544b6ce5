/* A picture as the pixels of a map show it: where each of them lies in the picture is found exactly on a lattice and
 * between its nodes by lines, which is off by less than a twentieth of a pixel on maps of cities and of continents. */
#include <math.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "io/picture_part.h"

enum {
    SPACING = 32,            /* of the lattice, in pixels of the map */
    WINDOW_PIXELS = 1 << 19, /* of a picture's window, which are held in memory */
    MOST_SHRINK = 255,       /* see take_means */
    MANY_PIXELS = 200000000  /* read for one map: worth a word */
};

struct smap__picture_view {
    smap_ctx *ctx;
    const smap__picture *picture;
    smap__picture **copy; /* of each worker, from its first read on */
    smap__picture_window *window;
    int width, height, across, down; /* pixels; nodes */
    double *u, *v;                   /* [down][across], in pixels of the shrunk level; NAN: nowhere */
    int level, shrink;
    double reach_x, reach_y;
    double level_width, level_height; /* shrunk */
};

/* ---- making ----------------------------------------------------------------------------------------------------- */

static smap_status place_nodes(smap__picture_view *view, const smap__picture_frame *f, smap_error *err) {
    view->across = (f->width - 1) / SPACING + 2;
    view->down = (f->height - 1) / SPACING + 2;
    int64_t n = (int64_t)view->across * view->down;
    view->u = smap__alloc((size_t)n * sizeof *view->u);
    view->v = smap__alloc((size_t)n * sizeof *view->v);
    if (!view->u || !view->v) return smap__fail_memory(err);
    for (int64_t i = 0; i < n; i++) {
        view->u[i] = f->x + (double)(i % view->across) * SPACING * f->step;
        view->v[i] = f->y - (double)(i / view->across) * SPACING * f->step;
    }
    return smap__picture_locate(view->ctx, view->picture, f->crs, view->u, view->v, n, err);
}

/* Pixels of the picture to one of the map, in the middle of it, or else in the first cell that lies somewhere. */
static void measure(smap__picture_view *view) {
    int cells = (view->across - 1) * (view->down - 1), middle = cells / 2 + (view->across - 1) / 2;
    view->reach_x = view->reach_y = 1;
    for (int i = 0; i < cells; i++) {
        int cell = (middle + i) % cells, at = cell / (view->across - 1) * view->across + cell % (view->across - 1);
        double ux = view->u[at + 1] - view->u[at], uy = view->u[at + view->across] - view->u[at];
        double vx = view->v[at + 1] - view->v[at], vy = view->v[at + view->across] - view->v[at];
        if (!isfinite(ux + uy + vx + vy)) continue;
        view->reach_x = hypot(ux, uy) / SPACING;
        view->reach_y = hypot(vx, vy) / SPACING;
        return;
    }
}

/* The coarsest level that is as fine as the map, and by how much it is shrunk before it is sampled. */
static void choose_level(smap__picture_view *view) {
    static const double slack = 0.999;
    const smap__picture *p = view->picture;
    double reach = fmin(view->reach_x, view->reach_y), fx = 1, fy = 1;
    for (int i = 1; i < p->info.levels; i++) {
        double x = (double)p->info.width / (double)p->level[i].width,
               y = (double)p->info.height / (double)p->level[i].height;
        if (reach / fmax(x, y) < slack) break;
        view->level = i;
        fx = x;
        fy = y;
    }
    reach = fmin(view->reach_x / fx, view->reach_y / fy);
    view->shrink = p->info.exact ? 1 : (int)fmin(fmax(floor(reach / 2), 1), MOST_SHRINK);
    fx *= view->shrink;
    fy *= view->shrink;
    view->reach_x = fmax(view->reach_x / fx, 1);
    view->reach_y = fmax(view->reach_y / fy, 1);
    view->level_width = ceil((double)p->level[view->level].width / view->shrink);
    view->level_height = ceil((double)p->level[view->level].height / view->shrink);
    for (int64_t i = 0; i < (int64_t)view->across * view->down; i++) {
        view->u[i] /= fx;
        view->v[i] /= fy;
    }
}

/* A picture that has no smaller copies of itself is read at full size, however little of it is seen. */
static void tell_of_size(const smap__picture_view *view) {
    double n = (double)view->width * view->height * view->reach_x * view->reach_y * view->shrink * view->shrink;
    if (view->picture->info.levels > 1 || n < MANY_PIXELS) return;
    smap__log(view->ctx, SMAP_LOG_WARNING,
              "%s: has no overviews, so that up to %.0f million pixels are read for this map; gdaladdo makes them",
              view->picture->spec.shown, n / 1e6);
}

smap_status smap__picture_view_new(smap_ctx *ctx, const smap__picture *picture, const smap__picture_frame *frame,
                                   smap__picture_view **out, smap_error *err) {
    smap__picture_view *view = smap__zalloc(1, sizeof *view);
    if (!view) return smap__fail_memory(err);
    size_t workers = (size_t)smap_ctx_threads(ctx);
    view->ctx = ctx;
    view->picture = picture;
    view->width = frame->width;
    view->height = frame->height;
    view->copy = smap__zalloc(workers, sizeof *view->copy);
    view->window = smap__zalloc(workers, sizeof *view->window);
    smap_status status = view->copy && view->window ? place_nodes(view, frame, err) : smap__fail_memory(err);
    if (status != SMAP_OK) {
        smap__picture_view_free(view);
        return status;
    }
    measure(view);
    choose_level(view);
    tell_of_size(view);
    *out = view;
    return SMAP_OK;
}

void smap__picture_view_free(smap__picture_view *view) {
    if (!view) return;
    for (int i = 0; i < smap_ctx_threads(view->ctx); i++) {
        if (view->copy) smap__picture_close(view->copy[i]);
        if (view->window) smap__picture_window_release(&view->window[i]);
    }
    smap__free(view->copy);
    smap__free(view->window);
    smap__free(view->u);
    smap__free(view->v);
    smap__free(view);
}

/* ---- reading ---------------------------------------------------------------------------------------------------- */

typedef struct piece {
    int x, y, w, h; /* of the map's pixels */
} piece;

/* Where a point of the map is on the level, between the four nodes around it. */
static void place_at(const smap__picture_view *view, double x, double y, int cell_x, int cell_y, double *a, double *b) {
    int at = cell_y * view->across + cell_x;
    double s = x / SPACING - cell_x, t = y / SPACING - cell_y;
    const double *u = view->u + at, *v = view->v + at;
    *a = (1 - t) * ((1 - s) * u[0] + s * u[1]) + t * ((1 - s) * u[view->across] + s * u[view->across + 1]);
    *b = (1 - t) * ((1 - s) * v[0] + s * v[1]) + t * ((1 - s) * v[view->across] + s * v[view->across + 1]);
}

/* The part of the level that the piece may touch; false: none. What lies between four nodes is widest at the corners
 * of the piece's share of their cell. */
static bool window_of(const smap__picture_view *view, piece p, smap__picture_window *w) {
    double left = INFINITY, top = INFINITY, right = -INFINITY, bottom = -INFINITY;
    for (int j = p.y / SPACING; j <= (p.y + p.h - 1) / SPACING; j++)
        for (int i = p.x / SPACING; i <= (p.x + p.w - 1) / SPACING; i++)
            for (int corner = 0; corner < 4; corner++) {
                double x = corner % 2 ? fmin(p.x + p.w, (i + 1) * SPACING) : fmax(p.x, i * SPACING), u, v;
                double y = corner / 2 ? fmin(p.y + p.h, (j + 1) * SPACING) : fmax(p.y, j * SPACING);
                place_at(view, x, y, i, j, &u, &v);
                if (!isfinite(u + v)) continue;
                left = fmin(left, u), right = fmax(right, u);
                top = fmin(top, v), bottom = fmax(bottom, v);
            }
    left = fmax(0, floor(left - view->reach_x - 1));
    top = fmax(0, floor(top - view->reach_y - 1));
    right = fmin(view->level_width, ceil(right + view->reach_x + 1));
    bottom = fmin(view->level_height, ceil(bottom + view->reach_y + 1));
    if (!(left < right && top < bottom)) return false;
    w->column = (int64_t)left;
    w->row = (int64_t)top;
    w->width = (int64_t)(right - left);
    w->height = (int64_t)(bottom - top);
    return true;
}

static uint32_t sample(const smap__picture_view *view, const smap__picture_window *w, int x, int y) {
    double a, b;
    place_at(view, x + 0.5, y + 0.5, x / SPACING, y / SPACING, &a, &b);
    bool inside = a > -view->reach_x && b > -view->reach_y && a < view->level_width + view->reach_x &&
                  b < view->level_height + view->reach_y;
    if (!inside) return 0;
    return view->picture->info.exact ? smap__picture_window_nearest(w, a, b)
                                     : smap__picture_window_at(w, a, b, view->reach_x, view->reach_y);
}

/* Pieces whose window is too large are halved: along rows first where the file is stored in rows. */
static smap_status read_piece(smap__picture_view *view, int worker, piece p, int first_row, uint32_t *pixels,
                              smap_error *err) {
    smap__picture_window *w = &view->window[worker];
    smap_status status = smap__poll(view->ctx, err);
    if (status != SMAP_OK) return status;
    bool any = window_of(view, p, w);
    bool by_rows = p.h > 1 && (view->picture->in_rows || p.h >= p.w);
    if (any && w->width * w->height > WINDOW_PIXELS && (by_rows || p.w > 1)) {
        piece one = p, two = p;
        if (by_rows)
            one.h = p.h / 2, two.y += one.h, two.h -= one.h;
        else
            one.w = p.w / 2, two.x += one.w, two.w -= one.w;
        status = read_piece(view, worker, one, first_row, pixels, err);
        return status == SMAP_OK ? read_piece(view, worker, two, first_row, pixels, err) : status;
    }
    if (any) status = smap__picture_window_read(view->copy[worker], view->level, view->shrink, w, err);
    for (int y = p.y; y < p.y + p.h && status == SMAP_OK; y++)
        for (int x = p.x; x < p.x + p.w; x++)
            pixels[(int64_t)(y - first_row) * view->width + x] = any ? sample(view, w, x, y) : 0;
    return status;
}

smap_status smap__picture_view_read(smap__picture_view *view, int worker, int row, int rows, uint32_t *pixels,
                                    smap_error *err) {
    if (!view->copy[worker]) {
        smap_status status = smap__picture_copy(view->ctx, view->picture, &view->copy[worker], err);
        if (status != SMAP_OK) return status;
    }
    return read_piece(view, worker, (piece){ 0, row, view->width, rows }, row, pixels, err);
}
