#include "io/text_input.h"

#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "io/encoding.h"
#include "io/sqlite_file.h"

typedef struct magic {
    const char *bytes, *kind;
} magic;

static smap_status refuse_binary(const smap__member *member, const char *format, const char *bytes, size_t len,
                                 smap_error *err) {
    static const magic known[] = {
        { "PK\003\004", "a zip archive or an office document" },
        { SMAP__SQLITE_MAGIC, "an SQLite database" },
        { "%PDF", "a PDF document" },
        { "\x1F\x8B", "a gzip archive" },
        { "\xD0\xCF\x11\xE0", "an old office document" },
        { "<", "XML or HTML" },
    };
    size_t at = len >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    while (at < len && (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\r' || bytes[at] == '\t')) at++;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        size_t n = strlen(known[i].bytes);
        if (len - at >= n && memcmp(bytes + at, known[i].bytes, n) == 0)
            return smap__fail(err, SMAP_E_REFUSED, member->shown, "%s: is %s, not %s as its name says", member->shown,
                              known[i].kind, format);
    }
    return SMAP_OK;
}

static smap_status refuse_zero_bytes(const smap__member *member, const smap__text_input *input, smap_error *err) {
    const char *zero = memchr(input->text, '\0', input->len);
    if (!zero) return SMAP_OK;
    int64_t line = 1;
    for (const char *c = input->text; c < zero; c++) line += *c == '\n';
    return smap__fail_row(err, SMAP_E_FORMAT, member->shown, line,
                          "%s: holds a zero byte in line %lld; it is no text file, or damaged", member->shown,
                          (long long)line);
}

static smap_status choose_encoding(const smap__member *member, const char *bytes, size_t len, smap__findings *findings,
                                   const char **encoding, size_t *skip, smap_error *err) {
    bool guessed;
    const char *found = smap__encoding_find(bytes, len, skip, &guessed);
    const char *given = smap__member_options(member)->encoding;
    if (given) {
        *encoding = *skip && found ? found : given; /* a byte order mark leaves no doubt */
        return SMAP_OK;
    }
    if (!found)
        return smap__fail(
            err, SMAP_E_FORMAT, member->shown,
            "%s: is not UTF-8, and its encoding cannot be told; name it, for example --encoding CP1256 (Arabic, "
            "Windows) or --encoding CP1252",
            member->shown);
    *encoding = found;
    if (!guessed) return SMAP_OK;
    return smap__findings_add(
        findings, err, SMAP__WARNING, "encoding_guessed", 0, "", found,
        "the text is not UTF-8 and was read as %s; if letters are wrong, name the encoding with --encoding", found);
}

smap_status smap__text_input_read(const smap__member *member, const char *format, smap__findings *findings,
                                  smap__text_input *out, smap_error *err) {
    smap__text_input input = { NULL, NULL, 0 };
    const char *encoding = NULL;
    size_t skip = 0;
    char *decoded = NULL;
    smap_status status = SMAP_OK;
    SMAP_TRY(smap__member_bytes(member, &input.memory, &input.len, err), failed);
    SMAP_TRY(refuse_binary(member, format, input.memory, input.len, err), failed);
    SMAP_TRY(choose_encoding(member, input.memory, input.len, findings, &encoding, &skip, err), failed);
    input.text = input.memory + skip;
    input.len -= skip;
    if (strcmp(encoding, "UTF-8") != 0) {
        SMAP_TRY(smap__encoding_decode(member->shown, encoding, input.text, input.len, &decoded, &input.len, err),
                 failed);
        smap__free(input.memory);
        input.text = input.memory = decoded;
    }
    SMAP_TRY(refuse_zero_bytes(member, &input, err), failed);
    *out = input;
    return SMAP_OK;
failed:
    smap__text_input_release(&input);
    return status;
}

void smap__text_input_release(smap__text_input *input) {
    smap__free(input->memory);
    input->memory = NULL;
}
