/* An arena: many small allocations that are freed together. */
#ifndef SMAP_BASE_ARENA_H
#define SMAP_BASE_ARENA_H

#include <stddef.h>

typedef struct smap__arena {
    struct smap__arena_block *block;
} smap__arena;

#define SMAP__ARENA_INIT                                                                                               \
    { NULL }

/* Aligned for any type; NULL when memory runs out. */
void *smap__arena_alloc(smap__arena *arena, size_t size);
char *smap__arena_strdup(smap__arena *arena, const char *text);
char *smap__arena_strndup(smap__arena *arena, const char *text, size_t len);
char *smap__arena_printf(smap__arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Take over memory of base/alloc.h, which is freed with the arena; false when memory runs out: it is then still the
 * caller's. */
_Bool smap__arena_keep(smap__arena *arena, void *pointer);
void smap__arena_release(smap__arena *arena);

#endif
