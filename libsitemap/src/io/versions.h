/* Versions of the libraries that io works with, for provenance. */
#ifndef SMAP_IO_VERSIONS_H
#define SMAP_IO_VERSIONS_H

#include "base/str.h"

/* Append the members "gdal" and "sqlite" of a JSON object. */
void smap__io_versions(smap__str *json);

#endif
