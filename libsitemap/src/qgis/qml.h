/* QML, QGIS's own style language, compiled from our rules: QGIS ignores the SLD column of layer_styles. */
#ifndef SMAP_QGIS_QML_H
#define SMAP_QGIS_QML_H

#include "model/schema.h"
#include "style/style.h"

/* The style as QML with rule-based renderer, labels, aliases and value maps from the schema (may be NULL); `lang` decides
 * rule titles and aliases. *out is free with smap__free. */
smap_status smap__qml_compile(const smap__style *style, const smap__schema *schema, const char *lang, char **out,
                              smap_error *err);

#endif
