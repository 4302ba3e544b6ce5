#include <string.h>

#include "base/ctx.h"
#include "style/sld.h"

static const smap__palette_class *class_named(const smap__palette *palette, const char *name) {
    for (int i = 0; palette && i < palette->items; i++)
        if (strcmp(palette->item[i].name, name) == 0) return &palette->item[i];
    return NULL;
}

/* What tells a rule from others: the fill of its first symbolizer that has one, else its first lines. */
static const smap__colour *main_colour(const smap__symbolizer *list, int count) {
    const smap__colour *line = NULL;
    for (int i = 0; i < count; i++) {
        const smap__symbolizer *s = &list[i];
        if (s->kind == SMAP__SYM_TEXT) continue;
        if (s->fill.on && s->fill.hatch == SMAP__HATCH_NONE) return &s->fill.colour;
        if (line) continue;
        if (s->fill.on)
            line = &s->fill.hatch_stroke.colour;
        else if (s->stroke.on)
            line = &s->stroke.colour;
    }
    return line;
}

/* How opaque it is stays the style's. */
static bool replace(smap__colour *colour, smap__colour from, smap__colour to) {
    if (colour->r != from.r || colour->g != from.g || colour->b != from.b) return false;
    *colour = (smap__colour){ to.r, to.g, to.b, colour->opacity };
    return true;
}

bool smap__palette_apply(const smap__palette *palette, const char *rule, smap__symbolizer *list, int count) {
    const smap__palette_class *class = class_named(palette, rule);
    const smap__colour *found = class && !class->kept ? main_colour(list, count) : NULL;
    if (!found) return false;
    smap__colour from = *found;
    for (int i = 0; i < count; i++) {
        smap__symbolizer *s = &list[i];
        if (s->kind == SMAP__SYM_TEXT) continue;
        bool filled = replace(&s->fill.colour, from, class->fill) && s->fill.on;
        replace(&s->fill.hatch_stroke.colour, from, class->fill);
        replace(&s->stroke.colour, from, class->fill);
        if (filled && class->has_edge)
            s->stroke.colour = (smap__colour){ class->edge.r, class->edge.g, class->edge.b, s->stroke.colour.opacity };
    }
    return true;
}

void smap__palette_check(const smap__sld_reader *reader, const smap__style *style) {
    if (style->recoloured == 0) return;
    for (int r = 0; r < style->rules; r++)
        if (!class_named(reader->palette, style->rule[r].name))
            smap__log(reader->ctx, SMAP_LOG_WARNING,
                      "%s: the palette %s has no colour for \"%s\", which keeps its own; it may look like another",
                      reader->path, reader->palette->name, style->rule[r].name);
}
