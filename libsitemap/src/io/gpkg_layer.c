/* A layer's table: its definition from the columns, its place in the GeoPackage's own tables, and its end. */
#include <string.h>
#include <strings.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "io/gpkg.h"

/* ---- names ---- */

static bool starts_with(const char *name, const char *prefix) {
    return strncasecmp(name, prefix, strlen(prefix)) == 0;
}

static smap_status check_name(const char *name, smap_error *err) {
    if (!name || !*name) return smap__fail(err, SMAP_E_ARGUMENT, NULL, "a layer has no name; give it one");
    if (starts_with(name, "gpkg_") || starts_with(name, "rtree_") || starts_with(name, "sqlite_") ||
        strcasecmp(name, "layer_styles") == 0 || strcasecmp(name, "qgis_projects") == 0 ||
        strcasecmp(name, "sitemap_meta") == 0)
        return smap__fail(
            err, SMAP_E_ARGUMENT, name,
            "%s cannot be the name of a layer: GeoPackage, SQLite or QGIS use it themselves; choose another", name);
    return SMAP_OK;
}

/* Only a table that the file lists as a layer under this very name may be replaced: of anything else, a user's own
 * table say, nobody has read what would be lost. SQLite folds ASCII case in names, gpkg_contents does not. */
static smap_status check_replaceable(smap__gpkg *gpkg, const char *name, smap_error *err) {
    char *found = NULL;
    int64_t layers = 0;
    smap_status status;
    SMAP_TRY(smap__gpkg_text(gpkg, &found, err,
                             "SELECT type || ' \"' || name || '\"' FROM sqlite_master WHERE name = %Q COLLATE NOCASE",
                             name),
             done);
    if (!found) return SMAP_OK;
    SMAP_TRY(
        smap__gpkg_int(
            gpkg, &layers, 0, err,
            "SELECT count(*) FROM gpkg_contents WHERE table_name = %Q AND data_type IN ('features', 'attributes', 'aspatial')",
            name),
        done);
    if (!layers)
        status = smap__fail(
            err, SMAP_E_REFUSED, gpkg->target.path,
            "%s: has a %s that it does not list as a layer \"%s\" (in gpkg_contents) and that writing this layer would destroy; rename it or move it to another file, and try again",
            gpkg->target.path, found, name);
done:
    smap__free(found);
    return status;
}

static bool has_column(const smap_table *table, const char *name) {
    for (int i = 0; i < smap_table_columns(table); i++)
        if (strcasecmp(smap_table_at(table, i)->name, name) == 0) return true;
    return false;
}

/* The first of `candidates` that no column has; SQLite folds ASCII case in names. */
static const char *free_name(const smap_table *table, const char *const *candidates) {
    while (candidates[1] && has_column(table, candidates[0])) candidates++;
    return candidates[0];
}

/* ---- geometry type ---- */

/* The name of the narrowest type that holds all features; singles and multis of one kind make the multi. */
static const char *type_of_data(const smap_geometry *g, bool *multi) {
    static const char *const names[] = { "GEOMETRY",   "POINT",           "LINESTRING",   "POLYGON",
                                         "MULTIPOINT", "MULTILINESTRING", "MULTIPOLYGON", "GEOMETRYCOLLECTION" };
    unsigned seen = 0;
    for (int64_t i = 0; i < g->count; i++) seen |= 1u << g->type[i];
    seen &= ~(1u << SMAP_GEOM_NULL);
    *multi = false;
    for (int type = SMAP_GEOM_POINT; type <= SMAP_GEOM_COLLECTION; type++)
        if (seen == 1u << type) return names[type];
    for (int type = SMAP_GEOM_POINT; type <= SMAP_GEOM_POLYGON; type++) {
        if (seen == (1u << type | 1u << (type + 3))) {
            *multi = true;
            return names[type + 3];
        }
    }
    return names[0];
}

/* ---- table ---- */

static const char *sql_type(smap_type type) {
    switch (type) {
    case SMAP_BOOL:
        return "BOOLEAN";
    case SMAP_INT64:
        return "INTEGER";
    case SMAP_FLOAT64:
        return "REAL";
    case SMAP_TEXT:
        return "TEXT";
    case SMAP_DATE:
        return "DATE";
    case SMAP_TIMESTAMP:
        return "DATETIME";
    case SMAP_BLOB:
        return "BLOB";
    }
    return "TEXT";
}

static smap_status create_table(smap__gpkg *gpkg, const smap__gpkg_out_table *table, const char *geometry_type,
                                const smap_table *data, smap_error *err) {
    smap_status status;
    sqlite3_str *sql = sqlite3_str_new(gpkg->db);
    sqlite3_str_appendf(sql, "CREATE TABLE \"%w\" (\"%w\" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL", table->name,
                        table->fid);
    if (table->geometry) sqlite3_str_appendf(sql, ", \"%w\" %s", table->geometry, geometry_type);
    for (int i = 0; i < smap_table_columns(data); i++) {
        const smap_column *column = smap_table_at(data, i);
        for (int j = 0; j < i; j++) {
            if (strcasecmp(column->name, smap_table_at(data, j)->name) == 0) {
                sqlite3_free(sqlite3_str_finish(sql));
                return smap__fail(
                    err, SMAP_E_SCHEMA, column->name,
                    "layer %s: the columns %s and %s differ in case only, which a GeoPackage cannot hold; "
                    "rename one",
                    table->name, smap_table_at(data, j)->name, column->name);
            }
        }
        sqlite3_str_appendf(sql, ", \"%w\" %s", column->name, sql_type(column->type));
    }
    sqlite3_str_appendall(sql, ")");
    char *text = sqlite3_str_finish(sql);
    if (!text) return smap__fail_memory(err);
    status = smap__gpkg_exec(gpkg, err, "%s", text);
    sqlite3_free(text);
    return status;
}

static smap_status expect(smap__gpkg *gpkg, const char *table, int64_t rows, smap_error *err) {
    for (size_t i = 0; i < gpkg->expecting; i++) {
        if (strcasecmp(gpkg->expected[i].table, table) == 0) {
            gpkg->expected[i].rows = rows;
            return SMAP_OK;
        }
    }
    char *name = smap__strdup(table);
    if (!name || !smap__grow(&gpkg->expected, &gpkg->expected_capacity, gpkg->expecting + 1, sizeof *gpkg->expected)) {
        smap__free(name);
        return smap__fail_memory(err);
    }
    gpkg->expected[gpkg->expecting++] = (smap__gpkg_expected){ name, rows };
    return SMAP_OK;
}

static smap_status register_geometry(smap__gpkg *gpkg, const smap__gpkg_out_table *table, const char *type,
                                     const smap_geometry *g, smap_error *err) {
    return smap__gpkg_exec(gpkg, err, "INSERT INTO gpkg_geometry_columns VALUES(%Q,%Q,%Q,%d,%d,%d)", table->name,
                           table->geometry, type, table->srs_id, g->z ? 2 : 0, g->m ? 2 : 0);
}

static smap_status write_table(smap__gpkg *gpkg, const smap__gpkg_layer *layer, smap__gpkg_out_table *table,
                               const char *type, smap_error *err) {
    smap_status status;
    smap__gpkg_boxes boxes = { 0 };
    const smap_geometry *g = layer->layer->geometry;
    const smap_table *data = layer->layer->table;
    SMAP_TRY(create_table(gpkg, table, type, data, err), done);
    SMAP_TRY(smap__gpkg_write_rows(gpkg, table, layer->layer, layer->keep_fid, &boxes, err), done);
    SMAP_TRY(smap__gpkg_register(gpkg, table->name, g ? "features" : "attributes", layer->identifier,
                                 layer->description, g ? &boxes.extent : NULL, table->srs_id, err),
             done);
    if (g) {
        SMAP_TRY(register_geometry(gpkg, table, type, g, err), done);
        SMAP_TRY(smap__gpkg_write_rtree(gpkg, table, &boxes, err), done);
    }
    SMAP_TRY(smap__gpkg_exec(gpkg, err, "INSERT INTO gpkg_ogr_contents VALUES(%Q,%lld)", table->name,
                             (long long)boxes.count),
             done);
    SMAP_TRY(smap__gpkg_put_columns(gpkg, table->name, layer->column, layer->columns, data, err), done);
    SMAP_TRY(smap__gpkg_create_triggers(gpkg, table, err), done);
    status = expect(gpkg, table->name, boxes.count, err);
done:
    smap__gpkg_boxes_release(&boxes);
    return status;
}

/* Remove a layer's table and its rows everywhere; its styles stay when `keep_styles`. */
static smap_status drop(smap__gpkg *gpkg, const char *name, bool keep_styles, smap_error *err);

smap_status smap__gpkg_put_layer(smap__gpkg *gpkg, const smap__gpkg_layer *layer, smap_error *err) {
    static const char *const fid_names[] = { "fid", "ogc_fid", "feature_id", "fid_of_table", NULL };
    static const char *const geometry_names[] = { "geom", "geometry", "the_geom", "geom_of_table", NULL };
    const smap_geometry *g = layer->layer->geometry;
    const char *type = NULL;
    smap_status status = check_name(layer->name, err);
    if (status != SMAP_OK) return status;
    smap__gpkg_out_table table = { .name = layer->name, .fid = free_name(layer->layer->table, fid_names) };
    SMAP_TRY(check_replaceable(gpkg, layer->name, err), done);
    SMAP_TRY(drop(gpkg, layer->name, true, err), done);
    if (g) {
        table.geometry = free_name(layer->layer->table, geometry_names);
        type = type_of_data(g, &table.multi);
        if (layer->geometry_type) {
            type = layer->geometry_type;
            table.multi = strncmp(type, "MULTI", 5) == 0;
        }
        SMAP_TRY(smap__gpkg_srs(gpkg, g->crs, &table.srs_id, err), done);
    }
    status = write_table(gpkg, layer, &table, type, err);
done:
    return status;
}

/* ---- dropping ---- */

static smap_status forget_in(smap__gpkg *gpkg, const char *list, const char *column, const char *name,
                             smap_error *err) {
    bool there = false;
    smap_status status = smap__gpkg_has_table(gpkg, list, &there, err);
    if (status != SMAP_OK || !there) return status;
    return smap__gpkg_exec(gpkg, err, "DELETE FROM \"%w\" WHERE \"%w\" = %Q COLLATE NOCASE", list, column, name);
}

static smap_status drop_index(smap__gpkg *gpkg, const char *name, smap_error *err) {
    char *geometry = NULL;
    bool there = false;
    char *index = NULL;
    smap_status status = smap__gpkg_text(gpkg, &geometry, err,
                                         "SELECT column_name FROM gpkg_geometry_columns WHERE table_name = %Q COLLATE "
                                         "NOCASE",
                                         name);
    if (status != SMAP_OK || !geometry) return status;
    index = sqlite3_mprintf("rtree_%s_%s", name, geometry);
    if (!index) {
        status = smap__fail_memory(err);
        goto done;
    }
    SMAP_TRY(smap__gpkg_has_table(gpkg, index, &there, err), done);
    if (there) status = smap__gpkg_exec(gpkg, err, "DROP TABLE \"%w\"", index);
done:
    sqlite3_free(index);
    smap__free(geometry);
    return status;
}

static void forget_expected(smap__gpkg *gpkg, const char *name) {
    for (size_t i = 0; i < gpkg->expecting; i++) {
        if (strcasecmp(gpkg->expected[i].table, name) != 0) continue;
        smap__free(gpkg->expected[i].table);
        gpkg->expected[i] = gpkg->expected[--gpkg->expecting];
        return;
    }
}

static smap_status drop(smap__gpkg *gpkg, const char *name, bool keep_styles, smap_error *err) {
    static const char *const lists[][2] = {
        { "gpkg_extensions", "table_name" },   { "gpkg_geometry_columns", "table_name" },
        { "gpkg_data_columns", "table_name" }, { "gpkg_metadata_reference", "table_name" },
        { "gpkg_ogr_contents", "table_name" }, { "gpkg_contents", "table_name" },
        { "layer_styles", "f_table_name" }
    };
    bool there = false;
    smap_status status;
    forget_expected(gpkg, name);
    SMAP_TRY(smap__gpkg_has_table(gpkg, name, &there, err), done);
    if (there) SMAP_TRY(drop_index(gpkg, name, err), done);
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        if (keep_styles && strcmp(lists[i][0], "layer_styles") == 0) continue;
        SMAP_TRY(forget_in(gpkg, lists[i][0], lists[i][1], name, err), done);
    }
    if (there) status = smap__gpkg_exec(gpkg, err, "DROP TABLE \"%w\"", name);
done:
    return status;
}

smap_status smap__gpkg_drop_layer(smap__gpkg *gpkg, const char *name, smap_error *err) {
    smap_status status = check_name(name, err);
    if (status == SMAP_OK) status = check_replaceable(gpkg, name, err);
    return status == SMAP_OK ? drop(gpkg, name, false, err) : status;
}
