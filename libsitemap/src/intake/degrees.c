#include "intake/degrees.h"

#include <math.h>
#include <string.h>

#include "base/str.h"
#include "intake/field_number.h"

enum { NUMBERS = 8 };

typedef struct angle {
    double number[3]; /* degrees, minutes, seconds */
    int numbers;
    bool negative, marked; /* marked: a sign of degrees, minutes or seconds was there */
    char hemisphere;       /* N S E W, or 0 */
} angle;

static const struct {
    const char *word;
    char hemisphere;
} arabic[] = { { "شمال", 'N' }, { "جنوب", 'S' }, { "شرق", 'E' }, { "غرب", 'W' } };

/* The text with every sign of degrees, minutes and seconds as " ~ " (the seconds sign as two minutes signs too), Arabic
 * words of direction as letters. */
static void make_plain(smap__str *out, const char *text, size_t len) {
    smap__str digits = SMAP__STR_INIT;
    smap__put_ascii_digits(&digits, text, len, NULL);
    for (size_t at = 0; !digits.failed && at < digits.len;) {
        bool word = false;
        for (size_t i = 0; i < sizeof arabic / sizeof *arabic && !word; i++) {
            size_t n = strlen(arabic[i].word);
            if (at + n <= digits.len && memcmp(digits.data + at, arabic[i].word, n) == 0) {
                smap__str_put_char(out, arabic[i].hemisphere);
                at += n;
                word = true;
            }
        }
        if (word) continue;
        uint32_t c = smap__utf8_next(digits.data, digits.len, &at);
        bool sign = c == 0xB0 || c == 0xBA || c == 0x2DA || c == 0x2032 || c == 0x2033 || c == 0x201D || c == 0x2018 ||
                    c == 0xB4 || c == '\'' || c == '"' || c == ':';
        if (sign) {
            smap__str_put(out, " ~ ");
        } else {
            smap__str_put_utf8(out, c);
        }
    }
    if (digits.failed) out->failed = true;
    smap__str_release(&digits);
}

static bool is_hemisphere(char c) {
    return c && strchr("NSEWnsew", c) != NULL;
}

static char upper(char c) {
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

/* "32.5", "32,5", "-32"; a comma is a decimal sign here. */
static bool read_plain(const char *text, size_t len, double *out) {
    char copy[40];
    if (len == 0 || len >= sizeof copy) return false;
    for (size_t i = 0; i < len; i++) copy[i] = text[i] == ',' ? '.' : text[i];
    return smap__parse_real(copy, len, out);
}

/* Read one angle from text[*at], stopping before a second one. */
static bool read_angle(const char *text, size_t len, size_t *at, bool many, angle *a) {
    *a = (angle){ .numbers = 0 };
    while (*at < len) {
        char c = text[*at];
        if (strchr(" ;,", c)) {
            bool between = c != ' ';
            ++*at;
            if (between && a->numbers > 0) return true;
            continue;
        }
        if (c == '~') {
            if (a->numbers == 0) return false;
            a->marked = true;
            ++*at;
            continue;
        }
        if (is_hemisphere(c)) {
            if (a->hemisphere) return a->numbers > 0;
            a->hemisphere = upper(c);
            ++*at;
            if (a->numbers > 0) return true;
            continue;
        }
        size_t start = *at;
        while (*at < len && !strchr(" ;~", text[*at]) && !is_hemisphere(text[*at])) ++*at;
        size_t end = *at;
        if (many &&
            memchr(text + start, '.', end - start)) { /* "32.76,22.63": the comma parts, it is no decimal sign */
            const char *comma = memchr(text + start, ',', end - start);
            if (comma) *at = end = (size_t)(comma - text);
        }
        if (end > start && text[end - 1] == ',') end--; /* "32.76, 22.63" */
        double number = 0;
        /* Without signs of minutes, the next number of a pair is the next coordinate. */
        if (a->numbers > 0 && (a->numbers == 3 || (many && !a->marked))) {
            *at = start;
            return true;
        }
        if (!read_plain(text + start, end - start, &number)) return false;
        if (a->numbers > 0 && (number < 0 || text[start] == '-')) return false;
        if (a->numbers == 0) a->negative = text[start] == '-';
        a->number[a->numbers++] = fabs(number);
        if (end < *at) return true;
    }
    return a->numbers > 0;
}

static bool angle_value(const angle *a, double *out) {
    double value = a->number[0];
    if (a->numbers > 1 && (a->number[0] != floor(a->number[0]) || a->number[1] >= 60)) return false;
    if (a->numbers > 2 && (a->number[1] != floor(a->number[1]) || a->number[2] >= 60)) return false;
    if (a->numbers > 1) value += a->number[1] / 60;
    if (a->numbers > 2) value += a->number[2] / 3600;
    if (a->negative && a->hemisphere) return false;
    *out = a->negative || a->hemisphere == 'S' || a->hemisphere == 'W' ? -value : value;
    return true;
}

bool smap__read_degrees(const char *text, size_t len, double *out) {
    smap__trim(&text, &len);
    smap__str plain = SMAP__STR_INIT;
    make_plain(&plain, text, len);
    angle a;
    size_t at = 0;
    bool good = !plain.failed && plain.data && read_angle(plain.data, plain.len, &at, false, &a);
    while (good && at < plain.len && strchr(" ~", plain.data[at])) at++;
    if (good && at < plain.len && is_hemisphere(plain.data[at]) && !a.hemisphere)
        a.hemisphere = upper(plain.data[at++]);
    while (good && at < plain.len && strchr(" ~", plain.data[at])) at++;
    good = good && at == plain.len && angle_value(&a, out);
    smap__str_release(&plain);
    return good;
}

static bool is_across(char hemisphere) {
    return hemisphere == 'E' || hemisphere == 'W';
}

bool smap__read_position(const char *text, size_t len, double *lat, double *lon) {
    smap__trim(&text, &len);
    smap__str plain = SMAP__STR_INIT;
    make_plain(&plain, text, len);
    angle a, b;
    size_t at = 0;
    double first = 0, second = 0;
    bool good = !plain.failed && plain.data && read_angle(plain.data, plain.len, &at, true, &a) &&
                read_angle(plain.data, plain.len, &at, true, &b) && angle_value(&a, &first) && angle_value(&b, &second);
    /* Altitude and accuracy may follow: any numbers. */
    while (good && at < plain.len) {
        angle rest;
        size_t before = at;
        while (at < plain.len && strchr(" ~", plain.data[at])) at++;
        if (at == plain.len) break;
        good = read_angle(plain.data, plain.len, &at, true, &rest) && at > before;
    }
    if (good && a.hemisphere && b.hemisphere && is_across(a.hemisphere) == is_across(b.hemisphere)) good = false;
    smap__str_release(&plain);
    if (!good) return false;
    bool swapped = is_across(a.hemisphere) || (b.hemisphere && !is_across(b.hemisphere));
    *lat = swapped ? second : first;
    *lon = swapped ? first : second;
    return true;
}
