/* Rows as SQLite keeps them: a header with the kind of every value, then the values
 * (https://www.sqlite.org/fileformat2.html, 2.1). The same bytes as SQLite itself writes for such a row. */
#ifndef SMAP_IO_GPKG_RECORD_H
#define SMAP_IO_GPKG_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SMAP__VARINT_MOST = 9 };

typedef struct smap__record {
    unsigned char *bytes; /* the whole, once finished */
    size_t size, capacity;
    unsigned char *head, *body;
    size_t head_size, head_capacity, body_size, body_capacity;
    bool failed; /* memory has run out */
} smap__record;

void smap__record_release(smap__record *record);
/* Begin the next row; what was finished before is gone. */
void smap__record_begin(smap__record *record);
/* Values from left to right. An INTEGER PRIMARY KEY is null in its own row. */
void smap__record_null(smap__record *record);
void smap__record_int(smap__record *record, int64_t value);
void smap__record_real(smap__record *record, double value); /* of a column declared REAL; finite */
void smap__record_text(smap__record *record, const char *text, size_t len);
void smap__record_blob(smap__record *record, const void *bytes, size_t len);
/* The row into record->bytes and size; false when memory has run out. */
bool smap__record_finish(smap__record *record);

/* Big-endian, seven bits a byte, the ninth whole; how many bytes. */
int smap__put_varint(unsigned char *to, uint64_t value);

#endif
