#include "intake/field_number.h"

#include <math.h>
#include <string.h>

enum { ARABIC_ZERO = 0x0660, PERSIAN_ZERO = 0x06F0, ARABIC_DECIMAL = 0x066B, ARABIC_THOUSANDS = 0x066C };
enum { LONGEST = 64 };
static const double LARGEST_WHOLE = 9007199254740992.0; /* 2^53 */

void smap__put_ascii_digits(smap__str *out, const char *text, size_t len, bool *arabic_decimal) {
    for (size_t at = 0; at < len;) {
        uint32_t c = smap__utf8_next(text, len, &at);
        if (c >= ARABIC_ZERO && c < ARABIC_ZERO + 10) {
            c = '0' + (c - ARABIC_ZERO);
        } else if (c >= PERSIAN_ZERO && c < PERSIAN_ZERO + 10) {
            c = '0' + (c - PERSIAN_ZERO);
        } else if (c == ARABIC_DECIMAL) {
            c = '.';
            if (arabic_decimal) *arabic_decimal = true;
        } else if (c == ARABIC_THOUSANDS || c == 0x2019) {
            c = '\'';
        } else if (c == 0x2212 || c == 0x2013) {
            c = '-';
        } else if (c == 0x00A0 || c == 0x202F || c == 0x2009) {
            c = ' ';
        }
        smap__str_put_utf8(out, c);
    }
}

/* A number taken apart: "-1,234.5" has the sign, the digits 12345, and for each sign between digits what it is and how
 * many digits stand before it. */
typedef struct parts {
    bool negative;
    char digits[LONGEST + 1];
    int count;
    struct {
        char sign;
        int before;
    } mark[LONGEST];
    int marks, commas, points;
} parts;

static bool take_apart(const char *text, size_t len, parts *p) {
    memset(p, 0, sizeof *p);
    size_t at = 0;
    if (at < len && (text[at] == '-' || text[at] == '+')) p->negative = text[at++] == '-';
    for (; at < len; at++) {
        char c = text[at];
        if (c >= '0' && c <= '9') {
            if (p->count == LONGEST) return false;
            p->digits[p->count++] = c;
            continue;
        }
        bool last = at + 1 == len, doubled = p->marks > 0 && p->mark[p->marks - 1].before == p->count;
        if (!strchr(".,' ", c) || last || doubled || p->marks == LONGEST) return false;
        if (p->count == 0 && c != '.' && c != ',') return false;
        p->mark[p->marks].sign = c;
        p->mark[p->marks++].before = p->count;
        p->commas += c == ',';
        p->points += c == '.';
    }
    return p->count > 0;
}

/* Do the first `marks` signs stand where thousands signs stand: after one to three digits, then every three, the last
 * one `end` digits from the start? */
static bool is_grouping(const parts *p, int marks, int end) {
    for (int i = 0; i < marks; i++) {
        int next = i + 1 < marks ? p->mark[i + 1].before : end;
        if (next - p->mark[i].before != 3) return false;
        if (i == 0 && (p->mark[i].before < 1 || p->mark[i].before > 3)) return false;
    }
    return true;
}

static double value_of(const parts *p, int whole_digits) {
    char text[LONGEST + 4];
    size_t n = 0;
    if (p->negative) text[n++] = '-';
    if (whole_digits == 0) text[n++] = '0';
    for (int i = 0; i < p->count; i++) {
        if (i == whole_digits) text[n++] = '.';
        text[n++] = p->digits[i];
    }
    double value = NAN;
    return smap__parse_real(text, n, &value) ? value : NAN;
}

static smap__number_reading finish(double number, bool whole, smap__number_reading good, double *value) {
    if (!isfinite(number)) return SMAP__NUMBER_TOO_LARGE;
    if (whole && fabs(number) > LARGEST_WHOLE) return SMAP__NUMBER_TOO_LARGE;
    if (whole && number != floor(number)) return SMAP__NUMBER_NOT_WHOLE;
    *value = number;
    return good;
}

/* One comma or point alone, with three digits after it and one to three (no leading zero) before it, can be either. */
static smap__number_reading read_one_mark(const parts *p, bool whole, char decimal, double *value) {
    char sign = p->mark[0].sign;
    int before = p->mark[0].before;
    bool either = is_grouping(p, 1, p->count) && p->digits[0] != '0';
    bool fraction = !either;
    smap__number_reading good = SMAP__NUMBER_OK;
    if (either && whole) {
        good = sign == '.' || decimal == ',' ? SMAP__NUMBER_GROUPED : SMAP__NUMBER_OK;
    } else if (either && decimal) {
        fraction = sign == decimal;
        if (!fraction && sign == '.') good = SMAP__NUMBER_GROUPED;
    } else if (either) {
        if (sign == ',') return SMAP__NUMBER_AMBIGUOUS;
        fraction = true;
    }
    return finish(value_of(p, fraction ? before : p->count), whole, good, value);
}

static smap__number_reading read_parts(const parts *p, bool whole, char decimal, double *value) {
    int last = p->marks - 1;
    if (p->marks == 0) return finish(value_of(p, p->count), whole, SMAP__NUMBER_OK, value);
    if (p->commas + p->points == 0) { /* blanks and apostrophes only group */
        if (!is_grouping(p, p->marks, p->count)) return SMAP__NUMBER_BAD;
        return finish(value_of(p, p->count), whole, SMAP__NUMBER_OK, value);
    }
    if (p->marks == 1) return read_one_mark(p, whole, decimal, value);
    bool one_kind = true;
    for (int i = 1; i < last; i++) one_kind = one_kind && p->mark[i].sign == p->mark[0].sign;
    if (!one_kind) return SMAP__NUMBER_BAD;
    if (p->mark[last].sign == p->mark[0].sign) { /* "1,234,567" */
        if (!is_grouping(p, p->marks, p->count)) return SMAP__NUMBER_BAD;
        return finish(value_of(p, p->count), whole, SMAP__NUMBER_OK, value);
    }
    /* "1.234,5": the last sign is the decimal one. */
    char sign = p->mark[last].sign;
    if ((sign != '.' && sign != ',') || !is_grouping(p, last, p->mark[last].before)) return SMAP__NUMBER_BAD;
    return finish(value_of(p, p->mark[last].before), whole, SMAP__NUMBER_OK, value);
}

smap__number_reading smap__read_number(const char *text, size_t len, bool whole, char decimal, double *value) {
    smap__trim(&text, &len);
    smap__str plain = SMAP__STR_INIT;
    bool arabic_decimal = false;
    smap__put_ascii_digits(&plain, text, len, &arabic_decimal);
    parts p;
    double number = 0;
    smap__number_reading reading = SMAP__NUMBER_BAD;
    if (!plain.failed && take_apart(plain.data ? plain.data : "", plain.len, &p)) {
        if (arabic_decimal) { /* a decimal sign without doubt */
            reading = p.points == 1 && p.mark[p.marks - 1].sign == '.' && p.commas == 0
                          ? finish(value_of(&p, p.mark[p.marks - 1].before), whole, SMAP__NUMBER_OK, value)
                          : SMAP__NUMBER_BAD;
        } else {
            reading = read_parts(&p, whole, decimal, value);
        }
    } else if (!plain.failed && smap__parse_real(plain.data ? plain.data : "", plain.len, &number)) {
        reading = finish(number, whole, SMAP__NUMBER_OK, value); /* 1.2e+06 */
    }
    smap__str_release(&plain);
    return reading;
}

char smap__decimal_sign(const smap_column *column) {
    int64_t commas = 0, points = 0;
    if (column->type != SMAP_TEXT) return 0;
    for (int64_t row = 0; row < column->count; row++) {
        size_t len = 0;
        const char *text = smap_column_text(column, row, &len);
        smap__str plain = SMAP__STR_INIT;
        parts p;
        smap__trim(&text, &len);
        smap__put_ascii_digits(&plain, text, len, NULL);
        if (!plain.failed && plain.data && take_apart(plain.data, plain.len, &p) && p.commas + p.points > 0) {
            int last = p.marks - 1;
            bool sure = p.commas + p.points == 1 ? !is_grouping(&p, 1, p.count) || p.digits[0] == '0'
                                                 : p.mark[last].sign != p.mark[0].sign;
            commas += sure && p.mark[last].sign == ',';
            points += sure && p.mark[last].sign == '.';
        }
        smap__str_release(&plain);
    }
    if (commas > 0 && points == 0) return ',';
    return points > 0 && commas == 0 ? '.' : 0;
}
