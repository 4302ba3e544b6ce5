#include "job/map_texts.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "col/cell.h"
#include "col/dict.h"

void smap__map_texts_release(smap__map_texts *texts) {
    smap__free(texts->item);
    smap__arena_release(&texts->arena);
    *texts = (smap__map_texts){ 0 };
}

static smap_status add(smap__map_texts *t, const char *key, const char *en, const char *ar, smap_error *err) {
    if (!smap__grow(&t->item, &t->capacity, t->count + 1, sizeof *t->item)) return smap__fail_memory(err);
    smap__sheet_text text = { smap__arena_strdup(&t->arena, key), smap__arena_strdup(&t->arena, en),
                              smap__arena_strdup(&t->arena, ar) };
    if (!text.key || !text.en || !text.ar) return smap__fail_memory(err);
    t->item[t->count++] = text;
    return SMAP_OK;
}

/* A text that the user may set: KEY for both languages, KEY_en and KEY_ar for one. */
static smap_status add_settable(smap__map_texts *t, const smap_map_options *o, const char *key, const char *en,
                                const char *ar, smap_error *err) {
    char name[64];
    const char *both = smap__pair_find(o->set, o->sets, key);
    if (strlen(key) + 4 > sizeof name) return smap__fail(err, SMAP_E_ARGUMENT, key, "%s is too long a key", key);
    if (both) en = ar = both;
    strcpy(name, key);
    strcat(name, "_en");
    const char *one = smap__pair_find(o->set, o->sets, name);
    if (one) en = one;
    strcpy(name + strlen(key), "_ar");
    one = smap__pair_find(o->set, o->sets, name);
    if (one) ar = one;
    if (!en && !ar) return SMAP_OK;
    return add(t, key, en ? en : ar, ar ? ar : en, err);
}

static int compare_texts(const void *a, const void *b) {
    const char *const *x = a, *const *y = b;
    return strcmp(*x, *y);
}

/* Who the features in the frame are from, each source once, in order of the text. */
static smap_status add_sources(smap__map_texts *t, const smap__map_layers *layers, const smap__map_extent *extent,
                               smap_error *err) {
    smap__dict *sources = NULL;
    smap_status status = smap__dict_new(&sources, err);
    for (int i = 0; i < layers->count && status == SMAP_OK; i++) {
        const smap_layer *l = layers->item[i].layer;
        const smap_column *c = smap_table_find(l->table, "source");
        for (int64_t row = 0; c && c->type == SMAP_TEXT && row < c->count && status == SMAP_OK; row++) {
            size_t len;
            const char *text = smap_column_text(c, row, &len);
            if (len && smap__map_extent_touches(extent, l, row) && smap__dict_add(sources, text, len) < 0)
                status = smap__fail_memory(err);
        }
    }
    int32_t n = status == SMAP_OK ? smap__dict_count(sources) : 0;
    const char **sorted = smap__zalloc((size_t)n, sizeof *sorted);
    if (!sorted) status = smap__fail_memory(err);
    for (int32_t i = 0; status == SMAP_OK && i < n; i++) sorted[i] = smap__dict_text(sources, i);
    if (status == SMAP_OK) qsort(sorted, (size_t)n, sizeof *sorted, compare_texts);
    for (int32_t i = 0; i < n && status == SMAP_OK; i++) status = add(t, "source", sorted[i], sorted[i], err);
    smap__free(sorted);
    smap__dict_free(sources);
    return status;
}

static int64_t newest_in_frame(const smap__map_layers *layers, const smap__map_extent *extent) {
    static const int64_t ms_per_day = 86400000;
    int64_t newest = 0;
    for (int i = 0; i < layers->count; i++) {
        const smap_layer *l = layers->item[i].layer;
        const smap_column *c = smap_table_find(l->table, "date");
        if (!c || c->type != SMAP_DATE || layers->item[i].is_base) continue;
        for (int64_t row = 0; row < c->count; row++)
            if (!smap_column_is_null(c, row) && c->v.i[row] * ms_per_day > newest &&
                smap__map_extent_touches(extent, l, row))
                newest = c->v.i[row] * ms_per_day;
    }
    return newest;
}

static smap_status add_date(smap__map_texts *t, const smap_map_options *o, const char *key, int64_t ms,
                            smap_error *err) {
    char text[32];
    smap__format_timestamp(ms, text);
    text[10] = '\0';
    return add_settable(t, o, key, ms ? text : NULL, NULL, err);
}

/* Keys that the functions above have dealt with; what else was set goes to the sheet as it is. */
static bool is_found_key(const char *key) {
    static const char *const found[] = { "area", "title", "date_updated", "produced", "audience", "source" };
    for (size_t i = 0; i < sizeof found / sizeof *found; i++) {
        size_t n = strlen(found[i]);
        if (strncmp(key, found[i], n) != 0) continue;
        if (!key[n] || strcmp(key + n, "_en") == 0 || strcmp(key + n, "_ar") == 0) return true;
    }
    return false;
}

static smap_status add_rest(smap__map_texts *t, const smap_map_options *o, smap_error *err) {
    smap_status status = SMAP_OK;
    for (int i = 0; i < o->sets && status == SMAP_OK; i++) {
        const char *key = o->set[i].key;
        size_t n = strlen(key);
        bool known = is_found_key(key);
        char *stem = smap__strdup(key);
        if (!stem) return smap__fail_memory(err);
        if (n > 3 && (strcmp(key + n - 3, "_en") == 0 || strcmp(key + n - 3, "_ar") == 0)) stem[n - 3] = '\0';
        for (size_t k = 0; k < t->count; k++) known = known || strcmp(t->item[k].key, stem) == 0;
        if (!known) status = add_settable(t, o, stem, NULL, NULL, err);
        smap__free(stem);
    }
    return status;
}

smap_status smap__map_texts_build(const smap_map_options *o, const smap__audience *audience,
                                  const smap__map_layers *layers, const smap__map_extent *extent, int64_t date_ms,
                                  smap__map_texts *out, smap_error *err) {
    smap__map_texts t = { 0 };
    const char *name_en = extent->name_en[0] ? extent->name_en : NULL;
    const char *name_ar = extent->name_ar[0] ? extent->name_ar : NULL;
    smap_status status = add_settable(&t, o, "area", name_en, name_ar, err);
    if (status == SMAP_OK) status = add_settable(&t, o, "title", o->title, NULL, err);
    if (status == SMAP_OK) status = add_date(&t, o, "date_updated", newest_in_frame(layers, extent), err);
    if (status == SMAP_OK) status = add_date(&t, o, "produced", date_ms, err);
    if (status == SMAP_OK)
        status = add(&t, "audience", smap__audience_tag(audience, "en"), smap__audience_tag(audience, "ar"), err);
    if (status == SMAP_OK) status = add_sources(&t, layers, extent, err);
    if (status == SMAP_OK) status = add_rest(&t, o, err);
    if (status == SMAP_OK)
        *out = t;
    else
        smap__map_texts_release(&t);
    return status;
}
