#include "base/str.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

static bool make_room(smap__str *s, size_t extra) {
    if (s->failed) return false;
    if (extra >= SIZE_MAX - s->len || !smap__grow(&s->data, &s->capacity, s->len + extra + 1, 1)) s->failed = true;
    return !s->failed;
}

void smap__str_put_n(smap__str *s, const char *text, size_t len) {
    if (!make_room(s, len)) return;
    if (len) memcpy(s->data + s->len, text, len);
    s->len += len;
    s->data[s->len] = '\0';
}

void smap__str_put(smap__str *s, const char *text) {
    smap__str_put_n(s, text, strlen(text));
}

void smap__str_put_char(smap__str *s, char c) {
    smap__str_put_n(s, &c, 1);
}

void smap__str_printf(smap__str *s, const char *format, ...) {
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int len = smap__print_list(NULL, 0, format, arguments);
    va_end(arguments);
    if (len >= 0 && make_room(s, (size_t)len)) {
        smap__print_list(s->data + s->len, (size_t)len + 1, format, again);
        s->len += (size_t)len;
    }
    va_end(again);
}

void smap__str_put_json(smap__str *s, const char *text, size_t len) {
    smap__str_put_char(s, '"');
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c == '"' || c == '\\') {
            smap__str_put_char(s, '\\');
            smap__str_put_char(s, (char)c);
        } else if (c == '\n') {
            smap__str_put(s, "\\n");
        } else if (c < 0x20 || c == 0x7F) {
            smap__str_printf(s, "\\u%04x", c);
        } else {
            smap__str_put_char(s, (char)c);
        }
    }
    smap__str_put_char(s, '"');
}

void smap__str_put_base64(smap__str *s, const void *bytes, size_t len) {
    static const char digit[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const unsigned char *at = bytes;
    for (size_t i = 0; i < len; i += 3) {
        unsigned three = (unsigned)at[i] << 16;
        if (i + 1 < len) three |= (unsigned)at[i + 1] << 8;
        if (i + 2 < len) three |= at[i + 2];
        smap__str_put_char(s, digit[three >> 18]);
        smap__str_put_char(s, digit[three >> 12 & 63]);
        smap__str_put_char(s, i + 1 < len ? digit[three >> 6 & 63] : '=');
        smap__str_put_char(s, i + 2 < len ? digit[three & 63] : '=');
    }
}

/* U+FFFE and U+FFFF, which no XML may hold. */
static bool is_no_character(const char *text, size_t len) {
    return len >= 3 && (unsigned char)text[0] == 0xEF && (unsigned char)text[1] == 0xBF &&
           ((unsigned char)text[2] & 0xFE) == 0xBE;
}

void smap__str_put_xml(smap__str *s, const char *text, size_t len) {
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)text[i];
        if (is_no_character(text + i, len - i)) {
            i += 2;
            continue;
        }
        switch (c) {
        case '&':
            smap__str_put(s, "&amp;");
            break;
        case '<':
            smap__str_put(s, "&lt;");
            break;
        case '>':
            smap__str_put(s, "&gt;");
            break;
        case '"':
            smap__str_put(s, "&quot;");
            break;
        case '\n':
            smap__str_put(s, "&#10;");
            break;
        default:
            if (c >= 0x20 || c == '\t') smap__str_put_char(s, (char)c);
        }
    }
}

void smap__str_clear(smap__str *s) {
    s->len = 0;
    s->failed = false;
    if (s->data) s->data[0] = '\0';
}

void smap__str_release(smap__str *s) {
    smap__free(s->data);
    *s = (smap__str)SMAP__STR_INIT;
}

char *smap__str_take(smap__str *s) {
    if (!s->failed && !s->data) make_room(s, 0);
    if (s->failed) {
        smap__str_release(s);
        return NULL;
    }
    char *text = s->data;
    text[s->len] = '\0';
    *s = (smap__str)SMAP__STR_INIT;
    return text;
}
