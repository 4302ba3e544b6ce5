#include "intake/row_notes.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/str.h"
#include "geo/layer_row.h"

int64_t smap__row_number(const smap_layer *layer, int64_t row) {
    return row < 0 ? 0 : smap__layer_fid(layer, row);
}

bool smap__may_show(const smap__schema *schema, const smap__field *field) {
    return strcmp(schema->sensitivity, "open") == 0 && (!field || strcmp(field->sensitivity, "open") == 0);
}

smap_status smap__row_note(smap__source_rows *rows, smap__severity severity, const char *code, int64_t row,
                           const char *column, const smap__field *field, const char *value, smap_error *err,
                           const char *format, ...) {
    if (severity == SMAP__REJECTED && row >= 0) {
        if (rows->state[row] == SMAP__ROW_REJECTED) {
            severity = SMAP__WARNING;
        } else {
            rows->state[row] = SMAP__ROW_REJECTED;
            rows->rejected++;
        }
    }
    char message[1024];
    va_list arguments;
    va_start(arguments, format);
    smap__print_list(message, sizeof message, format, arguments);
    va_end(arguments);
    const char *shown = value && !smap__may_show(rows->schema, field) ? "(masked)" : value;
    return smap__findings_add(rows->findings, err, severity, code, smap__row_number(rows->source, row), column, shown,
                              "%s", message);
}

typedef struct placed {
    smap__finding finding;
    size_t at;
} placed;

static int by_row(const void *a, const void *b) {
    const placed *x = a, *y = b;
    if (x->finding.row != y->finding.row) return x->finding.row < y->finding.row ? -1 : 1;
    return x->at < y->at ? -1 : x->at > y->at;
}

smap_status smap__sort_findings(smap__findings *findings, size_t first, smap_error *err) {
    if (!findings || findings->count <= first + 1) return SMAP_OK;
    size_t count = findings->count - first;
    placed *order = smap__zalloc(count, sizeof *order);
    if (!order) return smap__fail_memory(err);
    for (size_t i = 0; i < count; i++) order[i] = (placed){ findings->items[first + i], i };
    qsort(order, count, sizeof *order, by_row);
    for (size_t i = 0; i < count; i++) findings->items[first + i] = order[i].finding;
    smap__free(order);
    return SMAP_OK;
}
