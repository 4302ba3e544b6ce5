#include "access/way_ends.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/fail.h"

smap_status smap__access_check(const smap__access_query *q, smap_error *err) {
    if (q->k == 0)
        return smap__fail(err, SMAP_E_ARGUMENT, NULL, "0 nearest services were asked for; ask for 1 at least");
    if (!(q->walk_ms > 0))
        return smap__fail(err, SMAP_E_ARGUMENT, NULL, "%g m/s is no speed to walk at; it must be more than 0",
                          q->walk_ms);
    if (!(q->limit_s >= 0))
        return smap__fail(err, SMAP_E_ARGUMENT, NULL, "%g s is no limit; give 0 or more", q->limit_s);
    return SMAP_OK;
}

bool smap__service_counts(const smap__access_query *q, int64_t service) {
    return q->type[service] >= 0 && q->type[service] < q->types && q->service[service].edge != SMAP__NONE;
}

static double walk_s(const smap__access_query *q, const smap__snap *snap) {
    return snap->distance / q->walk_ms;
}

static int seeds_of(const smap__access_query *q, const smap__snap *snap, uint32_t source, bool toward,
                    smap__seed out[2]) {
    int count = smap__snap_seeds(q->graph, snap, source, walk_s(q, snap), toward, out);
    for (int k = 0; k < count; k++) out[k].length_m += snap->distance;
    return count;
}

int smap__service_seeds(const smap__access_query *q, uint32_t service, smap__seed out[2]) {
    return seeds_of(q, &q->service[service], service, true, out);
}

smap_status smap__type_seeds(const smap__access_query *q, int32_t type, smap__seed **seeds, int64_t *count,
                             smap_error *err) {
    smap__seed *made = smap__realloc(NULL, (size_t)q->services, 2 * sizeof *made);
    if (!made) return smap__fail_memory(err);
    *count = 0;
    for (int64_t s = 0; s < q->services; s++)
        if (smap__service_counts(q, s) && q->type[s] == type)
            *count += smap__service_seeds(q, (uint32_t)s, &made[*count]);
    *seeds = made;
    return SMAP_OK;
}

int smap__origin_seeds(const smap__access_query *q, int64_t origin, smap__seed out[2]) {
    return seeds_of(q, &q->origin[origin], 0, false, out);
}

double smap__along_s(const smap__access_query *q, const smap__snap *origin, const smap__snap *service) {
    if (origin->edge == SMAP__NONE || origin->edge != service->edge) return HUGE_VAL;
    return walk_s(q, origin) + smap__snap_along(q->graph, origin, service) + walk_s(q, service);
}

/* ---- stands ---- */

static int compare_stands(const void *left, const void *right) {
    const smap__stand *a = left, *b = right;
    if (a->edge != b->edge) return a->edge < b->edge ? -1 : 1;
    if (a->type != b->type) return a->type < b->type ? -1 : 1;
    return (a->service > b->service) - (a->service < b->service);
}

smap_status smap__stands_find(const smap__access_query *q, smap__stands *out, smap_error *err) {
    smap__stands found = { smap__realloc(NULL, (size_t)q->services, sizeof *found.stand), 0 };
    if (!found.stand) return smap__fail_memory(err);
    for (int64_t s = 0; s < q->services; s++)
        if (smap__service_counts(q, s))
            found.stand[found.count++] = (smap__stand){ q->service[s].edge, q->type[s], (uint32_t)s };
    qsort(found.stand, found.count, sizeof *found.stand, compare_stands);
    *out = found;
    return SMAP_OK;
}

static size_t first_from(const smap__stands *stands, uint32_t edge, int32_t type) {
    size_t low = 0, high = stands->count;
    const smap__stand wanted = { edge, type, 0 };
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_stands(&stands->stand[middle], &wanted) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void smap__stands_on(const smap__stands *stands, uint32_t edge, int32_t type, size_t *first, size_t *end) {
    size_t at = first_from(stands, edge, type);
    *first = at;
    while (at < stands->count && stands->stand[at].edge == edge && stands->stand[at].type == type) at++;
    *end = at;
}

void smap__stands_release(smap__stands *stands) {
    smap__free(stands->stand);
    *stands = (smap__stands){ NULL, 0 };
}
