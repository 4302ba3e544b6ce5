/* The running program: what it was told about output, its context, and its way of speaking on stderr. */
#ifndef SITEMAP_CLI_APP_H
#define SITEMAP_CLI_APP_H

#include "options.h"

enum { EXIT_DONE = 0, EXIT_FAILED = 1, EXIT_USAGE = 2, EXIT_REJECTED = 3 };

typedef struct cli_app {
    smap_ctx *ctx;
    const char *verb; /* what messages start with after "sitemap"; "" before a verb is known */
    char step[64];    /* " step 3 (import)" in a plan, else "" */
    bool json, quiet, verbose;
    bool colour;        /* of stderr */
    bool progress;      /* stderr is a terminal: show progress there */
    bool progress_line; /* one stands there now */
    double progress_at; /* what it says, as a fraction */
    int json_results;   /* printed so far, within the list of a plan */
    bool json_list;
} cli_app;

/* Set up messages for a verb, from its options. The context is made by app_open. */
void app_init(cli_app *app, const char *verb, const cli_values *values);
/* EXIT_DONE, or said why not. */
int app_open(cli_app *app, const cli_values *values);
/* Free the context, see that stdout was written whole; returns the exit code, `code` unless that fails. Ends the
 * program by the signal that stopped it, if one did. */
int app_close(cli_app *app, int code);

/* One line on stderr: "sitemap import: ...". */
void app_error(cli_app *app, const char *message);
void app_warning(cli_app *app, const char *message);
/* Say that what was typed is wrong; returns EXIT_USAGE. */
int app_usage(cli_app *app, const usage_error *err);

/* Print what a job returned, free it, and return the exit code. */
int app_finish(cli_app *app, const cli_values *values, smap_status status, smap_result *result, const smap_error *err);

#endif
