#include "workspace/layer_out.h"

#include "base/arena.h"
#include "base/fail.h"
#include "model/domain.h"

/* Domains and titles are for people of both languages. */
static char *both(smap__arena *arena, smap__label label) {
    if (!*label.ar) return smap__arena_strdup(arena, label.en);
    if (!*label.en) return smap__arena_strdup(arena, label.ar);
    return smap__arena_printf(arena, "%s / %s", label.en, label.ar);
}

static smap_status put_domain(smap_ctx *ctx, smap__gpkg *gpkg, smap__arena *arena, const char *name, smap_error *err) {
    const smap__domain *domain = NULL;
    smap_status status = smap__domain_get(ctx, name, &domain, err);
    if (status != SMAP_OK) return status;
    smap__gpkg_code *codes = smap__arena_alloc(arena, ((size_t)domain->codes + 1) * sizeof *codes);
    for (int i = 0; codes && i < domain->codes; i++) {
        codes[i] = (smap__gpkg_code){ domain->code[i].code, both(arena, domain->code[i].label) };
        if (!codes[i].label) codes = NULL;
    }
    if (!codes) return smap__fail_memory(err);
    return smap__gpkg_put_domain(gpkg, name, NULL, codes, domain->codes, err);
}

/* The type that the file declares for a layer of one shape, so that QGIS offers to draw the right thing; NULL lets the
 * data say it: for layers of several shapes, and for features that are none of the shape. */
static const char *geometry_type(const smap__schema *schema, const smap_geometry *g) {
    unsigned shapes = schema->shapes & ~(unsigned)SMAP__SHAPE_NONE;
    unsigned fit = shapes == SMAP__SHAPE_POINT     ? 1u << SMAP_GEOM_POINT
                   : shapes == SMAP__SHAPE_LINE    ? 1u << SMAP_GEOM_LINESTRING | 1u << SMAP_GEOM_MULTILINESTRING
                   : shapes == SMAP__SHAPE_POLYGON ? 1u << SMAP_GEOM_POLYGON | 1u << SMAP_GEOM_MULTIPOLYGON
                                                   : 0;
    for (int64_t i = 0; i < g->count; i++)
        if (g->type[i] != SMAP_GEOM_NULL && !(fit & 1u << g->type[i])) return fit ? NULL : "GEOMETRY";
    return shapes == SMAP__SHAPE_POINT     ? "POINT"
           : shapes == SMAP__SHAPE_LINE    ? "MULTILINESTRING"
           : shapes == SMAP__SHAPE_POLYGON ? "MULTIPOLYGON"
                                           : "GEOMETRY";
}

smap_status smap__layer_out(smap_ctx *ctx, smap__gpkg *gpkg, const smap__schema *schema, const smap_layer *content,
                            smap_error *err) {
    smap_status status = SMAP_OK;
    smap__arena arena = SMAP__ARENA_INIT;
    smap__gpkg_column *column = smap__arena_alloc(&arena, (size_t)(schema->fields + 1) * sizeof *column);
    char *identifier = both(&arena, schema->label);
    if (!column || !identifier) {
        status = smap__fail_memory(err);
        goto done;
    }
    for (int i = 0; i < schema->fields; i++) {
        const smap__field *field = &schema->field[i];
        column[i] = (smap__gpkg_column){ field->name, both(&arena, field->label), field->description, field->domain };
        if (!column[i].title) {
            status = smap__fail_memory(err);
            goto done;
        }
        if (*field->domain && smap_table_find(content->table, field->name))
            SMAP_TRY(put_domain(ctx, gpkg, &arena, field->domain, err), done);
    }
    const smap__gpkg_layer layer = { .name = schema->name,
                                     .identifier = identifier,
                                     .description = schema->description,
                                     .geometry_type =
                                         content->geometry ? geometry_type(schema, content->geometry) : NULL,
                                     .layer = content,
                                     .column = column,
                                     .columns = schema->fields,
                                     .keep_fid = content->fid != NULL };
    status = smap__gpkg_put_layer(gpkg, &layer, err);
done:
    smap__arena_release(&arena);
    return status;
}
