#include "job/publish_project.h"

#include <string.h>

#include "base/alloc.h"
#include "base/ctx.h"
#include "base/fail.h"
#include "col/cell.h"
#include "geo/crs.h"
#include "job/publish_split.h"

void smap__publish_project_release(smap__publish_project *p) {
    for (int i = 0; i < p->sheets; i++) smap__map_sheet_release(&p->sheet[i]);
    for (int i = 0; i < p->extras; i++) smap__style_free(p->extra[i]);
    smap__free(p->sheet);
    smap__free(p->layout);
    smap__free(p->layer);
    smap__free(p->relation);
    smap_crs_free(p->wgs84);
    smap__arena_release(&p->arena);
}

const char *smap__publish_label(smap__publish_project *p, const smap__json *label) {
    return smap__publish_words(&p->arena, p->lang, smap__json_text(smap__json_get(label, "en"), ""),
                               smap__json_text(smap__json_get(label, "ar"), ""));
}

/* ---- layers ---- */

static const struct {
    unsigned bit;
    const char *name;
} shapes[] = { { SMAP__SHAPE_POINT, "point" }, { SMAP__SHAPE_LINE, "line" }, { SMAP__SHAPE_POLYGON, "polygon" } };
enum { SHAPES = 3 };

static unsigned drawn_shapes(const smap__publish_layer *layer) {
    return layer->shapes & (SMAP__SHAPE_POINT | SMAP__SHAPE_LINE | SMAP__SHAPE_POLYGON);
}

static smap_status describe(smap__publish_project *p, const smap__publish_layer *from, smap__qgs_layer *layer,
                            smap_error *err) {
    smap__metadata metadata;
    char *xml = NULL;
    smap_status status = smap__publish_describe(p->metadata, from, &metadata, err);
    if (status == SMAP_OK) status = smap__metadata_project(&metadata, &xml, err);
    if (status != SMAP_OK) return status;
    layer->metadata = smap__arena_strdup(&p->arena, xml);
    smap__free(xml);
    return layer->metadata ? SMAP_OK : smap__fail_memory(err);
}

static smap_status add_layer(smap__publish_project *p, const smap__publish_layer *from, unsigned shape,
                             const char *subset, smap__qgs_layer **out, smap_error *err) {
    unsigned all = from->schema->shapes & ~(unsigned)SMAP__SHAPE_NONE;
    if (!smap__grow(&p->layer, &p->capacity, p->count + 1, sizeof *p->layer)) return smap__fail_memory(err);
    smap__qgs_layer *layer = &p->layer[p->count];
    *layer = (smap__qgs_layer){ .id = smap__arena_printf(&p->arena, "sitemap_%s_%03zu", from->view->name, p->count + 1),
                                .table = from->view->name,
                                .title = smap__publish_words(&p->arena, p->lang, from->schema->label.en,
                                                             from->schema->label.ar),
                                .subset = subset,
                                .shape = shape,
                                .mixed = shape != SMAP__SHAPE_NONE && (all != shape || drawn_shapes(from) != shape),
                                .schema = from->schema,
                                .style = from->style,
                                .box = SMAP_BOX_EMPTY };
    if (!layer->id || !layer->title || !subset) return smap__fail_memory(err);
    if (shape != SMAP__SHAPE_NONE) {
        layer->crs = from->view->geometry->crs ? from->view->geometry->crs : p->wgs84;
        layer->box = smap_geometry_extent(from->view->geometry);
    }
    p->count++;
    *out = layer;
    return describe(p, from, layer, err);
}

/* A layer of a result for each scenario, mode and so on, so that they do not lie over each other. */
static smap_status add_shape(smap__publish_project *p, const smap__publish_layer *from, unsigned shape,
                             const char *group, const char *title, smap_error *err) {
    smap__publish_split split = { 0 };
    smap_status status = smap__publish_split_make(p, from, shape, &split, err);
    for (int i = 0; i < split.count && status == SMAP_OK; i++) {
        smap__qgs_layer *layer = NULL;
        status = add_layer(p, from, shape, split.item[i].subset, &layer, err);
        if (status != SMAP_OK) break;
        layer->group = group;
        layer->title = split.count > 1 ? split.item[i].title : title;
        layer->subgroup = split.count > 1 ? title : NULL;
    }
    return status;
}

static smap_status add_table(smap__publish_project *p, const smap__publish_layer *from, const char *group,
                             smap_error *err) {
    const smap__json *words = smap__json_get(p->rules, "shape");
    const char *name = smap__publish_words(&p->arena, p->lang, from->schema->label.en, from->schema->label.ar);
    unsigned drawn = drawn_shapes(from);
    smap_status status = SMAP_OK;
    if (!name) return smap__fail_memory(err);
    if (!drawn) return add_shape(p, from, SMAP__SHAPE_NONE, group, name, err);
    for (int i = 0; i < SHAPES && status == SMAP_OK; i++) {
        const char *title = name;
        if (!(drawn & shapes[i].bit)) continue;
        if (drawn != shapes[i].bit)
            title = smap__arena_printf(&p->arena, "%s (%s)", name,
                                       smap__publish_label(p, smap__json_get(words, shapes[i].name)));
        status = title ? add_shape(p, from, shapes[i].bit, group, title, err) : smap__fail_memory(err);
    }
    return status;
}

static bool is_added(const smap__publish_project *p, const char *table) {
    for (size_t i = 0; i < p->count; i++)
        if (strcmp(p->layer[i].table, table) == 0) return true;
    return false;
}

static smap_status add_groups(smap__publish_project *p, smap_error *err) {
    const smap__json *groups = smap__json_get(p->rules, "groups");
    smap_status status = SMAP_OK;
    for (size_t g = 0; g < smap__json_size(groups); g++) {
        const smap__json *group = smap__json_item(groups, g), *names = smap__json_get(group, "layers");
        const char *title = smap__publish_label(p, smap__json_get(group, "title"));
        if (!title) return smap__fail_memory(err);
        for (size_t i = 0; i < smap__json_size(names) && status == SMAP_OK; i++) {
            const char *name = smap__json_text(smap__json_item(names, i), "");
            const smap__publish_layer *layer = smap__publish_layer_find(p->layers, name);
            if (layer && !is_added(p, name)) status = add_table(p, layer, title, err);
        }
        if (!smap__json_bool(smap__json_get(group, "rest"), false)) continue;
        for (int i = 0; i < p->layers->count && status == SMAP_OK; i++)
            if (!is_added(p, p->layers->item[i].view->name)) status = add_table(p, &p->layers->item[i], title, err);
    }
    return status;
}

/* ---- layers as layouts show them ---- */

static smap_status style_named(smap__publish_project *p, const char *name, const smap__style **out, smap_error *err) {
    const int most = (int)(sizeof p->extra / sizeof *p->extra);
    for (int i = 0; i < p->extras; i++) {
        if (strcmp(p->extra[i]->name, name) != 0) continue;
        *out = p->extra[i];
        return SMAP_OK;
    }
    if (p->extras == most)
        return smap__fail(err, SMAP_E_LIMIT, name, "the sheets use more than %d styles; take some out", most);
    smap_status status = smap__style_read_in(p->ctx, name, &p->layers->style.look, &p->extra[p->extras], err);
    if (status == SMAP_OK) *out = p->extra[p->extras++];
    return status;
}

smap_status smap__publish_shown_as(smap__publish_project *p, const char *table, unsigned shape, const char *style,
                                   const char *subset, int *index, smap_error *err) {
    const smap__publish_layer *from = smap__publish_layer_find(p->layers, table);
    smap__qgs_layer *layer = NULL;
    const smap__style *drawn = NULL;
    *index = -1;
    if (!from || !(from->shapes & shape)) return SMAP_OK;
    smap_status status = SMAP_OK;
    if (strcmp(style, table) != 0) status = style_named(p, style, &drawn, err);
    if (status != SMAP_OK) return status;
    if (!drawn) drawn = from->style;
    for (size_t i = 0; i < p->count && *index < 0; i++) {
        const smap__qgs_layer *l = &p->layer[i];
        if (strcmp(l->table, table) == 0 && l->shape == shape && l->style == drawn && strcmp(l->subset, subset) == 0)
            *index = (int)i;
    }
    if (*index >= 0) return SMAP_OK;
    status = add_layer(p, from, shape, subset, &layer, err);
    if (status != SMAP_OK) return status;
    layer->style = drawn;
    *index = (int)p->count - 1;
    return SMAP_OK;
}

/* ---- relations ---- */

static smap_status relate(smap__publish_project *p, int child, int parent, const smap__field *field,
                          const char *parent_field, smap_error *err) {
    if (!smap__grow(&p->relation, &p->relation_capacity, p->relations + 1, sizeof *p->relation))
        return smap__fail_memory(err);
    smap__qgs_relation r = { .id = smap__arena_printf(&p->arena, "%s_%s_%s", p->layer[parent].id, p->layer[child].id,
                                                      field->name),
                             .name = p->layer[child].title,
                             .child = child,
                             .parent = parent,
                             .child_field = field->name,
                             .parent_field = smap__arena_strdup(&p->arena, parent_field) };
    if (!r.id || !r.parent_field) return smap__fail_memory(err);
    p->relation[p->relations++] = r;
    return SMAP_OK;
}

static smap_status relate_field(smap__publish_project *p, int child, const smap__field *field, smap_error *err) {
    const char *dot = strchr(field->refers, '.');
    smap_status status = SMAP_OK;
    if (!dot) return SMAP_OK;
    size_t len = (size_t)(dot - field->refers);
    for (size_t i = 0; i < p->count && status == SMAP_OK; i++) {
        const smap__qgs_layer *parent = &p->layer[i];
        if (!parent->group || *parent->subset || strncmp(parent->table, field->refers, len) != 0 || parent->table[len])
            continue;
        if (smap__schema_field(parent->schema, dot + 1)) status = relate(p, child, (int)i, field, dot + 1, err);
    }
    return status;
}

static smap_status add_relations(smap__publish_project *p, smap_error *err) {
    smap_status status = SMAP_OK;
    for (size_t i = 0; i < p->count && status == SMAP_OK; i++) {
        const smap__qgs_layer *child = &p->layer[i];
        if (!child->group) continue;
        for (int f = 0; f < child->schema->fields && status == SMAP_OK; f++)
            status = relate_field(p, (int)i, &child->schema->field[f], err);
    }
    return status;
}

/* ---- the whole ---- */

/* Topmost first: those that the list names in its order, then the others as they stand in the tree. */
static int *draw_order(smap__publish_project *p) {
    const smap__json *list = smap__json_get(p->rules, "draw_order");
    int *order = smap__arena_alloc(&p->arena, (p->count + 1) * sizeof *order);
    bool *done = smap__arena_alloc(&p->arena, p->count + 1);
    size_t n = 0;
    if (!order || !done) return NULL;
    memset(done, 0, p->count + 1);
    for (size_t k = 0; k <= smap__json_size(list); k++) {
        const char *name = smap__json_text(smap__json_item(list, k), NULL);
        for (size_t i = 0; i < p->count; i++) {
            if (done[i] || (name && strcmp(p->layer[i].table, name) != 0)) continue;
            order[n++] = (int)i;
            done[i] = true;
        }
    }
    return order;
}

/* The tree shows what the first layout does. */
static void show_as_on_sheet(smap__publish_project *p) {
    const smap__qgs_layout *first = p->layouts ? &p->layout[0] : NULL;
    for (int i = 0; first && i < first->map_layers; i++)
        for (size_t k = 0; k < p->count; k++)
            if (strcmp(p->layer[k].table, p->layer[first->map_layer[i]].table) == 0 && p->layer[k].group)
                p->layer[k].shown = true;
    for (size_t k = 0; !first && k < p->count; k++) p->layer[k].shown = true;
}

static smap_status view_of(smap__publish_project *p, smap__qgs *project) {
    project->crs = p->wgs84;
    project->view = SMAP_BOX_EMPTY;
    for (size_t i = 0; i < p->count; i++) {
        smap_box b = p->layer[i].box;
        if (!(b.xmin <= b.xmax)) continue;
        if (b.xmin < project->view.xmin) project->view.xmin = b.xmin;
        if (b.ymin < project->view.ymin) project->view.ymin = b.ymin;
        if (b.xmax > project->view.xmax) project->view.xmax = b.xmax;
        if (b.ymax > project->view.ymax) project->view.ymax = b.ymax;
    }
    if (!(project->view.xmin <= project->view.xmax)) project->view = (smap_box){ -180, -90, 180, 90 };
    if (p->sheets) {
        project->crs = p->sheet[0].sheet->map.crs;
        project->view = p->sheet[0].sheet->map.box;
    }
    return SMAP_OK;
}

/* The round scales of the first sheet, from its least one to those of the whole earth. */
static smap_status scales_of(smap__publish_project *p, smap__qgs *project, smap_error *err) {
    enum { POWERS = 9 };
    if (!p->sheets) return SMAP_OK;
    const smap__json *scale = smap__json_get(smap__json_root(p->sheet[0].file.doc), "scale");
    const smap__json *mantissa = smap__json_get(scale, "mantissa");
    double least = smap__json_number(smap__json_get(scale, "least_denominator"), 1);
    size_t n = smap__json_size(mantissa);
    double *list = smap__arena_alloc(&p->arena, (n * POWERS + 1) * sizeof *list), power = 1;
    if (!list) return smap__fail_memory(err);
    for (int k = 0; k < POWERS; k++, power *= 10)
        for (size_t i = 0; i < n; i++) {
            double value = smap__json_number(smap__json_item(mantissa, i), 1) * power;
            if (value >= least) list[project->scales++] = value;
        }
    project->scale = list;
    return SMAP_OK;
}

smap_status smap__publish_project_write(smap__publish_project *p, const char *file, int64_t date_ms, char **qgs,
                                        smap_error *err) {
    char date[32];
    p->lang = p->options->common.lang ? p->options->common.lang : "both";
    smap__format_timestamp(date_ms, date);
    date[19] = '\0';
    smap_status status = smap__crs_wgs84(p->ctx, &p->wgs84, err);
    if (status == SMAP_OK) status = add_groups(p, err);
    if (status == SMAP_OK) status = smap__publish_layouts(p, err);
    if (status == SMAP_OK) status = add_relations(p, err);
    if (status != SMAP_OK) return status;
    show_as_on_sheet(p);
    const char *title = p->options->title;
    if (!title) title = smap__publish_label(p, smap__json_get(p->rules, "title"));
    smap__qgs project = { .file = file,
                          .title = title,
                          .abstract = smap__audience_tag(p->audience, p->lang),
                          .author = "",
                          .lang = p->lang,
                          .date = date,
                          .layer = p->layer,
                          .layers = (int)p->count,
                          .draw_order = draw_order(p),
                          .relation = p->relation,
                          .relations = (int)p->relations,
                          .layout = p->layout,
                          .layouts = p->layouts };
    if (!title || !project.draw_order) return smap__fail_memory(err);
    status = view_of(p, &project);
    if (status == SMAP_OK) status = scales_of(p, &project, err);
    return status == SMAP_OK ? smap__qgs_write(p->ctx, &project, qgs, err) : status;
}
