#include "escape.h"

#include <stdio.h>
#include <string.h>

#include "char_width.h"

uint32_t text_decode(const char *text, size_t len, size_t *taken) {
    const unsigned char *s = (const unsigned char *)text;
    *taken = 1;
    if (s[0] < 0x80) return s[0];
    size_t size = s[0] >= 0xF0 && s[0] < 0xF5   ? 4
                  : s[0] >= 0xE0 && s[0] < 0xF0 ? 3
                  : s[0] >= 0xC2 && s[0] < 0xE0 ? 2
                                                : 0;
    if (size == 0 || size > len) return 0xFFFD;
    static const unsigned char first_bits[] = { 0, 0, 0x1F, 0x0F, 0x07 };
    static const uint32_t smallest[] = { 0, 0, 0x80, 0x800, 0x10000 };
    uint32_t c = s[0] & first_bits[size];
    for (size_t i = 1; i < size; i++) {
        if ((s[i] & 0xC0) != 0x80) return 0xFFFD;
        c = c << 6 | (s[i] & 0x3F);
    }
    if (c < smallest[size] || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) return 0xFFFD;
    *taken = size;
    return c;
}

bool text_is_override(uint32_t c) {
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x2028 || c == 0x2029;
}

size_t escape_text(char *out, size_t size, const char *text, size_t len) {
    size_t n = 0, taken;
    for (size_t at = 0; at < len; at += taken) {
        char piece[16];
        uint32_t c = text_decode(text + at, len - at, &taken);
        int piece_len;
        if (c < 0x20 || (c >= 0x7F && c < 0xA0))
            piece_len = snprintf(piece, sizeof piece, c == '\n' ? "\\n" : c == '\t' ? "\\t" : "\\x%02X", (unsigned)c);
        else if (text_is_override(c))
            piece_len = snprintf(piece, sizeof piece, "\\u{%04X}", (unsigned)c);
        else if (c == 0xFFFD)
            piece_len = snprintf(piece, sizeof piece, "\xEF\xBF\xBD");
        else
            piece_len = snprintf(piece, sizeof piece, "%.*s", (int)taken, text + at);
        if (n + (size_t)piece_len + 1 > size) break;
        memcpy(out + n, piece, (size_t)piece_len);
        n += (size_t)piece_len;
    }
    out[n] = '\0';
    return n;
}

static bool is_in(uint32_t c, const char_range *ranges, size_t count) {
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (c > ranges[middle].last)
            low = middle + 1;
        else if (c < ranges[middle].first)
            high = middle;
        else
            return true;
    }
    return false;
}

int char_width(uint32_t c) {
    if (c < 0x300) return c == 0xAD ? 0 : 1;
    if (is_in(c, zero_width, sizeof zero_width / sizeof *zero_width)) return 0;
    return is_in(c, double_width, sizeof double_width / sizeof *double_width) ? 2 : 1;
}

int text_width(const char *text, size_t len) {
    int width = 0;
    size_t taken;
    for (size_t at = 0; at < len; at += taken) width += char_width(text_decode(text + at, len - at, &taken));
    return width;
}

bool text_is_rtl(const char *text, size_t len) {
    size_t taken;
    for (size_t at = 0; at < len; at += taken) {
        uint32_t c = text_decode(text + at, len - at, &taken);
        /* the blocks of Hebrew, Arabic, Syriac, Thaana, N'Ko and their kin, and their presentation forms */
        if ((c >= 0x590 && c <= 0x8FF) || (c >= 0xFB1D && c <= 0xFDFF) || (c >= 0xFE70 && c <= 0xFEFF)) return true;
    }
    return false;
}
