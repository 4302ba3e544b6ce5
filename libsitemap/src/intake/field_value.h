/* One value of a source column as a field has it: read by type, unit and vocabulary. */
#ifndef SMAP_INTAKE_FIELD_VALUE_H
#define SMAP_INTAKE_FIELD_VALUE_H

#include "base/str.h"
#include "intake/rules.h"
#include "model/domain.h"
#include "model/schema.h"

typedef enum smap__value_outcome {
    SMAP__VALUE_TAKEN,
    SMAP__VALUE_NOTED, /* taken, with something to say */
    SMAP__VALUE_EMPTY, /* nothing there */
    SMAP__VALUE_NONE,  /* a word for "no value" */
    SMAP__VALUE_LOST   /* cannot be read */
} smap__value_outcome;

/* What a cell's text was read as: columns of classes, yes and no or speeds hold few texts many times. */
typedef struct smap__known_text {
    const char *text; /* of the cell; NULL: free */
    size_t len;
    smap__value_outcome what;
    int64_t i;
    double f;
    const char *code;
    bool converted;
} smap__known_text;

enum { SMAP__KNOWN_TEXTS = 64 };

/* One a thread; text must outlive it. Release `text` when done. */
typedef struct smap__field_reader {
    const smap__field *field;
    const smap__domain *domain; /* NULL = free */
    const smap__rules *rules;
    char decimal, order; /* of intake/column_plan.h */
    bool may_show;       /* may findings tell of the value? */
    smap__str text;      /* the value as text, tidied */
    /* What was read: `i` for bool, whole numbers, dates; `f` for reals; `text` or a code for texts. */
    int64_t i;
    double f;
    const char *code;
    bool converted; /* from another unit */
    /* What there is to say about it. */
    const char *finding, *reason;
    char suggestion[400];
    smap__known_text known[SMAP__KNOWN_TEXTS];
} smap__field_reader;

/* Read a cell, or a text that stands for all rows; want of memory is told by text.failed. */
smap__value_outcome smap__field_value(smap__field_reader *reader, const smap_column *column, int64_t row);
smap__value_outcome smap__field_value_of_text(smap__field_reader *reader, const char *text);
/* Does the field hold just what the cell holds, a null included, with nothing to say about it? */
bool smap__field_value_as_is(smap__field_reader *reader, const smap_column *column, int64_t row);
/* What was read (taken or noted) into the column of the field. */
smap_status smap__field_value_append(const smap__field_reader *reader, smap_column_builder *builder, smap_error *err);

#endif
