#include "base/fail.h"
#include "io/reader.h"

smap_status smap__zip_list(const char *path, const char *shown, smap__arena *arena, smap__zip_entry **entries,
                           int *count, smap_error *err) {
    (void)path, (void)arena, (void)entries, (void)count;
    return smap__fail(err, SMAP_E_REFUSED, shown, "%s: archives are not read yet: unpack it first", shown);
}
