#include "col/dict.h"

#include <string.h>

#include "base/alloc.h"
#include "base/arena.h"
#include "base/fail.h"

typedef struct entry {
    const char *text;
    size_t len;
    uint64_t hash;
} entry;

/* Open addressing with linear probing over positions in `entries`; -1 is a free slot. */
struct smap__dict {
    smap__arena arena;
    entry *entries;
    size_t count, capacity;
    int32_t *slot;
    size_t slots; /* a power of two, at least twice the count */
};

/* FNV-1a: short keys, and the order of codes does not depend on it. */
static uint64_t hash_of(const char *text, size_t len) {
    uint64_t h = 14695981039346656037U;
    for (size_t i = 0; i < len; i++) h = (h ^ (unsigned char)text[i]) * 1099511628211U;
    return h;
}

smap_status smap__dict_new(smap__dict **out, smap_error *err) {
    smap__dict *d = smap__zalloc(1, sizeof *d);
    if (!d) return smap__fail_memory(err);
    *out = d;
    return SMAP_OK;
}

void smap__dict_free(smap__dict *dict) {
    if (!dict) return;
    smap__arena_release(&dict->arena);
    smap__free(dict->entries);
    smap__free(dict->slot);
    smap__free(dict);
}

static size_t probe(const smap__dict *d, const char *text, size_t len, uint64_t hash) {
    size_t at = (size_t)hash & (d->slots - 1);
    while (d->slot[at] >= 0) {
        const entry *e = &d->entries[d->slot[at]];
        if (e->hash == hash && e->len == len && memcmp(e->text, text, len) == 0) break;
        at = (at + 1) & (d->slots - 1);
    }
    return at;
}

static bool make_slots(smap__dict *d) {
    size_t slots = d->slots ? d->slots * 2 : 64;
    int32_t *slot = smap__realloc(NULL, slots, sizeof *slot);
    if (!slot) return false;
    memset(slot, 0xFF, slots * sizeof *slot);
    smap__free(d->slot);
    d->slot = slot;
    d->slots = slots;
    for (size_t i = 0; i < d->count; i++)
        slot[probe(d, d->entries[i].text, d->entries[i].len, d->entries[i].hash)] = (int32_t)i;
    return true;
}

int32_t smap__dict_find(const smap__dict *dict, const char *text, size_t len) {
    return dict->slots ? dict->slot[probe(dict, text, len, hash_of(text, len))] : -1;
}

int32_t smap__dict_add(smap__dict *dict, const char *text, size_t len) {
    uint64_t hash = hash_of(text, len);
    if ((dict->count + 1) * 2 > dict->slots && !make_slots(dict)) return -1;
    size_t at = probe(dict, text, len, hash);
    if (dict->slot[at] >= 0) return dict->slot[at];
    if (dict->count >= INT32_MAX || !smap__grow(&dict->entries, &dict->capacity, dict->count + 1, sizeof(entry)))
        return -1;
    const char *copy = smap__arena_strndup(&dict->arena, text, len);
    if (!copy) return -1;
    dict->entries[dict->count] = (entry){ copy, len, hash };
    dict->slot[at] = (int32_t)dict->count;
    return (int32_t)dict->count++;
}

int32_t smap__dict_count(const smap__dict *dict) {
    return (int32_t)dict->count;
}

const char *smap__dict_text(const smap__dict *dict, int32_t code) {
    return dict->entries[code].text;
}

smap_status smap__dict_encode(smap__dict *dict, const smap_column *column, int32_t *codes, smap_error *err) {
    if (column->type != SMAP_TEXT)
        return smap__fail(err, SMAP_E_ARGUMENT, column->name, "column %s is not text", column->name);
    for (int64_t i = 0; i < column->count; i++) {
        size_t len;
        const char *text = smap_column_text(column, i, &len);
        codes[i] = -1;
        if (smap_column_is_null(column, i)) continue;
        codes[i] = smap__dict_add(dict, text, len);
        if (codes[i] < 0) return smap__fail_memory(err);
    }
    return SMAP_OK;
}

/* ---- as a list ------------------------------------------------------------------------------------------------------
 */

enum { LISTED = 20, LISTED_BYTES = 60 };

static bool is_among(const char *text, const char *const *some, int count) {
    for (int i = 0; i < count; i++)
        if (strcmp(text, some[i]) == 0) return true;
    return false;
}

static void put_short(smap__str *out, const char *text) {
    size_t len = strlen(text), end = len;
    if (len > LISTED_BYTES)
        for (end = LISTED_BYTES; ((unsigned char)text[end] & 0xC0) == 0x80;) end--; /* whole characters */
    smap__str_put_n(out, text, end);
    if (end < len) smap__str_put(out, "\u2026");
}

void smap__dict_list(const smap__dict *dict, const char *const *but, int buts, smap__str *out) {
    int32_t told = 0, more = 0;
    for (int32_t code = 0; code < smap__dict_count(dict); code++) {
        const char *text = smap__dict_text(dict, code);
        if (is_among(text, but, buts)) continue;
        if (told == LISTED) {
            more++;
            continue;
        }
        if (told++) smap__str_put(out, ", ");
        put_short(out, text);
    }
    if (more) smap__str_printf(out, " and %d more", (int)more);
}
