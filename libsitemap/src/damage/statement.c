#include "damage/statement.h"

#include <string.h>

#include "base/fail.h"

smap_status smap__statement_init(smap_ctx *ctx, smap__statement *statement, smap_error *err) {
    *statement = (smap__statement){ NULL, SMAP__STR_INIT, SMAP__STR_INIT };
    return smap__domain_get(ctx, "damage_statement", &statement->sentences, err);
}

void smap__statement_release(smap__statement *statement) {
    smap__str_release(&statement->en);
    smap__str_release(&statement->ar);
}

static void add_sentence(smap__str *to, const char *sentence, double percent) {
    static const char mark[] = "{percent}";
    const char *at = strstr(sentence, mark);
    if (to->len) smap__str_put_char(to, ' ');
    if (!at) {
        smap__str_put(to, sentence);
        return;
    }
    smap__str_put_n(to, sentence, (size_t)(at - sentence));
    smap__str_printf(to, "%.1f%s", percent, at + strlen(mark));
}

void smap__statement_add(smap__statement *statement, const char *code, double percent) {
    int at = smap__domain_code(statement->sentences, code, strlen(code));
    const smap__label *label = at < 0 ? NULL : &statement->sentences->code[at].label;
    add_sentence(&statement->en, label && *label->en ? label->en : code, percent);
    add_sentence(&statement->ar, label && *label->ar ? label->ar : code, percent);
}

void smap__statement_add_silence(smap__statement *statement, smap__area_status status) {
    static const char *const code[] = {
        [SMAP__AREA_PRODUCED] = "silent_produced", [SMAP__AREA_NOT_PRODUCED] = "silent_not_produced",
        [SMAP__AREA_PARTLY] = "silent_partly",     [SMAP__AREA_OUTSIDE] = "silent_outside",
        [SMAP__AREA_UNKNOWN] = "silent_unknown",
    };
    smap__statement_add(statement, code[status], 0);
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
