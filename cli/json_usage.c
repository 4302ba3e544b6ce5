#include "help.h"
#include "json_out.h"

static const char *const kind_names[] = {
    [OPTION_FLAG] = "flag",     [OPTION_TEXT] = "text",     [OPTION_CHOICE] = "choice", [OPTION_NUMBER] = "number",
    [OPTION_SOURCE] = "source", [OPTION_TARGET] = "target", [OPTION_MAP] = "map",       [OPTION_SET] = "set",
    [OPTION_LAYER] = "layer",   [OPTION_NAMED] = "named",   [OPTION_LIST] = "list",
};

static void print_member(FILE *out, const char *name, const char *value) {
    fprintf(out, "\"%s\": ", name);
    json_print_string(out, value);
    fputs(", ", out);
}

static void print_option(FILE *out, option_id id, bool needed) {
    const cli_option *option = table_option(id);
    char letter[2] = { option->letter, '\0' };
    fputs("{", out);
    print_member(out, "name", option->name);
    print_member(out, "letter", option->letter ? letter : NULL);
    print_member(out, "kind", kind_names[option->kind]);
    print_member(out, "value", option->value);
    print_member(out, "help", option->help);
    fputs("\"choices\": ", out);
    if (option->choices) {
        for (const char *const *choice = option->choices; *choice; choice++) {
            fputs(choice == option->choices ? "[" : ", ", out);
            json_print_string(out, *choice);
        }
        fputs("]", out);
    } else {
        fputs("null", out);
    }
    fprintf(out, ", \"required\": %s, \"repeatable\": %s, \"in_plan\": %s}", needed ? "true" : "false",
            table_is_repeatable(id) ? "true" : "false", id < OPT_FIRST_PROGRAM ? "true" : "false");
}

static void print_command(FILE *out, const cli_command *command) {
    fputs(" {", out);
    print_member(out, "name", command->name);
    print_member(out, "summary", command->summary);
    print_member(out, "argument", command->argument_name);
    fputs("\"examples\": [", out);
    for (const cli_example *example = command->examples; example->line; example++) {
        fputs(example == command->examples ? "" : ", ", out);
        json_print_string(out, example->line);
    }
    fputs("],\n  \"options\": [", out);
    bool first = true;
    for (int id = 0; id < OPT_COUNT; id++) {
        if (!table_takes(command, (option_id)id)) continue;
        fputs(first ? "\n   " : ",\n   ", out);
        print_option(out, (option_id)id, (option_id)id == command->needs);
        first = false;
    }
    fputs("]}", out);
}

void usage_print_json(FILE *out) {
    fputs("{\"commands\": [\n", out);
    for (int i = 0; table_command(i); i++) {
        if (i) fputs(",\n", out);
        print_command(out, table_command(i));
    }
    fputs("]}\n", out);
}
