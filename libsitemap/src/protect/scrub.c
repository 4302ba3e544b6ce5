#include "protect/scrub.h"

#include <regex.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"

typedef struct pattern {
    regex_t regex;
    bool keys; /* keys are held against it too: an id of nine digits may be one of OpenStreetMap */
} pattern;

struct smap__scrub {
    int patterns;
    pattern pattern[];
};

/* What a text looks like to the patterns: one ASCII character for each of its characters, and where it comes from. */
typedef struct plain {
    char *text;
    size_t *from; /* byte of the original; [len] is its length */
    size_t len;
} plain;

void smap__scrub_free(smap__scrub *scrub) {
    if (!scrub) return;
    for (int i = 0; i < scrub->patterns; i++) regfree(&scrub->pattern[i].regex);
    smap__free(scrub);
}

smap_status smap__scrub_new(const smap__json *patterns, smap__scrub **out, smap_error *err) {
    size_t n = smap__json_size(patterns);
    smap__scrub *scrub = smap__zalloc(1, sizeof *scrub + (n + 1) * sizeof(pattern));
    if (!scrub) return smap__fail_memory(err);
    for (size_t i = 0; i < n; i++) {
        const smap__json *item = smap__json_item(patterns, i);
        const char *regex = smap__json_text(smap__json_get(item, "regex"), "");
        pattern *p = &scrub->pattern[scrub->patterns];
        if (!*regex || regcomp(&p->regex, regex, REG_EXTENDED) != 0) {
            smap__scrub_free(scrub);
            return smap__fail(err, SMAP_E_FORMAT, "audiences.json",
                              "audiences.json: pattern %zu (\"%s\") is no POSIX extended regular expression", i + 1,
                              regex);
        }
        p->keys = smap__json_bool(smap__json_get(item, "keys"), true);
        scrub->patterns++;
    }
    *out = scrub;
    return SMAP_OK;
}

/* Digits of Arabic, Persian and of letters for mathematics, blanks and dashes of every kind as their ASCII ones; 0 for
 * marks that show nothing; other characters as one that is in no pattern. */
static char plain_character(uint32_t c) {
    enum { OTHER = 1 };
    if (c < 0x80) return c ? (char)c : OTHER;
    if (c >= 0x660 && c <= 0x669) return (char)('0' + (c - 0x660));
    if (c >= 0x6f0 && c <= 0x6f9) return (char)('0' + (c - 0x6f0));
    if (c >= 0xff10 && c <= 0xff19) return (char)('0' + (c - 0xff10));
    if (c >= 0x1d7ce && c <= 0x1d7ff) return (char)('0' + (c - 0x1d7ce) % 10);
    if (c == 0xff0b) return '+';
    if (c == 0xff20) return '@';
    if (c == 0xb7) return '.';
    if (c == 0xa0 || (c >= 0x2000 && c <= 0x200a) || c == 0x202f) return ' ';
    if ((c >= 0x2010 && c <= 0x2015) || c == 0x2212) return '-';
    if (c == 0xad || c == 0x2060 || c == 0xfeff || (c >= 0x200b && c <= 0x200f) || (c >= 0x202a && c <= 0x202e) ||
        (c >= 0x2066 && c <= 0x2069))
        return 0;
    return OTHER;
}

static bool make_plain(const char *text, size_t len, plain *out) {
    out->text = smap__alloc(len + 1);
    out->from = smap__zalloc(len + 1, sizeof *out->from);
    if (!out->text || !out->from) return false;
    for (size_t at = 0; at < len;) {
        size_t start = at;
        char c = plain_character(smap__utf8_next(text, len, &at));
        if (!c) continue;
        out->from[out->len] = start;
        out->text[out->len++] = c;
    }
    out->text[out->len] = '\0';
    out->from[out->len] = len;
    return true;
}

static bool is_word(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Mark what matches; the number of matches that lie apart from those marked before. */
static int mark_matches(const pattern *p, const plain *text, char *hit) {
    int count = 0;
    for (size_t at = 0; at < text->len;) {
        regmatch_t m;
        if (regexec(&p->regex, text->text + at, 1, &m, at ? REG_NOTBOL : 0) != 0 || m.rm_eo <= m.rm_so) break;
        size_t start = at + (size_t)m.rm_so, end = at + (size_t)m.rm_eo;
        bool whole = (start == 0 || !is_word(text->text[start - 1])) && !is_word(text->text[end]);
        if (whole) {
            count += !memchr(hit + start, 1, end - start);
            memset(hit + start, 1, end - start);
        }
        at = whole ? end : start + 1;
    }
    return count;
}

/* Nothing has a match that has neither a sign of an address or a file nor the digits of a phone. */
static bool may_match(const char *text, size_t len) {
    enum { FEWEST_DIGITS = 6 };
    int digits = 0;
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c == '@' || c == '.' || c == ':' || c == '=') return true;
        digits += (c >= '0' && c <= '9') || c == 0xd9 || c == 0xdb || c == 0xef ||
                  c == 0xf0; /* first bytes of digits of other scripts */
        if (digits >= FEWEST_DIGITS) return true;
    }
    return false;
}

static void put_scrubbed(const char *text, const plain *p, const char *hit, smap__str *out) {
    for (size_t i = 0; i < p->len; i++) {
        if (!hit[i])
            smap__str_put_n(out, text + p->from[i], p->from[i + 1] - p->from[i]);
        else if (i == 0 || !hit[i - 1])
            smap__str_put(out, "\xe2\x80\xa6");
    }
}

int smap__scrub_text(const smap__scrub *scrub, bool is_key, const char *text, size_t len, smap__str *out) {
    plain p = { 0 };
    int count = 0;
    if (!len || !may_match(text, len)) return 0;
    bool made = make_plain(text, len, &p);
    char *hit = made ? smap__zalloc(p.len + 1, 1) : NULL;
    for (int i = 0; hit && i < scrub->patterns; i++)
        if (!is_key || scrub->pattern[i].keys) count += mark_matches(&scrub->pattern[i], &p, hit);
    if (!hit) out->failed = true;
    if (hit && count) put_scrubbed(text, &p, hit, out);
    smap__free(hit);
    smap__free(p.text);
    smap__free(p.from);
    return count;
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* Where the number that begins at `at` ends: digits, and single commas and points between them. */
static size_t number_end(const plain *p, size_t at) {
    while (at < p->len &&
           (is_digit(p->text[at]) || ((p->text[at] == ',' || p->text[at] == '.') && is_digit(p->text[at + 1]))))
        at++;
    return at;
}

int smap__scrub_numbers(const char *text, size_t len, smap__str *out) {
    plain p = { 0 };
    int count = 0;
    bool made = make_plain(text, len, &p);
    char *hit = made ? smap__zalloc(p.len + 1, 1) : NULL;
    for (size_t i = 0; hit && i < p.len; i++) {
        size_t end = is_digit(p.text[i]) ? number_end(&p, i) : i;
        if (end == i) continue;
        memset(hit + i, 1, end - i);
        i = end;
        count++;
    }
    if (!hit) out->failed = true;
    if (hit && count) put_scrubbed(text, &p, hit, out);
    smap__free(hit);
    smap__free(p.text);
    smap__free(p.from);
    return count;
}
