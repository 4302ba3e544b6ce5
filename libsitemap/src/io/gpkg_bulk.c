/* Many rows of a new table as pages of SQLite's file (https://www.sqlite.org/fileformat2.html, 1.6), built side by
 * side: a leaf holds its rows and knows no other page, so chunks of rows become leaves on all workers. Leaves are put
 * behind the end of the file chunk by chunk, then the levels above them, the top one into the root that SQLite made;
 * the header that says how long the file is comes last. What is written is the same for any number of workers. SQLite
 * has let go of the file meanwhile, and reads all of it again in the check before the commit. */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/byte_order.h"
#include "base/fail.h"
#include "base/parallel.h"
#include "io/gpkg.h"

enum {
    CHUNK = 4096,        /* rows */
    CHUNKS_AT_ONCE = 64, /* in memory */
    HEADER = 100,        /* of the file, in front of its first page */
    LEAF = 0x0d,
    INNER = 0x05,
    LEAF_HEADER = 8,
    INNER_HEADER = 12,
    OVERHEAD = 35, /* a row of more than the page without this goes on in other pages */
    INNER_CELL = 4 + SMAP__VARINT_MOST + 2
};
#define LOCK_BYTE 0x40000000 /* the page that holds it is never used */

/* The pages of one chunk, or of one level above the leaves. */
typedef struct run {
    unsigned char *pages;
    int64_t *last; /* the largest key of each page */
    size_t count, page_capacity, last_capacity;
    int64_t slot; /* of its first page */
    bool unfit;   /* a row is too large */
} run;

typedef struct work {
    smap__gpkg *gpkg;
    const smap__bulk *bulk;
    smap__record *records; /* of each worker */
    uint32_t page_size, usable, root;
    uint32_t pages_before; /* of the file as it was */
    int64_t slots;         /* pages put behind them so far */
    run runs[CHUNKS_AT_ONCE];
    int64_t first_chunk;
    run below; /* all pages of a level: their keys alone */
} work;

static uint32_t read_big(const unsigned char *from, int bytes) {
    uint32_t value = 0;
    for (int i = 0; i < bytes; i++) value = value << 8 | from[i];
    return value;
}

/* ---- pages ---- */

static uint32_t page_number(const work *w, int64_t slot) {
    int64_t number = (int64_t)w->pages_before + 1 + slot, lock = LOCK_BYTE / w->page_size + 1;
    return (uint32_t)(w->pages_before < lock && number >= lock ? number + 1 : number);
}

static smap_status put_bytes(const work *w, const unsigned char *from, size_t size, uint64_t offset, smap_error *err) {
    while (size > 0) {
        ssize_t put = pwrite(w->gpkg->fd, from, size, (off_t)offset);
        if (put < 0 && errno == EINTR) continue;
        if (put <= 0) return smap__fail_write(err, w->gpkg->target.path, put < 0 ? errno : ENOSPC);
        from += put;
        offset += (uint64_t)put;
        size -= (size_t)put;
    }
    return SMAP_OK;
}

/* Pages that follow each other in the file at once. */
static smap_status put_pages(const work *w, const run *r, smap_error *err) {
    smap_status status = SMAP_OK;
    for (size_t first = 0, end; first < r->count && status == SMAP_OK; first = end) {
        uint32_t number = page_number(w, r->slot + (int64_t)first);
        for (end = first + 1; end < r->count; end++)
            if (page_number(w, r->slot + (int64_t)end) != number + (uint32_t)(end - first)) break;
        status = put_bytes(w, r->pages + first * w->page_size, (end - first) * w->page_size,
                           (uint64_t)(number - 1) * w->page_size, err);
    }
    return status;
}

/* An empty page at the end of the run. */
static unsigned char *new_page(const work *w, run *r) {
    if (!smap__grow(&r->pages, &r->page_capacity, (r->count + 1) * w->page_size, 1) ||
        !smap__grow(&r->last, &r->last_capacity, r->count + 1, sizeof *r->last))
        return NULL;
    unsigned char *page = r->pages + r->count++ * w->page_size;
    memset(page, 0, w->page_size);
    return page;
}

static void end_page(unsigned char *page, int kind, uint32_t cells, uint32_t content) {
    page[0] = (unsigned char)kind;
    smap__put_big(page + 3, cells, 2);
    smap__put_big(page + 5, content & 0xffff, 2); /* 65536 is 0 */
}

/* ---- leaves ---- */

/* The rows of a chunk, as many a page as there is room for. */
static smap_status fill_leaves(work *w, run *r, smap__record *record, int64_t first, int64_t end, int worker,
                               smap_error *err) {
    unsigned char *page = NULL, cell[2 * SMAP__VARINT_MOST];
    uint32_t cells = 0, content = 0;
    for (int64_t row = first; row < end; row++) {
        int64_t key = 0;
        smap__record_begin(record);
        w->bulk->put(w->bulk->user, worker, row, record, &key);
        if (!smap__record_finish(record)) return smap__fail_memory(err);
        if (record->size > w->usable - OVERHEAD) {
            r->unfit = true;
            return SMAP_OK;
        }
        int head = smap__put_varint(cell, record->size);
        head += smap__put_varint(cell + head, (uint64_t)key);
        uint32_t size = (uint32_t)head + (uint32_t)record->size;
        if (page && LEAF_HEADER + 2 * (cells + 1) + size > content) {
            end_page(page, LEAF, cells, content);
            page = NULL;
        }
        if (!page) {
            page = new_page(w, r);
            if (!page) return smap__fail_memory(err);
            cells = 0;
            content = w->usable;
        }
        content -= size;
        memcpy(page + content, cell, (size_t)head);
        memcpy(page + content + head, record->bytes, record->size);
        smap__put_big(page + LEAF_HEADER + 2 * cells++, content, 2);
        r->last[r->count - 1] = key;
    }
    if (page) end_page(page, LEAF, cells, content);
    return SMAP_OK;
}

static smap_status make_leaves(int worker, int64_t number, void *user, smap_error *err) {
    work *w = user;
    int64_t first = (w->first_chunk + number) * CHUNK, end = first + CHUNK;
    w->runs[number].count = 0;
    return fill_leaves(w, &w->runs[number], &w->records[worker], first, end < w->bulk->rows ? end : w->bulk->rows,
                       worker, err);
}

static smap_status write_run(int worker, int64_t number, void *user, smap_error *err) {
    const work *w = user;
    (void)worker;
    return put_pages(w, &w->runs[number], err);
}

/* The keys of the runs behind those of the level. */
static smap_status note_keys(work *w, int64_t runs, bool *unfit, smap_error *err) {
    for (int64_t k = 0; k < runs; k++) {
        run *r = &w->runs[k];
        *unfit = *unfit || r->unfit;
        if (!smap__grow(&w->below.last, &w->below.last_capacity, w->below.count + r->count, sizeof *w->below.last))
            return smap__fail_memory(err);
        memcpy(w->below.last + w->below.count, r->last, r->count * sizeof *r->last);
        r->slot = w->slots;
        w->slots += (int64_t)r->count;
        w->below.count += r->count;
    }
    return SMAP_OK;
}

static smap_status write_leaves(work *w, bool *unfit, smap_error *err) {
    int64_t chunks = (w->bulk->rows + CHUNK - 1) / CHUNK;
    smap_status status = SMAP_OK;
    for (; w->first_chunk < chunks && status == SMAP_OK && !*unfit; w->first_chunk += CHUNKS_AT_ONCE) {
        int64_t runs = chunks - w->first_chunk < CHUNKS_AT_ONCE ? chunks - w->first_chunk : CHUNKS_AT_ONCE;
        status = smap__parallel(w->gpkg->ctx, runs, make_leaves, w, err);
        if (status == SMAP_OK) status = note_keys(w, runs, unfit, err);
        if (status == SMAP_OK && !*unfit) status = smap__parallel(w->gpkg->ctx, runs, write_run, w, err);
    }
    return status;
}

/* ---- the levels above ---- */

/* Children [first, end) of the level below under one page. */
static void fill_inner(const work *w, unsigned char *page, size_t first, size_t end) {
    uint32_t content = w->usable, cells = 0;
    for (size_t k = first; k + 1 < end; k++) {
        unsigned char cell[4 + SMAP__VARINT_MOST];
        smap__put_big(cell, page_number(w, w->below.slot + (int64_t)k), 4);
        int size = 4 + smap__put_varint(cell + 4, (uint64_t)w->below.last[k]);
        content -= (uint32_t)size;
        memcpy(page + content, cell, (size_t)size);
        smap__put_big(page + INNER_HEADER + 2 * cells++, content, 2);
    }
    smap__put_big(page + 8, page_number(w, w->below.slot + (int64_t)end - 1), 4);
    end_page(page, INNER, cells, content);
}

/* Level by level until one page holds all: that one is the root. */
static smap_status write_levels(work *w, smap_error *err) {
    size_t fan = (w->usable - INNER_HEADER) / INNER_CELL;
    run *level = &w->runs[0];
    smap_status status = SMAP_OK;
    while (status == SMAP_OK) {
        size_t children = w->below.count, nodes = (children + fan - 1) / fan;
        level->count = 0;
        for (size_t k = 0; k < nodes; k++) {
            unsigned char *page = new_page(w, level);
            if (!page) return smap__fail_memory(err);
            size_t end = children * (k + 1) / nodes;
            fill_inner(w, page, children * k / nodes, end);
            level->last[k] = w->below.last[end - 1];
        }
        if (nodes == 1) return put_bytes(w, level->pages, w->page_size, (uint64_t)(w->root - 1) * w->page_size, err);
        level->slot = w->slots;
        w->slots += (int64_t)nodes;
        status = put_pages(w, level, err);
        memcpy(w->below.last, level->last, nodes * sizeof *level->last);
        w->below.count = nodes;
        w->below.slot = level->slot;
    }
    return status;
}

/* ---- the file ---- */

/* False: a file of a kind that is left to SQLite. */
static bool read_header(work *w, const unsigned char header[HEADER]) {
    uint32_t page_size = read_big(header + 16, 2);
    w->page_size = page_size == 1 ? 65536 : page_size;
    w->usable = w->page_size - header[20];
    w->pages_before = read_big(header + 28, 4);
    return read_big(header + 24, 4) == read_big(header + 92, 4) &&           /* the number of pages counts */
           read_big(header + 44, 4) == 4 && read_big(header + 56, 4) == 1 && /* newest records; UTF-8 */
           read_big(header + 52, 4) == 0 &&                                  /* no map of pointers */
           header[18] == 1 && header[19] == 1;                               /* no write-ahead log */
}

static smap_status write_header(const work *w, unsigned char header[HEADER], smap_error *err) {
    uint32_t change = read_big(header + 24, 4) + 1;
    smap__put_big(header + 24, change, 4);
    smap__put_big(header + 92, change, 4);
    smap__put_big(header + 28, page_number(w, w->slots - 1), 4);
    return put_bytes(w, header, HEADER, 0, err);
}

static smap_status cut_back(const work *w, smap_error *err) {
    int code;
    do {
        code = ftruncate(w->gpkg->fd, (off_t)w->pages_before * w->page_size);
    } while (code != 0 && errno == EINTR);
    return code == 0 ? SMAP_OK : smap__fail_write(err, w->gpkg->target.path, errno);
}

/* With SQLite away. */
static smap_status write_table(work *w, bool *done, smap_error *err) {
    unsigned char header[HEADER];
    bool unfit = false;
    *done = false;
    if (pread(w->gpkg->fd, header, HEADER, 0) != HEADER) return smap__fail_write(err, w->gpkg->target.path, EIO);
    if (!read_header(w, header)) return SMAP_OK;
    smap_status status = write_leaves(w, &unfit, err);
    if (status != SMAP_OK) return status;
    if (unfit) return cut_back(w, err);
    status = write_levels(w, err);
    if (status == SMAP_OK) status = write_header(w, header, err);
    *done = true;
    return status;
}

static smap_status leave_sqlite(smap__gpkg *gpkg, smap_error *err) {
    smap_status status = smap__gpkg_exec(gpkg, err, "COMMIT");
    if (status != SMAP_OK) return status;
    int code = sqlite3_close(gpkg->db);
    if (code != SQLITE_OK) return smap__gpkg_fail(gpkg, code, err);
    gpkg->db = NULL;
    return SMAP_OK;
}

smap_status smap__gpkg_bulk(smap__gpkg *gpkg, const char *table, const smap__bulk *bulk, bool *done, smap_error *err) {
    int threads = smap_ctx_threads(gpkg->ctx);
    int64_t root = 0;
    work w = { .gpkg = gpkg, .bulk = bulk };
    *done = false;
    if (bulk->rows < SMAP__BULK_LEAST) return SMAP_OK;
    smap_status status = smap__gpkg_int(gpkg, &root, 0, err,
                                        "SELECT rootpage FROM sqlite_schema WHERE type = 'table' AND name = %Q", table);
    if (status != SMAP_OK || root < 2) return status;
    w.root = (uint32_t)root;
    w.records = smap__zalloc((size_t)threads, sizeof *w.records);
    status = w.records ? leave_sqlite(gpkg, err) : smap__fail_memory(err);
    if (status == SMAP_OK) status = write_table(&w, done, err);
    if (status == SMAP_OK) status = smap__gpkg_connect(gpkg, err);
    if (status == SMAP_OK) status = smap__gpkg_exec(gpkg, err, "BEGIN");
    for (int k = 0; w.records && k < threads; k++) smap__record_release(&w.records[k]);
    for (int k = 0; k < CHUNKS_AT_ONCE; k++) {
        smap__free(w.runs[k].pages);
        smap__free(w.runs[k].last);
    }
    smap__free(w.below.last);
    smap__free(w.records);
    return status;
}
