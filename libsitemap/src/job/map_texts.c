#include "job/map_texts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "col/cell.h"
#include "col/dict.h"
#include "job/map_shown.h"
#include "model/domain.h"
#include "sheet/sheet_text.h"

void smap__map_texts_release(smap__map_texts *texts) {
    smap__free(texts->item);
    smap__arena_release(&texts->arena);
    *texts = (smap__map_texts){ 0 };
}

static smap_status add(smap__map_texts *t, const char *key, const char *en, const char *ar, smap_error *err) {
    if (!smap__grow(&t->item, &t->capacity, t->count + 1, sizeof *t->item)) return smap__fail_memory(err);
    smap__sheet_text text = { smap__arena_strdup(&t->arena, key), smap__arena_strdup(&t->arena, en),
                              smap__arena_strdup(&t->arena, ar) };
    if (!text.key || !text.en || !text.ar) return smap__fail_memory(err);
    t->item[t->count++] = text;
    return SMAP_OK;
}

/* A text that the user may set in one language, as KEY_en or KEY_ar. */
static smap_status add_worded(smap__map_texts *t, const smap_map_options *o, const char *key, const char *en,
                              const char *ar, smap_error *err) {
    char name[64];
    if (strlen(key) + 4 > sizeof name) return smap__fail(err, SMAP_E_ARGUMENT, key, "%s is too long a key", key);
    snprintf(name, sizeof name, "%s_en", key);
    const char *one = smap__pair_find(o->set, o->sets, name);
    if (one) en = one;
    snprintf(name, sizeof name, "%s_ar", key);
    one = smap__pair_find(o->set, o->sets, name);
    if (one) ar = one;
    if (!en && !ar) return SMAP_OK;
    return add(t, key, en ? en : ar, ar ? ar : en, err);
}

/* The same with KEY for both languages. */
static smap_status add_settable(smap__map_texts *t, const smap_map_options *o, const char *key, const char *en,
                                const char *ar, smap_error *err) {
    const char *both = smap__pair_find(o->set, o->sets, key);
    return add_worded(t, o, key, both ? both : en, both ? both : ar, err);
}

static int compare_texts(const void *a, const void *b) {
    const char *const *x = a, *const *y = b;
    return strcmp(*x, *y);
}

/* The sources that one text names: of what was made from several it is "A; B". */
static smap_status add_parts(smap__dict *sources, const char *text, size_t len, smap_error *err) {
    for (size_t from = 0, to = 0; to <= len; to++) {
        if (to < len && (to + 1 == len || text[to] != ';' || text[to + 1] != ' ')) continue;
        const char *part = text + from;
        size_t n = to - from;
        smap__trim(&part, &n);
        if (n && smap__dict_add(sources, part, n) < 0) return smap__fail_memory(err);
        from = to + 1;
    }
    return SMAP_OK;
}

/* The sources that features in the frame name, into `sources`; *unnamed tells whether one of them names none. */
static smap_status collect_sources(const smap_layer *layer, const smap__map_extent *extent, smap__dict *sources,
                                   bool *unnamed, smap_error *err) {
    const smap_column *c = smap_table_find(layer->table, "source");
    for (int64_t row = 0; row < smap_table_rows(layer->table); row++) {
        size_t len = 0;
        if (!smap__map_extent_touches(extent, layer, row)) continue;
        const char *text = c && c->type == SMAP_TEXT ? smap_column_text(c, row, &len) : "";
        if (!len) *unnamed = true;
        smap_status status = add_parts(sources, text, len, err);
        if (status != SMAP_OK) return status;
    }
    return SMAP_OK;
}

/* Those of all rows of a table, wherever they are from; of one that shows what the map does, of the rows of that. */
static smap_status collect_table_sources(const smap_table *table, const smap__map_shown *shown, smap__dict *sources,
                                         smap_error *err) {
    const smap_column *c = smap_table_find(table, "source");
    for (int64_t row = 0; c && c->type == SMAP_TEXT && row < c->count; row++) {
        size_t len = 0;
        if (!smap__map_shown_holds(shown, row)) continue;
        const char *text = smap_column_text(c, row, &len);
        smap_status status = add_parts(sources, text, len, err);
        if (status != SMAP_OK) return status;
    }
    return SMAP_OK;
}

/* "A; B; C" of all texts of a dictionary, in order of the texts. Where some run from right to left, none turns the
 * others. */
static smap_status join_sorted(const smap__dict *dict, smap__str *out, smap_error *err) {
    int32_t n = smap__dict_count(dict);
    const char **sorted = smap__zalloc((size_t)n, sizeof *sorted);
    if (!sorted) return smap__fail_memory(err);
    for (int32_t i = 0; i < n; i++) sorted[i] = smap__dict_text(dict, i);
    qsort(sorted, (size_t)n, sizeof *sorted, compare_texts);
    bool mixed = false;
    for (int32_t i = 0; i < n; i++) mixed = mixed || smap__text_has_rtl(sorted[i]);
    for (int32_t i = 0; i < n; i++) {
        if (i) smap__str_put(out, "; ");
        if (mixed && n > 1)
            smap__text_put_isolated(out, sorted[i]);
        else
            smap__str_put(out, sorted[i]);
    }
    smap__free(sorted);
    return SMAP_OK;
}

/* That positions are coarse stands beside the sources, which every sheet has room for. */
static void put_positions(const smap__map_texts_input *in, const char *lang, smap__str *out) {
    for (int i = 0; i < in->layers->count; i++) {
        const char *note = smap__audience_positions(in->audience, in->layers->item[i].layer->name, lang);
        if (!note) continue;
        smap__str_printf(out, "; %s", note);
        return;
    }
}

/* Who the features in the frame and the tables are from, each source once; a layer that does not say is named too, with
 * `words`. */
static smap_status add_sources(smap__map_texts *t, const smap__map_texts_input *in, smap_error *err) {
    const smap__json *words = smap__json_get(in->sheet, "source_not_named");
    smap__dict *sources = NULL;
    smap__str named = SMAP__STR_INIT, en = SMAP__STR_INIT, ar = SMAP__STR_INIT;
    smap_status status = smap__dict_new(&sources, err);
    for (int i = 0; i < in->layers->count && status == SMAP_OK; i++) {
        const smap__sheet_layer *item = &in->layers->item[i];
        bool unnamed = false;
        status = collect_sources(item->layer, in->extent, sources, &unnamed, err);
        if (!unnamed) continue;
        smap__str_printf(&en, "; %s: %s", item->title_en, smap__json_text(smap__json_get(words, "en"), "?"));
        smap__str_printf(&ar, "; %s: %s", item->title_ar, smap__json_text(smap__json_get(words, "ar"), "?"));
    }
    for (int i = 0; i < in->tables->count && status == SMAP_OK; i++) {
        const smap__sheet_table *table = &in->tables->item[i];
        smap__map_shown shown;
        status = smap__map_shown_find(in->sheet, table->layer, table->table, in->layers, in->extent, &shown, err);
        if (status == SMAP_OK) status = collect_table_sources(table->table, &shown, sources, err);
        smap__map_shown_release(&shown);
    }
    if (status == SMAP_OK) status = join_sorted(sources, &named, err);
    put_positions(in, "en", &en);
    put_positions(in, "ar", &ar);
    size_t named_len = named.len;
    if (en.data) smap__str_put(&named, named_len ? en.data : en.data + 2);
    smap__str both = SMAP__STR_INIT;
    smap__str_put_n(&both, named.data ? named.data : "", named_len);
    if (ar.data) smap__str_put(&both, named_len ? ar.data : ar.data + 2);
    if (named.failed || en.failed || ar.failed || both.failed) status = smap__fail_memory(err);
    if (status == SMAP_OK) status = add_settable(t, in->options, "sources", named.data, both.data, err);
    smap__str_release(&both);
    smap__str_release(&named);
    smap__str_release(&en);
    smap__str_release(&ar);
    smap__dict_free(sources);
    return status;
}

static int64_t newest_in_frame(const smap__map_layers *layers, const smap__map_extent *extent) {
    int64_t newest = 0;
    for (int i = 0; i < layers->count; i++) {
        const smap_layer *l = layers->item[i].layer;
        const smap_column *c = smap_table_find(l->table, "date");
        if (!c || c->type != SMAP_DATE || layers->item[i].is_base) continue;
        for (int64_t row = 0; row < c->count; row++)
            if (!smap_column_is_null(c, row) && c->v.i[row] * SMAP__MS_PER_DAY > newest &&
                smap__map_extent_touches(extent, l, row))
                newest = c->v.i[row] * SMAP__MS_PER_DAY;
    }
    return newest;
}

static smap_status add_date(smap__map_texts *t, const smap_map_options *o, const char *key, int64_t ms,
                            smap_error *err) {
    char text[32];
    smap__format_timestamp(ms, text);
    text[10] = '\0';
    return add_settable(t, o, key, ms ? text : NULL, NULL, err);
}

/* Keys that the functions above have dealt with; what else was set goes to the sheet as it is. */
static bool is_found_key(const char *key) {
    static const char *const found[] = { "area", "title", "date_updated", "produced", "audience", "sources" };
    for (size_t i = 0; i < sizeof found / sizeof *found; i++) {
        size_t n = strlen(found[i]);
        if (strncmp(key, found[i], n) != 0) continue;
        if (!key[n] || strcmp(key + n, "_en") == 0 || strcmp(key + n, "_ar") == 0) return true;
    }
    return false;
}

/* What the sheet file says where neither the data nor the user does ("defaults": {KEY: {"en", "ar"}}). */
static smap_status add_defaults(smap__map_texts *t, const smap__json *defaults, smap_error *err) {
    size_t at = 0;
    const char *key;
    const smap__json *value;
    while (smap__json_member(defaults, &at, &key, &value)) {
        bool given = false;
        for (size_t k = 0; k < t->count; k++) given = given || strcmp(t->item[k].key, key) == 0;
        if (given) continue;
        const char *en = smap__json_text(smap__json_get(value, "en"), "");
        smap_status status = add(t, key, en, smap__json_text(smap__json_get(value, "ar"), en), err);
        if (status != SMAP_OK) return status;
    }
    return SMAP_OK;
}

/* The country of the P-codes in `admin`: their first two letters are its ISO code. */
static smap_status add_country(smap_ctx *ctx, smap__map_texts *t, const smap_map_options *o,
                               const smap__map_layers *layers, smap_error *err) {
    const smap__domain *countries;
    const smap__code *country = NULL;
    smap_status status = smap__domain_get(ctx, "country", &countries, err);
    for (int i = 0; status == SMAP_OK && i < layers->count && !country; i++) {
        const smap_column *pcode = smap_table_find(layers->item[i].layer->table, "pcode");
        for (int64_t row = 0; pcode && pcode->type == SMAP_TEXT && row < pcode->count && !country; row++) {
            size_t len;
            const char *text = smap_column_text(pcode, row, &len);
            int found = len >= 2 ? smap__domain_code(countries, text, 2) : -1;
            if (found >= 0) country = &countries->code[found];
        }
    }
    if (status != SMAP_OK) return status;
    return add_settable(t, o, "country", country ? country->label.en : NULL, country ? country->label.ar : NULL, err);
}

/* Areas in the frame that a source was asked to look at and did not produce: said, lest their emptiness reads as
 * safety. */
static smap_status add_coverage(smap__map_texts *t, const smap__map_texts_input *in, smap_error *err) {
    const smap__json *words = smap__json_get(in->sheet, "not_produced");
    smap__str names = SMAP__STR_INIT;
    for (int i = 0; i < in->layers->count; i++) {
        const smap_layer *l = in->layers->item[i].layer;
        const smap_column *state = smap_table_find(l->table, "status"), *name = smap_table_find(l->table, "name_en");
        if (strcmp(l->name, "coverage") != 0 || !state || !name) continue;
        for (int64_t row = 0; row < name->count; row++) {
            if (!smap__cell_is(state, row, "not_produced") || !smap__map_extent_touches(in->extent, l, row)) continue;
            if (names.len) smap__str_put(&names, ", ");
            smap__cell_put(&names, name, row);
        }
    }
    smap_status status = names.failed ? smap__fail_memory(err) : SMAP_OK;
    if (status == SMAP_OK && names.len) {
        const char *en =
            smap__arena_printf(&t->arena, "%s%s", smap__json_text(smap__json_get(words, "en"), ""), names.data);
        const char *ar =
            smap__arena_printf(&t->arena, "%s%s", smap__json_text(smap__json_get(words, "ar"), ""), names.data);
        status = en && ar ? add(t, "coverage", en, ar, err) : smap__fail_memory(err);
    }
    smap__str_release(&names);
    return status;
}

/* Whose the picture below the map is, and how fine. */
static smap_status add_base(smap__map_texts *t, const smap__map_texts_input *in, smap_error *err) {
    smap__str en = SMAP__STR_INIT, ar = SMAP__STR_INIT;
    if (!in->base) return SMAP_OK;
    smap_status status = smap__map_base_describe(in->base, in->sheet, in->extent->box, in->wgs84, &en, &ar, err);
    if (status == SMAP_OK) status = add_worded(t, in->options, "base", en.data, ar.data, err);
    smap__str_release(&en);
    smap__str_release(&ar);
    return status;
}

/* What the sheet shows of results that hold several, as {KEY}: --set KEY chooses the value and --set KEY_en how it is
 * called. */
static smap_status add_choices(smap__map_texts *t, const smap_map_options *o, const smap__map_choices *choices,
                               smap_error *err) {
    smap_status status = SMAP_OK;
    for (int i = 0; choices && i < choices->count && status == SMAP_OK; i++)
        status = add_worded(t, o, choices->item[i].key, choices->label[i].en, choices->label[i].ar, err);
    return status;
}

static smap_status add_rest(smap__map_texts *t, const smap_map_options *o, smap_error *err) {
    smap_status status = SMAP_OK;
    for (int i = 0; i < o->sets && status == SMAP_OK; i++) {
        const char *key = o->set[i].key;
        size_t n = strlen(key);
        bool known = is_found_key(key);
        char *stem = smap__strdup(key);
        if (!stem) return smap__fail_memory(err);
        if (n > 3 && (strcmp(key + n - 3, "_en") == 0 || strcmp(key + n - 3, "_ar") == 0)) stem[n - 3] = '\0';
        for (size_t k = 0; k < t->count; k++) known = known || strcmp(t->item[k].key, stem) == 0;
        if (!known) status = add_settable(t, o, stem, NULL, NULL, err);
        smap__free(stem);
    }
    return status;
}

smap_status smap__map_texts_build(smap_ctx *ctx, const smap__map_texts_input *in, smap__map_texts *out,
                                  smap_error *err) {
    const smap_map_options *o = in->options;
    const smap__map_extent *extent = in->extent;
    smap__map_texts t = { 0 };
    const char *name_en = extent->name_en[0] ? extent->name_en : NULL;
    const char *name_ar = extent->name_ar[0] ? extent->name_ar : NULL;
    smap_status status = add_settable(&t, o, "area", name_en, name_ar, err);
    if (status == SMAP_OK) status = add_settable(&t, o, "title", o->title, NULL, err);
    if (status == SMAP_OK) status = add_date(&t, o, "date_updated", newest_in_frame(in->layers, extent), err);
    if (status == SMAP_OK) status = add_date(&t, o, "produced", in->date_ms, err);
    if (status == SMAP_OK)
        status =
            add(&t, "audience", smap__audience_tag(in->audience, "en"), smap__audience_tag(in->audience, "ar"), err);
    if (status == SMAP_OK) status = add_sources(&t, in, err);
    if (status == SMAP_OK) status = add_base(&t, in, err);
    if (status == SMAP_OK) status = add_country(ctx, &t, o, in->layers, err);
    if (status == SMAP_OK) status = add_coverage(&t, in, err);
    if (status == SMAP_OK) status = add_choices(&t, o, in->choices, err);
    if (status == SMAP_OK) status = add_rest(&t, o, err);
    if (status == SMAP_OK) status = add_defaults(&t, smap__json_get(in->sheet, "defaults"), err);
    if (status == SMAP_OK)
        *out = t;
    else
        smap__map_texts_release(&t);
    return status;
}
