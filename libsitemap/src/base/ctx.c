/* dladdr: which file this code was loaded from */
#define _GNU_SOURCE

#include "base/ctx.h"

#include <dlfcn.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/path.h"
#include "base/str.h"

const char *smap_version(void) {
    return SMAP_VERSION;
}

/* ---- where the data files are ------------------------------------------------------------------------------------ */

/* A data folder is known by its schema index; a style folder by its sheets. */
static const char data_mark[] = "model/index.json", style_mark[] = "sheets/overview.json";

static bool holds(const char *folder, const char *mark) {
    char *path = smap__path_join(folder, mark);
    bool found = path && smap__path_is_file(path);
    smap__free(path);
    return found;
}

/* `base`/`name` if it holds the mark, else NULL. */
static char *try_folder(const char *base, const char *name, const char *mark) {
    char *folder = smap__path_join(base, name);
    if (folder && holds(folder, mark)) return folder;
    smap__free(folder);
    return NULL;
}

/* From the folder of a file upwards: an installed program or library has share/sitemap beside its own folder, one in a
 * build tree has the source tree a few folders above. */
static char *find_above(const char *file, const char *name, const char *mark) {
    char *folder = smap__strdup(file), *found = NULL;
    for (int up = 0; folder && up < 6 && !found; up++) {
        char *slash = strrchr(folder, '/');
        if (!slash) break;
        *slash = '\0';
        char *share = smap__path_join(folder, "share/sitemap");
        found = share ? try_folder(share, name, mark) : NULL;
        smap__free(share);
        if (!found) found = try_folder(folder, name, mark);
    }
    smap__free(folder);
    return found;
}

static char *find_near_program(const char *name, const char *mark) {
    char file[4096];
    ssize_t n = readlink("/proc/self/exe", file, sizeof file - 1);
    if (n <= 0) return NULL;
    file[n] = '\0';
    return find_above(file, name, mark);
}

/* The shared library can lie elsewhere than the program that uses it. */
static char *find_near_library(const char *name, const char *mark) {
    Dl_info info;
    return dladdr(data_mark, &info) && info.dli_fname ? find_above(info.dli_fname, name, mark) : NULL;
}

static char *find_folder(const char *given, const char *variable, const char *name, const char *mark) {
    const char *value = given ? given : getenv(variable);
    if (value && value[0]) return smap__strdup(value);
    char *found = find_near_program(name, mark);
    if (!found) found = find_near_library(name, mark);
    return found ? found : smap__path_join(SMAP_INSTALL_DATADIR, name);
}

/* What a caller names is taken as it is; what is found here must be what it is taken for. */
static smap_status check_folder(const char *given, const char *variable, const char *folder, const char *mark,
                                smap_error *err) {
    if (given || holds(folder, mark)) return SMAP_OK;
    const char *value = getenv(variable);
    if (value && value[0])
        return smap__fail(err, SMAP_E_NOT_FOUND, variable,
                          "%s names the folder %s, which does not hold the files of sitemap (%s); correct or unset it",
                          variable, value, mark);
    return smap__fail(err, SMAP_E_NOT_FOUND, variable,
                      "the files of sitemap (%s) are not in %s; install it again, or say where they are with the "
                      "environment variable %s",
                      mark, folder, variable);
}

/* ---- context ------------------------------------------------------------------------------------------------------
 */

/* Both locks or none. That of the log lets its holder in again, so that a log function may call the library. */
static bool init_locks(smap_ctx *ctx) {
    pthread_mutexattr_t again;
    if (pthread_mutex_init(&ctx->lock, NULL) != 0) return false;
    if (pthread_mutexattr_init(&again) == 0) {
        bool good = pthread_mutexattr_settype(&again, PTHREAD_MUTEX_RECURSIVE) == 0 &&
                    pthread_mutex_init(&ctx->log_lock, &again) == 0;
        pthread_mutexattr_destroy(&again);
        if (good) return true;
    }
    pthread_mutex_destroy(&ctx->lock);
    return false;
}

smap_status smap_ctx_new(const smap_ctx_options *options, smap_ctx **out, smap_error *err) {
    static const smap_ctx_options defaults = SMAP_CTX_OPTIONS_INIT;
    if (!options) options = &defaults;
    if (options->size != sizeof *options)
        return smap__fail(err, SMAP_E_ARGUMENT, NULL, "the context options are of another version of the library");
    if (options->threads < 0 || options->threads > 256)
        return smap__fail(err, SMAP_E_ARGUMENT, NULL, "threads must be 0 to 256, not %d", options->threads);
    smap_ctx *ctx = smap__zalloc(1, sizeof *ctx);
    if (!ctx) return smap__fail_memory(err);
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    ctx->threads = options->threads ? options->threads : processors > 256 ? 256 : processors > 0 ? (int)processors : 1;
    ctx->log = options->log;
    ctx->log_user = options->log_user;
    ctx->progress = options->progress;
    ctx->progress_user = options->progress_user;
    ctx->data_dir = find_folder(options->data_dir, "SITEMAP_DATA", "data", data_mark);
    ctx->style_dir = find_folder(options->style_dir, "SITEMAP_STYLES", "styles", style_mark);
    smap_status status = ctx->data_dir && ctx->style_dir ? SMAP_OK : smap__fail_memory(err);
    if (status == SMAP_OK) status = check_folder(options->data_dir, "SITEMAP_DATA", ctx->data_dir, data_mark, err);
    if (status == SMAP_OK) status = check_folder(options->style_dir, "SITEMAP_STYLES", ctx->style_dir, style_mark, err);
    if (status == SMAP_OK && !init_locks(ctx)) status = smap__fail_memory(err);
    if (status == SMAP_OK) {
        *out = ctx;
        return SMAP_OK;
    }
    smap__free(ctx->data_dir);
    smap__free(ctx->style_dir);
    smap__free(ctx);
    return status;
}

void smap_ctx_free(smap_ctx *ctx) {
    if (!ctx) return;
    for (int i = SMAP__SLOTS - 1; i >= 0; i--)
        if (ctx->slot[i].state) ctx->slot[i].release(ctx->slot[i].state);
    pthread_mutex_destroy(&ctx->log_lock);
    pthread_mutex_destroy(&ctx->lock);
    smap__free(ctx->data_dir);
    smap__free(ctx->style_dir);
    smap__free(ctx);
}

int smap_ctx_threads(const smap_ctx *ctx) {
    return ctx->threads;
}

const char *smap_ctx_data_dir(const smap_ctx *ctx) {
    return ctx->data_dir;
}

const char *smap_ctx_style_dir(const smap_ctx *ctx) {
    return ctx->style_dir;
}

void smap__log(smap_ctx *ctx, smap_log_level level, const char *format, ...) {
    if (!ctx->log) return;
    smap_error line; /* its message is cut and made safe for a terminal by smap__fail */
    char text[sizeof line.message];
    va_list arguments;
    va_start(arguments, format);
    smap__print_list(text, sizeof text, format, arguments);
    va_end(arguments);
    smap__fail(&line, SMAP_OK, NULL, "%s", text);
    pthread_mutex_lock(&ctx->log_lock);
    ctx->log(level, line.message, ctx->log_user);
    pthread_mutex_unlock(&ctx->log_lock);
}

smap_status smap__progress(smap_ctx *ctx, double complete, const char *message, smap_error *err) {
    ctx->complete = complete;
    if (!ctx->progress || ctx->progress(complete, message, ctx->progress_user)) return SMAP_OK;
    return smap__fail(err, SMAP_E_CANCELLED, NULL, "cancelled; nothing was written");
}

smap_status smap__poll(smap_ctx *ctx, smap_error *err) {
    if (!atomic_load(&ctx->supervised)) return smap__progress(ctx, ctx->complete, NULL, err);
    if (!atomic_load(&ctx->cancelled)) return SMAP_OK;
    return smap__fail(err, SMAP_E_CANCELLED, NULL, "cancelled; nothing was written");
}
