/* What may be named as a source: a regular file, by its path. Everything that GDAL would take for a connection string,
 * a virtual file system or inline XML is refused here, before any library sees it. */
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/path.h"
#include "io/reader.h"

static const char layer_mark[] = "|layername=";

/* "PG:...", "http://...", "GPKG:...": a word and a colon before any slash. */
static bool has_scheme(const char *text) {
    const char *c = text;
    while (isalnum((unsigned char)*c) || *c == '_' || *c == '+' || *c == '-' || *c == '.') c++;
    return c > text && *c == ':';
}

static smap_status refuse_connections(const char *path, smap_error *err) {
    if (path[0] == '\0') return smap__fail(err, SMAP_E_ARGUMENT, "source", "the source has no name: give a file");
    if (path[0] == '<' || path[0] == '{')
        return smap__fail(err, SMAP_E_REFUSED, "source", "a source is named by its file, not by XML or JSON text");
    if (strncmp(path, "/vsi", 4) == 0)
        return smap__fail(err, SMAP_E_REFUSED, path, "%s: virtual file systems of GDAL are not read; name a file",
                          path);
    if (strncmp(path, "PG:", 3) == 0 || strncmp(path, "postgresql:", 11) == 0)
        return smap__fail(err, SMAP_E_REFUSED, "source",
                          "databases are not read yet: export the table to a GeoPackage and read that");
    if (has_scheme(path))
        return smap__fail(
            err, SMAP_E_REFUSED, "source",
            "only files are read, not addresses or connections of the form NAME:...; for a file with a colon in "
            "its name write ./ before it");
    return SMAP_OK;
}

static smap_status fail_stat(const char *shown, const char *path, int error, smap_error *err) {
    struct stat link;
    bool is_link = lstat(path, &link) == 0 && S_ISLNK(link.st_mode);
    switch (error) {
    case ENOENT:
    case ENOTDIR:
        if (is_link)
            return smap__fail(err, SMAP_E_NOT_FOUND, shown, "%s: is a link to a file that is not there", shown);
        if (strchr(shown, '|'))
            return smap__fail(err, SMAP_E_NOT_FOUND, shown,
                              "%s: there is no such file; after a '|' only layername=NAME is understood", shown);
        return smap__fail(err, SMAP_E_NOT_FOUND, shown, "%s: there is no such file", shown);
    case ELOOP:
        return smap__fail(err, SMAP_E_NOT_FOUND, shown, "%s: is a link that leads to itself", shown);
    case EACCES:
        return smap__fail(err, SMAP_E_IO, shown, "%s: may not be read (no permission); ask the owner of the file",
                          shown);
    default:
        return smap__fail(err, SMAP_E_IO, shown, "%s: cannot be read: %s", shown, strerror(error));
    }
}

static smap_status check_kind(const char *shown, const struct stat *found, smap_error *err) {
    if (S_ISREG(found->st_mode)) return SMAP_OK;
    const char *kind = S_ISDIR(found->st_mode)    ? "a folder"
                       : S_ISFIFO(found->st_mode) ? "a pipe"
                       : S_ISSOCK(found->st_mode) ? "a socket"
                                                  : "a device";
    return smap__fail(err, SMAP_E_REFUSED, shown, "%s: is %s; only regular files are read", shown, kind);
}

/* "PATH.zip/inner": cut at the first ".zip/" that is a file. */
static char *split_zip(char *path) {
    for (char *at = path; (at = strstr(at, ".zip/")) != NULL; at += 5) {
        at[4] = '\0';
        struct stat found;
        if (stat(path, &found) == 0 && S_ISREG(found.st_mode)) return at + 5;
        at[4] = '/';
    }
    return NULL;
}

static smap_status resolve(const char *named, smap__spec *spec, smap_error *err) {
    char *path = smap__strdup(named);
    if (!path) return smap__fail_memory(err);
    smap_status status = SMAP_OK;
    char *real = NULL;
    const char *inner = split_zip(path);
    if (inner && !(spec->inner = smap__strdup(inner))) {
        status = smap__fail_memory(err);
        goto done;
    }
    struct stat found;
    if (stat(path, &found) != 0) {
        status = fail_stat(spec->shown, path, errno, err);
        goto done;
    }
    SMAP_TRY(check_kind(spec->shown, &found, err), done);
    if (access(path, R_OK) != 0 || !(real = realpath(path, NULL))) {
        status = fail_stat(spec->shown, path, errno, err);
        goto done;
    }
    spec->size = (int64_t)found.st_size;
    if (spec->size == 0) {
        status = smap__fail(err, SMAP_E_FORMAT, spec->shown, "%s: is an empty file (0 bytes)", spec->shown);
        goto done;
    }
    spec->path = smap__strdup(real);
    if (!spec->path) status = smap__fail_memory(err);
done:
    free(real);
    smap__free(path);
    return status;
}

smap_status smap__spec_parse(const char *text, smap__spec *out, smap_error *err) {
    if (!text) return smap__fail(err, SMAP_E_ARGUMENT, "source", "the source has no name: give a file");
    smap__spec spec = { NULL, NULL, NULL, NULL, 0 };
    const char *mark = strstr(text, layer_mark);
    size_t len = mark ? (size_t)(mark - text) : strlen(text);
    smap_status status = SMAP_OK;
    spec.shown = smap__strndup(text, len);
    if (mark) spec.layer = smap__strdup(mark + strlen(layer_mark));
    if (!spec.shown || (mark && !spec.layer)) {
        status = smap__fail_memory(err);
        goto failed;
    }
    SMAP_TRY(refuse_connections(spec.shown, err), failed);
    if (mark && !*spec.layer) {
        status = smap__fail(err, SMAP_E_ARGUMENT, text, "%s: no layer is named after |layername=", spec.shown);
        goto failed;
    }
    SMAP_TRY(resolve(spec.shown, &spec, err), failed);
    *out = spec;
    return SMAP_OK;
failed:
    smap__spec_release(&spec);
    return status;
}

bool smap__source_is_in(const char *spec, const char *path) {
    smap__spec parsed;
    if (smap__spec_parse(spec, &parsed, NULL) != SMAP_OK) return false;
    bool is_in = smap__path_same_file(parsed.path, path);
    smap__spec_release(&parsed);
    return is_in;
}

void smap__spec_release(smap__spec *spec) {
    smap__free(spec->shown);
    smap__free(spec->path);
    smap__free(spec->layer);
    smap__free(spec->inner);
}
