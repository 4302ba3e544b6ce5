/* Who may see what, as data/audiences.json says. What an audience sees of a layer is made by protect/gate.h. */
#ifndef SMAP_PROTECT_AUDIENCE_H
#define SMAP_PROTECT_AUDIENCE_H

#include "model/json.h"
#include "model/schema.h"

typedef struct smap__audience smap__audience;

/* "internal", "humanitarian", "public": rules from data/audiences.json, read once and kept with the context. A name
 * without rules is refused (SMAP_E_REFUSED). */
smap_status smap__audience_get(smap_ctx *ctx, const char *name, const smap__audience **out, smap_error *err);
/* Printed on every sheet: "en", "ar", or "both" ("English / Arabic"). */
const char *smap__audience_tag(const smap__audience *audience, const char *lang);
const char *smap__audience_name(const smap__audience *audience);
/* Does it see everything as it is? */
bool smap__audience_sees_all(const smap__audience *audience);

/* What the rules say of a whole layer. */
typedef enum smap__cover {
    SMAP__COVER_NONE,     /* nothing: refused, never let through */
    SMAP__COVER_WITHHELD, /* it is left out of what is made for the audience */
    SMAP__COVER_SHOWN     /* some of its rows and columns are seen */
} smap__cover;
smap__cover smap__audience_covers(const smap__audience *audience, const char *layer);
/* May it see that column? `schema` NULL, or a name that the schema does not have: only one that sees all. */
bool smap__audience_sees_column(const smap__audience *audience, const smap__schema *schema, const char *name);
/* Is the number of the layer's features a count of people or places that is not told when it is small? */
bool smap__audience_hides_few(const smap__audience *audience, const char *layer);
/* What a map says of positions of layers that are coarsened, in "en" or "ar"; NULL where the layer's are as they were.
 */
const char *smap__audience_positions(const smap__audience *audience, const char *layer, const char *lang);
/* The smallest count that is told; 0 where all are. *mark (may be NULL) is what stands for a smaller one. */
int64_t smap__audience_least(const smap__audience *audience, const char **mark);
/* What stands for a count that is hidden for the sake of others, and what a page that has such marks says of them in
 * "en" or "ar"; NULL where all counts are told. */
const char *smap__audience_mark_too(const smap__audience *audience);
const char *smap__audience_marks_note(const smap__audience *audience, const char *lang);

#endif
