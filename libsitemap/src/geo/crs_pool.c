/* Lending PROJ contexts: a PJ_CONTEXT and its transforms belong to one thread at a time, and opening proj.db costs
 * milliseconds, so that contexts are kept for the next borrower. */
#include "geo/crs_pool.h"

#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"

typedef struct pool {
    pthread_mutex_t lock;
    smap__proj *idle;
} pool;

/* ---- files: proj.db for reading, nothing else ---- */

static PROJ_FILE_HANDLE *file_open(PJ_CONTEXT *context, const char *name, PROJ_OPEN_ACCESS access, void *user) {
    (void)context;
    (void)user;
    static const char database[] = "/proj.db";
    size_t len = strlen(name), tail = sizeof database - 1;
    if (access != PROJ_OPEN_ACCESS_READ_ONLY || len < tail || strcmp(name + len - tail, database) != 0) return NULL;
    return (PROJ_FILE_HANDLE *)(void *)fopen(name, "rb");
}

static size_t file_read(PJ_CONTEXT *context, PROJ_FILE_HANDLE *file, void *buffer, size_t size, void *user) {
    (void)context;
    (void)user;
    return fread(buffer, 1, size, (FILE *)(void *)file);
}

static size_t file_write(PJ_CONTEXT *context, PROJ_FILE_HANDLE *file, const void *buffer, size_t size, void *user) {
    (void)context;
    (void)file;
    (void)buffer;
    (void)size;
    (void)user;
    return 0;
}

static int file_seek(PJ_CONTEXT *context, PROJ_FILE_HANDLE *file, long long offset, int whence, void *user) {
    (void)context;
    (void)user;
    return fseek((FILE *)(void *)file, (long)offset, whence) == 0;
}

static unsigned long long file_tell(PJ_CONTEXT *context, PROJ_FILE_HANDLE *file, void *user) {
    (void)context;
    (void)user;
    return (unsigned long long)ftell((FILE *)(void *)file);
}

static void file_close(PJ_CONTEXT *context, PROJ_FILE_HANDLE *file, void *user) {
    (void)context;
    (void)user;
    fclose((FILE *)(void *)file);
}

static int path_exists(PJ_CONTEXT *context, const char *name, void *user) {
    PROJ_FILE_HANDLE *file = file_open(context, name, PROJ_OPEN_ACCESS_READ_ONLY, user);
    if (file) file_close(context, file, user);
    return file != NULL;
}

static int path_refuse(PJ_CONTEXT *context, const char *name, void *user) {
    (void)context;
    (void)name;
    (void)user;
    return 0;
}

static int rename_refuse(PJ_CONTEXT *context, const char *from, const char *to, void *user) {
    (void)context;
    (void)from;
    (void)to;
    (void)user;
    return 0;
}

static const PROJ_FILE_API file_api = { 1,          file_open,   file_read,   file_write,  file_seek,    file_tell,
                                        file_close, path_exists, path_refuse, path_refuse, rename_refuse };

/* ---- contexts ---- */

/* Sentences are our own; PROJ's would go to stderr. */
static void stay_silent(void *user, int level, const char *message) {
    (void)user;
    (void)level;
    (void)message;
}

static void proj_release(smap__proj *proj) {
    for (int k = 0; k < SMAP__PROJ_CACHE; k++) {
        proj_destroy(proj->cache[k].transform);
        smap_crs_free(proj->cache[k].from);
        smap_crs_free(proj->cache[k].to);
    }
    proj_context_destroy(proj->pj);
    smap__free(proj);
}

static smap__proj *proj_open(void) {
    smap__proj *proj = smap__zalloc(1, sizeof *proj);
    if (!proj) return NULL;
    proj->pj = proj_context_create();
    if (!proj->pj) {
        smap__free(proj);
        return NULL;
    }
    proj_log_func(proj->pj, NULL, stay_silent);
    proj_log_level(proj->pj, PJ_LOG_ERROR);
    proj_context_set_enable_network(proj->pj, 0);
    proj_context_set_fileapi(proj->pj, &file_api, NULL);
    proj_context_use_proj4_init_rules(proj->pj, 0);
    return proj;
}

static void pool_release(void *state) {
    pool *p = state;
    while (p->idle) {
        smap__proj *proj = p->idle;
        p->idle = proj->next;
        proj_release(proj);
    }
    pthread_mutex_destroy(&p->lock);
    smap__free(p);
}

static pool *pool_of(smap_ctx *ctx) {
    pthread_mutex_lock(&ctx->lock);
    pool *p = ctx->slot[SMAP__SLOT_PROJ].state;
    if (!p && (p = smap__zalloc(1, sizeof *p))) {
        if (pthread_mutex_init(&p->lock, NULL) == 0) {
            ctx->slot[SMAP__SLOT_PROJ].release = pool_release;
            ctx->slot[SMAP__SLOT_PROJ].state = p;
        } else {
            smap__free(p);
            p = NULL;
        }
    }
    pthread_mutex_unlock(&ctx->lock);
    return p;
}

smap_status smap__proj_borrow(smap_ctx *ctx, smap__proj **out, smap_error *err) {
    pool *p = pool_of(ctx);
    if (!p) return smap__fail_memory(err);
    pthread_mutex_lock(&p->lock);
    smap__proj *proj = p->idle;
    if (proj) p->idle = proj->next;
    pthread_mutex_unlock(&p->lock);
    if (!proj) proj = proj_open();
    if (!proj) return smap__fail_memory(err);
    proj->next = NULL;
    *out = proj;
    return SMAP_OK;
}

void smap__proj_return(smap_ctx *ctx, smap__proj *proj) {
    if (!proj) return;
    pool *p = pool_of(ctx);
    pthread_mutex_lock(&p->lock);
    proj->next = p->idle;
    p->idle = proj;
    pthread_mutex_unlock(&p->lock);
}

PJ *smap__proj_crs(const smap__proj *proj, const smap_crs *crs) {
    if (!crs->code) return proj_create(proj->pj, crs->wkt);
    char code[16];
    snprintf(code, sizeof code, "%d", crs->code);
    return proj_create_from_database(proj->pj, crs->authority, code, PJ_CATEGORY_CRS, 0, NULL);
}

PJ *smap__proj_geographic(const smap__proj *proj, const smap_crs *crs) {
    PJ *pj = smap__proj_crs(proj, crs), *source = NULL;
    if (!pj || crs->geographic) return pj;
    if (proj_get_type(pj) == PJ_TYPE_BOUND_CRS) {
        source = proj_get_source_crs(proj->pj, pj);
        proj_destroy(pj);
        pj = source;
    }
    source = pj ? proj_crs_get_geodetic_crs(proj->pj, pj) : NULL;
    proj_destroy(pj);
    return source;
}
