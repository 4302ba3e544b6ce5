/* What is exposed, summed up by area, and which hazards go together. */
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "col/cell.h"
#include "job/hazard_run.h"

static const char *cell_text(smap__hazard_run *run, const char *name, int64_t row) {
    const smap_column *column = name ? smap_table_find(run->by.layer->table, name) : NULL;
    smap__str text = SMAP__STR_INIT;
    if (column) smap__cell_put(&text, column, row);
    const char *kept = text.failed ? NULL : smap__arena_strdup(&run->arena, text.data ? text.data : "");
    smap__str_release(&text);
    return kept;
}

static smap_status name_areas(smap__hazard_run *run, smap__summary_input *input, smap_error *err) {
    if (!run->by.layer) return SMAP_OK;
    int64_t n = smap_table_rows(run->by.layer->table);
    smap__summary_area *area = smap__arena_alloc(&run->arena, ((size_t)n + 1) * sizeof *area);
    if (!area) return smap__fail_memory(err);
    for (int64_t i = 0; i < n; i++) {
        area[i] = (smap__summary_area){ cell_text(run, run->by.key, i), cell_text(run, run->by.name_en, i),
                                        cell_text(run, run->by.name_ar, i) };
        if (!area[i].id || !area[i].name_en || !area[i].name_ar) return smap__fail_memory(err);
    }
    input->area_kind = run->by.kind;
    input->area = area;
    input->areas = n;
    return SMAP_OK;
}

static smap_status coincide(smap__hazard_run *run, smap__hazard_asset *asset, const smap__assets *view,
                            smap_error *err) {
    size_t pairs = (size_t)run->hazards * ((size_t)run->hazards + 1) / 2;
    asset->coincidence = smap__zalloc(pairs, sizeof *asset->coincidence);
    if (!asset->coincidence) return smap__fail_memory(err);
    return smap__coincide(run->ctx, (const smap__exposure *const *)asset->exposure, run->hazards, view, run->at_least,
                          asset->coincidence, err);
}

smap_status smap__hazard_summary(smap__hazard_run *run, smap_error *err) {
    smap__summary_hazard hazard[SMAP__HAZARDS_MAX];
    smap__assets view[SMAP__ASSET_LAYERS];
    smap__summary_assets layer[SMAP__ASSET_LAYERS];
    smap__summary_input input = { .area_kind = "all",
                                  .hazard = hazard,
                                  .hazards = run->hazards,
                                  .layer = layer,
                                  .layers = run->assets,
                                  .at_least = run->at_least };
    smap_status status = SMAP_OK;
    for (int i = 0; i < run->assets && status == SMAP_OK; i++)
        status = smap__asset_locate(run->ctx, &run->asset[i].base, &run->by, err);
    if (status == SMAP_OK) status = name_areas(run, &input, err);
    for (int h = 0; h < run->hazards; h++)
        hazard[h] = (smap__summary_hazard){ run->hazard[h].spec.name, run->hazard[h].scale, run->hazard[h].origin };
    for (int i = 0; i < run->assets && status == SMAP_OK; i++) {
        smap__hazard_asset *a = &run->asset[i];
        view[i] = (smap__assets){ a->base.name, a->base.layer, a->area_m2, a->length_m, a->base.people };
        status = coincide(run, a, &view[i], err);
        layer[i] = (smap__summary_assets){ .assets = &view[i],
                                           .area = a->base.area,
                                           .hazard = (const smap__exposure *const *)a->exposure,
                                           .combined = run->hazards > 1 ? a->combined : NULL,
                                           .coincidence = a->coincidence,
                                           .people_by_share = smap__asset_is_grid(&a->base) };
    }
    if (status == SMAP_OK) status = smap__exposure_summarise(run->ctx, &input, &run->summary, err);
    if (status == SMAP_OK) status = smap__coincidence_table(&input, &run->coincidence, err);
    if (status == SMAP_OK) status = smap__hazard_put_sources(run, &run->summary, err);
    return status == SMAP_OK ? smap__hazard_put_sources(run, &run->coincidence, err) : status;
}
