#include "picture_compare.h"

#include <png.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

bool golden_picture_read(const char *path, golden_picture *out) {
    png_image image = { .version = PNG_IMAGE_VERSION };
    if (!png_image_begin_read_from_file(&image, path)) return false;
    image.format = PNG_FORMAT_RGB;
    golden_picture p = { malloc(PNG_IMAGE_SIZE(image)), (int)image.width, (int)image.height };
    if (!p.rgb || !png_image_finish_read(&image, NULL, p.rgb, 0, NULL)) {
        png_image_free(&image);
        free(p.rgb);
        return false;
    }
    *out = p;
    return true;
}

void golden_picture_free(golden_picture *picture) {
    free(picture->rgb);
    picture->rgb = NULL;
}

void golden_picture_reduce(golden_picture *picture) {
    size_t size = (size_t)3 * (size_t)picture->width * (size_t)picture->height;
    for (size_t i = 0; i < size; i++) {
        int level = (picture->rgb[i] * (GOLDEN_LEVELS - 1) + 127) / 255;
        picture->rgb[i] = (uint8_t)((level * 255 + (GOLDEN_LEVELS - 1) / 2) / (GOLDEN_LEVELS - 1));
    }
}

/* libpng reports errors by jumping back: nothing is owned between here and there but what the caller gave. */
static bool write_rows(png_structp png, png_infop info, FILE *file, const golden_picture *picture) {
    if (setjmp(png_jmpbuf(png))) return false;
    png_init_io(png, file);
    png_set_compression_level(png, Z_BEST_COMPRESSION);
    png_set_compression_mem_level(png, 9);
    png_set_filter(png, 0, PNG_ALL_FILTERS);
    png_set_IHDR(png, info, (png_uint_32)picture->width, (png_uint_32)picture->height, 8, PNG_COLOR_TYPE_RGB,
                 PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_write_info(png, info);
    for (int y = 0; y < picture->height; y++)
        png_write_row(png, picture->rgb + (size_t)3 * (size_t)y * (size_t)picture->width);
    png_write_end(png, info);
    return true;
}

bool golden_picture_write(const char *path, const golden_picture *picture) {
    FILE *file = fopen(path, "wb");
    png_structp png = file ? png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL) : NULL;
    png_infop info = png ? png_create_info_struct(png) : NULL;
    bool good = info && write_rows(png, info, file, picture);
    if (png) png_destroy_write_struct(&png, info ? &info : NULL);
    return file && fclose(file) == 0 && good;
}

static int step(const golden_picture *a, const golden_picture *b, int x, int y) {
    size_t at = 3 * ((size_t)y * (size_t)a->width + (size_t)x);
    int most = 0;
    for (size_t c = at; c < at + 3; c++) {
        int off = abs(a->rgb[c] - b->rgb[c]);
        most = off > most ? off : most;
    }
    return most;
}

static int beyond_in_tile(const golden_picture *was, const golden_picture *is, int left, int top) {
    int found = 0;
    for (int y = top; y < top + GOLDEN_TILE && y < is->height; y++)
        for (int x = left; x < left + GOLDEN_TILE && x < is->width; x++) found += step(was, is, x, y) > GOLDEN_NEAR;
    return found;
}

golden_difference golden_compare(const golden_picture *was, const golden_picture *is) {
    golden_difference d = { .same_size = was->width == is->width && was->height == is->height };
    int64_t old_pixels = (int64_t)was->width * was->height, new_pixels = (int64_t)is->width * is->height;
    d.pixels = old_pixels > new_pixels ? old_pixels : new_pixels;
    if (!d.same_size) {
        d.beyond = d.any = d.pixels;
        return d;
    }
    for (int y = 0; y < is->height; y++)
        for (int x = 0; x < is->width; x++) {
            int off = step(was, is, x, y);
            d.any += off > 0;
            d.beyond += off > GOLDEN_NEAR;
            d.largest = off > d.largest ? off : d.largest;
        }
    for (int y = 0; y < is->height; y += GOLDEN_TILE / 2)
        for (int x = 0; x < is->width; x += GOLDEN_TILE / 2) {
            int found = beyond_in_tile(was, is, x, y);
            if (found <= d.worst_tile) continue;
            d.worst_tile = found;
            d.worst_x = x;
            d.worst_y = y;
        }
    return d;
}

bool golden_is_same(const golden_difference *d) {
    return d->same_size && d->worst_tile <= GOLDEN_TILE_PIXELS && d->beyond * 1000000 <= GOLDEN_MILLION * d->pixels;
}

bool golden_difference_picture(const golden_picture *was, const golden_picture *is, golden_picture *out) {
    static const uint8_t red[3] = { 215, 0, 40 }, orange[3] = { 255, 170, 60 };
    bool same_size = was->width == is->width && was->height == is->height;
    size_t size = (size_t)3 * (size_t)is->width * (size_t)is->height;
    *out = (golden_picture){ malloc(size), is->width, is->height };
    if (!out->rgb) return false;
    for (size_t i = 0; i < size; i++) out->rgb[i] = (uint8_t)(255 - (255 - is->rgb[i]) / 4);
    for (int y = 0; same_size && y < is->height; y++)
        for (int x = 0; x < is->width; x++) {
            int off = step(was, is, x, y);
            if (off == 0) continue;
            memcpy(out->rgb + 3 * ((size_t)y * (size_t)is->width + (size_t)x), off > GOLDEN_NEAR ? red : orange, 3);
        }
    return true;
}
