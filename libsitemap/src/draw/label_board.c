#include "draw/label_board.h"

#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "geo/angle.h"

static const double FARTHEST = 1e6; /* mm: no page is a kilometre wide */
static const double TOUCH = 1e-9;

enum { MOST_CELLS = 256 }; /* along a side of the grid */

/* A box with what a test of overlap needs: half sizes, direction, and the upright box around it. */
typedef struct turned {
    double x, y, w2, h2, c, s, x0, y0, x1, y1;
} turned;

/* A box in a cell of the grid, in the list of the cell. A label's nodes stand one after the other. */
typedef struct node {
    int32_t next, before; /* -1 = none */
    uint32_t cell, box, label;
} node;

struct smap__label_board {
    const smap__label_problem *problem;
    turned *box;
    uint8_t *possible;
    double x0, y0, cell;
    int columns, rows;
    int32_t *head;      /* of each cell's list */
    size_t *first_node; /* of each label, wishes + 1 */
    uint32_t *nodes;    /* in use, of each label */
    node *node;
    int64_t *at;
    uint32_t *seen, turn; /* the question in which a label was last found */
};

static turned turn_box(const smap__label_box *b) {
    double a = smap__radians(b->angle_deg);
    turned t = { .x = b->x, .y = b->y, .w2 = b->w / 2, .h2 = b->h / 2, .c = 1, .s = 0 };
    if (b->angle_deg != 0) t.c = cos(a), t.s = sin(a);
    double w = t.w2 * fabs(t.c) + t.h2 * fabs(t.s), h = t.w2 * fabs(t.s) + t.h2 * fabs(t.c);
    t.x0 = t.x - w, t.x1 = t.x + w, t.y0 = t.y - h, t.y1 = t.y + h;
    return t;
}

/* Is there room between two boxes along an axis of the first one (separating axes)? */
static bool apart_along(const turned *a, const turned *b) {
    double dx = b->x - a->x, dy = b->y - a->y;
    double along = fabs(dx * a->c + dy * a->s), across = fabs(dy * a->c - dx * a->s);
    double c = fabs(a->c * b->c + a->s * b->s), s = fabs(a->c * b->s - a->s * b->c);
    return along >= a->w2 + b->w2 * c + b->h2 * s - TOUCH || across >= a->h2 + b->w2 * s + b->h2 * c - TOUCH;
}

static bool overlap(const turned *a, const turned *b) {
    if (a->x0 >= b->x1 - TOUCH || b->x0 >= a->x1 - TOUCH || a->y0 >= b->y1 - TOUCH || b->y0 >= a->y1 - TOUCH)
        return false;
    return (a->s == 0 && b->s == 0) || !(apart_along(a, b) || apart_along(b, a));
}

static bool is_usable(const turned *t) {
    return fabs(t->x0) < FARTHEST && fabs(t->x1) < FARTHEST && fabs(t->y0) < FARTHEST && fabs(t->y1) < FARTHEST &&
           t->w2 > 0 && t->h2 > 0;
}

/* The grid lies over all boxes; its cells are as large as boxes are on average, so that few boxes lie in many. */
static void lay_grid(smap__label_board *b) {
    double x0 = HUGE_VAL, y0 = HUGE_VAL, x1 = -HUGE_VAL, y1 = -HUGE_VAL, sum = 0;
    size_t n = 0;
    for (size_t i = 0; i < b->problem->boxes; i++) {
        const turned *t = &b->box[i];
        if (!is_usable(t)) continue;
        x0 = fmin(x0, t->x0), y0 = fmin(y0, t->y0), x1 = fmax(x1, t->x1), y1 = fmax(y1, t->y1);
        sum += (t->x1 - t->x0 + t->y1 - t->y0) / 2;
        n++;
    }
    b->columns = b->rows = b->cell = 1;
    if (n == 0) return;
    b->x0 = x0, b->y0 = y0;
    b->cell = fmax(sum / (double)n / 2, fmax(x1 - x0, y1 - y0) / MOST_CELLS);
    b->columns = (int)((x1 - x0) / b->cell) + 1;
    b->rows = (int)((y1 - y0) / b->cell) + 1;
}

typedef struct cells {
    int x0, y0, x1, y1; /* both ends inside */
} cells;

static int clamp(double v, int most) {
    return v < 0 ? 0 : v > most ? most : (int)v;
}

static cells cells_of(const smap__label_board *b, const turned *t) {
    return (cells){ clamp((t->x0 - b->x0) / b->cell, b->columns - 1), clamp((t->y0 - b->y0) / b->cell, b->rows - 1),
                    clamp((t->x1 - b->x0) / b->cell, b->columns - 1), clamp((t->y1 - b->y0) / b->cell, b->rows - 1) };
}

static size_t nodes_of(const smap__label_board *b, uint32_t place) {
    const smap__label_place *p = &b->problem->place[place];
    size_t n = 0;
    for (uint32_t i = p->box; i < p->box + p->boxes; i++) {
        cells c = cells_of(b, &b->box[i]);
        n += (size_t)(c.x1 - c.x0 + 1) * (size_t)(c.y1 - c.y0 + 1);
    }
    return n;
}

/* Every label keeps the nodes that its largest place needs, so that moving it cannot run out of memory. */
static bool reserve_nodes(smap__label_board *b) {
    const smap__label_problem *p = b->problem;
    b->first_node[0] = 0;
    for (size_t l = 0; l < p->wishes; l++) {
        size_t most = 0;
        for (uint32_t i = p->wish[l].place; i < p->wish[l].place + p->wish[l].places; i++) {
            size_t n = b->possible[i] ? nodes_of(b, i) : 0;
            if (n > most) most = n;
        }
        b->first_node[l + 1] = b->first_node[l] + most;
    }
    if (b->first_node[p->wishes] >= INT32_MAX) return false;
    b->node = smap__alloc((b->first_node[p->wishes] + 1) * sizeof *b->node);
    return b->node != NULL;
}

static bool make(smap__label_board *b) {
    const smap__label_problem *p = b->problem;
    b->box = smap__alloc((p->boxes + 1) * sizeof *b->box);
    b->possible = smap__zalloc(p->places + 1, 1);
    b->first_node = smap__zalloc(p->wishes + 1, sizeof *b->first_node);
    b->nodes = smap__zalloc(p->wishes + 1, sizeof *b->nodes);
    b->seen = smap__zalloc(p->wishes + 1, sizeof *b->seen);
    b->at = smap__alloc((p->wishes + 1) * sizeof *b->at);
    if (!b->box || !b->possible || !b->first_node || !b->nodes || !b->seen || !b->at) return false;
    for (size_t i = 0; i < p->boxes; i++) b->box[i] = turn_box(&p->box[i]);
    for (size_t i = 0; i < p->places; i++) {
        b->possible[i] = p->place[i].cost >= 0 && p->place[i].cost < 1;
        for (uint32_t k = p->place[i].box; k < p->place[i].box + p->place[i].boxes; k++)
            if (!is_usable(&b->box[k])) b->possible[i] = false;
    }
    for (size_t l = 0; l < p->wishes; l++) b->at[l] = -1;
    lay_grid(b);
    size_t count = (size_t)b->columns * (size_t)b->rows;
    b->head = smap__alloc(count * sizeof *b->head);
    if (!b->head) return false;
    for (size_t i = 0; i < count; i++) b->head[i] = -1;
    return reserve_nodes(b);
}

smap_status smap__label_board_new(const smap__label_problem *problem, smap__label_board **out, smap_error *err) {
    smap__label_board *b = smap__zalloc(1, sizeof *b);
    if (!b) return smap__fail_memory(err);
    b->problem = problem;
    if (!make(b)) {
        smap__label_board_free(b);
        return smap__fail_memory(err);
    }
    *out = b;
    return SMAP_OK;
}

void smap__label_board_free(smap__label_board *b) {
    if (!b) return;
    void *array[] = { b->box, b->possible, b->head, b->first_node, b->nodes, b->node, b->at, b->seen };
    for (size_t i = 0; i < sizeof array / sizeof *array; i++) smap__free(array[i]);
    smap__free(b);
}

bool smap__label_board_possible(const smap__label_board *b, uint32_t place) {
    return b->possible[place];
}

int64_t smap__label_board_at(const smap__label_board *b, uint32_t label) {
    return b->at[label];
}

static void link_node(smap__label_board *b, uint32_t label, uint32_t box, uint32_t cell) {
    int32_t at = (int32_t)(b->first_node[label] + b->nodes[label]++), head = b->head[cell];
    b->node[at] = (node){ head, -1, cell, box, label };
    if (head >= 0) b->node[head].before = at;
    b->head[cell] = at;
}

void smap__label_board_put(smap__label_board *b, uint32_t label, uint32_t place) {
    const smap__label_place *p = &b->problem->place[place];
    for (uint32_t i = p->box; i < p->box + p->boxes; i++) {
        cells c = cells_of(b, &b->box[i]);
        for (int y = c.y0; y <= c.y1; y++)
            for (int x = c.x0; x <= c.x1; x++) link_node(b, label, i, (uint32_t)(y * b->columns + x));
    }
    b->at[label] = place;
}

void smap__label_board_take(smap__label_board *b, uint32_t label) {
    for (size_t i = b->first_node[label]; i < b->first_node[label] + b->nodes[label]; i++) {
        const node *n = &b->node[i];
        if (n->next >= 0) b->node[n->next].before = n->before;
        if (n->before >= 0)
            b->node[n->before].next = n->next;
        else
            b->head[n->cell] = n->next;
    }
    b->nodes[label] = 0;
    b->at[label] = -1;
}

/* Those in one cell; the new number of conflicts. */
static int look_in_cell(smap__label_board *b, size_t cell, const turned *box, uint32_t *out, int found, int most) {
    for (int32_t at = b->head[cell]; at >= 0; at = b->node[at].next) {
        const node *n = &b->node[at];
        if (b->seen[n->label] == b->turn || !overlap(box, &b->box[n->box])) continue;
        b->seen[n->label] = b->turn;
        if (found < most) out[found] = n->label;
        if (++found > most) break;
    }
    return found;
}

int smap__label_board_conflicts(smap__label_board *b, uint32_t label, uint32_t place, uint32_t *out, int most) {
    const smap__label_place *p = &b->problem->place[place];
    int found = 0;
    if (++b->turn == 0) { /* after four thousand million questions */
        memset(b->seen, 0, b->problem->wishes * sizeof *b->seen);
        b->turn = 1;
    }
    b->seen[label] = b->turn;
    for (uint32_t i = p->box; i < p->box + p->boxes && found <= most; i++) {
        cells c = cells_of(b, &b->box[i]);
        for (int y = c.y0; y <= c.y1 && found <= most; y++)
            for (int x = c.x0; x <= c.x1 && found <= most; x++)
                found = look_in_cell(b, (size_t)y * (size_t)b->columns + (size_t)x, &b->box[i], out, found, most);
    }
    return found;
}

/* ---- groups ------------------------------------------------------------------------------------------------------ */

static uint32_t root_of(uint32_t *group, uint32_t label) {
    while (group[label] != label) label = group[label] = group[group[label]];
    return label;
}

static void join_place(const smap__label_board *b, uint32_t place, uint32_t label, uint32_t *first, uint32_t *group) {
    const smap__label_place *p = &b->problem->place[place];
    for (uint32_t i = p->box; i < p->box + p->boxes; i++) {
        cells c = cells_of(b, &b->box[i]);
        for (int y = c.y0; y <= c.y1; y++) {
            for (int x = c.x0; x <= c.x1; x++) {
                uint32_t *here = &first[(size_t)y * (size_t)b->columns + (size_t)x];
                uint32_t mine = root_of(group, label);
                if (*here == UINT32_MAX) *here = mine;
                uint32_t other = root_of(group, *here);
                group[mine > other ? mine : other] = mine > other ? other : mine;
            }
        }
    }
}

/* Labels that have a cell in common, of any of their places, are one group (union and find). */
smap_status smap__label_board_groups(const smap__label_board *b, uint32_t *group, smap_error *err) {
    const smap__label_problem *p = b->problem;
    size_t count = (size_t)b->columns * (size_t)b->rows;
    uint32_t *first = smap__alloc(count * sizeof *first);
    if (!first) return smap__fail_memory(err);
    memset(first, 0xFF, count * sizeof *first);
    for (uint32_t l = 0; l < p->wishes; l++) group[l] = l;
    for (uint32_t l = 0; l < p->wishes; l++)
        for (uint32_t i = p->wish[l].place; i < p->wish[l].place + p->wish[l].places; i++)
            if (b->possible[i]) join_place(b, i, l, first, group);
    for (uint32_t l = 0; l < p->wishes; l++) group[l] = root_of(group, l);
    smap__free(first);
    return SMAP_OK;
}
