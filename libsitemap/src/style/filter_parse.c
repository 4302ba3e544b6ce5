#include <math.h>
#include <string.h>
#include <strings.h>

#include "base/fail.h"
#include "base/str.h"
#include "style/filter.h"

/* Elements of Filter Encoding 1.1 that the profile has. Between is read as two comparisons. */
static const struct {
    const char *name;
    smap__filter_kind kind;
    smap__comparison op;
} known_filters[] = {
    { "And", SMAP__FILTER_AND, SMAP__EQ },
    { "Or", SMAP__FILTER_OR, SMAP__EQ },
    { "Not", SMAP__FILTER_NOT, SMAP__EQ },
    { "PropertyIsEqualTo", SMAP__FILTER_COMPARE, SMAP__EQ },
    { "PropertyIsNotEqualTo", SMAP__FILTER_COMPARE, SMAP__NE },
    { "PropertyIsLessThan", SMAP__FILTER_COMPARE, SMAP__LT },
    { "PropertyIsLessThanOrEqualTo", SMAP__FILTER_COMPARE, SMAP__LE },
    { "PropertyIsGreaterThan", SMAP__FILTER_COMPARE, SMAP__GT },
    { "PropertyIsGreaterThanOrEqualTo", SMAP__FILTER_COMPARE, SMAP__GE },
    { "PropertyIsLike", SMAP__FILTER_LIKE, SMAP__EQ },
    { "PropertyIsNull", SMAP__FILTER_NULL, SMAP__EQ },
};

static smap_status parse_node(smap__sld_reader *reader, const smap__xml *node, smap__filter *out, bool *kept,
                              smap_error *err);

static void set_literal(smap__filter *f, const char *literal) {
    f->literal = literal;
    f->literal_len = strlen(literal);
    f->is_int = smap__parse_int(literal, f->literal_len, &f->integer);
    f->is_number = smap__parse_real(literal, f->literal_len, &f->number) && isfinite(f->number);
    if (f->is_int) {
        f->is_number = true;
        f->number = (double)f->integer;
    }
}

static bool no_property(const smap__sld_reader *reader, const smap__xml *node) {
    smap__sld_warn(reader, node, "<%s> must compare one PropertyName with a Literal; the rule is left out", node->name);
    return false;
}

/* The comparison seen from its other side: 5 < x is x > 5. */
static smap__comparison flipped(smap__comparison op) {
    switch (op) {
    case SMAP__LT:
        return SMAP__GT;
    case SMAP__LE:
        return SMAP__GE;
    case SMAP__GT:
        return SMAP__LT;
    case SMAP__GE:
        return SMAP__LE;
    default:
        return op;
    }
}

static bool parse_comparison(const smap__sld_reader *reader, const smap__xml *node, smap__filter *out) {
    const smap__xml *property = smap__xml_child(node, "PropertyName");
    const smap__xml *literal = smap__xml_child(node, "Literal");
    if (!property || !literal || !*property->text || literal->first) return no_property(reader, node);
    const char *match_case = smap__xml_attribute_value(node, "matchCase");
    if (match_case && strcmp(match_case, "false") == 0)
        smap__sld_warn(reader, node, "matchCase=\"false\" is not in the profile: case is told apart");
    out->property = property->text;
    if (node->first == literal) out->op = flipped(out->op);
    set_literal(out, literal->text);
    return true;
}

static const char *between_bound(const smap__xml *node, const char *name) {
    const smap__xml *bound = smap__xml_child(node, name);
    const smap__xml *literal = bound ? smap__xml_child(bound, "Literal") : NULL;
    return literal ? literal->text : NULL;
}

static smap_status parse_between(smap__sld_reader *reader, const smap__xml *node, smap__filter *out, bool *kept,
                                 smap_error *err) {
    const smap__xml *property = smap__xml_child(node, "PropertyName");
    const char *low = between_bound(node, "LowerBoundary");
    const char *high = between_bound(node, "UpperBoundary");
    *kept = property && *property->text && low && high;
    if (!*kept) {
        no_property(reader, node);
        return SMAP_OK;
    }
    smap__filter *pair = smap__arena_alloc(reader->arena, 2 * sizeof *pair);
    if (!pair) return smap__fail_memory(err);
    pair[0] = (smap__filter){ .kind = SMAP__FILTER_COMPARE, .op = SMAP__GE, .property = property->text };
    pair[1] = (smap__filter){ .kind = SMAP__FILTER_COMPARE, .op = SMAP__LE, .property = property->text };
    set_literal(&pair[0], low);
    set_literal(&pair[1], high);
    *out = (smap__filter){ .kind = SMAP__FILTER_AND, .child = pair, .children = 2 };
    return SMAP_OK;
}

static bool one_character(const char *text) {
    size_t at = 0;
    if (!text || !*text) return false;
    smap__utf8_next(text, strlen(text), &at);
    return text[at] == '\0';
}

/* The pattern in SQL's terms: % any text, _ one character, \ takes the next character as it is. */
static void put_pattern(smap__str *out, const char *pattern, const char *wild, const char *single, const char *escape) {
    for (size_t at = 0, len = strlen(pattern); at < len;) {
        const char *from = pattern + at;
        if (strncmp(from, wild, strlen(wild)) == 0) {
            smap__str_put_char(out, '%');
            at += strlen(wild);
            continue;
        }
        if (strncmp(from, single, strlen(single)) == 0) {
            smap__str_put_char(out, '_');
            at += strlen(single);
            continue;
        }
        if (strncmp(from, escape, strlen(escape)) == 0 && at + strlen(escape) < len) at += strlen(escape);
        if (pattern[at] == '%' || pattern[at] == '_' || pattern[at] == '\\') smap__str_put_char(out, '\\');
        size_t next = at;
        smap__utf8_next(pattern, len, &next);
        smap__str_put_n(out, pattern + at, next - at);
        at = next;
    }
}

static smap_status parse_like(smap__sld_reader *reader, const smap__xml *node, smap__filter *out, bool *kept,
                              smap_error *err) {
    const smap__xml *property = smap__xml_child(node, "PropertyName");
    const smap__xml *literal = smap__xml_child(node, "Literal");
    const char *wild = smap__xml_attribute_value(node, "wildCard");
    const char *single = smap__xml_attribute_value(node, "singleChar");
    const char *escape = smap__xml_attribute_value(node, "escapeChar");
    if (!escape) escape = smap__xml_attribute_value(node, "escape"); /* Filter 1.0 */
    *kept =
        property && literal && *property->text && one_character(wild) && one_character(single) && one_character(escape);
    if (!*kept) {
        smap__sld_warn(reader, node,
                       "<%s> needs a PropertyName, a Literal, and wildCard, singleChar and escapeChar "
                       "of one character each; the rule is left out",
                       node->name);
        return SMAP_OK;
    }
    const char *match_case = smap__xml_attribute_value(node, "matchCase");
    if (match_case && strcmp(match_case, "false") == 0)
        smap__sld_warn(reader, node, "matchCase=\"false\" is not in the profile: case is told apart");
    smap__str pattern = SMAP__STR_INIT;
    put_pattern(&pattern, literal->text, wild, single, escape);
    out->property = property->text;
    out->literal =
        pattern.failed ? NULL : smap__arena_strndup(reader->arena, pattern.data ? pattern.data : "", pattern.len);
    out->literal_len = pattern.len;
    smap__str_release(&pattern);
    return out->literal ? SMAP_OK : smap__fail_memory(err);
}

static smap_status parse_children(smap__sld_reader *reader, const smap__xml *node, smap__filter *out, bool *kept,
                                  smap_error *err) {
    int count = 0;
    for (const smap__xml *child = node->first; child; child = child->next) count++;
    *kept = out->kind == SMAP__FILTER_NOT ? count == 1 : count >= 1;
    if (!*kept) {
        smap__sld_warn(reader, node, "<%s> has %d conditions; the rule is left out", node->name, count);
        return SMAP_OK;
    }
    smap__filter *list = smap__arena_alloc(reader->arena, (size_t)count * sizeof *list);
    if (!list) return smap__fail_memory(err);
    int at = 0;
    for (const smap__xml *child = node->first; child && *kept; child = child->next) {
        smap_status status = parse_node(reader, child, &list[at++], kept, err);
        if (status != SMAP_OK) return status;
    }
    out->child = list;
    out->children = count;
    return SMAP_OK;
}

static smap_status parse_node(smap__sld_reader *reader, const smap__xml *node, smap__filter *out, bool *kept,
                              smap_error *err) {
    if (strcmp(node->name, "PropertyIsBetween") == 0) return parse_between(reader, node, out, kept, err);
    size_t k = 0, kinds = sizeof known_filters / sizeof *known_filters;
    while (k < kinds && strcmp(node->name, known_filters[k].name) != 0) k++;
    if (k == kinds) {
        smap__sld_warn(reader, node, "<%s> in a filter is not in the profile; the rule is left out", node->name);
        *kept = false;
        return SMAP_OK;
    }
    *out = (smap__filter){ .kind = known_filters[k].kind, .op = known_filters[k].op };
    if (out->kind == SMAP__FILTER_COMPARE) {
        *kept = parse_comparison(reader, node, out);
        return SMAP_OK;
    }
    if (out->kind == SMAP__FILTER_LIKE) return parse_like(reader, node, out, kept, err);
    if (out->kind != SMAP__FILTER_NULL) return parse_children(reader, node, out, kept, err);
    const smap__xml *property = smap__xml_child(node, "PropertyName");
    *kept = property && *property->text ? true : no_property(reader, node);
    if (*kept) out->property = property->text;
    return SMAP_OK;
}

smap_status smap__filter_parse(smap__sld_reader *reader, const smap__xml *filter, const smap__filter **out,
                               smap_error *err) {
    *out = NULL;
    if (!filter->first || filter->first->next) {
        smap__sld_warn(reader, filter, "a Filter must hold exactly one condition; the rule is left out");
        return SMAP_OK;
    }
    smap__filter *f = smap__arena_alloc(reader->arena, sizeof *f);
    if (!f) return smap__fail_memory(err);
    bool kept = true;
    smap_status status = parse_node(reader, filter->first, f, &kept, err);
    if (status == SMAP_OK && kept) *out = f;
    return status;
}
