#include "protect/audience_rules.h"

#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/arena.h"
#include "base/ctx.h"
#include "base/fail.h"
#include "base/path.h"

typedef struct kept { /* what the slot of the context holds */
    smap__audience_rules rules;
    smap__arena arena;
} kept;

static void kept_free(void *state) {
    kept *k = state;
    if (!k) return;
    smap__scrub_free(k->rules.scrub);
    smap__json_free(k->rules.doc);
    smap__free(k->rules.audience);
    smap__arena_release(&k->arena);
    smap__free(k);
}

bool smap__audience_rules_list(const smap__json *list, const char *text) {
    for (size_t i = 0; i < smap__json_size(list); i++)
        if (strcmp(smap__json_text(smap__json_item(list, i), ""), text) == 0) return true;
    return false;
}

/* "{NAME}" replaced by a text; in Arabic what is put in keeps its own direction. */
static const char *fill_in(kept *k, const char *text, const char *name, const char *with) {
    const char *at = text ? strstr(text, name) : NULL;
    if (!at) return text;
    return smap__arena_printf(&k->arena, "%.*s%s%s", (int)(at - text), text, with, at + strlen(name));
}

static const char *isolated(kept *k, const char *text) {
    return text ? smap__arena_printf(&k->arena, "\xe2\x81\xa6%s\xe2\x81\xa9", text) : NULL;
}

static const char *fill_note(kept *k, const smap__audience *a, const char *lang, const char *below) {
    bool arabic = strcmp(lang, "ar") == 0;
    const char *note = smap__json_text(smap__json_get(smap__json_get(a->small_counts, "note"), lang), "");
    const char *small = arabic ? isolated(k, a->mark) : a->mark, *too = arabic ? isolated(k, a->mark_too) : a->mark_too;
    if (!small || !too) return NULL;
    note = fill_in(k, note, "{small}", small);
    note = fill_in(k, note, "{too}", too);
    return fill_in(k, note, "{below}", below);
}

/* The signs of counts that are not told, with the limit that is in force. */
static bool fill_marks(kept *k, smap__audience *a) {
    char below[32];
    if (!a->small_counts) return true;
    snprintf(below, sizeof below, "%lld", (long long)smap__audience_least(a, NULL));
    a->mark = fill_in(k, smap__json_text(smap__json_get(a->small_counts, "mark"), "<{below}"), "{below}", below);
    a->mark_too = smap__json_text(smap__json_get(a->small_counts, "mark_too"), "*");
    a->marks_note_en = fill_note(k, a, "en", below);
    a->marks_note_ar = fill_note(k, a, "ar", below);
    return a->mark && a->marks_note_en && a->marks_note_ar;
}

static bool fill_audience(kept *k, const smap__json *from, smap__audience *to) {
    const smap__json *tag = smap__json_get(from, "tag");
    *to = (smap__audience){ .name = smap__json_text(smap__json_get(from, "name"), ""),
                            .tag_en = smap__json_text(smap__json_get(tag, "en"), ""),
                            .tag_ar = smap__json_text(smap__json_get(tag, "ar"), ""),
                            .layers = smap__json_get(from, "layers"),
                            .columns = smap__json_get(from, "columns"),
                            .rule = smap__json_get(from, "rule"),
                            .positions_note = smap__json_get(from, "positions_note"),
                            .small_counts = smap__json_get(from, "small_counts"),
                            .all = smap__json_bool(smap__json_get(from, "all"), false),
                            .rules = &k->rules };
    to->tag_both = smap__arena_printf(&k->arena, "%s / %s", to->tag_en, to->tag_ar);
    return to->tag_both && fill_marks(k, to);
}

static smap_status fill(kept *k, smap_error *err) {
    smap__audience_rules *r = &k->rules;
    r->root = smap__json_root(r->doc);
    const smap__json *list = smap__json_get(r->root, "audiences");
    r->audiences = smap__json_size(list);
    r->audience = smap__zalloc(r->audiences + 1, sizeof *r->audience);
    if (!r->audience) return smap__fail_memory(err);
    for (size_t i = 0; i < r->audiences; i++)
        if (!fill_audience(k, smap__json_item(list, i), &r->audience[i])) return smap__fail_memory(err);
    return smap__scrub_new(smap__json_get(r->root, "patterns"), &r->scrub, err);
}

static smap_status read_rules(const char *path, kept **out, smap_error *err) {
    kept *k = smap__zalloc(1, sizeof *k);
    if (!k) return smap__fail_memory(err);
    smap_status status = smap__json_read(path, &k->rules.doc, err);
    if (status == SMAP_OK) status = fill(k, err);
    if (status == SMAP_OK)
        *out = k;
    else
        kept_free(k);
    return status;
}

smap_status smap__audience_rules_of(smap_ctx *ctx, const smap__audience_rules **out, smap_error *err) {
    smap_status status = SMAP_OK;
    char *path = smap__path_join(smap_ctx_data_dir(ctx) ? smap_ctx_data_dir(ctx) : ".", "audiences.json");
    if (!path) return smap__fail_memory(err);
    pthread_mutex_lock(&ctx->lock);
    kept *k = ctx->slot[SMAP__SLOT_PROTECT].state;
    if (!k) {
        status = read_rules(path, &k, err);
        if (status == SMAP_OK) {
            ctx->slot[SMAP__SLOT_PROTECT].state = k;
            ctx->slot[SMAP__SLOT_PROTECT].release = kept_free;
        }
    }
    pthread_mutex_unlock(&ctx->lock);
    smap__free(path);
    if (status == SMAP_OK) *out = &k->rules;
    return status;
}
