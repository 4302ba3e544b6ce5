/* Latitudes and longitudes as people write them: decimal degrees with point or comma, degrees minutes seconds with or
 * without signs and hemisphere, Arabic-Indic digits; and both in one text ("lat lon altitude accuracy", as mobile forms
 * write). */
#ifndef SMAP_INTAKE_DEGREES_H
#define SMAP_INTAKE_DEGREES_H

#include <stdbool.h>
#include <stddef.h>

/* One coordinate. Not checked against the range of latitudes or longitudes. */
bool smap__read_degrees(const char *text, size_t len, double *out);
/* Latitude first, unless hemispheres say otherwise. */
bool smap__read_position(const char *text, size_t len, double *lat, double *lon);

#endif
