/* Linear programs of the size of a printed table: how far can one unknown go when sums are known? Variables have bounds
 * and the equations are sums, A x = b. A point that fulfils everything is known from the start (the true counts), so no
 * search for a first one is needed. Dense primal simplex with bounds (Chvatal: Linear Programming, 1983, chapter 8). */
#ifndef SMAP_PROTECT_LINEAR_H
#define SMAP_PROTECT_LINEAR_H

#include <stdbool.h>

#include "sitemap/context.h"

typedef struct smap__linear smap__linear;

/* `ctx` is asked whether to go on, and may be NULL. `n` variables; low[i] is finite, high[i] may be HUGE_VAL; start[i]
 * is within, and fulfils all equations that are added.
 */
smap_status smap__linear_new(smap_ctx *ctx, int n, const double *low, const double *high, const double *start,
                             smap__linear **out, smap_error *err);
void smap__linear_free(smap__linear *linear);
/* One equation: sum of factor[k] x[variable[k]] stays what it is at the start. One that follows from the others adds
 * nothing. */
smap_status smap__linear_equation(smap__linear *linear, const int *variable, const double *factor, int count,
                                  smap_error *err);
/* Go to where the sum of gain[i] x[i] is largest; false: there is no end to it (*endless), or none was found in as many
 * steps as it may take or before the run was cancelled. All calls go on from where the last one has come to. */
bool smap__linear_maximise(smap__linear *linear, const double *gain, bool *endless);
double smap__linear_at(const smap__linear *linear, int variable);

#endif
