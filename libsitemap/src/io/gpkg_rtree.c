/* The R-tree, packed bottom-up: boxes sorted along the Hilbert curve (ties by fid), nodes filled evenly to their
 * capacity, written into the shadow tables of SQLite's rtree module in the order of their keys. SQLite keeps the tree
 * valid from there on. Layout of a node: depth (root only) and number of cells as 16 bits each, then the cells of 24
 * bytes: 64-bit id and four 32-bit floats (xmin, xmax, ymin, ymax), all big-endian (sqlite3 ext/rtree/rtree.c). */
#include <string.h>

#include "base/alloc.h"
#include "base/byte_order.h"
#include "base/fail.h"
#include "base/word_sort.h"
#include "geo/index.h"
#include "io/gpkg.h"

enum { NODE_HEADER = 4, CELL = 24, MAX_LEVELS = 40 };

typedef struct level { /* nodes of one height; height 0 are the leaves */
    int64_t count, first_id;
    float (*box)[4];
} level;

typedef struct tree {
    const smap__gpkg_boxes *boxes;
    uint64_t *key; /* of every box: Hilbert value above, position in `boxes` below; sorted */
    int64_t items; /* keys */
    int64_t *leaf; /* node of each position of `boxes`, 0 where it is not in the index */
    int64_t *row;  /* positions that are in the index, ascending: rows of the rowid table */
    int node_size, capacity;
    int levels;
    level level[MAX_LEVELS];
    unsigned char *node; /* one for each worker */
} tree;

static void tree_release(tree *t) {
    for (int i = 0; i < t->levels; i++) smap__free(t->level[i].box);
    smap__free(t->key);
    smap__free(t->leaf);
    smap__free(t->row);
    smap__free(t->node);
}

static void put_float(unsigned char *to, float value) {
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    smap__put_big(to, bits, 4);
}

/* ---- order ---- */

static smap_status make_keys(smap_ctx *ctx, tree *t, smap_error *err) {
    const smap__gpkg_boxes *boxes = t->boxes;
    uint64_t *spare = smap__alloc((size_t)boxes->count * sizeof *spare);
    t->key = smap__alloc((size_t)boxes->count * sizeof *t->key);
    if (!spare || !t->key) {
        smap__free(spare);
        return smap__fail_memory(err);
    }
    for (int64_t i = 0; i < boxes->count; i++) {
        const float *box = boxes->box[i];
        if (box[0] > box[1]) continue;
        uint64_t h = smap__hilbert(((double)box[0] + box[1]) / 2, ((double)box[2] + box[3]) / 2, boxes->extent);
        t->key[t->items++] = h << 32 | (uint64_t)i;
    }
    smap_status status = smap__sort_words(ctx, t->key, spare, t->items, 32, err);
    smap__free(spare);
    return status;
}

static int64_t position(const tree *t, int64_t item) {
    return (int64_t)(t->key[item] & 0xffffffffu);
}

/* ---- shape ---- */

/* How many entries a level holds: the boxes themselves below the leaves. */
static int64_t entries_below(const tree *t, int height) {
    return height == 0 ? t->items : t->level[height - 1].count;
}

static const float *entry_box(const tree *t, int height, int64_t entry) {
    return height == 0 ? t->boxes->box[position(t, entry)] : t->level[height - 1].box[entry];
}

/* Entries [begin, end) of node `index` when they are spread evenly over the nodes of the level. */
static void node_span(const tree *t, int height, int64_t index, int64_t *begin, int64_t *end) {
    int64_t entries = entries_below(t, height), nodes = t->level[height].count;
    *begin = index * entries / nodes;
    *end = (index + 1) * entries / nodes;
}

static void box_of_node(tree *t, int height, int64_t index) {
    int64_t begin, end;
    node_span(t, height, index, &begin, &end);
    float *to = t->level[height].box[index];
    for (int64_t i = begin; i < end; i++) {
        const float *box = entry_box(t, height, i);
        if (i == begin) memcpy(to, box, 4 * sizeof *to);
        if (box[0] < to[0]) to[0] = box[0];
        if (box[1] > to[1]) to[1] = box[1];
        if (box[2] < to[2]) to[2] = box[2];
        if (box[3] > to[3]) to[3] = box[3];
    }
}

/* Levels from the leaves up until one node, the root, holds all. The root is node 1, the others are numbered from 2. */
static smap_status shape(tree *t, smap_error *err) {
    int64_t next = 2;
    for (int height = 0;; height++) {
        int64_t entries = entries_below(t, height);
        int64_t nodes = (entries + t->capacity - 1) / t->capacity;
        if (nodes < 1) nodes = 1;
        level *here = &t->level[height];
        here->count = nodes;
        here->first_id = nodes == 1 ? 1 : next;
        here->box = smap__zalloc((size_t)nodes, sizeof *here->box);
        t->levels = height + 1;
        if (!here->box) return smap__fail_memory(err);
        for (int64_t i = 0; i < nodes; i++) box_of_node(t, height, i);
        if (nodes == 1) return SMAP_OK;
        next += nodes;
    }
}

/* ---- the three shadow tables ---- */

static void fill_node(const tree *t, int height, int64_t index, unsigned char *node) {
    int64_t begin, end;
    node_span(t, height, index, &begin, &end);
    memset(node, 0, (size_t)t->node_size);
    smap__put_big(node, (uint64_t)(height == t->levels - 1 ? height : 0), 2);
    smap__put_big(node + 2, (uint64_t)(end - begin), 2);
    unsigned char *to = node + NODE_HEADER;
    for (int64_t i = begin; i < end; i++, to += CELL) {
        int64_t id;
        if (height > 0)
            id = t->level[height - 1].first_id + i;
        else if (t->boxes->fid)
            id = t->boxes->fid[position(t, i)];
        else
            id = position(t, i) + 1;
        const float *box = entry_box(t, height, i);
        smap__put_big(to, (uint64_t)id, 8);
        for (int k = 0; k < 4; k++) put_float(to + 8 + 4 * k, box[k]);
    }
}

/* Height and index of the node in row `row` of the node table, whose keys are 1, 2, 3, ... */
static void find_node(const tree *t, int64_t row, int *height, int64_t *index) {
    int64_t id = row + 1;
    *height = t->levels - 1;
    *index = 0;
    if (id == 1) return;
    for (int h = 0; h < t->levels - 1; h++) {
        if (id < t->level[h].first_id + t->level[h].count) {
            *height = h;
            *index = id - t->level[h].first_id;
            return;
        }
    }
}

static void node_value(void *user, int64_t row, int column, sqlite3_context *out) {
    tree *t = user;
    int height;
    int64_t index;
    if (column == 0) {
        sqlite3_result_int64(out, row + 1);
        return;
    }
    find_node(t, row, &height, &index);
    fill_node(t, height, index, t->node);
    sqlite3_result_blob(out, t->node, t->node_size, SQLITE_STATIC);
}

/* The node of the level above that holds entry `index`: the inverse of node_span. */
static int64_t holder(const tree *t, int height, int64_t index) {
    int64_t entries = entries_below(t, height), nodes = t->level[height].count;
    return t->level[height].first_id + ((index + 1) * nodes - 1) / entries;
}

static void parent_value(void *user, int64_t row, int column, sqlite3_context *out) {
    tree *t = user;
    int height;
    int64_t index;
    find_node(t, row + 1, &height, &index);
    sqlite3_result_int64(out, column == 0 ? row + 2 : holder(t, height + 1, index));
}

static void rowid_value(void *user, int64_t row, int column, sqlite3_context *out) {
    const tree *t = user;
    int64_t at = t->row ? t->row[row] : row;
    if (column == 1)
        sqlite3_result_int64(out, t->leaf[at]);
    else
        sqlite3_result_int64(out, t->boxes->fid ? t->boxes->fid[at] : at + 1);
}

static void put_node(void *user, int worker, int64_t row, smap__record *to, int64_t *key) {
    const tree *t = user;
    unsigned char *node = t->node + (size_t)worker * (size_t)t->node_size;
    int height;
    int64_t index;
    find_node(t, row, &height, &index);
    fill_node(t, height, index, node);
    *key = row + 1;
    smap__record_null(to);
    smap__record_blob(to, node, (size_t)t->node_size);
}

static void put_rowid(void *user, int worker, int64_t row, smap__record *to, int64_t *key) {
    const tree *t = user;
    int64_t at = t->row ? t->row[row] : row;
    (void)worker;
    *key = t->boxes->fid ? t->boxes->fid[at] : at + 1;
    smap__record_null(to);
    smap__record_int(to, t->leaf[at]);
}

/* Which leaf holds each row, and which rows are in the index at all. */
static smap_status assign_leaves(tree *t, smap_error *err) {
    int64_t count = t->boxes->count;
    t->leaf = smap__zalloc((size_t)count, sizeof *t->leaf);
    if (!t->leaf) return smap__fail_memory(err);
    for (int64_t node = 0; node < t->level[0].count; node++) {
        int64_t begin, end;
        node_span(t, 0, node, &begin, &end);
        for (int64_t i = begin; i < end; i++) t->leaf[position(t, i)] = t->level[0].first_id + node;
    }
    if (t->items == count) return SMAP_OK;
    t->row = smap__zalloc((size_t)t->items, sizeof *t->row);
    if (!t->row) return smap__fail_memory(err);
    for (int64_t i = 0, n = 0; i < count; i++)
        if (t->leaf[i]) t->row[n++] = i;
    return SMAP_OK;
}

static smap_status fill_table(smap__gpkg *gpkg, const char *name, const smap__feed *feed, const smap__bulk *bulk,
                              smap_error *err) {
    bool done = false;
    smap_status status = smap__gpkg_bulk(gpkg, name, bulk, &done, err);
    return status == SMAP_OK && !done ? smap__gpkg_feed(gpkg, name, feed, err) : status;
}

static smap_status fill_tables(smap__gpkg *gpkg, tree *t, const char *name, smap_error *err) {
    smap_status status = SMAP_OK;
    char *node = sqlite3_mprintf("%s_node", name), *parent = sqlite3_mprintf("%s_parent", name),
         *rowid = sqlite3_mprintf("%s_rowid", name);
    if (!node || !parent || !rowid) {
        status = smap__fail_memory(err);
        goto done;
    }
    int64_t nodes = t->levels == 1 ? 1 : t->level[t->levels - 2].first_id + t->level[t->levels - 2].count - 1;
    const smap__feed nodes_feed = { nodes, 2, node_value, t }, parent_feed = { nodes - 1, 2, parent_value, t },
                     rowid_feed = { t->items, 2, rowid_value, t };
    const smap__bulk nodes_bulk = { nodes, put_node, t }, rowid_bulk = { t->items, put_rowid, t };
    SMAP_TRY(smap__gpkg_exec(gpkg, err, "DELETE FROM \"%w\"", node), done);
    SMAP_TRY(fill_table(gpkg, node, &nodes_feed, &nodes_bulk, err), done);
    SMAP_TRY(smap__gpkg_feed(gpkg, parent, &parent_feed, err), done);
    SMAP_TRY(fill_table(gpkg, rowid, &rowid_feed, &rowid_bulk, err), done);
done:
    sqlite3_free(node);
    sqlite3_free(parent);
    sqlite3_free(rowid);
    return status;
}

static smap_status build(smap__gpkg *gpkg, tree *t, const char *name, smap_error *err) {
    int64_t node_size = 0;
    smap_status status =
        smap__gpkg_int(gpkg, &node_size, 0, err, "SELECT length(data) FROM \"%w_node\" WHERE nodeno = 1", name);
    if (status != SMAP_OK) return status;
    t->node_size = (int)node_size;
    t->capacity = (t->node_size - NODE_HEADER) / CELL;
    t->node = t->node_size > 0 ? smap__realloc(NULL, (size_t)smap_ctx_threads(gpkg->ctx), (size_t)t->node_size) : NULL;
    if (!t->node) return smap__fail_memory(err);
    SMAP_TRY(make_keys(gpkg->ctx, t, err), done);
    SMAP_TRY(shape(t, err), done);
    SMAP_TRY(assign_leaves(t, err), done);
    SMAP_TRY(fill_tables(gpkg, t, name, err), done);
done:
    return status;
}

smap_status smap__gpkg_write_rtree(smap__gpkg *gpkg, const smap__gpkg_out_table *table, const smap__gpkg_boxes *boxes,
                                   smap_error *err) {
    smap_status status;
    tree t = { .boxes = boxes };
    char *name = sqlite3_mprintf("rtree_%s_%s", table->name, table->geometry);
    if (!name) return smap__fail_memory(err);
    if (boxes->count > UINT32_MAX) {
        status =
            smap__fail(err, SMAP_E_LIMIT, table->name, "layer %s: more than 4 billion rows; split it", table->name);
        goto done;
    }
    SMAP_TRY(smap__gpkg_exec(gpkg, err, "CREATE VIRTUAL TABLE \"%w\" USING rtree(id, minx, maxx, miny, maxy)", name),
             done);
    SMAP_TRY(build(gpkg, &t, name, err), done);
    status = smap__gpkg_extension(gpkg, table->name, table->geometry, "gpkg_rtree_index",
                                  "http://www.geopackage.org/spec120/#extension_rtree", "write-only", err);
done:
    tree_release(&t);
    sqlite3_free(name);
    return status;
}
