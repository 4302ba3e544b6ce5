/* Status codes and the one error structure of libsitemap.
 *
 * Every function that can fail returns smap_status and takes a nullable smap_error as its last argument. The
 * lowest function that knows what went wrong writes the sentence; callers pass it on untouched. Outputs are
 * left untouched unless the result is SMAP_OK. The library never prints, exits or aborts. */
#ifndef SITEMAP_ERROR_H
#define SITEMAP_ERROR_H

#include <stdint.h>

#if defined(__GNUC__)
#define SMAP_API __attribute__((visibility("default")))
#else
#define SMAP_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef enum smap_status {
    SMAP_OK = 0,
    SMAP_E_NOMEM,     /* memory ran out */
    SMAP_E_CANCELLED, /* the progress callback asked to stop */
    SMAP_E_ARGUMENT,  /* an argument or option makes no sense */
    SMAP_E_NOT_FOUND, /* a file, layer, column, style or font that was named is not there */
    SMAP_E_EXISTS,    /* the target is there already and may not be replaced */
    SMAP_E_FORMAT,    /* a file is broken, cut short, or not of its kind */
    SMAP_E_REFUSED,   /* a file or request is against the rules of safety or of data protection */
    SMAP_E_SCHEMA,    /* data does not fit the model layer it was meant for */
    SMAP_E_CRS,       /* a coordinate reference system is missing, unknown or unfit */
    SMAP_E_IO,        /* reading or writing failed (disk full, no permission, I/O error) */
    SMAP_E_BUSY,      /* the target is locked or open for editing elsewhere */
    SMAP_E_LIMIT,     /* over a budget: bytes, rows, ratio, nesting, pixels, time */
    SMAP_E_INTERNAL   /* a library failed in a way that input should not be able to cause */
} smap_status;

/* What went wrong. `message` is one sentence: what is wrong, where, and what to do next. */
typedef struct smap_error {
    smap_status status;
    int foreign;       /* the foreign library's own code, 0 if none */
    int64_t row;       /* 1-based row in the source, 0 if it is about no row */
    char subject[256]; /* the file, layer or column it is about, "" if none */
    char message[1024];
} smap_error;

#define SMAP_ERROR_INIT                                                                                                \
    { SMAP_OK, 0, 0, "", "" }

/* The name of a status, such as "not found"; never NULL. */
SMAP_API const char *smap_status_name(smap_status status);

#ifdef __cplusplus
}
#endif
#endif
