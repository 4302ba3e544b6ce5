#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/parallel.h"
#include "grid/sweep_parts.h"

/* An item in more windows than that, or in several with more edges, is large. */
enum { SMALL_WINDOWS = 4, SMALL_EDGES = 256, DIGIT_BITS = 16 };

/* ---- items into pairs ---- */

static smap_status add_pair(smap__sweep_pairs *p, uint64_t window, uint32_t item, int64_t slot, smap_error *err) {
    if (p->count == p->capacity && !smap__grow(&p->pair, &p->capacity, p->count + 1, sizeof *p->pair))
        return smap__fail_memory(err);
    p->pair[p->count++] = (smap__sweep_pair){ window, slot, item };
    return SMAP_OK;
}

static int64_t add_fold(smap__sweep *s, int64_t item, int64_t bands) {
    if (!smap__grow(&s->fold, &s->fold_capacity, s->folds + 1, sizeof *s->fold)) return -1;
    s->fold[s->folds++] = (smap__fold){ item, s->slots, bands };
    s->slots += bands;
    return s->slots - bands;
}

static int64_t edges_of(const smap__sweep *s, int64_t item) {
    int64_t first, end;
    if (!s->geometry) return 0;
    smap__geometry_span(s->geometry, item, &first, &end);
    return end - first;
}

static smap_status add_large(smap__sweep *s, int64_t item, int64_t column, int64_t band, int64_t bands, int64_t slot,
                             smap_error *err) {
    if (!smap__grow(&s->large_item, &s->large_capacity, s->large_items + 1, sizeof *s->large_item))
        return smap__fail_memory(err);
    /* Its edges are sorted later, side by side with those of others. */
    s->large_item[s->large_items++] = (smap__edge_bands){ .feature = item };
    smap_status status = SMAP_OK;
    for (int64_t b = 0; b < bands && status == SMAP_OK; b++)
        status = add_pair(&s->large, (uint64_t)((band + b) * s->lattice->windows_across + column),
                          (uint32_t)(s->large_items - 1), slot < 0 ? slot : slot + b, err);
    return status;
}

static smap_status add_item(smap__sweep *s, int64_t item, smap_error *err) {
    smap__cells c = s->cells[item];
    if (smap__cells_none(c)) return SMAP_OK;
    const smap__lattice *l = s->lattice;
    int64_t column = c.first_column / l->window_width, columns = c.last_column / l->window_width - column + 1;
    int64_t band = c.first_row / l->window_height, bands = c.last_row / l->window_height - band + 1;
    int64_t slot = SMAP__NO_SLOT, windows = columns * bands;
    if (bands > 1 && (slot = add_fold(s, item, bands)) < 0) return smap__fail_memory(err);
    if (windows > SMALL_WINDOWS || (windows > 1 && edges_of(s, item) > SMALL_EDGES))
        return add_large(s, item, column, band, bands, slot, err);
    smap_status status = SMAP_OK;
    for (int64_t w = 0; w < windows && status == SMAP_OK; w++) {
        int64_t b = w / columns, at = column + w % columns;
        status = add_pair(&s->small, (uint64_t)((band + b) * l->windows_across + at), (uint32_t)item,
                          slot < 0 ? slot : slot + b, err);
    }
    return status;
}

/* ---- pairs by window ---- */

/* Digit by digit from the lowest: items of a window stay in their order. */
static smap_status sort_pairs(smap__sweep_pairs *p, uint64_t windows, smap_error *err) {
    size_t *start = smap__zalloc((1u << DIGIT_BITS) + 1, sizeof *start);
    smap__sweep_pair *other = smap__zalloc(p->count, sizeof *other);
    if (!start || !other) {
        smap__free(start);
        smap__free(other);
        return smap__fail_memory(err);
    }
    for (int shift = 0; shift < 64 && (windows - 1) >> shift; shift += DIGIT_BITS) {
        uint64_t mask = (1u << DIGIT_BITS) - 1;
        memset(start, 0, ((1u << DIGIT_BITS) + 1) * sizeof *start);
        for (size_t k = 0; k < p->count; k++) start[(p->pair[k].window >> shift & mask) + 1]++;
        for (size_t d = 0; d < mask; d++) start[d + 1] += start[d];
        for (size_t k = 0; k < p->count; k++) other[start[p->pair[k].window >> shift & mask]++] = p->pair[k];
        smap__sweep_pair *sorted = other;
        other = p->pair;
        p->pair = sorted;
        p->capacity = p->count;
    }
    smap__free(start);
    smap__free(other);
    return SMAP_OK;
}

static smap_status list_chunks(smap__sweep *s, smap_error *err) {
    uint64_t across = (uint64_t)s->lattice->windows_across;
    size_t a = 0, b = 0;
    while (a < s->small.count || b < s->large.count) {
        uint64_t of_small = a < s->small.count ? s->small.pair[a].window / across : UINT64_MAX;
        uint64_t of_large = b < s->large.count ? s->large.pair[b].window / across : UINT64_MAX;
        uint64_t band = of_small < of_large ? of_small : of_large;
        smap__sweep_chunk chunk = { (int64_t)band, a, a, b, b };
        while (a < s->small.count && s->small.pair[a].window < (band + 1) * across) a++;
        while (b < s->large.count && s->large.pair[b].window < (band + 1) * across) b++;
        chunk.small_end = a;
        chunk.large_end = b;
        if (!smap__grow(&s->chunk, &s->chunk_capacity, s->chunks + 1, sizeof *s->chunk)) return smap__fail_memory(err);
        s->chunk[s->chunks++] = chunk;
    }
    return SMAP_OK;
}

static smap_status init_large(int worker, int64_t chunk, void *user, smap_error *err) {
    (void)worker;
    smap__sweep *s = user;
    int64_t item = s->large_item[chunk].feature;
    return smap__edge_bands_init(&s->large_item[chunk], s->lattice, s->geometry, item, s->cells[item], err);
}

smap_status smap__sweep_plan(smap__sweep *sweep, smap_error *err) {
    smap_status status = SMAP_OK;
    uint64_t windows = (uint64_t)sweep->lattice->windows_across * (uint64_t)sweep->lattice->bands;
    if (!smap__grow(&sweep->small.pair, &sweep->small.capacity, (size_t)sweep->items, sizeof *sweep->small.pair))
        return smap__fail_memory(err);
    for (int64_t i = 0; i < sweep->items && status == SMAP_OK; i++) status = add_item(sweep, i, err);
    if (status == SMAP_OK) status = sort_pairs(&sweep->small, windows, err);
    if (status == SMAP_OK) status = sort_pairs(&sweep->large, windows, err);
    if (status == SMAP_OK) status = list_chunks(sweep, err);
    if (status == SMAP_OK) status = smap__parallel(sweep->ctx, (int64_t)sweep->large_items, init_large, sweep, err);
    return status;
}
