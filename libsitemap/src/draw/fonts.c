#include "draw/fonts.h"

#include <cairo-ft.h>
#include <fontconfig/fontconfig.h>
#include <pango/pangofc-fontmap.h>
#include <string.h>

#include "base/alloc.h"
#include "base/ctx.h"
#include "base/fail.h"
#include "base/path.h"
#include "base/str.h"
#include "draw/font_file.h"

/* What a context keeps: a font map for each list of fonts that it was asked for, which is one or a few. */
typedef struct font_set {
    char *key; /* the list as a text */
    PangoFontMap *map;
    cairo_font_face_t **face; /* keep the files open that pango's own faces share with them */
    int faces;
    struct font_set *next;
} font_set;

static void release_sets(void *state) {
    for (font_set *set = state, *next; set; set = next) {
        next = set->next;
        if (set->map) g_object_unref(set->map);
        for (int i = 0; i < set->faces; i++) cairo_font_face_destroy(set->face[i]);
        smap__free(set->face);
        smap__free(set->key);
        smap__free(set);
    }
}

/* NULL when memory runs out. */
static char *key_of(const smap__font_list *list) {
    smap__str key = SMAP__STR_INIT;
    for (int i = 0; i < list->folders; i++) smap__str_printf(&key, "%s\n", list->folder[i]);
    for (int i = 0; i < list->files; i++) smap__str_printf(&key, "\n%s", list->file[i]);
    return smap__str_take(&key);
}

/* Of the first folder that has the file. */
static smap_status add_font(FcConfig *config, const smap__font_list *list, const char *file, smap_error *err) {
    smap_status status = SMAP_E_NOT_FOUND;
    for (int i = 0; i < list->folders && status == SMAP_E_NOT_FOUND; i++) {
        char *path = smap__path_join(list->folder[i], file);
        if (!path) return smap__fail_memory(err);
        if (smap__path_is_file(path)) status = smap__font_file_check(path, err);
        if (status == SMAP_OK && !FcConfigAppFontAddFile(config, (const FcChar8 *)path))
            status = smap__fail(err, SMAP_E_FORMAT, path,
                                "the font file %s cannot be used; name another one in fonts.json", path);
        smap__free(path);
    }
    if (status != SMAP_E_NOT_FOUND) return status;
    return smap__fail(
        err, SMAP_E_NOT_FOUND, file,
        "the font file %s is in none of the folders that fonts.json names; install the package %s, or add "
        "its folder there",
        file, list->package);
}

static bool cairo_reads(cairo_font_face_t *face) {
    cairo_matrix_t unit;
    cairo_matrix_init_identity(&unit);
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_scaled_font_t *scaled = cairo_scaled_font_create(face, &unit, &unit, options);
    bool reads = cairo_scaled_font_status(scaled) == CAIRO_STATUS_SUCCESS;
    cairo_scaled_font_destroy(scaled);
    cairo_font_options_destroy(options);
    return reads;
}

static bool harfbuzz_reads(PangoFontMap *map, PangoContext *context, FcPattern *pattern) {
    PangoFontDescription *description = pango_fc_font_description_from_pattern(pattern, FALSE);
    PangoFont *font = pango_font_map_load_font(map, context, description);
    bool reads = font && hb_face_get_glyph_count(hb_font_get_face(pango_font_get_hb_font(font))) > 0;
    if (font) g_object_unref(font);
    pango_font_description_free(description);
    return reads;
}

/* Cairo and HarfBuzz open a file when a text is first set in it; of one that cannot be read (an I/O error, a file taken
 * away) pango would complain on the terminal, draw nothing in its place and go on. So each is opened here, by cairo
 * first, and stays open. */
static smap_status open_fonts(font_set *set, FcConfig *config, smap_error *err) {
    const FcFontSet *fonts = FcConfigGetFonts(config, FcSetApplication);
    int count = fonts ? fonts->nfont : 0;
    set->face = smap__zalloc((size_t)count, sizeof(cairo_font_face_t *));
    if (!set->face) return smap__fail_memory(err);
    PangoContext *context = pango_font_map_create_context(set->map);
    smap_status status = SMAP_OK;
    for (int i = 0; i < count && status == SMAP_OK; i++) {
        FcChar8 *file = NULL;
        set->face[set->faces++] = cairo_ft_font_face_create_for_pattern(fonts->fonts[i]);
        if (cairo_reads(set->face[i]) && harfbuzz_reads(set->map, context, fonts->fonts[i])) continue;
        if (FcPatternGetString(fonts->fonts[i], FC_FILE, 0, &file) != FcResultMatch) file = NULL;
        status = smap__fail(err, SMAP_E_IO, (const char *)file,
                            "the font file %s could not be read; check the fonts named in fonts.json",
                            file ? (const char *)file : "");
    }
    g_object_unref(context);
    return status;
}

static smap_status fill_set(const smap__font_list *list, font_set *set, smap_error *err) {
    smap_status status = SMAP_OK;
    FcConfig *config = FcConfigCreate();
    set->map = config ? pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT) : NULL;
    if (!set->map) {
        status = smap__fail_memory(err);
        goto done;
    }
    for (int i = 0; i < list->files; i++) SMAP_TRY(add_font(config, list, list->file[i], err), done);
    pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(set->map), config);
    SMAP_TRY(open_fonts(set, config, err), done);
done:
    if (config) FcConfigDestroy(config);
    return status;
}

static const font_set *find_set(const font_set *set, const char *key) {
    while (set && strcmp(set->key, key) != 0) set = set->next;
    return set;
}

/* Takes `key`. */
static smap_status make_set(const smap__font_list *list, char *key, font_set *next, font_set **out, smap_error *err) {
    font_set *set = smap__zalloc(1, sizeof *set);
    if (!set) {
        smap__free(key);
        return smap__fail_memory(err);
    }
    set->key = key;
    smap_status status = fill_set(list, set, err);
    if (status != SMAP_OK) {
        release_sets(set);
        return status;
    }
    set->next = next;
    *out = set;
    return SMAP_OK;
}

smap_status smap__fonts_get(smap_ctx *ctx, const smap__font_list *list, PangoFontMap **out, smap_error *err) {
    char *key = key_of(list);
    if (!key) return smap__fail_memory(err);
    pthread_mutex_lock(&ctx->lock);
    font_set *first = ctx->slot[SMAP__SLOT_FONTS].state;
    const font_set *found = find_set(first, key);
    smap_status status = SMAP_OK;
    if (found) {
        smap__free(key);
    } else {
        status = make_set(list, key, first, &first, err);
        if (status == SMAP_OK) {
            ctx->slot[SMAP__SLOT_FONTS].state = first;
            ctx->slot[SMAP__SLOT_FONTS].release = release_sets;
            found = first;
        }
    }
    pthread_mutex_unlock(&ctx->lock);
    if (status == SMAP_OK) *out = found->map;
    return status;
}
