/* What functions and samples make of the assets, summed up for the printed result: closed roads, damage, warning, and
 * how sure it all is. */
#include <string.h>

#include "base/fail.h"
#include "col/rows.h"
#include "hazard/passability.h"
#include "hazard/sampling.h"
#include "hazard/warning_time.h"
#include "job/hazard_functions.h"
#include "job/result.h"
#include "model/domain.h"

/* An asset whose dominant hazard is another in more than this share of the samples is one whose dominant hazard is not
 * sure. */
static const double OFTEN = 0.1;
static const double M_PER_KM = 1000;

/* A step of a table: the rows of one layer of assets for one hazard. */
typedef void (*tell)(smap__rows *rows, const smap__hazard_run *run, const smap__hazard_asset *asset, int hazard,
                     const smap__domain *codes);

static smap_status add_table(smap__hazard_run *run, const char *name, const char *title,
                             const smap__rows_column *columns, int count, const char *domain, tell add,
                             smap_error *err) {
    const smap_table *table = NULL;
    const smap__domain *codes = NULL;
    smap__rows rows;
    smap_status status = domain ? smap__domain_get(run->ctx, domain, &codes, err) : SMAP_OK;
    if (status != SMAP_OK) return status;
    smap__rows_init(&rows, columns, count);
    for (int i = 0; i < run->assets; i++)
        for (int h = 0; h < run->hazards; h++) add(&rows, run, &run->asset[i], h, codes);
    status = smap__rows_finish(&rows, &table, err);
    if (status == SMAP_OK && smap_table_rows(table) > 0)
        status = smap__result_add_table(run->result, name, title, table, err);
    smap_table_free(table);
    return status;
}

static const char *label_of(const smap__domain *codes, const char *code) {
    int at = smap__domain_code(codes, code, strlen(code));
    return at < 0 ? code : codes->code[at].label.en;
}

/* ---- roads ----------------------------------------------------------------------------------------------------------
 */

static void tell_roads(smap__rows *rows, const smap__hazard_run *run, const smap__hazard_asset *roads, int hazard,
                       const smap__domain *codes) {
    const int8_t *passable = roads->extra[hazard].passable;
    for (int verdict = SMAP__PASSABLE_UNKNOWN; passable && verdict <= SMAP__PASSABLE_ALL; verdict++) {
        int64_t count = 0;
        double length_m = 0;
        for (int64_t i = 0; i < roads->base.ground->count; i++) {
            if (passable[i] != verdict) continue;
            count++;
            length_m += roads->length_m[i];
        }
        smap__rows_text(rows, run->hazard[hazard].spec.prefix);
        smap__rows_text(rows, label_of(codes, smap__passable_code(verdict)));
        smap__rows_int(rows, count);
        smap__rows_real(rows, length_m / M_PER_KM);
    }
}

static smap_status add_roads(smap__hazard_run *run, smap_error *err) {
    static const smap__rows_column columns[] = {
        { "hazard", SMAP_TEXT }, { "passable", SMAP_TEXT }, { "roads", SMAP_INT64 }, { "length_km", SMAP_FLOAT64 }
    };
    return add_table(run, "hazard_passability", "Roads that can be passed", columns, 4, "passable", tell_roads, err);
}

/* ---- damage ---------------------------------------------------------------------------------------------------------
 */

static void tell_damage(smap__rows *rows, const smap__hazard_run *run, const smap__hazard_asset *asset, int hazard,
                        const smap__domain *codes) {
    const double *damage = asset->extra[hazard].damage;
    int64_t known = 0, n = asset->base.ground->count;
    double sum = 0, area_m2 = 0;
    (void)codes;
    if (!damage) return;
    for (int64_t i = 0; i < n; i++) {
        if (isnan(damage[i])) continue;
        known++;
        sum += damage[i];
        area_m2 += damage[i] * asset->area_m2[i];
    }
    smap__rows_text(rows, asset->base.name);
    smap__rows_text(rows, run->hazard[hazard].spec.prefix);
    smap__rows_int(rows, known);
    smap__rows_int(rows, n - known);
    smap__rows_real_or_null(rows, known ? sum / (double)known : NAN);
    smap__rows_real(rows, area_m2);
}

static smap_status add_damage(smap__hazard_run *run, smap_error *err) {
    static const smap__rows_column columns[] = { { "asset", SMAP_TEXT },         { "hazard", SMAP_TEXT },
                                                 { "assets", SMAP_INT64 },       { "unknown", SMAP_INT64 },
                                                 { "mean_share", SMAP_FLOAT64 }, { "lost_m2", SMAP_FLOAT64 } };
    return add_table(run, "hazard_damage", "Damage: mean share of the value that is lost, and that share of areas",
                     columns, 6, NULL, tell_damage, err);
}

/* ---- warning --------------------------------------------------------------------------------------------------------
 */

static void tell_warning(smap__rows *rows, const smap__hazard_run *run, const smap__hazard_asset *asset, int hazard,
                         const smap__domain *codes) {
    const char *const *warning = asset->extra[hazard].warning;
    for (int k = 0; warning && k < codes->codes; k++) {
        int64_t count = 0;
        double people = 0;
        for (int64_t i = 0; i < asset->base.ground->count; i++) {
            if (strcmp(warning[i], codes->code[k].code) != 0) continue;
            count++;
            if (asset->base.people && !isnan(asset->base.people[i])) people += asset->base.people[i];
        }
        if (count == 0) continue;
        smap__rows_text(rows, asset->base.name);
        smap__rows_text(rows, run->hazard[hazard].spec.prefix);
        smap__rows_text(rows, codes->code[k].label.en);
        smap__rows_int(rows, count);
        smap__rows_real_or_null(rows, asset->base.people ? people : NAN);
    }
}

static smap_status add_warning(smap__hazard_run *run, smap_error *err) {
    static const smap__rows_column columns[] = { { "asset", SMAP_TEXT },
                                                 { "hazard", SMAP_TEXT },
                                                 { "warning", SMAP_TEXT },
                                                 { "assets", SMAP_INT64 },
                                                 { "people", SMAP_FLOAT64 } };
    return add_table(run, "hazard_warning", "Warning time", columns, 5, "warning_time", tell_warning, err);
}

/* ---- samples --------------------------------------------------------------------------------------------------------
 */

static void tell_chance(smap__rows *rows, const smap__hazard_run *run, const smap__hazard_asset *asset, int hazard,
                        const smap__domain *codes) {
    int64_t known = 0;
    double sum = 0;
    (void)codes;
    if (!asset->sampled) return;
    const double *chance = asset->sampled->at_least[hazard];
    for (int64_t i = 0; i < asset->sampled->count; i++) {
        if (isnan(chance[i])) continue;
        known++;
        sum += chance[i];
    }
    smap__rows_text(rows, asset->base.name);
    smap__rows_text(rows, run->hazard[hazard].spec.prefix);
    smap__rows_int(rows, run->at_least);
    smap__rows_int(rows, known);
    smap__rows_int(rows, asset->sampled->count - known);
    smap__rows_real_or_null(rows, known ? sum / (double)known : NAN);
}

static smap_status note_error(smap__hazard_run *run, const smap__hazard *h, smap_error *err) {
    smap__sampling_error error;
    smap_status status = smap__hazard_error(run, h, &error, err);
    if (status != SMAP_OK) return status;
    if (!h->has_value)
        return smap__result_note(run->result, err, "Samples: %s has classes without intensities, which have no error.",
                                 h->spec.name);
    return smap__result_note(
        run->result, err,
        "Samples: intensities of %s with a standard deviation of %g%s%s and %g %% of the "
        "intensity (%s), bounds of classes of %g %%.",
        h->spec.name, error.absolute, *h->scale->unit ? " " : "", h->scale->unit, 100 * error.relative,
        isnan(h->spec.error) ? "the usual error, data/standards/sampling_error.csv" : "error= of the hazard",
        100 * error.break_relative);
}

static smap_status note_dominant(smap__hazard_run *run, const smap__hazard_asset *asset, smap_error *err) {
    int64_t known = 0, often = 0;
    for (int64_t i = 0; i < asset->sampled->count; i++) {
        known += !isnan(asset->sampled->dominant_changes[i]);
        often += asset->sampled->dominant_changes[i] > OFTEN;
    }
    return smap__result_note(run->result, err,
                             "Samples: the dominant hazard of %lld of %lld rows of %s is another in more than %g %% of "
                             "%d samples.",
                             (long long)often, (long long)known, asset->base.name, 100 * OFTEN, run->options->samples);
}

static smap_status add_samples(smap__hazard_run *run, smap_error *err) {
    static const smap__rows_column columns[] = { { "asset", SMAP_TEXT },     { "hazard", SMAP_TEXT },
                                                 { "at_least", SMAP_INT64 }, { "assets", SMAP_INT64 },
                                                 { "unknown", SMAP_INT64 },  { "mean_chance", SMAP_FLOAT64 } };
    if (run->options->samples == 0) return SMAP_OK;
    smap_status status =
        add_table(run, "hazard_chance", "Mean chance of the class or a higher one", columns, 6, NULL, tell_chance, err);
    for (int h = 0; h < run->hazards && status == SMAP_OK; h++) status = note_error(run, &run->hazard[h], err);
    for (int i = 0; i < run->assets && status == SMAP_OK; i++)
        if (run->hazards > 1) status = note_dominant(run, &run->asset[i], err);
    return status;
}

smap_status smap__hazard_report_effects(smap__hazard_run *run, smap_error *err) {
    smap_status status = add_roads(run, err);
    if (status == SMAP_OK) status = add_damage(run, err);
    if (status == SMAP_OK) status = add_warning(run, err);
    return status == SMAP_OK ? add_samples(run, err) : status;
}
