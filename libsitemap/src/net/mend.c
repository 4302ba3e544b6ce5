/* In rounds, until a round finds nothing: what was mended once is not mended again. */
#include "net/mend.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/compare.h"
#include "base/fail.h"
#include "net/dangles.h"
#include "net/meetings.h"

/* Vertices move lines by what their coordinates round off: if that makes others meet, it ends some time. */
enum { MOST_ROUNDS = 16 };

static void take_over(const smap_geometry **lines, const smap_geometry *next) {
    smap_geometry_free(*lines);
    *lines = next;
}

/* Every round joins one end at least, and none twice. */
static smap_status join_ends(smap_ctx *ctx, const smap__mend_options *options, const smap_geometry **lines,
                             smap__joins *joins, smap_error *err) {
    for (;;) {
        const smap_geometry *next = NULL;
        smap_status status = smap__dangles_join(ctx, *lines, options, joins, &next, err);
        if (status != SMAP_OK || !next) return status;
        take_over(lines, next);
    }
}

static smap_status join_crossings(smap_ctx *ctx, const smap__mend_options *options, const smap_geometry **lines,
                                  smap__meetings *meetings, smap_error *err) {
    for (int round = 0; round < MOST_ROUNDS; round++) {
        const smap_geometry *next = NULL;
        smap_status status = smap__meetings_insert(ctx, *lines, options->level, meetings, &next, err);
        if (status != SMAP_OK || !next) return status;
        take_over(lines, next);
    }
    return SMAP_OK;
}

static int compare_joined(const void *a, const void *b) {
    const smap__joined *left = a, *right = b;
    if (left->strand != right->strand) return left->strand < right->strand ? -1 : 1;
    return left->end - right->end;
}

static int compare_meetings(const void *a, const void *b) {
    const smap__meeting_place *left = a, *right = b;
    int x = smap__compare_reals(&left->x, &right->x);
    return x ? x : smap__compare_reals(&left->y, &right->y);
}

static smap_status tell(const smap__joins *joins, smap__meetings *meetings, smap__mended *mended, smap_error *err) {
    mended->join = smap__realloc(NULL, joins->count, sizeof *mended->join);
    if (!mended->join) return smap__fail_memory(err);
    if (joins->count > 1) qsort(joins->items, joins->count, sizeof *joins->items, compare_joined);
    for (size_t k = 0; k < joins->count; k++) mended->join[k] = joins->items[k].join;
    mended->joins = joins->count;
    if (meetings->count > 1) qsort(meetings->items, meetings->count, sizeof *meetings->items, compare_meetings);
    for (size_t k = 0; k < meetings->count; k++)
        mended->crossings += k == 0 || compare_meetings(&meetings->items[k - 1], &meetings->items[k]) != 0;
    return SMAP_OK;
}

smap_status smap__lines_mend(smap_ctx *ctx, const smap_geometry *lines, const smap__mend_options *options,
                             smap__mended *out, smap_error *err) {
    smap__joins joins = { NULL, 0, 0 };
    smap__meetings meetings = { NULL, 0, 0 };
    smap__mended made = { .lines = smap_geometry_retain(lines) };
    smap_status status;
    if (!(options->join_m >= 0 && isfinite(options->join_m)))
        SMAP_TRY(smap__fail(err, SMAP_E_ARGUMENT, NULL,
                            "%g is no distance to join ends of roads within; give metres, or 0 for none",
                            options->join_m),
                 done);
    if (options->join_m > 0) SMAP_TRY(join_ends(ctx, options, &made.lines, &joins, err), done);
    if (options->crossings) SMAP_TRY(join_crossings(ctx, options, &made.lines, &meetings, err), done);
    SMAP_TRY(tell(&joins, &meetings, &made, err), done);
    *out = made;
    made = (smap__mended){ 0 };
done:
    smap__mended_release(&made);
    smap__free(joins.items);
    smap__free(meetings.items);
    return status;
}

void smap__mended_release(smap__mended *mended) {
    smap_geometry_free(mended->lines);
    smap__free(mended->join);
    *mended = (smap__mended){ 0 };
}
