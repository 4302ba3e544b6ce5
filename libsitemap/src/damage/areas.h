/* The areas that figures are given for, and what the source looked at in each. */
#ifndef SMAP_DAMAGE_AREAS_H
#define SMAP_DAMAGE_AREAS_H

#include "base/arena.h"
#include "damage/damage.h"

/* What the sources of damage say of an area. */
typedef enum smap__area_status {
    SMAP__AREA_PRODUCED,     /* looked at, a product exists */
    SMAP__AREA_NOT_PRODUCED, /* asked for, but the source made no product: nothing is known, not zero */
    SMAP__AREA_PARTLY,       /* part of it lies in produced areas of interest */
    SMAP__AREA_OUTSIDE,      /* the source did not look here: unknown, not undamaged */
    SMAP__AREA_UNKNOWN       /* no coverage was imported */
} smap__area_status;

typedef struct smap__area {
    const char *id, *name_en, *name_ar; /* "" where unknown */
    smap__area_status status;
    double looked_at; /* fraction of the area inside produced areas of interest; of PARTLY */
    int64_t row;      /* in the layer the areas are from */
} smap__area;

typedef struct smap__areas {
    smap__arena arena;
    const char *kind; /* of the domain area_kind */
    smap__area *area; /* sorted by id */
    int count;
    const smap_layer *layer; /* borrowed; the polygons */
    bool by_source;          /* areas of interest: rows name theirs, no geometry needed */
} smap__areas;

smap_status smap__areas_build(smap_ctx *ctx, const smap__damage_input *input, smap__areas *out, smap_error *err);
void smap__areas_release(smap__areas *areas);

/* The area (index, -1 = none) of every row of a layer: by the area of interest it names, or by where it lies. */
smap_status smap__areas_assign(smap_ctx *ctx, const smap__areas *areas, const smap_layer *rows, int32_t *area,
                               smap_error *err);

const char *smap__area_status_code(smap__area_status status); /* of the domain summary_coverage */
/* Why there is no figure for an area without a row, never a zero: of the domain damage_statement. */
const char *smap__area_silence(smap__area_status status);

#endif
