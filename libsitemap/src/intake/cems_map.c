#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/str.h"
#include "intake/cems.h"
#include "intake/cems_translate.h"

/* How it works: the product's columns are translated into a layer whose columns have the names of the model's fields,
 * and that goes through the same intake as everything else: types, vocabularies, positions, repairs. */

static bool other_layer_has(smap_ctx *ctx, const char *field) {
    static const char *const layers[] = { "damage", "hazard", "coverage", "closure" };
    for (size_t i = 0; i < sizeof layers / sizeof *layers; i++) {
        const smap__schema *schema = NULL;
        if (smap__schema_get(ctx, layers[i], &schema, NULL) == SMAP_OK && smap__schema_field(schema, field))
            return true;
    }
    return false;
}

/* The caller's settings that concern this layer, and the order of dates that these products use. */
static smap_status make_mapping(const smap__cems_translation *t, smap__pair **pairs, smap__mapping *out,
                                smap_error *err) {
    smap__pair *set = smap__zalloc((size_t)t->mapping->sets + 1, sizeof *set);
    int count = 0;
    bool order = false;
    if (!set) return smap__fail_memory(err);
    for (int i = 0; i < t->mapping->sets; i++) {
        const char *key = t->mapping->set[i].key;
        bool here = smap__schema_field(t->schema, key) != NULL;
        order = order || strcmp(key, "date_order") == 0;
        if (here || !other_layer_has(t->ctx, key)) set[count++] = t->mapping->set[i];
    }
    if (!order) set[count++] = (smap__pair){ "date_order", "dmy" };
    *out = (smap__mapping){ NULL, 0, set, count };
    *pairs = set;
    return SMAP_OK;
}

static smap_status translate(smap__cems_translation *t, smap_error *err) {
    smap_status status = smap__cems_add_origin(t, err);
    if (status != SMAP_OK) return status;
    if (strcmp(t->schema->name, "damage") == 0) return smap__cems_add_damage(t, err);
    if (strcmp(t->schema->name, "hazard") == 0) return smap__cems_add_hazard(t, err);
    if (strcmp(t->schema->name, "closure") == 0) return smap__cems_add_closure(t, err);
    return smap__cems_add_coverage(t, err);
}

static smap_status check_maps(const smap__cems_translation *t, smap_error *err) {
    for (int i = 0; i < t->mapping->maps; i++) {
        const smap__pair *m = &t->mapping->map[i];
        if (smap__cems_named(t, m->key) || !smap__schema_field(t->schema, m->value)) continue;
        return smap__fail(err, SMAP_E_NOT_FOUND, m->key, "--map: %s has no column \"%s\"", t->source->name, m->key);
    }
    return SMAP_OK;
}

static smap_status begin(smap__cems_translation *t, smap_error *err) {
    smap__str path = SMAP__STR_INIT;
    const char *to = smap__cems_layer(t->name), *data = smap_ctx_data_dir(t->ctx);
    if (!to) {
        return smap__fail(err, SMAP_E_ARGUMENT, t->source->name, "%s: layers of the theme \"%s\" are not imported",
                          t->source->name, t->name->theme);
    }
    smap__str_printf(&path, "%s/intake/cems.json", data ? data : ".");
    smap_status status = path.failed ? smap__fail_memory(err) : smap__schema_get(t->ctx, to, &t->schema, err);
    if (status == SMAP_OK) status = smap__json_read(path.data, &t->doc, err);
    smap__str_release(&path);
    return status;
}

static const smap__mapping no_mapping = { NULL, 0, NULL, 0 };

smap_status smap__cems_is_graded(smap_ctx *ctx, const smap__cems_name *name, const smap_layer *source,
                                 const smap__mapping *mapping, bool *out, smap_error *err) {
    smap__cems_translation t = {
        .ctx = ctx, .name = name, .source = source, .mapping = mapping ? mapping : &no_mapping
    };
    smap_status status = begin(&t, err);
    if (status == SMAP_OK) *out = smap__cems_set(&t, "grade") || smap__cems_column(&t, "grade", "grade", 0);
    smap__json_free(t.doc);
    return status;
}

smap_status smap__cems_map(smap_ctx *ctx, const smap__cems_name *name, const smap_layer *source,
                           const smap__mapping *mapping, smap__findings *findings, smap__intake *out, smap_error *err) {
    smap_status status = SMAP_OK;
    smap__cems_translation t = {
        .ctx = ctx, .name = name, .source = source, .mapping = mapping ? mapping : &no_mapping, .findings = findings
    };
    smap__pair *pairs = NULL;
    smap__mapping own;
    const smap_table *table = NULL;
    const smap_layer *layer = NULL;
    SMAP_TRY(begin(&t, err), done);
    SMAP_TRY(check_maps(&t, err), done);
    SMAP_TRY(translate(&t, err), done);
    SMAP_TRY(make_mapping(&t, &pairs, &own, err), done);
    SMAP_TRY(smap_table_new(t.column, t.columns, smap_table_rows(source->table), &table, err), done);
    SMAP_TRY(smap_layer_new(source->name, table, source->geometry, source->fid, &layer, err), done);
    SMAP_TRY(smap__intake_map(ctx, layer, t.schema, &own, findings, out, err), done);
done:
    for (int i = 0; i < t.columns; i++) smap_column_free(t.column[i]);
    smap_layer_free(layer);
    smap_table_free(table);
    smap__free(pairs);
    smap__json_free(t.doc);
    return status;
}
