#include "job/run_inputs.h"

#include "base/alloc.h"
#include "base/fail.h"
#include "base/path.h"
#include "intake/column_plan.h"
#include "intake/intake.h"
#include "io/source.h"
#include "job/common.h"

void smap__inputs_release(smap__run_inputs *inputs) {
    smap__workspace_free(inputs->workspace);
    smap__free(inputs->read);
    *inputs = (smap__run_inputs){ 0 };
}

/* A rejected row of a file is one that the result lacks. */
static smap_status refuse_rejects(const smap__run_inputs *inputs, smap_error *err) {
    for (size_t i = 0; inputs->strict && i < inputs->findings->count; i++) {
        const smap__finding *f = &inputs->findings->items[i];
        if (f->severity == SMAP__REJECTED)
            return smap__fail_row(
                err, SMAP_E_SCHEMA, f->column, f->row,
                "a row was rejected and --strict was given, so nothing was written; it is row %lld of "
                "%s",
                (long long)f->row, f->message);
    }
    return SMAP_OK;
}

smap_status smap__inputs_note(smap__run_inputs *inputs, const char *source, const char *role, int64_t rows,
                              smap_error *err) {
    if (!smap__grow(&inputs->read, &inputs->read_capacity, inputs->reads + 1, sizeof *inputs->read))
        return smap__fail_memory(err);
    inputs->read[inputs->reads++] = (smap__run_input){ source, role, rows };
    return SMAP_OK;
}

static smap_status read_noted(smap__run_inputs *inputs, const char *source, const char *role,
                              const smap__column_choice *choice, const smap_layer **out, smap_error *err) {
    smap_status status = smap__read_source(inputs->ctx, source, inputs->crs, choice, out, inputs->findings, err);
    if (status == SMAP_OK) status = refuse_rejects(inputs, err);
    return status == SMAP_OK ? smap__inputs_note(inputs, source, role, smap_table_rows((*out)->table), err) : status;
}

smap_status smap__inputs_source(smap__run_inputs *inputs, const char *source, const char *role, const smap_layer **out,
                                smap_error *err) {
    return read_noted(inputs, source, role, NULL, out, err);
}

static bool names_field(const void *schema, const char *name) {
    return smap__names_field(schema, name);
}

const char *smap__inputs_named(const smap__run_inputs *inputs, const char *layer) {
    return smap__pair_find(inputs->source, inputs->sources, layer);
}

smap_status smap__inputs_layer(smap__run_inputs *inputs, const char *name, const smap_layer **out, smap_error *err) {
    const char *source = smap__inputs_named(inputs, name);
    const smap_layer *raw = NULL;
    const smap__schema *schema = NULL;
    if (!source) return smap__workspace_read(inputs->workspace, name, out, err);
    smap_status status = smap__schema_get(inputs->ctx, name, &schema, err);
    const smap__column_choice choice = { names_field, schema, false };
    if (status == SMAP_OK) status = read_noted(inputs, source, name, &choice, &raw, err);
    if (status == SMAP_OK) status = smap__intake_columns(inputs->ctx, raw, schema, inputs->findings, out, err);
    smap_layer_free(raw);
    return status;
}

static smap_status read_for_areas(void *user, const char *layer, const smap_layer **out, smap_error *err) {
    return smap__inputs_layer(user, layer, out, err);
}

smap_status smap__inputs_areas(smap__run_inputs *inputs, const char *by, smap__by_areas *areas, smap_error *err) {
    areas->crs = inputs->crs;
    smap_status status = smap__by_areas_read(inputs->ctx, by, areas, read_for_areas, inputs, err);
    if (status != SMAP_OK || !areas->source) return status;
    return smap__inputs_note(inputs, areas->source, "by", smap_table_rows(areas->layer->table), err);
}

const char *smap__inputs_beside(const smap__run_inputs *inputs, smap__arena *arena, const char *path) {
    char *folder = smap__path_folder(inputs->workspace_path);
    char *joined = folder && path[0] != '/' ? smap__path_join(folder, path) : NULL;
    const char *whole = path[0] == '/' ? path : joined;
    const char *kept = whole ? smap__arena_strdup(arena, whole) : NULL;
    smap__free(joined);
    smap__free(folder);
    return kept;
}

bool smap__inputs_are_in(const smap__run_inputs *inputs, const char *output) {
    bool is_input = smap__path_same_file(output, inputs->workspace_path);
    for (int i = 0; i < inputs->sources; i++) is_input |= smap__source_is_in(inputs->source[i].value, output);
    return is_input;
}
