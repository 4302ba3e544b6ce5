/* The one table of commands and options. The parser, --help, the man pages, the bash completion, --json-usage and the
 * plans of `sitemap run` all read it: what is not here does not exist. */
#ifndef SITEMAP_CLI_CMD_TABLE_H
#define SITEMAP_CLI_CMD_TABLE_H

#include <stdbool.h>

typedef enum option_kind {
    OPTION_FLAG,   /* no value */
    OPTION_TEXT,   /* any text */
    OPTION_LIST,   /* any text; may be repeated */
    OPTION_CHOICE, /* one of `choices` */
    OPTION_NUMBER, /* a whole number of at least 0 */
    OPTION_SOURCE, /* a file to read: FILE, FILE|layername=NAME, or one of `choices` (a choice that ends in ":" is a
                      prefix) */
    OPTION_TARGET, /* a file to write, or the workspace */
    OPTION_MAP,    /* 'SOURCE COLUMN=field', split at the last "="; may be repeated */
    OPTION_SET,    /* KEY=VALUE, split at the first "="; may be repeated */
    OPTION_NAMED,  /* NAME=SRC[,part=value]..., split at the first "="; may be repeated */
    OPTION_LAYER   /* a source to read in place of the layer that the option is named after */
} option_kind;

typedef enum option_id {
    OPT_WORKSPACE,
    OPT_AS,
    OPT_TO,
    OPT_LAYER,
    OPT_MAP,
    OPT_SET,
    OPT_WHERE,
    OPT_CRS,
    OPT_ENCODING,
    OPT_BY,
    OPT_OUTPUT,
    OPT_MAP_FILE,
    OPT_OVERWRITE,
    OPT_SHEET,
    OPT_AREA,
    OPT_EXTENT,
    OPT_TITLE,
    OPT_TEXT,
    OPT_PAPER,
    OPT_PORTRAIT,
    OPT_LANDSCAPE,
    OPT_DPI,
    OPT_ATLAS,
    OPT_WORLD_FILE,
    OPT_PALETTE,
    OPT_ICONS,
    OPT_BASE,
    OPT_BASE_ATTRIBUTION,
    OPT_ADMIN,
    OPT_SITE,
    OPT_BUILDING,
    OPT_DAMAGE,
    OPT_COVERAGE,
    OPT_HAZARD,
    OPT_ROAD,
    OPT_SERVICE,
    OPT_HOUSEHOLD,
    OPT_HAZARDS,
    OPT_AREAS,
    OPT_AT_LEAST,
    OPT_NEAR,
    OPT_CELLS,
    OPT_POINTS,
    OPT_CURVE,
    OPT_PASSABILITY,
    OPT_WARNING_DELAY,
    OPT_SAMPLES,
    OPT_SEED,
    OPT_POPULATION,
    OPT_EVACUATION,
    OPT_DEM,
    OPT_SCENARIO,
    OPT_UNKNOWN,
    OPT_MODE,
    OPT_LIMITS,
    OPT_SERVICE_TYPE,
    OPT_NEAREST,
    OPT_MAX_WALK,
    OPT_JOIN_ENDS,
    OPT_CROSSINGS,
    OPT_CAPACITY,
    OPT_ROUTES,
    OPT_ISOCHRONES,
    OPT_CRITICAL,
    OPT_CRITICAL_OF,
    OPT_BARRIER,
    OPT_CLOSURE,
    OPT_PEOPLE,
    OPT_PUBLISHED,
    OPT_PUBLISH_LAYER,
    OPT_FORMAT,
    OPT_RETARGET,
    OPT_DISCLOSURE,
    OPT_QUASI,
    OPT_DISPLACE_SEED,
    OPT_OUTPUT_DIR,
    /* common to all commands, and to the steps of a plan */
    OPT_DATE,
    OPT_FIRST_COMMON = OPT_DATE,
    OPT_LANG,
    OPT_AUDIENCE,
    OPT_STRICT,
    OPT_DRY_RUN,
    /* common to all commands, of the program as a whole */
    OPT_JSON,
    OPT_FIRST_PROGRAM = OPT_JSON,
    OPT_THREADS,
    OPT_QUIET,
    OPT_VERBOSE,
    OPT_HELP,
    OPT_COUNT
} option_id;

typedef struct cli_option {
    const char *name; /* without the dashes */
    char letter;      /* 0 = none */
    option_kind kind;
    const char *value;          /* how help calls the value, NULL for a flag */
    const char *help;           /* one sentence without a full stop */
    const char *const *choices; /* ends with NULL */
} cli_option;

typedef struct cli_example {
    const char *line; /* what to type after "sitemap " */
    const char *says; /* what it does */
} cli_example;

struct cli_app;
struct cli_values;

typedef enum argument_kind { ARGUMENT_WORKSPACE, ARGUMENT_SOURCE, ARGUMENT_PLAN } argument_kind;

typedef struct cli_command {
    const char *name;
    argument_kind argument;
    const char *argument_name; /* "SRC..." */
    int argument_max;          /* at least one is needed */
    const char *summary;       /* one line, lower case, no full stop */
    const char *description;   /* paragraphs, an empty line between them */
    cli_example examples[9];   /* the list ends with a NULL line */
    option_id options[32];     /* its own; the list ends with OPT_COUNT */
    option_id needs;           /* an option that must be given, or OPT_COUNT */
    /* Do it, print the result, return the exit code. */
    int (*run)(struct cli_app *app, const struct cli_values *values);
} cli_command;

const cli_option *table_option(option_id id);
/* The commands in the order of help; NULL past the last. */
const cli_command *table_command(int index);
const cli_command *table_find_command(const char *name);
/* The option of that name that the command takes, common ones included; OPT_COUNT if there is none. */
option_id table_find_option(const cli_command *command, const char *name);
bool table_takes(const cli_command *command, option_id id);
bool table_is_repeatable(option_id id);
/* The candidate nearest to a mistyped word, or NULL if none is near. Feed candidates one by one. */
typedef struct nearest {
    const char *word, *best;
    int distance;
} nearest;
void nearest_offer(nearest *n, const char *candidate);

int cmd_new(struct cli_app *app, const struct cli_values *values);
int cmd_import(struct cli_app *app, const struct cli_values *values);
int cmd_info(struct cli_app *app, const struct cli_values *values);
int cmd_damage(struct cli_app *app, const struct cli_values *values);
int cmd_hazard(struct cli_app *app, const struct cli_values *values);
int cmd_access(struct cli_app *app, const struct cli_values *values);
int cmd_map(struct cli_app *app, const struct cli_values *values);
int cmd_publish(struct cli_app *app, const struct cli_values *values);
int cmd_run(struct cli_app *app, const struct cli_values *values);

#endif
