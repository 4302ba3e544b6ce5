/* The areas that figures are given for: --by admin:LEVEL, or the polygons of a file. */
#ifndef SMAP_JOB_BY_AREAS_H
#define SMAP_JOB_BY_AREAS_H

#include "base/str.h"
#include "sitemap/job.h"

typedef struct smap__by_areas {
    char *source;                        /* the file of --by, without what follows it; NULL where it names none */
    const char *told;                    /* COLUMN of "FILE,key=COLUMN"; NULL = not told; borrowed from the option */
    const char *crs;                     /* of a file that states none; NULL = not told; borrowed */
    const smap_layer *layer;             /* NULL = all together */
    const char *kind;                    /* of the domain area_kind */
    const char *key, *name_en, *name_ar; /* columns of the layer; the names may be NULL */
} smap__by_areas;
void smap__by_areas_release(smap__by_areas *by);

/* How a job reads a layer of the workspace, or the file in its place, in degrees. */
typedef smap_status (*smap__by_reader)(void *user, const char *layer, const smap_layer **out, smap_error *err);

/* Take --by apart (NULL = nothing asked for); no file is touched. */
smap_status smap__by_areas_parse(const char *by, smap__by_areas *out, smap_error *err);
/* --by as the record of a run has it (see smap__options_source); nothing where it was not asked for. */
void smap__by_areas_record(const char *by, const smap__by_areas *areas, const char *workspace, smap__str *json);
/* Read what was asked for: admin through `read`, a file of polygons from by->source. Positions in degrees. */
smap_status smap__by_areas_read(smap_ctx *ctx, const char *by, smap__by_areas *out, smap__by_reader read, void *user,
                                smap_error *err);

#endif
