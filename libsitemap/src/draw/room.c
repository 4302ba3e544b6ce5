#include "draw/room.h"

#include <math.h>

#include "base/alloc.h"
#include "base/fail.h"

struct smap__room {
    smap__rect_mm frame;
    double cell_mm;
    int columns, rows;
    uint8_t *cell; /* bit per kind */
};

smap_status smap__room_new(smap__rect_mm frame, double cell_mm, smap__room **out, smap_error *err) {
    smap__room *room = smap__zalloc(1, sizeof *room);
    if (!room) return smap__fail_memory(err);
    room->frame = frame;
    room->cell_mm = cell_mm;
    room->columns = (int)floor(frame.w / cell_mm);
    room->rows = (int)floor(frame.h / cell_mm);
    room->cell = smap__zalloc((size_t)room->columns * (size_t)room->rows + 1, 1);
    if (!room->cell) {
        smap__free(room);
        return smap__fail_memory(err);
    }
    *out = room;
    return SMAP_OK;
}

void smap__room_free(smap__room *room) {
    if (!room) return;
    smap__free(room->cell);
    smap__free(room);
}

/* Cells [x0, x1) x [y0, y1) that a box touches. */
typedef struct cells {
    int x0, y0, x1, y1;
} cells;

static int clamp(double v, int most) {
    return v < 0 ? 0 : v > most ? most : (int)v;
}

static cells cells_of(const smap__room *room, smap__rect_mm box) {
    double x = box.x - room->frame.x, y = box.y - room->frame.y, c = room->cell_mm;
    return (cells){ clamp(floor(x / c), room->columns), clamp(floor(y / c), room->rows),
                    clamp(ceil((x + box.w) / c), room->columns), clamp(ceil((y + box.h) / c), room->rows) };
}

void smap__room_take(smap__room *room, smap__rect_mm box, int kind) {
    cells c = cells_of(room, box);
    for (int y = c.y0; y < c.y1; y++)
        for (int x = c.x0; x < c.x1; x++)
            room->cell[(size_t)y * (size_t)room->columns + (size_t)x] |= (uint8_t)(1 << kind);
}

static bool inside(const smap__room *room, smap__rect_mm box) {
    double c = room->cell_mm;
    return box.x >= room->frame.x && box.y >= room->frame.y && box.x + box.w <= room->frame.x + room->columns * c &&
           box.y + box.h <= room->frame.y + room->rows * c;
}

bool smap__room_is_free(const smap__room *room, smap__rect_mm box) {
    if (!inside(room, box)) return false;
    cells c = cells_of(room, box);
    for (int y = c.y0; y < c.y1; y++)
        for (int x = c.x0; x < c.x1; x++)
            if (room->cell[(size_t)y * (size_t)room->columns + (size_t)x] & (1 << SMAP__ROOM_HARD)) return false;
    return true;
}

double smap__room_cover(const smap__room *room, smap__rect_mm box) {
    cells c = cells_of(room, box);
    int64_t soft = 0, all = (int64_t)(c.x1 - c.x0) * (c.y1 - c.y0);
    for (int y = c.y0; y < c.y1; y++)
        for (int x = c.x0; x < c.x1; x++)
            soft += (room->cell[(size_t)y * (size_t)room->columns + (size_t)x] >> SMAP__ROOM_SOFT) & 1;
    return all > 0 ? (double)soft / (double)all : 0;
}

/* ---- places ------------------------------------------------------------------------------------------------------ */

/* Middle of the label relative to the anchor: x = sx * (away + w / 2), y = sy * (away + h / 2), y down. */
typedef struct position {
    double sx, sy;
} position;

static const position around_point[] = { { 1, -1 }, { 1, 0 },  { 1, 1 },  { -1, -1 },
                                         { -1, 0 }, { -1, 1 }, { 0, -1 }, { 0, 1 } };
static const position in_area[] = { { 0, 0 },  { 0, -0.5 }, { 0, 0.5 }, { -0.5, 0 }, { 0.5, 0 },
                                    { 0, -1 }, { 0, 1 },    { -1, 0 },  { 1, 0 } };
static const position on_line[] = { { 0, 0 }, { 0, -1 }, { 0, 1 } };

enum { CHAIN = 24 }; /* boxes that cover a slanted label, at most */

/* The boxes of a label whose middle is at (x, y). */
static int shape(const smap__wish *wish, double x, double y, smap__rect_mm *box) {
    double angle = wish->kind == SMAP__LABEL_LINE ? wish->angle_deg * 0.017453292519943295 : 0;
    double c = cos(angle), s = sin(angle);
    int n = 1;
    if (fabs(s) > 1e-6) n = (int)fmin(CHAIN, fmax(1, ceil(wish->w / wish->h)));
    double piece = wish->w / n, w = piece * fabs(c) + wish->h * fabs(s), h = piece * fabs(s) + wish->h * fabs(c);
    for (int i = 0; i < n; i++) {
        double along = (i + 0.5) * piece - wish->w / 2;
        box[i] = (smap__rect_mm){ x + along * c - w / 2, y + along * s - h / 2, w, h };
    }
    return n;
}

static bool try_place(const smap__room *room, const smap__wish *wish, double x, double y, smap__place *out) {
    smap__rect_mm box[CHAIN];
    int n = shape(wish, x, y, box);
    double cover = 0;
    for (int i = 0; i < n; i++) {
        if (!smap__room_is_free(room, box[i])) return false;
        cover += smap__room_cover(room, box[i]) / n;
    }
    *out = (smap__place){ x, y, cover };
    return true;
}

/* Corner places sit closer than the sum of both ways: the mark is round, so its corner is empty. */
static void middle_of(const smap__wish *wish, position p, double farther, double *x, double *y) {
    double sx = wish->rtl && wish->kind == SMAP__LABEL_POINT ? -p.sx : p.sx, sy = p.sy;
    if (wish->kind == SMAP__LABEL_POINT) {
        double away = wish->away + farther, reach = p.sx != 0 && p.sy != 0 ? away * 0.70710678118654752 : away;
        *x = wish->x + sx * (reach + wish->w / 2);
        *y = wish->y + sy * (reach + wish->h / 2);
        return;
    }
    if (wish->kind == SMAP__LABEL_AREA) {
        *x = wish->x + sx * wish->w;
        *y = wish->y + sy * wish->h;
        return;
    }
    double angle = wish->angle_deg * 0.017453292519943295, off = sy * (wish->away + wish->h / 2);
    *x = wish->x - sin(angle) * off;
    *y = wish->y + cos(angle) * off;
}

/* The positions of a label's kind. */
static const position *positions(int kind, size_t *count) {
    switch (kind) {
    case SMAP__LABEL_POINT:
        *count = sizeof around_point / sizeof *around_point;
        return around_point;
    case SMAP__LABEL_AREA:
        *count = sizeof in_area / sizeof *in_area;
        return in_area;
    default:
        *count = sizeof on_line / sizeof *on_line;
        return on_line;
    }
}

/* The best place at one distance: the first of those that cover least. */
static bool best_place(const smap__room *room, const smap__wish *wish, double farther, double most_cover,
                       smap__place *best) {
    size_t n;
    const position *list = positions(wish->kind, &n);
    bool found = false;
    for (size_t i = 0; i < n && (!found || best->cover > 0); i++) {
        smap__place place;
        double x, y;
        middle_of(wish, list[i], farther, &x, &y);
        if (!try_place(room, wish, x, y, &place) || place.cover > most_cover) continue;
        if (!found || place.cover < best->cover) *best = place, found = true;
    }
    return found;
}

bool smap__room_place(smap__room *room, const smap__wish *wish, double most_cover, smap__place *out) {
    static const double beside[] = { 0 };
    bool far = wish->ring && wish->kind == SMAP__LABEL_POINT;
    const double *ring = far ? wish->ring : beside;
    bool found = false;
    for (int i = 0; !found && i < (far ? wish->rings : 1); i++)
        found = best_place(room, wish, ring[i], most_cover, out);
    if (!found) return false;
    smap__rect_mm box[CHAIN];
    int boxes = shape(wish, out->x, out->y, box);
    for (int i = 0; i < boxes; i++) smap__room_take(room, box[i], SMAP__ROOM_HARD);
    return true;
}
