#include "draw/jpeg_rows.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

#include <jpeglib.h>

#include "base/alloc.h"
#include "base/fail.h"

struct smap__jpeg {
    struct jpeg_compress_struct job; /* its first member is the error manager's address */
    struct jpeg_error_mgr errors;
    jmp_buf failed;
    unsigned char *bytes; /* libjpeg's own */
    unsigned long len;
    uint8_t *row;
};

/* libjpeg ends the process unless it is led out of here. */
static void lead_out(j_common_ptr job) {
    smap__jpeg *jpeg = (smap__jpeg *)job;
    longjmp(jpeg->failed, 1);
}

static void say_nothing(j_common_ptr job) {
    (void)job;
}

smap_status smap__jpeg_new(int width, int height, int quality, smap__jpeg **out, smap_error *err) {
    smap__jpeg *jpeg = smap__zalloc(1, sizeof *jpeg);
    if (!jpeg) return smap__fail_memory(err);
    jpeg->row = smap__zalloc((size_t)width, 3);
    jpeg->job.err = jpeg_std_error(&jpeg->errors);
    jpeg->errors.error_exit = lead_out;
    jpeg->errors.output_message = say_nothing;
    if (!jpeg->row) {
        smap__jpeg_free(jpeg);
        return smap__fail_memory(err);
    }
    if (setjmp(jpeg->failed)) {
        smap__jpeg_free(jpeg);
        return smap__fail_memory(err);
    }
    jpeg_create_compress(&jpeg->job);
    jpeg_mem_dest(&jpeg->job, &jpeg->bytes, &jpeg->len);
    jpeg->job.image_width = (JDIMENSION)width;
    jpeg->job.image_height = (JDIMENSION)height;
    jpeg->job.input_components = 3;
    jpeg->job.in_color_space = JCS_RGB;
    jpeg_set_defaults(&jpeg->job);
    jpeg_set_quality(&jpeg->job, quality, TRUE);
    jpeg_start_compress(&jpeg->job, TRUE);
    *out = jpeg;
    return SMAP_OK;
}

void smap__jpeg_free(smap__jpeg *jpeg) {
    if (!jpeg) return;
    /* What was written so far may have moved: only when it ends does libjpeg say to where. */
    if (jpeg->job.dest) jpeg->job.dest->term_destination(&jpeg->job);
    jpeg_destroy_compress(&jpeg->job);
    free(jpeg->bytes);
    smap__free(jpeg->row);
    smap__free(jpeg);
}

smap_status smap__jpeg_put(smap__jpeg *jpeg, const uint32_t *pixels, smap_error *err) {
    JSAMPROW row = jpeg->row;
    for (JDIMENSION i = 0; i < jpeg->job.image_width; i++)
        for (int k = 0; k < 3; k++) row[3 * i + (JDIMENSION)k] = (uint8_t)(pixels[i] >> (16 - 8 * k));
    if (setjmp(jpeg->failed)) return smap__fail_memory(err);
    jpeg_write_scanlines(&jpeg->job, &row, 1);
    return SMAP_OK;
}

smap_status smap__jpeg_finish(smap__jpeg *jpeg, uint8_t **bytes, size_t *len, smap_error *err) {
    if (setjmp(jpeg->failed)) return smap__fail_memory(err);
    jpeg_finish_compress(&jpeg->job);
    *bytes = jpeg->bytes;
    *len = jpeg->len;
    jpeg->bytes = NULL;
    jpeg->job.dest = NULL; /* it was ended, and is not asked again */
    return SMAP_OK;
}

void smap__jpeg_drop(void *bytes) {
    free(bytes);
}
