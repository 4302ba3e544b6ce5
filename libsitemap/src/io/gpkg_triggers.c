/* The triggers of GeoPackage 1.2, annex F.3 (spatial index), as GDAL 3.6 and QGIS 3.22 write and expect them, and
 * GDAL's two that keep gpkg_ogr_contents. Made after the bulk fill; never run by us. */
#include "base/fail.h"
#include "io/gpkg.h"

static smap_status create_count(smap__gpkg *gpkg, const char *t, smap_error *err) {
    return smap__gpkg_exec(
        gpkg, err,
        "CREATE TRIGGER \"trigger_insert_feature_count_%w\" AFTER INSERT ON \"%w\" BEGIN UPDATE gpkg_ogr_contents SET "
        "feature_count = feature_count + 1 WHERE lower(table_name) = lower(%Q); END;"
        "CREATE TRIGGER \"trigger_delete_feature_count_%w\" AFTER DELETE ON \"%w\" BEGIN UPDATE gpkg_ogr_contents SET "
        "feature_count = feature_count - 1 WHERE lower(table_name) = lower(%Q); END;",
        t, t, t, t, t, t);
}

smap_status smap__gpkg_create_triggers(smap__gpkg *gpkg, const smap__gpkg_out_table *table, smap_error *err) {
    smap_status status = SMAP_OK;
    const char *t = table->name, *g = table->geometry, *f = table->fid;
    char *index = NULL, *put = NULL;
    if (!g) return create_count(gpkg, t, err);
    index = sqlite3_mprintf("rtree_%s_%s", t, g);
    put = index ? sqlite3_mprintf("INSERT OR REPLACE INTO \"%w\" VALUES (NEW.\"%w\",ST_MinX(NEW.\"%w\"),"
                                  "ST_MaxX(NEW.\"%w\"),ST_MinY(NEW.\"%w\"),ST_MaxY(NEW.\"%w\"))",
                                  index, f, g, g, g, g)
                : NULL;
    if (!put) {
        status = smap__fail_memory(err);
        goto done;
    }
    SMAP_TRY(smap__gpkg_exec(gpkg, err,
                             "CREATE TRIGGER \"%w_insert\" AFTER INSERT ON \"%w\" WHEN (new.\"%w\" NOT NULL AND NOT "
                             "ST_IsEmpty(NEW.\"%w\")) BEGIN %s; END;",
                             index, t, g, g, put),
             done);
    SMAP_TRY(
        smap__gpkg_exec(gpkg, err,
                        "CREATE TRIGGER \"%w_update1\" AFTER UPDATE OF \"%w\" ON \"%w\" WHEN OLD.\"%w\" = NEW.\"%w\" "
                        "AND (NEW.\"%w\" NOTNULL AND NOT ST_IsEmpty(NEW.\"%w\")) BEGIN %s; END;",
                        index, g, t, f, f, g, g, put),
        done);
    SMAP_TRY(
        smap__gpkg_exec(gpkg, err,
                        "CREATE TRIGGER \"%w_update2\" AFTER UPDATE OF \"%w\" ON \"%w\" WHEN OLD.\"%w\" = NEW.\"%w\" "
                        "AND (NEW.\"%w\" ISNULL OR ST_IsEmpty(NEW.\"%w\")) BEGIN DELETE FROM \"%w\" WHERE id = "
                        "OLD.\"%w\"; END;",
                        index, g, t, f, f, g, g, index, f),
        done);
    SMAP_TRY(smap__gpkg_exec(gpkg, err,
                             "CREATE TRIGGER \"%w_update3\" AFTER UPDATE ON \"%w\" WHEN OLD.\"%w\" != NEW.\"%w\" AND "
                             "(NEW.\"%w\" NOTNULL AND NOT ST_IsEmpty(NEW.\"%w\")) BEGIN DELETE FROM \"%w\" WHERE id = "
                             "OLD.\"%w\"; %s; END;",
                             index, t, f, f, g, g, index, f, put),
             done);
    SMAP_TRY(smap__gpkg_exec(gpkg, err,
                             "CREATE TRIGGER \"%w_update4\" AFTER UPDATE ON \"%w\" WHEN OLD.\"%w\" != NEW.\"%w\" AND "
                             "(NEW.\"%w\" ISNULL OR ST_IsEmpty(NEW.\"%w\")) BEGIN DELETE FROM \"%w\" WHERE id IN "
                             "(OLD.\"%w\", NEW.\"%w\"); END;",
                             index, t, f, f, g, g, index, f, f),
             done);
    SMAP_TRY(
        smap__gpkg_exec(gpkg, err,
                        "CREATE TRIGGER \"%w_delete\" AFTER DELETE ON \"%w\" WHEN old.\"%w\" NOT NULL BEGIN DELETE "
                        "FROM \"%w\" WHERE id = OLD.\"%w\"; END;",
                        index, t, g, index, f),
        done);
    status = create_count(gpkg, t, err);
done:
    sqlite3_free(index);
    sqlite3_free(put);
    return status;
}
