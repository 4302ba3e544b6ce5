#include "job/map_layers.h"

#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "col/cell.h"
#include "io/source.h"
#include "job/map_needs.h"
#include "sheet/row_filter.h"

void smap__map_layers_release(smap__map_layers *layers) {
    for (int i = 0; i < layers->count; i++) {
        smap_layer_free(layers->item[i].layer);
        smap__style_free(layers->item[i].style);
    }
    smap__free(layers->item);
    smap__arena_release(&layers->arena);
    *layers = (smap__map_layers){ 0 };
}

smap_status smap__map_layers_drop_shapes(smap__map_layers *layers, smap_error *err) {
    for (int i = 0; i < layers->count; i++) {
        const smap_layer *whole = layers->item[i].layer;
        bool named = smap__style_has_labels(layers->item[i].style); /* labels are told with their rows */
        smap_status status =
            smap_layer_new(whole->name, whole->table, NULL, named ? whole->fid : NULL, &layers->item[i].layer, err);
        if (status != SMAP_OK) return status;
        smap_layer_free(whole);
    }
    return SMAP_OK;
}

/* Rows for which `keep` holds; the layer itself, where it holds for all: a copy of a large one is felt. */
typedef bool (*row_test)(const smap_layer *layer, int64_t row, const void *user);

static smap_status filter(const smap_layer *layer, row_test keep, const void *user, const smap_layer **out,
                          smap_error *err) {
    int64_t n = smap_table_rows(layer->table), count = 0;
    int64_t *rows = smap__zalloc((size_t)n, sizeof *rows);
    if (!rows) return smap__fail_memory(err);
    for (int64_t i = 0; i < n; i++)
        if (keep(layer, i, user)) rows[count++] = i;
    smap_status status = SMAP_OK;
    if (count == n)
        *out = smap_layer_retain(layer);
    else
        status = smap_layer_take(layer, rows, count, out, err);
    smap__free(rows);
    return status;
}

static bool has_geometry(const smap_layer *layer, int64_t row) {
    return layer->geometry && layer->geometry->type[row] != SMAP_GEOM_NULL;
}

static bool is_wanted(const smap_layer *layer, int64_t row, const void *user) {
    return has_geometry(layer, row) && smap__row_filter_holds(user, row);
}

static bool is_excerpt(const smap_layer *layer, int64_t row) {
    return smap__cell_is(smap_table_find(layer->table, "completeness"), row, "excerpt");
}

static bool keep_excerpt(const smap_layer *layer, int64_t row, const void *user) {
    const bool *excerpt = user;
    return is_excerpt(layer, row) == *excerpt;
}

/* By the column that says so, or by a source that begins with the word: most layers have no such column. */
static bool is_synthetic(const smap_column *flag, const smap_column *source, int64_t row) {
    if (flag && flag->type == SMAP_BOOL && !smap_column_is_null(flag, row) && flag->v.b[row]) return true;
    if (!source || source->type != SMAP_TEXT || smap_column_is_null(source, row)) return false;
    size_t len;
    const char *text = smap_column_text(source, row, &len);
    return smap__says_synthetic(text, len);
}

int64_t smap__count_synthetic(const smap_table *table) {
    const smap_column *flag = smap_table_find(table, "synthetic");
    const smap_column *source = smap_table_find(table, "source");
    int64_t count = 0;
    for (int64_t i = 0; i < smap_table_rows(table); i++) count += is_synthetic(flag, source, i);
    return count;
}

/* What is read of an entry's layer, and its style. */
typedef struct entry_rows {
    const smap_layer *rows;
    const smap__style *style; /* NULL: not read yet, or taken over */
    bool in_frame;
} entry_rows;

static smap_status read_style(const smap__map_reading *r, const smap__json *entry, const smap__style **out,
                              smap_error *err) {
    const char *name = smap__json_text(smap__json_get(entry, "layer"), "");
    const char *style = smap__json_text(smap__json_get(entry, "style"), name);
    if (strchr(style, '/'))
        return smap__fail(
            err, SMAP_E_REFUSED, style,
            "the sheet names the style \"%s\" for layer %s; a style is a name of the folder of styles, not "
            "a path",
            style, name);
    return smap__style_read_in(r->ctx, style, r->look, out, err);
}

/* A file of the user's; `part` NULL: all of it. */
static smap_status read_file(const smap__map_reading *r, const char *spec, const smap__part *part,
                             const smap_layer **out, bool *in_frame, smap_error *err) {
    const smap__column_choice choice = { part ? part->needs : NULL, part ? part->user : NULL, true };
    smap__findings found = SMAP__FINDINGS_INIT;
    smap__source *source = NULL;
    smap_status status = smap__source_open(r->ctx, spec, NULL, &source, err);
    if (status == SMAP_OK) {
        if (part) smap__source_narrow(source, &choice);
        if (part) smap__source_frame(source, part->frame);
        status = smap__source_read(source, NULL, &found, out, err);
        smap__source_log(r->ctx, source, &found);
        *in_frame = smap__source_is_part(source);
    }
    smap__findings_release(&found);
    smap__source_close(source);
    return status;
}

/* A layer that the user named in place of the workspace's goes through the same gate: what others know of its rows is
 * learnt first. */
static smap_status view_file(const smap__map_reading *r, const char *source, const smap__schema *schema,
                             const smap__part *part, entry_rows *out, smap_error *err) {
    const smap_layer *raw = NULL, *adopted = NULL;
    const char *name = schema->name;
    smap__gate *gate = NULL;
    if (!smap__audience_sees_all(r->audience)) part = NULL;
    smap_status status = read_file(r, source, part, &raw, &out->in_frame, err);
    if (status == SMAP_OK && !raw->geometry)
        status = smap__fail(err, SMAP_E_ARGUMENT, source,
                            "%s has no geometry to draw; where its columns hold positions, import it first: sitemap "
                            "import %s -w WS.gpkg --to %s",
                            source, source, name);
    if (status == SMAP_OK) status = smap__workspace_adopt(r->ctx, name, raw, &adopted, err);
    if (status == SMAP_OK) status = smap__workspace_gate(r->workspace, r->audience, &gate, err);
    if (status == SMAP_OK) status = smap__gate_learn(gate, adopted, err);
    if (status == SMAP_OK) status = smap__gate_view(gate, schema, adopted, &out->rows, err);
    smap_layer_free(adopted);
    smap_layer_free(raw);
    return status;
}

smap_status smap__map_layer_check(smap_ctx *ctx, const char *name, const char *path, smap_error *err) {
    const smap__schema *schema;
    smap_error why = SMAP_ERROR_INIT;
    smap_status status = smap__schema_get(ctx, name, &schema, &why);
    if (status == SMAP_E_NOT_FOUND) return smap__fail(err, status, path, "%s: %s", path, why.message);
    if (status != SMAP_OK && err) *err = why;
    return status;
}

/* Only of a layer that is there is the style read first, for what it needs. */
static smap_status read_view(const smap__map_reading *r, const smap__json *entry, entry_rows *out, smap_error *err) {
    const char *name = smap__json_text(smap__json_get(entry, "layer"), "");
    const char *source = smap__pair_find(r->options->source, r->options->sources, name);
    smap__map_needs needs = { .where = smap__json_get(entry, "where"), .elements = r->elements };
    smap__part part = { smap__map_needs_field, &needs, r->frame };
    bool narrow = r->narrow && (source || smap__workspace_has(r->workspace, name));
    smap_status status = smap__schema_get(r->ctx, name, &needs.schema, err);
    if (status == SMAP_OK && narrow) status = read_style(r, entry, &out->style, err);
    if (status != SMAP_OK) return status;
    needs.style = out->style;
    if (source) return view_file(r, source, needs.schema, narrow ? &part : NULL, out, err);
    return smap__workspace_view_part(r->workspace, r->audience, name, narrow ? &part : NULL, &out->rows, &out->in_frame,
                                     err);
}

static void entry_release(entry_rows *rows) {
    smap_layer_free(rows->rows);
    smap__style_free(rows->style);
    *rows = (entry_rows){ 0 };
}

/* The rows of an entry's layer that the sheet shows. */
static smap_status read_rows(const smap__map_reading *r, const smap__json *entry, entry_rows *out, smap_error *err) {
    const char *name = smap__json_text(smap__json_get(entry, "layer"), "");
    const smap_layer *view;
    smap__row_filter wanted;
    smap_status status = smap__map_layer_check(r->ctx, name, r->path, err);
    if (status == SMAP_OK) status = read_view(r, entry, out, err);
    if (status != SMAP_OK) return status;
    view = out->rows;
    out->rows = NULL;
    status = smap__row_filter_make(smap__json_get(entry, "where"), name, view->table, view->geometry, r->choices->item,
                                   r->choices->count, r->path, &wanted, err);
    if (status == SMAP_OK) status = filter(view, is_wanted, &wanted, &out->rows, err);
    smap_layer_free(view);
    return status;
}

/* `rows` are some of those of `from`, whose style goes to the first that are added. */
static smap_status add(const smap__map_reading *reading, smap__map_layers *layers, const smap__json *entry, int index,
                       entry_rows *from, const smap_layer *rows, bool excerpt, smap_error *err) {
    const char *name = smap__json_text(smap__json_get(entry, "layer"), "");
    const smap__json *title = smap__json_get(entry, "title"), *share = smap__json_get(entry, "share");
    size_t capacity = (size_t)layers->capacity;
    if (smap_table_rows(rows->table) == 0) return SMAP_OK;
    if (!smap__grow(&layers->item, &capacity, (size_t)layers->count + 1, sizeof *layers->item))
        return smap__fail_memory(err);
    layers->capacity = (int)capacity;
    int64_t made_up = smap__count_synthetic(rows->table);
    smap__sheet_layer item = {
        .entry = index,
        .title_en = smap__arena_strdup(&layers->arena, smap__json_text(smap__json_get(title, "en"), name)),
        .title_ar = smap__arena_strdup(&layers->arena, smap__json_text(smap__json_get(title, "ar"), "")),
        .in_legend = smap__json_bool(smap__json_get(entry, "legend"), true),
        .is_base = smap__json_bool(smap__json_get(entry, "base"), false),
        .under_labels = smap__json_bool(smap__json_get(entry, "under_labels"), false),
        .off_extent = !smap__json_bool(smap__json_get(entry, "extent"), true),
        .uncounted = !smap__json_bool(smap__json_get(entry, "count"), true),
        .in_frame = from->in_frame,
        .excerpt = excerpt,
        .synthetic = made_up > 0,
        .some_real = made_up < smap_table_rows(rows->table)
    };
    const char *shared = smap__json_text(smap__json_get(share, "en"), NULL);
    if (shared) {
        item.share_en = smap__arena_strdup(&layers->arena, shared);
        item.share_ar = smap__arena_strdup(&layers->arena, smap__json_text(smap__json_get(share, "ar"), shared));
    }
    if (!item.title_en || !item.title_ar || (shared && (!item.share_en || !item.share_ar)))
        return smap__fail_memory(err);
    smap_status status = from->style ? SMAP_OK : read_style(reading, entry, &from->style, err);
    if (status != SMAP_OK) return status;
    item.style = from->style;
    from->style = NULL;
    item.layer = smap_layer_retain(rows);
    layers->item[layers->count++] = item;
    return SMAP_OK;
}

static smap_status add_split(const smap__map_reading *reading, smap__map_layers *layers, const smap__json *entry,
                             int index, entry_rows *from, smap_error *err) {
    for (int excerpt = 0; excerpt < 2; excerpt++) {
        const smap_layer *part = NULL;
        bool which = excerpt;
        smap_status status = filter(from->rows, keep_excerpt, &which, &part, err);
        if (status == SMAP_OK) status = add(reading, layers, entry, index, from, part, which, err);
        smap_layer_free(part);
        if (status != SMAP_OK) return status;
    }
    return SMAP_OK;
}

static void hide_few(const smap__audience *audience, smap__sheet_layer *layer) {
    if (smap__audience_hides_few(audience, layer->layer->name))
        layer->least = smap__audience_least(audience, &layer->mark);
}

smap_status smap__map_layers_read(const smap__map_reading *reading, const smap__json *entries, smap__map_layers *out,
                                  smap_error *err) {
    enum { MOST_LAYERS = 64 };
    smap__map_layers layers = { 0 };
    smap_status status = SMAP_OK;
    if (smap__json_size(entries) > MOST_LAYERS)
        return smap__fail(err, SMAP_E_LIMIT, "layers", "the sheet lists %zu layers; at most %d are drawn on one",
                          smap__json_size(entries), MOST_LAYERS);
    for (size_t i = 0; i < smap__json_size(entries) && status == SMAP_OK; i++) {
        const smap__json *entry = smap__json_item(entries, i);
        entry_rows rows = { 0 };
        status = read_rows(reading, entry, &rows, err);
        int first = layers.count;
        if (status == SMAP_OK) status = add_split(reading, &layers, entry, (int)i, &rows, err);
        for (int k = first; k < layers.count; k++) hide_few(reading->audience, &layers.item[k]);
        entry_release(&rows);
    }
    if (status == SMAP_OK)
        *out = layers;
    else
        smap__map_layers_release(&layers);
    return status;
}
