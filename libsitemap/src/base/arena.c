#include "base/arena.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"

struct smap__arena_block {
    struct smap__arena_block *next;
    size_t used, size;
    void *kept; /* memory of others that goes with the block */
    max_align_t data[];
};

static const size_t block_size = 16 * 1024;

void *smap__arena_alloc(smap__arena *arena, size_t size) {
    const size_t align = sizeof(max_align_t);
    if (size > SIZE_MAX / 2) return NULL;
    size = (size + align - 1) / align * align;
    struct smap__arena_block *block = arena->block;
    if (!block || block->size - block->used < size) {
        size_t capacity = size > block_size ? size : block_size;
        block = smap__alloc(sizeof *block + capacity);
        if (!block) return NULL;
        block->next = arena->block;
        block->used = 0;
        block->size = capacity;
        block->kept = NULL;
        arena->block = block;
    }
    void *pointer = (char *)block->data + block->used;
    block->used += size;
    return pointer;
}

char *smap__arena_strndup(smap__arena *arena, const char *text, size_t len) {
    char *copy = smap__arena_alloc(arena, len + 1);
    if (!copy) return NULL;
    if (len) memcpy(copy, text, len);
    copy[len] = '\0';
    return copy;
}

char *smap__arena_strdup(smap__arena *arena, const char *text) {
    return smap__arena_strndup(arena, text, strlen(text));
}

char *smap__arena_printf(smap__arena *arena, const char *format, ...) {
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int len = smap__print_list(NULL, 0, format, arguments);
    va_end(arguments);
    char *text = len < 0 ? NULL : smap__arena_alloc(arena, (size_t)len + 1);
    if (text) smap__print_list(text, (size_t)len + 1, format, again);
    va_end(again);
    return text;
}

/* A block without room of its own, behind the one that is being filled. */
_Bool smap__arena_keep(smap__arena *arena, void *pointer) {
    struct smap__arena_block *block = smap__zalloc(1, sizeof *block), *first = arena->block;
    if (!block) return 0;
    block->kept = pointer;
    block->next = first ? first->next : NULL;
    if (first)
        first->next = block;
    else
        arena->block = block;
    return 1;
}

void smap__arena_release(smap__arena *arena) {
    while (arena->block) {
        struct smap__arena_block *next = arena->block->next;
        smap__free(arena->block->kept);
        smap__free(arena->block);
        arena->block = next;
    }
}
