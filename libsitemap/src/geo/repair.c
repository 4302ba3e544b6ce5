/* Two passes: which features are invalid, on all workers; then those alone are repaired, each into a column of its own,
 * and put back in their order. */
#include "geo/repair.h"

#include <math.h>
#include <stdio.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/parallel.h"
#include "geo/geom_builder.h"
#include "geo/geom_column.h"
#include "geo/geos_bridge.h"
#include "geo/simple_ring.h"

enum { CHUNK = 512 };

typedef struct repair_job {
    const smap_geometry *geometry;
    smap__geos **geos;    /* one a worker, made on first use */
    smap__repairs *found; /* one a chunk */
    smap__repairs all;
    const smap_geometry **mended; /* of each in `all`; NULL: could not be repaired */
} repair_job;

void smap__repairs_release(smap__repairs *repairs) {
    smap__free(repairs->note);
    *repairs = (smap__repairs){ NULL, 0 };
}

static smap_status own_geos(repair_job *job, int worker, smap_error *err) {
    return job->geos[worker] ? SMAP_OK : smap__geos_new(&job->geos[worker], err);
}

static bool has_polygons(const smap_geometry *g, int64_t feature) {
    for (int64_t part = smap_geom_part(g, feature); part < smap_geom_part(g, feature + 1); part++)
        if (smap__geometry_part_type(g, feature, part) == SMAP_GEOM_POLYGON) return true;
    return false;
}

/* ---- which are invalid ---- */

static smap_status put_note(smap__repairs *list, size_t *capacity, const smap__repair_note *note, smap_error *err) {
    if (!smap__grow(&list->note, capacity, (size_t)list->count + 1, sizeof *list->note)) return smap__fail_memory(err);
    list->note[list->count++] = *note;
    return SMAP_OK;
}

static smap_status check_chunk(int worker, int64_t chunk, void *user, smap_error *err) {
    repair_job *job = user;
    const smap_geometry *g = job->geometry;
    int64_t end = (chunk + 1) * CHUNK < g->count ? (chunk + 1) * CHUNK : g->count;
    size_t capacity = 0;
    smap_status status = SMAP_OK;
    for (int64_t i = chunk * CHUNK; i < end; i++) {
        smap__validity validity;
        if (g->type[i] == SMAP_GEOM_NULL || smap__is_simple_polygon(g, i) || !has_polygons(g, i)) continue;
        SMAP_TRY(own_geos(job, worker, err), done);
        SMAP_TRY(smap__geos_validity(job->geos[worker], g, i, &validity, err), done);
        if (validity.valid) continue;
        smap__repair_note note = { .feature = i, .x = validity.x, .y = validity.y };
        snprintf(note.reason, sizeof note.reason, "%s", validity.reason);
        note.area_before = note.area_after = smap__geometry_area(g, i);
        SMAP_TRY(put_note(&job->found[chunk], &capacity, &note, err), done);
    }
done:
    return status;
}

static smap_status find_invalid(smap_ctx *ctx, repair_job *job, smap_error *err) {
    int64_t chunks = (job->geometry->count + CHUNK - 1) / CHUNK;
    size_t capacity = 0;
    smap_status status;
    job->found = smap__zalloc((size_t)chunks, sizeof *job->found);
    if (!job->found) return smap__fail_memory(err);
    SMAP_TRY(smap__parallel(ctx, chunks, check_chunk, job, err), done);
    for (int64_t c = 0; c < chunks; c++)
        for (int64_t k = 0; k < job->found[c].count; k++)
            SMAP_TRY(put_note(&job->all, &capacity, &job->found[c].note[k], err), done);
done:
    for (int64_t c = 0; c < chunks; c++) smap__repairs_release(&job->found[c]);
    smap__free(job->found);
    return status;
}

/* ---- mending ---- */

/* What GEOS or the gate turns away is data, not an end: the feature is given up, and its note has no area after. */
static bool is_given_up(smap_status status) {
    return status == SMAP_E_LIMIT || status == SMAP_E_FORMAT || status == SMAP_E_INTERNAL;
}

static smap_status mend_one(int worker, int64_t number, void *user, smap_error *err) {
    repair_job *job = user;
    smap__repair_note *note = &job->all.note[number];
    smap_geometry_builder *builder = NULL;
    smap_status status;
    SMAP_TRY(own_geos(job, worker, err), done);
    SMAP_TRY(smap_geometry_builder_new(NULL, &builder, err), done);
    status = smap__geos_make_valid(job->geos[worker], job->geometry, note->feature, builder, err);
    if (is_given_up(status)) {
        note->area_after = NAN;
        status = SMAP_OK;
        goto done;
    }
    if (status != SMAP_OK) goto done;
    SMAP_TRY(smap_geometry_builder_finish(builder, &job->mended[number], err), done);
    note->area_after = smap__geometry_area(job->mended[number], 0);
done:
    smap_geometry_builder_free(builder);
    return status;
}

/* The column with the mended features in the places of the others. */
static smap_status assemble(const repair_job *job, const smap_geometry **out, smap_error *err) {
    const smap_geometry *g = job->geometry;
    smap_geometry_builder *builder = NULL;
    int64_t next = 0;
    smap_status status;
    SMAP_TRY(smap_geometry_builder_new(g->crs, &builder, err), done);
    for (int64_t i = 0; i < g->count; i++) {
        bool invalid = next < job->all.count && job->all.note[next].feature == i;
        const smap_geometry *mended = invalid ? job->mended[next] : NULL;
        if (!invalid)
            SMAP_TRY(smap__builder_append_feature(builder, g, i, err), done);
        else if (mended)
            SMAP_TRY(smap__builder_append_feature(builder, mended, 0, err), done);
        else
            SMAP_TRY(smap_geometry_append_null(builder, err), done);
        next += invalid;
    }
    SMAP_TRY(smap_geometry_builder_finish(builder, out, err), done);
done:
    smap_geometry_builder_free(builder);
    return status;
}

static smap_status mend(smap_ctx *ctx, repair_job *job, const smap_geometry **out, smap_error *err) {
    smap_status status;
    job->mended = smap__zalloc((size_t)job->all.count, sizeof *job->mended);
    if (!job->mended) return smap__fail_memory(err);
    SMAP_TRY(smap__parallel(ctx, job->all.count, mend_one, job, err), done);
    SMAP_TRY(assemble(job, out, err), done);
done:
    for (int64_t k = 0; k < job->all.count; k++) smap_geometry_free(job->mended[k]);
    smap__free(job->mended);
    return status;
}

smap_status smap__geometry_repair(smap_ctx *ctx, const smap_geometry *geometry, const smap_geometry **out,
                                  smap__repairs *repairs, smap_error *err) {
    int workers = smap_ctx_threads(ctx);
    repair_job job = { .geometry = geometry, .geos = smap__zalloc((size_t)workers, sizeof(smap__geos *)) };
    smap_status status;
    if (!job.geos) return smap__fail_memory(err);
    SMAP_TRY(find_invalid(ctx, &job, err), done);
    if (job.all.count)
        SMAP_TRY(mend(ctx, &job, out, err), done);
    else
        *out = smap_geometry_retain(geometry);
    *repairs = job.all;
    job.all = (smap__repairs){ NULL, 0 };
done:
    for (int k = 0; k < workers; k++) smap__geos_free(job.geos[k]);
    smap__free(job.geos);
    smap__repairs_release(&job.all);
    return status;
}
