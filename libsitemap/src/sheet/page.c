#include "sheet/page.h"

#include <math.h>

#include "base/str.h"

/* Relative slack so that a need that is round already is not rounded on. */
static const double slack = 1e-9;

double smap__round_up(const double *mantissa, int count, double need) {
    double decade = pow(10.0, floor(log10(need)));
    for (;; decade *= 10)
        for (int i = 0; i < count; i++)
            if (mantissa[i] * decade >= need * (1 - slack)) return mantissa[i] * decade;
}

double smap__round_down(const double *mantissa, int count, double most) {
    double decade = pow(10.0, floor(log10(most)) + 1);
    for (;; decade /= 10)
        for (int i = count - 1; i >= 0; i--)
            if (mantissa[i] * decade <= most * (1 + slack)) return mantissa[i] * decade;
}

static void centre_box(smap__view *view, smap_box extent) {
    double half_w = view->at.w / view->mm_per_unit / 2, half_h = view->at.h / view->mm_per_unit / 2;
    double x = (extent.xmin + extent.xmax) / 2, y = (extent.ymin + extent.ymax) / 2;
    view->box = (smap_box){ x - half_w, y - half_h, x + half_w, y + half_h };
}

void smap__fit_frame(smap__view *view, smap_box extent, double margin, const double *mantissa, int count,
                     double least_denominator, double unit_m) {
    double w = (extent.xmax - extent.xmin) * (1 + 2 * margin) * unit_m * 1000;
    double h = (extent.ymax - extent.ymin) * (1 + 2 * margin) * unit_m * 1000;
    double need = fmax(fmax(w / view->at.w, h / view->at.h), least_denominator);
    view->denominator = smap__round_up(mantissa, count, need);
    view->mm_per_unit = unit_m * 1000 / view->denominator;
    centre_box(view, extent);
}

void smap__fit_whole(smap__view *view, smap_box extent, double margin) {
    double w = (extent.xmax - extent.xmin) * (1 + 2 * margin), h = (extent.ymax - extent.ymin) * (1 + 2 * margin);
    view->denominator = 0;
    view->mm_per_unit = fmin(view->at.w / fmax(w, 1), view->at.h / fmax(h, 1));
    centre_box(view, extent);
}

void smap__fit_bar(smap__scale_bar *bar, double most_mm, int divisions, const double *mantissa, int count,
                   double mm_per_m) {
    bar->metres = smap__round_down(mantissa, count, most_mm / divisions / mm_per_m);
    bar->divisions = divisions;
    bar->mm = bar->metres * mm_per_m;
}

void smap__bar_label(double value, const char *unit, char *out, size_t size) {
    smap__print(out, size, "%.10g%s%s", value, unit ? " " : "", unit ? unit : "");
}
