/* Where maps go: PNG, PDF or SVG by the file's extension, each file whole or not at all. */
#ifndef SMAP_JOB_MAP_OUTPUT_H
#define SMAP_JOB_MAP_OUTPUT_H

#include "draw/vector_pages.h"
#include "io/file_out.h"
#include "io/geopdf.h"
#include "sitemap/job.h"

typedef enum smap__map_kind { SMAP__MAP_PNG, SMAP__MAP_PDF, SMAP__MAP_SVG } smap__map_kind;

typedef struct smap__map_output {
    smap_ctx *ctx;
    const smap_map_options *options;
    smap__map_kind kind;
    char created[24]; /* "" = no date is stated */
    /* Of a PDF, which takes all pages: */
    smap__vector_pages *pages;
    smap__str bytes;
    smap__geopdf_frame *frame;
    size_t frames, frame_capacity;
} smap__map_output;

/* As what would the file of the options be written? SMAP_E_ARGUMENT. */
smap_status smap__map_output_kind(const smap_map_options *options, smap__map_kind *kind, smap_error *err);
/* Could that file be written, with what goes beside it? SMAP_E_EXISTS, or what is wrong with its folder. */
smap_status smap__map_output_check(const smap_map_options *options, const char *path, smap_error *err);

/* `date_ms` of production, 0 = none. */
void smap__map_output_init(smap__map_output *out, smap_ctx *ctx, const smap_map_options *options, smap__map_kind kind,
                           int64_t date_ms);
/* One sheet: a page of the PDF, under that name in its outline (NULL = none), or the file `path` with its world files.
 */
smap_status smap__map_output_put(smap__map_output *out, const char *path, const char *name, const smap__sheet *sheet,
                                 smap__draw_report *report, smap_error *err);
/* The PDF is written here, to the output of the options. */
smap_status smap__map_output_finish(smap__map_output *out, smap_error *err);
void smap__map_output_release(smap__map_output *out);

#endif
