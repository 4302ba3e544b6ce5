#include "sheet/file_texts.h"

#include <string.h>

#include "base/alloc.h"

/* Isolates (U+2066 .. U+2069) steer how a line is set, and are boxes in the window that shows a file's properties. */
static const char *without_isolates(smap__texts *texts, const char *text) {
    smap__str out = SMAP__STR_INIT;
    for (const char *at = text; *at;) {
        bool isolate = strncmp(at, "\xE2\x81", 2) == 0 && strchr("\xA6\xA7\xA8\xA9", at[2]) && at[2];
        if (!isolate) smap__str_put_char(&out, *at);
        at += isolate ? 3 : 1;
    }
    const char *plain = out.failed ? NULL : smap__arena_strndup(texts->arena, out.data ? out.data : "", out.len);
    if (!plain) texts->failed = true;
    smap__str_release(&out);
    return plain;
}

/* Whose the picture below the map is stands where the sources do. */
static const char *with_base(smap__texts *texts, const char *text, const char *base) {
    const char *both = smap__arena_printf(texts->arena, "%s. %s", text ? text : "", base);
    if (!both) texts->failed = true;
    return both ? without_isolates(texts, text ? both : base) : NULL;
}

void smap__file_texts_fill(smap__sheet_spec *spec, smap__texts *texts, smap__sheet *sheet) {
    static const char *const word[SMAP__FILE_TEXTS] = { "file_title",       "file_title_all", "file_author",
                                                        "file_description", "file_keywords",  "file_source",
                                                        "file_rights" };
    int lang = sheet->lang[SMAP__EN] ? SMAP__EN : SMAP__AR;
    bool *placed = texts->placed, *scratch = smap__zalloc((size_t)texts->count + 1, sizeof *scratch);
    if (!scratch) {
        texts->failed = true;
        return;
    }
    texts->placed = scratch;
    for (int i = 0; i < SMAP__FILE_TEXTS; i++) {
        const char *template = smap__sheet_spec_word(spec, word[i], lang);
        const char *text = template ? smap__texts_fill(texts, template, lang, 0) : NULL;
        sheet->file_text[i] = text ? without_isolates(texts, text) : NULL;
    }
    const char *template = smap__sheet_spec_word(spec, "file_base", lang);
    const char *base = template ? smap__texts_fill(texts, template, lang, 0) : NULL;
    for (int i = SMAP__FILE_SOURCE; base && i <= SMAP__FILE_RIGHTS; i++)
        sheet->file_text[i] = with_base(texts, sheet->file_text[i], base);
    texts->placed = placed;
    smap__free(scratch);
}
