/* Distances on the ellipsoid (geodesic.h of PROJ; Karney 2013). Areas and lengths of columns are public. */
#ifndef SMAP_GEO_MEASURE_H
#define SMAP_GEO_MEASURE_H

/* Metres between two points in degrees on WGS 84. */
double smap__geodesic_m(double lon1, double lat1, double lon2, double lat2);
/* The point `metres` away from a point at `azimuth_deg` (clockwise from north). */
void smap__geodesic_direct(double lon, double lat, double azimuth_deg, double metres, double *lon_out, double *lat_out);

#endif
