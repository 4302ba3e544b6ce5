#include "intake/cems.h"

#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/path.h"
#include "job/job_import.h"

/* A zip or GeoPackage names its layers; a single file's layer name may have lost the version, so the file's comes
 * first. */
static bool parse_product(const smap__source *source, const char *layer, smap__cems_name *name) {
    if (smap__source_layers(source) == 1) {
        const char *file = smap__path_name(smap__source_path(source));
        if (smap__cems_parse_name(file, name)) return true;
    }
    return smap__cems_parse_name(layer, name);
}

static smap_status skip(smap__importer *im, const smap__source *source, const char *layer, const char *why,
                        smap_error *err) {
    smap_status status =
        smap__findings_add(&im->all, err, SMAP__INFO, "not_imported", 0, layer, "", "%s: %s", layer, why);
    if (status == SMAP_OK) smap__rows_text(&im->rows, smap__path_name(smap__source_path(source)));
    if (status != SMAP_OK) return status;
    smap__rows_text(&im->rows, layer);
    for (int i = 0; i < 5; i++) smap__rows_null(&im->rows);
    return SMAP_OK;
}

static smap_status supersede(smap__importer *im, const smap__cems_name *name, const smap__intake *intake,
                             smap__target *target, smap__findings *findings, smap_error *err) {
    const smap_layer *kept = NULL;
    int64_t dropped = 0;
    smap_status status = smap__cems_supersede(im->ctx, name, intake->layer, target->content, &kept, &dropped, err);
    if (status != SMAP_OK) return status;
    smap_layer_free(target->content);
    target->content = kept;
    if (dropped == 0) return SMAP_OK;
    return smap__findings_add(findings, err, SMAP__INFO, "superseded", 0, "", "",
                              "%lld rows of an older version were replaced by version %d", (long long)dropped,
                              name->version);
}

/* Rows of the product into their layer, once older versions of the same product have gone. A version of which no row
 * is kept says nothing: it takes the place of none. */
static smap_status fill(smap__importer *im, smap__source *source, const char *layer, const smap__cems_name *name,
                        const char *to, smap_error *err) {
    smap__target *target;
    const smap_layer *read = NULL;
    smap__intake intake = { 0 };
    smap__findings findings = SMAP__FINDINGS_INIT;
    smap_status status = smap__source_read(source, layer, &findings, &read, err);
    bool said = true;
    if (status == SMAP_OK && strcmp(to, "closure") == 0)
        status = smap__cems_is_graded(im->ctx, name, read, &im->mapping, &said, err);
    if (status == SMAP_OK && !said) {
        status = skip(im, source, layer, "it has no damage grades, so it says nothing of what can be passed", err);
        smap_layer_free(read);
        smap__findings_release(&findings);
        return status;
    }
    if (status == SMAP_OK) status = smap__import_target(im, to, &target, err);
    bool empty = status == SMAP_OK && smap_table_rows(read->table) == 0;
    if (status == SMAP_OK && !empty)
        status = smap__cems_map(im->ctx, name, read, &im->mapping, &findings, &intake, err);
    if (status == SMAP_OK && intake.layer && smap_table_rows(intake.layer->table) > 0)
        status = supersede(im, name, &intake, target, &findings, err);
    else if (status == SMAP_OK)
        status =
            smap__findings_add(&findings, err, SMAP__WARNING, "version_without_rows", 0, "", "",
                               "%s: %s, so rows of another version of it stay as they are", layer,
                               findings.by_severity[SMAP__REJECTED] ? "all its rows are rejected" : "it has no rows");
    if (status == SMAP_OK)
        status = smap__import_merge(im, target, smap__source_path(source), layer, &intake, &findings, err);
    smap__intake_release(&intake);
    smap_layer_free(read);
    smap__findings_release(&findings);
    return status;
}

smap_status smap__import_cems_check(smap__source *source, smap_error *err) {
    smap__cems_name name;
    const char *path = smap__source_path(source);
    for (int i = 0; i < smap__source_layers(source); i++)
        if (parse_product(source, smap__source_layer_at(source, i)->name, &name)) return SMAP_OK;
    return smap__fail(err, SMAP_E_FORMAT, path,
                      "%s does not look like a Copernicus EMS product: files and layers are named like "
                      "EMSR696_AOI03_GRA_PRODUCT_builtUpP_v2.json; use --to LAYER for other data",
                      path);
}

smap_status smap__import_cems(smap__importer *im, smap__source *source, const char *layer, smap_error *err) {
    smap__cems_name name;
    if (!parse_product(source, layer, &name)) return skip(im, source, layer, "not a Copernicus EMS layer name", err);
    const char *to = smap__cems_layer(&name);
    if (!to) return skip(im, source, layer, "this theme is not imported yet", err);
    return fill(im, source, layer, &name, to, err);
}

static bool is_target(const smap__importer *im, const char *layer) {
    for (size_t i = 0; i < im->targets; i++)
        if (strcmp(im->target[i].schema->name, layer) == 0) return true;
    return false;
}

static int64_t count_undated(const smap_layer *layer) {
    const smap_column *date = smap_table_find(layer->table, "date");
    return date ? date->null_count : 0;
}

/* Fill what can be filled of one layer, and say what was, and what still has no date. */
static smap_status fill_dates(smap__importer *im, smap__target *t, const smap_layer *images, smap_error *err) {
    const smap_layer *dated = NULL;
    int64_t filled = 0;
    smap_status status = smap__cems_fill_dates(t->content, images, &dated, &filled, err);
    if (status != SMAP_OK) return status;
    smap_layer_free(t->content);
    t->content = dated;
    if (filled)
        status = smap__findings_add(&im->all, err, SMAP__INFO, "date_of_image", 0, "date", "",
                                    "%s: %lld rows take the date of the image of their area", t->schema->name,
                                    (long long)filled);
    int64_t undated = count_undated(dated);
    if (status == SMAP_OK && undated)
        status =
            smap__findings_add(&im->all, err, SMAP__WARNING, "date_missing", 0, "date", "",
                               "%s: %lld rows have no date; import the areas of interest of the product, whose images "
                               "have one",
                               t->schema->name, (long long)undated);
    return status;
}

/* Areas of interest may come before or after the layers that take their dates from them. */
smap_status smap__import_cems_dates(smap__importer *im, smap_error *err) {
    enum { DATED = 3 };
    static const char *const dated[DATED] = { "damage", "hazard", "closure" };
    smap__target *t;
    const smap_layer *images = NULL;
    bool fresh = is_target(im, "coverage");
    smap_status status = SMAP_OK;
    for (int i = 0; i < DATED && fresh && status == SMAP_OK; i++)
        if (smap__workspace_has(im->workspace, dated[i])) status = smap__import_target(im, dated[i], &t, err);
    if (status != SMAP_OK) return status;
    for (size_t i = 0; i < im->targets; i++)
        if (strcmp(im->target[i].schema->name, "coverage") == 0) images = smap_layer_retain(im->target[i].content);
    if (!images) status = smap__workspace_read(im->workspace, "coverage", &images, err);
    for (int i = 0; i < DATED && status == SMAP_OK; i++) {
        if (!is_target(im, dated[i])) continue;
        status = smap__import_target(im, dated[i], &t, err);
        if (status == SMAP_OK) status = fill_dates(im, t, images, err);
    }
    smap_layer_free(images);
    return status;
}
