#include "help.h"

/* The words that may follow an option with a fixed list of values. */
static void print_choices(FILE *out) {
    for (int id = 0; id < OPT_COUNT; id++) {
        const cli_option *option = table_option((option_id)id);
        if (!option->choices) continue;
        fprintf(out, "        --%s) words='", option->name);
        for (const char *const *choice = option->choices; *choice; choice++)
            fprintf(out, "%s%s", choice == option->choices ? "" : " ", *choice);
        fputs("' ;;\n", out);
    }
}

static void print_commands(FILE *out) {
    for (int i = 0; table_command(i); i++) {
        const cli_command *command = table_command(i);
        fprintf(out, "        %s) words='", command->name);
        for (int id = 0, first = 1; id < OPT_COUNT; id++) {
            if (!table_takes(command, (option_id)id)) continue;
            fprintf(out, "%s--%s", first ? "" : " ", table_option((option_id)id)->name);
            first = 0;
        }
        fputs("' ;;\n", out);
    }
}

void completion_print_bash(FILE *out) {
    fputs("# bash completion for sitemap, written by: sitemap --completion\n"
          "_sitemap() {\n"
          "    local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} words=''\n"
          "    COMPREPLY=()\n"
          "    if [ \"$COMP_CWORD\" = 1 ]; then\n"
          "        words='",
          out);
    for (int i = 0; table_command(i); i++) fprintf(out, "%s ", table_command(i)->name);
    fputs("--help --version'\n"
          "        COMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n"
          "        return\n"
          "    fi\n"
          "    case $before in\n",
          out);
    print_choices(out);
    fputs("    esac\n"
          "    if [ -z \"$words\" ] && [ \"${current:0:1}\" = - ]; then\n"
          "        case ${COMP_WORDS[1]} in\n",
          out);
    print_commands(out);
    fputs("        esac\n"
          "    fi\n"
          "    if [ -n \"$words\" ]; then\n"
          "        COMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n"
          "    else\n"
          "        COMPREPLY=($(compgen -f -- \"$current\"))\n"
          "    fi\n"
          "}\n"
          "complete -o filenames -o bashdefault -F _sitemap sitemap\n",
          out);
}
