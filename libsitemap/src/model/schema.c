#include "model/schema.h"

#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/path.h"
#include "base/str.h"
#include "model/store.h"

static const struct {
    const char *name;
    smap_type type;
} type_names[] = {
    { "bool", SMAP_BOOL }, { "integer", SMAP_INT64 },       { "real", SMAP_FLOAT64 }, { "text", SMAP_TEXT },
    { "date", SMAP_DATE }, { "timestamp", SMAP_TIMESTAMP }, { "blob", SMAP_BLOB },
};

static const struct {
    const char *name;
    unsigned shape;
} shape_names[] = {
    { "none", SMAP__SHAPE_NONE },
    { "point", SMAP__SHAPE_POINT },
    { "line", SMAP__SHAPE_LINE },
    { "polygon", SMAP__SHAPE_POLYGON },
};

static bool known_sensitivity(const smap__store *store, const char *name) {
    for (int i = 0; i < store->sensitivities; i++) {
        if (strcmp(name, store->sensitivity[i]) == 0) return true;
    }
    return false;
}

static smap_status read_type(const smap__json *value, const char *path, const char *field, smap_type *out,
                             smap_error *err) {
    const char *name = smap__json_text(value, "");
    for (size_t i = 0; i < sizeof type_names / sizeof *type_names; i++) {
        if (strcmp(name, type_names[i].name) == 0) {
            *out = type_names[i].type;
            return SMAP_OK;
        }
    }
    return smap__fail(err, SMAP_E_FORMAT, path,
                      "%s: column \"%s\" has the type \"%s\"; it must be bool, integer, real, text, date, timestamp or "
                      "blob",
                      path, field, name);
}

static smap_status read_shapes(const smap__json *value, const char *path, unsigned *out, smap_error *err) {
    unsigned shapes = 0;
    for (size_t i = 0; i < smap__json_size(value); i++) {
        const char *name = smap__json_text(smap__json_item(value, i), "");
        unsigned shape = 0;
        for (size_t k = 0; k < sizeof shape_names / sizeof *shape_names; k++) {
            if (strcmp(name, shape_names[k].name) == 0) shape = shape_names[k].shape;
        }
        if (!shape) {
            return smap__fail(err, SMAP_E_FORMAT, path, "%s: \"%s\" is no geometry; use none, point, line, polygon",
                              path, name);
        }
        shapes |= shape;
    }
    if (!shapes) return smap__fail(err, SMAP_E_FORMAT, path, "%s: \"geometry\" is missing", path);
    *out = shapes;
    return SMAP_OK;
}

/* A repeated column is named "{}_class": what stands for {} comes first, so that no two can be mistaken. */
static bool is_name(const char *name, bool repeated) {
    if (!repeated) return smap__store_name_ok(name);
    return strncmp(name, "{}_", 3) == 0 && smap__store_name_ok(name + 3);
}

static smap_status read_field(smap__store *store, const smap__json *json, const char *path, bool repeated,
                              smap__field *out, smap_error *err) {
    smap__field field = { 0 };
    field.name = smap__store_text(store, smap__json_get(json, "name"));
    field.unit = smap__store_text(store, smap__json_get(json, "unit"));
    field.domain = smap__store_text(store, smap__json_get(json, "domain"));
    field.description = smap__store_text(store, smap__json_get(json, "description"));
    field.hxl = smap__store_text(store, smap__json_get(json, "hxl"));
    field.sensitivity = smap__store_text(store, smap__json_get(json, "sensitivity"));
    field.refers = smap__store_text(store, smap__json_get(json, "refers"));
    if (!field.refers || !field.name || !field.unit || !field.domain || !field.description || !field.hxl || !field.sensitivity ||
        !smap__store_label(store, smap__json_get(json, "label"), &field.label) ||
        !smap__store_texts(store, smap__json_get(json, "alias"), &field.alias, &field.aliases)) {
        return smap__fail_memory(err);
    }
    if (!is_name(field.name, repeated)) {
        return smap__fail(err, SMAP_E_FORMAT, path, "%s: \"%s\" cannot be the name of a column", path, field.name);
    }
    if (!*field.sensitivity) field.sensitivity = "open";
    if (!known_sensitivity(store, field.sensitivity)) {
        return smap__fail(err, SMAP_E_FORMAT, path, "%s: column \"%s\" has an unknown sensitivity \"%s\"", path,
                          field.name, field.sensitivity);
    }
    field.required = smap__json_bool(smap__json_get(json, "required"), false);
    field.upper = smap__json_bool(smap__json_get(json, "upper"), false);
    field.key = smap__json_bool(smap__json_get(json, "key"), false);
    const smap__json *min = smap__json_get(json, "min"), *max = smap__json_get(json, "max");
    field.has_min = min != NULL;
    field.has_max = max != NULL;
    field.min = smap__json_number(min, 0);
    field.max = smap__json_number(max, 0);
    smap_status status = read_type(smap__json_get(json, "type"), path, field.name, &field.type, err);
    if (status == SMAP_OK) *out = field;
    return status;
}

static smap_status read_fields(smap__store *store, const smap__json *json, const char *path, bool repeated,
                               const smap__field **out, int *fields, smap_error *err) {
    size_t count = smap__json_size(json);
    smap__field *field = smap__arena_alloc(&store->arena, (count + 1) * sizeof *field);
    if (!field) return smap__fail_memory(err);
    for (size_t i = 0; i < count; i++) {
        smap_status status = read_field(store, smap__json_item(json, i), path, repeated, &field[i], err);
        if (status != SMAP_OK) return status;
        for (size_t k = 0; k < i; k++) {
            if (strcmp(field[k].name, field[i].name) == 0) {
                return smap__fail(err, SMAP_E_FORMAT, path, "%s: there are two columns \"%s\"", path, field[i].name);
            }
        }
    }
    *out = field;
    *fields = (int)count;
    return SMAP_OK;
}

static smap_status read_layer(smap__store *store, const smap__json *json, const char *path, const char *name,
                              smap__schema *schema, smap_error *err) {
    schema->name = smap__store_text(store, smap__json_get(json, "name"));
    schema->description = smap__store_text(store, smap__json_get(json, "description"));
    schema->sensitivity = smap__store_text(store, smap__json_get(json, "sensitivity"));
    schema->kind = smap__store_text(store, smap__json_get(json, "kind"));
    if (!schema->name || !schema->description || !schema->sensitivity || !schema->kind ||
        !smap__store_label(store, smap__json_get(json, "label"), &schema->label)) {
        return smap__fail_memory(err);
    }
    if (strcmp(schema->name, name) != 0) {
        return smap__fail(err, SMAP_E_FORMAT, path, "%s: \"name\" is \"%s\"; it must be \"%s\"", path, schema->name,
                          name);
    }
    if (strcmp(schema->kind, "model") != 0 && strcmp(schema->kind, "result") != 0) {
        return smap__fail(err, SMAP_E_FORMAT, path, "%s: \"kind\" must be \"model\" or \"result\"", path);
    }
    if (!known_sensitivity(store, schema->sensitivity)) {
        return smap__fail(err, SMAP_E_FORMAT, path, "%s: unknown sensitivity \"%s\"", path, schema->sensitivity);
    }
    smap_status status = read_shapes(smap__json_get(json, "geometry"), path, &schema->shapes, err);
    if (status == SMAP_OK)
        status = read_fields(store, smap__json_get(json, "fields"), path, false, &schema->field, &schema->fields, err);
    if (status == SMAP_OK)
        status = read_fields(store, smap__json_get(json, "repeat"), path, true, &schema->repeat, &schema->repeats, err);
    if (status == SMAP_OK && schema->fields == 0)
        status = smap__fail(err, SMAP_E_FORMAT, path, "%s: the layer has no \"fields\"", path);
    return status;
}

static smap_status read_schema(smap_ctx *ctx, smap__store *store, const char *name, const smap__schema **out,
                               smap_error *err) {
    smap_status status = SMAP_OK;
    smap__json_doc *doc = NULL;
    smap__schema *schema = smap__arena_alloc(&store->arena, sizeof *schema);
    char *path = smap__store_path(ctx, "model", name, "json");
    if (!schema || !path) {
        status = smap__fail_memory(err);
        goto done;
    }
    memset(schema, 0, sizeof *schema);
    SMAP_TRY(smap__json_read(path, &doc, err), done);
    SMAP_TRY(read_layer(store, smap__json_root(doc), path, name, schema, err), done);
    *out = schema;
done:
    smap__json_free(doc);
    smap__free(path);
    return status;
}

static smap_status read_index(smap_ctx *ctx, smap__store *store, smap_error *err) {
    smap_status status = SMAP_OK;
    smap__json_doc *doc = NULL;
    char *path = smap__store_path(ctx, "model", "index", "json");
    if (!path) return smap__fail_memory(err);
    SMAP_TRY(smap__json_read(path, &doc, err), done);
    const smap__json *layers = smap__json_get(smap__json_root(doc), "layers");
    size_t count = smap__json_size(layers);
    int version = (int)smap__json_integer(smap__json_get(smap__json_root(doc), "version"), 0);
    const smap__schema **schema = smap__arena_alloc(&store->arena, (count ? count : 1) * sizeof *schema);
    if (!schema || !smap__store_texts(store, smap__json_get(smap__json_root(doc), "sensitivities"), &store->sensitivity,
                                      &store->sensitivities)) {
        status = smap__fail_memory(err);
        goto done;
    }
    if (version < 1 || count == 0 || store->sensitivities == 0) {
        status =
            smap__fail(err, SMAP_E_FORMAT, path, "%s: \"version\", \"sensitivities\" and \"layers\" are needed", path);
        goto done;
    }
    for (size_t i = 0; i < count; i++) {
        const char *name = smap__json_text(smap__json_item(layers, i), "");
        if (!smap__store_name_ok(name)) {
            status = smap__fail(err, SMAP_E_FORMAT, path, "%s: \"%s\" cannot be the name of a layer", path, name);
            goto done;
        }
        SMAP_TRY(read_schema(ctx, store, name, &schema[i], err), done);
    }
    store->schema = schema;
    store->schemas = (int)count;
    store->version = version;
    store->indexed = true;
done:
    smap__json_free(doc);
    smap__free(path);
    return status;
}

/* The indexed store, locked. */
static smap_status open_store(smap_ctx *ctx, smap__store **out, smap_error *err) {
    smap__store *store = smap__store_lock(ctx);
    if (!store) return smap__fail_memory(err);
    if (!store->indexed) {
        smap_status status = read_index(ctx, store, err);
        if (status != SMAP_OK) {
            smap__store_unlock(ctx);
            return status;
        }
    }
    *out = store;
    return SMAP_OK;
}

static smap_status fail_no_layer(const smap__store *store, const char *layer, smap_error *err) {
    smap__str names = SMAP__STR_INIT;
    for (int i = 0; i < store->schemas; i++) {
        if (i) smap__str_put(&names, ", ");
        smap__str_put(&names, store->schema[i]->name);
    }
    smap_status status = smap__fail(err, SMAP_E_NOT_FOUND, layer, "the model has no layer \"%s\"; it has: %s", layer,
                                    names.data ? names.data : "");
    smap__str_release(&names);
    return status;
}

smap_status smap__schema_get(smap_ctx *ctx, const char *layer, const smap__schema **out, smap_error *err) {
    smap__store *store = NULL;
    smap_status status = open_store(ctx, &store, err);
    if (status != SMAP_OK) return status;
    const smap__schema *found = NULL;
    for (int i = 0; i < store->schemas && !found; i++) {
        if (strcmp(store->schema[i]->name, layer) == 0) found = store->schema[i];
    }
    if (!found) status = fail_no_layer(store, layer, err);
    smap__store_unlock(ctx);
    if (found) *out = found;
    return status;
}

smap_status smap__schema_all(smap_ctx *ctx, const smap__schema *const **out, int *count, smap_error *err) {
    smap__store *store = NULL;
    smap_status status = open_store(ctx, &store, err);
    if (status != SMAP_OK) return status;
    *out = store->schema;
    *count = store->schemas;
    smap__store_unlock(ctx);
    return SMAP_OK;
}

smap_status smap__model_version(smap_ctx *ctx, int *out, smap_error *err) {
    smap__store *store = NULL;
    smap_status status = open_store(ctx, &store, err);
    if (status != SMAP_OK) return status;
    *out = store->version;
    smap__store_unlock(ctx);
    return SMAP_OK;
}

const smap__field *smap__schema_field(const smap__schema *schema, const char *name) {
    for (int i = 0; i < schema->fields; i++) {
        if (strcmp(schema->field[i].name, name) == 0) return &schema->field[i];
    }
    return NULL;
}

smap__named smap__field_named(const smap__field *field, const char *name, size_t len) {
    if (smap__same_name(field->name, strlen(field->name), name, len)) return SMAP__NAMED_AS_FIELD;
    const char *const label[] = { field->label.en, field->label.ar };
    for (int i = 0; i < 2; i++)
        if (*label[i] && smap__same_name(label[i], strlen(label[i]), name, len)) return SMAP__NAMED_AS_LABEL;
    for (int i = 0; i < field->aliases; i++)
        if (smap__same_name(field->alias[i], strlen(field->alias[i]), name, len)) return SMAP__NAMED_AS_ALIAS;
    return SMAP__NAMED_NOT;
}
