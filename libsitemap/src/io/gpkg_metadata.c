/* The metadata extension (GeoPackage 1.2, F.8): documents, and what each of them is about. */
#include "io/gpkg.h"

static smap_status create_metadata_tables(smap__gpkg *gpkg, smap_error *err) {
    static const char definition[] = "http://www.geopackage.org/spec121/#extension_metadata";
    smap_status status = smap__gpkg_exec(
        gpkg, err,
        "CREATE TABLE IF NOT EXISTS gpkg_metadata (id INTEGER CONSTRAINT m_pk PRIMARY KEY ASC NOT NULL,md_scope TEXT NOT "
        "NULL DEFAULT 'dataset',md_standard_uri TEXT NOT NULL,mime_type TEXT NOT NULL DEFAULT 'text/xml',metadata TEXT NOT "
        "NULL DEFAULT '');"
        "CREATE TABLE IF NOT EXISTS gpkg_metadata_reference (reference_scope TEXT NOT NULL,table_name TEXT,column_name "
        "TEXT,row_id_value INTEGER,timestamp DATETIME NOT NULL DEFAULT (strftime('%%Y-%%m-%%dT%%H:%%M:%%fZ','now')),"
        "md_file_id INTEGER NOT NULL,md_parent_id INTEGER,CONSTRAINT crmr_mfi_fk FOREIGN KEY (md_file_id) REFERENCES "
        "gpkg_metadata(id),CONSTRAINT crmr_mpi_fk FOREIGN KEY (md_parent_id) REFERENCES gpkg_metadata(id));");
    if (status != SMAP_OK) return status;
    status = smap__gpkg_extension(gpkg, "gpkg_metadata", NULL, "gpkg_metadata", definition, "read-write", err);
    if (status != SMAP_OK) return status;
    return smap__gpkg_extension(gpkg, "gpkg_metadata_reference", NULL, "gpkg_metadata", definition, "read-write", err);
}

smap_status smap__gpkg_put_metadata(smap__gpkg *gpkg, const char *table, const char *standard, const char *xml,
                                    smap_error *err) {
    smap_status status = create_metadata_tables(gpkg, err);
    if (status == SMAP_OK)
        status = smap__gpkg_exec(gpkg, err,
                                 "INSERT INTO gpkg_metadata(id,md_scope,md_standard_uri,mime_type,metadata) SELECT "
                                 "coalesce(max(id),0)+1,'dataset',%Q,'text/xml',%Q FROM gpkg_metadata",
                                 standard, xml);
    if (status == SMAP_OK)
        status = smap__gpkg_exec(gpkg, err,
                                 "INSERT INTO gpkg_metadata_reference(reference_scope,table_name,timestamp,md_file_id) "
                                 "SELECT %Q,%Q,%Q,max(id) FROM gpkg_metadata",
                                 table ? "table" : "geopackage", table, gpkg->date);
    return status;
}
