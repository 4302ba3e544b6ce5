#include "app.h"

int cmd_damage(cli_app *app, const cli_values *values) {
    smap_damage_options options = SMAP_DAMAGE_OPTIONS_INIT;
    smap_pair layers[OPT_COUNT];
    options.common = values_common(values);
    options.by = values_text(values, OPT_BY);
    options.source = layers;
    options.sources = values_layers(values, layers);
    options.output = values_text(values, OPT_OUTPUT);
    options.overwrite = values_flag(values, OPT_OVERWRITE);
    smap_result *result = NULL;
    smap_error err = SMAP_ERROR_INIT;
    smap_status status = smap_damage(app->ctx, values->arguments[0], &options, &result, &err);
    return app_finish(app, values, status, result, &err);
}
