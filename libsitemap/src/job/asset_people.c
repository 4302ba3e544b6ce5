/* How many people an asset stands for. */
#include "job/asset_layer.h"

#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "col/cell.h"
#include "col/dict.h"
#include "geo/layer_row.h"

/* Nobody counts less than none: such a number is not known. */
static smap_status drop_negative(smap__asset_layer *asset, const char *name, smap_error *err) {
    int64_t negative = 0, first = -1;
    for (int64_t i = 0; asset->people && i < smap_table_rows(asset->layer->table); i++) {
        if (!(asset->people[i] < 0)) continue;
        asset->people[i] = NAN;
        if (negative++ == 0) first = i;
    }
    if (negative == 0) return SMAP_OK;
    return smap__findings_add(&asset->findings, err, SMAP__WARNING, "negative_people",
                              smap__layer_fid(asset->layer, first), name, NULL,
                              "%lld rows of %s have a number of people below 0, which is taken as not known",
                              (long long)negative, asset->name);
}

/* Numbers that nobody has are no numbers: NULL where no row has one. */
static smap_status settle(smap__asset_layer *asset, const char *name, smap_error *err) {
    int64_t rows = smap_table_rows(asset->layer->table), known = 0;
    smap_status status = drop_negative(asset, name, err);
    for (int64_t i = 0; asset->people && i < rows; i++) known += !isnan(asset->people[i]);
    if (known == 0) {
        smap__free(asset->people);
        asset->people = NULL;
    }
    return status;
}

static smap_status take_column(smap__asset_layer *asset, const char *name, smap_error *err) {
    const smap_column *column = smap_table_find(asset->layer->table, name);
    if (!column || column->null_count == column->count) return SMAP_OK;
    asset->people = smap__zalloc((size_t)column->count, sizeof *asset->people);
    if (!asset->people) return smap__fail_memory(err);
    for (int64_t i = 0; i < column->count; i++)
        if (!smap__cell_number(column, i, &asset->people[i])) asset->people[i] = NAN;
    return settle(asset, name, err);
}

/* Is round a later than round b? By date, then by the round's name. */
static bool is_later(const smap_table *t, int64_t a, int64_t b) {
    const smap_column *date = smap_table_find(t, "date"), *round = smap_table_find(t, "round");
    bool a_dated = !smap_column_is_null(date, a), b_dated = !smap_column_is_null(date, b);
    if (a_dated != b_dated) return a_dated;
    int order = a_dated ? smap__cell_compare(date, a, date, b) : 0;
    return (order ? order : smap__cell_compare(round, a, round, b)) > 0;
}

/* Row of the latest round with a count for each code of a site; -1 = none. */
static void find_latest(const smap_table *rounds, const int32_t *site, int64_t *latest) {
    const smap_column *individuals = smap_table_find(rounds, "individuals");
    for (int64_t i = 0; i < smap_table_rows(rounds); i++) {
        if (site[i] < 0 || smap_column_is_null(individuals, i)) continue;
        int64_t *best = &latest[site[i]];
        if (*best < 0 || is_later(rounds, i, *best)) *best = i;
    }
}

static smap_status count_sites(smap__asset_layer *asset, const smap_table *rounds, smap_error *err) {
    const smap_column *key = smap_table_find(asset->layer->table, "site_id");
    int64_t n = key->count, m = smap_table_rows(rounds);
    smap__dict *dict = NULL;
    int32_t *site = smap__zalloc((size_t)m, sizeof *site), *own = smap__zalloc((size_t)n, sizeof *own);
    int64_t *latest = smap__zalloc((size_t)(m + n), sizeof *latest);
    asset->people = smap__zalloc((size_t)n, sizeof *asset->people);
    smap_status status = site && own && latest && asset->people ? SMAP_OK : smap__fail_memory(err);
    if (status == SMAP_OK) status = smap__dict_new(&dict, err);
    if (status == SMAP_OK) status = smap__dict_encode(dict, smap_table_find(rounds, "site_id"), site, err);
    if (status == SMAP_OK) status = smap__dict_encode(dict, key, own, err);
    if (status == SMAP_OK) {
        for (int64_t i = 0; i < m + n; i++) latest[i] = -1;
        find_latest(rounds, site, latest);
        for (int64_t i = 0; i < n; i++) {
            int64_t row = own[i] < 0 ? -1 : latest[own[i]];
            asset->people[i] = NAN;
            if (row >= 0) smap__cell_number(smap_table_find(rounds, "individuals"), row, &asset->people[i]);
        }
    }
    smap__dict_free(dict);
    smap__free(site);
    smap__free(own);
    smap__free(latest);
    return status;
}

smap_status smap__asset_people(smap__run_inputs *inputs, smap__asset_layer *asset, smap_error *err) {
    const smap_layer *rounds = NULL;
    if (strcmp(asset->name, "building") == 0) return take_column(asset, "population", err);
    if (strcmp(asset->name, "household") == 0) return take_column(asset, "size", err);
    if (strcmp(asset->name, "site") != 0) return SMAP_OK;
    smap_status status = smap__inputs_layer(inputs, "site_round", &rounds, err);
    if (status == SMAP_OK && smap_table_rows(rounds->table) > 0) status = count_sites(asset, rounds->table, err);
    smap_layer_free(rounds);
    return status == SMAP_OK ? settle(asset, "individuals", err) : status;
}
