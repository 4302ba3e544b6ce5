#include "workspace/migration.h"

#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/path.h"
#include "model/json.h"

struct smap__migration {
    smap__json_doc *doc;
    const smap__json *steps;
    int from, to;
};

/* The step that leads from `version` to the next, or NULL. */
static const smap__json *step_from(const smap__migration *m, int version) {
    for (size_t i = 0; i < smap__json_size(m->steps); i++) {
        const smap__json *step = smap__json_item(m->steps, i);
        if (smap__json_integer(smap__json_get(step, "from"), -1) == version) return step;
    }
    return NULL;
}

static smap_status check_way(const smap__migration *m, const char *path, smap_error *err) {
    if (m->from > m->to)
        return smap__fail(err, SMAP_E_SCHEMA, path,
                          "%s was made by a newer sitemap (model version %d, this program knows %d); update sitemap",
                          path, m->from, m->to);
    for (int version = m->from; version < m->to; version++)
        if (!step_from(m, version))
            return smap__fail(
                err, SMAP_E_SCHEMA, path,
                "%s is of model version %d, from which this program (version %d) knows no way; open it with "
                "an older sitemap and export its layers",
                path, m->from, m->to);
    return SMAP_OK;
}

smap_status smap__migration_new(smap_ctx *ctx, const char *path, int from, int to, smap__migration **out,
                                smap_error *err) {
    smap_status status = SMAP_OK;
    char *file = smap__path_join(smap_ctx_data_dir(ctx) ? smap_ctx_data_dir(ctx) : ".", "migrations.json");
    smap__migration *m = smap__zalloc(1, sizeof *m);
    if (!file || !m) {
        status = smap__fail_memory(err);
        goto fail;
    }
    m->from = from;
    m->to = to;
    SMAP_TRY(smap__json_read(file, &m->doc, err), fail);
    m->steps = smap__json_get(smap__json_root(m->doc), "steps");
    SMAP_TRY(check_way(m, path, err), fail);
    smap__free(file);
    *out = m;
    return SMAP_OK;
fail:
    smap__free(file);
    smap__migration_free(m);
    return status;
}

void smap__migration_free(smap__migration *migration) {
    if (!migration) return;
    smap__json_free(migration->doc);
    smap__free(migration);
}

/* The older name of `name` in one step, or `name`; `layer` NULL looks among layers. */
static const char *older(const smap__json *step, const char *layer, const char *name) {
    const smap__json *list = smap__json_get(step, layer ? "columns" : "layers");
    for (size_t i = 0; i < smap__json_size(list); i++) {
        const smap__json *rename = smap__json_item(list, i);
        if (strcmp(smap__json_text(smap__json_get(rename, "to"), ""), name) != 0) continue;
        if (layer && strcmp(smap__json_text(smap__json_get(rename, "layer"), ""), layer) != 0) continue;
        return smap__json_text(smap__json_get(rename, "from"), name);
    }
    return name;
}

const char *smap__migration_layer(const smap__migration *migration, const char *layer) {
    if (!migration) return layer;
    for (int version = migration->to - 1; version >= migration->from; version--)
        layer = older(step_from(migration, version), NULL, layer);
    return layer;
}

/* `layer` is today's name, and the steps name layers as they were called after the step. */
const char *smap__migration_column(const smap__migration *migration, const char *layer, const char *column) {
    if (!migration) return column;
    for (int version = migration->to - 1; version >= migration->from; version--) {
        const smap__json *step = step_from(migration, version);
        column = older(step, layer, column);
        layer = older(step, NULL, layer);
    }
    return column;
}
