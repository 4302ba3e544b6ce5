#include <stdlib.h>

#include "app.h"

/* What says how a new file is to be would be lost: nobody is to think that the old one is now for the public. */
static bool only_retargets(const cli_values *values, usage_error *err) {
    static const option_id of_new_files[] = { OPT_PUBLISHED, OPT_PUBLISH_LAYER, OPT_FORMAT,        OPT_AREA,
                                              OPT_EXTENT,    OPT_TITLE,         OPT_TEXT,          OPT_AUDIENCE,
                                              OPT_QUASI,     OPT_DISCLOSURE,    OPT_DISPLACE_SEED, OPT_PALETTE,
                                              OPT_ICONS };
    for (size_t i = 0; i < sizeof of_new_files / sizeof *of_new_files; i++)
        if (values->option[of_new_files[i]].count)
            return usage_fail(err,
                              "--retarget changes nothing but the name of the file in its own project, so --%s does "
                              "not go with it; leave one of the two out",
                              table_option(of_new_files[i])->name);
    return true;
}

int cmd_publish(cli_app *app, const cli_values *values) {
    smap_publish_options options = SMAP_PUBLISH_OPTIONS_INIT;
    smap_result *result = NULL;
    smap_error err = SMAP_ERROR_INIT;
    smap_status status;
    usage_error why;
    bool retarget = values_flag(values, OPT_RETARGET);
    if (retarget && !only_retargets(values, &why)) return app_usage(app, &why);
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
    options.palette = values_text(values, OPT_PALETTE);
    options.icons = values_text(values, OPT_ICONS);
    if (retarget)
        status = smap_publish_retarget(app->ctx, values->arguments[0], &options.common, &result, &err);
    else
        status = smap_publish(app->ctx, values->arguments[0], &options, &result, &err);
    free(layers);
    return app_finish(app, values, status, result, &err);
}
