/* Every sheet that we ship has what a map must say (tests/table/sheet_elements.case), and its Arabic page is the mirror
 * image of the English one. */
#include "../case_file.h"
#include "full_page.h"

static const char *const turns[] = { "landscape", "portrait" };

/* ---- is it on the page? ------------------------------------------------------------------------------------------ */

static bool paragraphs_say(const smap__paragraph *paragraph, int count, const char *text) {
    for (int i = 0; i < count; i++)
        if (paragraph[i].text && strstr(paragraph[i].text, text)) return true;
    return false;
}

static bool says(const full_page *p, const char *text) {
    const smap__sheet *s = p->sheet;
    for (int i = 0; i < s->elements; i++)
        if (paragraphs_say(s->element[i].paragraph, s->element[i].paragraphs, text)) return true;
    return paragraphs_say(s->note, s->notes, text);
}

/* A word of the sheet as it stands, up to its first {key}. */
static bool says_word(const full_page *p, const char *word) {
    const smap__json *w = smap__json_get(smap__json_root(p->file.words), word);
    char text[512];
    snprintf(text, sizeof text, "%s",
             smap__json_text(smap__json_get(w, p->sheet->lang[SMAP__EN] ? "en" : "ar"), "(no such word)"));
    text[strcspn(text, "{")] = '\0';
    return says(p, text);
}

static int elements_of(const full_page *p, smap__element_kind kind) {
    int n = 0;
    for (int i = 0; i < p->sheet->elements; i++) n += p->sheet->element[i].kind == kind;
    return n;
}

static bool has_summary(const full_page *p) {
    for (int i = 0; i < p->s.options.tables; i++)
        if (strcmp(p->table[i].layer, "site_summary") == 0) return elements_of(p, SMAP__ELEMENT_TABLE) > 0;
    return false;
}

/* In degrees or in metres: both have a word of their own behind the figure. */
static bool has_ticks(const full_page *p, bool degrees) {
    for (int i = 0; i < p->sheet->ticks; i++)
        if (!strstr(p->sheet->tick[i].text, "°") != degrees) return true;
    return false;
}

static bool tells_position(const full_page *p) {
    const smap__json *fact = smap__json_get(smap__json_get(smap__json_root(p->file.doc), "element"), "site_fact");
    const smap__json *fields = smap__json_get(fact, "fields");
    for (size_t i = 0; i < smap__json_size(fields); i++)
        if (smap__json_get(smap__json_item(fields, i), "position")) return true;
    return false;
}

static bool notes_have(const full_page *p, const char *word) {
    const smap__json *notes = smap__json_get(smap__json_root(p->file.doc), "notes");
    for (size_t i = 0; i < smap__json_size(notes); i++)
        if (strcmp(smap__json_text(smap__json_get(smap__json_item(notes, i), "word"), ""), word) == 0) return true;
    return false;
}

static bool is_there(const full_page *p, const char *element) {
    static const struct {
        const char *element, *text;
    } keys[] = { { "country", "[country" },
                 { "thematic_title", "[title" },
                 { "date_updated", "[date_updated" },
                 { "audience", "[audience" },
                 { "production_date", "[produced" },
                 { "version", "[version" },
                 { "logo_space", "[producer" },
                 { "map_number", "[map_number" },
                 { "glide", "[glide" },
                 { "sources", "[sources" },
                 { "contact", "[contact" },
                 { "data_link", "[link" },
                 { "not_looked_at", "[coverage" },
                 { "crs", "EPSG:" } };
    const smap__sheet *s = p->sheet;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (strcmp(keys[i].element, element) == 0) return says(p, keys[i].text);
#define IS(name) (strcmp(element, name) == 0)
    if (IS("place")) return says(p, "[area") || says(p, "[site");
    if (IS("country_inset")) return s->inset[SMAP__INSET_COUNTRY].view.drawns > 0;
    if (IS("area_inset")) return s->inset[SMAP__INSET_AREA].view.drawns > 0;
    if (IS("imagery")) return notes_have(p, "base_note");
    if (IS("site_position")) return tells_position(p);
    if (IS("accuracy")) return says_word(p, "accuracy_note");
    if (IS("disclaimer")) return says_word(p, "disclaimer");
    if (IS("graticule")) return has_ticks(p, true);
    if (IS("metric_grid")) return has_ticks(p, false) && s->crosses > 0;
    if (IS("scale_bar")) return elements_of(p, SMAP__ELEMENT_SCALE_BAR) == 1 && s->bar.divisions > 0;
    if (IS("ratio_and_paper")) return s->bar.ratio && strstr(s->bar.ratio, "1:") && strstr(s->bar.ratio, s->paper);
    if (IS("north")) return elements_of(p, SMAP__ELEMENT_NORTH) == 1;
    if (IS("convergence")) return s->convergence && says(p, s->convergence);
    if (IS("legend")) return elements_of(p, SMAP__ELEMENT_LEGEND) == 1 && s->groups > 0;
    if (IS("counts")) return s->groups > 0 && s->group[0].counted;
    if (IS("summary_table")) return has_summary(p);
    if (IS("subject_tables")) return !has_summary(p) && elements_of(p, SMAP__ELEMENT_TABLE) > 0;
#undef IS
    fail_msg("\"%s\" is no element that this test knows", element);
    return false;
}

/* ---- the checklist ----------------------------------------------------------------------------------------------- */

static bool is_listed(const char *list, const char *name) {
    size_t len = strlen(name);
    if (strcmp(list, "all") == 0) return true;
    for (const char *at = list; (at = strstr(at, name)) != NULL; at += len)
        if ((at == list || at[-1] == ' ') && (at[len] == ' ' || !at[len])) return true;
    return false;
}

static void check_page(const char *sheet, const char *orientation, const char *lang) {
    full_page p = { 0 };
    case_file c;
    open_page(&p, sheet, orientation, lang);
    assert_true(case_open(&c, "sheet_elements.case"));
    while (case_next(&c)) {
        if (c.parts != 3) fail_msg("line %d: three parts", c.number);
        bool listed = is_listed(c.part[1], sheet), there = is_there(&p, c.part[0]);
        bool all = strcmp(c.part[1], "all") == 0, reason = strcmp(c.part[2], "-") != 0;
        if (all == reason) fail_msg("line %d: a reason where a sheet has it not, and only there", c.number);
        if (there == listed || (there && strncmp(c.part[2], "until", 5) == 0)) continue;
        fail_msg("line %d: %s is %son the sheet %s (%s, %s)", c.number, c.part[0], there ? "" : "not ", sheet,
                 orientation, lang);
    }
    close_page(&p);
}

static void sheets_have_their_elements(void **state) {
    (void)state;
    static const char *const langs[] = { "en", "ar" };
    for (int i = 0; i < SHIPPED * 4; i++) check_page(shipped[i / 4], turns[i / 2 % 2], langs[i % 2]);
}

/* ---- mirrored ---------------------------------------------------------------------------------------------------- */

static void check_mirrored(const smap__sheet *en, const smap__sheet *ar, const char *name) {
    if (en->elements != ar->elements) fail_msg("%s: %d elements and %d", name, en->elements, ar->elements);
    assert_true(ar->mirrored && !en->mirrored);
    for (int i = 0; i < en->elements; i++) {
        const smap__element *a = &en->element[i], *b = &ar->element[i];
        bool same = a->kind == b->kind && fabs(a->at.y - b->at.y) < 1e-9 && fabs(a->at.w - b->at.w) < 1e-9 &&
                    fabs(a->at.h - b->at.h) < 1e-9 && a->paragraphs == b->paragraphs && !a->table == !b->table;
        if (!same || fabs(en->page_w_mm - a->at.x - a->at.w - b->at.x) > 1e-9)
            fail_msg("%s: element %d is not where its mirror image is", name, i);
        for (int k = 0; k < b->paragraphs; k++) assert_true(b->paragraph[k].rtl && !a->paragraph[k].rtl);
    }
    assert_true(fabs(en->page_w_mm - en->map.at.x - en->map.at.w - ar->map.at.x) < 1e-9);
    for (int i = 0; i < SMAP__INSETS; i++) {
        smap__rect_mm a = en->inset[i].view.at, b = ar->inset[i].view.at;
        if (en->inset[i].view.drawns) assert_true(fabs(en->page_w_mm - a.x - a.w - b.x) < 1e-9);
    }
}

/* All elements of all sheets, on all papers. */
static void arabic_pages_are_mirror_images(void **state) {
    (void)state;
    for (int i = 0; i < SHIPPED * 2; i++) {
        full_page en = { 0 }, ar = { 0 };
        open_page(&en, shipped[i / 2], turns[i % 2], "en");
        open_page(&ar, shipped[i / 2], turns[i % 2], "ar");
        assert_true(en.sheet->elements >= 9);
        check_mirrored(en.sheet, ar.sheet, shipped[i / 2]);
        close_page(&en);
        close_page(&ar);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = { cmocka_unit_test(sheets_have_their_elements),
                                        cmocka_unit_test(arabic_pages_are_mirror_images) };
    return cmocka_run_group_tests_name("sheet_elements", tests, NULL, NULL);
}
