/* Between io/source.c and the readers of the formats. A source is one file that the user named; it has one member, or
 * as many as there are datasets in a .zip; a member has layers. */
#ifndef SMAP_IO_READER_H
#define SMAP_IO_READER_H

#include "base/arena.h"
#include "io/source.h"

typedef struct smap__member smap__member;

typedef struct smap__reader {
    const char *extension; /* "gpkg" */
    const char *format;    /* "GeoPackage" */
    /* Check the member and announce its layers. On failure, `close` is called as well. */
    smap_status (*open)(smap__member *member, smap_error *err);
    /* Read the member's layer of that index, as announced. The source applies `where` afterwards. */
    smap_status (*read)(smap__member *member, int layer, smap__findings *findings, const smap_layer **out,
                        smap_error *err);
    void (*close)(smap__member *member); /* may be NULL */
    /* Rows of a layer without reading it; NULL where that is not possible. */
    smap_status (*count)(smap__member *member, int layer, int64_t *rows, smap_error *err);
} smap__reader;

struct smap__member {
    smap__source *source;
    const smap__reader *reader;
    const char *path;  /* absolute, or "/vsizip/{...}/inner" */
    const char *shown; /* as sentences name it */
    const char *stem;  /* file name without its extension */
    int64_t size;      /* bytes of the (unpacked) file */
    int layers;        /* announced so far */
    void *state;       /* the reader's own */
};

extern const smap__reader smap__reader_gpkg, smap__reader_shp, smap__reader_dbf, smap__reader_csv, smap__reader_tsv,
    smap__reader_json, smap__reader_geojson, smap__reader_osm, smap__reader_pbf;

/* Announce a layer; its texts are copied. */
smap_status smap__member_add_layer(smap__member *member, const smap__source_layer *layer, smap_error *err);
/* Read another file in the member's place; the text is copied. */
smap_status smap__member_set_path(smap__member *member, const char *path, smap_error *err);
smap_ctx *smap__member_ctx(const smap__member *member);
const smap_read_options *smap__member_options(const smap__member *member);  /* never NULL */
const smap__column_choice *smap__member_choice(const smap__member *member); /* NULL: every column */
const smap__frame *smap__member_frame(const smap__member *member);          /* NULL: every row */
/* Rows outside of the frame are left out of what is being read. */
void smap__member_tell_part(smap__member *member);

/* The CRS of a layer: what the source states (`stated`, NULL or "" if nothing), else the caller's --crs, else an error
 * that asks for it. */
smap_status smap__member_crs(const smap__member *member, const char *stated, const smap_crs **out, smap_error *err);

/* The whole member as bytes, one 0 byte after them; free with smap__free. At most SMAP__BUDGET_TEXT_BYTES. */
smap_status smap__member_bytes(const smap__member *member, char **bytes, size_t *len, smap_error *err);

/* ---- zip ------------------------------------------------------------------------------------------------------ */

typedef struct smap__zip_entry {
    const char *name; /* as in the archive, checked: relative, no "..", no back slash, no control characters */
    int64_t size;     /* unpacked */
} smap__zip_entry;

/* Read and vet the central directory of a .zip. Entries, sorted by name, and their names are in the arena.
 * Folders are left out. */
smap_status smap__zip_list(const char *path, const char *shown, smap__arena *arena, smap__zip_entry **entries,
                           int *count, smap_error *err);

/* ---- paths ----------------------------------------------------------------------------------------------------- */

typedef struct smap__spec {
    char *shown;  /* PATH as the user wrote it */
    char *path;   /* absolute, symbolic links followed */
    char *layer;  /* after "|layername=", or NULL */
    char *inner;  /* the dataset inside a .zip that was named as PATH.zip/inner, or NULL */
    int64_t size; /* bytes */
} smap__spec;

/* Take a spec apart and check that it names a regular file that may be read. Everything by smap__spec_release. */
smap_status smap__spec_parse(const char *text, smap__spec *out, smap_error *err);
void smap__spec_release(smap__spec *spec);

#endif
