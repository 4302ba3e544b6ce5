#include "qgis/qgs.h"

#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "qgis/qgs_parts.h"

void smap__qgs_put_text(smap__str *out, const char *name, const char *text) {
    smap__str_printf(out, "<%s>", name);
    smap__str_put_xml(out, text, strlen(text));
    smap__str_printf(out, "</%s>\n", name);
}

static void put_real_text(smap__str *out, const char *name, double value) {
    smap__str_printf(out, "<%s>", name);
    smap__str_put_real(out, value);
    smap__str_printf(out, "</%s>", name);
}

void smap__qgs_put_crs(smap__str *out, const smap_crs *crs) {
    smap__str_put(out, "<spatialrefsys nativeFormat=\"Wkt\">");
    smap__qgs_put_text(out, "wkt", smap_crs_wkt(crs));
    /* QGIS finds its own number by the code; it must only not be 0. */
    smap__str_put(out, "<proj4></proj4><srsid>1</srsid>");
    smap__str_printf(out, "<srid>%d</srid>", smap_crs_code(crs));
    if (smap_crs_code(crs) > 0)
        smap__str_printf(out, "<authid>%s:%d</authid>", smap_crs_authority(crs), smap_crs_code(crs));
    else
        smap__str_put(out, "<authid></authid>");
    smap__qgs_put_text(out, "description", smap_crs_name(crs));
    smap__qgs_put_text(out, "geographicflag", smap_crs_is_geographic(crs) ? "true" : "false");
    smap__str_put(out, "</spatialrefsys>\n");
}

static void put_extent(smap__str *out, smap_box box) {
    smap__str_put(out, "<extent>");
    put_real_text(out, "xmin", box.xmin);
    put_real_text(out, "ymin", box.ymin);
    put_real_text(out, "xmax", box.xmax);
    put_real_text(out, "ymax", box.ymax);
    smap__str_put(out, "</extent>\n");
}

/* ---- sources ---- */

static const char *geometry_name(unsigned shape) {
    return shape == SMAP__SHAPE_POINT ? "Point" : shape == SMAP__SHAPE_LINE ? "LineString" : "Polygon";
}

void smap__qgs_put_source(smap__str *out, const smap__qgs *project, const smap__qgs_layer *layer) {
    smap__str source = SMAP__STR_INIT;
    smap__str_printf(&source, "./%s|layername=%s", project->file, layer->table);
    if (layer->mixed) smap__str_printf(&source, "|geometrytype=%s", geometry_name(layer->shape));
    if (*layer->subset) smap__str_printf(&source, "|subset=%s", layer->subset);
    if (source.failed)
        out->failed = true;
    else
        smap__str_put_xml(out, source.data, source.len);
    smap__str_release(&source);
}

/* ---- one layer ---- */

static void put_layer_start(smap__str *out, const smap__qgs_layer *layer) {
    const char *kind = layer->shape == SMAP__SHAPE_POINT     ? "Point"
                       : layer->shape == SMAP__SHAPE_LINE    ? "Line"
                       : layer->shape == SMAP__SHAPE_POLYGON ? "Polygon"
                                                             : "No geometry";
    bool labels = layer->style && smap__qml_has_labels(layer->style);
    smap__str_put(out, "<maplayer type=\"vector\" autoRefreshEnabled=\"0\" hasScaleBasedVisibilityFlag=\"0\" "
                       "readOnly=\"0\" simplifyDrawingHints=\"1\" simplifyLocal=\"1\" simplifyMaxScale=\"1\" "
                       "simplifyDrawingTol=\"1\" simplifyAlgorithm=\"0\"");
    smap__qml_put_attribute(out, "geometry", kind);
    smap__qml_put_attribute(out, "labelsEnabled", labels ? "1" : "0");
    smap__str_put(out, ">\n");
}

smap_status smap__qgs_put_layer(smap_ctx *ctx, smap__str *out, const smap__qgs *project, const smap__qgs_layer *layer,
                                smap_error *err) {
    const smap__qml_options options = { .schema = layer->schema, .shape = layer->shape, .lang = project->lang };
    put_layer_start(out, layer);
    if (layer->box.xmin <= layer->box.xmax) put_extent(out, layer->box);
    smap__qgs_put_text(out, "id", layer->id);
    smap__str_put(out, "<datasource>");
    smap__qgs_put_source(out, project, layer);
    smap__str_put(out, "</datasource>\n");
    smap__qgs_put_text(out, "layername", layer->title);
    if (layer->crs) {
        smap__str_put(out, "<srs>");
        smap__qgs_put_crs(out, layer->crs);
        smap__str_put(out, "</srs>\n");
    }
    if (layer->metadata) smap__str_put(out, layer->metadata);
    smap__str_put(out, "<provider encoding=\"UTF-8\">ogr</provider>\n<flags><Identifiable>1</Identifiable>"
                       "<Removable>1</Removable><Searchable>1</Searchable>");
    smap__qgs_put_text(out, "Private", layer->group ? "0" : "1");
    smap__str_put(out, "</flags>\n");
    smap_status status = smap__qml_put_body(ctx, out, layer->style, &options, err);
    smap__str_put(out, "</maplayer>\n");
    return status;
}

/* ---- the tree ---- */

void smap__qgs_put_tree_layer(smap__str *out, const smap__qgs *project, const smap__qgs_layer *layer,
                              const char *options) {
    smap__str_put(out, "<layer-tree-layer providerKey=\"ogr\" expanded=\"0\" patch_size=\"-1,-1\" "
                       "legend_split_behavior=\"0\" legend_exp=\"\"");
    smap__qml_put_attribute(out, "id", layer->id);
    smap__qml_put_attribute(out, "name", layer->title);
    smap__qml_put_attribute(out, "checked", layer->shown ? "Qt::Checked" : "Qt::Unchecked");
    smap__str_put(out, " source=\"");
    smap__qgs_put_source(out, project, layer);
    smap__str_put(out, "\"><customproperties><Option type=\"Map\">");
    smap__str_put(out, options);
    smap__str_put(out, "</Option></customproperties></layer-tree-layer>\n");
}

static const char COUNTED[] = "<Option name=\"showFeatureCount\" type=\"int\" value=\"1\"/>";

/* Of a group in which one layer is shown at a time, the shown one is told by its place. */
static void put_group_start(smap__str *out, const char *title, bool shown, int exclusive_child) {
    smap__str_put(out, "<layer-tree-group groupLayer=\"\"");
    smap__qml_put_attribute(out, "name", title);
    smap__qml_put_attribute(out, "checked", shown ? "Qt::Checked" : "Qt::Unchecked");
    smap__qml_put_attribute(out, "expanded", shown && exclusive_child == -2 ? "1" : "0");
    if (exclusive_child >= -1)
        smap__str_printf(out, " mutually-exclusive=\"1\" mutually-exclusive-child=\"%d\"", exclusive_child);
    smap__str_put(out, "><customproperties><Option/></customproperties>\n");
}

static bool same(const char *a, const char *b) {
    return a == b || (a && b && strcmp(a, b) == 0);
}

static int put_subgroup(smap__str *out, const smap__qgs *p, int first) {
    const char *group = p->layer[first].group, *title = p->layer[first].subgroup;
    int end = first, shown = -1;
    for (; end < p->layers && same(p->layer[end].group, group) && same(p->layer[end].subgroup, title); end++)
        if (p->layer[end].shown && shown < 0) shown = end - first;
    put_group_start(out, title, shown >= 0, shown);
    for (int i = first; i < end; i++) smap__qgs_put_tree_layer(out, p, &p->layer[i], COUNTED);
    smap__str_put(out, "</layer-tree-group>\n");
    return end;
}

static int put_group(smap__str *out, const smap__qgs *p, int first) {
    const char *title = p->layer[first].group;
    bool shown = false;
    int i;
    for (i = first; i < p->layers && same(p->layer[i].group, title); i++) shown = shown || p->layer[i].shown;
    put_group_start(out, title, shown, -2);
    for (i = first; i < p->layers && same(p->layer[i].group, title);) {
        if (p->layer[i].subgroup)
            i = put_subgroup(out, p, i);
        else
            smap__qgs_put_tree_layer(out, p, &p->layer[i++], COUNTED);
    }
    smap__str_put(out, "</layer-tree-group>\n");
    return i;
}

static void put_tree(smap__str *out, const smap__qgs *p) {
    smap__str_put(out, "<layer-tree-group><customproperties><Option/></customproperties>\n");
    for (int i = 0; i < p->layers;) i = p->layer[i].group ? put_group(out, p, i) : i + 1;
    smap__str_put(out, "<custom-order enabled=\"1\">");
    for (int i = 0; i < p->layers; i++)
        if (p->layer[p->draw_order[i]].group) smap__qgs_put_text(out, "item", p->layer[p->draw_order[i]].id);
    smap__str_put(out, "</custom-order>\n</layer-tree-group>\n");
}

/* ---- the document ---- */

static void put_relations(smap__str *out, const smap__qgs *p) {
    smap__str_put(out, "<relations>\n");
    for (int i = 0; i < p->relations; i++) {
        const smap__qgs_relation *r = &p->relation[i];
        smap__str_put(out, "<relation strength=\"Association\"");
        smap__qml_put_attribute(out, "id", r->id);
        smap__qml_put_attribute(out, "name", r->name);
        smap__qml_put_attribute(out, "referencingLayer", p->layer[r->child].id);
        smap__qml_put_attribute(out, "referencedLayer", p->layer[r->parent].id);
        smap__str_put(out, "><fieldRef");
        smap__qml_put_attribute(out, "referencingField", r->child_field);
        smap__qml_put_attribute(out, "referencedField", r->parent_field);
        smap__str_put(out, "/></relation>\n");
    }
    smap__str_put(out, "</relations>\n");
}

static void put_canvas(smap__str *out, const smap__qgs *p) {
    smap__str_put(out, "<mapcanvas name=\"theMapCanvas\" annotationsVisible=\"1\"><units>meters</units>\n");
    put_extent(out, p->view);
    smap__str_put(out, "<rotation>0</rotation><destinationsrs>");
    smap__qgs_put_crs(out, p->crs);
    smap__str_put(out, "</destinationsrs></mapcanvas>\n");
}

static void put_metadata(smap__str *out, const smap__qgs *p) {
    smap__str_put(out, "<projectMetadata>");
    smap__qgs_put_text(out, "title", p->title);
    smap__qgs_put_text(out, "abstract", p->abstract);
    smap__qgs_put_text(out, "author", p->author);
    smap__qgs_put_text(out, "creation", p->date);
    smap__str_put(out, "</projectMetadata>\n");
}

/* Pages of an atlas take the smallest of these that shows their area. */
static void put_scales(smap__str *out, const smap__qgs *p) {
    if (!p->scales) return;
    smap__str_put(out, "<ProjectViewSettings UseProjectScales=\"1\"><Scales>");
    for (int i = 0; i < p->scales; i++) {
        smap__str_put(out, "<Scale");
        smap__qml_put_number(out, "Value", p->scale[i]);
        smap__str_put(out, "/>");
    }
    smap__str_put(out, "</Scales></ProjectViewSettings>\n");
}

/* The ground of the map on the first sheet; white where there is none. */
static smap__colour ground_of(const smap__qgs *p) {
    const smap__sheet *s = p->layouts ? p->layout[0].sheet : NULL;
    for (int i = 0; s && i < s->elements; i++)
        if (s->element[i].kind == SMAP__ELEMENT_MAP && s->element[i].filled) return s->element[i].fill;
    return (smap__colour){ 255, 255, 255, 1 };
}

static void put_properties(smap__str *out, const smap__qgs *p) {
    smap__colour ground = ground_of(p);
    smap__str_printf(out,
                     "<properties><Gui><CanvasColorRedPart type=\"int\">%d</CanvasColorRedPart>"
                     "<CanvasColorGreenPart type=\"int\">%d</CanvasColorGreenPart>"
                     "<CanvasColorBluePart type=\"int\">%d</CanvasColorBluePart></Gui>",
                     ground.r, ground.g, ground.b);
    smap__str_put(out,
                  "<SpatialRefSys><ProjectionsEnabled type=\"int\">1</ProjectionsEnabled>"
                  "</SpatialRefSys><Paths><Absolute type=\"bool\">false</Absolute></Paths>"
                  "<Measure><Ellipsoid type=\"QString\">EPSG:7030</Ellipsoid></Measure>"
                  "<PositionPrecision><Automatic type=\"bool\">true</Automatic></PositionPrecision></properties>\n");
}

smap_status smap__qgs_write(smap_ctx *ctx, const smap__qgs *p, char **out, smap_error *err) {
    smap__str text = SMAP__STR_INIT;
    smap_status status = SMAP_OK;
    smap__str_put(&text, "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n<qgis version=\"3.22.0\"");
    smap__qml_put_attribute(&text, "projectname", p->title);
    smap__str_put(&text, ">\n<homePath path=\"\"/>\n");
    smap__qgs_put_text(&text, "title", p->title);
    smap__str_put(&text, "<projectCrs>");
    smap__qgs_put_crs(&text, p->crs);
    smap__str_put(&text, "</projectCrs>\n");
    put_tree(&text, p);
    put_relations(&text, p);
    put_canvas(&text, p);
    smap__str_put(&text, "<projectlayers>\n");
    for (int i = 0; i < p->layers && status == SMAP_OK; i++)
        status = smap__qgs_put_layer(ctx, &text, p, &p->layer[i], err);
    smap__str_put(&text, "</projectlayers>\n");
    put_properties(&text, p);
    put_scales(&text, p);
    put_metadata(&text, p);
    smap__str_put(&text, "<Layouts>\n");
    for (int i = 0; i < p->layouts; i++) smap__qgs_put_layout(&text, p, &p->layout[i], i + 1);
    smap__str_put(&text, "</Layouts>\n</qgis>\n");
    char *taken = status == SMAP_OK && !text.failed ? smap__str_take(&text) : NULL;
    if (taken)
        *out = taken;
    else if (status == SMAP_OK)
        status = smap__fail_memory(err);
    smap__str_release(&text);
    return status;
}
