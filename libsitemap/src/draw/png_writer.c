#include "draw/png_writer.h"

#include <math.h>
#include <png.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "sheet/compose.h"

struct smap__png {
    png_structp png;
    png_infop info;
    smap__sink sink;
    void *user;
    int width;
    uint32_t check; /* of all rows so far */
    bool begun;
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
    png_text text[SMAP__FILE_TEXTS];
    int texts;
} header;

/* The keywords of the PNG specification. */
static char title_key[] = "Title", author_key[] = "Author", description_key[] = "Description",
            keywords_key[] = "Keywords", source_key[] = "Source", rights_key[] = "Copyright";

/* Copies, as libpng wants mutable texts. */
static bool put_texts(header *h, const char *const *file_text) {
    static char *const key[SMAP__FILE_TEXTS] = { title_key,    NULL,       author_key, description_key,
                                                 keywords_key, source_key, rights_key };
    for (int i = 0; i < SMAP__FILE_TEXTS; i++) {
        if (!file_text[i] || !key[i]) continue;
        char *copy = smap__strdup(file_text[i]);
        if (!copy) return false;
        h->text[h->texts++] = (png_text){ .compression = PNG_ITXT_COMPRESSION_NONE, .key = key[i], .text = copy };
    }
    return true;
}

static void write_header(smap__png *self, void *data) {
    static const double INCHES_PER_M = 1 / 0.0254;
    const header *h = data;
    png_set_IHDR(self->png, self->info, (png_uint_32)h->width, (png_uint_32)h->height, 8, PNG_COLOR_TYPE_RGB,
                 PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_uint_32 per_m = (png_uint_32)lround(h->dpi * INCHES_PER_M);
    png_set_pHYs(self->png, self->info, per_m, per_m, PNG_RESOLUTION_METER);
    png_set_text(self->png, self->info, h->text, h->texts);
    png_write_info(self->png, self->info);
}

smap_status smap__png_open(smap__sink sink, void *user, int width, int height, int dpi, const char *const *file_text,
                           smap__png **out, smap_error *err) {
    smap__png *self = smap__zalloc(1, sizeof *self);
    if (!self) return smap__fail_memory(err);
    self->sink = sink;
    self->user = user;
    self->width = width;
    self->check = (uint32_t)adler32(0, NULL, 0);
    self->png = png_create_write_struct_2(PNG_LIBPNG_VER_STRING, self, on_error, on_warning, NULL, on_alloc, on_free);
    if (self->png) self->info = png_create_info_struct(self->png);
    header h = { .width = width, .height = height, .dpi = dpi };
    bool made = self->info && put_texts(&h, file_text);
    if (made) png_set_write_fn(self->png, self, on_write, on_flush);
    smap_status status = made ? guard(self, write_header, &h, err) : smap__fail_memory(err);
    for (int i = 0; i < h.texts; i++) smap__free(h.text[i].text);
    if (status == SMAP_OK)
        *out = self;
    else
        smap__png_free(self);
    return status;
}

/* ---- pieces ------------------------------------------------------------------------------------------------------ */

/* Level 1 of zlib takes three quarters of the time of level 3 for 2 % more bytes (decisions/0027). A piece ends on a
 * whole byte, without the mark of the last block, so that pieces can stand behind each other. */
enum { LEVEL = 1, RAW = -15, MEMORY = 8 };

struct smap__png_packer {
    z_stream stream;
    bool ready;
    int width;
    uint8_t *row, *packed;
    size_t capacity, len; /* of packed */
    uint32_t check;
    uint64_t bytes; /* before packing */
};

static voidpf on_zalloc(voidpf user, uInt count, uInt size) {
    (void)user;
    return smap__zalloc(count, size);
}

static void on_zfree(voidpf user, voidpf pointer) {
    (void)user;
    smap__free(pointer);
}

void smap__png_packer_free(smap__png_packer *packer) {
    if (!packer) return;
    if (packer->ready) deflateEnd(&packer->stream);
    smap__free(packer->row);
    smap__free(packer->packed);
    smap__free(packer);
}

static size_t row_bytes(int width) {
    return 3 * (size_t)width + 1; /* the first byte of a row is its filter: none */
}

smap_status smap__png_packer_new(const smap__png *png, int rows, smap__png_packer **out, smap_error *err) {
    smap__png_packer *packer = smap__zalloc(1, sizeof *packer);
    if (!packer) return smap__fail_memory(err);
    packer->width = png->width;
    packer->stream.zalloc = on_zalloc;
    packer->stream.zfree = on_zfree;
    packer->ready = deflateInit2(&packer->stream, LEVEL, Z_DEFLATED, RAW, MEMORY, Z_DEFAULT_STRATEGY) == Z_OK;
    packer->capacity = packer->ready ? deflateBound(&packer->stream, (uLong)(row_bytes(png->width) * (size_t)rows)) : 0;
    packer->capacity += 64; /* the end of a piece */
    packer->row = smap__zalloc(row_bytes(png->width), 1);
    packer->packed = smap__alloc(packer->capacity);
    if (packer->ready && packer->row && packer->packed) {
        *out = packer;
        return SMAP_OK;
    }
    smap__png_packer_free(packer);
    return smap__fail_memory(err);
}

static void take_row(smap__png_packer *packer, const uint8_t *from) {
    uint8_t *row = packer->row + 1;
    for (int x = 0; x < packer->width; x++) {
        uint32_t pixel;
        memcpy(&pixel, from + 4 * (size_t)x, sizeof pixel);
        row[3 * x] = (uint8_t)(pixel >> 16);
        row[3 * x + 1] = (uint8_t)(pixel >> 8);
        row[3 * x + 2] = (uint8_t)pixel;
    }
}

smap_status smap__png_pack(smap__png_packer *packer, const uint8_t *pixels, int rows, int stride, smap_error *err) {
    z_stream *stream = &packer->stream;
    size_t bytes = row_bytes(packer->width);
    bool good = deflateReset(stream) == Z_OK;
    packer->check = (uint32_t)adler32(0, NULL, 0);
    packer->bytes = 0;
    stream->next_out = packer->packed;
    stream->avail_out = (uInt)packer->capacity;
    for (int y = 0; good && y < rows; y++) {
        take_row(packer, pixels + (size_t)y * (size_t)stride);
        packer->check = (uint32_t)adler32(packer->check, packer->row, (uInt)bytes);
        packer->bytes += bytes;
        stream->next_in = packer->row;
        stream->avail_in = (uInt)bytes;
        good = deflate(stream, y + 1 == rows ? Z_SYNC_FLUSH : Z_NO_FLUSH) == Z_OK && stream->avail_in == 0;
    }
    packer->len = packer->capacity - stream->avail_out;
    if (good && stream->avail_out > 0) return SMAP_OK;
    return smap__fail(err, SMAP_E_INTERNAL, "PNG", "the image could not be encoded; please report this");
}

typedef struct chunk {
    const uint8_t *data;
    size_t len;
} chunk;

static const png_byte idat[] = "IDAT";

/* The stream's head goes before its first piece. */
static void write_piece(smap__png *self, void *data) {
    static const uint8_t head[] = { 0x78, 0x01 }; /* deflate, window of 32 KB, quick */
    const chunk *piece = data;
    size_t extra = self->begun ? 0 : sizeof head;
    self->begun = true;
    png_write_chunk_start(self->png, idat, (png_uint_32)(piece->len + extra));
    if (extra) png_write_chunk_data(self->png, head, extra);
    png_write_chunk_data(self->png, piece->data, piece->len);
    png_write_chunk_end(self->png);
}

smap_status smap__png_put(smap__png *self, const smap__png_packer *packer, smap_error *err) {
    chunk piece = { packer->packed, packer->len };
    self->check = (uint32_t)adler32_combine(self->check, packer->check, (z_off_t)packer->bytes);
    return guard(self, write_piece, &piece, err);
}

/* An empty last block and the check of all bytes. */
static void write_end(smap__png *self, void *data) {
    static const png_byte iend[] = "IEND";
    uint32_t k = self->check;
    const uint8_t end[] = { 0x03, 0x00, (uint8_t)(k >> 24), (uint8_t)(k >> 16), (uint8_t)(k >> 8), (uint8_t)k };
    chunk last = { end, sizeof end };
    (void)data;
    write_piece(self, &last);
    png_write_chunk(self->png, iend, NULL, 0);
}

smap_status smap__png_finish(smap__png *self, smap_error *err) {
    return guard(self, write_end, NULL, err);
}

void smap__png_free(smap__png *self) {
    if (!self) return;
    if (self->png) png_destroy_write_struct(&self->png, &self->info);
    smap__free(self);
}
