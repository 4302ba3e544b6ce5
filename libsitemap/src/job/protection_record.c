#include "job/protection_record.h"

#include <string.h>

#include "base/fail.h"
#include "col/cell.h"
#include "job/result.h"

static smap_status record_of(smap__workspace *workspace, const smap__audience *audience, const smap_table **out,
                             smap_error *err) {
    smap__gate *gate = NULL;
    smap_status status = smap__workspace_gate(workspace, audience, &gate, err);
    return status == SMAP_OK ? smap__gate_record(gate, out, err) : status;
}

static smap_status report_reasons(smap__workspace *workspace, const smap__audience *audience, smap_result *result,
                                  smap_error *err) {
    const smap_table *reasons = NULL;
    smap__gate *gate = NULL;
    smap_status status = smap__workspace_gate(workspace, audience, &gate, err);
    if (status == SMAP_OK) status = smap__gate_reasons(gate, &reasons, err);
    if (status == SMAP_OK && smap_table_rows(reasons))
        status = smap__result_add_table(result, "left_out", "Why rows were left out", reasons, err);
    smap_table_free(reasons);
    return status;
}

smap_status smap__protection_report(smap__workspace *workspace, const smap__audience *audience, smap_result *result,
                                    smap_error *err) {
    const smap_table *record = NULL;
    if (smap__audience_sees_all(audience)) return SMAP_OK;
    smap_status status = record_of(workspace, audience, &record, err);
    if (status == SMAP_OK)
        status = smap__result_add_table(result, "protection", "What was left out for the audience", record, err);
    smap_table_free(record);
    return status == SMAP_OK ? report_reasons(workspace, audience, result, err) : status;
}

static void put_row(const smap_table *record, int64_t row, smap__str *json) {
    smap__str cell = SMAP__STR_INIT;
    bool first = true;
    smap__str_put(json, "{");
    for (int i = 0; i < smap_table_columns(record); i++) {
        const smap_column *c = smap_table_at(record, i);
        if (smap_column_is_null(c, row)) continue;
        smap__str_clear(&cell);
        smap__cell_put(&cell, c, row);
        smap__str_printf(json, "%s\"%s\": ", first ? "" : ", ", c->name);
        if (c->type == SMAP_TEXT)
            smap__str_put_json(json, cell.data, cell.len);
        else
            smap__str_put(json, cell.data ? cell.data : "null");
        first = false;
    }
    smap__str_put(json, "}");
    if (cell.failed) json->failed = true;
    smap__str_release(&cell);
}

smap_status smap__protection_json(smap__workspace *workspace, const smap__audience *audience, smap__str *json,
                                  smap_error *err) {
    const smap_table *record = NULL;
    const char *name = smap__audience_name(audience);
    smap_status status = record_of(workspace, audience, &record, err);
    if (status != SMAP_OK) return status;
    smap__str_put(json, "{\"audience\": ");
    smap__str_put_json(json, name, strlen(name));
    smap__str_put(json, ", \"layers\": [");
    for (int64_t i = 0; i < smap_table_rows(record); i++) {
        if (i) smap__str_put(json, ", ");
        put_row(record, i, json);
    }
    smap__str_put(json, "]}");
    smap_table_free(record);
    return json->failed ? smap__fail_memory(err) : SMAP_OK;
}
