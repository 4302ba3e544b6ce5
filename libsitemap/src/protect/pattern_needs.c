#include "protect/pattern_needs.h"

#include <ctype.h>
#include <string.h>

typedef struct reading {
    const char *at;
    bool ignore_case, lost; /* lost: something that is not understood */
} reading;

static smap__pattern_needs read_either(reading *r, int depth);

static bool is_digit(int byte) {
    return byte >= '0' && byte <= '9';
}

static int size_of(const smap__pattern_needs *n) {
    int size = 0;
    for (int i = 0; i < 256; i++) size += n->any[i];
    return size;
}

static void add_byte(const reading *r, smap__pattern_needs *n, int byte) {
    n->any[byte] = true;
    if (!r->ignore_case) return;
    n->any[(unsigned char)tolower(byte)] = true;
    n->any[(unsigned char)toupper(byte)] = true;
}

/* One atom is one byte of a set; a digit where the set has nothing else. */
static void finish_set(smap__pattern_needs *n) {
    n->has_any = true;
    n->digits = 1;
    for (int i = 0; i < 256; i++)
        if (n->any[i] && !is_digit(i)) n->digits = 0;
}

/* After "[". */
static smap__pattern_needs read_set(reading *r) {
    smap__pattern_needs n = { .has_any = true };
    bool not_these = *r->at == '^';
    if (not_these) r->at++;
    for (bool first = true; *r->at && (first || *r->at != ']'); first = false) {
        int low = (unsigned char)*r->at++, high = low;
        if (low == '[' && *r->at && strchr(":.=", *r->at)) r->lost = true;
        if (*r->at == '-' && r->at[1] && r->at[1] != ']') {
            if (r->at[1] == '[') r->lost = true;
            high = (unsigned char)r->at[1];
            r->at += 2;
        }
        for (int i = low; i <= high; i++) add_byte(r, &n, i);
    }
    if (*r->at) r->at++;
    for (int i = 0; not_these && i < 256; i++) n.any[i] = !n.any[i];
    finish_set(&n);
    return n;
}

static smap__pattern_needs read_atom(reading *r, int depth) {
    smap__pattern_needs n = { .has_any = false };
    char c = *r->at++;
    if (c == '(') {
        n = read_either(r, depth + 1);
        if (*r->at == ')') r->at++;
    } else if (c == '[') {
        n = read_set(r);
    } else if (c == '\\' && *r->at && strchr("<>`'", *r->at)) {
        r->lost = true; /* where a word or the text begins and ends, of GNU's */
    } else if (c == '\\' && *r->at && !isalnum((unsigned char)*r->at)) {
        add_byte(r, &n, (unsigned char)*r->at++);
        finish_set(&n);
    } else if (c == '\\') {
        r->lost = true; /* \w and its like, which are no standard */
    } else if (!strchr("^$.", c)) {
        add_byte(r, &n, (unsigned char)c);
        finish_set(&n);
    }
    return n;
}

/* The fewest times that the atom comes: of "*", "?", "+", "{n}", "{n,m}". */
static int read_times(reading *r) {
    int times = 1;
    while (*r->at && strchr("*?+{", *r->at)) {
        char c = *r->at++;
        if (c == '*' || c == '?') times = 0;
        if (c != '{') continue;
        int least = 0;
        for (; is_digit(*r->at); r->at++)
            least = 10 * least + (*r->at - '0'); /* bounded by RE_DUP_MAX, as regcomp has seen */
        while (*r->at && *r->at != '}') r->at++;
        if (*r->at) r->at++;
        times *= least;
    }
    return times;
}

/* Both are needed: of two sets the smaller one says more. */
static void need_also(smap__pattern_needs *n, const smap__pattern_needs *also, int times) {
    int digits = n->digits + times * also->digits;
    if (times == 0) return;
    if (also->has_any && (!n->has_any || size_of(also) < size_of(n))) *n = *also;
    n->digits = digits;
}

static void need_either(smap__pattern_needs *n, const smap__pattern_needs *other) {
    n->has_any = n->has_any && other->has_any;
    for (int i = 0; i < 256; i++) n->any[i] = n->any[i] || other->any[i];
    if (other->digits < n->digits) n->digits = other->digits;
}

static smap__pattern_needs read_branch(reading *r, int depth) {
    smap__pattern_needs n = { .has_any = false };
    while (*r->at && *r->at != '|' && *r->at != ')') {
        smap__pattern_needs atom = read_atom(r, depth);
        need_also(&n, &atom, read_times(r));
    }
    return n;
}

static smap__pattern_needs read_either(reading *r, int depth) {
    enum { DEEP = 32 };
    smap__pattern_needs n = { .has_any = false };
    if (depth > DEEP) {
        r->lost = true;
        r->at += strlen(r->at);
        return n;
    }
    n = read_branch(r, depth);
    while (*r->at == '|') {
        r->at++;
        smap__pattern_needs other = read_branch(r, depth);
        need_either(&n, &other);
    }
    return n;
}

void smap__pattern_needs_find(const char *regex, bool ignore_case, smap__pattern_needs *out) {
    reading r = { regex, ignore_case, false };
    *out = read_either(&r, 0);
    if (r.lost || *r.at) *out = (smap__pattern_needs){ .has_any = false };
}

void smap__text_has_find(const char *text, size_t len, smap__text_has *out) {
    memset(out, 0, sizeof *out);
    for (size_t i = 0; i < len; i++) {
        out->byte[(unsigned char)text[i]] = true;
        out->digits += is_digit(text[i]);
    }
}

bool smap__pattern_needs_met(const smap__pattern_needs *needs, const smap__text_has *has) {
    if (has->digits < needs->digits) return false;
    for (int i = 0; needs->has_any && i < 256; i++)
        if (needs->any[i] && has->byte[i]) return true;
    return !needs->has_any;
}
