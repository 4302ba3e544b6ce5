/* What of a layout lives: expressions in QGIS's language, for what changes from page to page or when a map is moved. */
#include <math.h>
#include <string.h>

#include "qgis/qgs_items.h"

void smap__qgs_put_literal(smap__str *out, const char *text) {
    smap__str_put_char(out, '\'');
    for (; *text; text++) {
        if (*text == '\'' || *text == '\\') smap__str_put_char(out, *text == '\'' ? '\'' : '\\');
        smap__str_put_char(out, *text);
        if (text[0] == '%' && text[1] == ']') smap__str_put(out, "' || '"); /* would end the expression of a label */
    }
    smap__str_put_char(out, '\'');
}

void smap__qgs_put_live(smap__str *out, const smap__qgs_live *live, int count) {
    smap__str_put(out, "<LayoutObject><dataDefinedProperties><Option type=\"Map\"><Option type=\"QString\" "
                       "name=\"name\" value=\"\"/><Option type=\"Map\" name=\"properties\">");
    for (int i = 0; i < count; i++) {
        smap__str_printf(out,
                         "<Option type=\"Map\" name=\"%s\"><Option type=\"bool\" name=\"active\" value=\"true\"/>"
                         "<Option type=\"int\" name=\"type\" value=\"3\"/><Option type=\"QString\" name=\"expression\"",
                         live[i].property);
        smap__qml_put_attribute(out, "value", live[i].expression);
        smap__str_put(out, "/></Option>");
    }
    smap__str_put(out, "</Option><Option type=\"QString\" name=\"type\" value=\"collection\"/></Option>"
                       "</dataDefinedProperties></LayoutObject>\n");
}

/* A round scale of the project at which the page's area has room; NULL where no page is shown, and the map stays as it
 * is. QGIS's own choice among the scales of a project is made on the screen alone: programs that export get the scale
 * of the map as it lies there. */
void smap__qgs_put_page_scale(smap__str *out, const smap__qgs_page *page) {
    static const double margins = 1 + 2 * 0.08;
    static const double mm_per_m = 1000;
    const smap__rect_mm at = page->layout->sheet->map.at;
    const smap__qgs *p = page->project;
    smap__str_put(out, "with_variable('area', transform(@atlas_geometry, layer_property(@atlas_layerid, 'crs'), "
                       "@map_crs), with_variable('least', max(bounds_width(@area) * ");
    smap__str_put_real(out, margins * mm_per_m / at.w);
    smap__str_put(out, ", bounds_height(@area) * ");
    smap__str_put_real(out, margins * mm_per_m / at.h);
    smap__str_put(out, "), coalesce(array_first(array_filter(array(");
    for (int i = 0; i < p->scales; i++) {
        if (i) smap__str_put_char(out, ',');
        smap__str_put_real(out, p->scale[i]);
    }
    smap__str_put(out, "), @element >= @least)), @least)))");
}

/* The sheet's own rule: the largest step that gives enough lines across and down. */
void smap__qgs_put_grid_step(smap__str *out, const smap__sheet *s) {
    const smap__graticule *g = &s->graticule;
    smap__str_put(out, "with_variable('seen', transform(@map_extent, @map_crs, 'EPSG:4326'), coalesce(array_last("
                       "array_filter(array(");
    for (int i = 0; i < g->steps; i++) {
        if (i) smap__str_put_char(out, ',');
        smap__str_put_real(out, g->step_s[i]);
    }
    smap__str_printf(out,
                     "), bounds_width(@seen) * 3600 / @element >= %d and bounds_height(@seen) * 3600 / @element >= "
                     "%d)), ",
                     g->least_lon, g->least_lat);
    smap__str_put_real(out, g->steps ? g->step_s[0] : 1);
    smap__str_put(out, ") / 3600)");
}

/* "{deg}E" around the expression of the degrees. */
static void put_hemisphere(smap__str *out, const char *word) {
    const char *at = strstr(word, "{deg}");
    if (at && at > word) {
        smap__str head = SMAP__STR_INIT;
        smap__str_put_n(&head, word, (size_t)(at - word));
        smap__qgs_put_literal(out, head.data ? head.data : "");
        smap__str_put(out, " || ");
        out->failed = out->failed || head.failed;
        smap__str_release(&head);
    }
    smap__str_put(out, "@deg");
    if (!at || !at[5]) return;
    smap__str_put(out, " || ");
    smap__qgs_put_literal(out, at + 5);
}

/* "22°36′E" in the words of the sheet; minutes and seconds where the step has some. */
void smap__qgs_put_grid_label(smap__str *out, const smap__sheet *s) {
    const smap__graticule *g = &s->graticule;
    smap__str_put(out, "with_variable('s', round(abs(@grid_number) * 3600), with_variable('step', round(3600 * ");
    smap__qgs_put_grid_step(out, s);
    smap__str_put(out, "), with_variable('deg', floor(@s / 3600) || '\u00B0' || if(@step % 3600 = 0, '', "
                       "lpad(floor(@s % 3600 / 60), 2, '0') || '\u2032' || if(@step % 60 = 0, '', "
                       "lpad(@s % 60, 2, '0') || '\u2033')), if(@grid_axis = 'x', if(@grid_number < 0, ");
    put_hemisphere(out, g->west);
    smap__str_put(out, ", ");
    put_hemisphere(out, g->east);
    smap__str_put(out, "), if(@grid_number < 0, ");
    put_hemisphere(out, g->south);
    smap__str_put(out, ", ");
    put_hemisphere(out, g->north);
    smap__str_put(out, ")))))");
}
