/* Dates as people write them: ISO, day and month in either order where only one makes sense, month names in English and
 * Arabic, Arabic-Indic digits, spreadsheet day numbers. 03/04/2024 is not guessed. */
#ifndef SMAP_INTAKE_CALENDAR_H
#define SMAP_INTAKE_CALENDAR_H

#include "intake/rules.h"

typedef enum smap__date_reading {
    SMAP__DATE_OK,
    SMAP__DATE_SPREADSHEET, /* read, from a spreadsheet's day number: worth saying */
    SMAP__DATE_AMBIGUOUS,   /* day and month can be either way round */
    SMAP__DATE_SHORT_YEAR,  /* the year has two digits */
    SMAP__DATE_NO_DAY,      /* only a month or a year */
    SMAP__DATE_IMPOSSIBLE,  /* 30 February */
    SMAP__DATE_BAD
} smap__date_reading;

/* `order`: 'd' for day before month, 'm' for month before day, 0 if not known. *milliseconds since 1970-01-01T00:00Z; a
 * time zone is taken off. *days is the date as written, whatever the time zone. Either may be NULL. */
smap__date_reading smap__read_date(const smap__rules *rules, const char *text, size_t len, char order, int64_t *days,
                                   int64_t *milliseconds);

#endif
