#include "io/sqlite_file.h"

#include <sqlite3.h>
#include <sys/stat.h>

#include "base/fail.h"
#include "base/str.h"

smap_status smap__sqlite_size_beside(const char *path, const char *suffix, int64_t *out, smap_error *err) {
    struct stat st;
    smap__str name = SMAP__STR_INIT;
    smap__str_printf(&name, "%s%s", path, suffix);
    smap_status status = name.failed ? smap__fail_memory(err) : SMAP_OK;
    if (status == SMAP_OK) *out = lstat(name.data, &st) == 0 ? (int64_t)st.st_size : -1;
    smap__str_release(&name);
    return status;
}

char *smap__sqlite_uri(const char *path, bool immutable) {
    smap__str uri = SMAP__STR_INIT;
    smap__str_put(&uri, "file:");
    for (const char *c = path; *c; c++) {
        if (*c == '%' || *c == '?' || *c == '#')
            smap__str_printf(&uri, "%%%02X", (unsigned)(unsigned char)*c);
        else
            smap__str_put_char(&uri, *c);
    }
    smap__str_put(&uri, immutable ? "?mode=ro&immutable=1" : "?mode=ro");
    return smap__str_take(&uri);
}

bool smap__sqlite_walks_in_one_step(void) {
    enum { WALK_CALLS_HANDLER = 3042000 };
    return sqlite3_libversion_number() < WALK_CALLS_HANDLER;
}
