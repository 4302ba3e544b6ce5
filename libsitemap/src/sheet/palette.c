#include "sheet/palette.h"

#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/path.h"
#include "base/str.h"
#include "model/json.h"
#include "style/parameter.h"

static bool read_colour(const smap__json *value, smap__colour *out) {
    const char *text = smap__json_text(value, "");
    out->opacity = 1;
    return smap__sld_parse_colour(text, strlen(text), out);
}

static smap_status fail_class(const char *path, const char *name, smap_error *err) {
    return smap__fail(err, SMAP_E_FORMAT, path, "%s: the class \"%s\" wants \"fill\": \"#rrggbb\", and \"edge\" so too",
                      path, name);
}

/* A palette that is being read, and what tells of its classes. */
typedef struct reading {
    const char *path;
    const smap__json *groups, *own, *colours; /* "colours" of the first palette, which are the styles', and of this */
    smap__arena *arena;
} reading;

static smap_status read_class(const reading *r, const smap__json *own, const char *name, const smap__json *value,
                              smap__palette_class *out, smap_error *err) {
    const smap__json *edge = smap__json_get(value, "edge");
    *out = (smap__palette_class){ .name = smap__arena_strdup(r->arena, name), .has_edge = edge != NULL };
    if (!out->name) return smap__fail_memory(err);
    out->has_own = read_colour(smap__json_get(smap__json_get(own, name), "fill"), &out->own);
    if (!read_colour(smap__json_get(value, "fill"), &out->fill) || (edge && !read_colour(edge, &out->edge)))
        return fail_class(r->path, name, err);
    return SMAP_OK;
}

static smap_status read_classes(const reading *r, const smap__json *group, const smap__json *classes,
                                smap__palette_group *out, smap_error *err) {
    enum { MOST = 64 };
    const smap__json *keeps = smap__json_get(group, "keeps"), *value;
    const smap__json *own = smap__json_get(r->own, smap__json_text(smap__json_get(group, "name"), ""));
    smap__palette_class *item = smap__arena_alloc(r->arena, 2 * MOST * sizeof *item);
    const char *name;
    if (!item) return smap__fail_memory(err);
    out->item = item;
    for (size_t at = 0; out->items < MOST && smap__json_member(classes, &at, &name, &value); out->items++) {
        smap_status status = read_class(r, own, name, value, &item[out->items], err);
        if (status != SMAP_OK) return status;
    }
    for (size_t i = 0; i < smap__json_size(keeps) && i < MOST; i++) {
        item[out->items] =
            (smap__palette_class){ .name = smap__arena_strdup(r->arena, smap__json_text(smap__json_item(keeps, i), "")),
                                   .kept = true };
        if (!item[out->items++].name) return smap__fail_memory(err);
    }
    return SMAP_OK;
}

static smap_status read_styles(const reading *r, const smap__json *group, smap__palette_group *out, smap_error *err) {
    const smap__json *list = smap__json_get(group, "styles");
    const char **style = smap__arena_alloc(r->arena, (smap__json_size(list) + 1) * sizeof *style);
    if (!style) return smap__fail_memory(err);
    out->style = style;
    for (size_t i = 0; i < smap__json_size(list); i++) {
        style[i] = smap__arena_strdup(r->arena, smap__json_text(smap__json_item(list, i), ""));
        if (!style[i]) return smap__fail_memory(err);
        out->styles++;
    }
    return SMAP_OK;
}

/* Groups of which the palette has colours. */
static smap_status read_groups(const reading *r, smap__palette *out, smap_error *err) {
    size_t count = smap__json_size(r->groups);
    smap__palette_group *list = smap__arena_alloc(r->arena, (count + 1) * sizeof *list);
    if (!list) return smap__fail_memory(err);
    out->group = list;
    for (size_t i = 0; i < count; i++) {
        const smap__json *group = smap__json_item(r->groups, i);
        const smap__json *classes = smap__json_get(r->colours, smap__json_text(smap__json_get(group, "name"), ""));
        smap__palette_group *to = &list[out->groups];
        if (!classes) continue;
        *to = (smap__palette_group){ 0 };
        smap_status status = read_styles(r, group, to, err);
        if (status == SMAP_OK) status = read_classes(r, group, classes, to, err);
        if (status != SMAP_OK) return status;
        out->groups++;
    }
    return SMAP_OK;
}

static smap_status fail_name(const char *path, const char *name, const smap__json *list, smap_error *err) {
    smap__str known = SMAP__STR_INIT;
    for (size_t i = 0; i < smap__json_size(list); i++)
        smap__str_printf(&known, "%s%s", i ? ", " : "",
                         smap__json_text(smap__json_get(smap__json_item(list, i), "name"), "?"));
    smap_status status = smap__fail(err, SMAP_E_NOT_FOUND, "palette", "there is no palette \"%s\"; %s has %s", name,
                                    path, known.data && !known.failed ? known.data : "none");
    smap__str_release(&known);
    return status;
}

smap_status smap__palette_read(smap_ctx *ctx, const char *name, smap__arena *arena, smap__palette *out,
                               smap_error *err) {
    smap__json_doc *doc = NULL;
    char *path = smap__path_join(smap_ctx_style_dir(ctx), "palettes.json");
    smap_status status = path ? smap__json_read(path, &doc, err) : smap__fail_memory(err);
    const smap__json *list = status == SMAP_OK ? smap__json_get(smap__json_root(doc), "palettes") : NULL, *found = NULL;
    for (size_t i = 0; i < smap__json_size(list) && !found; i++)
        if (strcmp(smap__json_text(smap__json_get(smap__json_item(list, i), "name"), ""), name) == 0)
            found = smap__json_item(list, i);
    if (status == SMAP_OK && !found) status = fail_name(path, name, list, err);
    if (status == SMAP_OK) {
        *out = (smap__palette){ .name = smap__arena_strdup(arena, name) };
        const reading r = { path, smap__json_get(smap__json_root(doc), "groups"),
                            smap__json_get(smap__json_item(list, 0), "colours"), smap__json_get(found, "colours"),
                            arena };
        status = out->name ? read_groups(&r, out, err) : smap__fail_memory(err);
    }
    smap__json_free(doc);
    smap__free(path);
    return status;
}
