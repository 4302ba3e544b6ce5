#include <errno.h>
#include <fcntl.h>
#include <nettle/sha2.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "io/source.h"

static smap_status open_regular(const char *path, int *out, smap_error *err) {
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK); /* a pipe must not make us wait */
    if (fd < 0) {
        if (errno == ENOENT || errno == ENOTDIR)
            return smap__fail(err, SMAP_E_NOT_FOUND, path, "%s: there is no such file; check the path", path);
        return smap__fail(err, SMAP_E_IO, path, "%s: cannot be opened for reading; check its permissions", path);
    }
    if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
        close(fd);
        return smap__fail(err, SMAP_E_REFUSED, path, "%s is no regular file; only files are read", path);
    }
    *out = fd;
    return SMAP_OK;
}

static void put_hex(const uint8_t *digest, size_t len, char *hex) {
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < len; i++) {
        hex[2 * i] = digits[digest[i] >> 4];
        hex[2 * i + 1] = digits[digest[i] & 15];
    }
    hex[2 * len] = '\0';
}

smap_status smap__file_hash(const char *path, char hex[65], int64_t *size, smap_error *err) {
    enum { CHUNK = 1 << 17 };
    int fd = -1;
    smap_status status = open_regular(path, &fd, err);
    if (status != SMAP_OK) return status;
    struct sha256_ctx sha;
    uint8_t digest[SHA256_DIGEST_SIZE];
    int64_t total = 0;
    ssize_t n = 0;
    uint8_t *chunk = smap__alloc(CHUNK);
    if (!chunk) {
        close(fd);
        return smap__fail_memory(err);
    }
    sha256_init(&sha);
    while ((n = read(fd, chunk, CHUNK)) != 0) {
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) break;
        sha256_update(&sha, (size_t)n, chunk);
        total += n;
    }
    smap__free(chunk);
    close(fd);
    if (n < 0) return smap__fail(err, SMAP_E_IO, path, "%s: reading failed; check the disk and try again", path);
    sha256_digest(&sha, sizeof digest, digest);
    put_hex(digest, sizeof digest, hex);
    *size = total;
    return SMAP_OK;
}
