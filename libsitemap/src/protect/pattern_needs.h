/* What a text must have for a pattern to match at all, found from the pattern itself: a regular expression is slow, and
 * nearly no text has a match. */
#ifndef SMAP_PROTECT_PATTERN_NEEDS_H
#define SMAP_PROTECT_PATTERN_NEEDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct smap__pattern_needs {
    bool any[256]; /* one of these bytes at least, where `has_any` */
    bool has_any;
    int digits; /* so many of 0 to 9 */
} smap__pattern_needs;

/* Of a POSIX extended regular expression that regcomp has taken. What is not understood needs nothing. */
void smap__pattern_needs_find(const char *regex, bool ignore_case, smap__pattern_needs *out);

/* What a text has. */
typedef struct smap__text_has {
    bool byte[256];
    int digits;
} smap__text_has;

void smap__text_has_find(const char *text, size_t len, smap__text_has *out);
bool smap__pattern_needs_met(const smap__pattern_needs *needs, const smap__text_has *has);

#endif
