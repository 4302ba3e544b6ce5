#include "io/gpkg_bool.h"

#include <sqlite3.h>

#include "base/fail.h"
#include "io/column_swap.h"

static smap_status lost_row(const char *table, int64_t fid, smap_error *err) {
    return smap__fail_row(err, SMAP_E_FORMAT, table, fid,
                          "layer \"%s\" is damaged: row %lld is found once and then not again", table, (long long)fid);
}

/* Both sides ascend by id; rows that the layer has left out are passed over. */
static smap_status read_column(sqlite3_stmt *query, const char *table, bool by_position, const smap_layer *layer,
                               smap_column_builder *to, smap_error *err) {
    int64_t rows = smap_table_rows(layer->table), position = 0;
    smap_status status = SMAP_OK;
    for (int64_t i = 0; i < rows; i++) {
        int64_t wanted = layer->fid[i], id;
        do {
            if (sqlite3_step(query) != SQLITE_ROW) return lost_row(table, wanted, err);
            position++;
            id = by_position ? position : sqlite3_column_int64(query, 0);
        } while (id < wanted);
        if (id != wanted) return lost_row(table, wanted, err);
        if (sqlite3_column_type(query, 1) == SQLITE_NULL)
            SMAP_TRY(smap_column_append_null(to, err), done);
        else
            SMAP_TRY(smap_column_append_int(to, sqlite3_column_int64(query, 1) != 0, err), done);
    }
done:
    return status;
}

static smap_status reread(sqlite3 *db, const char *table, bool by_position, const smap_layer **layer, int index,
                          smap_error *err) {
    const char *name = smap_table_at((*layer)->table, index)->name;
    smap_column_builder *to = NULL;
    const smap_column *column = NULL;
    sqlite3_stmt *query = NULL;
    smap_status status = SMAP_OK;
    char *sql = sqlite3_mprintf("SELECT rowid, \"%w\" FROM \"%w\" ORDER BY rowid", name, table);
    if (!sql) return smap__fail_memory(err);
    if (sqlite3_prepare_v2(db, sql, -1, &query, NULL) != SQLITE_OK) {
        status = smap__fail(err, SMAP_E_FORMAT, table, "layer \"%s\" cannot be read: %s", table, sqlite3_errmsg(db));
        goto done;
    }
    SMAP_TRY(smap_column_builder_new(name, SMAP_BOOL, &to, err), done);
    SMAP_TRY(read_column(query, table, by_position, *layer, to, err), done);
    SMAP_TRY(smap_column_builder_finish(to, &column, err), done);
    SMAP_TRY(smap__column_swap(layer, index, column, err), done);
done:
    sqlite3_finalize(query);
    sqlite3_free(sql);
    smap_column_free(column);
    smap_column_builder_free(to);
    return status;
}

smap_status smap__gpkg_bool_reread(smap__gpkg_vet *vet, const char *table, bool by_position, const smap_layer **layer,
                                   smap_error *err) {
    smap_status status = SMAP_OK;
    for (int i = 0; i < smap_table_columns((*layer)->table); i++)
        if (smap_table_at((*layer)->table, i)->type == SMAP_BOOL)
            SMAP_TRY(reread(smap__gpkg_vet_db(vet), table, by_position, layer, i, err), done);
done:
    return status;
}
