#include <stdatomic.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "sitemap/table.h"

struct smap_table {
    atomic_int references;
    int64_t rows;
    int count;
    const smap_column *column[];
};

smap_status smap_table_new(const smap_column *const *columns, int count, int64_t rows, const smap_table **out,
                           smap_error *err) {
    if (count < 0 || rows < 0) return smap__fail(err, SMAP_E_ARGUMENT, NULL, "a negative number of columns or rows");
    for (int i = 0; i < count; i++) {
        if (columns[i]->count != rows)
            return smap__fail(err, SMAP_E_ARGUMENT, columns[i]->name, "column %s has %lld rows, the table %lld",
                              columns[i]->name, (long long)columns[i]->count, (long long)rows);
        for (int j = 0; j < i; j++)
            if (strcmp(columns[i]->name, columns[j]->name) == 0)
                return smap__fail(err, SMAP_E_ARGUMENT, columns[i]->name, "there are two columns named %s",
                                  columns[i]->name);
    }
    smap_table *t = smap__alloc(sizeof *t + (size_t)count * sizeof t->column[0]);
    if (!t) return smap__fail_memory(err);
    atomic_init(&t->references, 1);
    t->rows = rows;
    t->count = count;
    for (int i = 0; i < count; i++) t->column[i] = smap_column_retain(columns[i]);
    *out = t;
    return SMAP_OK;
}

static atomic_int *references_of(const smap_table *table) {
    union {
        const smap_table *view;
        smap_table *whole;
    } u = { table };
    return &u.whole->references;
}

const smap_table *smap_table_retain(const smap_table *table) {
    atomic_fetch_add(references_of(table), 1);
    return table;
}

void smap_table_free(const smap_table *table) {
    if (!table || atomic_fetch_sub(references_of(table), 1) != 1) return;
    for (int i = 0; i < table->count; i++) smap_column_free(table->column[i]);
    union {
        const smap_table *view;
        void *whole;
    } u = { table };
    smap__free(u.whole);
}

int64_t smap_table_rows(const smap_table *table) {
    return table->rows;
}

int smap_table_columns(const smap_table *table) {
    return table->count;
}

const smap_column *smap_table_at(const smap_table *table, int index) {
    return index >= 0 && index < table->count ? table->column[index] : NULL;
}

const smap_column *smap_table_find(const smap_table *table, const char *name) {
    for (int i = 0; i < table->count; i++)
        if (strcmp(table->column[i]->name, name) == 0) return table->column[i];
    return NULL;
}

smap_status smap_table_take(const smap_table *table, const int64_t *rows, int64_t count, const smap_table **out,
                            smap_error *err) {
    const smap_column **columns = smap__zalloc((size_t)table->count, sizeof *columns);
    if (!columns) return smap__fail_memory(err);
    smap_status status = SMAP_OK;
    int taken = 0;
    for (; taken < table->count && status == SMAP_OK; taken++)
        status = smap_column_take(table->column[taken], rows, count, &columns[taken], err);
    if (status == SMAP_OK) status = smap_table_new(columns, table->count, count, out, err);
    for (int i = 0; i < taken; i++) smap_column_free(columns[i]);
    smap__free(columns);
    return status;
}
