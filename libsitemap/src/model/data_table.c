#include "model/data_table.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

#include "base/alloc.h"
#include "base/csv.h"
#include "base/fail.h"
#include "base/file.h"
#include "base/str.h"

enum { LIMIT_BYTES = 4 * 1024 * 1024, COLUMNS_MAX = 24, SENTENCE = 400 };

typedef struct reading {
    smap__store *store;
    smap__data_table *table;
    int position[COLUMNS_MAX]; /* of each wanted column in the file */
    const char **cell;
    int64_t *line;
    size_t cells, cell_capacity, line_capacity;
} reading;

static smap_status read_header(reading *r, const smap__csv *csv, smap_error *err) {
    for (int i = 0; i < r->table->columns; i++) {
        const char *wanted = r->table->column[i];
        r->position[i] = -1;
        for (size_t k = 0; k < csv->count; k++) {
            const smap__csv_field *f = &csv->fields[k];
            if (f->len == strlen(wanted) && memcmp(f->text, wanted, f->len) == 0) r->position[i] = (int)k;
        }
        if (r->position[i] < 0) {
            return smap__fail(err, SMAP_E_FORMAT, r->table->path, "%s: the column \"%s\" is missing", r->table->path,
                              wanted);
        }
    }
    return SMAP_OK;
}

static smap_status read_row(reading *r, const smap__csv *csv, smap_error *err) {
    smap__data_table *t = r->table;
    if (csv->count == 1 && csv->fields[0].len == 0) return SMAP_OK;
    if (!smap__grow(&r->cell, &r->cell_capacity, r->cells + (size_t)t->columns, sizeof *r->cell) ||
        !smap__grow(&r->line, &r->line_capacity, (size_t)t->rows + 1, sizeof *r->line)) {
        return smap__fail_memory(err);
    }
    for (int i = 0; i < t->columns; i++) {
        if ((size_t)r->position[i] >= csv->count) {
            return smap__fail_row(err, SMAP_E_FORMAT, t->path, csv->line, "%s, line %lld: the row has too few fields",
                                  t->path, (long long)csv->line);
        }
        const smap__csv_field *f = &csv->fields[r->position[i]];
        const char *text = f->len == 0 ? "" : smap__arena_strndup(&r->store->arena, f->text, f->len);
        if (!text) return smap__fail_memory(err);
        r->cell[r->cells++] = text;
    }
    r->line[t->rows++] = csv->line;
    return SMAP_OK;
}

static smap_status read_text(reading *r, const char *text, size_t len, smap_error *err) {
    smap__csv csv;
    smap__csv_result got = SMAP__CSV_END;
    smap_status status = SMAP_OK;
    smap__csv_init(&csv, text, len, ',');
    for (bool header = true; status == SMAP_OK && (got = smap__csv_next(&csv)) == SMAP__CSV_RECORD; header = false) {
        status = header ? read_header(r, &csv, err) : read_row(r, &csv, err);
    }
    if (status == SMAP_OK && got == SMAP__CSV_NOMEM) status = smap__fail_memory(err);
    if (status == SMAP_OK && r->table->rows == 0)
        status = smap__fail(err, SMAP_E_FORMAT, r->table->path, "%s has no rows", r->table->path);
    smap__csv_release(&csv);
    return status;
}

/* Move what was read into the arena, where it stays as long as the context. */
static smap_status keep(reading *r, smap_error *err) {
    smap__data_table *t = r->table;
    const char **cell = smap__arena_alloc(&r->store->arena, r->cells * sizeof *cell);
    int64_t *line = smap__arena_alloc(&r->store->arena, (size_t)t->rows * sizeof *line);
    if (!cell || !line) return smap__fail_memory(err);
    memcpy(cell, r->cell, r->cells * sizeof *cell);
    memcpy(line, r->line, (size_t)t->rows * sizeof *line);
    t->cell = cell;
    t->line = line;
    return SMAP_OK;
}

smap_status smap__data_table_read(smap_ctx *ctx, smap__store *store, const char *folder, const char *name,
                                  const char *const *column, int columns, smap__data_table *out, smap_error *err) {
    smap_status status = SMAP_OK;
    char *text = NULL, *path = NULL;
    size_t len = 0;
    smap__data_table table = { .column = column, .columns = columns };
    reading r = { .store = store, .table = &table };
    if (columns > COLUMNS_MAX) return smap__fail(err, SMAP_E_INTERNAL, name, "%s: more columns than can be read", name);
    if (!smap__store_name_ok(name))
        return smap__fail(err, SMAP_E_NOT_FOUND, name, "\"%s\" cannot be the name of a file in data/%s", name, folder);
    path = smap__store_path(ctx, folder, name, "csv");
    table.path = path ? smap__arena_strdup(&store->arena, path) : NULL;
    if (!table.path) {
        smap__free(path);
        return smap__fail_memory(err);
    }
    SMAP_TRY(smap__file_read(path, LIMIT_BYTES, &text, &len, err), done);
    SMAP_TRY(read_text(&r, text, len, err), done);
    SMAP_TRY(keep(&r, err), done);
    *out = table;
done:
    smap__free(r.cell);
    smap__free(r.line);
    smap__free(text);
    smap__free(path);
    return status;
}

static smap_status read_standard(smap_ctx *ctx, smap__store *store, const char *name, const char *const *column,
                                 int columns, const smap__data_table **out, smap_error *err) {
    smap__data_table *table = smap__arena_alloc(&store->arena, sizeof *table);
    smap__standard_entry entry = { smap__arena_strdup(&store->arena, name), table };
    if (!table || !entry.name ||
        !smap__grow(&store->standard, &store->standard_capacity, store->standards + 1, sizeof *store->standard)) {
        return smap__fail_memory(err);
    }
    smap_status status = smap__data_table_read(ctx, store, "standards", name, column, columns, table, err);
    if (status != SMAP_OK) return status;
    store->standard[store->standards++] = entry;
    *out = table;
    return SMAP_OK;
}

smap_status smap__standard_get(smap_ctx *ctx, const char *name, const char *const *column, int columns,
                               const smap__data_table **out, smap_error *err) {
    smap__store *store = smap__store_lock(ctx);
    if (!store) return smap__fail_memory(err);
    smap_status status = SMAP_OK;
    const smap__data_table *found = NULL;
    for (size_t i = 0; i < store->standards && !found; i++) {
        if (strcmp(store->standard[i].name, name) == 0) found = store->standard[i].table;
    }
    if (!found) status = read_standard(ctx, store, name, column, columns, &found, err);
    smap__store_unlock(ctx);
    if (status == SMAP_OK) *out = found;
    return status;
}

smap_status smap__data_table_number(const smap__data_table *table, int64_t row, int column, double *out,
                                    smap_error *err) {
    const char *text = smap__data_table_text(table, row, column);
    double value = NAN;
    if (*text && (!smap__parse_real(text, strlen(text), &value) || !isfinite(value)))
        return smap__data_table_fail(table, row, err, "%s \"%s\" is not a number", table->column[column], text);
    *out = value;
    return SMAP_OK;
}

smap_status smap__data_table_fail(const smap__data_table *table, int64_t row, smap_error *err, const char *format,
                                  ...) {
    char sentence[SENTENCE];
    va_list args;
    va_start(args, format);
    smap__print_list(sentence, sizeof sentence, format, args);
    va_end(args);
    return smap__fail_row(err, SMAP_E_FORMAT, table->path, table->line[row], "%s, line %lld: %s", table->path,
                          (long long)table->line[row], sentence);
}
