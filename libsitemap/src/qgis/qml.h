/* QML, QGIS's own style language, compiled from our rules: QGIS ignores the SLD column of layer_styles. */
#ifndef SMAP_QGIS_QML_H
#define SMAP_QGIS_QML_H

#include "model/schema.h"
#include "style/style.h"

typedef struct smap__qml_options {
    const smap__schema *schema; /* aliases and value maps of the fields; NULL = none */
    unsigned shape;             /* what the table holds: one or more SMAP__SHAPE_ bits; 0 = as the schema says */
    const char *lang;           /* "en", "ar" or "both": rule titles, aliases, value labels */
} smap__qml_options;

/* The style as QML: a rule-based renderer with a rule for each of ours (the filter as an expression, the scale limits),
 * rule-based labels, aliases, and value maps from the domains of the schema. A table of mixed geometry gets each rule
 * once for each kind of geometry, for QGIS shows the kinds as layers of their own. `style` NULL: fields only,
 * for a table without geometry or one that QGIS may draw as it likes. The text is the same for the same input; *out is
 * free with smap__free. */
smap_status smap__qml_compile(smap_ctx *ctx, const smap__style *style, const smap__qml_options *options, char **out,
                              smap_error *err);

#endif
