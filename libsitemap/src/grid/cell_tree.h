/* A set of cells of a raster, to be searched for the nearest one: bits in tiles of 64 x 64, and over them a pyramid
 * that says where there are any. Tiles without cells take no memory but their place in a table.
 *
 *     smap__cell_tree_new
 *
 *     smap__cell_tree_put       for each tile, by several threads, each tile by one
 *
 *     smap__cell_tree_finish
 *
 *     smap__cell_tree_nearest   by several threads */
#ifndef SMAP_GRID_CELL_TREE_H
#define SMAP_GRID_CELL_TREE_H

#include "grid/lattice.h"

enum { SMAP__TILE = 64 };

typedef struct smap__cell_tree smap__cell_tree;

smap_status smap__cell_tree_new(const smap__lattice *lattice, smap__cell_tree **out, smap_error *err);
void smap__cell_tree_free(smap__cell_tree *tree);
/* bits[row] & 1 << column */
smap_status smap__cell_tree_put(smap__cell_tree *tree, int64_t across, int64_t down, const uint64_t bits[SMAP__TILE],
                                smap_error *err);
smap_status smap__cell_tree_finish(smap__cell_tree *tree, smap_error *err);

/* A search, to be used again and again by one thread; start with zeroes. */
typedef struct smap__cell_search {
    struct smap__cell_node *heap;
    size_t count, capacity;
} smap__cell_search;
void smap__cell_search_release(smap__cell_search *search);

/* Of all runs of cells of the set that are closer to `box` than *best, the smallest value that `distance` gives, into
 * *best. `corner` are the four corners of a run on the ground, in their order around it. */
typedef double (*smap__distance_fn)(const double corner[4][2], void *user);
smap_status smap__cell_tree_nearest(const smap__cell_tree *tree, smap__cell_search *search, smap_box box,
                                    smap__distance_fn distance, void *user, double *best, smap_error *err);

#endif
