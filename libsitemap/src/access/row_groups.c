#include "access/row_groups.h"

#include "base/alloc.h"
#include "base/fail.h"

smap_status smap__row_groups_make(const uint32_t *key, uint32_t rows, uint32_t keys, smap__row_groups *out,
                                  smap_error *err) {
    uint32_t *first = out->first = smap__zalloc((size_t)keys + 2, sizeof *first);
    uint32_t *row = out->row = smap__realloc(NULL, rows, sizeof *row);
    if (!first || !row) return smap__fail_memory(err);
    for (uint32_t k = 0; k < rows; k++)
        if (key[k] != SMAP__NONE) first[key[k] + 2]++;
    for (uint32_t k = 0; k < keys; k++) first[k + 2] += first[k + 1];
    for (uint32_t k = 0; k < rows; k++)
        if (key[k] != SMAP__NONE) row[first[key[k] + 1]++] = k;
    return SMAP_OK;
}

void smap__row_groups_release(smap__row_groups *groups) {
    smap__free(groups->first);
    smap__free(groups->row);
    *groups = (smap__row_groups){ NULL, NULL };
}
