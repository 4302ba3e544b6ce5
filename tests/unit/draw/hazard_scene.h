/* The scene of draw_help.h for the sheet `hazard`. */
#ifndef HAZARD_SCENE_H
#define HAZARD_SCENE_H

#include "../sheet/table_help.h"
#include "draw_help.h"

/* The sheet with all kinds of elements: two tables, and layers that share a group of the legend. Free
 * the tables with free_tables. */
static inline void fill_hazard_scene(scene *s, smap__sheet_table tables[2]) {
    static const char *const hazards[] = { "flood", "landslide", "earthquake" };
    fill_scene(s);
    making m = make_layer(s->ctx, "EPSG:4326");
    put_box(&m, (smap_box){ 22.64, 32.62, 22.66, 32.635 }, "red", NULL, NULL);
    put_box(&m, (smap_box){ 22.67, 32.62, 22.69, 32.635 }, "blue", NULL, NULL);
    add_layer(s, &m, "blocks",
              RULE("red", "Damaged | متضرر", KIND_IS("red"),
                   "<se:PolygonSymbolizer>" FILL("#f46d43") "</se:PolygonSymbolizer>")
                  RULE("blue", "Destroyed | مدمر", KIND_IS("blue"),
                       "<se:PolygonSymbolizer>" FILL("#a50026") "</se:PolygonSymbolizer>"));
    for (int i = s->layers - 2; i < s->layers; i++) {
        s->layer[i].title_en = i == s->layers - 1 ? "Blocks" : "Points";
        s->layer[i].title_ar = i == s->layers - 1 ? "الكتل" : "النقاط";
        s->layer[i].share_en = "Damage";
        s->layer[i].share_ar = "الأضرار";
    }
    give_tables(s, tables, hazards, 3);
}

#endif
