#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"

bool smap__parse_int(const char *text, size_t len, int64_t *out) {
    size_t at = 0;
    bool negative = len && text[0] == '-';
    if (len && (text[0] == '-' || text[0] == '+')) at++;
    if (at == len) return false;
    int64_t value = 0;
    for (; at < len; at++) {
        if (text[at] < '0' || text[at] > '9') return false;
        int digit = text[at] - '0';
        if (__builtin_mul_overflow(value, 10, &value)) return false;
        if (__builtin_add_overflow(value, negative ? -digit : digit, &value)) return false;
    }
    *out = value;
    return true;
}

/* strtod follows the locale of the process, which is the caller's to set: the decimal sign is checked by hand and
 * the library never calls setlocale, but a host program may, so the sign is replaced where it differs. */
bool smap__parse_real(const char *text, size_t len, double *out) {
    char copy[64];
    if (len == 0 || len >= sizeof copy) return false;
    bool digit = false, exponent = false;
    for (size_t i = 0; i < len; i++) {
        char c = text[i];
        if (c >= '0' && c <= '9')
            digit = true;
        else if ((c == 'e' || c == 'E') && digit && !exponent)
            exponent = true;
        else if (c == '+' || c == '-') {
            if (i && text[i - 1] != 'e' && text[i - 1] != 'E') return false;
        } else if (c != '.' || exponent)
            return false;
        copy[i] = c;
    }
    copy[len] = '\0';
    if (!digit) return false;
    char *end;
    double value = strtod(copy, &end);
    if (*end == '.' && end != copy) { /* a locale with another decimal sign */
        char probe[8];
        double half = 0.5;
        int n = snprintf(probe, sizeof probe, "%.1f", half);
        char *point = strchr(copy, '.');
        if (n != 3 || !point) return false;
        *point = probe[1];
        value = strtod(copy, &end);
    }
    if (end != copy + len || !isfinite(value)) return false;
    *out = value;
    return true;
}
