#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app.h"
#include "help.h"

/* The options that stand where a command would: help and what the build writes out of the table. -1: none of them. */
static int run_program_option(cli_app *app, int argc, char **argv) {
    usage_error err;
    const cli_command *command = NULL;
    const char *word = argv[1], *name = argc > 2 ? argv[2] : NULL;
    bool help = strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0 || strcmp(word, "help") == 0;
    bool man = strcmp(word, "--man") == 0;
    if ((help || man) && name) {
        command = table_find_command(name);
        usage_unknown_command(name, &err);
        if (!command) return app_usage(app, &err);
    }
    if (help && command)
        help_print_command(stdout, command);
    else if (help)
        help_print_program(stdout);
    else if (man)
        man_print(stdout, command);
    else if (strcmp(word, "--version") == 0)
        printf("sitemap %s\n", smap_version());
    else if (strcmp(word, "--json-usage") == 0)
        usage_print_json(stdout);
    else if (strcmp(word, "--completion") == 0)
        completion_print_bash(stdout);
    else if (word[0] != '-')
        return -1;
    else {
        usage_fail(&err, "a command comes first, then its options; see sitemap --help");
        return app_usage(app, &err);
    }
    return app_close(app, EXIT_DONE);
}

static int run_command(cli_app *app, const cli_command *command, int argc, char **argv) {
    cli_values values;
    usage_error err;
    int code;
    values_init(&values, command);
    app_init(app, command->name, NULL);
    if (!values_parse(&values, argc, argv, &err)) {
        code = app_usage(app, &err);
    } else if (values_flag(&values, OPT_HELP)) {
        help_print_command(stdout, command);
        code = app_close(app, EXIT_DONE);
    } else {
        app_init(app, command->name, &values);
        code = app_open(app, &values);
        code = app_close(app, code == EXIT_DONE ? command->run(app, &values) : code);
    }
    values_clear(&values);
    return code;
}

/* A file opened while one of the three is closed would take its number, and what is printed would go into the file. A
 * descriptor that cannot be written keeps the failure of printing. */
static void fill_standard_descriptors(void) {
    for (int fd = 0; fd <= 2; fd++)
        if (fcntl(fd, F_GETFD) == -1 && errno == EBADF && open("/dev/null", O_RDONLY) < 0) exit(EXIT_FAILED);
}

/* Variables with which libraries print what they do among our own output, or never come back: GDAL 3.6 recurses without
 * end on CPL_DEBUG once it is told to ignore the environment. Fonts come from files that we name, and a text's language
 * from the sheet: fontconfig complains of a locale that is none. The NetCDF library would read settings and keys for
 * the network from the home folder and the current one, and HDF5 load filters as code. */
static void settle_variables(void) {
    static const char *const dropped[] = {
        "CPL_DEBUG",         "FC_DEBUG",  "FONTCONFIG_FILE", "FONTCONFIG_PATH", "G_DEBUG",
        "G_MESSAGES_DEBUG",  "FC_LANG",   "LC_ALL",          "LC_CTYPE",        "LANG",
        "NCLOGGING",         "NCTRACING", "HDF5_DEBUG",      "HDF5_DRIVER",     "HDF5_PLUGIN_PATH",
        "HDF5_VOL_CONNECTOR"
    };
    for (size_t i = 0; i < sizeof dropped / sizeof *dropped; i++) unsetenv(dropped[i]);
    setenv("NCRCENV_IGNORE", "1", 1);
    setenv("NC_TEST_AWS_DIR", "/dev/null", 1);
    setenv("HDF5_PLUGIN_PRELOAD", "::", 1);
}

/* Columns and pictures come and go by the megabyte. The C library would soon keep their room for itself; so it goes back
 * at once, which takes a tenth off the peak of a map of a million buildings. */
static void give_large_blocks_back(void) {
    enum { LARGE = 256 * 1024 };
    mallopt(M_MMAP_THRESHOLD, LARGE);
}

int main(int argc, char **argv) {
    cli_app app;
    usage_error err;
    give_large_blocks_back();
    fill_standard_descriptors();
    settle_variables();
    app_init(&app, "", NULL);
    if (argc < 2) {
        help_print_program(stderr);
        return EXIT_USAGE;
    }
    int code = run_program_option(&app, argc, argv);
    if (code >= 0) return code;
    const cli_command *command = table_find_command(argv[1]);
    if (command) return run_command(&app, command, argc - 1, argv + 1);
    usage_unknown_command(argv[1], &err);
    return app_usage(&app, &err);
}
