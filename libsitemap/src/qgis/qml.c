#include "qgis/qml.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "qgis/qml_parts.h"

const smap__qml_kind smap__qml_kinds[SMAP__QML_KINDS] = {
    { SMAP__SHAPE_POLYGON, "Polygon", "2" },
    { SMAP__SHAPE_LINE, "Line", "1" },
    { SMAP__SHAPE_POINT, "Point", "0" },
};

bool smap__qml_is_mixed(unsigned shapes) {
    return (shapes & (shapes - 1)) != 0;
}

const char *smap__qml_kind_condition(char out[64], unsigned shapes, const smap__qml_kind *kind) {
    out[0] = '\0';
    if (smap__qml_is_mixed(shapes)) snprintf(out, 64, "geometry_type($geometry) = '%s'", kind->geometry_type);
    return out;
}

void smap__qml_put_attribute(smap__str *out, const char *name, const char *value) {
    smap__str_printf(out, " %s=\"", name);
    smap__str_put_xml(out, value, strlen(value));
    smap__str_put_char(out, '"');
}

/* In whole ten-thousandths, so that no locale can put a comma into it. */
void smap__qml_number(char out[32], double value) {
    long long n = llround(value * 1e4), rest = llabs(n) % 10000;
    int used = snprintf(out, 32, "%s%lld", n < 0 ? "-" : "", llabs(n) / 10000);
    if (rest == 0) return;
    used += snprintf(out + used, 32 - (size_t)used, ".%04lld", rest);
    while (out[used - 1] == '0') out[--used] = '\0';
}

void smap__qml_put_number(smap__str *out, const char *name, double value) {
    char text[32];
    smap__qml_number(text, value);
    smap__qml_put_attribute(out, name, text);
}

void smap__qml_put_title(smap__str *out, const char *name, const char *en, const char *ar, const char *lang) {
    bool want_en = strcmp(lang, "ar") != 0 || !*ar, want_ar = strcmp(lang, "en") != 0 || !*en;
    bool both = want_en && want_ar && *en && *ar && strcmp(en, ar) != 0;
    smap__str_printf(out, " %s=\"", name);
    if (want_en && *en) smap__str_put_xml(out, en, strlen(en));
    if (both) smap__str_put(out, " | ");
    if (both || (want_ar && !(want_en && *en))) smap__str_put_xml(out, ar, strlen(ar));
    smap__str_put_char(out, '"');
}

void smap__qml_put_rule_limits(smap__str *out, const smap__rule *rule, const char *also) {
    smap__str filter = SMAP__STR_INIT;
    if (*also && rule->filter) smap__str_put_char(&filter, '(');
    if (rule->filter) smap__filter_put_expression(rule->filter, &filter);
    if (*also && rule->filter) smap__str_put(&filter, ") AND ");
    smap__str_put(&filter, also);
    if (filter.len > 0) smap__qml_put_attribute(out, "filter", filter.data);
    out->failed = out->failed || filter.failed;
    smap__str_release(&filter);
    if (rule->min_scale > 0) smap__qml_put_number(out, "scalemindenom", rule->min_scale);
    if (isfinite(rule->max_scale)) smap__qml_put_number(out, "scalemaxdenom", rule->max_scale);
}

void smap__qml_colour(char out[32], smap__colour colour) {
    snprintf(out, 32, "%d,%d,%d,%d", colour.r, colour.g, colour.b, (int)lround(colour.opacity * 255));
}

static void put_rule(smap__str *out, const smap__rule *rule, const char *key, int symbol, const char *lang,
                     const char *also) {
    smap__str_put(out, "<rule");
    smap__qml_put_attribute(out, "key", key);
    if (symbol >= 0) smap__str_printf(out, " symbol=\"%d\"", symbol);
    smap__qml_put_title(out, "label", rule->title_en, rule->title_ar, lang);
    smap__qml_put_rule_limits(out, rule, also);
    smap__str_put(out, "/>\n");
}

static void put_rules_of_kind(smap__str *out, const smap__style *style, unsigned shapes, const smap__qml_kind *kind,
                              int *symbols, const char *lang) {
    bool mixed = smap__qml_is_mixed(shapes);
    char also[64], key[32];
    smap__qml_kind_condition(also, shapes, kind);
    for (int r = 0; r < style->rules; r++) {
        bool draws = smap__qml_has_symbol(&style->rule[r], kind->shape);
        snprintf(key, sizeof key, mixed ? "rule_%d_%s" : "rule_%d", r, kind->geometry_type);
        if (draws || !mixed) put_rule(out, &style->rule[r], key, draws ? *symbols : -1, lang, also);
        *symbols += draws;
    }
}

static int level_of(const smap__style *style, int rule) {
    int level = 0;
    while (style->paint[level] != rule) level++;
    return level;
}

static void put_symbols_of_kind(smap__str *out, const smap__style *style, unsigned shape, int *symbols) {
    for (int r = 0; r < style->rules; r++)
        if (smap__qml_has_symbol(&style->rule[r], shape))
            smap__qml_put_symbol(out, &style->rule[r], shape, (*symbols)++, level_of(style, r));
}

static void put_renderer(smap__str *out, const smap__style *style, unsigned shapes, const char *lang) {
    int symbols = 0;
    smap__str_put(out, "<renderer-v2 type=\"RuleRenderer\" symbollevels=\"1\" enableorderby=\"0\" forceraster=\"0\">\n"
                       "<rules key=\"rules\">\n");
    for (int k = 0; k < SMAP__QML_KINDS; k++)
        if (shapes & smap__qml_kinds[k].shape)
            put_rules_of_kind(out, style, shapes, &smap__qml_kinds[k], &symbols, lang);
    smap__str_put(out, "</rules>\n<symbols>\n");
    symbols = 0;
    for (int k = 0; k < SMAP__QML_KINDS; k++)
        if (shapes & smap__qml_kinds[k].shape) put_symbols_of_kind(out, style, smap__qml_kinds[k].shape, &symbols);
    smap__str_put(out, "</symbols>\n</renderer-v2>\n");
}

/* QGIS refuses a style of another geometry: a mixed table, seen by it as one layer for each kind, must not name one. */
static void put_geometry_type(smap__str *out, unsigned shapes) {
    static const char *const no_geometry = "4";
    if (smap__qml_is_mixed(shapes)) return;
    const char *type = no_geometry;
    for (int k = 0; k < SMAP__QML_KINDS; k++)
        if (shapes & smap__qml_kinds[k].shape) type = smap__qml_kinds[k].layer_geometry_type;
    smap__str_printf(out, "<layerGeometryType>%s</layerGeometryType>\n", type);
}

smap_status smap__qml_put_body(smap_ctx *ctx, smap__str *out, const smap__style *style,
                               const smap__qml_options *options, smap_error *err) {
    smap_status status = SMAP_OK;
    bool drawn = style && options->shape & ~(unsigned)SMAP__SHAPE_NONE;
    if (drawn) put_renderer(out, style, options->shape, options->lang);
    if (drawn && smap__qml_has_labels(style)) smap__qml_put_labels(out, style, options->shape, options->lang);
    if (options->schema) status = smap__qml_put_fields(ctx, out, options->schema, options->lang, err);
    put_geometry_type(out, options->shape & ~(unsigned)SMAP__SHAPE_NONE);
    return status;
}

static smap_status put_document(smap_ctx *ctx, smap__str *out, const smap__style *style, unsigned shapes,
                                const smap__qml_options *options, smap_error *err) {
    bool drawn = style && shapes, labels = drawn && smap__qml_has_labels(style);
    smap__str_put(out, "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n<qgis version=\"3.22.0\" "
                       "styleCategories=");
    smap__str_put(out, drawn ? "\"Symbology|Labeling|Fields|Forms\"" : "\"Fields|Forms\"");
    smap__str_put(out, labels ? " labelsEnabled=\"1\">\n" : " labelsEnabled=\"0\">\n");
    const smap__qml_options body = { options->schema, shapes ? shapes : SMAP__SHAPE_NONE, options->lang };
    smap_status status = smap__qml_put_body(ctx, out, style, &body, err);
    smap__str_put(out, "</qgis>\n");
    return status;
}

smap_status smap__qml_compile(smap_ctx *ctx, const smap__style *style, const smap__qml_options *options, char **out,
                              smap_error *err) {
    const unsigned any = SMAP__SHAPE_POINT | SMAP__SHAPE_LINE | SMAP__SHAPE_POLYGON;
    unsigned shapes = options->shape ? options->shape : options->schema ? options->schema->shapes : any;
    smap__str text = SMAP__STR_INIT;
    smap_status status = put_document(ctx, &text, style, shapes & any, options, err);
    char *taken = status == SMAP_OK && !text.failed ? smap__str_take(&text) : NULL;
    if (taken)
        *out = taken;
    else if (status == SMAP_OK)
        status = smap__fail_memory(err);
    smap__str_release(&text);
    return status;
}
