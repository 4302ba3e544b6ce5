#include "sheet/table_bar.h"

#include <math.h>
#include <string.h>

#include "base/fail.h"
#include "col/cell.h"

typedef struct bar_source {
    smap__sheet_spec *spec;
    const smap__json *bar;
    const char *layer;
    const smap_table *table;
    int64_t row;
} bar_source;

static smap_status column_named(const bar_source *s, const char *name, const smap_column **out, smap_error *err) {
    *out = smap_table_find(s->table, name);
    if (*out) return SMAP_OK;
    return smap__fail(err, SMAP_E_FORMAT, s->spec->path,
                      "%s: a bar of the table of layer %s names the column \"%s\", which that layer does not have",
                      s->spec->path, s->layer, name);
}

/* A number, or the cell of the column of that name; NAN where that is null. */
static smap_status read_figure(const bar_source *s, const char *key, double *out, smap_error *err) {
    const smap__json *json = smap__json_get(s->bar, key);
    const char *name = smap__json_text(json, NULL);
    const smap_column *column;
    *out = smap__json_number(json, NAN);
    if (!name) return SMAP_OK;
    smap_status status = column_named(s, name, &column, err);
    if (status == SMAP_OK && !smap__cell_number(column, s->row, out)) *out = NAN;
    return status;
}

static smap_status read_colour(const bar_source *s, smap__colour *out, smap_error *err) {
    const char *by = smap__json_text(smap__json_get(s->bar, "by"), NULL);
    const smap__json *list = smap__json_get(s->bar, "colours");
    const smap_column *column;
    *out = smap__sheet_spec_colour(s->spec, s->bar, "colour");
    if (!by) return SMAP_OK;
    smap_status status = column_named(s, by, &column, err);
    for (size_t i = 0; i < smap__json_size(list) && status == SMAP_OK; i++) {
        const smap__json *entry = smap__json_item(list, i);
        if (smap__cell_is(column, s->row, smap__json_text(smap__json_get(entry, "is"), "")))
            *out = smap__sheet_spec_colour(s->spec, entry, "colour");
    }
    return status;
}

static double share_of(double value, double most) {
    return isnan(value) || !(most > 0) ? NAN : fmin(fmax(value / most, 0), 1);
}

smap_status smap__table_bar_make(smap__sheet_spec *spec, const smap__json *bar, const char *layer,
                                 const smap_table *table, const smap_column *column, int64_t row,
                                 const smap__table_bar **out, smap_error *err) {
    bar_source s = { spec, bar, layer, table, row };
    smap__table_bar *b = smap__arena_alloc(spec->arena, sizeof *b);
    double value, most = NAN, target = NAN;
    if (!b) return smap__fail_memory(err);
    *b = (smap__table_bar){ .width_mm = smap__sheet_spec_number(spec, bar, "width_mm"),
                            .height_mm = smap__sheet_spec_number(spec, bar, "height_mm"),
                            .track = smap__sheet_spec_colour(spec, bar, "track") };
    b->from_end = strcmp(smap__json_text(smap__json_get(bar, "from"), "start"), "end") == 0;
    smap_status status = read_figure(&s, "most", &most, err);
    if (status == SMAP_OK) status = read_figure(&s, "target", &target, err);
    if (status == SMAP_OK) status = read_colour(&s, &b->colour, err);
    if (status != SMAP_OK) return status;
    if (!smap__cell_number(column, row, &value)) value = NAN;
    if (smap__json_get(bar, "target")) b->target_colour = smap__sheet_spec_colour(spec, bar, "target_colour");
    b->share = share_of(value, most);
    b->target = share_of(target, most);
    b->over = value > most;
    *out = b;
    return SMAP_OK;
}
