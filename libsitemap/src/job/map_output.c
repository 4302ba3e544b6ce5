#include "job/map_output.h"

#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/path.h"
#include "geo/crs.h"
#include "job/common.h"
#include "job/map_world.h"

static const double POINTS_PER_MM = 72 / 25.4;

smap_status smap__map_output_kind(const smap_map_options *options, smap__map_kind *kind, smap_error *err) {
    static const char *const extension[] = { "png", "pdf", "svg" };
    const char *output = options->output;
    if (!output) return smap__fail(err, SMAP_E_ARGUMENT, "output", "no output file was named; give -o MAP.png");
    int found = -1;
    for (int i = 0; i < 3; i++)
        if (smap__path_has_extension(output, extension[i])) found = i;
    if (found < 0)
        return smap__fail(err, SMAP_E_ARGUMENT, "output",
                          "%s: a map is written as .png, .pdf or .svg; give -o MAP.png or one of these", output);
    *kind = (smap__map_kind)found;
    if (!options->world_file || *kind == SMAP__MAP_PNG) return SMAP_OK;
    return smap__fail(err, SMAP_E_ARGUMENT, "world_file",
                      "--world-file goes with a .png; a .pdf says by itself where its map is, and an .svg cannot");
}

smap_status smap__map_output_check(const smap_map_options *options, const char *path, smap_error *err) {
    smap_status status = smap__file_out_check(path, options->overwrite, err);
    if (status != SMAP_OK || !options->world_file) return status;
    return smap__world_files_check(path, options->overwrite, err);
}

void smap__map_output_init(smap__map_output *out, smap_ctx *ctx, const smap_map_options *options, smap__map_kind kind,
                           int64_t date_ms) {
    *out = (smap__map_output){ .ctx = ctx, .options = options, .kind = kind, .bytes = SMAP__STR_INIT };
    if (!date_ms) return;
    char text[32];
    smap__format_timestamp(date_ms, text);
    snprintf(out->created, sizeof out->created, "%.19sZ", text);
}

static smap_status into_file(void *user, const void *bytes, size_t len, smap_error *err) {
    return smap__file_out_write(user, bytes, len, err);
}

static smap_status into_memory(void *user, const void *bytes, size_t len, smap_error *err) {
    smap__str *text = user;
    smap__str_put_n(text, bytes, len);
    return text->failed ? smap__fail_memory(err) : SMAP_OK;
}

/* ---- one file a sheet -------------------------------------------------------------------------------------------- */

static smap_status draw_svg(smap__map_output *out, smap__file_out *file, const smap__sheet *sheet,
                            smap__draw_report *report, smap_error *err) {
    smap__vector_pages *pages = NULL;
    smap_status status = smap__vector_pages_open(SMAP__VECTOR_SVG, sheet, false, NULL, into_file, file, &pages, err);
    if (status == SMAP_OK) status = smap__vector_pages_put(pages, out->ctx, sheet, NULL, report, err);
    if (status == SMAP_OK) status = smap__vector_pages_finish(pages, err);
    smap__vector_pages_free(pages);
    return status;
}

static smap_status draw_file(smap__map_output *out, const char *path, const smap__sheet *sheet,
                             smap__draw_report *report, smap_error *err) {
    smap__file_out *file = NULL;
    smap_status status = smap__file_out_open(out->ctx, path, out->options->overwrite, &file, err);
    if (status != SMAP_OK) return status;
    status = out->kind == SMAP__MAP_SVG ? draw_svg(out, file, sheet, report, err)
                                        : smap__draw_png(out->ctx, sheet, into_file, file, report, err);
    if (status == SMAP_OK) return smap__file_out_commit(file, err);
    smap__file_out_abandon(file);
    return status;
}

/* ---- all sheets in one PDF --------------------------------------------------------------------------------------- */

/* Where the map of the next page is, on the page and on earth. */
static smap_status add_frame(smap__map_output *out, const smap__sheet *sheet, smap_error *err) {
    const smap__view *map = &sheet->map;
    const smap_crs *geographic = NULL;
    double unit = sheet->unit_mm * POINTS_PER_MM;
    double x[] = { map->box.xmin, map->box.xmin, map->box.xmax, map->box.xmax };
    double y[] = { map->box.ymin, map->box.ymax, map->box.ymax, map->box.ymin };
    if (!smap__grow(&out->frame, &out->frame_capacity, out->frames + 1, sizeof *out->frame))
        return smap__fail_memory(err);
    smap_status status = smap__crs_geographic(out->ctx, map->crs, &geographic, err);
    if (status == SMAP_OK) status = smap__crs_transform(out->ctx, map->crs, geographic, x, y, 4, NULL, err);
    smap_crs_free(geographic);
    if (status != SMAP_OK) return status;
    bool is_epsg = smap_crs_code(map->crs) && strcmp(smap_crs_authority(map->crs), "EPSG") == 0;
    char *wkt = smap__strdup(smap__crs_wkt1(map->crs)); /* the sheet is gone when the PDF is finished */
    if (!wkt) return smap__fail_memory(err);
    smap__geopdf_frame *frame = &out->frame[out->frames];
    *frame = (smap__geopdf_frame){ .page = (int)out->frames,
                                   .left = map->at.x * unit,
                                   .bottom = (sheet->page_h_mm - map->at.y - map->at.h) * unit,
                                   .right = (map->at.x + map->at.w) * unit,
                                   .top = (sheet->page_h_mm - map->at.y) * unit,
                                   .wkt = wkt,
                                   .epsg = is_epsg ? smap_crs_code(map->crs) : 0 };
    memcpy(frame->lat, y, sizeof y);
    memcpy(frame->lon, x, sizeof x);
    out->frames++;
    return SMAP_OK;
}

static smap_status add_page(smap__map_output *out, const char *name, const smap__sheet *sheet,
                            smap__draw_report *report, smap_error *err) {
    smap_status status = SMAP_OK;
    if (!out->pages)
        status =
            smap__vector_pages_open(SMAP__VECTOR_PDF, sheet, out->options->atlas, out->created[0] ? out->created : NULL,
                                    into_memory, &out->bytes, &out->pages, err);
    if (status == SMAP_OK) status = smap__vector_pages_put(out->pages, out->ctx, sheet, name, report, err);
    return status == SMAP_OK ? add_frame(out, sheet, err) : status;
}

static smap_status write_pdf(smap__map_output *out, const smap__str *update, smap_error *err) {
    smap__file_out *file = NULL;
    smap_status status = smap__file_out_open(out->ctx, out->options->output, out->options->overwrite, &file, err);
    if (status != SMAP_OK) return status;
    status = smap__file_out_write(file, out->bytes.data, out->bytes.len, err);
    if (status == SMAP_OK) status = smap__file_out_write(file, update->data, update->len, err);
    if (status == SMAP_OK) return smap__file_out_commit(file, err);
    smap__file_out_abandon(file);
    return status;
}

/* ---- both -------------------------------------------------------------------------------------------------------- */

smap_status smap__map_output_put(smap__map_output *out, const char *path, const char *name, const smap__sheet *sheet,
                                 smap__draw_report *report, smap_error *err) {
    if (out->kind == SMAP__MAP_PDF) return add_page(out, name, sheet, report, err);
    smap_status status = draw_file(out, path, sheet, report, err);
    if (status != SMAP_OK || !out->options->world_file) return status;
    return smap__world_files_write(out->ctx, path, sheet, out->options->overwrite, err);
}

smap_status smap__map_output_finish(smap__map_output *out, smap_error *err) {
    if (!out->pages) return SMAP_OK;
    smap__str update = SMAP__STR_INIT;
    smap_status status = smap__vector_pages_finish(out->pages, err);
    if (status == SMAP_OK)
        status = smap__geopdf_update(out->bytes.data, out->bytes.len, out->frame, out->frames, &update, err);
    if (status == SMAP_OK) status = write_pdf(out, &update, err);
    smap__str_release(&update);
    return status;
}

void smap__map_output_release(smap__map_output *out) {
    smap__vector_pages_free(out->pages);
    smap__str_release(&out->bytes);
    for (size_t i = 0; i < out->frames; i++) smap__free(out->frame[i].wkt);
    smap__free(out->frame);
    *out = (smap__map_output){ 0 };
}
