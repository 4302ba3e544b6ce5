#include "protect/audience.h"

#include <string.h>

#include "base/alloc.h"
#include "base/arena.h"
#include "base/ctx.h"
#include "base/fail.h"
#include "base/path.h"
#include "base/str.h"
#include "model/json.h"

struct smap__audience {
    const char *name, *tag_en, *tag_ar, *tag_both;
    const char *const *layers; /* classes that it may see, NULL-terminated */
    const char *const *columns;
    bool unknown_columns;
};

typedef struct rules { /* of all audiences; kept with the context */
    smap__arena arena;
    smap__audience *audience;
    size_t count;
} rules;

static void rules_free(void *state) {
    rules *r = state;
    smap__arena_release(&r->arena);
    smap__free(r);
}

/* ---- reading ---- */

static const char *keep_text(rules *r, const smap__json *value) {
    return smap__arena_strdup(&r->arena, smap__json_text(value, ""));
}

static const char *const *keep_list(rules *r, const smap__json *array) {
    size_t n = smap__json_size(array);
    const char **list = smap__arena_alloc(&r->arena, (n + 1) * sizeof *list);
    if (!list) return NULL;
    for (size_t i = 0; i < n; i++) {
        list[i] = keep_text(r, smap__json_item(array, i));
        if (!list[i]) return NULL;
    }
    list[n] = NULL;
    return list;
}

static bool keep_audience(rules *r, const smap__json *from, smap__audience *to) {
    const smap__json *tag = smap__json_get(from, "tag");
    to->name = keep_text(r, smap__json_get(from, "name"));
    to->tag_en = keep_text(r, smap__json_get(tag, "en"));
    to->tag_ar = keep_text(r, smap__json_get(tag, "ar"));
    to->layers = keep_list(r, smap__json_get(from, "layers"));
    to->columns = keep_list(r, smap__json_get(from, "columns"));
    to->unknown_columns = smap__json_bool(smap__json_get(from, "unknown_columns"), false);
    if (!to->name || !to->tag_en || !to->tag_ar || !to->layers || !to->columns) return false;
    to->tag_both = smap__arena_printf(&r->arena, "%s / %s", to->tag_en, to->tag_ar);
    return to->tag_both != NULL;
}

static smap_status read_rules(const char *path, rules **out, smap_error *err) {
    smap__json_doc *doc = NULL;
    smap_status status = smap__json_read(path, &doc, err);
    if (status != SMAP_OK) return status;
    rules *r = smap__zalloc(1, sizeof *r);
    if (!r) {
        status = smap__fail_memory(err);
        goto done;
    }
    const smap__json *list = smap__json_get(smap__json_root(doc), "audiences");
    r->count = smap__json_size(list);
    r->audience = smap__arena_alloc(&r->arena, (r->count + 1) * sizeof *r->audience);
    bool kept = r->audience != NULL;
    for (size_t i = 0; kept && i < r->count; i++) kept = keep_audience(r, smap__json_item(list, i), &r->audience[i]);
    if (kept) {
        *out = r;
    } else {
        rules_free(r);
        status = smap__fail_memory(err);
    }
done:
    smap__json_free(doc);
    return status;
}

/* The rules of the context, read on first use. */
static smap_status rules_of(smap_ctx *ctx, const rules **out, smap_error *err) {
    smap_status status = SMAP_OK;
    char *path = smap__path_join(smap_ctx_data_dir(ctx) ? smap_ctx_data_dir(ctx) : ".", "audiences.json");
    if (!path) return smap__fail_memory(err);
    pthread_mutex_lock(&ctx->lock);
    rules *r = ctx->slot[SMAP__SLOT_PROTECT].state;
    if (!r) {
        status = read_rules(path, &r, err);
        if (status == SMAP_OK) {
            ctx->slot[SMAP__SLOT_PROTECT].state = r;
            ctx->slot[SMAP__SLOT_PROTECT].release = rules_free;
        }
    }
    pthread_mutex_unlock(&ctx->lock);
    smap__free(path);
    if (status == SMAP_OK) *out = r;
    return status;
}

smap_status smap__audience_get(smap_ctx *ctx, const char *name, const smap__audience **out, smap_error *err) {
    const rules *r = NULL;
    smap__str known = SMAP__STR_INIT;
    smap_status status = rules_of(ctx, &r, err);
    if (status != SMAP_OK) return status;
    for (size_t i = 0; i < r->count; i++) {
        if (strcmp(r->audience[i].name, name) == 0) {
            *out = &r->audience[i];
            smap__str_release(&known);
            return SMAP_OK;
        }
        if (i) smap__str_put(&known, ", ");
        smap__str_put(&known, r->audience[i].name);
    }
    status = smap__fail(err, SMAP_E_REFUSED, name,
                        "there are no rules for the audience \"%s\", so nothing is written for it; use one of: %s",
                        name, known.data ? known.data : "none");
    smap__str_release(&known);
    return status;
}

const char *smap__audience_tag(const smap__audience *audience, const char *lang) {
    if (strcmp(lang, "ar") == 0) return audience->tag_ar;
    return strcmp(lang, "both") == 0 ? audience->tag_both : audience->tag_en;
}

/* ---- views ---- */

static bool sees(const char *const *classes, const char *class) {
    for (; *classes; classes++)
        if (strcmp(*classes, class) == 0) return true;
    return false;
}

static bool sees_column(const smap__audience *audience, const smap__schema *schema, const char *name) {
    const smap__field *field = schema ? smap__schema_field(schema, name) : NULL;
    return field ? sees(audience->columns, field->sensitivity) : audience->unknown_columns;
}

static smap_status check_layer(const smap__audience *audience, const smap__schema *schema, const char *layer,
                               smap_error *err) {
    if (schema ? sees(audience->layers, schema->sensitivity) : audience->unknown_columns) return SMAP_OK;
    return smap__fail(err, SMAP_E_REFUSED, layer,
                      "layer %s may not be shown to the audience \"%s\"; leave it out or choose another audience",
                      layer, audience->name);
}

smap_status smap__audience_view(smap_ctx *ctx, const smap__audience *audience, const smap__schema *schema,
                                const smap_layer *layer, const smap_layer **out, smap_error *err) {
    (void)ctx;
    smap_status status = check_layer(audience, schema, layer->name, err);
    if (status != SMAP_OK) return status;
    int columns = smap_table_columns(layer->table), kept = 0;
    const smap_table *table = NULL;
    const smap_column **keep = smap__zalloc((size_t)columns + 1, sizeof *keep);
    if (!keep) return smap__fail_memory(err);
    for (int i = 0; i < columns; i++) {
        const smap_column *column = smap_table_at(layer->table, i);
        if (sees_column(audience, schema, column->name)) keep[kept++] = column;
    }
    status = smap_table_new(keep, kept, smap_table_rows(layer->table), &table, err);
    if (status == SMAP_OK) status = smap_layer_new(layer->name, table, layer->geometry, layer->fid, out, err);
    smap_table_free(table);
    smap__free(keep);
    return status;
}
