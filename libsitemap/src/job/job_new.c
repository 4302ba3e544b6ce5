#include "job/common.h"
#include "job/result.h"

smap_status smap_new(smap_ctx *ctx, const char *workspace, const smap_new_options *options, smap_result **out,
                     smap_error *err) {
    static const smap_new_options defaults = SMAP_NEW_OPTIONS_INIT;
    if (!options) options = &defaults;
    smap_result *result = NULL;
    smap__change *change = NULL;
    smap__str json = SMAP__STR_INIT;
    int64_t date;
    smap_status status = smap__common_check(ctx, options->size, sizeof *options, &options->common, NULL, err);
    if (status == SMAP_OK) status = smap__run_date(&options->common, 0, &date, err);
    if (status == SMAP_OK) status = smap__result_new(&result, err);
    if (status == SMAP_OK) status = smap__change_new(ctx, date, &change, err);
    if (status == SMAP_OK) status = smap__style_records(ctx, change, options->common.lang, err);
    smap__options_begin(&json);
    if (status == SMAP_OK) status = smap__options_end(&json, err);
    if (status == SMAP_OK && !options->common.dry_run) {
        smap__run run = { .command = "new", .options_json = json.data, .result = "an empty workspace" };
        status = smap__workspace_create(ctx, workspace, options->overwrite, change, &run, err);
    }
    if (status == SMAP_OK) status = smap__result_note(result, err, "%s is an empty workspace", workspace);
    smap__str_release(&json);
    smap__change_free(change);
    return smap__result_end(result, status, out);
}
