#include "base/fail.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/str.h"

const char *smap_status_name(smap_status status) {
    switch (status) {
    case SMAP_OK:
        return "ok";
    case SMAP_E_NOMEM:
        return "out of memory";
    case SMAP_E_CANCELLED:
        return "cancelled";
    case SMAP_E_ARGUMENT:
        return "bad argument";
    case SMAP_E_NOT_FOUND:
        return "not found";
    case SMAP_E_EXISTS:
        return "exists already";
    case SMAP_E_FORMAT:
        return "bad file";
    case SMAP_E_REFUSED:
        return "refused";
    case SMAP_E_SCHEMA:
        return "does not fit the model";
    case SMAP_E_CRS:
        return "coordinate reference system";
    case SMAP_E_IO:
        return "input or output failed";
    case SMAP_E_BUSY:
        return "in use";
    case SMAP_E_LIMIT:
        return "over a limit";
    case SMAP_E_INTERNAL:
        return "internal failure";
    }
    return "unknown";
}

/* Names and values from data reach messages: cut at the buffer's end on a character border, drop bad UTF-8 and make
 * control characters (which could drive a terminal) visible as '?'. */
static void make_printable(char *text) {
    size_t len = strlen(text), at = 0, put = 0;
    while (at < len) {
        size_t start = at;
        uint32_t c = smap__utf8_next(text, len, &at);
        bool bad = c == 0xFFFD && !(at - start == 3);
        bool cut = bad && len - start < 4 && at >= len && (unsigned char)text[start] >= 0xC2 &&
                   (unsigned char)text[start] <= 0xF4;
        if (cut) break;
        if (bad || c < 0x20 || c == 0x7F || (c >= 0x80 && c < 0xA0) || (c >= 0x202A && c <= 0x202E) ||
            (c >= 0x2066 && c <= 0x2069)) {
            text[put++] = c == '\n' || c == '\t' ? ' ' : '?';
        } else {
            memmove(text + put, text + start, at - start);
            put += at - start;
        }
    }
    text[put] = '\0';
}

__attribute__((format(printf, 5, 0))) static void fill(smap_error *err, smap_status status, const char *subject,
                                                       int64_t row, const char *format, va_list arguments) {
    err->status = status;
    err->foreign = 0;
    err->row = row;
    snprintf(err->subject, sizeof err->subject, "%s", subject ? subject : "");
    make_printable(err->subject);
    smap__print_list(err->message, sizeof err->message, format, arguments);
    make_printable(err->message);
}

smap_status smap__fail(smap_error *err, smap_status status, const char *subject, const char *format, ...) {
    if (!err) return status;
    va_list arguments;
    va_start(arguments, format);
    fill(err, status, subject, 0, format, arguments);
    va_end(arguments);
    return status;
}

smap_status smap__fail_row(smap_error *err, smap_status status, const char *subject, int64_t row, const char *format,
                           ...) {
    if (!err) return status;
    va_list arguments;
    va_start(arguments, format);
    fill(err, status, subject, row, format, arguments);
    va_end(arguments);
    return status;
}

smap_status smap__fail_memory(smap_error *err) {
    return smap__fail(err, SMAP_E_NOMEM, NULL, "memory ran out; close other programs or work on a smaller area");
}
