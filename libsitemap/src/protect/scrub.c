#include "protect/scrub.h"

#include <regex.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "protect/pattern_needs.h"

typedef struct pattern {
    regex_t regex;
    smap__pattern_needs needs;
    bool keys; /* keys are held against it too: an id of nine digits may be one of OpenStreetMap */
} pattern;

struct smap__scrub {
    int patterns;
    pattern pattern[];
};

/* What a text looks like to the patterns, and where each byte of that comes from. */
typedef struct plain {
    char *text;
    size_t *from; /* first byte of the original character; [len] is the length of the original */
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
        bool ignore_case = smap__json_bool(smap__json_get(item, "ignore_case"), false);
        if (!*regex || regcomp(&p->regex, regex, REG_EXTENDED | (ignore_case ? REG_ICASE : 0)) != 0) {
            smap__scrub_free(scrub);
            return smap__fail(err, SMAP_E_FORMAT, "audiences.json",
                              "audiences.json: pattern %zu (\"%s\") is no POSIX extended regular expression", i + 1,
                              regex);
        }
        smap__pattern_needs_find(regex, ignore_case, &p->needs);
        p->keys = smap__json_bool(smap__json_get(item, "keys"), true);
        scrub->patterns++;
    }
    *out = scrub;
    return SMAP_OK;
}

/* The zeros of scripts whose digits follow each other, from Arabic to full width (Unicode 15, category Nd), and of
 * raised and lowered ones. */
static const uint32_t ZERO[] = { 0x660,  0x6f0,  0x7c0,  0x966,  0x9e6,  0xa66,  0xae6,  0xb66,  0xbe6,  0xc66,
                                 0xce6,  0xd66,  0xde6,  0xe50,  0xed0,  0xf20,  0x1040, 0x1090, 0x17e0, 0x1810,
                                 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0, 0x1c40, 0x1c50, 0x2070, 0x2080,
                                 0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0xff10 };

static char plain_digit(uint32_t c) {
    if (c == 0xb9) return '1';
    if (c == 0xb2 || c == 0xb3) return (char)('2' + (c - 0xb2));
    if (c >= 0x1d7ce && c <= 0x1d7ff) return (char)('0' + (c - 0x1d7ce) % 10);
    if (c >= 0x2460 && c <= 0x2468) return (char)('1' + (c - 0x2460)); /* in circles */
    if (c == 0x24ea) return '0';
    for (size_t i = 0; i < sizeof ZERO / sizeof *ZERO; i++)
        if (c >= ZERO[i] && c <= ZERO[i] + 9) return (char)('0' + (c - ZERO[i]));
    return 0;
}

static bool shows_nothing(uint32_t c) {
    return c == 0xad || c == 0x640 || (c >= 0x64b && c <= 0x65f) || c == 0x2060 || c == 0xfeff ||
           (c >= 0x200b && c <= 0x200f) || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

/* Digits, blanks and signs of every kind as their ASCII ones, what is as wide as Chinese as what is not; 0 for marks
 * that show nothing; 0x80 for other characters, which are as they are. */
static unsigned char plain_character(uint32_t c) {
    enum { AS_IT_IS = 0x80, NO_TEXT = 1 };
    if (c < 0x80) return c ? (unsigned char)c : NO_TEXT;
    char digit = plain_digit(c);
    if (digit) return (unsigned char)digit;
    if (c >= 0xff01 && c <= 0xff5e) return (unsigned char)(c - 0xff01 + '!');
    if (c == 0xb7 || c == 0x2022 || c == 0x2027 || c == 0x2219 || c == 0x66b) return '.';
    if (c == 0x60c || c == 0x66c) return ',';
    if (c == 0x61b) return ';';
    if (c == 0x2044 || c == 0x2215) return '/';
    if (c == 0xa0 || (c >= 0x2000 && c <= 0x200a) || c == 0x202f) return ' ';
    if ((c >= 0x2010 && c <= 0x2015) || c == 0x2212) return '-';
    return shows_nothing(c) ? 0 : AS_IT_IS;
}

static bool make_plain(const char *text, size_t len, plain *out) {
    out->text = smap__alloc(len + 1);
    out->from = smap__zalloc(len + 1, sizeof *out->from);
    if (!out->text || !out->from) return false;
    for (size_t at = 0; at < len;) {
        size_t start = at;
        unsigned char c = plain_character(smap__utf8_next(text, len, &at));
        for (size_t i = start; i < (c < 0x80 ? start + (c > 0) : at); i++) {
            out->from[out->len] = start;
            out->text[out->len++] = c < 0x80 ? (char)c : text[i];
        }
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
        while (whole && start > 0 && text->from[start - 1] == text->from[start]) start--; /* whole characters */
        while (whole && text->from[end] == text->from[end - 1]) end++;
        if (whole) {
            count += !memchr(hit + start, 1, end - start);
            memset(hit + start, 1, end - start);
        }
        at = whole ? end : start + 1;
    }
    return count;
}

/* May one of the patterns match? Of a text of ASCII alone, before a copy of it is made. */
static bool may_match(const smap__scrub *scrub, const char *text, size_t len) {
    smap__text_has has;
    for (size_t i = 0; i < len; i++)
        if ((unsigned char)text[i] >= 0x80) return true;
    smap__text_has_find(text, len, &has);
    for (int i = 0; i < scrub->patterns; i++)
        if (smap__pattern_needs_met(&scrub->pattern[i].needs, &has)) return true;
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
    if (!len || !may_match(scrub, text, len)) return 0;
    bool made = make_plain(text, len, &p);
    char *hit = made ? smap__zalloc(p.len + 1, 1) : NULL;
    smap__text_has has;
    if (hit) smap__text_has_find(p.text, p.len, &has);
    for (int i = 0; hit && i < scrub->patterns; i++)
        if ((!is_key || scrub->pattern[i].keys) && smap__pattern_needs_met(&scrub->pattern[i].needs, &has))
            count += mark_matches(&scrub->pattern[i], &p, hit);
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
