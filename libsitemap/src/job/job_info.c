#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/path.h"
#include "col/cell.h"
#include "col/column.h"
#include "col/dict.h"
#include "col/rows.h"
#include "io/raster.h"
#include "io/source.h"
#include "job/common.h"
#include "job/result.h"

/* ---- layers and columns -------------------------------------------------------------------------------------------
 */

static void put_count(smap__rows *rows, int64_t count) {
    if (count >= 0)
        smap__rows_int(rows, count);
    else
        smap__rows_null(rows);
}

/* What a text file holds is known once it is read: `read`, or NULL. */
static smap_status add_layers(smap__source *source, const smap_layer *read, smap_result *result, smap_error *err) {
    static const smap__rows_column columns[] = { { "layer", SMAP_TEXT }, { "geometry", SMAP_TEXT },
                                                 { "rows", SMAP_INT64 }, { "columns", SMAP_INT64 },
                                                 { "crs", SMAP_TEXT },   { "description", SMAP_TEXT } };
    smap__rows rows;
    const smap_table *table = NULL;
    smap__rows_init(&rows, columns, (int)(sizeof columns / sizeof *columns));
    for (int i = 0; i < smap__source_layers(source); i++) {
        const smap__source_layer *l = smap__source_layer_at(source, i);
        smap__rows_text(&rows, l->name);
        smap__rows_text(&rows, l->geometry[0] ? l->geometry : NULL);
        bool is_read = read && strcmp(read->name, l->name) == 0;
        put_count(&rows, l->rows >= 0 || !is_read ? l->rows : smap_table_rows(read->table));
        put_count(&rows, l->columns >= 0 || !is_read ? l->columns : smap_table_columns(read->table));
        smap__rows_text(&rows, l->crs[0] ? l->crs : NULL);
        smap__rows_text(&rows, l->description[0] ? l->description : NULL);
    }
    smap_status status = smap__rows_finish(&rows, &table, err);
    if (status == SMAP_OK) status = smap__result_add_table(result, "layers", "Layers", table, err);
    smap_table_free(table);
    return status;
}

/* Smallest and largest value of a column that has an order people read (numbers and dates). */
static void put_range(smap__rows *rows, const smap_column *c) {
    int64_t low = -1, high = -1;
    if (c->type != SMAP_BLOB && c->type != SMAP_BOOL && c->type != SMAP_TEXT)
        for (int64_t i = 0; i < c->count; i++) {
            if (smap_column_is_null(c, i)) continue;
            if (low < 0 || smap__cell_compare(c, i, c, low) < 0) low = i;
            if (high < 0 || smap__cell_compare(c, i, c, high) > 0) high = i;
        }
    const int64_t ends[] = { low, high };
    for (int k = 0; k < 2; k++) {
        smap__str s = SMAP__STR_INIT;
        if (ends[k] >= 0) smap__cell_put(&s, c, ends[k]);
        smap__rows_text_n(rows, ends[k] >= 0 ? s.data : NULL, s.len);
        smap__str_release(&s);
    }
}

static smap_status put_distinct(smap__rows *rows, const smap_column *c, smap_error *err) {
    if (c->type != SMAP_TEXT) {
        smap__rows_null(rows);
        return SMAP_OK;
    }
    smap__dict *dict = NULL;
    int32_t *codes = smap__zalloc((size_t)c->count, sizeof *codes);
    smap_status status = codes ? smap__dict_new(&dict, err) : smap__fail_memory(err);
    if (status == SMAP_OK) status = smap__dict_encode(dict, c, codes, err);
    if (status == SMAP_OK) smap__rows_int(rows, smap__dict_count(dict));
    smap__dict_free(dict);
    smap__free(codes);
    return status;
}

static smap_status add_columns(const smap_layer *layer, smap_result *result, smap_error *err) {
    static const smap__rows_column columns[] = { { "column", SMAP_TEXT }, { "type", SMAP_TEXT },
                                                 { "empty", SMAP_INT64 }, { "distinct", SMAP_INT64 },
                                                 { "lowest", SMAP_TEXT }, { "highest", SMAP_TEXT } };
    smap__rows rows;
    const smap_table *table = NULL;
    smap_status status = SMAP_OK;
    smap__rows_init(&rows, columns, (int)(sizeof columns / sizeof *columns));
    for (int i = 0; i < smap_table_columns(layer->table) && status == SMAP_OK; i++) {
        const smap_column *c = smap_table_at(layer->table, i);
        smap__rows_text(&rows, c->name);
        smap__rows_text(&rows, smap__type_name(c->type));
        smap__rows_int(&rows, c->null_count);
        status = put_distinct(&rows, c, err);
        put_range(&rows, c);
    }
    if (status == SMAP_OK)
        status = smap__rows_finish(&rows, &table, err);
    else
        smap__rows_release(&rows);
    if (status == SMAP_OK) status = smap__result_add_table(result, "columns", "Columns", table, err);
    smap_table_free(table);
    return status;
}

static smap_status add_extent(const smap_layer *layer, smap_result *result, smap_error *err) {
    if (!layer->geometry) return SMAP_OK;
    smap_box e = smap_geometry_extent(layer->geometry);
    if (e.xmin > e.xmax) return smap__result_note(result, err, "no row of %s has a geometry", layer->name);
    const char *crs = layer->geometry->crs ? smap_crs_name(layer->geometry->crs) : "unknown CRS";
    return smap__result_note(result, err, "%s: %lld rows, extent %.6f, %.6f to %.6f, %.6f (%s)", layer->name,
                             (long long)smap_table_rows(layer->table), e.xmin, e.ymin, e.xmax, e.ymax, crs);
}

static smap_status describe_source(smap_ctx *ctx, const char *spec, const smap_info_options *options,
                                   smap_result *result, smap_error *err) {
    smap__source *source = NULL;
    const smap_layer *layer = NULL;
    smap__findings findings = SMAP__FINDINGS_INIT;
    smap_read_options read = SMAP_READ_OPTIONS_INIT;
    read.layer = options->layer;
    smap_status status = smap__source_open(ctx, spec, &read, &source, err);
    if (status == SMAP_OK)
        status = smap__result_note(result, err, "%s: %s, %d layer%s", smap__path_name(smap__source_path(source)),
                                   smap__source_format(source), smap__source_layers(source),
                                   smap__source_layers(source) == 1 ? "" : "s");
    bool one = status == SMAP_OK && (smap__source_wanted(source) || smap__source_layers(source) == 1);
    if (one) status = smap__source_read(source, NULL, &findings, &layer, err);
    if (status == SMAP_OK) status = add_layers(source, layer, result, err);
    if (one && status == SMAP_OK) status = add_columns(layer, result, err);
    if (one && status == SMAP_OK) status = add_extent(layer, result, err);
    if (one && status == SMAP_OK) status = smap__result_add_findings(result, &findings, err);
    if (one && status == SMAP_OK) smap__result_reject(result, findings.by_severity[SMAP__REJECTED]);
    smap__findings_release(&findings);
    smap_layer_free(layer);
    smap__source_close(source);
    return status;
}

/* ---- rasters ------------------------------------------------------------------------------------------------------
 */

static smap_status describe_raster(smap_ctx *ctx, const char *path, smap_result *result, smap_error *err) {
    static const smap__rows_column columns[] = { { "width", SMAP_INT64 },        { "height", SMAP_INT64 },
                                                 { "bands", SMAP_INT64 },        { "type", SMAP_TEXT },
                                                 { "cell_width", SMAP_FLOAT64 }, { "cell_height", SMAP_FLOAT64 },
                                                 { "nodata", SMAP_TEXT },        { "crs", SMAP_TEXT } };
    smap__raster *raster = NULL;
    smap_status status = smap__raster_open(ctx, path, 1, &raster, err);
    if (status != SMAP_OK) return status;
    const smap__raster_info *r = smap__raster_info_of(raster);
    smap__rows rows;
    smap__str nodata = SMAP__STR_INIT;
    const smap_table *table = NULL;
    if (r->has_nodata && isfinite(r->nodata))
        smap__str_put_real(&nodata, r->nodata);
    else if (r->has_nodata)
        smap__str_put(&nodata, "not a number");
    smap__rows_init(&rows, columns, (int)(sizeof columns / sizeof *columns));
    smap__rows_int(&rows, r->width);
    smap__rows_int(&rows, r->height);
    smap__rows_int(&rows, r->bands);
    smap__rows_text(&rows, r->type);
    smap__rows_real(&rows, hypot(r->transform[1], r->transform[4]));
    smap__rows_real(&rows, hypot(r->transform[2], r->transform[5]));
    smap__rows_text_n(&rows, nodata.len ? nodata.data : NULL, nodata.len);
    smap__rows_text(&rows, smap_crs_name(r->crs));
    status = smap__rows_finish(&rows, &table, err);
    if (status == SMAP_OK) status = smap__result_add_table(result, "raster", "Raster", table, err);
    smap_table_free(table);
    smap__str_release(&nodata);
    smap__raster_close(raster);
    return status;
}

smap_status smap_info(smap_ctx *ctx, const char *source, const smap_info_options *options, smap_result **out,
                      smap_error *err) {
    static const smap_info_options defaults = SMAP_INFO_OPTIONS_INIT;
    if (!options) options = &defaults;
    smap_result *result = NULL;
    smap_status status = smap__common_check(ctx, options->size, sizeof *options, &options->common, NULL, err);
    if (status == SMAP_OK) status = smap__result_new(&result, err);
    if (status == SMAP_OK)
        status = smap__raster_is_one(source) ? describe_raster(ctx, source, result, err)
                                             : describe_source(ctx, source, options, result, err);
    return smap__result_end(result, status, out);
}
