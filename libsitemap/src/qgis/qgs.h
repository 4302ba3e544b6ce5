/* A QGIS project (.qgs) that lies inside the GeoPackage whose layers it shows: layers with style, labels, fields and
 * metadata, groups, drawing order, relations, print layouts and atlases. Made for QGIS 3.22 and later. */
#ifndef SMAP_QGIS_QGS_H
#define SMAP_QGIS_QGS_H

#include "qgis/qgs_layout.h"

typedef struct smap__qgs_layer {
    const char *id;       /* unique, of letters, digits and "_", more than 10 of them: QGIS replaces shorter ones */
    const char *table;    /* in the GeoPackage */
    const char *title;    /* as the layer tree shows it */
    const char *subset;   /* condition in SQL on its rows; "" = all */
    const char *metadata; /* QGIS's <resourceMetadata> document without its declaration; NULL = none */
    unsigned shape;       /* one SMAP__SHAPE_ bit */
    bool mixed;           /* the table holds other shapes too, which are layers of their own */
    const smap__schema *schema;
    const smap__style *style; /* NULL: fields alone */
    const smap_crs *crs;      /* of the positions */
    smap_box box;             /* empty for a table */
    const char *group;        /* title of its group; NULL: used by layouts alone, not in the tree */
    const char *subgroup;     /* of a group in the group, one layer of which is shown at a time; NULL = none */
    bool shown;
} smap__qgs_layer;

/* Rows of `child` belong to the row of `parent` that has the same value. */
typedef struct smap__qgs_relation {
    const char *id, *name;
    int child, parent; /* layers, by index */
    const char *child_field, *parent_field;
} smap__qgs_relation;

typedef struct smap__qgs {
    const char *file; /* name of the GeoPackage, without folder: "libya.gpkg" */
    const char *title, *abstract, *author;
    const char *lang;
    const char *date; /* "2023-09-21T00:00:00" */
    const smap_crs *crs;
    smap_box view;       /* what it opens on, in `crs` */
    const double *scale; /* denominators that maps are drawn at, ascending; 0 of them: any */
    int scales;
    const smap__qgs_layer *layer; /* in the order of the tree: those of a group behind each other */
    int layers;
    const int *draw_order; /* all layers, topmost first */
    const smap__qgs_relation *relation;
    int relations;
    const smap__qgs_layout *layout;
    int layouts;
} smap__qgs;

/* The text of the .qgs file; the same for the same input. Free with smap__free. */
smap_status smap__qgs_write(smap_ctx *ctx, const smap__qgs *project, char **out, smap_error *err);

#endif
