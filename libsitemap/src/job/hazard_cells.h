/* The cells of a hazard that is a raster: intensities as they are, or the hazard to people of depth and velocity. */
#ifndef SMAP_JOB_HAZARD_CELLS_H
#define SMAP_JOB_HAZARD_CELLS_H

#include "job/raster_source.h"
#include "model/hazard_class.h"

typedef struct smap__hazard_cells smap__hazard_cells;

/* `velocity` NULL: the raster's own values; where `scale` (may be NULL) is one of given classes, what is no number of
 * one arrives as a cell without value. Else `raster` holds depths in m, `velocity` m/s in the same cells, and the
 * values are the rating of hazard/people_rating.h. Values below 0 are no intensity: they arrive as cells without value.
 */
smap_status smap__hazard_cells_open(smap_ctx *ctx, const char *raster, int band, const char *velocity,
                                    const smap__class_scale *scale, smap__hazard_cells **out, smap_error *err);
void smap__hazard_cells_close(smap__hazard_cells *cells);
const smap__grid_source *smap__hazard_cells_grid(const smap__hazard_cells *cells);
/* Who made the raster, as its metadata says; "" where they do not. */
const char *smap__hazard_cells_source(const smap__hazard_cells *cells);
/* How many cells below 0 have been met so far; a cell that is read twice counts twice. */
int64_t smap__hazard_cells_negative(const smap__hazard_cells *cells);
/* Cells so far that were no class of a scale of given classes. */
int64_t smap__hazard_cells_strange(const smap__hazard_cells *cells);

#endif
