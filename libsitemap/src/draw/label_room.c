#include "draw/label_room.h"

#include "base/alloc.h"
#include "base/fail.h"
#include "base/parallel.h"

static const double INSCRIBED = 0.70710678118654752; /* the square inside a round mark of size 1 */

/* Marks stand in the way of labels: those that have labels of their own always, others when it can be helped. A mark is
 * taken as two crossed boxes, so that its empty corners stay free. */
static void take_mark(smap__room *room, double x, double y, double size, int kind) {
    double a = size / 2, b = size / 2 * INSCRIBED;
    smap__room_take(room, (smap__rect_mm){ x - a, y - b, 2 * a, 2 * b }, kind);
    smap__room_take(room, (smap__rect_mm){ x - b, y - a, 2 * b, 2 * a }, kind);
}

static void take_line(smap__room *room, const smap__drawn *d, uint32_t path, double width) {
    for (uint32_t i = d->coord_begin[path]; i + 1 < d->coord_begin[path + 1]; i++)
        smap__room_take_stroke(room, d->x[i], d->y[i], d->x[i + 1], d->y[i + 1], width, SMAP__ROOM_LINE);
}

static void take_feature(smap__room *room, const smap__drawn *d, int64_t f) {
    double size = smap__drawn_mark_mm(d, f), width = smap__drawn_stroke_mm(d, f);
    bool points = false;
    for (uint32_t p = d->path_begin[f]; p < d->path_begin[f + 1]; p++) {
        uint32_t at = d->coord_begin[p];
        if (d->path_kind[p] != SMAP__PATH_POINT) {
            if (width > 0) take_line(room, d, p, width);
            continue;
        }
        points = true;
        if (size > 0) take_mark(room, d->x[at], d->y[at], size, SMAP__ROOM_SOFT);
    }
    if (!points && size > 0) take_mark(room, d->anchor_x[f], d->anchor_y[f], size, SMAP__ROOM_SOFT);
}

/* Each worker takes what its features need in a room of its own. */
typedef struct taking {
    const smap__drawn *drawn;
    smap__room **room;
} taking;

enum { CHUNK = 16384 };

static smap_status take_chunk(int worker, int64_t chunk, void *user, smap_error *err) {
    (void)err;
    const taking *t = user;
    int64_t end = (chunk + 1) * CHUNK < t->drawn->features ? (chunk + 1) * CHUNK : t->drawn->features;
    for (int64_t f = chunk * CHUNK; f < end; f++) take_feature(t->room[worker], t->drawn, f);
    return SMAP_OK;
}

static smap_status take_features(smap_ctx *ctx, const smap__sheet *sheet, const smap__view *view, smap__room **room,
                                 smap_error *err) {
    smap_status status = SMAP_OK;
    for (int i = 0; status == SMAP_OK && i < view->drawns; i++) {
        taking t = { &view->drawn[i], room };
        if (view == &sheet->map && sheet->layer[t.drawn->layer].under_labels) continue;
        status = smap__parallel(ctx, (t.drawn->features + CHUNK - 1) / CHUNK, take_chunk, &t, err);
    }
    return status;
}

static void take_marks(const smap__view *view, double gap_mm, smap__room *room) {
    for (int64_t i = 0; i < view->labels; i++) {
        const smap__map_label *l = &view->label[i];
        if (!(l->mark_mm > 0)) continue;
        take_mark(room, l->x, l->y, l->mark_mm, SMAP__ROOM_HARD);
        take_mark(room, l->x, l->y, l->mark_mm + 4 * gap_mm, SMAP__ROOM_NEAR);
    }
}

smap_status smap__label_room_make(smap_ctx *ctx, const smap__sheet *sheet, const smap__view *view,
                                  const smap__rect_mm *obstacle, int obstacles, smap__room **out, smap_error *err) {
    int workers = smap_ctx_threads(ctx);
    smap_status status = SMAP_OK;
    smap__room **room = smap__zalloc((size_t)workers, sizeof *room);
    if (!room) return smap__fail_memory(err);
    for (int i = 0; i < workers; i++)
        SMAP_TRY(smap__room_new(view->at, sheet->look.label_cell_mm, &room[i], err), done);
    for (int i = 0; i < obstacles; i++) smap__room_take(room[0], obstacle[i], SMAP__ROOM_HARD);
    SMAP_TRY(take_features(ctx, sheet, view, room, err), done);
    take_marks(view, sheet->look.label_gap_mm, room[0]);
    for (int i = 1; i < workers; i++) smap__room_join(room[0], room[i]);
    smap__room_close(room[0]);
    *out = room[0];
    room[0] = NULL;
done:
    for (int i = 0; i < workers; i++) smap__room_free(room[i]);
    smap__free(room);
    return status;
}
