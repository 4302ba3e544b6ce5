/* Text inside of texts that nobody outside is to read: phone numbers, e-mail addresses, ids of forms and devices,
 * numbers of accounts and papers, keys, names of files, connection strings. The patterns are data ("patterns" of
 * data/audiences.json: POSIX extended regular expressions over text in which digits of every script are 0 to 9, blanks
 * and signs of every kind are those of ASCII, and other characters are their bytes in UTF-8; "ignore_case": of ASCII
 * letters). */
#ifndef SMAP_PROTECT_SCRUB_H
#define SMAP_PROTECT_SCRUB_H

#include "base/str.h"
#include "model/json.h"

typedef struct smap__scrub smap__scrub;

smap_status smap__scrub_new(const smap__json *patterns, smap__scrub **out, smap_error *err);
void smap__scrub_free(smap__scrub *scrub);
/* Append the text to `out` with an ellipsis in place of every match that is no part of a longer word; how many there
 * were. `out` is left alone where there are none. `is_key`: by the patterns that keys are held against alone. */
int smap__scrub_text(const smap__scrub *scrub, bool is_key, const char *text, size_t len, smap__str *out);

/* Append the text with an ellipsis in place of every number, in digits of any script; how many there were.
 * `out` is left alone where there are none. */
int smap__scrub_numbers(const char *text, size_t len, smap__str *out);

#endif
