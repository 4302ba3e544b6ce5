#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/path.h"

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

static int by_bytes(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

smap_status smap__file_names(const char *folder, const char *extension, char ***names, size_t *count, smap_error *err) {
    DIR *dir = opendir(folder);
    char **name = NULL;
    size_t n = 0, capacity = 0;
    smap_status status = SMAP_OK;
    for (const struct dirent *entry; dir && status == SMAP_OK && (entry = readdir(dir));) {
        if (!smap__path_has_extension(entry->d_name, extension)) continue;
        if (!smap__grow(&name, &capacity, n + 1, sizeof *name) ||
            !(name[n] = smap__strndup(entry->d_name, strlen(entry->d_name) - strlen(extension) - 1)))
            status = smap__fail_memory(err);
        else
            n++;
    }
    if (dir) closedir(dir);
    if (status != SMAP_OK) {
        while (n) smap__free(name[--n]);
        smap__free(name);
        return status;
    }
    if (n) qsort(name, n, sizeof *name, by_bytes);
    *names = name;
    *count = n;
    return SMAP_OK;
}
