/* The layers exposure_<asset>: an asset's own columns, what all hazards do to it together, and each of them. */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/ctx.h"
#include "base/fail.h"
#include "col/column.h"
#include "hazard/passability.h"
#include "hazard/sampling.h"
#include "job/array_columns.h"
#include "job/hazard_functions.h"
#include "job/hazard_run.h"

/* ---- one column -----------------------------------------------------------------------------------------------------
 */

typedef struct source { /* of a column that is computed */
    const smap__hazard_run *run;
    const smap__hazard_asset *asset;
    int hazard;
} source;

/* A column of codes that are lent; NULL is null. */
typedef const char *(*code_of)(const source *s, int64_t row);

static smap_status code_column(const source *s, const char *name, code_of code, const smap_column **out,
                               smap_error *err) {
    smap_column_builder *b = NULL;
    smap_status status = smap_column_builder_new(name, SMAP_TEXT, &b, err);
    for (int64_t i = 0; i < s->asset->base.ground->count && status == SMAP_OK; i++) {
        const char *text = code(s, i);
        status = smap_column_append_text(b, text, text ? strlen(text) : 0, err);
    }
    if (status == SMAP_OK) status = smap_column_builder_finish(b, out, err);
    smap_column_builder_free(b);
    return status;
}

static const char *dominant_of(const source *s, int64_t row) {
    int8_t hazard = s->asset->combined->dominant[row];
    return hazard < 0 ? NULL : s->run->hazard[hazard].spec.prefix;
}

static const char *warning_of(const source *s, int64_t row) {
    return s->asset->extra[s->hazard].warning[row];
}

static const char *passable_of(const source *s, int64_t row) {
    return smap__passable_code(s->asset->extra[s->hazard].passable[row]);
}

static void put_chances(const void *user, int64_t row, smap__str *out) {
    const source *s = user;
    const smap__class_scale *scale = s->run->hazard[s->hazard].scale;
    const double *p = s->asset->sampled->probability[s->hazard];
    smap__hazard_put_chances(scale, &p[row * (scale->classes + 1)], out);
}

/* What functions and sampling make of one hazard. */
static smap_status extra_column(const source *s, const char *name, const char *what, const smap_column **out,
                                smap_error *err) {
    const smap__hazard_extra *x = &s->asset->extra[s->hazard];
    const struct smap__sampled *sampled = s->asset->sampled;
    int64_t n = s->asset->base.ground->count;
    if (strcmp(what, "damage") == 0 && x->damage) return smap__column_of_reals(name, x->damage, NULL, n, out, err);
    if (strcmp(what, "arrival_min") == 0 && x->arrival_min)
        return smap__column_of_reals(name, x->arrival_min, NULL, n, out, err);
    if (strcmp(what, "warning") == 0 && x->warning) return code_column(s, name, warning_of, out, err);
    if (strcmp(what, "passable") == 0 && x->passable) return code_column(s, name, passable_of, out, err);
    if (strcmp(what, "p") == 0 && sampled)
        return smap__column_of_reals(name, sampled->at_least[s->hazard], NULL, n, out, err);
    if (strcmp(what, "chances") == 0 && sampled)
        return smap__column_of_texts(name, s->asset->sampled->count, put_chances, s, out, err);
    return SMAP_OK;
}

/* What the run makes of an asset as a whole, by the column's name; false where it is one of the asset's own. */
static bool common_column(const source *s, const char *name, const smap_column **out, smap_status *status,
                          smap_error *err) {
    const smap__combined *c = s->asset->combined;
    const struct smap__sampled *sampled = s->asset->sampled;
    int64_t n = c->count;
    if (strcmp(name, "people") == 0)
        *status = smap__column_of_reals(name, s->asset->base.people, NULL, n, out, err);
    else if (strcmp(name, "area_m2") == 0)
        *status = smap__column_of_reals(name, s->asset->area_m2, NULL, n, out, err);
    else if (strcmp(name, "length_m") == 0)
        *status = smap__column_of_reals(name, s->asset->length_m, NULL, n, out, err);
    else if (strcmp(name, "class") == 0)
        *status = smap__column_of_classes(name, c->klass, n, out, err);
    else if (strcmp(name, "hazards") == 0)
        *status = smap__column_of_classes(name, c->hazards, n, out, err);
    else if (strcmp(name, "hazards_unknown") == 0)
        *status = smap__column_of_classes(name, c->unknowns, n, out, err);
    else if (strcmp(name, "noisy_or") == 0)
        *status = smap__column_of_reals(name, c->noisy_or, NULL, n, out, err);
    else if (strcmp(name, "weighted") == 0)
        *status = smap__column_of_reals(name, c->weighted, NULL, n, out, err);
    else if (strcmp(name, "dominant_changes") == 0)
        *status = smap__column_of_reals(name, sampled ? sampled->dominant_changes : NULL, NULL, n, out, err);
    else if (strcmp(name, "weighted_sd") == 0)
        *status = smap__column_of_reals(name, sampled ? sampled->weighted_sd : NULL, NULL, n, out, err);
    else if (strcmp(name, "dominant") == 0)
        *status = code_column(s, name, dominant_of, out, err);
    else if (strcmp(name, "source") == 0)
        *status = smap__hazard_source_column(s->run, s->asset, name, out, err);
    else
        return false;
    return true;
}

/* What one hazard does to the assets, by the end of the column's name; *out stays NULL for what was not asked for. */
static smap_status hazard_column(const source *s, const char *name, const char *what, const smap_column **out,
                                 smap_error *err) {
    const smap__exposure *e = s->asset->exposure[s->hazard];
    bool has_value = s->run->hazard[s->hazard].has_value;
    if (strcmp(what, "class") == 0) return smap__column_of_classes(name, e->klass, e->count, out, err);
    if (strcmp(what, "fraction") == 0) return smap__column_of_reals(name, e->affected, NULL, e->count, out, err);
    if (strcmp(what, "unknown") == 0) return smap__column_of_reals(name, e->unknown, NULL, e->count, out, err);
    if (strcmp(what, "area_m2") == 0)
        return smap__column_of_reals(name, e->affected, s->asset->area_m2, e->count, out, err);
    if (strcmp(what, "length_m") == 0)
        return smap__column_of_reals(name, e->affected, s->asset->length_m, e->count, out, err);
    if (strcmp(what, "max") == 0 && has_value) return smap__column_of_reals(name, e->max, NULL, e->count, out, err);
    if (strcmp(what, "mean") == 0 && has_value) return smap__column_of_reals(name, e->mean, NULL, e->count, out, err);
    if (strcmp(what, "near_m") == 0 && e->near_m)
        return smap__column_of_reals(name, e->near_m, NULL, e->count, out, err);
    return extra_column(s, name, what, out, err);
}

/* ---- the table ------------------------------------------------------------------------------------------------------
 */

/* The model calls a road's class `class`, which here is that of the hazards. */
static const smap_column *own_column(const smap__hazard_asset *asset, const char *name) {
    char prefixed[64];
    int len = snprintf(prefixed, sizeof prefixed, "%s_", asset->base.name);
    const smap_column *column = smap_table_find(asset->base.layer->table, name);
    if (!column && strncmp(name, prefixed, (size_t)len) == 0)
        column = smap_table_find(asset->base.layer->table, name + len);
    return column;
}

static smap_status add_own(const source *s, const smap__schema *schema, const smap_column **column, int *count,
                           smap_error *err) {
    for (int i = 0; i < schema->fields; i++) {
        const char *name = schema->field[i].name;
        smap_status status = smap__poll(s->run->ctx, err);
        if (status != SMAP_OK) return status;
        if (!common_column(s, name, &column[*count], &status, err)) {
            const smap_column *own = own_column(s->asset, name);
            if (!own) continue;
            status = smap_column_rename(own, name, &column[*count], err);
        }
        if (status != SMAP_OK) return status;
        (*count)++;
    }
    return SMAP_OK;
}

/* A hazard "road" has a column road_class, which is also the class of a road. */
static smap_status check_free(const source *s, const smap__schema *schema, const char *name,
                              const smap_column *const *column, int own, smap_error *err) {
    const char *hazard = s->run->hazard[s->hazard].spec.name;
    for (int k = 0; k < own; k++)
        if (strcmp(column[k]->name, name) == 0)
            return smap__fail(err, SMAP_E_ARGUMENT, "hazard",
                              "the hazard %s would have the column %s, which the layer %s has already; give it another "
                              "name",
                              hazard, name, schema->name);
    return SMAP_OK;
}

static smap_status add_hazards(source *s, const smap__schema *schema, const smap_column **column, int *count,
                               smap_error *err) {
    int own = *count;
    for (s->hazard = 0; s->hazard < s->run->hazards; s->hazard++)
        for (int i = 0; i < schema->repeats; i++) {
            char name[128];
            const char *what = schema->repeat[i].name + 3; /* behind "{}_" */
            snprintf(name, sizeof name, "%s_%s", s->run->hazard[s->hazard].spec.prefix, what);
            smap_status status = smap__poll(s->run->ctx, err);
            if (status == SMAP_OK) status = check_free(s, schema, name, column, own, err);
            if (status == SMAP_OK) status = hazard_column(s, name, what, &column[*count], err);
            if (status != SMAP_OK) return status;
            *count += column[*count] != NULL;
        }
    return SMAP_OK;
}

static smap_status build(const smap__hazard_run *run, const smap__hazard_asset *asset, const smap__schema *schema,
                         const smap_layer **out, smap_error *err) {
    source s = { run, asset, 0 };
    int count = 0;
    const smap_table *table = NULL;
    size_t most = (size_t)schema->fields + (size_t)(schema->repeats * run->hazards);
    const smap_column **column = smap__zalloc(most + 1, sizeof *column);
    if (!column) return smap__fail_memory(err);
    smap_status status = add_own(&s, schema, column, &count, err);
    if (status == SMAP_OK) status = add_hazards(&s, schema, column, &count, err);
    if (status == SMAP_OK)
        status = smap_table_new(column, count, smap_table_rows(asset->base.layer->table), &table, err);
    if (status == SMAP_OK)
        status = smap_layer_new(schema->name, table, asset->base.layer->geometry, asset->base.layer->fid, out, err);
    for (size_t i = 0; i < most; i++) smap_column_free(column[i]);
    smap__free(column);
    smap_table_free(table);
    return status;
}

static smap_status put_table(smap__hazard_run *run, const char *name, const smap_table *table, smap_error *err) {
    const smap_layer *layer = NULL;
    smap_status status = smap_layer_new(name, table, NULL, NULL, &layer, err);
    if (status == SMAP_OK)
        status = smap__put_styled(run->ctx, run->change, name, layer, run->options->common.lang, err);
    smap_layer_free(layer);
    return status;
}

smap_status smap__hazard_put(smap__hazard_run *run, smap_error *err) {
    smap__repeat repeat[SMAP__HAZARDS_MAX];
    smap_status status = SMAP_OK;
    for (int h = 0; h < run->hazards; h++)
        repeat[h] = (smap__repeat){ run->hazard[h].spec.prefix, run->hazard[h].spec.label, run->hazard[h].scale->unit };
    for (int i = 0; i < run->assets && status == SMAP_OK; i++) {
        const smap__schema *schema = NULL;
        const smap_layer *layer = NULL;
        char name[64];
        if (smap__asset_is_grid(&run->asset[i].base)) continue;
        snprintf(name, sizeof name, "exposure_%s", run->asset[i].base.name);
        status = smap__schema_get(run->ctx, name, &schema, err);
        if (status == SMAP_OK) status = build(run, &run->asset[i], schema, &layer, err);
        if (status == SMAP_OK)
            status = smap__put_repeated(run->ctx, run->change, name, repeat, run->hazards, layer,
                                        run->options->common.lang, err);
        smap_layer_free(layer);
    }
    if (status == SMAP_OK) status = put_table(run, "exposure_summary", run->summary, err);
    return status == SMAP_OK ? put_table(run, "coincidence", run->coincidence, err) : status;
}
