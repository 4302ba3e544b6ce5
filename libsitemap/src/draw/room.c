#include "draw/room.h"

#include <math.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "sheet/outline.h"

static const double RADIANS = 0.017453292519943295;

enum {
    FIELD = 64 / SMAP__ROOM_KINDS, /* bits of a kind's number in a sum */
    CHAIN = 24                     /* upright boxes that cover a turned one, at most */
};

struct smap__room {
    smap__rect_mm frame;
    double cell_mm;
    int columns, rows;
    uint8_t *cell; /* bit per kind */
    /* Summed areas (Crow 1984) with a row and a column of zeros before: of all kinds at once, each in bits of its own.
     * Sums of the whole frame may run over; the difference of four does not, for as many cells as a field can count. */
    uint64_t *sum;
};

smap_status smap__room_new(smap__rect_mm frame, double cell_mm, smap__room **out, smap_error *err) {
    smap__room *room = smap__zalloc(1, sizeof *room);
    if (!room) return smap__fail_memory(err);
    room->frame = frame;
    room->cell_mm = cell_mm;
    room->columns = (int)floor(frame.w / cell_mm);
    room->rows = (int)floor(frame.h / cell_mm);
    room->cell = smap__zalloc((size_t)room->columns * (size_t)room->rows + 1, 1);
    room->sum = smap__zalloc((size_t)(room->columns + 1) * (size_t)(room->rows + 1), sizeof *room->sum);
    if (!room->cell || !room->sum) {
        smap__room_free(room);
        return smap__fail_memory(err);
    }
    *out = room;
    return SMAP_OK;
}

void smap__room_free(smap__room *room) {
    if (!room) return;
    smap__free(room->cell);
    smap__free(room->sum);
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

void smap__room_take_stroke(smap__room *room, double ax, double ay, double bx, double by, double width_mm, int kind) {
    double half = width_mm / 2;
    smap__rect_mm f = { room->frame.x - half, room->frame.y - half, room->frame.w + width_mm,
                        room->frame.h + width_mm };
    if (!smap__clip_segment(f, &ax, &ay, &bx, &by)) return;
    int steps = (int)ceil(hypot(bx - ax, by - ay) / fmax(width_mm, room->cell_mm));
    for (int i = 0; i <= steps; i++) {
        double t = steps ? (double)i / steps : 0, x = ax + t * (bx - ax), y = ay + t * (by - ay);
        smap__room_take(room, (smap__rect_mm){ x - half, y - half, width_mm, width_mm }, kind);
    }
}

static uint64_t unit(int kind) {
    return UINT64_C(1) << (kind * FIELD);
}

void smap__room_close(smap__room *room) {
    size_t wide = (size_t)room->columns + 1;
    for (int y = 0; y < room->rows; y++) {
        const uint8_t *cell = room->cell + (size_t)y * (size_t)room->columns;
        const uint64_t *above = room->sum + (size_t)y * wide;
        uint64_t *here = room->sum + (size_t)(y + 1) * wide, row = 0;
        for (int x = 0; x < room->columns; x++) {
            for (int k = 0; cell[x] >> k; k++)
                if ((cell[x] >> k) & 1) row += unit(k);
            here[x + 1] = above[x + 1] + row;
        }
    }
}

static uint64_t sum_of(const smap__room *room, cells c) {
    size_t wide = (size_t)room->columns + 1;
    const uint64_t *top = room->sum + (size_t)c.y0 * wide, *bottom = room->sum + (size_t)c.y1 * wide;
    return bottom[c.x1] - bottom[c.x0] - top[c.x1] + top[c.x0];
}

static uint64_t count_of(uint64_t sum, int kind) {
    return (sum >> (kind * FIELD)) & ((UINT64_C(1) << FIELD) - 1);
}

static bool inside(const smap__room *room, smap__rect_mm box) {
    double c = room->cell_mm;
    return box.x >= room->frame.x && box.y >= room->frame.y && box.x + box.w <= room->frame.x + room->columns * c &&
           box.y + box.h <= room->frame.y + room->rows * c;
}

static bool look_at(const smap__room *room, smap__rect_mm box, double part, smap__cover *cover) {
    static const int most_cells = (1 << FIELD) - 1;
    if (!inside(room, box)) return false; /* nor is what is not a number */
    cells c = cells_of(room, box);
    int rows = (int)fmax(1, most_cells / fmax(c.x1 - c.x0, 1));
    double all = (double)(c.x1 - c.x0) * (c.y1 - c.y0);
    for (int y = c.y0; y < c.y1; y += rows) {
        uint64_t sum = sum_of(room, (cells){ c.x0, y, c.x1, y + rows < c.y1 ? y + rows : c.y1 });
        if (count_of(sum, SMAP__ROOM_HARD)) return false;
        cover->soft += part * (double)count_of(sum, SMAP__ROOM_SOFT) / all;
        cover->line += part * (double)count_of(sum, SMAP__ROOM_LINE) / all;
        cover->near += part * (double)count_of(sum, SMAP__ROOM_NEAR) / all;
    }
    return true;
}

bool smap__room_has_place(const smap__room *room, const smap__label_box *b, smap__cover *out) {
    smap__cover cover = { 0, 0, 0 };
    bool turned = b->angle_deg != 0;
    double c = turned ? cos(b->angle_deg * RADIANS) : 1, s = turned ? sin(b->angle_deg * RADIANS) : 0;
    int n = turned ? (int)fmin(CHAIN, fmax(1, ceil(b->w / b->h))) : 1;
    double piece = b->w / n, w = piece * fabs(c) + b->h * fabs(s), h = piece * fabs(s) + b->h * fabs(c);
    for (int i = 0; i < n; i++) {
        double along = (i + 0.5) * piece - b->w / 2;
        smap__rect_mm box = { b->x + along * c - w / 2, b->y + along * s - h / 2, w, h };
        if (!look_at(room, box, 1.0 / n, &cover)) return false;
    }
    if (out) *out = cover;
    return true;
}
