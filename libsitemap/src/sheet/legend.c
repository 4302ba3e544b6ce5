#include "sheet/legend.h"

#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "sheet/map_view.h"

static bool serves(const smap__rule *rule, int form) {
    for (int i = 0; i < rule->symbolizers; i++)
        if (smap__symbolizer_serves(rule, &rule->symbolizer[i], form)) return true;
    return false;
}

/* Does the rule fill areas? If not, an area whose outline lies outside the frame is not to be seen. */
static bool fills(const smap__rule *rule) {
    for (int i = 0; i < rule->symbolizers; i++)
        if (rule->symbolizer[i].kind == SMAP__SYM_POLYGON && rule->symbolizer[i].fill.on) return true;
    return false;
}

/* How many features in the frame the rule draws (of a base layer: so that one sees them), by form; *form is that of
 * most of them. */
static int64_t count_in_frame(const smap__drawn *drawn, int rule, bool seen_only, int64_t n[SMAP__FORM_AREA + 1],
                              int *form) {
    bool edges = seen_only && !fills(&drawn->style->rule[rule]);
    for (int64_t f = 0; f < drawn->features; f++) {
        int own = smap__form_of_path(drawn->path_kind[drawn->path_begin[f]]);
        if (edges && !drawn->edge[f]) continue;
        if (((drawn->on[f] >> rule) & 1) && serves(&drawn->style->rule[rule], own)) n[own]++;
    }
    *form = SMAP__FORM_POINT;
    for (int i = SMAP__FORM_LINE; i <= SMAP__FORM_AREA; i++)
        if (n[i] > n[*form]) *form = i;
    return n[0] + n[1] + n[2];
}

static const char *first_text(const char *a, const char *b, const char *c, const char *d) {
    const char *texts[] = { a, b, c, d };
    for (int i = 0; i < 4; i++)
        if (texts[i] && texts[i][0]) return texts[i];
    return "";
}

/* The layer's title, else its style's, else its name; in each language the other one where there is none. */
static void layer_title(const smap__sheet_layer *l, const char *title[SMAP__LANGS]) {
    const char *en = first_text(l->title_en, l->style->title_en, NULL, NULL);
    const char *ar = first_text(l->title_ar, l->style->title_ar, NULL, NULL);
    title[SMAP__EN] = first_text(en, ar, l->layer->name, NULL);
    title[SMAP__AR] = first_text(ar, en, l->layer->name, NULL);
}

static bool put_remark(smap__sheet *sheet, smap__sheet_spec *spec, const smap__sheet_layer *layer,
                       smap__legend_group *group) {
    for (int l = 0; l < SMAP__LANGS; l++) {
        if (!sheet->lang[l] || !(layer->excerpt || layer->synthetic)) continue;
        const char *excerpt = layer->excerpt ? smap__sheet_spec_word(spec, "excerpt", l) : NULL;
        const char *word = layer->some_real ? "synthetic_part" : "synthetic_layer";
        const char *synthetic = layer->synthetic ? smap__sheet_spec_word(spec, word, l) : NULL;
        const char *only = excerpt ? excerpt : synthetic;
        group->remark[l] =
            excerpt && synthetic ? smap__arena_printf(&sheet->arena, "%s - %s", synthetic, excerpt) : only;
        if (!group->remark[l]) return false;
    }
    return true;
}

static bool rule_is_text(const smap__rule *rule) {
    for (int i = 0; i < rule->symbolizers; i++)
        if (rule->symbolizer[i].kind != SMAP__SYM_TEXT) return false;
    return true;
}

/* A lone rule of a style of several: its title after the layer's. */
static bool join_title(smap__sheet *sheet, const char *const title[SMAP__LANGS], smap__legend_entry *entry) {
    entry->title_en = smap__arena_printf(&sheet->arena, "%s: %s", title[SMAP__EN], entry->title_en);
    entry->title_ar = smap__arena_printf(&sheet->arena, "%s: %s", title[SMAP__AR], entry->title_ar);
    return entry->title_en && entry->title_ar;
}

/* What a group is filled from. */
typedef struct filling {
    smap__sheet *sheet;
    smap__sheet_spec *spec;
    smap__legend_entry *entry; /* [sheet->entries] is the next */
    smap__legend_group *group;
    int *form; /* of the group's entries */
} filling;

/* The entry of a rule, if it draws something in the frame. */
static void put_entry(filling *f, int index, int rule, const char *const title[SMAP__LANGS], int64_t total) {
    const smap__rule *r = &f->sheet->layer[index].style->rule[rule];
    int64_t n[SMAP__FORM_AREA + 1] = { 0 };
    int64_t count = count_in_frame(&f->sheet->map.drawn[index], rule, f->sheet->layer[index].is_base, n,
                                   &f->form[f->group->entries]);
    if (count == 0) return;
    bool own = first_text(r->title_en, r->title_ar, NULL, NULL)[0] != '\0';
    f->entry[f->sheet->entries++] =
        (smap__legend_entry){ index,
                              rule,
                              own ? first_text(r->title_en, r->title_ar, NULL, NULL) : title[SMAP__EN],
                              own ? first_text(r->title_ar, r->title_en, NULL, NULL) : title[SMAP__AR],
                              count,
                              total,
                              { n[SMAP__FORM_POINT], n[SMAP__FORM_LINE], n[SMAP__FORM_AREA] } };
    f->group->entries++;
}

static smap_status start_group(filling *f, const smap__sheet_layer *layer, int rules, smap_error *err) {
    *f->group = (smap__legend_group){ .first = f->sheet->entries,
                                      .counted = !layer->is_base && !layer->uncounted,
                                      .excerpt = layer->excerpt,
                                      .least = layer->least,
                                      .mark = layer->mark };
    f->form = smap__arena_alloc(&f->sheet->arena, ((size_t)rules + 1) * sizeof *f->form);
    f->group->form = f->form;
    return f->form ? SMAP_OK : smap__fail_memory(err);
}

static smap_status put_group(filling *f, int index, smap_error *err) {
    const smap__sheet_layer *layer = &f->sheet->layer[index];
    const smap__style *style = layer->style;
    const char *title[SMAP__LANGS];
    int64_t total[SMAP__RULES_MAX + 1] = { 0 };
    layer_title(layer, title);
    smap_status status = start_group(f, layer, style->rules, err);
    if (status == SMAP_OK) status = smap__view_totals(&f->sheet->map, layer, total, err);
    if (status != SMAP_OK) return status;
    int drawing = 0;
    for (int r = 0; r < style->rules; r++) {
        drawing += !rule_is_text(&style->rule[r]);
        put_entry(f, index, r, title, total[r]);
    }
    f->group->heading = f->group->entries > 1;
    if (drawing > 1 && f->group->entries == 1 && !join_title(f->sheet, title, &f->entry[f->group->first]))
        return smap__fail_memory(err);
    for (int l = 0; l < SMAP__LANGS; l++) f->group->title[l] = f->sheet->lang[l] ? title[l] : NULL;
    return put_remark(f->sheet, f->spec, layer, f->group) ? SMAP_OK : smap__fail_memory(err);
}

/* ---- layers that share their rules ------------------------------------------------------------------------------- */

static bool shares(const smap__sheet_layer *a, const smap__sheet_layer *b) {
    return a->share_en && b->share_en && strcmp(a->share_en, b->share_en) == 0 && b->in_legend;
}

static int rule_named(const smap__style *style, const char *name) {
    for (int r = 0; r < style->rules; r++)
        if (strcmp(style->rule[r].name, name) == 0) return r;
    return -1;
}

/* A rule has its line where the first layer has it that has it at all. */
static bool is_new_rule(const filling *f, int at, const char *name) {
    for (int k = 0; k < at; k++)
        if (rule_named(f->sheet->layer[f->group->shared_layer[k]].style, name) >= 0) return false;
    return true;
}

static smap_status put_shared_entries(filling *f, smap_error *err) {
    const int *member = f->group->shared_layer;
    int n = f->group->shared;
    int64_t(*total)[SMAP__RULES_MAX + 1] = smap__zalloc((size_t)n, sizeof *total);
    if (!total) return smap__fail_memory(err);
    smap_status status = SMAP_OK;
    for (int k = 0; k < n && status == SMAP_OK; k++)
        status = smap__view_totals(&f->sheet->map, &f->sheet->layer[member[k]], total[k], err);
    for (int k = 0; k < n && status == SMAP_OK; k++) {
        const smap__style *style = f->sheet->layer[member[k]].style;
        for (int r = 0; r < style->rules; r++) {
            if (!is_new_rule(f, k, style->rule[r].name)) continue;
            for (int other = k; other < n; other++) {
                const char *title[SMAP__LANGS];
                int same = rule_named(f->sheet->layer[member[other]].style, style->rule[r].name);
                layer_title(&f->sheet->layer[member[other]], title);
                if (same >= 0) put_entry(f, member[other], same, title, total[other][same]);
            }
        }
    }
    smap__free(total);
    return status;
}

/* The lines of a shared group are sums of each other: where a small count is in any, none tells its count. */
static bool has_few(const filling *f) {
    for (int i = f->group->first; i < f->group->first + f->group->entries; i++)
        if (f->entry[i].count > 0 && f->entry[i].count < f->group->least) return true;
    return false;
}

/* The layer at `index` and those below it that share with it. */
static smap_status put_shared(filling *f, int index, smap_error *err) {
    smap__sheet *sheet = f->sheet;
    smap__sheet_layer all = sheet->layer[index]; /* what holds for any of them, for the remark */
    int *member = smap__arena_alloc(&sheet->arena, (size_t)sheet->layers * sizeof *member), rules = 0, n = 0;
    if (!member) return smap__fail_memory(err);
    for (int i = index; i >= 0; i--) {
        if (!shares(&sheet->layer[index], &sheet->layer[i])) continue;
        member[n++] = i;
        rules += sheet->layer[i].style->rules;
        all.excerpt |= sheet->layer[i].excerpt;
        all.synthetic |= sheet->layer[i].synthetic;
        if (sheet->layer[i].least > all.least) all.least = sheet->layer[i].least, all.mark = sheet->layer[i].mark;
        all.some_real |= sheet->layer[i].some_real || !sheet->layer[i].synthetic;
    }
    smap_status status = start_group(f, &all, rules, err);
    f->group->shared = n;
    f->group->shared_layer = member;
    f->group->heading = true;
    if (status == SMAP_OK) status = put_shared_entries(f, err);
    if (status == SMAP_OK && has_few(f)) f->group->counted = false;
    const char *title[SMAP__LANGS] = { all.share_en, first_text(all.share_ar, all.share_en, NULL, NULL) };
    for (int l = 0; l < SMAP__LANGS; l++) f->group->title[l] = sheet->lang[l] ? title[l] : NULL;
    if (status != SMAP_OK) return status;
    return put_remark(sheet, f->spec, &all, f->group) ? SMAP_OK : smap__fail_memory(err);
}

static bool is_shared_above(const smap__sheet *sheet, int index) {
    for (int i = index + 1; i < sheet->layers; i++)
        if (shares(&sheet->layer[index], &sheet->layer[i])) return true;
    return false;
}

smap_status smap__legend_build(smap__sheet *sheet, smap__sheet_spec *spec, smap_error *err) {
    size_t rules = 0;
    for (int i = 0; i < sheet->layers; i++) rules += (size_t)sheet->layer[i].style->rules;
    smap__legend_entry *entry = smap__arena_alloc(&sheet->arena, (rules + 1) * sizeof *entry);
    smap__legend_group *group = smap__arena_alloc(&sheet->arena, ((size_t)sheet->layers + 1) * sizeof *group);
    smap_status status = entry && group ? SMAP_OK : smap__fail_memory(err);
    for (int i = 2 * sheet->layers - 1; status == SMAP_OK && i >= 0; i--) {
        bool base = i < sheet->layers; /* what the map is about comes first */
        int index = base ? i : i - sheet->layers;
        filling f = { sheet, spec, entry, &group[sheet->groups], NULL };
        const smap__sheet_layer *layer = &sheet->layer[index];
        if (!layer->in_legend || layer->is_base != base || is_shared_above(sheet, index)) continue;
        status = layer->share_en ? put_shared(&f, index, err) : put_group(&f, index, err);
        if (status == SMAP_OK && f.group->entries) sheet->groups++;
    }
    if (status != SMAP_OK) return status;
    sheet->entry = entry;
    sheet->group = group;
    return SMAP_OK;
}
