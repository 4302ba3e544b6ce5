/* Which columns of a layer a map needs: those that its style reads, that the sheet chooses rows by, that the texts of
 * the page are made of, and the keys of what may find no room for its label. */
#ifndef SMAP_JOB_MAP_NEEDS_H
#define SMAP_JOB_MAP_NEEDS_H

#include "model/json.h"
#include "model/schema.h"
#include "style/style.h"

typedef struct smap__map_needs {
    const smap__style *style;
    const smap__json *where;    /* of the sheet's entry; NULL: none */
    const smap__json *elements; /* of the sheet: a table may choose its rows by those that are shown */
    const smap__schema *schema;
} smap__map_needs;

/* `user` is a smap__map_needs. */
bool smap__map_needs_field(const void *user, const char *field);

#endif
