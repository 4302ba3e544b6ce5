/* The tables of GeoPackage 1.2 (OGC 12-128r15) with the text of its annexes, and what GDAL adds (gpkg_ogr_contents). */
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "geo/crs.h"
#include "io/gpkg.h"

static const char tables[] =
    "CREATE TABLE IF NOT EXISTS gpkg_spatial_ref_sys (srs_name TEXT NOT NULL,srs_id INTEGER NOT NULL PRIMARY KEY,"
    "organization TEXT NOT NULL,organization_coordsys_id INTEGER NOT NULL,definition TEXT NOT NULL,description TEXT);"
    "CREATE TABLE IF NOT EXISTS gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY,data_type TEXT NOT NULL,"
    "identifier TEXT UNIQUE,description TEXT DEFAULT '',last_change DATETIME NOT NULL DEFAULT "
    "(strftime('%%Y-%%m-%%dT%%H:%%M:%%fZ','now')),min_x DOUBLE,min_y DOUBLE,max_x DOUBLE,max_y DOUBLE,srs_id INTEGER,"
    "CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));"
    "CREATE TABLE IF NOT EXISTS gpkg_ogr_contents (table_name TEXT NOT NULL PRIMARY KEY,feature_count INTEGER DEFAULT NULL);"
    "CREATE TABLE IF NOT EXISTS gpkg_geometry_columns (table_name TEXT NOT NULL,column_name TEXT NOT NULL,"
    "geometry_type_name TEXT NOT NULL,srs_id INTEGER NOT NULL,z TINYINT NOT NULL,m TINYINT NOT NULL,"
    "CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),CONSTRAINT uk_gc_table_name UNIQUE (table_name),"
    "CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),"
    "CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));"
    "CREATE TABLE IF NOT EXISTS gpkg_extensions (table_name TEXT,column_name TEXT,extension_name TEXT NOT NULL,"
    "definition TEXT NOT NULL,scope TEXT NOT NULL,CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name));"
    "INSERT OR IGNORE INTO gpkg_spatial_ref_sys VALUES"
    "('Undefined Cartesian SRS',-1,'NONE',-1,'undefined','undefined Cartesian coordinate reference system'),"
    "('Undefined geographic SRS',0,'NONE',0,'undefined','undefined geographic coordinate reference system')";

smap_status smap__gpkg_create_tables(smap__gpkg *gpkg, smap_error *err) {
    const smap_crs *wgs84 = NULL;
    int srs_id;
    smap_status status = smap__gpkg_exec(gpkg, err, tables);
    if (status != SMAP_OK) return status;
    SMAP_TRY(smap__crs_wgs84(gpkg->ctx, &wgs84, err), done);
    SMAP_TRY(smap__gpkg_srs(gpkg, wgs84, &srs_id, err), done); /* GeoPackage asks for it in every file */
done:
    smap_crs_free(wgs84);
    return status;
}

smap_status smap__gpkg_has_table(smap__gpkg *gpkg, const char *name, bool *out, smap_error *err) {
    int64_t n = 0;
    smap_status status = smap__gpkg_int(
        gpkg, &n, 0, err, "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = %Q COLLATE NOCASE", name);
    if (status == SMAP_OK) *out = n > 0;
    return status;
}

/* An id for a CRS that is new in the file: its code where that is free, else the first free one from 100000. */
static smap_status new_srs_id(smap__gpkg *gpkg, int code, int64_t *out, smap_error *err) {
    int64_t taken = 1;
    smap_status status = SMAP_OK;
    if (code > 0) {
        status =
            smap__gpkg_int(gpkg, &taken, 0, err, "SELECT count(*) FROM gpkg_spatial_ref_sys WHERE srs_id = %d", code);
        if (status == SMAP_OK && !taken) *out = code;
    }
    if (status != SMAP_OK || !taken) return status;
    return smap__gpkg_int(gpkg, out, 100000, err, "SELECT max(100000, max(srs_id) + 1) FROM gpkg_spatial_ref_sys");
}

static smap_status find_srs(smap__gpkg *gpkg, const smap_crs *crs, const char *definition, int64_t *id,
                            smap_error *err) {
    if (smap_crs_code(crs) > 0)
        return smap__gpkg_int(gpkg, id, -2, err,
                              "SELECT srs_id FROM gpkg_spatial_ref_sys WHERE organization = %Q COLLATE NOCASE AND "
                              "organization_coordsys_id = %d",
                              smap_crs_authority(crs), smap_crs_code(crs));
    return smap__gpkg_int(gpkg, id, -2, err, "SELECT srs_id FROM gpkg_spatial_ref_sys WHERE definition = %Q",
                          definition);
}

smap_status smap__gpkg_srs(smap__gpkg *gpkg, const smap_crs *crs, int *srs_id, smap_error *err) {
    int64_t id = -2;
    smap_status status;
    if (!crs) {
        *srs_id = -1;
        return SMAP_OK;
    }
    int code = smap_crs_code(crs);
    const char *definition = *smap__crs_wkt1(crs) ? smap__crs_wkt1(crs) : smap_crs_wkt(crs);
    SMAP_TRY(find_srs(gpkg, crs, definition, &id, err), done);
    if (id == -2) {
        SMAP_TRY(new_srs_id(gpkg, code, &id, err), done);
        SMAP_TRY(smap__gpkg_exec(gpkg, err, "INSERT INTO gpkg_spatial_ref_sys VALUES(%Q,%lld,%Q,%lld,%Q,NULL)",
                                 smap_crs_name(crs), (long long)id, code > 0 ? smap_crs_authority(crs) : "NONE",
                                 code > 0 ? (long long)code : (long long)id, definition),
                 done);
    }
    *srs_id = (int)id;
done:
    return status;
}

/* The identifier must be unique in the file; another layer's means that ours gets the table's name behind it. */
static smap_status free_identifier(smap__gpkg *gpkg, const char *table, const char *wanted, char **out,
                                   smap_error *err) {
    int64_t taken = 0;
    smap_status status =
        smap__gpkg_int(gpkg, &taken, 0, err,
                       "SELECT count(*) FROM gpkg_contents WHERE identifier = %Q AND table_name <> %Q", wanted, table);
    if (status != SMAP_OK) return status;
    *out = taken ? sqlite3_mprintf("%s (%s)", wanted, table) : sqlite3_mprintf("%s", wanted);
    return *out ? SMAP_OK : smap__fail_memory(err);
}

smap_status smap__gpkg_register(smap__gpkg *gpkg, const char *table, const char *type, const char *identifier,
                                const char *description, const smap_box *extent, int srs_id, smap_error *err) {
    static const char insert[] =
        "INSERT INTO gpkg_contents(table_name,data_type,identifier,description,last_change,min_x,"
        "min_y,max_x,max_y,srs_id) VALUES(?,?,?,?,?,?,?,?,?,?)";
    char *name = NULL;
    sqlite3_stmt *statement = NULL;
    smap_status status = smap__gpkg_exec(gpkg, err, "DELETE FROM gpkg_contents WHERE table_name = %Q", table);
    if (status == SMAP_OK)
        status = free_identifier(gpkg, table, identifier && *identifier ? identifier : table, &name, err);
    if (status != SMAP_OK) return status;
    int code = sqlite3_prepare_v2(gpkg->db, insert, -1, &statement, NULL);
    if (code == SQLITE_OK) {
        sqlite3_bind_text(statement, 1, table, -1, SQLITE_STATIC);
        sqlite3_bind_text(statement, 2, type, -1, SQLITE_STATIC);
        sqlite3_bind_text(statement, 3, name, -1, SQLITE_STATIC);
        sqlite3_bind_text(statement, 4, description ? description : "", -1, SQLITE_STATIC);
        sqlite3_bind_text(statement, 5, gpkg->date, -1, SQLITE_STATIC);
        if (extent && extent->xmin <= extent->xmax) {
            sqlite3_bind_double(statement, 6, extent->xmin);
            sqlite3_bind_double(statement, 7, extent->ymin);
            sqlite3_bind_double(statement, 8, extent->xmax);
            sqlite3_bind_double(statement, 9, extent->ymax);
        }
        if (extent) sqlite3_bind_int(statement, 10, srs_id);
        code = sqlite3_step(statement);
    }
    if (code != SQLITE_DONE) status = smap__gpkg_fail(gpkg, code, err);
    sqlite3_finalize(statement);
    sqlite3_free(name);
    return status;
}

smap_status smap__gpkg_extension(smap__gpkg *gpkg, const char *table, const char *column, const char *name,
                                 const char *definition, const char *scope, smap_error *err) {
    /* UNIQUE lets rows with a null column repeat, so look first. */
    return smap__gpkg_exec(gpkg, err,
                           "INSERT INTO gpkg_extensions SELECT %Q,%Q,%Q,%Q,%Q WHERE NOT EXISTS (SELECT 1 FROM "
                           "gpkg_extensions WHERE table_name IS %Q AND column_name IS %Q AND extension_name = %Q)",
                           table, column, name, definition, scope, table, column, name);
}
