#include "options.h"

#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "escape.h"

/* ---- memory ------------------------------------------------------------------------------------------------------ */

void *cli_alloc(void *old, size_t size) {
    void *memory = realloc(old, size ? size : 1);
    if (!memory) {
        fputs("sitemap: memory ran out\n", stderr);
        exit(1);
    }
    return memory;
}

char *cli_strdup(const char *text) {
    size_t size = strlen(text) + 1;
    return memcpy(cli_alloc(NULL, size), text, size);
}

char *cli_format(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int len = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    char *text = cli_alloc(NULL, (size_t)len + 1);
    va_start(arguments, format);
    vsnprintf(text, (size_t)len + 1, format, arguments);
    va_end(arguments);
    return text;
}

/* ---- sentences --------------------------------------------------------------------------------------------------- */

bool usage_fail(usage_error *err, const char *format, ...) {
    char text[sizeof err->message];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    escape_text(err->message, sizeof err->message, text, strlen(text));
    return false;
}

void usage_unknown_command(const char *name, usage_error *err) {
    nearest n = { name, NULL, 0 };
    for (int i = 0; table_command(i); i++) nearest_offer(&n, table_command(i)->name);
    if (n.best)
        usage_fail(err, "there is no command '%s'; did you mean '%s'?", name, n.best);
    else if (strchr(name, '.') || strchr(name, '/'))
        usage_fail(err, "a command comes first, then the file; to see what '%s' holds: sitemap info %s", name, name);
    else
        usage_fail(err, "there is no command '%s'; see sitemap --help", name);
}

/* Another command that has the option. */
static const cli_command *find_owner(const char *name) {
    for (int i = 0; table_command(i); i++)
        if (table_find_option(table_command(i), name) != OPT_COUNT) return table_command(i);
    return NULL;
}

void usage_unknown_option(const cli_command *command, const char *name, const char *dashes, usage_error *err) {
    nearest n = { name, NULL, 0 };
    for (int id = 0; id < OPT_COUNT; id++)
        if (table_takes(command, (option_id)id)) nearest_offer(&n, table_option((option_id)id)->name);
    const cli_command *owner = find_owner(name);
    if (owner)
        usage_fail(err, "%s%s is an option of 'sitemap %s', not of 'sitemap %s'; see sitemap %s --help", dashes, name,
                   owner->name, command->name, command->name);
    else if (n.best)
        usage_fail(err, "there is no option %s%s; did you mean %s%s?", dashes, name, dashes, n.best);
    else
        usage_fail(err, "there is no option %s%s; see sitemap %s --help", dashes, name, command->name);
}

/* ---- values ------------------------------------------------------------------------------------------------------ */

void values_init(cli_values *values, const cli_command *command) {
    memset(values, 0, sizeof *values);
    values->command = command;
}

void values_clear(cli_values *values) {
    for (int id = 0; id < OPT_COUNT; id++) {
        cli_value *value = &values->option[id];
        for (int i = 0; i < value->count; i++) {
            free((char *)(uintptr_t)value->items[i].key);
            free((char *)(uintptr_t)value->items[i].value);
        }
        free(value->items);
    }
    for (int i = 0; i < values->argument_count; i++) free(values->arguments[i]);
    free(values->arguments);
    memset(values, 0, sizeof *values);
}

static void append_item(cli_value *value, const char *key, const char *text) {
    value->items = cli_alloc(value->items, sizeof *value->items * (size_t)(value->count + 1));
    value->items[value->count].key = key ? cli_strdup(key) : NULL;
    value->items[value->count++].value = text ? cli_strdup(text) : NULL;
}

bool values_add_argument(cli_values *values, const char *text, usage_error *err) {
    if (!text[0]) return usage_fail(err, "%s is empty", values->command->argument_name);
    values->arguments = cli_alloc(values->arguments, sizeof *values->arguments * (size_t)(values->argument_count + 1));
    values->arguments[values->argument_count++] = cli_strdup(text);
    return true;
}

static bool check_choice(const cli_option *option, const char *text, usage_error *err) {
    nearest n = { text, NULL, 0 };
    char list[256] = "";
    for (const char *const *choice = option->choices; *choice; choice++) {
        if (strcmp(*choice, text) == 0) return true;
        nearest_offer(&n, *choice);
        size_t len = strlen(list);
        snprintf(list + len, sizeof list - len, "%s%s",
                 choice == option->choices ? ""
                 : choice[1]               ? ", "
                                           : " and ",
                 *choice);
    }
    if (n.best) return usage_fail(err, "--%s knows no '%s'; did you mean '%s'?", option->name, text, n.best);
    return usage_fail(err, "--%s knows %s, not '%s'", option->name, list, text);
}

static bool check_number(const cli_option *option, const char *text, usage_error *err) {
    char *end;
    errno = 0;
    long number = strtol(text, &end, 10);
    if (end == text || *end || errno || number < 0 || number > INT_MAX)
        return usage_fail(err, "--%s wants a whole number, not '%s'", option->name, text);
    return true;
}

bool values_add_pair(cli_values *values, option_id id, const char *key, const char *value, usage_error *err) {
    const cli_option *option = table_option(id);
    cli_value *given = &values->option[id];
    if (!key[0] || (option->kind != OPTION_SET && !value[0]))
        return usage_fail(err, "--%s wants %s: one side of the '=' is empty", option->name, option->value);
    for (int i = 0; i < given->count; i++)
        if (strcmp(given->items[i].key, key) == 0) return usage_fail(err, "--%s names '%s' twice", option->name, key);
    append_item(given, key, value);
    return true;
}

static bool set_pair(cli_values *values, option_id id, const char *text, usage_error *err) {
    const cli_option *option = table_option(id);
    const char *equals = option->kind == OPTION_MAP ? strrchr(text, '=') : strchr(text, '=');
    if (!equals && option->kind == OPTION_NAMED)
        return usage_fail(err,
                          "--%s wants %s, not '%s': there is no '=' in it; those of a workspace's layer are --%s "
                          "'NAME=WS.gpkg|layername=%s'",
                          option->name, option->value, text, option->name, option->name);
    if (!equals)
        return usage_fail(err, "--%s wants %s, not '%s': there is no '=' in it", option->name, option->value, text);
    char *key = cli_format("%.*s", (int)(equals - text), text);
    bool ok = values_add_pair(values, id, key, equals + 1, err);
    free(key);
    return ok;
}

bool values_set(cli_values *values, option_id id, const char *text, usage_error *err) {
    const cli_option *option = table_option(id);
    if (option->kind == OPTION_FLAG) {
        if (!values->option[id].count) append_item(&values->option[id], NULL, NULL);
        return true;
    }
    if (table_is_repeatable(id) && option->kind != OPTION_LIST) return set_pair(values, id, text, err);
    if (!text[0]) return usage_fail(err, "--%s wants %s, not nothing", option->name, option->value);
    if (option->kind == OPTION_CHOICE && !check_choice(option, text, err)) return false;
    if (option->kind == OPTION_NUMBER && !check_number(option, text, err)) return false;
    for (int i = 0; option->kind == OPTION_LIST && i < values->option[id].count; i++)
        if (strcmp(values->option[id].items[i].value, text) == 0)
            return usage_fail(err, "--%s names '%s' twice", option->name, text);
    if (option->kind != OPTION_LIST && values->option[id].count)
        return usage_fail(err, "--%s is given twice: '%s' and '%s'", option->name, values->option[id].items[0].value,
                          text);
    append_item(&values->option[id], NULL, text);
    return true;
}

bool values_check(const cli_values *values, usage_error *err) {
    const cli_command *command = values->command;
    if (values->argument_count == 0)
        return usage_fail(err, "%s is missing; for example: sitemap %s", command->argument_name,
                          command->examples[0].line);
    if (values->argument_count > command->argument_max)
        return usage_fail(err, "one %s at a time, and '%s' is one too many; see sitemap %s --help",
                          command->argument_name, values->arguments[command->argument_max], command->name);
    if (command->needs != OPT_COUNT && !values->option[command->needs].count) {
        const cli_option *option = table_option(command->needs);
        return usage_fail(err, "name %s with -%c %s; for example: sitemap %s", option->help, option->letter,
                          option->value, command->examples[0].line);
    }
    return true;
}

/* ---- the command line -------------------------------------------------------------------------------------------- */

typedef struct getopt_tables {
    struct option longs[OPT_COUNT + 1];
    char letters[2 * OPT_COUNT + 2];
} getopt_tables;

/* getopt's own tables out of ours; a long option returns 256 + its id. */
static void build_tables(const cli_command *command, getopt_tables *tables) {
    int count = 0;
    char *letter = tables->letters;
    *letter++ = ':';
    for (int id = 0; id < OPT_COUNT; id++) {
        if (!table_takes(command, (option_id)id)) continue;
        const cli_option *option = table_option((option_id)id);
        bool has_value = option->kind != OPTION_FLAG;
        tables->longs[count++] =
            (struct option){ option->name, has_value ? required_argument : no_argument, NULL, 256 + id };
        if (!option->letter) continue;
        *letter++ = option->letter;
        if (has_value) *letter++ = ':';
    }
    tables->longs[count] = (struct option){ NULL, 0, NULL, 0 };
    *letter = '\0';
}

static option_id find_letter(const cli_command *command, int letter) {
    for (int id = 0; id < OPT_COUNT; id++)
        if (table_takes(command, (option_id)id) && table_option((option_id)id)->letter == letter) return (option_id)id;
    return OPT_COUNT;
}

/* "--la could be --lang or --layer": false if at most one option starts so. */
static bool list_ambiguous(const cli_command *command, const char *bare, usage_error *err) {
    char list[256] = "";
    int count = 0;
    for (int id = 0; id < OPT_COUNT; id++) {
        const char *name = table_option((option_id)id)->name;
        if (!table_takes(command, (option_id)id) || strncmp(name, bare, strlen(bare)) != 0) continue;
        size_t len = strlen(list);
        snprintf(list + len, sizeof list - len, "%s--%s", count++ ? " or " : "", name);
    }
    if (count > 1) usage_fail(err, "--%s could be %s", bare, list);
    return count > 1;
}

/* What getopt did not take: a misspelt option, one cut too short, a value too many, a long one with a single dash. */
static bool refuse_option(const cli_command *command, const char *typed, usage_error *err) {
    const char *name = typed + strspn(typed, "-");
    char *bare = cli_format("%.*s", (int)strcspn(name, "="), name);
    option_id known = table_find_option(command, bare);
    bool is_long = typed[1] == '-';
    if (known != OPT_COUNT && !is_long)
        usage_fail(err, "a long option has two dashes: --%s, not -%s", bare, bare);
    else if (known != OPT_COUNT)
        usage_fail(err, "--%s takes no value", bare);
    else if (!is_long || !list_ambiguous(command, bare, err))
        usage_unknown_option(command, bare, is_long ? "--" : "-", err);
    free(bare);
    return false;
}

/* The word that getopt stumbled over: the last it took, or for a letter the one with a single dash that holds it. */
static const char *find_stumble(int argc, char **argv) {
    if (optopt > 0 && optopt < 256)
        for (int i = 1; i < argc; i++)
            if (argv[i][0] == '-' && argv[i][1] != '-' && strchr(argv[i], optopt)) return argv[i];
    return argv[optind - 1];
}

bool values_parse(cli_values *values, int argc, char **argv, usage_error *err) {
    const cli_command *command = values->command;
    getopt_tables tables;
    build_tables(command, &tables);
    opterr = 0;
    optind = 0;
    for (;;) {
        int code = getopt_long(argc, argv, tables.letters, tables.longs, NULL);
        if (code == -1) break;
        if (code == '?') return refuse_option(command, find_stumble(argc, argv), err);
        if (code == ':') {
            option_id id = optopt >= 256 ? (option_id)(optopt - 256) : find_letter(command, optopt);
            return usage_fail(err, "--%s wants %s after it", table_option(id)->name, table_option(id)->value);
        }
        option_id id = code >= 256 ? (option_id)(code - 256) : find_letter(command, code);
        if (!values_set(values, id, optarg, err)) return false;
    }
    for (int i = optind; i < argc; i++)
        if (!values_add_argument(values, argv[i], err)) return false;
    return values_flag(values, OPT_HELP) || values_check(values, err);
}

/* ---- reading ----------------------------------------------------------------------------------------------------- */

bool values_flag(const cli_values *values, option_id id) {
    return values->option[id].count > 0;
}

const char *values_text(const cli_values *values, option_id id) {
    return values->option[id].count ? values->option[id].items[0].value : NULL;
}

int values_number(const cli_values *values, option_id id) {
    const char *text = values_text(values, id);
    return text ? (int)strtol(text, NULL, 10) : 0;
}

int values_list(const cli_values *values, option_id id, const char **out) {
    for (int i = 0; i < values->option[id].count; i++) out[i] = values->option[id].items[i].value;
    return values->option[id].count;
}

const smap_pair *values_pairs(const cli_values *values, option_id id, int *count) {
    *count = values->option[id].count;
    return values->option[id].items;
}

int values_layers(const cli_values *values, smap_pair *pairs) {
    int count = 0;
    for (int id = 0; id < OPT_COUNT; id++)
        if (table_option((option_id)id)->kind == OPTION_LAYER && values->option[id].count)
            pairs[count++] = (smap_pair){ table_option((option_id)id)->name, values->option[id].items[0].value };
    return count;
}

smap_common values_common(const cli_values *values) {
    smap_common common = SMAP_COMMON_INIT;
    common.date = values_text(values, OPT_DATE);
    common.lang = values_text(values, OPT_LANG);
    common.audience = values_text(values, OPT_AUDIENCE);
    common.dry_run = values_flag(values, OPT_DRY_RUN);
    return common;
}
