/* Who may see what. Every output reads its layers through here. */
#ifndef SMAP_PROTECT_AUDIENCE_H
#define SMAP_PROTECT_AUDIENCE_H

#include "model/schema.h"
#include "sitemap/geometry.h"

typedef struct smap__audience smap__audience;

/* "internal", "humanitarian", "public": rules from data/audiences.json. A name without rules is refused. */
smap_status smap__audience_get(smap_ctx *ctx, const char *name, const smap__audience **out, smap_error *err);
const char *smap__audience_name(const smap__audience *audience);
const char *smap__audience_tag(const smap__audience *audience, const char *lang); /* printed on every sheet */

/* The layer as that audience may see it: columns whose sensitivity it may not see are dropped, so are columns that the
 * model does not know (except for an audience that sees all). A layer without rules is refused. */
smap_status smap__audience_view(smap_ctx *ctx, const smap__audience *audience, const smap__schema *schema,
                                const smap_layer *layer, const smap_layer **out, smap_error *err);

#endif
