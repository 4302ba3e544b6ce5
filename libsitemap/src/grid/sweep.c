#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/parallel.h"
#include "grid/sweep_parts.h"

struct active {
    smap__band_edges *edges;
    int64_t slot;
    bool live; /* in the window at hand */
};

typedef struct walk {
    smap__sweep *sweep;
    smap__sweep_worker *scratch;
    int worker;
    int64_t band, column; /* of the window */
    size_t pair, pair_end;
    size_t large, large_end;
    smap__cells region; /* what is read */
} walk;

static int32_t least(int32_t a, int32_t b) {
    return a < b ? a : b;
}

static int32_t most(int32_t a, int32_t b) {
    return a > b ? a : b;
}

/* ---- cells ---- */

static smap__cells in_window(const walk *w, smap__cells c) {
    const smap__lattice *l = w->sweep->lattice;
    int64_t left = w->column * l->window_width, top = w->band * l->window_height;
    int64_t right = left + l->window_width - 1, bottom = top + l->window_height - 1;
    if (right > INT32_MAX) right = INT32_MAX;
    if (bottom > INT32_MAX) bottom = INT32_MAX;
    return (smap__cells){ most(c.first_column, (int32_t)left), most(c.first_row, (int32_t)top),
                          least(c.last_column, (int32_t)right), least(c.last_row, (int32_t)bottom) };
}

static void join(smap__cells *region, smap__cells c) {
    if (smap__cells_none(*region)) {
        *region = c;
        return;
    }
    region->first_column = least(region->first_column, c.first_column);
    region->first_row = least(region->first_row, c.first_row);
    region->last_column = most(region->last_column, c.last_column);
    region->last_row = most(region->last_row, c.last_row);
}

/* Out to the borders of blocks, within the raster. */
static void snap(int32_t *first, int32_t *last, int64_t block, int64_t count) {
    int64_t end = ((int64_t)*last / block + 1) * block;
    *first = (int32_t)((int64_t)*first / block * block);
    *last = (int32_t)((end < count ? end : count) - 1);
}

static smap_status read_region(walk *w, smap_error *err) {
    const smap__lattice *l = w->sweep->lattice;
    const smap__grid_source *source = w->sweep->source;
    smap__cells whole = w->region, *r = &w->region;
    snap(&whole.first_column, &whole.last_column, l->block_width, l->width);
    snap(&whole.first_row, &whole.last_row, l->block_height, l->height);
    *r = in_window(w, whole);
    int64_t width = (int64_t)r->last_column - r->first_column + 1, height = (int64_t)r->last_row - r->first_row + 1;
    smap__sweep_worker *s = w->scratch;
    if ((size_t)(width * height) > s->capacity) {
        smap__free(s->values);
        s->capacity = 0;
        s->values = smap__zalloc((size_t)(width * height), sizeof *s->values);
        if (!s->values) return smap__fail_memory(err);
        s->capacity = (size_t)(width * height);
    }
    return source->read(source->user, w->worker, r->first_column, r->first_row, width, height, s->values, err);
}

static smap__visit visit_of(const walk *w, int64_t item, int64_t slot, smap__cells cells) {
    int64_t stride = (int64_t)w->region.last_column - w->region.first_column + 1;
    int64_t skip =
        ((int64_t)cells.first_row - w->region.first_row) * stride + cells.first_column - w->region.first_column;
    return (smap__visit){ .worker = w->worker,
                          .item = item,
                          .slot = slot,
                          .cells = cells,
                          .values = w->scratch->values + skip,
                          .stride = stride,
                          .leftmost = true };
}

/* ---- a window ---- */

static smap_status visit_small(walk *w, size_t end, smap_error *err) {
    smap__sweep *s = w->sweep;
    smap_status status = SMAP_OK;
    for (size_t k = w->pair; k < end && status == SMAP_OK; k++) {
        const smap__sweep_pair *p = &s->small.pair[k];
        smap__visit visit = visit_of(w, p->item, p->slot, in_window(w, s->cells[p->item]));
        status = s->visit(&visit, s->user, err);
    }
    return status;
}

static smap_status visit_large(walk *w, smap_error *err) {
    smap__sweep *s = w->sweep;
    smap_status status = SMAP_OK;
    for (size_t k = 0; k < w->scratch->actives && status == SMAP_OK; k++) {
        const struct active *a = &w->scratch->active[k];
        if (!a->live) continue;
        const smap__band_edges *e = a->edges;
        smap__visit visit = visit_of(w, e->of->feature, a->slot, in_window(w, e->of->cells));
        size_t at = (size_t)(w->column - e->first_window);
        visit.edge = e->edge + e->first[at];
        visit.edges = e->first[at + 1] - e->first[at];
        visit.carry = e->carry;
        visit.leftmost = at == 0;
        status = s->visit(&visit, s->user, err);
    }
    return status;
}

static smap_status do_window(walk *w, smap_error *err) {
    const smap__sweep *s = w->sweep;
    uint64_t window = (uint64_t)(w->band * s->lattice->windows_across + w->column);
    size_t end = w->pair;
    w->region = SMAP__CELLS_NONE;
    for (; end < w->pair_end && s->small.pair[end].window == window; end++)
        join(&w->region, in_window(w, s->cells[s->small.pair[end].item]));
    for (size_t k = 0; k < w->scratch->actives; k++) {
        struct active *a = &w->scratch->active[k];
        a->live = smap__band_edges_live(a->edges, w->column);
        if (a->live) join(&w->region, in_window(w, a->edges->of->cells));
    }
    if (smap__cells_none(w->region)) return SMAP_OK;
    smap_status status = read_region(w, err);
    if (status == SMAP_OK) status = visit_small(w, end, err);
    if (status == SMAP_OK) status = visit_large(w, err);
    w->pair = end;
    return status;
}

/* ---- a band ---- */

static int64_t column_of(const walk *w, uint64_t window) {
    return (int64_t)(window - (uint64_t)(w->band * w->sweep->lattice->windows_across));
}

/* The next window with something in it; -1 at the end of the band. */
static int64_t next_column(const walk *w) {
    const smap__sweep *s = w->sweep;
    if (w->scratch->actives > 0) return w->column + 1;
    int64_t small = w->pair < w->pair_end ? column_of(w, s->small.pair[w->pair].window) : INT64_MAX;
    int64_t large = w->large < w->large_end ? column_of(w, s->large.pair[w->large].window) : INT64_MAX;
    int64_t next = small < large ? small : large;
    return next == INT64_MAX ? -1 : next;
}

static smap_status enter_large(walk *w, smap_error *err) {
    const smap__sweep *s = w->sweep;
    smap__sweep_worker *scratch = w->scratch;
    smap_status status = SMAP_OK;
    for (; w->large < w->large_end && column_of(w, s->large.pair[w->large].window) == w->column; w->large++) {
        const smap__sweep_pair *p = &s->large.pair[w->large];
        struct active a = { NULL, p->slot, false };
        if (!smap__grow(&scratch->active, &scratch->active_capacity, scratch->actives + 1, sizeof a))
            return smap__fail_memory(err);
        SMAP_TRY(smap__band_edges_new(&s->large_item[p->item], w->band, &a.edges, err), done);
        scratch->active[scratch->actives++] = a;
    }
done:
    return status;
}

static void leave_large(walk *w) {
    smap__sweep_worker *s = w->scratch;
    size_t kept = 0;
    for (size_t k = 0; k < s->actives; k++)
        if (s->active[k].edges->last_window <= w->column)
            smap__band_edges_free(s->active[k].edges);
        else
            s->active[kept++] = s->active[k];
    s->actives = kept;
}

static smap_status walk_band(int worker, int64_t number, void *user, smap_error *err) {
    smap__sweep *s = user;
    const smap__sweep_chunk *c = &s->chunk[number];
    walk w = { .sweep = s,
               .scratch = &s->worker[worker],
               .worker = worker,
               .band = c->band,
               .column = -1,
               .pair = c->small,
               .pair_end = c->small_end,
               .large = c->large,
               .large_end = c->large_end };
    smap_status status = SMAP_OK;
    while (status == SMAP_OK && (w.column = next_column(&w)) >= 0) {
        status = enter_large(&w, err);
        if (status == SMAP_OK) status = do_window(&w, err);
        leave_large(&w);
    }
    return status;
}

smap_status smap__sweep_run(smap__sweep *sweep, smap_error *err) {
    sweep->worker = smap__zalloc((size_t)smap_ctx_threads(sweep->ctx), sizeof *sweep->worker);
    if (!sweep->worker) return smap__fail_memory(err);
    return smap__parallel(sweep->ctx, (int64_t)sweep->chunks, walk_band, sweep, err);
}

void smap__sweep_release(smap__sweep *sweep) {
    for (int k = 0; sweep->worker && k < smap_ctx_threads(sweep->ctx); k++) {
        smap__sweep_worker *w = &sweep->worker[k];
        for (size_t a = 0; a < w->actives; a++) smap__band_edges_free(w->active[a].edges);
        smap__free(w->active);
        smap__free(w->values);
    }
    for (size_t k = 0; k < sweep->large_items; k++) smap__edge_bands_release(&sweep->large_item[k]);
    smap__free(sweep->worker);
    smap__free(sweep->large_item);
    smap__free(sweep->fold);
    smap__free(sweep->small.pair);
    smap__free(sweep->large.pair);
    smap__free(sweep->chunk);
}
