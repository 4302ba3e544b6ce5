#include "io/srs_text.h"

#include <string.h>

#include <cpl_conv.h>
#include <ogr_srs_api.h>

#include "base/alloc.h"
#include "base/str.h"

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
