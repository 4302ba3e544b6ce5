/* Numbers as people write them: Arabic-Indic digits, decimal comma, grouped thousands. What cannot be told is said,
 * never guessed: "1.200" people are 1200, "1,200" of a measure may be 1.2 or 1200. */
#ifndef SMAP_INTAKE_FIELD_NUMBER_H
#define SMAP_INTAKE_FIELD_NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "sitemap/table.h"

typedef enum smap__number_reading {
    SMAP__NUMBER_OK,
    SMAP__NUMBER_GROUPED,   /* read, but a point or comma was taken as a thousands sign: worth saying */
    SMAP__NUMBER_AMBIGUOUS, /* "1,200" where both readings make sense */
    SMAP__NUMBER_NOT_WHOLE, /* a fraction where a count is needed */
    SMAP__NUMBER_TOO_LARGE,
    SMAP__NUMBER_BAD
} smap__number_reading;

/* `whole`: a count, so that a fraction makes no sense. `decimal`: '.' or ',' where the column has shown its decimal
 * sign, 0 where it has not. *value is set for OK and GROUPED; whole values are exact within +-2^53. */
smap__number_reading smap__read_number(const char *text, size_t len, bool whole, char decimal, double *value);

/* The decimal sign that the values of a text column show without doubt ("13,18", "0.5"); 0 if none or both do. */
char smap__decimal_sign(const smap_column *column);

/* Append the text with Arabic-Indic digits, the Arabic decimal sign (as ".") and minus signs made ASCII.
 * *arabic_decimal (may be NULL) is set when that sign was there. */
void smap__put_ascii_digits(smap__str *out, const char *text, size_t len, bool *arabic_decimal);

#endif
