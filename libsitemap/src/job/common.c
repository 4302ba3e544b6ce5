#include "job/common.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/alloc.h"
#include "base/ctx.h"
#include "base/fail.h"
#include "base/path.h"
#include "geo/crs.h"
#include "io/file_out.h"
#include "io/source.h"
#include "qgis/qml.h"
#include "sitemap/io.h"

smap_status smap__common_check(smap_ctx *ctx, size_t given, size_t wanted, const smap_common *common,
                               const smap__audience **audience, smap_error *err) {
    if (given != wanted)
        return smap__fail(err, SMAP_E_ARGUMENT, NULL, "the options are of another version of the library");
    const char *lang = common->lang;
    if (lang && strcmp(lang, "en") != 0 && strcmp(lang, "ar") != 0 && strcmp(lang, "both") != 0)
        return smap__fail(err, SMAP_E_ARGUMENT, "lang", "the language must be en, ar or both, not \"%s\"", lang);
    const char *name = common->audience ? common->audience : "internal";
    const smap__audience *asked = NULL;
    smap_status status = smap__audience_get(ctx, name, &asked, err);
    if (status == SMAP_OK && !audience && !smap__audience_sees_all(asked))
        status =
            smap__fail(err, SMAP_E_REFUSED, name,
                       "this command works with everything that is there, and its result is internal; leave --audience "
                       "out, and give others what `sitemap map` and `sitemap publish` make with --audience %s",
                       name);
    if (status == SMAP_OK && audience) *audience = asked;
    return status;
}

static smap_status parse_run_date(const char *text, int64_t *out, smap_error *err) {
    if (strcmp(text, "today") == 0) {
        *out = (int64_t)time(NULL) * 1000 / SMAP__MS_PER_DAY * SMAP__MS_PER_DAY;
        return SMAP_OK;
    }
    if (smap__parse_timestamp(text, strlen(text), out)) return SMAP_OK;
    return smap__fail(err, SMAP_E_ARGUMENT, "date",
                      "the date must be like 2023-09-18, 2023-09-18T12:00:00Z or \"today\", not \"%s\"", text);
}

smap_status smap__output_check(const char *output, bool overwrite, bool is_read, smap_error *err) {
    if (!output) return SMAP_OK;
    if (!smap__path_has_extension(output, "gpkg"))
        return smap__fail(err, SMAP_E_ARGUMENT, output,
                          "%s: the result is a GeoPackage; give it a name that ends in .gpkg", output);
    if (is_read)
        return smap__fail(err, SMAP_E_ARGUMENT, output,
                          "-o %s is a file that is read here and would be gone; name another, or leave -o out to put "
                          "the result into the workspace",
                          output);
    return smap__file_out_check(output, overwrite, err);
}

smap_status smap__run_date(const smap_common *common, int64_t data_ms, int64_t *out, smap_error *err) {
    if (common->date) return parse_run_date(common->date, out, err);
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    int64_t seconds;
    *out = data_ms;
    if (!epoch || !epoch[0]) return SMAP_OK;
    if (!smap__parse_int(epoch, strlen(epoch), &seconds) || seconds < 0 || seconds > 253402300799)
        return smap__fail(err, SMAP_E_ARGUMENT, "SOURCE_DATE_EPOCH",
                          "SOURCE_DATE_EPOCH must be a number of seconds since 1970, not \"%s\"", epoch);
    *out = seconds * 1000;
    return SMAP_OK;
}

int64_t smap__newest_date(const smap_layer *layer, int64_t so_far) {
    const smap_column *c = smap_table_find(layer->table, "date");
    if (!c || (c->type != SMAP_DATE && c->type != SMAP_TIMESTAMP)) return so_far;
    int64_t unit = c->type == SMAP_DATE ? SMAP__MS_PER_DAY : 1;
    for (int64_t i = 0; i < c->count; i++)
        if (!smap_column_is_null(c, i) && c->v.i[i] * unit > so_far) so_far = c->v.i[i] * unit;
    return so_far;
}

smap_status smap__workspace_date(smap__workspace *workspace, int64_t *out, smap_error *err) {
    const smap_layer *runs = NULL;
    *out = 0;
    if (!smap__workspace_has(workspace, "provenance")) return SMAP_OK;
    smap_status status = smap__workspace_read(workspace, "provenance", &runs, err);
    if (status == SMAP_OK) *out = smap__newest_date(runs, 0);
    smap_layer_free(runs);
    return status;
}

static smap_status read_in(smap_ctx *ctx, const char *spec, const char *crs, const smap__column_choice *choice,
                           const smap_layer **out, smap__findings *found, smap_error *err) {
    smap_read_options options = SMAP_READ_OPTIONS_INIT;
    smap__source *source = NULL;
    options.crs = crs;
    smap_status status = smap__source_open(ctx, spec, &options, &source, err);
    if (status == SMAP_OK) {
        smap__source_narrow(source, choice);
        status = smap__source_read(source, NULL, found, out, err);
        smap__source_log(ctx, source, found);
    }
    smap__source_close(source);
    return status;
}

/* --crs is for the files that need it. Where one says itself that it lies elsewhere, both are told: one may be wrong.
 */
static smap_status note_other_crs(smap_ctx *ctx, const char *crs, const smap_layer *layer, smap__findings *findings,
                                  smap_error *err) {
    const smap_crs *given = NULL, *stated = layer->geometry ? layer->geometry->crs : NULL;
    smap_status status = smap_crs_new(ctx, crs, &given, err);
    if (status == SMAP_OK && stated && !smap_crs_equal(given, stated))
        status = smap__findings_add(findings, err, SMAP__INFO, "crs_not_used", 0, "", crs,
                                    "--crs %s was not used: the file says itself that its coordinates are in %s", crs,
                                    smap_crs_name(stated));
    smap_crs_free(given);
    return status;
}

smap_status smap__read_source(smap_ctx *ctx, const char *source, const char *crs, const smap__column_choice *choice,
                              const smap_layer **out, smap__findings *findings, smap_error *err) {
    smap__findings found = SMAP__FINDINGS_INIT;
    smap_status status = read_in(ctx, source, NULL, choice, out, &found, err);
    if (status == SMAP_E_CRS && crs) {
        smap__findings_release(&found);
        found = (smap__findings)SMAP__FINDINGS_INIT;
        status = read_in(ctx, source, crs, choice, out, &found, err);
    } else if (status == SMAP_OK && crs) {
        status = note_other_crs(ctx, crs, *out, &found, err);
    }
    for (size_t i = 0; i < found.count && status == SMAP_OK; i++) {
        const smap__finding *f = &found.items[i];
        status = smap__findings_add(findings, err, f->severity, f->code, f->row, f->column, f->value, "%s: %s",
                                    smap__path_name(source), f->message);
    }
    smap__findings_release(&found);
    return status;
}

/* ---- options as JSON -----------------------------------------------------------------------------------------------
 */

void smap__options_begin(smap__str *json) {
    smap__str_put_char(json, '{');
}

static void put_key(smap__str *json, const char *key) {
    if (json->len > 1) smap__str_put_char(json, ',');
    smap__str_put_json(json, key, strlen(key));
    smap__str_put_char(json, ':');
}

void smap__options_text(smap__str *json, const char *key, const char *value) {
    if (!value) return;
    put_key(json, key);
    smap__str_put_json(json, value, strlen(value));
}

void smap__options_pairs(smap__str *json, const char *key, const smap_pair *pairs, int count) {
    if (count == 0) return;
    put_key(json, key);
    smap__str_put_char(json, '{');
    for (int i = 0; i < count; i++) {
        if (i) smap__str_put_char(json, ',');
        smap__str_put_json(json, pairs[i].key, strlen(pairs[i].key));
        smap__str_put_char(json, ':');
        smap__str_put_json(json, pairs[i].value, strlen(pairs[i].value));
    }
    smap__str_put_char(json, '}');
}

void smap__put_relative(smap__str *out, const char *source, const char *workspace) {
    char *folder = smap__path_folder(workspace), *relative = folder ? smap__path_relative(source, folder) : NULL;
    if (relative)
        smap__str_put(out, relative);
    else
        out->failed = true;
    smap__free(relative);
    smap__free(folder);
}

void smap__options_source(smap__str *json, const char *key, const char *source, const char *workspace) {
    smap__str relative = SMAP__STR_INIT;
    if (!source) return;
    smap__put_relative(&relative, source, workspace);
    if (relative.failed)
        json->failed = true;
    else
        smap__options_text(json, key, relative.data);
    smap__str_release(&relative);
}

smap_status smap__options_end(smap__str *json, smap_error *err) {
    smap__str_put_char(json, '}');
    return json->failed ? smap__fail_memory(err) : SMAP_OK;
}

bool smap__says_synthetic(const char *source, size_t len) {
    static const char word[] = "SYNTHETIC";
    return len >= sizeof word - 1 && memcmp(source, word, sizeof word - 1) == 0;
}

const char *smap__pair_find(const smap_pair *pairs, int count, const char *key) {
    for (int i = 0; i < count; i++)
        if (strcmp(pairs[i].key, key) == 0) return pairs[i].value;
    return NULL;
}

/* ---- styles --------------------------------------------------------------------------------------------------------
 */

static bool has_style(smap_ctx *ctx, const char *layer) {
    smap__str path = SMAP__STR_INIT;
    smap__str_printf(&path, "%s/%s.sld", smap_ctx_style_dir(ctx), layer);
    bool found = !path.failed && smap__path_is_file(path.data);
    smap__str_release(&path);
    return found;
}

smap_status smap__layer_style(smap_ctx *ctx, const char *name, const smap__style_look *look, const smap__style **out,
                              smap_error *err) {
    *out = NULL;
    return has_style(ctx, name) ? smap__style_read_in(ctx, name, look, out, err) : SMAP_OK;
}

unsigned smap__shapes_of(int type) {
    static const unsigned shape[] = { 0,
                                      SMAP__SHAPE_POINT,
                                      SMAP__SHAPE_LINE,
                                      SMAP__SHAPE_POLYGON,
                                      SMAP__SHAPE_POINT,
                                      SMAP__SHAPE_LINE,
                                      SMAP__SHAPE_POLYGON,
                                      SMAP__SHAPE_POINT | SMAP__SHAPE_LINE | SMAP__SHAPE_POLYGON };
    return shape[type];
}

unsigned smap__layer_shapes(const smap_layer *layer) {
    unsigned shapes = 0;
    if (!layer->geometry) return SMAP__SHAPE_NONE;
    for (int64_t i = 0; i < layer->geometry->count; i++) shapes |= smap__shapes_of(layer->geometry->type[i]);
    return shapes;
}

/* The default style of a layer into a change; tables without geometry have aliases and value lists alone. */
static smap_status put_style(smap_ctx *ctx, smap__change *change, const smap__schema *schema, unsigned shapes,
                             const char *lang, smap_error *err) {
    const smap__qml_options options = { .schema = schema, .shape = shapes, .lang = lang ? lang : "both" };
    const smap__style *style = NULL;
    const char *name = schema->name;
    char *qml = NULL;
    smap_status status = smap__layer_style(ctx, name, NULL, &style, err);
    bool any = style || shapes == SMAP__SHAPE_NONE; /* shapes without a style of ours are left to QGIS */
    if (status == SMAP_OK && any) status = smap__qml_compile(ctx, style, &options, &qml, err);
    if (status == SMAP_OK && any)
        status = smap__change_style(change, name, style ? style->name : name, qml, style ? style->sld : "", err);
    smap__free(qml);
    smap__style_free(style);
    return status;
}

static smap_status put_named_style(smap_ctx *ctx, smap__change *change, const char *name, unsigned shapes,
                                   const char *lang, smap_error *err) {
    const smap__schema *schema = NULL;
    smap_status status = smap__schema_get(ctx, name, &schema, err);
    return status == SMAP_OK ? put_style(ctx, change, schema, shapes, lang, err) : status;
}

smap_status smap__put_styled(smap_ctx *ctx, smap__change *change, const char *name, const smap_layer *content,
                             const char *lang, smap_error *err) {
    smap_status status = smap__change_put(change, name, content, err);
    return status == SMAP_OK ? put_named_style(ctx, change, name, smap__layer_shapes(content), lang, err) : status;
}

smap_status smap__put_repeated(smap_ctx *ctx, smap__change *change, const char *name, const smap__repeat *repeat,
                               int count, const smap_layer *content, const char *lang, smap_error *err) {
    const smap__schema *schema = NULL;
    smap_status status = smap__change_put_repeated(change, name, repeat, count, content, &schema, err);
    return status == SMAP_OK ? put_style(ctx, change, schema, smap__layer_shapes(content), lang, err) : status;
}

smap_status smap__style_records(smap_ctx *ctx, smap__change *change, const char *lang, smap_error *err) {
    smap_status status = put_named_style(ctx, change, "provenance", SMAP__SHAPE_NONE, lang, err);
    return status == SMAP_OK ? put_named_style(ctx, change, "finding", SMAP__SHAPE_NONE, lang, err) : status;
}
