/* How much an input may cost before it is refused (SMAP_E_LIMIT). These are limits of safety, not facts of the domain:
 * each is far above what field data needs and far below what would hurt a laptop. */
#ifndef SMAP_IO_BUDGET_H
#define SMAP_IO_BUDGET_H

#include <stddef.h>
#include <stdint.h>

enum {
    SMAP__BUDGET_COLUMNS = 2000,         /* of one layer */
    SMAP__BUDGET_JSON_DEPTH = 64,        /* arrays and objects inside each other */
    SMAP__BUDGET_ZIP_ENTRIES = 10000,    /* files in one .zip */
    SMAP__BUDGET_ZIP_RATIO = 100,        /* unpacked over packed, for entries over SMAP__BUDGET_ZIP_RATIO_FROM */
    SMAP__BUDGET_REMARKS = 10000,        /* remarks on single values of one file; then how many more there are */
    SMAP__BUDGET_SCHEMA_OBJECTS = 20000, /* tables, indexes, triggers and views of one GeoPackage */
    SMAP__BUDGET_VET_S = 60              /* seconds for checking one GeoPackage before it is read */
};

static const int64_t SMAP__BUDGET_ROWS = 50000000;               /* of one layer */
static const int64_t SMAP__BUDGET_TEXT_BYTES = (int64_t)2 << 30; /* a CSV or GeoJSON file, which is read whole */
static const int64_t SMAP__BUDGET_OSM_BYTES = (int64_t)1
                                              << 30; /* an OpenStreetMap file; its nodes are held in memory */
static const int64_t SMAP__BUDGET_ZIP_BYTES = (int64_t)2 << 30; /* what a .zip may unpack to in all */
static const size_t SMAP__BUDGET_PROJECT_BYTES = (size_t)64
                                                 << 20; /* of a QGIS project, unpacked; ours have 1 to 5 MB */
static const int64_t SMAP__BUDGET_ZIP_RATIO_FROM = (int64_t)1 << 20;
static const int64_t SMAP__BUDGET_CELLS = 100000000000;  /* of one raster band, of which touched blocks are read */
static const int64_t SMAP__BUDGET_BLOCK_CELLS = 1 << 25; /* of a raster, which are read at once */
static const size_t SMAP__BUDGET_FIELD_BYTES = (size_t)4 << 20; /* one field of a CSV file */

#endif
