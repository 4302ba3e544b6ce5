/* Who the data of a hazard is from, and what of the result is therefore made up. */
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "col/cell.h"
#include "job/array_columns.h"
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

typedef struct made_from { /* what sources are put together from, row by row */
    const smap__hazard_run *run;
    const smap_table *table;
    const smap_column *own; /* NULL: none that is text */
    bool invented;
    bool asset_invented[SMAP__ASSET_LAYERS];
} made_from;

static void put_source(const void *user, int64_t row, smap__str *out) {
    static const char made_up[] = "SYNTHETIC hazards";
    const made_from *m = user;
    size_t len = 0;
    const char *told = m->own ? smap_column_text(m->own, row, &len) : NULL;
    if (m->invented && !smap__says_synthetic(told, len)) smap__str_printf(out, "%s%s", made_up, len ? "; " : "");
    smap__str_put_n(out, told ? told : "", len);
}

smap_status smap__hazard_source_column(const smap__hazard_run *run, const smap__hazard_asset *asset, const char *name,
                                       const smap_column **out, smap_error *err) {
    made_from m = { .table = asset->base.layer->table, .invented = any_made_up(run) };
    const smap_column *own = smap_table_find(m.table, name);
    if (own && own->type == SMAP_TEXT) m.own = own;
    return smap__column_of_texts(name, smap_table_rows(m.table), put_source, &m, out, err);
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
static void put_sources(const void *user, int64_t row, smap__str *out) {
    const made_from *m = user;
    const smap__hazard_run *run = m->run;
    for (int i = 0; i < run->assets; i++)
        if (m->asset_invented[i] && smap__cell_is(smap_table_find(m->table, "asset"), row, run->asset[i].base.name))
            smap__str_put(out, "SYNTHETIC assets");
    for (int made_up = 1; made_up >= 0; made_up--)
        for (int h = 0; h < run->hazards; h++) {
            const smap__hazard *hazard = &run->hazard[h];
            if (!hazard->origin || smap__hazard_is_made_up(hazard) != made_up || !is_named(hazard, m->table, row))
                continue;
            smap__str_printf(out, "%s%s", out->len ? "; " : "", hazard->origin);
        }
}

static smap_status make_sources(const smap__hazard_run *run, const smap_table *t, const smap_column **out,
                                smap_error *err) {
    made_from m = { .run = run, .table = t };
    for (int i = 0; i < run->assets; i++) m.asset_invented[i] = smap__any_made_up(run->asset[i].base.layer);
    return smap__column_of_texts("source", smap_table_rows(t), put_sources, &m, out, err);
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
