#include "protect/audience.h"

#include <string.h>

#include "base/fail.h"
#include "base/str.h"
#include "protect/audience_rules.h"

smap_status smap__audience_get(smap_ctx *ctx, const char *name, const smap__audience **out, smap_error *err) {
    const smap__audience_rules *r = NULL;
    smap__str known = SMAP__STR_INIT;
    smap_status status = smap__audience_rules_of(ctx, &r, err);
    if (status != SMAP_OK) return status;
    for (size_t i = 0; i < r->audiences; i++) {
        if (strcmp(r->audience[i].name, name) == 0) {
            *out = &r->audience[i];
            smap__str_release(&known);
            return SMAP_OK;
        }
        if (i) smap__str_put(&known, ", ");
        smap__str_put(&known, r->audience[i].name);
    }
    status = smap__fail(err, SMAP_E_REFUSED, name,
                        "there are no rules for the audience \"%s\", so nothing is written for it; use one of: %s",
                        name, known.data ? known.data : "none");
    smap__str_release(&known);
    return status;
}

const char *smap__audience_tag(const smap__audience *audience, const char *lang) {
    if (strcmp(lang, "ar") == 0) return audience->tag_ar;
    return strcmp(lang, "both") == 0 ? audience->tag_both : audience->tag_en;
}

const char *smap__audience_name(const smap__audience *audience) {
    return audience->name;
}

bool smap__audience_sees_all(const smap__audience *audience) {
    return audience->all;
}

smap__cover smap__audience_covers(const smap__audience *audience, const char *layer) {
    if (audience->all) return SMAP__COVER_SHOWN;
    const smap__json *rule = smap__json_get(audience->rule, layer);
    if (!smap__json_is_object(rule)) return SMAP__COVER_NONE;
    return smap__json_bool(smap__json_get(rule, "show"), true) ? SMAP__COVER_SHOWN : SMAP__COVER_WITHHELD;
}

/* Of a result that compares several things, the field whose "{}" the name begins with something for; its name in
 * *general. */
static const smap__field *repeated_field(const smap__schema *schema, const char *name, const char **general) {
    for (int i = 0; i < schema->repeats; i++) {
        const char *ending = schema->repeat[i].name + strlen("{}");
        size_t n = strlen(name), m = strlen(ending);
        if (strncmp(schema->repeat[i].name, "{}", 2) != 0 || n <= m || strcmp(name + n - m, ending) != 0) continue;
        *general = schema->repeat[i].name;
        return &schema->repeat[i];
    }
    return NULL;
}

bool smap__audience_sees_column(const smap__audience *audience, const smap__schema *schema, const char *name) {
    if (audience->all) return true;
    if (!schema) return false;
    const smap__json *rule = smap__json_get(audience->rule, schema->name), *only = smap__json_get(rule, "only");
    const char *general = name;
    const smap__field *field = smap__schema_field(schema, name);
    if (!field) field = repeated_field(schema, name, &general);
    if (!field || !smap__audience_rules_list(audience->columns, field->sensitivity)) return false;
    if (smap__audience_rules_list(smap__json_get(rule, "drop"), general)) return false;
    return !only || smap__audience_rules_list(only, name) || smap__audience_rules_list(only, general);
}

bool smap__audience_hides_few(const smap__audience *audience, const char *layer) {
    return smap__json_bool(smap__json_get(smap__json_get(audience->rule, layer), "few"), false);
}

const char *smap__audience_positions(const smap__audience *audience, const char *layer, const char *lang) {
    if (!smap__json_get(smap__json_get(audience->rule, layer), "place")) return NULL;
    return smap__json_text(smap__json_get(audience->positions_note, lang), NULL);
}

const char *smap__audience_mark_too(const smap__audience *audience) {
    return audience->mark_too;
}

const char *smap__audience_marks_note(const smap__audience *audience, const char *lang) {
    return strcmp(lang, "ar") == 0 ? audience->marks_note_ar : audience->marks_note_en;
}

int64_t smap__audience_least(const smap__audience *audience, const char **mark) {
    if (mark) *mark = audience->mark ? audience->mark : "";
    return smap__json_integer(smap__json_get(audience->small_counts, "below"), 0);
}
