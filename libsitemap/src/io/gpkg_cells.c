#include "io/gpkg_cells.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include <sqlite3.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/str.h"
#include "io/budget.h"

/* ---- plan ------------------------------------------------------------------------------------------------------- */

static bool begins(const char *text, const char *start) {
    return sqlite3_strnicmp(text, start, (int)strlen(start)) == 0;
}

static bool contains(const char *text, const char *part) {
    for (; *text; text++)
        if (begins(text, part)) return true;
    return false;
}

static smap_type type_of(const char *declared) {
    if (begins(declared, "BOOL")) return SMAP_BOOL;
    if (begins(declared, "DATETIME") || begins(declared, "TIMESTAMP")) return SMAP_TIMESTAMP;
    if (begins(declared, "DATE")) return SMAP_DATE;
    if (contains(declared, "INT")) return SMAP_INT64;
    if (contains(declared, "CHAR") || contains(declared, "CLOB") || contains(declared, "TEXT")) return SMAP_TEXT;
    if (contains(declared, "BLOB")) return SMAP_BLOB;
    if (contains(declared, "REAL") || contains(declared, "FLOA") || contains(declared, "DOUB")) return SMAP_FLOAT64;
    if (begins(declared, "NUM") || begins(declared, "DEC")) return SMAP_FLOAT64;
    return SMAP_TEXT;
}

smap_status smap__gpkg_read_fail(sqlite3 *db, const smap__gpkg_plan *plan, smap_error *err) {
    int code = sqlite3_errcode(db) & 0xFF;
    const char *shown = plan->shown, *table = plan->table;
    smap_status status;
    if (code == SQLITE_NOMEM) return smap__fail_memory(err);
    if (code == SQLITE_BUSY)
        status =
            smap__fail(err, SMAP_E_BUSY, shown, "%s: another program is writing to it; save and close it there", shown);
    else if (code == SQLITE_IOERR)
        status = smap__fail(err, SMAP_E_IO, shown, "%s: layer \"%s\" cannot be read; check the disk and try again",
                            shown, table);
    else
        status = smap__fail(
            err, SMAP_E_FORMAT, shown,
            "%s: layer \"%s\" is damaged and cannot be read whole; ask for it again, or export it anew from the program that made it",
            shown, table);
    if (err) err->foreign = code;
    return status;
}

static smap_status add_field(smap__gpkg_plan *plan, size_t *capacity, const char *name, const char *declared,
                             smap_error *err) {
    if (!smap__grow(&plan->field, capacity, (size_t)plan->fields + 1, sizeof *plan->field))
        return smap__fail_memory(err);
    smap__gpkg_field *f = &plan->field[plan->fields];
    f->name = smap__arena_strdup(&plan->arena, name);
    f->type = type_of(declared);
    if (!f->name) return smap__fail_memory(err);
    plan->fields++;
    return plan->fields <= SMAP__BUDGET_COLUMNS
               ? SMAP_OK
               : smap__fail(err, SMAP_E_LIMIT, plan->shown, "%s: layer \"%s\" has more than %d columns", plan->shown,
                            plan->table, SMAP__BUDGET_COLUMNS);
}

/* Generated columns (hidden 2 and 3) are values like others; the vet has looked at what they call. */
static smap_status find_fields(sqlite3 *db, smap__gpkg_plan *plan, smap_error *err) {
    sqlite3_stmt *query = NULL;
    size_t capacity = 0;
    smap_status status = SMAP_OK;
    int keys = 0;
    if (sqlite3_prepare_v2(db, "SELECT name, coalesce(type, ''), pk FROM pragma_table_xinfo(?1) WHERE hidden <> 1", -1,
                           &query, NULL) != SQLITE_OK)
        return smap__gpkg_read_fail(db, plan, err);
    sqlite3_bind_text(query, 1, plan->table, -1, SQLITE_STATIC);
    int step;
    while ((step = sqlite3_step(query)) == SQLITE_ROW) {
        const char *name = (const char *)sqlite3_column_text(query, 0),
                   *type = (const char *)sqlite3_column_text(query, 1);
        bool key = sqlite3_column_int(query, 2) > 0;
        keys += key;
        if (!name || !type) continue;
        if (key && sqlite3_stricmp(type, "INTEGER") == 0)
            plan->has_ids = true; /* the row id by its name */
        else if (!plan->geometry || sqlite3_stricmp(name, plan->geometry) != 0)
            SMAP_TRY(add_field(plan, &capacity, name, type, err), done);
    }
    if (step != SQLITE_DONE) status = smap__gpkg_read_fail(db, plan, err);
    if (keys > 1) plan->has_ids = false;
done:
    sqlite3_finalize(query);
    return status;
}

static void choose(smap__gpkg_plan *plan, const smap__column_choice *choice) {
    int kept = 0;
    for (int i = 0; i < plan->fields; i++) {
        const smap__gpkg_field field = plan->field[i];
        bool always = field.type == SMAP_TEXT && !choice->of_texts;
        if (always || choice->is_wanted(choice->user, field.name)) plan->field[kept++] = field;
    }
    plan->fields = kept;
}

static void put_name(smap__str *sql, const char *name) {
    smap__str_put_char(sql, '"');
    for (; *name; name++) {
        if (*name == '"') smap__str_put_char(sql, '"');
        smap__str_put_char(sql, *name);
    }
    smap__str_put_char(sql, '"');
}

static smap_status write_sql(smap__gpkg_plan *plan, smap_error *err) {
    smap__str sql = SMAP__STR_INIT;
    smap__str_put(&sql, "SELECT " SMAP__GPKG_ROW "(0, rowid");
    if (plan->geometry) {
        smap__str_put(&sql, ", ");
        put_name(&sql, plan->geometry);
    }
    for (int i = 0; i < plan->fields; i++) {
        if (i && i % SMAP__GPKG_FIELDS == 0) smap__str_printf(&sql, "), " SMAP__GPKG_ROW "(%d", i);
        smap__str_put(&sql, ", ");
        put_name(&sql, plan->field[i].name);
    }
    smap__str_put(&sql, ") FROM main.");
    put_name(&sql, plan->table);
    smap__str_put(&sql, " WHERE rowid BETWEEN ?1 AND ?2");
    plan->sql = smap__str_take(&sql);
    smap__str_release(&sql);
    return plan->sql ? SMAP_OK : smap__fail_memory(err);
}

smap_status smap__gpkg_plan_make(sqlite3 *db, const char *shown, const char *table, const char *geometry,
                                 const smap__column_choice *choice, smap__gpkg_plan *out, smap_error *err) {
    smap__gpkg_plan plan = { .shown = shown, .table = table, .geometry = geometry };
    smap_status status = SMAP_OK;
    SMAP_TRY(find_fields(db, &plan, err), failed);
    if (choice) choose(&plan, choice);
    SMAP_TRY(write_sql(&plan, err), failed);
    *out = plan;
    return SMAP_OK;
failed:
    smap__gpkg_plan_release(&plan);
    return status;
}

void smap__gpkg_plan_release(smap__gpkg_plan *plan) {
    smap__arena_release(&plan->arena);
    smap__free(plan->field);
    smap__free(plan->sql);
    *plan = (smap__gpkg_plan){ 0 };
}

/* ---- cells ------------------------------------------------------------------------------------------------------ */

static smap_status misfit(sqlite3_value *value, int field, int64_t row, smap_column_builder *to,
                          smap__gpkg_misfits *misfits, smap_error *err) {
    if (misfits->total++ < SMAP__BUDGET_REMARKS) {
        if (!smap__grow(&misfits->item, &misfits->capacity, misfits->count + 1, sizeof *misfits->item))
            return smap__fail_memory(err);
        smap__gpkg_misfit *m = &misfits->item[misfits->count++];
        const char *text =
            sqlite3_value_type(value) == SQLITE_BLOB ? "(bytes)" : (const char *)sqlite3_value_text(value);
        *m = (smap__gpkg_misfit){ row, field, "" };
        snprintf(m->value, sizeof m->value, "%s", text ? text : "");
    }
    return smap_column_append_null(to, err);
}

/* "+02:00" at the end of a time stamp, in milliseconds to take off; *len is shortened by it. */
static int64_t zone_ms(const char *text, size_t *len) {
    if (*len < 16) return 0;
    const char *z = text + *len - 6;
    if ((z[0] != '+' && z[0] != '-') || z[3] != ':') return 0;
    for (int i = 1; i < 6; i++)
        if (i != 3 && (z[i] < '0' || z[i] > '9')) return 0;
    int64_t minutes = ((z[1] - '0') * 10 + z[2] - '0') * 60 + (z[4] - '0') * 10 + z[5] - '0';
    *len -= 6;
    return (z[0] == '-' ? -1 : 1) * minutes * 60000;
}

static bool read_time(sqlite3_value *value, smap_type type, int64_t *out) {
    if (sqlite3_value_type(value) != SQLITE_TEXT) return false;
    const char *text = (const char *)sqlite3_value_text(value);
    size_t len = (size_t)sqlite3_value_bytes(value);
    if (!text) return false;
    if (type == SMAP_DATE && smap__parse_date(text, len, out)) return true;
    int64_t zone = zone_ms(text, &len), ms;
    if (!smap__parse_timestamp(text, len, &ms)) return false;
    *out = ms - zone;
    if (type == SMAP_DATE) *out = ms / 86400000 - (ms % 86400000 < 0); /* the day as it was written */
    return true;
}

/* A whole number in a column of any numeric kind; one with a fraction is none. */
static bool read_whole(sqlite3_value *value, int kind, int64_t *out) {
    if (kind == SQLITE_INTEGER) {
        *out = sqlite3_value_int64(value);
        return true;
    }
    double real = kind == SQLITE_FLOAT ? sqlite3_value_double(value) : NAN;
    if (!(fabs(real) < 9e18) || real != floor(real)) return false;
    *out = (int64_t)real;
    return true;
}

static smap_status put_bytes(sqlite3_value *value, smap_column_builder *to, bool text, smap_error *err) {
    const void *bytes = text ? (const void *)sqlite3_value_text(value) : sqlite3_value_blob(value);
    size_t len = (size_t)sqlite3_value_bytes(value);
    if (!bytes && len) return smap__fail_memory(err);
    return smap_column_append_text(to, bytes ? bytes : "", len, err);
}

smap_status smap__gpkg_cell(sqlite3_value *value, const smap__gpkg_plan *plan, int field, int64_t row,
                            smap_column_builder *to, smap__gpkg_misfits *misfits, smap_error *err) {
    int kind = sqlite3_value_type(value);
    smap_type type = plan->field[field].type;
    int64_t whole;
    if (kind == SQLITE_NULL) return smap_column_append_null(to, err);
    switch (type) {
    case SMAP_TEXT:
        if (kind != SQLITE_BLOB) return put_bytes(value, to, true, err);
        break;
    case SMAP_INT64:
        if (read_whole(value, kind, &whole)) return smap_column_append_int(to, whole, err);
        break;
    case SMAP_BOOL:
        if (read_whole(value, kind, &whole)) return smap_column_append_int(to, whole != 0, err);
        break;
    case SMAP_FLOAT64:
        if (kind == SQLITE_FLOAT || kind == SQLITE_INTEGER)
            return smap_column_append_real(to, sqlite3_value_double(value), err);
        break;
    case SMAP_DATE:
    case SMAP_TIMESTAMP:
        if (read_time(value, type, &whole)) return smap_column_append_int(to, whole, err);
        break;
    default:
        if (kind == SQLITE_BLOB) return put_bytes(value, to, false, err);
        break;
    }
    return misfit(value, field, row, to, misfits, err);
}

/* ---- misfits ---------------------------------------------------------------------------------------------------- */

smap_status smap__gpkg_misfits_add(smap__gpkg_misfits *to, const smap__gpkg_misfits *from, int64_t row_offset,
                                   smap_error *err) {
    for (size_t i = 0; i < from->count && to->count < SMAP__BUDGET_REMARKS; i++) {
        if (!smap__grow(&to->item, &to->capacity, to->count + 1, sizeof *to->item)) return smap__fail_memory(err);
        to->item[to->count] = from->item[i];
        to->item[to->count++].row += row_offset;
    }
    to->total += from->total;
    return SMAP_OK;
}

void smap__gpkg_misfits_release(smap__gpkg_misfits *misfits) {
    smap__free(misfits->item);
    *misfits = (smap__gpkg_misfits){ 0 };
}

smap_status smap__gpkg_misfits_tell(const smap__gpkg_misfits *misfits, const smap__gpkg_plan *plan,
                                    smap__findings *findings, smap_error *err) {
    static const char *const kind[] = { "true or false", "whole number",  "number", "text",
                                        "date",          "date and time", "bytes" };
    smap_status status = SMAP_OK;
    for (size_t i = 0; i < misfits->count; i++) {
        const smap__gpkg_misfit *m = &misfits->item[i];
        const smap__gpkg_field *f = &plan->field[m->field];
        SMAP_TRY(
            smap__findings_add(findings, err, SMAP__WARNING, "value_not_of_type", m->row, f->name, m->value,
                               "the value of \"%s\" is not what its column is declared to hold (%s); it is left empty",
                               f->name, kind[f->type]),
            done);
    }
    if (misfits->total > (int64_t)misfits->count)
        SMAP_TRY(
            smap__findings_add(findings, err, SMAP__WARNING, "value_not_of_type", 0, "", "",
                               "%lld more values are not what their columns are declared to hold; they are left empty",
                               (long long)(misfits->total - (int64_t)misfits->count)),
            done);
done:
    return status;
}
