#include "io/layer_names.h"

#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"

static smap_status add(smap__layer_names *names, const char *name, smap_error *err) {
    int32_t code = smap__dict_add(names->dict, name, strlen(name));
    if (code < 0 || !smap__grow(&names->suffix, &names->capacity, (size_t)code + 1, sizeof *names->suffix))
        return smap__fail_memory(err);
    names->suffix[code] = 2;
    return SMAP_OK;
}

/* A suffix that was once found taken is not tried again for the same name, which is what keeps the search short. */
smap_status smap__layer_names_add(smap__layer_names *names, smap__arena *arena, const char *name, const char **out,
                                  smap_error *err) {
    smap_status status = names->dict ? SMAP_OK : smap__dict_new(&names->dict, err);
    if (status != SMAP_OK) return status;
    const char *chosen = smap__arena_strdup(arena, name);
    int32_t code = smap__dict_find(names->dict, name, strlen(name));
    while (chosen && smap__dict_find(names->dict, chosen, strlen(chosen)) >= 0)
        chosen = smap__arena_printf(arena, "%s_%d", name, names->suffix[code]++);
    if (!chosen) return smap__fail_memory(err);
    status = add(names, chosen, err);
    if (status == SMAP_OK) *out = chosen;
    return status;
}

void smap__layer_names_release(smap__layer_names *names) {
    smap__dict_free(names->dict);
    smap__free(names->suffix);
    *names = (smap__layer_names){ 0 };
}
