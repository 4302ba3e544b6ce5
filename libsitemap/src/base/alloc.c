#include "base/alloc.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* Allocations left until one fails; negative: none will. Atomic since workers allocate too. */
static atomic_llong fail_countdown = -1;
static atomic_bool fail_sticky;

static bool must_fail(void) {
    if (atomic_load_explicit(&fail_countdown, memory_order_relaxed) < 0) return false;
    long long left = atomic_fetch_sub(&fail_countdown, 1);
    if (left == 1) {
        if (atomic_load(&fail_sticky)) atomic_store(&fail_countdown, 1);
        return true;
    }
    return false;
}

void smap__alloc_fail_at(int64_t nth, bool sticky) {
    atomic_store(&fail_sticky, sticky);
    atomic_store(&fail_countdown, nth > 0 ? nth : -1);
}

void *smap__alloc(size_t size) {
    return must_fail() ? NULL : malloc(size ? size : 1);
}

void *smap__zalloc(size_t count, size_t size) {
    return must_fail() ? NULL : calloc(count ? count : 1, size ? size : 1);
}

void *smap__realloc(void *pointer, size_t count, size_t size) {
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes) || must_fail()) return NULL;
    return realloc(pointer, bytes ? bytes : 1);
}

void smap__free(void *pointer) {
    free(pointer);
}

char *smap__strndup(const char *text, size_t len) {
    if (len == SIZE_MAX) return NULL;
    char *copy = smap__alloc(len + 1);
    if (!copy) return NULL;
    if (len) memcpy(copy, text, len);
    copy[len] = '\0';
    return copy;
}

char *smap__strdup(const char *text) {
    return smap__strndup(text, strlen(text));
}

bool smap__grow(void *array, size_t *capacity, size_t need, size_t size) {
    if (need <= *capacity) return true;
    size_t wanted = *capacity + *capacity / 2;
    if (wanted < need) wanted = need;
    if (wanted < 16) wanted = 16;
    void *pointer;
    memcpy(&pointer, array, sizeof pointer); /* array is a T**: read it without knowing T */
    void *grown = smap__realloc(pointer, wanted, size);
    if (!grown) return false;
    memcpy(array, &grown, sizeof grown);
    *capacity = wanted;
    return true;
}
