#include "style/sld.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/ctx.h"
#include "base/fail.h"
#include "base/file.h"
#include "base/path.h"
#include "base/str.h"
#include "style/filter.h"

#define FILE_LIMIT ((size_t)4 << 20)

/* A style and the arena that everything in it lives in; freed together. */
typedef struct owned_style {
    smap__style style; /* first: a pointer to it is a pointer to the whole */
    smap__arena arena;
} owned_style;

void smap__sld_warn(const smap__sld_reader *reader, const smap__xml *node, const char *format, ...) {
    char text[512];
    va_list args;
    va_start(args, format);
    smap__print_list(text, sizeof text, format, args);
    va_end(args);
    smap__log(reader->ctx, SMAP_LOG_WARNING, "%s, line %d: %s", reader->path, node->line, text);
}

void smap__sld_outside(const smap__sld_reader *reader, const smap__xml *node) {
    smap__sld_warn(reader, node, "<%s> is not in the profile and is left out", node->name);
}

const char *smap__sld_text(const smap__sld_reader *reader, const smap__xml *node) {
    if (!node->first) return node->text;
    if (strcmp(node->first->name, "Literal") == 0 && !node->first->next) return node->first->text;
    smap__sld_warn(reader, node->first, "<%s> must be a literal here", node->name);
    return "";
}

double smap__sld_number(const smap__sld_reader *reader, const smap__xml *node, double fallback) {
    double value;
    const char *text = smap__sld_text(reader, node);
    if (smap__parse_real(text, strlen(text), &value) && isfinite(value)) return value;
    smap__sld_warn(reader, node, "\"%.40s\" is not a number; %g is taken", text, fallback);
    return fallback;
}

smap_status smap__sld_split(smap__arena *arena, const char *title, const char **en, const char **ar, smap_error *err) {
    const char *bar = strchr(title, '|');
    const char *right = bar ? bar + 1 : title;
    size_t left_len = bar ? (size_t)(bar - title) : strlen(title), right_len = strlen(right);
    smap__trim(&title, &left_len);
    smap__trim(&right, &right_len);
    *en = smap__arena_strndup(arena, title, left_len);
    *ar = smap__arena_strndup(arena, right, right_len);
    return *en && *ar ? SMAP_OK : smap__fail_memory(err);
}

/* Title of SLD 1.0, or Description/Title of SE 1.1; `fallback` where there is none. */
static const char *title_of(const smap__xml *node, const char *fallback) {
    const smap__xml *description = smap__xml_child(node, "Description");
    const smap__xml *title = smap__xml_child(description ? description : node, "Title");
    return title ? title->text : fallback;
}

static double scale_limit(const smap__sld_reader *reader, const smap__xml *rule, const char *name, double fallback) {
    const smap__xml *node = smap__xml_child(rule, name);
    return node ? smap__sld_number(reader, node, fallback) : fallback;
}

static smap_status read_symbolizers(smap__sld_reader *reader, const smap__xml *node, smap__rule *rule, bool *recoloured,
                                    smap_error *err) {
    size_t count = 0;
    for (const smap__xml *child = node->first; child; child = child->next) count += smap__sld_is_symbolizer(child);
    smap__symbolizer *list = smap__arena_alloc(reader->arena, count * sizeof *list + 1);
    if (!list) return smap__fail_memory(err);
    smap__recolouring classed = { .item = smap__palette_class_of(reader->group, rule->name) };
    reader->classed = classed.item && !classed.item->kept ? &classed : NULL;
    smap_status status = SMAP_OK;
    for (const smap__xml *child = node->first; child && status == SMAP_OK; child = child->next) {
        if (!smap__sld_is_symbolizer(child)) continue;
        status = smap__sld_symbolizer(reader, child, &list[rule->symbolizers], err);
        rule->symbolizers += status == SMAP_OK;
    }
    rule->symbolizer = list;
    *recoloured = reader->classed && smap__recolour_rule(reader->classed, list, rule->symbolizers);
    reader->classed = NULL;
    return status;
}

static void warn_outside_rule(const smap__sld_reader *reader, const smap__xml *node) {
    static const char *const known[] = { "Name",
                                         "Title",
                                         "Abstract",
                                         "Description",
                                         "Filter",
                                         "ElseFilter",
                                         "MinScaleDenominator",
                                         "MaxScaleDenominator",
                                         NULL };
    for (const smap__xml *child = node->first; child; child = child->next) {
        int k = 0;
        while (known[k] && strcmp(child->name, known[k]) != 0) k++;
        if (!known[k] && !smap__sld_is_symbolizer(child)) smap__sld_outside(reader, child);
    }
}

/* *kept false: the rule is left out, with a warning. */
static smap_status read_rule(smap__sld_reader *reader, const smap__xml *node, smap__rule *rule, bool *kept,
                             bool *recoloured, smap_error *err) {
    const smap__xml *name = smap__xml_child(node, "Name");
    const smap__xml *filter = smap__xml_child(node, "Filter");
    const smap__xml *other = smap__xml_child(node, "ElseFilter");
    *rule = (smap__rule){ .name = name ? name->text : "" };
    *kept = !other;
    if (other) {
        smap__sld_warn(reader, other,
                       "<ElseFilter> is not in the profile (QGIS draws such a rule over everything); the "
                       "rule is left out: write its condition as a Filter");
        return SMAP_OK;
    }
    warn_outside_rule(reader, node);
    rule->min_scale = scale_limit(reader, node, "MinScaleDenominator", 0);
    rule->max_scale = scale_limit(reader, node, "MaxScaleDenominator", HUGE_VAL);
    smap_status status =
        smap__sld_split(reader->arena, title_of(node, rule->name), &rule->title_en, &rule->title_ar, err);
    if (status == SMAP_OK && filter) {
        status = smap__filter_parse(reader, filter, &rule->filter, err);
        *kept = rule->filter != NULL;
    }
    return status == SMAP_OK && *kept ? read_symbolizers(reader, node, rule, recoloured, err) : status;
}

static bool first_rule_on_top(const smap__sld_reader *reader, const smap__xml *type) {
    bool on_top = false;
    for (const smap__xml *node = type->first; node; node = node->next) {
        if (strcmp(node->name, "VendorOption") != 0) continue;
        const char *name = smap__xml_attribute_value(node, "name");
        if (name && strcmp(name, "firstRuleOnTop") == 0)
            on_top = strcmp(node->text, "true") == 0;
        else
            smap__sld_outside(reader, node);
    }
    return on_top;
}

static smap_status read_type(smap__sld_reader *reader, const smap__xml *type, smap__rule *list, smap__style *style,
                             smap_error *err) {
    int first = style->rules;
    for (const smap__xml *node = type->first; node; node = node->next) {
        bool kept = false, recoloured = false;
        if (strcmp(node->name, "Rule") != 0) continue;
        if (style->rules == SMAP__RULES_MAX)
            return smap__fail(err, SMAP_E_LIMIT, reader->path, "%s, line %d: a style may have %d rules, no more",
                              reader->path, node->line, SMAP__RULES_MAX);
        smap_status status = read_rule(reader, node, &list[style->rules], &kept, &recoloured, err);
        if (status != SMAP_OK) return status;
        style->rules += kept;
        style->recoloured += recoloured;
    }
    bool on_top = first_rule_on_top(reader, type);
    for (int r = first; r < style->rules; r++) style->paint[r] = on_top ? first + style->rules - 1 - r : r;
    return SMAP_OK;
}

static smap_status read_rules(smap__sld_reader *reader, const smap__xml *user_style, smap__style *style,
                              smap_error *err) {
    smap__rule *list = smap__arena_alloc(reader->arena, SMAP__RULES_MAX * sizeof *list);
    if (!list) return smap__fail_memory(err);
    style->rule = list;
    for (const smap__xml *type = user_style->first; type; type = type->next) {
        if (strcmp(type->name, "FeatureTypeStyle") != 0) continue;
        smap_status status = read_type(reader, type, list, style, err);
        if (status != SMAP_OK) return status;
    }
    return SMAP_OK;
}

static smap_status read_document(smap__sld_reader *reader, const smap__xml *root, smap__style *style, smap_error *err) {
    const smap__xml *layer = smap__xml_child(root, "NamedLayer");
    const smap__xml *user_style = layer ? smap__xml_child(layer, "UserStyle") : NULL;
    if (strcmp(root->name, "StyledLayerDescriptor") != 0 || !user_style)
        return smap__fail(err, SMAP_E_FORMAT, reader->path,
                          "%s: this is no SLD style; it needs StyledLayerDescriptor / NamedLayer / UserStyle",
                          reader->path);
    for (const smap__xml *more = layer->next; more; more = more->next)
        smap__sld_warn(reader, more, "only the first NamedLayer of a file is read");
    const smap__xml *name = smap__xml_child(layer, "Name");
    style->name = name ? name->text : "";
    reader->group = smap__palette_group_for(reader->palette, user_style, style->name);
    smap_status status =
        smap__sld_split(reader->arena, title_of(user_style, style->name), &style->title_en, &style->title_ar, err);
    if (status == SMAP_OK) status = read_rules(reader, user_style, style, err);
    if (status == SMAP_OK && style->rules == 0)
        status =
            smap__fail(err, SMAP_E_FORMAT, reader->path, "%s: the style has no rule that can be drawn", reader->path);
    return status;
}

static smap_status parse(smap__sld_reader *reader, const char *text, size_t len, const smap__style **out,
                         smap_error *err) {
    const char *path = reader->path;
    if (len > FILE_LIMIT)
        return smap__fail(err, SMAP_E_LIMIT, path, "%s: larger than a style may be (%zu MB)", path, FILE_LIMIT >> 20);
    owned_style *owned = smap__zalloc(1, sizeof *owned);
    if (!owned) return smap__fail_memory(err);
    reader->arena = &owned->arena;
    const smap__xml *root = NULL;
    smap_status status = smap__xml_parse(&owned->arena, path, text, len, &root, err);
    if (status == SMAP_OK) status = read_document(reader, root, &owned->style, err);
    if (status == SMAP_OK) {
        owned->style.sld = smap__arena_strndup(&owned->arena, text, len);
        if (!owned->style.sld) status = smap__fail_memory(err);
        smap__palette_check(reader, &owned->style);
    }
    if (status == SMAP_OK)
        *out = &owned->style;
    else
        smap__style_free(&owned->style);
    return status;
}

smap_status smap__style_parse(smap_ctx *ctx, const char *path, const char *text, size_t len, const smap__style **out,
                              smap_error *err) {
    smap__sld_reader reader = { .ctx = ctx, .path = path };
    return parse(&reader, text, len, out, err);
}

smap_status smap__style_read(smap_ctx *ctx, const char *name, const smap__style **out, smap_error *err) {
    return smap__style_read_in(ctx, name, NULL, out, err);
}

smap_status smap__style_read_in(smap_ctx *ctx, const char *name, const smap__style_look *look, const smap__style **out,
                                smap_error *err) {
    smap_status status = SMAP_E_NOMEM;
    char *text = NULL, *path = NULL, *folder = NULL;
    size_t len = 0;
    if (smap__path_has_extension(name, "sld")) {
        path = smap__strdup(name);
    } else {
        smap__str file = SMAP__STR_INIT;
        smap__str_printf(&file, "%s/%s.sld", smap_ctx_style_dir(ctx), name);
        path = smap__str_take(&file);
    }
    if (path) folder = smap__path_folder(path);
    if (!folder) {
        smap__fail_memory(err);
        goto cleanup;
    }
    SMAP_TRY(smap__file_read(path, FILE_LIMIT, &text, &len, err), cleanup);
    smap__sld_reader reader = { .ctx = ctx, .path = path, .folder = folder };
    if (look) reader.palette = look->palette, reader.icons = look->icons;
    status = parse(&reader, text, len, out, err);
cleanup:
    smap__free(text);
    smap__free(folder);
    smap__free(path);
    return status;
}

void smap__style_free(const smap__style *style) {
    if (!style) return;
    owned_style *owned;
    memcpy(&owned, &style, sizeof owned); /* the style that was handed out as const is ours */
    smap__arena arena = owned->arena;
    smap__arena_release(&arena);
    smap__free(owned);
}
