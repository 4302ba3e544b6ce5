#include "grid/cell_tree.h"

#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"

/* Every level of the pyramid takes 4 x 4 of the one below. */
enum { LEVELS = 16, FAN = 4 };

static const uint64_t FULL[SMAP__TILE] = {
#define F8 UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX
    F8, F8, F8, F8, F8, F8, F8, F8
#undef F8
};

typedef struct level {
    int64_t across, down;
    uint8_t *any; /* level 0: see `tile` */
} level;

struct smap__cell_tree {
    const smap__lattice *lattice;
    const uint64_t **tile; /* NULL: no cell; FULL: all of them */
    level level[LEVELS];
    int levels;
};

typedef struct smap__cell_node {
    double least; /* no cell of it is closer */
    int64_t across, down;
    int level;
} smap__cell_node;

smap_status smap__cell_tree_new(const smap__lattice *lattice, smap__cell_tree **out, smap_error *err) {
    smap__cell_tree *tree = smap__zalloc(1, sizeof *tree);
    if (!tree) return smap__fail_memory(err);
    tree->lattice = lattice;
    level *l = &tree->level[0];
    l->across = (lattice->width - 1) / SMAP__TILE + 1;
    l->down = (lattice->height - 1) / SMAP__TILE + 1;
    tree->tile = smap__zalloc((size_t)l->across * (size_t)l->down, sizeof *tree->tile);
    if (!tree->tile) {
        smap__free(tree);
        return smap__fail_memory(err);
    }
    *out = tree;
    return SMAP_OK;
}

void smap__cell_tree_free(smap__cell_tree *tree) {
    if (!tree) return;
    int64_t tiles = tree->level[0].across * tree->level[0].down;
    for (int64_t k = 0; k < tiles; k++)
        if (tree->tile[k] != FULL) smap__free((void *)(uintptr_t)tree->tile[k]);
    for (int k = 1; k < tree->levels; k++) smap__free(tree->level[k].any);
    smap__free(tree->tile);
    smap__free(tree);
}

smap_status smap__cell_tree_put(smap__cell_tree *tree, int64_t across, int64_t down, const uint64_t bits[SMAP__TILE],
                                smap_error *err) {
    uint64_t any = 0, all = UINT64_MAX;
    for (int r = 0; r < SMAP__TILE; r++) any |= bits[r], all &= bits[r];
    if (!any) return SMAP_OK;
    const uint64_t **place = &tree->tile[down * tree->level[0].across + across];
    if (all == UINT64_MAX) {
        *place = FULL;
        return SMAP_OK;
    }
    uint64_t *copy = smap__alloc(sizeof FULL);
    if (!copy) return smap__fail_memory(err);
    memcpy(copy, bits, sizeof FULL);
    *place = copy;
    return SMAP_OK;
}

static bool has_any(const smap__cell_tree *tree, int at, int64_t across, int64_t down) {
    int64_t k = down * tree->level[at].across + across;
    return at == 0 ? tree->tile[k] != NULL : tree->level[at].any[k] != 0;
}

smap_status smap__cell_tree_finish(smap__cell_tree *tree, smap_error *err) {
    tree->levels = 1;
    for (level *below = &tree->level[0]; below->across > 1 || below->down > 1; below++) {
        level *l = below + 1;
        l->across = (below->across - 1) / FAN + 1;
        l->down = (below->down - 1) / FAN + 1;
        l->any = smap__zalloc((size_t)l->across, (size_t)l->down);
        if (!l->any) return smap__fail_memory(err);
        for (int64_t y = 0; y < below->down; y++)
            for (int64_t x = 0; x < below->across; x++)
                if (has_any(tree, tree->levels - 1, x, y)) l->any[y / FAN * l->across + x / FAN] = 1;
        tree->levels++;
    }
    return SMAP_OK;
}

/* ---- places ---- */

static void corners_of(const smap__lattice *l, int64_t column, int64_t row, int64_t end_column, int64_t end_row,
                       double corner[4][2]) {
    for (int k = 0; k < 4; k++) {
        double c = (double)(k == 1 || k == 2 ? end_column : column), r = (double)(k >= 2 ? end_row : row);
        corner[k][0] = l->transform[0] + c * l->transform[1] + r * l->transform[2];
        corner[k][1] = l->transform[3] + c * l->transform[4] + r * l->transform[5];
    }
}

/* Between a box and the box of corners. */
static double least_distance(smap_box box, double corner[4][2]) {
    double x0 = corner[0][0], x1 = x0, y0 = corner[0][1], y1 = y0;
    for (int k = 1; k < 4; k++) {
        x0 = fmin(x0, corner[k][0]), x1 = fmax(x1, corner[k][0]);
        y0 = fmin(y0, corner[k][1]), y1 = fmax(y1, corner[k][1]);
    }
    double dx = fmax(fmax(x0 - box.xmax, box.xmin - x1), 0), dy = fmax(fmax(y0 - box.ymax, box.ymin - y1), 0);
    return sqrt(dx * dx + dy * dy);
}

static int64_t least(int64_t a, int64_t b) {
    return a < b ? a : b;
}

/* ---- search, nearest node first ---- */

static void sift_up(smap__cell_node *heap, size_t at) {
    for (; at > 0 && heap[at].least < heap[(at - 1) / 2].least; at = (at - 1) / 2) {
        smap__cell_node n = heap[at];
        heap[at] = heap[(at - 1) / 2];
        heap[(at - 1) / 2] = n;
    }
}

static void sift_down(smap__cell_node *heap, size_t count) {
    for (size_t at = 0, child; (child = 2 * at + 1) < count; at = child) {
        if (child + 1 < count && heap[child + 1].least < heap[child].least) child++;
        if (heap[at].least <= heap[child].least) return;
        smap__cell_node n = heap[at];
        heap[at] = heap[child];
        heap[child] = n;
    }
}

static smap_status push(const smap__cell_tree *tree, smap__cell_search *s, int at, int64_t across, int64_t down,
                        smap_box box, double best, smap_error *err) {
    if (!has_any(tree, at, across, down)) return SMAP_OK;
    int64_t size = SMAP__TILE;
    for (int k = 0; k < at; k++) size *= FAN;
    double corner[4][2];
    const smap__lattice *l = tree->lattice;
    corners_of(l, across * size, down * size, least((across + 1) * size, l->width), least((down + 1) * size, l->height),
               corner);
    smap__cell_node node = { least_distance(box, corner), across, down, at };
    if (node.least >= best) return SMAP_OK;
    if (!smap__grow(&s->heap, &s->capacity, s->count + 1, sizeof node)) return smap__fail_memory(err);
    s->heap[s->count] = node;
    sift_up(s->heap, s->count++);
    return SMAP_OK;
}

/* The runs of set bits of a tile that may be closer than the best. */
static void search_tile(const smap__cell_tree *tree, const smap__cell_node *node, smap_box box,
                        smap__distance_fn distance, void *user, double *best) {
    const uint64_t *bits = tree->tile[node->down * tree->level[0].across + node->across];
    int64_t column = node->across * SMAP__TILE, row = node->down * SMAP__TILE;
    for (int r = 0; r < SMAP__TILE && row + r < tree->lattice->height; r++)
        for (int c = 0; c < SMAP__TILE && column + c < tree->lattice->width;) {
            if (!(bits[r] >> c & 1)) {
                c++;
                continue;
            }
            int end = c + 1;
            while (end < SMAP__TILE && bits[r] >> end & 1) end++;
            double corner[4][2];
            corners_of(tree->lattice, column + c, row + r, least(column + end, tree->lattice->width), row + r + 1,
                       corner);
            if (least_distance(box, corner) < *best) *best = fmin(*best, distance((const double(*)[2])corner, user));
            c = end;
        }
}

smap_status smap__cell_tree_nearest(const smap__cell_tree *tree, smap__cell_search *search, smap_box box,
                                    smap__distance_fn distance, void *user, double *best, smap_error *err) {
    search->count = 0;
    smap_status status = push(tree, search, tree->levels - 1, 0, 0, box, *best, err);
    while (status == SMAP_OK && search->count > 0) {
        smap__cell_node node = search->heap[0];
        if (node.least >= *best) break;
        search->heap[0] = search->heap[--search->count];
        sift_down(search->heap, search->count);
        if (node.level == 0) {
            search_tile(tree, &node, box, distance, user, best);
            continue;
        }
        const level *below = &tree->level[node.level - 1];
        for (int k = 0; k < FAN * FAN && status == SMAP_OK; k++) {
            int64_t x = node.across * FAN + k % FAN, y = node.down * FAN + k / FAN;
            if (x < below->across && y < below->down)
                status = push(tree, search, node.level - 1, x, y, box, *best, err);
        }
    }
    return status;
}

void smap__cell_search_release(smap__cell_search *search) {
    smap__free(search->heap);
}
