/* Filters of rules: the tree that filter_parse.c reads, filter_match.c evaluates and filter_expression.c writes. */
#ifndef SMAP_STYLE_FILTER_H
#define SMAP_STYLE_FILTER_H

#include <stdbool.h>
#include <stdint.h>

#include "style/sld.h"
#include "style/style.h"

typedef enum smap__filter_kind {
    SMAP__FILTER_AND,
    SMAP__FILTER_OR,
    SMAP__FILTER_NOT,
    SMAP__FILTER_COMPARE,
    SMAP__FILTER_LIKE,
    SMAP__FILTER_NULL
} smap__filter_kind;

typedef enum smap__comparison { SMAP__EQ, SMAP__NE, SMAP__LT, SMAP__LE, SMAP__GT, SMAP__GE } smap__comparison;

struct smap__filter {
    smap__filter_kind kind;
    const smap__filter *child; /* of AND, OR (2 or more) and NOT (1) */
    int children;
    const char *property; /* of COMPARE, LIKE and NULL */
    smap__comparison op;
    const char *literal; /* of COMPARE; of LIKE the pattern with % and _ as wild cards and \ as escape */
    size_t literal_len;
    bool is_number, is_int; /* the literal of COMPARE, read as one */
    double number;
    int64_t integer;
};

/* The one filter inside <Filter>. What cannot be kept is warned of and gives *out = NULL. */
smap_status smap__filter_parse(smap__sld_reader *reader, const smap__xml *filter, const smap__filter **out,
                               smap_error *err);

#define SMAP__FILTER_BLOCK 1024

/* Evaluate for rows first .. first+count-1 (count <= SMAP__FILTER_BLOCK): out[i] = 0 false, 1 true, 2 unknown.
 * `scratch` has SMAP__FILTER_BLOCK bytes for each level of the tree (at most SMAP__XML_DEPTH_MAX). */
void smap__filter_evaluate(const smap__filter *filter, const smap_table *table, int64_t first, int count, uint8_t *out,
                           uint8_t *scratch);

#endif
