#include "app.h"

int cmd_map(cli_app *app, const cli_values *values) {
    smap_map_options options = SMAP_MAP_OPTIONS_INIT;
    smap_pair layers[OPT_COUNT];
    options.common = values_common(values);
    options.sheet = values_text(values, OPT_SHEET);
    options.output = values_text(values, OPT_MAP_FILE);
    options.area = values_text(values, OPT_AREA);
    options.extent = values_text(values, OPT_EXTENT);
    options.title = values_text(values, OPT_TITLE);
    options.set = values_pairs(values, OPT_TEXT, &options.sets);
    options.source = layers;
    options.sources = values_layers(values, layers);
    options.paper = values_text(values, OPT_PAPER);
    bool portrait = values_flag(values, OPT_PORTRAIT), landscape = values_flag(values, OPT_LANDSCAPE);
    options.orientation = portrait && landscape ? "portrait and landscape"
                          : portrait            ? "portrait"
                          : landscape           ? "landscape"
                                                : NULL;
    options.dpi = values_number(values, OPT_DPI);
    options.atlas = values_text(values, OPT_ATLAS);
    options.world_file = values_flag(values, OPT_WORLD_FILE);
    options.palette = values_text(values, OPT_PALETTE);
    options.icons = values_text(values, OPT_ICONS);
    options.base = values_text(values, OPT_BASE);
    options.base_attribution = values_text(values, OPT_BASE_ATTRIBUTION);
    options.overwrite = values_flag(values, OPT_OVERWRITE);
    smap_result *result = NULL;
    smap_error err = SMAP_ERROR_INIT;
    smap_status status = smap_map(app->ctx, values->arguments[0], &options, &result, &err);
    return app_finish(app, values, status, result, &err);
}
