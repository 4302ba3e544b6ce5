#include "io/ogr_dates.h"

#include <ogr_api.h>

#include "base/fail.h"
#include "base/str.h"
#include "io/column_swap.h"
#include "io/gdal_guard.h"

static bool has_old_day(const smap_column *c) {
    if (c->type != SMAP_DATE) return false;
    for (int64_t i = 0; i < c->count; i++)
        if (!smap_column_is_null(c, i) && c->v.i[i] <= 0) return true;
    return false;
}

static smap_status append_day(OGRFeatureH feature, int field, smap_column_builder *to, smap_error *err) {
    int year, month, day, hour, minute, second, zone;
    if (!OGR_F_IsFieldSetAndNotNull(feature, field) ||
        !OGR_F_GetFieldAsDateTime(feature, field, &year, &month, &day, &hour, &minute, &second, &zone))
        return smap_column_append_null(to, err);
    return smap_column_append_int(to, smap__days_from_civil(year, month, day), err);
}

/* Rows come in the order of their ids; those that the layer has left out are passed over. */
static smap_status read_column(OGRLayerH from, int64_t fid_base, const smap_layer *layer, const char *name,
                               smap_column_builder *to, smap_error *err) {
    int field = OGR_L_FindFieldIndex(from, name, TRUE);
    int64_t rows = smap_table_rows(layer->table), row = 0;
    smap_status status = SMAP_OK;
    OGRFeatureH feature;
    OGR_L_ResetReading(from);
    while (status == SMAP_OK && row < rows && (feature = OGR_L_GetNextFeature(from)) != NULL) {
        if ((int64_t)OGR_F_GetFID(feature) + fid_base == layer->fid[row]) {
            status = append_day(feature, field, to, err);
            row++;
        }
        OGR_F_Destroy(feature);
    }
    if (status == SMAP_OK && (row < rows || field < 0))
        status =
            smap__fail(err, SMAP_E_FORMAT, name, "column %s cannot be read a second time: the file is damaged", name);
    return status;
}

static smap_status reread(OGRLayerH from, int64_t fid_base, const smap_layer **layer, int index, smap_error *err) {
    const char *name = smap_table_at((*layer)->table, index)->name;
    smap_column_builder *to = NULL;
    const smap_column *column = NULL;
    smap__gdal_guard guard;
    smap_status status = SMAP_OK;
    SMAP_TRY(smap_column_builder_new(name, SMAP_DATE, &to, err), done);
    smap__gdal_guard_begin(&guard);
    status = read_column(from, fid_base, *layer, name, to, err);
    smap__gdal_guard_end(&guard);
    if (status != SMAP_OK) goto done;
    SMAP_TRY(smap_column_builder_finish(to, &column, err), done);
    SMAP_TRY(smap__column_swap(layer, index, column, err), done);
done:
    smap_column_free(column);
    smap_column_builder_free(to);
    return status;
}

smap_status smap__ogr_dates_reread(void *ogr_layer, int64_t fid_base, const smap_layer **layer, smap_error *err) {
    smap_status status = SMAP_OK;
    for (int i = 0; i < smap_table_columns((*layer)->table); i++)
        if (has_old_day(smap_table_at((*layer)->table, i))) SMAP_TRY(reread(ogr_layer, fid_base, layer, i, err), done);
done:
    return status;
}
