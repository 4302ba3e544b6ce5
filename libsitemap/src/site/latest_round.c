#include "site/latest_round.h"

#include "base/alloc.h"
#include "base/fail.h"

static int64_t round_of(const smap__latest_round *l, int64_t row) {
    return l->number && !smap_column_is_null(l->number, row) ? l->number->v.i[row] : INT64_MIN;
}

static int32_t site_of(const smap__latest_round *l, int64_t row) {
    if (!l->id || smap_column_is_null(l->id, row)) return -1;
    size_t len;
    const char *text = smap_column_text(l->id, row, &len);
    return smap__dict_find(l->sites, text, len);
}

static smap_status gather_sites(smap__latest_round *l, smap_error *err) {
    for (int64_t row = 0; row < l->id->count; row++) {
        size_t len;
        if (smap_column_is_null(l->id, row)) continue;
        const char *text = smap_column_text(l->id, row, &len);
        if (smap__dict_add(l->sites, text, len) < 0) return smap__fail_memory(err);
    }
    return SMAP_OK;
}

smap_status smap__latest_round_find(const smap_table *table, smap__latest_round *out, smap_error *err) {
    const smap_column *id = smap_table_find(table, "site_id"), *number = smap_table_find(table, "round");
    smap__latest_round l = { .id = id && id->type == SMAP_TEXT ? id : NULL,
                             .number = number && number->type == SMAP_INT64 ? number : NULL };
    smap_status status = smap__dict_new(&l.sites, err);
    if (status == SMAP_OK && l.id) status = gather_sites(&l, err);
    int32_t sites = status == SMAP_OK ? smap__dict_count(l.sites) : 0;
    if (status == SMAP_OK) l.round = smap__alloc(((size_t)sites + 1) * sizeof *l.round);
    if (status == SMAP_OK) l.row = smap__alloc(((size_t)sites + 1) * sizeof *l.row);
    if (status == SMAP_OK && (!l.round || !l.row)) status = smap__fail_memory(err);
    if (status != SMAP_OK) {
        smap__latest_round_release(&l);
        return status;
    }
    for (int32_t s = 0; s < sites; s++) l.round[s] = INT64_MIN;
    for (int64_t row = 0; l.id && row < l.id->count; row++) {
        int32_t site = site_of(&l, row);
        if (site >= 0 && round_of(&l, row) > l.round[site]) l.round[site] = round_of(&l, row);
    }
    for (int64_t row = l.id ? l.id->count - 1 : -1; row >= 0; row--) {
        int32_t site = smap__latest_round_site(&l, row);
        if (site >= 0) l.row[site] = row;
    }
    *out = l;
    return SMAP_OK;
}

void smap__latest_round_release(smap__latest_round *latest) {
    smap__dict_free(latest->sites);
    smap__free(latest->round);
    smap__free(latest->row);
    *latest = (smap__latest_round){ 0 };
}

int32_t smap__latest_round_site(const smap__latest_round *latest, int64_t row) {
    int32_t site = site_of(latest, row);
    return site >= 0 && round_of(latest, row) == latest->round[site] ? site : -1;
}
