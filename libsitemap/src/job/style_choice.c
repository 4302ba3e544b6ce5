#include "job/style_choice.h"

#include "base/fail.h"
#include "base/path.h"

smap_status smap__style_choose(smap_ctx *ctx, const char *palette, const char *icons, smap__arena *arena,
                               smap__style_choice *out, smap_error *err) {
    *out = (smap__style_choice){ .look.icons = icons };
    if (icons && !smap__path_is_folder(icons))
        return smap__fail(err, SMAP_E_NOT_FOUND, icons,
                          "%s: there is no such folder; name the one that your symbols (.svg) lie in", icons);
    smap_status status = palette ? smap__palette_read(ctx, palette, arena, &out->palette, err) : SMAP_OK;
    if (status == SMAP_OK && palette) out->look.palette = &out->palette;
    return status;
}
