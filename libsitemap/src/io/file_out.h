/* Whole files or none: bytes are written to a temporary beside the target (O_EXCL, 0600), every write, fsync and close
 * checked, then renamed over it and the folder fsynced. A symbolic link is followed; an existing file's mode is kept, a
 * new file gets the mode that the umask gives. */
#ifndef SMAP_IO_FILE_OUT_H
#define SMAP_IO_FILE_OUT_H

#include <stdbool.h>
#include <stddef.h>

#include "sitemap/context.h"

typedef struct smap__file_out smap__file_out;

/* SMAP_E_EXISTS when the target is there and `overwrite` is false. */
smap_status smap__file_out_open(smap_ctx *ctx, const char *path, bool overwrite, smap__file_out **out, smap_error *err);
/* Would the file be opened? To say it before a long computation; nothing is made. */
smap_status smap__file_out_check(const char *path, bool overwrite, smap_error *err);
smap_status smap__file_out_write(smap__file_out *file, const void *bytes, size_t len, smap_error *err);
/* Make it real. The handle is gone afterwards, whatever the result. */
smap_status smap__file_out_commit(smap__file_out *file, smap_error *err);
/* All of it at once. */
smap_status smap__file_out_put(smap_ctx *ctx, const char *path, bool overwrite, const void *bytes, size_t len,
                               smap_error *err);
void smap__file_out_abandon(smap__file_out *file); /* NULL is fine */

/* Remove every temporary of this process. Safe in a signal handler: it calls unlink() only. */
void smap__temporaries_remove(void);

#endif
