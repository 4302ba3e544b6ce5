#include "base/findings.h"

#include <stdarg.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/str.h"

enum { VALUE_LIMIT = 120 };

const char *smap__severity_name(smap__severity severity) {
    static const char *const name[] = { "info", "warning", "rejected" };
    return name[severity];
}

/* A value as it stood in the source may be long or broken: keep its start, cut on a character border, and only
 * what is valid text. */
static const char *keep_value(smap__arena *arena, const char *value) {
    size_t len = strlen(value), at = 0;
    smap__str s = SMAP__STR_INIT;
    while (at < len && s.len < VALUE_LIMIT) {
        uint32_t c = smap__utf8_next(value, len, &at);
        smap__str_put_utf8(&s, c);
    }
    if (at < len) smap__str_put(&s, "...");
    const char *kept = s.failed ? NULL : smap__arena_strdup(arena, s.data ? s.data : "");
    smap__str_release(&s);
    return kept;
}

smap_status smap__findings_add(smap__findings *findings, smap_error *err, smap__severity severity, const char *code,
                               int64_t row, const char *column, const char *value, const char *format, ...) {
    if (!findings) return SMAP_OK;
    if (!smap__grow(&findings->items, &findings->capacity, findings->count + 1, sizeof *findings->items))
        return smap__fail_memory(err);
    char message[1024];
    va_list arguments;
    va_start(arguments, format);
    smap__print_list(message, sizeof message, format, arguments);
    va_end(arguments);
    smap__finding f = { severity,
                        smap__arena_strdup(&findings->arena, code),
                        row,
                        smap__arena_strdup(&findings->arena, column ? column : ""),
                        keep_value(&findings->arena, value ? value : ""),
                        smap__arena_strdup(&findings->arena, message) };
    if (!f.code || !f.column || !f.value || !f.message) return smap__fail_memory(err);
    findings->items[findings->count++] = f;
    findings->by_severity[severity]++;
    return SMAP_OK;
}

smap_status smap__findings_join(smap__findings *findings, const smap__findings *from, smap_error *err) {
    smap_status status = SMAP_OK;
    for (size_t i = 0; i < from->count && status == SMAP_OK; i++) {
        const smap__finding *f = &from->items[i];
        status = smap__findings_add(findings, err, f->severity, f->code, f->row, f->column, f->value, "%s", f->message);
    }
    return status;
}

void smap__findings_release(smap__findings *findings) {
    smap__arena_release(&findings->arena);
    smap__free(findings->items);
    *findings = (smap__findings)SMAP__FINDINGS_INIT;
}
