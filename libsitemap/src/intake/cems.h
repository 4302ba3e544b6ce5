/* Copernicus EMS Rapid Mapping products: one product file fills several model layers. Old (2016) and new (2019)
 * vocabularies; file names say area, product and version; a higher version supersedes a lower one.
 *
 * A row's key says where it comes from and its number in the source's order: "EMSR696_AOI03_GRA_builtUpP_00001"
 * ("..._GRA_MONIT01_builtUpP_..." for a monitoring product), "EMSR696_AOI03_areaOfInterest_1". */
#ifndef SMAP_INTAKE_CEMS_H
#define SMAP_INTAKE_CEMS_H

#include "base/findings.h"
#include "base/str.h"
#include "intake/intake.h"

typedef struct smap__cems_name { /* EMSR696_AOI03_GRA_PRODUCT_builtUpP_v2.json */
    char activation[16];         /* "EMSR696"; "" if the name does not say */
    int aoi;                     /* 3; 0 = all areas */
    char product[8];             /* "GRA"; "" if the name does not say */
    char monitoring[16];         /* "PRODUCT", "MONIT01" */
    char theme[24];              /* "builtUp", "observedEvent", "areaOfInterest", "imageFootprint", "notAnalysed" */
    char shape;                  /* 'P', 'L', 'A', or 0 */
    int version;                 /* 2; 0 if the name does not say */
    bool excerpt;                /* the file calls itself an excerpt */
} smap__cems_name;

/* Understand a file or layer name, with or without folders before and extension behind; false if it is not a CEMS one.
 */
bool smap__cems_parse_name(const char *name, smap__cems_name *out);

/* The model layer that a theme fills ("damage", "hazard", "coverage", "closure"), or NULL for one that is not imported
 * yet. */
const char *smap__cems_layer(const smap__cems_name *name);

/* One product layer -> rows of that model layer. `mapping` may name columns for fields and set fields; a field that
 * belongs to another layer of the product is passed over. Grades keep the source's words beside code and severity; a
 * grade or class that no vocabulary has is null, with a finding. */
smap_status smap__cems_map(smap_ctx *ctx, const smap__cems_name *name, const smap_layer *source,
                           const smap__mapping *mapping, smap__findings *findings, smap__intake *out, smap_error *err);

/* Does the layer say damage grades (or does the mapping)? Transportation without them says nothing of closures. */
smap_status smap__cems_is_graded(smap_ctx *ctx, const smap__cems_name *name, const smap_layer *source,
                                 const smap__mapping *mapping, bool *out, smap_error *err);

/* Drop from `old` the rows of the same activation, area, product and theme with a lower version, and those of the same
 * version that `fresh` (what smap__cems_map gave; may be NULL) does not have (*dropped of them); SMAP_E_EXISTS with a
 * sentence when `old` holds a higher version. */
smap_status smap__cems_supersede(smap_ctx *ctx, const smap__cems_name *name, const smap_layer *fresh,
                                 const smap_layer *old, const smap_layer **out, int64_t *dropped, smap_error *err);

/* Built-up, transportation and event layers do not say their date: where it is null, take that of the image of the same
 * activation and area of interest from `coverage` (footprint first, else area of interest). *filled of them; 0 leaves
 * *out a reference to `layer`. */
smap_status smap__cems_fill_dates(const smap_layer *layer, const smap_layer *coverage, const smap_layer **out,
                                  int64_t *filled, smap_error *err);

/* Append what a row's key starts with: all but its number. Area number and version of the row, where the name has none.
 */
void smap__cems_key_prefix(smap__str *out, const smap__cems_name *name, int aoi);

#endif
