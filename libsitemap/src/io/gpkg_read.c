/* GeoPackages: vetted with plain SQLite, read through GDAL. */
#include <string.h>

#include <cpl_string.h>
#include <gdal.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "io/arrow_read.h"
#include "io/gdal_guard.h"
#include "io/gpkg_bool.h"
#include "io/gpkg_vet.h"
#include "io/reader.h"
#include "io/srs_text.h"

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

/* No SpatiaLite, no triggers or views to run, and a schema that may not call anything. */
static GDALDatasetH open_dataset(const smap__member *member, bool immutable) {
    static const char *const driver[] = { "GPKG", NULL };
    char **options = CSLSetNameValue(NULL, "LIST_ALL_TABLES", "NO");
    options = CSLSetNameValue(options, "PRELUDE_STATEMENTS", "PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON");
    options = CSLSetNameValue(options, "IMMUTABLE", immutable ? "YES" : "NO");
    GDALDatasetH dataset = GDALOpenEx(member->path, GDAL_OF_VECTOR | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR, driver,
                                      (const char *const *)options, NULL);
    CSLDestroy(options);
    return dataset;
}

static smap_status fail_open(const smap__member *member, const smap__gdal_guard *guard, smap_error *err) {
    return smap__fail(err, SMAP_E_FORMAT, member->shown, "%s: cannot be opened as a GeoPackage: %s", member->shown,
                      guard->failure[0] ? guard->failure : "GDAL gives no reason");
}

/* The definition of the layer's CRS as text that smap_crs_new takes; NULL if it has none. The file's srs_id 0 and -1
 * say "undefined", which GDAL turns into engineering systems of its own. */
static char *crs_text(OGRLayerH layer, const smap__gpkg_table *table) {
    if (table->srs_id <= 0) return NULL;
    return smap__srs_text(OGR_L_GetSpatialRef(layer));
}

typedef struct counts {
    int64_t rows, shapes; /* as read */
    bool by_position;     /* the table has no ids of its own */
} counts;

static smap_status compare_counts(const smap__gpkg_table *t, counts read, smap__findings *findings, smap_error *err) {
    smap_status status = SMAP_OK;
    if (t->stated_rows >= 0 && t->stated_rows != read.rows)
        SMAP_TRY(smap__findings_add(findings, err, SMAP__WARNING, "row_count_wrong", 0, "", "",
                                    "the file says that layer \"%s\" has %lld rows, but it has %lld; all were read",
                                    t->name, (long long)t->stated_rows, (long long)read.rows),
                 done);
    if (t->indexed_rows >= 0 && t->indexed_rows != read.shapes)
        SMAP_TRY(smap__findings_add(findings, err, SMAP__WARNING, "spatial_index_stale", 0, "", "",
                                    "the spatial index of layer \"%s\" holds %lld of its %lld shapes; it was not used",
                                    t->name, (long long)t->indexed_rows, (long long)read.shapes),
                 done);
done:
    return status;
}

static smap_status read_table(smap__member *member, GDALDatasetH dataset, const smap__gpkg_table *t,
                              smap__findings *findings, counts *read, const smap_layer **out, smap_error *err) {
    const smap_crs *crs = NULL;
    smap_status status = SMAP_OK;
    smap__gdal_guard guard;
    smap__gdal_guard_begin(&guard);
    OGRLayerH layer = GDALDatasetGetLayerByName(dataset, t->name);
    char *text = layer ? crs_text(layer, t) : NULL;
    smap__gdal_guard_end(&guard);
    if (!layer || guard.failures) {
        status = fail_open(member, &guard, err);
        goto done;
    }
    if (t->geometry_column) SMAP_TRY(smap__member_crs(member, text, &crs, err), done);
    smap__arrow_job job = { .ctx = smap__member_ctx(member),
                            .shown = member->shown,
                            .name = t->name,
                            .crs = crs,
                            .encoding = smap__member_options(member)->encoding,
                            .by_position = *OGR_L_GetFIDColumn(layer) == '\0',
                            .rows_hint = t->stated_rows,
                            .findings = findings,
                            .rows_read = &read->rows,
                            .shapes_read = &read->shapes };
    read->by_position = job.by_position;
    SMAP_TRY(smap__arrow_read(&job, layer, out, err), done);
done:
    smap__free(text);
    smap_crs_free(crs);
    return status;
}

static smap_status read_gpkg(smap__member *member, int index, smap__findings *findings, const smap_layer **out,
                             smap_error *err) {
    smap__gpkg_vet *vet = member->state;
    const smap__gpkg_table *t = smap__gpkg_vet_table(vet, index);
    const smap_layer *layer = NULL;
    smap_status status = SMAP_OK, checked;
    counts read = { 0, 0, false };
    smap_error found = SMAP_ERROR_INIT;
    smap__gdal_guard guard;
    SMAP_TRY(smap__gdal_start(err), done);
    SMAP_TRY(smap__gpkg_vet_start(vet, index, err), done);
    smap__gdal_guard_begin(&guard);
    GDALDatasetH dataset = open_dataset(member, smap__gpkg_vet_immutable(vet));
    smap__gdal_guard_end(&guard);
    if (!dataset || guard.failures)
        status = fail_open(member, &guard, err);
    else
        status = read_table(member, dataset, t, findings, &read, &layer, err);
    smap__gdal_guard_begin(&guard);
    if (dataset) GDALClose(dataset);
    smap__gdal_guard_end(&guard);
    checked = smap__gpkg_vet_wait(vet, &found);
    if (checked != SMAP_OK &&
        status != SMAP_E_CANCELLED) { /* what SQLite found is plainer than what GDAL stumbled over */
        status = checked;
        if (err) *err = found;
    }
    if (status == SMAP_OK) status = smap__gpkg_bool_reread(vet, t->name, read.by_position, &layer, err);
    if (status == SMAP_OK) status = compare_counts(t, read, findings, err);
    if (status == SMAP_OK) {
        *out = layer;
        layer = NULL;
    }
done:
    smap_layer_free(layer);
    return status;
}

const smap__reader smap__reader_gpkg = { "gpkg", "GeoPackage", open_gpkg, read_gpkg, close_gpkg, count_gpkg };
