#include "hazard/exposure.h"

#include "base/alloc.h"
#include "base/fail.h"

smap_status smap__exposure_new(int64_t count, int classes, smap__exposure **out, smap_error *err) {
    smap__exposure *e = smap__zalloc(1, sizeof *e);
    if (!e) return smap__fail_memory(err);
    size_t n = (size_t)count;
    e->count = count;
    e->classes = classes;
    e->klass = smap__zalloc(n, sizeof *e->klass);
    e->max = smap__zalloc(n, sizeof *e->max);
    e->mean = smap__zalloc(n, sizeof *e->mean);
    e->affected = smap__zalloc(n, sizeof *e->affected);
    e->unknown = smap__zalloc(n, sizeof *e->unknown);
    e->share = smap__zalloc(n * (size_t)(classes + 1), sizeof *e->share);
    if (!e->klass || !e->max || !e->mean || !e->affected || !e->unknown || !e->share) {
        smap__exposure_free(e);
        return smap__fail_memory(err);
    }
    *out = e;
    return SMAP_OK;
}

void smap__exposure_free(smap__exposure *exposure) {
    if (!exposure) return;
    smap__free(exposure->klass);
    smap__free(exposure->max);
    smap__free(exposure->mean);
    smap__free(exposure->affected);
    smap__free(exposure->unknown);
    smap__free(exposure->share);
    smap__free(exposure->near_m);
    smap__free(exposure);
}
