#include <locale.h>
#include <math.h>
#include <pthread.h>
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

/* strtod and printf write the decimal sign of the process's locale, which is the caller's to set: the library never
 * calls setlocale, but a host program may. */
static const char *decimal_sign(void) {
    const char *sign = localeconv()->decimal_point;
    return *sign ? sign : ".";
}

/* The plain locale, for the life of the process: glibc has it ready, and nothing is to be freed. */
static locale_t plain;

static void find_plain(void) {
    plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);
}

int smap__print_list(char *out, size_t size, const char *format, va_list arguments) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    if (strcmp(decimal_sign(), ".") == 0 || pthread_once(&once, find_plain) != 0 || !plain)
        return vsnprintf(out, size, format, arguments);
    locale_t before = uselocale(plain); /* of this thread alone */
    int len = vsnprintf(out, size, format, arguments);
    uselocale(before);
    return len;
}

int smap__print(char *out, size_t size, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int len = smap__print_list(out, size, format, arguments);
    va_end(arguments);
    return len;
}

bool smap__parse_real(const char *text, size_t len, double *out) {
    enum { LONGEST = 64, SIGN = 8 };
    char copy[LONGEST + SIGN];
    const char *sign = decimal_sign();
    if (len == 0 || len >= LONGEST || strlen(sign) > SIGN) return false;
    bool digit = false, exponent = false, point = false;
    size_t at = 0;
    for (size_t i = 0; i < len; i++) {
        char c = text[i];
        if (c == '.') {
            if (exponent || point) return false;
            point = true;
            memcpy(copy + at, sign, strlen(sign));
            at += strlen(sign);
            continue;
        }
        if (c >= '0' && c <= '9')
            digit = true;
        else if ((c == 'e' || c == 'E') && digit && !exponent)
            exponent = true;
        else if ((c != '+' && c != '-') || (i && text[i - 1] != 'e' && text[i - 1] != 'E'))
            return false;
        copy[at++] = c;
    }
    copy[at] = '\0';
    if (!digit) return false;
    char *end;
    double value = strtod(copy, &end);
    if (*end || !isfinite(value)) return false;
    *out = value;
    return true;
}

void smap__str_put_real(smap__str *s, double value) {
    char text[48];
    const char *sign = decimal_sign();
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, value);
        if (strtod(text, NULL) == value) break;
    }
    const char *point = strcmp(sign, ".") == 0 ? NULL : strstr(text, sign);
    smap__str_put_n(s, text, point ? (size_t)(point - text) : strlen(text));
    if (!point) return;
    smap__str_put_char(s, '.');
    smap__str_put(s, point + strlen(sign));
}
