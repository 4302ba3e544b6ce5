#include "plan.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <json-c/json.h>

#include "app.h"

enum { LARGEST_PLAN = 1 << 20, DEEPEST_PLAN = 8 };

/* Where a step is read from: what its errors and its paths need. */
typedef struct reader {
    const char *path;    /* of the plan */
    char *folder;        /* of the plan, "" or ending in '/' */
    char *output_folder; /* for relative outputs, likewise */
    json_object *root;
    const cli_values *given;
    int step; /* 1-based, 0 = not within a step */
    usage_error *err;
} reader;

static bool fail(const reader *r, const char *message) {
    if (r->step) return usage_fail(r->err, "%s, step %d: %s", r->path, r->step, message);
    return usage_fail(r->err, "%s: %s", r->path, message);
}

/* ---- the file ---------------------------------------------------------------------------------------------------- */

static char *read_text(const reader *r, size_t *len) {
    struct stat info;
    if (stat(r->path, &info) != 0) {
        fail(r, errno == ENOENT ? "there is no such file; check the path" : strerror(errno));
        return NULL;
    }
    if (!S_ISREG(info.st_mode) || info.st_size > LARGEST_PLAN) {
        fail(r, S_ISREG(info.st_mode) ? "a plan has at most one megabyte" : "this is no file");
        return NULL;
    }
    FILE *file = fopen(r->path, "rb");
    char *text = cli_alloc(NULL, LARGEST_PLAN + 2);
    *len = file ? fread(text, 1, LARGEST_PLAN, file) : 0;
    bool ok = file && !ferror(file);
    if (!ok) fail(r, strerror(errno));
    if (file) fclose(file);
    text[(*len)++] = ' '; /* a bare word, such as null, is only whole when something follows */
    text[*len] = '\0';
    if (ok) return text;
    free(text);
    return NULL;
}

static int line_of(const char *text, size_t at) {
    int line = 1;
    for (size_t i = 0; i < at; i++) line += text[i] == '\n';
    return line;
}

/* A zero byte, or its JSON escape: a text would end there, and a file of another name would be written. */
static bool has_zero(const char *text, size_t len) {
    static const char escape[] = "\\u0000";
    for (size_t i = 0; i < len; i++)
        if (!text[i] || (len - i >= sizeof escape - 1 && memcmp(text + i, escape, sizeof escape - 1) == 0)) return true;
    return false;
}

static json_object *parse_text(const reader *r, const char *text, size_t len) {
    static const char mark[] = "\xEF\xBB\xBF"; /* of byte order, as Windows editors write it */
    if (len >= sizeof mark - 1 && memcmp(text, mark, sizeof mark - 1) == 0) {
        text += sizeof mark - 1;
        len -= sizeof mark - 1;
    }
    json_tokener *tokener = json_tokener_new_ex(DEEPEST_PLAN);
    if (!tokener) return NULL;
    json_tokener_set_flags(tokener, JSON_TOKENER_STRICT | JSON_TOKENER_VALIDATE_UTF8);
    json_object *root = json_tokener_parse_ex(tokener, text, (int)len);
    enum json_tokener_error error = json_tokener_get_error(tokener);
    size_t end = json_tokener_get_parse_end(tokener);
    json_tokener_free(tokener);
    if (error == json_tokener_success && end + strspn(text + end, " \t\r\n") < len)
        error = json_tokener_error_parse_unexpected;
    if (error != json_tokener_success) {
        const char *why = error == json_tokener_continue      ? "it ends too early"
                          : error == json_tokener_error_depth ? "it is nested too deep for a plan"
                          : error == json_tokener_error_parse_utf8_string
                              ? "a text in it is not UTF-8"
                              : "a character or word stands where it may not";
        usage_fail(r->err, "%s, line %d: not JSON: %s", r->path, line_of(text, end), why);
        json_object_put(root);
        return NULL;
    }
    if (has_zero(text, len)) {
        fail(r, "it holds a zero character, which no name and no text can have");
        json_object_put(root);
        return NULL;
    }
    if (!json_object_is_type(root, json_type_object)) {
        fail(r, "a plan is an object: {\"workspace\": ..., \"steps\": [...]}");
        json_object_put(root);
        return NULL;
    }
    return root;
}

/* ---- members ----------------------------------------------------------------------------------------------------- */

static bool check_members(const reader *r, json_object *object, const char *const *known) {
    struct json_object_iterator at = json_object_iter_begin(object), end = json_object_iter_end(object);
    for (; !json_object_iter_equal(&at, &end); json_object_iter_next(&at)) {
        const char *key = json_object_iter_peek_name(&at);
        nearest n = { key, NULL, 0 };
        const char *const *k = known;
        while (*k && strcmp(*k, key) != 0) nearest_offer(&n, *k++);
        if (*k) continue;
        char *message = n.best
                            ? cli_format("there is no \"%s\" in a plan; did you mean \"%s\"?", key, n.best)
                            : cli_format("there is no \"%s\" here; the options of a command stand in \"options\"", key);
        fail(r, message);
        free(message);
        return false;
    }
    return true;
}

/* The text of a member; NULL if it is not there. `ok` becomes false if it is no text. */
static const char *get_text(const reader *r, json_object *object, const char *key, bool *ok) {
    json_object *value;
    if (!json_object_object_get_ex(object, key, &value)) return NULL;
    if (json_object_is_type(value, json_type_string)) return json_object_get_string(value);
    char *message = cli_format("\"%s\" must be text", key);
    *ok = fail(r, message);
    free(message);
    return NULL;
}

static char *join_path(const char *folder, const char *path) {
    return path[0] == '/' ? cli_strdup(path) : cli_format("%s%s", folder, path);
}

/* A source is a path unless it looks like a name: no dot, no slash ("aoi", "admin:2", "overview"). */
static char *resolve(const reader *r, option_kind kind, const char *text) {
    if (kind == OPTION_TARGET) return join_path(r->output_folder, text);
    bool is_path = kind == OPTION_LAYER || (kind == OPTION_SOURCE && strpbrk(text, "./"));
    return is_path ? join_path(r->folder, text) : cli_strdup(text);
}

/* "SRC,part=value,...": the source, and those of its parts that are sources too. */
static char *resolve_named(const reader *r, const char *text) {
    static const char *const parts[] = { ",coverage=", ",velocity=", ",arrival_time=" };
    char *out = join_path(r->folder, text);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        const char *at = strstr(out, parts[i]);
        if (!at) continue;
        at += strlen(parts[i]);
        char *path = join_path(r->folder, at), *longer = cli_format("%.*s%s", (int)(at - out), out, path);
        free(path);
        free(out);
        out = longer;
    }
    return out;
}

static bool add_source(const reader *r, cli_values *step, json_object *source) {
    if (!json_object_is_type(source, json_type_string))
        return fail(r, "\"source\" must be a file name or a list of them");
    char *path = join_path(r->folder, json_object_get_string(source));
    usage_error why;
    bool ok = values_add_argument(step, path, &why) || fail(r, why.message);
    free(path);
    return ok;
}

static bool read_sources(const reader *r, cli_values *step, json_object *object) {
    json_object *source;
    if (!json_object_object_get_ex(object, "source", &source)) return true;
    if (step->command->argument != ARGUMENT_SOURCE)
        return fail(r, "this command takes a \"workspace\", not a \"source\"");
    if (!json_object_is_type(source, json_type_array)) return add_source(r, step, source);
    for (size_t i = 0; i < json_object_array_length(source); i++)
        if (!add_source(r, step, json_object_array_get_idx(source, i))) return false;
    return true;
}

/* Of the step, else of the plan: the argument or the option of the command, where it has one. */
static bool read_workspace(const reader *r, cli_values *step, json_object *object) {
    bool ok = true, is_argument = step->command->argument == ARGUMENT_WORKSPACE;
    const char *text = get_text(r, object, "workspace", &ok);
    if (text && !is_argument && !table_takes(step->command, OPT_WORKSPACE))
        return fail(r, "this command takes no \"workspace\"");
    if (ok && !text) text = get_text(r, r->root, "workspace", &ok);
    if (!text || !ok || (!is_argument && !table_takes(step->command, OPT_WORKSPACE))) return ok;
    char *path = resolve(r, OPTION_TARGET, text);
    usage_error why;
    ok = is_argument ? values_add_argument(step, path, &why) : values_set(step, OPT_WORKSPACE, path, &why);
    free(path);
    return ok || fail(r, why.message);
}

/* ---- options ----------------------------------------------------------------------------------------------------- */

static bool set_text(const reader *r, cli_values *step, option_id id, const char *text) {
    char *resolved = resolve(r, table_option(id)->kind, text);
    usage_error why;
    bool ok = values_set(step, id, resolved, &why) || fail(r, why.message);
    free(resolved);
    return ok;
}

static bool set_pairs(const reader *r, cli_values *step, option_id id, json_object *value) {
    struct json_object_iterator at = json_object_iter_begin(value), end = json_object_iter_end(value);
    for (; !json_object_iter_equal(&at, &end); json_object_iter_next(&at)) {
        json_object *side = json_object_iter_peek_value(&at);
        enum json_type type = json_object_get_type(side);
        usage_error why;
        if (type == json_type_null || type == json_type_object || type == json_type_array)
            return usage_fail(r->err, "%s, step %d: in \"%s\" every value must be text", r->path, r->step,
                              table_option(id)->name);
        const char *text = json_object_get_string(side);
        bool is_named = table_option(id)->kind == OPTION_NAMED && text[0];
        char *resolved = is_named ? resolve_named(r, text) : cli_strdup(text);
        bool ok = values_add_pair(step, id, json_object_iter_peek_name(&at), resolved, &why);
        free(resolved);
        if (!ok) return fail(r, why.message);
    }
    return true;
}

/* A text, or a list of them. */
static bool set_list(const reader *r, cli_values *step, option_id id, json_object *value) {
    bool is_list = json_object_is_type(value, json_type_array);
    size_t count = is_list ? json_object_array_length(value) : 1;
    for (size_t i = 0; i < count; i++) {
        json_object *item = is_list ? json_object_array_get_idx(value, i) : value;
        if (!json_object_is_type(item, json_type_string))
            return usage_fail(r->err, "%s, step %d: \"%s\" must be text or a list of texts", r->path, r->step,
                              table_option(id)->name);
        if (!set_text(r, step, id, json_object_get_string(item))) return false;
    }
    return true;
}

/* A list of numbers is what stands with commas on a command line: [10, 30] is 10,30. */
static bool set_numbers(const reader *r, cli_values *step, option_id id, json_object *value) {
    char *text = cli_strdup("");
    bool ok = true;
    for (size_t i = 0; i < json_object_array_length(value) && ok; i++) {
        json_object *item = json_object_array_get_idx(value, i);
        enum json_type type = json_object_get_type(item);
        char *longer =
            cli_format("%s%s%s", text, i ? "," : "", type == json_type_null ? "" : json_object_get_string(item));
        free(text);
        text = longer;
        ok = type == json_type_int || type == json_type_double;
    }
    if (!ok)
        usage_fail(r->err, "%s, step %d: \"%s\" must be text or a list of numbers", r->path, r->step,
                   table_option(id)->name);
    ok = ok && set_text(r, step, id, text);
    free(text);
    return ok;
}

static bool set_option(const reader *r, cli_values *step, option_id id, json_object *value) {
    const cli_option *option = table_option(id);
    enum json_type type = json_object_get_type(value);
    usage_error why;
    if (option->kind == OPTION_FLAG) {
        if (type != json_type_boolean)
            return usage_fail(r->err, "%s, step %d: \"%s\" must be true or false", r->path, r->step, option->name);
        return !json_object_get_boolean(value) || values_set(step, id, NULL, &why);
    }
    if (option->kind == OPTION_LIST) return set_list(r, step, id, value);
    if (id == OPT_LIMITS && type == json_type_array) return set_numbers(r, step, id, value);
    if (table_is_repeatable(id) && type == json_type_object) return set_pairs(r, step, id, value);
    if (table_is_repeatable(id) || (type != json_type_string && type != json_type_int && type != json_type_double))
        return usage_fail(r->err, "%s, step %d: \"%s\" must be %s", r->path, r->step, option->name,
                          table_is_repeatable(id) ? "an object of names and values" : "text");
    return set_text(r, step, id, json_object_get_string(value));
}

/* What the command line of `run` says comes first. */
static bool is_overruled(const reader *r, option_id id) {
    return id >= OPT_FIRST_COMMON && r->given->option[id].count > 0;
}

static bool read_options(const reader *r, cli_values *step, json_object *object) {
    json_object *options;
    if (!json_object_object_get_ex(object, "options", &options)) return true;
    if (!json_object_is_type(options, json_type_object)) return fail(r, "\"options\" must be an object");
    struct json_object_iterator at = json_object_iter_begin(options), end = json_object_iter_end(options);
    for (; !json_object_iter_equal(&at, &end); json_object_iter_next(&at)) {
        const char *name = json_object_iter_peek_name(&at);
        option_id id = table_find_option(step->command, name);
        usage_error why;
        if (id == OPT_COUNT) {
            usage_unknown_option(step->command, name, "", &why);
            return fail(r, why.message);
        }
        if (id >= OPT_FIRST_PROGRAM)
            return usage_fail(r->err, "%s, step %d: --%s is for the whole run: give it to sitemap run", r->path,
                              r->step, name);
        if (!is_overruled(r, id) && !set_option(r, step, id, json_object_iter_peek_value(&at))) return false;
    }
    return true;
}

/* date, lang and audience: of the command line, else of the step's options, else of the step, else of the plan. */
static bool read_common(const reader *r, cli_values *step, json_object *object) {
    bool ok = true;
    for (int id = OPT_FIRST_COMMON; ok && id < OPT_FIRST_PROGRAM; id++) {
        const cli_option *option = table_option((option_id)id);
        usage_error why;
        if (option->kind == OPTION_FLAG) {
            if (is_overruled(r, (option_id)id)) values_set(step, (option_id)id, NULL, &why);
            continue;
        }
        const char *text = values_text(r->given, (option_id)id);
        if (!text && values_text(step, (option_id)id)) continue;
        if (!text) text = get_text(r, object, option->name, &ok);
        if (!text && ok) text = get_text(r, r->root, option->name, &ok);
        if (text && ok) ok = values_set(step, (option_id)id, text, &why) || fail(r, why.message);
    }
    return ok;
}

/* ---- steps ------------------------------------------------------------------------------------------------------- */

static bool read_step(const reader *r, json_object *object, cli_values *step) {
    static const char *const known[] = { "command", "source",   "workspace", "options", "date",
                                         "lang",    "audience", "comment",   NULL };
    usage_error why;
    bool ok = true;
    if (!json_object_is_type(object, json_type_object)) return fail(r, "a step is an object: {\"command\": ...}");
    if (!check_members(r, object, known)) return false;
    const char *name = get_text(r, object, "command", &ok);
    if (!name) return ok ? fail(r, "a step needs a \"command\"") : false;
    const cli_command *command = table_find_command(name);
    if (!command) {
        usage_unknown_command(name, &why);
        return fail(r, why.message);
    }
    if (command->argument == ARGUMENT_PLAN) return fail(r, "a plan does not run a plan");
    values_init(step, command);
    return read_sources(r, step, object) && read_workspace(r, step, object) && read_options(r, step, object) &&
           read_common(r, step, object) && (values_check(step, &why) || fail(r, why.message));
}

static bool read_steps(reader *r, cli_plan *plan) {
    static const char *const known[] = { "title", "workspace", "date", "lang", "audience", "steps", "comment", NULL };
    json_object *steps;
    if (!check_members(r, r->root, known)) return false;
    if (!json_object_object_get_ex(r->root, "steps", &steps) || !json_object_is_type(steps, json_type_array) ||
        json_object_array_length(steps) == 0)
        return fail(r, "a plan needs \"steps\": a list with at least one step");
    size_t count = json_object_array_length(steps);
    plan->steps = cli_alloc(NULL, sizeof *plan->steps * count);
    memset(plan->steps, 0, sizeof *plan->steps * count);
    plan->count = (int)count;
    for (size_t i = 0; i < count; i++) {
        r->step = (int)i + 1;
        if (!read_step(r, json_object_array_get_idx(steps, i), &plan->steps[i])) return false;
    }
    return true;
}

/* The folder of a path with its slash, "" for the current one. */
static char *folder_of(const char *path) {
    const char *slash = strrchr(path, '/');
    return cli_format("%.*s", slash ? (int)(slash - path) + 1 : 0, path);
}

int plan_read(cli_plan *plan, const char *path, const cli_values *given, usage_error *err) {
    reader r = { path, folder_of(path), NULL, NULL, given, 0, err };
    const char *output = values_text(given, OPT_OUTPUT_DIR);
    r.output_folder = output ? cli_format("%s/", output) : cli_strdup(r.folder);
    plan->steps = NULL;
    plan->count = 0;
    size_t len = 0;
    char *text = read_text(&r, &len);
    int code = text ? EXIT_USAGE : EXIT_FAILED;
    if (text) r.root = parse_text(&r, text, len);
    bool ok = r.root && read_steps(&r, plan);
    json_object_put(r.root);
    free(text);
    free(r.folder);
    free(r.output_folder);
    if (ok) return EXIT_DONE;
    plan_clear(plan);
    return code;
}

void plan_clear(cli_plan *plan) {
    for (int i = 0; i < plan->count; i++) values_clear(&plan->steps[i]);
    free(plan->steps);
    plan->steps = NULL;
    plan->count = 0;
}
