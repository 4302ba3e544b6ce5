#include "sheet/legend.h"

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

/* How many features in the frame the rule draws (of a base layer: so that one sees them); *form is that of most of
 * them. */
static int64_t count_in_frame(const smap__drawn *drawn, int rule, bool seen_only, int *form) {
    bool edges = seen_only && !fills(&drawn->style->rule[rule]);
    int64_t n[SMAP__FORM_AREA + 1] = { 0 };
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

static smap_status put_group(smap__sheet *sheet, smap__sheet_spec *spec, int index, smap__legend_entry *entry,
                             smap__legend_group *group, int64_t *total, smap_error *err) {
    const smap__sheet_layer *layer = &sheet->layer[index];
    const smap__style *style = layer->style;
    const char *title[SMAP__LANGS];
    layer_title(layer, title);
    *group = (smap__legend_group){ .first = sheet->entries, .counted = !layer->is_base, .excerpt = layer->excerpt };
    smap_status status = smap__view_totals(&sheet->map, layer, total, err);
    if (status != SMAP_OK) return status;
    int drawing = 0;
    int *form = smap__arena_alloc(&sheet->arena, ((size_t)style->rules + 1) * sizeof *form);
    if (!form) return smap__fail_memory(err);
    group->form = form;
    for (int r = 0; r < style->rules; r++) {
        const smap__rule *rule = &style->rule[r];
        int64_t count = count_in_frame(&sheet->map.drawn[index], r, layer->is_base, &form[group->entries]);
        drawing += !rule_is_text(rule);
        if (count == 0) continue;
        bool own = first_text(rule->title_en, rule->title_ar, NULL, NULL)[0] != '\0';
        entry[sheet->entries++] =
            (smap__legend_entry){ index,
                                  r,
                                  own ? first_text(rule->title_en, rule->title_ar, NULL, NULL) : title[SMAP__EN],
                                  own ? first_text(rule->title_ar, rule->title_en, NULL, NULL) : title[SMAP__AR],
                                  count,
                                  total[r] };
        group->entries++;
    }
    group->heading = group->entries > 1;
    if (drawing > 1 && group->entries == 1 && !join_title(sheet, title, &entry[group->first]))
        return smap__fail_memory(err);
    for (int l = 0; l < SMAP__LANGS; l++) group->title[l] = sheet->lang[l] ? title[l] : NULL;
    return put_remark(sheet, spec, layer, group) ? SMAP_OK : smap__fail_memory(err);
}

smap_status smap__legend_build(smap__sheet *sheet, smap__sheet_spec *spec, smap_error *err) {
    size_t rules = 0;
    for (int i = 0; i < sheet->layers; i++) rules += (size_t)sheet->layer[i].style->rules;
    smap__legend_entry *entry = smap__arena_alloc(&sheet->arena, (rules + 1) * sizeof *entry);
    smap__legend_group *group = smap__arena_alloc(&sheet->arena, ((size_t)sheet->layers + 1) * sizeof *group);
    int64_t *total = smap__zalloc(65, sizeof *total);
    smap_status status = entry && group && total ? SMAP_OK : smap__fail_memory(err);
    for (int i = 2 * sheet->layers - 1; status == SMAP_OK && i >= 0; i--) {
        bool base = i < sheet->layers; /* what the map is about comes first */
        int index = base ? i : i - sheet->layers;
        if (!sheet->layer[index].in_legend || sheet->layer[index].is_base != base) continue;
        status = put_group(sheet, spec, index, entry, &group[sheet->groups], total, err);
        if (status == SMAP_OK && group[sheet->groups].entries) sheet->groups++;
    }
    smap__free(total);
    if (status != SMAP_OK) return status;
    sheet->entry = entry;
    sheet->group = group;
    return SMAP_OK;
}
