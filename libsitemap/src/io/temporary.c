#include "io/temporary.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/path.h"
#include "base/str.h"
#include "io/file_out.h"

/* ---- the register: read by signal handlers, so it is the one piece of process-wide state ---- */

enum { SLOTS = 64 };
static _Atomic(char *) slot[SLOTS];
static _Atomic(char *) removed[SLOTS]; /* a signal handler may not free: what it took stays here */
static atomic_uint serial;

static bool registered(char *path) {
    for (int i = 0; i < SLOTS; i++) {
        char *none = NULL;
        if (atomic_compare_exchange_strong(&slot[i], &none, path)) return true;
    }
    return false;
}

/* Take a path out again; false when a signal handler took it first, and then the text is the handler's. */
static bool forgotten(char *path) {
    for (int i = 0; i < SLOTS; i++) {
        char *here = path;
        if (atomic_compare_exchange_strong(&slot[i], &here, NULL)) return true;
    }
    return false;
}

static void forget(char *path) {
    if (path && forgotten(path)) smap__free(path);
}

void smap__temporaries_remove(void) {
    int code = errno;
    for (int i = 0; i < SLOTS; i++) {
        char *path = atomic_exchange(&slot[i], NULL);
        if (!path) continue;
        unlink(path);
        atomic_store(&removed[i], path);
    }
    errno = code;
}

void smap_cleanup(void) {
    smap__temporaries_remove();
}

static bool is_ours(const char *path) {
    for (int i = 0; i < SLOTS; i++) {
        const char *here = atomic_load(&slot[i]);
        if (here && strcmp(here, path) == 0) return true;
    }
    return false;
}

/* ---- sentences ---- */

smap_status smap__fail_write(smap_error *err, const char *path, int code) {
    char text[128] = "";
    switch (code) {
    case ENOSPC:
    case EDQUOT:
        return smap__fail(err, SMAP_E_IO, path, "%s: not written, the disk is full; free some space or write elsewhere",
                          path);
    case EROFS:
        return smap__fail(err, SMAP_E_IO, path, "%s: not written, the file system is read-only; write elsewhere", path);
    case EACCES:
    case EPERM:
        return smap__fail(err, SMAP_E_IO, path,
                          "%s: not written, there is no permission to write there; write elsewhere or change the "
                          "permissions of the folder",
                          path);
    case EFBIG:
        return smap__fail(err, SMAP_E_IO, path, "%s: not written, the file would be larger than is allowed here", path);
    case EEXIST:
        return smap__fail(err, SMAP_E_EXISTS, path,
                          "%s was made by another program meanwhile; choose another name, or allow it to be replaced "
                          "with --overwrite",
                          path);
    case ENAMETOOLONG:
        return smap__fail(err, SMAP_E_IO, path, "%s: not written, the name is too long; choose a shorter one", path);
    case ENOENT:
    case ENOTDIR:
        return smap__fail(err, SMAP_E_NOT_FOUND, path, "%s: not written, its folder does not exist; create it first",
                          path);
    default:
        if (strerror_r(code, text, sizeof text) != 0) snprintf(text, sizeof text, "error %d", code);
        return smap__fail(err, SMAP_E_IO, path, "%s: writing failed (%s); check the disk and try again", path, text);
    }
}

/* ---- targets ---- */

void smap__target_release(smap__target *target) {
    smap__free(target->path);
    smap__free(target->folder);
    target->path = target->folder = NULL;
}

/* Replace *path by what the link there says; links are followed one by one because the last may dangle. */
static smap_status follow_link(char **path, smap_error *err) {
    char to[PATH_MAX];
    ssize_t len = readlink(*path, to, sizeof to - 1);
    if (len < 0) return smap__fail_write(err, *path, errno);
    to[len] = '\0';
    char *next;
    if (to[0] == '/') {
        next = smap__strdup(to);
    } else {
        char *folder = smap__path_folder(*path);
        next = folder ? smap__path_join(folder, to) : NULL;
        smap__free(folder);
    }
    if (!next) return smap__fail_memory(err);
    smap__free(*path);
    *path = next;
    return SMAP_OK;
}

static smap_status check_existing(const char *shown, const struct stat *st, bool overwrite, smap_error *err) {
    if (S_ISDIR(st->st_mode))
        return smap__fail(err, SMAP_E_REFUSED, shown, "%s is a folder; name a file to write", shown);
    if (!S_ISREG(st->st_mode))
        return smap__fail(err, SMAP_E_REFUSED, shown, "%s is no regular file (a device, pipe or socket); name another",
                          shown);
    if (!overwrite)
        return smap__fail(err, SMAP_E_EXISTS, shown,
                          "%s exists already; choose another name, or allow it to be replaced with --overwrite", shown);
    if (!(st->st_mode & (S_IWUSR | S_IWGRP | S_IWOTH)))
        return smap__fail(err, SMAP_E_IO, shown,
                          "%s is read-only; make it writable (chmod u+w) or write to another file", shown);
    return SMAP_OK;
}

static smap_status check_folder(const char *shown, const char *folder, smap_error *err) {
    struct stat st;
    if (stat(folder, &st) != 0) {
        if (errno == ENOENT || errno == ENOTDIR)
            return smap__fail(err, SMAP_E_NOT_FOUND, shown, "%s: its folder %s does not exist; create it first", shown,
                              folder);
        return smap__fail_write(err, shown, errno);
    }
    if (!S_ISDIR(st.st_mode))
        return smap__fail(err, SMAP_E_NOT_FOUND, shown, "%s: %s is no folder; name a file in a folder", shown, folder);
    return SMAP_OK;
}

smap_status smap__target_find(const char *path, bool overwrite, smap__target *out, smap_error *err) {
    enum { LINKS = 40 };
    smap_status status = SMAP_OK;
    smap__target target = { smap__path_absolute(path), NULL, false, 0, 0, 0 };
    struct stat st;
    if (!target.path) return smap__fail_memory(err);
    for (int links = 0;; links++) {
        if (lstat(target.path, &st) != 0) {
            if (errno == ENOENT || errno == ENOTDIR) break;
            status = smap__fail_write(err, path, errno);
            goto fail;
        }
        if (!S_ISLNK(st.st_mode)) {
            SMAP_TRY(check_existing(path, &st, overwrite, err), fail);
            target.exists = true;
            target.mode = st.st_mode & 0777;
            target.uid = st.st_uid;
            target.gid = st.st_gid;
            if (access(target.path, W_OK) != 0) {
                status =
                    smap__fail(err, SMAP_E_IO, path,
                               "%s is read-only for this user; change its permissions or write to another file", path);
                goto fail;
            }
            break;
        }
        if (links == LINKS) {
            status =
                smap__fail(err, SMAP_E_REFUSED, path, "%s is a link that leads to itself; name another file", path);
            goto fail;
        }
        SMAP_TRY(follow_link(&target.path, err), fail);
    }
    target.folder = smap__path_folder(target.path);
    if (!target.folder) {
        status = smap__fail_memory(err);
        goto fail;
    }
    SMAP_TRY(check_folder(path, target.folder, err), fail);
    *out = target;
    return SMAP_OK;
fail:
    smap__target_release(&target);
    return status;
}

/* ---- names of temporaries ---- */

/* FNV-1a of the host's name: a temporary on a shared folder may belong to a living process of another machine. */
static unsigned host_tag(void) {
    char host[256] = "";
    unsigned tag = 2166136261u;
    if (gethostname(host, sizeof host - 1) != 0) return tag;
    for (const char *c = host; *c; c++) tag = (tag ^ (unsigned char)*c) * 16777619u;
    return tag;
}

static char *temporary_name(const smap__target *target) {
    char tail[64];
    int len = snprintf(tail, sizeof tail, ".sitemap-%08x-%ld-%u.tmp", host_tag(), (long)getpid(),
                       atomic_fetch_add(&serial, 1) + 1);
    const char *name = smap__path_name(target->path);
    smap__str s = SMAP__STR_INIT;
    smap__str_put(&s, target->folder);
    smap__str_put(&s, "/.");
    smap__str_put_n(&s, name, strnlen(name, NAME_MAX - 1 - (size_t)len));
    smap__str_put(&s, tail);
    return smap__str_take(&s);
}

/* The host and process that a temporary's name states; false when it is no such name. */
static bool parse_name(const char *name, unsigned long *host, long *pid) {
    static const char mark[] = ".sitemap-";
    const char *at = NULL;
    char *end;
    if (name[0] != '.') return false;
    for (const char *next = strstr(name, mark); next; next = strstr(next + 1, mark)) at = next;
    if (!at) return false;
    *host = strtoul(at + strlen(mark), &end, 16);
    if (*end != '-') return false;
    *pid = strtol(end + 1, &end, 10);
    if (*end != '-' || *pid <= 0) return false;
    strtoul(end + 1, &end, 10);
    return strcmp(end, ".tmp") == 0;
}

/* Does a file name say that it is a temporary of a process of this host that is gone? */
static bool is_stale(const char *folder, const char *name) {
    unsigned long host;
    long pid;
    if (!parse_name(name, &host, &pid) || host != host_tag()) return false;
    if (pid != (long)getpid()) return kill((pid_t)pid, 0) != 0 && errno == ESRCH;
    char *path = smap__path_join(folder, name);
    bool stale = path && !is_ours(path);
    smap__free(path);
    return stale;
}

static void sweep(const char *folder) {
    DIR *dir = opendir(folder);
    if (!dir) return;
    for (const struct dirent *entry = readdir(dir); entry; entry = readdir(dir))
        if (is_stale(folder, entry->d_name)) unlinkat(dirfd(dir), entry->d_name, 0);
    closedir(dir);
}

smap_status smap__temporary_open(const smap__target *target, char **path, int *fd, smap_error *err) {
    sweep(target->folder);
    for (;;) {
        char *name = temporary_name(target);
        if (!name) return smap__fail_memory(err);
        if (!registered(name)) {
            smap__free(name);
            return smap__fail(err, SMAP_E_LIMIT, target->path,
                              "%s: too many files are being written at once; finish some", target->path);
        }
        int opened = open(name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
        if (opened >= 0) {
            *path = name;
            *fd = opened;
            return SMAP_OK;
        }
        int code = errno;
        forget(name);
        if (code != EEXIST) return smap__fail_write(err, target->path, code);
    }
}

void smap__temporary_discard(char *path, int fd) {
    if (fd >= 0) close(fd);
    if (!path) return;
    if (!forgotten(path)) return; /* a signal handler has it */
    unlink(path);
    smap__free(path);
}

/* ---- publishing ---- */

/* umask can only be asked by setting it; the value set meanwhile is the strict one. */
static mode_t mode_by_umask(void) {
    mode_t mask = umask(S_IRWXG | S_IRWXO);
    umask(mask);
    return 0666 & ~mask;
}

static int set_mode(const smap__target *target, int fd, smap__new_mode mode) {
    if (!target->exists) return mode == SMAP__MODE_PRIVATE ? 0 : fchmod(fd, mode_by_umask());
    if (target->uid != geteuid() || target->gid != getegid()) {
        /* Only root may give files away; others keep what they can. */
        if (fchown(fd, target->uid, target->gid) != 0 && errno != EPERM) return -1;
    }
    return fchmod(fd, target->mode);
}

static smap_status sync_folder(const smap__target *target, smap_error *err) {
    int fd = open(target->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) return errno == EACCES ? SMAP_OK : smap__fail_write(err, target->path, errno);
    int code = fsync(fd) == 0 || errno == EINVAL ? 0 : errno; /* EINVAL: the file system has no such thing */
    if (close(fd) != 0 && !code) code = errno;
    return code ? smap__fail_write(err, target->path, code) : SMAP_OK;
}

/* Over the file that was there to be replaced; where there was none, never over one that somebody has made meanwhile.
 */
static int take_name(const smap__target *target, const char *path) {
    if (target->exists) return rename(path, target->path);
    if (link(path, target->path) == 0) return unlink(path);
    /* file systems without hard links */
    return errno == EPERM || errno == EOPNOTSUPP || errno == ENOSYS ? rename(path, target->path) : -1;
}

smap_status smap__temporary_publish(const smap__target *target, char *path, int fd, smap__new_mode mode,
                                    smap_error *err) {
    int code = set_mode(target, fd, mode) != 0 || fsync(fd) != 0 ? errno : 0;
    if (close(fd) != 0 && !code) code = errno;
    if (!code && take_name(target, path) != 0) code = errno;
    if (code) {
        smap__temporary_discard(path, -1);
        return smap__fail_write(err, target->path, code);
    }
    forget(path);
    return sync_folder(target, err);
}
