/* A scratch folder, a context and small layers for the tests of writing. */
#ifndef TEST_WRITE_FIXTURE_H
#define TEST_WRITE_FIXTURE_H

#include <dirent.h>
#include <math.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../cmocka_all.h"
#include "base/alloc.h"
#include "base/str.h"
#include "io/file_out.h"
#include "io/gpkg_write.h"
#include "io/source.h"

typedef struct fixture {
    char folder[64];
    char path[96]; /* folder/out.gpkg */
    smap_ctx *ctx;
} fixture;

#define OK(call)                                                                                                       \
    do {                                                                                                               \
        smap_error e_ = SMAP_ERROR_INIT;                                                                               \
        smap_error *err = &e_;                                                                                         \
        if ((call) != SMAP_OK) fail_msg("%s: %s", #call, e_.message);                                                  \
    } while (0)

static int fixture_open(void **state) {
    fixture *f = calloc(1, sizeof *f);
    if (!f) return -1;
    strcpy(f->folder, "/tmp/sitemap-test-XXXXXX");
    if (!mkdtemp(f->folder)) return -1;
    snprintf(f->path, sizeof f->path, "%s/out.gpkg", f->folder);
    if (smap_ctx_new(NULL, &f->ctx, NULL) != SMAP_OK) return -1;
    *state = f;
    return 0;
}

/* Remove the files of the folder; how many there were. */
static inline int empty_folder(const char *folder) {
    int n = 0;
    DIR *dir = opendir(folder);
    for (const struct dirent *entry = dir ? readdir(dir) : NULL; entry; entry = readdir(dir)) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
        unlinkat(dirfd(dir), entry->d_name, 0);
        n++;
    }
    if (dir) closedir(dir);
    return n;
}

static inline int count_files(const char *folder) {
    int n = 0;
    DIR *dir = opendir(folder);
    for (const struct dirent *entry = dir ? readdir(dir) : NULL; entry; entry = readdir(dir)) n++;
    if (dir) closedir(dir);
    return n - 2;
}

static int fixture_close(void **state) {
    fixture *f = *state;
    empty_folder(f->folder);
    rmdir(f->folder);
    smap_ctx_free(f->ctx);
    free(f);
    return 0;
}

/* ---- random numbers that are the same everywhere (splitmix64) ---- */

static inline double uniform(uint64_t *seed) {
    uint64_t z = (*seed += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return (double)((z ^ (z >> 31)) >> 11) * 0x1p-53;
}

/* ---- layers ---- */

static inline const smap_column *numbers(const char *name, int64_t rows) {
    smap_column_builder *b;
    const smap_column *c = NULL;
    OK(smap_column_builder_new(name, SMAP_INT64, &b, err));
    for (int64_t i = 0; i < rows; i++) OK(smap_column_append_int(b, 10 * i, err));
    OK(smap_column_builder_finish(b, &c, err));
    smap_column_builder_free(b);
    return c;
}

/* A layer of one column `n` = 0, 10, 20, ... with a geometry (taken over) and fids (may be NULL). */
static inline const smap_layer *layer_of(const char *name, const smap_geometry *g, const int64_t *fid, int64_t rows) {
    const smap_column *c = numbers("n", rows);
    const smap_table *t = NULL;
    const smap_layer *layer = NULL;
    OK(smap_table_new(&c, 1, rows, &t, err));
    OK(smap_layer_new(name, t, g, fid, &layer, err));
    smap_table_free(t);
    smap_column_free(c);
    smap_geometry_free(g);
    return layer;
}

/* Random points of the first square, in EPSG:32634. */
static inline const smap_geometry *random_points(smap_ctx *ctx, int64_t rows, uint64_t seed) {
    const smap_crs *crs = NULL;
    smap_geometry_builder *b;
    const smap_geometry *g = NULL;
    OK(smap_crs_new(ctx, "EPSG:32634", &crs, err));
    OK(smap_geometry_builder_new(crs, &b, err));
    for (int64_t i = 0; i < rows; i++) {
        double x = 400000 + 1000 * uniform(&seed), y = 3600000 + 1000 * uniform(&seed);
        OK(smap_geometry_append_point(b, x, y, err));
    }
    OK(smap_geometry_builder_finish(b, &g, err));
    smap_geometry_builder_free(b);
    smap_crs_free(crs);
    return g;
}

/* ---- looking at the result with plain SQLite ---- */

static inline sqlite3 *look(const char *path) {
    sqlite3 *db;
    assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
    return db;
}

/* First column of the first row, as text in a static buffer; "" for null or no row. */
static inline const char *ask(sqlite3 *db, const char *sql) {
    static char text[4096];
    sqlite3_stmt *s = NULL;
    text[0] = '\0';
    if (sqlite3_prepare_v2(db, sql, -1, &s, NULL) != SQLITE_OK) fail_msg("%s: %s", sql, sqlite3_errmsg(db));
    if (sqlite3_step(s) == SQLITE_ROW && sqlite3_column_type(s, 0) != SQLITE_NULL)
        snprintf(text, sizeof text, "%s", (const char *)sqlite3_column_text(s, 0));
    sqlite3_finalize(s);
    return text;
}

#endif
