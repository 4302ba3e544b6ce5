#include "access/travel_speed.h"

#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "model/data_table.h"

enum { MODE, CLASS, SURFACE, SPEED_KMH, FACTOR, COLUMNS };
static const char *const column_names[COLUMNS] = { "mode", "class", "surface", "speed_kmh", "factor" };
enum { CHECK, VALUE, CHECK_COLUMNS };
static const char *const check_names[CHECK_COLUMNS] = { "check", "value" };
static const char ANY[] = "*", UNKNOWN[] = "unknown", OFF_ROAD[] = "off_road";

const char *smap__travel_mode_code(smap__travel_mode mode) {
    static const char *const code[SMAP__TRAVEL_MODES] = { "foot", "vehicle" };
    return code[mode];
}

/* ---- tables -------------------------------------------------------------------------------------------------------
 */

/* The row of a mode, class and surface; -1: there is none. */
static int64_t find_row(const smap__data_table *t, smap__travel_mode mode, const char *class, const char *surface) {
    for (int64_t row = 0; row < t->rows; row++)
        if (strcmp(smap__data_table_text(t, row, MODE), smap__travel_mode_code(mode)) == 0 &&
            strcmp(smap__data_table_text(t, row, CLASS), class) == 0 &&
            strcmp(smap__data_table_text(t, row, SURFACE), surface) == 0)
            return row;
    return -1;
}

static smap_status read_speed(const smap__data_table *t, int64_t row, double *speed_ms, smap_error *err) {
    double kmh = NAN, factor = NAN;
    smap_status status = smap__data_table_number(t, row, SPEED_KMH, &kmh, err);
    if (status == SMAP_OK) status = smap__data_table_number(t, row, FACTOR, &factor, err);
    if (status != SMAP_OK) return status;
    if (isnan(factor)) factor = 1;
    if (!(kmh >= 0) || !(factor > 0))
        return smap__data_table_fail(t, row, err, "speed_kmh is 0 or more, and the factor above 0");
    *speed_ms = kmh * factor / 3.6;
    return SMAP_OK;
}

static smap_status read_check(smap_ctx *ctx, const char *name, double least, double *out, smap_error *err) {
    const smap__data_table *t;
    smap_status status = smap__standard_get(ctx, "speed_check", check_names, CHECK_COLUMNS, &t, err);
    if (status != SMAP_OK) return status;
    int64_t row = 0;
    while (row < t->rows && strcmp(smap__data_table_text(t, row, CHECK), name) != 0) row++;
    if (row == t->rows)
        return smap__fail(err, SMAP_E_FORMAT, t->path, "%s: the check \"%s\" is missing", t->path, name);
    status = smap__data_table_number(t, row, VALUE, out, err);
    if (status == SMAP_OK && !(*out > least))
        status = smap__data_table_fail(t, row, err, "a number above %g is needed", least);
    return status;
}

static smap_status check_modes(const smap__travel_speeds *s, smap_error *err) {
    for (int mode = 0; mode < SMAP__TRAVEL_MODES; mode++)
        if (find_row(s->table, (smap__travel_mode)mode, UNKNOWN, ANY) < 0)
            return smap__fail(err, SMAP_E_FORMAT, s->table->path,
                              "%s: the row of mode %s, class unknown, surface * is missing", s->table->path,
                              smap__travel_mode_code((smap__travel_mode)mode));
    return SMAP_OK;
}

smap_status smap__travel_speeds_get(smap_ctx *ctx, smap__travel_speeds *out, smap_error *err) {
    smap__travel_speeds s = { 0 };
    smap_status status = smap__standard_get(ctx, "travel_speed", column_names, COLUMNS, &s.table, err);
    if (status != SMAP_OK) return status;
    s.speed_ms = smap__realloc(NULL, (size_t)s.table->rows, sizeof *s.speed_ms);
    if (!s.speed_ms) return smap__fail_memory(err);
    for (int64_t row = 0; row < s.table->rows; row++) SMAP_TRY(read_speed(s.table, row, &s.speed_ms[row], err), done);
    SMAP_TRY(check_modes(&s, err), done);
    SMAP_TRY(read_check(ctx, "least_speed", 0, &s.least_kmh, err), done);
    SMAP_TRY(read_check(ctx, "unit_ratio", 1, &s.unit_ratio, err), done);
    SMAP_TRY(read_check(ctx, "long_delay", 0, &s.long_delay_min, err), done);
    SMAP_TRY(read_check(ctx, "unit_roads", 0, &s.unit_roads, err), done);
    int64_t off_road = find_row(s.table, SMAP__ON_FOOT, OFF_ROAD, ANY);
    if (off_road < 0 || !(s.speed_ms[off_road] > 0))
        SMAP_TRY(smap__fail(err, SMAP_E_FORMAT, s.table->path,
                            "%s: a speed above 0 is needed for mode foot, class off_road, surface *", s.table->path),
                 done);
    s.walk_ms = s.speed_ms[off_road];
done:
    if (status == SMAP_OK) {
        *out = s;
    } else {
        smap__travel_speeds_release(&s);
    }
    return status;
}

void smap__travel_speeds_release(smap__travel_speeds *speeds) {
    smap__free(speeds->speed_ms);
    *speeds = (smap__travel_speeds){ 0 };
}

double smap__travel_speed(const smap__travel_speeds *speeds, smap__travel_mode mode, const char *class,
                          const char *surface, bool *known) {
    const smap__data_table *t = speeds->table;
    int64_t of_class = find_row(t, mode, class, ANY);
    *known = of_class >= 0 && strcmp(class, UNKNOWN) != 0;
    if (of_class < 0) of_class = find_row(t, mode, UNKNOWN, ANY);
    int64_t both = find_row(t, mode, class, surface), of_surface = find_row(t, mode, ANY, surface);
    if (both >= 0) return speeds->speed_ms[both];
    double speed = speeds->speed_ms[of_class];
    return of_surface >= 0 ? fmin(speed, speeds->speed_ms[of_surface]) : speed;
}
