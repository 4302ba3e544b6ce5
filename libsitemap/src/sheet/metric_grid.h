/* Inside of sheet: ticks at round metres of the map's own projection, such as those of a UTM zone. */
#ifndef SMAP_SHEET_METRIC_GRID_H
#define SMAP_SHEET_METRIC_GRID_H

#include "base/arena.h"
#include "sheet/compose.h"

typedef struct smap__metric_grid {
    const double *step_m; /* steps to choose from, ascending */
    int steps;
    int least_x, least_y;           /* wanted across and down, at least */
    const char *easting, *northing; /* templates with {m} */
    unsigned sides;                 /* where ticks stand: bits 1 << SMAP__SIDE_ */
} smap__metric_grid;

/* Add the ticks of the largest step that gives enough of them to those that the sheet has, and make its crosses those
 * where the lines meet inside of the frame. */
smap_status smap__metric_grid_build(smap__arena *arena, const smap__metric_grid *grid, smap__sheet *sheet,
                                    smap_error *err);

#endif
