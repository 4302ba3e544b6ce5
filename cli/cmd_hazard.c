#include "app.h"

int cmd_hazard(cli_app *app, const cli_values *values) {
    smap_hazard_options options = SMAP_HAZARD_OPTIONS_INIT;
    smap_pair layers[OPT_COUNT];
    options.common = values_common(values);
    options.hazard = values_pairs(values, OPT_HAZARDS, &options.hazards);
    options.source = layers;
    options.sources = values_layers(values, layers);
    options.by = values_text(values, OPT_AREAS);
    options.at_least = values_text(values, OPT_AT_LEAST);
    options.near_m = values_text(values, OPT_NEAR);
    options.cells = values_text(values, OPT_CELLS);
    options.points = values_text(values, OPT_POINTS);
    options.curve = values_text(values, OPT_CURVE);
    options.passability = values_text(values, OPT_PASSABILITY);
    options.warning_delay = values_text(values, OPT_WARNING_DELAY);
    options.samples = values_number(values, OPT_SAMPLES);
    options.seed = values_number(values, OPT_SEED);
    options.population = values_text(values, OPT_POPULATION);
    options.evacuation = values_flag(values, OPT_EVACUATION);
    options.dem = values_text(values, OPT_DEM);
    options.crs = values_text(values, OPT_CRS);
    options.output = values_text(values, OPT_OUTPUT);
    options.overwrite = values_flag(values, OPT_OVERWRITE);
    options.strict = values_flag(values, OPT_STRICT);
    smap_result *result = NULL;
    smap_error err = SMAP_ERROR_INIT;
    smap_status status = smap_hazard(app->ctx, values->arguments[0], &options, &result, &err);
    return app_finish(app, values, status, result, &err);
}
