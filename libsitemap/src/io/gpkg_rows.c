/* Rows of a layer straight from the columns, many as records in bulk, few as SQLite values: one growing buffer for the
 * geometry blob. Rows are written in the order of their fid, so that every page is filled once; boxes for the index
 * fall out. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/byte_order.h"
#include "base/ctx.h"
#include "base/fail.h"
#include "geo/geom_column.h"
#include "io/gpkg.h"

typedef struct row_source {
    const smap_layer *layer;
    const smap__gpkg_out_table *table;
    int64_t *order; /* row of the layer for each row of the table; NULL: the same */
    smap__gpkg_boxes *boxes;
    unsigned char *blob;
    size_t capacity;
    int64_t unfit; /* geometries with coordinates that are no numbers */
} row_source;

void smap__gpkg_boxes_release(smap__gpkg_boxes *boxes) {
    smap__free(boxes->fid);
    smap__free(boxes->box);
    boxes->fid = NULL;
    boxes->box = NULL;
}

/* ---- geometry blobs ---- */

enum { BLOB_HEADER = 8, BLOB_ENVELOPE = 32, MULTI_HEADER = 9 };

static void put_real(unsigned char *to, double value) {
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    smap__put_le64(to, bits);
}

/* The box of a feature's coordinates, which lie side by side; false when one of them is not finite. */
static bool bounds(const smap_geometry *g, int64_t first, int64_t end, smap_box *box) {
    double xmin = HUGE_VAL, ymin = HUGE_VAL, xmax = -HUGE_VAL, ymax = -HUGE_VAL, odd = 0;
    for (int64_t i = first; i < end; i++) {
        double x = g->x[i], y = g->y[i];
        xmin = x < xmin ? x : xmin;
        xmax = x > xmax ? x : xmax;
        ymin = y < ymin ? y : ymin;
        ymax = y > ymax ? y : ymax;
        odd += (x - x) + (y - y); /* 0, or NaN from a NaN or an infinity */
    }
    *box = (smap_box){ xmin, ymin, xmax, ymax };
    return odd == 0;
}

static bool grow_blob(row_source *rows, size_t need) {
    return need <= rows->capacity || smap__grow(&rows->blob, &rows->capacity, need, 1);
}

/* The well-known binary of a feature at `at` of the buffer; its size, 0 when memory runs out. */
static size_t put_wkb(row_source *rows, int64_t feature, size_t at) {
    const smap_geometry *g = rows->layer->geometry;
    size_t size = smap_geometry_wkb(g, feature, rows->blob + at, rows->capacity - at);
    if (size <= rows->capacity - at) return size;
    if (!grow_blob(rows, at + size)) return 0;
    return smap_geometry_wkb(g, feature, rows->blob + at, rows->capacity - at);
}

static bool is_single(uint8_t type) {
    return type == SMAP_GEOM_POINT || type == SMAP_GEOM_LINESTRING || type == SMAP_GEOM_POLYGON;
}

/* A single geometry as the only part of its multi type (code + 3 in every dimension). */
static size_t put_as_multi(row_source *rows, int64_t feature, size_t at, bool empty) {
    size_t size = put_wkb(rows, feature, at + MULTI_HEADER);
    if (size == 0) return 0;
    unsigned char *to = rows->blob + at;
    to[0] = 1;
    smap__put_le32(to + 1, smap__le32(to + MULTI_HEADER + 1) + 3);
    smap__put_le32(to + 5, empty ? 0 : 1);
    return empty ? MULTI_HEADER : MULTI_HEADER + size;
}

/* The blob of a feature into the buffer (GeoPackage 1.2, clause 2.1.3); its size, 0 when memory runs out. */
static size_t put_blob(row_source *rows, int64_t feature, const smap_box *box, bool empty) {
    uint8_t type = rows->layer->geometry->type[feature];
    bool envelope = !empty && type != SMAP_GEOM_POINT;
    size_t at = BLOB_HEADER + (envelope ? BLOB_ENVELOPE : 0);
    if (!grow_blob(rows, at + MULTI_HEADER + 64)) return 0;
    size_t size =
        rows->table->multi && is_single(type) ? put_as_multi(rows, feature, at, empty) : put_wkb(rows, feature, at);
    if (size == 0) return 0;
    unsigned char *to = rows->blob;
    to[0] = 'G';
    to[1] = 'P';
    to[2] = 0;
    to[3] = (unsigned char)(1 | (envelope ? 1 << 1 : 0) | (empty ? 1 << 4 : 0));
    smap__put_le32(to + 4, (uint32_t)rows->table->srs_id);
    if (envelope) {
        put_real(to + 8, box->xmin);
        put_real(to + 16, box->xmax);
        put_real(to + 24, box->ymin);
        put_real(to + 32, box->ymax);
    }
    return at + size;
}

/* ---- boxes of the index ---- */

static float round_down(double value) {
    float f = (float)value;
    return (double)f > value ? nextafterf(f, -HUGE_VALF) : f;
}

static float round_up(double value) {
    float f = (float)value;
    return (double)f < value ? nextafterf(f, HUGE_VALF) : f;
}

static void note_box(smap__gpkg_boxes *boxes, int64_t at, const smap_box *box) {
    float *to = boxes->box[at];
    to[0] = round_down(box->xmin);
    to[1] = round_up(box->xmax);
    to[2] = round_down(box->ymin);
    to[3] = round_up(box->ymax);
    smap_box *extent = &boxes->extent;
    if (box->xmin < extent->xmin) extent->xmin = box->xmin;
    if (box->ymin < extent->ymin) extent->ymin = box->ymin;
    if (box->xmax > extent->xmax) extent->xmax = box->xmax;
    if (box->ymax > extent->ymax) extent->ymax = box->ymax;
}

/* The blob of a row's geometry into the buffer and its box; size 0: it has none that can be written. False when memory
 * runs out. */
static bool make_blob(row_source *rows, int64_t at, int64_t row, size_t *size) {
    const smap_geometry *g = rows->layer->geometry;
    float *no_box = rows->boxes->box[at];
    smap_box box;
    no_box[0] = no_box[2] = 1;
    no_box[1] = no_box[3] = 0;
    *size = 0;
    if (g->type[row] == SMAP_GEOM_NULL) return true;
    int64_t first = smap_geom_coord(g, smap_geom_ring(g, smap_geom_part(g, row)));
    int64_t end = smap_geom_coord(g, smap_geom_ring(g, smap_geom_part(g, row + 1)));
    if (!bounds(g, first, end, &box)) {
        rows->unfit++;
        return true;
    }
    *size = put_blob(rows, row, &box, first == end);
    if (*size && first != end) note_box(rows->boxes, at, &box);
    return *size > 0;
}

static void geometry_value(row_source *rows, int64_t at, int64_t row, sqlite3_context *out) {
    size_t size;
    if (!make_blob(rows, at, row, &size))
        sqlite3_result_error_nomem(out);
    else if (size == 0)
        sqlite3_result_null(out);
    else
        sqlite3_result_blob64(out, rows->blob, size, SQLITE_STATIC);
}

/* ---- other values ---- */

static void date_text(const smap_column *c, int64_t row, char text[32]) {
    if (c->type == SMAP_DATE)
        smap__format_date(c->v.i[row], text);
    else
        smap__format_timestamp(c->v.i[row], text);
}

static void date_value(const smap_column *c, int64_t row, sqlite3_context *out) {
    char text[32];
    date_text(c, row, text);
    sqlite3_result_text(out, text, -1, SQLITE_TRANSIENT);
}

static void column_value(const smap_column *c, int64_t row, sqlite3_context *out) {
    size_t len;
    const char *bytes;
    if (smap_column_is_null(c, row)) {
        sqlite3_result_null(out);
        return;
    }
    switch (c->type) {
    case SMAP_BOOL:
        sqlite3_result_int(out, c->v.b[row] != 0);
        break;
    case SMAP_INT64:
        sqlite3_result_int64(out, c->v.i[row]);
        break;
    case SMAP_FLOAT64:
        if (isfinite(c->v.f[row]))
            sqlite3_result_double(out, c->v.f[row]);
        else
            sqlite3_result_null(out);
        break;
    case SMAP_TEXT:
        bytes = smap_column_text(c, row, &len);
        sqlite3_result_text64(out, len ? bytes : "", len, SQLITE_STATIC, SQLITE_UTF8);
        break;
    case SMAP_BLOB:
        bytes = smap_column_text(c, row, &len);
        sqlite3_result_blob64(out, len ? bytes : "", len, SQLITE_STATIC);
        break;
    case SMAP_DATE:
    case SMAP_TIMESTAMP:
        date_value(c, row, out);
        break;
    }
}

static void row_value(void *user, int64_t at, int column, sqlite3_context *out) {
    row_source *rows = user;
    int64_t row = rows->order ? rows->order[at] : at;
    if (column == 0) {
        sqlite3_result_int64(out, rows->boxes->fid ? rows->boxes->fid[at] : at + 1);
        return;
    }
    if (rows->table->geometry && --column == 0)
        geometry_value(rows, at, row, out);
    else
        column_value(smap_table_at(rows->layer->table, column - 1), row, out);
}

/* ---- order of rows ---- */

typedef struct fid_row {
    int64_t fid, row;
} fid_row;

static int by_fid(const void *a, const void *b) {
    int64_t fid_a = ((const fid_row *)a)->fid, fid_b = ((const fid_row *)b)->fid;
    return (fid_a > fid_b) - (fid_a < fid_b);
}

static smap_status sort_rows(row_source *rows, int64_t count, smap_error *err) {
    fid_row *pair = smap__zalloc((size_t)count, sizeof *pair);
    rows->order = smap__zalloc((size_t)count, sizeof *rows->order);
    if (!pair || !rows->order) {
        smap__free(pair);
        return smap__fail_memory(err);
    }
    for (int64_t i = 0; i < count; i++) pair[i] = (fid_row){ rows->layer->fid[i], i };
    qsort(pair, (size_t)count, sizeof *pair, by_fid);
    for (int64_t i = 0; i < count; i++) {
        rows->boxes->fid[i] = pair[i].fid;
        rows->order[i] = pair[i].row;
    }
    smap__free(pair);
    return SMAP_OK;
}

/* Fids in ascending order, and the order of rows where that is another. */
static smap_status take_fids(row_source *rows, int64_t count, smap_error *err) {
    const int64_t *fid = rows->layer->fid;
    int64_t *own = smap__zalloc((size_t)count, sizeof *own);
    if (!own) return smap__fail_memory(err);
    rows->boxes->fid = own;
    bool ascending = true;
    for (int64_t i = 0; i < count; i++) {
        own[i] = fid[i];
        if (i && fid[i] <= fid[i - 1]) ascending = false;
    }
    if (ascending) return SMAP_OK;
    smap_status status = sort_rows(rows, count, err);
    for (int64_t i = 1; status == SMAP_OK && i < count; i++)
        if (own[i] == own[i - 1])
            status = smap__fail(err, SMAP_E_SCHEMA, rows->table->name,
                                "layer %s: the feature id %lld is there twice; ids must differ", rows->table->name,
                                (long long)own[i]);
    return status;
}

/* ---- many rows ---- */

static void record_value(const smap_column *c, int64_t row, smap__record *to) {
    size_t len;
    const char *bytes;
    char text[32];
    if (smap_column_is_null(c, row) || (c->type == SMAP_FLOAT64 && !isfinite(c->v.f[row]))) {
        smap__record_null(to);
        return;
    }
    switch (c->type) {
    case SMAP_BOOL:
        smap__record_int(to, c->v.b[row] != 0);
        break;
    case SMAP_INT64:
        smap__record_int(to, c->v.i[row]);
        break;
    case SMAP_FLOAT64:
        smap__record_real(to, c->v.f[row]);
        break;
    case SMAP_TEXT:
    case SMAP_BLOB:
        bytes = smap_column_text(c, row, &len);
        if (c->type == SMAP_TEXT)
            smap__record_text(to, bytes, len);
        else
            smap__record_blob(to, bytes, len);
        break;
    case SMAP_DATE:
    case SMAP_TIMESTAMP:
        date_text(c, row, text);
        smap__record_text(to, text, strlen(text));
        break;
    }
}

static void put_record(void *user, int worker, int64_t at, smap__record *to, int64_t *key) {
    row_source *rows = &((row_source *)user)[worker];
    int64_t row = rows->order ? rows->order[at] : at;
    size_t size = 0;
    *key = rows->boxes->fid ? rows->boxes->fid[at] : at + 1;
    smap__record_null(to); /* the key is the row's own */
    if (rows->table->geometry && !make_blob(rows, at, row, &size)) to->failed = true;
    if (rows->table->geometry && size) smap__record_blob(to, rows->blob, size);
    if (rows->table->geometry && !size) smap__record_null(to);
    for (int i = 0; i < smap_table_columns(rows->layer->table); i++)
        record_value(smap_table_at(rows->layer->table, i), row, to);
}

/* Will every geometry fit into a page? */
static bool is_small(const smap_geometry *g) {
    enum { MOST = 128 }; /* coordinates: of 32 bytes, if they have z and m */
    for (int64_t i = 0; g && i < g->count; i++) {
        int64_t first = smap_geom_coord(g, smap_geom_ring(g, smap_geom_part(g, i)));
        int64_t end = smap_geom_coord(g, smap_geom_ring(g, smap_geom_part(g, i + 1)));
        if (end - first > (g->z || g->m ? MOST / 2 : MOST)) return false;
    }
    return true;
}

/* A source of rows for each worker, with an extent of its own. */
static smap_status write_bulk(smap__gpkg *gpkg, row_source *rows, bool *done, smap_error *err) {
    int threads = smap_ctx_threads(gpkg->ctx);
    int64_t count = rows->boxes->count;
    *done = false;
    if (count < SMAP__BULK_LEAST || !is_small(rows->layer->geometry)) return SMAP_OK;
    row_source *of = smap__zalloc((size_t)threads, sizeof *of);
    smap__gpkg_boxes *boxes = smap__zalloc((size_t)threads, sizeof *boxes);
    smap_status status = of && boxes ? SMAP_OK : smap__fail_memory(err);
    for (int k = 0; status == SMAP_OK && k < threads; k++) {
        boxes[k] = *rows->boxes;
        of[k] = *rows;
        of[k].boxes = &boxes[k];
    }
    const smap__bulk bulk = { count, put_record, of };
    if (status == SMAP_OK) status = smap__gpkg_bulk(gpkg, rows->table->name, &bulk, done, err);
    for (int k = 0; status == SMAP_OK && *done && k < threads; k++) {
        rows->boxes->extent = smap__box_join(rows->boxes->extent, boxes[k].extent);
        rows->unfit += of[k].unfit;
    }
    for (int k = 0; of && k < threads; k++) smap__free(of[k].blob);
    smap__free(of);
    smap__free(boxes);
    if (status != SMAP_OK || !*done) return status;
    return smap__gpkg_exec(gpkg, err, "INSERT INTO sqlite_sequence(name, seq) VALUES(%Q, %lld)", rows->table->name,
                           (long long)(rows->boxes->fid ? rows->boxes->fid[count - 1] : count));
}

smap_status smap__gpkg_write_rows(smap__gpkg *gpkg, const smap__gpkg_out_table *table, const smap_layer *layer,
                                  bool keep_fid, smap__gpkg_boxes *boxes, smap_error *err) {
    smap_status status = SMAP_OK;
    row_source rows = { .layer = layer, .table = table, .boxes = boxes };
    bool in_bulk = false;
    int64_t count = smap_table_rows(layer->table);
    *boxes = (smap__gpkg_boxes){ .count = count, .extent = SMAP_BOX_EMPTY };
    if (keep_fid && layer->fid) SMAP_TRY(take_fids(&rows, count, err), done);
    if (table->geometry) {
        boxes->box = smap__zalloc((size_t)count, sizeof *boxes->box);
        if (!boxes->box) {
            status = smap__fail_memory(err);
            goto done;
        }
    }
    const smap__feed feed = { .rows = count,
                              .columns = 1 + (table->geometry ? 1 : 0) + smap_table_columns(layer->table),
                              .value = row_value,
                              .user = &rows };
    SMAP_TRY(write_bulk(gpkg, &rows, &in_bulk, err), done);
    if (!in_bulk) status = smap__gpkg_feed(gpkg, table->name, &feed, err);
    if (rows.unfit)
        smap__log(gpkg->ctx, SMAP_LOG_WARNING,
                  "layer %s: %lld geometries have coordinates that are no numbers and were written as none",
                  table->name, (long long)rows.unfit);
done:
    if (status != SMAP_OK) smap__gpkg_boxes_release(boxes);
    smap__free(rows.order);
    smap__free(rows.blob);
    return status;
}
