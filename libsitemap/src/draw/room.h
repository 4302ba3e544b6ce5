/* Room for labels: which cells of a fine grid over the frame are taken. Boxes are rounded outward to whole cells, so
 * two boxes that were both granted never overlap, and every question costs the same however many labels came before. */
#ifndef SMAP_DRAW_ROOM_H
#define SMAP_DRAW_ROOM_H

#include "sheet/compose.h"

typedef struct smap__room smap__room;

enum { SMAP__ROOM_HARD, SMAP__ROOM_SOFT }; /* never covered; covered when it must be */

smap_status smap__room_new(smap__rect_mm frame, double cell_mm, smap__room **out, smap_error *err);
void smap__room_free(smap__room *room);
/* What lies outside the frame is cut off. */
void smap__room_take(smap__room *room, smap__rect_mm box, int kind);
/* Wholly inside the frame and on no hard cell? */
bool smap__room_is_free(const smap__room *room, smap__rect_mm box);
/* Share of the box's cells that are soft, 0..1. */
double smap__room_cover(const smap__room *room, smap__rect_mm box);

/* A label's shape: one box, or for a slanted label a row of them. */
typedef struct smap__place {
    double x, y; /* middle of the label */
    double cover;
} smap__place;

typedef struct smap__wish {
    double x, y;        /* anchor */
    double w, h;        /* of the label with its margin */
    double away;        /* from anchor to the near side of the label: half the mark and the gap */
    double angle_deg;   /* of a line label */
    int kind;           /* SMAP__LABEL_ */
    bool rtl;           /* prefers the left of its mark */
    const double *ring; /* of a point: how much farther away to try, in order; NULL = only right beside the mark */
    int rings;
} smap__wish;

/* Try the places of a label in order of preference (points: Imhof 1975, upper right first; areas: on the anchor, then
 * around it; lines: along the line, then beside it): the first free one that covers least. Takes it as hard. false = no
 * room, nothing taken. `most_cover` is the largest share of soft cells allowed. */
bool smap__room_place(smap__room *room, const smap__wish *wish, double most_cover, smap__place *out);

#endif
