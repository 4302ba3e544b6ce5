/* The options and arguments given to one command, from the command line or from a step of a plan. */
#ifndef SITEMAP_CLI_OPTIONS_H
#define SITEMAP_CLI_OPTIONS_H

#include "cmd_table.h"
#include "sitemap.h"

typedef struct cli_value {
    smap_pair *items; /* one for an option that is no pair: its text in `value`; any number for pairs */
    int count;
} cli_value;

typedef struct cli_values {
    const cli_command *command;
    cli_value option[OPT_COUNT];
    char **arguments;
    int argument_count;
} cli_values;

/* What is wrong with what was typed, one sentence. */
typedef struct usage_error {
    char message[1024];
} usage_error;

void values_init(cli_values *values, const cli_command *command);
void values_clear(cli_values *values);

/* Read argv[1..] of `sitemap VERB ...` (argv[0] is the verb). False: the error says what to type instead. */
bool values_parse(cli_values *values, int argc, char **argv, usage_error *err);
/* Set one option from its text, checked against the table. `text` NULL sets a flag. */
bool values_set(cli_values *values, option_id id, const char *text, usage_error *err);
/* Add to an option of pairs. */
bool values_add_pair(cli_values *values, option_id id, const char *key, const char *value, usage_error *err);
bool values_add_argument(cli_values *values, const char *text, usage_error *err);
/* The checks that need the whole: an argument, the option that the command cannot do without. */
bool values_check(const cli_values *values, usage_error *err);

bool values_flag(const cli_values *values, option_id id);
const char *values_text(const cli_values *values, option_id id); /* NULL = not given */
int values_number(const cli_values *values, option_id id);       /* 0 = not given */
/* The texts of an option of a list into `out`, which has room for values->option[id].count. */
int values_list(const cli_values *values, option_id id, const char **out);
const smap_pair *values_pairs(const cli_values *values, option_id id, int *count);
/* The layers to be read from elsewhere: layer name -> source. `pairs` has room for OPT_COUNT. */
int values_layers(const cli_values *values, smap_pair *pairs);
smap_common values_common(const cli_values *values);

/* "there is no option --shet; did you mean --sheet?", for the parser and for plans. */
void usage_unknown_option(const cli_command *command, const char *name, const char *dashes, usage_error *err);
void usage_unknown_command(const char *name, usage_error *err);
bool usage_fail(usage_error *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Memory of the program itself; the program ends with a sentence when there is none. */
void *cli_alloc(void *old, size_t size);
char *cli_strdup(const char *text);
char *cli_format(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
