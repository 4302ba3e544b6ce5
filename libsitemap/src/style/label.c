#include <string.h>

#include "base/fail.h"
#include "base/str.h"
#include "style/sld.h"

/* A pattern is zeros and a point, as "0" or "0.00": so many decimals as zeros behind the point. */
static int decimals_of(const smap__sld_reader *reader, const smap__xml *node) {
    const smap__xml *pattern = smap__xml_child(node, "Pattern");
    const char *text = pattern ? pattern->text : "";
    size_t behind = strncmp(text, "0.", 2) == 0 ? strspn(text + 2, "0") : 0;
    size_t whole = behind ? 2 + behind : 1;
    if (text[0] != '0' || text[whole] || behind > 9) {
        smap__sld_warn(reader, node, "\"%.40s\" is no pattern of a number here; write \"0\" or \"0.0\", \"0\" is taken",
                       text);
        return 0;
    }
    return (int)behind;
}

/* The property inside an element, "" where there is none. */
static const char *property_in(const smap__sld_reader *reader, const smap__xml *node) {
    const smap__xml *property = node ? smap__xml_child(node, "PropertyName") : NULL;
    if (property && *property->text) return property->text;
    if (node) smap__sld_warn(reader, node, "<%s> of a label names no property", node->name);
    return "";
}

/* PropertyName, Literal, or FormatNumber of a property; *ok false: the profile does not have it. */
static smap_status read_part(const smap__sld_reader *reader, const smap__xml *node, smap__label_part *out, bool *ok,
                             smap_error *err) {
    *out = (smap__label_part){ .decimals = -1 };
    *ok = true;
    if (strcmp(node->name, "Literal") == 0)
        return smap__sld_split(reader->arena, node->text, &out->text_en, &out->text_ar, err);
    if (strcmp(node->name, "PropertyName") == 0) {
        out->property = node->text;
    } else if (strcmp(node->name, "FormatNumber") == 0) {
        out->property = property_in(reader, smap__xml_child(node, "NumericValue"));
        out->decimals = decimals_of(reader, node);
    } else {
        smap__sld_outside(reader, node);
    }
    *ok = out->property && *out->property;
    return SMAP_OK;
}

/* A line of one part, or of those of a Concatenate, each in a StringValue. Left out as a whole where one part cannot be
 * kept: half a line would say something else. */
static smap_status read_line(const smap__sld_reader *reader, const smap__xml *node, smap__label_line *out,
                             smap_error *err) {
    bool joined = strcmp(node->name, "Concatenate") == 0;
    size_t count = 1;
    for (const smap__xml *child = node->first; joined && child; child = child->next) count++;
    smap__label_part *part = smap__arena_alloc(reader->arena, count * sizeof *part);
    if (!part) return smap__fail_memory(err);
    *out = (smap__label_line){ .part = part };
    for (const smap__xml *child = joined ? node->first : node; child; child = joined ? child->next : NULL) {
        const smap__xml *inner = joined && strcmp(child->name, "StringValue") == 0 ? child->first : child;
        bool ok = inner != NULL;
        smap_status status = ok ? read_part(reader, inner, &part[out->parts], &ok, err) : SMAP_OK;
        if (status != SMAP_OK) return status;
        if (!ok) {
            out->parts = 0;
            return SMAP_OK;
        }
        out->parts++;
    }
    return SMAP_OK;
}

smap_status smap__sld_label(const smap__sld_reader *reader, const smap__xml *node, smap__symbolizer *out,
                            smap_error *err) {
    size_t count = 0;
    for (const smap__xml *child = node->first; child; child = child->next) count++;
    smap__label_line *list = smap__arena_alloc(reader->arena, count * sizeof *list + 1);
    if (!list) return smap__fail_memory(err);
    if (*node->text)
        smap__sld_warn(reader, node, "bare words are not shown in a label, put \"%.40s\" into a Literal", node->text);
    for (const smap__xml *child = node->first; child; child = child->next) {
        smap_status status = read_line(reader, child, &list[out->labels], err);
        if (status != SMAP_OK) return status;
        out->labels += list[out->labels].parts > 0;
    }
    out->label = list;
    return SMAP_OK;
}
