/* The rows of a source while they are read: which are kept, and what there is to say about them. A row that is not
 * taken has exactly one finding of severity "rejected": its first one. */
#ifndef SMAP_INTAKE_ROW_NOTES_H
#define SMAP_INTAKE_ROW_NOTES_H

#include "base/findings.h"
#include "model/schema.h"
#include "sitemap/geometry.h"

enum { SMAP__ROW_KEPT, SMAP__ROW_REJECTED, SMAP__ROW_BLANK };

typedef struct smap__source_rows {
    const smap_layer *source;
    const smap__schema *schema;
    smap__findings *findings;
    uint8_t *state; /* SMAP__ROW_ of each source row */
    int64_t count, rejected;
    const char *position; /* what findings about positions call their column */
} smap__source_rows;

/* The row's number as people find it in the source. */
int64_t smap__row_number(const smap_layer *layer, int64_t row);

/* Say something about a row (-1: about all); SMAP__REJECTED gives the row up. `value` as it stood there, or NULL; it is
 * masked if `field` (may be NULL) or the layer is not open. */
smap_status smap__row_note(smap__source_rows *rows, smap__severity severity, const char *code, int64_t row,
                           const char *column, const smap__field *field, const char *value, smap_error *err,
                           const char *format, ...) __attribute__((format(printf, 9, 10)));

/* May values of this field be shown in findings? */
bool smap__may_show(const smap__schema *schema, const smap__field *field);

/* Put the findings from `first` on into the order of their rows; those about the whole source come first. */
smap_status smap__sort_findings(smap__findings *findings, size_t first, smap_error *err);

#endif
