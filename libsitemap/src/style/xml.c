#include "style/xml.h"

#include <expat.h>
#include <limits.h>
#include <string.h>
#include <strings.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/str.h"

/* What separates a namespace from a name in expat's callbacks. */
#define NAMESPACE_END '|'

typedef struct tree_builder {
    XML_Parser parser;
    smap__arena *arena;
    const char *path;
    smap__xml *root;
    smap__xml *open[SMAP__XML_DEPTH_MAX];
    smap__xml *last[SMAP__XML_DEPTH_MAX]; /* newest child of the open element at that depth */
    smap__str text[SMAP__XML_DEPTH_MAX];
    int depth;
    smap_status status; /* why a callback stopped the parser */
    smap_error *err;
} tree_builder;

static void *expat_alloc(size_t size) {
    return smap__alloc(size);
}

static void *expat_realloc(void *pointer, size_t size) {
    return smap__realloc(pointer, size, 1);
}

static void expat_free(void *pointer) {
    smap__free(pointer);
}

static int line_of(const tree_builder *b) {
    XML_Size line = XML_GetCurrentLineNumber(b->parser);
    return line > INT_MAX ? INT_MAX : (int)line;
}

static void stop(tree_builder *b, smap_status status) {
    b->status = status;
    XML_StopParser(b->parser, XML_FALSE);
}

static const char *local_name(tree_builder *b, const char *name) {
    static const char *const known[] = { "http://www.opengis.net/sld|", "http://www.opengis.net/se|",
                                         "http://www.opengis.net/ogc|" };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        size_t len = strlen(known[i]);
        if (strncmp(name, known[i], len) == 0) return smap__arena_strdup(b->arena, name + len);
    }
    return smap__arena_strdup(b->arena, name);
}

static smap__xml *new_node(tree_builder *b, const char *name, const char **attributes) {
    smap__xml *node = smap__arena_alloc(b->arena, sizeof *node);
    if (!node) return NULL;
    *node = (smap__xml){ .name = local_name(b, name), .text = "", .line = line_of(b) };
    while (attributes[2 * node->attributes]) node->attributes++;
    smap__xml_attribute *list = smap__arena_alloc(b->arena, (size_t)node->attributes * sizeof *list + 1);
    if (!list || !node->name) return NULL;
    for (int i = 0; i < node->attributes; i++) {
        list[i].name = smap__arena_strdup(b->arena, attributes[2 * i]);
        list[i].value = smap__arena_strdup(b->arena, attributes[2 * i + 1]);
        if (!list[i].name || !list[i].value) return NULL;
    }
    node->attribute = list;
    return node;
}

static void XMLCALL on_start(void *user, const char *name, const char **attributes) {
    tree_builder *b = user;
    if (b->status != SMAP_OK) return;
    if (b->depth == SMAP__XML_DEPTH_MAX) {
        stop(b, smap__fail(b->err, SMAP_E_LIMIT, b->path, "%s, line %d: elements are nested deeper than %d levels",
                           b->path, line_of(b), SMAP__XML_DEPTH_MAX));
        return;
    }
    smap__xml *node = new_node(b, name, attributes);
    if (!node) {
        stop(b, smap__fail_memory(b->err));
        return;
    }
    if (b->depth == 0) {
        b->root = node;
    } else if (b->last[b->depth - 1]) {
        b->last[b->depth - 1]->next = node;
    } else {
        b->open[b->depth - 1]->first = node;
    }
    if (b->depth > 0) b->last[b->depth - 1] = node;
    b->open[b->depth] = node;
    b->last[b->depth] = NULL;
    smap__str_clear(&b->text[b->depth]);
    b->depth++;
}

static void XMLCALL on_text(void *user, const char *text, int len) {
    tree_builder *b = user;
    if (b->status == SMAP_OK && b->depth > 0) smap__str_put_n(&b->text[b->depth - 1], text, (size_t)len);
}

static void XMLCALL on_end(void *user, const char *name) {
    tree_builder *b = user;
    (void)name;
    if (b->status != SMAP_OK) return;
    b->depth--;
    smap__str *s = &b->text[b->depth];
    if (!s->failed && s->len == 0) return;
    const char *text = s->data;
    size_t len = s->len;
    if (!s->failed) smap__trim(&text, &len);
    char *copy = s->failed ? NULL : smap__arena_strndup(b->arena, text, len);
    if (!copy) {
        stop(b, smap__fail_memory(b->err));
        return;
    }
    b->open[b->depth]->text = copy;
}

static void XMLCALL on_doctype(void *user, const char *name, const char *system, const char *public, int internal) {
    tree_builder *b = user;
    (void)name, (void)system, (void)public, (void)internal;
    stop(b, smap__fail(b->err, SMAP_E_REFUSED, b->path,
                       "%s, line %d: a document type (DTD) is not allowed; delete the <!DOCTYPE ...>", b->path,
                       line_of(b)));
}

static void XMLCALL on_instruction(void *user, const char *target, const char *data) {
    tree_builder *b = user;
    (void)data;
    if (strcmp(target, "xml-stylesheet") != 0) return;
    stop(b, smap__fail(b->err, SMAP_E_REFUSED, b->path,
                       "%s, line %d: a style sheet from elsewhere is not allowed; delete the <?xml-stylesheet ...?>",
                       b->path, line_of(b)));
}

static void XMLCALL on_declaration(void *user, const char *version, const char *encoding, int standalone) {
    tree_builder *b = user;
    (void)version, (void)standalone;
    if (encoding && strcasecmp(encoding, "UTF-8") != 0 && strcasecmp(encoding, "US-ASCII") != 0)
        stop(b,
             smap__fail(b->err, SMAP_E_FORMAT, b->path, "%s: the encoding is %s; save it as UTF-8", b->path, encoding));
}

/* What is wrong, in our own words; the ways in which a hand or an editor spoils a file. */
static const char *reason_of(enum XML_Error code) {
    switch (code) {
    case XML_ERROR_NO_ELEMENTS:
    case XML_ERROR_UNCLOSED_TOKEN:
    case XML_ERROR_UNCLOSED_CDATA_SECTION:
        return "it ends too early";
    case XML_ERROR_TAG_MISMATCH:
        return "an element is closed by the name of another";
    case XML_ERROR_DUPLICATE_ATTRIBUTE:
        return "an attribute stands twice in one element";
    case XML_ERROR_JUNK_AFTER_DOC_ELEMENT:
        return "something follows behind its last element";
    case XML_ERROR_UNDEFINED_ENTITY:
        return "an entity is used that XML does not have";
    case XML_ERROR_UNBOUND_PREFIX:
        return "a prefix is used that no xmlns explains";
    default:
        return "a character stands where it may not";
    }
}

static smap_status run_parser(tree_builder *b, const char *text, size_t len) {
    XML_SetUserData(b->parser, b);
    XML_SetElementHandler(b->parser, on_start, on_end);
    XML_SetCharacterDataHandler(b->parser, on_text);
    XML_SetStartDoctypeDeclHandler(b->parser, on_doctype);
    XML_SetProcessingInstructionHandler(b->parser, on_instruction);
    XML_SetXmlDeclHandler(b->parser, on_declaration);
    if (XML_Parse(b->parser, text, (int)len, 1) == XML_STATUS_OK && b->status == SMAP_OK) return SMAP_OK;
    if (b->status != SMAP_OK) return b->status;
    enum XML_Error code = XML_GetErrorCode(b->parser);
    if (code == XML_ERROR_NO_MEMORY) return smap__fail_memory(b->err);
    return smap__fail(b->err, SMAP_E_FORMAT, b->path, "%s, line %d: this is not well-formed XML (%s)", b->path,
                      line_of(b), reason_of(code));
}

smap_status smap__xml_parse(smap__arena *arena, const char *path, const char *text, size_t len, const smap__xml **root,
                            smap_error *err) {
    static const XML_Memory_Handling_Suite memory = { expat_alloc, expat_realloc, expat_free };
    static const char separator[] = { NAMESPACE_END, '\0' };
    if (len > INT_MAX) return smap__fail(err, SMAP_E_LIMIT, path, "%s: too large", path);
    if (!smap__utf8_valid(text, len))
        return smap__fail(err, SMAP_E_FORMAT, path, "%s: this is not UTF-8 text; save it as UTF-8", path);
    tree_builder *b = smap__zalloc(1, sizeof *b);
    if (!b) return smap__fail_memory(err);
    b->arena = arena;
    b->path = path;
    b->err = err;
    b->parser = XML_ParserCreate_MM(NULL, &memory, separator);
    smap_status status = b->parser ? run_parser(b, text, len) : smap__fail_memory(err);
    if (status == SMAP_OK) *root = b->root;
    if (b->parser) XML_ParserFree(b->parser);
    for (int i = 0; i < SMAP__XML_DEPTH_MAX; i++) smap__str_release(&b->text[i]);
    smap__free(b);
    return status;
}

const smap__xml *smap__xml_child(const smap__xml *node, const char *name) {
    for (const smap__xml *child = node->first; child; child = child->next)
        if (strcmp(child->name, name) == 0) return child;
    return NULL;
}

const char *smap__xml_attribute_value(const smap__xml *node, const char *name) {
    for (int i = 0; i < node->attributes; i++)
        if (strcmp(node->attribute[i].name, name) == 0) return node->attribute[i].value;
    return NULL;
}
