/* Everything that is written from the table of commands: help, man pages, completion, and the table itself as JSON. */
#ifndef SITEMAP_CLI_HELP_H
#define SITEMAP_CLI_HELP_H

#include <stdio.h>

#include "cmd_table.h"

void help_print_program(FILE *out);
void help_print_command(FILE *out, const cli_command *command);
/* troff with the man macros; NULL = the page of the program. */
void man_print(FILE *out, const cli_command *command);
void completion_print_bash(FILE *out);
void usage_print_json(FILE *out);

/* "-w, --workspace WS.gpkg" */
void help_format_option(const cli_option *option, char *out, size_t size);

typedef struct exit_status {
    int code;
    const char *means;
} exit_status;
/* Ends with a NULL meaning. */
extern const exit_status help_exit_statuses[];

#endif
