#include "intake/garbled.h"

/* Windows-1252 where it differs from Latin-1: code points of the bytes 0x80 to 0x9F, 0 where the byte has none. */
static const uint16_t windows_1252[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
};

static int byte_of(uint32_t c) {
    if (c <= 0xFF) return (int)c;
    for (int i = 0; i < 32; i++) {
        if (windows_1252[i] == c) return 0x80 + i;
    }
    return -1;
}

/* The test: every character is a byte of Latin-1 or Windows-1252, and the bytes are UTF-8 with at least one character
 * beyond ASCII. Text that was typed in Latin letters with accents is hardly ever so: an accented letter would have to
 * be followed by the right punctuation sign. */
bool smap__is_garbled(const char *text, size_t len, smap__str *repaired) {
    smap__str bytes = SMAP__STR_INIT;
    bool beyond = false, all = true;
    for (size_t at = 0; at < len && all;) {
        uint32_t c = smap__utf8_next(text, len, &at);
        int byte = byte_of(c);
        all = byte >= 0;
        if (all) smap__str_put_char(&bytes, (char)(unsigned char)byte);
        beyond = beyond || byte >= 0x80;
    }
    bool garbled = all && beyond && !bytes.failed && smap__utf8_valid(bytes.data, bytes.len);
    if (garbled && repaired) smap__str_put_n(repaired, bytes.data, bytes.len);
    smap__str_release(&bytes);
    return garbled;
}
