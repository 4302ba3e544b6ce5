#include <math.h>
#include <string.h>
#include <strings.h>

#include "base/fail.h"
#include "base/str.h"
#include "style/svg.h"

#define SVG "http://www.w3.org/2000/svg|"

/* Elements in one symbol: more is a drawing, and clip paths multiply them. */
static const int elements_max = 1000;
/* A symbol is taller than a hair and not a line. */
static const double aspect_max = 20;

typedef struct gate {
    const char *path;
    int elements;
    smap_error *err;
} gate;

static smap_status refuse(const gate *g, const smap__xml *node, const char *what) {
    return smap__fail(g->err, SMAP_E_REFUSED, g->path, "%s, line %d: %s", g->path, node->line, what);
}

/* The name of an element of SVG, NULL for one of another namespace (what editors leave behind; never drawn). */
static const char *svg_name(const smap__xml *node) {
    return strncmp(node->name, SVG, strlen(SVG)) == 0 ? node->name + strlen(SVG) : NULL;
}

static bool is_drawn(const char *name) {
    static const char *const allowed[] = { "g",    "path",     "rect",    "circle",         "ellipse",
                                           "line", "polyline", "polygon", "title",          "desc",
                                           "defs", "metadata", "style",   "linearGradient", "radialGradient",
                                           "stop", "clipPath" };
    for (size_t i = 0; i < sizeof allowed / sizeof *allowed; i++)
        if (strcmp(allowed[i], name) == 0) return true;
    return false;
}

/* Does the text hold a word, ASCII case ignored? */
static bool holds(const char *text, const char *word) {
    for (; *text; text++)
        if (strncasecmp(text, word, strlen(word)) == 0) return true;
    return false;
}

/* Every url( of a value leads to the file itself: url(#name). */
static bool refers_inside(const char *value) {
    for (const char *at = value; *at; at++) {
        if (strncasecmp(at, "url", 3) != 0) continue;
        const char *to = at + 3;
        to += strspn(to, " \t\r\n");
        if (*to != '(') continue;
        to++;
        to += strspn(to, " \t\r\n\"'");
        if (*to != '#') return false;
    }
    return true;
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* Is a number of the text none (nan, inf), or as large as no drawing is? Such a path would not be drawn, in silence. */
static bool holds_odd_number(const char *text) {
    enum { MOST_DIGITS = 12, MOST_EXPONENT = 12 };
    if (holds(text, "nan") || holds(text, "inf")) return true;
    for (const char *at = text; *at;) {
        size_t digits = strspn(at, "0123456789");
        if (digits > MOST_DIGITS && !(at > text && at[-1] == '.')) return true;
        bool is_number = digits > 0;
        at += digits ? digits : 1;
        if (!is_number || (*at != 'e' && *at != 'E')) continue;
        const char *power = at + 1 + (at[1] == '+' || at[1] == '-');
        long exponent = 0;
        for (; is_digit(*power) && exponent <= MOST_EXPONENT; power++) exponent = exponent * 10 + (*power - '0');
        if (exponent > MOST_EXPONENT && at[1] != '-') return true;
    }
    return false;
}

static bool is_measure(const char *name) {
    static const char *const measures[] = { "d",      "points", "transform", "gradientTransform",
                                            "x",      "y",      "x1",        "x2",
                                            "y1",     "y2",     "cx",        "cy",
                                            "r",      "rx",     "ry",        "width",
                                            "height", "fx",     "fy",        "stroke-width" };
    for (size_t i = 0; i < sizeof measures / sizeof *measures; i++)
        if (strcmp(measures[i], name) == 0) return true;
    return false;
}

static smap_status check_attribute(const gate *g, const smap__xml *node, const smap__xml_attribute *a, bool clipping) {
    const char *bar = strrchr(a->name, '|'), *name = bar ? bar + 1 : a->name;
    if (strcmp(name, "href") == 0 && a->value[0] != '#')
        return refuse(g, node, "a symbol may not refer to another file or address");
    if (strcmp(name, "base") == 0 && bar) return refuse(g, node, "a symbol may not set another base of its references");
    if (bar) return SMAP_OK;
    if (strncasecmp(name, "on", 2) == 0) return refuse(g, node, "a symbol may not hold a script");
    if (is_measure(name) && holds_odd_number(a->value))
        return smap__fail(
            g->err, SMAP_E_FORMAT, g->path,
            "%s, line %d: \"%s\" holds a number that is none or is too large to be drawn (nan, inf, 1e30); "
            "save the drawing anew",
            g->path, node->line, name);
    if (strchr(a->value, '\\')) return refuse(g, node, "a \\ is not allowed in a symbol");
    if (!refers_inside(a->value)) return refuse(g, node, "a symbol may not refer to another file or address");
    if (holds(name, "dasharray") || holds(a->value, "dasharray"))
        return refuse(g, node, "dashes are not allowed in a symbol; draw them as shapes");
    if (clipping && (strcmp(name, "clip-path") == 0 || holds(a->value, "clip-path")))
        return refuse(g, node, "a clip path may not be clipped by another");
    return SMAP_OK;
}

static smap_status check_style_sheet(const gate *g, const smap__xml *node) {
    static const char *const never[] = { "@", "\\", "url", "dasharray", "clip-path" };
    for (size_t i = 0; i < sizeof never / sizeof *never; i++)
        if (holds(node->text, never[i]))
            return refuse(g, node,
                          "the style sheet of a symbol holds colours and widths alone, no rules with @, no "
                          "url(), no dashes");
    return SMAP_OK;
}

static smap_status check_element(gate *g, const smap__xml *node, bool clipping) {
    const char *name = svg_name(node);
    if (++g->elements > elements_max)
        return smap__fail(g->err, SMAP_E_LIMIT, g->path, "%s: a symbol may have %d elements, no more", g->path,
                          elements_max);
    if (name && strstr(name, "text"))
        return refuse(g, node, "text in a symbol would need its fonts; turn it into paths");
    if (name && !is_drawn(name))
        return smap__fail(g->err, SMAP_E_REFUSED, g->path,
                          "%s, line %d: <%s> is not allowed in a symbol: it is made of shapes, groups, gradients and "
                          "clip paths",
                          g->path, node->line, name);
    smap_status status = name && strcmp(name, "style") == 0 ? check_style_sheet(g, node) : SMAP_OK;
    for (int i = 0; i < node->attributes && status == SMAP_OK; i++)
        status = check_attribute(g, node, &node->attribute[i], clipping);
    clipping = clipping || (name && strcmp(name, "clipPath") == 0);
    for (const smap__xml *child = node->first; child && status == SMAP_OK; child = child->next)
        status = check_element(g, child, clipping);
    return status;
}

/* "x y width height", blanks or commas between. */
static bool read_view_box(const char *text, double box[4]) {
    int count = 0;
    for (const char *at = text; *at; at += strspn(at, " ,\t\r\n")) {
        size_t len = strcspn(at, " ,\t\r\n");
        if (count == 4 || !smap__parse_real(at, len, &box[count]) || !(fabs(box[count]) < 1e6)) return false;
        count++;
        at += len;
    }
    return count == 4 && box[2] > 0 && box[3] > 0;
}

static smap_status check_root(gate *g, const smap__xml *root, double *aspect) {
    const char *name = svg_name(root), *view = smap__xml_attribute_value(root, "viewBox");
    double box[4];
    if (!name || strcmp(name, "svg") != 0)
        return smap__fail(g->err, SMAP_E_FORMAT, g->path,
                          "%s: this is no SVG drawing; it needs <svg xmlns=\"http://www.w3.org/2000/svg\">", g->path);
    if (!view || !read_view_box(view, box))
        return smap__fail(g->err, SMAP_E_FORMAT, g->path,
                          "%s, line %d: the drawing does not say how large it is; save it with a viewBox, as \"0 0 24 "
                          "24\"",
                          g->path, root->line);
    *aspect = box[2] / box[3];
    if (*aspect > aspect_max || *aspect < 1 / aspect_max)
        return smap__fail(g->err, SMAP_E_FORMAT, g->path, "%s, line %d: a symbol may not be %g times as wide as high",
                          g->path, root->line, *aspect);
    smap_status status = SMAP_OK;
    for (int i = 0; i < root->attributes && status == SMAP_OK; i++)
        status = check_attribute(g, root, &root->attribute[i], false);
    for (const smap__xml *child = root->first; child && status == SMAP_OK; child = child->next)
        status = check_element(g, child, false);
    return status;
}

smap_status smap__svg_gate(const char *path, const char *text, size_t len, double *aspect, smap_error *err) {
    smap__arena arena = SMAP__ARENA_INIT;
    const smap__xml *root = NULL;
    gate g = { path, 0, err };
    smap_status status = smap__xml_parse(&arena, path, text, len, &root, err);
    if (status == SMAP_OK) status = check_root(&g, root, aspect);
    smap__arena_release(&arena);
    return status;
}
