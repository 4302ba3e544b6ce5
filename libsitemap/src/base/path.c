#include "base/path.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/str.h"

char *smap__path_join(const char *folder, const char *name) {
    smap__str s = SMAP__STR_INIT;
    if (name[0] != '/' && folder[0]) {
        smap__str_put(&s, folder);
        if (s.len && s.data[s.len - 1] != '/') smap__str_put_char(&s, '/');
    }
    smap__str_put(&s, name);
    return smap__str_take(&s);
}

const char *smap__path_name(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

char *smap__path_folder(const char *path) {
    const char *slash = strrchr(path, '/');
    if (!slash) return smap__strdup(".");
    return slash == path ? smap__strdup("/") : smap__strndup(path, (size_t)(slash - path));
}

/* Append the components of `path` to an absolute `s`, resolving "." and ".." as text. */
static void put_components(smap__str *s, const char *path) {
    while (*path) {
        size_t n = strcspn(path, "/");
        if (n == 2 && path[0] == '.' && path[1] == '.') {
            while (s->len > 1 && s->data[s->len - 1] != '/') s->len--;
            if (s->len > 1) s->len--;
            if (s->data) s->data[s->len] = '\0';
        } else if (n && !(n == 1 && path[0] == '.')) {
            if (s->len == 0 || s->data[s->len - 1] != '/') smap__str_put_char(s, '/');
            smap__str_put_n(s, path, n);
        }
        path += n;
        while (*path == '/') path++;
    }
}

char *smap__path_absolute(const char *path) {
    smap__str s = SMAP__STR_INIT;
    smap__str_put_char(&s, '/');
    if (path[0] != '/') {
        char *cwd = getcwd(NULL, 0);
        if (!cwd) {
            smap__str_release(&s);
            return NULL;
        }
        put_components(&s, cwd);
        free(cwd);
    }
    put_components(&s, path);
    return smap__str_take(&s);
}

char *smap__path_relative(const char *path, const char *folder) {
    char *to = smap__path_absolute(path), *from = smap__path_absolute(folder);
    smap__str s = SMAP__STR_INIT;
    if (!to || !from) goto fail;
    size_t common = 0, i = 0;
    for (; from[i] && from[i] == to[i]; i++)
        if (to[i] == '/') common = i + 1;
    if (!from[i] && (to[i] == '/' || !to[i])) common = i + (to[i] == '/');
    const char *rest = strlen(from) >= common ? from + common : "";
    while (*rest) {
        size_t n = strcspn(rest, "/");
        if (n) smap__str_put(&s, "../");
        rest += n;
        while (*rest == '/') rest++;
    }
    smap__str_put(&s, to + common);
    if (s.len == 0) smap__str_put(&s, ".");
    smap__free(to);
    smap__free(from);
    return smap__str_take(&s);
fail:
    smap__free(to);
    smap__free(from);
    return NULL;
}

bool smap__path_has_extension(const char *path, const char *extension) {
    const char *name = smap__path_name(path), *dot = strrchr(name, '.');
    return dot && dot != name && strcasecmp(dot + 1, extension) == 0;
}

bool smap__path_is_file(const char *path) {
    struct stat st;
    return stat(path, &st) == 0 && S_ISREG(st.st_mode);
}

bool smap__path_is_folder(const char *path) {
    struct stat st;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static bool stat_source(const char *source, struct stat *st) {
    char *path = smap__strndup(source, strcspn(source, "|"));
    bool found = stat(source, st) == 0 || (path && stat(path, st) == 0);
    smap__free(path);
    return found;
}

bool smap__path_same_file(const char *a, const char *b) {
    struct stat first, second;
    return stat_source(a, &first) && stat_source(b, &second) && first.st_dev == second.st_dev &&
           first.st_ino == second.st_ino;
}
