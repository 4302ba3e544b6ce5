/* Area by rank in a box: the parts of a polygon that lie in zones. */
#ifndef SMAP_OVERLAY_ZONE_SWEEP_H
#define SMAP_OVERLAY_ZONE_SWEEP_H

#include "overlay/zone_tree.h"

/* What lies in the box. Edges that do not touch it may be among these; those that do may not be missing. */
typedef struct smap__zone_scene {
    smap_box box;
    const smap__zone_edge *polygon, *zones;
    size_t polygon_count, zone_count; /* edges */
    bool in_polygon;                  /* the lower left corner (see zone_edge.h) */
    const uint8_t *in_zone;           /* the same, of every owner */
    const smap__zone_owner *owners;   /* of the zones' edges, by label */
    size_t owner_count;
    int32_t cover; /* rank of what lies under all of it */
} smap__zone_scene;

typedef struct smap__zone_sweep smap__zone_sweep; /* room to work in; belongs to one thread */

smap_status smap__zone_sweep_new(smap__zone_sweep **out, smap_error *err);
void smap__zone_sweep_free(smap__zone_sweep *sweep);

/* Add to area[rank]. Where several zones overlap the highest rank counts. */
smap_status smap__zone_sweep_run(smap__zone_sweep *sweep, const smap__zone_scene *scene, double *area, smap_error *err);

#endif
