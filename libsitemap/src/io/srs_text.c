#include "io/srs_text.h"

#include <string.h>

#include <cpl_conv.h>
#include <ogr_srs_api.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/str.h"

smap_status smap__srs_text(void *ogr_srs, char **out, smap_error *err) {
    OGRSpatialReferenceH srs = ogr_srs;
    static const char *const wkt2[] = { "FORMAT=WKT2_2019", NULL };
    *out = NULL;
    if (!srs) return SMAP_OK;
    const char *authority = OSRGetAuthorityName(srs, NULL), *code = OSRGetAuthorityCode(srs, NULL);
    if (authority && code && strcmp(authority, "EPSG") == 0) {
        smap__str text = SMAP__STR_INIT;
        smap__str_printf(&text, "EPSG:%s", code);
        *out = smap__str_take(&text);
        return *out ? SMAP_OK : smap__fail_memory(err);
    }
    char *wkt = NULL;
    bool told = OSRExportToWktEx(srs, &wkt, wkt2) == OGRERR_NONE && wkt;
    if (told) *out = smap__strdup(wkt);
    CPLFree(wkt);
    return told && !*out ? smap__fail_memory(err) : SMAP_OK;
}
