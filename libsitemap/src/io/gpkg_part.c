#include "io/gpkg_part.h"

#include <string.h>

#include <sqlite3.h>

#include "base/alloc.h"
#include "base/ctx.h"
#include "base/fail.h"
#include "col/arrow.h"
#include "geo/geom_builder.h"
#include "io/budget.h"

enum { POLL_ROWS = 16384 };

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

static smap_status put_geometry(smap__gpkg_part *p, sqlite3_value *value, smap_error *err) {
    int kind = sqlite3_value_type(value);
    if (kind == SQLITE_NULL) return smap_geometry_append_null(p->geometry, err);
    const unsigned char *blob = kind == SQLITE_BLOB ? sqlite3_value_blob(value) : NULL, *wkb = NULL;
    size_t len = blob ? (size_t)sqlite3_value_bytes(value) : 0, wkb_len = 0;
    if (blob) wkb = skip_header(blob, len, &wkb_len);
    return smap__wkb_append(p->geometry, wkb ? wkb : (const unsigned char *)"", wkb ? wkb_len : 0, &p->report, err);
}

static smap_status begin_row(smap__gpkg_part *p, sqlite3_value **value, smap_error *err) {
    const smap__gpkg_plan *plan = p->plan;
    int64_t id = sqlite3_value_int64(value[0]);
    if (p->rows && id <= p->id[p->rows - 1])
        return smap__fail_row(err, SMAP_E_FORMAT, plan->shown, id,
                              "%s: layer \"%s\" is damaged: its rows are out of order at id %lld", plan->shown,
                              plan->table, (long long)id);
    if (!smap__grow(&p->id, &p->capacity, p->rows + 1, sizeof *p->id)) return smap__fail_memory(err);
    p->id[p->rows++] = id;
    return plan->geometry ? put_geometry(p, value[1], err) : SMAP_OK;
}

static smap_status poll(const smap__gpkg_part *p, smap_error *err) {
    if (atomic_load(p->stop)) return smap__fail(err, SMAP_E_CANCELLED, p->plan->table, "reading was stopped");
    if (p->rows > (size_t)SMAP__BUDGET_ROWS)
        return smap__fail(err, SMAP_E_LIMIT, p->plan->shown, "%s: layer \"%s\" has more than %lld rows", p->plan->shown,
                          p->plan->table, (long long)SMAP__BUDGET_ROWS);
    return p->ctx ? smap__progress(p->ctx, 0, NULL, err) : SMAP_OK;
}

/* One call of SMAP__GPKG_ROW ("io/gpkg_cells.h"). */
static smap_status put_values(smap__gpkg_part *p, int count, sqlite3_value **value, smap_error *err) {
    const smap__gpkg_plan *plan = p->plan;
    int field = sqlite3_value_int(value[0]), at = 1;
    smap_status status = SMAP_OK;
    if (field == 0) {
        SMAP_TRY(begin_row(p, value + 1, err), done);
        at += plan->geometry ? 2 : 1;
        if (p->rows % POLL_ROWS == 0) SMAP_TRY(poll(p, err), done);
    }
    int64_t row = plan->has_ids ? p->id[p->rows - 1] : (int64_t)p->rows;
    for (; at < count; at++, field++)
        SMAP_TRY(smap__gpkg_cell(value[at], plan, field, row, p->column[field], &p->misfits, err), done);
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

static smap_status make_builders(smap__gpkg_part *p, smap_error *err) {
    smap_status status = SMAP_OK;
    p->column = smap__zalloc((size_t)p->plan->fields + 1, sizeof *p->column);
    if (!p->column) return smap__fail_memory(err);
    for (int i = 0; i < p->plan->fields; i++) {
        const smap__gpkg_field *f = &p->plan->field[i];
        smap_type type = p->decode && f->type == SMAP_TEXT ? SMAP_BLOB : f->type;
        SMAP_TRY(smap_column_builder_new(f->name, type, &p->column[i], err), done);
        SMAP_TRY(smap_column_builder_reserve(p->column[i], p->expected, 0, err), done);
    }
    if (p->plan->geometry) {
        size_t rows = (size_t)p->expected;
        SMAP_TRY(smap_geometry_builder_new(p->crs, &p->geometry, err), done);
        SMAP_TRY(smap__builder_grow(p->geometry, rows, rows, rows, rows, err), done);
    }
done:
    return status;
}

static smap_status read_rows(smap__gpkg_part *p, smap_error *err) {
    sqlite3_stmt *query = NULL;
    smap_status status = SMAP_OK;
    SMAP_TRY(make_builders(p, err), done);
    int code = sqlite3_create_function(p->db, SMAP__GPKG_ROW, -1, SQLITE_UTF8 | SQLITE_DIRECTONLY, p, NULL, take_row,
                                       end_rows);
    if (code == SQLITE_OK) code = sqlite3_prepare_v2(p->db, p->plan->sql, -1, &query, NULL);
    if (code == SQLITE_OK) {
        sqlite3_bind_int64(query, 1, p->first);
        sqlite3_bind_int64(query, 2, p->last);
        code = sqlite3_step(query);
    }
    if (p->status != SMAP_OK)
        status = p->status; /* of take_row, with its sentence in place */
    else if (code != SQLITE_ROW)
        status = smap__gpkg_read_fail(p->db, p->plan, err);
done:
    sqlite3_finalize(query);
    return status;
}

void smap__gpkg_part_read(smap__gpkg_part *part) {
    part->status = read_rows(part, &part->error);
    if (part->status != SMAP_OK) atomic_store(part->stop, true);
}

/* ---- joining ---------------------------------------------------------------------------------------------------- */

static smap_status join_column(smap_column_builder *to, const smap_column *c, smap_error *err) {
    const char *format = c->type == SMAP_INT64       ? "l"
                         : c->type == SMAP_FLOAT64   ? "g"
                         : c->type == SMAP_TEXT      ? "U"
                         : c->type == SMAP_BLOB      ? "Z"
                         : c->type == SMAP_TIMESTAMP ? "tsm:"
                                                     : NULL;
    smap_status status = SMAP_OK;
    if (format) {
        const void *buffer[3] = { c->validity, c->v.b, c->bytes };
        struct ArrowArray array = {
            .length = c->count, .null_count = c->null_count, .n_buffers = 3, .buffers = buffer
        };
        return smap__arrow_append(to, format, &array, err);
    }
    for (int64_t i = 0; i < c->count; i++) { /* booleans and dates are stored otherwise in Arrow */
        if (smap_column_is_null(c, i))
            SMAP_TRY(smap_column_append_null(to, err), done);
        else
            SMAP_TRY(smap_column_append_int(to, c->type == SMAP_BOOL ? c->v.b[i] : c->v.i[i], err), done);
    }
done:
    return status;
}

static smap_status join_ids(smap__gpkg_part *part, const smap__gpkg_part *next, smap_error *err) {
    if (!smap__grow(&part->id, &part->capacity, part->rows + next->rows + 1, sizeof *part->id))
        return smap__fail_memory(err);
    if (next->rows) memcpy(part->id + part->rows, next->id, next->rows * sizeof *next->id);
    part->rows += next->rows;
    return SMAP_OK;
}

smap_status smap__gpkg_part_join(smap__gpkg_part *part, smap__gpkg_part *next, smap_error *err) {
    smap_status status = SMAP_OK;
    const smap_geometry *geometry = NULL;
    SMAP_TRY(smap__wkb_report_add(&part->report, &next->report, (int64_t)part->rows, err), done);
    for (int i = 0; i < part->plan->fields; i++) {
        const smap_column *column = NULL;
        SMAP_TRY(smap_column_builder_finish(next->column[i], &column, err), done);
        status = join_column(part->column[i], column, err);
        smap_column_free(column);
        if (status != SMAP_OK) goto done;
    }
    if (part->geometry) {
        SMAP_TRY(smap_geometry_builder_finish(next->geometry, &geometry, err), done);
        SMAP_TRY(smap__builder_append(part->geometry, geometry, err), done);
    }
    SMAP_TRY(join_ids(part, next, err), done);
done:
    smap_geometry_free(geometry);
    return status;
}

void smap__gpkg_part_release(smap__gpkg_part *part) {
    for (int i = 0; part->column && i < part->plan->fields; i++) smap_column_builder_free(part->column[i]);
    smap__free(part->column);
    smap_geometry_builder_free(part->geometry);
    smap__wkb_report_release(&part->report);
    smap__free(part->misfits.item);
    smap__free(part->id);
}
