/* Opening what the user named, the safe way: one allowed driver per file extension, regular files by absolute path,
 * no network, GeoPackages vetted with plain SQLite first, budgets on bytes, rows and ratio, the environment's GDAL
 * options scrubbed. See HARDENING in doc/security.md. */
#ifndef SMAP_IO_SOURCE_H
#define SMAP_IO_SOURCE_H

#include "base/findings.h"
#include "sitemap/io.h"

typedef struct smap__source smap__source;

/* `spec` is "PATH" or "PATH|layername=NAME". A .zip is opened as the one dataset in it, or PATH/inner name. */
smap_status smap__source_open(smap_ctx *ctx, const char *spec, const smap_read_options *options, smap__source **out,
                              smap_error *err);
void smap__source_close(smap__source *source);
/* Does `spec` name that file, or something in it? false also where it names nothing that can be opened. */
bool smap__source_is_in(const char *spec, const char *path);

typedef struct smap__source_layer {
    const char *name;
    const char *geometry; /* "Point", "MultiPolygon", "" for none, "Geometry" for mixed */
    const char *crs;      /* its name, "" if unknown */
    const char *description;
    int64_t rows; /* -1 = not known without reading */
    int columns;  /* -1 = not known without reading */
} smap__source_layer;

const char *smap__source_path(const smap__source *source);
const char *smap__source_format(const smap__source *source); /* "GeoPackage", "CSV", ... */
const char *smap__source_wanted(const smap__source *source); /* layer named in the spec or the options, or NULL */
int smap__source_layers(const smap__source *source);
/* Rows are counted on the first call. */
const smap__source_layer *smap__source_layer_at(smap__source *source, int index);

/* The layer that was named in the spec or the options, or else the only one; the failure's sentence lists the layers.
 */
smap_status smap__source_choose(const smap__source *source, int *index, smap_error *err);

/* Which columns are wanted: asked by name, of numbers, dates and bytes alone (texts are read too, since their values
 * say what they are, unless `of_texts`). A reader that can leaves out those that are not, with what there would be to
 * say about them. */
typedef struct smap__column_choice {
    bool (*is_wanted)(const void *user, const char *name);
    const void *user;
    bool of_texts;
} smap__column_choice;

/* Which rows are wanted: those whose shapes' boxes touch a box. A reader with an index for that leaves out others of a
 * large layer, where that saves work. */
typedef struct smap__frame {
    smap_box box;
    const smap_crs *crs; /* of the box */
} smap__frame;

/* Before smap__source_read; kept as they are, not copied. */
void smap__source_narrow(smap__source *source, const smap__column_choice *choice);
void smap__source_frame(smap__source *source, const smap__frame *frame);
/* Did the last smap__source_read leave rows out because of the frame? */
bool smap__source_is_part(const smap__source *source);

/* Read a layer (NULL = the wanted or the only one) into columns. The layer's fid holds the source's row (CSV: the
 * line; GeoPackage: the fid; else 1-based position), which findings use as their row. Rejected rows are left out. */
smap_status smap__source_read(smap__source *source, const char *layer, smap__findings *findings, const smap_layer **out,
                              smap_error *err);

/* What was found while reading, as log lines. */
void smap__source_log(smap_ctx *ctx, const smap__source *source, const smap__findings *findings);

/* SHA-256 of a file as 64 hex digits, and its size. Never while SQLite has the file open (POSIX locks). */
smap_status smap__file_hash(const char *path, char hex[65], int64_t *size, smap_error *err);

#endif
