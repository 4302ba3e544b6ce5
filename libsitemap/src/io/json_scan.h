/* Scanning JSON text of users without building it: values are slices of the text. Strict, but for NaN and Infinity,
 * which Python and others write. For big foreign files; documents of our own go through model/json.h.
 *
 *     smap__scan s = { text, len, 0, 0, NULL };
 *     if (smap__scan_open(&s, '{'))
 *         for (bool first = true; smap__scan_more(&s, '}', &first);)
 *             if (smap__scan_key(&s, &key) && smap__scan_skip(&s, &value)) ...
 *     if (s.problem) ... at s.at ...
 *
 * A value that was skipped is known to be well formed, and can be scanned again by a scan of its own. */
#ifndef SMAP_IO_JSON_SCAN_H
#define SMAP_IO_JSON_SCAN_H

#include "base/str.h"

typedef struct smap__scan {
    const char *text;
    size_t len, at;
    int depth;
    const char *problem; /* why it ends at `at`; NULL = all is well so far */
} smap__scan;

typedef enum smap__scan_kind {
    SMAP__SCAN_NULL,
    SMAP__SCAN_TRUE,
    SMAP__SCAN_FALSE,
    SMAP__SCAN_NUMBER,
    SMAP__SCAN_NOT_FINITE, /* NaN, Infinity, -Infinity */
    SMAP__SCAN_STRING,     /* the slice is without its quotes, still escaped */
    SMAP__SCAN_OBJECT,
    SMAP__SCAN_ARRAY
} smap__scan_kind;

typedef struct smap__scan_value {
    smap__scan_kind kind;
    const char *text;
    size_t len;
    bool escaped; /* a string with a backslash in it */
} smap__scan_value;

/* The next value whole, checked to the last character. false: see problem. */
bool smap__scan_skip(smap__scan *scan, smap__scan_value *value);
/* Past an opening '{' or '['. */
bool smap__scan_open(smap__scan *scan, char bracket);
/* Is there another item before the closing bracket? Takes the comma, or the bracket. *first starts as true. */
bool smap__scan_more(smap__scan *scan, char close, bool *first);
/* A member's name and its colon. */
bool smap__scan_key(smap__scan *scan, smap__scan_value *key);
/* Nothing but white space is left. */
bool smap__scan_ends(smap__scan *scan);
/* Append a string slice with its escapes undone. */
void smap__scan_unescape(smap__str *out, const smap__scan_value *string);
bool smap__scan_is(const smap__scan_value *string, const char *text);

#endif
