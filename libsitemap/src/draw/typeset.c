#include "draw/typeset.h"

#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/str.h"
#include "draw/fonts.h"
#include "draw/no_glyph.h"

static const double MM_PER_INCH = 25.4;
static const double SHRINK_STEP = 0.05; /* of the text size, between two tries */

/* Shaping looks at the language, so it is always stated. */
static PangoContext *new_context(PangoFontMap *map, double dpi, bool rtl) {
    PangoContext *context = pango_font_map_create_context(map);
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(context, options);
    cairo_font_options_destroy(options);
    pango_cairo_context_set_resolution(context, dpi);
    pango_context_set_round_glyph_positions(context, FALSE);
    pango_context_set_base_dir(context, rtl ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR);
    pango_context_set_language(context, pango_language_from_string(rtl ? "ar" : "en"));
    return context;
}

smap_status smap__typeset_init(smap__typeset *t, smap_ctx *ctx, const smap__sheet *sheet, smap_error *err) {
    PangoFontMap *map;
    smap_status status = smap__fonts_get(ctx, &sheet->fonts, &map, err);
    if (status != SMAP_OK) return status;
    double dpi = sheet->px_per_mm * MM_PER_INCH; /* points count as lengths of the layout do */
    *t = (smap__typeset){ { new_context(map, dpi, false), new_context(map, dpi, true) },
                          sheet->families,
                          sheet->fonts.replacement,
                          sheet->look.leading,
                          sheet->look.arabic_scale,
                          sheet->px_per_mm };
    return SMAP_OK;
}

void smap__typeset_release(smap__typeset *t) {
    for (int i = 0; i < 2; i++) {
        if (t->context[i]) g_object_unref(t->context[i]);
        t->context[i] = NULL;
    }
}

/* Noto's line heights differ by script (Arabic is half as high again): lines are set at a height of our own. */
static PangoAttrList *line_height(const smap__typeset *t, double size_pt, bool rtl, bool even) {
    static const double POINTS_PER_INCH = 72;
    double px = size_pt / POINTS_PER_INCH * MM_PER_INCH * t->px_per_mm *
                (even && !rtl ? t->leading[SMAP__AR] * t->arabic_scale : t->leading[rtl]);
    PangoAttrList *list = pango_attr_list_new();
    pango_attr_list_insert(list, pango_attr_line_height_new_absolute((int)lround(px * PANGO_SCALE)));
    return list;
}

/* NULL when memory runs out. */
static PangoFontDescription *describe(const smap__typeset *t, const smap__text_spec *spec, double size_pt) {
    PangoFontDescription *font = pango_font_description_new();
    smap__str families = SMAP__STR_INIT;
    if (spec->family && spec->family[0]) smap__str_printf(&families, "%s,", spec->family);
    smap__str_put(&families, t->families);
    if (families.failed) {
        pango_font_description_free(font);
        font = NULL;
    } else {
        pango_font_description_set_family(font, families.data);
    }
    smap__str_release(&families);
    if (!font) return NULL;
    pango_font_description_set_size(font, (int)lround(size_pt * PANGO_SCALE));
    pango_font_description_set_weight(font, spec->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_font_description_set_style(font, spec->italic ? PANGO_STYLE_ITALIC : PANGO_STYLE_NORMAL);
    return font;
}

bool smap__typeset_is_rtl(const char *text) {
    size_t len = strlen(text), at = 0;
    while (at < len) {
        uint32_t c = smap__utf8_next(text, len, &at);
        if (g_unichar_isalpha(c)) return smap__utf8_is_rtl(c);
    }
    return false;
}

static int units(const smap__typeset *t, double mm) {
    return (int)lround(mm * t->px_per_mm * PANGO_SCALE);
}

static void set_paragraph(const smap__typeset *t, const smap__text_spec *spec, bool rtl, PangoLayout *layout) {
    bool right = spec->align != SMAP__ALIGN_CENTRE && (spec->align == SMAP__ALIGN_END) != rtl;
    pango_layout_set_auto_dir(layout, spec->direction == SMAP__DIRECTION_AUTO);
    pango_layout_set_alignment(layout, spec->align == SMAP__ALIGN_CENTRE ? PANGO_ALIGN_CENTER
                                       : right                           ? PANGO_ALIGN_RIGHT
                                                                         : PANGO_ALIGN_LEFT);
    if (spec->width_mm > 0) {
        pango_layout_set_width(layout, units(t, spec->width_mm));
        pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    }
    if (spec->height_mm > 0) {
        pango_layout_set_height(layout, units(t, spec->height_mm));
        pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
    }
}

enum {
    LONGEST_TEXT = 2000, /* characters; more never fits a box, and setting it takes long */
    LARGEST_PT = 1000
};

/* Characters that stand for nothing on paper: control characters, which no font has, and overrides of the direction,
 * with which a name could pass for another. (Isolates stay: sheets set figures in Arabic lines with them.) */
static bool is_invisible(uint32_t c) {
    return (c < 0x20 && c != '\n') || (c >= 0x7F && c < 0xA0) || (c >= 0x202A && c <= 0x202E) || c == 0x2028 ||
           c == 0x2029 || c == 0xFEFF;
}

/* The text as it can be set; SMAP_E_NOMEM is the only failure. */
static smap_status put_printable(const char *text, smap__str *out, smap_error *err) {
    size_t len = strlen(text), at = 0, from = 0;
    for (int n = 0; at < len; n++, from = at) {
        if (n == LONGEST_TEXT) {
            smap__str_put(out, "\xE2\x80\xA6");
            break;
        }
        uint32_t c = smap__utf8_next(text, len, &at);
        if (!is_invisible(c))
            smap__str_put_n(out, text + from, at - from);
        else if (c < 0x20)
            smap__str_put_char(out, ' ');
    }
    smap__str_put_n(out, "", 0);
    return out->failed ? smap__fail_memory(err) : SMAP_OK;
}

smap_status smap__typeset_layout(const smap__typeset *t, const smap__text_spec *spec, PangoLayout **out,
                                 smap_error *err) {
    if (!smap__utf8_valid(spec->text, strlen(spec->text)))
        return smap__fail(err, SMAP_E_FORMAT, NULL,
                          "a text of the map is not valid UTF-8; import it with its encoding");
    smap__str text = SMAP__STR_INIT;
    smap_status status = put_printable(spec->text, &text, err);
    if (status != SMAP_OK) {
        smap__str_release(&text);
        return status;
    }
    bool rtl = spec->direction == SMAP__DIRECTION_RTL ||
               (spec->direction == SMAP__DIRECTION_AUTO && smap__typeset_is_rtl(spec->text));
    double size = spec->size_pt * (rtl ? t->arabic_scale : 1);
    if (!(size >= 0 && size <= LARGEST_PT)) {
        smap__str_release(&text);
        return smap__fail(err, SMAP_E_FORMAT, NULL,
                          "a text of the map is to be %g points high, of at most %d; correct the sizes in the sheet's "
                          "file or in the style",
                          size, LARGEST_PT);
    }
    PangoFontDescription *font = describe(t, spec, size);
    if (!font) {
        smap__str_release(&text);
        return smap__fail_memory(err);
    }
    PangoAttrList *attributes = line_height(t, size, rtl, spec->even);
    PangoLayout *layout = pango_layout_new(t->context[rtl]);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
    pango_layout_set_attributes(layout, attributes);
    pango_attr_list_unref(attributes);
    pango_layout_set_text(layout, text.len ? text.data : "", -1);
    set_paragraph(t, spec, rtl, layout);
    smap__str_release(&text);
    status = smap__no_glyph_replace(layout, t->replacement, err);
    if (status == SMAP_OK)
        *out = layout;
    else
        g_object_unref(layout);
    return status;
}

void smap__typeset_size(const smap__typeset *t, PangoLayout *layout, double *w_mm, double *h_mm) {
    PangoRectangle logical;
    pango_layout_get_extents(layout, NULL, &logical);
    *w_mm = (double)logical.width / PANGO_SCALE / t->px_per_mm;
    *h_mm = (double)logical.height / PANGO_SCALE / t->px_per_mm;
}

void smap__typeset_tighten(PangoLayout *layout) {
    PangoRectangle logical;
    pango_layout_get_extents(layout, NULL, &logical);
    pango_layout_set_width(layout, logical.width);
}

/* The size at which a paragraph stays on one line, not under its least. */
static smap_status size_of(const smap__typeset *t, const smap__paragraph *p, double width_mm, double shrink,
                           double *out, smap_error *err) {
    const smap__text_style *s = p->style;
    PangoLayout *layout;
    double w, h;
    *out = fmax(s->size_pt * shrink, s->min_pt);
    if (!s->one_line) return SMAP_OK;
    smap__text_spec spec = { .text = p->text,
                             .size_pt = *out,
                             .bold = s->bold,
                             .italic = s->italic,
                             .direction = p->rtl ? SMAP__DIRECTION_RTL : SMAP__DIRECTION_LTR };
    smap_status status = smap__typeset_layout(t, &spec, &layout, err);
    if (status != SMAP_OK) return status;
    smap__typeset_size(t, layout, &w, &h);
    g_object_unref(layout);
    if (w > width_mm) *out = fmax(*out * (width_mm / w) * (1 - SHRINK_STEP / 5), s->min_pt);
    return SMAP_OK;
}

static smap_status set_block(const smap__typeset *t, const smap__paragraph *paragraph, int count, double width_mm,
                             double gap_mm, int align, bool even, double shrink, double height_mm, smap__block *out,
                             smap_error *err) {
    smap__block block = { .paragraph = paragraph, .gap_mm = gap_mm };
    smap_status status = SMAP_OK;
    block.layout = smap__zalloc((size_t)count + 1, sizeof *block.layout);
    if (!block.layout) return smap__fail_memory(err);
    for (int i = 0; status == SMAP_OK && i < count; i++) {
        const smap__text_style *s = paragraph[i].style;
        double w, h, size, room = height_mm > 0 ? fmax(height_mm - block.height_mm, 0.01) : 0;
        status = size_of(t, &paragraph[i], width_mm, shrink, &size, err);
        if (status != SMAP_OK) break;
        smap__text_spec spec = { .text = paragraph[i].text,
                                 .size_pt = size,
                                 .bold = s->bold,
                                 .italic = s->italic,
                                 .direction = paragraph[i].rtl ? SMAP__DIRECTION_RTL : SMAP__DIRECTION_LTR,
                                 .width_mm = width_mm,
                                 .height_mm = room,
                                 .align = align,
                                 .even = even };
        status = smap__typeset_layout(t, &spec, &block.layout[i], err);
        if (status != SMAP_OK) break;
        block.count++;
        smap__typeset_size(t, block.layout[i], &w, &h);
        block.width_mm = fmax(block.width_mm, w);
        block.height_mm += h + (i ? gap_mm : 0);
    }
    if (status == SMAP_OK)
        *out = block;
    else
        smap__block_release(&block);
    return status;
}

smap_status smap__block_set(const smap__typeset *t, const smap__paragraph *paragraph, int count, double width_mm,
                            double gap_mm, int align, bool even, double shrink, smap__block *out, smap_error *err) {
    return set_block(t, paragraph, count, width_mm, gap_mm, align, even, shrink, 0, out, err);
}

static bool can_shrink(const smap__paragraph *paragraph, int count, double shrink) {
    for (int i = 0; i < count; i++)
        if (paragraph[i].style->size_pt * shrink > paragraph[i].style->min_pt) return true;
    return false;
}

smap_status smap__block_fit(const smap__typeset *t, const smap__paragraph *paragraph, int count, double width_mm,
                            double height_mm, double gap_mm, int align, bool even, smap__block *out, bool *cut,
                            smap_error *err) {
    *cut = false;
    for (double shrink = 1;; shrink -= SHRINK_STEP) {
        smap__block block;
        smap_status status = set_block(t, paragraph, count, width_mm, gap_mm, align, even, shrink, 0, &block, err);
        if (status != SMAP_OK) return status;
        if (block.height_mm <= height_mm) {
            *out = block;
            return SMAP_OK;
        }
        smap__block_release(&block);
        if (can_shrink(paragraph, count, shrink)) continue;
        *cut = true;
        return set_block(t, paragraph, count, width_mm, gap_mm, align, even, shrink, height_mm, out, err);
    }
}

void smap__block_release(smap__block *block) {
    for (int i = 0; i < block->count; i++) g_object_unref(block->layout[i]);
    smap__free(block->layout);
    *block = (smap__block){ 0 };
}
