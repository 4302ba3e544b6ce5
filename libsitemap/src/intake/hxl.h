/* HXL hashtags: "#adm3+code", "#affected+idps+ind". */
#ifndef SMAP_INTAKE_HXL_H
#define SMAP_INTAKE_HXL_H

#include "model/schema.h"

/* Is the text an HXL hashtag? */
bool smap__is_hxl(const char *text, size_t len);

/* How well a source's tag fits a field's: 0 not at all; 1 the field's is the more special one; 2 the source's is; 3
 * they are the same (order of attributes aside, "#adm3" counts as "#adm"). *shared is the number of common attributes.
 */
int smap__hxl_match(const char *source, size_t len, const char *field, int *shared);

/* Is row 0 of the table a row of hashtags (every text there is one, and there is at least one)? */
bool smap__hxl_row(const smap_table *table);

#endif
