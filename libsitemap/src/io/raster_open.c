/* One driver for each extension, as for vectors: content is never sniffed. */
#include <stdio.h>
#include <string.h>

#include <cpl_string.h>
#include <gdal.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/path.h"
#include "base/str.h"
#include "io/dataset.h"
#include "io/gdal_guard.h"
#include "io/raster_part.h"

typedef struct format {
    const char *extension, *driver, *called;
    const char *const *options;
    bool variables; /* a file may hold several datasets, each with a name */
} format;

static const format formats[] = {
    { "tif", "GTiff", "a GeoTIFF", smap__dataset_tiff_options, false },
    { "tiff", "GTiff", "a GeoTIFF", smap__dataset_tiff_options, false },
    { "asc", "AAIGrid", "an ASCII grid", NULL, false },
    { "nc", "netCDF", "a NetCDF file", NULL, true },
    { "nc4", "netCDF", "a NetCDF file", NULL, true },
};

static const format *format_of(const char *path) {
    for (size_t k = 0; k < sizeof formats / sizeof *formats; k++)
        if (smap__path_has_extension(path, formats[k].extension)) return &formats[k];
    return NULL;
}

bool smap__raster_is_one(const char *spec) {
    const char *mark = spec ? strstr(spec, "|layername=") : NULL;
    size_t len = mark ? (size_t)(mark - spec) : spec ? strlen(spec) : 0;
    char end[16]; /* the extension is all that counts: no memory is asked for */
    size_t kept = len < sizeof end ? len : sizeof end - 1;
    if (len > 0) memcpy(end, spec + len - kept, kept);
    end[kept] = '\0';
    return format_of(end) != NULL;
}

static smap_status open_name(smap__raster *r, const char *name, const format *f, smap_ctx *ctx, smap_error *err) {
    return smap__dataset_open(ctx, name, r->spec.shown, f->driver, f->called, f->options, &r->dataset, err);
}

/* ---- variables ---- */

/* GDAL names them NETCDF:"PATH":VARIABLE. */
static const char *variable_of(const char *name) {
    const char *colon = strrchr(name, ':');
    return colon ? colon + 1 : name;
}

/* The name of the wanted variable as GDAL has it, NULL if there is none of it; all of them go into `list`. */
static char *find_variable(const smap__raster *r, smap__str *list, int *count) {
    char key[40], *found = NULL;
    smap__gdal_guard guard;
    smap__gdal_guard_begin(&guard);
    char **names = GDALGetMetadata(r->dataset, "SUBDATASETS");
    for (*count = 0;; ++*count) {
        snprintf(key, sizeof key, "SUBDATASET_%d_NAME", *count + 1);
        const char *name = CSLFetchNameValue(names, key);
        if (!name) break;
        smap__str_printf(list, "%s%s", *count ? ", " : "", variable_of(name));
        if (r->spec.layer && !found && strcmp(variable_of(name), r->spec.layer) == 0) found = smap__strdup(name);
    }
    smap__gdal_guard_end(&guard);
    return found;
}

static bool is_only_variable(const smap__raster *r) {
    smap__gdal_guard guard;
    smap__gdal_guard_begin(&guard);
    GDALRasterBandH band = GDALGetRasterCount(r->dataset) > 0 ? GDALGetRasterBand(r->dataset, 1) : NULL;
    const char *name = band ? GDALGetMetadataItem(band, "NETCDF_VARNAME", NULL) : NULL;
    bool same = name && strcmp(name, r->spec.layer) == 0;
    smap__gdal_guard_end(&guard);
    return same;
}

static smap_status choose_variable(smap__raster *r, const format *f, smap_ctx *ctx, smap_error *err) {
    const char *shown = r->spec.shown, *wanted = r->spec.layer;
    smap__str list = SMAP__STR_INIT;
    int count;
    r->variable = find_variable(r, &list, &count);
    smap_status status = SMAP_OK;
    if (r->variable) {
        smap__dataset_close(r->dataset);
        r->dataset = NULL;
        status = open_name(r, r->variable, f, ctx, err);
    } else if (list.failed) {
        status = smap__fail_memory(err);
    } else if (wanted && count == 0 && !is_only_variable(r)) {
        status = smap__fail(err, SMAP_E_NOT_FOUND, shown, "%s: has no variable \"%s\"", shown, wanted);
    } else if (wanted && count > 0) {
        status = smap__fail(err, SMAP_E_NOT_FOUND, shown, "%s: has no variable \"%s\"; it has: %s", shown, wanted,
                            list.data);
    } else if (count > 0) {
        status = smap__fail(err, SMAP_E_ARGUMENT, shown,
                            "%s: holds several variables: %s; name one, as in \"%s|layername=NAME\"", shown, list.data,
                            shown);
    }
    smap__str_release(&list);
    return status;
}

smap_status smap__raster_open_dataset(smap__raster *r, smap_ctx *ctx, smap_error *err) {
    const format *f = format_of(r->spec.shown);
    if (!f)
        return smap__fail(err, SMAP_E_REFUSED, r->spec.shown,
                          "%s: rasters of this kind are not read; read are .tif, .asc and .nc", r->spec.shown);
    if (r->variable) return open_name(r, r->variable, f, ctx, err);
    if (r->spec.layer && !f->variables)
        return smap__fail(err, SMAP_E_ARGUMENT, r->spec.shown,
                          "%s: has no layers; a band of it is named by its number, as in band=2", r->spec.shown);
    smap_status status = open_name(r, r->spec.path, f, ctx, err);
    return status == SMAP_OK && f->variables ? choose_variable(r, f, ctx, err) : status;
}
