#include "model/schema_repeat.h"

#include <string.h>

#include "base/fail.h"
#include "base/str.h"

/* The text with {} and {unit} written out; no brackets around a unit that there is not. */
static const char *fill(smap__arena *arena, const char *text, const char *thing, const char *unit) {
    static const char thing_mark[] = "{}", unit_mark[] = "{unit}", no_unit[] = " ({unit})";
    smap__str out = SMAP__STR_INIT;
    for (const char *c = text; *c;) {
        if (strncmp(c, thing_mark, sizeof thing_mark - 1) == 0) {
            smap__str_put(&out, thing);
            c += sizeof thing_mark - 1;
        } else if (!*unit && strncmp(c, no_unit, sizeof no_unit - 1) == 0) {
            c += sizeof no_unit - 1;
        } else if (strncmp(c, unit_mark, sizeof unit_mark - 1) == 0) {
            smap__str_put(&out, unit);
            c += sizeof unit_mark - 1;
        } else {
            smap__str_put_char(&out, *c++);
        }
    }
    const char *kept = out.failed ? NULL : smap__arena_strndup(arena, out.data ? out.data : "", out.len);
    smap__str_release(&out);
    return kept;
}

static smap_status write_out(smap__arena *arena, const smap__field *field, const smap__repeat *repeat, smap__field *out,
                             smap_error *err) {
    *out = *field;
    out->name = fill(arena, field->name, repeat->name, "");
    out->unit = fill(arena, field->unit, repeat->name, repeat->unit);
    out->description = fill(arena, field->description, repeat->label.en, repeat->unit);
    out->label.en = fill(arena, field->label.en, repeat->label.en, repeat->unit);
    out->label.ar = fill(arena, field->label.ar, *repeat->label.ar ? repeat->label.ar : repeat->label.en, repeat->unit);
    if (!out->name || !out->unit || !out->description || !out->label.en || !out->label.ar)
        return smap__fail_memory(err);
    return SMAP_OK;
}

smap_status smap__schema_repeat(smap__arena *arena, const smap__schema *schema, const smap__repeat *repeat, int count,
                                const smap_table *table, const smap__schema **out, smap_error *err) {
    size_t most = (size_t)schema->fields + (size_t)schema->repeats * (size_t)count;
    smap__field *field = smap__arena_alloc(arena, (most + 1) * sizeof *field);
    smap__schema *whole = smap__arena_alloc(arena, sizeof *whole);
    if (!field || !whole) return smap__fail_memory(err);
    *whole = *schema;
    memcpy(field, schema->field, (size_t)schema->fields * sizeof *field);
    whole->field = field;
    for (int i = 0; i < count * schema->repeats; i++) {
        smap__field *next = &field[whole->fields];
        const smap__repeat *thing = &repeat[i / schema->repeats];
        smap_status status = write_out(arena, &schema->repeat[i % schema->repeats], thing, next, err);
        if (status != SMAP_OK) return status;
        if (table && !smap_table_find(table, next->name)) continue;
        if (smap__schema_field(whole, next->name))
            return smap__fail(err, SMAP_E_ARGUMENT, thing->name,
                              "\"%s\" would make the column %s of layer %s a second time; give it another name",
                              thing->name, next->name, schema->name);
        whole->fields++;
    }
    *out = whole;
    return SMAP_OK;
}

/* What stands for {} in a column's name, if it is one of the repeated; 0 if not. */
static size_t thing_length(const smap__schema *schema, const char *column) {
    const char *ending = schema->repeat[0].name + 2;
    size_t len = strlen(column), end = strlen(ending);
    if (smap__schema_field(schema, column) || len <= end || strcmp(column + len - end, ending) != 0) return 0;
    return len - end;
}

smap_status smap__schema_repeat_found(smap__arena *arena, const smap__schema *schema, const smap_table *table,
                                      const smap__schema **out, smap_error *err) {
    if (schema->repeats == 0) {
        *out = schema;
        return SMAP_OK;
    }
    int columns = smap_table_columns(table), count = 0;
    smap__repeat *repeat = smap__arena_alloc(arena, ((size_t)columns + 1) * sizeof *repeat);
    if (!repeat) return smap__fail_memory(err);
    for (int i = 0; i < columns; i++) {
        const char *name = smap_table_at(table, i)->name;
        size_t len = thing_length(schema, name);
        if (len == 0) continue;
        name = smap__arena_strndup(arena, name, len);
        if (!name) return smap__fail_memory(err);
        repeat[count++] = (smap__repeat){ name, { name, "" }, "" };
    }
    return smap__schema_repeat(arena, schema, repeat, count, table, out, err);
}
