#include "job/map_needs.h"

#include <string.h>

/* Of texts, remarks and counts: job/map_texts.c, job/map_layers.c. */
static bool is_told(const char *field) {
    static const char *const told[] = { "completeness", "synthetic", "source", "date", "pcode", "status", "name_en" };
    for (size_t i = 0; i < sizeof told / sizeof *told; i++)
        if (strcmp(told[i], field) == 0) return true;
    return false;
}

static bool names(const smap__json *test, const char *field) {
    return strcmp(smap__json_text(smap__json_get(test, "column"), ""), field) == 0;
}

static bool chooses(const smap__json *where, const char *field) {
    if (!where || !smap__json_is_array(where)) return where && names(where, field);
    for (size_t i = 0; i < smap__json_size(where); i++)
        if (names(smap__json_item(where, i), field)) return true;
    return false;
}

/* By "shown" of a table: {"layer", "column"}. */
static bool is_looked_up(const smap__map_needs *n, const char *field) {
    size_t at = 0;
    const char *key;
    const smap__json *e;
    while (smap__json_member(n->elements, &at, &key, &e)) {
        const smap__json *shown = smap__json_get(e, "shown");
        const char *layer = smap__json_text(smap__json_get(shown, "layer"), "");
        if (strcmp(layer, n->schema->name) == 0 && names(shown, field)) return true;
    }
    return false;
}

static bool is_key(const smap__schema *schema, const char *field) {
    for (int i = 0; i < schema->fields; i++)
        if (schema->field[i].key && strcmp(schema->field[i].name, field) == 0) return true;
    return false;
}

bool smap__map_needs_field(const void *user, const char *field) {
    const smap__map_needs *n = user;
    return is_told(field) || smap__style_reads(n->style, field) || chooses(n->where, field) || is_looked_up(n, field) ||
           (smap__style_has_labels(n->style) && is_key(n->schema, field));
}
