#include "draw/draw.h"

#include <math.h>

#include "base/fail.h"
#include "draw/page_plan.h"
#include "draw/png_writer.h"

static const int64_t BAND_BYTES = 36 << 20; /* A4 at 300 dpi is one band */

static smap_status cairo_failed(cairo_status_t status, smap_error *err) {
    if (status == CAIRO_STATUS_NO_MEMORY) return smap__fail_memory(err);
    smap_status code =
        smap__fail(err, SMAP_E_INTERNAL, "cairo",
                   "the sheet could not be painted (cairo's status %d); please report this", (int)status);
    if (err) err->foreign = (int)status;
    return code;
}

static smap_status paint_band(const smap__page_plan *plan, cairo_surface_t *surface, int first_row, smap_error *err) {
    double px_per_mm = plan->sheet->px_per_mm;
    cairo_t *cr = cairo_create(surface);
    cairo_set_antialias(cr, CAIRO_ANTIALIAS_GRAY);
    cairo_translate(cr, 0, -first_row);
    cairo_scale(cr, px_per_mm, px_per_mm);
    smap__canvas canvas = { .cr = cr, .px_per_mm = px_per_mm, .band_px = first_row };
    smap__page_plan_paint(plan, &canvas);
    cairo_status_t status = cairo_status(cr);
    cairo_destroy(cr);
    cairo_surface_flush(surface);
    return status == CAIRO_STATUS_SUCCESS ? SMAP_OK : cairo_failed(status, err);
}

static smap_status paint_bands(smap_ctx *ctx, const smap__page_plan *plan, smap__png *png, int width, int height,
                               smap_error *err) {
    int64_t rows = BAND_BYTES / (4 * (int64_t)width);
    int band = rows < 1 ? 1 : rows > height ? height : (int)rows;
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, band);
    cairo_status_t made = cairo_surface_status(surface);
    smap_status status = made == CAIRO_STATUS_SUCCESS ? SMAP_OK : cairo_failed(made, err);
    for (int row = 0; status == SMAP_OK && row < height; row += band) {
        SMAP_TRY(smap__progress(ctx, (double)row / height, "drawing", err), done);
        SMAP_TRY(paint_band(plan, surface, row, err), done);
        status = smap__png_rows(png, cairo_image_surface_get_data(surface), height - row < band ? height - row : band,
                                cairo_image_surface_get_stride(surface), err);
    }
done:
    cairo_surface_destroy(surface);
    return status;
}

smap_status smap__draw_png(smap_ctx *ctx, const smap__sheet *sheet, smap__sink sink, void *user,
                           smap__draw_report *report, smap_error *err) {
    smap__page_plan plan;
    smap__png *png = NULL;
    int width = (int)lround(sheet->page_w_mm * sheet->px_per_mm);
    int height = (int)lround(sheet->page_h_mm * sheet->px_per_mm);
    smap_status status = smap__page_plan_make(&plan, ctx, sheet, err);
    if (status != SMAP_OK) return status;
    SMAP_TRY(smap__png_open(sink, user, width, height, sheet->dpi, sheet->title ? sheet->title : "", &png, err), done);
    SMAP_TRY(paint_bands(ctx, &plan, png, width, height, err), done);
    SMAP_TRY(smap__png_finish(png, err), done);
    if (plan.texts_cut)
        smap__log(ctx, SMAP_LOG_WARNING,
                  "%d texts of the page were cut: they do not fit their boxes even at the least size", plan.texts_cut);
    if (report) *report = (smap__draw_report){ plan.labels_wanted, plan.labels_placed, plan.texts_cut, width, height };
done:
    smap__png_free(png);
    smap__page_plan_release(&plan);
    return status;
}
