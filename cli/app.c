#include "app.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "escape.h"
#include "interrupt.h"
#include "json_out.h"
#include "print.h"

/* ---- speaking on stderr ------------------------------------------------------------------------------------------ */

static void clear_progress(cli_app *app) {
    if (!app->progress_line) return;
    fputs("\r\033[K", stderr);
    app->progress_line = false;
}

static void say(cli_app *app, const char *colour, const char *kind, const char *message) {
    char safe[4096];
    escape_text(safe, sizeof safe, message, strlen(message));
    clear_progress(app);
    fprintf(stderr, "%ssitemap%s%s%s:%s %s%s\n", app->colour ? colour : "", app->verb[0] ? " " : "", app->verb,
            app->step, app->colour ? "\033[0m" : "", kind, safe);
}

void app_error(cli_app *app, const char *message) {
    say(app, "\033[1;31m", "", message);
}

void app_warning(cli_app *app, const char *message) {
    if (!app->quiet) say(app, "\033[1;33m", "warning: ", message);
}

int app_usage(cli_app *app, const usage_error *err) {
    app_error(app, err->message);
    return EXIT_USAGE;
}

static void take_log(smap_log_level level, const char *message, void *user) {
    cli_app *app = user;
    if (level == SMAP_LOG_WARNING)
        app_warning(app, message);
    else if (app->verbose)
        say(app, "\033[1m", "", message);
}

static int take_progress(double complete, const char *message, void *user) {
    cli_app *app = user;
    /* Whole percents only: a terminal is slow. */
    if (app->progress && (!app->progress_line || (int)(complete * 100) != (int)(app->progress_at * 100))) {
        char safe[256] = "";
        if (message) escape_text(safe, sizeof safe, message, strlen(message));
        fprintf(stderr, "\r\033[Ksitemap %s%s: %3d %% %s", app->verb, app->step, (int)(complete * 100), safe);
        fflush(stderr);
        app->progress_line = true;
        app->progress_at = complete;
    }
    return interrupt_signal() == 0;
}

static int exit_code(smap_status status, int64_t rejected, bool strict) {
    if (status == SMAP_E_ARGUMENT) return EXIT_USAGE;
    if (status != SMAP_OK) return EXIT_FAILED;
    if (rejected > 0) return strict ? EXIT_FAILED : EXIT_REJECTED;
    return EXIT_DONE;
}

/* ---- start and end ----------------------------------------------------------------------------------------------- */

void app_init(cli_app *app, const char *verb, const cli_values *values) {
    memset(app, 0, sizeof *app);
    app->verb = verb;
    app->json = values && values_flag(values, OPT_JSON);
    app->quiet = values && values_flag(values, OPT_QUIET);
    app->verbose = values && values_flag(values, OPT_VERBOSE);
    const char *no_colour = getenv("NO_COLOR"), *term = getenv("TERM");
    bool terminal = isatty(STDERR_FILENO) && term && strcmp(term, "dumb") != 0;
    app->colour = terminal && !(no_colour && no_colour[0]);
    app->progress = terminal && !app->quiet;
}

int app_open(cli_app *app, const cli_values *values) {
    smap_ctx_options options = SMAP_CTX_OPTIONS_INIT;
    options.threads = values_number(values, OPT_THREADS);
    options.log = take_log;
    options.log_user = app;
    options.progress = take_progress;
    options.progress_user = app;
    smap_error err = SMAP_ERROR_INIT;
    interrupt_catch();
    smap_status status = smap_ctx_new(&options, &app->ctx, &err);
    if (status != SMAP_OK) app_error(app, err.message);
    return exit_code(status, 0, false);
}

/* A result that is written is not taken back: who presses Ctrl-C in the last moment is told that it is done. */
int app_close(cli_app *app, int code) {
    clear_progress(app);
    smap_ctx_free(app->ctx);
    app->ctx = NULL;
    if ((fflush(stdout) != 0 || ferror(stdout)) && code != EXIT_FAILED) {
        app_error(app, "the result could not be printed: the disk or the pipe behind standard output took no more");
        code = EXIT_FAILED;
    }
    if (code == EXIT_DONE || code == EXIT_REJECTED) interrupt_settle();
    interrupt_end();
    return code;
}

/* ---- results ----------------------------------------------------------------------------------------------------- */

int app_finish(cli_app *app, const cli_values *values, smap_status status, smap_result *result, const smap_error *err) {
    int64_t rejected = status == SMAP_OK ? smap_result_rejected(result) : 0;
    int code = exit_code(status, rejected, values_flag(values, OPT_STRICT));
    clear_progress(app);
    if (app->json) {
        if (app->json_list) fputs(app->json_results++ ? ",\n" : "\n", stdout);
        json_print_result(stdout, values->command->name, code, status == SMAP_OK ? result : NULL, err);
        fputs(app->json_list ? "" : "\n", stdout);
    } else if (status == SMAP_OK) {
        print_result(stdout, result, app->quiet, app->verbose);
    }
    fflush(stdout);
    if (status == SMAP_E_CANCELLED && interrupt_signal()) {
        app_error(app, "stopped on request; nothing was half written");
    } else if (status != SMAP_OK) {
        app_error(app, err->message[0] ? err->message : smap_status_name(status));
    } else if (rejected > 0) {
        char text[160];
        bool stored = table_takes(values->command, OPT_WORKSPACE) && !values_flag(values, OPT_DRY_RUN);
        snprintf(text, sizeof text, "%lld %s rejected; %s", (long long)rejected,
                 rejected == 1 ? "row was" : "rows were",
                 stored ? "each is a row of the layer 'finding' with its reason" : "the findings say why");
        if (code == EXIT_FAILED)
            app_error(app, text);
        else
            app_warning(app, text);
    }
    smap_result_free(result);
    return code;
}
