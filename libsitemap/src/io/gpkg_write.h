/* Writing GeoPackages with SQLite alone: bulk rows, bulk R-tree, field domains, descriptions, styles; every time stamp
 * given, never 'now'. All work is done on a temporary beside the target; commit makes it the target (DESIGN: files). */
#ifndef SMAP_IO_GPKG_WRITE_H
#define SMAP_IO_GPKG_WRITE_H

#include <stdint.h>

#include "sitemap/geometry.h"

typedef struct smap__gpkg smap__gpkg;

typedef struct smap__gpkg_stamp { /* tells whether a file was changed since */
    int64_t size, mtime_s;
    long mtime_ns;
    unsigned char counter[4]; /* SQLite's file change counter */
} smap__gpkg_stamp;

smap_status smap__gpkg_stamp_of(const char *path, smap__gpkg_stamp *out, smap_error *err);

typedef struct smap__gpkg_options {
    bool overwrite;               /* create: may the target exist? */
    int64_t date_ms;              /* what gpkg_contents.last_change and friends say */
    int page_size;                /* 0 = 4096 */
    const smap__gpkg_stamp *read; /* edit: as the file was when the data for the change were read; NULL = now */
} smap__gpkg_options;

/* A new file, or (`edit`) a copy of the existing one to change. SMAP_E_BUSY when it is open for editing elsewhere. */
smap_status smap__gpkg_create(smap_ctx *ctx, const char *path, const smap__gpkg_options *options, smap__gpkg **out,
                              smap_error *err);
smap_status smap__gpkg_edit(smap_ctx *ctx, const char *path, const smap__gpkg_options *options, smap__gpkg **out,
                            smap_error *err);

/* Let SQLite roll back what a killed program left half done (a -journal beside the file). Call it before anything else
 * reads a file that may be changed later; SMAP_OK when there is nothing to do. */
smap_status smap__gpkg_recover(const char *path, smap_error *err);

typedef struct smap__gpkg_column { /* what the file says of a column besides its type; matched by name */
    const char *name, *title, *description, *domain;
} smap__gpkg_column;

typedef struct smap__gpkg_layer {
    const char *name, *identifier, *description;
    const char *geometry_type; /* "POINT", "MULTIPOLYGON", "GEOMETRY"; NULL = from the data */
    const smap_layer *layer;
    const smap__gpkg_column *column;
    int columns;
    bool keep_fid; /* use layer->fid as the primary key; else 1, 2, 3, ... */
} smap__gpkg_layer;

/* Add a layer, replacing one of that name. SMAP_E_REFUSED when something of that name is in the file that is no layer:
 * a table that gpkg_contents does not list as one, or lists in other letter case. */
smap_status smap__gpkg_put_layer(smap__gpkg *gpkg, const smap__gpkg_layer *layer, smap_error *err);
/* Remove a layer and all that is said of it; refuses what smap__gpkg_put_layer refuses. */
smap_status smap__gpkg_drop_layer(smap__gpkg *gpkg, const char *name, smap_error *err);

typedef struct smap__gpkg_code {
    const char *code, *label;
} smap__gpkg_code;
/* An enumeration that columns name as their domain. Replaces one of that name. */
smap_status smap__gpkg_put_domain(smap__gpkg *gpkg, const char *name, const char *description,
                                  const smap__gpkg_code *codes, int count, smap_error *err);
/* The default style of a layer (QML and SLD), replacing an older one. */
smap_status smap__gpkg_put_style(smap__gpkg *gpkg, const char *layer, const char *name, const char *description,
                                 const char *qml, const char *sld, smap_error *err);
/* Key and value kept in the file's own table `sitemap_meta` (model version and the like). */
smap_status smap__gpkg_put_meta(smap__gpkg *gpkg, const char *key, const char *value, smap_error *err);

/* A QGIS project, the text of a .qgs file, replacing one of that name; and back again, whoever saved it last (free with
 * smap__free; SMAP_E_NOT_FOUND if there is none). */
smap_status smap__gpkg_put_project(smap__gpkg *gpkg, const char *name, const char *qgs, smap_error *err);
smap_status smap__gpkg_get_project(smap__gpkg *gpkg, const char *name, char **qgs, smap_error *err);
/* A metadata document about a table (NULL: the whole file), by the URI of its standard. */
smap_status smap__gpkg_put_metadata(smap__gpkg *gpkg, const char *table, const char *standard, const char *xml,
                                    smap_error *err);

/* Check (quick_check, counts), fsync, and make it the target; the handle is gone afterwards, whatever the result. */
smap_status smap__gpkg_commit(smap__gpkg *gpkg, smap_error *err);
void smap__gpkg_abandon(smap__gpkg *gpkg); /* NULL is fine */

/* One value of sitemap_meta of a file; *value NULL if there is none. Free with smap__free. */
smap_status smap__gpkg_read_meta(const char *path, const char *key, char **value, smap_error *err);

#endif
