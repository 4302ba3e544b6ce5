#include "sheet/sheet_file.h"

#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/file.h"
#include "base/path.h"
#include "base/str.h"

enum { LONGEST_CHAIN = 8 }; /* of sheets that extend each other */

static const char *const orientations[] = { "landscape", "portrait" };

/* ---- where it is ------------------------------------------------------------------------------------------------- */

/* The words, and what all sheets extend, are files of that folder too: only sheets have layers. */
static bool is_sheet(const char *folder, const char *name) {
    smap__str path = SMAP__STR_INIT;
    smap__json_doc *doc = NULL;
    smap__str_printf(&path, "%s/%s.json", folder, name);
    bool read = !path.failed && smap__json_read(path.data, &doc, NULL) == SMAP_OK;
    bool is = read && smap__json_get(smap__json_root(doc), "layers");
    smap__json_free(doc);
    smap__str_release(&path);
    return is;
}

static smap_status fail_no_sheet(smap_ctx *ctx, const char *name, smap_error *err) {
    smap__str folder = SMAP__STR_INIT, there = SMAP__STR_INIT;
    char **names = NULL;
    size_t count = 0;
    smap__str_printf(&folder, "%s/sheets", smap_ctx_style_dir(ctx));
    smap_status status =
        folder.failed ? smap__fail_memory(err) : smap__file_names(folder.data, "json", &names, &count, err);
    for (size_t i = 0; i < count; i++) {
        if (is_sheet(folder.data, names[i])) smap__str_printf(&there, "%s%s", there.len ? ", " : "", names[i]);
        smap__free(names[i]);
    }
    if (status == SMAP_OK)
        status = smap__fail(err, SMAP_E_NOT_FOUND, name,
                            "there is no sheet \"%s\"; the sheets are %s, or a file of your own that ends in .json",
                            name, there.len && !there.failed ? there.data : "those of styles/sheets");
    smap__free(names);
    smap__str_release(&folder);
    smap__str_release(&there);
    return status;
}

/* A name is a word, so that no name leads out of the folder of sheets; a path says .json. What a file extends is a name
 * or a file beside it. */
static smap_status find_path(smap_ctx *ctx, const char *name, const char *beside, char **out, smap_error *err) {
    smap__str path = SMAP__STR_INIT;
    bool is_file = smap__path_has_extension(name, "json");
    if (strchr(name, '/') && (!is_file || beside))
        return beside
                   ? smap__fail(err, SMAP_E_REFUSED, beside,
                                "%s: \"extends\" is \"%s\", but must be the name of a sheet or of a file beside this "
                                "one, not a path",
                                beside, name)
                   : fail_no_sheet(ctx, name, err);
    char *folder = beside ? smap__path_folder(beside) : NULL;
    if (!is_file)
        smap__str_printf(&path, "%s/sheets/%s.json", smap_ctx_style_dir(ctx), name);
    else if (folder)
        smap__str_printf(&path, "%s/%s", folder, name);
    else
        smap__str_put(&path, name);
    smap_status status = path.failed || (beside && !folder) ? smap__fail_memory(err) : SMAP_OK;
    if (status == SMAP_OK && !is_file && !smap__path_is_file(path.data)) status = fail_no_sheet(ctx, name, err);
    if (status == SMAP_OK) *out = smap__str_take(&path);
    smap__str_release(&path);
    smap__free(folder);
    return status;
}

/* ---- what it says ------------------------------------------------------------------------------------------------ */

/* A misspelt key would be lost in silence. */
static smap_status check_keys(const char *path, const smap__json *root, smap_error *err) {
    static const char *const known[] = { "extends",
                                         "name",
                                         "title",
                                         "source",
                                         "words",
                                         "word",
                                         "families",
                                         "page",
                                         "landscape",
                                         "portrait",
                                         "required",
                                         "choose",
                                         "scale",
                                         "bar",
                                         "graticule",
                                         "grid",
                                         "made_by",
                                         "atlas",
                                         "clip_margin_mm",
                                         "locator_margin",
                                         "text_style",
                                         "table_look",
                                         "look",
                                         "element",
                                         "notes",
                                         "layers",
                                         "locator_layers",
                                         "area_layers",
                                         "source_not_named",
                                         "not_produced",
                                         "defaults",
                                         "base",
                                         "base_words" };
    const char *key;
    const smap__json *value;
    if (!smap__json_is_object(root))
        return smap__fail(err, SMAP_E_FORMAT, path, "%s: a sheet is a JSON object, {...}", path);
    for (size_t at = 0; smap__json_member(root, &at, &key, &value);) {
        bool found = false;
        for (size_t i = 0; i < sizeof known / sizeof *known; i++) found = found || strcmp(known[i], key) == 0;
        if (!found)
            return smap__fail(err, SMAP_E_FORMAT, path,
                              "%s: a sheet has no key \"%s\"; the keys are listed in libsitemap/doc/sheets.md", path,
                              key);
    }
    return SMAP_OK;
}

/* The document with what it extends below it; *path is that of the file itself. */
static smap_status read_chain(smap_ctx *ctx, const char *name, const char *beside, int depth, char **path,
                              smap__json_doc **out, smap_error *err) {
    smap__json_doc *doc = NULL, *base = NULL;
    char *base_path = NULL;
    smap_status status;
    SMAP_TRY(find_path(ctx, name, beside, path, err), done);
    SMAP_TRY(smap__json_read(*path, &doc, err), done);
    SMAP_TRY(check_keys(*path, smap__json_root(doc), err), done);
    const smap__json *extends = smap__json_get(smap__json_root(doc), "extends");
    const char *below = smap__json_text(extends, NULL);
    if (extends && !below)
        SMAP_TRY(smap__fail(err, SMAP_E_FORMAT, *path, "%s: \"extends\" is to be the name of a sheet", *path), done);
    if (below && depth == LONGEST_CHAIN)
        SMAP_TRY(smap__fail(err, SMAP_E_FORMAT, *path,
                            "%s: more than %d sheets extend one another; does one of them extend itself?", *path,
                            LONGEST_CHAIN),
                 done);
    if (below) {
        SMAP_TRY(read_chain(ctx, below, *path, depth + 1, &base_path, &base, err), done);
        SMAP_TRY(smap__json_patch(base, smap__json_root(doc), err), done);
        smap__json_free(doc);
        doc = base;
        base = NULL;
    }
    *out = doc;
    doc = NULL;
done:
    smap__json_free(doc);
    smap__json_free(base);
    smap__free(base_path);
    return status;
}

static smap_status turn(smap__sheet_file *file, const char *wanted, smap_error *err) {
    const smap__json *root = smap__json_root(file->doc);
    const char *own = smap__json_text(smap__json_get(smap__json_get(root, "page"), "orientation"), orientations[0]);
    const char *name = wanted ? wanted : own;
    for (size_t i = 0; i < sizeof orientations / sizeof *orientations; i++)
        if (strcmp(orientations[i], name) == 0) file->orientation = orientations[i];
    if (!file->orientation)
        return smap__fail(err, SMAP_E_ARGUMENT, file->path, "\"%s\" is not an orientation; use landscape or portrait",
                          name);
    const smap__json *patch = smap__json_get(root, name);
    if (patch) return smap__json_patch(file->doc, patch, err);
    if (strcmp(name, own) == 0) return SMAP_OK;
    return smap__fail(err, SMAP_E_NOT_FOUND, file->path,
                      "%s: the sheet has no \"%s\" that says what is different in that orientation; draw it in %s",
                      file->path, name, own);
}

static smap_status read_words(smap_ctx *ctx, smap__sheet_file *file, smap_error *err) {
    const smap__json *root = smap__json_root(file->doc);
    const char *name = smap__json_text(smap__json_get(root, "words"), NULL);
    if (!name)
        return smap__fail(
            err, SMAP_E_FORMAT, file->path,
            "%s: \"words\" is missing: the name of a file with the words of the sheet, such as words.json", file->path);
    if (strchr(name, '/'))
        return smap__fail(err, SMAP_E_REFUSED, file->path,
                          "%s: \"words\" is \"%s\", but must be the name of a file beside the sheet, not a path",
                          file->path, name);
    char *folder = smap__path_folder(file->path), *path = folder ? smap__path_join(folder, name) : NULL;
    if (path && !smap__path_is_file(path)) {
        smap__str built_in = SMAP__STR_INIT;
        smap__str_printf(&built_in, "%s/sheets/%s", smap_ctx_style_dir(ctx), name);
        smap__free(path);
        path = smap__str_take(&built_in);
        smap__str_release(&built_in);
    }
    smap_status status = path ? smap__json_read(path, &file->words, err) : smap__fail_memory(err);
    const smap__json *own = smap__json_get(root, "word");
    if (status == SMAP_OK && own) status = smap__json_patch(file->words, own, err);
    smap__free(folder);
    smap__free(path);
    return status;
}

smap_status smap__sheet_file_open(smap_ctx *ctx, const char *name, const char *orientation, smap__sheet_file *out,
                                  smap_error *err) {
    smap__sheet_file file = { 0 };
    smap_status status = read_chain(ctx, name, NULL, 0, &file.path, &file.doc, err);
    if (status == SMAP_OK) status = turn(&file, orientation, err);
    if (status == SMAP_OK) status = read_words(ctx, &file, err);
    if (status == SMAP_OK)
        *out = file;
    else
        smap__sheet_file_release(&file);
    return status;
}

void smap__sheet_file_release(smap__sheet_file *file) {
    smap__json_free(file->doc);
    smap__json_free(file->words);
    smap__free(file->path);
    *file = (smap__sheet_file){ 0 };
}
