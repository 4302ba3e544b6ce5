#include "model/store.h"

#include <string.h>

#include "base/alloc.h"
#include "base/path.h"
#include "base/str.h"
#include "model/hazard_class.h"
#include "model/names.h"

static void store_free(void *state) {
    smap__store *store = state;
    for (size_t i = 0; i < store->domains; i++) smap__names_free(store->domain[i]->names);
    for (size_t i = 0; i < store->scales; i++) smap__names_free(store->scale[i]->names);
    for (size_t i = 0; i < store->class_scales; i++) smap__names_free(store->class_scale[i]->names);
    smap__free(store->standard);
    smap__free(store->class_scale);
    smap__free(store->curve);
    smap__free(store->domain);
    smap__free(store->scale);
    smap__arena_release(&store->arena);
    smap__free(store);
}

smap__store *smap__store_lock(smap_ctx *ctx) {
    pthread_mutex_lock(&ctx->lock);
    smap__store *store = ctx->slot[SMAP__SLOT_MODEL].state;
    if (!store) {
        store = smap__zalloc(1, sizeof *store);
        if (!store) {
            pthread_mutex_unlock(&ctx->lock);
            return NULL;
        }
        ctx->slot[SMAP__SLOT_MODEL].state = store;
        ctx->slot[SMAP__SLOT_MODEL].release = store_free;
    }
    return store;
}

void smap__store_unlock(smap_ctx *ctx) {
    pthread_mutex_unlock(&ctx->lock);
}

char *smap__store_path(const smap_ctx *ctx, const char *folder, const char *name, const char *extension) {
    smap__str path = SMAP__STR_INIT;
    const char *data = smap_ctx_data_dir(ctx);
    smap__str_printf(&path, "%s/%s/%s.%s", data ? data : ".", folder, name, extension);
    return smap__str_take(&path);
}

const char *smap__store_text(smap__store *store, const smap__json *value) {
    const char *text = smap__json_text(value, NULL);
    return text && *text ? smap__arena_strdup(&store->arena, text) : "";
}

bool smap__store_label(smap__store *store, const smap__json *value, smap__label *out) {
    out->en = smap__store_text(store, smap__json_get(value, "en"));
    out->ar = smap__store_text(store, smap__json_get(value, "ar"));
    return out->en && out->ar;
}

bool smap__store_texts(smap__store *store, const smap__json *value, const char *const **out, int *count) {
    size_t n = smap__json_size(value);
    *out = NULL;
    *count = 0;
    if (n == 0) return true;
    const char **texts = smap__arena_alloc(&store->arena, n * sizeof *texts);
    if (!texts) return false;
    for (size_t i = 0; i < n; i++) {
        texts[i] = smap__store_text(store, smap__json_item(value, i));
        if (!texts[i]) return false;
    }
    *out = texts;
    *count = (int)n;
    return true;
}

bool smap__store_name_ok(const char *name) {
    size_t len = name ? strlen(name) : 0;
    return len > 0 && len < 64 && strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_") == len;
}
