/* Shapefiles and bare dBASE tables, through GDAL. */
#include <string.h>

#include <cpl_string.h>
#include <gdal.h>
#include <ogr_api.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "io/arrow_read.h"
#include "io/gdal_guard.h"
#include "io/ogr_dates.h"
#include "io/reader.h"
#include "io/shp_files.h"
#include "io/srs_text.h"

static smap_status open_files(smap__member *member, bool with_shapes, smap_error *err) {
    smap__shp_files *files = smap__zalloc(1, sizeof *files);
    if (!files) return smap__fail_memory(err);
    member->state = files;
    smap_status status = smap__shp_files_check(member, with_shapes, files, err);
    if (status != SMAP_OK) return status;
    smap__source_layer layer = { member->stem, files->geometry, "", "", files->rows, files->columns };
    return smap__member_add_layer(member, &layer, err);
}

static smap_status open_shp(smap__member *member, smap_error *err) {
    return open_files(member, true, err);
}

/* A .dbf with a .shp beside it is that shapefile, named by its other half: GDAL would read the shapes as well. */
static smap_status open_dbf(smap__member *member, smap_error *err) {
    smap__gdal_guard guard;
    smap_status status = smap__gdal_start(err);
    if (status != SMAP_OK) return status;
    smap__gdal_guard_begin(&guard);
    char *shp = smap__shp_files_beside(member, "shp");
    smap__gdal_guard_end(&guard);
    if (!shp) return open_files(member, false, err);
    status = smap__member_set_path(member, shp, err);
    smap__free(shp);
    return status == SMAP_OK ? open_files(member, true, err) : status;
}

static void close_files(smap__member *member) {
    smap__free(member->state);
    member->state = NULL;
}

/* An empty ENCODING keeps GDAL from taking unknown text for Latin-1. */
static GDALDatasetH open_dataset(const smap__member *member, const smap__shp_files *files) {
    static const char *const driver[] = { "ESRI Shapefile", NULL };
    const char *encoding = strcmp(files->encoding, "UTF-8") == 0 ? "" : files->encoding;
    char **options = CSLSetNameValue(NULL, "ENCODING", encoding);
    options = CSLSetNameValue(options, "AUTO_REPACK", "NO");
    GDALDatasetH dataset = GDALOpenEx(member->path, GDAL_OF_VECTOR | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR, driver,
                                      (const char *const *)options, NULL);
    CSLDestroy(options);
    return dataset;
}

static smap_status fail_open(const smap__member *member, const smap__gdal_guard *guard, smap_error *err) {
    smap__gdal_guard_log(guard, smap__member_ctx(member), member->shown);
    return smap__fail(err, SMAP_E_FORMAT, member->shown,
                      "%s: cannot be opened as a shapefile: it is damaged, or of another kind than its name says",
                      member->shown);
}

static smap_status read_layer(smap__member *member, OGRLayerH layer, const char *crs_text, bool has_shapes,
                              smap__findings *findings, const smap_layer **out, smap_error *err) {
    const smap__shp_files *files = member->state;
    const smap_crs *crs = NULL;
    const smap_layer *read = NULL;
    smap_status status = SMAP_OK;
    if (has_shapes) SMAP_TRY(smap__member_crs(member, crs_text, &crs, err), done);
    if (files->guessed)
        SMAP_TRY(
            smap__findings_add(
                findings, err, SMAP__WARNING, "encoding_guessed", 0, "", files->encoding,
                "the texts are not UTF-8 and were read as %s; if letters are wrong, name the encoding with --encoding",
                files->encoding),
            done);
    smap__arrow_job job = { .ctx = smap__member_ctx(member),
                            .shown = member->shown,
                            .name = member->stem,
                            .crs = crs,
                            .fid_base = 1,
                            .rows_hint = files->rows,
                            .findings = findings };
    SMAP_TRY(smap__arrow_read(&job, layer, &read, err), done);
    SMAP_TRY(smap__ogr_dates_reread(layer, job.fid_base, &read, err), done);
    *out = read;
    read = NULL;
done:
    smap_layer_free(read);
    smap_crs_free(crs);
    return status;
}

static smap_status read_shp(smap__member *member, int index, smap__findings *findings, const smap_layer **out,
                            smap_error *err) {
    (void)index;
    const smap__shp_files *files = member->state;
    smap__gdal_guard guard;
    char *crs_text = NULL;
    smap_status status = smap__gdal_start(err);
    if (status != SMAP_OK) return status;
    smap__gdal_guard_begin(&guard);
    GDALDatasetH dataset = open_dataset(member, files);
    OGRLayerH layer = dataset ? GDALDatasetGetLayer(dataset, 0) : NULL;
    bool has_shapes = layer && *files->geometry && OGR_L_GetGeomType(layer) != wkbNone;
    if (has_shapes) status = smap__srs_text(OGR_L_GetSpatialRef(layer), &crs_text, err);
    smap__gdal_guard_end(&guard);
    if (!layer || guard.failures)
        status = fail_open(member, &guard, err);
    else if (status == SMAP_OK)
        status = read_layer(member, layer, crs_text, has_shapes, findings, out, err);
    smap__free(crs_text);
    smap__gdal_guard_begin(&guard);
    if (dataset) GDALClose(dataset);
    smap__gdal_guard_end(&guard);
    return status;
}

const smap__reader smap__reader_shp = { "shp", "Shapefile", open_shp, read_shp, close_files, NULL };
const smap__reader smap__reader_dbf = { "dbf", "dBASE table", open_dbf, read_shp, close_files, NULL };
