/* A sheet's file, read: what it extends and its orientation merged, its words found. One file serves any number of
 * sheets.
 *
 * "extends" names another sheet of the style folder, or a file beside this one; what this file says is merged over that
 * (JSON Merge Patch, RFC 7396: members one by one, null takes away). "landscape" and "portrait" hold what is different
 * in that orientation, merged last. "words" is a file beside the sheet, else the one of the style folder; "word" has
 * words of the sheet's own, merged over those of the file. */
#ifndef SMAP_SHEET_SHEET_FILE_H
#define SMAP_SHEET_SHEET_FILE_H

#include "base/ctx.h"
#include "model/json.h"

typedef struct smap__sheet_file {
    char *path; /* for messages */
    smap__json_doc *doc, *words;
    const char *orientation; /* "landscape" or "portrait" */
} smap__sheet_file;

/* `name` is a sheet of the style folder, or a path that ends in .json; `orientation` NULL = the sheet's own.
 * SMAP_E_NOT_FOUND: no such sheet. SMAP_E_FORMAT: a key that no sheet has, a sheet that extends itself. */
smap_status smap__sheet_file_open(smap_ctx *ctx, const char *name, const char *orientation, smap__sheet_file *out,
                                  smap_error *err);
void smap__sheet_file_release(smap__sheet_file *file);

#endif
