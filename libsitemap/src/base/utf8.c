#include <string.h>

#include "base/str.h"

uint32_t smap__utf8_next(const char *text, size_t len, size_t *at) {
    const unsigned char *p = (const unsigned char *)text + *at;
    size_t left = len - *at;
    uint32_t c = p[0];
    size_t need = c < 0x80 ? 1 : c < 0xC2 ? 0 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : c < 0xF5 ? 4 : 0;
    if (need == 1) {
        *at += 1;
        return c;
    }
    if (need == 0 || need > left) {
        *at += 1;
        return 0xFFFD;
    }
    c &= 0xFFU >> (need + 1);
    for (size_t i = 1; i < need; i++) {
        if ((p[i] & 0xC0) != 0x80) {
            *at += 1;
            return 0xFFFD;
        }
        c = c << 6 | (p[i] & 0x3F);
    }
    bool overlong = (need == 3 && c < 0x800) || (need == 4 && c < 0x10000);
    if (overlong || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) {
        *at += 1;
        return 0xFFFD;
    }
    *at += need;
    return c;
}

bool smap__utf8_valid(const char *text, size_t len) {
    size_t at = 0;
    while (at < len) {
        /* field data is mostly ASCII: eight bytes at a time */
        while (len - at >= 8) {
            uint64_t word;
            memcpy(&word, text + at, 8);
            if (word & 0x8080808080808080U) break;
            at += 8;
        }
        if (at >= len) break;
        size_t start = at;
        if (smap__utf8_next(text, len, &at) == 0xFFFD && at - start == 1) return false;
    }
    return true;
}

bool smap__utf8_is_rtl(uint32_t c) {
    return (c >= 0x590 && c <= 0x8FF) || (c >= 0xFB1D && c <= 0xFDFF) || (c >= 0xFE70 && c <= 0xFEFF);
}

void smap__utf8_copy(char *out, size_t size, const char *text) {
    size_t len = strlen(text), at = 0, fits = 0;
    while (at < len && at < size) {
        fits = at;
        smap__utf8_next(text, len, &at);
    }
    if (at < size) fits = at;
    memcpy(out, text, fits);
    out[fits] = '\0';
}

void smap__str_put_utf8(smap__str *s, uint32_t c) {
    char bytes[4];
    size_t n;
    if (c < 0x80) {
        bytes[0] = (char)c;
        n = 1;
    } else if (c < 0x800) {
        bytes[0] = (char)(0xC0 | c >> 6);
        bytes[1] = (char)(0x80 | (c & 0x3F));
        n = 2;
    } else if (c < 0x10000) {
        bytes[0] = (char)(0xE0 | c >> 12);
        bytes[1] = (char)(0x80 | (c >> 6 & 0x3F));
        bytes[2] = (char)(0x80 | (c & 0x3F));
        n = 3;
    } else {
        bytes[0] = (char)(0xF0 | c >> 18);
        bytes[1] = (char)(0x80 | (c >> 12 & 0x3F));
        bytes[2] = (char)(0x80 | (c >> 6 & 0x3F));
        bytes[3] = (char)(0x80 | (c & 0x3F));
        n = 4;
    }
    smap__str_put_n(s, bytes, n);
}

static bool is_space(uint32_t c) {
    return c == ' ' || (c >= 9 && c <= 13) || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 ||
           c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

/* Marks of direction and width that spreadsheets leave around Arabic text; they mean nothing at the ends of a cell. */
static bool is_invisible(uint32_t c) {
    return c == 0xFEFF || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

void smap__trim(const char **text, size_t *len) {
    size_t start = *len, end = 0, at = 0;
    while (at < *len) {
        size_t from = at;
        uint32_t c = smap__utf8_next(*text, *len, &at);
        if (is_space(c) || is_invisible(c)) continue;
        if (start == *len) start = from;
        end = at;
    }
    if (end == 0) {
        *len = 0;
        return;
    }
    *text += start;
    *len = end - start;
}

/* One Arabic letter for its spelling variants, 0 for marks that names are compared without. */
static uint32_t fold_arabic(uint32_t c) {
    if (c == 0x640 || (c >= 0x64B && c <= 0x65F) || c == 0x670) return 0;
    if (c == 0x622 || c == 0x623 || c == 0x625 || c == 0x671) return 0x627;
    if (c == 0x649 || c == 0x6CC) return 0x64A;
    if (c == 0x629) return 0x647;
    if (c == 0x6A9) return 0x643;
    if (c >= 0x660 && c <= 0x669) return c - 0x660 + '0';
    if (c >= 0x6F0 && c <= 0x6F9) return c - 0x6F0 + '0';
    return c;
}

static uint32_t fold_letter(uint32_t c) {
    if (c >= 'A' && c <= 'Z') return c + 32;
    if ((c >= 0xC0 && c <= 0xDE && c != 0xD7)) return c + 32;
    if (c >= 0x100 && c <= 0x17F) return c | 1; /* Latin Extended-A pairs, near enough for comparing */
    return c >= 0x600 && c <= 0x6FF ? fold_arabic(c) : c;
}

static bool is_word(uint32_t c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
           (c >= 0xC0 && !is_space(c) && !is_invisible(c) && c != 0x60C && c != 0x61B && c != 0x61F &&
            !(c >= 0x2000 && c <= 0x206F));
}

void smap__fold_name(smap__str *out, const char *text, size_t len) {
    bool gap = false, any = false;
    for (size_t at = 0; at < len;) {
        uint32_t raw = smap__utf8_next(text, len, &at);
        uint32_t c = fold_letter(raw);
        if (c == 0 || is_invisible(raw)) continue;
        if (!is_word(c)) {
            gap = any;
            continue;
        }
        if (gap) smap__str_put_char(out, ' ');
        gap = false;
        any = true;
        smap__str_put_utf8(out, c);
    }
}

bool smap__fold_ascii(const char *text, size_t len, char *out, size_t *out_len) {
    size_t n = 0;
    bool gap = false;
    for (size_t i = 0; i < len; i++) {
        unsigned char raw = (unsigned char)text[i];
        if (raw >= 0x80) return false;
        uint32_t c = fold_letter(raw);
        if (is_word(c)) {
            if (gap) out[n++] = ' ';
            out[n++] = (char)c;
        }
        gap = n > 0 && !is_word(c);
    }
    *out_len = n;
    return true;
}

bool smap__same_name(const char *a, size_t a_len, const char *b, size_t b_len) {
    smap__str x = SMAP__STR_INIT, y = SMAP__STR_INIT;
    smap__fold_name(&x, a, a_len);
    smap__fold_name(&y, b, b_len);
    bool same = !x.failed && !y.failed && x.len == y.len && (x.len == 0 || memcmp(x.data, y.data, x.len) == 0);
    smap__str_release(&x);
    smap__str_release(&y);
    return same;
}
