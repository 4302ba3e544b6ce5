/* Names that stand for a position: codes, labels and aliases, compared when folded (letter case, white space and
 * punctuation, Arabic letter forms aside). */
#ifndef SMAP_MODEL_NAMES_H
#define SMAP_MODEL_NAMES_H

#include <stdbool.h>
#include <stddef.h>

#include "sitemap/error.h"

typedef struct smap__names smap__names;

smap_status smap__names_new(smap__names **out, smap_error *err);
void smap__names_free(smap__names *names);

/* Let `text` (terminated; blank ones are passed over) stand for `position`. If it stands for another one already, that
 * one stays and *taken (may be NULL) tells which, else -1. */
smap_status smap__names_add(smap__names *names, const char *text, int position, int *taken, smap_error *err);
/* The position that a text stands for; -1 if none (also for want of memory). */
int smap__names_find(const smap__names *names, const char *text, size_t len);

#endif
