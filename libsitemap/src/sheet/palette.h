/* Palettes: other colours for the classes of styles, by name, from styles/palettes.json. */
#ifndef SMAP_SHEET_PALETTE_H
#define SMAP_SHEET_PALETTE_H

#include "base/arena.h"
#include "sitemap/context.h"
#include "style/style.h"

/* What it holds lives in the arena. A name that is not there is SMAP_E_NOT_FOUND with those that are. */
smap_status smap__palette_read(smap_ctx *ctx, const char *name, smap__arena *arena, smap__palette *out,
                               smap_error *err);

#endif
