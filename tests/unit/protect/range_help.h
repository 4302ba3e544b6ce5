/* What a reader of suppressed counts can still tell of each. */
#ifndef RANGE_HELP_H
#define RANGE_HELP_H

#include <math.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "protect/suppress_parts.h"

/* The range that the reader is left with (HUGE_VAL: no end); of a count that is told, its value twice. */
static inline smap_status range_left(smap__suppression *s, int count, double *low, double *high, smap_error *err) {
    const smap__told_count *c = &s->count[count];
    smap__linear *linear = NULL;
    int *which = NULL, columns = 0;
    *low = *high = c->value;
    if (!smap__told_is_unknown(c)) return SMAP_OK;
    if (c->group < 0) {
        smap__attack_bounds(s, c, low, high);
        return SMAP_OK;
    }
    smap_status status = smap__attack_new(s, c->group, &linear, &which, &columns, err);
    double *gain = status == SMAP_OK ? calloc((size_t)columns + 1, sizeof *gain) : NULL;
    if (status == SMAP_OK && !gain) status = SMAP_E_NOMEM;
    for (int way = -1; way <= 1 && status == SMAP_OK; way += 2) {
        bool endless;
        gain[c->column] = way;
        smap__linear_maximise(linear, gain, &endless);
        *(way > 0 ? high : low) = endless && way > 0 ? HUGE_VAL : smap__linear_at(linear, c->column);
    }
    free(gain);
    smap__free(which);
    smap__linear_free(linear);
    return status;
}

#endif
