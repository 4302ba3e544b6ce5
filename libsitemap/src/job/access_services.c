/* Where people go: the services of a run and their types. */
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "col/cell.h"
#include "col/dict.h"
#include "geo/layer_row.h"
#include "job/access_run.h"
#include "model/domain.h"

/* What is known of the services while types are found. */
typedef struct reader {
    smap__access_run *run;
    const smap__domain *types, *statuses;
    smap__dict *asked; /* codes of --service-type; empty: all */
    smap__dict *found; /* codes in the order of the vocabulary's labels */
    const char **code; /* of each service; NULL: none */
} reader;

/* The code of a text by the vocabulary, else the text itself. */
static const char *code_of(const smap__domain *domain, const char *text, size_t len, smap__arena *arena) {
    int at = smap__domain_find(domain, text, len);
    return at >= 0 ? domain->code[at].code : smap__arena_strndup(arena, text, len);
}

static smap_status ask(reader *r, smap_error *err) {
    const smap_access_options *o = r->run->options;
    for (int i = 0; i < o->service_types; i++) {
        const char *text = o->service_type[i];
        const char *code = code_of(r->types, text, strlen(text), &r->run->arena);
        if (!code || smap__dict_add(r->asked, code, strlen(code)) < 0) return smap__fail_memory(err);
    }
    return SMAP_OK;
}

/* ---- every service --------------------------------------------------------------------------------------------------
 */

static bool works(const reader *r, int64_t row) {
    const smap_column *status = smap_table_find(r->run->service.layer->table, "status");
    size_t len;
    if (!status || smap_column_is_null(status, row)) return true;
    const char *text = smap_column_text(status, row, &len);
    int at = smap__domain_find(r->statuses, text, len);
    return at < 0 || strcmp(r->statuses->code[at].code, "not_functional") != 0;
}

typedef struct tally {
    int64_t untyped, first_untyped, broken, first_broken;
} tally;

static smap_status take_codes(reader *r, tally *t, smap_error *err) {
    const smap_layer *layer = r->run->service.layer;
    const smap_column *types = smap_table_find(layer->table, "service_type");
    for (int64_t i = 0; i < r->run->service.count; i++) {
        size_t len;
        if (smap_column_is_null(types, i)) {
            if (t->untyped++ == 0) t->first_untyped = i;
            continue;
        }
        const char *text = smap_column_text(types, i, &len);
        const char *code = code_of(r->types, text, len, &r->run->arena);
        if (!code) return smap__fail_memory(err);
        bool wanted = smap__dict_count(r->asked) == 0 || smap__dict_find(r->asked, code, strlen(code)) >= 0;
        if (smap__dict_add(r->found, code, strlen(code)) < 0) return smap__fail_memory(err);
        if (!wanted) continue;
        if (works(r, i))
            r->code[i] = code;
        else if (t->broken++ == 0)
            t->first_broken = i;
    }
    return SMAP_OK;
}

static smap_status tell(smap__access_run *run, const tally *t, smap_error *err) {
    const smap_layer *layer = run->service.layer;
    smap__findings *findings = &run->service_findings;
    smap_status status = SMAP_OK;
    if (t->untyped)
        status = smap__findings_add(findings, err, SMAP__WARNING, "no_service_type",
                                    smap__layer_fid(layer, t->first_untyped), "service_type", NULL,
                                    "%lld of %lld services do not say of which type they are: they do not count",
                                    (long long)t->untyped, (long long)run->service.count);
    if (status == SMAP_OK && t->broken)
        status = smap__findings_add(findings, err, SMAP__INFO, "service_not_functional",
                                    smap__layer_fid(layer, t->first_broken), "status", NULL,
                                    "%lld services are not functional: they do not count", (long long)t->broken);
    return status;
}

/* ---- types ----------------------------------------------------------------------------------------------------------
 */

static smap_status fail_type(const reader *r, const char *code, smap_error *err) {
    smap__str list = SMAP__STR_INIT;
    int near = smap__domain_nearest(r->types, code, strlen(code));
    smap__dict_list(r->found, NULL, 0, &list);
    const char *there = list.data ? list.data : "none";
    smap_status status =
        near >= 0
            ? smap__fail(err, SMAP_E_NOT_FOUND, "service-type",
                         "--service-type %s: there is no such type; did you mean %s? Of the services here there "
                         "are: %s",
                         code, r->types->code[near].code, there)
            : smap__fail(err, SMAP_E_NOT_FOUND, "service-type",
                         "--service-type %s: there is no such type; of the services here there are: %s", code, there);
    smap__str_release(&list);
    return status;
}

/* A type that is asked for: of the vocabulary, or of a service at least. */
static smap_status check_asked(const reader *r, smap_error *err) {
    for (int32_t i = 0; i < smap__dict_count(r->asked); i++) {
        const char *code = smap__dict_text(r->asked, i);
        bool known = smap__domain_code(r->types, code, strlen(code)) >= 0;
        if (!known && smap__dict_find(r->found, code, strlen(code)) < 0) return fail_type(r, code, err);
    }
    return SMAP_OK;
}

/* Types in the order in which they are asked for, else in that of the vocabulary, others behind by their letters: not
 * in that of the services. */
static int rank_of(const reader *r, const char *code) {
    if (smap__dict_count(r->asked)) return smap__dict_find(r->asked, code, strlen(code));
    int at = smap__domain_code(r->types, code, strlen(code));
    return at >= 0 ? at : r->types->codes;
}

static bool comes_before(const reader *r, const char *a, const char *b) {
    int rank_a = rank_of(r, a), rank_b = rank_of(r, b);
    return rank_a != rank_b ? rank_a < rank_b : strcmp(a, b) < 0;
}

static smap_status make_types(reader *r, smap_error *err) {
    smap__access_services *s = &r->run->service;
    const smap__dict *from = smap__dict_count(r->asked) ? r->asked : r->found;
    int32_t n = smap__dict_count(from);
    s->code = smap__arena_alloc(&r->run->arena, (size_t)(n + 1) * sizeof *s->code);
    if (!s->code) return smap__fail_memory(err);
    for (int32_t i = 0; i < n; i++) {
        const char *code = smap__arena_strdup(&r->run->arena, smap__dict_text(from, i));
        int32_t at = s->types++;
        if (!code) return smap__fail_memory(err);
        for (; at > 0 && comes_before(r, code, s->code[at - 1]); at--) s->code[at] = s->code[at - 1];
        s->code[at] = code;
    }
    for (int64_t i = 0; i < s->count; i++) {
        s->type[i] = -1;
        for (int32_t t = 0; r->code[i] && t < s->types; t++)
            if (strcmp(r->code[i], s->code[t]) == 0) s->type[i] = t;
    }
    return SMAP_OK;
}

/* A type of which no service works is told, and nobody reaches it. */
static smap_status check_types(smap__access_run *run, smap_error *err) {
    const smap__access_services *s = &run->service;
    smap_status status = SMAP_OK;
    if (s->types == 0)
        return smap__fail(err, SMAP_E_NOT_FOUND, "service_type",
                          "no service says of which type it is; fill the column service_type (hospital, clinic, school "
                          "...)");
    for (int32_t t = 0; t < s->types && status == SMAP_OK; t++) {
        int64_t count = 0;
        for (int64_t i = 0; i < s->count; i++) count += s->type[i] == t;
        if (count == 0)
            status = smap__findings_add(&run->service_findings, err, SMAP__WARNING, "no_service", 0, "service_type",
                                        s->code[t], "there is no service of the type %s that works: nobody reaches one",
                                        s->code[t]);
    }
    return status;
}

/* Nobody can be told more services of a type than there are. */
static void bound_nearest(smap__access_run *run) {
    const smap__access_services *s = &run->service;
    uint32_t most = 1;
    for (int32_t t = 0; t < s->types; t++) {
        uint32_t count = 0;
        for (int64_t i = 0; i < s->count; i++) count += s->type[i] == t;
        if (count > most) most = count;
    }
    if (run->nearest > most) run->nearest = most;
    if (run->search > most) run->search = most;
}

/* ---- all ------------------------------------------------------------------------------------------------------------
 */

static smap_status find_types(smap__access_run *run, smap_error *err) {
    reader r = { .run = run };
    tally t = { 0 };
    r.code = smap__zalloc((size_t)run->service.count, sizeof *r.code);
    smap_status status = r.code ? smap__domain_get(run->ctx, "service_type", &r.types, err) : smap__fail_memory(err);
    if (status == SMAP_OK) status = smap__domain_get(run->ctx, "service_status", &r.statuses, err);
    if (status == SMAP_OK) status = smap__dict_new(&r.asked, err);
    if (status == SMAP_OK) status = smap__dict_new(&r.found, err);
    if (status == SMAP_OK) status = ask(&r, err);
    if (status == SMAP_OK) status = take_codes(&r, &t, err);
    if (status == SMAP_OK) status = check_asked(&r, err);
    if (status == SMAP_OK) status = make_types(&r, err);
    if (status == SMAP_OK) status = tell(run, &t, err);
    if (status == SMAP_OK) status = check_types(run, err);
    smap__dict_free(r.asked);
    smap__dict_free(r.found);
    smap__free(r.code);
    return status;
}

static smap_status read_capacity(smap__access_run *run, smap_error *err) {
    smap__access_services *s = &run->service;
    int64_t below = 0, first = -1;
    const smap_column *capacity = smap_table_find(s->layer->table, "capacity");
    s->capacity = smap__zalloc((size_t)s->count, sizeof *s->capacity);
    s->type = smap__zalloc((size_t)s->count, sizeof *s->type);
    if (!s->capacity || !s->type) return smap__fail_memory(err);
    for (int64_t i = 0; i < s->count; i++) {
        bool stated = smap__cell_number(capacity, i, &s->capacity[i]);
        if (stated && s->capacity[i] < 0 && below++ == 0) first = i;
        if (!stated || s->capacity[i] < 0) s->capacity[i] = NAN;
    }
    if (below == 0) return SMAP_OK;
    return smap__findings_add(&run->service_findings, err, SMAP__WARNING, "negative_capacity",
                              smap__layer_fid(s->layer, first), "capacity", NULL,
                              "%lld services state a capacity below 0: it is not known", (long long)below);
}

smap_status smap__access_services_read(smap__access_run *run, smap_error *err) {
    smap__access_services *s = &run->service;
    smap__asset_layer asset = { 0 };
    smap_status status = smap__asset_read(&run->inputs, "service", &asset, err);
    if (status == SMAP_OK && !asset.layer)
        status = smap__fail(err, SMAP_E_NOT_FOUND, "service",
                            "%s holds no services; import some, or name a file, for example: --service services.gpkg",
                            run->inputs.workspace_path);
    if (status == SMAP_OK) {
        s->layer = smap_layer_retain(asset.layer);
        s->count = smap_table_rows(s->layer->table);
        s->id = smap_table_find(s->layer->table, "service_id");
        s->name_en = smap_table_find(s->layer->table, "name_en");
        s->name_ar = smap_table_find(s->layer->table, "name_ar");
        status = smap__findings_join(&run->service_findings, &asset.findings, err);
    }
    const smap_geometry *shapes = NULL;
    if (status == SMAP_OK)
        status = smap__access_to_ground(run, s->layer, "service", &run->service_findings, &shapes, err);
    if (status == SMAP_OK) status = smap__access_points(shapes, &s->ground, err);
    if (status == SMAP_OK) status = smap_geometry_transform(run->ctx, s->ground, run->wgs84, &s->point, NULL, err);
    if (status == SMAP_OK) status = read_capacity(run, err);
    if (status == SMAP_OK) status = find_types(run, err);
    if (status == SMAP_OK) bound_nearest(run);
    smap_geometry_free(shapes);
    smap__asset_release(&asset);
    return status;
}
