#include "job/hazard_spec.h"

#include <string.h>

#include "base/fail.h"
#include "base/str.h"
#include "job/common.h"
#include "model/domain.h"

enum { LONGEST_NAME = 40 };

static const char *const part_names[] = { "column",   "unit",         "band",   "classes", "coverage",
                                          "velocity", "arrival_time", "weight", "error" };
static const char part_list[] = "column, unit, band, classes, coverage, velocity, arrival_time, weight and error";

/* ---- the name ------------------------------------------------------------------------------------------------------
 */

/* "Flood 100-yr" gives "flood_100_yr"; "" where a letter is none of a to z. */
static const char *make_prefix(smap__arena *arena, const char *name) {
    char *prefix = smap__arena_strdup(arena, name);
    for (char *c = prefix; prefix && *c; c++) {
        if (*c >= 'A' && *c <= 'Z') *c = (char)(*c - 'A' + 'a');
        if ((unsigned char)*c >= 0x80) return "";
        if (!(*c >= 'a' && *c <= 'z') && !(*c >= '0' && *c <= '9')) *c = '_';
    }
    return prefix;
}

/* The code that a name stands for, or else its beginning: "flood_rp100" is a flood, "quake_2023" an earthquake. */
static int find_kind(const smap__domain *domain, const char *name, const char *prefix) {
    int found = smap__domain_find(domain, name, strlen(name));
    for (size_t len = strlen(prefix); found < 0 && len > 0; len--)
        if (prefix[len] == '_') found = smap__domain_find(domain, prefix, len);
    return found;
}

smap_status smap__hazard_kind(smap_ctx *ctx, smap__arena *arena, const char *name, const char **out, smap_error *err) {
    const smap__domain *domain = NULL;
    smap_status status = smap__domain_get(ctx, "hazard", &domain, err);
    const char *prefix = status == SMAP_OK ? make_prefix(arena, name) : NULL;
    if (status != SMAP_OK) return status;
    if (!prefix) return smap__fail_memory(err);
    int kind = find_kind(domain, name, prefix);
    *out = kind < 0 ? "" : domain->code[kind].code;
    return SMAP_OK;
}

smap_status smap__hazard_spec_name(smap_ctx *ctx, smap__arena *arena, const char *name, smap__hazard_spec *out,
                                   smap_error *err) {
    const smap__domain *domain = NULL;
    smap_status status = smap__domain_get(ctx, "hazard", &domain, err);
    if (status != SMAP_OK) return status;
    *out = (smap__hazard_spec){ .name = smap__arena_strdup(arena, name),
                                .prefix = make_prefix(arena, name),
                                .kind = "",
                                .band = 1,
                                .weight = 1,
                                .error = NAN };
    if (!out->name || !out->prefix) return smap__fail_memory(err);
    int kind = find_kind(domain, name, out->prefix);
    out->label = (smap__label){ out->name, "" };
    if (kind >= 0) {
        const smap__code *code = &domain->code[kind];
        bool is_kind = smap__domain_find(domain, name, strlen(name)) == kind;
        out->kind = code->code;
        if (is_kind) out->label = code->label;
        if (is_kind && !*out->prefix) out->prefix = code->code;
    }
    if (!(out->prefix[0] >= 'a' && out->prefix[0] <= 'z') || strlen(out->prefix) > LONGEST_NAME)
        return smap__fail(err, SMAP_E_ARGUMENT, "hazard",
                          "\"%s\" cannot begin the names of columns; call the hazard by a code such as flood, or by up "
                          "to %d letters a to z, digits and _, a letter first",
                          name, LONGEST_NAME);
    return SMAP_OK;
}

/* ---- the parts -----------------------------------------------------------------------------------------------------
 */

/* The next ",word=" in a text, or NULL: commas in names of files and in lists stay where they are. */
static const char *find_part(const char *text, size_t *word) {
    for (const char *comma = strchr(text, ','); comma; comma = strchr(comma + 1, ',')) {
        *word = strspn(comma + 1, "abcdefghijklmnopqrstuvwxyz_");
        if (*word && comma[1 + *word] == '=') return comma;
    }
    return NULL;
}

static smap_status fail_part(const smap__hazard_spec *spec, const char *part, const char *value, const char *wanted,
                             smap_error *err) {
    return smap__fail(err, SMAP_E_ARGUMENT, "hazard", "hazard %s: %s=%s is not %s", spec->name, part, value, wanted);
}

static smap_status set_number(smap__hazard_spec *spec, const char *part, const char *value, smap_error *err) {
    size_t len = strlen(value);
    int64_t whole;
    double real;
    if (strcmp(part, "band") == 0) {
        if (!smap__parse_int(value, len, &whole) || whole < 1 || whole > 65535)
            return fail_part(spec, part, value, "the number of a band, from 1", err);
        spec->band = (int)whole;
        return SMAP_OK;
    }
    if (strcmp(part, "weight") == 0) {
        if (!smap__parse_real(value, len, &real) || !(real >= 0 && real <= 1))
            return fail_part(spec, part, value, "a weight from 0 to 1", err);
        spec->weight = real;
        return SMAP_OK;
    }
    spec->error_is_share = len > 0 && value[len - 1] == '%';
    if (!smap__parse_real(value, len - spec->error_is_share, &real) || !(real >= 0 && real < 1e300))
        return fail_part(spec, part, value, "a standard deviation, as 0.2 (in the unit of the hazard) or 10%", err);
    spec->error = spec->error_is_share ? real / 100 : real;
    return SMAP_OK;
}

/* classes='0.2 0.5' within quotes of the shell's keeps its own. */
static const char *without_quotes(smap__arena *arena, const char *value) {
    size_t len = strlen(value);
    bool quoted = len > 2 && (*value == '\'' || *value == '"') && value[len - 1] == *value;
    return smap__arena_strndup(arena, value + quoted, len - 2 * (size_t)quoted);
}

static smap_status set_part(smap__arena *arena, smap__hazard_spec *spec, const char *part, const char *value,
                            unsigned *given, smap_error *err) {
    const char **const texts[] = {
        &spec->column,       &spec->unit, NULL, &spec->classes, &spec->coverage, &spec->velocity,
        &spec->arrival_time, NULL,        NULL
    };
    size_t at = 0, parts = sizeof part_names / sizeof *part_names;
    while (at < parts && strcmp(part_names[at], part) != 0) at++;
    if (at == parts)
        return smap__fail(err, SMAP_E_ARGUMENT, "hazard", "hazard %s: there is no part \"%s\"; the parts are %s",
                          spec->name, part, part_list);
    if (*given & 1u << at)
        return smap__fail(err, SMAP_E_ARGUMENT, "hazard", "hazard %s: %s= is given twice", spec->name, part);
    if (!*value)
        return smap__fail(err, SMAP_E_ARGUMENT, "hazard", "hazard %s: nothing stands after %s=", spec->name, part);
    *given |= 1u << at;
    if (!texts[at]) return set_number(spec, part, value, err);
    *texts[at] = without_quotes(arena, value);
    return *texts[at] ? SMAP_OK : smap__fail_memory(err);
}

smap_status smap__hazard_spec_parse(smap_ctx *ctx, smap__arena *arena, const char *name, const char *text,
                                    smap__hazard_spec *out, smap_error *err) {
    smap_status status = smap__hazard_spec_name(ctx, arena, name, out, err);
    if (status != SMAP_OK) return status;
    size_t word = 0;
    unsigned given = 0;
    const char *part = find_part(text, &word);
    out->source = part ? smap__arena_strndup(arena, text, (size_t)(part - text)) : smap__arena_strdup(arena, text);
    if (!out->source) return smap__fail_memory(err);
    if (!*out->source)
        return smap__fail(err, SMAP_E_ARGUMENT, "hazard", "hazard %s: no file is named; write --hazard %s=FILE", name,
                          name);
    while (part && status == SMAP_OK) {
        const char *key = smap__arena_strndup(arena, part + 1, word), *value = part + word + 2;
        const char *next = find_part(value, &word);
        value = next ? smap__arena_strndup(arena, value, (size_t)(next - value)) : smap__arena_strdup(arena, value);
        if (!key || !value) return smap__fail_memory(err);
        status = set_part(arena, out, key, value, &given, err);
        part = next;
    }
    return status;
}

/* ---- the record ----------------------------------------------------------------------------------------------------
 */

static void put_text(smap__str *out, const char *part, const char *text) {
    if (text) smap__str_printf(out, ",%s=%s", part, text);
}

static void put_source(smap__str *out, const char *part, const char *source, const char *workspace) {
    if (!source) return;
    smap__str_printf(out, ",%s=", part);
    smap__put_relative(out, source, workspace);
}

static void put_number(smap__str *out, const char *part, double value, const char *behind) {
    smap__str_printf(out, ",%s=", part);
    smap__str_put_real(out, value);
    smap__str_put(out, behind);
}

void smap__hazard_spec_put(const smap__hazard_spec *spec, const char *workspace, smap__str *out) {
    smap__put_relative(out, spec->source, workspace);
    put_text(out, "column", spec->column);
    put_text(out, "unit", spec->unit);
    if (spec->band != 1) smap__str_printf(out, ",band=%d", spec->band);
    put_text(out, "classes", spec->classes);
    put_source(out, "coverage", spec->coverage, workspace);
    put_source(out, "velocity", spec->velocity, workspace);
    put_source(out, "arrival_time", spec->arrival_time, workspace);
    if (spec->weight != 1) put_number(out, "weight", spec->weight, "");
    if (!isnan(spec->error))
        put_number(out, "error", spec->error_is_share ? spec->error * 100 : spec->error,
                   spec->error_is_share ? "%" : "");
}
