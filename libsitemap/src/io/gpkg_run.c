#include "io/gpkg_run.h"

#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "col/builder.h"
#include "geo/geom_builder.h"

smap_status smap__gpkg_run_make(const smap__gpkg_plan *plan, const smap_crs *crs, bool decode, int64_t expected,
                                smap__gpkg_run *run, smap_error *err) {
    smap_status status = SMAP_OK;
    size_t rows = (size_t)expected;
    *run = (smap__gpkg_run){ .plan = plan };
    run->column = smap__zalloc((size_t)plan->fields + 1, sizeof *run->column);
    if (!run->column) return smap__fail_memory(err);
    for (int i = 0; i < plan->fields; i++) {
        const smap__gpkg_field *f = &plan->field[i];
        smap_type type = decode && f->type == SMAP_TEXT ? SMAP_BLOB : f->type;
        SMAP_TRY(smap_column_builder_new(f->name, type, &run->column[i], err), done);
        SMAP_TRY(smap_column_builder_reserve(run->column[i], expected, 0, err), done);
    }
    if (plan->geometry) {
        SMAP_TRY(smap_geometry_builder_new(crs, &run->geometry, err), done);
        SMAP_TRY(smap__builder_grow(run->geometry, rows, rows, rows, rows, err), done);
    }
    if (!smap__grow(&run->id, &run->capacity, rows + 1, sizeof *run->id)) status = smap__fail_memory(err);
done:
    return status;
}

void smap__gpkg_run_release(smap__gpkg_run *run) {
    for (int i = 0; run->column && i < run->plan->fields; i++) smap_column_builder_free(run->column[i]);
    smap__free(run->column);
    smap_geometry_builder_free(run->geometry);
    smap__wkb_report_release(&run->report);
    smap__gpkg_misfits_release(&run->misfits);
    smap__free(run->id);
    *run = (smap__gpkg_run){ 0 };
}

size_t smap__gpkg_run_bytes(const smap__gpkg_run *run) {
    size_t bytes = run->rows * sizeof *run->id;
    for (int i = 0; i < run->plan->fields; i++) bytes += smap__builder_bytes(run->column[i]);
    return run->geometry ? bytes + run->geometry->coords * 2 * sizeof(double) : bytes;
}

static void clear(smap__gpkg_run *run) {
    for (int i = 0; i < run->plan->fields; i++) smap__builder_clear(run->column[i]);
    if (run->geometry) smap__builder_rollback(run->geometry, (smap__builder_mark){ 0 });
    smap__wkb_report_clear(&run->report);
    run->misfits.count = 0;
    run->misfits.total = 0;
    run->rows = 0;
}

smap_status smap__gpkg_run_take(smap__gpkg_run *run, smap__gpkg_run *from, smap_error *err) {
    smap_status status = SMAP_OK;
    int64_t before = (int64_t)run->rows;
    if (!smap__grow(&run->id, &run->capacity, run->rows + from->rows, sizeof *run->id)) return smap__fail_memory(err);
    if (from->rows) memcpy(run->id + run->rows, from->id, from->rows * sizeof *run->id);
    run->rows += from->rows;
    for (int i = 0; i < run->plan->fields; i++)
        SMAP_TRY(smap__builder_join(run->column[i], from->column[i], err), done);
    if (run->geometry) SMAP_TRY(smap__builder_append(run->geometry, from->geometry, err), done);
    SMAP_TRY(smap__wkb_report_add(&run->report, &from->report, before, err), done);
    SMAP_TRY(smap__gpkg_misfits_add(&run->misfits, &from->misfits, run->plan->has_ids ? 0 : before, err), done);
    clear(from);
done:
    return status;
}
