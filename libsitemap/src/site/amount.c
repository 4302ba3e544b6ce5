#include "site/amount.h"

#include <stdio.h>
#include <string.h>

#include "col/cell.h"
#include "model/schema.h"

/* The next name of "a+b+c", cut to the room there is; false at the end. */
static bool next_name(const char **at, char *name, size_t size) {
    if (!**at) return false;
    size_t len = strcspn(*at, "+");
    snprintf(name, size, "%.*s", (int)len, *at);
    *at += len + ((*at)[len] == '+');
    return true;
}

static bool number_of(const smap__site_place *p, const char *name, double *out) {
    const smap_column *column = smap_table_find(p->round, name);
    if (column) return p->round_row >= 0 && smap__cell_number(column, p->round_row, out) && *out >= 0;
    column = smap_table_find(p->site, name);
    return column && p->site_row >= 0 && smap__cell_number(column, p->site_row, out) && *out >= 0;
}

smap__site_amount smap__site_amount_of(const smap__site_place *place, const char *names) {
    smap__site_amount a = { 0 };
    char name[64];
    while (next_name(&names, name, sizeof name)) {
        double value = 0;
        if (number_of(place, name, &value)) {
            a.known = true;
            a.sum += value;
        } else
            a.partial = true;
    }
    return a;
}

bool smap__site_amount_is_open(const smap__site_place *place, const char *names) {
    char name[64];
    if (smap_table_rows(place->round) == 0 || smap_table_rows(place->site) == 0) return true;
    while (next_name(&names, name, sizeof name))
        if (smap_table_find(place->round, name) || smap_table_find(place->site, name)) return true;
    return false;
}

const smap_column *smap__site_amount_mark(const smap_table *marks, const smap__site_place *place, const char *names,
                                          bool *part) {
    bool one = strchr(names, '+') == NULL;
    char name[64];
    *part = false;
    while (marks && place->round_row >= 0 && next_name(&names, name, sizeof name)) {
        const smap_column *column = smap_table_find(marks, name);
        if (!column || smap_column_is_null(column, place->round_row)) continue;
        if (one) return column;
        *part = true;
    }
    return NULL;
}

static bool is_count(const smap__schema *schema, const char *name) {
    const smap__field *field = smap__schema_field(schema, name);
    return field && (field->type == SMAP_INT64 || field->type == SMAP_FLOAT64);
}

smap_status smap__site_amount_check(smap_ctx *ctx, const char *names, char *unknown, size_t size, smap_error *err) {
    const smap__schema *site, *round;
    char name[64];
    unknown[0] = '\0';
    smap_status status = smap__schema_get(ctx, "site", &site, err);
    if (status == SMAP_OK) status = smap__schema_get(ctx, "site_round", &round, err);
    while (status == SMAP_OK && next_name(&names, name, sizeof name)) {
        if (is_count(site, name) || is_count(round, name)) continue;
        snprintf(unknown, size, "%s", name);
        break;
    }
    return status;
}
