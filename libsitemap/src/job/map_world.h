/* World files: where on earth the pixels of a picture are, by the main map. All of the page has one place in the
 * world, of which only what lies inside the frame of that map is true.
 *
 * Of MAP.png: MAP.pgw (six numbers, ESRI's world file), MAP.prj (the CRS as WKT 1) and MAP.png.aux.xml (the CRS where
 * GDAL and QGIS look for it). */
#ifndef SMAP_JOB_MAP_WORLD_H
#define SMAP_JOB_MAP_WORLD_H

#include "sheet/compose.h"

/* SMAP_E_EXISTS when one of the files is there and `overwrite` is false. */
smap_status smap__world_files_check(const char *picture, bool overwrite, smap_error *err);
smap_status smap__world_files_write(smap_ctx *ctx, const char *picture, const smap__sheet *sheet, bool overwrite,
                                    smap_error *err);

#endif
