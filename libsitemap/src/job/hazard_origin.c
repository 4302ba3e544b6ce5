/* Who the data of a hazard is from, and what of the result is therefore made up. */
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "col/cell.h"
#include "job/hazard_run.h"
#include "job/row_sources.h"

static smap_status of_polygons(smap__hazard_run *run, smap__hazard *h, smap_error *err) {
    smap__str text = SMAP__STR_INIT;
    smap_status status = smap__put_sources(h->polygons, &text, err);
    if (status == SMAP_OK && text.len) h->origin = smap__arena_strdup(&run->arena, text.data);
    if (status == SMAP_OK && text.len && !h->origin) status = smap__fail_memory(err);
    smap__str_release(&text);
    return status;
}

static smap_status of_raster(smap__hazard_run *run, smap__hazard *h, smap_error *err) {
    const char *source = smap__hazard_cells_source(h->cells);
    if (!*source) return SMAP_OK;
    h->origin = smap__arena_strdup(&run->arena, source);
    return h->origin ? SMAP_OK : smap__fail_memory(err);
}

smap_status smap__hazard_origins(smap__hazard_run *run, smap_error *err) {
    smap_status status = SMAP_OK;
    for (int i = 0; i < run->hazards && status == SMAP_OK; i++) {
        smap__hazard *h = &run->hazard[i];
        if (h->origin) continue;
        status = h->polygons ? of_polygons(run, h, err) : of_raster(run, h, err);
    }
    return status;
}

bool smap__hazard_is_made_up(const smap__hazard *hazard) {
    return hazard->origin && smap__says_synthetic(hazard->origin, strlen(hazard->origin));
}

static bool any_made_up(const smap__hazard_run *run) {
    for (int i = 0; i < run->hazards; i++)
        if (smap__hazard_is_made_up(&run->hazard[i])) return true;
    return false;
}

smap_status smap__hazard_source_column(const smap__hazard_run *run, const smap__hazard_asset *asset, const char *name,
                                       const smap_column **out, smap_error *err) {
    static const char made_up[] = "SYNTHETIC hazards";
    const smap_column *own = smap_table_find(asset->base.layer->table, name);
    bool text = own && own->type == SMAP_TEXT, invented = any_made_up(run);
    smap__str source = SMAP__STR_INIT;
    smap_column_builder *b = NULL;
    smap_status status = smap_column_builder_new(name, SMAP_TEXT, &b, err);
    for (int64_t i = 0; i < smap_table_rows(asset->base.layer->table) && status == SMAP_OK; i++) {
        size_t len = 0;
        const char *told = text ? smap_column_text(own, i, &len) : NULL;
        smap__str_clear(&source);
        if (invented && !smap__says_synthetic(told, len)) smap__str_printf(&source, "%s%s", made_up, len ? "; " : "");
        smap__str_put_n(&source, told ? told : "", len);
        status = source.failed ? smap__fail_memory(err)
                               : smap_column_append_text(b, source.len ? source.data : NULL, source.len, err);
    }
    if (status == SMAP_OK) status = smap_column_builder_finish(b, out, err);
    smap_column_builder_free(b);
    smap__str_release(&source);
    return status;
}

/* ---- tables of several rows of assets -------------------------------------------------------------------------------
 */

/* Is the hazard named in one of the columns? The name "any" is all of them. */
static bool is_named(const smap__hazard *h, const smap_table *t, int64_t row) {
    static const char *const names[] = { "hazard", "hazard_a", "hazard_b" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const smap_column *column = smap_table_find(t, names[i]);
        if (column && (smap__cell_is(column, row, h->spec.name) || smap__cell_is(column, row, "any"))) return true;
    }
    return false;
}

/* Made-up ones first: a text that begins with SYNTHETIC says so of all of it. */
static void put_sources(const smap__hazard_run *run, const bool *assets_made_up, const smap_table *t, int64_t row,
                        smap__str *out) {
    for (int i = 0; i < run->assets; i++)
        if (assets_made_up[i] && smap__cell_is(smap_table_find(t, "asset"), row, run->asset[i].base.name))
            smap__str_put(out, "SYNTHETIC assets");
    for (int made_up = 1; made_up >= 0; made_up--)
        for (int h = 0; h < run->hazards; h++) {
            const smap__hazard *hazard = &run->hazard[h];
            if (!hazard->origin || smap__hazard_is_made_up(hazard) != made_up || !is_named(hazard, t, row)) continue;
            smap__str_printf(out, "%s%s", out->len ? "; " : "", hazard->origin);
        }
}

static smap_status make_sources(const smap__hazard_run *run, const smap_table *t, const smap_column **out,
                                smap_error *err) {
    bool made_up[SMAP__ASSET_LAYERS] = { false };
    smap__str text = SMAP__STR_INIT;
    smap_column_builder *b = NULL;
    smap_status status = smap_column_builder_new("source", SMAP_TEXT, &b, err);
    for (int i = 0; i < run->assets; i++) made_up[i] = smap__any_made_up(run->asset[i].base.layer);
    for (int64_t i = 0; i < smap_table_rows(t) && status == SMAP_OK; i++) {
        smap__str_clear(&text);
        put_sources(run, made_up, t, i, &text);
        status = text.failed ? smap__fail_memory(err)
                             : smap_column_append_text(b, text.len ? text.data : NULL, text.len, err);
    }
    if (status == SMAP_OK) status = smap_column_builder_finish(b, out, err);
    smap_column_builder_free(b);
    smap__str_release(&text);
    return status;
}

smap_status smap__hazard_put_sources(const smap__hazard_run *run, const smap_table **table, smap_error *err) {
    const smap_table *old = *table, *made = NULL;
    const smap_column *source = NULL;
    int n = smap_table_columns(old), count = 0;
    const smap_column **column = smap__zalloc((size_t)n + 1, sizeof *column);
    smap_status status = column ? make_sources(run, old, &source, err) : smap__fail_memory(err);
    bool placed = false;
    for (int i = 0; i < n && status == SMAP_OK; i++) {
        bool here = strcmp(smap_table_at(old, i)->name, "source") == 0;
        column[count++] = here ? source : smap_table_at(old, i);
        placed |= here;
    }
    if (status == SMAP_OK && !placed) column[count++] = source;
    if (status == SMAP_OK) status = smap_table_new(column, count, smap_table_rows(old), &made, err);
    if (status == SMAP_OK) {
        smap_table_free(old);
        *table = made;
    }
    smap_column_free(source);
    smap__free(column);
    return status;
}
