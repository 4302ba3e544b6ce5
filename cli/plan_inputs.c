#include "plan_inputs.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* A path without "./" and double slashes, so that it can be compared. */
static char *clean(const char *text) {
    char *path = cli_strdup(text);
    size_t n = 0;
    for (const char *c = text; *c; c++) {
        bool begins = n > 0 ? path[n - 1] == '/' : c > text;
        if (begins && *c == '/') continue;
        if ((begins || c == text) && c[0] == '.' && c[1] == '/') continue;
        path[n++] = *c;
    }
    path[n] = '\0';
    return path;
}

/* The file of "FILE|layername=NAME" and, where parts may follow, of "FILE,part=value". */
static char *file_of(const char *source, option_id id) {
    char *path = clean(source);
    path[strcspn(path, "|")] = '\0';
    bool has_parts = id < OPT_COUNT && strcmp(table_option(id)->name, "by") == 0;
    has_parts |= id < OPT_COUNT && table_option(id)->kind == OPTION_NAMED;
    for (char *comma = strchr(path, ','); has_parts && comma; comma = strchr(comma + 1, ',')) {
        size_t word = strspn(comma + 1, "abcdefghijklmnopqrstuvwxyz_");
        if (word > 0 && comma[1 + word] == '=') *comma = '\0';
        if (!*comma) break;
    }
    return path;
}

/* A file, or something within one, as the members of a .zip are named. */
static bool is_there(const char *file) {
    char *path = cli_strdup(file);
    struct stat info;
    bool there = stat(path, &info) == 0;
    for (char *slash = strrchr(path, '/'); !there && slash && slash > path; slash = strrchr(path, '/')) {
        *slash = '\0';
        if (stat(path, &info) != 0) continue;
        there = S_ISREG(info.st_mode);
        break;
    }
    free(path);
    return there;
}

static bool makes_workspace(const cli_values *step) {
    return step->command->run == cmd_new;
}

static bool is_same(const char *target, const char *file) {
    char *path = target ? clean(target) : NULL;
    bool same = path && strcmp(path, file) == 0;
    free(path);
    return same;
}

static bool is_written_before(const cli_plan *plan, int step, const char *file) {
    for (int i = 0; i < step; i++) {
        const cli_values *earlier = &plan->steps[i];
        if (is_same(values_text(earlier, OPT_OUTPUT), file) || is_same(values_text(earlier, OPT_MAP_FILE), file) ||
            (makes_workspace(earlier) && is_same(earlier->arguments[0], file)))
            return true;
    }
    return false;
}

/* The file of a source if it is missing, to free. */
static char *missing(const cli_plan *plan, int step, const char *source, option_id id) {
    char *file = file_of(source, id);
    if (!is_there(file) && !is_written_before(plan, step, file)) return file;
    free(file);
    return NULL;
}

/* Does the option name something to read: a workspace to fill, a layer, or a source that looks like a path? */
static bool is_input(option_id id, const char *text) {
    option_kind kind = table_option(id)->kind;
    return id == OPT_WORKSPACE || kind == OPTION_LAYER || (kind == OPTION_SOURCE && strpbrk(text, "./"));
}

char *plan_missing_input(const cli_plan *plan, int step) {
    const cli_values *values = &plan->steps[step];
    char *path = NULL;
    for (int i = 0; !path && !makes_workspace(values) && i < values->argument_count; i++)
        path = missing(plan, step, values->arguments[i], OPT_COUNT);
    for (int id = 0; !path && id < OPT_FIRST_COMMON; id++) {
        if (!table_takes(values->command, (option_id)id) || table_option((option_id)id)->kind == OPTION_FLAG) continue;
        const char *text = values_text(values, (option_id)id);
        if (text && is_input((option_id)id, text)) path = missing(plan, step, text, (option_id)id);
        int count = 0;
        const smap_pair *named = values_pairs(values, (option_id)id, &count);
        for (int i = 0; !path && i < count && table_option((option_id)id)->kind == OPTION_NAMED; i++)
            path = missing(plan, step, named[i].value, (option_id)id);
    }
    return path;
}
