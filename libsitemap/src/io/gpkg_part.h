/* Reading the rows of a GeoPackage table into columns. The table is cut in slices by row id; several parts, each with a
 * connection of its own, read them side by side and put them behind each other in order. */
#ifndef SMAP_IO_GPKG_PART_H
#define SMAP_IO_GPKG_PART_H

#include "base/turns.h"
#include "io/gpkg_frame.h"
#include "io/gpkg_run.h"

/* Slice i holds the row ids first + i * width and up, width of them, none above last; or those of hits i * width and
 * up, width of them. */
typedef struct smap__gpkg_slices {
    int64_t first, last;
    uint64_t width;
    int64_t count;
    const smap__gpkg_hits *hits; /* NULL: all rows */
} smap__gpkg_slices;

typedef struct smap__gpkg_part {
    smap_ctx *ctx; /* whose progress is asked for cancel; NULL on threads other than the caller's */
    struct sqlite3 *db;
    const smap__gpkg_plan *plan;
    const smap__gpkg_slices *slices;
    smap__turns *turns; /* over the slices */
    smap__gpkg_run *whole;
    smap__gpkg_run own; /* rows that wait for their turn; of no use to a part that reads alone */
    smap__gpkg_run *to; /* own, or the whole at once */
    int64_t slice;      /* being read */
    int64_t least;      /* row id that may come next */
    int64_t taken;      /* rows */
    smap_status status;
    smap_error error;
} smap__gpkg_part;

/* About `rows` rows, more or fewer, with ids from `first` to `last`. */
void smap__gpkg_slices_cut(smap__gpkg_slices *slices, int64_t first, int64_t last, int64_t rows);
/* These rows alone. */
void smap__gpkg_slices_of(smap__gpkg_slices *slices, const smap__gpkg_hits *hits);

/* Slices until none is left, everything into `part`, the status too: fit for a thread. */
void smap__gpkg_part_read(smap__gpkg_part *part);

#endif
