#include "help.h"

#include <string.h>

const exit_status help_exit_statuses[] = { { 0, "done" },
                                           { 1, "failed, nothing half written" },
                                           { 2, "the command line is wrong" },
                                           { 3, "done, but rows were rejected; --strict makes that 1" },
                                           { 0, NULL } };

enum { LEFT = 30, LINE = 100 };

/* A paragraph broken at spaces, `indent` spaces before every line but the first. */
static void print_wrapped(FILE *out, const char *text, size_t len, int indent, int at) {
    size_t start = 0;
    while (start < len) {
        size_t end = start;
        while (end < len && text[end] != ' ') end++;
        int word = (int)(end - start);
        if (at > indent && at + 1 + word > LINE) {
            fprintf(out, "\n%*s", indent, "");
            at = indent;
        } else if (at > indent) {
            fputc(' ', out);
            at++;
        }
        fwrite(text + start, 1, (size_t)word, out);
        at += word;
        start = end + (end < len);
    }
    fputc('\n', out);
}

void help_format_option(const cli_option *option, char *out, size_t size) {
    char letter[8] = "";
    if (option->letter) snprintf(letter, sizeof letter, "-%c, ", option->letter);
    snprintf(out, size, "%s--%s%s%s", letter, option->name, option->value ? " " : "",
             option->value ? option->value : "");
}

static void print_option(FILE *out, const cli_option *option) {
    char left[96];
    help_format_option(option, left, sizeof left);
    int at = fprintf(out, "  %s%s", option->letter ? "" : "    ", left);
    if (at > LEFT - 2) {
        fprintf(out, "\n%*s", LEFT, "");
        at = LEFT;
    } else {
        at += fprintf(out, "%*s", LEFT - at, "");
    }
    print_wrapped(out, option->help, strlen(option->help), LEFT, at);
}

static void print_paragraphs(FILE *out, const char *text) {
    for (const char *end; *text; text = end + strspn(end, "\n")) {
        end = strstr(text, "\n\n");
        if (!end) end = text + strlen(text);
        print_wrapped(out, text, (size_t)(end - text), 0, 0);
        fputc('\n', out);
    }
}

void help_print_command(FILE *out, const cli_command *command) {
    for (const cli_example *example = command->examples; example->line; example++)
        fprintf(out, "%s sitemap %s\n          %s\n", example == command->examples ? "Examples:\n " : " ",
                example->line, example->says);
    fprintf(out, "\nUsage: sitemap %s %s", command->name, command->argument_name);
    if (command->needs != OPT_COUNT)
        fprintf(out, " -%c %s", table_option(command->needs)->letter, table_option(command->needs)->value);
    fputs(" [OPTION...]\n\n", out);
    print_paragraphs(out, command->description);
    for (const option_id *id = command->options; *id != OPT_COUNT; id++) print_option(out, table_option(*id));
    fputs("\nOptions of every command:\n", out);
    for (int id = OPT_FIRST_COMMON; id < OPT_COUNT; id++) print_option(out, table_option((option_id)id));
    fputs("\nExit status:\n", out);
    for (const exit_status *status = help_exit_statuses; status->means; status++)
        fprintf(out, "  %d  %s\n", status->code, status->means);
}

void help_print_program(FILE *out) {
    fputs("Examples:\n"
          "  sitemap new libya.gpkg\n"
          "  sitemap import sites.csv -w libya.gpkg --to site\n"
          "  sitemap damage libya.gpkg --by admin:2\n"
          "  sitemap map libya.gpkg -o libya.png\n"
          "\nUsage: sitemap COMMAND ... (sitemap COMMAND --help says more)\n\n"
          "From field files to one GeoPackage that opens well in QGIS, and to finished maps.\n\n",
          out);
    for (int i = 0; table_command(i); i++)
        fprintf(out, "  %-8s %s\n", table_command(i)->name, table_command(i)->summary);
    fputs("\n  --help   this text\n  --version\n  --json-usage   every command and option as JSON\n"
          "  --completion   completion for bash: source <(sitemap --completion)\n",
          out);
}
