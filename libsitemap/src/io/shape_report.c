#include "io/shape_report.h"

#include "base/alloc.h"
#include "base/fail.h"

smap_status smap__shape_report_tell(const smap__wkb_report *r, const int64_t *fid, smap__findings *to,
                                    smap_error *err) {
    smap_status status = SMAP_OK;
    if (r->closed)
        SMAP_TRY(smap__findings_add(to, err, SMAP__WARNING, "ring_closed", 0, "", "",
                                    "%lld features had a ring that was not closed; it was closed",
                                    (long long)r->closed),
                 done);
    if (r->curves)
        SMAP_TRY(smap__findings_add(to, err, SMAP__INFO, "curve_made_straight", 0, "", "",
                                    "%lld features had arcs; they were made of straight pieces of at most 4 degrees",
                                    (long long)r->curves),
                 done);
    if (r->dropped)
        SMAP_TRY(smap__findings_add(to, err, SMAP__INFO, "empty_part_dropped", 0, "", "",
                                    "%lld features had empty parts; those were left out", (long long)r->dropped),
                 done);
    for (size_t i = 0; i < r->bad_count; i++)
        SMAP_TRY(
            smap__findings_add(to, err, SMAP__REJECTED,
                               r->bad[i].problem == SMAP__WKB_NOT_FINITE ? "geometry_not_finite" : "geometry_broken",
                               fid[r->bad[i].row], "", "", "the geometry cannot be used: %s",
                               smap__wkb_problem_text(r->bad[i].problem)),
            done);
done:
    return status;
}

smap_status smap__shape_report_drop(const smap__wkb_report *report, const smap_layer *layer, const smap_layer **out,
                                    smap_error *err) {
    if (report->bad_count == 0) {
        *out = smap_layer_retain(layer);
        return SMAP_OK;
    }
    int64_t rows = smap_table_rows(layer->table), kept = 0;
    size_t bad = 0;
    int64_t *row = smap__alloc((size_t)(rows + 1) * sizeof *row);
    if (!row) return smap__fail_memory(err);
    for (int64_t i = 0; i < rows; i++) {
        if (bad < report->bad_count && report->bad[bad].row == i)
            bad++;
        else
            row[kept++] = i;
    }
    smap_status status = smap_layer_take(layer, row, kept, out, err);
    smap__free(row);
    return status;
}
