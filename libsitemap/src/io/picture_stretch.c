/* From what to what the values of a picture of more than 8 bits go: the 2nd and the 98th hundredth of a sample, which
 * is the coarsest copy of it that is large enough, else windows spread over it evenly. */
#include <math.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "io/picture_part.h"

enum { LEAST_SAMPLE = 1 << 14, MOST_SAMPLE = 1 << 16, ACROSS = 8, WINDOW = 32 };

static int compare_floats(const void *a, const void *b) {
    const float *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static int64_t least(int64_t a, int64_t b) {
    return a < b ? a : b;
}

/* The level to read whole; -1: none is of a fit size. */
static int sample_level(const smap__picture *p) {
    for (int i = p->info.levels; i-- > 0;) {
        int64_t n = p->level[i].width * p->level[i].height;
        if (n >= LEAST_SAMPLE || i == 0) return n <= MOST_SAMPLE ? i : -1;
    }
    return -1;
}

static smap_status read_sample(const smap__bands *b, const smap__picture *p, int colour, float *values, int64_t *count,
                               smap_error *err) {
    int level = sample_level(p);
    *count = 0;
    if (level >= 0) {
        const smap__picture_level *l = &p->level[level];
        *count = l->width * l->height;
        return smap__bands_values(b, colour, l->id, 0, 0, l->width, l->height, values, p->spec.shown, err);
    }
    int64_t w = least(WINDOW, p->info.width), h = least(WINDOW, p->info.height);
    smap_status status = SMAP_OK;
    for (int i = 0; i < ACROSS * ACROSS && status == SMAP_OK; i++) {
        int64_t x = (p->info.width - w) * (i % ACROSS) / (ACROSS - 1),
                y = (p->info.height - h) * (i / ACROSS) / (ACROSS - 1);
        status = smap__bands_values(b, colour, -1, x, y, w, h, values + *count, p->spec.shown, err);
        *count += w * h;
    }
    return status;
}

smap_status smap__bands_stretch(smap__bands *b, const smap__picture *p, smap_error *err) {
    float *values = smap__alloc((size_t)MOST_SAMPLE * sizeof *values);
    smap_status status = values ? SMAP_OK : smap__fail_memory(err);
    for (int k = 0; k < b->count && status == SMAP_OK; k++) {
        int64_t count = 0, kept = 0;
        status = read_sample(b, p, k, values, &count, err);
        for (int64_t i = 0; i < count && status == SMAP_OK; i++)
            if (!isnan(values[i])) values[kept++] = values[i];
        qsort(values, (size_t)kept, sizeof *values, compare_floats);
        b->low[k] = kept ? (double)values[kept * 2 / 100] : 0;
        b->high[k] = kept ? (double)values[kept - 1 - kept * 2 / 100] : 1;
        if (!(b->high[k] > b->low[k])) b->high[k] = b->low[k] + 1;
    }
    smap__free(values);
    return status;
}
