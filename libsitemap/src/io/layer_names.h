/* The names of a source's layers, each once: datasets of one file name in different folders of a .zip become "name",
 * "name_2", "name_3", ... The time for n names grows with n alone, whatever they are. */
#ifndef SMAP_IO_LAYER_NAMES_H
#define SMAP_IO_LAYER_NAMES_H

#include "base/arena.h"
#include "col/dict.h"

typedef struct smap__layer_names {
    smap__dict *dict;
    int *suffix; /* one a name of the dictionary: the next one to try */
    size_t capacity;
} smap__layer_names;

/* Give the name to the next layer, with a suffix if it is taken; the text is in the arena. SMAP_E_NOMEM is the only
 * failure. `names` begins as zeros. */
smap_status smap__layer_names_add(smap__layer_names *names, smap__arena *arena, const char *name, const char **out,
                                  smap_error *err);
void smap__layer_names_release(smap__layer_names *names);

#endif
