/* Older versions of the model: data/migrations.json says, step by step, which layers and columns were renamed. An older
 * workspace is read through the old names, and written with the new ones at its next commit. */
#ifndef SMAP_WORKSPACE_MIGRATION_H
#define SMAP_WORKSPACE_MIGRATION_H

#include "sitemap/context.h"

typedef struct smap__migration smap__migration;

/* The way from version `from` of the model to version `to`; `path` is the workspace, for the sentence. SMAP_E_SCHEMA
 * when the file is newer than this program, or older than any step there is. */
smap_status smap__migration_new(smap_ctx *ctx, const char *path, int from, int to, smap__migration **out,
                                smap_error *err);
void smap__migration_free(smap__migration *migration);
/* What a layer or column of today is called in the file; the name itself where nothing was renamed or `migration` is
 * NULL. */
const char *smap__migration_layer(const smap__migration *migration, const char *layer);
const char *smap__migration_column(const smap__migration *migration, const char *layer, const char *column);

#endif
