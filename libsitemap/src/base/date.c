#include <stdio.h>

#include "base/str.h"

/* Proleptic Gregorian calendar in eras of 400 years, years starting in March (H. Hinnant, "chrono-compatible
 * low-level date algorithms"). */
int64_t smap__days_from_civil(int year, int month, int day) {
    int64_t y = (int64_t)year - (month <= 2);
    int64_t era = (y >= 0 ? y : y - 399) / 400;
    int64_t yoe = y - era * 400;
    int64_t doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int64_t doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    return era * 146097 + doe - 719468;
}

void smap__civil_from_days(int64_t days, int *year, int *month, int *day) {
    days += 719468;
    int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    int64_t doe = days - era * 146097;
    int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int64_t mp = (5 * doy + 2) / 153;
    *day = (int)(doy - (153 * mp + 2) / 5 + 1);
    *month = (int)(mp < 10 ? mp + 3 : mp - 9);
    *year = (int)(yoe + era * 400 + (*month <= 2));
}

static bool digits(const char *text, size_t n, int *out) {
    int value = 0;
    for (size_t i = 0; i < n; i++) {
        if (text[i] < '0' || text[i] > '9') return false;
        value = value * 10 + (text[i] - '0');
    }
    *out = value;
    return true;
}

bool smap__parse_date(const char *text, size_t len, int64_t *days) {
    int y, m, d, y2, m2, d2;
    if (len != 10 || text[4] != '-' || text[7] != '-') return false;
    if (!digits(text, 4, &y) || !digits(text + 5, 2, &m) || !digits(text + 8, 2, &d)) return false;
    if (m < 1 || m > 12 || d < 1 || d > 31) return false;
    int64_t value = smap__days_from_civil(y, m, d);
    smap__civil_from_days(value, &y2, &m2, &d2);
    if (m2 != m || d2 != d) return false; /* 31 February */
    *days = value;
    return true;
}

bool smap__parse_timestamp(const char *text, size_t len, int64_t *milliseconds) {
    int64_t days;
    if (len < 10 || !smap__parse_date(text, 10, &days)) return false;
    int hour = 0, minute = 0, second = 0, fraction = 0;
    size_t at = 10;
    if (at < len) {
        if ((text[at] != 'T' && text[at] != ' ') || len < 16 || text[13] != ':') return false;
        if (!digits(text + 11, 2, &hour) || !digits(text + 14, 2, &minute)) return false;
        at = 16;
        if (len >= 19 && text[16] == ':') {
            if (!digits(text + 17, 2, &second)) return false;
            at = 19;
        }
        if (at < len && text[at] == '.') {
            int weight = 100;
            for (at++; at < len && text[at] >= '0' && text[at] <= '9'; at++, weight /= 10)
                fraction += weight * (text[at] - '0');
        }
        if (at < len && text[at] == 'Z') at++;
        if (at != len || hour > 23 || minute > 59 || second > 60) return false;
    }
    *milliseconds = ((days * 24 + hour) * 60 + minute) * 60000 + second * 1000 + fraction;
    return true;
}

void smap__format_date(int64_t days, char out[16]) {
    int y, m, d;
    smap__civil_from_days(days, &y, &m, &d);
    if (y < 0 || y > 9999) y = m = d = 0;
    snprintf(out, 16, "%04u-%02u-%02u", (unsigned)y % 10000U, (unsigned)m % 100U, (unsigned)d % 100U);
}

void smap__format_timestamp(int64_t milliseconds, char out[32]) {
    int64_t days = milliseconds / SMAP__MS_PER_DAY - (milliseconds % SMAP__MS_PER_DAY < 0);
    int64_t rest = milliseconds - days * SMAP__MS_PER_DAY;
    char date[16];
    smap__format_date(days, date);
    snprintf(out, 32, "%sT%02u:%02u:%02u.%03uZ", date, (unsigned)(rest / 3600000) % 24U, (unsigned)(rest / 60000 % 60),
             (unsigned)(rest / 1000 % 60), (unsigned)(rest % 1000));
}
