/* Geometry columns for tests, through OGR: from WKT, or from a file. */
#ifndef FROM_OGR_H
#define FROM_OGR_H

#include <stdlib.h>
#include <string.h>

#include <gdal.h>
#include <ogr_api.h>

#include "../cmocka_all.h"
#include "sitemap/geometry.h"

static inline void append_ogr(smap_geometry_builder *b, OGRGeometryH g) {
    if (!g) {
        assert_int_equal(smap_geometry_append_null(b, NULL), SMAP_OK);
        return;
    }
    size_t len = (size_t)OGR_G_WkbSize(g);
    unsigned char *wkb = malloc(len);
    assert_non_null(wkb);
    assert_int_equal(OGR_G_ExportToIsoWkb(g, wkbNDR, wkb), OGRERR_NONE);
    assert_int_equal(smap_geometry_append_wkb(b, wkb, len, NULL), SMAP_OK);
    free(wkb);
}

static inline void append_wkt(smap_geometry_builder *b, const char *wkt) {
    OGRGeometryH g = NULL;
    char *copy = strdup(wkt), *text = copy;
    assert_int_equal(OGR_G_CreateFromWkt(&text, NULL, &g), OGRERR_NONE);
    append_ogr(b, g);
    OGR_G_DestroyGeometry(g);
    free(copy);
}

static inline const smap_geometry *from_wkt(const smap_crs *crs, const char *const *wkt, size_t count) {
    smap_geometry_builder *b = NULL;
    const smap_geometry *g = NULL;
    assert_int_equal(smap_geometry_builder_new(crs, &b, NULL), SMAP_OK);
    for (size_t k = 0; k < count; k++) append_wkt(b, wkt[k]);
    assert_int_equal(smap_geometry_builder_finish(b, &g, NULL), SMAP_OK);
    smap_geometry_builder_free(b);
    return g;
}

/* The features of a file's first layer that fit the filter (NULL: all); NULL if there is no such file. */
static inline const smap_geometry *from_file(const smap_crs *crs, const char *path, const char *filter) {
    GDALAllRegister();
    CPLPushErrorHandler(CPLQuietErrorHandler);
    GDALDatasetH dataset = GDALOpenEx(path, GDAL_OF_VECTOR, NULL, NULL, NULL);
    CPLPopErrorHandler();
    if (!dataset) return NULL;
    OGRLayerH layer = GDALDatasetGetLayer(dataset, 0);
    smap_geometry_builder *b = NULL;
    const smap_geometry *g = NULL;
    assert_int_equal(OGR_L_SetAttributeFilter(layer, filter), OGRERR_NONE);
    assert_int_equal(smap_geometry_builder_new(crs, &b, NULL), SMAP_OK);
    OGRFeatureH feature;
    while ((feature = OGR_L_GetNextFeature(layer))) {
        append_ogr(b, OGR_F_GetGeometryRef(feature));
        OGR_F_Destroy(feature);
    }
    GDALClose(dataset);
    assert_int_equal(smap_geometry_builder_finish(b, &g, NULL), SMAP_OK);
    smap_geometry_builder_free(b);
    return g;
}

#endif
