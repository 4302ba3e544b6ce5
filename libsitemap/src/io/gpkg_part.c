#include "io/gpkg_part.h"

#include <string.h>

#include <sqlite3.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "io/budget.h"

/* Rows are looked at in their turn while they are still in the processor's cache: a slice is small. */
enum { SLICE_ROWS = 8192, GLANCE_ROWS = 64, POLL_ROWS = 16384 };
static const size_t FULL_BYTES = (size_t)8 << 20;

void smap__gpkg_slices_cut(smap__gpkg_slices *slices, int64_t first, int64_t last, int64_t rows) {
    uint64_t ids = (uint64_t)last - (uint64_t)first; /* one less than there can be */
    uint64_t most = (uint64_t)rows / SLICE_ROWS + 1;
    uint64_t width = ids / most;
    if (width < UINT64_MAX) width++;
    *slices = (smap__gpkg_slices){ first, last, width, (int64_t)(ids / width + 1), NULL };
}

void smap__gpkg_slices_of(smap__gpkg_slices *slices, const smap__gpkg_hits *hits) {
    int64_t count = ((int64_t)hits->count + SLICE_ROWS - 1) / SLICE_ROWS;
    *slices = (smap__gpkg_slices){ .width = SLICE_ROWS, .count = count, .hits = hits };
}

/* The header of the GeoPackage binary: "GP", version, flags, srs_id, and an envelope of 0, 32, 48 or 64 bytes by three
 * bits of the flags; then well-known binary. Its extended form (flag 32) holds types that nobody knows. */
static const unsigned char *skip_header(const unsigned char *blob, size_t len, size_t *wkb_len) {
    static const size_t envelope[8] = { 0, 32, 48, 48, 64, SIZE_MAX, SIZE_MAX, SIZE_MAX };
    if (len < 8 || blob[0] != 'G' || blob[1] != 'P' || (blob[3] & 32)) return NULL;
    size_t header = envelope[blob[3] >> 1 & 7];
    if (header == SIZE_MAX || len - 8 < header) return NULL;
    *wkb_len = len - 8 - header;
    return blob + 8 + header;
}

static smap_status put_geometry(smap__gpkg_run *run, sqlite3_value *value, smap_error *err) {
    int kind = sqlite3_value_type(value);
    if (kind == SQLITE_NULL) return smap_geometry_append_null(run->geometry, err);
    const unsigned char *blob = kind == SQLITE_BLOB ? sqlite3_value_blob(value) : NULL, *wkb = NULL;
    size_t len = blob ? (size_t)sqlite3_value_bytes(value) : 0, wkb_len = 0;
    if (blob) wkb = skip_header(blob, len, &wkb_len);
    return smap__wkb_append(run->geometry, wkb ? wkb : (const unsigned char *)"", wkb ? wkb_len : 0, &run->report, err);
}

static smap_status check_budget(const smap__gpkg_part *p, smap_error *err) {
    if (p->whole->rows <= (size_t)SMAP__BUDGET_ROWS) return SMAP_OK;
    return smap__fail(err, SMAP_E_LIMIT, p->plan->shown, "%s: layer \"%s\" has more than %lld rows", p->plan->shown,
                      p->plan->table, (long long)SMAP__BUDGET_ROWS);
}

/* Own rows behind those of all slices before. */
static smap_status hand_over(smap__gpkg_part *p, smap_error *err) {
    smap_status status = SMAP_OK;
    SMAP_TRY(smap__turns_wait(p->turns, p->slice, p->ctx, err), done);
    if (p->to != p->whole) SMAP_TRY(smap__gpkg_run_take(p->whole, p->to, err), done);
    SMAP_TRY(check_budget(p, err), done);
done:
    return status;
}

/* Ids that are far from evenly spread can put any number of rows into one slice. */
static smap_status glance(smap__gpkg_part *p, smap_error *err) {
    if (p->to != p->whole) return smap__gpkg_run_bytes(p->to) < FULL_BYTES ? SMAP_OK : hand_over(p, err);
    return p->taken % POLL_ROWS == 0 ? hand_over(p, err) : SMAP_OK;
}

static smap_status begin_row(smap__gpkg_part *p, sqlite3_value **value, smap_error *err) {
    const smap__gpkg_plan *plan = p->plan;
    smap__gpkg_run *run = p->to;
    int64_t id = sqlite3_value_int64(value[0]);
    if (id < p->least)
        return smap__fail_row(err, SMAP_E_FORMAT, plan->shown, id,
                              "%s: layer \"%s\" is damaged: its rows are out of order at id %lld", plan->shown,
                              plan->table, (long long)id);
    p->least = id == INT64_MAX ? id : id + 1;
    if (run->rows == run->capacity && !smap__grow(&run->id, &run->capacity, run->rows + 1, sizeof *run->id))
        return smap__fail_memory(err);
    run->id[run->rows++] = id;
    return plan->geometry ? put_geometry(run, value[1], err) : SMAP_OK;
}

/* One call of SMAP__GPKG_ROW ("io/gpkg_cells.h"). */
static smap_status put_values(smap__gpkg_part *p, int count, sqlite3_value **value, smap_error *err) {
    const smap__gpkg_plan *plan = p->plan;
    int field = sqlite3_value_int(value[0]), at = 1;
    smap_status status = SMAP_OK;
    if (field == 0) {
        if (p->taken % GLANCE_ROWS == 0) SMAP_TRY(glance(p, err), done);
        p->taken++;
        SMAP_TRY(begin_row(p, value + 1, err), done);
        at += plan->geometry ? 2 : 1;
    }
    smap__gpkg_run *run = p->to;
    int64_t row = plan->has_ids ? run->id[run->rows - 1] : (int64_t)run->rows;
    for (; at < count; at++, field++)
        SMAP_TRY(smap__gpkg_cell(value[at], plan, field, row, run->column[field], &run->misfits, err), done);
done:
    return status;
}

static void take_row(sqlite3_context *context, int count, sqlite3_value **value) {
    smap__gpkg_part *p = sqlite3_user_data(context);
    p->status = put_values(p, count, value, &p->error);
    if (p->status != SMAP_OK) sqlite3_result_error(context, "stopped", -1);
}

static void end_rows(sqlite3_context *context) {
    sqlite3_result_null(context);
}

static smap_status read_range(smap__gpkg_part *p, sqlite3_stmt *query, int64_t first, int64_t last, smap_error *err) {
    p->least = first;
    sqlite3_bind_int64(query, 1, first);
    sqlite3_bind_int64(query, 2, last);
    int code = sqlite3_step(query);
    smap_status status = p->status; /* of take_row, with its sentence in place */
    if (status == SMAP_OK && code != SQLITE_ROW) status = smap__gpkg_read_fail(p->db, p->plan, err);
    sqlite3_reset(query);
    return status;
}

/* Ids that follow each other at once. */
static smap_status read_hits(smap__gpkg_part *p, sqlite3_stmt *query, smap_error *err) {
    const smap__gpkg_hits *h = p->slices->hits;
    size_t i = (size_t)p->slice * SLICE_ROWS, end = i + SLICE_ROWS < h->count ? i + SLICE_ROWS : h->count;
    smap_status status = SMAP_OK;
    while (status == SMAP_OK && i < end) {
        size_t from = i++;
        while (i < end && h->hit[i].id - 1 == h->hit[i - 1].id) i++;
        status = read_range(p, query, h->hit[from].id, h->hit[i - 1].id, err);
    }
    return status;
}

static smap_status read_slice(smap__gpkg_part *p, sqlite3_stmt *query, smap_error *err) {
    const smap__gpkg_slices *s = p->slices;
    uint64_t first = (uint64_t)s->first + (uint64_t)p->slice * s->width;
    int64_t last = p->slice == s->count - 1 ? s->last : (int64_t)(first + s->width - 1);
    smap_status status = s->hits ? read_hits(p, query, err) : read_range(p, query, (int64_t)first, last, err);
    return status == SMAP_OK ? hand_over(p, err) : status;
}

static smap_status read_slices(smap__gpkg_part *p, smap_error *err) {
    sqlite3_stmt *query = NULL;
    smap_status status = SMAP_OK;
    int code = sqlite3_create_function(p->db, SMAP__GPKG_ROW, -1, SQLITE_UTF8 | SQLITE_DIRECTONLY, p, NULL, take_row,
                                       end_rows);
    if (code == SQLITE_OK) code = sqlite3_prepare_v2(p->db, p->plan->sql, -1, &query, NULL);
    if (code != SQLITE_OK) status = smap__gpkg_read_fail(p->db, p->plan, err);
    while (status == SMAP_OK && smap__turns_take(p->turns, &p->slice)) {
        status = read_slice(p, query, err);
        if (status == SMAP_OK) smap__turns_pass(p->turns, p->slice);
    }
    sqlite3_finalize(query);
    return status;
}

void smap__gpkg_part_read(smap__gpkg_part *part) {
    part->status = read_slices(part, &part->error);
    if (part->status != SMAP_OK) smap__turns_fail(part->turns, part->slice);
}
