#include "draw/png_writer.h"

#include <math.h>
#include <png.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"

struct smap__png {
    png_structp png;
    png_infop info;
    smap__sink sink;
    void *user;
    int width;
    uint8_t *row;
    smap_status status; /* of the sink, or of libpng */
    smap_error error;
};

/* libpng leaves a call by longjmp only: every call that can fail runs inside guard(). */
static void on_error(png_structp png, png_const_charp message) {
    smap__png *self = png_get_error_ptr(png);
    (void)message;
    if (self->status == SMAP_OK)
        self->status =
            smap__fail(&self->error, SMAP_E_INTERNAL, "PNG", "the image could not be encoded; please report this");
    png_longjmp(png, 1);
}

static void on_warning(png_structp png, png_const_charp message) {
    (void)png;
    (void)message;
}

static void on_write(png_structp png, png_bytep bytes, size_t len) {
    smap__png *self = png_get_io_ptr(png);
    self->status = self->sink(self->user, bytes, len, &self->error);
    if (self->status != SMAP_OK) png_error(png, "write");
}

static void on_flush(png_structp png) {
    (void)png;
}

static png_voidp on_alloc(png_structp png, png_alloc_size_t size) {
    (void)png;
    return smap__alloc(size);
}

static void on_free(png_structp png, png_voidp pointer) {
    (void)png;
    smap__free(pointer);
}

static smap_status guard(smap__png *self, void (*call)(smap__png *, void *), void *data, smap_error *err) {
    if (setjmp(png_jmpbuf(self->png)) == 0) {
        call(self, data);
        return SMAP_OK;
    }
    if (err) *err = self->error;
    return self->status;
}

typedef struct header {
    int width, height, dpi;
    char *title;
} header;

static void write_header(smap__png *self, void *data) {
    static const double INCHES_PER_M = 1 / 0.0254;
    const header *h = data;
    char key[] = "Title";
    png_text text = { .compression = PNG_ITXT_COMPRESSION_NONE, .key = key, .text = h->title };
    png_set_IHDR(self->png, self->info, (png_uint_32)h->width, (png_uint_32)h->height, 8, PNG_COLOR_TYPE_RGB,
                 PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_uint_32 per_m = (png_uint_32)lround(h->dpi * INCHES_PER_M);
    png_set_pHYs(self->png, self->info, per_m, per_m, PNG_RESOLUTION_METER);
    png_set_filter(self->png, PNG_FILTER_TYPE_BASE, PNG_FILTER_NONE);
    png_set_compression_level(self->png, 3);
    png_set_text(self->png, self->info, &text, 1);
    png_write_info(self->png, self->info);
}

smap_status smap__png_open(smap__sink sink, void *user, int width, int height, int dpi, const char *title,
                           smap__png **out, smap_error *err) {
    smap__png *self = smap__zalloc(1, sizeof *self);
    if (!self) return smap__fail_memory(err);
    self->sink = sink;
    self->user = user;
    self->width = width;
    self->row = smap__zalloc((size_t)width, 3);
    if (self->row)
        self->png =
            png_create_write_struct_2(PNG_LIBPNG_VER_STRING, self, on_error, on_warning, NULL, on_alloc, on_free);
    if (self->png) self->info = png_create_info_struct(self->png);
    header h = { width, height, dpi, smap__strdup(title) };
    if (!self->info || !h.title) {
        smap__free(h.title);
        smap__png_free(self);
        return smap__fail_memory(err);
    }
    png_set_write_fn(self->png, self, on_write, on_flush);
    smap_status status = guard(self, write_header, &h, err);
    smap__free(h.title);
    if (status == SMAP_OK)
        *out = self;
    else
        smap__png_free(self);
    return status;
}

static void write_row(smap__png *self, void *data) {
    (void)data;
    png_write_row(self->png, self->row);
}

smap_status smap__png_rows(smap__png *self, const uint8_t *pixels, int rows, int stride, smap_error *err) {
    for (int y = 0; y < rows; y++) {
        const uint8_t *from = pixels + (size_t)y * (size_t)stride;
        for (int x = 0; x < self->width; x++) {
            uint32_t pixel;
            memcpy(&pixel, from + 4 * (size_t)x, sizeof pixel);
            self->row[3 * x] = (uint8_t)(pixel >> 16);
            self->row[3 * x + 1] = (uint8_t)(pixel >> 8);
            self->row[3 * x + 2] = (uint8_t)pixel;
        }
        smap_status status = guard(self, write_row, NULL, err);
        if (status != SMAP_OK) return status;
    }
    return SMAP_OK;
}

static void write_end(smap__png *self, void *data) {
    (void)data;
    png_write_end(self->png, NULL);
}

smap_status smap__png_finish(smap__png *self, smap_error *err) {
    return guard(self, write_end, NULL, err);
}

void smap__png_free(smap__png *self) {
    if (!self) return;
    if (self->png) png_destroy_write_struct(&self->png, &self->info);
    smap__free(self->row);
    smap__free(self);
}
