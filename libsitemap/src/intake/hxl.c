#include "intake/hxl.h"

#include <ctype.h>
#include <string.h>

#include "base/str.h"

enum { ATTRIBUTES = 12 };

typedef struct tag {
    const char *name;
    size_t len;
    struct {
        const char *text;
        size_t len;
    } attribute[ATTRIBUTES];
    int attributes;
} tag;

static bool is_word(char c) {
    return isalnum((unsigned char)c) || c == '_';
}

static bool read_word(const char *text, size_t len, size_t *at, const char **word, size_t *word_len) {
    size_t start = *at;
    while (*at < len && is_word(text[*at])) ++*at;
    *word = text + start;
    *word_len = *at - start;
    return *at > start && isalpha((unsigned char)text[start]);
}

static bool read_tag(const char *text, size_t len, tag *out) {
    size_t at = 0;
    memset(out, 0, sizeof *out);
    smap__trim(&text, &len);
    if (len < 2 || text[at++] != '#' || !read_word(text, len, &at, &out->name, &out->len)) return false;
    while (at < len) {
        while (at < len && text[at] == ' ') at++;
        if (at >= len || text[at++] != '+' || out->attributes == ATTRIBUTES) return false;
        int n = out->attributes;
        if (!read_word(text, len, &at, &out->attribute[n].text, &out->attribute[n].len)) return false;
        out->attributes++;
    }
    return true;
}

bool smap__is_hxl(const char *text, size_t len) {
    tag t;
    return read_tag(text, len, &t);
}

static bool same_word(const char *a, size_t a_len, const char *b, size_t b_len) {
    if (a_len != b_len) return false;
    for (size_t i = 0; i < a_len; i++) {
        if (tolower((unsigned char)a[i]) != tolower((unsigned char)b[i])) return false;
    }
    return true;
}

/* "#adm1" to "#adm5" are "#adm" here: the P-code itself says the level. */
static size_t plain_length(const tag *t) {
    bool adm = t->len == 4 && same_word(t->name, 3, "adm", 3) && isdigit((unsigned char)t->name[3]);
    return adm ? 3 : t->len;
}

int smap__hxl_match(const char *source, size_t len, const char *field, int *shared) {
    tag a, b;
    *shared = 0;
    if (!read_tag(source, len, &a) || !read_tag(field, strlen(field), &b)) return 0;
    if (!same_word(a.name, plain_length(&a), b.name, plain_length(&b))) return 0;
    for (int i = 0; i < a.attributes; i++) {
        for (int k = 0; k < b.attributes; k++) {
            if (same_word(a.attribute[i].text, a.attribute[i].len, b.attribute[k].text, b.attribute[k].len)) ++*shared;
        }
    }
    if (*shared == a.attributes && *shared == b.attributes) return 3;
    if (*shared == b.attributes) return 2;
    return *shared == a.attributes ? 1 : 0;
}

bool smap__hxl_row(const smap_table *table) {
    int tags = 0;
    if (smap_table_rows(table) == 0) return false;
    for (int i = 0; i < smap_table_columns(table); i++) {
        const smap_column *c = smap_table_at(table, i);
        if (smap_column_is_null(c, 0)) continue;
        if (c->type != SMAP_TEXT) return false;
        size_t len = 0;
        const char *text = smap_column_text(c, 0, &len);
        smap__trim(&text, &len);
        if (len == 0) continue;
        if (!smap__is_hxl(text, len)) return false;
        tags++;
    }
    return tags > 0;
}
