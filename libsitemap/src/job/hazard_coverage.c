#include "job/hazard_coverage.h"

#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/path.h"
#include "col/cell.h"

typedef bool (*row_test)(const smap_table *table, int64_t row);

static bool is_looked_at(const smap_table *t, int64_t row) {
    const smap_column *kind = smap_table_find(t, "kind"), *status = smap_table_find(t, "status");
    if (!kind || !status) return true; /* polygons of the user's own: all of them */
    bool area = smap__cell_is(kind, row, "area_of_interest") || smap__cell_is(kind, row, "survey_area");
    return area && (smap_column_is_null(status, row) || smap__cell_is(status, row, "produced"));
}

static bool is_not_analysed(const smap_table *t, int64_t row) {
    return smap__cell_is(smap_table_find(t, "kind"), row, "not_analysed");
}

/* Does any row of the hazard name the activation of that row of the coverage? */
static bool same_activation(const smap__hazard *h, const smap_table *coverage, int64_t row) {
    const smap_column *theirs = smap_table_find(coverage, "activation");
    const smap_column *ours = smap_table_find(h->polygons->table, "activation");
    if (!theirs || !ours || smap_column_is_null(theirs, row)) return false;
    size_t len, own_len;
    const char *text = smap_column_text(theirs, row, &len);
    for (int64_t i = 0; i < ours->count; i++) {
        const char *own = smap_column_text(ours, i, &own_len);
        if (!smap_column_is_null(ours, i) && own_len == len && memcmp(own, text, len) == 0) return true;
    }
    return false;
}

/* The polygons of the rows for which `test` holds; NULL where there are none. `h` NULL: of any activation. */
static smap_status take(const smap_layer *layer, row_test test, const smap__hazard *h, const smap_geometry **out,
                        smap_error *err) {
    int64_t n = smap_table_rows(layer->table), count = 0;
    int64_t *rows = smap__zalloc((size_t)n, sizeof *rows);
    if (!rows) return smap__fail_memory(err);
    for (int64_t i = 0; i < n; i++)
        if (test(layer->table, i) && (!h || same_activation(h, layer->table, i))) rows[count++] = i;
    smap_status status = count ? smap_geometry_take(layer->geometry, rows, count, out, err) : SMAP_OK;
    smap__free(rows);
    return status;
}

smap_status smap__coverage_of_group(smap__hazard_run *run, smap__hazard *h, smap_error *err) {
    const smap_layer *coverage = NULL;
    if (smap__pair_find(run->options->source, run->options->sources, "coverage")) return SMAP_OK; /* told, see below */
    smap_status status = smap__inputs_layer(&run->inputs, "coverage", &coverage, err);
    if (status == SMAP_OK) status = take(coverage, is_looked_at, h, &h->coverage, err);
    if (status == SMAP_OK) status = take(coverage, is_not_analysed, h, &h->not_analysed, err);
    smap_layer_free(coverage);
    return status;
}

static smap_status read_told(smap__hazard_run *run, smap__hazard *h, const char *source, smap_error *err) {
    const smap_layer *layer = NULL;
    smap_status status = smap__inputs_source(&run->inputs, source, "coverage", &layer, err);
    if (status == SMAP_OK && !layer->geometry)
        status = smap__fail(err, SMAP_E_ARGUMENT, source,
                            "%s has no geometry: a coverage is the polygons that the source of hazard %s looked at",
                            source, h->spec.name);
    if (status == SMAP_OK) status = take(layer, is_looked_at, NULL, &h->coverage, err);
    if (status == SMAP_OK) status = take(layer, is_not_analysed, NULL, &h->not_analysed, err);
    if (status == SMAP_OK && !h->coverage)
        status = smap__findings_add(&run->findings, err, SMAP__WARNING, "coverage_without_areas", 0, NULL, NULL,
                                    "hazard %s: nothing in %s says that it was looked at (kind area_of_interest or "
                                    "survey_area, status produced or none), so outside of the hazard nothing is known",
                                    h->spec.name, smap__path_name(source));
    smap_layer_free(layer);
    return status;
}

smap_status smap__coverage_told(smap__hazard_run *run, smap_error *err) {
    const char *common = smap__pair_find(run->options->source, run->options->sources, "coverage");
    smap_status status = SMAP_OK;
    for (int i = 0; i < run->hazards && status == SMAP_OK; i++) {
        smap__hazard *h = &run->hazard[i];
        const char *source = h->spec.coverage ? h->spec.coverage : common;
        /* a raster says itself, by its nodata, what is not known, unless it is told otherwise */
        if (h->spec.coverage || (h->polygons && source)) status = read_told(run, h, source, err);
    }
    return status;
}
