#include "intake/wkt.h"

#include <string.h>
#include <strings.h>

#include "base/byte_order.h"

enum { LEVELS = 4, ORDINATES = 4 };
enum { POINT = 1, LINESTRING, POLYGON, MULTIPOINT, MULTILINESTRING, MULTIPOLYGON, COLLECTION };

typedef struct reader {
    const char *text;
    size_t len, at;
    smap__str *out;
    int ordinates; /* 2 to 4; 0 = not known before the first coordinate */
    bool measured; /* the third ordinate is M */
} reader;

static const char *const type_names[] = { "",           "POINT",           "LINESTRING",   "POLYGON",
                                          "MULTIPOINT", "MULTILINESTRING", "MULTIPOLYGON", "GEOMETRYCOLLECTION" };

static void skip_blanks(reader *r) {
    while (r->at < r->len && strchr(" \t\r\n", r->text[r->at])) r->at++;
}

static bool take(reader *r, char c) {
    skip_blanks(r);
    if (r->at >= r->len || r->text[r->at] != c) return false;
    r->at++;
    return true;
}

static size_t word_length(reader *r) {
    skip_blanks(r);
    size_t n = 0;
    while (r->at + n < r->len && ((r->text[r->at + n] | 0x20) >= 'a' && (r->text[r->at + n] | 0x20) <= 'z')) n++;
    return n;
}

static bool take_word(reader *r, const char *word) {
    size_t n = word_length(r);
    if (n != strlen(word) || strncasecmp(r->text + r->at, word, n) != 0) return false;
    r->at += n;
    return true;
}

static void put_u32(smap__str *out, uint32_t value) {
    unsigned char bytes[4];
    smap__put_le32(bytes, value);
    smap__str_put_n(out, (const char *)bytes, sizeof bytes);
}

static void put_real(smap__str *out, double value) {
    uint64_t bits = 0;
    unsigned char bytes[8];
    memcpy(&bits, &value, sizeof bits);
    smap__put_le64(bytes, bits);
    smap__str_put_n(out, (const char *)bytes, sizeof bytes);
}

static void patch_u32(smap__str *out, size_t at, uint32_t value) {
    if (!out->failed) smap__put_le32((unsigned char *)out->data + at, value);
}

static bool read_ordinate(reader *r, double *out) {
    skip_blanks(r);
    size_t n = 0;
    while (r->at + n < r->len && strchr("+-.0123456789eE", r->text[r->at + n])) n++;
    const char *text = r->text + r->at;
    r->at += n;
    return n > 0 && smap__parse_real(text, n, out);
}

static bool read_coordinate(reader *r) {
    int n = 0;
    for (; n < ORDINATES; n++) {
        double value = 0;
        skip_blanks(r);
        if (r->at >= r->len || r->text[r->at] == ',' || r->text[r->at] == ')') break;
        if (!read_ordinate(r, &value)) return false;
        put_real(r->out, value);
    }
    if (r->ordinates == 0) r->ordinates = n;
    return n == r->ordinates && n >= 2;
}

typedef bool read_item(reader *r, int type, int level);

/* "(item, item, ...)" with its count before it, or EMPTY; `type` and `level` are for the items. */
static bool read_list(reader *r, read_item *item, int type, int level) {
    size_t count_at = r->out->len;
    uint32_t count = 0;
    put_u32(r->out, 0);
    if (take_word(r, "EMPTY")) return true;
    if (!take(r, '(')) return false;
    do {
        if (!item(r, type, level)) return false;
        count++;
    } while (take(r, ','));
    patch_u32(r->out, count_at, count);
    return take(r, ')');
}

static bool read_vertex(reader *r, int type, int level) {
    (void)type, (void)level;
    return read_coordinate(r);
}

static bool read_ring(reader *r, int type, int level) {
    return read_list(r, read_vertex, type, level);
}

/* The code of a type with its dimensions: ISO adds 1000 for Z, 2000 for M, 3000 for both. How many ordinates there are
 * is looked ahead for where the tag does not say ("POINT (1 2 3)"). */
static uint32_t type_code(reader *r, int type) {
    if (r->ordinates == 0) {
        size_t at = r->at;
        while (at < r->len && strchr("( \t\r\n", r->text[at])) at++;
        int blanks = 0;
        while (at < r->len && !strchr(",)", r->text[at])) {
            bool gap = r->text[at] == ' ' && at + 1 < r->len && !strchr(" ,)", r->text[at + 1]);
            blanks += gap;
            at++;
        }
        r->ordinates = blanks >= 1 && blanks <= 3 ? blanks + 1 : 2;
    }
    int dimension = r->ordinates == 4 ? 3 : r->ordinates == 3 ? (r->measured ? 2 : 1) : 0;
    return (uint32_t)(type + 1000 * dimension);
}

static void put_header(reader *r, int type) {
    smap__str_put_char(r->out, 1);
    put_u32(r->out, type_code(r, type));
}

static bool read_body(reader *r, int type, int level);

static bool read_geometry(reader *r, int level) {
    size_t n = word_length(r);
    int type = 0;
    for (int i = POINT; i <= COLLECTION; i++) {
        size_t name = strlen(type_names[i]);
        bool plain = n == name, with_tag = n > name && n <= name + 2;
        if ((plain || with_tag) && strncasecmp(r->text + r->at, type_names[i], name) == 0) {
            type = i;
            r->at += name;
            break;
        }
    }
    if (type == 0 || level == LEVELS) return false;
    r->ordinates = 0;
    r->measured = false;
    if (take_word(r, "ZM")) {
        r->ordinates = 4;
    } else if (take_word(r, "Z")) {
        r->ordinates = 3;
    } else if (take_word(r, "M")) {
        r->ordinates = 3;
        r->measured = true;
    }
    return read_body(r, type, level);
}

/* A member of a multi geometry or a collection of that type. */
static bool read_member(reader *r, int type, int level) {
    if (type == COLLECTION) return read_geometry(r, level + 1);
    put_header(r, type - 3);
    if (type == MULTILINESTRING) return read_list(r, read_vertex, type, level);
    if (type == MULTIPOLYGON) return read_list(r, read_ring, type, level);
    bool bracket = take(r, '(');
    return read_coordinate(r) && (!bracket || take(r, ')'));
}

/* A point without coordinates is written with NaN in binary: refused here, as a point that is not there. */
static bool read_body(reader *r, int type, int level) {
    put_header(r, type);
    switch (type) {
    case POINT:
        return take(r, '(') && read_coordinate(r) && take(r, ')');
    case LINESTRING:
        return read_list(r, read_vertex, type, level);
    case POLYGON:
        return read_list(r, read_ring, type, level);
    default:
        return read_list(r, read_member, type, level);
    }
}

bool smap__wkt_to_wkb(const char *text, size_t len, smap__str *wkb) {
    smap__trim(&text, &len);
    if (len > 5 && strncasecmp(text, "SRID=", 5) == 0) {
        const char *end = memchr(text, ';', len);
        if (!end) return false;
        len -= (size_t)(end + 1 - text);
        text = end + 1;
    }
    reader r = { .text = text, .len = len, .out = wkb };
    if (!read_geometry(&r, 0)) return false;
    skip_blanks(&r);
    return r.at == r.len && !wkb->failed;
}
