#include "draw/draw.h"

#include <math.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "draw/bands.h"

void smap__draw_report_release(smap__draw_report *report) {
    smap__free(report->unplaced);
    smap__free(report->no_glyph);
    *report = (smap__draw_report){ 0 };
}

smap_status smap__draw_png(smap_ctx *ctx, const smap__sheet *sheet, smap__sink sink, void *user,
                           smap__draw_report *report, smap_error *err) {
    smap__page_plan plan;
    smap__png *png = NULL;
    int width = (int)lround(sheet->page_w_mm * sheet->px_per_mm);
    int height = (int)lround(sheet->page_h_mm * sheet->px_per_mm);
    smap_status status = smap__page_plan_make(&plan, ctx, sheet, err);
    if (status != SMAP_OK) return status;
    SMAP_TRY(smap__png_open(sink, user, width, height, sheet->dpi, sheet->file_text, &png, err), done);
    SMAP_TRY(smap__bands_paint(ctx, &plan, png, width, height, err), done);
    SMAP_TRY(smap__png_finish(png, err), done);
    status = smap__page_plan_report(&plan, ctx, report, err);
done:
    smap__png_free(png);
    smap__page_plan_release(&plan);
    return status;
}
