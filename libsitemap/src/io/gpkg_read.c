/* GeoPackages, read with SQLite itself: GDAL's readers take a text in a numeric column for 0, wrap large numbers, and
 * in version 3.6 misread booleans (decisions/0011). */
#include <pthread.h>
#include <string.h>

#include <sqlite3.h>

#include "base/alloc.h"
#include "base/ctx.h"
#include "base/fail.h"
#include "geo/crs.h"
#include "geo/layer_new.h"
#include "io/encoding.h"
#include "io/gpkg_part.h"
#include "io/gpkg_vet.h"
#include "io/reader.h"
#include "io/shape_report.h"

enum { PARTS = 4, ROWS_FOR_PARTS = 20000 };

static smap_status open_gpkg(smap__member *member, smap_error *err) {
    smap__gpkg_vet *vet = NULL;
    smap_status status = SMAP_OK;
    if (strncmp(member->path, "/vsi", 4) == 0)
        return smap__fail(err, SMAP_E_REFUSED, member->shown,
                          "%s: a GeoPackage inside a .zip cannot be checked there; unpack it first", member->shown);
    SMAP_TRY(smap__gpkg_vet_open(member->path, member->shown, &vet, err), done);
    member->state = vet;
    for (int i = 0; i < smap__gpkg_vet_tables(vet); i++) {
        const smap__gpkg_table *t = smap__gpkg_vet_table(vet, i);
        smap__source_layer layer = { t->name, t->geometry, t->crs_name, t->description, -1, t->columns };
        SMAP_TRY(smap__member_add_layer(member, &layer, err), done);
    }
done:
    return status;
}

static void close_gpkg(smap__member *member) {
    smap__gpkg_vet_close(member->state);
    member->state = NULL;
}

static smap_status count_gpkg(smap__member *member, int layer, int64_t *rows, smap_error *err) {
    smap__gpkg_vet *vet = member->state;
    return smap__gpkg_vet_count(vet, smap__gpkg_vet_table(vet, layer)->name, rows, err);
}

/* ---- what a read needs ------------------------------------------------------------------------------------------ */

typedef struct reading {
    smap__member *member;
    smap__gpkg_vet *vet;
    const smap__gpkg_table *table;
    smap__findings *findings;
    smap__gpkg_plan plan;
    const smap_crs *crs;
    smap__gpkg_run whole;
    smap__gpkg_slices slices;
    smap__gpkg_hits hits;
    bool in_frame; /* rows of `hits` alone */
    smap__turns turns;
    sqlite3 *db[PARTS];
    smap__gpkg_part part[PARTS];
    int parts;
} reading;

/* By authority and code; by the definition where they are unknown. srs_id 0 and -1 say "undefined". */
static smap_status find_crs(reading *r, smap_error *err) {
    const smap__gpkg_table *t = r->table;
    if (!t->geometry_column) return SMAP_OK;
    if (t->srs_id <= 0) return smap__member_crs(r->member, NULL, &r->crs, err);
    if (*t->crs_authority && smap_crs_new(smap__member_ctx(r->member), t->crs_authority, &r->crs, NULL) == SMAP_OK)
        return SMAP_OK;
    return smap__member_crs(r->member, t->crs_definition, &r->crs, err);
}

/* First and last row id; false for an empty table. */
static bool row_range(sqlite3 *db, const char *table, int64_t *first, int64_t *last) {
    char *sql = sqlite3_mprintf("SELECT (SELECT rowid FROM main.\"%w\" ORDER BY rowid LIMIT 1), "
                                "(SELECT rowid FROM main.\"%w\" ORDER BY rowid DESC LIMIT 1)",
                                table, table);
    sqlite3_stmt *query = NULL;
    bool there = sql && sqlite3_prepare_v2(db, sql, -1, &query, NULL) == SQLITE_OK &&
                 sqlite3_step(query) == SQLITE_ROW && sqlite3_column_type(query, 0) == SQLITE_INTEGER;
    if (there) {
        *first = sqlite3_column_int64(query, 0);
        *last = sqlite3_column_int64(query, 1);
    }
    sqlite3_finalize(query);
    sqlite3_free(sql);
    return there;
}

/* What the file states may be a lie, but a row takes a byte and more for each of its columns. */
static int64_t most_rows(const reading *r, int64_t stated) {
    int64_t most = r->member->size / (r->plan.fields + 4);
    return stated < most ? stated : most;
}

/* More connections, which must see the same state of the file as the first. */
static smap_status connect_more(reading *r, uint32_t stamp, smap_error *err) {
    int threads = smap_ctx_threads(smap__member_ctx(r->member));
    smap_status status = SMAP_OK;
    while (stamp && r->parts < PARTS && r->parts < threads) {
        uint32_t other = 0;
        SMAP_TRY(smap__gpkg_vet_connect(r->vet, &r->db[r->parts], &other, err), done);
        if (other != stamp) break;
        r->parts++;
    }
done:
    return status;
}

/* All rows, in slices of ids. */
static smap_status cut_whole(reading *r, uint32_t stamp, smap_error *err) {
    const smap__gpkg_table *t = r->table;
    int64_t first = 0, last = 0;
    smap_status status = SMAP_OK;
    bool known = row_range(r->db[0], t->name, &first, &last);
    if (!known) first = INT64_MIN, last = INT64_MAX;
    uint64_t ids = (uint64_t)last - (uint64_t)first;
    int64_t rows = most_rows(r, ids < INT64_MAX ? (int64_t)ids : INT64_MAX);
    if (known && rows > ROWS_FOR_PARTS) SMAP_TRY(connect_more(r, stamp, err), done);
    smap__gpkg_slices_cut(&r->slices, first, last, r->parts > 1 ? rows : 0);
done:
    return status;
}

/* Those of the frame, if they are so few that going to each is less work than reading on. */
static smap_status cut_frame(reading *r, uint32_t stamp, smap_error *err) {
    enum { SHARE = 6 };
    const smap__gpkg_table *t = r->table;
    const smap__frame *frame = smap__member_frame(r->member);
    smap_box box;
    smap_status status = SMAP_OK;
    if (!r->plan.has_ids ||
        smap__crs_transform_box(smap__member_ctx(r->member), frame->crs, r->crs, frame->box, &box, NULL) != SMAP_OK)
        return SMAP_OK;
    SMAP_TRY(smap__gpkg_hits_find(r->db[0], t->name, t->geometry_column, box, t->stated_rows / SHARE, &r->hits,
                                  &r->in_frame, err),
             done);
    if (!r->in_frame) goto done;
    if (r->hits.count > ROWS_FOR_PARTS) SMAP_TRY(connect_more(r, stamp, err), done);
    smap__gpkg_slices_of(&r->slices, &r->hits);
done:
    return status;
}

static smap_status connect(reading *r, bool frame, smap_error *err) {
    const smap__gpkg_table *t = r->table;
    uint32_t stamp = 0;
    smap_status status = SMAP_OK;
    SMAP_TRY(smap__gpkg_vet_connect(r->vet, &r->db[0], &stamp, err), done);
    SMAP_TRY(smap__gpkg_plan_make(r->db[0], r->member->shown, t->name, t->geometry_column,
                                  smap__member_choice(r->member), &r->plan, err),
             done);
    r->parts = 1;
    status = frame ? cut_frame(r, stamp, err) : cut_whole(r, stamp, err);
done:
    return status;
}

static smap_status make_parts(reading *r, smap_error *err) {
    const smap__gpkg_table *t = r->table;
    bool decode = smap__member_options(r->member)->encoding != NULL;
    smap_status status = SMAP_OK;
    int64_t expected = t->stated_rows < 0 ? 0 : most_rows(r, t->stated_rows);
    if (r->in_frame) expected = (int64_t)r->hits.count;
    SMAP_TRY(smap__gpkg_run_make(&r->plan, r->crs, decode, expected, &r->whole, err), done);
    for (int i = 0; i < r->parts; i++) {
        smap__gpkg_part *p = &r->part[i];
        *p = (smap__gpkg_part){ .ctx = i == 0 ? smap__member_ctx(r->member) : NULL,
                                .db = r->db[i],
                                .plan = &r->plan,
                                .slices = &r->slices,
                                .turns = &r->turns,
                                .whole = &r->whole,
                                .to = r->parts == 1 ? &r->whole : &p->own,
                                .error = SMAP_ERROR_INIT };
        if (r->parts > 1) SMAP_TRY(smap__gpkg_run_make(&r->plan, r->crs, decode, 0, &p->own, err), done);
    }
done:
    return status;
}

static void *read_part(void *user) {
    smap__gpkg_part_read(user);
    return NULL;
}

/* The first slice that failed decides; a cancel, which the caller's part was told of, before all. */
static smap_status outcome(const reading *r, smap_error *err) {
    int64_t failed = r->turns.failed;
    if (failed == r->slices.count) return SMAP_OK;
    const smap__gpkg_part *p = &r->part[0];
    while (failed >= 0 && (p->status == SMAP_OK || p->slice != failed)) p++;
    if (err) *err = p->error;
    return p->status;
}

static smap_status read_parts(reading *r, smap_error *err) {
    pthread_t thread[PARTS];
    int threads = 0;
    smap__turns_init(&r->turns, r->slices.count);
    while (threads < r->parts - 1 && pthread_create(&thread[threads], NULL, read_part, &r->part[threads + 1]) == 0)
        threads++;
    smap__gpkg_part *own = &r->part[0];
    smap__gpkg_part_read(own);
    if (own->status == SMAP_OK) {
        own->slice = r->slices.count; /* none of its own */
        own->status = smap__turns_wait(&r->turns, own->slice, own->ctx, &own->error);
    }
    for (int i = 0; i < threads; i++) pthread_join(thread[i], NULL);
    smap_status status = outcome(r, err);
    smap__turns_release(&r->turns);
    return status;
}

/* ---- the layer -------------------------------------------------------------------------------------------------- */

static smap_status finish_column(const reading *r, int index, const smap_column **out, smap_error *err) {
    const char *encoding = smap__member_options(r->member)->encoding;
    const smap_column *raw = NULL;
    smap_status status = smap_column_builder_finish(r->whole.column[index], &raw, err);
    if (status != SMAP_OK || !encoding || r->plan.field[index].type != SMAP_TEXT) {
        if (status == SMAP_OK) *out = raw;
        return status;
    }
    status = smap__encoding_column(raw, encoding, out, err);
    smap_column_free(raw);
    return status;
}

static smap_status finish(reading *r, const smap_layer **out, smap_error *err) {
    smap__gpkg_run *whole = &r->whole;
    const smap_table *table = NULL;
    const smap_geometry *geometry = NULL;
    smap_status status = SMAP_OK;
    const smap_column **column = smap__zalloc((size_t)r->plan.fields + 1, sizeof *column);
    if (!column) return smap__fail_memory(err);
    for (int i = 0; i < r->plan.fields; i++) SMAP_TRY(finish_column(r, i, &column[i], err), done);
    SMAP_TRY(smap_table_new(column, r->plan.fields, (int64_t)whole->rows, &table, err), done);
    if (whole->geometry) SMAP_TRY(smap_geometry_builder_finish(whole->geometry, &geometry, err), done);
    if (!r->plan.has_ids)
        for (size_t i = 0; i < whole->rows; i++) whole->id[i] = (int64_t)i + 1;
    SMAP_TRY(smap__layer_adopt(r->table->name, table, geometry, whole->id, out, err), done);
    whole->id = NULL;
done:
    for (int i = 0; i < r->plan.fields; i++) smap_column_free(column[i]);
    smap__free(column);
    smap_table_free(table);
    smap_geometry_free(geometry);
    return status;
}

static int64_t count_shapes(const smap_geometry *g) {
    int64_t shapes = 0;
    for (int64_t i = 0; g && i < g->count; i++)
        shapes += g->type[i] != SMAP_GEOM_NULL && smap_geom_part(g, i) < smap_geom_part(g, i + 1);
    return shapes;
}

/* Bookkeeping that does not fit what was read: told, and never used. */
static smap_status compare_counts(const reading *r, const smap_layer *layer, smap_error *err) {
    const smap__gpkg_table *t = r->table;
    int64_t rows = smap_table_rows(layer->table);
    int64_t shapes = count_shapes(layer->geometry) + (int64_t)r->whole.report.bad_count;
    smap_status status = SMAP_OK;
    if (t->stated_rows >= 0 && t->stated_rows != rows)
        SMAP_TRY(smap__findings_add(r->findings, err, SMAP__WARNING, "row_count_wrong", 0, "", "",
                                    "the file says that layer \"%s\" has %lld rows, but it has %lld; all were read",
                                    t->name, (long long)t->stated_rows, (long long)rows),
                 done);
    if (t->indexed_rows >= 0 && t->indexed_rows != shapes)
        SMAP_TRY(smap__findings_add(r->findings, err, SMAP__WARNING, "spatial_index_stale", 0, "", "",
                                    "the spatial index of layer \"%s\" holds %lld of its %lld shapes; it was not used",
                                    t->name, (long long)t->indexed_rows, (long long)shapes),
                 done);
done:
    return status;
}

/* *out NULL: they are not those that the index speaks of. */
static smap_status read_rows(reading *r, const smap_layer **out, smap_error *err) {
    const smap_layer *layer = NULL;
    smap_status status = SMAP_OK;
    SMAP_TRY(make_parts(r, err), done);
    SMAP_TRY(read_parts(r, err), done);
    SMAP_TRY(finish(r, &layer, err), done);
    if (r->in_frame && !smap__gpkg_hits_fit(&r->hits, layer)) goto done;
    SMAP_TRY(smap__gpkg_misfits_tell(&r->whole.misfits, &r->plan, r->findings, err), done);
    SMAP_TRY(smap__shape_report_tell(&r->whole.report, layer->fid, r->findings, err), done);
    *out = layer;
    layer = NULL;
done:
    smap_layer_free(layer);
    return status;
}

/* All rows, with all pages of the table looked at meanwhile. */
static smap_status read_whole(reading *r, int index, const smap_layer **out, smap_error *err) {
    smap_error found = SMAP_ERROR_INIT;
    smap_status status = smap__gpkg_vet_start(r->vet, index, err);
    if (status != SMAP_OK) return status;
    status = find_crs(r, err);
    if (status == SMAP_OK) status = connect(r, false, err);
    if (status == SMAP_OK) status = read_rows(r, out, err);
    smap_status checked = smap__gpkg_vet_wait(r->vet, &found);
    bool damaged = status == SMAP_OK || status == SMAP_E_FORMAT;
    if (checked != SMAP_OK && damaged) { /* what the check found is plainer than what the reading stumbled over */
        status = checked;
        if (err) *err = found;
    }
    return status == SMAP_OK ? compare_counts(r, *out, err) : status;
}

/* The rows of the frame, where the index leads to them; *out NULL: it does not. Of the table's pages those on the way
 * are looked at, by SQLite. */
static smap_status read_frame(reading *r, int index, const smap_layer **out, smap_error *err) {
    if (!smap__member_frame(r->member) || r->table->stated_rows <= ROWS_FOR_PARTS ||
        !smap__gpkg_vet_is_indexed(r->vet, index))
        return SMAP_OK;
    smap_status status = find_crs(r, err);
    if (status == SMAP_OK) status = connect(r, true, err);
    if (status != SMAP_OK || !r->in_frame) return status;
    status = read_rows(r, out, err);
    if (*out) smap__member_tell_part(r->member);
    if (status != SMAP_OK || *out) return status;
    return smap__findings_add(r->findings, err, SMAP__WARNING, "spatial_index_stale", 0, "", "",
                              "the spatial index of layer \"%s\" does not fit its shapes; it was not used",
                              r->table->name);
}

static reading begin(smap__member *member, int index, smap__findings *findings) {
    reading r = { .member = member, .vet = member->state, .findings = findings };
    r.table = smap__gpkg_vet_table(r.vet, index);
    return r;
}

static void end(reading *r) {
    smap__gpkg_run_release(&r->whole);
    for (int i = 0; i < r->parts; i++) smap__gpkg_run_release(&r->part[i].own);
    for (int i = 0; i < PARTS; i++) sqlite3_close(r->db[i]);
    smap__gpkg_plan_release(&r->plan);
    smap__gpkg_hits_release(&r->hits);
    smap_crs_free(r->crs);
}

static smap_status read_gpkg(smap__member *member, int index, smap__findings *findings, const smap_layer **out,
                             smap_error *err) {
    const smap_layer *layer = NULL;
    reading r = begin(member, index, findings);
    smap_status status = read_frame(&r, index, &layer, err);
    if (status == SMAP_OK && !layer) {
        end(&r);
        r = begin(member, index, findings);
        status = read_whole(&r, index, &layer, err);
    }
    if (status == SMAP_OK) status = smap__shape_report_drop(&r.whole.report, layer, out, err);
    smap_layer_free(layer);
    end(&r);
    return status;
}

const smap__reader smap__reader_gpkg = { "gpkg", "GeoPackage", open_gpkg, read_gpkg, close_gpkg, count_gpkg };
