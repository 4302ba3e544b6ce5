#include "sheet/sheet_text.h"

#include <string.h>

#include "base/alloc.h"
#include "base/str.h"

/* U+2066, U+2068, U+2069 */
static const char LEFT_ISOLATE[] = "\xE2\x81\xA6", ISOLATE[] = "\xE2\x81\xA8", END_ISOLATE[] = "\xE2\x81\xA9";

const char *smap__text_replace(smap__arena *arena, const char *text, const char *name, const char *value) {
    smap__str out = SMAP__STR_INIT;
    for (const char *at; (at = strstr(text, name)); text = at + strlen(name)) {
        smap__str_put_n(&out, text, (size_t)(at - text));
        smap__str_put(&out, value);
    }
    smap__str_put(&out, text);
    const char *copy = out.failed ? NULL : smap__arena_strndup(arena, out.data, out.len);
    smap__str_release(&out);
    return copy;
}

const char *smap__text_figures(smap__arena *arena, const char *figures) {
    return smap__arena_printf(arena, "%s%s%s", LEFT_ISOLATE, figures, END_ISOLATE);
}

const char *smap__text_isolated(smap__arena *arena, const char *text) {
    return smap__arena_printf(arena, "%s%s%s", ISOLATE, text, END_ISOLATE);
}

bool smap__text_has_rtl(const char *text) {
    size_t len = strlen(text), at = 0;
    while (at < len) {
        uint32_t c = smap__utf8_next(text, len, &at);
        bool mark = c == 0x200F || (c >= 0x202A && c <= 0x202E) || c == 0x2067 || c == 0x2068;
        if (mark || smap__utf8_is_rtl(c)) return true;
    }
    return false;
}

/* Embeddings and overrides are dropped, isolates of the value's own closed, ends without a beginning left out. */
void smap__text_put_isolated(smap__str *out, const char *value) {
    size_t len = strlen(value), at = 0, from = 0;
    int open = 0;
    smap__str_put(out, ISOLATE);
    for (; at < len; from = at) {
        uint32_t c = smap__utf8_next(value, len, &at);
        bool ends = c == 0x2069;
        if ((c >= 0x202A && c <= 0x202E) || (ends && open == 0)) continue;
        open += (c >= 0x2066 && c <= 0x2068) - ends;
        smap__str_put_n(out, value + from, at - from);
    }
    for (; open >= 0; open--) smap__str_put(out, END_ISOLATE);
}

void smap__text_number(double value, int decimals, char *out, size_t size) {
    char plain[400];
    smap__print(plain, sizeof plain, "%.*f", decimals, value);
    size_t first = plain[0] == '-', whole = first + strspn(plain + first, "0123456789"), at = 0;
    for (size_t i = 0; plain[i] && at + 2 < size; i++) {
        if (i > first && i < whole && (whole - i) % 3 == 0) out[at++] = ',';
        out[at++] = plain[i];
    }
    out[at] = '\0';
}

bool smap__text_same(const char *a, const char *b) {
    const char *side[2] = { a, b };
    for (;;) {
        for (int i = 0; i < 2; i++)
            while (strncmp(side[i], ISOLATE, 3) == 0 || strncmp(side[i], END_ISOLATE, 3) == 0 ||
                   strncmp(side[i], LEFT_ISOLATE, 3) == 0)
                side[i] += 3;
        if (*side[0] != *side[1]) return false;
        if (*side[0] == '\0') return true;
        side[0]++;
        side[1]++;
    }
}

void smap__texts_compute(smap__texts *texts, const char *key, const char *en, const char *ar) {
    size_t room = sizeof texts->computed / sizeof *texts->computed;
    if (!en || !ar || (size_t)texts->computeds == room)
        texts->failed = true;
    else
        texts->computed[texts->computeds++] = (smap__sheet_text){ key, en, ar };
}

static bool is_key(const smap__sheet_text *text, const char *key, size_t len) {
    return strncmp(text->key, key, len) == 0 && text->key[len] == '\0';
}

static const char *in_language(const smap__sheet_text *text, int lang) {
    const char *wanted = lang == SMAP__AR ? text->ar : text->en, *other = lang == SMAP__AR ? text->en : text->ar;
    if (wanted && wanted[0]) return wanted;
    return other && other[0] ? other : NULL;
}

/* A given text that comes once serves every repetition as long as some other key of the template still repeats; the
 * repetition ends with the first key that has run out, so a template of single texts appears once. */
static const char *value_of(smap__texts *t, const char *key, size_t len, int lang, int repeat, bool *repeats) {
    int seen = 0, only = -1;
    for (int i = 0; i < t->count; i++) {
        if (!is_key(&t->given[i], key, len)) continue;
        if (seen++ == repeat) {
            t->placed[i] = true;
            *repeats = true;
            return in_language(&t->given[i], lang);
        }
        only = i;
    }
    if (seen == 1) return in_language(&t->given[only], lang);
    if (seen) return NULL;
    for (int i = 0; i < t->computeds; i++)
        if (is_key(&t->computed[i], key, len)) return in_language(&t->computed[i], lang);
    return NULL;
}

const char *smap__texts_fill(smap__texts *t, const char *template, int lang, int repeat) {
    smap__str out = SMAP__STR_INIT;
    bool complete = true, repeats = repeat == 0;
    for (const char *open; complete && (open = strchr(template, '{'));) {
        const char *close = strchr(open, '}');
        if (!close) break;
        smap__str_put_n(&out, template, (size_t)(open - template));
        const char *value = value_of(t, open + 1, (size_t)(close - open - 1), lang, repeat, &repeats);
        complete = value != NULL;
        if (lang == SMAP__AR || smap__text_has_rtl(value ? value : ""))
            smap__text_put_isolated(&out, value ? value : "");
        else
            smap__str_put(&out, value ? value : "");
        template = close + 1;
    }
    smap__str_put(&out, template);
    const char *copy = NULL;
    if (complete && repeats && !out.failed) {
        copy = smap__arena_strndup(t->arena, out.data, out.len);
        t->failed = t->failed || !copy;
    }
    t->failed = t->failed || out.failed;
    smap__str_release(&out);
    return copy;
}
