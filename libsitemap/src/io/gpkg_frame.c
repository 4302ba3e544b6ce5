#include "io/gpkg_frame.h"

#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "base/alloc.h"
#include "base/byte_order.h"
#include "base/fail.h"
#include "geo/geom_column.h"

/* io/gpkg_rtree.c says how a node is laid out. */
enum { NODE_HEADER = 4, CELL = 24, MAX_LEVELS = 40, ROOT = 1 };

/* Nodes that wait to be looked at. */
typedef struct waiting {
    int64_t node;
    int height;
} waiting;

typedef struct search {
    sqlite3_stmt *query; /* the bytes of node ?1 */
    smap_box frame;
    int64_t most;
    int64_t nodes; /* so many may still be looked at */
    waiting *stack;
    size_t waits, capacity;
    smap__gpkg_hits hits;
} search;

static float float_at(const unsigned char *b) {
    uint32_t bits = smap__be32(b);
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static smap__gpkg_hit cell_at(const unsigned char *b) {
    uint64_t id = (uint64_t)smap__be32(b) << 32 | smap__be32(b + 4);
    return (smap__gpkg_hit){ (int64_t)id, float_at(b + 8), float_at(b + 12), float_at(b + 16), float_at(b + 20) };
}

static smap_status push(search *s, int64_t node, int height, smap_error *err) {
    if (!smap__grow(&s->stack, &s->capacity, s->waits + 1, sizeof *s->stack)) return smap__fail_memory(err);
    s->stack[s->waits++] = (waiting){ node, height };
    return SMAP_OK;
}

static smap_status take_cells(search *s, const unsigned char *cells, int count, int height, smap_error *err) {
    for (int i = 0; i < count; i++) {
        smap__gpkg_hit c = cell_at(cells + (size_t)i * CELL);
        smap_status status = SMAP_OK;
        if (!smap__box_touches((smap_box){ c.xmin, c.ymin, c.xmax, c.ymax }, s->frame)) continue;
        if (height > 0) {
            status = push(s, c.id, height - 1, err);
        } else {
            if (!smap__grow(&s->hits.hit, &s->hits.capacity, s->hits.count + 1, sizeof *s->hits.hit))
                return smap__fail_memory(err);
            s->hits.hit[s->hits.count++] = c;
        }
        if (status != SMAP_OK) return status;
    }
    return SMAP_OK;
}

/* height -1: of the root, which says it. */
static smap_status look_at(search *s, waiting at, bool *known, smap_error *err) {
    smap_status status = SMAP_OK;
    *known = false;
    sqlite3_bind_int64(s->query, 1, at.node);
    bool there = sqlite3_step(s->query) == SQLITE_ROW && sqlite3_column_type(s->query, 0) == SQLITE_BLOB;
    const unsigned char *node = there ? sqlite3_column_blob(s->query, 0) : NULL;
    int size = node ? sqlite3_column_bytes(s->query, 0) : 0;
    if (size >= NODE_HEADER) {
        int height = at.height < 0 ? node[0] << 8 | node[1] : at.height, count = node[2] << 8 | node[3];
        *known = height < MAX_LEVELS && count <= (size - NODE_HEADER) / CELL;
        if (*known) status = take_cells(s, node + NODE_HEADER, count, height, err);
    }
    sqlite3_reset(s->query);
    *known = *known && (int64_t)s->hits.count <= s->most && s->nodes-- > 0;
    return status;
}

static int by_id(const void *a, const void *b) {
    int64_t left = ((const smap__gpkg_hit *)a)->id, right = ((const smap__gpkg_hit *)b)->id;
    return (left > right) - (left < right);
}

static bool sort_hits(smap__gpkg_hits *hits) {
    if (hits->count) qsort(hits->hit, hits->count, sizeof *hits->hit, by_id);
    for (size_t i = 1; i < hits->count; i++)
        if (hits->hit[i].id == hits->hit[i - 1].id) return false;
    return true;
}

static bool prepare(sqlite3 *db, const char *table, const char *geometry, sqlite3_stmt **out) {
    char *sql = sqlite3_mprintf("SELECT data FROM main.\"rtree_%w_%w_node\" WHERE nodeno = ?1", table, geometry);
    bool done = sql && sqlite3_prepare_v2(db, sql, -1, out, NULL) == SQLITE_OK;
    sqlite3_free(sql);
    return done;
}

smap_status smap__gpkg_hits_find(sqlite3 *db, const char *table, const char *geometry, smap_box frame, int64_t most,
                                 smap__gpkg_hits *out, bool *known, smap_error *err) {
    search s = { .frame = frame, .most = most, .nodes = most };
    smap_status status = SMAP_OK;
    *known = prepare(db, table, geometry, &s.query);
    if (*known) status = push(&s, ROOT, -1, err);
    while (status == SMAP_OK && *known && s.waits) status = look_at(&s, s.stack[--s.waits], known, err);
    sqlite3_finalize(s.query);
    smap__free(s.stack);
    *known = *known && status == SMAP_OK && sort_hits(&s.hits);
    if (*known)
        *out = s.hits;
    else
        smap__gpkg_hits_release(&s.hits);
    return status;
}

void smap__gpkg_hits_release(smap__gpkg_hits *hits) {
    smap__free(hits->hit);
    *hits = (smap__gpkg_hits){ 0 };
}

bool smap__gpkg_hits_fit(const smap__gpkg_hits *hits, const smap_layer *layer) {
    if (smap_table_rows(layer->table) != (int64_t)hits->count) return false;
    for (size_t i = 0; i < hits->count; i++) {
        const smap__gpkg_hit *h = &hits->hit[i];
        if (layer->fid[i] != h->id) return false;
        if (layer->geometry->type[i] == SMAP_GEOM_NULL) continue;
        smap_box b = smap_geometry_box(layer->geometry, (int64_t)i);
        if (!(b.xmin >= h->xmin && b.xmax <= h->xmax && b.ymin >= h->ymin && b.ymax <= h->ymax)) return false;
    }
    return true;
}
