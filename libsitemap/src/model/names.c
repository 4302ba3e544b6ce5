#include "model/names.h"

#include <stdint.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/str.h"
#include "col/dict.h"

struct smap__names {
    smap__dict *dict; /* folded text -> index into position */
    int *position;
    size_t capacity;
};

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

smap_status smap__names_add(smap__names *names, const char *text, int position, int *taken, smap_error *err) {
    if (taken) *taken = -1;
    smap__str folded = SMAP__STR_INIT;
    smap__fold_name(&folded, text, strlen(text));
    if (folded.failed) {
        smap__str_release(&folded);
        return smap__fail_memory(err);
    }
    if (folded.len == 0) {
        smap__str_release(&folded);
        return SMAP_OK;
    }
    int32_t before = smap__dict_count(names->dict);
    int32_t at = smap__dict_add(names->dict, folded.data, folded.len);
    smap__str_release(&folded);
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

int smap__names_find(const smap__names *names, const char *text, size_t len) {
    smap__str folded = SMAP__STR_INIT;
    smap__fold_name(&folded, text, len);
    int32_t at = folded.failed || folded.len == 0 ? -1 : smap__dict_find(names->dict, folded.data, folded.len);
    smap__str_release(&folded);
    return at < 0 ? -1 : names->position[at];
}
