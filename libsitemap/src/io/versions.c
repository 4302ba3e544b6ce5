#include "io/versions.h"

#include <gdal.h>
#include <sqlite3.h>
#include <string.h>

void smap__io_versions(smap__str *json) {
    const char *gdal = GDALVersionInfo("RELEASE_NAME"), *sqlite = sqlite3_libversion();
    smap__str_put(json, "\"gdal\":");
    smap__str_put_json(json, gdal, strlen(gdal));
    smap__str_put(json, ",\"sqlite\":");
    smap__str_put_json(json, sqlite, strlen(sqlite));
}
