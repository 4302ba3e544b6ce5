#include "draw/bands.h"

#include "base/alloc.h"
#include "base/ctx.h"
#include "base/fail.h"
#include "base/parallel.h"
#include "base/turns.h"
#include "draw/glyph_runs.h"

enum { BAND_ROWS = 192 }; /* an A4 sheet at 300 dpi is 13 bands of 2 MB */

/* What one thread paints with. */
typedef struct painter {
    cairo_surface_t *surface;
    smap__brush brush;
    smap__png_packer *packer;
    smap__base_rows base;
} painter;

typedef struct painting {
    const smap__page_plan *plan;
    smap__png *png;
    int width, height;
    double px_per_mm;
    smap__band_index map, inset[SMAP__INSETS];
    smap__base_reading base;
    painter *painter;
    int painters;
    smap__turns turns;
} painting;

static smap_status cairo_failed(cairo_status_t status, smap_error *err) {
    if (status == CAIRO_STATUS_NO_MEMORY) return smap__fail_memory(err);
    smap_status code =
        smap__fail(err, SMAP_E_INTERNAL, "cairo",
                   "the sheet could not be painted (cairo's status %d); please report this", (int)status);
    if (err) err->foreign = (int)status;
    return code;
}

static smap_status paint(const painting *p, painter *by, int band, smap_error *err) {
    int first_row = band * BAND_ROWS;
    cairo_t *cr = cairo_create(by->surface);
    cairo_set_antialias(cr, CAIRO_ANTIALIAS_GRAY);
    cairo_translate(cr, 0, -first_row);
    cairo_scale(cr, p->px_per_mm, p->px_per_mm);
    smap__brush_aim(&by->brush, by->surface, first_row, p->px_per_mm);
    smap__canvas canvas = { .cr = cr,
                            .px_per_mm = p->px_per_mm,
                            .band_px = first_row,
                            .rows = BAND_ROWS,
                            .brush = &by->brush,
                            .band = band,
                            .map_bands = &p->map,
                            .inset_bands = p->inset,
                            .base = p->base.base ? &by->base : NULL };
    smap_status status = smap__page_plan_paint(p->plan, &canvas, err);
    cairo_status_t painted = cairo_status(cr);
    cairo_destroy(cr);
    cairo_surface_flush(by->surface);
    return status != SMAP_OK || painted == CAIRO_STATUS_SUCCESS ? status : cairo_failed(painted, err);
}

/* One band, from paint to file. */
static smap_status do_band(int worker, int64_t band, void *user, smap_error *err) {
    painting *p = user;
    painter *by = &p->painter[worker];
    int left = p->height - (int)band * BAND_ROWS;
    smap_status status;
    SMAP_TRY(paint(p, by, (int)band, err), failed);
    SMAP_TRY(smap__png_pack(by->packer, cairo_image_surface_get_data(by->surface), left < BAND_ROWS ? left : BAND_ROWS,
                            cairo_image_surface_get_stride(by->surface), err),
             failed);
    SMAP_TRY(smap__turns_wait(&p->turns, band, NULL, err), failed);
    SMAP_TRY(smap__png_put(p->png, by->packer, err), failed);
    smap__turns_pass(&p->turns, band);
    return SMAP_OK;
failed:
    smap__turns_fail(&p->turns, band);
    return status;
}

static smap_status make_painter(const painting *p, painter *by, smap_error *err) {
    by->surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, p->width, BAND_ROWS);
    cairo_status_t made = cairo_surface_status(by->surface);
    smap_status status = made == CAIRO_STATUS_SUCCESS ? SMAP_OK : cairo_failed(made, err);
    if (status == SMAP_OK) status = smap__brush_init(&by->brush, err);
    if (status == SMAP_OK) status = smap__png_packer_new(p->png, BAND_ROWS, &by->packer, err);
    return status;
}

static void release(painting *p) {
    for (int i = 0; p->painter && i < p->painters; i++) {
        if (p->painter[i].surface) cairo_surface_destroy(p->painter[i].surface);
        smap__brush_release(&p->painter[i].brush);
        smap__png_packer_free(p->painter[i].packer);
        smap__free(p->painter[i].base.pixels);
    }
    smap__base_end(&p->base);
    smap__free(p->painter);
    smap__band_index_release(&p->map);
    for (int i = 0; i < SMAP__INSETS; i++) smap__band_index_release(&p->inset[i]);
}

smap_status smap__bands_paint(smap_ctx *ctx, smap__page_plan *plan, smap__png *png, int width, int height,
                              smap_error *err) {
    painting p = { .plan = plan,
                   .png = png,
                   .width = width,
                   .height = height,
                   .px_per_mm = plan->typeset.px_per_mm,
                   .painters = smap_ctx_threads(ctx) };
    int bands = (height + BAND_ROWS - 1) / BAND_ROWS;
    smap_status status = smap__progress(ctx, 0, "drawing", err);
    if (status != SMAP_OK) return status;
    if (p.painters > bands) p.painters = bands;
    p.painter = smap__zalloc((size_t)p.painters + 1, sizeof *p.painter);
    if (!p.painter) return smap__fail_memory(err);
    SMAP_TRY(smap__page_plan_keep_glyphs(plan, err), done);
    SMAP_TRY(smap__band_index_make(&p.map, &plan->sheet->map, p.px_per_mm, BAND_ROWS, bands, err), done);
    for (int i = 0; i < SMAP__INSETS; i++)
        SMAP_TRY(smap__band_index_make(&p.inset[i], &plan->sheet->inset[i].view, p.px_per_mm, BAND_ROWS, bands, err),
                 done);
    SMAP_TRY(smap__base_begin(plan->sheet, p.px_per_mm, 1, &p.base, err), done);
    for (int i = 0; i < p.painters; i++) {
        p.painter[i].base = (smap__base_rows){ .from = &p.base, .worker = i };
        SMAP_TRY(make_painter(&p, &p.painter[i], err), done);
    }
    smap__turns_init(&p.turns, bands);
    status = smap__parallel(ctx, bands, do_band, &p, err);
    smap__turns_release(&p.turns);
done:
    release(&p);
    return status;
}
