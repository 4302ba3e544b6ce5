/* What a label may not cover, and what it had better not: cells of a fine grid over the frame, marked by kind and then
 * summed up by blocks of 8 x 8, so that a question costs as the rim of its box in blocks, however much there is. A cell
 * takes 6 bits. Boxes are rounded outward to whole cells. */
#ifndef SMAP_DRAW_ROOM_H
#define SMAP_DRAW_ROOM_H

#include "draw/label_board.h"
#include "sheet/compose.h"

typedef struct smap__room smap__room;

/* Never covered; marks, covered when it must be; lines, which labels rather leave free; near a mark that has a label of
 * its own, so that another one there would be read as that. */
enum { SMAP__ROOM_HARD, SMAP__ROOM_SOFT, SMAP__ROOM_LINE, SMAP__ROOM_NEAR, SMAP__ROOM_KINDS };

smap_status smap__room_new(smap__rect_mm frame, double cell_mm, smap__room **out, smap_error *err);
void smap__room_free(smap__room *room);
/* What lies outside the frame is cut off. */
void smap__room_take(smap__room *room, smap__rect_mm box, int kind);
/* The cells under a stroke from a to b. */
void smap__room_take_stroke(smap__room *room, double ax, double ay, double bx, double by, double width_mm, int kind);
/* What `other`, of the same frame and cells, has taken is taken here too. */
void smap__room_join(smap__room *room, const smap__room *other);
/* Everything is taken: questions may be asked from now on. */
void smap__room_close(smap__room *room);

/* Shares of a box's cells, 0..1. */
typedef struct smap__cover {
    double soft, line, near;
} smap__cover;

/* May a label's box stand there: wholly inside the frame and on no hard cell? `out` (may be NULL): what it covers. A
 * turned box is asked about as a row of upright ones. */
bool smap__room_has_place(const smap__room *room, const smap__label_box *box, smap__cover *out);

#endif
