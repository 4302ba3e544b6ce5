/* The parts of a QML document, each appended to a text. */
#ifndef SMAP_QGIS_QML_PARTS_H
#define SMAP_QGIS_QML_PARTS_H

#include "base/str.h"
#include "qgis/qml.h"

/* The kinds of geometry, in the order in which a mixed table gets its rules, and as QGIS names and numbers them. */
typedef struct smap__qml_kind {
    unsigned shape;
    const char *geometry_type, *layer_geometry_type;
} smap__qml_kind;
#define SMAP__QML_KINDS 3
extern const smap__qml_kind smap__qml_kinds[SMAP__QML_KINDS];

bool smap__qml_is_mixed(unsigned shapes);
/* What a rule must also ask of a feature of a mixed table: an expression; "" for a table of one kind. */
const char *smap__qml_kind_condition(char out[64], unsigned shapes, const smap__qml_kind *kind);

/* All that stands in the <qgis> of a style, and in the <maplayer> of a project alike; options->shape is given. */
smap_status smap__qml_put_body(smap_ctx *ctx, smap__str *out, const smap__style *style,
                               const smap__qml_options *options, smap_error *err);

/* ` name="value"`, escaped. */
void smap__qml_put_attribute(smap__str *out, const char *name, const char *value);
/* "12.5": at most four decimals. */
void smap__qml_number(char out[32], double value);
void smap__qml_put_number(smap__str *out, const char *name, double value);
/* A text in the language: both as "English | العربية", as SLD titles have it; where one lacks, the other. `
 * name="..."`, escaped. */
void smap__qml_put_title(smap__str *out, const char *name, const char *en, const char *ar, const char *lang);
/* ` filter="..." scalemindenom="..." scalemaxdenom="..."`, each only where the rule has one; `also` (may be "") is an
 * expression that must hold too. */
void smap__qml_put_rule_limits(smap__str *out, const smap__rule *rule, const char *also);
/* "214,12,0,255" */
void smap__qml_colour(char out[32], smap__colour colour);

/* The symbol of a rule for one kind of geometry (one SMAP__SHAPE_ bit); false where the rule draws nothing there. */
bool smap__qml_has_symbol(const smap__rule *rule, unsigned shape);
/* `level`: the place of the rule in the painting order. */
void smap__qml_put_symbol(smap__str *out, const smap__rule *rule, unsigned shape, int name, int level);

/* <labeling>; only when some rule has a text symbolizer. */
bool smap__qml_has_labels(const smap__style *style);
void smap__qml_put_labels(smap__str *out, const smap__style *style, unsigned shapes, const char *lang);

/* <fieldConfiguration> and <aliases>. */
smap_status smap__qml_put_fields(smap_ctx *ctx, smap__str *out, const smap__schema *schema, const char *lang,
                                 smap_error *err);

#endif
