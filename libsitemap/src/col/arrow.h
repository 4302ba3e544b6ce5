/* The Arrow C data interface (frozen ABI), and columns from its arrays. */
#ifndef SMAP_COL_ARROW_H
#define SMAP_COL_ARROW_H

#include "sitemap/table.h"

#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE
#define ARROW_FLAG_DICTIONARY_ORDERED 1
#define ARROW_FLAG_NULLABLE 2
#define ARROW_FLAG_MAP_KEYS_SORTED 4
struct ArrowSchema {
    const char *format;
    const char *name;
    const char *metadata;
    int64_t flags;
    int64_t n_children;
    struct ArrowSchema **children;
    struct ArrowSchema *dictionary;
    void (*release)(struct ArrowSchema *);
    void *private_data;
};
struct ArrowArray {
    int64_t length;
    int64_t null_count;
    int64_t offset;
    int64_t n_buffers;
    int64_t n_children;
    const void **buffers;
    struct ArrowArray **children;
    struct ArrowArray *dictionary;
    void (*release)(struct ArrowArray *);
    void *private_data;
};
#endif
#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE
struct ArrowArrayStream {
    int (*get_schema)(struct ArrowArrayStream *, struct ArrowSchema *out);
    int (*get_next)(struct ArrowArrayStream *, struct ArrowArray *out);
    const char *(*get_last_error)(struct ArrowArrayStream *);
    void (*release)(struct ArrowArrayStream *);
    void *private_data;
};
#endif

/* The column type that holds an Arrow format string (b c C s S i I l L f g u U z Z tdD tdm tsm ts? ...); false for
 * formats that have none (structs, lists). */
bool smap__arrow_type(const char *format, smap_type *out);

/* Append one Arrow array of that format to a builder of the type above. */
smap_status smap__arrow_append(smap_column_builder *builder, const char *format, const struct ArrowArray *array,
                               smap_error *err);

#endif
