/* XML of styles and their symbols as a tree with line numbers, through expat. */
#ifndef SMAP_STYLE_XML_H
#define SMAP_STYLE_XML_H

#include "base/arena.h"
#include "sitemap/error.h"

#define SMAP__XML_DEPTH_MAX 64

typedef struct smap__xml_attribute {
    const char *name, *value;
} smap__xml_attribute;

typedef struct smap__xml {
    const char *name; /* local name in the namespaces of SLD, SE and filter encoding; else "namespace|name" */
    const char *text; /* the characters directly inside, ends trimmed; "" if none */
    int line;         /* of the start tag, 1-based */
    const smap__xml_attribute *attribute;
    int attributes;
    struct smap__xml *first, *next; /* first child, next sibling */
} smap__xml;

/* Parse UTF-8 text. Refused: a DTD (and so every entity but the five of XML), an xml-stylesheet, another encoding,
 * nesting deeper than SMAP__XML_DEPTH_MAX. `path` is for messages. The tree lives in the arena. */
smap_status smap__xml_parse(smap__arena *arena, const char *path, const char *text, size_t len, const smap__xml **root,
                            smap_error *err);

/* The first child of that name, or NULL. */
const smap__xml *smap__xml_child(const smap__xml *node, const char *name);
/* The value of an attribute ("name", or "namespace|name"), or NULL. */
const char *smap__xml_attribute_value(const smap__xml *node, const char *name);

#endif
