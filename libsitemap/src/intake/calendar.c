#include "intake/calendar.h"

#include <math.h>
#include <string.h>

#include "base/str.h"
#include "intake/field_number.h"

enum { MS_PER_MINUTE = 60000, PARTS = 3 };

/* Day 0 of the spreadsheets that count from 1900 with a leap day that never was: 1899-12-30. */
static int64_t spreadsheet_zero(void) {
    return smap__days_from_civil(1899, 12, 30);
}

static bool civil(int year, int month, int day, int64_t *days) {
    if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31) return false;
    int64_t found = smap__days_from_civil(year, month, day);
    int y = 0, m = 0, d = 0;
    smap__civil_from_days(found, &y, &m, &d);
    if (y != year || m != month || d != day) return false;
    *days = found;
    return true;
}

typedef struct date_part {
    int number; /* -1: a word */
    int digits; /* how many it was written with */
    int month;  /* 1 to 12 for the name of a month, else 0 */
} date_part;

/* Numbers and month names between the signs " / - . ,"; false for anything else or more than three of them. */
static bool split(const smap__rules *rules, const char *text, size_t len, date_part part[PARTS], int *count) {
    *count = 0;
    for (size_t at = 0; at < len;) {
        if (strchr(" /-.,", text[at])) {
            at++;
            continue;
        }
        if (*count == PARTS) return false;
        size_t start = at;
        bool number = text[at] >= '0' && text[at] <= '9';
        while (at < len && !strchr(" /-.,", text[at]) && (text[at] >= '0' && text[at] <= '9') == number) at++;
        date_part *p = &part[(*count)++];
        *p = (date_part){ -1, 0, 0 };
        if (number) {
            int64_t value = 0;
            if (at - start > 4 || !smap__parse_int(text + start, at - start, &value)) return false;
            p->number = (int)value;
            p->digits = (int)(at - start);
            continue;
        }
        /* A month's name may have two words. */
        size_t end = at;
        int found = smap__domain_find(rules->months, text + start, end - start);
        if (at < len && text[at] == ' ') {
            size_t next = at + 1;
            while (next < len && !strchr(" /-.,0123456789", text[next])) next++;
            int longer = smap__domain_find(rules->months, text + start, next - start);
            if (next > at + 1 && longer >= 0) {
                found = longer;
                at = next;
            }
        }
        if (found < 0) return false;
        p->month = found + 1;
    }
    return *count > 0;
}

static smap__date_reading with_month_name(const date_part *part, int count, int64_t *days) {
    int at = 0, others = 0, number[2] = { 0, 0 }, digits[2] = { 0, 0 };
    for (int i = 0; i < count; i++) {
        if (part[i].month) {
            at = i;
        } else {
            number[others] = part[i].number;
            digits[others++] = part[i].digits;
        }
    }
    if (others < 2) return SMAP__DATE_NO_DAY;
    int year = digits[0] == 4 ? 0 : 1; /* which of the two is the year: the last, unless the first has four digits */
    if (digits[year] != 4) return SMAP__DATE_SHORT_YEAR;
    return civil(number[year], part[at].month, number[1 - year], days) ? SMAP__DATE_OK : SMAP__DATE_IMPOSSIBLE;
}

static smap__date_reading of_numbers(const date_part *part, char order, int64_t *days) {
    if (part[0].digits == 4) { /* year first: month before day */
        return civil(part[0].number, part[1].number, part[2].number, days) ? SMAP__DATE_OK : SMAP__DATE_IMPOSSIBLE;
    }
    if (part[2].digits != 4) return SMAP__DATE_SHORT_YEAR;
    int64_t day_first = 0, month_first = 0;
    bool as_dmy = civil(part[2].number, part[1].number, part[0].number, &day_first);
    bool as_mdy = civil(part[2].number, part[0].number, part[1].number, &month_first);
    if (!as_dmy && !as_mdy) return SMAP__DATE_IMPOSSIBLE;
    if (order == 'd' || order == 'm') {
        if (order == 'd' ? !as_dmy : !as_mdy) return SMAP__DATE_IMPOSSIBLE;
        *days = order == 'd' ? day_first : month_first;
        return SMAP__DATE_OK;
    }
    if (as_dmy && as_mdy && day_first != month_first) return SMAP__DATE_AMBIGUOUS;
    *days = as_dmy ? day_first : month_first;
    return SMAP__DATE_OK;
}

static smap__date_reading read_day(const smap__rules *rules, const char *text, size_t len, char order, int64_t *days) {
    date_part part[PARTS];
    int count = 0;
    double number = 0;
    if (smap__parse_real(text, len, &number) && number >= rules->spreadsheet_first &&
        number <= rules->spreadsheet_last) {
        *days = spreadsheet_zero() + (int64_t)floor(number);
        return SMAP__DATE_SPREADSHEET;
    }
    if (!split(rules, text, len, part, &count)) return SMAP__DATE_BAD;
    int names = 0;
    for (int i = 0; i < count; i++) names += part[i].month > 0;
    if (names > 1) return SMAP__DATE_BAD;
    if (names == 1) return with_month_name(part, count, days);
    if (count == PARTS) return of_numbers(part, order, days);
    bool year_alone = count == 1 && part[0].digits == 4;
    bool year_month = count == 2 && (part[0].digits == 4 || part[1].digits == 4);
    return year_alone || year_month ? SMAP__DATE_NO_DAY : SMAP__DATE_BAD;
}

static bool two_digits(const char *text, int *out) {
    if (text[0] < '0' || text[0] > '9' || text[1] < '0' || text[1] > '9') return false;
    *out = (text[0] - '0') * 10 + (text[1] - '0');
    return true;
}

/* Cut a time zone ("+02:00", "+0200", "+02") off the end of a text with a time; minutes east of Greenwich. */
static int cut_zone(const char *text, size_t *len) {
    int hours = 0, minutes = 0;
    for (size_t n = 3; n <= 6; n++) {
        if (n == 4 || *len < n + 5) continue;
        const char *zone = text + *len - n;
        if (zone[0] != '+' && zone[0] != '-') continue;
        if (!two_digits(zone + 1, &hours)) continue;
        if (n > 3 && !two_digits(zone + n - 2, &minutes)) continue;
        if (n == 6 && zone[3] != ':') continue;
        *len -= n;
        return (zone[0] == '-' ? -1 : 1) * (hours * 60 + minutes);
    }
    return 0;
}

/* Where the time of day starts ("T10:00", " 10:00:05"), or len. */
static size_t find_time(const char *text, size_t len) {
    for (size_t i = 1; i + 3 < len; i++) {
        if ((text[i] == 'T' || text[i] == ' ') && text[i + 1] >= '0' && text[i + 1] <= '9' &&
            (text[i + 2] == ':' || (i + 4 < len && text[i + 3] == ':'))) {
            return i;
        }
    }
    return len;
}

/* "10:00", "9:05:30", "10:00:00.250Z", "2:30 pm" after the date: milliseconds in the day; -1 if it is none. */
static int64_t read_time(const char *text, size_t len) {
    char iso[40] = "1970-01-01T";
    size_t n = strlen(iso);
    int64_t value = 0;
    bool pm =
        len > 3 && (text[len - 2] == 'p' || text[len - 2] == 'P') && (text[len - 1] == 'm' || text[len - 1] == 'M');
    bool am =
        len > 3 && (text[len - 2] == 'a' || text[len - 2] == 'A') && (text[len - 1] == 'm' || text[len - 1] == 'M');
    if (am || pm) len -= 2;
    while (len > 0 && text[len - 1] == ' ') len--;
    if (len > 1 && text[1] == ':') iso[n++] = '0';
    if (n + len >= sizeof iso) return -1;
    memcpy(iso + n, text, len);
    if (!smap__parse_timestamp(iso, n + len, &value)) return -1;
    const int64_t noon = SMAP__MS_PER_DAY / 2;
    if (am || pm) {
        if (value >= noon + SMAP__MS_PER_DAY / 24) return -1;
        if (value >= noon) value -= noon;
        if (pm) value += noon;
    }
    return value;
}

smap__date_reading smap__read_date(const smap__rules *rules, const char *text, size_t len, char order, int64_t *days,
                                   int64_t *milliseconds) {
    smap__str plain = SMAP__STR_INIT;
    smap__date_reading reading = SMAP__DATE_BAD;
    smap__trim(&text, &len);
    smap__put_ascii_digits(&plain, text, len, NULL);
    if (!plain.failed && plain.len > 0) {
        size_t end = plain.len, at = find_time(plain.data, plain.len);
        int zone = at < plain.len ? cut_zone(plain.data, &end) : 0;
        int64_t time = at < plain.len ? read_time(plain.data + at + 1, end - at - 1) : 0, day = 0;
        reading = time < 0 ? SMAP__DATE_BAD : read_day(rules, plain.data, at, order, &day);
        if (reading == SMAP__DATE_OK || reading == SMAP__DATE_SPREADSHEET) {
            if (days) *days = day;
            if (milliseconds) *milliseconds = day * SMAP__MS_PER_DAY + time - (int64_t)zone * MS_PER_MINUTE;
        }
    }
    smap__str_release(&plain);
    return reading;
}
