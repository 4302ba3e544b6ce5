#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/fail.h"

static smap_status read_all(int fd, const char *path, size_t limit, char **text, size_t *len, smap_error *err) {
    struct stat st;
    if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))
        return smap__fail(err, SMAP_E_REFUSED, path, "%s is not a regular file", path);
    if ((uintmax_t)st.st_size > limit)
        return smap__fail(err, SMAP_E_LIMIT, path, "%s is %jd bytes; at most %zu are read here", path,
                          (intmax_t)st.st_size, limit);
    size_t size = (size_t)st.st_size, got = 0;
    char *buffer = smap__alloc(size + 1);
    if (!buffer) return smap__fail_memory(err);
    while (got < size) {
        ssize_t n = read(fd, buffer + got, size - got);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) {
            smap__free(buffer);
            return smap__fail(err, SMAP_E_IO, path, "%s cannot be read: %s", path, strerror(errno));
        }
        if (n == 0) break;
        got += (size_t)n;
    }
    buffer[got] = '\0';
    *text = buffer;
    *len = got;
    return SMAP_OK;
}

smap_status smap__file_read(const char *path, size_t limit, char **text, size_t *len, smap_error *err) {
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0) {
        if (errno == ENOENT) return smap__fail(err, SMAP_E_NOT_FOUND, path, "%s does not exist", path);
        return smap__fail(err, SMAP_E_IO, path, "%s cannot be opened: %s", path, strerror(errno));
    }
    smap_status status = read_all(fd, path, limit, text, len, err);
    close(fd);
    return status;
}
