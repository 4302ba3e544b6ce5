#include "io/json_scan.h"

#include <string.h>

#include "io/budget.h"

static bool fail(smap__scan *s, const char *problem) {
    if (!s->problem)
        s->problem = s->at >= s->len ? "the text ends in the middle of a value: the file is cut short" : problem;
    return false;
}

static void skip_space(smap__scan *s) {
    while (s->at < s->len) {
        char c = s->text[s->at];
        if (c != ' ' && c != '\n' && c != '\r' && c != '\t') break;
        s->at++;
    }
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static char peek(const smap__scan *s) {
    return s->at < s->len ? s->text[s->at] : '\0';
}

static bool scan_word(smap__scan *s, const char *word) {
    size_t n = strlen(word);
    if (s->len - s->at < n || memcmp(s->text + s->at, word, n) != 0) {
        if (s->len - s->at < n && memcmp(s->text + s->at, word, s->len - s->at) == 0) s->at = s->len;
        return fail(s, "there is a word that is no JSON value");
    }
    s->at += n;
    return true;
}

static bool scan_digits(smap__scan *s) {
    if (!is_digit(peek(s))) return fail(s, "a number lacks a digit");
    while (is_digit(peek(s))) s->at++;
    return true;
}

static bool scan_number(smap__scan *s, smap__scan_value *v) {
    v->kind = SMAP__SCAN_NUMBER;
    if (peek(s) == '-') s->at++;
    if (peek(s) == 'I') {
        v->kind = SMAP__SCAN_NOT_FINITE;
        return scan_word(s, "Infinity");
    }
    if (peek(s) == '0')
        s->at++;
    else if (!scan_digits(s))
        return false;
    if (is_digit(peek(s))) return fail(s, "a number begins with 0");
    if (peek(s) == '.') {
        s->at++;
        if (!scan_digits(s)) return false;
    }
    if (peek(s) == 'e' || peek(s) == 'E') {
        s->at++;
        if (peek(s) == '+' || peek(s) == '-') s->at++;
        if (!scan_digits(s)) return false;
    }
    return true;
}

/* The cursor stands on the opening quote. */
static bool scan_string(smap__scan *s, smap__scan_value *v) {
    size_t start = ++s->at;
    *v = (smap__scan_value){ SMAP__SCAN_STRING, s->text + start, 0, false };
    for (;;) {
        while (s->at < s->len && s->text[s->at] != '"' && s->text[s->at] != '\\' &&
               (unsigned char)s->text[s->at] >= 0x20)
            s->at++;
        if (s->at >= s->len) return fail(s, "");
        if (s->text[s->at] == '"') break;
        if (s->text[s->at] != '\\') return fail(s, "a text holds a line end or another control character");
        v->escaped = true;
        s->at++;
        if (s->at >= s->len || !strchr("\"\\/bfnrtu", s->text[s->at]) || s->text[s->at] == '\0')
            return fail(s, "a text holds an unknown escape");
        s->at++;
    }
    v->len = s->at - start;
    s->at++;
    return true;
}

static bool scan_items(smap__scan *s, char open) {
    char close = open == '{' ? '}' : ']';
    if (++s->depth > SMAP__BUDGET_JSON_DEPTH) return fail(s, "arrays and objects are nested too deep");
    s->at++;
    smap__scan_value item;
    for (bool first = true; smap__scan_more(s, close, &first);) {
        if (open == '{' && !smap__scan_key(s, &item)) return false;
        if (!smap__scan_skip(s, &item)) return false;
    }
    s->depth--;
    return !s->problem;
}

bool smap__scan_skip(smap__scan *s, smap__scan_value *v) {
    if (s->problem) return false;
    skip_space(s);
    size_t start = s->at;
    char c = peek(s);
    bool good;
    *v = (smap__scan_value){ SMAP__SCAN_NULL, s->text + start, 0, false };
    if (s->at >= s->len) return fail(s, "");
    switch (c) {
    case '"':
        return scan_string(s, v);
    case '{':
    case '[':
        v->kind = c == '{' ? SMAP__SCAN_OBJECT : SMAP__SCAN_ARRAY;
        good = scan_items(s, c);
        break;
    case 't':
        v->kind = SMAP__SCAN_TRUE;
        good = scan_word(s, "true");
        break;
    case 'f':
        v->kind = SMAP__SCAN_FALSE;
        good = scan_word(s, "false");
        break;
    case 'n':
        good = scan_word(s, s->at + 1 < s->len && s->text[s->at + 1] == 'a' ? "nan" : "null");
        break;
    case 'N':
        v->kind = SMAP__SCAN_NOT_FINITE;
        good = scan_word(s, "NaN");
        break;
    case 'I':
        v->kind = SMAP__SCAN_NOT_FINITE;
        good = scan_word(s, "Infinity");
        break;
    default:
        good = c == '-' || is_digit(c) ? scan_number(s, v) : fail(s, "there is something that is no JSON value");
        break;
    }
    v->len = s->at - start;
    if (good && v->len == 3 && c == 'n') v->kind = SMAP__SCAN_NOT_FINITE;
    return good;
}

bool smap__scan_open(smap__scan *s, char bracket) {
    if (s->problem) return false;
    skip_space(s);
    if (peek(s) != bracket) return fail(s, bracket == '{' ? "an object is expected" : "an array is expected");
    s->at++;
    return true;
}

bool smap__scan_more(smap__scan *s, char close, bool *first) {
    if (s->problem) return false;
    skip_space(s);
    if (peek(s) == close && s->at < s->len) {
        s->at++;
        return false;
    }
    if (!*first) {
        if (peek(s) != ',') return fail(s, "a comma or a closing bracket is missing");
        s->at++;
        skip_space(s);
        if (peek(s) == close) return fail(s, "there is a comma too much");
    }
    *first = false;
    return s->at < s->len || fail(s, "");
}

bool smap__scan_key(smap__scan *s, smap__scan_value *key) {
    if (s->problem) return false;
    skip_space(s);
    if (peek(s) != '"') return fail(s, "the name of a member is missing");
    if (!scan_string(s, key)) return false;
    skip_space(s);
    if (peek(s) != ':') return fail(s, "a colon is missing");
    s->at++;
    return true;
}

bool smap__scan_ends(smap__scan *s) {
    if (s->problem) return false;
    skip_space(s);
    return s->at >= s->len || fail(s, "there is more behind the end of the document");
}

static int hex4(const char *text, size_t left) {
    int value = 0;
    if (left < 4) return -1;
    for (int i = 0; i < 4; i++) {
        char c = text[i];
        int digit = is_digit(c) ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
        if (digit < 0) return -1;
        value = value * 16 + digit;
    }
    return value;
}

/* Behind a backslash and "u": one code point, of two escapes where it is a surrogate pair; a half pair gives U+FFFD. */
static size_t unescape_u(smap__str *out, const char *text, size_t left) {
    int high = hex4(text, left);
    if (high < 0) {
        smap__str_put_utf8(out, 0xFFFD);
        return 0;
    }
    if (high < 0xD800 || high > 0xDFFF) {
        smap__str_put_utf8(out, high ? (uint32_t)high : 0xFFFD);
        return 4;
    }
    int low = left >= 10 && text[4] == '\\' && text[5] == 'u' ? hex4(text + 6, left - 6) : -1;
    if (high > 0xDBFF || low < 0xDC00 || low > 0xDFFF) {
        smap__str_put_utf8(out, 0xFFFD);
        return 4;
    }
    smap__str_put_utf8(out, 0x10000U + ((uint32_t)(high - 0xD800) << 10) + (uint32_t)(low - 0xDC00));
    return 10;
}

void smap__scan_unescape(smap__str *out, const smap__scan_value *string) {
    static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
    const char *text = string->text;
    size_t len = string->len;
    if (!string->escaped) {
        smap__str_put_n(out, text, len);
        return;
    }
    for (size_t at = 0; at < len;) {
        size_t run = at;
        while (run < len && text[run] != '\\') run++;
        smap__str_put_n(out, text + at, run - at);
        if (run + 1 >= len) break;
        char c = text[run + 1];
        at = run + 2;
        if (c == 'u')
            at += unescape_u(out, text + at, len - at);
        else
            smap__str_put_char(out, to[strchr(from, c) - from]);
    }
}

bool smap__scan_is(const smap__scan_value *string, const char *text) {
    return string->kind == SMAP__SCAN_STRING && string->len == strlen(text) &&
           memcmp(string->text, text, string->len) == 0;
}
