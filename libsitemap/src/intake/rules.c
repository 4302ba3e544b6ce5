#include "intake/rules.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/str.h"
#include "model/json.h"

static smap_status fail_country(const smap__json *countries, const char *country, smap_error *err) {
    smap__str codes = SMAP__STR_INIT;
    for (size_t i = 0; i < smap__json_size(countries); i++) {
        if (i) smap__str_put(&codes, ", ");
        smap__str_put(&codes, smap__json_text(smap__json_get(smap__json_item(countries, i), "code"), ""));
    }
    smap_status status = smap__fail(err, SMAP_E_NOT_FOUND, country,
                                    "there is no box for the country \"%s\"; use one of %s, or \"any\" for no check",
                                    country, codes.data ? codes.data : "");
    smap__str_release(&codes);
    return status;
}

static smap_status read_country(const smap__json *root, const char *country, smap__rules *out, smap_error *err) {
    const smap__json *countries = smap__json_get(root, "countries");
    if (!country) country = smap__json_text(smap__json_get(root, "country"), "any");
    if (strcasecmp(country, "any") == 0) return SMAP_OK;
    for (size_t i = 0; i < smap__json_size(countries); i++) {
        const smap__json *c = smap__json_item(countries, i), *box = smap__json_get(c, "box");
        if (strcasecmp(smap__json_text(smap__json_get(c, "code"), ""), country) != 0) continue;
        const char *name = smap__json_text(smap__json_get(smap__json_get(c, "label"), "en"), country);
        snprintf(out->country, sizeof out->country, "%s", name);
        out->box = (smap_box){ smap__json_number(smap__json_item(box, 0), -180),
                               smap__json_number(smap__json_item(box, 1), -90),
                               smap__json_number(smap__json_item(box, 2), 180),
                               smap__json_number(smap__json_item(box, 3), 90) };
        return SMAP_OK;
    }
    return fail_country(countries, country, err);
}

smap_status smap__rules_load(smap_ctx *ctx, const char *country, smap__rules *out, smap_error *err) {
    static const char *const unit_columns[SMAP__UNIT_COLUMNS] = { "unit", "word", "factor" };
    smap_status status = SMAP_OK;
    smap__json_doc *doc = NULL;
    smap__rules rules = { .country = "" };
    smap__str path = SMAP__STR_INIT;
    const char *data = smap_ctx_data_dir(ctx);
    smap__str_printf(&path, "%s/intake/rules.json", data ? data : ".");
    if (path.failed) {
        smap__str_release(&path);
        return smap__fail_memory(err);
    }
    SMAP_TRY(smap__json_read(path.data, &doc, err), done);
    const smap__json *days = smap__json_get(smap__json_root(doc), "spreadsheet_days");
    rules.spreadsheet_first = smap__json_number(smap__json_item(days, 0), 1);
    rules.spreadsheet_last = smap__json_number(smap__json_item(days, 1), 0);
    SMAP_TRY(read_country(smap__json_root(doc), country, &rules, err), done);
    SMAP_TRY(smap__domain_get(ctx, "coordinate_column", &rules.coordinates, err), done);
    SMAP_TRY(smap__domain_get(ctx, "null_word", &rules.null_words, err), done);
    SMAP_TRY(smap__domain_get(ctx, "yes_no", &rules.yes_no, err), done);
    SMAP_TRY(smap__domain_get(ctx, "month", &rules.months, err), done);
    SMAP_TRY(smap__domain_get(ctx, "total_word", &rules.total_words, err), done);
    SMAP_TRY(smap__standard_get(ctx, "unit_word", unit_columns, SMAP__UNIT_COLUMNS, &rules.units, err), done);
    *out = rules;
done:
    smap__json_free(doc);
    smap__str_release(&path);
    return status;
}
