#include "io/arrow_read.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "col/arrow.h"

#include <cpl_string.h>
#include <ogr_api.h>

#include "base/alloc.h"
#include "base/ctx.h"
#include "base/fail.h"
#include "base/str.h"
#include "geo/geom_builder.h"
#include "geo/wkb.h"
#include "io/budget.h"
#include "io/gdal_guard.h"
#include "io/shape_report.h"

enum { QUEUE = 2, ROOM_LIMIT = 4000000 };

/* As fast as GDAL's default of 65536 rows, in a third of the memory. */
#define BATCH "16384"

/* ---- columns ---------------------------------------------------------------------------------------------------- */

typedef struct field {
    int64_t child; /* in the batch */
    char format[8];
    smap_column_builder *builder;
} field;

typedef struct columns {
    const smap__arrow_job *job;
    field *field;
    int fields;
    int64_t fid_child, geometry_child; /* -1 = none */
    char geometry_format[2];
    smap_geometry_builder *geometry;
    smap__wkb_report report;
    int64_t *fid;
    size_t fids, fid_capacity;
} columns;

/* Arrow metadata: int32 count, then for each pair int32 length and bytes of key and value. */
static bool is_geometry(const struct ArrowSchema *schema) {
    static const char key[] = "ARROW:extension:name";
    if (!schema->metadata || !strchr("zZ", schema->format[0])) return false;
    int32_t count, len;
    memcpy(&count, schema->metadata, sizeof count);
    memcpy(&len, schema->metadata + sizeof count, sizeof len);
    return count >= 1 && len == (int32_t)strlen(key) &&
           memcmp(schema->metadata + sizeof count + sizeof len, key, strlen(key)) == 0;
}

static smap_status add_field(columns *c, const struct ArrowSchema *child, int64_t index, smap_error *err) {
    smap_type type;
    if (!smap__arrow_type(child->format, &type))
        return smap__findings_add(c->job->findings, err, SMAP__WARNING, "column_not_read", 0, child->name, "",
                                  "column %s is of a kind that is not read; it is left out", child->name);
    if (!smap__utf8_valid(child->name, strlen(child->name)))
        return smap__fail(
            err, SMAP_E_FORMAT, c->job->shown,
            "%s: the names of its columns are not valid UTF-8; name their encoding, for example --encoding CP1256",
            c->job->shown);
    field *f = &c->field[c->fields];
    *f = (field){ .child = index };
    snprintf(f->format, sizeof f->format, "%s", child->format); /* only the first three characters matter */
    smap_status status = smap_column_builder_new(child->name, type, &f->builder, err);
    if (status == SMAP_OK) c->fields++;
    return status;
}

static int64_t room(const smap__arrow_job *job) {
    return job->rows_hint < 0 ? 0 : job->rows_hint < ROOM_LIMIT ? job->rows_hint : ROOM_LIMIT;
}

static smap_status make_columns(columns *c, const struct ArrowSchema *schema, smap_error *err) {
    smap_status status = SMAP_OK;
    c->fid_child = c->geometry_child = -1;
    if (schema->n_children > SMAP__BUDGET_COLUMNS)
        return smap__fail(err, SMAP_E_LIMIT, c->job->shown, "%s: layer \"%s\" has more than %d columns", c->job->shown,
                          c->job->name, SMAP__BUDGET_COLUMNS);
    c->field = smap__zalloc((size_t)schema->n_children + 1, sizeof *c->field);
    if (!c->field) return smap__fail_memory(err);
    for (int64_t i = 0; i < schema->n_children; i++) {
        const struct ArrowSchema *child = schema->children[i];
        if (i == 0 && strcmp(child->format, "l") == 0) {
            c->fid_child = i; /* OGR puts the feature id first */
        } else if (is_geometry(child)) {
            if (c->geometry_child >= 0) continue;
            c->geometry_child = i;
            c->geometry_format[0] = child->format[0];
        } else {
            SMAP_TRY(add_field(c, child, i, err), done);
        }
    }
    for (int i = 0; i < c->fields; i++)
        SMAP_TRY(smap_column_builder_reserve(c->field[i].builder, room(c->job), 0, err), done);
    if (c->geometry_child >= 0) {
        SMAP_TRY(smap_geometry_builder_new(c->job->crs, &c->geometry, err), done);
        size_t rows = (size_t)room(c->job);
        SMAP_TRY(smap__builder_grow(c->geometry, rows, rows, rows, rows, err), done);
    }
done:
    return status;
}

static smap_status append_batch(columns *c, const struct ArrowArray *batch, smap_error *err) {
    smap_status status = SMAP_OK;
    if (!smap__grow(&c->fid, &c->fid_capacity, c->fids + (size_t)batch->length, sizeof *c->fid))
        return smap__fail_memory(err);
    const struct ArrowArray *ids = c->fid_child >= 0 ? batch->children[c->fid_child] : NULL;
    for (int64_t i = 0; i < batch->length; i++)
        c->fid[c->fids + (size_t)i] =
            ids ? ((const int64_t *)ids->buffers[1])[ids->offset + i] + c->job->fid_base : (int64_t)c->fids + i + 1;
    c->fids += (size_t)batch->length;
    if (c->geometry)
        SMAP_TRY(smap__wkb_append_arrow(c->geometry, c->geometry_format, batch->children[c->geometry_child], &c->report,
                                        err),
                 done);
    for (int i = 0; i < c->fields; i++) {
        const field *f = &c->field[i];
        SMAP_TRY(smap__arrow_append(f->builder, f->format, batch->children[f->child], err), done);
    }
done:
    return status;
}

static void release_columns(columns *c) {
    for (int i = 0; i < c->fields; i++) smap_column_builder_free(c->field[i].builder);
    smap__free(c->field);
    smap_geometry_builder_free(c->geometry);
    smap__wkb_report_release(&c->report);
    smap__free(c->fid);
}

/* ---- batches to the second thread ------------------------------------------------------------------------------- */

typedef struct pipeline {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    struct ArrowArray slot[QUEUE];
    int count; /* filled slots */
    bool ended;
    columns *columns;
    smap_status status; /* of the second thread */
    smap_error error;
} pipeline;

static void release_array(struct ArrowArray *array) {
    if (array->release) array->release(array);
}

static bool pop(pipeline *p, struct ArrowArray *out) {
    pthread_mutex_lock(&p->lock);
    while (p->count == 0 && !p->ended) pthread_cond_wait(&p->changed, &p->lock);
    bool there = p->count > 0;
    if (there) {
        *out = p->slot[0];
        p->slot[0] = p->slot[1];
        p->count--;
        pthread_cond_broadcast(&p->changed);
    }
    pthread_mutex_unlock(&p->lock);
    return there;
}

/* After a failure the rest is let go unread. */
static void *convert(void *user) {
    pipeline *p = user;
    struct ArrowArray batch;
    while (pop(p, &batch)) {
        smap_status status = SMAP_OK;
        if (p->status == SMAP_OK) status = append_batch(p->columns, &batch, &p->error);
        release_array(&batch);
        if (status == SMAP_OK) continue;
        pthread_mutex_lock(&p->lock);
        p->status = status;
        pthread_mutex_unlock(&p->lock);
    }
    return NULL;
}

/* Takes the batch; false when the second thread has failed. */
static bool push(pipeline *p, struct ArrowArray *batch) {
    pthread_mutex_lock(&p->lock);
    while (p->count == QUEUE) pthread_cond_wait(&p->changed, &p->lock);
    p->slot[p->count++] = *batch;
    bool good = p->status == SMAP_OK;
    pthread_cond_broadcast(&p->changed);
    pthread_mutex_unlock(&p->lock);
    return good;
}

static void end(pipeline *p) {
    pthread_mutex_lock(&p->lock);
    p->ended = true;
    pthread_cond_broadcast(&p->changed);
    pthread_mutex_unlock(&p->lock);
}

static smap_status fail_gdal(const smap__arrow_job *job, const smap__gdal_guard *guard, smap_error *err) {
    smap__gdal_guard_log(guard, job->ctx, job->shown);
    return smap__fail(err, SMAP_E_FORMAT, job->shown,
                      "%s: layer \"%s\" is damaged and cannot be read whole; ask for it again, or export it anew from "
                      "the program that made it",
                      job->shown, job->name);
}

/* On some damage GDAL gives batches of no rows without end; a sound layer has none. */
static smap_status pump(const smap__arrow_job *job, struct ArrowArrayStream *stream, const smap__gdal_guard *guard,
                        pipeline *p, smap_error *err) {
    smap_status status = SMAP_OK;
    int64_t rows = 0;
    for (;;) {
        struct ArrowArray batch = { 0 };
        int code = stream->get_next(stream, &batch);
        if (code != 0) {
            const char *text = stream->get_last_error(stream);
            smap__log(job->ctx, SMAP_LOG_INFO, "%s: GDAL says: %s", job->shown, text ? text : strerror(code));
            return fail_gdal(job, guard, err);
        }
        if (!batch.release) return SMAP_OK;
        if (batch.length == 0 || guard->failures) {
            release_array(&batch);
            return rows == 0 && !guard->failures ? SMAP_OK : fail_gdal(job, guard, err);
        }
        rows += batch.length;
        if (rows > SMAP__BUDGET_ROWS) {
            release_array(&batch);
            return smap__fail(err, SMAP_E_LIMIT, job->shown, "%s: layer \"%s\" has more than %lld rows", job->shown,
                              job->name, (long long)SMAP__BUDGET_ROWS);
        }
        if (!push(p, &batch)) return SMAP_OK;
        double part = job->rows_hint > rows ? (double)rows / (double)job->rows_hint : 1.0;
        SMAP_TRY(smap__progress(job->ctx, part, NULL, err), done);
    }
done:
    return status;
}

static smap_status run_pipeline(const smap__arrow_job *job, struct ArrowArrayStream *stream,
                                const smap__gdal_guard *guard, columns *c, smap_error *err) {
    pipeline p = { .columns = c, .status = SMAP_OK, .error = SMAP_ERROR_INIT };
    pthread_t thread;
    pthread_mutex_init(&p.lock, NULL);
    pthread_cond_init(&p.changed, NULL);
    smap_status status = SMAP_OK;
    if (pthread_create(&thread, NULL, convert, &p) != 0) {
        status = smap__fail(err, SMAP_E_NOMEM, job->shown, "no thread could be started: memory ran out");
    } else {
        status = pump(job, stream, guard, &p, err);
        end(&p);
        pthread_join(thread, NULL);
    }
    if (p.status != SMAP_OK) {
        status = p.status;
        if (err) *err = p.error;
    }
    pthread_cond_destroy(&p.changed);
    pthread_mutex_destroy(&p.lock);
    return status;
}

/* ---- the layer -------------------------------------------------------------------------------------------------- */

static smap_status finish(columns *c, const smap_layer **out, smap_error *err) {
    smap_status status = SMAP_OK;
    const smap_table *table = NULL;
    const smap_geometry *geometry = NULL;
    const smap_column **column = smap__zalloc((size_t)c->fields + 1, sizeof *column);
    if (!column) return smap__fail_memory(err);
    for (int i = 0; i < c->fields; i++)
        SMAP_TRY(smap_column_builder_finish(c->field[i].builder, &column[i], err), done);
    SMAP_TRY(smap_table_new(column, c->fields, (int64_t)c->fids, &table, err), done);
    if (c->geometry) SMAP_TRY(smap_geometry_builder_finish(c->geometry, &geometry, err), done);
    SMAP_TRY(smap_layer_new(c->job->name, table, geometry, c->fid, out, err), done);
done:
    for (int i = 0; i < c->fields; i++) smap_column_free(column[i]);
    smap__free(column);
    smap_table_free(table);
    smap_geometry_free(geometry);
    return status;
}

typedef struct id_row {
    int64_t fid, row;
} id_row;

static int by_fid(const void *a, const void *b) {
    const id_row *p = a, *q = b;
    if (p->fid != q->fid) return p->fid < q->fid ? -1 : 1;
    return p->row < q->row ? -1 : p->row > q->row;
}

static bool is_sorted(const columns *c) {
    for (size_t i = 1; i < c->fids; i++)
        if (c->fid[i] <= c->fid[i - 1]) return false;
    return true;
}

/* The rows to keep, by fid: bad ones left out. SMAP_E_FORMAT if an id comes twice, which a sound file cannot have. */
static smap_status choose_rows(const columns *c, int64_t **rows, int64_t *count, smap_error *err) {
    id_row *id = smap__zalloc(c->fids + 1, sizeof *id);
    *rows = smap__zalloc(c->fids + 1, sizeof **rows);
    smap_status status = SMAP_OK;
    if (!id || !*rows) {
        status = smap__fail_memory(err);
        goto done;
    }
    size_t kept = 0, bad = 0;
    for (size_t i = 0; i < c->fids; i++) {
        if (bad < c->report.bad_count && c->report.bad[bad].row == (int64_t)i) {
            bad++;
            continue;
        }
        id[kept++] = (id_row){ c->fid[i], (int64_t)i };
    }
    qsort(id, kept, sizeof *id, by_fid);
    for (size_t i = 0; i < kept; i++) {
        (*rows)[i] = id[i].row;
        if (i && id[i].fid == id[i - 1].fid) {
            status = smap__fail_row(err, SMAP_E_FORMAT, c->job->shown, id[i].fid,
                                    "%s: layer \"%s\" is damaged: the row with id %lld comes twice", c->job->shown,
                                    c->job->name, (long long)id[i].fid);
            goto done;
        }
    }
    *count = (int64_t)kept;
done:
    smap__free(id);
    return status;
}

static smap_status keep_rows(const columns *c, const smap_layer **layer, smap_error *err) {
    if (c->report.bad_count == 0 && is_sorted(c)) return SMAP_OK;
    int64_t *rows = NULL, count = 0;
    const smap_layer *kept = NULL;
    smap_status status = SMAP_OK;
    SMAP_TRY(choose_rows(c, &rows, &count, err), done);
    SMAP_TRY(smap_layer_take(*layer, rows, count, &kept, err), done);
    smap_layer_free(*layer);
    *layer = kept;
done:
    smap__free(rows);
    return status;
}

static smap_status read_guarded(const smap__arrow_job *job, OGRLayerH layer, columns *c, smap__gdal_guard *guard,
                                smap_error *err) {
    smap_status status = SMAP_OK;
    struct ArrowArrayStream stream = { 0 };
    struct ArrowSchema schema = { 0 };
    char **options = CSLSetNameValue(NULL, "MAX_FEATURES_IN_BATCH", BATCH);
    options = CSLSetNameValue(options, "INCLUDE_FID", "YES");
    smap__gdal_guard_begin(guard);
    if (!OGR_L_GetArrowStream(layer, &stream, options) || stream.get_schema(&stream, &schema) != 0) {
        status = fail_gdal(job, guard, err);
        goto done;
    }
    SMAP_TRY(make_columns(c, &schema, err), done);
    SMAP_TRY(run_pipeline(job, &stream, guard, c, err), done);
done:
    if (schema.release) schema.release(&schema);
    if (stream.release) stream.release(&stream);
    CSLDestroy(options);
    smap__gdal_guard_end(guard);
    return status;
}

static smap_status tell_doubts(const smap__arrow_job *job, const smap__gdal_guard *guard, smap_error *err) {
    static const struct {
        const char *code, *sentence;
    } told[SMAP__DOUBTS] = {
        [SMAP__DOUBT_LETTERS] = { "letters_lost",
                                  "some letters do not exist in the encoding that the texts were read in and are left out; name the right encoding with --encoding" },
        [SMAP__DOUBT_RINGS] = { "rings_unclear",
                                "of some polygons it is not clear which ring is a hole of which, so that all rings were read as parts; check their validity in QGIS" },
        [SMAP__DOUBT_NUMBERS] = { "number_cut",
                                  "some numbers have other characters behind them, which are left out; compare the columns of numbers with the source" },
        [SMAP__DOUBT_OTHER] = { "reader_warning",
                                "the reader of this format reported a doubt about the file; compare the rows with the source, or look at its report with --verbose" },
    };
    smap__gdal_guard_log(guard, job->ctx, job->shown);
    for (int i = 0; i < SMAP__DOUBTS; i++) {
        if (!guard->doubts[i]) continue;
        smap_status status =
            smap__findings_add(job->findings, err, SMAP__WARNING, told[i].code, 0, "", "", "%s", told[i].sentence);
        if (status != SMAP_OK) return status;
    }
    return SMAP_OK;
}

smap_status smap__arrow_read(const smap__arrow_job *job, void *ogr_layer, const smap_layer **out, smap_error *err) {
    columns c = { .job = job, .report = SMAP__WKB_REPORT_INIT };
    smap__gdal_guard guard;
    const smap_layer *read = NULL;
    smap_status status = SMAP_OK;
    SMAP_TRY(read_guarded(job, ogr_layer, &c, &guard, err), done);
    if (guard.failures) {
        status = fail_gdal(job, &guard, err);
        goto done;
    }
    SMAP_TRY(tell_doubts(job, &guard, err), done);
    SMAP_TRY(smap__shape_report_tell(&c.report, c.fid, job->findings, err), done);
    SMAP_TRY(finish(&c, &read, err), done);
    SMAP_TRY(keep_rows(&c, &read, err), done);
    *out = read;
    read = NULL;
done:
    smap_layer_free(read);
    release_columns(&c);
    return status;
}
