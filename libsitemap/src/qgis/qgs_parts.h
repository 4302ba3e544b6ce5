/* The parts of a project document, each appended to a text. */
#ifndef SMAP_QGIS_QGS_PARTS_H
#define SMAP_QGIS_QGS_PARTS_H

#include "qgis/qgs.h"
#include "qgis/qml_parts.h"

/* <NAME>text</NAME>, escaped. */
void smap__qgs_put_text(smap__str *out, const char *name, const char *text);
/* <spatialrefsys>; nothing is lost where QGIS does not know the code, for the definition stands in it. */
void smap__qgs_put_crs(smap__str *out, const smap_crs *crs);
/* <Name xmin=... ymin=... xmax=... ymax=.../> */
void smap__qgs_put_box(smap__str *out, const char *name, smap_box box);
/* ` red="..." green="..." blue="..." alpha="..."` */
void smap__qgs_put_rgba(smap__str *out, const char *name, smap__colour colour);
/* "./libya.gpkg|layername=site|geometrytype=Point|subset=..." */
void smap__qgs_put_source(smap__str *out, const smap__qgs *project, const smap__qgs_layer *layer);

/* <maplayer> */
smap_status smap__qgs_put_layer(smap_ctx *ctx, smap__str *out, const smap__qgs *project, const smap__qgs_layer *layer,
                                smap_error *err);
/* <layer-tree-layer>; `options`: the <Option> elements of its custom properties. */
void smap__qgs_put_tree_layer(smap__str *out, const smap__qgs *project, const smap__qgs_layer *layer,
                              const char *options);
/* <Layout>; `number` makes its ids unique in the project. */
void smap__qgs_put_layout(smap__str *out, const smap__qgs *project, const smap__qgs_layout *layout, int number);

#endif
