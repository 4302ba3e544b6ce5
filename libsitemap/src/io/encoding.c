#include "io/encoding.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"

static smap_status run_iconv(iconv_t converter, const char *shown, const char *encoding, const char *bytes, size_t len,
                             smap__str *out, smap_error *err) {
    union {
        const char *view;
        char *in; /* iconv's parameter lacks the const; it does not write */
    } from = { bytes };
    size_t left = len;
    while (left) {
        char chunk[16384], *to = chunk;
        size_t room = sizeof chunk;
        size_t code = iconv(converter, &from.in, &left, &to, &room);
        smap__str_put_n(out, chunk, (size_t)(to - chunk));
        if (out->failed) return smap__fail_memory(err);
        if (code == (size_t)-1 && errno != E2BIG)
            return smap__fail(
                err, SMAP_E_FORMAT, shown,
                "%s: is not text in the encoding %s (byte %zu does not fit); name the right one with --encoding", shown,
                encoding, len - left + 1);
    }
    return SMAP_OK;
}

static smap_status open_converter(const char *encoding, iconv_t *out, smap_error *err) {
    *out = iconv_open("UTF-8", encoding);
    if (*out != (iconv_t)-1) return SMAP_OK;
    return smap__fail(err, SMAP_E_ARGUMENT, "encoding",
                      "there is no encoding \"%s\"; usual ones are UTF-8, CP1256 (Arabic, Windows), CP1252, ISO-8859-6",
                      encoding);
}

smap_status smap__encoding_check(const char *encoding, smap_error *err) {
    iconv_t converter;
    smap_status status = open_converter(encoding, &converter, err);
    if (status == SMAP_OK) iconv_close(converter);
    return status;
}

smap_status smap__encoding_decode(const char *shown, const char *encoding, const char *bytes, size_t len, char **text,
                                  size_t *text_len, smap_error *err) {
    iconv_t converter;
    smap_status opened = open_converter(encoding, &converter, err);
    if (opened != SMAP_OK) return opened;
    smap__str out = SMAP__STR_INIT;
    smap_status status = run_iconv(converter, shown, encoding, bytes, len, &out, err);
    iconv_close(converter);
    smap__str_put_n(&out, "", 0);
    size_t out_len = out.len;
    char *taken = status == SMAP_OK ? smap__str_take(&out) : NULL;
    smap__str_release(&out);
    if (status != SMAP_OK) return status;
    if (!taken && !(taken = smap__strdup(""))) return smap__fail_memory(err);
    *text = taken;
    *text_len = out_len;
    return SMAP_OK;
}

/* Letters of Arabic in CP1256: 0x81 0x8D-0x90 0x98 0x9A 0x9F 0xAA 0xC0 (Persian and Urdu), hamza to yeh in 0xC1-0xED
 * with some French letters between, vowel marks 0xF0-0xFA; comma, semicolon and question mark 0xA1 0xBA 0xBF. */
static bool is_arabic_1256(unsigned char c) {
    static const unsigned char french[] = { 0xE0, 0xE2, 0xE7, 0xE8, 0xE9, 0xEA, 0xEB, 0xEE, 0xEF, 0xD7 };
    if (memchr(french, c, sizeof french)) return false;
    if (c >= 0xC1 && c <= 0xED) return true;
    return (c >= 0xF0 && c <= 0xFA && c != 0xF4 && c != 0xF7 && c != 0xF9) || c == 0xA1 || c == 0xBA || c == 0xBF ||
           c == 0x81 || (c >= 0x8D && c <= 0x90);
}

/* Most high bytes are Arabic letters, and they stand in runs, as words do. */
static bool looks_like_1256(const char *bytes, size_t len) {
    size_t high = 0, arabic = 0, paired = 0;
    bool before = false;
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)bytes[i];
        bool letter = c >= 0x80 && is_arabic_1256(c);
        high += c >= 0x80;
        arabic += letter;
        paired += letter && before;
        before = letter;
    }
    return high > 0 && arabic * 10 >= high * 9 && paired * 2 >= arabic;
}

static const char *by_zero_bytes(const char *bytes, size_t len) {
    if (len < 4) return NULL;
    if (bytes[0] && !bytes[1] && bytes[2] && !bytes[3]) return "UTF-16LE";
    if (!bytes[0] && bytes[1] && !bytes[2] && bytes[3]) return "UTF-16BE";
    return NULL;
}

const char *smap__encoding_guess(const char *bytes, size_t len) {
    if (smap__utf8_valid(bytes, len)) return "UTF-8";
    return looks_like_1256(bytes, len) ? "CP1256" : NULL;
}

const char *smap__encoding_find(const char *bytes, size_t len, size_t *skip, bool *guessed) {
    *skip = 0;
    *guessed = false;
    if (len >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) {
        *skip = 3;
        return smap__utf8_valid(bytes + 3, len - 3) ? "UTF-8" : NULL;
    }
    if (len >= 2 && (memcmp(bytes, "\xFF\xFE", 2) == 0 || memcmp(bytes, "\xFE\xFF", 2) == 0)) {
        *skip = 2;
        return bytes[0] == '\xFF' ? "UTF-16LE" : "UTF-16BE";
    }
    const char *wide = by_zero_bytes(bytes, len);
    if (wide) return wide;
    const char *found = smap__encoding_guess(bytes, len);
    *guessed = found && strcmp(found, "UTF-8") != 0;
    return found;
}

static smap_status decode_cell(smap_column_builder *to, const char *encoding, const char *name, const char *cell,
                               size_t len, smap_error *err) {
    if (smap__utf8_valid(cell, len)) return smap_column_append_text(to, cell, len, err);
    char *text = NULL;
    size_t text_len = 0;
    smap_status status = smap__encoding_decode(name, encoding, cell, len, &text, &text_len, err);
    if (status == SMAP_OK) status = smap_column_append_text(to, text, text_len, err);
    smap__free(text);
    return status;
}

smap_status smap__encoding_column(const smap_column *bytes, const char *encoding, const smap_column **out,
                                  smap_error *err) {
    smap_column_builder *to = NULL;
    smap_status status = SMAP_OK;
    SMAP_TRY(smap_column_builder_new(bytes->name, SMAP_TEXT, &to, err), done);
    for (int64_t i = 0; i < bytes->count; i++) {
        size_t len;
        const char *cell = smap_column_text(bytes, i, &len);
        if (smap_column_is_null(bytes, i))
            SMAP_TRY(smap_column_append_null(to, err), done);
        else
            SMAP_TRY(decode_cell(to, encoding, bytes->name, cell, len, err), done);
    }
    SMAP_TRY(smap_column_builder_finish(to, out, err), done);
done:
    smap_column_builder_free(to);
    return status;
}

/* The byte that stands for a code point in Latin-1, or in CP1252's range 0x80-0x9F; -1 if none. */
static int byte_of(uint32_t c) {
    static const uint16_t cp1252[32] = { 0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                         0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
                                         0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                         0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178 };
    if (c < 256) return (int)c;
    for (int i = 0; i < 32; i++)
        if (cp1252[i] == c) return 0x80 + i;
    return -1;
}

bool smap__encoding_doubled(const char *text, size_t len, smap__str *out) {
    smap__str_clear(out);
    bool beyond = false;
    for (size_t at = 0; at < len;) {
        int byte = byte_of(smap__utf8_next(text, len, &at));
        if (byte < 0) return false;
        beyond |= byte >= 0x80;
        smap__str_put_char(out, (char)byte);
    }
    if (!beyond || out->failed || !smap__utf8_valid(out->data, out->len)) return false;
    for (size_t at = 0; at < out->len;)
        if (smap__utf8_next(out->data, out->len, &at) >= 0x250) return true;
    return false;
}
