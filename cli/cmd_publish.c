#include <stdlib.h>

#include "app.h"

int cmd_publish(cli_app *app, const cli_values *values) {
    smap_publish_options options = SMAP_PUBLISH_OPTIONS_INIT;
    smap_result *result = NULL;
    smap_error err = SMAP_ERROR_INIT;
    smap_status status;
    const char **layers = cli_alloc(NULL, ((size_t)values->option[OPT_PUBLISH_LAYER].count + 1) * sizeof *layers);
    options.common = values_common(values);
    options.output = values_text(values, OPT_PUBLISHED);
    options.layer = layers;
    options.layers = values_list(values, OPT_PUBLISH_LAYER, layers);
    options.format = values_text(values, OPT_FORMAT);
    options.title = values_text(values, OPT_TITLE);
    options.area = values_text(values, OPT_AREA);
    options.extent = values_text(values, OPT_EXTENT);
    options.set = values_pairs(values, OPT_TEXT, &options.sets);
    options.overwrite = values_flag(values, OPT_OVERWRITE);
    options.disclosure_report = values_flag(values, OPT_DISCLOSURE);
    options.quasi = values_text(values, OPT_QUASI);
    options.seed = values_text(values, OPT_DISPLACE_SEED);
    if (values_flag(values, OPT_RETARGET))
        status = smap_publish_retarget(app->ctx, values->arguments[0], &options.common, &result, &err);
    else
        status = smap_publish(app->ctx, values->arguments[0], &options, &result, &err);
    free(layers);
    return app_finish(app, values, status, result, &err);
}
