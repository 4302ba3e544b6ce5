/* A CSV tokenizer (RFC 4180) over text in memory: our own data files and users' tables both go through it. */
#ifndef SMAP_BASE_CSV_H
#define SMAP_BASE_CSV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct smap__csv_field {
    const char *text; /* not terminated; points into the input, or into scratch when quotes were doubled */
    size_t len;
    bool quoted;
} smap__csv_field;

typedef struct smap__csv {
    const char *text;
    size_t len, at;
    char separator;
    int64_t line; /* 1-based line on which the current record starts */
    int64_t next_line;
    smap__csv_field *fields;
    size_t count, capacity;
    char *scratch; /* unescaped quoted fields of the current record */
    size_t scratch_capacity;
    bool unterminated; /* the current record ends the text inside a quoted field */
    bool stray;        /* there is text between a closing quote and the next separator, which is lost */
} smap__csv;

typedef enum smap__csv_result { SMAP__CSV_RECORD, SMAP__CSV_END, SMAP__CSV_NOMEM } smap__csv_result;

/* `text` is borrowed and must outlive the tokenizer. */
void smap__csv_init(smap__csv *csv, const char *text, size_t len, char separator);
void smap__csv_release(smap__csv *csv);
/* The next record into csv->fields; a blank line is a record of one empty field. LF, CRLF and CR end a line. */
smap__csv_result smap__csv_next(smap__csv *csv);

#endif
