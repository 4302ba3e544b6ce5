/* Reading JSON documents of our own (schemas, sheets, plans, mappings). json-c stays behind this header. */
#ifndef SMAP_MODEL_JSON_H
#define SMAP_MODEL_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sitemap/error.h"

typedef struct smap__json_doc smap__json_doc;
typedef struct json_object smap__json; /* a value inside a document; borrowed; NULL = absent or null */

/* Parse a file (at most 16 MB, 32 levels) or text; an error names file and line. */
smap_status smap__json_read(const char *path, smap__json_doc **out, smap_error *err);
smap_status smap__json_parse(const char *text, size_t len, const char *name, smap__json_doc **out, smap_error *err);
void smap__json_free(smap__json_doc *doc);
/* Change a document as a JSON Merge Patch says (RFC 7396): objects are merged member by member, null takes a member
 * away, anything else takes the place of what was there. Members keep their order, new ones follow. */
smap_status smap__json_patch(smap__json_doc *doc, const smap__json *patch, smap_error *err);
const smap__json *smap__json_root(const smap__json_doc *doc);

/* All getters accept NULL and values of the wrong kind, and then give the fallback. */
const smap__json *smap__json_get(const smap__json *object, const char *key);
const char *smap__json_text(const smap__json *value, const char *fallback);
double smap__json_number(const smap__json *value, double fallback);
int64_t smap__json_integer(const smap__json *value, int64_t fallback);
bool smap__json_bool(const smap__json *value, bool fallback);
bool smap__json_is_array(const smap__json *value);
bool smap__json_is_object(const smap__json *value);
size_t smap__json_size(const smap__json *array);
const smap__json *smap__json_item(const smap__json *array, size_t index);
/* Members of an object in file order: false at the end. Start with *at = 0. */
bool smap__json_member(const smap__json *object, size_t *at, const char **key, const smap__json **value);

#endif
