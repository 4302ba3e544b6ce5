#include "model/json.h"

#include <json-c/json.h>
#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/file.h"
#include "base/str.h"

enum { LIMIT_BYTES = 16 * 1024 * 1024, LIMIT_LEVELS = 32 };

struct smap__json_doc {
    struct json_object *root;
};

/* json-c's readers want a mutable value although none of those used here changes it. */
static struct json_object *loose(const smap__json *value) {
    union {
        const smap__json *fixed;
        struct json_object *loose;
    } u = { value };
    return u.loose;
}

static int line_at(const char *text, size_t at) {
    int line = 1;
    for (size_t i = 0; i < at; i++) line += text[i] == '\n';
    return line;
}

static smap_status fail_syntax(const char *text, size_t len, size_t at, const char *name, enum json_tokener_error why,
                               smap_error *err) {
    if (at > len) at = len;
    if (why == json_tokener_error_depth) {
        return smap__fail(err, SMAP_E_LIMIT, name, "%s, line %d: the JSON is nested deeper than %d levels", name,
                          line_at(text, at), LIMIT_LEVELS);
    }
    const char *what = why == json_tokener_continue                  ? "the text ends too early"
                       : why == json_tokener_error_parse_utf8_string ? "a text in it is not UTF-8"
                                                                     : "a character or word stands where it may not";
    return smap__fail(err, SMAP_E_FORMAT, name, "%s, line %d: this is not valid JSON (%s); correct the file", name,
                      line_at(text, at), what);
}

smap_status smap__json_parse(const char *text, size_t len, const char *name, smap__json_doc **out, smap_error *err) {
    if (len > LIMIT_BYTES) {
        return smap__fail(err, SMAP_E_LIMIT, name, "%s: the JSON is larger than %d MB", name, LIMIT_BYTES >> 20);
    }
    if (len >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) {
        text += 3;
        len -= 3;
    }
    struct json_tokener *tokener = json_tokener_new_ex(LIMIT_LEVELS);
    smap__json_doc *doc = smap__zalloc(1, sizeof *doc);
    if (!tokener || !doc) {
        if (tokener) json_tokener_free(tokener);
        smap__free(doc);
        return smap__fail_memory(err);
    }
    json_tokener_set_flags(tokener,
                           JSON_TOKENER_STRICT | JSON_TOKENER_ALLOW_TRAILING_CHARS | JSON_TOKENER_VALIDATE_UTF8);
    struct json_object *root = json_tokener_parse_ex(tokener, text, (int)len);
    enum json_tokener_error why = json_tokener_get_error(tokener);
    /* A bare number at the very end is only complete once the parser is told that nothing follows. */
    if (why == json_tokener_continue) {
        root = json_tokener_parse_ex(tokener, "", -1);
        why = json_tokener_get_error(tokener);
        if (why != json_tokener_success) why = json_tokener_continue;
    }
    size_t at = why == json_tokener_continue ? len : json_tokener_get_parse_end(tokener);
    json_tokener_free(tokener);
    smap_status status = SMAP_OK;
    if (why != json_tokener_success) status = fail_syntax(text, len, at, name, why, err);
    for (; status == SMAP_OK && at < len; at++) {
        if (!strchr(" \t\r\n", text[at])) {
            status = smap__fail(err, SMAP_E_FORMAT, name, "%s, line %d: there is more text after the end of the JSON",
                                name, line_at(text, at));
        }
    }
    if (status != SMAP_OK) {
        json_object_put(root);
        smap__free(doc);
        return status;
    }
    doc->root = root;
    *out = doc;
    return SMAP_OK;
}

smap_status smap__json_read(const char *path, smap__json_doc **out, smap_error *err) {
    char *text = NULL;
    size_t len = 0;
    smap_status status = smap__file_read(path, LIMIT_BYTES, &text, &len, err);
    if (status != SMAP_OK) return status;
    status = smap__json_parse(text, len, path, out, err);
    smap__free(text);
    return status;
}

void smap__json_free(smap__json_doc *doc) {
    if (!doc) return;
    json_object_put(doc->root);
    smap__free(doc);
}

/* The merge of RFC 7396, section 2. `*target` is owned and may be replaced; false when memory runs out. */
static bool merge(struct json_object **target, const smap__json *patch) {
    if (!json_object_is_type(patch, json_type_object)) {
        struct json_object *copy = NULL;
        if (patch && json_object_deep_copy(loose(patch), &copy, NULL) != 0) return false;
        json_object_put(*target);
        *target = copy;
        return true;
    }
    if (!json_object_is_type(*target, json_type_object)) {
        json_object_put(*target);
        *target = json_object_new_object();
        if (!*target) return false;
    }
    for (struct lh_entry *e = json_object_get_object(patch)->head; e; e = e->next) {
        const char *key = lh_entry_k(e);
        const smap__json *value = lh_entry_v(e);
        struct json_object *member = NULL;
        if (!value) {
            json_object_object_del(*target, key);
            continue;
        }
        json_object_object_get_ex(*target, key, &member);
        struct json_object *merged = member ? json_object_get(member) : NULL;
        if (!merge(&merged, value)) {
            json_object_put(merged);
            return false;
        }
        if (merged == member) {
            json_object_put(merged);
        } else if (json_object_object_add(*target, key, merged) != 0) {
            json_object_put(merged);
            return false;
        }
    }
    return true;
}

smap_status smap__json_patch(smap__json_doc *doc, const smap__json *patch, smap_error *err) {
    struct json_object *kept = json_object_get(loose(patch)); /* it may be a part of the document that goes */
    bool merged = merge(&doc->root, kept);
    json_object_put(kept);
    return merged ? SMAP_OK : smap__fail_memory(err);
}

const smap__json *smap__json_root(const smap__json_doc *doc) {
    return doc ? doc->root : NULL;
}

const smap__json *smap__json_get(const smap__json *object, const char *key) {
    struct json_object *value = NULL;
    if (!json_object_is_type(object, json_type_object)) return NULL;
    return json_object_object_get_ex(object, key, &value) ? value : NULL;
}

const char *smap__json_text(const smap__json *value, const char *fallback) {
    return json_object_is_type(value, json_type_string) ? json_object_get_string(loose(value)) : fallback;
}

double smap__json_number(const smap__json *value, double fallback) {
    if (!json_object_is_type(value, json_type_double) && !json_object_is_type(value, json_type_int)) return fallback;
    double number = json_object_get_double(value);
    return isfinite(number) ? number : fallback;
}

int64_t smap__json_integer(const smap__json *value, int64_t fallback) {
    return json_object_is_type(value, json_type_int) ? json_object_get_int64(value) : fallback;
}

bool smap__json_bool(const smap__json *value, bool fallback) {
    return json_object_is_type(value, json_type_boolean) ? json_object_get_boolean(value) != 0 : fallback;
}

bool smap__json_is_array(const smap__json *value) {
    return json_object_is_type(value, json_type_array) != 0;
}

bool smap__json_is_object(const smap__json *value) {
    return json_object_is_type(value, json_type_object) != 0;
}

size_t smap__json_size(const smap__json *array) {
    return smap__json_is_array(array) ? json_object_array_length(array) : 0;
}

const smap__json *smap__json_item(const smap__json *array, size_t index) {
    return index < smap__json_size(array) ? json_object_array_get_idx(array, index) : NULL;
}

bool smap__json_member(const smap__json *object, size_t *at, const char **key, const smap__json **value) {
    if (!smap__json_is_object(object)) return false;
    struct lh_entry *entry = json_object_get_object(object)->head;
    for (size_t i = 0; entry && i < *at; i++) entry = entry->next;
    if (!entry) return false;
    union {
        const void *fixed;
        const char *text;
    } name = { entry->k };
    *key = name.text;
    union {
        const void *fixed;
        const smap__json *value;
    } member = { entry->v };
    *value = member.value;
    ++*at;
    return true;
}
