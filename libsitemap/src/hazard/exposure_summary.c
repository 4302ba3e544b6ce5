#include "hazard/exposure_summary.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/ctx.h"
#include "base/fail.h"
#include "col/rows.h"
#include "model/statement.h"

static const smap__rows_column summary_columns[] = {
    { "area_kind", SMAP_TEXT },
    { "area_id", SMAP_TEXT },
    { "area_name_en", SMAP_TEXT },
    { "area_name_ar", SMAP_TEXT },
    { "asset", SMAP_TEXT },
    { "hazard", SMAP_TEXT },
    { "class", SMAP_TEXT },
    { "class_number", SMAP_INT64 },
    { "class_name_en", SMAP_TEXT },
    { "class_name_ar", SMAP_TEXT },
    { "assets", SMAP_INT64 },
    { "area_m2", SMAP_FLOAT64 },
    { "length_km", SMAP_FLOAT64 },
    { "people", SMAP_FLOAT64 },
    { "assets_people_unknown", SMAP_INT64 },
    { "all_assets", SMAP_INT64 },
    { "all_area_m2", SMAP_FLOAT64 },
    { "all_length_km", SMAP_FLOAT64 },
    { "all_people", SMAP_FLOAT64 },
    { "all_people_unknown", SMAP_INT64 },
    { "scale", SMAP_TEXT },
    { "source", SMAP_TEXT },
    { "statement_en", SMAP_TEXT },
    { "statement_ar", SMAP_TEXT },
};

enum { M_PER_KM = 1000 };

typedef struct tally {
    int64_t assets, people_unknown;
    double area_m2, length_m, people;
} tally;

typedef struct summary {
    smap_ctx *ctx;
    const smap__summary_input *in;
    const smap__summary_assets *layer;
    const smap__class_scale *common; /* names of the common classes */
    const smap__domain *words;       /* hazard_class: labels of "none" and "unknown" */
    tally *cell;                     /* [area][class 0 .. classes, unknown] of one layer and hazard */
    tally *all;                      /* [area] of one layer */
    smap__statement statement;
    smap__rows out;
} summary;

/* Places of areas: those of the input, then "in none of them", then all together. */
static int64_t places(const summary *s) {
    return s->in->areas + 2;
}

static int64_t place_of(const summary *s, int64_t asset) {
    int64_t area = s->layer->area ? s->layer->area[asset] : -1;
    return area < 0 || area >= s->in->areas ? s->in->areas : area;
}

static void add_people(tally *t, const smap__assets *assets, int64_t asset, double share) {
    if (!assets->people) return;
    if (!isnan(assets->people[asset])) t->people += assets->people[asset] * share;
}

/* An asset and its people into its highest class, its area and length into the classes of its parts. */
static void add_asset(summary *s, const smap__exposure *e, int64_t asset, tally *row) {
    const smap__assets *assets = s->layer->assets;
    int klass = e->klass[asset] < 0 ? e->classes + 1 : e->klass[asset];
    row[klass].assets++;
    if (assets->people && isnan(assets->people[asset])) row[klass].people_unknown++;
    if (!s->layer->people_by_share) add_people(&row[klass], assets, asset, 1);
    for (int k = 0; k <= e->classes + 1; k++) {
        double share = k <= e->classes ? e->share[asset * (e->classes + 1) + k] : e->unknown[asset];
        row[k].area_m2 += assets->area_m2[asset] * share;
        row[k].length_m += assets->length_m[asset] * share;
        if (s->layer->people_by_share) add_people(&row[k], assets, asset, share);
    }
}

static void add_combined(summary *s, const smap__combined *c, int64_t asset, tally *row) {
    const smap__assets *assets = s->layer->assets;
    int klass = c->klass[asset] < 0 ? SMAP__COMMON_CLASSES + 1 : c->klass[asset];
    row[klass].assets++;
    if (assets->people && isnan(assets->people[asset])) row[klass].people_unknown++;
    add_people(&row[klass], assets, asset, 1);
}

static void add_total(summary *s, int64_t asset, tally *total) {
    const smap__assets *assets = s->layer->assets;
    total->assets++;
    total->area_m2 += assets->area_m2[asset];
    total->length_m += assets->length_m[asset];
    if (assets->people && isnan(assets->people[asset])) total->people_unknown++;
    add_people(total, assets, asset, 1);
}

/* ---- rows ---------------------------------------------------------------------------------------------------------
 */

static void put_name(summary *s, const char *text) {
    smap__rows_text(&s->out, text && *text ? text : NULL);
}

static void put_place(summary *s, int64_t place) {
    const smap__summary_input *in = s->in;
    bool all = place == in->areas + 1;
    const smap__summary_area none = { NULL, NULL, NULL }, *area = place < in->areas ? &in->area[place] : &none;
    smap__rows_text(&s->out, all ? "all" : in->area_kind);
    put_name(s, area->id);
    put_name(s, area->name_en);
    put_name(s, area->name_ar);
}

static void put_class(summary *s, const smap__class_scale *scale, int klass) {
    smap__rows *out = &s->out;
    bool named = klass >= 1 && klass <= scale->classes;
    const char *code = named ? scale->klass[klass - 1].code : klass == 0 ? "none" : "unknown";
    int at = smap__domain_find(s->words, code, strlen(code));
    const smap__label empty = { "", "" };
    const smap__label *label = named ? &scale->klass[klass - 1].label : at < 0 ? &empty : &s->words->code[at].label;
    smap__rows_text(out, code);
    if (klass <= scale->classes)
        smap__rows_int(out, klass);
    else
        smap__rows_null(out);
    put_name(s, label->en);
    put_name(s, label->ar);
}

/* Square metres and kilometres stand only where the layer has any and the hazard was measured by parts. */
static void put_measure(summary *s, bool has, double value) {
    smap__rows_real_or_null(&s->out, has ? value : NAN);
}

static void put_statement(summary *s, const tally *t, bool none, bool unknown) {
    char count[32];
    bool people = s->layer->assets->people != NULL;
    snprintf(count, sizeof count, "%lld", (long long)t->people_unknown);
    smap__statement_word word = { "assets", { count, count } };
    if (none) smap__statement_add(&s->statement, "no_area", NULL, 0);
    if (unknown) smap__statement_add(&s->statement, "unknown", NULL, 0);
    if (!people) smap__statement_add(&s->statement, "no_people", NULL, 0);
    if (people && t->people_unknown) smap__statement_add(&s->statement, "people_unknown", &word, 1);
    if (people && s->layer->people_by_share) smap__statement_add(&s->statement, "people_of_grid", NULL, 0);
    smap__statement_put(&s->statement, &s->out);
}

static void put_row(summary *s, const smap__summary_hazard *hazard, int64_t place, int klass, bool parts) {
    const tally *all = &s->all[place];
    const tally *t = &s->cell[place * (hazard->scale->classes + 2) + klass], *whole = &s->all[s->in->areas + 1];
    bool people = s->layer->assets->people != NULL, area = whole->area_m2 > 0, length = whole->length_m > 0;
    put_place(s, place);
    smap__rows_text(&s->out, s->layer->assets->name);
    smap__rows_text(&s->out, hazard->name);
    put_class(s, hazard->scale, klass);
    smap__rows_int(&s->out, t->assets);
    put_measure(s, parts && area, t->area_m2);
    put_measure(s, parts && length, t->length_m / M_PER_KM);
    put_measure(s, people, t->people);
    smap__rows_int(&s->out, people ? t->people_unknown : t->assets);
    smap__rows_int(&s->out, all->assets);
    put_measure(s, area, all->area_m2);
    put_measure(s, length, all->length_m / M_PER_KM);
    put_measure(s, people, all->people);
    smap__rows_int(&s->out, people ? all->people_unknown : all->assets);
    smap__rows_text(&s->out, hazard->scale->name);
    put_name(s, hazard->source);
    put_statement(s, t, place == s->in->areas && s->in->areas > 0, klass > hazard->scale->classes);
}

static void put_rows(summary *s, const smap__summary_hazard *hazard, bool parts) {
    for (int64_t i = 0; i < places(s); i++) {
        int64_t place = i == 0 ? places(s) - 1 : i - 1;
        if (s->all[place].assets == 0 || (place == s->in->areas && s->in->areas == 0)) continue;
        for (int k = 0; k <= hazard->scale->classes + 1; k++) put_row(s, hazard, place, k, parts);
    }
}

/* ---- sums ---------------------------------------------------------------------------------------------------------
 */

/* All together is added up from the places, so that it is their sum to the last bit. */
static void add_up(tally *sum, const tally *part) {
    sum->assets += part->assets;
    sum->people_unknown += part->people_unknown;
    sum->area_m2 += part->area_m2;
    sum->length_m += part->length_m;
    sum->people += part->people;
}

static void sum_places(summary *s, tally *cell, int classes) {
    tally *whole = cell + (places(s) - 1) * classes;
    for (int64_t place = 0; place < places(s) - 1; place++) {
        for (int k = 0; k < classes; k++) add_up(&whole[k], &cell[place * classes + k]);
    }
}

static smap_status count_hazard(summary *s, const smap__summary_hazard *hazard, const smap__exposure *e,
                                const smap__combined *c, smap_error *err) {
    smap_status status = SMAP_OK;
    int classes = hazard->scale->classes + 2;
    int64_t count = e ? e->count : c->count;
    memset(s->cell, 0, (size_t)(places(s) * classes) * sizeof *s->cell);
    for (int64_t i = 0; i < count && status == SMAP_OK; i++) {
        tally *row = s->cell + place_of(s, i) * classes;
        if (i % SMAP__ASSETS_A_POLL == 0) status = smap__poll(s->ctx, err);
        if (e)
            add_asset(s, e, i, row);
        else
            add_combined(s, c, i, row);
    }
    if (status != SMAP_OK) return status;
    sum_places(s, s->cell, classes);
    put_rows(s, hazard, e != NULL);
    return SMAP_OK;
}

static smap_status count_layer(summary *s, smap_error *err) {
    const smap__summary_assets *layer = s->layer;
    int64_t count = s->in->hazards ? layer->hazard[0]->count : 0;
    memset(s->all, 0, (size_t)places(s) * sizeof *s->all);
    for (int64_t i = 0; i < count; i++) add_total(s, i, &s->all[place_of(s, i)]);
    sum_places(s, s->all, 1);
    for (int h = 0; h < s->in->hazards; h++) {
        if (layer->hazard[h]->classes != s->in->hazard[h].scale->classes)
            return smap__fail(err, SMAP_E_INTERNAL, s->in->hazard[h].name, "%s: the exposure has not the classes of %s",
                              s->in->hazard[h].name, s->in->hazard[h].scale->name);
        smap_status status = count_hazard(s, &s->in->hazard[h], layer->hazard[h], NULL, err);
        if (status != SMAP_OK) return status;
    }
    if (layer->combined) {
        const smap__summary_hazard any = { "any", s->common, NULL };
        return count_hazard(s, &any, NULL, layer->combined, err);
    }
    return SMAP_OK;
}

smap_status smap__exposure_summarise(smap_ctx *ctx, const smap__summary_input *input, const smap_table **out,
                                     smap_error *err) {
    summary s = { .ctx = ctx, .in = input };
    size_t n = (size_t)input->areas + 2;
    smap_status status;
    smap__rows_init(&s.out, summary_columns, (int)(sizeof summary_columns / sizeof *summary_columns));
    SMAP_TRY(smap__statement_init(ctx, "exposure_statement", &s.statement, err), done);
    SMAP_TRY(smap__domain_get(ctx, "hazard_class", &s.words, err), done);
    SMAP_TRY(smap__class_scale_get(ctx, "given_4", &s.common, err), done);
    s.cell = smap__zalloc(n * (SMAP__CLASSES_MAX + 2), sizeof *s.cell);
    s.all = smap__zalloc(n, sizeof *s.all);
    if (!s.cell || !s.all) {
        status = smap__fail_memory(err);
        goto done;
    }
    for (int i = 0; i < input->layers; i++) {
        s.layer = &input->layer[i];
        SMAP_TRY(count_layer(&s, err), done);
    }
    status = smap__rows_finish(&s.out, out, err);
done:
    smap__rows_release(&s.out);
    smap__statement_release(&s.statement);
    smap__free(s.cell);
    smap__free(s.all);
    return status;
}

/* ---- coincidence --------------------------------------------------------------------------------------------------
 */

static const smap__rows_column coincidence_columns[] = {
    { "asset", SMAP_TEXT },
    { "hazard_a", SMAP_TEXT },
    { "hazard_b", SMAP_TEXT },
    { "at_least", SMAP_INT64 },
    { "assets", SMAP_INT64 },
    { "assets_unknown", SMAP_INT64 },
    { "all_assets", SMAP_INT64 },
    { "area_m2", SMAP_FLOAT64 },
    { "length_km", SMAP_FLOAT64 },
    { "people", SMAP_FLOAT64 },
    { "assets_people_unknown", SMAP_INT64 },
    { "source", SMAP_TEXT },
};

static bool any_above_zero(const double *value, int64_t count) {
    for (int64_t i = 0; i < count; i++) {
        if (value[i] > 0) return true;
    }
    return false;
}

static void put_pairs(const smap__summary_input *in, const smap__summary_assets *layer, smap__rows *out) {
    const smap__assets *assets = layer->assets;
    int64_t count = layer->hazard[0]->count;
    bool area = any_above_zero(assets->area_m2, count), length = any_above_zero(assets->length_m, count);
    for (int i = 0; i < in->hazards * (in->hazards + 1) / 2; i++) {
        const smap__coincidence *c = &layer->coincidence[i];
        smap__rows_text(out, assets->name);
        smap__rows_text(out, in->hazard[c->a].name);
        smap__rows_text(out, in->hazard[c->b].name);
        smap__rows_int(out, in->at_least);
        smap__rows_int(out, c->assets);
        smap__rows_int(out, c->unknown);
        smap__rows_int(out, count);
        smap__rows_real_or_null(out, area ? c->area_m2 : NAN);
        smap__rows_real_or_null(out, length ? c->length_m / M_PER_KM : NAN);
        smap__rows_real_or_null(out, assets->people ? c->people : NAN);
        smap__rows_int(out, assets->people ? c->people_unknown : c->assets);
        smap__rows_null(out); /* for the caller, who knows whose the assets are */
    }
}

smap_status smap__coincidence_table(const smap__summary_input *input, const smap_table **out, smap_error *err) {
    smap__rows rows;
    smap__rows_init(&rows, coincidence_columns, (int)(sizeof coincidence_columns / sizeof *coincidence_columns));
    for (int i = 0; i < input->layers; i++) {
        if (input->layer[i].coincidence) put_pairs(input, &input->layer[i], &rows);
    }
    return smap__rows_finish(&rows, out, err);
}
