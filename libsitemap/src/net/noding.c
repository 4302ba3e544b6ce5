/* Most vertices of a road belong to it alone. A table of two bits a cell, small enough for the cache, settles those: a
 * vertex whose cell no other one has touched is no node. The few that are left, and all ends, are sorted along a
 * Hilbert curve, where those of one place come to lie side by side: that finds the nodes and numbers them at once.
 * Every step is done in pieces on all workers; what comes of it does not depend on how many there are. */
#include "net/noding.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/ctx.h"
#include "base/fail.h"
#include "base/mix.h"
#include "base/parallel.h"
#include "base/word_sort.h"
#include "geo/geom_column.h"
#include "geo/index.h"
#include "net/graph.h"

double smap__strands_of(const smap_geometry *lines, int64_t feature, smap__strand *strands, size_t *count) {
    size_t before = *count;
    double length = 0;
    for (int64_t part = smap_geom_part(lines, feature); part < smap_geom_part(lines, feature + 1); part++) {
        int64_t ring = smap_geom_ring(lines, part);
        uint32_t first = (uint32_t)smap_geom_coord(lines, ring), end = (uint32_t)smap_geom_coord(lines, ring + 1);
        if (smap__geometry_part_type(lines, feature, part) != SMAP_GEOM_LINESTRING || end < first + 2) continue;
        for (uint32_t i = first + 1; i < end; i++) length += smap__step(lines, i);
        while (end > first + 2 && smap__same_vertex(lines, end - 1, end - 2)) end--;
        strands[(*count)++] = (smap__strand){ (uint32_t)feature, first, end };
    }
    if (!isfinite(length)) *count = before;
    return length;
}

enum { SEEN = 1, SHARED = 2, CELLS_A_VERTEX = 4, FIELDS_MOST = 4, CHUNK = 1 << 13, PIECES = 64, KEY_AT = 32 };

typedef struct vertex {
    double x, y;
} vertex;

/* What one worker sees of a share of the strands. */
typedef struct field {
    uint8_t *cells; /* four a byte */
    smap_box ends;  /* of the strands' ends */
} field;

typedef struct work {
    smap_ctx *ctx;
    const smap_geometry *lines;
    const smap__strand *strands;
    size_t strand_count;
    const uint8_t *node_at;
    smap__nodes *nodes;
    field fields[FIELDS_MOST]; /* joined into the first, once all are made */
    int64_t field_count;
    uint64_t cell_mask;
    uint64_t *words, *spare; /* of vertices that may be nodes: value on the curve, then coordinate */
    size_t *chunk_words;     /* of each chunk of strands: how many */
    size_t count;
    size_t piece_start[PIECES + 1];   /* among words; no place is in two pieces */
    uint32_t piece_nodes[PIECES + 1]; /* of those before each piece, once all are numbered */
} work;

static uint64_t hash(vertex v) {
    uint64_t x, y;
    v.x += 0.0; /* -0 is 0 */
    v.y += 0.0;
    memcpy(&x, &v.x, sizeof x);
    memcpy(&y, &v.y, sizeof y);
    return smap__mix(x ^ smap__mix(y));
}

static uint64_t power_of_two(uint64_t least) {
    uint64_t power = 64;
    while (power < least) power *= 2;
    return power;
}

static bool is_end(const smap__strand *s, uint32_t i) {
    return i == s->first || i + 1 == s->end;
}

/* A node whoever else is there? What is asked of a repetition is asked of the vertex it repeats. */
static bool is_node(const work *w, const smap__strand *s, uint32_t i) {
    bool node = is_end(s, i);
    if (!w->node_at || node) return node;
    do {
        node = w->node_at[i++];
    } while (!node && i < s->end && smap__same_vertex(w->lines, i, i - 1));
    return node;
}

/* Does the vertex stand for itself, not for a repetition of the one before it? Ends always do. */
static bool counts(const work *w, const smap__strand *s, uint32_t i) {
    return is_end(s, i) || !smap__same_vertex(w->lines, i, i - 1);
}

static vertex vertex_at(const work *w, uint32_t i) {
    return (vertex){ w->lines->x[i], w->lines->y[i] };
}

/* ---- which vertices may be nodes ---- */

static void mark_cells(const work *w, const smap__strand *s, uint8_t *cells) {
    for (uint32_t i = s->first; i < s->end; i++) {
        if (!counts(w, s, i)) continue;
        uint64_t cell = hash(vertex_at(w, i)) & w->cell_mask;
        unsigned shift = (unsigned)(cell % 4) * 2;
        uint8_t *byte = &cells[cell / 4];
        unsigned state = *byte >> shift & 3;
        state |= is_node(w, s, i) || state & SEEN ? SHARED : SEEN;
        *byte = (uint8_t)(*byte | state << shift);
    }
}

static smap_box with_vertex(smap_box box, vertex v) {
    return smap__box_join(box, (smap_box){ v.x, v.y, v.x, v.y });
}

static smap_status mark_field(int worker, int64_t f, void *user, smap_error *err) {
    work *w = user;
    smap_box ends = SMAP_BOX_EMPTY;
    smap_status status = SMAP_OK;
    size_t end = w->strand_count * (size_t)(f + 1) / (size_t)w->field_count;
    (void)worker;
    for (size_t k = w->strand_count * (size_t)f / (size_t)w->field_count; k < end && status == SMAP_OK; k++) {
        const smap__strand *s = &w->strands[k];
        mark_cells(w, s, w->fields[f].cells);
        ends = with_vertex(with_vertex(ends, vertex_at(w, s->first)), vertex_at(w, s->end - 1));
        if (k % CHUNK == 0) status = smap__poll(w->ctx, err);
    }
    w->fields[f].ends = ends;
    return status;
}

/* Shared in one field, or seen in two. */
static void join_fields(work *w) {
    uint8_t *to = w->fields[0].cells;
    for (int64_t f = 1; f < w->field_count; f++) {
        const uint8_t *from = w->fields[f].cells;
        for (uint64_t k = 0; k < (w->cell_mask + 1) / 4; k++)
            to[k] = (uint8_t)(to[k] | from[k] | (to[k] & from[k] & 0x55) << 1);
        w->fields[0].ends = smap__box_join(w->fields[0].ends, w->fields[f].ends);
    }
}

static smap_status mark(work *w, smap_error *err) {
    w->field_count = smap_ctx_threads(w->ctx) < FIELDS_MOST ? smap_ctx_threads(w->ctx) : FIELDS_MOST;
    if (w->strand_count < CHUNK) w->field_count = 1;
    for (int64_t f = 0; f < w->field_count; f++) {
        w->fields[f] = (field){ smap__zalloc((w->cell_mask + 1) / 4, 1), SMAP_BOX_EMPTY };
        if (!w->fields[f].cells) return smap__fail_memory(err);
    }
    smap_status status = smap__parallel(w->ctx, w->field_count, mark_field, w, err);
    if (status == SMAP_OK) join_fields(w);
    return status;
}

/* Those of a chunk of strands at the place of its first coordinate; `at` is 1 for nodes, else 0, for the time being. */
static smap_status gather_chunk(int worker, int64_t chunk, void *user, smap_error *err) {
    work *w = user;
    const uint8_t *cells = w->fields[0].cells;
    size_t first = (size_t)chunk * CHUNK, end = first + CHUNK < w->strand_count ? first + CHUNK : w->strand_count;
    uint64_t *to = w->words + w->strands[first].first;
    size_t count = 0;
    (void)worker, (void)err;
    for (size_t k = first; k < end; k++) {
        const smap__strand *s = &w->strands[k];
        for (uint32_t i = s->first; i < s->end; i++) {
            if (!counts(w, s, i)) continue;
            vertex v = vertex_at(w, i);
            uint64_t cell = hash(v) & w->cell_mask;
            bool node = is_node(w, s, i);
            if (!node && !(cells[cell / 4] >> (cell % 4) * 2 & SHARED)) continue;
            w->nodes->at[i] = node;
            to[count++] = (uint64_t)smap__hilbert(v.x, v.y, w->fields[0].ends) << KEY_AT | i;
        }
    }
    w->chunk_words[chunk] = count;
    return SMAP_OK;
}

static smap_status gather(work *w, smap_error *err) {
    int64_t chunks = (int64_t)((w->strand_count + CHUNK - 1) / CHUNK);
    w->chunk_words = smap__zalloc((size_t)chunks, sizeof *w->chunk_words);
    if (!w->chunk_words) return smap__fail_memory(err);
    smap_status status = smap__parallel(w->ctx, chunks, gather_chunk, w, err);
    for (int64_t chunk = 0; status == SMAP_OK && chunk < chunks; chunk++) {
        const uint64_t *from = w->words + w->strands[chunk * CHUNK].first;
        memmove(w->words + w->count, from, w->chunk_words[chunk] * sizeof *from);
        w->count += w->chunk_words[chunk];
    }
    return status;
}

/* ---- one place after the other ---- */

typedef struct spot {
    vertex v;
    uint64_t word;
} spot;

static int compare_spots(const void *left, const void *right) {
    const spot *a = left, *b = right;
    if (a->v.x != b->v.x) return a->v.x < b->v.x ? -1 : 1;
    if (a->v.y != b->v.y) return a->v.y < b->v.y ? -1 : 1;
    return (a->word > b->word) - (a->word < b->word);
}

static uint32_t coord_of(uint64_t word) {
    return (uint32_t)word;
}

static bool same_place(const work *w, uint64_t a, uint64_t b) {
    return smap__same_vertex(w->lines, coord_of(a), coord_of(b));
}

/* Words of one value on the curve by place. Nearly always there is one place. */
static smap_status sort_places(const work *w, uint64_t *words, size_t count, smap_error *err) {
    size_t same = 1;
    while (same < count && same_place(w, words[same], words[0])) same++;
    if (same == count) return SMAP_OK;
    spot *spots = smap__realloc(NULL, count, sizeof *spots);
    if (!spots) return smap__fail_memory(err);
    for (size_t k = 0; k < count; k++) spots[k] = (spot){ vertex_at(w, coord_of(words[k])), words[k] };
    qsort(spots, count, sizeof *spots, compare_spots);
    for (size_t k = 0; k < count; k++) words[k] = spots[k].word;
    smap__free(spots);
    return SMAP_OK;
}

/* Nodes of words of one value, numbered within the piece: the number takes the value's place. */
static uint32_t number_places(const work *w, uint64_t *words, size_t count, uint32_t next) {
    for (size_t first = 0, end; first < count; first = end) {
        bool node = w->nodes->at[coord_of(words[first])];
        for (end = first + 1; end < count && same_place(w, words[end], words[first]); end++) node = true;
        uint64_t number = node ? next++ : SMAP__NONE;
        for (size_t k = first; k < end; k++) words[k] = number << KEY_AT | coord_of(words[k]);
    }
    return next;
}

static smap_status number_piece(int worker, int64_t piece, void *user, smap_error *err) {
    work *w = user;
    uint64_t *words = w->words;
    uint32_t next = 0;
    (void)worker;
    for (size_t first = w->piece_start[piece], end; first < w->piece_start[piece + 1]; first = end) {
        uint64_t key = words[first] >> KEY_AT;
        for (end = first + 1; end < w->piece_start[piece + 1] && words[end] >> KEY_AT == key; end++) {
        }
        smap_status status = end - first > 1 ? sort_places(w, words + first, end - first, err) : SMAP_OK;
        if (status != SMAP_OK) return status;
        next = number_places(w, words + first, end - first, next);
    }
    w->piece_nodes[piece + 1] = next;
    return SMAP_OK;
}

static void divide(work *w) {
    for (int piece = 1; piece <= PIECES; piece++) {
        size_t at = w->count * (size_t)piece / PIECES;
        if (at < w->piece_start[piece - 1]) at = w->piece_start[piece - 1];
        while (at > 0 && at < w->count && w->words[at] >> KEY_AT == w->words[at - 1] >> KEY_AT) at++;
        w->piece_start[piece] = at;
    }
}

static smap_status put_piece(int worker, int64_t piece, void *user, smap_error *err) {
    work *w = user;
    smap__nodes *nodes = w->nodes;
    uint32_t before = w->piece_nodes[piece];
    (void)worker, (void)err;
    for (size_t k = w->piece_start[piece]; k < w->piece_start[piece + 1]; k++) {
        uint32_t i = coord_of(w->words[k]), number = (uint32_t)(w->words[k] >> KEY_AT);
        nodes->at[i] = number == SMAP__NONE ? SMAP__NONE : before + number;
        if (number == SMAP__NONE) continue;
        nodes->x[before + number] = w->lines->x[i] + 0.0;
        nodes->y[before + number] = w->lines->y[i] + 0.0;
    }
    return SMAP_OK;
}

static smap_status number(work *w, smap_error *err) {
    divide(w);
    smap_status status = smap__parallel(w->ctx, PIECES, number_piece, w, err);
    if (status != SMAP_OK) return status;
    for (int piece = 0; piece < PIECES; piece++) w->piece_nodes[piece + 1] += w->piece_nodes[piece];
    w->nodes->count = w->piece_nodes[PIECES];
    w->nodes->x = smap__realloc(NULL, w->nodes->count, sizeof *w->nodes->x);
    w->nodes->y = smap__realloc(NULL, w->nodes->count, sizeof *w->nodes->y);
    if (!w->nodes->x || !w->nodes->y) return smap__fail_memory(err);
    return smap__parallel(w->ctx, PIECES, put_piece, w, err);
}

/* Where lines meet outside of the box of their ends, the curve is another one. */
static smap_status renumber(const work *w, smap_error *err) {
    smap__nodes *nodes = w->nodes;
    size_t count = nodes->count;
    smap_box all = SMAP_BOX_EMPTY, ends = w->fields[0].ends;
    for (size_t k = 0; k < count; k++) all = with_vertex(all, (vertex){ nodes->x[k], nodes->y[k] });
    if (memcmp(&all, &ends, sizeof all) == 0) return SMAP_OK;
    int64_t *order = smap__realloc(NULL, count, sizeof *order);
    uint32_t *number_of = smap__realloc(NULL, count, sizeof *number_of);
    double *x = smap__realloc(NULL, count, sizeof *x), *y = smap__realloc(NULL, count, sizeof *y);
    smap_status status = order && number_of && x && y ? SMAP_OK : smap__fail_memory(err);
    if (status == SMAP_OK) status = smap__hilbert_order(nodes->x, nodes->y, (int64_t)count, order, err);
    for (size_t k = 0; status == SMAP_OK && k < count; k++) {
        number_of[order[k]] = (uint32_t)k;
        x[k] = nodes->x[order[k]];
        y[k] = nodes->y[order[k]];
    }
    for (size_t k = 0; status == SMAP_OK && k < w->count; k++) {
        uint32_t *at = &nodes->at[coord_of(w->words[k])];
        if (*at != SMAP__NONE) *at = number_of[*at];
    }
    if (status == SMAP_OK) memcpy(nodes->x, x, count * sizeof *x);
    if (status == SMAP_OK) memcpy(nodes->y, y, count * sizeof *y);
    smap__free(order);
    smap__free(number_of);
    smap__free(x);
    smap__free(y);
    return status;
}

smap_status smap__nodes_find(smap_ctx *ctx, const smap_geometry *lines, const smap__strand *strands, size_t count,
                             const uint8_t *node_at, smap__nodes *nodes, smap_error *err) {
    size_t coords = (size_t)lines->coord_count;
    work w = { .ctx = ctx, .lines = lines, .strands = strands, .strand_count = count, .node_at = node_at };
    smap_status status;
    w.nodes = nodes;
    w.cell_mask = power_of_two(coords * CELLS_A_VERTEX) - 1;
    w.words = smap__realloc(NULL, coords, sizeof *w.words);
    nodes->at = smap__realloc(NULL, coords, sizeof *nodes->at);
    if (!w.words || !nodes->at) SMAP_TRY(smap__fail_memory(err), done);
    memset(nodes->at, 0xff, coords * sizeof *nodes->at);
    SMAP_TRY(mark(&w, err), done);
    SMAP_TRY(gather(&w, err), done);
    w.spare = smap__realloc(NULL, w.count, sizeof *w.spare);
    if (!w.spare) SMAP_TRY(smap__fail_memory(err), done);
    SMAP_TRY(smap__sort_words(ctx, w.words, w.spare, (int64_t)w.count, KEY_AT, err), done);
    SMAP_TRY(number(&w, err), done);
    SMAP_TRY(renumber(&w, err), done);
done:
    for (int f = 0; f < FIELDS_MOST; f++) smap__free(w.fields[f].cells);
    smap__free(w.words);
    smap__free(w.spare);
    smap__free(w.chunk_words);
    return status;
}

void smap__nodes_release(smap__nodes *nodes) {
    smap__free(nodes->x);
    smap__free(nodes->y);
    smap__free(nodes->at);
}
