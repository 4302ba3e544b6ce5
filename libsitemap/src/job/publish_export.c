#include "job/publish_export.h"

#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/path.h"
#include "io/export.h"
#include "io/file_out.h"
#include "job/result.h"

static const struct {
    const char *name;
    bool one_layer;
    const char *holds;
} formats[] = { { "gpkg", false, "everything" },
                { "kmz", false, "features with a position" },
                { "gpx", false, "points and lines" },
                { "geojson", true, "everything" },
                { "csv", true, "rows, and the positions of points" },
                { "xlsx", false, "rows, and the positions of points" } };
enum { FORMATS = sizeof formats / sizeof *formats };

smap_status smap__publish_format(const smap_publish_options *options, const char **out, smap_error *err) {
    for (int i = 0; i < FORMATS; i++) {
        bool named = options->format ? strcmp(options->format, formats[i].name) == 0
                                     : smap__path_has_extension(options->output, formats[i].name);
        if (!named) continue;
        *out = formats[i].name;
        return SMAP_OK;
    }
    return smap__fail(err, SMAP_E_ARGUMENT, "format",
                      "%s: files are published as .gpkg, .kmz, .gpx, .geojson, .csv or .xlsx; name one so, or say "
                      "--format",
                      options->output);
}

static bool is_single(const char *format) {
    for (int i = 0; i < FORMATS; i++)
        if (strcmp(format, formats[i].name) == 0) return formats[i].one_layer;
    return false;
}

static const char *holds(const char *format) {
    for (int i = 0; i < FORMATS; i++)
        if (strcmp(format, formats[i].name) == 0) return formats[i].holds;
    return "";
}

static smap_status write_text(smap_ctx *ctx, const smap_publish_options *o, const smap__str *text, smap_error *err) {
    smap__file_out *file = NULL;
    smap_status status = smap__file_out_open(ctx, o->output, o->overwrite, &file, err);
    if (status != SMAP_OK) return status;
    status = smap__file_out_write(file, text->data ? text->data : "", text->len, err);
    if (status == SMAP_OK) return smap__file_out_commit(file, err);
    smap__file_out_abandon(file);
    return status;
}

static void make(const char *format, smap__export_layer *layer, int layers, const char *title, smap__str *out) {
    if (strcmp(format, "geojson") == 0) smap__export_geojson(layer, out);
    if (strcmp(format, "csv") == 0) smap__export_csv(layer, out);
    if (strcmp(format, "gpx") == 0) smap__export_gpx(layer, layers, out);
    if (strcmp(format, "kmz") == 0) smap__export_kmz(layer, layers, title, out);
    if (strcmp(format, "xlsx") == 0) smap__export_xlsx(layer, layers, out);
}

static smap_status tell_left_out(const char *format, const smap__export_layer *layer, int layers, smap_result *result,
                                 smap_error *err) {
    smap_status status = SMAP_OK;
    for (int i = 0; i < layers && status == SMAP_OK; i++)
        if (layer[i].left_out)
            status =
                smap__result_note(result, err, "%s holds %s: of layer %s, %lld features are left out, or their shapes",
                                  format, holds(format), layer[i].layer->name, (long long)layer[i].left_out);
    return status;
}

smap_status smap__publish_export(smap_ctx *ctx, const smap_publish_options *o, const char *format,
                                 const smap__publish_layers *layers, smap_result *result, smap_error *err) {
    smap__str text = SMAP__STR_INIT;
    smap_status status = SMAP_OK;
    if (is_single(format) && layers->count != 1)
        return smap__fail(err, SMAP_E_ARGUMENT, "layer",
                          "a .%s file holds one layer, and there are %d; name one with --layer", format, layers->count);
    smap__export_layer *layer = smap__zalloc((size_t)layers->count + 1, sizeof *layer);
    if (!layer) return smap__fail_memory(err);
    for (int i = 0; i < layers->count; i++) {
        const smap__publish_layer *from = &layers->item[i];
        bool arabic = o->common.lang && strcmp(o->common.lang, "ar") == 0 && *from->schema->label.ar;
        layer[i] = (smap__export_layer){ .layer = from->view,
                                         .schema = from->schema,
                                         .title = arabic ? from->schema->label.ar : from->schema->label.en };
    }
    make(format, layer, layers->count, o->title ? o->title : smap__path_name(o->output), &text);
    if (text.failed) status = smap__fail_memory(err);
    if (status == SMAP_OK && !o->common.dry_run) status = write_text(ctx, o, &text, err);
    if (status == SMAP_OK) status = tell_left_out(format, layer, layers->count, result, err);
    smap__str_release(&text);
    smap__free(layer);
    return status;
}
