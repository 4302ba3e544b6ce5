#include "qgis/qml.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "qgis/qml_parts.h"

/* The kinds of geometry, in the order in which a mixed table gets its rules, and as QGIS names and numbers them. */
static const struct {
    unsigned shape;
    const char *geometry_type, *layer_geometry_type;
} shapes[] = {
    { SMAP__SHAPE_POLYGON, "Polygon", "2" },
    { SMAP__SHAPE_LINE, "Line", "1" },
    { SMAP__SHAPE_POINT, "Point", "0" },
};
#define SHAPES (sizeof shapes / sizeof *shapes)

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
    if (both) smap__str_put(out, " / ");
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

static void put_rules(smap__str *out, const smap__style *style, unsigned wanted, bool mixed, const char *lang) {
    int symbols = 0;
    for (size_t k = 0; k < SHAPES; k++) {
        if (!(wanted & shapes[k].shape)) continue;
        char also[64] = "";
        if (mixed) snprintf(also, sizeof also, "geometry_type($geometry) = '%s'", shapes[k].geometry_type);
        for (int r = 0; r < style->rules; r++) {
            char key[32];
            bool draws = smap__qml_has_symbol(&style->rule[r], shapes[k].shape);
            snprintf(key, sizeof key, mixed ? "rule_%d_%s" : "rule_%d", r, shapes[k].geometry_type);
            if (draws || !mixed) put_rule(out, &style->rule[r], key, draws ? symbols : -1, lang, also);
            symbols += draws;
        }
    }
}

static void put_renderer(smap__str *out, const smap__style *style, unsigned wanted, const char *lang) {
    bool mixed = (wanted & (wanted - 1)) != 0;
    smap__str_printf(out,
                     "<renderer-v2 type=\"RuleRenderer\" symbollevels=\"%d\" enableorderby=\"0\" forceraster=\"0\">\n"
                     "<rules key=\"rules\">\n",
                     wanted == SMAP__SHAPE_LINE);
    put_rules(out, style, wanted, mixed, lang);
    smap__str_put(out, "</rules>\n<symbols>\n");
    int symbols = 0;
    for (size_t k = 0; k < SHAPES; k++)
        for (int r = 0; r < style->rules && (wanted & shapes[k].shape); r++)
            if (smap__qml_has_symbol(&style->rule[r], shapes[k].shape))
                smap__qml_put_symbol(out, &style->rule[r], shapes[k].shape, symbols++);
    smap__str_put(out, "</symbols>\n</renderer-v2>\n");
}

/* The one kind of geometry that decides label placement: the largest that the table has. */
static size_t main_shape(unsigned wanted) {
    size_t k = 0;
    while (k < SHAPES && !(wanted & shapes[k].shape)) k++;
    return k;
}

static smap_status put_document(smap_ctx *ctx, smap__str *out, const smap__style *style, unsigned wanted,
                                const smap__qml_options *options, smap_error *err) {
    size_t k = main_shape(wanted);
    bool drawn = style && k < SHAPES, labels = drawn && smap__qml_has_labels(style);
    smap__str_put(out, "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n<qgis version=\"3.22.0\" "
                       "styleCategories=\"Symbology|Labeling|Fields|Forms\" labelsEnabled=");
    smap__str_put(out, labels ? "\"1\">\n" : "\"0\">\n");
    if (drawn) put_renderer(out, style, wanted, options->lang);
    if (labels) smap__qml_put_labels(out, style, shapes[k].shape, options->lang);
    if (options->schema) {
        smap_status status = smap__qml_put_fields(ctx, out, options->schema, options->lang, err);
        if (status != SMAP_OK) return status;
    }
    smap__str_printf(out, "<layerGeometryType>%s</layerGeometryType>\n</qgis>\n",
                     drawn ? shapes[k].layer_geometry_type : "4");
    return SMAP_OK;
}

smap_status smap__qml_compile(smap_ctx *ctx, const smap__style *style, const smap__qml_options *options, char **out,
                              smap_error *err) {
    const unsigned any = SMAP__SHAPE_POINT | SMAP__SHAPE_LINE | SMAP__SHAPE_POLYGON;
    unsigned wanted = options->shape ? options->shape : options->schema ? options->schema->shapes : any;
    smap__str text = SMAP__STR_INIT;
    smap_status status = put_document(ctx, &text, style, wanted & any, options, err);
    if (status == SMAP_OK && text.failed) status = smap__fail_memory(err);
    if (status == SMAP_OK) {
        char *taken = smap__str_take(&text);
        if (taken)
            *out = taken;
        else
            status = smap__fail_memory(err);
    }
    smap__str_release(&text);
    return status;
}
