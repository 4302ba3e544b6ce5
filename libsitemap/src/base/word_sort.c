/* Radix sort from the lowest bits up, 11 at a time. Every pass counts the digits of each piece, then puts each piece
 * where its digits begin behind those of the pieces before it: the order is the same for any number of pieces. */
#include "base/word_sort.h"

#include "base/alloc.h"
#include "base/fail.h"
#include "base/parallel.h"

enum { BITS = 11, BUCKETS = 1 << BITS, PIECES = 8, PIECE_LEAST = 1 << 14 };

typedef struct work {
    const uint64_t *from;
    uint64_t *to;
    int64_t count, pieces;
    int shift;
    int64_t (*place)[BUCKETS]; /* of each piece: how many words of each digit, then where the next goes */
    struct {
        uint64_t all, any; /* bits that all words of the piece have, and that one has */
    } bits[PIECES];
} work;

static int64_t start_of(const work *w, int64_t piece) {
    return w->count / w->pieces * piece + (piece < w->count % w->pieces ? piece : w->count % w->pieces);
}

static smap_status survey(int worker, int64_t piece, void *user, smap_error *err) {
    work *w = user;
    uint64_t all = UINT64_MAX, any = 0;
    (void)worker, (void)err;
    for (int64_t k = start_of(w, piece); k < start_of(w, piece + 1); k++) {
        all &= w->from[k];
        any |= w->from[k];
    }
    w->bits[piece].all = all;
    w->bits[piece].any = any;
    return SMAP_OK;
}

static smap_status count_digits(int worker, int64_t piece, void *user, smap_error *err) {
    const work *w = user;
    int64_t *count = w->place[piece];
    (void)worker, (void)err;
    memset(count, 0, sizeof *w->place);
    for (int64_t k = start_of(w, piece), end = start_of(w, piece + 1); k < end; k++)
        count[w->from[k] >> w->shift & (BUCKETS - 1)]++;
    return SMAP_OK;
}

static smap_status put_words(int worker, int64_t piece, void *user, smap_error *err) {
    const work *w = user;
    int64_t *place = w->place[piece];
    (void)worker, (void)err;
    for (int64_t k = start_of(w, piece), end = start_of(w, piece + 1); k < end; k++)
        w->to[place[w->from[k] >> w->shift & (BUCKETS - 1)]++] = w->from[k];
    return SMAP_OK;
}

static void find_places(work *w) {
    int64_t next = 0;
    for (int digit = 0; digit < BUCKETS; digit++)
        for (int64_t piece = 0; piece < w->pieces; piece++) {
            int64_t count = w->place[piece][digit];
            w->place[piece][digit] = next;
            next += count;
        }
}

static smap_status on_pieces(smap_ctx *ctx, work *w, smap__chunk_fn fn, smap_error *err) {
    smap_status status = SMAP_OK;
    if (ctx && w->pieces > 1) return smap__parallel(ctx, w->pieces, fn, w, err);
    for (int64_t piece = 0; piece < w->pieces && status == SMAP_OK; piece++) status = fn(0, piece, w, err);
    return status;
}

static smap_status sort(smap_ctx *ctx, work *w, uint64_t *words, uint64_t *spare, int low, smap_error *err) {
    uint64_t all = UINT64_MAX, any = 0;
    smap_status status = on_pieces(ctx, w, survey, err);
    for (int64_t piece = 0; piece < w->pieces; piece++) {
        all &= w->bits[piece].all;
        any |= w->bits[piece].any;
    }
    for (int shift = low; status == SMAP_OK && shift < 64; shift += BITS) {
        if (((all ^ any) >> shift & (BUCKETS - 1)) == 0) continue; /* one digit for all */
        w->shift = shift;
        w->to = w->from == words ? spare : words;
        status = on_pieces(ctx, w, count_digits, err);
        if (status == SMAP_OK) find_places(w);
        if (status == SMAP_OK) status = on_pieces(ctx, w, put_words, err);
        w->from = w->to;
    }
    if (status == SMAP_OK && w->from != words) memcpy(words, w->from, (size_t)w->count * sizeof *words);
    return status;
}

smap_status smap__sort_words(smap_ctx *ctx, uint64_t *words, uint64_t *spare, int64_t count, int low, smap_error *err) {
    work w = { .from = words, .count = count };
    if (count < 2) return SMAP_OK;
    w.pieces = ctx ? count / PIECE_LEAST + 1 : 1;
    if (w.pieces > PIECES) w.pieces = PIECES;
    w.place = smap__realloc(NULL, (size_t)w.pieces, sizeof *w.place);
    if (!w.place) return smap__fail_memory(err);
    smap_status status = sort(ctx, &w, words, spare, low, err);
    smap__free(w.place);
    return status;
}
