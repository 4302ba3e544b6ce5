/* Where an output really goes, and the temporary beside it that becomes it. The protocol of every file we write:
 *
 *     smap__target_find      follow links, refuse what may not be replaced
 *     smap__temporary_open   ".NAME.sitemap-HOST-PID-N.tmp" beside it, O_EXCL, 0600; registered for clean-up
 *     ... write through the descriptor, every call checked ...
 *     smap__temporary_publish   mode, fsync, close, rename, fsync of the folder
 *     smap__temporary_discard   on any failure
 *
 * Temporaries of processes of this host that are dead are swept when the next one is made in the same folder. */
#ifndef SMAP_IO_TEMPORARY_H
#define SMAP_IO_TEMPORARY_H

#include <stdbool.h>
#include <sys/types.h>

#include "sitemap/error.h"

typedef struct smap__target {
    char *path;   /* absolute, links followed: the name that is renamed over */
    char *folder; /* of `path` */
    bool exists;  /* as a regular file; then its mode and owner: */
    mode_t mode;
    uid_t uid;
    gid_t gid;
} smap__target;

/* SMAP_E_EXISTS when it is there and `overwrite` is false; SMAP_E_NOT_FOUND without a folder; SMAP_E_REFUSED when it is
 * no regular file; SMAP_E_IO when it is read-only. Release also after a failure is harmless. */
smap_status smap__target_find(const char *path, bool overwrite, smap__target *out, smap_error *err);
void smap__target_release(smap__target *target);

/* A new, empty temporary: its path (give it back to publish or discard) and a descriptor for reading and writing. */
smap_status smap__temporary_open(const smap__target *target, char **path, int *fd, smap_error *err);

typedef enum smap__new_mode {
    SMAP__MODE_SHARED, /* a new file gets 0666 less the umask */
    SMAP__MODE_PRIVATE /* a new file stays 0600 */
} smap__new_mode;

/* Make the temporary the target; SMAP_E_EXISTS when there was none and is one now. Takes `path` and `fd`, whatever the
 * result. */
smap_status smap__temporary_publish(const smap__target *target, char *path, int fd, smap__new_mode mode,
                                    smap_error *err);
/* Remove it. Takes `path` (NULL is fine) and `fd` (-1 is fine). */
void smap__temporary_discard(char *path, int fd);

/* The sentence for a failed system call: `path` is what could not be written, `code` the errno. */
smap_status smap__fail_write(smap_error *err, const char *path, int code);

#endif
