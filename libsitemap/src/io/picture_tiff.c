/* GeoTIFFs with their overviews, inside or in a .ovr beside them. */
#include <string.h>

#include <gdal.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/str.h"
#include "io/budget.h"
#include "io/dataset.h"
#include "io/gdal_guard.h"
#include "io/picture_part.h"

typedef struct tiff {
    void *dataset;
    smap__bands bands;
} tiff;

static bool block_is_small(void *band, int *width, int *height) {
    GDALGetBlockSize(band, width, height);
    return *width > 0 && *height > 0 && (int64_t)*width * *height <= SMAP__BUDGET_BLOCK_CELLS;
}

static smap_status check_size(smap__picture *p, const tiff *t, smap_error *err) {
    const char *shown = p->spec.shown;
    int across, down;
    p->info.width = GDALGetRasterXSize(t->dataset);
    p->info.height = GDALGetRasterYSize(t->dataset);
    if (GDALGetRasterCount(t->dataset) < 1 || p->info.width < 1 || p->info.height < 1)
        return smap__fail(err, SMAP_E_FORMAT, shown, "%s: has no pixels", shown);
    if (p->info.width > SMAP__BUDGET_CELLS / p->info.height)
        return smap__fail(err, SMAP_E_LIMIT, shown,
                          "%s: has %lld x %lld pixels, more than the %lld million that are read; cut it to the area "
                          "that you need",
                          shown, (long long)p->info.width, (long long)p->info.height,
                          (long long)(SMAP__BUDGET_CELLS / 1000000));
    if (!block_is_small(GDALGetRasterBand(t->dataset, 1), &across, &down))
        return smap__fail(err, SMAP_E_LIMIT, shown,
                          "%s: its pixels lie in pieces of %d x %d, too large to be read at once; store it in tiles "
                          "first (gdal_translate -co TILED=YES)",
                          shown, across, down);
    p->in_rows = across > p->info.width / 2;
    p->to_x = p->info.width;
    p->to_y = p->info.height;
    return SMAP_OK;
}

/* Is the same overview of all bands there, and smaller than the level before it? */
static bool overview_fits(const smap__picture *p, const tiff *t, int i) {
    const smap__picture_level *before = &p->level[p->info.levels - 1];
    int across, down;
    GDALRasterBandH first = GDALGetOverview(t->bands.colour[0], i);
    if (!first || !block_is_small(first, &across, &down)) return false;
    if (t->bands.masked && GDALGetMaskFlags(first) != GMF_PER_DATASET) return false;
    int width = GDALGetRasterBandXSize(first), height = GDALGetRasterBandYSize(first);
    for (int k = 0; k <= 3; k++) {
        void *band = k < t->bands.count ? t->bands.colour[k] : k == 3 ? t->bands.alpha : NULL;
        GDALRasterBandH own = band ? GDALGetOverview(band, i) : first;
        if (!own || GDALGetRasterBandXSize(own) != width || GDALGetRasterBandYSize(own) != height) return false;
    }
    return width > 0 && height > 0 && width < before->width && height <= before->height;
}

static void find_levels(smap__picture *p, const tiff *t) {
    int count = GDALGetOverviewCount(t->bands.colour[0]);
    p->level[0] = (smap__picture_level){ p->info.width, p->info.height, -1 };
    p->info.levels = 1;
    for (int i = 0; i < count && p->info.levels < SMAP__PICTURE_LEVELS; i++) {
        if (!overview_fits(p, t, i)) continue;
        GDALRasterBandH band = GDALGetOverview(t->bands.colour[0], i);
        p->level[p->info.levels++] =
            (smap__picture_level){ GDALGetRasterBandXSize(band), GDALGetRasterBandYSize(band), i };
    }
}

/* "2023:09:14 08:12:00" of a camera, or "2023-09-14 ..." of a satellite: the day alone. */
static void take_date(smap__picture *p, const char *text) {
    char day[11];
    int64_t days;
    if (!text || strlen(text) < 10 || p->date[0]) return;
    memcpy(day, text, 10);
    day[10] = '\0';
    if (day[4] == ':' && day[7] == ':') day[4] = day[7] = '-';
    if (smap__parse_date(day, 10, &days)) smap__format_date(days, p->date);
}

static smap_status read_words(smap__picture *p, const tiff *t, smap_error *err) {
    const char *credit = GDALGetMetadataItem(t->dataset, "TIFFTAG_COPYRIGHT", NULL);
    if (!credit || !*credit) credit = GDALGetMetadataItem(t->dataset, "SOURCE", NULL);
    const char *made_up = GDALGetMetadataItem(t->dataset, "SYNTHETIC", NULL);
    p->info.synthetic = made_up && strcmp(made_up, "yes") == 0;
    take_date(p, GDALGetMetadataItem(t->dataset, "ACQUISITIONDATETIME", "IMAGERY"));
    take_date(p, GDALGetMetadataItem(t->dataset, "TIFFTAG_DATETIME", NULL));
    return smap__picture_attribute(p, credit) ? SMAP_OK : smap__fail_memory(err);
}

static smap_status open_file(smap__picture *p, smap_ctx *ctx, smap_error *err) {
    tiff *t = p->state = smap__zalloc(1, sizeof *t);
    if (!t) return smap__fail_memory(err);
    return smap__dataset_open(ctx, p->spec.path, p->spec.shown, "GTiff", "a GeoTIFF", smap__dataset_tiff_options,
                              &t->dataset, err);
}

static smap_status open_tiff(smap__picture *p, smap_ctx *ctx, smap_error *err) {
    smap__gdal_guard guard;
    smap_status status = open_file(p, ctx, err);
    if (status != SMAP_OK) return status;
    tiff *t = p->state;
    smap__gdal_guard_begin(&guard);
    SMAP_TRY(check_size(p, t, err), done);
    SMAP_TRY(smap__dataset_place(ctx, t->dataset, p->spec.shown, p->info.transform, &p->info.crs, err), done);
    SMAP_TRY(smap__bands_find(&t->bands, t->dataset, p->spec.shown, err), done);
    find_levels(p, t);
    p->info.exact = t->bands.paletted;
    p->info.stretched = t->bands.wide;
    if (t->bands.wide) SMAP_TRY(smap__bands_stretch(&t->bands, p, err), done);
    status = read_words(p, t, err);
done:
    smap__gdal_guard_end(&guard);
    return status;
}

static smap_status copy_tiff(smap__picture *p, const smap__picture *from, smap_ctx *ctx, smap_error *err) {
    const tiff *other = from->state;
    smap__gdal_guard guard;
    smap_status status = open_file(p, ctx, err);
    if (status != SMAP_OK) return status;
    tiff *t = p->state;
    smap__gdal_guard_begin(&guard);
    status = smap__bands_find(&t->bands, t->dataset, p->spec.shown, err);
    bool same = status == SMAP_OK && t->bands.count == other->bands.count && t->bands.wide == other->bands.wide &&
                GDALGetRasterXSize(t->dataset) == p->info.width && GDALGetRasterYSize(t->dataset) == p->info.height;
    smap__gdal_guard_end(&guard);
    if (status != SMAP_OK) return status;
    if (!same) return smap__fail(err, SMAP_E_IO, p->spec.shown, "%s: changed while it was read", p->spec.shown);
    memcpy(t->bands.low, other->bands.low, sizeof t->bands.low);
    memcpy(t->bands.high, other->bands.high, sizeof t->bands.high);
    return SMAP_OK;
}

static smap_status read_tiff(smap__picture *p, int level, int64_t column, int64_t row, int64_t width, int64_t height,
                             uint8_t *rgba, smap_error *err) {
    const tiff *t = p->state;
    smap__gdal_guard guard;
    smap__gdal_guard_begin(&guard);
    smap_status status =
        smap__bands_read(&t->bands, p->level[level].id, column, row, width, height, rgba, p->spec.shown, err);
    smap__gdal_guard_end(&guard);
    if (status != SMAP_OK || !guard.failures) return status;
    return smap__fail(err, SMAP_E_FORMAT, p->spec.shown,
                      "%s: is damaged and cannot be read whole; copy or download it again", p->spec.shown);
}

static void close_tiff(smap__picture *p) {
    tiff *t = p->state;
    smap__dataset_close(t->dataset);
    smap__free(t);
}

const smap__picture_kind smap__picture_tiff = { open_tiff, copy_tiff, read_tiff, close_tiff };
