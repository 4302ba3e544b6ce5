/* A scratch folder, a context and one reading for the tests of reading. */
#ifndef TEST_READ_FIXTURE_H
#define TEST_READ_FIXTURE_H

#include <dirent.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../cmocka_all.h"
#include "base/str.h"
#include "col/cell.h"
#include "io/source.h"

typedef struct reading {
    smap_status status;
    smap_error error;
    const smap_layer *layer;
    smap__findings findings;
} reading;

typedef struct fixture {
    char folder[64];
    smap_ctx *ctx;
    reading last;
} fixture;

static inline void forget(fixture *f) {
    smap_layer_free(f->last.layer);
    smap__findings_release(&f->last.findings);
    f->last = (reading){ SMAP_OK, SMAP_ERROR_INIT, NULL, SMAP__FINDINGS_INIT };
}

static inline int fixture_open(void **state) {
    fixture *f = calloc(1, sizeof *f);
    if (!f) return -1;
    f->last = (reading){ SMAP_OK, SMAP_ERROR_INIT, NULL, SMAP__FINDINGS_INIT };
    strcpy(f->folder, "/tmp/sitemap-test-XXXXXX");
    if (!mkdtemp(f->folder) || smap_ctx_new(NULL, &f->ctx, NULL) != SMAP_OK) return -1;
    *state = f;
    return 0;
}

static inline int fixture_close(void **state) {
    fixture *f = *state;
    forget(f);
    chmod(f->folder, 0700);
    DIR *dir = opendir(f->folder);
    for (const struct dirent *entry = dir ? readdir(dir) : NULL; entry; entry = readdir(dir))
        if (entry->d_name[0] != '.') unlinkat(dirfd(dir), entry->d_name, 0);
    if (dir) closedir(dir);
    rmdir(f->folder);
    smap_ctx_free(f->ctx);
    free(f);
    return 0;
}

/* folder/name, in one of a few static buffers */
static inline const char *at(const fixture *f, const char *name) {
    static char path[4][256];
    static int turn;
    turn = (turn + 1) % 4;
    snprintf(path[turn], sizeof path[turn], "%s/%s", f->folder, name);
    return path[turn];
}

static inline void put_bytes(const fixture *f, const char *name, const void *bytes, size_t len) {
    FILE *out = fopen(at(f, name), "wb");
    assert_non_null(out);
    assert_int_equal(fwrite(bytes, 1, len, out), len);
    assert_int_equal(fclose(out), 0);
}

static inline void put(const fixture *f, const char *name, const char *text) {
    put_bytes(f, name, text, strlen(text));
}

static inline smap_status read_path(fixture *f, const char *spec, const smap_read_options *options) {
    smap__source *source = NULL;
    forget(f);
    f->last.status = smap__source_open(f->ctx, spec, options, &source, &f->last.error);
    if (f->last.status == SMAP_OK)
        f->last.status = smap__source_read(source, NULL, &f->last.findings, &f->last.layer, &f->last.error);
    smap__source_close(source);
    return f->last.status;
}

/* Read a file of the folder; its sentence is shown if it should have worked. */
static inline void read_good(fixture *f, const char *name, const smap_read_options *options) {
    if (read_path(f, at(f, name), options) != SMAP_OK) fail_msg("%s: %s", name, f->last.error.message);
}

static inline void read_bad(fixture *f, const char *name, const smap_read_options *options, smap_status status,
                            const char *word) {
    smap_status got = read_path(f, at(f, name), options);
    if (got != status || !strstr(f->last.error.message, word))
        fail_msg("%s: %s: %s (wanted %s: %s)", name, smap_status_name(got), f->last.error.message,
                 smap_status_name(status), word);
}

static inline int64_t rows(const fixture *f) {
    return smap_table_rows(f->last.layer->table);
}

/* How many findings have that code (and row, if not negative). */
static inline int found(const fixture *f, const char *code, int64_t row) {
    int n = 0;
    for (size_t i = 0; i < f->last.findings.count; i++)
        n += strcmp(f->last.findings.items[i].code, code) == 0 && (row < 0 || f->last.findings.items[i].row == row);
    return n;
}

/* A cell as text, in a static buffer. */
static inline const char *cell(const fixture *f, const char *column, int64_t row) {
    static char text[512];
    smap__str s = SMAP__STR_INIT;
    const smap_column *c = smap_table_find(f->last.layer->table, column);
    if (!c) fail_msg("no column %s", column);
    smap__cell_put(&s, c, row);
    snprintf(text, sizeof text, "%s", s.data ? s.data : "");
    smap__str_release(&s);
    return text;
}

#endif
