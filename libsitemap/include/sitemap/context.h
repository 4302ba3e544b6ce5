/* The context: everything a run shares. One per thread of the caller; workers inside are the library's own. */
#ifndef SITEMAP_CONTEXT_H
#define SITEMAP_CONTEXT_H

#include <stddef.h>

#include "sitemap/error.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct smap_ctx smap_ctx;

typedef enum smap_log_level { SMAP_LOG_WARNING, SMAP_LOG_INFO, SMAP_LOG_DEBUG } smap_log_level;

/* `message` is one line without a line end, safe to print on a terminal. Called from any thread that works for the
 * context, one call after the other. It may call the library, with this context too, but not smap_ctx_free. */
typedef void (*smap_log_fn)(smap_log_level level, const char *message, void *user);

/* `complete` runs from 0 to 1; `message` may be NULL. Return 0 to cancel, anything else to go on. Called from the
 * thread that called the library, between chunks of work. */
typedef int (*smap_progress_fn)(double complete, const char *message, void *user);

typedef struct smap_ctx_options {
    size_t size;           /* sizeof(smap_ctx_options) */
    int threads;           /* workers; 0 = as many as there are processors. Results never depend on it. */
    const char *data_dir;  /* folder with model/, domains/, scales/; NULL = SITEMAP_DATA, else beside the program,
                              else the install prefix */
    const char *style_dir; /* folder with *.sld and sheets/; NULL = SITEMAP_STYLES, else found as data_dir is */
    smap_log_fn log;
    void *log_user;
    smap_progress_fn progress;
    void *progress_user;
} smap_ctx_options;

#define SMAP_CTX_OPTIONS_INIT                                                                                          \
    { sizeof(smap_ctx_options), 0, NULL, NULL, NULL, NULL, NULL, NULL }

/* Create a context. `options` may be NULL. Free with smap_ctx_free. */
SMAP_API smap_status smap_ctx_new(const smap_ctx_options *options, smap_ctx **out, smap_error *err);
SMAP_API void smap_ctx_free(smap_ctx *ctx);

/* Remove the temporary files that this process has under way. For the end of a program that cannot wait for the library
 * to come back, and for nothing else: may be called from a signal handler, and writing that goes on after it fails. */
SMAP_API void smap_cleanup(void);

SMAP_API int smap_ctx_threads(const smap_ctx *ctx);
SMAP_API const char *smap_ctx_data_dir(const smap_ctx *ctx);
SMAP_API const char *smap_ctx_style_dir(const smap_ctx *ctx);

/* The version of the library, "MAJOR.MINOR.PATCH". */
SMAP_API const char *smap_version(void);

#ifdef __cplusplus
}
#endif
#endif
