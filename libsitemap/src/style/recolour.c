#include <string.h>

#include "base/ctx.h"
#include "style/sld.h"

/* ---- which classes ---- */

const smap__palette_class *smap__palette_class_of(const smap__palette_group *group, const char *rule) {
    for (int i = 0; group && i < group->items; i++)
        if (strcmp(group->item[i].name, rule) == 0) return &group->item[i];
    return NULL;
}

static bool names_style(const smap__palette_group *group, const char *name) {
    for (int i = 0; i < group->styles; i++)
        if (strcmp(group->style[i], name) == 0) return true;
    return false;
}

static int known_rules(const smap__palette_group *group, const smap__xml *user_style) {
    int known = 0;
    for (const smap__xml *type = user_style->first; type; type = type->next)
        for (const smap__xml *rule = type->first; rule; rule = rule->next) {
            const smap__xml *name = strcmp(rule->name, "Rule") == 0 ? smap__xml_child(rule, "Name") : NULL;
            known += name && smap__palette_class_of(group, name->text);
        }
    return known;
}

const smap__palette_group *smap__palette_group_for(const smap__palette *palette, const smap__xml *user_style,
                                                   const char *name) {
    const smap__xml *own = smap__xml_child(user_style, "Name");
    const smap__palette_group *best = NULL;
    int most = 0;
    for (int i = 0; palette && i < palette->groups; i++) {
        int known = known_rules(&palette->group[i], user_style);
        if (names_style(&palette->group[i], own ? own->text : name)) return &palette->group[i];
        if (known > most) most = known, best = &palette->group[i];
    }
    return best;
}

/* ---- colours of a rule ---- */

/* How opaque it is stays the style's. */
static bool replace(smap__colour *colour, smap__colour from, smap__colour to) {
    if (colour->r != from.r || colour->g != from.g || colour->b != from.b) return false;
    *colour = (smap__colour){ to.r, to.g, to.b, colour->opacity };
    return true;
}

bool smap__recolour(smap__recolouring *classed, smap__colour *colour) {
    if (!classed || !classed->item->has_own || !replace(colour, classed->item->own, classed->item->fill)) return false;
    classed->replaced++;
    return true;
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

/* The edges of what is filled with the colour of the class. */
static void put_edge(const smap__palette_class *class, smap__symbolizer *s) {
    smap__colour fill = s->fill.colour;
    if (class->has_edge && s->fill.on && replace(&fill, class->fill, class->fill))
        s->stroke.colour = (smap__colour){ class->edge.r, class->edge.g, class->edge.b, s->stroke.colour.opacity };
}

bool smap__recolour_rule(const smap__recolouring *classed, smap__symbolizer *list, int count) {
    const smap__palette_class *class = classed->item;
    const smap__colour *found = classed->replaced ? &class->own : main_colour(list, count);
    if (!found) return false;
    smap__colour from = *found;
    for (int i = 0; i < count; i++) {
        smap__symbolizer *s = &list[i];
        if (s->kind == SMAP__SYM_TEXT) continue;
        if (!classed->replaced) {
            replace(&s->fill.colour, from, class->fill);
            replace(&s->fill.hatch_stroke.colour, from, class->fill);
            replace(&s->stroke.colour, from, class->fill);
        }
        put_edge(class, s);
    }
    return true;
}

void smap__palette_check(const smap__sld_reader *reader, const smap__style *style) {
    if (style->recoloured == 0) return;
    for (int r = 0; r < style->rules; r++)
        if (!smap__palette_class_of(reader->group, style->rule[r].name))
            smap__log(reader->ctx, SMAP_LOG_WARNING,
                      "%s: the palette %s has no colour for \"%s\", which keeps its own; it may look like another",
                      reader->path, reader->palette->name, style->rule[r].name);
}
