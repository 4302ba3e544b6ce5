/* The hazards of a run: those of --hazard, else the layers hazard and hazard_raster of the workspace. */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/path.h"
#include "col/cell.h"
#include "geo/layer_row.h"
#include "io/raster.h"
#include "io/reader.h"
#include "job/hazard_coverage.h"
#include "job/hazard_raster.h"
#include "job/hazard_run.h"

/* ---- one of --hazard ------------------------------------------------------------------------------------------------
 */

static bool is_polygon(const smap_geometry *g, int64_t i) {
    return g->type[i] == SMAP_GEOM_POLYGON || g->type[i] == SMAP_GEOM_MULTIPOLYGON;
}

/* Points and lines have no inside. */
static smap_status check_polygons(smap__hazard_run *run, const smap__hazard *h, smap_error *err) {
    const smap_geometry *g = h->polygons->geometry;
    int64_t others = 0, nulls = 0, first = -1;
    if (!g)
        return smap__fail(err, SMAP_E_ARGUMENT, h->spec.source,
                          "%s has no geometry: a hazard is a layer of polygons, or a raster", h->spec.source);
    for (int64_t i = 0; i < g->count; i++) {
        nulls += g->type[i] == SMAP_GEOM_NULL;
        if (is_polygon(g, i) || g->type[i] == SMAP_GEOM_NULL) continue;
        if (others++ == 0) first = i;
    }
    if (others + nulls == g->count)
        return smap__fail(err, SMAP_E_ARGUMENT, h->spec.source,
                          "%s holds no polygon: a hazard is a layer of polygons, or a raster", h->spec.source);
    if (others == 0) return SMAP_OK;
    return smap__findings_add(&run->findings, err, SMAP__WARNING, "hazard_not_polygon",
                              smap__layer_fid(h->polygons, first), NULL, NULL,
                              "hazard %s: %lld features of %s are no polygons and are left out", h->spec.name,
                              (long long)others, smap__path_name(h->spec.source));
}

static smap_status read_polygons(smap__hazard_run *run, smap__hazard *h, smap_error *err) {
    smap_status status = smap__inputs_source(&run->inputs, h->spec.source, "hazard", &h->polygons, err);
    if (status == SMAP_OK) status = smap__hazard_own_rows(run, h, err);
    if (status == SMAP_OK) status = check_polygons(run, h, err);
    if (status == SMAP_OK) status = smap__hazard_classify(run, h, h->spec.column, err);
    if (status == SMAP_OK && h->spec.velocity)
        status = smap__fail(err, SMAP_E_ARGUMENT, "hazard",
                            "hazard %s: velocity= goes with a raster of depths, and %s is a layer of polygons",
                            h->spec.name, h->spec.source);
    return status;
}

static smap_status read_one(smap__hazard_run *run, smap__hazard *h, smap_error *err) {
    return smap__raster_is_one(h->spec.source) ? smap__hazard_read_raster(run, h, err) : read_polygons(run, h, err);
}

static smap__hazard *next_hazard(smap__hazard_run *run, smap_error *err) {
    if (run->hazards < SMAP__HAZARDS_MAX) return &run->hazard[run->hazards++];
    smap__fail(err, SMAP_E_LIMIT, "hazard", "there are more than %d hazards; take them in several runs",
               SMAP__HAZARDS_MAX);
    return NULL;
}

static smap_status check_prefixes(const smap__hazard_run *run, smap_error *err) {
    for (int i = 0; i < run->hazards; i++)
        for (int k = 0; k < i; k++)
            if (strcmp(run->hazard[i].spec.prefix, run->hazard[k].spec.prefix) == 0)
                return smap__fail(err, SMAP_E_ARGUMENT, "hazard",
                                  "the hazards %s and %s would both have the columns %s_class and so on; give one of "
                                  "them another name",
                                  run->hazard[k].spec.name, run->hazard[i].spec.name, run->hazard[i].spec.prefix);
    return SMAP_OK;
}

smap_status smap__hazard_parse(smap__hazard_run *run, smap_error *err) {
    const smap_hazard_options *o = run->options;
    smap_status status = SMAP_OK;
    for (int i = 0; i < o->hazards && status == SMAP_OK; i++) {
        smap__hazard *h = next_hazard(run, err);
        if (!h) return SMAP_E_LIMIT;
        status = smap__hazard_spec_parse(run->ctx, &run->arena, o->hazard[i].key, o->hazard[i].value, &h->spec, err);
    }
    return status == SMAP_OK ? check_prefixes(run, err) : status;
}

/* ---- the workspace's polygons ---------------------------------------------------------------------------------------
 */

/* The unit of a group's intensities: NULL where none has both; rows of another unit are told. */
static smap_status group_unit(smap__hazard_run *run, smap__hazard *h, smap_error *err) {
    const smap_table *t = h->polygons->table;
    const smap_column *unit = smap_table_find(t, "unit"), *intensity = smap_table_find(t, "intensity");
    for (int64_t i = 0; i < smap_table_rows(t); i++) {
        if (smap_column_is_null(unit, i) || smap_column_is_null(intensity, i)) continue;
        size_t len;
        const char *text = smap_column_text(unit, i, &len);
        if (!h->spec.unit) {
            h->spec.unit = smap__arena_strndup(&run->arena, text, len);
            if (!h->spec.unit) return smap__fail_memory(err);
        } else if (!smap__cell_is(unit, i, h->spec.unit)) {
            return smap__fail_row(err, SMAP_E_ARGUMENT, "unit", smap__layer_fid(h->polygons, i),
                                  "the layer hazard gives the intensity of %s in %s and in %.*s; values are not "
                                  "converted: give each unit a hazard of its own with --hazard",
                                  h->spec.name, h->spec.unit, (int)len, text);
        }
    }
    return SMAP_OK;
}

static smap_status add_group(smap__hazard_run *run, const smap_layer *all, const char *code, const int64_t *rows,
                             int64_t count, smap_error *err) {
    smap__hazard *h = next_hazard(run, err);
    if (!h) return SMAP_E_LIMIT;
    smap_status status = smap__hazard_spec_name(run->ctx, &run->arena, code, &h->spec, err);
    if (status == SMAP_OK) status = smap_layer_take(all, rows, count, &h->polygons, err);
    if (status == SMAP_OK) status = group_unit(run, h, err);
    if (status == SMAP_OK) status = smap__hazard_classify(run, h, NULL, err);
    if (status == SMAP_OK) status = smap__coverage_of_group(run, h, err);
    return status;
}

/* One hazard for each value of the column `hazard`, in the order in which they come. */
static smap_status read_groups(smap__hazard_run *run, smap_error *err) {
    const smap_layer *all = NULL;
    smap_status status = smap__inputs_layer(&run->inputs, "hazard", &all, err);
    if (status != SMAP_OK) return status;
    int64_t n = smap_table_rows(all->table);
    const smap_column *code = smap_table_find(all->table, "hazard");
    int64_t *rows = smap__zalloc((size_t)n, sizeof *rows);
    bool *taken = smap__zalloc((size_t)n, sizeof *taken);
    if (!rows || !taken) status = smap__fail_memory(err);
    for (int64_t i = 0; i < n && status == SMAP_OK; i++) {
        if (taken[i] || smap_column_is_null(code, i)) continue;
        size_t len;
        int64_t count = 0;
        const char *text = smap_column_text(code, i, &len);
        const char *name = smap__arena_strndup(&run->arena, text, len);
        if (!name) {
            status = smap__fail_memory(err);
            break;
        }
        for (int64_t k = i; k < n; k++) {
            if (!smap__cell_is(code, k, name)) continue;
            taken[k] = true;
            rows[count++] = k;
        }
        status = add_group(run, all, name, rows, count, err);
    }
    smap__free(rows);
    smap__free(taken);
    smap_layer_free(all);
    return status;
}

/* ---- the workspace's rasters ----------------------------------------------------------------------------------------
 */

static const char *cell_text(smap__arena *arena, const smap_table *t, const char *name, int64_t row) {
    const smap_column *column = smap_table_find(t, name);
    size_t len;
    if (smap_column_is_null(column, row)) return NULL;
    const char *text = smap_column_text(column, row, &len);
    return smap__arena_strndup(arena, text, len);
}

static bool is_taken(const smap__hazard_run *run, const char *name) {
    for (int i = 0; i < run->hazards; i++)
        if (strcmp(run->hazard[i].spec.name, name) == 0) return true;
    return false;
}

/* A raster that a row names and that is not there: which row, and what its path is relative to. */
static smap_status check_there(const char *source, const char *key, const char *path, smap_error *err) {
    smap__spec spec = { 0 };
    smap_error why = SMAP_ERROR_INIT;
    smap_status status = smap__spec_parse(source, &spec, &why);
    smap__spec_release(&spec);
    if (status != SMAP_E_NOT_FOUND) return SMAP_OK; /* else told where it is opened */
    return smap__fail(err, SMAP_E_NOT_FOUND, "hazard_raster",
                      "the row \"%s\" of the layer hazard_raster names %s, which is not there; its path is relative to "
                      "the folder of the workspace: put the file there, mend the path or remove the row",
                      key, path);
}

/* A raster is called by its hazard; the second of a kind by its own key. */
static smap_status add_raster(smap__hazard_run *run, const smap_table *t, int64_t row, smap_error *err) {
    const char *kind = cell_text(&run->arena, t, "hazard", row), *key = cell_text(&run->arena, t, "raster_id", row);
    const char *path = cell_text(&run->arena, t, "path", row);
    const smap_column *band = smap_table_find(t, "band");
    if (!kind || !key || !path) return SMAP_OK; /* required: nothing can be said without */
    const char *source = smap__inputs_beside(&run->inputs, &run->arena, path);
    if (!source) return smap__fail_memory(err);
    smap_status status = check_there(source, key, path, err);
    if (status != SMAP_OK) return status;
    const char *name = is_taken(run, kind) ? key : kind;
    smap__hazard *h = next_hazard(run, err);
    if (!h) return SMAP_E_LIMIT;
    status = smap__hazard_spec_name(run->ctx, &run->arena, name, &h->spec, err);
    if (status != SMAP_OK) return status;
    h->spec.kind = kind;
    h->spec.source = source;
    h->spec.unit = cell_text(&run->arena, t, "unit", row);
    h->spec.classes = cell_text(&run->arena, t, "breaks", row);
    h->origin = cell_text(&run->arena, t, "source", row);
    if (!smap_column_is_null(band, row)) h->spec.band = (int)band->v.i[row];
    return smap__hazard_read_raster(run, h, err);
}

static smap_status read_rasters(smap__hazard_run *run, smap_error *err) {
    const smap_layer *rows = NULL;
    smap_status status = smap__inputs_layer(&run->inputs, "hazard_raster", &rows, err);
    for (int64_t i = 0; status == SMAP_OK && i < smap_table_rows(rows->table); i++)
        status = add_raster(run, rows->table, i, err);
    smap_layer_free(rows);
    return status;
}

/* ---- all ------------------------------------------------------------------------------------------------------------
 */

smap_status smap__hazard_read(smap__hazard_run *run, smap_error *err) {
    smap_status status = SMAP_OK;
    if (run->options->hazards > 0) {
        for (int i = 0; i < run->hazards && status == SMAP_OK; i++) status = read_one(run, &run->hazard[i], err);
    } else {
        status = read_groups(run, err);
        if (status == SMAP_OK) status = read_rasters(run, err);
    }
    if (status == SMAP_OK && run->hazards == 0)
        status = smap__fail(err, SMAP_E_NOT_FOUND, "hazard",
                            "%s holds no hazards, neither in the layer hazard nor in hazard_raster; name them, for "
                            "example: --hazard flood=depth.tif,unit=m",
                            run->inputs.workspace_path);
    if (status == SMAP_OK) status = check_prefixes(run, err);
    if (status == SMAP_OK) status = smap__hazard_origins(run, err);
    if (status == SMAP_OK) status = smap__coverage_told(run, err);
    return status;
}
