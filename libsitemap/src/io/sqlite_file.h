/* What an SQLite file looks like from outside: its first bytes, and what its programs leave beside it. */
#ifndef SMAP_IO_SQLITE_FILE_H
#define SMAP_IO_SQLITE_FILE_H

#include <stdbool.h>
#include <stdint.h>

#include "sitemap/error.h"

/* Every SQLite file begins so, the zero byte at the end of the literal included. */
#define SMAP__SQLITE_MAGIC "SQLite format 3"

/* Size of the file PATH SUFFIX ("-wal", "-shm", "-journal"), -1 where there is none. SMAP_E_NOMEM is the only failure.
 */
smap_status smap__sqlite_size_beside(const char *path, const char *suffix, int64_t *out, smap_error *err);

/* "file:PATH?mode=ro" for SQLITE_OPEN_URI; immutable: nobody else writes to it, and nothing is left beside it. Free
 * with smap__free; NULL when memory runs out. */
char *smap__sqlite_uri(const char *path, bool immutable);

/* Does this SQLite walk all pages of quick_check in one step of its machine? From 3.42 on the walk itself calls the
 * progress handler, which can then no more tell where it has ended. */
bool smap__sqlite_walks_in_one_step(void);

#endif
