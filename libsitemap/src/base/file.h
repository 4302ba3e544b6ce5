/* Reading a small file of our own whole (data, styles, plans). User data goes through io. */
#ifndef SMAP_BASE_FILE_H
#define SMAP_BASE_FILE_H

#include <stddef.h>

#include "sitemap/error.h"

/* At most `limit` bytes, a regular file only; *text is terminated, free with smap__free. */
smap_status smap__file_read(const char *path, size_t limit, char **text, size_t *len, smap_error *err);

/* The names of the files of a folder that end in `.extension`, without it and in order of their bytes; free each and
 * *names with smap__free. A folder that cannot be read has none. */
smap_status smap__file_names(const char *folder, const char *extension, char ***names, size_t *count, smap_error *err);

#endif
