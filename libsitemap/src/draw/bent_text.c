#include "draw/bent_text.h"

#include "base/alloc.h"
#include "base/fail.h"
#include "geo/angle.h"

/* A piece ends where the next glyph belongs to another letter; in a run from right to left, where one of the two is a
 * space. */
static bool ends_piece(const char *text, const PangoGlyphItem *run, int glyph) {
    const int *cluster = run->glyphs->log_clusters;
    if (cluster[glyph] == cluster[glyph + 1]) return false;
    if (run->item->analysis.level % 2 == 0) return true;
    const char *here = text + run->item->offset + cluster[glyph], *next = text + run->item->offset + cluster[glyph + 1];
    return g_unichar_isspace(g_utf8_get_char(here)) || g_unichar_isspace(g_utf8_get_char(next));
}

/* What grows while the runs of a line are read from left to right. */
typedef struct reading {
    smap__text_pieces *out;
    const char *text;
    double px_per_mm, x; /* mm from the left end of the text */
    size_t glyphs;
} reading;

static bool is_space(const reading *r, const PangoGlyphItem *run, int glyph) {
    return g_unichar_isspace(g_utf8_get_char(r->text + run->item->offset + run->glyphs->log_clusters[glyph]));
}

/* The glyphs first .. end - 1 of a run; their width in mm. */
static double add_piece(reading *r, const PangoGlyphItem *run, int first, int end) {
    smap__text_piece piece = { .glyph = r->out->glyph + r->glyphs };
    double at = 0;
    for (int i = first; i < end; i++) {
        const PangoGlyphInfo *g = &run->glyphs->glyphs[i];
        if (g->glyph != PANGO_GLYPH_EMPTY) {
            r->out->glyph[r->glyphs++] = (cairo_glyph_t){ g->glyph, at + (double)g->geometry.x_offset / PANGO_SCALE,
                                                          (double)g->geometry.y_offset / PANGO_SCALE };
            piece.glyphs++;
        }
        at += (double)g->geometry.width / PANGO_SCALE;
    }
    piece.span = (smap__span){ r->x, at / r->px_per_mm };
    if (piece.glyphs == 0 || !(at > 0) || is_space(r, run, first)) return piece.span.w;
    PangoFont *font = run->item->analysis.font;
    piece.font = cairo_scaled_font_reference(pango_cairo_font_get_scaled_font(PANGO_CAIRO_FONT(font)));
    r->out->span[r->out->count] = piece.span;
    r->out->item[r->out->count++] = piece;
    return piece.span.w;
}

static void add_run(reading *r, const PangoGlyphItem *run) {
    for (int i = 0, k; i < run->glyphs->num_glyphs; i = k) {
        for (k = i + 1; k < run->glyphs->num_glyphs && !ends_piece(r->text, run, k - 1);) k++;
        r->x += add_piece(r, run, i, k);
    }
}

smap_status smap__text_pieces_find(PangoLayout *layout, double px_per_mm, smap__text_pieces *out, smap_error *err) {
    const PangoLayoutLine *line = pango_layout_get_line_readonly(layout, 0);
    PangoRectangle logical;
    size_t glyphs = 1;
    for (const GSList *at = line->runs; at; at = at->next)
        glyphs += (size_t)((const PangoGlyphItem *)at->data)->glyphs->num_glyphs;
    *out = (smap__text_pieces){ .item = smap__alloc(glyphs * sizeof *out->item),
                                .span = smap__alloc(glyphs * sizeof *out->span),
                                .glyph = smap__alloc(glyphs * sizeof *out->glyph) };
    if (!out->item || !out->span || !out->glyph) {
        smap__text_pieces_release(out);
        return smap__fail_memory(err);
    }
    reading r = { .out = out, .text = pango_layout_get_text(layout), .px_per_mm = px_per_mm };
    for (const GSList *at = line->runs; at; at = at->next) add_run(&r, at->data);
    pango_layout_get_extents(layout, NULL, &logical);
    out->h_mm = (double)logical.height / PANGO_SCALE / px_per_mm;
    out->baseline_mm = (double)(pango_layout_get_baseline(layout) - logical.y) / PANGO_SCALE / px_per_mm;
    return SMAP_OK;
}

void smap__text_pieces_release(smap__text_pieces *pieces) {
    for (int i = 0; i < pieces->count; i++) cairo_scaled_font_destroy(pieces->item[i].font);
    smap__free(pieces->item);
    smap__free(pieces->span);
    smap__free(pieces->glyph);
    *pieces = (smap__text_pieces){ 0 };
}

/* As smap__canvas_text does, in pixels, so that glyphs have the size that they were shaped for. */
static void go_to(const smap__canvas *c, const smap__text_pieces *pieces, const smap__label_box *b, int i) {
    cairo_identity_matrix(c->cr);
    cairo_translate(c->cr, b->x * c->px_per_mm, b->y * c->px_per_mm - c->band_px);
    cairo_rotate(c->cr, smap__radians(b->angle_deg));
    cairo_translate(c->cr, -pieces->item[i].span.w / 2 * c->px_per_mm,
                    (pieces->baseline_mm - pieces->h_mm / 2) * c->px_per_mm);
    cairo_set_scaled_font(c->cr, pieces->item[i].font);
}

void smap__canvas_bent_text(smap__canvas *c, const smap__text_pieces *pieces, const smap__label_box *box,
                            const smap__ink *ink) {
    cairo_save(c->cr);
    cairo_set_line_join(c->cr, CAIRO_LINE_JOIN_ROUND);
    cairo_set_line_width(c->cr, 2 * ink->halo_mm * c->px_per_mm);
    smap__canvas_colour(c, ink->halo);
    for (int i = 0; ink->halo_mm > 0 && i < pieces->count; i++) {
        go_to(c, pieces, &box[i], i);
        cairo_glyph_path(c->cr, pieces->item[i].glyph, pieces->item[i].glyphs);
        cairo_stroke(c->cr);
    }
    smap__canvas_colour(c, ink->colour);
    for (int i = 0; i < pieces->count; i++) {
        go_to(c, pieces, &box[i], i);
        cairo_show_glyphs(c->cr, pieces->item[i].glyph, pieces->item[i].glyphs);
    }
    cairo_restore(c->cr);
}
