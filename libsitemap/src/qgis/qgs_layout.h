/* Print layouts of a QGIS project, as our sheets are laid out. */
#ifndef SMAP_QGIS_QGS_LAYOUT_H
#define SMAP_QGIS_QGS_LAYOUT_H

#include "base/str.h"
#include "qgis/qml.h"
#include "sheet/placed.h"

typedef struct smap__qgs_atlas {
    int layer;          /* of the areas, by index */
    const char *filter; /* expression: which of them get a page; "" = all */
    /* By language: the text of the sheet that the name of the area takes the place of (NULL = none), and the
     * expressions that give that name on a page, the first that gives any: "a, b". None does where no page is shown. */
    const char *place[SMAP__LANGS], *name[SMAP__LANGS];
    const char *page_name; /* expression on a feature of the layer: what its page is called */
    const char *sort;      /* field that orders the pages */
} smap__qgs_atlas;

typedef struct smap__qgs_layout {
    const char *name;
    const smap__sheet *sheet;
    const smap__placed *placed; /* its texts, as they are set */
    const int *map_layer;       /* layers of the project, topmost first */
    const int *map_shows;       /* which layer of the sheet each of them is */
    int map_layers;
    struct {
        const int *layer;
        int layers;
    } inset[SMAP__INSETS];
    const smap__qgs_atlas *atlas; /* NULL: one page, as the sheet is */
} smap__qgs_layout;

#endif
