#include "job/map_base.h"

#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/path.h"
#include "geo/crs.h"
#include "sheet/sheet_text.h"

/* ---- reading it while a page is painted -------------------------------------------------------------------------- */

static smap_status begin(void *user, const smap__sheet *sheet, const smap__base_grid *grid, void **reading,
                         smap_error *err) {
    const smap__map_base *base = user;
    const smap__view *map = &sheet->map;
    smap__picture_frame frame = { .crs = map->crs,
                                  .x = map->box.xmin + (grid->x_mm - map->at.x) / map->mm_per_unit,
                                  .y = map->box.ymax - (grid->y_mm - map->at.y) / map->mm_per_unit,
                                  .step = grid->px_mm / map->mm_per_unit,
                                  .width = grid->width,
                                  .height = grid->height };
    smap__picture_view *view = NULL;
    smap_status status = smap__picture_view_new(base->ctx, base->picture, &frame, &view, err);
    if (status == SMAP_OK) *reading = view;
    return status;
}

static smap_status read_rows(void *reading, int worker, int row, int rows, uint32_t *pixels, smap_error *err) {
    return smap__picture_view_read(reading, worker, row, rows, pixels, err);
}

static void end(void *reading) {
    smap__picture_view_free(reading);
}

/* ---- which one it is --------------------------------------------------------------------------------------------- */

/* "base": {"file", "attribution"} of a sheet file names a file beside it. */
static smap_status find_in_sheet(const smap__sheet_file *file, const smap__json *json, char **path, smap_error *err) {
    const char *name = smap__json_text(smap__json_get(json, "file"), NULL);
    if (!name)
        return smap__fail(err, SMAP_E_FORMAT, file->path,
                          "%s: \"base\" is to be an object with the \"file\" of a picture beside the sheet, "
                          "{\"file\": \"imagery.tif\", \"attribution\": \"...\"}",
                          file->path);
    if (strchr(name, '/'))
        return smap__fail(
            err, SMAP_E_REFUSED, file->path,
            "%s: the \"file\" of \"base\" is \"%s\", but must be the name of a file beside the sheet, not "
            "a path; another one is named with --base",
            file->path, name);
    char *folder = smap__path_folder(file->path);
    *path = folder ? smap__path_join(folder, name) : NULL;
    smap__free(folder);
    return *path ? SMAP_OK : smap__fail_memory(err);
}

smap_status smap__map_base_open(smap_ctx *ctx, const smap_map_options *options, const smap__sheet_file *file,
                                smap__map_base *base, smap_error *err) {
    const smap__json *json = smap__json_get(smap__json_root(file->doc), "base");
    char *beside = NULL;
    smap_status status = SMAP_OK;
    if (options->base_attribution && !options->base && !json)
        return smap__fail(err, SMAP_E_ARGUMENT, "base_attribution",
                          "--base-attribution says whose the picture of --base is; give --base too");
    if (!options->base && !json) return SMAP_OK;
    base->ctx = ctx;
    base->attribution = options->base_attribution;
    if (!options->base) status = find_in_sheet(file, json, &beside, err);
    if (!options->base && !base->attribution)
        base->attribution = smap__json_text(smap__json_get(json, "attribution"), NULL);
    if (status == SMAP_OK)
        status = smap__picture_open(ctx, options->base ? options->base : beside, &base->picture, err);
    smap__free(beside);
    if (status != SMAP_OK) return status;
    const smap__picture_info *info = smap__picture_info_of(base->picture);
    base->shown = (smap__sheet_base){ base, info->exact, info->synthetic, begin, read_rows, end };
    return SMAP_OK;
}

void smap__map_base_release(smap__map_base *base) {
    smap__picture_close(base->picture);
    *base = (smap__map_base){ 0 };
}

/* ---- what is said of it ------------------------------------------------------------------------------------------ */

static const char *word_of(const smap__json *words, const char *key, const char *lang) {
    return smap__json_text(smap__json_get(smap__json_get(words, key), lang), "");
}

/* The joiner and the word, its {key} filled. */
static void put_part(smap__str *out, const char *joiner, const char *word, const char *key, const char *value) {
    const char *at = key ? strstr(word, key) : NULL;
    if (!*word) return;
    smap__str_put(out, joiner);
    smap__str_put_n(out, word, at ? (size_t)(at - word) : strlen(word));
    if (!at) return;
    smap__text_put_isolated(out, value);
    smap__str_put(out, at + strlen(key));
}

/* Two digits are as many as are known. */
static void put_metres(double m, char *out, size_t size) {
    double unit = m < 1 ? 0.01 : m < 10 ? 0.1 : 1, rounded = round(m / unit) * unit;
    int decimals = m < 1 ? 2 : m < 10 ? 1 : 0;
    while (decimals > 0 && fabs(rounded * pow(10, decimals - 1) - round(rounded * pow(10, decimals - 1))) < 1e-6)
        decimals--;
    smap__text_number(rounded, decimals, out, size);
}

static void describe(const smap__map_base *base, const smap__json *words, const char *lang, double resolution_m,
                     smap__str *out) {
    const smap__picture_info *info = smap__picture_info_of(base->picture);
    const char *source = base->attribution ? base->attribution : info->attribution;
    const char *joiner = word_of(words, "joiner", lang);
    char metres[48];
    put_metres(resolution_m, metres, sizeof metres);
    if (source[0] && (strcmp(lang, "ar") == 0 || smap__text_has_rtl(source)))
        smap__text_put_isolated(out, source);
    else
        smap__str_put(out, source[0] ? source : word_of(words, "unknown", lang));
    if (resolution_m > 0) put_part(out, joiner, word_of(words, "resolution", lang), "{m}", metres);
    if (info->date[0]) put_part(out, joiner, word_of(words, "date", lang), "{date}", info->date);
    if (info->stretched) put_part(out, joiner, word_of(words, "stretched", lang), NULL, NULL);
}

/* Metres of a pixel in the middle of the extent, where degrees are about as long as on a sphere. */
static smap_status find_resolution(const smap__map_base *base, smap_box extent, const smap_crs *wgs84, double *out,
                                   smap_error *err) {
    const smap_crs *metric = NULL;
    smap_box box;
    bool touches = false;
    smap_status status = smap__crs_metric(base->ctx, extent, wgs84, &metric, err);
    if (status == SMAP_OK) status = smap__crs_transform_box(base->ctx, wgs84, metric, extent, &box, err);
    if (status == SMAP_OK) status = smap__picture_touches(base->ctx, base->picture, metric, box, &touches, out, err);
    smap_crs_free(metric);
    return status;
}

smap_status smap__map_base_describe(const smap__map_base *base, const smap__json *sheet, smap_box extent,
                                    const smap_crs *wgs84, smap__str *en, smap__str *ar, smap_error *err) {
    const smap__json *words = smap__json_get(sheet, "base_words");
    double resolution_m = 0;
    smap_status status = find_resolution(base, extent, wgs84, &resolution_m, err);
    if (status != SMAP_OK) return status;
    describe(base, words, "en", resolution_m, en);
    describe(base, words, "ar", resolution_m, ar);
    return en->failed || ar->failed ? smap__fail_memory(err) : SMAP_OK;
}

smap_status smap__map_base_check(const smap__map_base *base, const smap__sheet *sheet, bool *touches, smap_error *err) {
    smap_status status =
        smap__picture_touches(base->ctx, base->picture, sheet->map.crs, sheet->map.box, touches, NULL, err);
    if (status == SMAP_OK && !*touches)
        smap__log(base->ctx, SMAP_LOG_WARNING,
                  "the base does not lie where the map is, so that nothing of it shows; is its coordinate reference "
                  "system the right one?");
    return status;
}
