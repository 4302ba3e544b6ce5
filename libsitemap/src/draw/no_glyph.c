#include "draw/no_glyph.h"

#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/str.h"

static const char text_key[] = "sitemap-text", first_key[] = "sitemap-no-glyph";

/* Characters of one text: a few. */
typedef struct missing {
    uint32_t *code;
    size_t count, capacity;
} missing;

static bool is_missing(const missing *m, uint32_t code) {
    for (size_t i = 0; i < m->count; i++)
        if (m->code[i] == code) return true;
    return false;
}

/* Pango puts a flag on a character itself where no font has a glyph for it. False when memory runs out. */
static bool add_run(const PangoGlyphString *glyphs, missing *out) {
    for (int i = 0; i < glyphs->num_glyphs; i++) {
        PangoGlyph glyph = glyphs->glyphs[i].glyph;
        if (glyph == PANGO_GLYPH_EMPTY || !(glyph & PANGO_GLYPH_UNKNOWN_FLAG)) continue;
        uint32_t code = glyph & ~PANGO_GLYPH_UNKNOWN_FLAG;
        if (is_missing(out, code)) continue;
        if (!smap__grow(&out->code, &out->capacity, out->count + 1, sizeof *out->code)) return false;
        out->code[out->count++] = code;
    }
    return true;
}

/* Of the whole text, what an ellipsis would hide included. */
static bool find_missing(PangoLayout *layout, missing *out) {
    PangoLayout *plain = pango_layout_copy(layout);
    pango_layout_set_ellipsize(plain, PANGO_ELLIPSIZE_NONE);
    pango_layout_set_width(plain, -1);
    PangoLayoutIter *at = pango_layout_get_iter(plain);
    bool found = true;
    do {
        const PangoLayoutRun *run = pango_layout_iter_get_run_readonly(at);
        if (run) found = add_run(run->glyphs, out);
    } while (found && pango_layout_iter_next_run(at));
    pango_layout_iter_free(at);
    g_object_unref(plain);
    return found;
}

/* The text with the missing characters replaced; `m` NULL: with all but ASCII. */
static void put_replaced(const char *text, const missing *m, const char *replacement, smap__str *out, uint32_t *first) {
    size_t len = strlen(text), at = 0, from = 0;
    for (; at < len; from = at) {
        uint32_t code = smap__utf8_next(text, len, &at);
        if (m ? is_missing(m, code) : code >= 0x80) {
            if (!*first) *first = code;
            smap__str_put(out, replacement);
        } else {
            smap__str_put_n(out, text + from, at - from);
        }
    }
    smap__str_put_n(out, "", 0);
}

static smap_status set_replaced(PangoLayout *layout, const char *original, const missing *m, const char *replacement,
                                smap_error *err) {
    smap__str text = SMAP__STR_INIT;
    uint32_t first = 0;
    put_replaced(original, m, replacement, &text, &first);
    if (text.failed) {
        smap__str_release(&text);
        return smap__fail_memory(err);
    }
    pango_layout_set_text(layout, text.data, -1);
    g_object_set_data(G_OBJECT(layout), first_key, GUINT_TO_POINTER(first));
    smap__str_release(&text);
    return SMAP_OK;
}

static smap_status fail_replacement(const char *replacement, smap_error *err) {
    size_t at = 0;
    uint32_t code = smap__utf8_next(replacement, strlen(replacement), &at);
    return smap__fail(err, SMAP_E_NOT_FOUND, "fonts.json",
                      "none of the fonts of fonts.json has U+%04X, its \"replacement\" for characters that they do not "
                      "have; name another one there, or add a font that has it",
                      (unsigned)code);
}

smap_status smap__no_glyph_replace(PangoLayout *layout, const char *replacement, smap_error *err) {
    missing m = { 0 };
    smap_status status = SMAP_OK;
    if (pango_layout_get_unknown_glyphs_count(layout) == 0) return SMAP_OK;
    char *original = smap__strdup(pango_layout_get_text(layout));
    if (!original) return smap__fail_memory(err);
    g_object_set_data_full(G_OBJECT(layout), text_key, original, smap__free);
    status = find_missing(layout, &m) ? SMAP_OK : smap__fail_memory(err);
    if (status == SMAP_OK) status = set_replaced(layout, original, &m, replacement, err);
    /* other neighbours may be shaped by another font, which lacks more */
    if (status == SMAP_OK && pango_layout_get_unknown_glyphs_count(layout) > 0)
        status = set_replaced(layout, original, NULL, replacement, err);
    if (status == SMAP_OK && pango_layout_get_unknown_glyphs_count(layout) > 0)
        status = fail_replacement(replacement, err);
    smap__free(m.code);
    return status;
}

uint32_t smap__no_glyph_first(PangoLayout *layout) {
    return GPOINTER_TO_UINT(g_object_get_data(G_OBJECT(layout), first_key));
}

const char *smap__no_glyph_text(PangoLayout *layout) {
    const char *original = g_object_get_data(G_OBJECT(layout), text_key);
    return original ? original : pango_layout_get_text(layout);
}
