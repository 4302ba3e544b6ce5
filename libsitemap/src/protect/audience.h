/* Who may see what. Every output reads its layers through here.
 *
 * The rules are data/audiences.json: for each audience the sensitivity classes of layers and of columns that it may see
 * (the classes are those of data/model/README.md). What has no rule is refused, never let through. */
#ifndef SMAP_PROTECT_AUDIENCE_H
#define SMAP_PROTECT_AUDIENCE_H

#include "model/schema.h"
#include "sitemap/geometry.h"

typedef struct smap__audience smap__audience;

/* "internal", "humanitarian", "public": rules from data/audiences.json, read once and kept with the context. A name
 * without rules is refused (SMAP_E_REFUSED). */
smap_status smap__audience_get(smap_ctx *ctx, const char *name, const smap__audience **out, smap_error *err);
/* Printed on every sheet: "en", "ar", or "both" ("English / Arabic"). */
const char *smap__audience_tag(const smap__audience *audience, const char *lang);

/* The layer as that audience may see it: columns whose sensitivity it may not see are dropped, so are columns that the
 * model does not know (except for an audience that sees all). A layer without rules is refused; so is one without a
 * schema (NULL), except for an audience that sees all. */
smap_status smap__audience_view(smap_ctx *ctx, const smap__audience *audience, const smap__schema *schema,
                                const smap_layer *layer, const smap_layer **out, smap_error *err);

#endif
