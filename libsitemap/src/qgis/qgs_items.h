/* Items of a print layout, each appended to a text. */
#ifndef SMAP_QGIS_QGS_ITEMS_H
#define SMAP_QGIS_QGS_ITEMS_H

#include "qgis/qgs_parts.h"

/* A layout while its items are written: they are numbered, and the later lies above. */
typedef struct smap__qgs_page {
    smap__str *out;
    const smap__qgs *project;
    const smap__qgs_layout *layout;
    int number; /* of the layout */
    int item;   /* of the last item */
} smap__qgs_page;

enum { SMAP__QGS_MAIN_MAP = 9001, SMAP__QGS_INSET }; /* numbers that other items name them by */

/* A made-up but constant UUID for number `item` of the layout. */
void smap__qgs_put_uuid(smap__qgs_page *page, const char *name, int item);
/* The attributes that every item has; `type` is QGIS's number of its kind, `item` its own (0: the next). The tag stays
 * open. */
void smap__qgs_item_start(smap__qgs_page *page, int type, const char *id, smap__rect_mm at, int item);
void smap__qgs_item_end(smap__qgs_page *page);
/* A rectangle with fill and outline, either of which may be missing. */
void smap__qgs_put_rectangle(smap__qgs_page *page, const char *id, smap__rect_mm at, const smap__colour *fill,
                             const smap__colour *stroke, double stroke_mm);
/* A text as it was set on the sheet, which says another one: with expressions in [% %]. */
void smap__qgs_put_label(smap__qgs_page *page, const char *id, const smap__placed_text *placed, const char *says);
/* <text-style> in points. */
void smap__qgs_put_text_style(smap__str *out, const char *family, double size_pt, bool bold, bool italic,
                              smap__colour colour);
/* A fill or line symbol of one plain layer. */
void smap__qgs_put_fill(smap__str *out, const char *name, const smap__colour *fill, const smap__colour *stroke,
                        double stroke_mm);
void smap__qgs_put_line(smap__str *out, const char *name, smap__colour colour, double width_mm);

/* ---- expressions ---- */

/* 'text' of QGIS's expressions, wherever it stands. */
void smap__qgs_put_literal(smap__str *out, const char *text);
/* Properties of an item, by QGIS's name of each, that an expression gives; what gives NULL stays as it is. Inside of
 * the item's tag. */
typedef struct smap__qgs_live {
    const char *property, *expression;
} smap__qgs_live;
void smap__qgs_put_live(smap__str *out, const smap__qgs_live *live, int count);
/* The scale of the main map on a page of the atlas; the step of its graticule in degrees; what one of its lines is
 * called. */
void smap__qgs_put_page_scale(smap__str *out, const smap__qgs_page *page);
void smap__qgs_put_grid_step(smap__str *out, const smap__sheet *sheet);
void smap__qgs_put_grid_label(smap__str *out, const smap__sheet *sheet);

/* ---- parts of the page ---- */

void smap__qgs_put_main_map(smap__qgs_page *page, const smap__element *element);
void smap__qgs_put_inset(smap__qgs_page *page, const smap__element *element);
void smap__qgs_put_legend(smap__qgs_page *page, smap__rect_mm at);
void smap__qgs_put_scale_bar(smap__qgs_page *page, smap__rect_mm at);
void smap__qgs_put_north(smap__qgs_page *page, smap__rect_mm at);

#endif
