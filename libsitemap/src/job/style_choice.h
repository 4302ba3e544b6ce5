/* How styles look, as the user asked for it: --palette and --icons. */
#ifndef SMAP_JOB_STYLE_CHOICE_H
#define SMAP_JOB_STYLE_CHOICE_H

#include "sheet/palette.h"

typedef struct smap__style_choice {
    smap__style_look look; /* hand this on; it points into the choice, which must stay where it is */
    smap__palette palette;
} smap__style_choice;

/* NULL for what was not asked for. What it holds lives in the arena; `icons` must outlive it. SMAP_E_NOT_FOUND: no such
 * palette, with those there are; no such folder. */
smap_status smap__style_choose(smap_ctx *ctx, const char *palette, const char *icons, smap__arena *arena,
                               smap__style_choice *out, smap_error *err);

#endif
