#include "draw/vector_pages.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <stdio.h>

#include "base/alloc.h"
#include "base/ctx.h"
#include "base/fail.h"
#include "draw/page_plan.h"

static const double POINTS_PER_MM = 72 / 25.4;

struct smap__vector_pages {
    smap__vector_kind kind;
    cairo_surface_t *surface;
    smap__sink sink;
    void *user;
    int count;
    bool several;
    smap_ctx *ctx;      /* while a page is painted: asked for cancel */
    size_t written;     /* bytes since it was asked */
    smap_status status; /* of the sink, or cancelled */
    smap_error error;
};

static cairo_status_t on_write(void *user, const unsigned char *bytes, unsigned int len) {
    enum { POLL_BYTES = 1 << 16 };
    smap__vector_pages *pages = user;
    pages->written += len;
    if (pages->status == SMAP_OK && pages->ctx && pages->written >= POLL_BYTES) {
        pages->written = 0;
        pages->status = smap__poll(pages->ctx, &pages->error);
    }
    if (pages->status == SMAP_OK) pages->status = pages->sink(pages->user, bytes, len, &pages->error);
    return pages->status == SMAP_OK ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_WRITE_ERROR;
}

static smap_status check(const smap__vector_pages *pages, cairo_status_t status, smap_error *err) {
    if (pages->status != SMAP_OK) {
        if (err) *err = pages->error;
        return pages->status;
    }
    if (status == CAIRO_STATUS_SUCCESS) return SMAP_OK;
    if (status == CAIRO_STATUS_NO_MEMORY) return smap__fail_memory(err);
    return smap__fail(err, SMAP_E_INTERNAL, "cairo",
                      "the sheet could not be written (cairo's status %d); please report this", (int)status);
}

static double width_pt(const smap__sheet *sheet) {
    return sheet->page_w_mm * sheet->unit_mm * POINTS_PER_MM;
}

static double height_pt(const smap__sheet *sheet) {
    return sheet->page_h_mm * sheet->unit_mm * POINTS_PER_MM;
}

static void describe_pdf(cairo_surface_t *surface, const smap__sheet *sheet, bool several, const char *created) {
    const char *const *text = sheet->file_text;
    cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_4);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE,
                                   text[several ? SMAP__FILE_TITLE_ALL : SMAP__FILE_TITLE]);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_AUTHOR, text[SMAP__FILE_AUTHOR]);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_SUBJECT, several ? NULL : text[SMAP__FILE_DESCRIPTION]);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_KEYWORDS, several ? NULL : text[SMAP__FILE_KEYWORDS]);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "sitemap " SMAP_VERSION);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, created);
}

smap_status smap__vector_pages_open(smap__vector_kind kind, const smap__sheet *first, bool several, const char *created,
                                    smap__sink sink, void *user, smap__vector_pages **out, smap_error *err) {
    smap__vector_pages *pages = smap__zalloc(1, sizeof *pages);
    if (!pages) return smap__fail_memory(err);
    pages->kind = kind;
    pages->several = several;
    pages->sink = sink;
    pages->user = user;
    double w = width_pt(first), h = height_pt(first);
    pages->surface = kind == SMAP__VECTOR_PDF ? cairo_pdf_surface_create_for_stream(on_write, pages, w, h)
                                              : cairo_svg_surface_create_for_stream(on_write, pages, w, h);
    if (kind == SMAP__VECTOR_PDF) describe_pdf(pages->surface, first, several, created);
    smap_status status = check(pages, cairo_surface_status(pages->surface), err);
    if (status == SMAP_OK)
        *out = pages;
    else
        smap__vector_pages_free(pages);
    return status;
}

/* The colour that the map lies on. */
static smap__colour ground_of(const smap__sheet *sheet) {
    for (int i = 0; i < sheet->elements; i++)
        if (sheet->element[i].kind == SMAP__ELEMENT_MAP && sheet->element[i].filled) return sheet->element[i].fill;
    return sheet->page_colour;
}

/* Of many pages even an exact picture is packed: all of them are held until the last page. */
static smap_status read_base(const smap__vector_pages *pages, const smap__sheet *sheet, smap__base_reading *reading,
                             cairo_surface_t **image, smap_error *err) {
    bool packed = sheet->base && (pages->several || !sheet->base->exact);
    if (!sheet->base) return SMAP_OK;
    smap_status status =
        smap__base_begin(sheet, smap__base_image_px_per_mm(sheet, packed), SMAP__BASE_TILE, reading, err);
    return status == SMAP_OK ? smap__base_image(reading, ground_of(sheet), packed, image, err) : status;
}

/* Texts were set in the pixels of the sheet's resolution: the surface is told how many of them make a point. */
static smap_status paint(smap__vector_pages *pages, const smap__page_plan *plan, smap_error *err) {
    const smap__sheet *sheet = plan->sheet;
    smap__base_reading base = { 0 };
    cairo_surface_t *image = NULL;
    smap_status status = read_base(pages, sheet, &base, &image, err);
    if (status != SMAP_OK) {
        smap__base_end(&base);
        return status;
    }
    double point_px = POINTS_PER_MM * sheet->unit_mm / sheet->px_per_mm;
    if (pages->kind == SMAP__VECTOR_PDF) cairo_pdf_surface_set_size(pages->surface, width_pt(sheet), height_pt(sheet));
    cairo_surface_set_device_scale(pages->surface, point_px, point_px);
    cairo_t *cr = cairo_create(pages->surface);
    cairo_scale(cr, sheet->px_per_mm, sheet->px_per_mm);
    smap__canvas canvas = { .cr = cr,
                            .px_per_mm = sheet->px_per_mm,
                            .base_image = image,
                            .base_grid = &base.grid,
                            .ctx = pages->ctx,
                            .err = err };
    status = smap__page_plan_paint(plan, &canvas, err);
    cairo_surface_destroy(image);
    smap__base_end(&base);
    if (status == SMAP_OK) cairo_show_page(cr);
    cairo_status_t painted = cairo_status(cr);
    cairo_destroy(cr);
    pages->count++;
    return status == SMAP_OK ? check(pages, painted, err) : status;
}

/* To the page that was painted last. */
static void put_bookmark(smap__vector_pages *pages, const char *name) {
    char target[48];
    snprintf(target, sizeof target, "page=%d pos=[0 0]", pages->count);
    cairo_pdf_surface_add_outline(pages->surface, CAIRO_PDF_OUTLINE_ROOT, name, target, 0);
}

smap_status smap__vector_pages_put(smap__vector_pages *pages, smap_ctx *ctx, const smap__sheet *sheet,
                                   const char *bookmark, smap__draw_report *report, smap_error *err) {
    smap__page_plan plan;
    smap_status status = smap__progress(ctx, 0, "drawing", err);
    if (status == SMAP_OK) status = smap__page_plan_make(&plan, ctx, sheet, err);
    if (status != SMAP_OK) return status;
    pages->ctx = ctx;
    status = paint(pages, &plan, err);
    pages->ctx = NULL;
    if (bookmark && pages->kind == SMAP__VECTOR_PDF) put_bookmark(pages, bookmark);
    if (status == SMAP_OK) status = smap__page_plan_report(&plan, ctx, report, err);
    smap__page_plan_release(&plan);
    return status;
}

smap_status smap__vector_pages_finish(smap__vector_pages *pages, smap_error *err) {
    cairo_surface_finish(pages->surface);
    return check(pages, cairo_surface_status(pages->surface), err);
}

void smap__vector_pages_free(smap__vector_pages *pages) {
    if (!pages) return;
    cairo_surface_destroy(pages->surface);
    smap__free(pages);
}
