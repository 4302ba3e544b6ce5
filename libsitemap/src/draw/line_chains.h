/* Lines that continue each other, joined: a road that the data has in many pieces gets its name as one. */
#ifndef SMAP_DRAW_LINE_CHAINS_H
#define SMAP_DRAW_LINE_CHAINS_H

#include <stddef.h>
#include <stdint.h>

#include "sitemap/error.h"

typedef struct smap__line_part {
    const double *x, *y;
    size_t n; /* at least 2 */
} smap__line_part;

typedef struct smap__line_chains {
    double *x, *y;
    size_t *begin; /* chains + 1 offsets */
    size_t chains;
} smap__line_chains;

/* Join ends that meet, two at a time and the straightest first, unless the way turns back there. Each part is in one
 * chain. Which way a chain runs is that of its first part, in the order given, that ends it. */
smap_status smap__line_chains_make(const smap__line_part *part, size_t parts, smap__line_chains *out, smap_error *err);
void smap__line_chains_release(smap__line_chains *chains);

#endif
