#include "io/file_out.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "io/temporary.h"

enum { BUFFER = 1 << 16 };

struct smap__file_out {
    smap__target target;
    char *temporary;
    int fd;
    size_t used;
    unsigned char buffer[BUFFER];
};

static void file_release(smap__file_out *file) {
    smap__target_release(&file->target);
    smap__free(file);
}

smap_status smap__file_out_open(smap_ctx *ctx, const char *path, bool overwrite, smap__file_out **out,
                                smap_error *err) {
    (void)ctx;
    smap_status status;
    smap__file_out *file = smap__zalloc(1, sizeof *file);
    if (!file) return smap__fail_memory(err);
    file->fd = -1;
    SMAP_TRY(smap__target_find(path, overwrite, &file->target, err), fail);
    SMAP_TRY(smap__temporary_open(&file->target, &file->temporary, &file->fd, err), fail);
    *out = file;
    return SMAP_OK;
fail:
    file_release(file);
    return status;
}

smap_status smap__file_out_check(const char *path, bool overwrite, smap_error *err) {
    smap__target target = { 0 };
    smap_status status = smap__target_find(path, overwrite, &target, err);
    smap__target_release(&target);
    return status;
}

static smap_status write_all(smap__file_out *file, const unsigned char *bytes, size_t len, smap_error *err) {
    while (len) {
        ssize_t n = write(file->fd, bytes, len);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return smap__fail_write(err, file->target.path, n ? errno : EIO);
        bytes += n;
        len -= (size_t)n;
    }
    return SMAP_OK;
}

static smap_status flush(smap__file_out *file, smap_error *err) {
    size_t used = file->used;
    file->used = 0;
    return write_all(file, file->buffer, used, err);
}

smap_status smap__file_out_write(smap__file_out *file, const void *bytes, size_t len, smap_error *err) {
    if (len > BUFFER - file->used) {
        smap_status status = flush(file, err);
        if (status != SMAP_OK) return status;
    }
    if (len >= BUFFER) return write_all(file, bytes, len, err);
    if (len) memcpy(file->buffer + file->used, bytes, len);
    file->used += len;
    return SMAP_OK;
}

smap_status smap__file_out_commit(smap__file_out *file, smap_error *err) {
    smap_status status = flush(file, err);
    if (status == SMAP_OK)
        status = smap__temporary_publish(&file->target, file->temporary, file->fd, SMAP__MODE_SHARED, err);
    else
        smap__temporary_discard(file->temporary, file->fd);
    file_release(file);
    return status;
}

void smap__file_out_abandon(smap__file_out *file) {
    if (!file) return;
    smap__temporary_discard(file->temporary, file->fd);
    file_release(file);
}

smap_status smap__file_out_put(smap_ctx *ctx, const char *path, bool overwrite, const void *bytes, size_t len,
                               smap_error *err) {
    smap__file_out *file = NULL;
    smap_status status = smap__file_out_open(ctx, path, overwrite, &file, err);
    if (status != SMAP_OK) return status;
    status = smap__file_out_write(file, bytes, len, err);
    if (status == SMAP_OK) return smap__file_out_commit(file, err);
    smap__file_out_abandon(file);
    return status;
}
