#include "job/publish_metadata.h"

#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/path.h"
#include "col/cell.h"
#include "col/dict.h"
#include "sitemap/context.h"

void smap__publish_metadata_release(smap__publish_metadata *m) {
    smap__arena_release(&m->arena);
}

const char *smap__publish_words(smap__arena *arena, const char *lang, const char *en, const char *ar) {
    bool want_en = strcmp(lang, "ar") != 0 || !*ar, want_ar = strcmp(lang, "en") != 0 || !*en;
    if (want_en && want_ar && *en && *ar && strcmp(en, ar) != 0) return smap__arena_printf(arena, "%s | %s", en, ar);
    return smap__arena_strdup(arena, want_en && *en ? en : ar);
}

static const char *words(smap__publish_metadata *m, const char *en, const char *ar) {
    return smap__publish_words(&m->arena, m->options->common.lang ? m->options->common.lang : "both", en, ar);
}

/* ---- sources and their licences ---- */

static bool collect_sources(const smap_layer *layer, smap__dict *sources) {
    const smap_column *c = smap_table_find(layer->table, "source");
    for (int64_t row = 0; c && c->type == SMAP_TEXT && row < c->count; row++) {
        size_t len;
        const char *text = smap_column_text(c, row, &len);
        if (len && smap__dict_add(sources, text, len) < 0) return false;
    }
    return true;
}

/* The licence that data/publish.json knows of a source by a word of its name. */
static const smap__json *licence_of(const smap__publish_metadata *m, const char *source) {
    const smap__json *known = smap__json_get(m->rules, "licences");
    for (size_t i = 0; i < smap__json_size(known); i++) {
        const smap__json *entry = smap__json_item(known, i);
        if (strstr(source, smap__json_text(smap__json_get(entry, "source"), "\n"))) return entry;
    }
    return smap__json_get(m->rules, "licence_unknown");
}

static smap_status put_licences(smap__publish_metadata *m, const smap__dict *sources, smap__metadata *out,
                                smap_error *err) {
    int count = (int)smap__dict_count(sources);
    smap__licence *licence = smap__arena_alloc(&m->arena, ((size_t)count + 1) * sizeof *licence);
    if (!licence) return smap__fail_memory(err);
    for (int i = 0; i < count; i++) {
        const char *source = smap__arena_strdup(&m->arena, smap__dict_text(sources, i));
        if (!source) return smap__fail_memory(err);
        const smap__json *known = licence_of(m, source);
        licence[i] = (smap__licence){ smap__json_text(smap__json_get(known, "licence"), ""),
                                      smap__json_text(smap__json_get(known, "url"), ""), source };
    }
    out->licence = licence;
    out->licences = count;
    return SMAP_OK;
}

/* ---- where the data are from ---- */

static void put_runs(const smap_layer *runs, smap__str *out) {
    static const char *const columns[] = { "date", "command", "result" };
    for (int64_t row = 0; row < smap_table_rows(runs->table); row++) {
        for (int i = 0; i < 3; i++) {
            const smap_column *c = smap_table_find(runs->table, columns[i]);
            smap__str_put(out, i == 0 ? "; " : i == 1 ? " " : ": ");
            if (c) smap__cell_put(out, c, row);
        }
    }
}

static smap_status put_lineage(smap__publish_metadata *m, const smap__dict *sources, bool whole, smap__metadata *out,
                               smap_error *err) {
    const smap__publish_layer *runs = smap__publish_layer_find(m->layers, "provenance");
    smap__str text = SMAP__STR_INIT;
    smap__str_printf(&text, "Published by sitemap %s", smap_version());
    for (int32_t i = 0; i < smap__dict_count(sources); i++)
        smap__str_printf(&text, "%s%s", i ? "; " : ". Sources: ", smap__dict_text(sources, i));
    smap__str_put_char(&text, '.');
    if (runs && whole) {
        smap__str_put(&text, " Runs");
        put_runs(runs->view, &text);
        smap__str_put_char(&text, '.');
    }
    out->lineage = text.failed ? NULL : smap__arena_strdup(&m->arena, text.data);
    smap__str_release(&text);
    return out->lineage ? SMAP_OK : smap__fail_memory(err);
}

/* ---- the whole ---- */

static smap_box join(smap_box a, smap_box b) {
    return (smap_box){ fmin(a.xmin, b.xmin), fmin(a.ymin, b.ymin), fmax(a.xmax, b.xmax), fmax(a.ymax, b.ymax) };
}

static void describe_layer(smap__publish_metadata *m, const smap__publish_layer *layer, smap__metadata *out) {
    out->id = smap__arena_printf(&m->arena, "%s/%s", smap__path_name(m->options->output), layer->view->name);
    out->title = words(m, layer->schema->label.en, layer->schema->label.ar);
    out->abstract = *layer->schema->description ? layer->schema->description : out->title;
    if (!layer->view->geometry) return;
    out->crs = layer->view->geometry->crs;
    out->box = smap_geometry_extent(layer->view->geometry);
}

static void describe_file(smap__publish_metadata *m, smap__metadata *out) {
    const smap__json *title = smap__json_get(m->rules, "title");
    out->id = smap__arena_strdup(&m->arena, smap__path_name(m->options->output));
    out->title = m->options->title ? m->options->title
                                   : words(m, smap__json_text(smap__json_get(title, "en"), ""),
                                           smap__json_text(smap__json_get(title, "ar"), ""));
    smap__str names = SMAP__STR_INIT;
    for (int i = 0; i < m->layers->count; i++) {
        const smap__publish_layer *layer = &m->layers->item[i];
        smap__str_printf(&names, "%s%s", i ? "; " : "", words(m, layer->schema->label.en, layer->schema->label.ar));
        if (layer->view->geometry) out->box = join(out->box, smap_geometry_extent(layer->view->geometry));
    }
    out->abstract = names.failed ? NULL : smap__arena_strdup(&m->arena, names.data ? names.data : "");
    smap__str_release(&names);
}

static const char *contact_of(const smap_publish_options *o) {
    const char *contact = smap__pair_find(o->set, o->sets, "contact");
    if (!contact) contact = smap__pair_find(o->set, o->sets, "producer");
    if (!contact) contact = smap__pair_find(o->set, o->sets, "producer_en");
    return contact ? contact : "";
}

smap_status smap__publish_describe(smap__publish_metadata *m, const smap__publish_layer *layer, smap__metadata *out,
                                   smap_error *err) {
    const char *lang = m->options->common.lang;
    smap__dict *sources = NULL;
    *out = (smap__metadata){ .language = lang && strcmp(lang, "ar") == 0 ? "ara" : "eng",
                             .date = m->date,
                             .contact = contact_of(m->options),
                             .audience =
                                 words(m, smap__audience_tag(m->audience, "en"), smap__audience_tag(m->audience, "ar")),
                             .box = SMAP_BOX_EMPTY };
    if (layer)
        describe_layer(m, layer, out);
    else
        describe_file(m, out);
    if (!out->id || !out->title || !out->abstract || !out->audience) return smap__fail_memory(err);
    smap_status status = smap__dict_new(&sources, err);
    if (status != SMAP_OK) return status;
    bool collected = true;
    for (int i = 0; i < m->layers->count; i++)
        if (!layer || layer == &m->layers->item[i])
            collected = collected && collect_sources(m->layers->item[i].view, sources);
    status = collected ? put_licences(m, sources, out, err) : smap__fail_memory(err);
    if (status == SMAP_OK) status = put_lineage(m, sources, !layer, out, err);
    smap__dict_free(sources);
    return status;
}
