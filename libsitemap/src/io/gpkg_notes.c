/* What a GeoPackage says about its layers: field domains, titles and descriptions of columns (gpkg_schema extension,
 * GDAL and QGIS make value maps of it), default styles (QGIS's own layer_styles table), and our key-value table. */
#include <string.h>
#include <strings.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "io/gpkg.h"

/* ---- columns and domains ---- */

static smap_status create_schema_tables(smap__gpkg *gpkg, smap_error *err) {
    static const char definition[] = "http://www.geopackage.org/spec121/#extension_schema";
    smap_status status = smap__gpkg_exec(
        gpkg, err,
        "CREATE TABLE IF NOT EXISTS gpkg_data_columns (table_name TEXT NOT NULL,column_name TEXT NOT NULL,name TEXT,title "
        "TEXT,description TEXT,mime_type TEXT,constraint_name TEXT,CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name),"
        "CONSTRAINT gdc_tn UNIQUE (table_name, name));"
        "CREATE TABLE IF NOT EXISTS gpkg_data_column_constraints (constraint_name TEXT NOT NULL,constraint_type TEXT NOT "
        "NULL,value TEXT,min NUMERIC,min_is_inclusive BOOLEAN,max NUMERIC,max_is_inclusive BOOLEAN,description TEXT,"
        "CONSTRAINT gdcc_ntv UNIQUE (constraint_name, constraint_type, value));");
    if (status != SMAP_OK) return status;
    status = smap__gpkg_extension(gpkg, "gpkg_data_columns", NULL, "gpkg_schema", definition, "read-write", err);
    if (status != SMAP_OK) return status;
    return smap__gpkg_extension(gpkg, "gpkg_data_column_constraints", NULL, "gpkg_schema", definition, "read-write",
                                err);
}

static const char *text_or_null(const char *text) {
    return text && *text ? text : NULL;
}

smap_status smap__gpkg_put_columns(smap__gpkg *gpkg, const char *table, const smap__gpkg_column *column, int columns,
                                   const smap_table *data, smap_error *err) {
    if (columns == 0) return SMAP_OK;
    smap_status status = create_schema_tables(gpkg, err);
    for (int i = 0; status == SMAP_OK && i < columns; i++) {
        const smap__gpkg_column *c = &column[i];
        if (!smap_table_find(data, c->name)) continue;
        if (!text_or_null(c->title) && !text_or_null(c->description) && !text_or_null(c->domain)) continue;
        status = smap__gpkg_exec(gpkg, err,
                                 "INSERT INTO gpkg_data_columns(table_name,column_name,name,title,description,"
                                 "constraint_name) VALUES(%Q,%Q,%Q,%Q,%Q,%Q)",
                                 table, c->name, c->name, text_or_null(c->title), text_or_null(c->description),
                                 text_or_null(c->domain));
    }
    return status;
}

smap_status smap__gpkg_put_domain(smap__gpkg *gpkg, const char *name, const char *description,
                                  const smap__gpkg_code *codes, int count, smap_error *err) {
    static const char insert[] =
        "INSERT INTO gpkg_data_column_constraints(constraint_name,constraint_type,value,description) VALUES(%Q,'enum',%Q,%Q)";
    smap_status status = create_schema_tables(gpkg, err);
    if (status != SMAP_OK) return status;
    /* Where GDAL 3.6 looks for a domain's description: an enumeration of one empty value. */
    char *note = sqlite3_mprintf("_%s_domain_description", name);
    if (!note) return smap__fail_memory(err);
    SMAP_TRY(smap__gpkg_exec(gpkg, err, "DELETE FROM gpkg_data_column_constraints WHERE constraint_name IN (%Q,%Q)",
                             name, note),
             done);
    for (int i = 0; i < count; i++)
        SMAP_TRY(smap__gpkg_exec(gpkg, err, insert, name, codes[i].code, text_or_null(codes[i].label)), done);
    if (text_or_null(description)) status = smap__gpkg_exec(gpkg, err, insert, note, "", description);
done:
    sqlite3_free(note);
    return status;
}

/* ---- styles ---- */

/* The table as QGIS 3.22 makes it; catalog and schema must be '' and not null for QGIS to find the default style. */
static smap_status create_style_table(smap__gpkg *gpkg, smap_error *err) {
    bool there = false;
    smap_status status = smap__gpkg_has_table(gpkg, "layer_styles", &there, err);
    if (status == SMAP_OK && !there)
        status = smap__gpkg_exec(
            gpkg, err,
            "CREATE TABLE layer_styles (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,f_table_catalog TEXT(256),"
            "f_table_schema TEXT(256),f_table_name TEXT(256),f_geometry_column TEXT(256),styleName TEXT(30),styleQML TEXT,"
            "styleSLD TEXT,useAsDefault BOOLEAN,description TEXT,owner TEXT(30),ui TEXT(30),update_time DATETIME DEFAULT "
            "(strftime('%%Y-%%m-%%dT%%H:%%M:%%fZ','now')))");
    if (status != SMAP_OK) return status;
    return smap__gpkg_register(gpkg, "layer_styles", "attributes", "layer_styles", "", NULL, 0, err);
}

smap_status smap__gpkg_put_style(smap__gpkg *gpkg, const char *layer, const char *name, const char *description,
                                 const char *qml, const char *sld, smap_error *err) {
    char *geometry = NULL;
    bool there = false;
    smap_status status = smap__gpkg_has_table(gpkg, layer, &there, err);
    if (status != SMAP_OK) return status;
    if (!there)
        return smap__fail(err, SMAP_E_NOT_FOUND, layer, "%s: there is no layer \"%s\" to style; write the layer first",
                          gpkg->target.path, layer);
    SMAP_TRY(create_style_table(gpkg, err), done);
    SMAP_TRY(smap__gpkg_text(gpkg, &geometry, err,
                             "SELECT column_name FROM gpkg_geometry_columns WHERE table_name = %Q COLLATE NOCASE",
                             layer),
             done);
    SMAP_TRY(smap__gpkg_exec(gpkg, err,
                             "DELETE FROM layer_styles WHERE f_table_name = %Q COLLATE NOCASE AND (useAsDefault OR "
                             "styleName = %Q)",
                             layer, name),
             done);
    status =
        smap__gpkg_exec(gpkg, err,
                        "INSERT INTO layer_styles(id,f_table_catalog,f_table_schema,f_table_name,f_geometry_column,"
                        "styleName,styleQML,styleSLD,useAsDefault,description,owner,ui,update_time) SELECT "
                        "coalesce(max(id),0)+1,'','',%Q,%Q,%Q,%Q,%Q,1,%Q,'',NULL,%Q FROM layer_styles",
                        layer, geometry ? geometry : "", name, qml ? qml : "", sld ? sld : "",
                        description ? description : "", gpkg->date);
done:
    smap__free(geometry);
    return status;
}

/* ---- sitemap_meta ---- */

/* Registered as an attribute table: QGIS lists every table, and one that is not in gpkg_contents opens as a broken
 * layer. */
static smap_status create_meta_table(smap__gpkg *gpkg, smap_error *err) {
    bool there = false;
    smap_status status = smap__gpkg_has_table(gpkg, "sitemap_meta", &there, err);
    if (status != SMAP_OK || there) return status;
    status = smap__gpkg_exec(
        gpkg, err, "CREATE TABLE sitemap_meta (id INTEGER PRIMARY KEY NOT NULL,key TEXT NOT NULL UNIQUE,value TEXT)");
    if (status != SMAP_OK) return status;
    return smap__gpkg_register(gpkg, "sitemap_meta", "attributes", "sitemap_meta", "", NULL, 0, err);
}

smap_status smap__gpkg_put_meta(smap__gpkg *gpkg, const char *key, const char *value, smap_error *err) {
    smap_status status;
    SMAP_TRY(create_meta_table(gpkg, err), done);
    SMAP_TRY(
        smap__gpkg_exec(gpkg, err,
                        "INSERT INTO sitemap_meta(id,key) SELECT (SELECT coalesce(max(id),0)+1 FROM sitemap_meta),%Q "
                        "WHERE NOT EXISTS (SELECT 1 FROM sitemap_meta WHERE key = %Q)",
                        key, key),
        done);
    status = smap__gpkg_exec(gpkg, err, "UPDATE sitemap_meta SET value = %Q WHERE key = %Q", value, key);
done:
    return status;
}
