/* The condition of --where: the comparisons of OGR SQL over the columns of a layer, the same for every format.
 *
 *     expression: comparison with AND, OR, NOT, parentheses
 *     comparison: column (= <> != < <= > >=) literal, column [NOT] IN (...), [NOT] LIKE 'a%', [NOT] ILIKE, [NOT]
 * BETWEEN x AND y, IS [NOT] NULL; the sides may be swapped column:     bare word or "quoted"; the row's id is fid where
 * no column has that name literal:    'text', 12, 1.5, TRUE, FALSE
 *
 * A text column compared with a number is read as a number (a text that is none never matches); a date or timestamp
 * column compares with ISO text. Text compares by bytes, LIKE ignores the case of A-Z as OGR does. A null makes every
 * comparison unknown, as in SQL. Why not OGR's own: its failures come without text, and it cannot see columns of our
 * own readers. */
#ifndef SMAP_IO_WHERE_H
#define SMAP_IO_WHERE_H

#include "sitemap/geometry.h"

/* The rows of `layer` for which the condition holds. SMAP_E_ARGUMENT names the unknown column and those there are, or
 * where the condition cannot be understood. `subject` is the source, for the sentence. */
smap_status smap__where_filter(const char *subject, const char *condition, const smap_layer *layer,
                               const smap_layer **out, smap_error *err);

#endif
