#include "damage/damage.h"

#include "damage/areas.h"
#include "damage/extent.h"
#include "damage/summary.h"

void smap__damage_result_release(smap__damage_result *result) {
    smap_layer_free(result->summary);
    smap_layer_free(result->extent);
    *result = (smap__damage_result){ 0 };
}

smap_status smap__damage_summarise(smap_ctx *ctx, const smap__damage_input *input, smap__damage_result *out,
                                   smap_error *err) {
    smap__areas areas;
    smap__damage_result result = { 0 };
    smap_status status = smap__areas_build(ctx, input, &areas, err);
    if (status != SMAP_OK) return status;
    status = smap__summary_build(ctx, input->damage, &areas, &result.summary, err);
    if (status == SMAP_OK && input->hazard)
        status = smap__extent_build(ctx, input->hazard, &areas, &result.extent, err);
    if (status == SMAP_OK)
        *out = result;
    else
        smap__damage_result_release(&result);
    smap__areas_release(&areas);
    return status;
}
