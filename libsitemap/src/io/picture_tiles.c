/* MBTiles 1.3 (github.com/mapbox/mbtiles-spec): pictures of 256 or 512 pixels by zoom level, column and row from the
 * south, in EPSG:3857. Read with SQLite alone; a tile is taken apart in memory by the one driver that its first bytes
 * name. `tiles` is often a view of two tables, so views are allowed, without functions that reach out of the file. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cpl_vsi.h>
#include <sqlite3.h>

#include <gdal.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/str.h"
#include "io/dataset.h"
#include "io/gdal_guard.h"
#include "io/picture_part.h"
#include "io/sqlite_file.h"

enum { CACHE_BYTES = 16 << 20, MOST_TILE_BYTES = 16 << 20, MOST_ZOOM = 24, STEPS = 1000000, MOST_STEPS = 2000 };

typedef struct tile {
    int zoom;
    int64_t column, row;
    uint8_t *rgba; /* NULL: there is none */
    int64_t used;
} tile;

typedef struct tiles {
    smap_ctx *ctx;
    sqlite3 *db;
    sqlite3_stmt *find;
    int size, steps; /* of a tile; of the query at hand, in STEPS */
    int64_t uses;
    tile *cache;
    int room;
} tiles;

/* ---- the database ----------------------------------------------------------------------------------------------- */

static smap_status fail_damaged(const smap__picture *p, smap_error *err) {
    return smap__fail(err, SMAP_E_FORMAT, p->spec.shown,
                      "%s: is damaged, or holds no tables as MBTiles has them; copy or download it again",
                      p->spec.shown);
}

/* A view can be made to compute for ever. */
static int count_steps(void *user) {
    tiles *t = user;
    return ++t->steps > MOST_STEPS;
}

static smap_status connect(smap__picture *p, smap_ctx *ctx, smap_error *err) {
    tiles *t = p->state = smap__zalloc(1, sizeof *t);
    char *uri = smap__sqlite_uri(p->spec.path, true);
    if (!t || !uri) {
        smap__free(uri);
        return smap__fail_memory(err);
    }
    t->ctx = ctx;
    int code = sqlite3_open_v2(uri, &t->db, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, NULL);
    smap__free(uri);
    if (!t->db) return smap__fail_memory(err);
    sqlite3_db_config(t->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(t->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_db_config(t->db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
    sqlite3_limit(t->db, SQLITE_LIMIT_ATTACHED, 0);
    sqlite3_limit(t->db, SQLITE_LIMIT_LENGTH, MOST_TILE_BYTES);
    sqlite3_progress_handler(t->db, STEPS, count_steps, t);
    if (code == SQLITE_OK)
        code = sqlite3_prepare_v2(t->db,
                                  "SELECT tile_data FROM tiles WHERE zoom_level = ?1 AND tile_column = ?2 AND "
                                  "tile_row = ?3",
                                  -1, &t->find, NULL);
    return code == SQLITE_OK ? SMAP_OK : fail_damaged(p, err);
}

/* The text of a name of the table metadata, appended; nothing where there is none. */
static void read_metadata(tiles *t, const char *name, smap__str *out) {
    sqlite3_stmt *s = NULL;
    t->steps = 0;
    if (sqlite3_prepare_v2(t->db, "SELECT value FROM metadata WHERE name = ?1", -1, &s, NULL) == SQLITE_OK) {
        sqlite3_bind_text(s, 1, name, -1, SQLITE_STATIC);
        if (sqlite3_step(s) == SQLITE_ROW && sqlite3_column_type(s, 0) == SQLITE_TEXT)
            smap__str_put(out, (const char *)sqlite3_column_text(s, 0));
    }
    sqlite3_finalize(s);
}

/* ---- a tile ----------------------------------------------------------------------------------------------------- */

static const char *driver_of(const uint8_t *bytes, size_t len) {
    if (len > 8 && memcmp(bytes, "\x89PNG", 4) == 0) return "PNG";
    if (len > 3 && memcmp(bytes, "\xFF\xD8\xFF", 3) == 0) return "JPEG";
    if (len > 12 && memcmp(bytes, "RIFF", 4) == 0 && memcmp(bytes + 8, "WEBP", 4) == 0) return "WEBP";
    return NULL;
}

/* The picture in some bytes; *size is 0 or what its sides have to be. */
static bool decode(const smap__picture *p, const uint8_t *bytes, size_t len, int *size, uint8_t **out) {
    char name[64];
    const char *driver = driver_of(bytes, len);
    const tiles *t = p->state;
    void *dataset = NULL;
    smap__bands bands;
    smap__gdal_guard guard;
    if (!driver) return false;
    snprintf(name, sizeof name, "/vsimem/sitemap/tile-%p", (const void *)p);
    smap__gdal_guard_begin(&guard);
    VSILFILE *file = VSIFileFromMemBuffer(name, (GByte *)(uintptr_t)bytes, len, FALSE);
    bool good = file && VSIFCloseL(file) == 0 &&
                smap__dataset_open(t->ctx, name, p->spec.shown, driver, "a tile", NULL, &dataset, NULL) == SMAP_OK;
    int width = good ? GDALGetRasterXSize(dataset) : 0;
    good = good && width == GDALGetRasterYSize(dataset) && (*size ? width == *size : width == 256 || width == 512);
    *out = good ? smap__alloc((size_t)width * (size_t)width * 4) : NULL;
    good = *out && smap__bands_find(&bands, dataset, p->spec.shown, NULL) == SMAP_OK && !bands.wide &&
           smap__bands_read(&bands, -1, 0, 0, width, width, *out, p->spec.shown, NULL) == SMAP_OK;
    smap__dataset_close(dataset);
    VSIUnlink(name);
    smap__gdal_guard_end(&guard);
    *size = width;
    if (good && !guard.failures) return true;
    smap__free(*out);
    *out = NULL;
    return false;
}

static smap_status load(smap__picture *p, tile *to, smap_error *err) {
    tiles *t = p->state;
    t->steps = 0;
    sqlite3_bind_int(t->find, 1, to->zoom);
    sqlite3_bind_int64(t->find, 2, to->column);
    sqlite3_bind_int64(t->find, 3, ((int64_t)1 << to->zoom) - 1 - to->row);
    int code = sqlite3_step(t->find);
    bool good = code == SQLITE_DONE;
    if (code == SQLITE_ROW) {
        const void *bytes = sqlite3_column_blob(t->find, 0);
        size_t len = (size_t)sqlite3_column_bytes(t->find, 0);
        good = len == 0 || decode(p, bytes, len, &t->size, &to->rgba);
    }
    sqlite3_reset(t->find);
    if (good) return SMAP_OK;
    return smap__fail(err, SMAP_E_FORMAT, p->spec.shown,
                      "%s: the tile at zoom %d, column %lld, row %lld is damaged or not of the size of the others; "
                      "copy or download the file again",
                      p->spec.shown, to->zoom, (long long)to->column, (long long)to->row);
}

/* From the cache, which drops what was used longest ago. */
static smap_status get_tile(smap__picture *p, int zoom, int64_t column, int64_t row, const uint8_t **rgba,
                            smap_error *err) {
    tiles *t = p->state;
    tile *oldest = &t->cache[0];
    for (int i = 0; i < t->room; i++) {
        tile *c = &t->cache[i];
        if (c->used && c->zoom == zoom && c->column == column && c->row == row) {
            c->used = ++t->uses;
            *rgba = c->rgba;
            return SMAP_OK;
        }
        if (c->used < oldest->used) oldest = c;
    }
    smap__free(oldest->rgba);
    *oldest = (tile){ zoom, column, row, NULL, 0 };
    smap_status status = load(p, oldest, err);
    if (status != SMAP_OK) return status;
    oldest->used = ++t->uses;
    *rgba = oldest->rgba;
    return SMAP_OK;
}

/* ---- the pyramid ------------------------------------------------------------------------------------------------ */

static smap_status set_cache(smap__picture *p, int size, smap_error *err) {
    tiles *t = p->state;
    t->size = size;
    t->room = CACHE_BYTES / (size * size * 4);
    t->cache = smap__zalloc((size_t)t->room, sizeof *t->cache);
    return t->cache ? SMAP_OK : smap__fail_memory(err);
}

/* Any one tile says how large they are. */
static smap_status find_size(smap__picture *p, smap_error *err) {
    tiles *t = p->state;
    sqlite3_stmt *s = NULL;
    uint8_t *rgba = NULL;
    int size = 0;
    t->steps = 0;
    int code =
        sqlite3_prepare_v2(t->db, "SELECT tile_data FROM tiles WHERE length(tile_data) > 0 LIMIT 1", -1, &s, NULL);
    if (code == SQLITE_OK) code = sqlite3_step(s);
    bool none = code == SQLITE_DONE, vector = false, good = false;
    if (code == SQLITE_ROW) {
        const uint8_t *bytes = sqlite3_column_blob(s, 0);
        size_t len = (size_t)sqlite3_column_bytes(s, 0);
        vector = bytes && !driver_of(bytes, len);
        good = bytes && !vector && decode(p, bytes, len, &size, &rgba);
    }
    smap__free(rgba);
    sqlite3_finalize(s);
    if (good) return set_cache(p, size, err);
    const char *shown = p->spec.shown;
    if (none) return smap__fail(err, SMAP_E_FORMAT, shown, "%s: has no tiles", shown);
    if (vector)
        return smap__fail(err, SMAP_E_REFUSED, shown,
                          "%s: its tiles are not PNG, JPEG or WEBP pictures (vector tiles cannot lie below a map)",
                          shown);
    return fail_damaged(p, err);
}

/* Zoom levels that there are, and the tiles of the finest one. */
static smap_status find_levels(smap__picture *p, smap_error *err) {
    tiles *t = p->state;
    sqlite3_stmt *s = NULL;
    int64_t v[6] = { 0 };
    t->steps = 0;
    int code = sqlite3_prepare_v2(t->db,
                                  "SELECT min(zoom_level), max(zoom_level), min(tile_column), max(tile_column), "
                                  "min(tile_row), max(tile_row) FROM tiles WHERE zoom_level = "
                                  "(SELECT max(zoom_level) FROM tiles)",
                                  -1, &s, NULL);
    if (code == SQLITE_OK) code = sqlite3_step(s);
    for (int i = 0; i < 6 && code == SQLITE_ROW; i++) v[i] = sqlite3_column_int64(s, i);
    sqlite3_finalize(s);
    int64_t zoom = v[1], last = zoom >= 0 && zoom <= MOST_ZOOM ? ((int64_t)1 << zoom) - 1 : -1;
    if (code != SQLITE_ROW || v[2] < 0 || v[3] > last || v[4] < 0 || v[5] > last) return fail_damaged(p, err);
    t->steps = 0;
    int64_t first = zoom;
    if (sqlite3_prepare_v2(t->db, "SELECT min(zoom_level) FROM tiles", -1, &s, NULL) == SQLITE_OK &&
        sqlite3_step(s) == SQLITE_ROW)
        first = sqlite3_column_int64(s, 0);
    sqlite3_finalize(s);
    for (int64_t z = zoom; z >= first && z >= 0 && p->info.levels < SMAP__PICTURE_LEVELS; z--) {
        int64_t side = (int64_t)t->size << z;
        p->level[p->info.levels++] = (smap__picture_level){ side, side, (int)z };
    }
    p->info.width = p->info.height = p->level[0].width;
    p->from_x = v[2] * t->size, p->to_x = (v[3] + 1) * t->size;
    p->from_y = (last - v[5]) * t->size, p->to_y = (last - v[4] + 1) * t->size;
    return SMAP_OK;
}

/* The file is read as it is, and nothing may be left beside it. */
static smap_status check_log(const smap__picture *p, smap_error *err) {
    static const char *const beside[] = { "-wal", "-journal" };
    smap_status status = SMAP_OK;
    for (int i = 0; i < 2 && status == SMAP_OK; i++) {
        int64_t size = -1;
        status = smap__sqlite_size_beside(p->spec.path, beside[i], &size, err);
        if (status == SMAP_OK && size > 0)
            status = smap__fail(err, SMAP_E_BUSY, p->spec.shown,
                                "%s: has unfinished changes beside it (%s); close it in the program that made it",
                                p->spec.shown, beside[i]);
    }
    return status;
}

static smap_status open_tiles(smap__picture *p, smap_ctx *ctx, smap_error *err) {
    static const double half_m = 20037508.342789244;
    smap__str credit = SMAP__STR_INIT;
    smap_status status;
    SMAP_TRY(check_log(p, err), done);
    SMAP_TRY(connect(p, ctx, err), done);
    SMAP_TRY(find_size(p, err), done);
    SMAP_TRY(find_levels(p, err), done);
    double step = 2 * half_m / (double)p->info.width;
    const double transform[6] = { -half_m, step, 0, half_m, 0, -step };
    memcpy(p->info.transform, transform, sizeof transform);
    SMAP_TRY(smap_crs_new(ctx, "EPSG:3857", &p->info.crs, err), done);
    tiles *t = p->state;
    read_metadata(t, "attribution", &credit);
    if (credit.failed || !smap__picture_attribute(p, credit.data)) status = smap__fail_memory(err);
done:
    smap__str_release(&credit);
    return status;
}

static smap_status copy_tiles(smap__picture *p, const smap__picture *from, smap_ctx *ctx, smap_error *err) {
    const tiles *other = from->state;
    smap_status status = connect(p, ctx, err);
    return status == SMAP_OK ? set_cache(p, other->size, err) : status;
}

static int64_t least(int64_t a, int64_t b) {
    return a < b ? a : b;
}

static int64_t most(int64_t a, int64_t b) {
    return a > b ? a : b;
}

static smap_status read_tiles(smap__picture *p, int level, int64_t column, int64_t row, int64_t width, int64_t height,
                              uint8_t *rgba, smap_error *err) {
    const tiles *t = p->state;
    int64_t size = t->size, end_x = column + width, end_y = row + height;
    for (int64_t down = row / size; down * size < end_y; down++)
        for (int64_t across = column / size; across * size < end_x; across++) {
            const uint8_t *from = NULL;
            smap_status status = get_tile(p, p->level[level].id, across, down, &from, err);
            if (status != SMAP_OK) return status;
            int64_t left = most(column, across * size), right = least(end_x, (across + 1) * size);
            for (int64_t y = most(row, down * size); y < least(end_y, (down + 1) * size); y++) {
                uint8_t *to = rgba + 4 * ((y - row) * width + left - column);
                size_t n = (size_t)(right - left) * 4;
                if (from)
                    memcpy(to, from + 4 * ((y - down * size) * size + left - across * size), n);
                else
                    memset(to, 0, n);
            }
        }
    return SMAP_OK;
}

static void close_tiles(smap__picture *p) {
    tiles *t = p->state;
    for (int i = 0; i < t->room && t->cache; i++) smap__free(t->cache[i].rgba);
    smap__free(t->cache);
    sqlite3_finalize(t->find);
    sqlite3_close(t->db);
    smap__free(t);
}

const smap__picture_kind smap__picture_tiles = { open_tiles, copy_tiles, read_tiles, close_tiles };
