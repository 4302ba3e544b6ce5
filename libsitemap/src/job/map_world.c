#include "job/map_world.h"

#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/str.h"
#include "geo/crs.h"
#include "io/file_out.h"

enum { WORLD, PROJECTION, AUXILIARY, FILES };

/* MAP.png -> MAP.pgw; NULL when memory runs out. */
static char *path_of(const char *picture, int file) {
    static const char *const ending[] = { ".pgw", ".prj" };
    smap__str path = SMAP__STR_INIT;
    const char *dot = strrchr(picture, '.');
    if (file == AUXILIARY) {
        smap__str_printf(&path, "%s.aux.xml", picture);
    } else {
        smap__str_put_n(&path, picture, (size_t)(dot - picture));
        smap__str_put(&path, ending[file]);
    }
    char *out = smap__str_take(&path);
    smap__str_release(&path);
    return out;
}

smap_status smap__world_files_check(const char *picture, bool overwrite, smap_error *err) {
    smap_status status = SMAP_OK;
    for (int i = 0; i < FILES && status == SMAP_OK; i++) {
        char *path = path_of(picture, i);
        status = path ? smap__file_out_check(path, overwrite, err) : smap__fail_memory(err);
        smap__free(path);
    }
    return status;
}

/* Metres of a pixel and the middle of the first one: columns to the right, rows downward. */
static void put_world(smap__str *out, const smap__sheet *sheet) {
    const smap__view *map = &sheet->map;
    double pixel = 1 / (map->mm_per_unit * sheet->px_per_mm);
    double x = map->box.xmin - map->at.x / map->mm_per_unit, y = map->box.ymax + map->at.y / map->mm_per_unit;
    double value[] = { pixel, 0, 0, -pixel, x + pixel / 2, y - pixel / 2 };
    for (size_t i = 0; i < sizeof value / sizeof *value; i++) smap__str_printf(out, "%.12f\n", value[i]);
}

static void put_auxiliary(smap__str *out, const char *wkt) {
    smap__str_put(out, "<PAMDataset>\n  <SRS dataAxisToSRSAxisMapping=\"1,2\">");
    smap__str_put_xml(out, wkt, strlen(wkt));
    smap__str_put(out, "</SRS>\n</PAMDataset>\n");
}

smap_status smap__world_files_write(smap_ctx *ctx, const char *picture, const smap__sheet *sheet, bool overwrite,
                                    smap_error *err) {
    const char *wkt = smap__crs_wkt1(sheet->map.crs);
    smap_status status = SMAP_OK;
    for (int i = 0; i < FILES && status == SMAP_OK; i++) {
        smap__str text = SMAP__STR_INIT;
        char *path = path_of(picture, i);
        if (i == WORLD)
            put_world(&text, sheet);
        else if (i == PROJECTION)
            smap__str_printf(&text, "%s\n", wkt);
        else
            put_auxiliary(&text, wkt);
        status = path && !text.failed ? smap__file_out_put(ctx, path, overwrite, text.data, text.len, err)
                                      : smap__fail_memory(err);
        smap__str_release(&text);
        smap__free(path);
    }
    return status;
}
