/* Palettes: read by name, put into the classes of a style and nothing else. */
#include <string.h>

#include "../style/style_help.h"
#include "sheet/palette.h"

static smap__palette read_palette(smap_ctx *ctx, const char *name, smap__arena *arena) {
    smap__palette palette = { 0 };
    smap_error err = SMAP_ERROR_INIT;
    if (smap__palette_read(ctx, name, arena, &palette, &err) != SMAP_OK) fail_msg("%s", err.message);
    return palette;
}

static const smap__style *read_in(smap_ctx *ctx, const char *style, const smap__palette *palette) {
    const smap__style *out = NULL;
    smap_error err = SMAP_ERROR_INIT;
    const smap__style_look look = { .palette = palette };
    if (smap__style_read_in(ctx, style, &look, &out, &err) != SMAP_OK) fail_msg("%s", err.message);
    return out;
}

static int rgb(smap__colour c) {
    return c.r << 16 | c.g << 8 | c.b;
}

static const smap__rule *rule_named(const smap__style *style, const char *name) {
    for (int r = 0; r < style->rules; r++)
        if (strcmp(style->rule[r].name, name) == 0) return &style->rule[r];
    fail_msg("no rule %s", name);
    return NULL;
}

/* The colours that Copernicus EMS publishes (EMSR703), in marks and areas; shapes, sizes and titles stay. */
static void classes_take_its_colours(void **state) {
    (void)state;
    static const char *const styles[] = { "damage", "damage_building" };
    warnings w;
    smap_ctx *ctx = new_ctx(&w);
    smap__arena arena = SMAP__ARENA_INIT;
    smap__palette cems = read_palette(ctx, "cems", &arena);
    for (int i = 0; i < 2; i++) {
        const smap__style *own = read_in(ctx, styles[i], NULL), *style = read_in(ctx, styles[i], &cems);
        assert_int_equal(own->recoloured, 0);
        assert_int_equal(style->recoloured, 4);
        for (int r = 0; r < style->rules; r++) {
            assert_string_equal(own->rule[r].title_ar, style->rule[r].title_ar);
            assert_int_equal(own->rule[r].symbolizers, style->rule[r].symbolizers);
            assert_int_equal(own->rule[r].symbolizer->mark, style->rule[r].symbolizer->mark);
        }
        const smap__rule *destroyed = rule_named(style, "destroyed");
        for (int s = 0; s < destroyed->symbolizers; s++) {
            assert_int_equal(rgb(destroyed->symbolizer[s].fill.colour), 0xff0000);
            assert_int_equal(rgb(destroyed->symbolizer[s].stroke.colour), 0x4d0000);
        }
        assert_int_equal(rgb(rule_named(style, "damaged")->symbolizer->fill.colour), 0xe69800);
        assert_int_equal(rgb(rule_named(style, "possibly_damaged")->symbolizer->fill.colour), 0xffff00);
        assert_int_equal(rgb(rule_named(style, "not_analysed")->symbolizer->fill.colour),
                         rgb(rule_named(own, "not_analysed")->symbolizer->fill.colour));
        smap__style_free(own);
        smap__style_free(style);
    }
    assert_string_equal(w.text, "");
    smap__arena_release(&arena);
    smap_ctx_free(ctx);
}

static const char *const every_style[] = {
    "damage",          "damage_building",  "exposure_site", "exposure_building", "exposure_household",
    "exposure_road",   "exposure_service", "hazard",        "hazard_extent",     "access_site",
    "access_building", "access_household", "access_area",   "access_route",      "road_cut",
    "critical_link",   "catchment",        "closure",       "evacuation_site",
};
enum { STYLES = sizeof every_style / sizeof *every_style };

static int classes_of(const smap__palette *palette, const char *style) {
    int count = 0;
    for (int g = 0; g < palette->groups; g++)
        for (int s = 0; s < palette->group[g].styles; s++)
            for (int i = 0; strcmp(palette->group[g].style[s], style) == 0 && i < palette->group[g].items; i++)
                count += !palette->group[g].item[i].kept;
    return count;
}

/* Does the colour stand anywhere in the rule: fills, lines, hatches, rows, symbols from files? */
static bool shows(const smap__symbolizer *s, smap__colour c) {
    char text[8];
    snprintf(text, sizeof text, "#%02x%02x%02x", c.r, c.g, c.b);
    return (s->fill.on && s->fill.hatch == SMAP__HATCH_NONE && rgb(s->fill.colour) == rgb(c)) ||
           (s->fill.hatch != SMAP__HATCH_NONE && rgb(s->fill.hatch_stroke.colour) == rgb(c)) ||
           (s->stroke.on && rgb(s->stroke.colour) == rgb(c)) || (s->svg && strstr(s->svg->text, text)) ||
           (s->fill.hatch_mark && shows(s->fill.hatch_mark, c)) || (s->stroke.graphic && shows(s->stroke.graphic, c));
}

static void check_rules(const smap__style *style, const smap__palette_class *class) {
    bool own = class->has_own && rgb(class->own) == rgb(class->fill);
    for (int r = 0; r < style->rules; r++) {
        if (strcmp(style->rule[r].name, class->name) != 0) continue;
        bool found = false;
        for (int i = 0; i < style->rule[r].symbolizers; i++) {
            const smap__symbolizer *s = &style->rule[r].symbolizer[i];
            found = found || shows(s, class->fill);
            if (!own && s->kind != SMAP__SYM_TEXT && shows(s, class->own))
                fail_msg("%s: %s keeps a colour of its own", style->name, class->name);
        }
        if (!found) fail_msg("%s: %s has not the colour of the palette", style->name, class->name);
    }
}

/* Every class of every style of ours that the palette knows, wherever the rule has the colour. */
static void print_recolours_all_there_is(void **state) {
    (void)state;
    warnings w;
    smap_ctx *ctx = new_ctx(&w);
    smap__arena arena = SMAP__ARENA_INIT;
    static const char *const names[] = { "default", "print" };
    for (int p = 0; p < 2; p++) {
        smap__palette palette = read_palette(ctx, names[p], &arena);
        assert_int_equal(palette.groups, 12);
        for (int i = 0; i < STYLES; i++) {
            const smap__style *style = read_in(ctx, every_style[i], &palette);
            assert_int_equal(style->recoloured, classes_of(&palette, every_style[i]));
            for (int g = 0; g < palette.groups; g++)
                for (int s = 0; s < palette.group[g].styles; s++)
                    for (int k = 0;
                         strcmp(palette.group[g].style[s], every_style[i]) == 0 && k < palette.group[g].items; k++)
                        if (!palette.group[g].item[k].kept) check_rules(style, &palette.group[g].item[k]);
            smap__style_free(style);
        }
    }
    assert_string_equal(w.text, "");
    smap__arena_release(&arena);
    smap_ctx_free(ctx);
}

/* The palette "default" is what the styles have. */
static void the_default_changes_nothing(void **state) {
    (void)state;
    warnings w;
    smap_ctx *ctx = new_ctx(&w);
    smap__arena arena = SMAP__ARENA_INIT;
    smap__palette palette = read_palette(ctx, "default", &arena);
    for (int i = 0; i < STYLES; i++) {
        const smap__style *own = read_in(ctx, every_style[i], NULL), *style = read_in(ctx, every_style[i], &palette);
        for (int r = 0; r < own->rules; r++)
            for (int s = 0; s < own->rule[r].symbolizers; s++) {
                const smap__symbolizer *a = &own->rule[r].symbolizer[s], *b = &style->rule[r].symbolizer[s];
                assert_int_equal(rgb(a->fill.colour), rgb(b->fill.colour));
                assert_int_equal(rgb(a->stroke.colour), rgb(b->stroke.colour));
                if (a->svg) assert_string_equal(a->svg->text, b->svg->text);
            }
        smap__style_free(own);
        smap__style_free(style);
    }
    smap__arena_release(&arena);
    smap_ctx_free(ctx);
}

/* A style of other classes stays as it is; one with a class that the palette does not know is warned of. */
static void other_classes(void **state) {
    (void)state;
    warnings w;
    smap_ctx *ctx = new_ctx(&w);
    const smap__palette_class item = { .name = "destroyed", .fill = { 1, 2, 3, 1 } };
    const smap__palette_group group = { .item = &item, .items = 1 };
    const smap__palette palette = { "small", &group, 1 };
    const smap__style *style = read_in(ctx, "road", &palette);
    assert_int_equal(style->recoloured, 0);
    assert_string_equal(w.text, "");
    smap__style_free(style);
    style = read_in(ctx, "damage", &palette);
    assert_int_equal(style->recoloured, 1);
    assert_int_equal(w.count, style->rules - 1);
    assert_non_null(strstr(w.text, "damage.sld: the palette small has no colour for \"damaged\""));
    smap__style_free(style);
    smap_ctx_free(ctx);
}

static void no_such_palette(void **state) {
    (void)state;
    warnings w;
    smap_ctx *ctx = new_ctx(&w);
    smap__arena arena = SMAP__ARENA_INIT;
    smap__palette palette = { 0 };
    smap_error err = SMAP_ERROR_INIT;
    assert_int_equal(smap__palette_read(ctx, "../damage", &arena, &palette, &err), SMAP_E_NOT_FOUND);
    assert_non_null(strstr(err.message, "there is no palette \"../damage\""));
    assert_non_null(strstr(err.message, "default, cems, print"));
    for (int64_t nth = 1; nth < 10000; nth++) {
        smap__alloc_fail_at(nth, true);
        smap_status status = smap__palette_read(ctx, "print", &arena, &palette, &err);
        smap__alloc_fail_at(0, false);
        if (status == SMAP_OK) break;
        assert_int_equal(status, SMAP_E_NOMEM);
    }
    smap__arena_release(&arena);
    smap_ctx_free(ctx);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(classes_take_its_colours),
        cmocka_unit_test(print_recolours_all_there_is),
        cmocka_unit_test(the_default_changes_nothing),
        cmocka_unit_test(other_classes),
        cmocka_unit_test(no_such_palette),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
