/* QgsLayerMetadata as QGIS 3.22 writes it. */
#include <string.h>

#include "base/fail.h"
#include "qgis/metadata.h"
#include "qgis/qgs_parts.h"

static void put_box(smap__str *out, const smap__metadata *m) {
    const struct {
        const char *name;
        double value;
    } side[] = { { "minx", m->box.xmin }, { "maxx", m->box.xmax }, { "miny", m->box.ymin }, { "maxy", m->box.ymax } };
    if (!m->crs || !(m->box.xmin <= m->box.xmax)) return;
    smap__str_put(out, "<extent><spatial dimensions=\"2\" minz=\"0\" maxz=\"0\"");
    smap__qml_put_attribute(out, "crs", "EPSG:4326");
    for (int i = 0; i < 4; i++) {
        smap__str_printf(out, " %s=\"", side[i].name);
        smap__str_put_real(out, side[i].value);
        smap__str_put_char(out, '"');
    }
    smap__str_put(out, "/></extent>\n");
}

static void put_body(smap__str *out, const smap__metadata *m) {
    smap__qgs_put_text(out, "identifier", m->id);
    smap__qgs_put_text(out, "parentidentifier", "");
    smap__qgs_put_text(out, "language", m->language);
    smap__qgs_put_text(out, "type", "dataset");
    smap__qgs_put_text(out, "title", m->title);
    smap__qgs_put_text(out, "abstract", m->abstract);
    if (*m->contact) {
        smap__str_put(out, "<contact>");
        smap__qgs_put_text(out, "name", "");
        smap__qgs_put_text(out, "organization", m->contact);
        smap__qgs_put_text(out, "role", "pointOfContact");
        smap__str_put(out, "</contact>\n");
    }
    smap__str_put(out, "<links/>\n");
    smap__qgs_put_text(out, "history", m->lineage);
    smap__qgs_put_text(out, "fees", "");
    smap__str_put(out, "<constraints type=\"access\">");
    smap__str_put_xml(out, m->audience, strlen(m->audience));
    smap__str_put(out, "</constraints>\n");
    for (int i = 0; i < m->licences; i++) {
        smap__str text = SMAP__STR_INIT;
        smap__str_printf(&text, "%s: %s", m->licence[i].source, m->licence[i].name);
        smap__qgs_put_text(out, "license", text.data ? text.data : "");
        out->failed = out->failed || text.failed;
        smap__str_release(&text);
    }
    smap__qgs_put_text(out, "encoding", "UTF-8");
    if (m->crs) {
        smap__str_put(out, "<crs>");
        smap__qgs_put_crs(out, m->crs);
        smap__str_put(out, "</crs>\n");
    }
    put_box(out, m);
}

static smap_status finish(smap__str *text, char **xml, smap_error *err) {
    char *taken = text->failed ? NULL : smap__str_take(text);
    smap__str_release(text);
    if (!taken) return smap__fail_memory(err);
    *xml = taken;
    return SMAP_OK;
}

smap_status smap__metadata_qgis(const smap__metadata *m, char **xml, smap_error *err) {
    smap__str text = SMAP__STR_INIT;
    smap__str_put(&text, "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n<qgis version=\"3.22.0\">\n");
    put_body(&text, m);
    smap__str_put(&text, "</qgis>\n");
    return finish(&text, xml, err);
}

smap_status smap__metadata_project(const smap__metadata *m, char **xml, smap_error *err) {
    smap__str text = SMAP__STR_INIT;
    smap__str_put(&text, "<resourceMetadata>\n");
    put_body(&text, m);
    smap__str_put(&text, "</resourceMetadata>\n");
    return finish(&text, xml, err);
}
