/* How sure classes and the dominant hazard are: the errors of the hazards, sampled. */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "hazard/sampling.h"
#include "job/hazard_functions.h"
#include "stat/random.h"

smap_status smap__hazard_error(smap__hazard_run *run, const smap__hazard *h, smap__sampling_error *out,
                               smap_error *err) {
    smap_status status = smap__sampling_error_of(run->ctx, h->spec.kind, h->scale->unit, out, err);
    if (status != SMAP_OK || isnan(h->spec.error)) return status;
    out->absolute = h->spec.error_is_share ? 0 : h->spec.error;
    out->relative = h->spec.error_is_share ? h->spec.error : 0;
    return SMAP_OK;
}

/* A stream for each asset, out of its key: not of its place in the layer. */
static smap_status make_streams(const smap__hazard_asset *asset, uint64_t **out, smap_error *err) {
    const smap_column *key = smap_table_at(asset->base.layer->table, 0);
    uint64_t *stream = smap__zalloc((size_t)key->count, sizeof *stream);
    if (!stream) return smap__fail_memory(err);
    for (int64_t i = 0; i < key->count; i++) {
        size_t len;
        const char *text = smap_column_text(key, i, &len);
        stream[i] = smap__random_stream(0, text, len);
    }
    *out = stream;
    return SMAP_OK;
}

static smap_status sample(smap__hazard_run *run, smap__hazard_asset *asset, const smap__sampling_error *error,
                          double weight_error, smap_error *err) {
    smap__sampled_input input[SMAP__HAZARDS_MAX];
    uint64_t *stream = NULL;
    for (int h = 0; h < run->hazards; h++)
        input[h] = (smap__sampled_input){ .name = run->hazard[h].spec.prefix,
                                          .exposure = asset->exposure[h],
                                          .scale = run->hazard[h].scale,
                                          .error = error[h],
                                          .weight = run->hazard[h].spec.weight };
    smap_status status = make_streams(asset, &stream, err);
    const smap__sampling_options options = { .samples = run->options->samples,
                                             .seed = (uint64_t)run->options->seed,
                                             .at_least = run->at_least,
                                             .weight_error = weight_error,
                                             .stream = stream };
    if (status == SMAP_OK) status = smap__sample_errors(run->ctx, input, run->hazards, &options, &asset->sampled, err);
    smap__free(stream);
    return status;
}

smap_status smap__hazard_sample(smap__hazard_run *run, smap_error *err) {
    smap__sampling_error error[SMAP__HAZARDS_MAX], weight;
    if (run->options->samples == 0) return SMAP_OK;
    smap_status status = smap__sampling_error_of(run->ctx, "weight", "", &weight, err);
    for (int h = 0; h < run->hazards && status == SMAP_OK; h++)
        status = smap__hazard_error(run, &run->hazard[h], &error[h], err);
    for (int i = 0; i < run->assets && status == SMAP_OK; i++) {
        status = sample(run, &run->asset[i], error, weight.absolute, err);
    }
    return status;
}

void smap__hazard_put_chances(const smap__class_scale *scale, const double *probability, smap__str *out) {
    for (int k = 0; k <= scale->classes; k++) {
        if (!(probability[k] > 0)) continue;
        smap__str_printf(out, "%s%s %.3g", out->len ? ", " : "", k ? scale->klass[k - 1].code : "none", probability[k]);
    }
}
