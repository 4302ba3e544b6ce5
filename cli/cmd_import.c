#include "app.h"

int cmd_import(cli_app *app, const cli_values *values) {
    smap_import_options options = SMAP_IMPORT_OPTIONS_INIT;
    options.common = values_common(values);
    options.as = values_text(values, OPT_AS);
    options.to = values_text(values, OPT_TO);
    options.layer = values_text(values, OPT_LAYER);
    options.crs = values_text(values, OPT_CRS);
    options.encoding = values_text(values, OPT_ENCODING);
    options.where = values_text(values, OPT_WHERE);
    options.map = values_pairs(values, OPT_MAP, &options.maps);
    options.set = values_pairs(values, OPT_SET, &options.sets);
    options.strict = values_flag(values, OPT_STRICT);
    smap_result *result = NULL;
    smap_error err = SMAP_ERROR_INIT;
    smap_status status =
        smap_import(app->ctx, values_text(values, OPT_WORKSPACE), (const char *const *)values->arguments,
                    values->argument_count, &options, &result, &err);
    return app_finish(app, values, status, result, &err);
}
