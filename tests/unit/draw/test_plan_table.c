/* Tables on the page: nothing leaves the element or lies on something else, however many hazards there are; what finds
 * no room is counted; an Arabic page is the mirror image. */
#include "../sheet/table_help.h"
#include "draw/page_plan.h"
#include "draw_help.h"

static const char *const all[] = {
    "flood",      "flash_flood",    "dam_break",  "storm_surge", "tsunami",  "landslide",
    "earthquake", "storm",          "wildfire",   "heat",        "drought",  "sand_storm",
    "erosion",    "sea_level_rise", "industrial", "volcanic",    "conflict", "explosive_ordnance",
    "other"
};
enum { ALL = sizeof all / sizeof *all };

typedef struct planned {
    scene s;
    smap__sheet_table tables[2];
    smap__sheet *sheet;
    smap__page_plan plan;
} planned;

static void make_plan(planned *p, const char *lang, int hazards) {
    open_scene(&p->s, 1, SCENE);
    give_tables(&p->s, p->tables, all, hazards);
    p->s.options.lang = lang;
    p->sheet = compose_scene(&p->s);
    smap_error err = SMAP_ERROR_INIT;
    if (smap__page_plan_make(&p->plan, p->s.ctx, p->sheet, &err) != SMAP_OK) fail_msg("%s", err.message);
}

static void release_plan(planned *p) {
    smap__page_plan_release(&p->plan);
    smap__sheet_free(p->sheet);
    free_tables(p->tables);
    close_scene(&p->s);
}

/* What a text covers: its layout may be wider than its letters. */
static smap__rect_mm ink_of(const smap__page_plan *plan, const smap__page_plan_text *t) {
    PangoRectangle r;
    double unit = PANGO_SCALE * plan->typeset.px_per_mm;
    pango_layout_get_extents(t->layout, NULL, &r);
    return (smap__rect_mm){ t->x + r.x / unit, t->y + r.y / unit, r.width / unit, r.height / unit };
}

static void check_table(const smap__page_plan *plan, int index) {
    const smap__page_plan_texts *texts = &plan->element[index];
    smap__rect_mm at = plan->at[index];
    for (size_t i = 0; i < texts->count; i++) {
        smap__rect_mm a = ink_of(plan, &texts->item[i]);
        if (a.x < at.x - 0.01 || a.y < at.y - 0.01 || a.x + a.w > at.x + at.w + 0.01 || a.y + a.h > at.y + at.h + 0.01)
            fail_msg("\"%s\" leaves the table", pango_layout_get_text(texts->item[i].layout));
        for (size_t k = 0; k < i; k++)
            if (overlap(a, ink_of(plan, &texts->item[k])))
                fail_msg("\"%s\" lies on \"%s\"", pango_layout_get_text(texts->item[i].layout),
                         pango_layout_get_text(texts->item[k].layout));
    }
}

static bool table_says(const smap__page_plan *plan, int index, const char *word) {
    for (size_t i = 0; i < plan->element[index].count; i++)
        if (strstr(pango_layout_get_text(plan->element[index].item[i].layout), word)) return true;
    return false;
}

static void nothing_leaves_the_table(void **state) {
    (void)state;
    static const char *const lang[] = { "en", "ar", "both" };
    for (int l = 0; l < 3; l++)
        for (int n = 1; n <= ALL; n += n < 6 ? 1 : 4) {
            planned p;
            make_plan(&p, lang[l], n);
            int cut = 0;
            for (int which = 0; which < 2; which++) {
                int index;
                const smap__table *t = table_of(p.sheet, which, &index);
                assert_int_equal(t->rows, n + 1);
                check_table(&p.plan, index);
                bool more = table_says(&p.plan, index, l == 1 ? "غيرها" : "more");
                if (n <= 3) assert_false(more);
                if (n == ALL) assert_true(more);
                cut += more;
            }
            assert_int_equal(p.plan.texts_cut, cut);
            release_plan(&p);
        }
}

/* A figure's right edge is that of its column, in any language. */
static void figures_stand_under_each_other(void **state) {
    (void)state;
    static const char *const lang[] = { "en", "ar" };
    for (int l = 0; l < 2; l++) {
        planned p;
        int index = 0;
        make_plan(&p, lang[l], 3);
        table_of(p.sheet, 0, &index);
        const smap__page_plan_texts *texts = &p.plan.element[index];
        double right[64];
        int edges = 0, figures = 0;
        for (size_t i = 0; i < texts->count; i++) {
            const char *text = pango_layout_get_text(texts->item[i].layout);
            if (strspn(text, "0123456789,") != strlen(text)) continue;
            smap__rect_mm ink = ink_of(&p.plan, &texts->item[i]);
            bool known = false;
            for (int k = 0; k < edges; k++) known |= fabs(right[k] - (ink.x + ink.w)) < 0.01;
            if (!known) right[edges++] = ink.x + ink.w;
            figures++;
        }
        assert_int_equal(figures, 2 * 3 * 3);
        assert_int_equal(edges, 3);
        release_plan(&p);
    }
}

/* Cell for cell: what is filled on one page is filled in its mirror image on the other. */
static void arabic_is_the_mirror_image(void **state) {
    (void)state;
    planned p;
    int index = 0;
    make_plan(&p, "ar", 3);
    const smap__page_plan_fills *fills;
    const smap__table *t = table_of(p.sheet, 0, &index);
    fills = &p.plan.fills[index];
    double last = p.sheet->page_w_mm;
    int strong = 0;
    for (size_t i = 0; i < fills->count; i++) {
        if (memcmp(&fills->item[i].colour, &t->strong_fill, 3) != 0) continue;
        assert_true(fills->item[i].at.x < last); /* the diagonal falls from the right to the left */
        last = fills->item[i].at.x;
        strong++;
    }
    assert_int_equal(strong, 3);
    assert_true(fabs(last - p.plan.at[index].x) < 0.01);
    release_plan(&p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_leaves_the_table),
        cmocka_unit_test(figures_stand_under_each_other),
        cmocka_unit_test(arabic_is_the_mirror_image),
    };
    return cmocka_run_group_tests_name("plan_table", tests, NULL, NULL);
}
