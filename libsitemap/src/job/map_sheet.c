#include "job/map_sheet.h"

#include <string.h>

#include "base/alloc.h"
#include "base/ctx.h"
#include "base/fail.h"
#include "geo/crs.h"
#include "geo/geom_column.h"

typedef struct map_making {
    smap_ctx *ctx;
    smap__workspace *workspace;
    const smap__audience *audience;
    const smap_map_options *options;
    smap__map_sheet *map;
} map_making;

/* All that was read of the workspace, and what was laid out of it. */
static void release_rows(smap__map_sheet *map) {
    smap__sheet_free(map->sheet);
    smap_crs_free(map->wgs84);
    smap__map_texts_release(&map->texts);
    smap__map_layers_release(&map->layers);
    for (int i = 0; i < SMAP__INSETS; i++) smap__map_layers_release(&map->inset[i]);
    smap__map_tables_release(&map->tables);
    smap__map_choices_release(&map->choices);
    smap__arena_release(&map->arena);
    *map = (smap__map_sheet){ .name = map->name, .file = map->file, .base = map->base };
}

void smap__map_sheet_release(smap__map_sheet *map) {
    release_rows(map);
    smap__map_base_release(&map->base);
    smap__sheet_file_release(&map->file);
    *map = (smap__map_sheet){ 0 };
}

smap_status smap__map_sheet_open(smap_ctx *ctx, const char *name, const char *orientation, smap__map_sheet *map,
                                 smap_error *err) {
    map->name = name;
    return smap__sheet_file_open(ctx, name, orientation, &map->file, err);
}

const char *smap__map_sheet_chooses(const smap__map_sheet *map, const char *layer, const char *column) {
    const smap__json *choose = smap__json_get(smap__json_root(map->file.doc), "choose");
    for (size_t i = 0; i < smap__json_size(choose); i++) {
        const smap__json *entry = smap__json_item(choose, i);
        bool is_one = strcmp(smap__json_text(smap__json_get(entry, "atlas"), ""), layer) == 0 &&
                      strcmp(smap__json_text(smap__json_get(entry, "column"), ""), column) == 0;
        if (is_one) return smap__json_text(smap__json_get(entry, "key"), NULL);
    }
    return NULL;
}

smap_status smap__map_sheet_choose(smap_ctx *ctx, smap__workspace *workspace, const smap__audience *audience,
                                   const smap_map_options *options, const char *key, const char *value,
                                   smap__map_sheet *map, smap_error *err) {
    int n = options->sets;
    smap_map_options one = *options;
    smap_pair *set = smap__alloc(((size_t)n + 1) * sizeof *set);
    if (!set) return smap__fail_memory(err);
    set[0] = (smap_pair){ key, value }; /* the first one of a key is found */
    if (n) memcpy(set + 1, options->set, (size_t)n * sizeof *set);
    one.set = set;
    one.sets = n + 1;
    one.area = one.extent = NULL; /* where the feature lies says where its page does */
    release_rows(map);
    smap_status status = smap__map_sheet_read(ctx, workspace, audience, &one, map, err);
    smap__free(set);
    return status;
}

static bool has_layer(const smap__map_layers *layers, const char *name) {
    for (int i = 0; i < layers->count; i++)
        if (strcmp(layers->item[i].layer->name, name) == 0) return true;
    return false;
}

/* A sheet of what a command makes ("made_by") is not drawn without any of it: an empty map would read as safety. */
static smap_status check_made(const map_making *run, smap_error *err) {
    const smap__json *root = smap__json_root(run->map->file.doc), *layers = smap__json_get(root, "layers");
    const char *command = smap__json_text(smap__json_get(root, "made_by"), NULL);
    for (size_t i = 0; command && i < smap__json_size(layers); i++) {
        const char *name = smap__json_text(smap__json_get(smap__json_item(layers, i), "layer"), "");
        const smap__schema *schema;
        smap_status status = smap__schema_get(run->ctx, name, &schema, err);
        if (status != SMAP_OK) return status;
        if (strcmp(schema->kind, "result") == 0 && has_layer(&run->map->layers, name)) return SMAP_OK;
    }
    if (!command) return SMAP_OK;
    return smap__fail(err, SMAP_E_NOT_FOUND, run->map->name,
                      "the sheet %s shows what `sitemap %s` finds, and there is none of it yet; run that first",
                      run->map->name, command);
}

/* A palette that finds none of its classes would be asked for in vain, in silence. */
static void warn_of_palette(const map_making *run) {
    for (int i = 0; i < run->map->layers.count; i++)
        if (run->map->layers.item[i].style->recoloured > 0) return;
    smap__log(run->ctx, SMAP_LOG_WARNING, "the palette %s changes nothing: no layer of this sheet has classes of it",
              run->options->palette);
}

static smap__sheet_options page_options(const smap_map_options *o, const smap__map_extent *extent,
                                        const smap__map_sheet *map) {
    smap__sheet_options options = { .lang = o->common.lang ? o->common.lang : "both",
                                    .dpi = o->dpi,
                                    .paper = o->paper,
                                    .extent = extent->box,
                                    .extent_crs = map->wgs84,
                                    .layer = map->layers.item,
                                    .layers = map->layers.count,
                                    .table = map->tables.item,
                                    .tables = map->tables.count,
                                    .chosen = map->choices.item,
                                    .chosens = map->choices.count,
                                    .text = map->texts.item,
                                    .texts = (int)map->texts.count };
    for (int i = 0; i < SMAP__INSETS; i++) {
        options.inset[i].layer = map->inset[i].item;
        options.inset[i].layers = map->inset[i].count;
    }
    return options;
}

/* What the page can show of the world, where that does not depend on the layers; *out NULL: all may be shown. */
static smap_status find_frame(map_making *run, smap__frame *frame, const smap__frame **out, smap_error *err) {
    const smap__map_extent *extent = &run->map->extent;
    smap__sheet_options options = page_options(run->options, extent, run->map);
    *out = NULL;
    if (!run->map->one_page || smap__box_is_empty(extent->box)) return SMAP_OK;
    smap_status status = smap__sheet_frame(run->ctx, &run->map->file, &options, &frame->box, err);
    frame->crs = run->map->wgs84;
    if (status == SMAP_OK && !smap__box_is_empty(frame->box)) *out = frame;
    return status;
}

static smap_status read_layers(map_making *run, smap_error *err) {
    smap__frame frame;
    const smap__json *root = smap__json_root(run->map->file.doc);
    if (smap__json_size(smap__json_get(root, "layers")) == 0 || !smap__json_is_array(smap__json_get(root, "layers")))
        return smap__fail(err, SMAP_E_FORMAT, run->map->file.path,
                          "%s: the key \"layers\" is to be a list of what the sheet shows, with one entry at least; "
                          "compare with sheets/overview.json",
                          run->map->file.path);
    smap_status status =
        smap__map_choices_make(run->ctx, run->workspace, run->audience, run->options, smap__json_get(root, "choose"),
                               run->map->file.path, &run->map->choices, err);
    smap__map_reading reading = { .ctx = run->ctx,
                                  .workspace = run->workspace,
                                  .audience = run->audience,
                                  .options = run->options,
                                  .choices = &run->map->choices,
                                  .path = run->map->file.path,
                                  .look = &run->map->style.look,
                                  .elements = smap__json_get(root, "element"),
                                  .narrow = run->map->one_page };
    if (status == SMAP_OK)
        status = smap__style_choose(run->ctx, run->options->palette, run->options->icons, &run->map->arena,
                                    &run->map->style, err);
    if (status == SMAP_OK) status = find_frame(run, &frame, &reading.frame, err);
    if (status == SMAP_OK)
        status = smap__map_layers_read(&reading, smap__json_get(root, "layers"), &run->map->layers, err);
    reading.frame = NULL;
    for (int i = 0; i < SMAP__INSETS && status == SMAP_OK; i++)
        status = smap__map_layers_read(&reading, smap__json_get(root, smap__inset_lists[i]), &run->map->inset[i], err);
    if (status == SMAP_OK)
        status = smap__map_tables_read(run->ctx, run->workspace, run->audience, smap__json_get(root, "element"),
                                       run->map->file.path, &run->map->tables, err);
    if (status == SMAP_OK && run->options->palette) warn_of_palette(run);
    return status == SMAP_OK ? check_made(run, err) : status;
}

smap_status smap__map_sheet_read(smap_ctx *ctx, smap__workspace *workspace, const smap__audience *audience,
                                 const smap_map_options *options, smap__map_sheet *map, smap_error *err) {
    map_making run = { ctx, workspace, audience, options, map };
    smap_status status = smap__crs_wgs84(ctx, &map->wgs84, err);
    if (status == SMAP_OK) status = smap__run_date(&options->common, 0, &map->date_ms, err);
    if (status == SMAP_OK) status = smap__map_extent_ask(ctx, workspace, audience, options, &map->extent, err);
    if (status == SMAP_OK) status = read_layers(&run, err);
    return status == SMAP_OK ? smap__map_extent_find(options, &map->layers, &map->extent, err) : status;
}

static smap_status check_drawn(const smap__map_sheet *map, const smap__map_extent *extent, smap_error *err) {
    for (int i = 0; i < map->sheet->map.drawns; i++)
        if (map->sheet->map.drawn[i].features > 0) return SMAP_OK;
    return smap__map_extent_fail(extent, err);
}

/* With the base that was opened, or without. */
static smap_status lay_out(smap_ctx *ctx, const smap__audience *audience, const smap_map_options *o,
                           const smap__map_extent *extent, bool with_base, smap__map_sheet *map, smap_error *err) {
    smap__sheet_free(map->sheet);
    map->sheet = NULL;
    smap__map_texts_release(&map->texts);
    smap__map_texts_input input = {
        .options = o,
        .audience = audience,
        .choices = &map->choices,
        .layers = &map->layers,
        .tables = &map->tables,
        .extent = extent,
        .sheet = smap__json_root(map->file.doc),
        .date_ms = map->date_ms,
        .base = with_base ? &map->base : NULL,
        .wgs84 = map->wgs84,
    };
    smap_status status = smap__map_texts_build(ctx, &input, &map->texts, err);
    if (status != SMAP_OK) return status;
    smap__sheet_options sheet_options = page_options(o, extent, map);
    if (with_base) sheet_options.base = &map->base.shown;
    return smap__sheet_compose(ctx, &map->file, &sheet_options, &map->sheet, err);
}

/* Where the base lies elsewhere, the sheet is laid out without it: it would name what it does not show. */
smap_status smap__map_sheet_page(smap_ctx *ctx, const smap__audience *audience, const smap_map_options *o,
                                 const smap__map_extent *extent, smap__map_sheet *map, smap_error *err) {
    bool with_base = map->base.picture != NULL, touches = true;
    smap_status status = lay_out(ctx, audience, o, extent, with_base, map, err);
    if (status == SMAP_OK && with_base) status = smap__map_base_check(&map->base, map->sheet, &touches, err);
    if (status == SMAP_OK && !touches) status = lay_out(ctx, audience, o, extent, false, map, err);
    return status == SMAP_OK ? check_drawn(map, extent, err) : status;
}

smap_status smap__map_sheet_compose(smap_ctx *ctx, smap__workspace *workspace, const smap__audience *audience,
                                    const smap_map_options *options, smap__map_sheet *map, smap_error *err) {
    smap_status status = smap__map_sheet_read(ctx, workspace, audience, options, map, err);
    return status == SMAP_OK ? smap__map_sheet_page(ctx, audience, options, &map->extent, map, err) : status;
}

static smap_status make_one(smap_ctx *ctx, smap__workspace *workspace, const smap__audience *audience,
                            const smap_map_options *options, smap__map_sheet *map, smap_error *err) {
    map->one_page = true;
    smap_status status = smap__map_sheet_compose(ctx, workspace, audience, options, map, err);
    if (status == SMAP_OK) status = smap__sheet_let_layers_go(map->sheet, err);
    return status == SMAP_OK ? smap__map_layers_drop_shapes(&map->layers, err) : status;
}

/* What is not found in a part may be in the whole, and what the whole holds instead is told of the whole. */
smap_status smap__map_sheet_one(smap_ctx *ctx, smap__workspace *workspace, const smap__audience *audience,
                                const smap_map_options *options, smap__map_sheet *map, smap_error *err) {
    smap_error missing = SMAP_ERROR_INIT;
    smap_status status = make_one(ctx, workspace, audience, options, map, &missing);
    if (status != SMAP_E_NOT_FOUND) {
        if (status != SMAP_OK && err) *err = missing;
        return status;
    }
    release_rows(map);
    return smap__map_sheet_compose(ctx, workspace, audience, options, map, err);
}
