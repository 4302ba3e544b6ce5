#include "model/statement.h"

#include <string.h>

#include "base/fail.h"

smap_status smap__statement_init(smap_ctx *ctx, const char *domain, smap__statement *statement, smap_error *err) {
    *statement = (smap__statement){ NULL, SMAP__STR_INIT, SMAP__STR_INIT };
    return smap__domain_get(ctx, domain, &statement->sentences, err);
}

void smap__statement_release(smap__statement *statement) {
    smap__str_release(&statement->en);
    smap__str_release(&statement->ar);
}

static const smap__label *find_word(const smap__statement_word *words, int count, const char *name, size_t len) {
    for (int i = 0; i < count; i++) {
        if (strlen(words[i].name) == len && memcmp(words[i].name, name, len) == 0) return &words[i].value;
    }
    return NULL;
}

static void add_sentence(smap__str *to, const char *sentence, const smap__statement_word *words, int count,
                         bool arabic) {
    if (to->len) smap__str_put_char(to, ' ');
    for (const char *at = sentence; *at;) {
        const char *open = strchr(at, '{'), *close = open ? strchr(open, '}') : NULL;
        const smap__label *word = close ? find_word(words, count, open + 1, (size_t)(close - open - 1)) : NULL;
        if (!word) {
            smap__str_put(to, at);
            return;
        }
        smap__str_put_n(to, at, (size_t)(open - at));
        smap__str_put(to, arabic && *word->ar ? word->ar : word->en);
        at = close + 1;
    }
}

void smap__statement_add(smap__statement *statement, const char *code, const smap__statement_word *words, int count) {
    int at = smap__domain_code(statement->sentences, code, strlen(code));
    const smap__label *label = at < 0 ? NULL : &statement->sentences->code[at].label;
    add_sentence(&statement->en, label && *label->en ? label->en : code, words, count, false);
    add_sentence(&statement->ar, label && *label->ar ? label->ar : code, words, count, true);
}

static void put_text(smap__str *text, smap__rows *rows) {
    if (text->failed)
        rows->status = smap__fail_memory(&rows->error);
    else
        smap__rows_text_n(rows, text->len ? text->data : NULL, text->len);
    smap__str_clear(text);
}

void smap__statement_put(smap__statement *statement, smap__rows *rows) {
    put_text(&statement->en, rows);
    put_text(&statement->ar, rows);
}
