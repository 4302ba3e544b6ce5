/* Segment pairs from the packed index, each pair once, tested exactly. Both the crossings and the pairs looked at are
 * limited: a hatch of parallel strokes has no crossing, but every box meets every other. */
#include "geo/crossings.h"

#include <math.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "geo/index.h"
#include "geo/orient.h"

static const int64_t pair_budget = 20000000;

enum { SAMPLE = 101 };

typedef struct segments {
    const smap_geometry *g;
    int64_t *start;  /* first coordinate of each */
    int64_t *before; /* the segment that it follows, in a closed ring the last for the first; -1 = none */
    smap_box *boxes;
    int64_t count;
} segments;

static void segments_release(segments *s) {
    smap__free(s->start);
    smap__free(s->before);
    smap__free(s->boxes);
}

static void put_ring(segments *s, int64_t first, int64_t end) {
    const smap_geometry *g = s->g;
    int64_t ring_start = s->count;
    for (int64_t k = first; k + 1 < end; k++) {
        if (g->x[k] == g->x[k + 1] && g->y[k] == g->y[k + 1]) continue;
        s->start[s->count] = k;
        s->before[s->count] = s->count > ring_start ? s->count - 1 : -1;
        s->boxes[s->count++] = (smap_box){ fmin(g->x[k], g->x[k + 1]), fmin(g->y[k], g->y[k + 1]),
                                           fmax(g->x[k], g->x[k + 1]), fmax(g->y[k], g->y[k + 1]) };
    }
    bool closed = end > first && g->x[first] == g->x[end - 1] && g->y[first] == g->y[end - 1];
    if (closed && s->count > ring_start + 2) s->before[ring_start] = s->count - 1;
}

static smap_status read_segments(const smap_geometry *g, int64_t feature, segments *s, smap_error *err) {
    int64_t ring = smap_geom_ring(g, smap_geom_part(g, feature));
    int64_t ring_end = smap_geom_ring(g, smap_geom_part(g, feature + 1));
    size_t most = (size_t)(smap_geom_coord(g, ring_end) - smap_geom_coord(g, ring));
    s->g = g;
    s->start = smap__realloc(NULL, most, sizeof *s->start);
    s->before = smap__realloc(NULL, most, sizeof *s->before);
    s->boxes = smap__realloc(NULL, most, sizeof *s->boxes);
    if (!s->start || !s->before || !s->boxes) return smap__fail_memory(err);
    for (; ring < ring_end; ring++) put_ring(s, smap_geom_coord(g, ring), smap_geom_coord(g, ring + 1));
    return SMAP_OK;
}

static int side(const smap_geometry *g, int64_t line, int64_t point) {
    double value = smap__orient(g->x[line], g->y[line], g->x[line + 1], g->y[line + 1], g->x[point], g->y[point]);
    return (value > 0) - (value < 0);
}

/* Do two segments, whose boxes meet, meet themselves? */
static bool meet(const smap_geometry *g, int64_t a, int64_t b) {
    return side(g, a, b) * side(g, a, b + 1) <= 0 && side(g, b, a) * side(g, b, a + 1) <= 0;
}

smap_status smap__crossings(const smap_geometry *geometry, int64_t feature, int64_t budget, int64_t *out,
                            smap_error *err) {
    segments s = { 0 };
    smap__index *index = NULL;
    smap__hits hits = { NULL, 0, 0 };
    int64_t crossings = 0, pairs = 0;
    smap_status status;
    SMAP_TRY(read_segments(geometry, feature, &s, err), done);
    SMAP_TRY(smap__index_new(NULL, s.boxes, s.count, &index, err), done);
    for (int64_t i = 0; i < s.count && crossings <= budget; i++) {
        SMAP_TRY(smap__index_query(index, s.boxes[i], &hits, err), done);
        pairs += (int64_t)hits.count;
        if (pairs > pair_budget) crossings = budget + 1;
        for (size_t k = hits.count; k-- > 0 && hits.ids[k] > i && crossings <= budget;) {
            int64_t j = hits.ids[k];
            bool neighbours = s.before[j] == i || s.before[i] == j;
            crossings += !neighbours && meet(geometry, s.start[i], s.start[j]);
        }
    }
    *out = crossings;
done:
    smap__hits_release(&hits);
    smap__index_free(index);
    segments_release(&s);
    return status;
}

smap_status smap__near_pairs(const smap_geometry *geometry, int64_t feature, double *out, smap_error *err) {
    segments s = { 0 };
    smap__index *index = NULL;
    smap__hits hits = { NULL, 0, 0 };
    double sum = 0;
    int64_t asked = 0;
    smap_status status;
    SMAP_TRY(read_segments(geometry, feature, &s, err), done);
    SMAP_TRY(smap__index_new(NULL, s.boxes, s.count, &index, err), done);
    for (int64_t i = 0; i < s.count; i += 1 + s.count / SAMPLE, asked++) {
        SMAP_TRY(smap__index_query(index, s.boxes[i], &hits, err), done);
        sum += (double)hits.count - 3; /* itself and its neighbours */
    }
    *out = asked ? fmax(sum, 0) / (double)asked * (double)s.count / 2 : 0;
done:
    smap__hits_release(&hits);
    smap__index_free(index);
    segments_release(&s);
    return status;
}
