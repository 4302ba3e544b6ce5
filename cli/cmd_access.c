#include "app.h"

#include <stdlib.h>

int cmd_access(cli_app *app, const cli_values *values) {
    smap_access_options options = SMAP_ACCESS_OPTIONS_INIT;
    smap_pair layers[OPT_COUNT];
    const char **scenarios = cli_alloc(NULL, sizeof *scenarios * (size_t)values->option[OPT_SCENARIO].count);
    const char **types = cli_alloc(NULL, sizeof *types * (size_t)values->option[OPT_SERVICE_TYPE].count);
    options.common = values_common(values);
    options.scenario = scenarios;
    options.scenarios = values_list(values, OPT_SCENARIO, scenarios);
    options.service_type = types;
    options.service_types = values_list(values, OPT_SERVICE_TYPE, types);
    options.unknown = values_text(values, OPT_UNKNOWN);
    options.mode = values_text(values, OPT_MODE);
    options.limits = values_text(values, OPT_LIMITS);
    options.nearest = values_text(values, OPT_NEAREST);
    options.max_walk_m = values_text(values, OPT_MAX_WALK);
    options.join_m = values_text(values, OPT_JOIN_ENDS);
    options.crossings = values_flag(values, OPT_CROSSINGS);
    options.capacity = values_flag(values, OPT_CAPACITY);
    options.routes = values_flag(values, OPT_ROUTES);
    options.isochrones = values_flag(values, OPT_ISOCHRONES);
    options.critical = values_text(values, OPT_CRITICAL);
    options.critical_of = values_text(values, OPT_CRITICAL_OF);
    options.barrier = values_text(values, OPT_BARRIER);
    options.by = values_text(values, OPT_AREAS);
    options.population = values_text(values, OPT_PEOPLE);
    options.crs = values_text(values, OPT_CRS);
    options.source = layers;
    options.sources = values_layers(values, layers);
    options.output = values_text(values, OPT_OUTPUT);
    options.overwrite = values_flag(values, OPT_OVERWRITE);
    options.strict = values_flag(values, OPT_STRICT);
    smap_result *result = NULL;
    smap_error err = SMAP_ERROR_INIT;
    smap_status status = smap_access(app->ctx, values->arguments[0], &options, &result, &err);
    free(scenarios);
    free(types);
    return app_finish(app, values, status, result, &err);
}
