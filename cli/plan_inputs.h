/* Whether what the steps of a plan read is there, before any of them is done. */
#ifndef SITEMAP_CLI_PLAN_INPUTS_H
#define SITEMAP_CLI_PLAN_INPUTS_H

#include "plan.h"

/* The path of a file or workspace that the step (counted from 0) reads, that is not there, and that no step before it
 * writes; free it. NULL: there is none. */
char *plan_missing_input(const cli_plan *plan, int step);

#endif
