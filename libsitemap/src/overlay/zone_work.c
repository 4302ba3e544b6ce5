/* Room to work in, cells found, boxes settled. */
#include "overlay/zone_work.h"

#include "base/alloc.h"
#include "base/fail.h"
#include "geo/geom_column.h"

enum { UNSET = -2 };

smap_status smap__zone_check_crs(const smap__zones *zones, const smap_geometry *features, smap_error *err) {
    const smap_crs *own = zones->polygons->crs, *other = features->crs;
    if ((!own && !other) || smap_crs_equal(own, other)) return SMAP_OK;
    return smap__fail(err, SMAP_E_CRS, NULL,
                      "features in %s cannot be laid over zones in %s; transform one of them first",
                      other ? smap_crs_name(other) : "an unknown coordinate reference system",
                      own ? smap_crs_name(own) : "an unknown coordinate reference system");
}

smap_status smap__zone_work_init(const smap__zones *zones, const smap_geometry *features, smap__zone_work *out,
                                 smap_error *err) {
    smap__zone_work w = { .zones = zones, .features = features, .resolution = zones->resolution };
    size_t ranks = (size_t)zones->rank_count;
    w.amount = smap__zalloc(ranks, sizeof *w.amount);
    w.piece = smap__zalloc(ranks, sizeof *w.piece);
    smap_status status = w.amount && w.piece ? smap__zone_sweep_new(&w.sweep, err) : smap__fail_memory(err);
    if (status != SMAP_OK)
        smap__zone_work_release(&w);
    else
        *out = w;
    return status;
}

void smap__zone_work_release(smap__zone_work *work) {
    smap__free(work->edges);
    smap__free(work->inside);
    smap__free(work->amount);
    smap__free(work->piece);
    smap__free(work->touched);
    smap__free(work->cuts);
    smap__zone_sweep_free(work->sweep);
    *work = (smap__zone_work){ .zones = NULL };
}

smap_status smap__zone_add(smap__zone_work *work, int32_t rank, double amount, smap_error *err) {
    if (rank < 0 || !(amount > 0)) return SMAP_OK;
    if (work->amount[rank] == 0) {
        if (!smap__grow(&work->touched, &work->touched_capacity, work->touched_count + 1, sizeof *work->touched))
            return smap__fail_memory(err);
        work->touched[work->touched_count++] = rank;
    }
    work->amount[rank] += amount;
    return SMAP_OK;
}

smap_status smap__zone_push_states(smap__zone_work *work, size_t count, size_t *at, smap_error *err) {
    if (!smap__grow(&work->inside, &work->inside_capacity, work->inside_count + count + 1, 1))
        return smap__fail_memory(err);
    *at = work->inside_count;
    work->inside_count += count;
    return SMAP_OK;
}

const smap__zone_cell *smap__zone_leaf_at(const smap__zones *zones, double x, double y, smap_box *box) {
    const smap__zone_cell *cell = zones->cells;
    *box = zones->root;
    while (cell->child) {
        int k = (x >= smap__zone_middle(box->xmin, box->xmax)) | (y >= smap__zone_middle(box->ymin, box->ymax)) << 1;
        *box = smap__zone_child_box(box, k);
        cell = &zones->cells[cell->child + (uint32_t)k];
    }
    return cell;
}

void smap__zone_states_at(smap__zone_work *work, const smap__zone_cell *leaf, const smap_box *box, double x, double y,
                          size_t at) {
    const smap__zones *z = work->zones;
    uint8_t *inside = work->inside + at;
    for (uint32_t k = leaf->owner; k < leaf->owner_end; k++) inside[k - leaf->owner] = z->owners[k].inside;
    for (uint32_t k = leaf->edge; k < leaf->edge_end; k++) {
        smap__zone_edge e = smap__zone_entry_edge(z, k);
        inside[e.label] ^=
            smap__zone_crosses_x(&e, box->xmin, x, box->ymin) != smap__zone_crosses_y(&e, x, box->ymin, y);
    }
}

/* ---- settling ---- */

/* The rank of the part of a leaf that lies in the box, if no edge comes near. */
static smap_status settle_leaf(smap__zone_work *w, const smap__zone_cell *leaf, const smap_box *cell_box,
                               const smap_box *box, bool *settled, int32_t *rank, smap_error *err) {
    const smap__zones *z = w->zones;
    size_t owners = leaf->owner_end - leaf->owner, at = 0;
    *rank = leaf->cover;
    *settled = false;
    if (owners) {
        smap_box part = { fmax(box->xmin, cell_box->xmin), fmax(box->ymin, cell_box->ymin),
                          fmin(box->xmax, cell_box->xmax), fmin(box->ymax, cell_box->ymax) };
        for (uint32_t k = leaf->edge; k < leaf->edge_end; k++) {
            smap__zone_edge e = smap__zone_entry_edge(z, k);
            if (smap__zone_touches(&e, &part, w->resolution)) return SMAP_OK;
        }
        smap_status status = smap__zone_push_states(w, owners, &at, err);
        if (status != SMAP_OK) return status;
        smap__zone_states_at(w, leaf, cell_box, part.xmin, part.ymin, at);
        for (size_t k = 0; k < owners; k++)
            if (w->inside[at + k] && z->owners[leaf->owner + k].rank > *rank) *rank = z->owners[leaf->owner + k].rank;
        w->inside_count = at;
    }
    *settled = true;
    return SMAP_OK;
}

/* Straight down while the box lies in one child; where it lies in several, all must say the same. */
static smap_status settle(smap__zone_work *w, const smap__zone_cell *cell, smap_box cell_box, const smap_box *box,
                          bool *settled, int32_t *rank, smap_error *err) {
    while (cell->child) {
        double x = smap__zone_middle(cell_box.xmin, cell_box.xmax), y = smap__zone_middle(cell_box.ymin, cell_box.ymax);
        bool left = box->xmin < x, low = box->ymin < y;
        bool right = !left || box->xmax > x, high = !low || box->ymax > y;
        if (left && right) break;
        if (low && high) break;
        int k = right | high << 1;
        cell_box = smap__zone_child_box(&cell_box, k);
        cell = &w->zones->cells[cell->child + (uint32_t)k];
    }
    if (!cell->child) return settle_leaf(w, cell, &cell_box, box, settled, rank, err);
    int32_t common = UNSET;
    *settled = true;
    for (int k = 0; k < SMAP__ZONE_FAN && *settled; k++) {
        smap_box child_box = smap__zone_child_box(&cell_box, k);
        int32_t one;
        bool right = k & 1, high = k & 2;
        if (right ? box->xmax <= child_box.xmin && box->xmin < child_box.xmin : box->xmin >= child_box.xmax) continue;
        if (high ? box->ymax <= child_box.ymin && box->ymin < child_box.ymin : box->ymin >= child_box.ymax) continue;
        smap_status status = settle(w, &w->zones->cells[cell->child + (uint32_t)k], child_box, box, settled, &one, err);
        if (status != SMAP_OK) return status;
        *settled = *settled && (common == UNSET || common == one);
        common = one;
    }
    *rank = common;
    return SMAP_OK;
}

smap_status smap__zone_settle(smap__zone_work *work, smap_box box, bool *settled, int32_t *rank, smap_error *err) {
    const smap_box *root = &work->zones->root;
    *rank = -1;
    *settled = !smap__box_touches(box, *root);
    if (*settled) return SMAP_OK;
    if (box.xmin < root->xmin || box.xmax > root->xmax || box.ymin < root->ymin || box.ymax > root->ymax)
        return SMAP_OK; /* one that sticks out is left to those who measure */
    return settle(work, work->zones->cells, *root, &box, settled, rank, err);
}
