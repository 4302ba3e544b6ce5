#include "job/site_tables.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/fail.h"
#include "base/str.h"
#include "col/cell.h"
#include "col/rows.h"
#include "geo/crs.h"
#include "geo/geom_column.h"
#include "job/map_layers.h"
#include "model/domain.h"
#include "sheet/sheet_text.h"
#include "site/age_sex.h"
#include "site/amount.h"
#include "site/indicator.h"
#include "site/latest_round.h"
#include "site/site_summary.h"

static const char INDICATOR[] = "site_indicator", AGE_SEX[] = "site_age_sex", FACT[] = "site_fact",
                  SUMMARY[] = "site_summary";

bool smap__site_table_is_one(const char *name) {
    return strcmp(name, INDICATOR) == 0 || strcmp(name, AGE_SEX) == 0 || strcmp(name, FACT) == 0 ||
           strcmp(name, SUMMARY) == 0;
}

/* ---- facts ------------------------------------------------------------------------------------------------------- */

/* A layer that facts are taken from, and the row of it that speaks of each site. */
typedef struct fact_source {
    const char *layer;
    const smap_table *table;
    const smap__schema *schema;
    const smap_table *marks;   /* of counts that are not told; NULL: all are */
    smap__latest_round latest; /* of site_round */
} fact_source;

enum { SITE, ROUND, SOURCES };
enum { MOST_FIGURES = 16 }; /* of a summary */

typedef struct telling {
    smap_ctx *ctx;
    fact_source from[SOURCES];
    const smap_layer *site;
    const smap__json *fields;
    const char *path;
    smap__rows rows, marks;
    bool marked;
} telling;

static void put_figure(const smap__field *field, double value, smap__str *out) {
    char text[48];
    smap__text_number(value, field->type == SMAP_FLOAT64 && value != floor(value) ? 1 : 0, text, sizeof text);
    smap__str_put(out, text);
}

/* The cell as people read it, in both languages; empty where it is null. */
static smap_status put_value(telling *t, const smap__field *field, const smap_column *column, int64_t row,
                             smap_error *err) {
    smap__str value = SMAP__STR_INIT;
    const char *en = NULL, *ar = NULL;
    double number;
    smap_status status = SMAP_OK;
    bool is_count = column->type == SMAP_INT64 || column->type == SMAP_FLOAT64;
    smap__str_put(&value, "");
    if (is_count && smap__cell_number(column, row, &number))
        put_figure(field, number, &value);
    else
        smap__cell_put(&value, column, row);
    if (value.failed)
        status = smap__fail_memory(err);
    else if (value.len) {
        const char *name = column->type == SMAP_BOOL ? "yes_no" : field->domain;
        const smap__domain *domain = NULL;
        en = ar = value.data;
        if (name[0]) status = smap__domain_get(t->ctx, name, &domain, err);
        int code = domain ? smap__domain_code(domain, value.data, value.len) : -1;
        if (code >= 0) en = domain->code[code].label.en, ar = domain->code[code].label.ar;
    }
    if (status == SMAP_OK) {
        smap__rows_text(&t->rows, en);
        smap__rows_text(&t->rows, ar);
    }
    smap__str_release(&value);
    return status;
}

/* The sign of a value that is not told beside the one of the facts that it is in. */
static void put_mark(telling *t, const fact_source *from, const char *column, int64_t row) {
    const smap_column *marks = from->marks ? smap_table_find(from->marks, column) : NULL;
    bool marked = marks && row >= 0 && !smap_column_is_null(marks, row);
    for (int lang = 0; lang < 2; lang++)
        if (marked)
            smap__rows_cell(&t->marks, marks, row);
        else
            smap__rows_null(&t->marks);
    t->marked = t->marked || marked;
}

/* The row of the latest round of the site that a row of `site` is; -1: there is none. */
static int64_t round_of(const telling *t, int64_t row) {
    const smap_column *id = smap_table_find(t->from[SITE].table, "site_id");
    const smap__latest_round *latest = &t->from[ROUND].latest;
    size_t len;
    if (!id || smap_column_is_null(id, row)) return -1;
    const char *text = smap_column_text(id, row, &len);
    int32_t site = smap__dict_find(latest->sites, text, len);
    return site < 0 ? -1 : latest->row[site];
}

/* "managing_agency" of the site, or "site_round.individuals" of its latest round. */
static smap_status put_fact(telling *t, const char *name, int64_t row, smap_error *err) {
    const char *dot = strchr(name, '.'), *column_name = dot ? dot + 1 : name;
    const fact_source *from = &t->from[dot ? ROUND : SITE];
    bool known = !dot || strncmp(name, from->layer, (size_t)(dot - name)) == 0;
    const smap__field *field = known ? smap__schema_field(from->schema, column_name) : NULL;
    if (!field)
        return smap__fail(err, SMAP_E_FORMAT, t->path,
                          "%s: \"fields\" of the table site_fact names \"%s\", which is no column of site, nor "
                          "site_round. and a column of that",
                          t->path, name);
    const smap_column *column = smap_table_find(from->table, column_name);
    if (!column && smap_table_rows(from->table)) return SMAP_OK; /* not for this audience */
    smap__rows_cell(&t->rows, smap_table_find(t->from[SITE].table, "site_id"), row);
    smap__rows_text(&t->rows, name);
    smap__rows_text(&t->rows, field->label.en);
    smap__rows_text(&t->rows, field->label.ar);
    int64_t at = dot ? round_of(t, row) : row;
    put_mark(t, from, column_name, at);
    if (column && at >= 0) return put_value(t, field, column, at, err);
    smap__rows_null(&t->rows);
    smap__rows_null(&t->rows);
    return SMAP_OK;
}

/* {"position": {"en", "ar"}, "decimals"}: where the site is as the audience may know it, degrees as people type them
 * into a phone, north first. */
static smap_status put_position(telling *t, const smap__json *json, int64_t row, smap_error *err) {
    const smap_geometry *geometry = t->site->geometry;
    const smap__json *label = smap__json_get(json, "position");
    int decimals = (int)smap__json_integer(smap__json_get(json, "decimals"), 5);
    char text[64] = "";
    if (geometry && geometry->crs && geometry->type[row] != SMAP_GEOM_NULL) {
        smap_box b = smap_geometry_box(geometry, row);
        double x = (b.xmin + b.xmax) / 2, y = (b.ymin + b.ymax) / 2;
        const smap_crs *wgs84 = NULL;
        smap_status status = smap__crs_wgs84(t->ctx, &wgs84, err);
        if (status == SMAP_OK) status = smap__crs_transform(t->ctx, geometry->crs, wgs84, &x, &y, 1, NULL, err);
        smap_crs_free(wgs84);
        if (status != SMAP_OK) return status;
        smap__print(text, sizeof text, "%.*f, %.*f", decimals, y, decimals, x);
    }
    smap__rows_cell(&t->rows, smap_table_find(t->from[SITE].table, "site_id"), row);
    smap__rows_text(&t->rows, "position");
    smap__rows_text(&t->rows, smap__json_text(smap__json_get(label, "en"), "?"));
    smap__rows_text(&t->rows, smap__json_text(smap__json_get(label, "ar"), "?"));
    for (int lang = 0; lang < 2; lang++) {
        smap__rows_text(&t->rows, text[0] ? text : NULL);
        smap__rows_null(&t->marks);
    }
    return SMAP_OK;
}

static smap_status make_facts(telling *t, const smap_table **out, const smap_table **marks, smap_error *err) {
    static const smap__rows_column columns[] = { { "site_id", SMAP_TEXT },  { "field", SMAP_TEXT },
                                                 { "label_en", SMAP_TEXT }, { "label_ar", SMAP_TEXT },
                                                 { "value_en", SMAP_TEXT }, { "value_ar", SMAP_TEXT } };
    smap_status status = SMAP_OK;
    for (int k = 0; k < SOURCES && status == SMAP_OK; k++)
        status = smap__schema_get(t->ctx, t->from[k].layer, &t->from[k].schema, err);
    if (status == SMAP_OK) status = smap__latest_round_find(t->from[ROUND].table, &t->from[ROUND].latest, err);
    if (status != SMAP_OK) return status;
    smap__rows_init(&t->rows, columns, (int)(sizeof columns / sizeof *columns));
    smap__rows_init(&t->marks, columns + 4, 2); /* value_en, value_ar */
    for (int64_t row = 0; row < smap_table_rows(t->from[SITE].table); row++)
        for (size_t i = 0; i < smap__json_size(t->fields) && status == SMAP_OK; i++)
            status = smap__json_get(smap__json_item(t->fields, i), "position")
                         ? put_position(t, smap__json_item(t->fields, i), row, err)
                         : put_fact(t, smap__json_text(smap__json_item(t->fields, i), ""), row, err);
    smap__latest_round_release(&t->from[ROUND].latest);
    if (status == SMAP_OK && t->marked)
        status = smap__rows_finish(&t->marks, marks, err);
    else
        smap__rows_release(&t->marks);
    if (status == SMAP_OK) return smap__rows_finish(&t->rows, out, err);
    smap__rows_release(&t->rows);
    return status;
}

/* ---- summary ----------------------------------------------------------------------------------------------------- */

static smap_status check_figure(smap_ctx *ctx, const smap__site_figure *figure, const char *path, smap_error *err) {
    char unknown[64];
    if (!figure->name[0] || !figure->of[0])
        return smap__fail(err, SMAP_E_FORMAT, path,
                          "%s: each of the \"figures\" of the table site_summary needs \"name\" and \"of\"", path);
    smap_status status = smap__site_amount_check(ctx, figure->of, unknown, sizeof unknown, err);
    if (status != SMAP_OK || !unknown[0]) return status;
    return smap__fail(
        err, SMAP_E_FORMAT, path,
        "%s: \"figures\" of the table site_summary names \"%s\", which is no column of numbers of site or "
        "site_round",
        path, unknown);
}

static smap_status make_summary(smap_ctx *ctx, const smap__json *element, const char *path,
                                smap__site_summary_input *in, const smap_table **out, const smap_table **marks,
                                smap_error *err) {
    const smap__json *list = smap__json_get(element, "figures");
    smap__site_figure figure[MOST_FIGURES];
    int n = 0;
    smap_status status = SMAP_OK;
    if (smap__json_size(list) > MOST_FIGURES)
        return smap__fail(err, SMAP_E_FORMAT, path, "%s: the table site_summary has more than %d \"figures\"", path,
                          MOST_FIGURES);
    for (size_t i = 0; i < smap__json_size(list) && status == SMAP_OK; i++) {
        const smap__json *one = smap__json_item(list, i);
        figure[n] = (smap__site_figure){ smap__json_text(smap__json_get(one, "name"), ""),
                                         smap__json_text(smap__json_get(one, "of"), "") };
        status = check_figure(ctx, &figure[n++], path, err);
    }
    in->figure = figure;
    in->figures = n;
    return status == SMAP_OK ? smap__site_summary(in, out, marks, err) : status;
}

/* ---- which ------------------------------------------------------------------------------------------------------- */

typedef struct site_views {
    const smap_layer *site, *other;
    const smap_table *marks; /* of `other` */
    const char *mark_too;
} site_views;

static smap_status make(smap_ctx *ctx, const smap__json *element, const char *path, const site_views *v,
                        const smap_table **out, const smap_table **marks, smap_error *err) {
    const char *name = smap__json_text(smap__json_get(element, "layer"), "");
    if (strcmp(name, AGE_SEX) == 0) return smap__site_age_sex(v->other->table, out, err);
    if (strcmp(name, INDICATOR) == 0) return smap__site_indicators(ctx, v->site->table, v->other->table, out, err);
    smap__site_summary_input summary = {
        .site = v->site->table, .round = v->other->table, .round_marks = v->marks, .mark_too = v->mark_too
    };
    if (strcmp(name, SUMMARY) == 0) return make_summary(ctx, element, path, &summary, out, marks, err);
    telling t = { .ctx = ctx,
                  .from = { { .layer = "site", .table = v->site->table },
                            { .layer = "site_round", .table = v->other->table, .marks = v->marks } },
                  .site = v->site,
                  .fields = smap__json_get(element, "fields"),
                  .path = path };
    return make_facts(&t, out, marks, err);
}

smap_status smap__site_table_make(smap_ctx *ctx, smap__workspace *workspace, const smap__audience *audience,
                                  const smap__json *element, const char *path, const smap_table **out,
                                  const smap_table **marks, bool *synthetic, smap_error *err) {
    const char *name = smap__json_text(smap__json_get(element, "layer"), "");
    const char *other = strcmp(name, AGE_SEX) == 0 ? "site_population" : "site_round";
    site_views v = { .mark_too = smap__audience_mark_too(audience) };
    smap_status status = smap__workspace_view(workspace, audience, "site", &v.site, err);
    if (status == SMAP_OK) status = smap__workspace_view(workspace, audience, other, &v.other, err);
    v.marks = smap__workspace_marks(workspace, other);
    if (status == SMAP_OK) status = make(ctx, element, path, &v, out, marks, err);
    if (status == SMAP_OK)
        *synthetic = smap__count_synthetic(v.other->table) > 0 || smap__count_synthetic(v.site->table) > 0;
    smap_layer_free(v.site);
    smap_layer_free(v.other);
    return status;
}
