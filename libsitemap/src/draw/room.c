#include "draw/room.h"

#include <math.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "geo/angle.h"
#include "sheet/outline.h"

enum {
    SIDE = 8,  /* cells of a block: as many as there are bits in a mask */
    CHAIN = 24 /* upright boxes that cover a turned one, at most */
};

/* Which cells of a block are taken, by kind: bit SIDE * row + column. */
typedef struct block {
    uint64_t taken[SMAP__ROOM_KINDS];
} block;

typedef struct counts {
    uint32_t of[SMAP__ROOM_KINDS];
} counts;

/* A bit for each cell and kind, and sums only of blocks: a twelfth of the memory that sums of all cells would need, so
 * that it stays near the processor. */
struct smap__room {
    smap__rect_mm frame;
    double cell_mm;
    int columns, rows; /* of cells */
    int wide, high;    /* of blocks */
    block *blocks;
    counts *sum; /* summed areas (Crow 1984) of the blocks, with a row and a column of zeros before */
};

smap_status smap__room_new(smap__rect_mm frame, double cell_mm, smap__room **out, smap_error *err) {
    smap__room *room = smap__zalloc(1, sizeof *room);
    if (!room) return smap__fail_memory(err);
    room->frame = frame;
    room->cell_mm = cell_mm;
    room->columns = (int)floor(frame.w / cell_mm);
    room->rows = (int)floor(frame.h / cell_mm);
    room->wide = (room->columns + SIDE - 1) / SIDE;
    room->high = (room->rows + SIDE - 1) / SIDE;
    room->blocks = smap__zalloc((size_t)room->wide * (size_t)room->high + 1, sizeof *room->blocks);
    room->sum = smap__zalloc((size_t)(room->wide + 1) * (size_t)(room->high + 1), sizeof *room->sum);
    if (!room->blocks || !room->sum) {
        smap__room_free(room);
        return smap__fail_memory(err);
    }
    *out = room;
    return SMAP_OK;
}

void smap__room_free(smap__room *room) {
    if (!room) return;
    smap__free(room->blocks);
    smap__free(room->sum);
    smap__free(room);
}

/* Cells [x0, x1) x [y0, y1) that a box touches. */
typedef struct cells {
    int x0, y0, x1, y1;
} cells;

static int floor_within(double v, int most) {
    return !(v > 0) ? 0 : v >= most ? most : (int)v;
}

static int ceil_within(double v, int most) {
    int below = floor_within(v, most);
    return below < most && below < v ? below + 1 : below;
}

static cells cells_of(const smap__room *room, smap__rect_mm box) {
    double x = box.x - room->frame.x, y = box.y - room->frame.y, c = room->cell_mm;
    return (cells){ floor_within(x / c, room->columns), floor_within(y / c, room->rows),
                    ceil_within((x + box.w) / c, room->columns), ceil_within((y + box.h) / c, room->rows) };
}

/* From and to which of the SIDE rows or columns of block `at` lie in [from, to). */
static int first_within(int at, int from) {
    return from > at * SIDE ? from - at * SIDE : 0;
}

static int end_within(int at, int to) {
    return to < (at + 1) * SIDE ? to - at * SIDE : SIDE;
}

/* Of the block in column bx, row by, one of blocks_of(c): the cells that are among `c`. */
static uint64_t mask_within(int bx, int by, cells c) {
    static const uint64_t each_row = UINT64_C(0x0101010101010101);
    uint64_t columns = (UINT64_C(1) << end_within(bx, c.x1)) - (UINT64_C(1) << first_within(bx, c.x0));
    uint64_t rows = UINT64_MAX << (SIDE * first_within(by, c.y0));
    return columns * each_row & rows & UINT64_MAX >> (SIDE * (SIDE - end_within(by, c.y1)));
}

/* The blocks that cells lie in; with no cells there are none. */
static cells blocks_of(cells c) {
    if (c.x0 >= c.x1 || c.y0 >= c.y1) return (cells){ 0, 0, 0, 0 };
    return (cells){ c.x0 / SIDE, c.y0 / SIDE, (c.x1 + SIDE - 1) / SIDE, (c.y1 + SIDE - 1) / SIDE };
}

void smap__room_take(smap__room *room, smap__rect_mm box, int kind) {
    cells c = cells_of(room, box), b = blocks_of(c);
    for (int y = b.y0; y < b.y1; y++)
        for (int x = b.x0; x < b.x1; x++)
            room->blocks[(size_t)y * (size_t)room->wide + (size_t)x].taken[kind] |= mask_within(x, y, c);
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

void smap__room_join(smap__room *room, const smap__room *other) {
    size_t blocks = (size_t)room->wide * (size_t)room->high;
    for (size_t i = 0; i < blocks; i++)
        for (int k = 0; k < SMAP__ROOM_KINDS; k++) room->blocks[i].taken[k] |= other->blocks[i].taken[k];
}

/* Pairs, then fours, then bytes of bits are summed side by side. */
static uint32_t count_bits(uint64_t v) {
    v -= (v >> 1) & UINT64_C(0x5555555555555555);
    v = (v & UINT64_C(0x3333333333333333)) + ((v >> 2) & UINT64_C(0x3333333333333333));
    v = (v + (v >> 4)) & UINT64_C(0x0f0f0f0f0f0f0f0f);
    return (uint32_t)((v * UINT64_C(0x0101010101010101)) >> 56);
}

void smap__room_close(smap__room *room) {
    size_t wide = (size_t)room->wide + 1;
    for (int y = 0; y < room->high; y++) {
        const block *at = room->blocks + (size_t)y * (size_t)room->wide;
        const counts *above = room->sum + (size_t)y * wide;
        counts *here = room->sum + (size_t)(y + 1) * wide, row = { { 0 } };
        for (int x = 0; x < room->wide; x++)
            for (int k = 0; k < SMAP__ROOM_KINDS; k++) {
                row.of[k] += count_bits(at[x].taken[k]);
                here[x + 1].of[k] = above[x + 1].of[k] + row.of[k];
            }
    }
}

/* Of whole blocks. */
static void add_blocks(const smap__room *room, cells b, counts *n) {
    size_t wide = (size_t)room->wide + 1;
    const counts *top = room->sum + (size_t)b.y0 * wide, *bottom = room->sum + (size_t)b.y1 * wide;
    for (int k = 0; k < SMAP__ROOM_KINDS; k++)
        n->of[k] += bottom[b.x1].of[k] - bottom[b.x0].of[k] - top[b.x1].of[k] + top[b.x0].of[k];
}

/* Of the cells that lie in these blocks. Not further than the first hard one. */
static void add_cells(const smap__room *room, cells c, cells b, counts *n) {
    for (int y = b.y0; y < b.y1; y++)
        for (int x = b.x0; x < b.x1; x++) {
            const block *at = &room->blocks[(size_t)y * (size_t)room->wide + (size_t)x];
            uint64_t mask = mask_within(x, y, c);
            for (int k = 0; k < SMAP__ROOM_KINDS; k++)
                if (at->taken[k] & mask) n->of[k] += count_bits(at->taken[k] & mask);
            if (n->of[SMAP__ROOM_HARD]) return;
        }
}

/* Once a cell is hard the other counts do not matter, and are not made. */
static counts count_of(const smap__room *room, cells c) {
    counts n = { { 0 } };
    cells b = blocks_of(c);
    cells whole = { (c.x0 + SIDE - 1) / SIDE, (c.y0 + SIDE - 1) / SIDE, c.x1 / SIDE, c.y1 / SIDE };
    if (whole.x0 >= whole.x1 || whole.y0 >= whole.y1) {
        add_cells(room, c, b, &n);
        return n;
    }
    const cells rim[] = { { b.x0, b.y0, b.x1, whole.y0 },
                          { b.x0, whole.y1, b.x1, b.y1 },
                          { b.x0, whole.y0, whole.x0, whole.y1 },
                          { whole.x1, whole.y0, b.x1, whole.y1 } };
    add_blocks(room, whole, &n);
    for (size_t i = 0; i < sizeof rim / sizeof *rim && !n.of[SMAP__ROOM_HARD]; i++) add_cells(room, c, rim[i], &n);
    return n;
}

static bool inside(const smap__room *room, smap__rect_mm box) {
    double c = room->cell_mm;
    return box.x >= room->frame.x && box.y >= room->frame.y && box.x + box.w <= room->frame.x + room->columns * c &&
           box.y + box.h <= room->frame.y + room->rows * c;
}

static bool look_at(const smap__room *room, smap__rect_mm box, double part, smap__cover *cover) {
    if (!inside(room, box)) return false; /* nor is what is not a number */
    cells c = cells_of(room, box);
    counts n = count_of(room, c);
    double all = (double)(c.x1 - c.x0) * (c.y1 - c.y0);
    if (n.of[SMAP__ROOM_HARD]) return false;
    if (!(all > 0)) return true; /* of nothing, nothing is covered */
    cover->soft += part * n.of[SMAP__ROOM_SOFT] / all;
    cover->line += part * n.of[SMAP__ROOM_LINE] / all;
    cover->near += part * n.of[SMAP__ROOM_NEAR] / all;
    return true;
}

bool smap__room_has_place(const smap__room *room, const smap__label_box *b, smap__cover *out) {
    smap__cover cover = { 0, 0, 0 };
    bool turned = b->angle_deg != 0;
    double angle = smap__radians(b->angle_deg), c = turned ? cos(angle) : 1, s = turned ? sin(angle) : 0;
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
