#include "draw/fonts.h"

#include <fontconfig/fontconfig.h>
#include <pango/pangofc-fontmap.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/path.h"

static void release_map(void *state) {
    g_object_unref(state);
}

static smap_status add_font(FcConfig *config, const smap__font_list *list, const char *file, smap_error *err) {
    for (int i = 0; i < list->folders; i++) {
        char *path = smap__path_join(list->folder[i], file);
        if (!path) return smap__fail_memory(err);
        bool added = smap__path_is_file(path) && FcConfigAppFontAddFile(config, (const FcChar8 *)path);
        smap__free(path);
        if (added) return SMAP_OK;
    }
    return smap__fail(
        err, SMAP_E_NOT_FOUND, file,
        "the font file %s is in none of the folders that fonts.json names; install the package %s, or add "
        "its folder there",
        file, list->package);
}

static smap_status make_map(const smap__font_list *list, PangoFontMap **out, smap_error *err) {
    smap_status status = SMAP_OK;
    FcConfig *config = FcConfigCreate();
    PangoFontMap *map = config ? pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT) : NULL;
    if (!map) {
        status = smap__fail_memory(err);
        goto done;
    }
    for (int i = 0; i < list->files; i++) SMAP_TRY(add_font(config, list, list->file[i], err), done);
    pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(map), config);
    *out = map;
    map = NULL;
done:
    if (map) g_object_unref(map);
    if (config) FcConfigDestroy(config);
    return status;
}

/* What pango has to say of a font goes nowhere: a font that fails is found where text is set, and told there. */
static void drop_message(const gchar *domain, GLogLevelFlags level, const gchar *message, gpointer user) {
    (void)domain, (void)level, (void)message, (void)user;
}

static void quiet_pango(void) {
    g_log_set_handler("Pango", G_LOG_LEVEL_WARNING | G_LOG_LEVEL_CRITICAL, drop_message, NULL);
}

smap_status smap__fonts_get(smap_ctx *ctx, const smap__font_list *list, PangoFontMap **out, smap_error *err) {
    pthread_mutex_lock(&ctx->lock);
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, quiet_pango);
    PangoFontMap *map = ctx->slot[SMAP__SLOT_FONTS].state;
    pthread_mutex_unlock(&ctx->lock);
    if (!map) {
        smap_status status = make_map(list, &map, err);
        if (status != SMAP_OK) return status;
        pthread_mutex_lock(&ctx->lock);
        ctx->slot[SMAP__SLOT_FONTS].state = map;
        ctx->slot[SMAP__SLOT_FONTS].release = release_map;
        pthread_mutex_unlock(&ctx->lock);
    }
    *out = map;
    return SMAP_OK;
}
