#include "io/source.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/path.h"
#include "base/str.h"
#include "io/coord_range.h"
#include "io/encoding.h"
#include "io/layer_names.h"
#include "io/reader.h"
#include "io/where.h"

static const smap__reader *const reader_table[] = {
    &smap__reader_gpkg, &smap__reader_geojson, &smap__reader_json, &smap__reader_csv, &smap__reader_tsv,
    &smap__reader_shp,  &smap__reader_dbf,     &smap__reader_osm,  &smap__reader_pbf,
};

typedef struct layer_slot {
    smap__source_layer info;
    smap__member *member;
    int index; /* within the member */
} layer_slot;

struct smap__source {
    smap_ctx *ctx;
    smap__spec spec;
    smap__arena arena;
    smap_read_options options;         /* texts in the arena */
    const smap__column_choice *choice; /* NULL: every column */
    const smap__frame *frame;          /* NULL: every row */
    bool part;                         /* of the rows was read */
    const char *wanted, *format;
    smap__member *member;
    int members;
    layer_slot *layer;
    size_t layers, layer_capacity;
    smap__layer_names names;
};

static const smap__reader *reader_of(const char *path) {
    for (size_t i = 0; i < sizeof reader_table / sizeof *reader_table; i++)
        if (smap__path_has_extension(path, reader_table[i]->extension)) return reader_table[i];
    return NULL;
}

/* Options that say nothing true are told at once, also where the file would not need them. */
static smap_status check_options(smap_ctx *ctx, const smap_read_options *options, smap_error *err) {
    const smap_crs *crs = NULL;
    smap_status status = SMAP_OK;
    if (options && options->encoding) status = smap__encoding_check(options->encoding, err);
    if (status == SMAP_OK && options && options->crs) status = smap_crs_new(ctx, options->crs, &crs, err);
    smap_crs_free(crs);
    return status;
}

static smap_status copy_text(smap__arena *arena, const char *text, const char **out, smap_error *err) {
    if (!text) return SMAP_OK;
    *out = smap__arena_strdup(arena, text);
    return *out ? SMAP_OK : smap__fail_memory(err);
}

static smap_status copy_options(smap__source *source, const smap_read_options *options, smap_error *err) {
    source->options = (smap_read_options)SMAP_READ_OPTIONS_INIT;
    smap_status status = SMAP_OK;
    if (options) {
        SMAP_TRY(copy_text(&source->arena, options->layer, &source->options.layer, err), done);
        SMAP_TRY(copy_text(&source->arena, options->crs, &source->options.crs, err), done);
        SMAP_TRY(copy_text(&source->arena, options->encoding, &source->options.encoding, err), done);
        SMAP_TRY(copy_text(&source->arena, options->where, &source->options.where, err), done);
    }
    source->wanted = source->spec.layer ? source->spec.layer : source->options.layer;
done:
    return status;
}

static const char *stem_of(smap__arena *arena, const char *path) {
    const char *name = smap__path_name(path);
    const char *dot = strrchr(name, '.');
    return smap__arena_strndup(arena, name, dot && dot > name ? (size_t)(dot - name) : strlen(name));
}

static smap_status add_member(smap__source *source, const smap__reader *reader, const char *path, const char *shown,
                              int64_t size, smap_error *err) {
    smap__member *member = &source->member[source->members];
    *member = (smap__member){ source, reader, path, shown, stem_of(&source->arena, path), size, 0, NULL };
    if (!path || !shown || !member->stem) return smap__fail_memory(err);
    source->members++;
    return reader->open(member, err);
}

static smap_status open_file(smap__source *source, smap_error *err) {
    const smap__spec *spec = &source->spec;
    const smap__reader *reader = reader_of(spec->shown);
    if (!reader)
        return smap__fail(
            err, SMAP_E_REFUSED, spec->shown,
            "%s: files of this kind are not read; read are .gpkg, .geojson, .json, .csv, .tsv, .shp, .dbf, .osm, .osm.pbf and .zip",
            spec->shown);
    source->format = reader->format;
    source->member = smap__arena_alloc(&source->arena, sizeof *source->member);
    if (!source->member) return smap__fail_memory(err);
    return add_member(source, reader, smap__arena_strdup(&source->arena, spec->path),
                      smap__arena_strdup(&source->arena, spec->shown), spec->size, err);
}

/* A .dbf beside a .shp is that shapefile's table, not a dataset of its own. The entries are sorted, so that those which
 * begin alike stand together. */
static bool belongs_to_shp(const smap__zip_entry *entries, int count, int dbf) {
    const char *name = entries[dbf].name;
    size_t len = strlen(name);
    if (!smap__path_has_extension(name, "dbf")) return false;
    for (int step = -1; step <= 1; step += 2)
        for (int i = dbf + step; i >= 0 && i < count && strncmp(entries[i].name, name, len - 3) == 0; i += step)
            if (strlen(entries[i].name) == len && smap__path_has_extension(entries[i].name, "shp")) return true;
    return false;
}

static bool is_wanted_entry(const smap__source *source, const smap__zip_entry *entry) {
    return !source->spec.inner || strcmp(source->spec.inner, entry->name) == 0;
}

static smap_status open_zip(smap__source *source, smap_error *err) {
    const smap__spec *spec = &source->spec;
    source->format = "zip";
    smap__zip_entry *entries = NULL;
    int count = 0;
    smap_status status = SMAP_OK;
    SMAP_TRY(smap__zip_list(spec->path, spec->shown, &source->arena, &entries, &count, err), done);
    source->member = smap__arena_alloc(&source->arena, ((size_t)count + 1) * sizeof *source->member);
    if (!source->member) return smap__fail_memory(err);
    for (int i = 0; i < count; i++) {
        const smap__reader *reader = reader_of(entries[i].name);
        if (!reader || !is_wanted_entry(source, &entries[i]) || belongs_to_shp(entries, count, i)) continue;
        SMAP_TRY(add_member(
                     source, reader, smap__arena_printf(&source->arena, "/vsizip/{%s}/%s", spec->path, entries[i].name),
                     smap__arena_printf(&source->arena, "%s/%s", spec->shown, entries[i].name), entries[i].size, err),
                 done);
    }
    if (source->members == 0)
        status = smap__fail(
            err, SMAP_E_NOT_FOUND, spec->shown,
            spec->inner
                ? "%s: has no dataset \"%s\" in it"
                : "%s: has no dataset in it that can be read (.geojson, .json, .csv, .tsv, .shp, .dbf, .osm, .osm.pbf)%s",
            spec->shown, spec->inner ? spec->inner : "");
done:
    return status;
}

smap_status smap__source_open(smap_ctx *ctx, const char *spec, const smap_read_options *options, smap__source **out,
                              smap_error *err) {
    smap__source *source = smap__zalloc(1, sizeof *source);
    if (!source) return smap__fail_memory(err);
    source->ctx = ctx;
    smap_status status = SMAP_OK;
    SMAP_TRY(smap__spec_parse(spec, &source->spec, err), failed);
    SMAP_TRY(check_options(ctx, options, err), failed);
    SMAP_TRY(copy_options(source, options, err), failed);
    if (smap__path_has_extension(source->spec.inner ? source->spec.path : source->spec.shown, "zip"))
        SMAP_TRY(open_zip(source, err), failed);
    else
        SMAP_TRY(open_file(source, err), failed);
    *out = source;
    return SMAP_OK;
failed:
    smap__source_close(source);
    return status;
}

void smap__source_close(smap__source *source) {
    if (!source) return;
    for (int i = source->members - 1; i >= 0; i--)
        if (source->member[i].reader->close) source->member[i].reader->close(&source->member[i]);
    smap__free(source->layer);
    smap__layer_names_release(&source->names);
    smap__arena_release(&source->arena);
    smap__spec_release(&source->spec);
    smap__free(source);
}

void smap__source_narrow(smap__source *source, const smap__column_choice *choice) {
    source->choice = choice;
}

void smap__source_frame(smap__source *source, const smap__frame *frame) {
    source->frame = frame;
}

bool smap__source_is_part(const smap__source *source) {
    return source->part;
}

const char *smap__source_path(const smap__source *source) {
    return source->spec.path;
}
const char *smap__source_format(const smap__source *source) {
    return source->format;
}
const char *smap__source_wanted(const smap__source *source) {
    return source->wanted;
}
int smap__source_layers(const smap__source *source) {
    return (int)source->layers;
}

/* A count that fails stays unknown: reading the layer will say why. */
const smap__source_layer *smap__source_layer_at(smap__source *source, int index) {
    layer_slot *slot = &source->layer[index];
    const smap__reader *reader = slot->member->reader;
    int64_t rows;
    if (slot->info.rows < 0 && reader->count && reader->count(slot->member, slot->index, &rows, NULL) == SMAP_OK)
        slot->info.rows = rows;
    return &slot->info;
}

smap_status smap__member_set_path(smap__member *member, const char *path, smap_error *err) {
    return copy_text(&member->source->arena, path, &member->path, err);
}
smap_ctx *smap__member_ctx(const smap__member *member) {
    return member->source->ctx;
}
const smap_read_options *smap__member_options(const smap__member *member) {
    return &member->source->options;
}

const smap__column_choice *smap__member_choice(const smap__member *member) {
    return member->source->choice;
}

const smap__frame *smap__member_frame(const smap__member *member) {
    return member->source->frame;
}

void smap__member_tell_part(smap__member *member) {
    member->source->part = true;
}

smap_status smap__member_add_layer(smap__member *member, const smap__source_layer *layer, smap_error *err) {
    smap__source *source = member->source;
    if (!smap__grow(&source->layer, &source->layer_capacity, source->layers + 1, sizeof *source->layer))
        return smap__fail_memory(err);
    layer_slot slot = { *layer, member, member->layers };
    smap__arena *arena = &source->arena;
    if (!layer->name) return smap__fail_memory(err);
    smap_status status = smap__layer_names_add(&source->names, arena, layer->name, &slot.info.name, err);
    if (status != SMAP_OK) return status;
    slot.info.geometry = smap__arena_strdup(arena, layer->geometry ? layer->geometry : "");
    slot.info.crs = smap__arena_strdup(arena, layer->crs ? layer->crs : "");
    slot.info.description = smap__arena_strdup(arena, layer->description ? layer->description : "");
    if (!slot.info.geometry || !slot.info.crs || !slot.info.description) return smap__fail_memory(err);
    source->layer[source->layers++] = slot;
    member->layers++;
    return SMAP_OK;
}

smap_status smap__member_crs(const smap__member *member, const char *stated, const smap_crs **out, smap_error *err) {
    const char *given = member->source->options.crs;
    if (stated && *stated) return smap_crs_new(member->source->ctx, stated, out, err);
    if (given) return smap_crs_new(member->source->ctx, given, out, err);
    return smap__fail(
        err, SMAP_E_CRS, member->shown,
        "%s: does not say in which coordinate reference system its coordinates are; ask who made it and give it with "
        "--crs, for example --crs EPSG:4326",
        member->shown);
}

/* ---- reading --------------------------------------------------------------------------------------------------- */

static smap_status list_layers(const smap__source *source, smap_status code, const char *lead, smap_error *err) {
    smap__str text = SMAP__STR_INIT;
    for (size_t i = 0; i < source->layers; i++) {
        if (i == 30) {
            smap__str_printf(&text, ", and %zu more", source->layers - i);
            break;
        }
        smap__str_printf(&text, "%s\"%s\"", i ? ", " : "", source->layer[i].info.name);
    }
    smap_status status = text.failed ? smap__fail_memory(err)
                                     : smap__fail(err, code, source->spec.shown, "%s: %s; it has: %s",
                                                  source->spec.shown, lead, text.len ? text.data : "no layer at all");
    smap__str_release(&text);
    return status;
}

static smap_status find_layer(const smap__source *source, const char *name, const layer_slot **out, smap_error *err) {
    if (!name) name = source->wanted;
    if (!name && source->layers == 1) {
        *out = &source->layer[0];
        return SMAP_OK;
    }
    if (!name)
        return list_layers(source, source->layers ? SMAP_E_ARGUMENT : SMAP_E_NOT_FOUND,
                           source->layers ? "has more than one layer: name one with --layer or |layername=NAME"
                                          : "has nothing to read",
                           err);
    for (size_t i = 0; i < source->layers; i++)
        if (strcmp(source->layer[i].info.name, name) == 0) {
            *out = &source->layer[i];
            return SMAP_OK;
        }
    char lead[300];
    snprintf(lead, sizeof lead, "there is no layer \"%.200s\"", name);
    return list_layers(source, SMAP_E_NOT_FOUND, lead, err);
}

smap_status smap__source_choose(const smap__source *source, int *index, smap_error *err) {
    const layer_slot *slot = NULL;
    smap_status status = find_layer(source, NULL, &slot, err);
    if (status == SMAP_OK) *index = (int)(slot - source->layer);
    return status;
}

/* --crs is for a source that states none: whoever gave it for another must know that it was not used. */
static smap_status note_unused_crs(const smap__source *source, const smap_layer *layer, smap__findings *findings,
                                   smap_error *err) {
    const smap_crs *given = NULL, *used = layer->geometry ? layer->geometry->crs : NULL;
    const char *text = source->options.crs;
    if (!text) return SMAP_OK;
    smap_status status = smap_crs_new(source->ctx, text, &given, err);
    if (status == SMAP_OK && used && !smap_crs_equal(given, used))
        status = smap__findings_add(findings, err, SMAP__WARNING, "crs_not_used", 0, "", text,
                                    "--crs %s was not used: the source says itself that its coordinates are in %s",
                                    text, smap_crs_name(used));
    else if (status == SMAP_OK && !used && !smap_crs_is_geographic(given))
        status = smap__findings_add(findings, err, SMAP__WARNING, "crs_not_used", 0, "", text,
                                    "--crs %s was not used: the source has no geometry of its own, and columns of "
                                    "coordinates are read as longitude and latitude in degrees",
                                    text);
    smap_crs_free(given);
    return status;
}

smap_status smap__source_read(smap__source *source, const char *layer, smap__findings *findings, const smap_layer **out,
                              smap_error *err) {
    const layer_slot *slot = NULL;
    const smap_layer *read = NULL, *sane = NULL;
    smap_status status = SMAP_OK;
    source->part = false;
    SMAP_TRY(find_layer(source, layer, &slot, err), done);
    SMAP_TRY(slot->member->reader->read(slot->member, slot->index, findings, &read, err), done);
    SMAP_TRY(note_unused_crs(source, read, findings, err), done);
    SMAP_TRY(smap__coord_range_apply(source->ctx, read, findings, &sane, err), done);
    if (source->options.where) {
        SMAP_TRY(smap__where_filter(source->spec.shown, source->options.where, sane, out, err), done);
    } else {
        *out = sane;
        sane = NULL;
    }
done:
    smap_layer_free(read);
    smap_layer_free(sane);
    return status;
}
