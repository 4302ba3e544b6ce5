/* Findings: what is wrong or worth saying about rows of data, as data. A bad row is never an error. */
#ifndef SMAP_BASE_FINDINGS_H
#define SMAP_BASE_FINDINGS_H

#include "base/arena.h"
#include "sitemap/error.h"

typedef enum smap__severity { SMAP__INFO, SMAP__WARNING, SMAP__REJECTED } smap__severity;

typedef struct smap__finding {
    smap__severity severity;
    const char *code;    /* stable key, "coordinate_out_of_range" */
    int64_t row;         /* 1-based row (or line, for CSV) in the source; 0 = about the whole source */
    const char *column;  /* as named in the source; "" if about none */
    const char *value;   /* as it stood there, shortened; "" if none */
    const char *message; /* one sentence */
} smap__finding;

typedef struct smap__findings {
    smap__arena arena;
    smap__finding *items;
    size_t count, capacity;
    int64_t by_severity[3];
} smap__findings;

#define SMAP__FINDINGS_INIT                                                                                            \
    {                                                                                                                  \
        SMAP__ARENA_INIT, NULL, 0, 0, {                                                                                \
            0, 0, 0                                                                                                    \
        }                                                                                                              \
    }

/* Texts are copied. `findings` NULL is allowed: nothing is kept. SMAP_E_NOMEM is the only failure. */
smap_status smap__findings_add(smap__findings *findings, smap_error *err, smap__severity severity, const char *code,
                               int64_t row, const char *column, const char *value, const char *format, ...)
    __attribute__((format(printf, 8, 9)));
/* All of `from` behind what is there. */
smap_status smap__findings_join(smap__findings *findings, const smap__findings *from, smap_error *err);
void smap__findings_release(smap__findings *findings);
const char *smap__severity_name(smap__severity severity); /* "info", "warning", "rejected" */

#endif
