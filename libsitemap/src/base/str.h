/* Growing strings and the few text operations that the library needs; all text is UTF-8. */
#ifndef SMAP_BASE_STR_H
#define SMAP_BASE_STR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A growing string. Once an append has failed for want of memory, `failed` stays true and later appends do nothing:
 * check it once at the end. `data` is always terminated when not NULL. */
typedef struct smap__str {
    char *data;
    size_t len, capacity;
    bool failed;
} smap__str;

#define SMAP__STR_INIT                                                                                                 \
    { NULL, 0, 0, false }

void smap__str_put(smap__str *s, const char *text);
void smap__str_put_n(smap__str *s, const char *text, size_t len);
void smap__str_put_char(smap__str *s, char c);
void smap__str_printf(smap__str *s, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* snprintf and vsnprintf with "." as decimal sign, whatever locale the program has set; smap__str_printf does too. */
int smap__print(char *out, size_t size, const char *format, ...) __attribute__((format(printf, 3, 4)));
int smap__print_list(char *out, size_t size, const char *format, va_list arguments)
    __attribute__((format(printf, 3, 0)));
/* Text as a JSON string with its quotes; as XML character data or attribute value. */
void smap__str_put_json(smap__str *s, const char *text, size_t len);
void smap__str_put_xml(smap__str *s, const char *text, size_t len);
/* Bytes as base64 (RFC 4648, padded, one line). */
void smap__str_put_base64(smap__str *s, const void *bytes, size_t len);
/* The shortest decimal that reads back as the same double; "nan" and "inf" never reach a file: callers check. */
void smap__str_put_real(smap__str *s, double value);
void smap__str_clear(smap__str *s);
void smap__str_release(smap__str *s);
/* Hand the text over (terminated; free with smap__free); NULL if an append failed. */
char *smap__str_take(smap__str *s);

/* The ending of an English noun behind a count: "1 layer", "2 layers". */
static inline const char *smap__plural(int64_t count) {
    return count == 1 ? "" : "s";
}

/* ---- UTF-8 ---- */

bool smap__utf8_valid(const char *text, size_t len);
/* Decode one code point at text[*at], moving *at on; 0xFFFD for a bad byte. */
uint32_t smap__utf8_next(const char *text, size_t len, size_t *at);
/* Is it of a script that runs from right to left (Hebrew, Arabic and their neighbours)? */
bool smap__utf8_is_rtl(uint32_t code_point);
void smap__str_put_utf8(smap__str *s, uint32_t code_point);
/* As many whole characters of the text as `size` bytes hold with the end. */
void smap__utf8_copy(char *out, size_t size, const char *text);

/* Fold for comparing names: lower case (Latin), runs of white space, punctuation and underscores to one space, ends
 * trimmed; Arabic: tatweel and vowel marks dropped, alef, yeh and teh marbuta forms made one. Appends to `out`. */
void smap__fold_name(smap__str *out, const char *text, size_t len);
/* The same of ASCII, into `len` bytes at `out`; false for other text, of which nothing is said. */
bool smap__fold_ascii(const char *text, size_t len, char *out, size_t *out_len);
/* Are two texts equal when folded? */
bool smap__same_name(const char *a, size_t a_len, const char *b, size_t b_len);

/* Move *text and *len past white space on both ends (NBSP and other Unicode spaces and marks of direction included). */
void smap__trim(const char **text, size_t *len);

/* Whole-text numbers, "." as decimal sign, no locale, no white space. false if it is not one, or out of range. */
bool smap__parse_int(const char *text, size_t len, int64_t *out);
bool smap__parse_real(const char *text, size_t len, double *out);

/* ---- dates ---- */

enum { SMAP__MS_PER_DAY = 86400000 };

/* Days since 1970-01-01 of a civil date, and back. */
int64_t smap__days_from_civil(int year, int month, int day);
void smap__civil_from_days(int64_t days, int *year, int *month, int *day);
/* "2023-09-13" */
bool smap__parse_date(const char *text, size_t len, int64_t *days);
/* "2023-09-13T09:13:00[.fff][Z]", also with a blank for the T; a bare date is midnight. */
bool smap__parse_timestamp(const char *text, size_t len, int64_t *milliseconds);
/* At least 11 and 25 bytes: "2023-09-13", "2023-09-13T09:13:00.000Z". */
void smap__format_date(int64_t days, char out[16]);
void smap__format_timestamp(int64_t milliseconds, char out[32]);

#endif
