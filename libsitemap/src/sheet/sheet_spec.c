#include "sheet/sheet_spec.h"

#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/path.h"

void smap__sheet_spec_note(smap__sheet_spec *spec, const char *key, const char *wanted) {
    if (spec->missing) return;
    spec->missing = key;
    spec->wanted = wanted;
    spec->within = spec->part;
}

static bool parse_hex(const char *text, smap__colour *out) {
    unsigned value[4] = { 0, 0, 0, 255 };
    size_t len = strlen(text);
    if (text[0] != '#' || (len != 7 && len != 9)) return false;
    for (size_t i = 1; i < len; i++) {
        static const char digits[] = "0123456789abcdef";
        char c = text[i] >= 'A' && text[i] <= 'F' ? (char)(text[i] - 'A' + 'a') : text[i];
        const char *at = strchr(digits, c);
        if (!at) return false;
        unsigned *v = &value[(i - 1) / 2];
        *v = ((i & 1) ? 0 : *v * 16) + (unsigned)(at - digits);
    }
    *out = (smap__colour){ (uint8_t)value[0], (uint8_t)value[1], (uint8_t)value[2], value[3] / 255.0 };
    return true;
}

const char *smap__sheet_spec_text(smap__sheet_spec *spec, const smap__json *object, const char *key) {
    const char *text = smap__json_text(smap__json_get(object, key), NULL);
    if (!text) {
        smap__sheet_spec_note(spec, key, "a text");
        return "";
    }
    char *copy = smap__arena_strdup(spec->arena, text);
    if (!copy) spec->no_memory = true;
    return copy ? copy : "";
}

double smap__sheet_spec_number(smap__sheet_spec *spec, const smap__json *object, const char *key) {
    double value = smap__json_number(smap__json_get(object, key), -1.0);
    if (value < 0) smap__sheet_spec_note(spec, key, "a number of at least 0");
    return value < 0 ? 0 : value;
}

smap__colour smap__sheet_spec_colour(smap__sheet_spec *spec, const smap__json *object, const char *key) {
    smap__colour colour = { 0, 0, 0, 1 };
    const char *text = smap__json_text(smap__json_get(object, key), "");
    if (!parse_hex(text, &colour)) smap__sheet_spec_note(spec, key, "a colour as #rrggbb or #rrggbbaa");
    return colour;
}

smap__rect_mm smap__sheet_spec_rect(smap__sheet_spec *spec, const smap__json *object, const char *key) {
    const smap__json *array = smap__json_get(object, key);
    if (smap__json_size(array) != 4) {
        smap__sheet_spec_note(spec, key, "a place, [x, y, width, height] in mm");
        return (smap__rect_mm){ 0, 0, 0, 0 };
    }
    double v[4];
    for (size_t i = 0; i < 4; i++) v[i] = smap__json_number(smap__json_item(array, i), 0);
    return (smap__rect_mm){ v[0], v[1], v[2], v[3] };
}

const double *smap__sheet_spec_numbers(smap__sheet_spec *spec, const smap__json *object, const char *key, int *count) {
    const smap__json *array = smap__json_get(object, key);
    size_t n = smap__json_size(array);
    *count = 0;
    if (!smap__json_is_array(array) || n == 0) {
        smap__sheet_spec_note(spec, key, "a list of numbers");
        return NULL;
    }
    double *value = smap__arena_alloc(spec->arena, n * sizeof *value);
    if (!value) {
        spec->no_memory = true;
        return NULL;
    }
    for (size_t i = 0; i < n; i++) value[i] = smap__json_number(smap__json_item(array, i), 0);
    *count = (int)n;
    return value;
}

const smap__text_style *smap__sheet_spec_style(smap__sheet_spec *spec, const smap__json *object, const char *key) {
    const char *name = smap__json_text(smap__json_get(object, key), NULL);
    for (int i = 0; name && i < spec->styles; i++)
        if (strcmp(spec->style[i].name, name) == 0) return &spec->style[i];
    smap__sheet_spec_note(spec, key, "the name of one of the styles of \"text_style\"");
    return spec->styles ? &spec->style[0] : NULL;
}

const char *smap__sheet_spec_word(smap__sheet_spec *spec, const char *key, int lang) {
    static const char *const code[SMAP__LANGS] = { "en", "ar" };
    const smap__json *word = smap__json_get(spec->words, key);
    const char *text = smap__json_text(smap__json_get(word, code[lang]), NULL);
    if (!text) text = smap__json_text(smap__json_get(word, code[1 - lang]), NULL);
    if (!text) {
        smap__sheet_spec_note(spec, key, "a word of the sheet or of its file of words, {\"en\": ..., \"ar\": ...}");
        return NULL;
    }
    char *copy = smap__arena_strdup(spec->arena, text);
    if (!copy) spec->no_memory = true;
    return copy;
}

smap_status smap__sheet_spec_check(const smap__sheet_spec *spec, smap_error *err) {
    if (spec->no_memory) return smap__fail_memory(err);
    if (!spec->missing) return SMAP_OK;
    return smap__fail(err, SMAP_E_FORMAT, spec->path,
                      "%s: %s%s%s\"%s\" is missing, or is not what it is to be: %s (compare with %s)", spec->path,
                      spec->within ? "element \"" : "", spec->within ? spec->within : "", spec->within ? "\": " : "",
                      spec->missing, spec->wanted, spec->model);
}

static smap_status read_styles(smap__sheet_spec *spec, smap_error *err) {
    const smap__json *styles = smap__json_get(spec->root, "text_style");
    size_t at = 0, count = 0;
    const char *key;
    const smap__json *value;
    while (smap__json_member(styles, &at, &key, &value)) count++;
    spec->style = smap__arena_alloc(spec->arena, (count + 1) * sizeof *spec->style);
    if (!spec->style) return smap__fail_memory(err);
    for (at = 0; smap__json_member(styles, &at, &key, &value) && (size_t)spec->styles < count;) {
        smap__text_style *s = &spec->style[spec->styles++];
        s->name = smap__arena_strdup(spec->arena, key);
        if (!s->name) return smap__fail_memory(err);
        s->size_pt = smap__sheet_spec_number(spec, value, "size_pt");
        s->min_pt = smap__json_number(smap__json_get(value, "min_pt"), s->size_pt);
        s->bold = smap__json_bool(smap__json_get(value, "bold"), false);
        s->one_line = smap__json_bool(smap__json_get(value, "one_line"), false);
        s->italic = smap__json_bool(smap__json_get(value, "italic"), false);
        s->colour = smap__sheet_spec_colour(spec, value, "colour");
    }
    if (count == 0) smap__sheet_spec_note(spec, "text_style", "an object of text styles by name");
    return SMAP_OK;
}

smap_status smap__sheet_spec_init(smap__sheet_spec *spec, const smap__sheet_file *file, smap__arena *arena,
                                  smap_error *err) {
    *spec = (smap__sheet_spec){ .arena = arena,
                                .path = file->path,
                                .model = "sheets/common.json",
                                .root = smap__json_root(file->doc),
                                .words = smap__json_root(file->words) };
    smap_status status = read_styles(spec, err);
    return status == SMAP_OK ? smap__sheet_spec_check(spec, err) : status;
}

static void look_texts(smap__sheet_spec *s, smap__sheet_look *look, const smap__json *j) {
    look->tick = smap__sheet_spec_style(s, j, "tick_style");
    look->bar = smap__sheet_spec_style(s, j, "bar_style");
    look->ratio = smap__sheet_spec_style(s, j, "ratio_style");
    look->north = smap__sheet_spec_style(s, j, "north_style");
    look->legend_heading = smap__sheet_spec_style(s, j, "legend_heading_style");
    look->group = smap__sheet_spec_style(s, j, "group_style");
    look->remark = smap__sheet_spec_style(s, j, "remark_style");
    look->entry = smap__sheet_spec_style(s, j, "entry_style");
    look->count = smap__sheet_spec_style(s, j, "count_style");
    look->note = smap__sheet_spec_style(s, j, "note_style");
    look->label = smap__sheet_spec_style(s, j, "label_style");
}

static void look_lines(smap__sheet_spec *s, smap__sheet_look *look, const smap__json *j) {
    look->tick_mm = smap__sheet_spec_number(s, j, "tick_mm");
    look->tick_gap_mm = smap__sheet_spec_number(s, j, "tick_gap_mm");
    look->tick_stroke_mm = smap__sheet_spec_number(s, j, "tick_stroke_mm");
    look->tick_colour = smap__sheet_spec_colour(s, j, "tick_colour");
    look->cross_mm = smap__sheet_spec_number(s, j, "cross_mm");
    look->cross_colour = smap__sheet_spec_colour(s, j, "cross_colour");
    look->bar_mm = smap__sheet_spec_number(s, j, "bar_mm");
    look->bar_stroke_mm = smap__sheet_spec_number(s, j, "bar_stroke_mm");
    look->bar_dark = smap__sheet_spec_colour(s, j, "bar_dark");
    look->bar_light = smap__sheet_spec_colour(s, j, "bar_light");
    look->extent_stroke_mm = smap__sheet_spec_number(s, j, "extent_stroke_mm");
    look->extent_min_mm = smap__sheet_spec_number(s, j, "extent_min_mm");
    look->extent_colour = smap__sheet_spec_colour(s, j, "extent_colour");
    look->north_colour = smap__sheet_spec_colour(s, j, "north_colour");
    look->north_arc_min_deg = smap__sheet_spec_number(s, j, "convergence_min_deg");
}

static int look_numbers(smap__sheet_spec *s, const smap__json *j, const char *key, double *out, int room) {
    int count = 0;
    const double *value = smap__sheet_spec_numbers(s, j, key, &count);
    if (count > room) count = room;
    if (value) memcpy(out, value, (size_t)count * sizeof *out);
    return count;
}

static void look_legend(smap__sheet_spec *s, smap__sheet_look *look, const smap__json *j) {
    look->swatch_w_mm = smap__sheet_spec_number(s, j, "swatch_w_mm");
    look->swatch_h_mm = smap__sheet_spec_number(s, j, "swatch_h_mm");
    look->area_swatch = smap__sheet_spec_number(s, j, "area_swatch");
    look->shared_swatch = smap__sheet_spec_number(s, j, "shared_swatch");
    look->neutral_colour = smap__sheet_spec_colour(s, j, "neutral_colour");
    look->swatch_gap_mm = smap__sheet_spec_number(s, j, "swatch_gap_mm");
    look->row_gap_mm = smap__sheet_spec_number(s, j, "row_gap_mm");
    look->group_gap_mm = smap__sheet_spec_number(s, j, "group_gap_mm");
    look->count_w_mm = smap__sheet_spec_number(s, j, "count_w_mm");
    look->column_gap_mm = smap__sheet_spec_number(s, j, "column_gap_mm");
    look->notes_share = smap__sheet_spec_number(s, j, "notes_share");
    look->shrinks = look_numbers(s, j, "shrink", look->shrink, (int)(sizeof look->shrink / sizeof *look->shrink));
}

static void look_labels(smap__sheet_spec *spec, smap__sheet_look *look, const smap__json *j) {
    look->label_gap_mm = smap__sheet_spec_number(spec, j, "label_gap_mm");
    look->label_margin_mm = smap__sheet_spec_number(spec, j, "label_margin_mm");
    look->label_apart_mm = smap__sheet_spec_number(spec, j, "label_apart_mm");
    look->leading[SMAP__EN] = smap__sheet_spec_number(spec, j, "leading");
    look->leading[SMAP__AR] = smap__sheet_spec_number(spec, j, "leading_arabic");
    look->arabic_scale = smap__sheet_spec_number(spec, j, "arabic_scale");
    look->label_wrap_mm = smap__sheet_spec_number(spec, j, "label_wrap_mm");
    look->label_chars = (int)smap__sheet_spec_number(spec, j, "label_chars");
    look->label_cover = smap__sheet_spec_number(spec, j, "label_cover");
    look->label_cell_mm = smap__sheet_spec_number(spec, j, "label_cell_mm");
    look->label_rings = look_numbers(spec, j, "label_ring_mm", look->label_ring_mm,
                                     (int)(sizeof look->label_ring_mm / sizeof *look->label_ring_mm));
    look->label_leaders = look_numbers(spec, j, "label_leader_mm", look->label_leader_mm,
                                       (int)(sizeof look->label_leader_mm / sizeof *look->label_leader_mm));
    look->leader_stroke_mm = smap__sheet_spec_number(spec, j, "leader_stroke_mm");
    look->leader_halo_mm = smap__sheet_spec_number(spec, j, "leader_halo_mm");
}

void smap__sheet_spec_read_look(smap__sheet_spec *spec, smap__sheet_look *look, const bool *lang) {
    const smap__json *j = smap__json_get(spec->root, "look");
    *look = (smap__sheet_look){ 0 };
    look_texts(spec, look, j);
    look_lines(spec, look, j);
    look_legend(spec, look, j);
    look_labels(spec, look, j);
    for (int l = 0; l < SMAP__LANGS; l++) {
        if (!lang[l]) continue;
        look->legend_word[l] = smap__sheet_spec_word(spec, "legend", l);
        look->count_word[l] = smap__sheet_spec_word(spec, "count", l);
        look->more_word[l] = smap__sheet_spec_word(spec, "legend_more", l);
        look->unplaced_word[l] = smap__sheet_spec_word(spec, "unplaced", l);
    }
}

static const char *const *read_texts(smap__sheet_spec *spec, const char *key, const char *wanted, int *count) {
    const smap__json *array = smap__json_get(spec->root, key);
    size_t n = smap__json_is_array(array) ? smap__json_size(array) : 0;
    const char **text = smap__arena_alloc(spec->arena, (n + 1) * sizeof *text);
    *count = 0;
    if (n == 0) smap__sheet_spec_note(spec, key, wanted);
    if (!text) spec->no_memory = true;
    for (size_t i = 0; text && i < n; i++) {
        const char *item = smap__json_text(smap__json_item(array, i), "");
        if (!item[0]) smap__sheet_spec_note(spec, key, wanted);
        text[i] = smap__arena_strdup(spec->arena, item);
        if (!text[i]) spec->no_memory = true;
        (*count)++;
    }
    return text;
}

static const char *read_replacement(smap__sheet_spec *spec) {
    const char *text = smap__sheet_spec_text(spec, spec->root, "replacement");
    size_t at = 0, len = strlen(text);
    if (len) smap__utf8_next(text, len, &at);
    if (len == 0 || at < len) smap__sheet_spec_note(spec, "replacement", "one character");
    return text;
}

smap_status smap__sheet_spec_read_fonts(smap_ctx *ctx, smap__arena *arena, smap__font_list *fonts, smap_error *err) {
    smap__json_doc *doc = NULL;
    char *path = smap__path_join(smap_ctx_style_dir(ctx), "fonts.json");
    smap_status status = path ? smap__json_read(path, &doc, err) : smap__fail_memory(err);
    smap__sheet_spec spec = {
        .arena = arena, .path = path, .model = "the fonts.json that sitemap came with", .root = smap__json_root(doc)
    };
    if (status == SMAP_OK) {
        fonts->package = smap__sheet_spec_text(&spec, spec.root, "package");
        fonts->replacement = read_replacement(&spec);
        fonts->folder = read_texts(&spec, "folders", "a list of folders", &fonts->folders);
        fonts->file = read_texts(&spec, "files", "a list of the names of font files", &fonts->files);
        status = smap__sheet_spec_check(&spec, err);
    }
    smap__json_free(doc);
    smap__free(path);
    return status;
}
