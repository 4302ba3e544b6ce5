/* Inside of the workspace: what its files share. */
#ifndef SMAP_WORKSPACE_PARTS_H
#define SMAP_WORKSPACE_PARTS_H

#include "base/arena.h"
#include "base/str.h"
#include "io/gpkg_write.h"
#include "workspace/layer_rows.h"
#include "workspace/migration.h"
#include "workspace/workspace.h"

typedef struct smap__unkept smap__unkept;

struct smap__workspace {
    smap_ctx *ctx;
    char *path; /* as given */
    smap__arena arena;
    const char **layer; /* names in the file */
    int layers;
    int version;                /* of the model, in the file; today's where the file states none */
    smap__migration *migration; /* NULL: none needed */
    smap__unkept *unkept;       /* see workspace/unkept.h; in the arena */
    smap__gpkg_stamp stamp;     /* of the file when it was opened, where it is a GeoPackage */
    smap__gate *gate;           /* of the audience that was last asked for; NULL: none yet */
};

typedef struct smap__change_item {
    const smap__schema *schema;
    const smap_layer *content; /* with exactly the schema's columns */
} smap__change_item;

typedef struct smap__styled {
    const char *layer, *name, *qml, *sld;
} smap__styled;

struct smap__change {
    smap_ctx *ctx;
    int64_t date_ms;
    smap__arena arena;
    smap__change_item *item;
    size_t items, item_capacity;
    smap__styled *style;
    size_t styles, style_capacity;
    const char **key; /* findings of these runs are replaced */
    size_t keys, key_capacity;
    smap__layer_rows *finding; /* the new ones; NULL: none yet */
};

/* The names of the layers in the file and its stamp, again. */
smap_status smap__workspace_list(smap__workspace *workspace, smap_error *err);

/* The layer `finding` after the change: rows of other runs, then the new ones. `workspace` NULL: a new one. */
smap_status smap__findings_after(smap__workspace *workspace, smap__change *change, const smap_layer **out,
                                 smap_error *err);
/* The layer `provenance` with one more row. Hashes the inputs: call before anything opens the file for writing. */
smap_status smap__provenance_after(smap_ctx *ctx, smap__workspace *workspace, const char *path, int64_t date_ms,
                                   const smap__run *run, const smap_layer **out, smap_error *err);

#endif
