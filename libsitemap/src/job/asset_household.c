/* Where households are that have no position of their own. */
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "col/dict.h"
#include "geo/geom_builder.h"
#include "job/asset_layer.h"

static const smap__asset_layer *find_asset(const smap__asset_layer *const *all, int count, const char *name) {
    for (int i = 0; i < count; i++)
        if (strcmp(all[i]->name, name) == 0) return all[i];
    return NULL;
}

/* The row of `hosts` (may be NULL) that each household names by its key; -1 where it has a position, or names none. */
static smap_status find_hosts(const smap__asset_layer *hosts, const smap__asset_layer *households, const char *key,
                              int64_t *host, const smap__asset_layer **out, smap_error *err) {
    const smap_column *own = smap_table_find(households->layer->table, key);
    const smap_column *theirs = hosts ? smap_table_find(hosts->layer->table, key) : NULL;
    smap__dict *dict = NULL;
    *out = theirs && hosts->ground ? hosts : NULL;
    if (!*out || !own) return SMAP_OK;
    int32_t *code = smap__zalloc((size_t)(own->count + theirs->count), sizeof *code);
    int64_t *row = smap__zalloc((size_t)theirs->count, sizeof *row);
    smap_status status = code && row ? smap__dict_new(&dict, err) : smap__fail_memory(err);
    if (status == SMAP_OK) status = smap__dict_encode(dict, theirs, code, err);
    for (int64_t i = theirs->count; status == SMAP_OK && i-- > 0;) row[code[i]] = i;
    int32_t known = status == SMAP_OK ? smap__dict_count(dict) : 0;
    if (status == SMAP_OK) status = smap__dict_encode(dict, own, code + theirs->count, err);
    for (int64_t i = 0; status == SMAP_OK && i < own->count; i++) {
        int32_t c = code[theirs->count + i];
        host[i] = c >= 0 && c < known ? row[c] : -1;
    }
    smap__dict_free(dict);
    smap__free(code);
    smap__free(row);
    return status;
}

static bool has_position(const smap_geometry *g, int64_t row) {
    return g && row >= 0 && g->type[row] != SMAP_GEOM_NULL;
}

smap_status smap__asset_place_households(const smap__asset_layer *const *all, int count, smap__asset_layer *households,
                                         smap_error *err) {
    const smap__asset_layer *building = NULL, *site = NULL;
    int64_t n = smap_table_rows(households->layer->table);
    const smap_geometry *own = households->ground, *placed = NULL;
    smap_geometry_builder *b = NULL;
    int64_t *host = smap__zalloc((size_t)(2 * n), sizeof *host);
    smap_status status = host ? smap_geometry_builder_new(own->crs, &b, err) : smap__fail_memory(err);
    for (int64_t i = 0; host && i < 2 * n; i++) host[i] = -1;
    if (status == SMAP_OK)
        status = find_hosts(find_asset(all, count, "building"), households, "building_id", host, &building, err);
    if (status == SMAP_OK)
        status = find_hosts(find_asset(all, count, "site"), households, "site_id", host + n, &site, err);
    for (int64_t i = 0; i < n && status == SMAP_OK; i++) {
        if (has_position(own, i))
            status = smap__builder_append_feature(b, own, i, err);
        else if (building && has_position(building->ground, host[i]))
            status = smap__builder_append_feature(b, building->ground, host[i], err);
        else if (site && has_position(site->ground, host[n + i]))
            status = smap__builder_append_feature(b, site->ground, host[n + i], err);
        else
            status = smap_geometry_append_null(b, err);
    }
    if (status == SMAP_OK) status = smap_geometry_builder_finish(b, &placed, err);
    if (status == SMAP_OK) {
        smap_geometry_free(households->ground);
        households->ground = placed;
    }
    smap_geometry_builder_free(b);
    smap__free(host);
    return status;
}
