/* What is exposed: sites, services, buildings, roads and households, of the workspace or of files in their place. */
#include "base/fail.h"
#include "job/hazard_run.h"

static const char *const asset_names[] = { "site", "service", "building", "road", "household" };

static smap_status read_asset(smap__hazard_run *run, const char *name, smap_error *err) {
    smap__asset_layer *asset = &run->asset[run->assets++].base;
    smap_status status = smap__asset_read(&run->inputs, name, asset, err);
    if (status == SMAP_OK && !asset->layer) run->assets--;
    return status;
}

static smap_status read_people(smap__hazard_run *run, smap_error *err) {
    smap__asset_layer *asset = &run->asset[run->assets++].base;
    smap_status status = smap__asset_population(&run->inputs, &run->arena, run->options->population, asset, err);
    if (status == SMAP_OK && !asset->layer) run->assets--;
    return status;
}

smap_status smap__hazard_assets(smap__hazard_run *run, smap_error *err) {
    smap_status status = SMAP_OK;
    for (size_t i = 0; i < sizeof asset_names / sizeof *asset_names && status == SMAP_OK; i++)
        status = read_asset(run, asset_names[i], err);
    if (status == SMAP_OK) status = read_people(run, err);
    if (status == SMAP_OK && run->assets == 0)
        status = smap__fail(err, SMAP_E_NOT_FOUND, "site",
                            "%s holds no sites, services, buildings, roads or households; import some, or name a file, "
                            "for example: --building buildings.gpkg",
                            run->inputs.workspace_path);
    for (int i = 0; i < run->assets && status == SMAP_OK; i++)
        status = smap__asset_people(&run->inputs, &run->asset[i].base, err);
    return status;
}
