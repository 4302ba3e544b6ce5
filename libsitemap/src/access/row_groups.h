/* Rows by what they belong to. */
#ifndef SMAP_ACCESS_ROW_GROUPS_H
#define SMAP_ACCESS_ROW_GROUPS_H

#include "net/graph.h"

typedef struct smap__row_groups {
    uint32_t *first; /* key k has the rows row[first[k]] to row[first[k + 1] - 1], ascending */
    uint32_t *row;
} smap__row_groups;

/* key[row] < keys; SMAP__NONE: the row belongs to none. Released by the caller in any case. */
smap_status smap__row_groups_make(const uint32_t *key, uint32_t rows, uint32_t keys, smap__row_groups *out,
                                  smap_error *err);
void smap__row_groups_release(smap__row_groups *groups);

#endif
