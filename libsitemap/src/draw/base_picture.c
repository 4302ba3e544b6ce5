#include "draw/base_picture.h"

#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "draw/jpeg_rows.h"

enum { ROWS = 128, QUALITY = 88, MOST_EXACT_PIXELS = 16000000 };

static int round_up(double n, int step) {
    return ((int)n + step - 1) / step * step;
}

smap_status smap__base_begin(const smap__sheet *sheet, double px_per_mm, int step, smap__base_reading *out,
                             smap_error *err) {
    const smap__rect_mm at = sheet->map.at;
    *out = (smap__base_reading){ .base = sheet->base };
    if (!sheet->base) return SMAP_OK;
    double left = floor(at.x * px_per_mm), top = floor(at.y * px_per_mm);
    out->grid = (smap__base_grid){ .x_mm = left / px_per_mm,
                                   .y_mm = top / px_per_mm,
                                   .px_mm = 1 / px_per_mm,
                                   .width = round_up(ceil((at.x + at.w) * px_per_mm) - left, step),
                                   .height = round_up(ceil((at.y + at.h) * px_per_mm) - top, step) };
    return sheet->base->begin(sheet->base->user, sheet, &out->grid, &out->reading, err);
}

void smap__base_end(smap__base_reading *reading) {
    if (reading->reading) reading->base->end(reading->reading);
    *reading = (smap__base_reading){ 0 };
}

static smap_status check(cairo_surface_t *surface, smap_error *err) {
    return cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS ? SMAP_OK : smap__fail_memory(err);
}

/* ---- rows -------------------------------------------------------------------------------------------------------- */

smap_status smap__base_rows_paint(smap__base_rows *rows, cairo_t *cr, int first, int count, smap_error *err) {
    const smap__base_grid *grid = &rows->from->grid;
    int left = (int)lround(grid->x_mm / grid->px_mm), top = (int)lround(grid->y_mm / grid->px_mm);
    int from = first > top ? first : top, end = first + count < top + grid->height ? first + count : top + grid->height;
    if (from >= end) return SMAP_OK;
    size_t n = (size_t)grid->width * (size_t)(end - from);
    if (!smap__grow(&rows->pixels, &rows->capacity, n, sizeof *rows->pixels)) return smap__fail_memory(err);
    smap_status status =
        rows->from->base->read(rows->from->reading, rows->worker, from - top, end - from, rows->pixels, err);
    if (status != SMAP_OK) return status;
    cairo_surface_t *image = cairo_image_surface_create_for_data((unsigned char *)rows->pixels, CAIRO_FORMAT_ARGB32,
                                                                 grid->width, end - from, grid->width * 4);
    status = check(image, err);
    if (status == SMAP_OK) {
        cairo_save(cr);
        cairo_identity_matrix(cr);
        cairo_set_source_surface(cr, image, left, from - first);
        cairo_pattern_set_filter(cairo_get_source(cr), CAIRO_FILTER_NEAREST);
        cairo_paint(cr);
        cairo_restore(cr);
    }
    cairo_surface_destroy(image);
    return status;
}

/* ---- one image --------------------------------------------------------------------------------------------------- */

static void lay_over(uint32_t *pixels, size_t n, smap__colour ground) {
    const uint32_t below[3] = { ground.r, ground.g, ground.b };
    for (size_t i = 0; i < n; i++) {
        uint32_t p = pixels[i], a = p >> 24, out = 0;
        if (a == 255) continue;
        for (int k = 0; k < 3; k++) out = out << 8 | ((p >> (16 - 8 * k) & 255) + (below[k] * (255 - a) + 127) / 255);
        pixels[i] = out;
    }
}

static smap_status pack(const smap__base_reading *r, smap__colour ground, uint32_t *pixels, smap__jpeg *jpeg,
                        smap_error *err) {
    smap_status status = SMAP_OK;
    for (int row = 0; row < r->grid.height && status == SMAP_OK; row += ROWS) {
        int rows = r->grid.height - row < ROWS ? r->grid.height - row : ROWS;
        status = r->base->read(r->reading, 0, row, rows, pixels, err);
        if (status != SMAP_OK) return status;
        lay_over(pixels, (size_t)rows * (size_t)r->grid.width, ground);
        for (int i = 0; i < rows && status == SMAP_OK; i++)
            status = smap__jpeg_put(jpeg, pixels + (size_t)i * (size_t)r->grid.width, err);
    }
    return status;
}

/* Cairo wants an image beside the packed one, of whose pixels it looks at none: a small one of the same proportions. */
static smap_status make_packed(const smap__base_reading *r, smap__colour ground, cairo_surface_t *image,
                               smap_error *err) {
    smap__jpeg *jpeg = NULL;
    uint8_t *bytes = NULL;
    size_t len = 0;
    uint32_t *pixels = smap__alloc((size_t)r->grid.width * ROWS * sizeof *pixels);
    smap_status status =
        pixels ? smap__jpeg_new(r->grid.width, r->grid.height, QUALITY, &jpeg, err) : smap__fail_memory(err);
    if (status == SMAP_OK) status = pack(r, ground, pixels, jpeg, err);
    if (status == SMAP_OK) status = smap__jpeg_finish(jpeg, &bytes, &len, err);
    smap__jpeg_free(jpeg);
    smap__free(pixels);
    if (status != SMAP_OK) return status;
    if (cairo_surface_set_mime_data(image, CAIRO_MIME_TYPE_JPEG, bytes, len, smap__jpeg_drop, bytes) ==
        CAIRO_STATUS_SUCCESS)
        return SMAP_OK;
    smap__jpeg_drop(bytes);
    return smap__fail_memory(err);
}

static smap_status make_exact(const smap__base_reading *r, cairo_surface_t *image, smap_error *err) {
    cairo_surface_flush(image);
    uint32_t *pixels = (uint32_t *)(void *)cairo_image_surface_get_data(image);
    smap_status status = r->base->read(r->reading, 0, 0, r->grid.height, pixels, err);
    cairo_surface_mark_dirty(image);
    return status;
}

smap_status smap__base_image(const smap__base_reading *reading, smap__colour ground, bool packed, cairo_surface_t **out,
                             smap_error *err) {
    int step = packed ? SMAP__BASE_TILE : 1;
    cairo_surface_t *image = cairo_image_surface_create(packed ? CAIRO_FORMAT_RGB24 : CAIRO_FORMAT_ARGB32,
                                                        reading->grid.width / step, reading->grid.height / step);
    smap_status status = check(image, err);
    if (status == SMAP_OK) status = packed ? make_packed(reading, ground, image, err) : make_exact(reading, image, err);
    if (status == SMAP_OK)
        *out = image;
    else
        cairo_surface_destroy(image);
    return status;
}

double smap__base_image_px_per_mm(const smap__sheet *sheet, bool packed) {
    double n = sheet->map.at.w * sheet->map.at.h * sheet->px_per_mm * sheet->px_per_mm;
    bool fits = packed || n <= MOST_EXACT_PIXELS;
    return fits ? sheet->px_per_mm : sheet->px_per_mm * sqrt(MOST_EXACT_PIXELS / n);
}

void smap__base_image_paint(cairo_surface_t *image, const smap__base_grid *grid, bool exact, cairo_t *cr) {
    cairo_save(cr);
    cairo_translate(cr, grid->x_mm, grid->y_mm);
    cairo_scale(cr, grid->px_mm * grid->width / cairo_image_surface_get_width(image),
                grid->px_mm * grid->height / cairo_image_surface_get_height(image));
    cairo_set_source_surface(cr, image, 0, 0);
    cairo_pattern_set_filter(cairo_get_source(cr), exact ? CAIRO_FILTER_NEAREST : CAIRO_FILTER_GOOD);
    cairo_paint(cr);
    cairo_restore(cr);
}
