/* Metadata of a layer or of a whole file, in the two forms that programs look for: ISO 19115 as XML (ISO 19139:2007),
 * and that of QGIS. */
#ifndef SMAP_QGIS_METADATA_H
#define SMAP_QGIS_METADATA_H

#include "sitemap/geometry.h"

#define SMAP__ISO_URI "http://www.isotc211.org/2005/gmd"
#define SMAP__QGIS_URI "http://mrcc.com/qgis.dtd"

typedef struct smap__licence {
    const char *name;   /* "ODbL 1.0" */
    const char *url;    /* "" if there is none */
    const char *source; /* whose it is */
} smap__licence;

typedef struct smap__metadata {
    const char *id; /* "libya.gpkg/site" */
    const char *title, *abstract;
    const char *language; /* ISO 639-2: "eng", "ara" */
    const char *date;     /* "2023-09-21" */
    const char *contact;  /* organisation; "" if it is not known */
    const char *audience; /* who may have it, in words */
    const char *lineage;  /* where the data are from and what was done with them */
    const smap__licence *licence;
    int licences;
    const smap_crs *crs; /* NULL: a table */
    smap_box box;        /* in degrees; empty: no positions */
} smap__metadata;

/* Free with smap__free. The same for the same input. */
smap_status smap__metadata_iso(const smap__metadata *metadata, char **xml, smap_error *err);
smap_status smap__metadata_qgis(const smap__metadata *metadata, char **xml, smap_error *err);
/* The same as <resourceMetadata>, as a project has it. */
smap_status smap__metadata_project(const smap__metadata *metadata, char **xml, smap_error *err);

#endif
