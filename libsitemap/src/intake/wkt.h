/* Well-known text, as tables of points and lines carry it. */
#ifndef SMAP_INTAKE_WKT_H
#define SMAP_INTAKE_WKT_H

#include "base/str.h"

/* Append well-known binary (ISO, little endian; Z and M kept) of a WKT geometry, "SRID=...;" before it passed over.
 * false: not WKT, nested deeper than 4, or a number that is not finite; `wkb` then holds rubbish. */
bool smap__wkt_to_wkb(const char *text, size_t len, smap__str *wkb);

#endif
