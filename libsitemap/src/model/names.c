#include "model/names.h"

#include <stdint.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/str.h"
#include "col/dict.h"

struct smap__names {
    smap__dict *dict; /* text as written with a leading "=", and folded text -> index into position */
    int *position;
    size_t capacity;
};

/* Nearly all that is looked up is short and ASCII: no memory has to be asked for it. */
enum { SHORT_TEXT = 64 };

smap_status smap__names_new(smap__names **out, smap_error *err) {
    smap__names *names = smap__zalloc(1, sizeof *names);
    if (!names) return smap__fail_memory(err);
    smap_status status = smap__dict_new(&names->dict, err);
    if (status != SMAP_OK) {
        smap__free(names);
        return status;
    }
    *out = names;
    return SMAP_OK;
}

void smap__names_free(smap__names *names) {
    if (!names) return;
    smap__dict_free(names->dict);
    smap__free(names->position);
    smap__free(names);
}

static smap_status add(smap__names *names, const smap__str *text, int position, int *taken, smap_error *err) {
    if (text->failed) return smap__fail_memory(err);
    if (text->len == 0) return SMAP_OK;
    int32_t before = smap__dict_count(names->dict);
    int32_t at = smap__dict_add(names->dict, text->data, text->len);
    if (at < 0 || !smap__grow(&names->position, &names->capacity, (size_t)at + 1, sizeof *names->position)) {
        return smap__fail_memory(err);
    }
    if (at == before) {
        names->position[at] = position;
    } else if (taken && names->position[at] != position) {
        *taken = names->position[at];
    }
    return SMAP_OK;
}

/* A sign in front of a digit means something that folding would lose: "-1" is not "1". */
static bool is_signed(const char *text, size_t len) {
    return len >= 2 && (text[0] == '-' || text[0] == '+') && text[1] >= '0' && text[1] <= '9';
}

static void put_exact(smap__str *out, const char *text, size_t len) {
    smap__str_put_char(out, '=');
    smap__str_put_n(out, text, len);
}

smap_status smap__names_add(smap__names *names, const char *text, int position, int *taken, smap_error *err) {
    size_t len = strlen(text);
    if (taken) *taken = -1;
    if (len == 0) return SMAP_OK;
    smap__str key = SMAP__STR_INIT;
    put_exact(&key, text, len);
    smap_status status = add(names, &key, position, taken, err);
    if (status == SMAP_OK && !is_signed(text, len)) {
        smap__str_clear(&key);
        smap__fold_name(&key, text, len);
        status = add(names, &key, position, taken, err);
    }
    smap__str_release(&key);
    return status;
}

static int find_exact(const smap__names *names, const char *text, size_t len) {
    smap__str key = SMAP__STR_INIT;
    put_exact(&key, text, len);
    int32_t at = key.failed ? -1 : smap__dict_find(names->dict, key.data, key.len);
    smap__str_release(&key);
    return at;
}

enum { NOT_THERE = -1, NOTHING_LEFT = -2 };

/* NOTHING_LEFT: the text is all signs and blanks. */
static int find_folded(const smap__names *names, const char *text, size_t len) {
    char short_key[SHORT_TEXT];
    size_t n;
    if (len <= sizeof short_key && smap__fold_ascii(text, len, short_key, &n))
        return n ? smap__dict_find(names->dict, short_key, n) : NOTHING_LEFT;
    smap__str key = SMAP__STR_INIT;
    smap__fold_name(&key, text, len);
    int32_t at = key.failed || key.len == 0 ? NOTHING_LEFT : smap__dict_find(names->dict, key.data, key.len);
    smap__str_release(&key);
    return at;
}

/* What stands there as it is written stands there folded too, if perhaps for another position, unless it has a sign or
 * nothing of it is left. */
int smap__names_find(const smap__names *names, const char *text, size_t len) {
    int folded = is_signed(text, len) ? NOTHING_LEFT : find_folded(names, text, len);
    if (folded == NOT_THERE) return -1;
    int exact = find_exact(names, text, len), at = exact >= 0 ? exact : folded;
    return at < 0 ? -1 : names->position[at];
}
