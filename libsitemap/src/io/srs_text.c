#include "io/srs_text.h"

#include <string.h>

#include <cpl_conv.h>
#include <ogr_srs_api.h>

#include "base/alloc.h"
#include "base/str.h"
#include "io/gdal_guard.h"

char *smap__srs_text(void *ogr_srs) {
    OGRSpatialReferenceH srs = ogr_srs;
    static const char *const wkt2[] = { "FORMAT=WKT2_2019", NULL };
    if (!srs) return NULL;
    const char *authority = OSRGetAuthorityName(srs, NULL), *code = OSRGetAuthorityCode(srs, NULL);
    if (authority && code && strcmp(authority, "EPSG") == 0) {
        smap__str text = SMAP__STR_INIT;
        smap__str_printf(&text, "EPSG:%s", code);
        return smap__str_take(&text);
    }
    char *wkt = NULL, *text = NULL;
    if (OSRExportToWktEx(srs, &wkt, wkt2) == OGRERR_NONE && wkt) text = smap__strdup(wkt);
    CPLFree(wkt);
    return text;
}

char *smap__srs_wkt1(const char *wkt2) {
    char *wkt = NULL, *text = NULL;
    smap__gdal_guard guard;
    if (smap__gdal_start(NULL) != SMAP_OK) return NULL;
    smap__gdal_guard_begin(&guard);
    OGRSpatialReferenceH srs = OSRNewSpatialReference(wkt2);
    if (srs && OSRExportToWkt(srs, &wkt) == OGRERR_NONE && wkt && *wkt && guard.failures == 0) text = smap__strdup(wkt);
    CPLFree(wkt);
    OSRDestroySpatialReference(srs);
    smap__gdal_guard_end(&guard);
    return text;
}
