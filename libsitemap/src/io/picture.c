#include "io/picture.h"

#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/path.h"
#include "base/str.h"
#include "geo/crs.h"
#include "io/gdal_guard.h"
#include "io/picture_part.h"

enum { MOST_ATTRIBUTION = 300 }; /* bytes: what stands in a note of a sheet */

static const smap__picture_kind *kind_of(const char *path) {
    if (smap__path_has_extension(path, "tif") || smap__path_has_extension(path, "tiff")) return &smap__picture_tiff;
    return smap__path_has_extension(path, "mbtiles") ? &smap__picture_tiles : NULL;
}

smap_status smap__picture_open(smap_ctx *ctx, const char *spec, smap__picture **out, smap_error *err) {
    smap__picture *p = smap__zalloc(1, sizeof *p);
    if (!p) return smap__fail_memory(err);
    smap_status status = SMAP_OK;
    SMAP_TRY(smap__gdal_start(err), failed);
    SMAP_TRY(smap__spec_parse(spec, &p->spec, err), failed);
    p->kind = kind_of(p->spec.shown);
    if (!p->kind || p->spec.inner || p->spec.layer)
        SMAP_TRY(smap__fail(err, SMAP_E_REFUSED, p->spec.shown,
                            "%s: is no picture that can lie below a map; give a GeoTIFF (.tif) or an .mbtiles file",
                            p->spec.shown),
                 failed);
    if (!smap__picture_attribute(p, NULL)) SMAP_TRY(smap__fail_memory(err), failed);
    SMAP_TRY(p->kind->open(p, ctx, err), failed);
    p->info.attribution = p->attribution;
    p->info.date = p->date;
    if (strncmp(p->attribution, "SYNTHETIC", 9) == 0) p->info.synthetic = true;
    *out = p;
    return SMAP_OK;
failed:
    smap__picture_close(p);
    return status;
}

smap_status smap__picture_copy(smap_ctx *ctx, const smap__picture *picture, smap__picture **out, smap_error *err) {
    smap__picture *p = smap__alloc(sizeof *p);
    if (!p) return smap__fail_memory(err);
    *p = *picture;
    p->state = NULL;
    p->attribution = NULL;
    p->info.crs = smap_crs_retain(picture->info.crs);
    p->info.attribution = p->info.date = "";
    p->spec = (smap__spec){ .shown = smap__strdup(picture->spec.shown),
                            .path = smap__strdup(picture->spec.path),
                            .size = picture->spec.size };
    smap_status status = p->spec.shown && p->spec.path ? SMAP_OK : smap__fail_memory(err);
    if (status == SMAP_OK) status = p->kind->copy(p, picture, ctx, err);
    if (status == SMAP_OK)
        *out = p;
    else
        smap__picture_close(p);
    return status;
}

void smap__picture_close(smap__picture *picture) {
    if (!picture) return;
    if (picture->kind && picture->state) picture->kind->close(picture);
    smap_crs_free(picture->info.crs);
    smap__spec_release(&picture->spec);
    smap__free(picture->attribution);
    smap__free(picture);
}

const smap__picture_info *smap__picture_info_of(const smap__picture *picture) {
    return &picture->info;
}

/* ---- what it says of itself ------------------------------------------------------------------------------------- */

/* Length of an entity at `at`, its text in *out; 0: none that is known. */
static size_t entity_at(const char *at, const char **out) {
    static const struct {
        const char *name, *text;
    } known[] = { { "&copy;", "©" },  { "&#169;", "©" }, { "&amp;", "&" }, { "&lt;", "<" },  { "&gt;", ">" },
                  { "&quot;", "\"" }, { "&nbsp;", " " }, { "&#39;", "'" }, { "&apos;", "'" } };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        size_t n = strlen(known[i].name);
        if (strncmp(at, known[i].name, n) != 0) continue;
        *out = known[i].text;
        return n;
    }
    return 0;
}

/* Attributions of web maps come with links around names. */
static void put_plain(smap__str *out, const char *text) {
    for (const char *at = text; *at;) {
        const char *entity = NULL, *close = *at == '<' ? strchr(at, '>') : NULL;
        size_t n = *at == '&' ? entity_at(at, &entity) : 0;
        if (close) {
            at = close + 1;
        } else if (n) {
            smap__str_put(out, entity);
            at += n;
        } else {
            unsigned char c = (unsigned char)*at++;
            smap__str_put_char(out, c < 0x20 || c == 0x7F ? ' ' : (char)c);
        }
    }
}

bool smap__picture_attribute(smap__picture *picture, const char *text) {
    smap__str plain = SMAP__STR_INIT;
    if (text && smap__utf8_valid(text, strlen(text))) put_plain(&plain, text);
    smap__str_put(&plain, "");
    const char *from = plain.data ? plain.data : "";
    size_t len = strlen(from);
    smap__trim(&from, &len);
    while (len > MOST_ATTRIBUTION || (len && len < strlen(from) && ((unsigned char)from[len] & 0xC0) == 0x80)) len--;
    smap__free(picture->attribution);
    picture->attribution = plain.failed ? NULL : smap__strndup(from, len);
    smap__str_release(&plain);
    return picture->attribution != NULL;
}

/* ---- where it is ------------------------------------------------------------------------------------------------ */

smap_status smap__picture_locate(smap_ctx *ctx, const smap__picture *picture, const smap_crs *crs, double *x, double *y,
                                 int64_t n, smap_error *err) {
    const double *t = picture->info.transform;
    double cell = t[1] * t[5] - t[2] * t[4];
    smap_status status = smap__crs_transform(ctx, crs, picture->info.crs, x, y, n, NULL, err);
    for (int64_t i = 0; i < n && status == SMAP_OK; i++) {
        double dx = x[i] - t[0], dy = y[i] - t[3];
        x[i] = (dx * t[5] - dy * t[2]) / cell;
        y[i] = (dy * t[1] - dx * t[4]) / cell;
    }
    return status;
}

static smap_status ground_resolution(smap_ctx *ctx, const smap__picture *p, const smap_crs *crs, double u, double v,
                                     double *out, smap_error *err) {
    const double *t = p->info.transform;
    double x[3], y[3];
    for (int i = 0; i < 3; i++) {
        double column = u + (i == 1), row = v + (i == 2);
        x[i] = t[0] + column * t[1] + row * t[2];
        y[i] = t[3] + column * t[4] + row * t[5];
    }
    smap_status status = smap__crs_transform(ctx, p->info.crs, crs, x, y, 3, NULL, err);
    if (status == SMAP_OK) *out = (hypot(x[1] - x[0], y[1] - y[0]) + hypot(x[2] - x[0], y[2] - y[0])) / 2;
    return status;
}

smap_status smap__picture_touches(smap_ctx *ctx, const smap__picture *picture, const smap_crs *crs, smap_box box,
                                  bool *touches, double *resolution_m, smap_error *err) {
    enum { SIDE = 9 };
    double x[SIDE * SIDE], y[SIDE * SIDE];
    for (int i = 0; i < SIDE * SIDE; i++) {
        x[i] = box.xmin + (box.xmax - box.xmin) * (i % SIDE) / (SIDE - 1);
        y[i] = box.ymin + (box.ymax - box.ymin) * (double)(i / SIDE) / (SIDE - 1);
    }
    smap_status status = smap__picture_locate(ctx, picture, crs, x, y, SIDE * SIDE, err);
    if (status != SMAP_OK) return status;
    double left = INFINITY, top = INFINITY, right = -INFINITY, bottom = -INFINITY;
    for (int i = 0; i < SIDE * SIDE; i++) {
        left = fmin(left, x[i]), right = fmax(right, x[i]);
        top = fmin(top, y[i]), bottom = fmax(bottom, y[i]);
    }
    left = fmax(left, (double)picture->from_x), right = fmin(right, (double)picture->to_x);
    top = fmax(top, (double)picture->from_y), bottom = fmin(bottom, (double)picture->to_y);
    *touches = left < right && top < bottom;
    if (!*touches || !resolution_m) return SMAP_OK;
    return ground_resolution(ctx, picture, crs, (left + right) / 2, (top + bottom) / 2, resolution_m, err);
}
