/* Every sheet that we ship, set in Arabic: its words in the glyphs that HarfBuzz gives, and each text, symbol and box
 * on the side where its mirror image is on the English page. */
#include <unistd.h>

#include "../sheet/full_page.h"
#include "base/path.h"
#include "draw/page_plan.h"
#include "draw_help.h"

static const char *const turns[] = { "landscape", "portrait" };

static void plan_page(full_page *page, smap__page_plan *plan, const char *sheet, const char *turn, const char *lang) {
    smap_error err = SMAP_ERROR_INIT;
    *page = (full_page){ 0 };
    open_page(page, sheet, turn, lang);
    if (smap__page_plan_make(plan, page->s.ctx, page->sheet, &err) != SMAP_OK) fail_msg("%s", err.message);
}

/* ---- mirrored ---------------------------------------------------------------------------------------------------- */

static smap__rect_mm ink_of(const smap__page_plan *plan, const smap__page_plan_text *t) {
    PangoRectangle r;
    double unit = PANGO_SCALE * plan->typeset.px_per_mm;
    pango_layout_get_extents(t->layout, NULL, &r);
    return (smap__rect_mm){ t->x + r.x / unit, t->y + r.y / unit, r.width / unit, r.height / unit };
}

/* Where the first text of an element begins: its distance from the side of the page at which reading starts. */
static double start_of(const smap__page_plan *plan, int i) {
    double start = HUGE_VAL, w = plan->sheet->page_w_mm;
    for (size_t k = 0; k < plan->element[i].count; k++) {
        smap__rect_mm r = ink_of(plan, &plan->element[i].item[k]);
        start = fmin(start, plan->sheet->mirrored ? w - r.x - r.w : r.x);
    }
    return start;
}

static double swatch_start(const smap__page_plan *plan) {
    smap__rect_mm r = plan->legend.swatch[0].at;
    return plan->sheet->mirrored ? plan->sheet->page_w_mm - r.x - r.w : r.x;
}

static void check_sides(const smap__page_plan *en, const smap__page_plan *ar, const char *name) {
    static const double side_bearing_mm = 0.6;
    for (int i = 0; i < en->sheet->elements; i++) {
        const smap__element *e = &en->sheet->element[i];
        bool is_set = e->kind == SMAP__ELEMENT_BOX || e->kind == SMAP__ELEMENT_TABLE;
        bool of_data = !is_set || e->corner > 0;
        if (of_data || !en->element[i].count) continue; /* ticks, or where the map is least hidden */
        if (en->element[i].count != ar->element[i].count && e->kind == SMAP__ELEMENT_TABLE)
            fail_msg("%s: a table of %zu texts and %zu", name, en->element[i].count, ar->element[i].count);
        double off = fabs(start_of(en, i) - start_of(ar, i));
        if (off > side_bearing_mm) fail_msg("%s: the texts of element %d begin %.2f mm off", name, i, off);
    }
    assert_true(en->legend.swatches > 0 && en->legend.swatches == ar->legend.swatches);
    assert_true(fabs(swatch_start(en) - swatch_start(ar)) < 0.01);
}

static void texts_begin_at_their_side(void **state) {
    (void)state;
    for (int i = 0; i < SHIPPED * 2; i++) {
        full_page en, ar;
        smap__page_plan english, arabic;
        plan_page(&en, &english, shipped[i / 2], turns[i % 2], "en");
        plan_page(&ar, &arabic, shipped[i / 2], turns[i % 2], "ar");
        check_sides(&english, &arabic, shipped[i / 2]);
        smap__page_plan_release(&english);
        smap__page_plan_release(&arabic);
        close_page(&en);
        close_page(&ar);
    }
}

/* ---- glyphs ------------------------------------------------------------------------------------------------------ */

enum { WORDS = 4096, GLYPHS = 48 };

typedef struct word {
    char *text;
    bool bold;
    unsigned glyph[GLYPHS];
    int glyphs;
} word;

typedef struct words {
    word *item;
    int count;
} words;

static bool is_arabic(const char *at) {
    gunichar c = g_utf8_get_char(at);
    return (c >= 0x0620 && c <= 0x065F) || (c >= 0x0670 && c <= 0x06D3);
}

/* Keep the word of a run that stands at [from, to) of its layout's text, once. */
static void keep_word(words *w, const PangoLayoutRun *run, const char *text, int from, int to) {
    word one = { .text = g_strndup(text + from, (gsize)(to - from)) };
    PangoFontDescription *font = pango_font_describe(run->item->analysis.font);
    one.bold = pango_font_description_get_weight(font) >= PANGO_WEIGHT_BOLD;
    pango_font_description_free(font);
    for (int i = 0; i < run->glyphs->num_glyphs; i++) {
        int at = run->item->offset + run->glyphs->log_clusters[i];
        if (at < from || at >= to) continue;
        assert_true(one.glyphs < GLYPHS);
        one.glyph[one.glyphs++] = run->glyphs->glyphs[i].glyph;
    }
    for (int i = 0; i < w->count; i++)
        if (w->item[i].bold == one.bold && strcmp(w->item[i].text, one.text) == 0) {
            g_free(one.text);
            return;
        }
    assert_true(w->count < WORDS);
    w->item[w->count++] = one;
}

static void keep_words(words *w, PangoLayout *layout) {
    const char *text = pango_layout_get_text(layout);
    PangoLayoutIter *at = pango_layout_get_iter(layout);
    do {
        const PangoLayoutRun *run = pango_layout_iter_get_run_readonly(at);
        if (!run || !(run->item->analysis.level & 1)) continue;
        int end = run->item->offset + run->item->length;
        for (int from = run->item->offset; from < end;) {
            int to = from;
            while (to < end && is_arabic(text + to)) to = (int)(g_utf8_next_char(text + to) - text);
            if (to > from) keep_word(w, run, text, from, to);
            from = to > from ? to : (int)(g_utf8_next_char(text + from) - text);
        }
    } while (pango_layout_iter_next_run(at));
    pango_layout_iter_free(at);
}

static void keep_all(words *w, const smap__page_plan_texts *texts) {
    for (size_t k = 0; k < texts->count; k++) keep_words(w, texts->item[k].layout);
}

static char *font_file(const smap__sheet *sheet, const char *name) {
    for (int i = 0; i < sheet->fonts.folders; i++) {
        char *path = smap__path_join(sheet->fonts.folder[i], name);
        if (smap__path_is_file(path)) return path;
        free(path);
    }
    return NULL;
}

/* All words of a weight at once: a line of glyphs each, in visual order. */
static int compare_with_hb_shape(const words *w, bool bold, const char *font) {
    char name[] = "/tmp/full_pages_XXXXXX", command[1024], line[1024];
    int file = mkstemp(name), compared = 0;
    assert_true(file >= 0);
    FILE *list = fdopen(file, "w");
    for (int i = 0; i < w->count; i++)
        if (w->item[i].bold == bold) fprintf(list, "%s\n", w->item[i].text);
    fclose(list);
    snprintf(command, sizeof command,
             "hb-shape --direction=rtl --script=arab --language=ar --no-glyph-names --no-positions --no-clusters "
             "--font-file='%s' --text-file=%s",
             font, name);
    FILE *pipe = popen(command, "r");
    assert_non_null(pipe);
    for (int i = 0; i < w->count; i++) {
        if (w->item[i].bold != bold) continue;
        assert_non_null(fgets(line, sizeof line, pipe));
        char *at = strchr(line, '[');
        assert_non_null(at);
        for (int k = 0; k < w->item[i].glyphs; k++) {
            unsigned theirs = (unsigned)strtoul(at + 1, &at, 10);
            if (theirs != w->item[i].glyph[k]) fail_msg("\"%s\" has another glyph %d", w->item[i].text, k);
        }
        if (*at != ']') fail_msg("\"%s\" has fewer glyphs than HarfBuzz gives it", w->item[i].text);
        compared++;
    }
    pclose(pipe);
    unlink(name);
    return compared;
}

static void words_have_the_glyphs_of_harfbuzz(void **state) {
    (void)state;
    words w = { calloc(WORDS, sizeof(word)), 0 };
    char *regular = NULL, *bold = NULL;
    if (system("command -v hb-shape > /dev/null 2>&1") != 0) {
        print_message("hb-shape is not installed: not compared\n");
        free(w.item);
        skip();
    }
    for (int i = 0; i < SHIPPED; i++) {
        full_page page;
        smap__page_plan plan;
        plan_page(&page, &plan, shipped[i], NULL, "ar");
        for (int e = 0; e < plan.sheet->elements; e++) keep_all(&w, &plan.element[e]);
        keep_all(&w, &plan.legend.text);
        if (!regular) regular = font_file(plan.sheet, "NotoSansArabic-Regular.ttf");
        if (!bold) bold = font_file(plan.sheet, "NotoSansArabic-Bold.ttf");
        smap__page_plan_release(&plan);
        close_page(&page);
    }
    assert_non_null(regular);
    assert_non_null(bold);
    assert_true(compare_with_hb_shape(&w, false, regular) > 150);
    assert_true(compare_with_hb_shape(&w, true, bold) > 50);
    for (int i = 0; i < w.count; i++) g_free(w.item[i].text);
    free(w.item);
    free(regular);
    free(bold);
}

int main(void) {
    const struct CMUnitTest tests[] = { cmocka_unit_test(texts_begin_at_their_side),
                                        cmocka_unit_test(words_have_the_glyphs_of_harfbuzz) };
    return cmocka_run_group_tests_name("full_pages", tests, NULL, NULL);
}
