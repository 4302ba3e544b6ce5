/* Memory: every allocation of our own goes through here, so that sizes cannot overflow and tests can make the n-th
 * one fail. */
#ifndef SMAP_BASE_ALLOC_H
#define SMAP_BASE_ALLOC_H

#include <stddef.h>
#include <stdint.h>

/* NULL when memory runs out or the size overflows. Zero bytes gives a pointer that can be freed. */
void *smap__alloc(size_t size);
void *smap__zalloc(size_t count, size_t size);
void *smap__realloc(void *pointer, size_t count, size_t size);
void smap__free(void *pointer);
char *smap__strdup(const char *text);
char *smap__strndup(const char *text, size_t len);

/* Make sure that `*array` holds at least `need` elements, growing by half; false when memory runs out (the array is
 * then as it was). */
_Bool smap__grow(void *array, size_t *capacity, size_t need, size_t size);

/* Tests: let the `nth` allocation from now fail (1 = the next), and all later ones too if `sticky`. 0 = never. */
void smap__alloc_fail_at(int64_t nth, _Bool sticky);

#endif
