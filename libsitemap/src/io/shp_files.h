/* The files of a Shapefile, checked against each other before GDAL reads them: it gives null geometries for what is
 * missing and says so on stderr alone. */
#ifndef SMAP_IO_SHP_FILES_H
#define SMAP_IO_SHP_FILES_H

#include "io/reader.h"

typedef struct smap__shp_files {
    int64_t rows; /* of the .dbf */
    int columns;
    const char *geometry; /* "Point", ...; "" for a .dbf alone */
    char encoding[64];    /* of the texts, as iconv names it; "" = stated nowhere, and not to be told */
    bool guessed;         /* by the look of the letters alone */
} smap__shp_files;

/* `with_shapes`: the member is a .shp, whose .shx and .dbf must lie beside it; else a .dbf alone. SMAP_E_NOT_FOUND: one
 * is missing; SMAP_E_FORMAT: one is cut short, or they do not belong together. Starts GDAL. */
smap_status smap__shp_files_check(const smap__member *member, bool with_shapes, smap__shp_files *out, smap_error *err);

/* The path beside the member with another extension of three letters, in lower or upper case; NULL if there is no such
 * regular file. Free with smap__free. Between a guard's begin and end. */
char *smap__shp_files_beside(const smap__member *member, const char *extension);

#endif
