/* A plan: the steps of `sitemap run`, read from JSON through the same table of options as the command line. */
#ifndef SITEMAP_CLI_PLAN_H
#define SITEMAP_CLI_PLAN_H

#include "options.h"

typedef struct cli_plan {
    cli_values *steps; /* as if each had been typed, paths made relative to the current folder */
    int count;
} cli_plan;

/* Read and check all steps before any is done. `given` are the values of `run` itself: its common options come before
 * those of the plan, and --output-dir says where relative outputs go. EXIT_DONE, EXIT_FAILED where the file cannot be
 * read, EXIT_USAGE where what stands in it is wrong: the error names the file, and the step or line. */
int plan_read(cli_plan *plan, const char *path, const cli_values *given, usage_error *err);
void plan_clear(cli_plan *plan);

#endif
