#include <stdlib.h>

#include "../case_file.h"
#include "../ctx_help.h"
#include "base/str.h"
#include "col/cell.h"
#include "intake/intake.h"
#include "source_table.h"

static void put_csv_field(smap__str *out, const char *text) {
    smap__str_put_char(out, '"');
    for (; *text; text++) {
        if (*text == '"') smap__str_put_char(out, '"');
        smap__str_put_char(out, *text);
    }
    smap__str_put_char(out, '"');
}

/* A one-row source of these columns. */
static const smap_layer *one_row(char *const *name, char *const *value, int count) {
    smap__str csv = SMAP__STR_INIT;
    for (int line = 0; line < 2; line++) {
        for (int i = 0; i < count; i++) {
            if (i) smap__str_put_char(&csv, ',');
            put_csv_field(&csv, line == 0 ? name[i] : value[i]);
        }
        /* A column that keeps the row from being blank, left out by the mapping. */
        smap__str_put(&csv, line == 0 ? ",row\n" : ",1\n");
    }
    const smap_layer *layer = source_from_csv(csv.data, csv.len, ',');
    smap__str_release(&csv);
    return layer;
}

static const char *filler(const smap__field *f) {
    if (strcmp(f->domain, "sex") == 0) return "female";
    if (strcmp(f->domain, "passable") == 0) return "none";
    if (*f->domain) return "idp";
    return f->type == SMAP_TEXT ? "x" : f->type == SMAP_DATE ? "2023-01-01" : "1";
}

/* Settings for the required fields but `given`, and one of the case. */
static int fill_required(const smap__schema *schema, const char *given, char *extra, smap__pair *set) {
    int count = 0;
    for (int i = 0; i < schema->fields; i++) {
        const smap__field *f = &schema->field[i];
        if (f->required && (!given || strcmp(f->name, given) != 0)) set[count++] = (smap__pair){ f->name, filler(f) };
    }
    char *equals = extra ? strchr(extra, '=') : NULL;
    if (equals) {
        *equals = '\0';
        set[count++] = (smap__pair){ extra, equals + 1 };
    }
    return count;
}

/* The code of the first finding that is about data, "-" if none. */
static const char *first_code(const smap__findings *findings) {
    for (size_t i = 0; i < findings->count; i++) {
        const char *code = findings->items[i].code;
        bool about_columns = strcmp(code, "column_unused") == 0;
        bool no_place = strcmp(code, "position_missing") == 0 && findings->items[i].row == 0;
        if (!about_columns && !no_place) return code;
    }
    return "-";
}

static void values_are_read_as_the_table_says(void **state) {
    (void)state;
    case_file c;
    int cases = 0, wrong = 0;
    assert_true(case_open(&c, "intake_values.case"));
    while (case_next(&c)) {
        char *field = strchr(c.part[0], '.');
        const smap__schema *schema = NULL;
        assert_non_null(field);
        *field++ = '\0';
        assert_int_equal(smap__schema_get(ctx, c.part[0], &schema, NULL), SMAP_OK);
        smap__pair set[16], map[] = { { "row", "" } };
        smap__mapping mapping = { map, 1, set, fill_required(schema, field, c.parts > 4 ? c.part[4] : NULL, set) };
        const smap_layer *source = one_row(&field, &c.part[1], 1);
        smap__findings findings = SMAP__FINDINGS_INIT;
        smap__intake intake = { 0 };
        smap_error err = SMAP_ERROR_INIT;
        if (smap__intake_map(ctx, source, schema, &mapping, &findings, &intake, &err) != SMAP_OK) {
            fail_msg("line %d: %s", c.number, err.message);
        }
        smap__str got = SMAP__STR_INIT;
        const smap_column *column = smap_table_find(intake.layer->table, field);
        if (intake.rows_rejected) {
            smap__str_put(&got, "(rejected)");
        } else if (smap_column_is_null(column, 0)) {
            smap__str_put(&got, "(null)");
        } else {
            smap__cell_put(&got, column, 0);
        }
        if (strcmp(got.data, c.part[2]) != 0 || strcmp(first_code(&findings), c.part[3]) != 0) {
            print_message("line %d: %s \"%s\": %s, %s instead of %s, %s\n", c.number, field, c.part[1], got.data,
                          first_code(&findings), c.part[2], c.part[3]);
            wrong++;
        }
        assert_int_equal(intake.rows_in, smap_table_rows(intake.layer->table) + intake.rows_rejected);
        smap__str_release(&got);
        smap__intake_release(&intake);
        smap__findings_release(&findings);
        smap_layer_free(source);
        cases++;
    }
    assert_int_equal(wrong, 0);
    assert_true(cases > 100);
}

static void put_position(smap__str *out, const smap__intake *intake) {
    const smap_geometry *g = intake->layer->geometry;
    if (intake->rows_rejected) {
        smap__str_put(out, "(rejected)");
    } else if (g->type[0] == SMAP_GEOM_NULL) {
        smap__str_put(out, "(null)");
    } else {
        smap_box box = smap_geometry_box(g, 0);
        smap__str_printf(out, "%.9g %.9g", box.xmin, box.ymin);
    }
}

static void positions_are_read_as_the_table_says(void **state) {
    (void)state;
    case_file c;
    int wrong = 0;
    const smap__schema *schema = NULL;
    assert_int_equal(smap__schema_get(ctx, "site", &schema, NULL), SMAP_OK);
    assert_true(case_open(&c, "intake_positions.case"));
    while (case_next(&c)) {
        char *name[4], *value[4], *whole = c.part[1];
        int count = case_split(c.part[0], ';', name, 4);
        if (count == 1)
            value[0] = whole;
        else
            assert_int_equal(case_split(whole, ';', value, 4), count);
        smap__pair set[] = { { "site_id", "S1" }, { "country", "LBY" } }, map[] = { { "row", "" } };
        smap__mapping mapping = { map, 1, set, 2 };
        const smap_layer *source = one_row(name, value, count);
        smap__findings findings = SMAP__FINDINGS_INIT;
        smap__intake intake = { 0 };
        smap_error err = SMAP_ERROR_INIT;
        if (smap__intake_map(ctx, source, schema, &mapping, &findings, &intake, &err) != SMAP_OK) {
            fail_msg("line %d: %s", c.number, err.message);
        }
        smap__str got = SMAP__STR_INIT;
        put_position(&got, &intake);
        const char *code = findings.count ? findings.items[0].code : "-";
        if (strcmp(got.data, c.part[2]) != 0 || !strstr(code, c.part[3])) {
            print_message("line %d: %s, %s instead of %s, %s\n", c.number, got.data, code, c.part[2], c.part[3]);
            wrong++;
        }
        smap__str_release(&got);
        smap__intake_release(&intake);
        smap__findings_release(&findings);
        smap_layer_free(source);
    }
    assert_int_equal(wrong, 0);
}

static const char *used_for(const smap__intake *intake, const char *column) {
    for (int i = 0; i < intake->used_count; i++) {
        if (strcmp(intake->used[i].key, column) == 0) return intake->used[i].value;
    }
    return "-";
}

/* "A=#adm1" columns have their tag in a first row. */
static const smap_layer *tagged_source(char **name, char **value, int count, int values) {
    char csv[2048] = "", tags[1024] = "", cells[1024] = "";
    bool tagged = false;
    for (int i = 0; i < count; i++) {
        char *equals = strstr(name[i], "=#");
        const char *comma = i ? "," : "";
        strcat(tags, comma);
        if (equals) strcat(tags, equals + 1);
        if (equals) *equals = '\0';
        tagged = tagged || equals;
        strcat(strcat(csv, comma), name[i]);
        strcat(strcat(cells, comma), i < values ? value[i] : "1");
    }
    strcat(csv, "\n");
    if (tagged) strcat(strcat(csv, tags), "\n");
    strcat(strcat(csv, cells), "\n");
    return source_from_csv(csv, strlen(csv), ',');
}

static void columns_are_matched_as_the_table_says(void **state) {
    (void)state;
    case_file c;
    int wrong = 0;
    assert_true(case_open(&c, "intake_columns.case"));
    while (case_next(&c)) {
        char *name[16], *field[16], *value[16];
        int count = case_split(c.part[1], ';', name, 16),
            values = c.parts > 3 ? case_split(c.part[3], ';', value, 16) : 0;
        assert_int_equal(case_split(c.part[2], ';', field, 16), count);
        const smap__schema *schema = NULL;
        assert_int_equal(smap__schema_get(ctx, c.part[0], &schema, NULL), SMAP_OK);
        smap__pair set[16];
        int sets = 0;
        for (int i = 0; i < schema->fields; i++) {
            bool given = false;
            for (int k = 0; k < count; k++) given = given || strcmp(schema->field[i].name, field[k]) == 0;
            if (schema->field[i].required && !given) {
                set[sets++] = (smap__pair){ schema->field[i].name, filler(&schema->field[i]) };
            }
        }
        const smap_layer *source = tagged_source(name, value, count, values);
        smap__mapping mapping = { NULL, 0, set, sets };
        smap__intake intake = { 0 };
        smap_error err = SMAP_ERROR_INIT;
        if (smap__intake_map(ctx, source, schema, &mapping, NULL, &intake, &err) != SMAP_OK) {
            fail_msg("line %d: %s", c.number, err.message);
        }
        for (int i = 0; i < count; i++) {
            if (strcmp(used_for(&intake, name[i]), field[i]) != 0) {
                print_message("line %d: \"%s\" is %s, not %s\n", c.number, name[i], used_for(&intake, name[i]),
                              field[i]);
                wrong++;
            }
        }
        smap__intake_release(&intake);
        smap_layer_free(source);
    }
    assert_int_equal(wrong, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_read_as_the_table_says),
        cmocka_unit_test(positions_are_read_as_the_table_says),
        cmocka_unit_test(columns_are_matched_as_the_table_says),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
