#include "io/wkt_column.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include <cpl_conv.h>
#include <ogr_api.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/str.h"
#include "geo/layer_row.h"
#include "geo/wkb.h"
#include "io/gdal_guard.h"

static bool is_geometry_name(const char *name) {
    static const char *const known[] = { "wkt",          "geom",     "geometry", "the_geom", "wkt_geom",
                                         "geometry_wkt", "geom_wkt", "shape",    "_wkt",     "geo_wkt" };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcasecmp(name, known[i]) == 0) return true;
    return false;
}

static bool is_wkt(const char *text, size_t len) {
    static const char *const word[] = { "POINT",         "LINESTRING",         "POLYGON",
                                        "MULTI",         "GEOMETRYCOLLECTION", "CIRCULARSTRING",
                                        "COMPOUNDCURVE", "CURVEPOLYGON",       "SRID=" };
    smap__trim(&text, &len);
    for (size_t i = 0; i < sizeof word / sizeof *word; i++)
        if (len >= strlen(word[i]) && strncasecmp(text, word[i], strlen(word[i])) == 0) return true;
    return false;
}

/* The column's first text decides. */
static const smap_column *find_column(const smap_table *table) {
    for (int i = 0; i < smap_table_columns(table); i++) {
        const smap_column *c = smap_table_at(table, i);
        if (c->type != SMAP_TEXT || !is_geometry_name(c->name)) continue;
        for (int64_t row = 0; row < c->count; row++) {
            size_t len;
            const char *text = smap_column_text(c, row, &len);
            if (smap_column_is_null(c, row)) continue;
            if (is_wkt(text, len)) return c;
            break;
        }
    }
    return NULL;
}

/* OGR reads the text: unlike GEOS it stops at 32 collections inside each other. *wkb stays NULL if it cannot. */
static smap_status to_wkb(const char *text, size_t len, unsigned char **wkb, int *size, smap_error *err) {
    char *copy = smap__strndup(text, len), *at = copy;
    OGRGeometryH geometry = NULL;
    smap_status status = SMAP_OK;
    if (!copy) return smap__fail_memory(err);
    if (OGR_G_CreateFromWkt(&at, NULL, &geometry) == OGRERR_NONE && geometry) {
        while (isspace((unsigned char)*at)) at++;
        *size = OGR_G_WkbSize(geometry);
        bool whole = *at == '\0' && *size > 0;
        if (whole && !(*wkb = smap__alloc((size_t)*size))) status = smap__fail_memory(err);
        if (*wkb && OGR_G_ExportToIsoWkb(geometry, wkbNDR, *wkb) != OGRERR_NONE) {
            smap__free(*wkb);
            *wkb = NULL;
        }
    }
    OGR_G_DestroyGeometry(geometry);
    smap__free(copy);
    return status;
}

typedef struct kept {
    int64_t *row;
    int64_t count;
} kept;

static smap_status append_row(const smap_column *column, const smap_layer *layer, int64_t row,
                              smap_geometry_builder *builder, kept *rows, smap__findings *findings, smap_error *err) {
    size_t len;
    const char *text = smap_column_text(column, row, &len);
    const char *why = "it is no well-known text, or nested too deep";
    smap_status status = SMAP_OK;
    if (smap_column_is_null(column, row)) {
        rows->row[rows->count++] = row;
        return smap_geometry_append_null(builder, err);
    }
    int size = 0;
    unsigned char *wkb = NULL;
    status = to_wkb(text, len, &wkb, &size, err);
    if (status != SMAP_OK) return status;
    if (wkb) {
        smap_error why_not = SMAP_ERROR_INIT;
        status = smap_geometry_append_wkb(builder, wkb, (size_t)size, &why_not);
        smap__free(wkb);
        if (status == SMAP_OK) {
            rows->row[rows->count++] = row;
            return SMAP_OK;
        }
        if (status != SMAP_E_FORMAT) {
            if (err) *err = why_not;
            return status;
        }
        why = "a coordinate is missing or not finite";
    }
    char start[64] = "";
    memcpy(start, text, len < sizeof start ? len : sizeof start - 1);
    int64_t fid = smap__layer_fid(layer, row);
    return smap__findings_add(findings, err, SMAP__REJECTED, "geometry_broken", fid, column->name, start,
                              "the geometry cannot be read: %s", why);
}

/* The table without the column that became the geometry. */
static smap_status drop_column(const smap_table *table, const smap_column *drop, const smap_table **out,
                               smap_error *err) {
    int count = smap_table_columns(table), n = 0;
    const smap_column **column = smap__zalloc((size_t)count, sizeof *column);
    if (!column) return smap__fail_memory(err);
    for (int i = 0; i < count; i++)
        if (smap_table_at(table, i) != drop) column[n++] = smap_table_at(table, i);
    smap_status status = smap_table_new(column, n, smap_table_rows(table), out, err);
    smap__free(column);
    return status;
}

static smap_status make_layer(const smap_layer *layer, const smap_column *column, const kept *rows,
                              const smap_geometry *geometry, const smap_layer **out, smap_error *err) {
    const smap_table *rest = NULL, *table = NULL;
    int64_t *fid = smap__alloc((size_t)(rows->count + 1) * sizeof *fid);
    smap_status status = fid ? SMAP_OK : smap__fail_memory(err);
    if (status != SMAP_OK) return status;
    for (int64_t i = 0; i < rows->count; i++) fid[i] = smap__layer_fid(layer, rows->row[i]);
    SMAP_TRY(drop_column(layer->table, column, &rest, err), done);
    SMAP_TRY(smap_table_take(rest, rows->row, rows->count, &table, err), done);
    SMAP_TRY(smap_layer_new(layer->name, table, geometry, fid, out, err), done);
done:
    smap_table_free(rest);
    smap_table_free(table);
    smap__free(fid);
    return status;
}

smap_status smap__wkt_column_apply(const smap__member *member, const smap_layer *layer, smap__findings *findings,
                                   const smap_layer **out, smap_error *err) {
    const smap_column *column = find_column(layer->table);
    if (!column) {
        *out = smap_layer_retain(layer);
        return SMAP_OK;
    }
    const smap_crs *crs = NULL;
    const smap_geometry *geometry = NULL;
    smap_geometry_builder *builder = NULL;
    smap__gdal_guard guard;
    kept rows = { smap__alloc((size_t)(column->count + 1) * sizeof(int64_t)), 0 };
    smap_status status = rows.row ? SMAP_OK : smap__fail_memory(err);
    if (status != SMAP_OK) goto done;
    SMAP_TRY(smap__gdal_start(err), done);
    SMAP_TRY(smap__member_crs(member, NULL, &crs, err), done);
    SMAP_TRY(smap_geometry_builder_new(crs, &builder, err), done);
    for (int64_t row = 0; row < column->count; row++) {
        smap__gdal_guard_begin(&guard);
        status = append_row(column, layer, row, builder, &rows, findings, err);
        smap__gdal_guard_end(&guard);
        if (status != SMAP_OK) goto done;
    }
    SMAP_TRY(smap_geometry_builder_finish(builder, &geometry, err), done);
    SMAP_TRY(make_layer(layer, column, &rows, geometry, out, err), done);
done:
    smap__free(rows.row);
    smap_geometry_builder_free(builder);
    smap_geometry_free(geometry);
    smap_crs_free(crs);
    return status;
}
