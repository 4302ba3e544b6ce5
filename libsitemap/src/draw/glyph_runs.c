#include "draw/glyph_runs.h"

#include "base/alloc.h"
#include "base/fail.h"

static const char key[] = "sitemap-glyphs";

/* A renderer of pango's that writes down what it is told to draw. */
typedef struct GlyphRecorder {
    PangoRenderer parent;
    smap__glyphs *to;
    size_t capacity;
    gboolean failed;
} GlyphRecorder;

typedef struct GlyphRecorderClass {
    PangoRendererClass parent;
} GlyphRecorderClass;

GType smap__glyph_recorder_get_type(void);
G_DEFINE_TYPE(GlyphRecorder, smap__glyph_recorder, PANGO_TYPE_RENDERER)

static void record(PangoRenderer *renderer, PangoFont *font, PangoGlyphString *glyphs, int x, int y) {
    GlyphRecorder *self = (GlyphRecorder *)renderer;
    smap__glyphs *to = self->to;
    if (glyphs->num_glyphs == 0 || self->failed) return;
    cairo_glyph_t *glyph = smap__alloc((size_t)glyphs->num_glyphs * sizeof *glyph);
    if (!glyph || !smap__grow(&to->run, &self->capacity, (size_t)to->runs + 1, sizeof *to->run)) {
        smap__free(glyph);
        self->failed = TRUE;
        return;
    }
    smap__glyph_run *run = &to->run[to->runs++];
    *run = (smap__glyph_run){ cairo_scaled_font_reference(pango_cairo_font_get_scaled_font(PANGO_CAIRO_FONT(font))),
                              glyph, 0 };
    for (int i = 0; i < glyphs->num_glyphs; i++) {
        const PangoGlyphInfo *g = &glyphs->glyphs[i];
        if (g->glyph != PANGO_GLYPH_EMPTY)
            glyph[run->count++] = (cairo_glyph_t){ g->glyph, (double)(x + g->geometry.x_offset) / PANGO_SCALE,
                                                   (double)(y + g->geometry.y_offset) / PANGO_SCALE };
        x += g->geometry.width;
    }
}

static void smap__glyph_recorder_class_init(GlyphRecorderClass *class) {
    PANGO_RENDERER_CLASS(class)->draw_glyphs = record;
}

static void smap__glyph_recorder_init(GlyphRecorder *self) {
    self->to = NULL;
    self->capacity = 0;
    self->failed = FALSE;
}

static void release(gpointer data) {
    smap__glyphs *glyphs = data;
    for (int i = 0; i < glyphs->runs; i++) {
        cairo_scaled_font_destroy(glyphs->run[i].font);
        smap__free(glyphs->run[i].glyph);
    }
    smap__free(glyphs->run);
    smap__free(glyphs);
}

smap_status smap__glyphs_keep(PangoLayout *layout, smap_error *err) {
    smap__glyphs *glyphs = smap__zalloc(1, sizeof *glyphs);
    if (!glyphs) return smap__fail_memory(err);
    GlyphRecorder *recorder = g_object_new(smap__glyph_recorder_get_type(), NULL);
    PangoRectangle ink, full;
    recorder->to = glyphs;
    pango_renderer_draw_layout(PANGO_RENDERER(recorder), layout, 0, 0);
    gboolean failed = recorder->failed;
    g_object_unref(recorder);
    if (failed) {
        release(glyphs);
        return smap__fail_memory(err);
    }
    pango_layout_get_extents(layout, &ink, &full);
    glyphs->x = (double)ink.x / PANGO_SCALE;
    glyphs->y = (double)ink.y / PANGO_SCALE;
    glyphs->w = (double)ink.width / PANGO_SCALE;
    glyphs->h = (double)ink.height / PANGO_SCALE;
    glyphs->full_w = (double)full.width / PANGO_SCALE;
    glyphs->full_h = (double)full.height / PANGO_SCALE;
    g_object_set_data_full(G_OBJECT(layout), key, glyphs, release);
    return SMAP_OK;
}

const smap__glyphs *smap__glyphs_of(PangoLayout *layout) {
    return g_object_get_data(G_OBJECT(layout), key);
}

void smap__glyphs_show(cairo_t *cr, const smap__glyphs *glyphs) {
    for (int i = 0; i < glyphs->runs; i++) {
        cairo_set_scaled_font(cr, glyphs->run[i].font);
        cairo_show_glyphs(cr, glyphs->run[i].glyph, glyphs->run[i].count);
    }
}

void smap__glyphs_path(cairo_t *cr, const smap__glyphs *glyphs) {
    for (int i = 0; i < glyphs->runs; i++) {
        cairo_set_scaled_font(cr, glyphs->run[i].font);
        cairo_glyph_path(cr, glyphs->run[i].glyph, glyphs->run[i].count);
    }
}
