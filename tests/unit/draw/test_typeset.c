/* Text: the fonts we named and no others, Arabic shaped as HarfBuzz shapes it, data never read as markup. */
#include "base/path.h"
#include "draw/fonts.h"
#include "draw/no_glyph.h"
#include "draw/typeset.h"
#include "draw_help.h"

typedef struct setting {
    scene scene;
    smap__sheet *sheet;
    smap__typeset typeset;
} setting;

static void open_setting(setting *t) {
    open_scene(&t->scene, 1, SCENE);
    t->sheet = compose_scene(&t->scene);
    smap_error err = SMAP_ERROR_INIT;
    if (smap__typeset_init(&t->typeset, t->scene.ctx, t->sheet, &err) != SMAP_OK) fail_msg("%s", err.message);
}

static void close_setting(setting *t) {
    smap__typeset_release(&t->typeset);
    smap__sheet_free(t->sheet);
    close_scene(&t->scene);
}

static PangoLayout *set_text(setting *t, const char *text, int direction) {
    PangoLayout *layout = NULL;
    smap_error err = SMAP_ERROR_INIT;
    smap__text_spec spec = { .text = text, .size_pt = 10, .direction = direction };
    if (smap__typeset_layout(&t->typeset, &spec, &layout, &err) != SMAP_OK) fail_msg("%s", err.message);
    return layout;
}

/* In the place of each stands the replacement, which the fonts have; the layout tells what it was. */
static void a_missing_character_is_replaced(void **state) {
    (void)state;
    static const struct {
        const char *text, *set;
        uint32_t first;
    } cases[] = { { "Derna 漢 درنة", "Derna ▯ درنة", 0x6F22 },
                  { "🏥", "▯", 0x1F3E5 },
                  { "A\n🏥漢B", "A\n▯▯B", 0x1F3E5 },
                  { "Derna درنة", "Derna درنة", 0 },
                  { "\uE000 private \U0010FFFE", "▯ private ▯", 0xE000 } };
    setting t;
    open_setting(&t);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        PangoLayout *layout = set_text(&t, cases[i].text, SMAP__DIRECTION_AUTO);
        assert_string_equal(pango_layout_get_text(layout), cases[i].set);
        assert_string_equal(smap__no_glyph_text(layout), cases[i].text);
        assert_int_equal(smap__no_glyph_first(layout), cases[i].first);
        assert_int_equal(pango_layout_get_unknown_glyphs_count(layout), 0);
        g_object_unref(layout);
    }
    close_setting(&t);
}

/* An ellipsis may hide the character: what is behind it is set well all the same. */
static void a_missing_character_in_a_narrow_box(void **state) {
    (void)state;
    setting t;
    open_setting(&t);
    smap_error err = SMAP_ERROR_INIT;
    for (double width = 5; width < 60; width += 1) {
        PangoLayout *layout = NULL;
        smap__text_spec spec = {
            .text = "Collective centre 漢字 🏥 of the coast", .size_pt = 10, .width_mm = width, .height_mm = 5
        };
        if (smap__typeset_layout(&t.typeset, &spec, &layout, &err) != SMAP_OK) fail_msg("%s", err.message);
        assert_int_equal(pango_layout_get_unknown_glyphs_count(layout), 0);
        g_object_unref(layout);
    }
    close_setting(&t);
}

static void a_replacement_that_no_font_has_is_named(void **state) {
    (void)state;
    setting t;
    open_setting(&t);
    smap_error err = SMAP_ERROR_INIT;
    PangoLayout *layout = NULL;
    smap__text_spec spec = { .text = "Derna 漢", .size_pt = 10 };
    t.typeset.replacement = "漢";
    assert_int_equal(smap__typeset_layout(&t.typeset, &spec, &layout, &err), SMAP_E_NOT_FOUND);
    assert_non_null(strstr(err.message, "fonts.json"));
    assert_non_null(strstr(err.message, "U+6F22"));
    assert_null(layout);
    spec.text = "caf\xE9";
    assert_int_equal(smap__typeset_layout(&t.typeset, &spec, &layout, &err), SMAP_E_FORMAT);
    close_setting(&t);
}

static void a_missing_font_file_is_named(void **state) {
    (void)state;
    static const char *const folder[] = { "/nonexistent" }, *const file[] = { "NotoSans-Regular.ttf" };
    smap__font_list list = { "fonts-noto-core", "?", folder, 1, file, 1 };
    smap_ctx *ctx = new_ctx(1);
    PangoFontMap *map = NULL;
    smap_error err = SMAP_ERROR_INIT;
    assert_int_equal(smap__fonts_get(ctx, &list, &map, &err), SMAP_E_NOT_FOUND);
    assert_non_null(strstr(err.message, "NotoSans-Regular.ttf"));
    assert_non_null(strstr(err.message, "fonts-noto-core"));
    smap_ctx_free(ctx);
}

/* Two sheets of one context with other fonts: each is set in its own, and a list asked for again gives the same map. */
static void each_list_has_its_own_fonts(void **state) {
    (void)state;
    setting t;
    open_setting(&t);
    smap__font_list latin = t.sheet->fonts;
    static const char *const file[] = { "NotoSans-Regular.ttf" };
    latin.replacement = "?";
    latin.file = file;
    latin.files = 1;
    PangoFontMap *all = pango_context_get_font_map(t.typeset.context[0]), *some = NULL, *again = NULL;
    assert_int_equal(smap__fonts_get(t.scene.ctx, &latin, &some, NULL), SMAP_OK);
    assert_ptr_not_equal(some, all);
    assert_int_equal(smap__fonts_get(t.scene.ctx, &latin, &again, NULL), SMAP_OK);
    assert_ptr_equal(again, some);
    assert_int_equal(smap__fonts_get(t.scene.ctx, &t.sheet->fonts, &again, NULL), SMAP_OK);
    assert_ptr_equal(again, all);
    smap__sheet sheet = *t.sheet;
    smap__typeset other;
    smap_error err = SMAP_ERROR_INIT;
    PangoLayout *layout = NULL;
    smap__text_spec spec = { .text = "درنة", .size_pt = 10, .direction = SMAP__DIRECTION_RTL };
    sheet.fonts = latin;
    assert_int_equal(smap__typeset_init(&other, t.scene.ctx, &sheet, NULL), SMAP_OK);
    if (smap__typeset_layout(&other, &spec, &layout, &err) != SMAP_OK) fail_msg("%s", err.message);
    assert_string_equal(pango_layout_get_text(layout), "????");
    assert_int_equal(smap__no_glyph_first(layout), 0x62F);
    g_object_unref(layout);
    smap__typeset_release(&other);
    g_object_unref(set_text(&t, spec.text, spec.direction));
    close_setting(&t);
}

/* Every font that any of the texts was set in is one of the named families. */
static void only_named_fonts_are_used(void **state) {
    (void)state;
    setting t;
    open_setting(&t);
    PangoFontMap *map = pango_context_get_font_map(t.typeset.context[0]);
    PangoFontFamily **family;
    int families;
    pango_font_map_list_families(map, &family, &families);
    for (int i = 0; i < families; i++) {
        const char *name = pango_font_family_get_name(family[i]);
        bool generic = strcmp(name, "Sans") == 0 || strcmp(name, "Serif") == 0 || strcmp(name, "Monospace") == 0 ||
                       strcmp(name, "System-ui") == 0;
        assert_true(generic || strcmp(name, "Noto Sans") == 0 || strcmp(name, "Noto Sans Arabic") == 0 ||
                    strcmp(name, "Noto Sans Math") == 0);
    }
    g_free(family);
    close_setting(&t);
}

static void data_is_never_markup(void **state) {
    (void)state;
    static const char text[] = "<b>5 &amp; 6</b>";
    setting t;
    open_setting(&t);
    PangoLayout *layout = set_text(&t, text, SMAP__DIRECTION_LTR);
    assert_string_equal(pango_layout_get_text(layout), text);
    assert_int_equal(pango_layout_get_character_count(layout), (int)strlen(text));
    g_object_unref(layout);
    close_setting(&t);
}

static int glyphs_of(PangoLayout *layout, unsigned *glyph, int room) {
    int n = 0;
    PangoLayoutIter *at = pango_layout_get_iter(layout);
    do {
        PangoLayoutRun *run = pango_layout_iter_get_run_readonly(at);
        for (int i = 0; run && i < run->glyphs->num_glyphs && n < room; i++) glyph[n++] = run->glyphs->glyphs[i].glyph;
    } while (pango_layout_iter_next_run(at));
    pango_layout_iter_free(at);
    return n;
}

static char *font_file(const setting *t, const char *name) {
    for (int i = 0; i < t->sheet->fonts.folders; i++) {
        char *path = smap__path_join(t->sheet->fonts.folder[i], name);
        if (smap__path_is_file(path)) return path;
        free(path);
    }
    return NULL;
}

/* The glyphs that HarfBuzz's own program gives for one line, in visual order. */
static int glyphs_by_hb_shape(const char *font, const char *text, unsigned *glyph, int room) {
    char command[1024];
    snprintf(command, sizeof command,
             "printf '%%s' '%s' | hb-shape --direction=rtl --script=arab --language=ar --no-glyph-names --no-positions "
             "--no-clusters '%s'",
             text, font);
    FILE *pipe = popen(command, "r");
    assert_non_null(pipe);
    int n = 0;
    char c;
    assert_int_equal(fscanf(pipe, " %c", &c), 1);
    assert_int_equal(c, '[');
    while (n < room && fscanf(pipe, "%u%c", &glyph[n], &c) == 2) {
        n++;
        if (c == ']') break;
    }
    assert_int_equal(pclose(pipe), 0);
    return n;
}

static void arabic_is_shaped_as_harfbuzz_does(void **state) {
    (void)state;
    static const char *const texts[] = {
        "درنة",         "مستشفى الهريش",        "مدرسة اسماء الثانوية للبنات", "لا إله", "المنطقة المتضررة",
        "عاصفة دانيال", "للاستخدام الداخلي فقط"
    };
    enum { ROOM = 256 };
    unsigned ours[ROOM], theirs[ROOM];
    if (system("command -v hb-shape > /dev/null 2>&1") != 0) {
        print_message("hb-shape is not installed: not compared\n");
        skip();
    }
    setting t;
    open_setting(&t);
    char *font = font_file(&t, "NotoSansArabic-Regular.ttf");
    assert_non_null(font);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        PangoLayout *layout = set_text(&t, texts[i], SMAP__DIRECTION_RTL);
        int n = glyphs_of(layout, ours, ROOM);
        assert_int_equal(n, glyphs_by_hb_shape(font, texts[i], theirs, ROOM));
        assert_memory_equal(ours, theirs, (size_t)n * sizeof *ours);
        g_object_unref(layout);
    }
    free(font);
    close_setting(&t);
}

/* Letters join: set alone and set together they are other glyphs. */
static void arabic_letters_join(void **state) {
    (void)state;
    setting t;
    open_setting(&t);
    unsigned word[16], alone[4];
    PangoLayout *layout = set_text(&t, "سسس", SMAP__DIRECTION_RTL);
    assert_int_equal(glyphs_of(layout, word, 16), 3);
    g_object_unref(layout);
    layout = set_text(&t, "س", SMAP__DIRECTION_RTL);
    assert_int_equal(glyphs_of(layout, alone, 4), 1);
    g_object_unref(layout);
    for (int i = 0; i < 3; i++) assert_int_not_equal(word[i], alone[0]);
    assert_true(word[0] != word[1] && word[1] != word[2] && word[0] != word[2]);
    close_setting(&t);
}

/* Figures and Latin names inside right-to-left text keep their order: their x positions ascend. */
static void figures_keep_their_order_in_arabic(void **state) {
    (void)state;
    setting t;
    open_setting(&t);
    PangoLayout *layout = set_text(&t, "الإسقاط: \u2068WGS 84\u2069؛ \u206622°36′\u2069 شرقًا", SMAP__DIRECTION_RTL);
    const char *text = pango_layout_get_text(layout);
    static const char *const ascending[] = { "WGS 84", "22°36′" };
    for (int k = 0; k < 2; k++) {
        const char *at = strstr(text, ascending[k]);
        assert_non_null(at);
        int last = -1;
        for (const char *c = at; c < at + strlen(ascending[k]); c = g_utf8_next_char(c)) {
            PangoRectangle place;
            pango_layout_index_to_pos(layout, (int)(c - text), &place);
            assert_true(place.x > last);
            last = place.x;
        }
    }
    PangoRectangle first, end;
    pango_layout_index_to_pos(layout, 0, &first);
    pango_layout_index_to_pos(layout, (int)(strstr(text, "22") - text), &end);
    assert_true(first.x > end.x);
    g_object_unref(layout);
    close_setting(&t);
}

static void blocks_shrink_and_are_cut(void **state) {
    (void)state;
    setting t;
    open_setting(&t);
    smap__text_style style = { .name = "s", .size_pt = 12, .min_pt = 6, .colour = { 0, 0, 0, 1 } };
    smap__paragraph p[] = { { "A sentence that needs a few lines at twelve points in so narrow a box", false, &style },
                            { "جملة تحتاج إلى عدة أسطر في هذا المربع الضيق", true, &style } };
    smap__block block;
    bool cut;
    for (double h = 60; h >= 4; h -= 7) {
        assert_int_equal(smap__block_fit(&t.typeset, p, 2, 30, h, 0.5, SMAP__ALIGN_START, false, &block, &cut, NULL),
                         SMAP_OK);
        assert_true(cut || block.height_mm <= h);
        assert_true(block.width_mm <= 30.01);
        assert_true(h < 50 || !cut);
        smap__block_release(&block);
    }
    assert_true(cut);
    close_setting(&t);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_missing_character_is_replaced),
        cmocka_unit_test(a_missing_character_in_a_narrow_box),
        cmocka_unit_test(a_replacement_that_no_font_has_is_named),
        cmocka_unit_test(a_missing_font_file_is_named),
        cmocka_unit_test(each_list_has_its_own_fonts),
        cmocka_unit_test(only_named_fonts_are_used),
        cmocka_unit_test(data_is_never_markup),
        cmocka_unit_test(arabic_letters_join),
        cmocka_unit_test(arabic_is_shaped_as_harfbuzz_does),
        cmocka_unit_test(figures_keep_their_order_in_arabic),
        cmocka_unit_test(blocks_shrink_and_are_cut),
    };
    return cmocka_run_group_tests_name("typeset", tests, NULL, NULL);
}
