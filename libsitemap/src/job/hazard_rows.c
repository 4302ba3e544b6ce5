/* Which rows of a source are those of one hazard, where a column says it of each row. */
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/path.h"
#include "col/dict.h"
#include "job/hazard_run.h"

/* Different words of the column `hazard`, and what they stand for. */
typedef struct words {
    smap__dict *dict;
    int32_t *of_row; /* -1 = empty */
    bool *fits;      /* [word] */
    bool any_known;  /* one of them is a hazard */
    bool any_fits;
} words;

static void release_words(words *w) {
    smap__dict_free(w->dict);
    smap__free(w->of_row);
    smap__free(w->fits);
}

static smap_status collect(const smap_column *column, words *w, smap_error *err) {
    w->of_row = smap__zalloc((size_t)column->count, sizeof *w->of_row);
    smap_status status = w->of_row ? smap__dict_new(&w->dict, err) : smap__fail_memory(err);
    if (status == SMAP_OK) status = smap__dict_encode(w->dict, column, w->of_row, err);
    if (status != SMAP_OK) return status;
    w->fits = smap__zalloc((size_t)smap__dict_count(w->dict), sizeof *w->fits);
    return w->fits ? SMAP_OK : smap__fail_memory(err);
}

/* The very name that was told (floods of 10 and of 100 years), else the same kind of hazard. */
static smap_status judge(smap__hazard_run *run, const smap__hazard_spec *spec, words *w, smap_error *err) {
    int32_t count = smap__dict_count(w->dict), named = smap__dict_find(w->dict, spec->name, strlen(spec->name));
    for (int32_t i = 0; i < count; i++) {
        const char *kind = NULL;
        smap_status status = smap__hazard_kind(run->ctx, &run->arena, smap__dict_text(w->dict, i), &kind, err);
        if (status != SMAP_OK) return status;
        w->fits[i] = named >= 0 ? i == named : *kind && strcmp(kind, spec->kind) == 0;
        w->any_known |= *kind != 0;
        w->any_fits |= w->fits[i];
    }
    return SMAP_OK;
}

static smap_status fail_none(const smap__hazard *h, const words *w, smap_error *err) {
    smap__str list = SMAP__STR_INIT;
    for (int32_t i = 0; i < smap__dict_count(w->dict); i++)
        smap__str_printf(&list, "%s%s", i ? ", " : "", smap__dict_text(w->dict, i));
    smap_status status = smap__fail(err, SMAP_E_ARGUMENT, "hazard",
                                    "hazard %s: the column hazard of %s names other hazards: %.300s; call the hazard "
                                    "by one of these names, or say with column=hazard that the column holds classes",
                                    h->spec.name, smap__path_name(h->spec.source), list.data ? list.data : "");
    smap__str_release(&list);
    return status;
}

static smap_status take(smap__hazard_run *run, smap__hazard *h, const words *w, smap_error *err) {
    const smap_layer *all = h->polygons, *own = NULL;
    int64_t n = smap_table_rows(all->table), count = 0;
    int64_t *rows = smap__zalloc((size_t)n, sizeof *rows);
    if (!rows) return smap__fail_memory(err);
    for (int64_t i = 0; i < n; i++)
        if (w->of_row[i] >= 0 && w->fits[w->of_row[i]]) rows[count++] = i;
    smap_status status = count < n ? smap_layer_take(all, rows, count, &own, err) : SMAP_OK;
    smap__free(rows);
    if (status != SMAP_OK || !own) return status;
    smap_layer_free(all);
    h->polygons = own;
    return smap__findings_add(&run->findings, err, SMAP__INFO, "other_hazards", 0, "hazard", NULL,
                              "hazard %s: %lld of %lld rows of %s are taken; the others are left out, their column "
                              "hazard names another or none",
                              h->spec.name, (long long)count, (long long)n, smap__path_name(h->spec.source));
}

smap_status smap__hazard_own_rows(smap__hazard_run *run, smap__hazard *h, smap_error *err) {
    const smap_column *column = smap_table_find(h->polygons->table, "hazard");
    words w = { 0 };
    bool holds_classes = h->spec.column && strcmp(h->spec.column, "hazard") == 0;
    if (!column || column->type != SMAP_TEXT || holds_classes) return SMAP_OK;
    smap_status status = collect(column, &w, err);
    if (status == SMAP_OK) status = judge(run, &h->spec, &w, err);
    bool mixes_nothing = !*h->spec.kind && smap__dict_count(w.dict) == 1;
    if (status == SMAP_OK && w.any_known && !(mixes_nothing && !w.any_fits))
        status = w.any_fits ? take(run, h, &w, err) : fail_none(h, &w, err);
    release_words(&w);
    return status;
}
