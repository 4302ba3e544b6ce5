#include "sheet/page_layout.h"

#include <math.h>
#include <string.h>

#include "base/fail.h"
#include "base/str.h"
#include "sheet/sheet_spec.h"

static double place_edge(const smap__page_axis *axis, double at) {
    double moved = at;
    for (int i = 0; i < axis->bands; i++) {
        double from = axis->band[i].from, to = axis->band[i].to;
        moved += axis->extra_mm * axis->band[i].share * fmin(1, fmax(0, (at - from) / (to - from)));
    }
    return moved;
}

smap__rect_mm smap__page_layout_place(const smap__page_layout *layout, smap__rect_mm at) {
    double x = place_edge(&layout->across, at.x), y = place_edge(&layout->down, at.y);
    return (smap__rect_mm){ x, y, place_edge(&layout->across, at.x + at.w) - x,
                            place_edge(&layout->down, at.y + at.h) - y };
}

/* [[from, to, share], ...]; bands are longer than nothing, shares positive. */
static void read_bands(smap__sheet_spec *spec, const smap__json *stretch, const char *key, smap__page_axis *axis) {
    const smap__json *list = smap__json_get(stretch, key);
    size_t n = smap__json_size(list);
    double sum = 0;
    bool fine = n > 0 && n <= SMAP__PAGE_BANDS;
    for (size_t i = 0; fine && i < n; i++) {
        const smap__json *band = smap__json_item(list, i);
        double from = smap__json_number(smap__json_item(band, 0), -1),
               to = smap__json_number(smap__json_item(band, 1), -1),
               share = smap__json_number(smap__json_item(band, 2), 1);
        fine = from >= 0 && to > from && share > 0;
        axis->band[i].from = from;
        axis->band[i].to = to;
        axis->band[i].share = share;
        sum += share;
    }
    if (!fine)
        smap__sheet_spec_note(
            spec, key,
            "in \"stretch\", one to four bands [[from, to, share], ...] that take what a larger page has more");
    for (size_t i = 0; fine && i < n; i++) axis->band[i].share /= sum;
    axis->bands = fine ? (int)n : 0;
}

static smap_status fail_paper(const smap__sheet_spec *spec, const smap__json *sizes, const char *paper,
                              smap_error *err) {
    smap__str list = SMAP__STR_INIT;
    const char *key;
    const smap__json *value;
    for (size_t at = 0; smap__json_member(sizes, &at, &key, &value);)
        smap__str_printf(&list, "%s%s", list.len ? ", " : "", key);
    smap_status status = list.failed
                             ? smap__fail_memory(err)
                             : smap__fail(err, SMAP_E_ARGUMENT, paper, "%s: the sheet has no paper \"%s\"; it has: %s",
                                          spec->path, paper, list.data ? list.data : "none");
    smap__str_release(&list);
    return status;
}

smap_status smap__page_layout_read(smap__sheet_spec *spec, const char *orientation, const char *paper,
                                   smap_error *err) {
    enum { LONGEST_MM = 2000 };
    smap__page_layout *layout = &spec->layout;
    const smap__json *page = smap__json_get(spec->root, "page"), *sizes = smap__json_get(page, "sizes");
    const smap__json *stretch = smap__json_get(page, "stretch");
    double width = smap__sheet_spec_number(spec, page, "width_mm"),
           height = smap__sheet_spec_number(spec, page, "height_mm");
    layout->paper = paper ? paper : smap__sheet_spec_text(spec, page, "paper");
    const smap__json *size = smap__json_get(sizes, layout->paper);
    if (!size) return fail_paper(spec, sizes, layout->paper, err);
    double a = smap__json_number(smap__json_item(size, 0), 0), b = smap__json_number(smap__json_item(size, 1), 0);
    layout->scale = smap__json_number(smap__json_item(size, 2), 0);
    if (!(a > 0 && b > 0 && a <= LONGEST_MM && b <= LONGEST_MM && layout->scale >= 0.1 && layout->scale <= 10))
        smap__sheet_spec_note(
            spec, layout->paper,
            "in \"sizes\", [short side, long side, scale] in mm, at most 2000, at a scale of 0.1 to 10");
    read_bands(spec, stretch, "x", &layout->across);
    read_bands(spec, stretch, "y", &layout->down);
    smap_status status = smap__sheet_spec_check(spec, err);
    if (status != SMAP_OK) return status;
    bool portrait = strcmp(orientation, "portrait") == 0;
    layout->across.length_mm = (portrait ? fmin(a, b) : fmax(a, b)) / layout->scale;
    layout->down.length_mm = (portrait ? fmax(a, b) : fmin(a, b)) / layout->scale;
    layout->across.extra_mm = layout->across.length_mm - width;
    layout->down.extra_mm = layout->down.length_mm - height;
    if (layout->across.extra_mm > -1e-6 && layout->down.extra_mm > -1e-6) return SMAP_OK;
    return smap__fail(err, SMAP_E_ARGUMENT, layout->paper,
                      "%s: the paper %s in %s is smaller than the page that the sheet is laid out for (%g x %g mm)",
                      spec->path, layout->paper, orientation, width, height);
}
