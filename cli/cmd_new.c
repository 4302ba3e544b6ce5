#include "app.h"

int cmd_new(cli_app *app, const cli_values *values) {
    smap_new_options options = SMAP_NEW_OPTIONS_INIT;
    options.common = values_common(values);
    options.overwrite = values_flag(values, OPT_OVERWRITE);
    smap_result *result = NULL;
    smap_error err = SMAP_ERROR_INIT;
    smap_status status = smap_new(app->ctx, values->arguments[0], &options, &result, &err);
    return app_finish(app, values, status, result, &err);
}
