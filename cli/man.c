#include <stdlib.h>
#include <string.h>

#include "help.h"
#include "options.h"

/* Text as troff takes it literally: backslashes and dashes escaped, no line that starts with a control character. */
static void print_text(FILE *out, const char *text) {
    for (const char *c = text; *c; c++) {
        if ((*c == '.' || *c == '\'') && (c == text || c[-1] == '\n')) fputs("\\&", out);
        if (*c == '\\')
            fputs("\\e", out);
        else if (*c == '-')
            fputs("\\-", out);
        else if (*c == '\'')
            fputs("\\(aq", out);
        else if (*c == '\n' && c[1] == '\n')
            fputs("\n.PP", out);
        else
            fputc(*c, out);
    }
}

static void print_options(FILE *out, const cli_command *command, int first, int last) {
    for (int id = first; id < last; id++) {
        if (!table_takes(command, (option_id)id)) continue;
        char name[96];
        help_format_option(table_option((option_id)id), name, sizeof name);
        fputs(".TP\n.B ", out);
        print_text(out, name);
        fputc('\n', out);
        print_text(out, table_option((option_id)id)->help);
        fputs(".\n", out);
    }
}

static void print_end(FILE *out) {
    fputs(".SH EXIT STATUS\n", out);
    for (const exit_status *status = help_exit_statuses; status->means; status++) {
        fprintf(out, ".TP\n.B %d\n", status->code);
        print_text(out, status->means);
        fputs("\n", out);
    }
    fputs(".SH ENVIRONMENT\n.TP\n.B SITEMAP_DATA\nthe folder of the data model, scales and lists of values\n"
          ".TP\n.B SITEMAP_STYLES\nthe folder of styles and sheets\n"
          ".TP\n.B SOURCE_DATE_EPOCH\nthe date to state where no other is known, in seconds since 1970\n"
          ".TP\n.B NO_COLOR\nset to anything: no colours in messages\n",
          out);
}

static void print_command(FILE *out, const cli_command *command) {
    fprintf(out, ".SH NAME\nsitemap\\-%s \\- %s\n.SH EXAMPLES\n", command->name, command->summary);
    for (const cli_example *example = command->examples; example->line; example++) {
        fputs(".TP\n.B sitemap ", out);
        print_text(out, example->line);
        fputc('\n', out);
        print_text(out, example->says);
        fputc('\n', out);
    }
    fprintf(out, ".SH SYNOPSIS\n.B sitemap %s\n.I %s\n", command->name, command->argument_name);
    if (command->needs != OPT_COUNT)
        fprintf(out, ".B \\-%c\n.I %s\n", table_option(command->needs)->letter, table_option(command->needs)->value);
    fputs("[OPTION...]\n.SH DESCRIPTION\n", out);
    print_text(out, command->description);
    fputs("\n", out);
    if (command->options[0] != OPT_COUNT) fputs(".SH OPTIONS\n", out);
    print_options(out, command, 0, OPT_FIRST_COMMON);
    fputs(".SH OPTIONS OF EVERY COMMAND\n", out);
    print_options(out, command, OPT_FIRST_COMMON, OPT_COUNT);
    print_end(out);
    fputs(".SH SEE ALSO\n.BR sitemap (1)\n", out);
}

static void print_program(FILE *out) {
    fputs(".SH NAME\nsitemap \\- from field files to one GeoPackage and finished maps\n"
          ".SH SYNOPSIS\n.B sitemap\n.I COMMAND\n[OPTION...]\n.SH COMMANDS\n",
          out);
    for (int i = 0; table_command(i); i++)
        fprintf(out, ".TP\n.BR sitemap\\-%s (1)\n%s\n", table_command(i)->name, table_command(i)->summary);
    print_end(out);
}

void man_print(FILE *out, const cli_command *command) {
    char *name = command ? cli_format("sitemap-%s", command->name) : cli_strdup("sitemap");
    fprintf(out, ".TH \"%s\" 1 \"\" \"sitemap %s\" \"sitemap\"\n.ad l\n.nh\n", name, smap_version());
    free(name);
    if (command)
        print_command(out, command);
    else
        print_program(out);
}
