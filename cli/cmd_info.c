#include "app.h"

int cmd_info(cli_app *app, const cli_values *values) {
    smap_info_options options = SMAP_INFO_OPTIONS_INIT;
    options.common = values_common(values);
    options.layer = values_text(values, OPT_LAYER);
    smap_result *result = NULL;
    smap_error err = SMAP_ERROR_INIT;
    smap_status status = smap_info(app->ctx, values->arguments[0], &options, &result, &err);
    return app_finish(app, values, status, result, &err);
}
