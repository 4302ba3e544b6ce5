/* The ground beside roads that is nearer to them than to others. */
#ifndef SMAP_ACCESS_ROADSIDE_H
#define SMAP_ACCESS_ROADSIDE_H

#include "geo/index.h"
#include "sitemap/geometry.h"

/* The others: segments of lines that are not reached. */
typedef struct smap__rivals {
    double *ax, *ay, *bx, *by;
    size_t count;
    smap__index *index;
} smap__rivals;

/* Of all features of a column of lines. Released by the caller in any case. */
smap_status smap__rivals_make(const smap_geometry *lines, smap__rivals *out, smap_error *err);
void smap__rivals_release(smap__rivals *rivals);

typedef struct smap__roadside {
    const smap__rivals *rivals;
    double width, core; /* 0 < core <= width */
    smap__hits hits;    /* room to work in, released by the caller */
    double *reach;
    size_t reach_capacity;
} smap__roadside;

void smap__roadside_release(smap__roadside *side);

/* Append polygons that together are all within `width` to the left and right of a line that is nearer to it than to
 * the rivals, or within `core`: one a segment, and one for the outside of each bend. The line ends flat. */
smap_status smap__roadside_line(smap__roadside *side, const smap_geometry *lines, int64_t feature,
                                smap_geometry_builder *out, smap_error *err);

/* Where a line leads to. */
typedef struct smap__heading {
    double angle; /* radians, from the x axis to the left */
    double x, y;  /* of length 1 */
} smap__heading;
smap__heading smap__heading_of(double from_x, double from_y, double to_x, double to_y);

/* The same of a point where several lines meet, that lead away from it (they are sorted here): what is beside none. */
smap_status smap__roadside_corner(smap__roadside *side, double x, double y, smap__heading *heading, int count,
                                  smap_geometry_builder *out, smap_error *err);

#endif
