#include "model/curve.h"

#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/str.h"
#include "model/data_table.h"

static const char FOLDER[] = "curves";

enum { NAME, LABEL_EN, LABEL_AR, X_UNIT, Y_UNIT, SOURCE, COLUMNS };
static const char *const index_names[COLUMNS] = { "name", "label_en", "label_ar", "x_unit", "y_unit", "source" };

enum { X, Y, POINT_COLUMNS };
static const char *const point_names[POINT_COLUMNS] = { "x", "y" };

static smap_status read_points(smap_ctx *ctx, smap__store *store, smap__curve *curve, smap_error *err) {
    smap__data_table table;
    smap_status status =
        smap__data_table_read(ctx, store, FOLDER, curve->name, point_names, POINT_COLUMNS, &table, err);
    if (status != SMAP_OK) return status;
    double *x = smap__arena_alloc(&store->arena, (size_t)table.rows * 2 * sizeof *x), *y;
    if (!x) return smap__fail_memory(err);
    y = x + table.rows;
    for (int64_t i = 0; i < table.rows; i++) {
        SMAP_TRY(smap__data_table_number(&table, i, X, &x[i], err), done);
        SMAP_TRY(smap__data_table_number(&table, i, Y, &y[i], err), done);
        if (isnan(x[i]) || isnan(y[i]) || (i > 0 && x[i] <= x[i - 1]))
            return smap__data_table_fail(&table, i, err, "a point needs x and y, and x above that of the point before");
    }
    if (table.rows < 2) return smap__data_table_fail(&table, 0, err, "a curve has at least two points");
    curve->x = x;
    curve->y = y;
    curve->points = (int)table.rows;
done:
    return status;
}

/* The row of index.csv that has the name; the error lists those there are. */
static smap_status find_row(const smap__data_table *index, const char *name, int64_t *out, smap_error *err) {
    smap__str list = SMAP__STR_INIT;
    for (int64_t i = 0; i < index->rows; i++) {
        const char *other = smap__data_table_text(index, i, NAME);
        if (strcmp(other, name) == 0) {
            smap__str_release(&list);
            *out = i;
            return SMAP_OK;
        }
        smap__str_printf(&list, "%s%s", i ? ", " : "", other);
    }
    smap_status status =
        list.failed ? smap__fail_memory(err)
                    : smap__fail(err, SMAP_E_NOT_FOUND, name, "\"%s\" is no curve; there is %s", name, list.data);
    smap__str_release(&list);
    return status;
}

static smap_status read_curve(smap_ctx *ctx, smap__store *store, const char *name, const smap__curve **out,
                              smap_error *err) {
    smap__data_table index;
    int64_t row = 0;
    smap_status status = SMAP_OK;
    smap__curve *curve = smap__arena_alloc(&store->arena, sizeof *curve);
    if (!curve || !smap__grow(&store->curve, &store->curve_capacity, store->curves + 1, sizeof curve))
        return smap__fail_memory(err);
    SMAP_TRY(smap__data_table_read(ctx, store, FOLDER, "index", index_names, COLUMNS, &index, err), done);
    SMAP_TRY(find_row(&index, name, &row, err), done);
    *curve = (smap__curve){ .name = smap__data_table_text(&index, row, NAME),
                            .label = { smap__data_table_text(&index, row, LABEL_EN),
                                       smap__data_table_text(&index, row, LABEL_AR) },
                            .x_unit = smap__data_table_text(&index, row, X_UNIT),
                            .y_unit = smap__data_table_text(&index, row, Y_UNIT),
                            .source = smap__data_table_text(&index, row, SOURCE) };
    SMAP_TRY(read_points(ctx, store, curve, err), done);
    store->curve[store->curves++] = curve;
    *out = curve;
done:
    return status;
}

smap_status smap__curve_get(smap_ctx *ctx, const char *name, const smap__curve **out, smap_error *err) {
    smap__store *store = smap__store_lock(ctx);
    if (!store) return smap__fail_memory(err);
    smap_status status = SMAP_OK;
    const smap__curve *found = NULL;
    for (size_t i = 0; i < store->curves && !found; i++) {
        if (strcmp(store->curve[i]->name, name) == 0) found = store->curve[i];
    }
    if (!found) status = read_curve(ctx, store, name, &found, err);
    smap__store_unlock(ctx);
    if (status == SMAP_OK) *out = found;
    return status;
}

double smap__curve_at(const smap__curve *curve, double x, smap__curve_range *range) {
    int low = 0, high = curve->points - 1;
    smap__curve_range where = isnan(x)             ? SMAP__CURVE_UNKNOWN
                              : x < curve->x[low]  ? SMAP__CURVE_BELOW
                              : x > curve->x[high] ? SMAP__CURVE_ABOVE
                                                   : SMAP__CURVE_IN;
    if (range) *range = where;
    if (where == SMAP__CURVE_UNKNOWN) return NAN;
    if (where == SMAP__CURVE_BELOW) return curve->y[low];
    if (where == SMAP__CURVE_ABOVE) return curve->y[high];
    while (high - low > 1) {
        int middle = (low + high) / 2;
        if (curve->x[middle] <= x)
            low = middle;
        else
            high = middle;
    }
    /* At a point itself its own value, to the last bit. */
    if (x == curve->x[high]) return curve->y[high];
    double share = (x - curve->x[low]) / (curve->x[high] - curve->x[low]);
    return curve->y[low] + share * (curve->y[high] - curve->y[low]);
}
