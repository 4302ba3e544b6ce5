/* The sheets that data/publish.json names as print layouts, and one of them as an atlas. */
#include <string.h>

#include "base/alloc.h"
#include "base/ctx.h"
#include "base/fail.h"
#include "col/cell.h"
#include "draw/draw.h"
#include "job/publish_project.h"
#include "job/publish_split.h"

/* ---- what an entry of a sheet shows, as a condition ---- */

static const char *chosen_value(const smap__map_choices *choices, const char *key) {
    for (int i = 0; i < choices->count; i++)
        if (strcmp(choices->item[i].key, key) == 0) return choices->item[i].value;
    return NULL;
}

static unsigned shapes_named(const smap__json *names) {
    unsigned shapes = 0;
    for (size_t i = 0; i < smap__json_size(names); i++) {
        const char *name = smap__json_text(smap__json_item(names, i), "");
        if (strcmp(name, "point") == 0) shapes |= SMAP__SHAPE_POINT;
        if (strcmp(name, "line") == 0) shapes |= SMAP__SHAPE_LINE;
        if (strcmp(name, "polygon") == 0) shapes |= SMAP__SHAPE_POLYGON;
    }
    return shapes;
}

/* See sheet/row_filter.h for the tests there are. */
static void put_row_test(const smap__json *test, const smap__map_choices *choices, smap__str *out) {
    const char *column = smap__json_text(smap__json_get(test, "column"), NULL);
    const char *key = smap__json_text(smap__json_get(test, "chosen"), NULL);
    const char *equals = smap__json_text(smap__json_get(test, "equals"), NULL);
    const smap__json *most = smap__json_get(test, "at_most");
    bool or_null = smap__json_bool(smap__json_get(test, "or_null"), false);
    smap__str number = SMAP__STR_INIT;
    if (column && key) equals = chosen_value(choices, key);
    if (!column || (!equals && !most)) return; /* of shapes, of what was chosen alone, or nothing was */
    if (out->len) smap__str_put(out, " AND ");
    if (or_null) smap__str_put_char(out, '(');
    if (equals) {
        smap__publish_put_test(out, column, "=", equals);
    } else {
        smap__str_put_real(&number, smap__json_number(most, 0));
        smap__publish_put_test(out, column, "<=", number.data ? number.data : "");
    }
    if (or_null) smap__str_printf(out, " OR \"%s\" IS NULL)", column);
    out->failed = out->failed || number.failed;
    smap__str_release(&number);
}

smap_status smap__publish_where(smap__publish_project *p, const smap__json *where, const smap__map_choices *choices,
                                const char **out, unsigned *shapes, smap_error *err) {
    smap__str text = SMAP__STR_INIT;
    size_t tests = smap__json_is_array(where) ? smap__json_size(where) : where != NULL;
    for (size_t i = 0; i < tests; i++) {
        const smap__json *test = smap__json_is_array(where) ? smap__json_item(where, i) : where;
        const smap__json *geometry = smap__json_get(test, "geometry");
        if (geometry) *shapes &= shapes_named(geometry);
        put_row_test(test, choices, &text);
    }
    *out = text.failed ? NULL : smap__arena_strdup(&p->arena, text.data ? text.data : "");
    smap__str_release(&text);
    return *out ? SMAP_OK : smap__fail_memory(err);
}

/* ---- the layers of a map ---- */

/* Layers of the project, and which of the sheet's each is. */
typedef struct shown {
    int *item, *of;
    size_t count, item_capacity, of_capacity;
} shown;

static smap_status add_shown(shown *out, int index, int of, smap_error *err) {
    if (!smap__grow(&out->item, &out->item_capacity, out->count + 1, sizeof *out->item) ||
        !smap__grow(&out->of, &out->of_capacity, out->count + 1, sizeof *out->of))
        return smap__fail_memory(err);
    out->item[out->count] = index;
    out->of[out->count++] = of;
    return SMAP_OK;
}

/* Of an entry partly of an excerpt the sheet makes two layers. */
static bool is_split(const smap__map_layers *read, int which) {
    for (int i = 0; i < read->count; i++)
        if (i != which && read->item[i].entry == read->item[which].entry) return true;
    return false;
}

static void put_excerpt(smap__str *subset, bool excerpt) {
    if (subset->len) smap__str_put(subset, " AND ");
    smap__str_put(subset, excerpt ? "" : "(");
    smap__publish_put_test(subset, "completeness", excerpt ? "=" : "<>", "excerpt");
    smap__str_put(subset, excerpt ? "" : " OR \"completeness\" IS NULL)");
}

static smap_status add_entry(smap__publish_project *p, const smap__map_sheet *map, const smap__map_layers *read,
                             int which, const smap__json *entry, shown *out, smap_error *err) {
    static const unsigned order[] = { SMAP__SHAPE_POINT, SMAP__SHAPE_LINE, SMAP__SHAPE_POLYGON };
    const char *table = smap__json_text(smap__json_get(entry, "layer"), ""), *rows = "";
    const char *style = smap__json_text(smap__json_get(entry, "style"), table);
    unsigned shapes = SMAP__SHAPE_POINT | SMAP__SHAPE_LINE | SMAP__SHAPE_POLYGON;
    smap__str subset = SMAP__STR_INIT;
    smap_status status = smap__publish_where(p, smap__json_get(entry, "where"), &map->choices, &rows, &shapes, err);
    if (status != SMAP_OK) return status;
    smap__str_put(&subset, rows);
    if (is_split(read, which)) put_excerpt(&subset, read->item[which].excerpt);
    rows = subset.failed ? NULL : smap__arena_strdup(&p->arena, subset.data ? subset.data : "");
    smap__str_release(&subset);
    if (!rows) return smap__fail_memory(err);
    for (int i = 0; i < 3 && status == SMAP_OK; i++) {
        int index = -1;
        if (!(shapes & order[i])) continue;
        status = smap__publish_shown_as(p, table, order[i], style, rows, &index, err);
        if (status == SMAP_OK && index >= 0) status = add_shown(out, index, which, err);
    }
    return status;
}

static const int *kept(smap__publish_project *p, const int *item, size_t count) {
    int *copy = smap__arena_alloc(&p->arena, (count + 1) * sizeof *copy);
    if (copy && count) memcpy(copy, item, count * sizeof *copy);
    return copy;
}

/* What was read for a list of the sheet file, bottom first: topmost first, in the arena; *of tells of each which layer
 * of the sheet it is. */
static smap_status shown_layers(smap__publish_project *p, const smap__map_sheet *map, const smap__map_layers *read,
                                const char *list, const int **out, const int **of, int *count, smap_error *err) {
    const smap__json *entries = smap__json_get(smap__json_root(map->file.doc), list);
    shown found = { 0 };
    smap_status status = SMAP_OK;
    for (int i = read->count; i-- > 0 && status == SMAP_OK;)
        status = add_entry(p, map, read, i, smap__json_item(entries, (size_t)read->item[i].entry), &found, err);
    *out = kept(p, found.item, found.count);
    *of = kept(p, found.of, found.count);
    if (status == SMAP_OK && (!*out || !*of)) status = smap__fail_memory(err);
    smap__free(found.item);
    smap__free(found.of);
    *count = (int)found.count;
    return status;
}

/* ---- the atlas ---- */

static void put_areas_with_rows(smap__publish_project *p, const smap__qgs_layout *layout, smap__str *out) {
    int tests = 0;
    for (int i = 0; i < layout->map_layers; i++) {
        const smap__qgs_layer *l = &p->layer[layout->map_layer[i]];
        if (layout->sheet->layer[layout->map_shows[i]].is_base) continue;
        smap__str_printf(out, "%soverlay_intersects('%s')", tests++ ? " OR " : "", l->id);
    }
}

/* A page for each area of the lowest level in which something lies. */
static const char *atlas_filter(smap__publish_project *p, const smap__qgs_layout *layout,
                                const smap__publish_layer *areas, const char *level) {
    const smap_column *c = smap_table_find(areas->view->table, level);
    smap__str filter = SMAP__STR_INIT, rows = SMAP__STR_INIT;
    double lowest = 0, value;
    for (int64_t i = 0; c && i < c->count; i++)
        if (smap__cell_number(c, i, &value) && value > lowest) lowest = value;
    if (c) {
        smap__str_printf(&filter, "\"%s\" = ", level);
        smap__str_put_real(&filter, lowest);
    }
    put_areas_with_rows(p, layout, &rows);
    if (rows.len) smap__str_printf(&filter, "%s(%s)", filter.len ? " AND " : "", rows.data);
    bool failed = filter.failed || rows.failed;
    const char *kept = failed ? NULL : smap__arena_strdup(&p->arena, filter.data ? filter.data : "");
    smap__str_release(&filter);
    smap__str_release(&rows);
    return kept;
}

/* Where no page is shown there is no feature: columns of none are no error but nothing. */
static const char *name_on_page(smap__publish_project *p, const char *first, const char *second, const char *third) {
    return smap__arena_printf(&p->arena,
                              "attribute(@atlas_feature, '%s'), attribute(@atlas_feature, '%s'), "
                              "attribute(@atlas_feature, '%s')",
                              first, second, third);
}

static void find_place(const smap__map_sheet *map, smap__qgs_atlas *atlas) {
    for (size_t i = 0; i < map->texts.count; i++) {
        if (strcmp(map->texts.item[i].key, "area") != 0) continue;
        atlas->place[SMAP__EN] = map->texts.item[i].en;
        atlas->place[SMAP__AR] = map->texts.item[i].ar;
    }
}

static smap_status add_atlas(smap__publish_project *p, const smap__map_sheet *map, const char *name, smap_error *err) {
    const smap__json *rule = smap__json_get(p->rules, "atlas");
    const char *table = smap__json_text(smap__json_get(rule, "layer"), "");
    const char *en = smap__json_text(smap__json_get(rule, "name_en"), ""),
               *ar = smap__json_text(smap__json_get(rule, "name_ar"), ""),
               *key = smap__json_text(smap__json_get(rule, "key"), "");
    const smap__publish_layer *areas = smap__publish_layer_find(p->layers, table);
    const smap__qgs_layout *whole = &p->layout[p->layouts - 1];
    smap__qgs_atlas *atlas = smap__arena_alloc(&p->arena, sizeof *atlas);
    int index = -1;
    smap_status status =
        atlas ? smap__publish_shown_as(p, table, SMAP__SHAPE_POLYGON, table, "", &index, err) : smap__fail_memory(err);
    if (status != SMAP_OK || index < 0) return status;
    *atlas =
        (smap__qgs_atlas){ .layer = index,
                           .filter = atlas_filter(p, whole, areas, smap__json_text(smap__json_get(rule, "level"), "")),
                           .name = { name_on_page(p, en, ar, key), name_on_page(p, ar, en, key) },
                           .page_name = smap__arena_printf(&p->arena, "coalesce(\"%s\", \"%s\", \"%s\")", en, ar, key),
                           .sort = smap__arena_strdup(&p->arena, key) };
    if (!atlas->filter || !atlas->name[0] || !atlas->name[1] || !atlas->page_name || !atlas->sort)
        return smap__fail_memory(err);
    find_place(map, atlas);
    p->layout[p->layouts] = *whole;
    p->layout[p->layouts].name = name;
    p->layout[p->layouts].atlas = atlas;
    p->layouts++;
    return SMAP_OK;
}

/* ---- the sheets ---- */

/* Texts that any sheet may have; other keys of --set are for the first one, which --title names too. */
static bool is_common(const smap__publish_project *p, const char *key) {
    const smap__json *keys = smap__json_get(p->rules, "sheet_texts");
    for (size_t i = 0; i < smap__json_size(keys); i++) {
        const char *known = smap__json_text(smap__json_item(keys, i), "");
        size_t len = strlen(known);
        if (strncmp(key, known, len) == 0 &&
            (!key[len] || strcmp(key + len, "_en") == 0 || strcmp(key + len, "_ar") == 0))
            return true;
    }
    return false;
}

static smap_status add_layout(smap__publish_project *p, smap__map_sheet *map, const char *title, smap_error *err) {
    smap__qgs_layout *layout = &p->layout[p->layouts];
    smap__placed *placed = smap__arena_alloc(&p->arena, sizeof *placed);
    if (!placed || !title) return smap__fail_memory(err);
    *layout = (smap__qgs_layout){ .name = title, .sheet = map->sheet, .placed = placed };
    smap_status status = smap__draw_placed(p->ctx, map->sheet, &p->arena, placed, err);
    const int *of_inset;
    if (status == SMAP_OK)
        status = shown_layers(p, map, &map->layers, "layers", &layout->map_layer, &layout->map_shows,
                              &layout->map_layers, err);
    for (int i = 0; i < SMAP__INSETS && status == SMAP_OK; i++)
        status = shown_layers(p, map, &map->inset[i], smap__inset_lists[i], &layout->inset[i].layer, &of_inset,
                              &layout->inset[i].layers, err);
    if (status == SMAP_OK && layout->map_layers) p->layouts++;
    return status;
}

/* SMAP_E_NOT_FOUND: the sheet shows what is not there, such as the results of a command that was not run. */
static smap_status compose(smap__publish_project *p, const char *name, smap__map_sheet *map, smap_error *err) {
    const smap_publish_options *o = p->options;
    smap_map_options options = SMAP_MAP_OPTIONS_INIT;
    smap_pair *set = smap__arena_alloc(&p->arena, ((size_t)o->sets + 1) * sizeof *set);
    if (!set) return smap__fail_memory(err);
    for (int i = 0; i < o->sets; i++)
        if (p->sheets == 0 || is_common(p, o->set[i].key)) set[options.sets++] = o->set[i];
    options.common = o->common;
    options.area = o->area;
    options.extent = o->extent;
    options.title = p->sheets == 0 ? o->title : NULL;
    options.set = set;
    smap_status status = smap__map_sheet_open(p->ctx, name, NULL, map, err);
    return status == SMAP_OK ? smap__map_sheet_compose(p->ctx, p->workspace, p->audience, &options, map, err) : status;
}

/* "needs" of a sheet: layers one of which at least must be published. */
static bool has_needed(const smap__publish_project *p, const smap__json *needs) {
    size_t count = smap__json_size(needs);
    for (size_t i = 0; i < count; i++)
        if (smap__publish_layer_find(p->layers, smap__json_text(smap__json_item(needs, i), ""))) return true;
    return count == 0;
}

/* An area or an extent that the user named must be there. */
static bool is_asked(const smap_publish_options *o) {
    return o->area || o->extent;
}

smap_status smap__publish_layouts(smap__publish_project *p, smap_error *err) {
    const smap__json *sheets = smap__json_get(p->rules, "sheets");
    size_t count = smap__json_size(sheets);
    smap_status status = SMAP_OK;
    p->sheet = smap__zalloc(count + 1, sizeof *p->sheet);
    p->layout = smap__zalloc(2 * count + 1, sizeof *p->layout);
    if (!p->sheet || !p->layout) return smap__fail_memory(err);
    for (size_t i = 0; i < count && status == SMAP_OK; i++) {
        const smap__json *sheet = smap__json_item(sheets, i);
        const char *name = smap__json_text(smap__json_get(sheet, "sheet"), "");
        smap__map_sheet *map = &p->sheet[p->sheets];
        smap_error why = SMAP_ERROR_INIT;
        if (!has_needed(p, smap__json_get(sheet, "needs"))) continue;
        status = compose(p, name, map, &why);
        if (status == SMAP_OK) {
            p->sheets++;
            const smap__json *atlas = smap__json_get(sheet, "atlas");
            int before = p->layouts;
            status = add_layout(p, map, smap__publish_label(p, smap__json_get(sheet, "title")), err);
            if (status == SMAP_OK && atlas && p->layouts > before)
                status = add_atlas(p, map, smap__publish_label(p, atlas), err);
            continue;
        }
        smap__map_sheet_release(map);
        if ((status == SMAP_E_NOT_FOUND && !(is_asked(p->options) && i == 0)) || status == SMAP_E_REFUSED) {
            smap__log(p->ctx, SMAP_LOG_INFO, "no layout %s: %s", name, why.message);
            status = SMAP_OK;
        } else if (err) {
            *err = why;
        }
    }
    return status;
}
