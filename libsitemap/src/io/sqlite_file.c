#include "io/sqlite_file.h"

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
