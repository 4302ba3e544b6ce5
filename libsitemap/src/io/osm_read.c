/* OpenStreetMap files, XML and PBF, through GDAL: their roads. */
#include <string.h>

#include <cpl_string.h>
#include <gdal.h>
#include <ogr_api.h>

#include "base/ctx.h"
#include "base/fail.h"
#include "base/str.h"
#include "io/arrow_read.h"
#include "io/budget.h"
#include "io/gdal_guard.h"
#include "io/osm_roads.h"
#include "io/reader.h"

static const char LAYER[] = "roads";

static smap_status open_osm(smap__member *member, smap_error *err) {
    smap__source_layer layer = { LAYER, "LineString", "WGS 84", "", -1, -1 };
    if (member->size > SMAP__BUDGET_OSM_BYTES)
        return smap__fail(err, SMAP_E_LIMIT, member->shown,
                          "%s: is larger than %lld MB; cut the area of interest out of it first, for instance with "
                          "osmium extract",
                          member->shown, (long long)(SMAP__BUDGET_OSM_BYTES >> 20));
    return smap__member_add_layer(member, &layer, err);
}

/* GDAL keeps nodes in memory up to MAX_TMPFILE_SIZE megabytes and would go on in a file in the current folder: so large
 * that it never does. Its index by position in the file needs ids above 0 in ascending order, which editors' files
 * have not. */
static GDALDatasetH open_dataset(const smap__member *member, const char *keys) {
    static const char *const driver[] = { "OSM", NULL };
    bool xml = member->reader == &smap__reader_osm;
    char **options = CSLSetNameValue(NULL, "CONFIG_FILE", keys);
    options = CSLSetNameValue(options, "MAX_TMPFILE_SIZE", "1000000");
    options = CSLSetNameValue(options, "USE_CUSTOM_INDEXING", xml ? "NO" : "YES");
    GDALDatasetH dataset = GDALOpenEx(member->path, GDAL_OF_VECTOR | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR, driver,
                                      (const char *const *)options, NULL);
    CSLDestroy(options);
    return dataset;
}

static smap_status fail_read(const smap__member *member, smap_error *err) {
    return smap__fail(err, SMAP_E_FORMAT, member->shown,
                      "%s: cannot be read as OpenStreetMap data: it is cut short or damaged, its nodes are not in the "
                      "order of their ids, or a node is there twice or not on the earth; osmium sort and osmium "
                      "check-refs say more",
                      member->shown);
}

static smap_status read_ways(const smap__member *member, OGRLayerH ways, smap__findings *findings,
                             const smap_layer **out, smap_error *err) {
    const smap_crs *crs = NULL;
    const smap_layer *read = NULL;
    smap_ctx *ctx = smap__member_ctx(member);
    smap_status status = smap__member_crs(member, "EPSG:4326", &crs, err);
    smap__arrow_job job = {
        .ctx = ctx, .shown = member->shown, .name = LAYER, .crs = crs, .rows_hint = -1, .findings = findings
    };
    if (status == SMAP_OK) status = smap__arrow_read(&job, ways, &read, err);
    if (status == SMAP_E_FORMAT) status = fail_read(member, err); /* knows more of such files */
    if (status == SMAP_OK) status = smap__osm_roads(ctx, read, out, err);
    smap_layer_free(read);
    smap_crs_free(crs);
    return status;
}

/* Asking by SQL lets GDAL pass over all that is not a line; asking for the layer would keep it in memory. */
static smap_status read_osm(smap__member *member, int index, smap__findings *findings, const smap_layer **out,
                            smap_error *err) {
    static const char wanted[] = "SELECT * FROM lines WHERE highway IS NOT NULL";
    smap__gdal_guard guard;
    smap__str keys = SMAP__STR_INIT;
    const char *data = smap_ctx_data_dir(smap__member_ctx(member));
    (void)index;
    smap__str_printf(&keys, "%s/intake/osm.ini", data ? data : ".");
    smap_status status = keys.failed ? smap__fail_memory(err) : smap__gdal_start(err);
    if (status != SMAP_OK) goto done;
    smap__gdal_guard_begin(&guard);
    GDALDatasetH dataset = open_dataset(member, keys.data);
    OGRLayerH ways = dataset ? GDALDatasetExecuteSQL(dataset, wanted, NULL, NULL) : NULL;
    smap__gdal_guard_end(&guard);
    if (ways && guard.failures == 0) {
        status = read_ways(member, ways, findings, out, err);
    } else {
        smap__gdal_guard_log(&guard, smap__member_ctx(member), member->shown);
        status = fail_read(member, err);
    }
    smap__gdal_guard_begin(&guard);
    if (ways) GDALDatasetReleaseResultSet(dataset, ways);
    if (dataset) GDALClose(dataset);
    smap__gdal_guard_end(&guard);
done:
    smap__str_release(&keys);
    return status;
}

const smap__reader smap__reader_osm = { "osm", "OpenStreetMap XML", open_osm, read_osm, NULL, NULL };
const smap__reader smap__reader_pbf = { "pbf", "OpenStreetMap PBF", open_osm, read_osm, NULL, NULL };
