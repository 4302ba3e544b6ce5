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

static smap_status make(const char *format, smap__export *e, smap_error *err) {
    if (strcmp(format, "geojson") == 0) return smap__export_geojson(e, err);
    if (strcmp(format, "csv") == 0) return smap__export_csv(e, err);
    if (strcmp(format, "gpx") == 0) return smap__export_gpx(e, err);
    if (strcmp(format, "kmz") == 0) return smap__export_kmz(e, err);
    return smap__export_xlsx(e, err);
}

/* What the format could not hold as it is. */
static smap_status tell_layer(const char *format, const smap__export_layer *layer, smap_result *result,
                              smap_error *err) {
    const char *name = layer->layer->name;
    smap_status status = SMAP_OK;
    if (layer->left_out)
        status = smap__result_note(result, err, "%s holds %s: of layer %s, %lld features are left out, or their shapes",
                                   format, holds(format), name, (long long)layer->left_out);
    if (status == SMAP_OK && layer->cut)
        status = smap__result_note(result, err,
                                   "a cell of %s holds 32,767 characters: of layer %s, %lld texts are cut there",
                                   format, name, (long long)layer->cut);
    if (status == SMAP_OK && layer->sheets > 1)
        status = smap__result_note(result, err,
                                   "a sheet of %s holds 1,048,576 rows: layer %s goes on, and fills %lld sheets",
                                   format, name, (long long)layer->sheets);
    return status;
}

static smap_status write_layers(smap__export *e, const smap_publish_options *o, const char *format, smap_result *result,
                                smap_error *err) {
    smap_status status = make(format, e, err);
    for (int i = 0; i < e->layers && status == SMAP_OK; i++) status = tell_layer(format, &e->layer[i], result, err);
    if (status != SMAP_OK || o->common.dry_run) return status;
    return smap__file_out_put(e->ctx, o->output, o->overwrite, e->out.data, e->out.len, err);
}

smap_status smap__publish_export(smap_ctx *ctx, const smap_publish_options *o, const char *format,
                                 const smap__publish_layers *layers, smap_result *result, smap_error *err) {
    bool arabic = o->common.lang && strcmp(o->common.lang, "ar") == 0;
    if (is_single(format) && layers->count != 1)
        return smap__fail(err, SMAP_E_ARGUMENT, "layer",
                          "a .%s file holds one layer, and there are %d; name one with --layer", format, layers->count);
    smap__export e = { .ctx = ctx,
                       .layer = smap__zalloc((size_t)layers->count + 1, sizeof *e.layer),
                       .layers = layers->count,
                       .title = o->title ? o->title : smap__path_name(o->output),
                       .arabic = arabic };
    if (!e.layer) return smap__fail_memory(err);
    for (int i = 0; i < layers->count; i++) {
        const smap__publish_layer *from = &layers->item[i];
        const smap__label *label = &from->schema->label;
        e.layer[i] = (smap__export_layer){ .layer = from->view,
                                           .schema = from->schema,
                                           .title = arabic && *label->ar ? label->ar : label->en };
    }
    smap_status status = write_layers(&e, o, format, result, err);
    smap__str_release(&e.out);
    smap__free(e.layer);
    return status;
}
