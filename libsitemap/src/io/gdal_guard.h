/* The one door to GDAL: registered once a process with a handful of drivers and no network, and never heard on stderr.
 *
 * smap__gdal_start removes every driver but those on the list in gdal_guard.c, makes GDAL ignore the environment
 * (GDAL_*, OGR_*, CPL_*, SPATIALITE_*, ...; only PROJ_DATA or PROJ_LIB, which PROJ itself reads to find its database,
 * keep their meaning), denies HTTP and the network file systems, and caps the block cache. It changes the process's
 * GDAL for good, so the driver manager is never destroyed.
 *
 * Every call into GDAL stands between smap__gdal_guard_begin and _end of the same thread. What GDAL says meanwhile is
 * counted and its first sentence kept; a failure counted during a read fails the read, whatever GDAL returned. */
#ifndef SMAP_IO_GDAL_GUARD_H
#define SMAP_IO_GDAL_GUARD_H

#include <stdint.h>

#include "sitemap/context.h"

/* What GDAL warns of, as far as it matters to whoever reads the data. */
typedef enum smap__gdal_doubt {
    SMAP__DOUBT_LETTERS, /* bytes that are no letters of the encoding were left out; told once a process, by GDAL 3.6 */
    SMAP__DOUBT_RINGS,   /* which ring of a polygon is a hole of which was not clear */
    SMAP__DOUBT_NUMBERS, /* a number was read up to the first character that does not belong to one */
    SMAP__DOUBT_OTHER,
    SMAP__DOUBTS
} smap__gdal_doubt;

typedef struct smap__gdal_guard {
    int64_t failures;
    int64_t doubts[SMAP__DOUBTS]; /* how many warnings of each kind */
    int64_t foreign_at_begin;     /* failures of GDAL's own threads up to begin */
    int code;                     /* GDAL's error number of the first failure */
    char failure[400];            /* the first failure's text, "" if none */
    char warning[400];            /* the first warning's text, "" if none */
} smap__gdal_guard;

smap_status smap__gdal_start(smap_error *err);

/* Begin also empties the guard. */
void smap__gdal_guard_begin(smap__gdal_guard *guard);
void smap__gdal_guard_end(smap__gdal_guard *guard);

/* GDAL's own words, of the first failure and the first warning, are for who asks for more (--verbose), never part of a
 * sentence. */
void smap__gdal_guard_log(const smap__gdal_guard *guard, smap_ctx *ctx, const char *shown);

#endif
