#include "style/svg.h"

#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/file.h"
#include "base/path.h"
#include "base/str.h"
#include "style/parameter.h"

/* A symbol is a few shapes: the largest of ours has 2 KB. */
#define SYMBOL_LIMIT ((size_t)128 << 10)

enum { FILL, FILL_OPACITY, OUTLINE, OUTLINE_OPACITY, OUTLINE_WIDTH, PARAMETERS };

/* As they stand behind "?", and in the file as param(name); the value that holds where the file gives none. */
static const struct {
    const char *name, *other, *fallback;
} parameters[PARAMETERS] = {
    [FILL] = { "fill", "fill", "#000000" },
    [FILL_OPACITY] = { "fill-opacity", "fill-opacity", "1" },
    [OUTLINE] = { "outline", "stroke", "#ffffff" },
    [OUTLINE_OPACITY] = { "outline-opacity", "stroke-opacity", "1" },
    [OUTLINE_WIDTH] = { "outline-width", "stroke-width", "1" },
};

typedef struct given {
    const char *value[PARAMETERS]; /* NULL: as the file says */
} given;

/* A symbol of the style, by the name and colours that it was asked for. */
struct smap__svg_read {
    const char *href;
    const smap__palette_class *classed; /* whose colours it has; NULL = its own */
    const smap__svg *svg;
    struct smap__svg_read *next;
};

/* ---- names ---- */

static const char own_folder[] = "symbols/";

/* The file name in "name.svg" or "symbols/name.svg" (len bytes), NULL where it is something else. */
static const char *file_name(const char *href, size_t len, size_t *name_len) {
    size_t skip = strncmp(href, own_folder, strlen(own_folder)) == 0 ? strlen(own_folder) : 0;
    const char *name = href + skip;
    *name_len = len > skip ? len - skip : 0;
    if (*name_len == 0 || name[0] == '.') return NULL;
    for (size_t i = 0; i < *name_len; i++)
        if (strchr("/\\:|%", name[i]) || (unsigned char)name[i] < ' ') return NULL;
    return *name_len > 4 && strncmp(name + *name_len - 4, ".svg", 4) == 0 ? name : NULL;
}

/* The first of the places where there is such a file; NULL with *failed where memory ran out. */
static char *find_file(const smap__sld_reader *reader, const char *name, size_t len, bool *failed) {
    const char *const folder[] = { reader->icons, reader->folder, reader->folder, smap_ctx_style_dir(reader->ctx) };
    const char *const below[] = { "", own_folder, "", own_folder };
    *failed = false;
    for (int i = 0; i < 4; i++) {
        if (!folder[i]) continue;
        smap__str path = SMAP__STR_INIT;
        smap__str_printf(&path, "%s/%s%.*s", folder[i], below[i], (int)len, name);
        char *taken = smap__str_take(&path);
        if (!taken) *failed = true;
        if (!taken || smap__path_is_file(taken)) return taken;
        smap__free(taken);
    }
    return NULL;
}

/* ---- colours ---- */

/* "%23ff0000" as "#ff0000". */
static char *percent_decoded(smap__arena *arena, const char *text, size_t len) {
    char *out = smap__arena_strndup(arena, text, len), *to = out;
    for (size_t i = 0; out && i < len; i++) {
        smap__colour byte; /* two hexadecimal digits, read as the last ones of a colour */
        char hex[8] = "#0000";
        if (text[i] == '%' && i + 2 < len) memcpy(hex + 5, text + i + 1, 2);
        if (hex[5] && smap__sld_parse_colour(hex, 7, &byte)) {
            *to++ = (char)byte.b;
            i += 2;
        } else {
            *to++ = text[i];
        }
    }
    if (out) *to = '\0';
    return out;
}

static bool is_value(int parameter, const char *text) {
    smap__colour colour;
    double number;
    if (parameter == FILL || parameter == OUTLINE) return smap__sld_parse_colour(text, strlen(text), &colour);
    return smap__parse_real(text, strlen(text), &number) && number >= 0 && number <= SMAP__SLD_SIZE_MAX_PX;
}

/* "fill=%23ff0000&outline-width=2" */
static smap_status read_query(const smap__sld_reader *reader, const smap__xml *node, const char *query, given *out,
                              smap_error *err) {
    while (*query) {
        size_t len = strcspn(query, "&"), name_len = strcspn(query, "=&");
        int p = 0;
        while (p < PARAMETERS &&
               !(strlen(parameters[p].name) == name_len && strncmp(parameters[p].name, query, name_len) == 0) &&
               !(strlen(parameters[p].other) == name_len && strncmp(parameters[p].other, query, name_len) == 0))
            p++;
        char *value = name_len < len ? percent_decoded(reader->arena, query + name_len + 1, len - name_len - 1)
                                     : smap__arena_strdup(reader->arena, "");
        if (!value) return smap__fail_memory(err);
        if (p < PARAMETERS && is_value(p, value))
            out->value[p] = value;
        else
            smap__sld_warn(reader, node, "\"%.*s\" is no colour, opacity or width of a symbol", (int)len, query);
        query += len;
        query += *query == '&';
    }
    return SMAP_OK;
}

/* How long is what stands behind "param(name)": a blank and a value? */
static size_t default_len(const char *at, const char *end) {
    const char *to = at;
    while (to < end && *to == ' ') to++;
    if (to == at) return 0;
    while (to < end && !strchr("\"';<> \t\r\n", *to)) to++;
    return (size_t)(to - at);
}

/* A value, in the colour of the palette where it is one that is replaced. */
static void put_value(smap__str *out, const smap__sld_reader *reader, const char *value, size_t len) {
    smap__colour colour = { .opacity = 1 };
    if (smap__sld_parse_colour(value, len, &colour) && smap__recolour(reader->classed, &colour))
        smap__str_printf(out, "#%02x%02x%02x", colour.r, colour.g, colour.b);
    else
        smap__str_put_n(out, value, len);
}

/* The text with a value in the place of every "param(name) default". */
static void put_values(smap__str *out, const smap__sld_reader *reader, const char *text, size_t len, const given *own) {
    static const char opening[] = "param(";
    const char *end = text + len;
    for (const char *at = text; at < end;) {
        const char *next = strstr(at, opening), *close = next ? strchr(next, ')') : NULL;
        if (!close || close >= end) {
            smap__str_put_n(out, at, (size_t)(end - at));
            return;
        }
        const char *name = next + strlen(opening);
        int p = 0;
        while (p < PARAMETERS && (strlen(parameters[p].name) != (size_t)(close - name) ||
                                  strncmp(parameters[p].name, name, (size_t)(close - name)) != 0))
            p++;
        size_t skip = default_len(close + 1, end);
        const char *value = p < PARAMETERS ? own->value[p] : NULL;
        smap__str_put_n(out, at, (size_t)(next - at));
        if (value)
            put_value(out, reader, value, strlen(value));
        else if (skip > 1)
            put_value(out, reader, close + 2, skip - 1);
        else if (p < PARAMETERS)
            smap__str_put(out, parameters[p].fallback);
        at = close + 1 + skip;
    }
}

/* ---- reading ---- */

static smap_status read_text(const smap__sld_reader *reader, const smap__xml *node, const char *path, const given *own,
                             smap__svg *svg, smap_error *err) {
    char *text = NULL;
    size_t len = 0;
    smap_status status = smap__file_read(path, SYMBOL_LIMIT, &text, &len, err);
    if (status == SMAP_E_LIMIT)
        return smap__fail(err, SMAP_E_LIMIT, reader->path,
                          "%s, line %d: the symbol %s is larger than a symbol may be (%zu KB); simplify it",
                          reader->path, node->line, path, SYMBOL_LIMIT >> 10);
    if (status != SMAP_OK) return status;
    smap__str filled = SMAP__STR_INIT;
    if (strlen(text) < len) /* the XML parser says what is wrong with it */
        smap__str_put_n(&filled, text, len);
    else
        put_values(&filled, reader, text, len, own);
    svg->file = smap__arena_strdup(reader->arena, path);
    svg->text = filled.failed ? NULL : smap__arena_strndup(reader->arena, filled.data ? filled.data : "", filled.len);
    svg->len = filled.len;
    smap__str_release(&filled);
    smap__free(text);
    return svg->text && svg->file ? smap__svg_gate(svg->file, svg->text, svg->len, &svg->aspect, err)
                                  : smap__fail_memory(err);
}

static smap_status read_file(smap__sld_reader *reader, const smap__xml *node, const char *name, size_t len,
                             const given *own, smap__svg *svg, smap_error *err) {
    bool failed = false;
    char *path = find_file(reader, name, len, &failed);
    if (failed) return smap__fail_memory(err);
    if (!path)
        return smap__fail(err, SMAP_E_NOT_FOUND, reader->path,
                          "%s, line %d: there is no symbol %.*s beside the style, in symbols/ there, or in %s/symbols",
                          reader->path, node->line, (int)len, name, smap_ctx_style_dir(reader->ctx));
    smap_status status = read_text(reader, node, path, own, svg, err);
    smap__free(path);
    return status;
}

smap_status smap__svg_read(smap__sld_reader *reader, const smap__xml *node, const char *href, const smap__svg **out,
                           smap_error *err) {
    const smap__palette_class *classed = reader->classed ? reader->classed->item : NULL;
    for (const struct smap__svg_read *seen = reader->symbols; seen; seen = seen->next) {
        if (strcmp(seen->href, href) != 0 || seen->classed != classed) continue;
        if (classed) reader->classed->replaced++;
        *out = seen->svg;
        return SMAP_OK;
    }
    size_t len = strcspn(href, "?"), name_len = 0;
    const char *name = file_name(href, len, &name_len);
    if (!name) {
        smap__sld_warn(reader, node,
                       "\"%.80s\" is no symbol of the profile: that is the name of an .svg file beside the style or in "
                       "symbols/, without address or other folder; it is not drawn",
                       href);
        return SMAP_OK;
    }
    given own = { { NULL } };
    struct smap__svg_read *item = smap__arena_alloc(reader->arena, sizeof *item);
    smap__svg *svg = smap__arena_alloc(reader->arena, sizeof *svg);
    if (!item || !svg) return smap__fail_memory(err);
    smap_status status = read_query(reader, node, href[len] == '?' ? href + len + 1 : "", &own, err);
    if (status == SMAP_OK) status = read_file(reader, node, name, name_len, &own, svg, err);
    if (status != SMAP_OK) return status;
    *item = (struct smap__svg_read){ href, classed, svg, reader->symbols };
    reader->symbols = item;
    *out = svg;
    return SMAP_OK;
}
