/* Layers: a table and its geometry column under one name. */
#include <stdatomic.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "geo/layer_new.h"
#include "geo/layer_row.h"

typedef struct layer_owner {
    smap_layer layer; /* first: a layer is its owner */
    atomic_size_t references;
} layer_owner;

static layer_owner *owner_of(const smap_layer *layer) {
    return (layer_owner *)(uintptr_t)layer;
}

smap_status smap__layer_adopt(const char *name, const smap_table *table, const smap_geometry *geometry, int64_t *fid,
                              const smap_layer **out, smap_error *err) {
    int64_t rows = smap_table_rows(table);
    if (geometry && geometry->count != rows)
        return smap__fail(err, SMAP_E_ARGUMENT, name,
                          "layer %s: the table has %lld rows and the geometry column %lld; they must be as many", name,
                          (long long)rows, (long long)geometry->count);
    layer_owner *owner = smap__zalloc(1, sizeof *owner);
    char *copy = smap__strdup(name);
    if (!owner || !copy) {
        smap__free(owner);
        smap__free(copy);
        return smap__fail_memory(err);
    }
    atomic_init(&owner->references, 1);
    owner->layer = (smap_layer){ copy, smap_table_retain(table), smap_geometry_retain(geometry), fid };
    *out = &owner->layer;
    return SMAP_OK;
}

smap_status smap_layer_new(const char *name, const smap_table *table, const smap_geometry *geometry, const int64_t *fid,
                           const smap_layer **out, smap_error *err) {
    int64_t rows = smap_table_rows(table), *copy = NULL;
    if (fid) {
        copy = smap__alloc((size_t)rows * sizeof *copy);
        if (!copy) return smap__fail_memory(err);
        if (rows) memcpy(copy, fid, (size_t)rows * sizeof *copy);
    }
    smap_status status = smap__layer_adopt(name, table, geometry, copy, out, err);
    if (status != SMAP_OK) smap__free(copy);
    return status;
}

const smap_layer *smap_layer_retain(const smap_layer *layer) {
    if (layer) atomic_fetch_add_explicit(&owner_of(layer)->references, 1, memory_order_relaxed);
    return layer;
}

void smap_layer_free(const smap_layer *layer) {
    if (!layer) return;
    layer_owner *owner = owner_of(layer);
    if (atomic_fetch_sub_explicit(&owner->references, 1, memory_order_acq_rel) != 1) return;
    smap__free((void *)(uintptr_t)layer->name);
    smap_table_free(layer->table);
    smap_geometry_free(layer->geometry);
    smap__free((void *)(uintptr_t)layer->fid);
    smap__free(owner);
}

smap_status smap_layer_take(const smap_layer *layer, const int64_t *rows, int64_t count, const smap_layer **out,
                            smap_error *err) {
    const smap_table *table = NULL;
    const smap_geometry *geometry = NULL;
    int64_t *fid = smap__alloc((size_t)count * sizeof *fid);
    smap_status status;
    if (!fid) return smap__fail_memory(err);
    for (int64_t i = 0; i < count; i++) fid[i] = rows[i] < 0 ? -1 : smap__layer_fid(layer, rows[i]);
    SMAP_TRY(smap_table_take(layer->table, rows, count, &table, err), done);
    if (layer->geometry) SMAP_TRY(smap_geometry_take(layer->geometry, rows, count, &geometry, err), done);
    SMAP_TRY(smap__layer_adopt(layer->name, table, geometry, fid, out, err), done);
    fid = NULL;
done:
    smap_table_free(table);
    smap_geometry_free(geometry);
    smap__free(fid);
    return status;
}
