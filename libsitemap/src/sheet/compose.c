#include "sheet/compose.h"

#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/str.h"
#include "geo/crs.h"
#include "geo/geom_column.h"
#include "sheet/elements.h"
#include "sheet/file_texts.h"
#include "sheet/insets.h"
#include "sheet/legend.h"
#include "sheet/map_view.h"
#include "sheet/metric_grid.h"
#include "sheet/page.h"
#include "sheet/sheet_table.h"

static const double MM_PER_INCH = 25.4;

/* What a composition holds besides the sheet. */
typedef struct composing {
    smap_ctx *ctx;
    const char *orientation;
    const smap__sheet_options *options;
    smap__sheet *sheet;
    smap__sheet_spec spec;
    smap__texts texts;
} composing;

static smap_status read_language(composing *c, smap_error *err) {
    const char *lang = c->options->lang ? c->options->lang : "both";
    bool both = strcmp(lang, "both") == 0;
    c->sheet->lang[SMAP__EN] = both || strcmp(lang, "en") == 0;
    c->sheet->lang[SMAP__AR] = both || strcmp(lang, "ar") == 0;
    if (!c->sheet->lang[SMAP__EN] && !c->sheet->lang[SMAP__AR])
        return smap__fail(err, SMAP_E_ARGUMENT, lang, "\"%s\" is not a language of a sheet; use en, ar or both", lang);
    c->sheet->mirrored = c->sheet->lang[SMAP__AR] && !both;
    return SMAP_OK;
}

static smap_status read_page(composing *c, smap_error *err) {
    smap__sheet_spec *spec = &c->spec;
    smap__sheet *sheet = c->sheet;
    const smap__json *page = smap__json_get(spec->root, "page");
    sheet->name = smap__sheet_spec_text(spec, spec->root, "name");
    sheet->families = smap__sheet_spec_text(spec, spec->root, "families");
    const smap__json *family = smap__json_get(smap__json_get(spec->root, "look"), "family");
    sheet->family[SMAP__EN] = smap__sheet_spec_text(spec, family, "en");
    sheet->family[SMAP__AR] = smap__sheet_spec_text(spec, family, "ar");
    sheet->atlas_margin = smap__sheet_spec_number(spec, smap__json_get(spec->root, "atlas"), "margin");
    smap_status status = smap__page_layout_read(spec, c->orientation, c->options->paper, err);
    if (status != SMAP_OK) return status;
    sheet->paper = smap__arena_strdup(&sheet->arena, spec->layout.paper);
    if (!sheet->paper) return smap__fail_memory(err);
    sheet->unit_mm = spec->layout.scale;
    sheet->page_w_mm = spec->layout.across.length_mm;
    sheet->page_h_mm = spec->layout.down.length_mm;
    sheet->dpi = c->options->dpi ? c->options->dpi : (int)smap__sheet_spec_number(spec, page, "dpi");
    sheet->page_colour = smap__sheet_spec_colour(spec, page, "colour");
    smap__sheet_spec_read_look(spec, &sheet->look, sheet->lang);
    status = smap__sheet_spec_read_fonts(c->ctx, spec->arena, &sheet->fonts, err);
    if (status != SMAP_OK) return status;
    int least = (int)smap__sheet_spec_number(spec, page, "least_dpi"),
        most = (int)smap__sheet_spec_number(spec, page, "most_dpi");
    status = smap__sheet_spec_check(spec, err);
    if (status != SMAP_OK) return status;
    if (sheet->dpi < least || sheet->dpi > most)
        return smap__fail(err, SMAP_E_ARGUMENT, "dpi", "%d dots an inch cannot be drawn; use %d to %d", sheet->dpi,
                          least, most);
    sheet->px_per_mm = sheet->dpi * sheet->unit_mm / MM_PER_INCH;
    return SMAP_OK;
}

/* The first element of a kind in the file and its rectangle; false where there is none. */
static bool find_element(composing *c, const char *kind, smap__rect_mm *at, const smap__json **json) {
    const smap__json *list = smap__json_get(c->spec.root, "element");
    bool found = false;
    for (size_t i = 0; !found && smap__json_member(list, &i, &c->spec.part, json);) {
        if (strcmp(smap__json_text(smap__json_get(*json, "kind"), ""), kind) != 0) continue;
        *at = smap__element_place(c->sheet, &c->spec, *json);
        found = at->w > 0 && at->h > 0;
    }
    c->spec.part = NULL;
    return found;
}

static smap_status place_map(composing *c, smap_error *err) {
    smap__view *map = &c->sheet->map;
    const smap__sheet_options *o = c->options;
    smap_box extent;
    const smap__json *scale = smap__json_get(c->spec.root, "scale");
    int count = 0;
    const double *mantissa = smap__sheet_spec_numbers(&c->spec, scale, "mantissa", &count);
    double margin = smap__sheet_spec_number(&c->spec, scale, "margin");
    double least = smap__sheet_spec_number(&c->spec, scale, "least_denominator");
    const smap__json *json;
    if (!find_element(c, "map", &map->at, &json))
        smap__sheet_spec_note(&c->spec, "element", "an object with one element of kind map at least");
    smap_status status = smap__sheet_spec_check(&c->spec, err);
    if (status != SMAP_OK) return status;
    bool finite =
        isfinite(o->extent.xmin) && isfinite(o->extent.ymin) && isfinite(o->extent.xmax) && isfinite(o->extent.ymax);
    if (smap__box_is_empty(o->extent) || !finite || !o->extent_crs)
        return smap__fail(
            err, SMAP_E_ARGUMENT, "extent",
            "there is nothing to show: the extent of the map is empty or not finite; name an area or an extent");
    SMAP_TRY(smap__crs_metric(c->ctx, o->extent, o->extent_crs, &map->crs, err), done);
    SMAP_TRY(smap__crs_transform_box(c->ctx, o->extent_crs, map->crs, o->extent, &extent, err), done);
    smap__fit_frame(map, extent, margin, mantissa, count, least, 1 / c->sheet->unit_mm);
done:
    return status;
}

static smap_status compose_map(composing *c, smap_error *err) {
    smap__view_options v = { smap__sheet_spec_number(&c->spec, c->spec.root, "clip_margin_mm"),
                             0.5 / c->sheet->px_per_mm, c->sheet->lang, c->sheet->look.label_chars };
    return smap__view_compose(c->ctx, &c->sheet->arena, &c->sheet->map, c->options->layer, c->options->layers, &v, err);
}

static smap_status compose_north(composing *c, smap_error *err) {
    smap__view *map = &c->sheet->map;
    double scale = 1, x = (map->box.xmin + map->box.xmax) / 2, y = (map->box.ymin + map->box.ymax) / 2;
    smap_status status = smap__crs_factors(c->ctx, map->crs, x, y, &c->sheet->convergence_deg, &scale, err);
    if (status != SMAP_OK) return status;
    const smap__json *bar = smap__json_get(c->spec.root, "bar");
    int count = 0;
    const double *mantissa = smap__sheet_spec_numbers(&c->spec, bar, "mantissa", &count);
    double most = smap__sheet_spec_number(&c->spec, bar, "most_mm"),
           km = smap__sheet_spec_number(&c->spec, bar, "km_from_m");
    int divisions = (int)smap__sheet_spec_number(&c->spec, bar, "divisions");
    status = smap__sheet_spec_check(&c->spec, err);
    if (status != SMAP_OK) return status;
    smap__scale_bar *b = &c->sheet->bar;
    int room = (int)(sizeof b->label / sizeof *b->label);
    if (divisions < 1 || divisions >= room) divisions = room - 1;
    smap__fit_bar(b, most, divisions, mantissa, count, map->mm_per_unit * scale);
    int lang = c->sheet->lang[SMAP__EN] ? SMAP__EN : SMAP__AR;
    b->in_km = b->metres * divisions >= km;
    b->km = smap__sheet_spec_word(&c->spec, "km", lang);
    b->m = smap__sheet_spec_word(&c->spec, "m", lang);
    for (int i = 0; i <= divisions; i++) {
        char text[64];
        smap__bar_label(i * b->metres / (b->in_km ? 1000 : 1),
                        i < divisions ? NULL
                        : b->in_km    ? b->km
                                      : b->m,
                        text, sizeof text);
        b->label[i] = smap__arena_strdup(&c->sheet->arena, text);
        if (!b->label[i]) return smap__fail_memory(err);
    }
    return SMAP_OK;
}

/* "grid" of the file: which of the two stand on which sides of the frame. */
static int read_grid(composing *c, unsigned *degrees, unsigned *metres) {
    static const unsigned all =
        1U << SMAP__SIDE_TOP | 1U << SMAP__SIDE_BOTTOM | 1U << SMAP__SIDE_LEFT | 1U << SMAP__SIDE_RIGHT;
    static const unsigned first = 1U << SMAP__SIDE_TOP | 1U << SMAP__SIDE_LEFT;
    static const char *const name[] = { "degrees", "utm", "both" };
    const char *grid = smap__sheet_spec_text(&c->spec, c->spec.root, "grid");
    int which = 0;
    while (which < 3 && strcmp(grid, name[which]) != 0) which++;
    if (which == 3) smap__sheet_spec_note(&c->spec, "grid", "degrees, utm or both");
    *degrees = which == 1 ? 0 : which == 2 ? first : all;
    *metres = which == 1 ? all : which == 2 ? all & ~first : 0;
    return which % 3;
}

static smap_status compose_grid(composing *c, smap_error *err) {
    static const char *const note[] = { "grid_degrees", "grid_utm", "grid_both" };
    const smap__json *j = smap__json_get(c->spec.root, "graticule");
    int lang = c->sheet->lang[SMAP__EN] ? SMAP__EN : SMAP__AR;
    smap__graticule g = { .east = smap__sheet_spec_word(&c->spec, "east", lang),
                          .west = smap__sheet_spec_word(&c->spec, "west", lang),
                          .north = smap__sheet_spec_word(&c->spec, "north", lang),
                          .south = smap__sheet_spec_word(&c->spec, "south", lang) };
    g.step_s = smap__sheet_spec_numbers(&c->spec, j, "step_s", &g.steps);
    g.least_lon = (int)smap__sheet_spec_number(&c->spec, j, "least_lon");
    g.least_lat = (int)smap__sheet_spec_number(&c->spec, j, "least_lat");
    smap__metric_grid m = { .least_x = g.least_lon,
                            .least_y = g.least_lat,
                            .easting = smap__sheet_spec_word(&c->spec, "easting", lang),
                            .northing = smap__sheet_spec_word(&c->spec, "northing", lang) };
    m.step_m = smap__sheet_spec_numbers(&c->spec, j, "step_m", &m.steps);
    int which = read_grid(c, &g.sides, &m.sides);
    const char *said[SMAP__LANGS] = { smap__sheet_spec_word(&c->spec, note[which], SMAP__EN),
                                      smap__sheet_spec_word(&c->spec, note[which], SMAP__AR) };
    smap_status status = smap__sheet_spec_check(&c->spec, err);
    if (status != SMAP_OK) return status;
    smap__texts_compute(&c->texts, "grid", said[0], said[1]);
    c->sheet->graticule = g;
    if (g.sides) status = smap__graticule_build(c->ctx, &c->sheet->arena, &c->sheet->map, &g, c->sheet, err);
    return status == SMAP_OK && m.sides ? smap__metric_grid_build(&c->sheet->arena, &m, c->sheet, err) : status;
}

static smap_status compose_insets(composing *c, smap_error *err) {
    smap__rect_mm at;
    const smap__json *json;
    if (!find_element(c, "locator", &at, &json)) return SMAP_OK;
    return smap__insets_build(c->ctx, c->sheet, &c->spec, c->options, at, json, err);
}

static smap_status compute_texts(composing *c, smap_error *err) {
    smap__sheet *s = c->sheet;
    smap__texts *t = &c->texts;
    char digits[48], degrees[32];
    smap__text_number(s->map.denominator, 0, digits, sizeof digits);
    smap__print(degrees, sizeof degrees, "%.1f°", fabs(s->convergence_deg));
    s->convergence = smap__text_figures(&s->arena, degrees);
    if (!s->convergence) return smap__fail_memory(err);
    const char *scale = smap__arena_printf(&s->arena, "1:%s", digits);
    const char *name = smap_crs_name(s->map.crs);
    const char *crs = smap_crs_code(s->map.crs)
                          ? smap__arena_printf(&s->arena, "%s (%s:%d)", name, smap_crs_authority(s->map.crs),
                                               smap_crs_code(s->map.crs))
                          : smap__arena_strdup(&s->arena, name);
    smap__texts_compute(t, "scale", scale, scale);
    smap__texts_compute(t, "paper", s->paper, s->paper);
    smap__texts_compute(t, "crs", crs, crs);
    if (fabs(s->convergence_deg) >= s->look.north_arc_min_deg) {
        const char *side = s->convergence_deg > 0 ? "convergence_east" : "convergence_west";
        const char *word[SMAP__LANGS] = { smap__sheet_spec_word(&c->spec, side, SMAP__EN),
                                          smap__sheet_spec_word(&c->spec, side, SMAP__AR) };
        smap__texts_compute(t, "convergence",
                            word[0] ? smap__text_replace(&s->arena, word[0], "{deg}", s->convergence) : NULL,
                            word[1] ? smap__text_replace(&s->arena, word[1], "{deg}", s->convergence) : NULL);
    }
    int lang = s->lang[SMAP__EN] ? SMAP__EN : SMAP__AR;
    const char *ratio = smap__sheet_spec_word(&c->spec, "ratio", lang);
    s->bar.ratio = ratio ? smap__texts_fill(t, ratio, lang, 0) : NULL;
    smap__file_texts_fill(&c->spec, t, s);
    return t->failed ? smap__fail_memory(err) : smap__sheet_spec_check(&c->spec, err);
}

static smap_status keep_inputs(composing *c, smap_error *err) {
    const smap__sheet_options *o = c->options;
    smap__sheet_layer *layer = smap__arena_alloc(&c->sheet->arena, ((size_t)o->layers + 1) * sizeof *layer);
    bool *placed = smap__arena_alloc(&c->sheet->arena, (size_t)o->texts + 1);
    if (!layer || !placed) return smap__fail_memory(err);
    if (o->layers) memcpy(layer, o->layer, (size_t)o->layers * sizeof *layer);
    memset(placed, 0, (size_t)o->texts + 1);
    c->sheet->layer = layer;
    c->sheet->layers = o->layers;
    c->sheet->base = o->base;
    c->texts = (smap__texts){ .arena = &c->sheet->arena,
                              .given = o->text,
                              .count = o->texts,
                              .both = c->sheet->lang[SMAP__EN] && c->sheet->lang[SMAP__AR],
                              .placed = placed };
    return SMAP_OK;
}

/* Is anything made up on the page? */
static bool shows_synthetic(const composing *c) {
    const smap__sheet *s = c->sheet;
    if (s->base && s->base->synthetic) return true;
    for (int i = 0; i < s->map.drawns; i++)
        if (s->layer[i].synthetic && s->map.drawn[i].features) return true;
    for (int k = 0; k < SMAP__INSETS; k++)
        for (int i = 0; i < s->inset[k].view.drawns; i++)
            if (c->options->inset[k].layer[i].synthetic && s->inset[k].view.drawn[i].features) return true;
    return smap__table_is_synthetic(s, &c->spec, c->options);
}

static smap_status compose(composing *c, smap_error *err) {
    smap_status status;
    SMAP_TRY(read_language(c, err), done);
    SMAP_TRY(read_page(c, err), done);
    SMAP_TRY(keep_inputs(c, err), done);
    SMAP_TRY(place_map(c, err), done);
    SMAP_TRY(compose_map(c, err), done);
    SMAP_TRY(compose_north(c, err), done);
    SMAP_TRY(compose_grid(c, err), done);
    SMAP_TRY(compose_insets(c, err), done);
    SMAP_TRY(smap__legend_build(c->sheet, &c->spec, err), done);
    SMAP_TRY(compute_texts(c, err), done);
    status = smap__elements_build(c->ctx, c->sheet, &c->spec, &c->texts, c->options, shows_synthetic(c), err);
done:
    return status;
}

smap_status smap__sheet_frame(smap_ctx *ctx, const smap__sheet_file *file, const smap__sheet_options *options,
                              smap_box *out, smap_error *err) {
    smap__sheet sheet = { 0 };
    composing c = { .ctx = ctx, .orientation = file->orientation, .options = options, .sheet = &sheet };
    smap_status status;
    SMAP_TRY(smap__sheet_spec_init(&c.spec, file, &sheet.arena, err), done);
    SMAP_TRY(read_language(&c, err), done);
    SMAP_TRY(read_page(&c, err), done);
    SMAP_TRY(place_map(&c, err), done);
    smap_box seen = smap__view_search_box(&sheet.map);
    if (smap__crs_transform_box(ctx, sheet.map.crs, options->extent_crs, seen, out, NULL) != SMAP_OK)
        *out = SMAP_BOX_EMPTY;
done:
    smap_crs_free(sheet.map.crs);
    smap__arena_release(&sheet.arena);
    return status;
}

smap_status smap__sheet_let_layers_go(smap__sheet *sheet, smap_error *err) {
    smap__sheet_layer *layer = smap__arena_alloc(&sheet->arena, ((size_t)sheet->layers + 1) * sizeof *layer);
    if (!layer) return smap__fail_memory(err);
    for (int i = 0; i < sheet->layers; i++) {
        layer[i] = sheet->layer[i];
        layer[i].layer = NULL;
    }
    sheet->layer = layer;
    return SMAP_OK;
}

smap_status smap__sheet_compose(smap_ctx *ctx, const smap__sheet_file *file, const smap__sheet_options *options,
                                smap__sheet **out, smap_error *err) {
    composing c = {
        .ctx = ctx, .orientation = file->orientation, .options = options, .sheet = smap__zalloc(1, sizeof *c.sheet)
    };
    if (!c.sheet) return smap__fail_memory(err);
    smap_status status = smap__sheet_spec_init(&c.spec, file, &c.sheet->arena, err);
    if (status == SMAP_OK) status = compose(&c, err);
    if (status == SMAP_OK)
        *out = c.sheet;
    else
        smap__sheet_free(c.sheet);
    return status;
}

void smap__sheet_free(smap__sheet *sheet) {
    if (!sheet) return;
    smap_crs_free(sheet->map.crs);
    for (int i = 0; i < SMAP__INSETS; i++) smap_crs_free(sheet->inset[i].view.crs);
    smap__arena_release(&sheet->arena);
    smap__free(sheet);
}

int smap__sheet_legend(const smap__sheet *sheet, const smap__legend_entry **out) {
    *out = sheet->entry;
    return sheet->entries;
}
