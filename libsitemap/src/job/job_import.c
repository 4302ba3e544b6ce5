#include "job/job_import.h"

#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/ctx.h"
#include "base/fail.h"
#include "base/path.h"
#include "base/str.h"

static const smap__rows_column imported_columns[] = {
    { "source", SMAP_TEXT }, { "source_layer", SMAP_TEXT }, { "layer", SMAP_TEXT },     { "rows_in", SMAP_INT64 },
    { "added", SMAP_INT64 }, { "updated", SMAP_INT64 },     { "rejected", SMAP_INT64 },
};

/* ---- targets ------------------------------------------------------------------------------------------------------
 */

smap_status smap__import_target(smap__importer *im, const char *layer, smap__target **out, smap_error *err) {
    for (size_t i = 0; i < im->targets; i++)
        if (strcmp(im->target[i].schema->name, layer) == 0) {
            *out = &im->target[i];
            return SMAP_OK;
        }
    if (!smap__grow(&im->target, &im->target_capacity, im->targets + 1, sizeof *im->target))
        return smap__fail_memory(err);
    smap__target t = { 0 };
    smap_status status = smap__schema_get(im->ctx, layer, &t.schema, err);
    if (status == SMAP_OK && strcmp(t.schema->kind, "model") != 0)
        status = smap__fail(err, SMAP_E_ARGUMENT, layer, "%s is a result of the program: data is not imported into it",
                            layer);
    if (status == SMAP_OK) status = smap__workspace_read(im->workspace, layer, &t.content, err);
    if (status != SMAP_OK) return status;
    im->target[im->targets] = t;
    *out = &im->target[im->targets++];
    return SMAP_OK;
}

static smap_status copy_findings(smap__findings *to, const smap__findings *from, smap_error *err) {
    smap_status status = SMAP_OK;
    for (size_t i = 0; i < from->count && status == SMAP_OK; i++) {
        const smap__finding *f = &from->items[i];
        status = smap__findings_add(to, err, f->severity, f->code, f->row, f->column, f->value, "%s", f->message);
    }
    return status;
}

smap_status smap__import_merge(smap__importer *im, smap__target *target, const char *source, const char *source_layer,
                               const smap__intake *intake, smap__findings *findings, smap_error *err) {
    const smap_layer *merged = NULL;
    const char *layer = target->schema->name;
    int64_t added = 0, updated = 0;
    int64_t rejected_before = findings->by_severity[SMAP__REJECTED];
    smap_status status = SMAP_OK;
    if (intake->given) { /* an empty source has nothing to merge */
        status = smap__intake_merge(im->ctx, target->schema, target->content, intake->given, findings, &merged, &added,
                                    &updated, err);
        if (status != SMAP_OK) return status;
        smap_layer_free(target->content);
        target->content = merged;
    }
    /* Every rejected row has one finding that says so, whoever rejected it: the reader, the intake, the merge. */
    int64_t rejected = findings->by_severity[SMAP__REJECTED];
    int64_t rows_in = intake->rows_in + rejected_before - intake->rows_rejected;
    im->rows_in += rows_in;
    im->rows_added += added;
    im->rows_updated += updated;
    im->rows_rejected += rejected;
    smap__rows_text(&im->rows, smap__path_name(source));
    smap__rows_text(&im->rows, source_layer);
    smap__rows_text(&im->rows, layer);
    smap__rows_int(&im->rows, rows_in);
    smap__rows_int(&im->rows, added);
    smap__rows_int(&im->rows, updated);
    smap__rows_int(&im->rows, rejected);
    const char *key = smap__arena_printf(&im->arena, "import %s %s %s", smap__path_name(source), source_layer, layer);
    if (!key) return smap__fail_memory(err);
    status = smap__change_findings(im->change, key, findings, layer, err);
    return status == SMAP_OK ? copy_findings(&im->all, findings, err) : status;
}

/* ---- which layer is a source ----------------------------------------------------------------------------------------
 */

static bool same_name(const char *a, const char *b) {
    return smap__same_name(a, strlen(a), b, strlen(b));
}

/* "sites" is the layer `site`: a schema's name, its name with s, or its label. */
static bool names_schema(const char *name, const smap__schema *schema) {
    char plural[64];
    size_t n = strlen(schema->name);
    if (n + 2 > sizeof plural) return false;
    memcpy(plural, schema->name, n);
    memcpy(plural + n, "s", 2);
    return same_name(name, schema->name) || same_name(name, plural) || same_name(name, schema->label.en) ||
           (schema->label.ar[0] && same_name(name, schema->label.ar));
}

static smap_status list_layers(smap_ctx *ctx, const char *source, smap_error *err) {
    const smap__schema *const *schema;
    int count;
    smap__str names = SMAP__STR_INIT;
    smap_status status = smap__schema_all(ctx, &schema, &count, err);
    if (status != SMAP_OK) return status;
    for (int i = 0; i < count; i++)
        if (strcmp(schema[i]->kind, "model") == 0)
            smap__str_printf(&names, "%s%s", names.len ? ", " : "", schema[i]->name);
    status = smap__fail(err, SMAP_E_ARGUMENT, source,
                        "%s: which layer of the model is it? Its name does not say; add --to LAYER, one of: %s", source,
                        names.data ? names.data : "");
    smap__str_release(&names);
    return status;
}

/* The model layer for a source layer: --to, else by the layer's or the file's name. */
static smap_status choose_target(smap__importer *im, const smap__source *source, const char *layer, const char **out,
                                 smap_error *err) {
    *out = im->options->to;
    if (*out) return SMAP_OK;
    const smap__schema *const *schema;
    int count;
    smap_status status = smap__schema_all(im->ctx, &schema, &count, err);
    if (status != SMAP_OK) return status;
    const char *path = smap__source_path(source), *file = smap__path_name(path), *dot = strrchr(file, '.');
    char *stem = smap__strndup(file, dot ? (size_t)(dot - file) : strlen(file));
    if (!stem) return smap__fail_memory(err);
    const char *const names[] = { layer, stem };
    for (int n = 0; n < 2 && !*out; n++)
        for (int i = 0; i < count && !*out; i++)
            if (strcmp(schema[i]->kind, "model") == 0 && names_schema(names[n], schema[i])) *out = schema[i]->name;
    smap__free(stem);
    return *out ? SMAP_OK : list_layers(im->ctx, path, err);
}

/* ---- sources ------------------------------------------------------------------------------------------------------
 */

/* A layer without a row is no failure, but whoever sent it may have meant another. */
static void warn_empty(smap__importer *im, const smap__source *source, const char *layer) {
    const char *where = im->options->where;
    smap__log(im->ctx, SMAP_LOG_WARNING, "%s: layer \"%s\" has no rows%s%s; nothing was imported from it",
              smap__source_path(source), layer, where ? " that meet the condition " : "", where ? where : "");
}

static smap_status import_model(smap__importer *im, smap__source *source, const char *layer, smap_error *err) {
    const char *to;
    smap__target *target;
    const smap_layer *read = NULL;
    smap__intake intake = { 0 };
    smap__findings findings = SMAP__FINDINGS_INIT;
    smap_status status = choose_target(im, source, layer, &to, err);
    if (status == SMAP_OK) status = smap__import_target(im, to, &target, err);
    if (status == SMAP_OK) status = smap__source_read(source, layer, &findings, &read, err);
    bool empty = status == SMAP_OK && smap_table_rows(read->table) == 0;
    if (empty && findings.by_severity[SMAP__REJECTED] == 0) warn_empty(im, source, layer);
    if (status == SMAP_OK && !empty)
        status = smap__intake_map(im->ctx, read, target->schema, &im->mapping, &findings, &intake, err);
    if (status == SMAP_OK)
        status = smap__import_merge(im, target, smap__source_path(source), layer, &intake, &findings, err);
    smap__intake_release(&intake);
    smap_layer_free(read);
    smap__findings_release(&findings);
    return status;
}

static smap_status note_input(smap__importer *im, const char *path, const char *layer, int64_t rows, smap_error *err) {
    if (!smap__grow(&im->input, &im->input_capacity, im->inputs + 1, sizeof *im->input)) return smap__fail_memory(err);
    smap__run_input in = { smap__arena_strdup(&im->arena, path), smap__arena_strdup(&im->arena, layer), rows };
    if (!in.path || !in.layer) return smap__fail_memory(err);
    im->input[im->inputs++] = in;
    return SMAP_OK;
}

/* One layer that was named or is the only one; all of a product, or of a file whose layers say what they are. */
static smap_status import_layers(smap__importer *im, smap__source *source, smap_error *err) {
    const smap_import_options *o = im->options;
    int first = 0, end = smap__source_layers(source);
    smap_status status = SMAP_OK;
    if (smap__source_wanted(source) || (o->to && !o->as) || end == 0) {
        status = smap__source_choose(source, &first, err);
        end = first + 1;
    } else if (o->as) {
        status = smap__import_cems_check(source, err);
    }
    for (int i = first; i < end && status == SMAP_OK; i++) {
        const char *layer = smap__source_layer_at(source, i)->name;
        int64_t before = im->rows_in;
        status = o->as ? smap__import_cems(im, source, layer, err) : import_model(im, source, layer, err);
        if (status == SMAP_OK) status = note_input(im, smap__source_path(source), layer, im->rows_in - before, err);
    }
    return status;
}

static smap_status import_source(smap__importer *im, const char *spec, smap_error *err) {
    smap__source *source = NULL;
    const smap_import_options *o = im->options;
    smap_read_options read = { sizeof read, o->layer, o->crs, o->encoding, o->where };
    smap_status status = smap__source_open(im->ctx, spec, &read, &source, err);
    if (status == SMAP_OK) status = import_layers(im, source, err);
    smap__source_close(source);
    return status;
}

/* ---- the run ------------------------------------------------------------------------------------------------------
 */

static smap_status check_options(const smap_import_options *o, int count, smap_error *err) {
    if (count < 1) return smap__fail(err, SMAP_E_ARGUMENT, NULL, "no source was named; give one or more files");
    if (o->as && strcmp(o->as, "cems") != 0)
        return smap__fail(err, SMAP_E_ARGUMENT, "as", "--as %s is not known; it can be cems (Copernicus EMS)", o->as);
    if (o->as && o->to)
        return smap__fail(err, SMAP_E_ARGUMENT, "to",
                          "--to does not go with --as: the product says which layers it fills");
    return SMAP_OK;
}

static smap_status write_options(const smap_import_options *o, smap__str *json, smap_error *err) {
    smap__options_begin(json);
    smap__options_text(json, "as", o->as);
    smap__options_text(json, "to", o->to);
    smap__options_text(json, "layer", o->layer);
    smap__options_text(json, "crs", o->crs);
    smap__options_text(json, "encoding", o->encoding);
    smap__options_text(json, "where", o->where);
    smap__options_pairs(json, "map", o->map, o->maps);
    smap__options_pairs(json, "set", o->set, o->sets);
    return smap__options_end(json, err);
}

/* All that the sources gave, into the change, with the layers' styles and the date of the run. */
static smap_status fill_change(smap__importer *im, smap_error *err) {
    int64_t date;
    smap_status status = smap__workspace_date(im->workspace, &date, err);
    for (size_t i = 0; i < im->targets && status == SMAP_OK; i++) date = smap__newest_date(im->target[i].content, date);
    if (status == SMAP_OK) status = smap__run_date(&im->options->common, date, &date, err);
    if (status == SMAP_OK) smap__change_set_date(im->change, date);
    for (size_t i = 0; i < im->targets && status == SMAP_OK; i++)
        status = smap__put_styled(im->ctx, im->change, im->target[i].schema->name, im->target[i].content,
                                  im->options->common.lang, err);
    if (status == SMAP_OK) status = smap__style_records(im->ctx, im->change, im->options->common.lang, err);
    return status;
}

static smap_status commit(smap__importer *im, smap_error *err) {
    smap__str json = SMAP__STR_INIT;
    char result[160];
    snprintf(result, sizeof result, "%lld row%s in: %lld added, %lld updated, %lld rejected", (long long)im->rows_in,
             smap__plural(im->rows_in), (long long)im->rows_added, (long long)im->rows_updated,
             (long long)im->rows_rejected);
    smap_status status = write_options(im->options, &json, err);
    smap__run run = { .command = "import",
                      .options_json = json.data,
                      .input = im->input,
                      .inputs = (int)im->inputs,
                      .rows_in = im->rows_in,
                      .rows_out = im->rows_added + im->rows_updated,
                      .rows_rejected = im->rows_rejected,
                      .result = result };
    if (status == SMAP_OK && !im->options->common.dry_run)
        status = smap__workspace_commit(im->workspace, im->change, &run, err);
    if (status == SMAP_OK)
        status = smap__result_note(im->result, err, "%s%s", result,
                                   im->options->common.dry_run ? " (dry run: nothing was written)" : "");
    smap__str_release(&json);
    return status;
}

static smap_status refuse_rejects(const smap__importer *im, smap_error *err) {
    for (size_t i = 0; i < im->all.count; i++) {
        const smap__finding *f = &im->all.items[i];
        if (f->severity == SMAP__REJECTED)
            return smap__fail_row(
                err, SMAP_E_SCHEMA, f->column, f->row,
                "%lld rows were rejected and --strict was given, so nothing was written; the first is row "
                "%lld: %s",
                (long long)im->rows_rejected, (long long)f->row, f->message);
    }
    return SMAP_OK;
}

static smap_status run_import(smap__importer *im, const char *workspace, const char *const *sources, int count,
                              smap_error *err) {
    const smap_table *table = NULL;
    smap_status status = smap__workspace_open(im->ctx, workspace, &im->workspace, err);
    if (status == SMAP_OK) status = smap__change_new(im->ctx, 0, &im->change, err);
    if (status == SMAP_OK) status = smap__result_new(&im->result, err);
    for (int i = 0; i < count && status == SMAP_OK; i++) status = import_source(im, sources[i], err);
    if (status == SMAP_OK && im->options->as) status = smap__import_cems_dates(im, err);
    if (status == SMAP_OK) status = smap__import_bridges(im, err);
    if (status == SMAP_OK && im->options->strict) status = refuse_rejects(im, err);
    if (status == SMAP_OK) status = fill_change(im, err);
    if (status == SMAP_OK) status = commit(im, err);
    if (status == SMAP_OK) status = smap__rows_finish(&im->rows, &table, err);
    if (status == SMAP_OK) status = smap__result_add_table(im->result, "imported", "Imported", table, err);
    if (status == SMAP_OK) status = smap__result_add_findings(im->result, &im->all, err);
    if (status == SMAP_OK) smap__result_reject(im->result, im->rows_rejected);
    smap_table_free(table);
    return status;
}

static void release(smap__importer *im) {
    for (size_t i = 0; i < im->targets; i++) smap_layer_free(im->target[i].content);
    smap__free(im->target);
    smap__free(im->input);
    smap__rows_release(&im->rows);
    smap__findings_release(&im->all);
    smap__change_free(im->change);
    smap__workspace_free(im->workspace);
    smap__arena_release(&im->arena);
}

smap_status smap_import(smap_ctx *ctx, const char *workspace, const char *const *sources, int count,
                        const smap_import_options *options, smap_result **out, smap_error *err) {
    static const smap_import_options defaults = SMAP_IMPORT_OPTIONS_INIT;
    if (!options) options = &defaults;
    smap__importer im = { .ctx = ctx, .options = options };
    smap_status status = smap__common_check(ctx, options->size, sizeof *options, &options->common, NULL, err);
    if (status == SMAP_OK) status = check_options(options, count, err);
    if (status != SMAP_OK) return status;
    smap__pair *pairs = smap__zalloc((size_t)options->maps + (size_t)options->sets, sizeof *pairs);
    if (!pairs) return smap__fail_memory(err);
    for (int i = 0; i < options->maps; i++) pairs[i] = (smap__pair){ options->map[i].key, options->map[i].value };
    for (int i = 0; i < options->sets; i++)
        pairs[options->maps + i] = (smap__pair){ options->set[i].key, options->set[i].value };
    im.mapping = (smap__mapping){ pairs, options->maps, pairs + options->maps, options->sets };
    smap__rows_init(&im.rows, imported_columns, (int)(sizeof imported_columns / sizeof *imported_columns));
    status = run_import(&im, workspace, sources, count, err);
    status = smap__result_end(im.result, status, out);
    release(&im);
    smap__free(pairs);
    return status;
}
