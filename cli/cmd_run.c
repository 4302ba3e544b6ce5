#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "app.h"
#include "escape.h"
#include "interrupt.h"
#include "json_out.h"
#include "plan.h"
#include "plan_inputs.h"

/* "3/9 import sites.csv" */
static void print_heading(const cli_plan *plan, int index) {
    const cli_values *step = &plan->steps[index];
    printf("%s%d/%d %s", index ? "\n" : "", index + 1, plan->count, step->command->name);
    for (int i = 0; i < step->argument_count; i++) {
        char safe[512];
        escape_text(safe, sizeof safe, step->arguments[i], strlen(step->arguments[i]));
        printf(" %s", safe);
    }
    putchar('\n');
}

static void enter_step(cli_app *app, const cli_plan *plan, int index) {
    snprintf(app->step, sizeof app->step, " step %d (%s)", index + 1, plan->steps[index].command->name);
}

/* Say of each step what is missing for it. */
static int check_inputs(cli_app *app, const cli_plan *plan) {
    int code = EXIT_DONE;
    for (int i = 0; i < plan->count; i++) {
        char *path = plan_missing_input(plan, i);
        if (!path) continue;
        char *message =
            cli_format("%s: there is no such file, and no step before this one writes it; check the path", path);
        enter_step(app, plan, i);
        app_error(app, message);
        app->step[0] = '\0';
        free(message);
        free(path);
        code = EXIT_FAILED;
    }
    return code;
}

/* What would be done, in order. */
static void print_steps(const cli_app *app, const cli_plan *plan, int code) {
    if (!app->json) {
        for (int i = 0; !app->quiet && i < plan->count; i++) print_heading(plan, i);
        return;
    }
    printf("{\"command\": \"run\", \"steps\": [");
    for (int i = 0; i < plan->count; i++) {
        printf("%s{\"command\": ", i ? ",\n" : "\n");
        json_print_string(stdout, plan->steps[i].command->name);
        printf(", \"arguments\": [");
        for (int k = 0; k < plan->steps[i].argument_count; k++) {
            if (k) printf(", ");
            json_print_string(stdout, plan->steps[i].arguments[k]);
        }
        printf("]}");
    }
    printf("\n], \"exit\": %d}\n", code);
}

static int run_step(cli_app *app, const cli_plan *plan, int index) {
    const cli_values *step = &plan->steps[index];
    enter_step(app, plan, index);
    if (!app->json && !app->quiet) print_heading(plan, index);
    int code = step->command->run(app, step);
    app->step[0] = '\0';
    return code;
}

/* All steps in order; a step with rejected rows goes on, one that failed ends the run. */
static int run_steps(cli_app *app, const cli_plan *plan) {
    int worst = EXIT_DONE;
    for (int i = 0; i < plan->count; i++) {
        int code = interrupt_signal() ? EXIT_FAILED : run_step(app, plan, i);
        if (code != EXIT_DONE && code != EXIT_REJECTED) {
            char message[128];
            snprintf(message, sizeof message, "ended at step %d of %d; what the steps before it did stays", i + 1,
                     plan->count);
            app_error(app, message);
            return code;
        }
        if (code > worst) worst = code;
    }
    return worst;
}

static int make_folder(cli_app *app, const char *folder) {
    if (!folder || mkdir(folder, 0777) == 0 || errno == EEXIST) return EXIT_DONE;
    usage_error err;
    usage_fail(&err, "the folder '%s' cannot be made: %s", folder, strerror(errno));
    app_error(app, err.message);
    return EXIT_FAILED;
}

int cmd_run(cli_app *app, const cli_values *values) {
    cli_plan plan;
    usage_error err;
    int code = plan_read(&plan, values->arguments[0], values, &err);
    if (code != EXIT_DONE) {
        app_error(app, err.message);
        return code;
    }
    if (values_flag(values, OPT_DRY_RUN)) {
        code = check_inputs(app, &plan);
        print_steps(app, &plan, code);
    } else {
        code = make_folder(app, values_text(values, OPT_OUTPUT_DIR));
        if (app->json) printf("{\"command\": \"run\", \"steps\": [");
        app->json_list = true;
        if (code == EXIT_DONE) code = run_steps(app, &plan);
        if (app->json) printf("\n], \"exit\": %d}\n", code);
    }
    plan_clear(&plan);
    return code;
}
