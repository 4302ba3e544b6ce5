#include "hazard/warning_time.h"

#include <math.h>

#include "base/fail.h"
#include "model/data_table.h"

enum { CODE, FROM_MIN, COLUMNS };
static const char *const column_names[COLUMNS] = { "code", "from_min" };

enum { CLASSES_MAX = 12 };

static smap_status read_bounds(const smap__data_table *t, double bound[CLASSES_MAX], smap_error *err) {
    if (t->rows > CLASSES_MAX)
        return smap__data_table_fail(t, t->rows - 1, err, "there are at most %d classes", CLASSES_MAX);
    for (int64_t row = 0; row < t->rows; row++) {
        smap_status status = smap__data_table_number(t, row, FROM_MIN, &bound[row], err);
        if (status != SMAP_OK) return status;
        if (row == 0 ? !isnan(bound[row]) : isnan(bound[row]) || bound[row] <= bound[row - 1])
            return smap__data_table_fail(t, row, err, "from_min is empty in the first row and rises in the others");
    }
    bound[0] = -INFINITY;
    return SMAP_OK;
}

smap_status smap__warning_time(smap_ctx *ctx, const double *arrival_min, double delay_min, int64_t count,
                               double *lead_min, const char **code, int64_t *negative, smap_error *err) {
    const smap__data_table *t;
    double bound[CLASSES_MAX];
    if (!(delay_min >= 0) || isinf(delay_min))
        return smap__fail(err, SMAP_E_ARGUMENT, "delay", "the delay of a warning is %g minutes: it cannot be below 0",
                          delay_min);
    smap_status status = smap__standard_get(ctx, "warning_time", column_names, COLUMNS, &t, err);
    if (status == SMAP_OK) status = read_bounds(t, bound, err);
    if (status != SMAP_OK) return status;
    int64_t below = 0;
    for (int64_t i = 0; i < count; i++) {
        bool known = isfinite(arrival_min[i]) && arrival_min[i] >= 0;
        int64_t row = t->rows - 1;
        below += arrival_min[i] < 0;
        lead_min[i] = known ? arrival_min[i] - delay_min : NAN;
        while (row > 0 && lead_min[i] < bound[row]) row--;
        code[i] = known ? smap__data_table_text(t, row, CODE) : "unknown";
    }
    if (negative) *negative = below;
    return SMAP_OK;
}
