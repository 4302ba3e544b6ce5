#include "protect/gate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "base/alloc.h"
#include "base/arena.h"
#include "base/ctx.h"
#include "base/fail.h"
#include "col/rows.h"
#include "protect/audience_rules.h"
#include "protect/coarsen.h"
#include "protect/count_rules.h"
#include "protect/row_rules.h"
#include "protect/text_rules.h"

typedef struct deed { /* what was done to a layer */
    const char *layer;
    bool shown;
    int64_t rows, rows_left_out, columns_left_out, texts_removed, counts_hidden, counts_hidden_too;
    char positions[64];
    smap__row_reasons why;
    const smap_table *marks; /* of the last view; NULL: no count is hidden in it */
} deed;

struct smap__gate {
    smap_ctx *ctx;
    const smap__audience *audience;
    smap__known *known;
    smap__pseudonyms *pseudonyms;
    smap__count_rules *counts;
    const smap_layer *admin;
    uint64_t seed;
    bool seeded;
    smap__arena arena;
    deed *deed;
    size_t deeds, capacity;
};

smap_status smap__gate_new(smap_ctx *ctx, const smap__audience *audience, smap__gate **out, smap_error *err) {
    smap__gate *gate = smap__zalloc(1, sizeof *gate);
    if (!gate) return smap__fail_memory(err);
    gate->ctx = ctx;
    gate->audience = audience;
    smap_status status = smap__known_new(audience, &gate->known, err);
    if (status == SMAP_OK) status = smap__pseudonyms_new(&gate->pseudonyms, err);
    if (status == SMAP_OK) status = smap__count_rules_new(audience, &gate->counts, err);
    if (status == SMAP_OK)
        *out = gate;
    else
        smap__gate_free(gate);
    return status;
}

void smap__gate_free(smap__gate *gate) {
    if (!gate) return;
    smap__known_free(gate->known);
    smap__pseudonyms_free(gate->pseudonyms);
    smap__count_rules_free(gate->counts);
    smap_layer_free(gate->admin);
    smap__arena_release(&gate->arena);
    for (size_t i = 0; i < gate->deeds; i++) smap_table_free(gate->deed[i].marks);
    smap__free(gate->deed);
    smap__free(gate);
}

const smap__audience *smap__gate_audience(const smap__gate *gate) {
    return gate->audience;
}

void smap__gate_seed(smap__gate *gate, uint64_t seed) {
    gate->seed = seed;
    gate->seeded = true;
}

/* The areas that positions are coarsened to; the layers whose keys others have; last those with counts, whose rows
 * depend on the others. */
const char *smap__gate_wants(const smap__gate *gate, int index) {
    static const char areas[] = "admin";
    int keys = 0;
    if (gate->audience->all || index < 0) return NULL;
    if (index == 0) return areas;
    while (smap__known_wants(gate->known, keys)) keys++;
    return index <= keys ? smap__known_wants(gate->known, index - 1)
                         : smap__count_rules_wants(gate->counts, index - 1 - keys);
}

/* The rows that are left, with all columns. */
static smap_status take_rows(const smap__gate *gate, const smap_layer *layer, smap__row_reasons *why,
                             const smap_layer **out, smap_error *err) {
    int64_t count = 0, *row = smap__zalloc((size_t)smap_table_rows(layer->table) + 1, sizeof *row);
    if (!row) return smap__fail_memory(err);
    smap__row_rules_apply(gate->known, layer, row, &count, why);
    smap_status status = smap_layer_take(layer, row, count, out, err);
    smap__free(row);
    return status;
}

smap_status smap__gate_learn(smap__gate *gate, const smap_layer *layer, smap_error *err) {
    const smap_layer *rows = NULL;
    if (gate->audience->all) return SMAP_OK;
    if (strcmp(layer->name, "admin") == 0) {
        smap_layer_free(gate->admin);
        gate->admin = smap_layer_retain(layer);
    }
    smap_status status = smap__known_learn(gate->known, layer, err);
    if (status == SMAP_OK) status = take_rows(gate, layer, NULL, &rows, err);
    if (status == SMAP_OK) status = smap__count_rules_learn(gate->counts, rows, err);
    smap_layer_free(rows);
    return status;
}

/* ---- one layer ----------------------------------------------------------------------------------------------------
 */

static deed *deed_of(smap__gate *gate, const char *layer) {
    for (size_t i = 0; i < gate->deeds; i++)
        if (strcmp(gate->deed[i].layer, layer) == 0) return &gate->deed[i];
    if (!smap__grow(&gate->deed, &gate->capacity, gate->deeds + 1, sizeof *gate->deed)) return NULL;
    const char *name = smap__arena_strdup(&gate->arena, layer);
    if (!name) return NULL;
    gate->deed[gate->deeds] = (deed){ .layer = name };
    return &gate->deed[gate->deeds++];
}

static smap_status check_layer(const smap__audience *audience, const smap__schema *schema, const char *layer,
                               smap_error *err) {
    bool seen = schema && smap__audience_rules_list(audience->layers, schema->sensitivity);
    smap__cover cover = schema ? smap__audience_covers(audience, layer) : SMAP__COVER_NONE;
    if (audience->all || cover == SMAP__COVER_WITHHELD || (cover == SMAP__COVER_SHOWN && seen)) return SMAP_OK;
    return smap__fail(err, SMAP_E_REFUSED, layer,
                      "layer %s may not be shown to the audience \"%s\"; leave it out or choose another audience",
                      layer, audience->name);
}

/* The columns that are left of rows that are, still with all that is in their cells. */
static smap_status take_columns(const smap__gate *gate, const smap__schema *schema, const smap_table *rows,
                                const smap_table **out, smap_error *err) {
    int columns = smap_table_columns(rows), kept = 0;
    const smap_column **keep = smap__zalloc((size_t)columns + 1, sizeof *keep);
    if (!keep) return smap__fail_memory(err);
    for (int i = 0; i < columns; i++) {
        const smap_column *column = smap_table_at(rows, i);
        if (smap__audience_sees_column(gate->audience, schema, column->name)) keep[kept++] = column;
    }
    smap_status status = smap_table_new(keep, kept, smap_table_rows(rows), out, err);
    smap__free(keep);
    return status;
}

static smap_status seed_by_system(smap__gate *gate, smap_error *err) {
    if (gate->seeded) return SMAP_OK;
    if (getrandom(&gate->seed, sizeof gate->seed, 0) != (ssize_t)sizeof gate->seed)
        return smap__fail(err, SMAP_E_IO, "seed", "the system gave no random number to displace positions with");
    gate->seeded = true;
    return SMAP_OK;
}

static smap_status move_positions(smap__gate *gate, const smap_layer *layer, deed *d, const smap_geometry **out,
                                  smap_error *err) {
    const smap__json *place = smap__json_get(smap__json_get(gate->audience->rule, layer->name), "place");
    d->positions[0] = '\0';
    if (!place || !layer->geometry) {
        *out = layer->geometry ? smap_geometry_retain(layer->geometry) : NULL;
        return SMAP_OK;
    }
    bool displace = smap__json_bool(smap__json_get(place, "displace"), false);
    if (strcmp(smap__json_text(smap__json_get(place, "to"), ""), "grid") == 0)
        snprintf(d->positions, sizeof d->positions, "%s squares of %.0f m", displace ? "anywhere in" : "middle of",
                 smap__json_number(smap__json_get(place, "size_m"), 0));
    else
        snprintf(d->positions, sizeof d->positions, "%s areas of level %lld", displace ? "anywhere in" : "a point of",
                 (long long)smap__json_integer(smap__json_get(place, "level"), 0));
    smap_status status = displace ? seed_by_system(gate, err) : SMAP_OK;
    smap__coarsening how = { place, gate->admin, gate->seed };
    return status == SMAP_OK ? smap__coarsen(gate->ctx, &how, layer, out, err) : status;
}

/* Of rows that are seen: their columns, without counts that are not told, with clean texts and coarse positions. */
static smap_status make_view(smap__gate *gate, const smap__schema *schema, const smap_layer *rows, deed *d,
                             const smap_layer **out, smap_error *err) {
    const smap_geometry *moved = NULL;
    const smap_table *columns = NULL, *clean = NULL;
    smap__counts_told counted = { 0 };
    smap_status status;
    SMAP_TRY(smap__poll(gate->ctx, err), done);
    SMAP_TRY(take_columns(gate, schema, rows->table, &columns, err), done);
    SMAP_TRY(smap__count_rules_apply(gate->ctx, gate->counts, rows->name, rows->table, columns, &counted, err), done);
    SMAP_TRY(smap__text_rules_apply(gate->audience->rules->scrub, gate->pseudonyms, schema,
                                    smap__json_get(smap__json_get(gate->audience->rule, rows->name), "no_numbers"),
                                    counted.table, &clean, &d->texts_removed, err),
             done);
    SMAP_TRY(move_positions(gate, rows, d, &moved, err), done);
    d->rows = smap_table_rows(rows->table);
    d->columns_left_out = smap_table_columns(rows->table) - smap_table_columns(columns);
    d->counts_hidden = counted.small;
    d->counts_hidden_too = counted.others;
    smap_table_free(d->marks);
    d->marks = counted.marks;
    counted.marks = NULL;
    status = smap_layer_new(rows->name, clean, moved, NULL, out, err);
done:
    smap_geometry_free(moved);
    smap_table_free(clean);
    smap_table_free(counted.marks);
    smap_table_free(counted.table);
    smap_table_free(columns);
    return status;
}

smap_status smap__gate_view(smap__gate *gate, const smap__schema *schema, const smap_layer *layer,
                            const smap_layer **out, smap_error *err) {
    const smap_layer *rows = NULL;
    smap_status status = check_layer(gate->audience, schema, layer->name, err);
    if (status != SMAP_OK) return status;
    if (gate->audience->all) {
        *out = smap_layer_retain(layer);
        return SMAP_OK;
    }
    deed *d = deed_of(gate, layer->name);
    if (!d) return smap__fail_memory(err);
    d->shown = smap__audience_covers(gate->audience, layer->name) == SMAP__COVER_SHOWN;
    status = take_rows(gate, layer, &d->why, &rows, err);
    if (status == SMAP_OK) status = make_view(gate, schema, rows, d, out, err);
    if (status == SMAP_OK) d->rows_left_out = smap_table_rows(layer->table) - d->rows;
    smap_layer_free(rows);
    return status;
}

/* ---- what was done ------------------------------------------------------------------------------------------------
 */

const smap_table *smap__gate_marks(const smap__gate *gate, const char *layer) {
    for (size_t i = 0; i < gate->deeds; i++)
        if (strcmp(gate->deed[i].layer, layer) == 0) return gate->deed[i].marks;
    return NULL;
}

static int compare_deeds(const void *a, const void *b) {
    const deed *const *left = a, *const *right = b;
    return strcmp((*left)->layer, (*right)->layer);
}

static void put_count(smap__rows *rows, const smap__audience *audience, int64_t count) {
    const char *mark;
    char text[32];
    snprintf(text, sizeof text, "%lld", (long long)count);
    bool few = count > 0 && count < smap__audience_least(audience, &mark);
    smap__rows_text(rows, few ? mark : text);
}

/* The columns of an entry of "rows": "sensitivity", "service_type or confidential". */
static void put_entry_name(const smap__json *entry, smap__str *out) {
    size_t at = 0;
    const char *name;
    const smap__json *list;
    smap__str_clear(out);
    while (smap__json_member(entry, &at, &name, &list)) smap__str_printf(out, "%s%s", out->len ? " or " : "", name);
}

typedef struct reason {
    const char *text;
    int64_t rows;
} reason;

/* Numbers of which one is small are not told, as the rows left out are told in all. */
static void put_reasons(smap__rows *rows, const smap__audience *audience, const deed *d) {
    const smap__json *own = smap__json_get(smap__json_get(audience->rule, d->layer), "rows");
    int64_t least = smap__audience_least(audience, NULL);
    smap__str name = SMAP__STR_INIT;
    bool few = false;
    const reason other[] = { { "refers to what is not shown", d->why.reference },
                             { "of a kind of which some are not shown", d->why.kind },
                             { "a sum over what is shown in part", d->why.sum } };
    enum { OTHERS = sizeof other / sizeof *other };
    for (int i = 0; i < SMAP__ROW_RULES; i++) few = few || (d->why.own[i] > 0 && d->why.own[i] < least);
    for (int i = 0; i < OTHERS; i++) few = few || (other[i].rows > 0 && other[i].rows < least);
    for (int i = 0; i < SMAP__ROW_RULES + OTHERS; i++) {
        int64_t n = i < SMAP__ROW_RULES ? d->why.own[i] : other[i - SMAP__ROW_RULES].rows;
        if (!n) continue;
        if (i < SMAP__ROW_RULES) put_entry_name(smap__json_item(own, (size_t)i), &name);
        smap__rows_text(rows, d->layer);
        smap__rows_text(rows, i < SMAP__ROW_RULES ? name.data : other[i - SMAP__ROW_RULES].text);
        if (few)
            smap__rows_null(rows);
        else
            smap__rows_int(rows, n);
    }
    if (name.failed) rows->status = SMAP_E_NOMEM;
    smap__str_release(&name);
}

smap_status smap__gate_reasons(const smap__gate *gate, const smap_table **out, smap_error *err) {
    static const smap__rows_column columns[] = { { "layer", SMAP_TEXT },
                                                 { "because_of", SMAP_TEXT },
                                                 { "rows", SMAP_INT64 } };
    smap__rows rows;
    smap__rows_init(&rows, columns, 3);
    for (size_t i = 0; i < gate->deeds; i++) put_reasons(&rows, gate->audience, &gate->deed[i]);
    return smap__rows_finish(&rows, out, err);
}

smap_status smap__gate_record(const smap__gate *gate, const smap_table **out, smap_error *err) {
    static const smap__rows_column columns[] = { { "layer", SMAP_TEXT },
                                                 { "shown", SMAP_BOOL },
                                                 { "rows", SMAP_TEXT },
                                                 { "rows_left_out", SMAP_TEXT },
                                                 { "columns_left_out", SMAP_INT64 },
                                                 { "texts_removed", SMAP_TEXT },
                                                 { "positions", SMAP_TEXT },
                                                 { "counts_hidden", SMAP_TEXT },
                                                 { "counts_hidden_too", SMAP_TEXT } };
    const deed **order = smap__zalloc(gate->deeds + 1, sizeof *order);
    smap__rows rows;
    if (!order) return smap__fail_memory(err);
    for (size_t i = 0; i < gate->deeds; i++) order[i] = &gate->deed[i];
    qsort(order, gate->deeds, sizeof *order, compare_deeds);
    smap__rows_init(&rows, columns, (int)(sizeof columns / sizeof *columns));
    for (size_t i = 0; i < gate->deeds; i++) {
        const deed *d = order[i];
        if (!d->rows && !d->rows_left_out) continue;
        smap__rows_text(&rows, d->layer);
        smap__rows_int(&rows, d->shown);
        put_count(&rows, gate->audience, d->rows);
        put_count(&rows, gate->audience, d->rows_left_out);
        smap__rows_int(&rows, d->columns_left_out);
        put_count(&rows, gate->audience, d->texts_removed);
        smap__rows_text(&rows, d->positions[0] ? d->positions : NULL);
        put_count(&rows, gate->audience, d->counts_hidden);
        put_count(&rows, gate->audience, d->counts_hidden_too);
    }
    smap__free(order);
    return smap__rows_finish(&rows, out, err);
}
