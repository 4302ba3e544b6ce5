/* Workspaces from an empty file to findings, provenance and migration. */
#include "../io/write_fixture.h"
#include "workspace/workspace.h"

static const smap_column *texts(const char *name, const char *const *values, int rows) {
    smap_column_builder *b;
    const smap_column *c = NULL;
    OK(smap_column_builder_new(name, SMAP_TEXT, &b, err));
    for (int i = 0; i < rows; i++) OK(smap_column_append_text(b, values[i], values[i] ? strlen(values[i]) : 0, err));
    OK(smap_column_builder_finish(b, &c, err));
    smap_column_builder_free(b);
    return c;
}

/* Three sites with some of the model's columns. */
static const smap_layer *sites(fixture *f, const char *second_name) {
    const char *ids[] = { "S1", "S2", "S3" }, *names[] = { "مدرسة النصر", second_name, NULL },
               *types[] = { "collective_centre", "collective_centre", NULL };
    const smap_column *c[3] = { texts("site_id", ids, 3), texts("name_ar", names, 3), texts("site_type", types, 3) };
    const smap_geometry *g = random_points(f->ctx, 3, 1);
    const smap_table *t = NULL;
    const smap_layer *layer = NULL;
    OK(smap_table_new(c, 3, 3, &t, err));
    OK(smap_layer_new("site", t, g, NULL, &layer, err));
    for (int i = 0; i < 3; i++) smap_column_free(c[i]);
    smap_table_free(t);
    smap_geometry_free(g);
    return layer;
}

static void create(fixture *f) {
    const smap__run run = { .command = "new", .options_json = "{}", .result = "an empty workspace" };
    OK(smap__workspace_create(f->ctx, f->path, true, NULL, &run, err));
}

static void commit_sites(fixture *f, const char *second_name, const smap__run *run) {
    smap__workspace *ws = NULL;
    smap__change *change = NULL;
    const smap_layer *layer = sites(f, second_name);
    OK(smap__workspace_open(f->ctx, f->path, &ws, err));
    OK(smap__change_new(f->ctx, INT64_C(1694995200000), &change, err));
    OK(smap__change_put(change, "site", layer, err));
    OK(smap__change_style(change, "site", "site", "<qgis/>", "<sld/>", err));
    OK(smap__workspace_commit(ws, change, run, err));
    assert_true(smap__workspace_has(ws, "site"));
    smap_layer_free(layer);
    smap__change_free(change);
    smap__workspace_free(ws);
}

static void text_is(const smap_layer *layer, const char *column, int64_t row, const char *want) {
    size_t len;
    const smap_column *c = smap_table_find(layer->table, column);
    assert_non_null(c);
    if (!want) {
        assert_true(smap_column_is_null(c, row));
        return;
    }
    const char *text = smap_column_text(c, row, &len);
    assert_int_equal(len, strlen(want));
    assert_memory_equal(text, want, len);
}

static void empty_workspace(void **state) {
    fixture *f = *state;
    smap__workspace *ws = NULL;
    const smap_layer *layer = NULL;
    smap_error e = SMAP_ERROR_INIT;
    create(f);
    OK(smap__workspace_open(f->ctx, f->path, &ws, err));
    assert_false(smap__workspace_has(ws, "site"));
    OK(smap__workspace_read(ws, "site", &layer, err));
    assert_int_equal(smap_table_rows(layer->table), 0);
    assert_non_null(smap_table_find(layer->table, "site_id"));
    assert_non_null(layer->geometry);
    smap_layer_free(layer);
    assert_int_equal(smap__workspace_read(ws, "no_such_layer", &layer, &e), SMAP_E_NOT_FOUND);
    OK(smap__workspace_read(ws, "provenance", &layer, err));
    assert_int_equal(smap_table_rows(layer->table), 1);
    text_is(layer, "command", 0, "new");
    smap_layer_free(layer);
    smap__workspace_free(ws);
    assert_int_equal(smap__workspace_open(f->ctx, "/no/such.gpkg", &ws, &e), SMAP_E_NOT_FOUND);
}

static void layers_come_back_with_the_schema(void **state) {
    fixture *f = *state;
    smap__workspace *ws = NULL;
    const smap_layer *layer = NULL;
    const smap__schema *schema = NULL;
    const smap__run run = { .command = "import", .options_json = "{}", .rows_in = 3, .rows_out = 3 };
    create(f);
    commit_sites(f, "B", &run);
    OK(smap__workspace_open(f->ctx, f->path, &ws, err));
    OK(smap__workspace_read(ws, "site", &layer, err));
    OK(smap__schema_get(f->ctx, "site", &schema, err));
    assert_int_equal(smap_table_columns(layer->table), schema->fields);
    for (int i = 0; i < schema->fields; i++) {
        assert_string_equal(smap_table_at(layer->table, i)->name, schema->field[i].name);
        assert_int_equal(smap_table_at(layer->table, i)->type, schema->field[i].type);
    }
    text_is(layer, "name_ar", 0, "مدرسة النصر");
    text_is(layer, "name_ar", 1, "B");
    text_is(layer, "name_ar", 2, NULL);
    assert_int_equal(layer->fid[2], 3);
    assert_string_equal(smap_crs_name(layer->geometry->crs), "WGS 84"); /* written in UTM 34N */
    smap_layer_free(layer);
    smap__workspace_free(ws);

    sqlite3 *db = look(f->path);
    assert_string_equal(ask(db, "SELECT value FROM sitemap_meta WHERE key = 'model_version'"), "2");
    assert_string_equal(ask(db, "SELECT count(*) FROM provenance"), "2");
    assert_string_equal(ask(db, "SELECT date FROM provenance WHERE run_id = 2"), "2023-09-18T00:00:00.000Z");
    assert_string_equal(ask(db,
                            "SELECT constraint_name FROM gpkg_data_columns WHERE table_name = 'site' AND column_name = "
                            "'site_type'"),
                        "site_type");
    assert_string_equal(ask(db,
                            "SELECT styleQML FROM layer_styles WHERE f_table_name = 'site' AND f_table_schema = '' AND "
                            "f_geometry_column = 'geom' AND useAsDefault"),
                        "<qgis/>");
    sqlite3_close(db);
}

static void unknown_columns_are_refused(void **state) {
    fixture *f = *state;
    smap__change *change = NULL;
    smap_error e = SMAP_ERROR_INIT;
    const smap_layer *layer = layer_of("site", NULL, NULL, 2); /* its column is `n` */
    OK(smap__change_new(f->ctx, 0, &change, err));
    assert_int_equal(smap__change_put(change, "site", layer, &e), SMAP_E_SCHEMA);
    assert_non_null(strstr(e.message, "\"n\""));
    assert_int_equal(smap__change_put(change, "sites", layer, &e), SMAP_E_NOT_FOUND);
    smap__change_free(change);
    smap_layer_free(layer);
}

static void inputs_are_hashed(void **state) {
    fixture *f = *state;
    char input[160], spec[200];
    smap__workspace *ws = NULL;
    const smap_layer *layer = NULL;
    snprintf(input, sizeof input, "%s/abc.csv", f->folder);
    FILE *out = fopen(input, "w");
    assert_non_null(out);
    fputs("abc", out);
    fclose(out);
    snprintf(spec, sizeof spec, "%s|layername=x", input);
    const smap__run_input inputs[] = { { spec, "x", 3 }, { "PG:host=h password=secret", "y", 1 } };
    const smap__run run = { .command = "import", .options_json = "{}", .input = inputs, .inputs = 2 };
    create(f);
    commit_sites(f, "B", &run);
    OK(smap__workspace_open(f->ctx, f->path, &ws, err));
    OK(smap__workspace_read(ws, "provenance", &layer, err));
    text_is(layer, "inputs", 1,
            "[{\"path\":\"abc.csv\",\"size\":3,\"sha256\":"
            "\"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\",\"layer\":\"x\",\"rows\":3},"
            "{\"path\":null,\"layer\":\"y\",\"rows\":1}]");
    smap_layer_free(layer);
    smap__workspace_free(ws);
}

static void add_findings(fixture *f, const char *key, int count) {
    smap__findings findings = SMAP__FINDINGS_INIT;
    smap__workspace *ws = NULL;
    smap__change *change = NULL;
    const smap__run run = { .command = "import", .options_json = "{}" };
    for (int i = 0; i < count; i++)
        OK(smap__findings_add(&findings, err, SMAP__WARNING, "odd", i + 2, i ? "name_ar" : "eviction risk", "v",
                              "odd"));
    OK(smap__workspace_open(f->ctx, f->path, &ws, err));
    OK(smap__change_new(f->ctx, 0, &change, err));
    OK(smap__change_findings(change, key, &findings, "site", err));
    OK(smap__workspace_commit(ws, change, &run, err));
    smap__findings_release(&findings);
    smap__change_free(change);
    smap__workspace_free(ws);
}

static void findings_replace_their_own(void **state) {
    fixture *f = *state;
    create(f);
    add_findings(f, "import a.csv", 3);
    add_findings(f, "import b.csv", 2);
    add_findings(f, "import a.csv", 2);
    sqlite3 *db = look(f->path);
    assert_string_equal(ask(db, "SELECT group_concat(source || ' ' || row) FROM finding"),
                        "b.csv 2,b.csv 3,a.csv 2,a.csv 3");
    assert_string_equal(ask(db, "SELECT group_concat(DISTINCT value) FROM finding WHERE \"column\" = 'eviction risk'"),
                        "***");
    assert_string_equal(ask(db, "SELECT group_concat(DISTINCT value) FROM finding WHERE \"column\" = 'name_ar'"), "v");
    sqlite3_close(db);
    add_findings(f, "import a.csv", 0);
    db = look(f->path);
    assert_string_equal(ask(db, "SELECT count(*) FROM finding"), "2");
    sqlite3_close(db);
}

static void change_sql(const char *path, const char *sql) {
    sqlite3 *db;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK) fail_msg("%s: %s", sql, sqlite3_errmsg(db));
    sqlite3_close(db);
}

/* data/migrations.json: in version 0 sites lay in `sites` and their type in `type`. */
static void older_is_migrated_newer_refused(void **state) {
    fixture *f = *state;
    smap__workspace *ws = NULL;
    smap__change *change = NULL;
    const smap_layer *layer = NULL;
    smap_error e = SMAP_ERROR_INIT;
    const smap__run run = { .command = "check", .options_json = "{}" };
    create(f);
    commit_sites(f, "B", &run);
    change_sql(f->path,
               "DROP TRIGGER rtree_site_geom_insert; DROP TRIGGER rtree_site_geom_update1;"
               "DROP TRIGGER rtree_site_geom_update2; DROP TRIGGER rtree_site_geom_update3;"
               "DROP TRIGGER rtree_site_geom_update4; DROP TRIGGER rtree_site_geom_delete;"
               "DROP TRIGGER trigger_insert_feature_count_site; DROP TRIGGER trigger_delete_feature_count_site;"
               "DROP TABLE rtree_site_geom; DELETE FROM gpkg_extensions WHERE table_name = 'site';"
               "DELETE FROM gpkg_data_columns WHERE table_name = 'site';"
               "ALTER TABLE site RENAME COLUMN site_type TO type; ALTER TABLE site RENAME TO sites;"
               "UPDATE gpkg_contents SET table_name = 'sites' WHERE table_name = 'site';"
               "UPDATE gpkg_geometry_columns SET table_name = 'sites' WHERE table_name = 'site';"
               "UPDATE gpkg_ogr_contents SET table_name = 'sites' WHERE table_name = 'site';"
               "UPDATE sitemap_meta SET value = '0' WHERE key = 'model_version'");
    OK(smap__workspace_open(f->ctx, f->path, &ws, err));
    assert_true(smap__workspace_has(ws, "site"));
    OK(smap__workspace_read(ws, "site", &layer, err));
    text_is(layer, "site_type", 0, "collective_centre");
    smap_layer_free(layer);
    OK(smap__change_new(f->ctx, 0, &change, err));
    OK(smap__workspace_commit(ws, change, &run, err));
    smap__change_free(change);
    smap__workspace_free(ws);
    sqlite3 *db = look(f->path);
    assert_string_equal(
        ask(db, "SELECT group_concat(table_name) FROM (SELECT table_name FROM gpkg_contents WHERE data_type = "
                "'features')"),
        "site");
    assert_string_equal(ask(db, "SELECT count(site_type) FROM site"), "2");
    assert_string_equal(ask(db, "SELECT count(*) FROM sqlite_master WHERE name = 'sites'"), "0");
    assert_string_equal(ask(db, "SELECT value FROM sitemap_meta WHERE key = 'model_version'"), "2");
    sqlite3_close(db);

    change_sql(f->path, "UPDATE sitemap_meta SET value = '99' WHERE key = 'model_version'");
    assert_int_equal(smap__workspace_open(f->ctx, f->path, &ws, &e), SMAP_E_SCHEMA);
    assert_non_null(strstr(e.message, "newer sitemap"));
    change_sql(f->path, "UPDATE sitemap_meta SET value = 'x' WHERE key = 'model_version'");
    assert_int_equal(smap__workspace_open(f->ctx, f->path, &ws, &e), SMAP_E_FORMAT);
}

/* What was read from the file and what is written into it must be of one state of the file. */
static void changed_between_reading_and_writing(void **state) {
    fixture *f = *state;
    smap__workspace *ws = NULL;
    smap_error e = SMAP_ERROR_INIT;
    const smap__run run = { .command = "import", .options_json = "{}" };
    create(f);
    OK(smap__workspace_open(f->ctx, f->path, &ws, err));
    OK(smap__workspace_commit(ws, NULL, &run, err));
    OK(smap__workspace_commit(ws, NULL, &run, err)); /* our own commits are no foreign change */
    commit_sites(f, "B", &run);
    assert_int_equal(smap__workspace_commit(ws, NULL, &run, &e), SMAP_E_BUSY);
    smap__workspace_free(ws);
    sqlite3 *db = look(f->path);
    assert_string_equal(ask(db, "SELECT count(*) FROM provenance"), "4");
    sqlite3_close(db);
}

static void the_last_number_of_a_run(void **state) {
    fixture *f = *state;
    smap__workspace *ws = NULL;
    smap_error e = SMAP_ERROR_INIT;
    const smap__run run = { .command = "check", .options_json = "{}" };
    create(f);
    change_sql(f->path, "UPDATE provenance SET run_id = 9223372036854775806");
    OK(smap__workspace_open(f->ctx, f->path, &ws, err));
    OK(smap__workspace_commit(ws, NULL, &run, err));
    assert_int_equal(smap__workspace_commit(ws, NULL, &run, &e), SMAP_E_LIMIT);
    assert_non_null(strstr(e.message, f->path));
    assert_non_null(strstr(e.message, "run_id 9223372036854775807"));
    smap__workspace_free(ws);
    sqlite3 *db = look(f->path);
    assert_string_equal(ask(db, "SELECT count(*) FROM provenance"), "2");
    sqlite3_close(db);
}

static void memory_runs_out(void **state) {
    fixture *f = *state;
    const smap__run run = { .command = "import", .options_json = "{}", .result = "x" };
    const smap_layer *layer = sites(f, "B");
    smap_status status = SMAP_E_NOMEM;
    char before[65], after[65];
    int64_t size;
    int failed = 0;
    create(f);
    OK(smap__file_hash(f->path, before, &size, err));
    for (int64_t nth = 1; status != SMAP_OK; nth++) {
        smap__workspace *ws = NULL;
        smap__change *change = NULL;
        smap_error e = SMAP_ERROR_INIT;
        smap__alloc_fail_at(nth, false);
        status = smap__workspace_open(f->ctx, f->path, &ws, &e);
        if (status == SMAP_OK) status = smap__change_new(f->ctx, 0, &change, &e);
        if (status == SMAP_OK) status = smap__change_put(change, "site", layer, &e);
        if (status == SMAP_OK) status = smap__workspace_commit(ws, change, &run, &e);
        smap__alloc_fail_at(0, false);
        smap__change_free(change);
        smap__workspace_free(ws);
        assert_int_equal(count_files(f->folder), 1);
        if (status == SMAP_OK) break;
        failed++;
        OK(smap__file_hash(f->path, after, &size, err));
        if (strcmp(before, after) != 0) break; /* written, and then listing what is in it failed */
    }
    assert_true(failed > 100);
    smap_layer_free(layer);
}

/* The same run in two folders, at two times, with one thread and two. */
static void same_bytes_anywhere(void **state) {
    fixture *f = *state;
    char hex[2][65], deeper[sizeof f->folder];
    int64_t size;
    snprintf(deeper, sizeof deeper, "%.48s/a b", f->folder);
    assert_int_equal(mkdir(deeper, 0700), 0);
    for (int i = 0; i < 2; i++) {
        fixture there = *f;
        char input[160];
        smap_ctx_options options = SMAP_CTX_OPTIONS_INIT;
        options.threads = i + 1;
        OK(smap_ctx_new(&options, &there.ctx, err));
        if (i) snprintf(there.folder, sizeof there.folder, "%s", deeper);
        snprintf(there.path, sizeof there.path, "%.60s/out.gpkg", there.folder);
        snprintf(input, sizeof input, "%s/abc.csv", there.folder);
        FILE *out = fopen(input, "w");
        assert_non_null(out);
        fputs("abc", out);
        fclose(out);
        const smap__run_input from = { input, "x", 3 };
        const smap__run run = { .command = "import", .options_json = "{}", .input = &from, .inputs = 1 };
        create(&there);
        commit_sites(&there, "B", &run);
        add_findings(&there, "import abc.csv", 3);
        OK(smap__file_hash(there.path, hex[i], &size, err));
        smap_ctx_free(there.ctx);
        usleep(20000);
    }
    assert_string_equal(hex[0], hex[1]);
    empty_folder(deeper);
    rmdir(deeper);
}

static void audience_views(void **state) {
    fixture *f = *state;
    smap__workspace *ws = NULL;
    const smap__audience *audience = NULL;
    const smap_layer *layer = NULL;
    const smap__run run = { .command = "import", .options_json = "{}" };
    create(f);
    commit_sites(f, "B", &run);
    OK(smap__audience_get(f->ctx, "internal", &audience, err));
    OK(smap__workspace_open(f->ctx, f->path, &ws, err));
    OK(smap__workspace_view(ws, audience, "site", &layer, err));
    assert_int_equal(smap_table_rows(layer->table), 3);
    smap_layer_free(layer);
    smap__workspace_free(ws);
}

static smap_status commit_sites_again(fixture *f, smap_error *e) {
    smap__workspace *ws = NULL;
    smap__change *change = NULL;
    const smap_layer *layer = sites(f, "B");
    const smap__run run = { .command = "import", .options_json = "{}" };
    OK(smap__workspace_open(f->ctx, f->path, &ws, err));
    OK(smap__change_new(f->ctx, 0, &change, err));
    OK(smap__change_put(change, "site", layer, err));
    smap_status status = smap__workspace_commit(ws, change, &run, e);
    smap_layer_free(layer);
    smap__change_free(change);
    smap__workspace_free(ws);
    return status;
}

/* Tables that are no layers of the workspace are never dropped, whatever they are called. */
static void tables_of_others_are_kept(void **state) {
    fixture *f = *state;
    smap_error e = SMAP_ERROR_INIT;
    create(f);
    change_sql(f->path, "CREATE TABLE site(mine TEXT); INSERT INTO site VALUES('months of work')");
    assert_int_equal(commit_sites_again(f, &e), SMAP_E_REFUSED);
    assert_non_null(strstr(e.message, "table \"site\""));
    sqlite3 *db = look(f->path);
    assert_string_equal(ask(db, "SELECT mine FROM site"), "months of work");
    sqlite3_close(db);
    /* what an older model called its layer of sites */
    change_sql(f->path, "ALTER TABLE site RENAME TO sites;"
                        "UPDATE sitemap_meta SET value = '0' WHERE key = 'model_version'");
    OK(commit_sites_again(f, err));
    db = look(f->path);
    assert_string_equal(ask(db, "SELECT mine FROM sites"), "months of work");
    assert_string_equal(ask(db, "SELECT count(*) FROM site"), "3");
    sqlite3_close(db);
}

/* GeoPackage asks for gpkg_geometry_columns only where there are features: the layers are read without it. */
static void attributes_alone(void **state) {
    fixture *f = *state;
    smap__workspace *ws = NULL;
    smap__change *change = NULL;
    const smap_layer *layer = NULL;
    smap_error e = SMAP_ERROR_INIT;
    const smap__run run = { .command = "check", .options_json = "{}" };
    create(f);
    change_sql(f->path, "DROP TABLE gpkg_geometry_columns");
    OK(smap__workspace_open(f->ctx, f->path, &ws, err));
    assert_true(smap__workspace_has(ws, "provenance"));
    OK(smap__workspace_read(ws, "provenance", &layer, err));
    assert_int_equal(smap_table_rows(layer->table), 1);
    smap_layer_free(layer);
    OK(smap__workspace_commit(ws, NULL, &run, err));
    smap__workspace_free(ws);
    sqlite3 *db = look(f->path);
    assert_string_equal(ask(db, "SELECT group_concat(command) FROM provenance"), "new,check");
    sqlite3_close(db);
    commit_sites(f, "B", &run); /* with it gone from a file that has features, nothing is lost either */
    change_sql(f->path, "DROP TABLE gpkg_geometry_columns");
    OK(smap__workspace_open(f->ctx, f->path, &ws, err));
    assert_true(smap__workspace_has(ws, "site"));
    OK(smap__workspace_read(ws, "site", &layer, err));
    assert_int_equal(smap_table_rows(layer->table), 3);
    OK(smap__change_new(f->ctx, 0, &change, err));
    OK(smap__change_put(change, "site", layer, err));
    assert_int_equal(smap__workspace_commit(ws, change, &run, &e), SMAP_E_SCHEMA);
    assert_non_null(strstr(e.message, "\"geom\""));
    smap__change_free(change);
    smap_layer_free(layer);
    smap__workspace_free(ws);
}

static void only_geopackages_are_changed(void **state) {
    fixture *f = *state;
    char csv[160];
    smap__workspace *ws = NULL;
    smap_error e = SMAP_ERROR_INIT;
    const smap__run run = { .command = "check", .options_json = "{}" };
    snprintf(csv, sizeof csv, "%s/site.csv", f->folder);
    assert_int_equal(smap__workspace_create(f->ctx, csv, false, NULL, &run, &e), SMAP_E_ARGUMENT);
    FILE *out = fopen(csv, "w");
    assert_non_null(out);
    fputs("site_id,name_en\nS1,School\n", out);
    fclose(out);
    const smap_layer *layer = NULL;
    OK(smap__workspace_open(f->ctx, csv, &ws, err)); /* any dataset can be read */
    OK(smap__workspace_read(ws, "site", &layer, err));
    text_is(layer, "name_en", 0, "School");
    smap_layer_free(layer);
    assert_int_equal(smap__workspace_commit(ws, NULL, &run, &e), SMAP_E_REFUSED);
    smap__workspace_free(ws);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_open, fixture_close)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(empty_workspace),
        TEST(layers_come_back_with_the_schema),
        TEST(unknown_columns_are_refused),
        TEST(inputs_are_hashed),
        TEST(findings_replace_their_own),
        TEST(older_is_migrated_newer_refused),
        TEST(audience_views),
        TEST(the_last_number_of_a_run),
        TEST(memory_runs_out),
        TEST(same_bytes_anywhere),
        TEST(changed_between_reading_and_writing),
        TEST(only_geopackages_are_changed),
        TEST(tables_of_others_are_kept),
        TEST(attributes_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
