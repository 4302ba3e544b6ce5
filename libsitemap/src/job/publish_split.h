/* A layer of results that holds several scenarios, modes and the like, taken apart: "split" of data/publish.json. */
#ifndef SMAP_JOB_PUBLISH_SPLIT_H
#define SMAP_JOB_PUBLISH_SPLIT_H

#include "job/publish_project.h"

typedef struct smap__publish_part {
    const char *subset; /* in SQL; "" for all rows */
    const char *title;  /* "bridges-out, Hospital": of the columns in which parts differ */
} smap__publish_part;

typedef struct smap__publish_split {
    const smap__publish_part *item; /* in the project's arena */
    int count;
} smap__publish_split;

/* One part for each combination of values that rows of that shape have, in order of those; a single part of all rows
 * where the layer is not to be split, or would be into more parts than anybody reads. */
smap_status smap__publish_split_make(smap__publish_project *project, const smap__publish_layer *layer, unsigned shape,
                                     smap__publish_split *out, smap_error *err);

/* "column" = 'text', appended. SQLite compares such a text with numbers by value in a column of numbers. */
void smap__publish_put_test(smap__str *out, const char *column, const char *operator, const char * text);

#endif
