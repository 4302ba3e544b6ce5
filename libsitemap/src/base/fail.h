/* Writing errors. The lowest function that knows what went wrong writes the sentence, once. */
#ifndef SMAP_BASE_FAIL_H
#define SMAP_BASE_FAIL_H

#include "sitemap/error.h"

/* Fill *err (may be NULL) and return `status`, so that a caller can write
 *     return smap__fail(err, SMAP_E_NOT_FOUND, path, "%s: there is no layer \"%s\"; it has: %s", ...);
 * `subject` (may be NULL) is the file, layer or column. The sentence is made safe for a terminal. */
smap_status smap__fail(smap_error *err, smap_status status, const char *subject, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
smap_status smap__fail_row(smap_error *err, smap_status status, const char *subject, int64_t row, const char *format,
                           ...) __attribute__((format(printf, 5, 6)));
/* "memory ran out" */
smap_status smap__fail_memory(smap_error *err);

/* if (expression != SMAP_OK) goto label, keeping the status in the variable `status`. */
#define SMAP_TRY(expression, label)                                                                                    \
    do {                                                                                                               \
        status = (expression);                                                                                         \
        if (status != SMAP_OK) goto label;                                                                             \
    } while (0)

#endif
