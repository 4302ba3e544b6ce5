/* Page arithmetic: round scales, the frame, the scale bar, the graticule. No drawing, no data. */
#ifndef SMAP_SHEET_PAGE_H
#define SMAP_SHEET_PAGE_H

#include "sheet/compose.h"

/* The smallest mantissa x 10^k that is not below `need`, and the largest that is not above. `mantissa` ascends within
 * [1, 10). */
double smap__round_up(const double *mantissa, int count, double need);
double smap__round_down(const double *mantissa, int count, double most);

/* The smallest round denominator at which `extent` with a margin (a fraction of it, on each side) fits into view->at;
 * sets view->box (as wide and high as the frame, on the extent's centre), denominator and mm_per_unit. `unit_m`: metres
 * of a unit of the CRS, over the mm that one of the layout has on paper. */
void smap__fit_frame(smap__view *view, smap_box extent, double margin, const double *mantissa, int count,
                     double least_denominator, double unit_m);
/* The same without a round scale: the whole extent as large as it goes. */
void smap__fit_whole(smap__view *view, smap_box extent, double margin);

static inline double smap__page_x(const smap__view *view, double x) {
    return view->at.x + (x - view->box.xmin) * view->mm_per_unit;
}
static inline double smap__page_y(const smap__view *view, double y) {
    return view->at.y + (view->box.ymax - y) * view->mm_per_unit;
}

/* The longest bar of equal round divisions that is at most `most_mm` long; `mm_per_m` is at the frame's centre. */
void smap__fit_bar(smap__scale_bar *bar, double most_mm, int divisions, const double *mantissa, int count,
                   double mm_per_m);
/* "500", "0.25"; with the unit word appended where `unit` is not NULL. Metres at most 24 characters. */
void smap__bar_label(double value, const char *unit, char *out, size_t size);

/* Where meridians and parallels of the largest step that gives enough of them meet the frame, and each other in it.
 * Arrays live in the arena. The view's CRS must transform to geographic; corners outside its domain have no ticks. */
smap_status smap__graticule_build(smap_ctx *ctx, smap__arena *arena, const smap__view *view,
                                  const smap__graticule *graticule, smap__sheet *sheet, smap_error *err);

/* "22°36′", "22°36′30″", "22°" by the step. */
void smap__format_degrees(int64_t arc_seconds, int64_t step_s, char *out, size_t size);

#endif
