/* Copernicus EMS Rapid Mapping products: one product file fills several model layers. Old (2016) and new (2019)
 * vocabularies; file names say area, product and version; a higher version supersedes a lower one. */
#ifndef SMAP_INTAKE_CEMS_H
#define SMAP_INTAKE_CEMS_H

#include "base/findings.h"
#include "intake/intake.h"

typedef struct smap__cems_name { /* EMSR696_AOI03_GRA_PRODUCT_builtUpP_v2.json */
    char activation[16];         /* "EMSR696" */
    int aoi;                     /* 3; 0 = all areas */
    char product[8];             /* "GRA" */
    char monitoring[16];         /* "PRODUCT", "MONIT01" */
    char theme[24];              /* "builtUp", "observedEvent", "areaOfInterest", "imageFootprint", "notAnalysed" */
    int version;
} smap__cems_name;

/* Understand a file or layer name; false if it is not a CEMS one. */
bool smap__cems_parse_name(const char *name, smap__cems_name *out);

/* The model layer that a theme fills ("damage", "hazard", "coverage"), or NULL for one that is not imported yet. */
const char *smap__cems_layer(const smap__cems_name *name);

/* One product layer -> rows of that model layer. */
smap_status smap__cems_map(smap_ctx *ctx, const smap__cems_name *name, const smap_layer *source,
                           const smap__mapping *mapping, smap__findings *findings, smap__intake *out, smap_error *err);

/* Drop from `old` the rows of the same activation, area, product and theme with a lower version (*dropped of them);
 * SMAP_E_EXISTS with a sentence when `old` holds a higher one. */
smap_status smap__cems_supersede(smap_ctx *ctx, const smap__cems_name *name, const smap_layer *old,
                                 const smap_layer **out, int64_t *dropped, smap_error *err);

#endif
