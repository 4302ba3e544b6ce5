/* What stands in the way of the labels of a view: elements of the page, marks, lines and outlines of what is drawn. */
#ifndef SMAP_DRAW_LABEL_ROOM_H
#define SMAP_DRAW_LABEL_ROOM_H

#include "draw/room.h"

/* Features are taken side by side; the room is the same for any number of threads. It is closed, for questions. */
smap_status smap__label_room_make(smap_ctx *ctx, const smap__sheet *sheet, const smap__view *view,
                                  const smap__rect_mm *obstacle, int obstacles, smap__room **out, smap_error *err);

#endif
