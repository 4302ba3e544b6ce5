/* What may be named as a source. */
#include <fcntl.h>

#include "read_fixture.h"

static void names(void **state) {
    fixture *f = *state;
    static const struct {
        const char *name;
        smap_status status;
        const char *word;
    } bad[] = {
        { "", SMAP_E_ARGUMENT, "no name" },
        { "/vsicurl/http://127.0.0.1:1/a.csv", SMAP_E_REFUSED, "virtual file systems" },
        { "/vsimem/a.csv", SMAP_E_REFUSED, "virtual file systems" },
        { "<OGRVRTDataSource/>", SMAP_E_REFUSED, "not by XML" },
        { "{\"type\":\"Point\"}", SMAP_E_REFUSED, "not by XML" },
        { "PG:dbname=x password=hunter2", SMAP_E_REFUSED, "databases" },
        { "postgresql://u:hunter2@h/d", SMAP_E_REFUSED, "databases" },
        { "http://example.org/a.csv", SMAP_E_REFUSED, "only files" },
        { "GPKG:a.gpkg", SMAP_E_REFUSED, "./ before it" },
        { "MEM:::DATAPOINTER=4096", SMAP_E_REFUSED, "only files" },
        { "/dev/zero", SMAP_E_REFUSED, "a device" },
        { "/tmp", SMAP_E_REFUSED, "a folder" },
        { "/nowhere/a.csv", SMAP_E_NOT_FOUND, "no such file" },
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        smap_status status = read_path(f, bad[i].name, NULL);
        if (status != bad[i].status || !strstr(f->last.error.message, bad[i].word))
            fail_msg("%s: %s: %s", bad[i].name, smap_status_name(status), f->last.error.message);
        assert_null(strstr(f->last.error.message, "hunter2"));
        assert_null(strstr(f->last.error.subject, "hunter2"));
    }
}

static void kinds_of_files(void **state) {
    fixture *f = *state;
    put(f, "good.csv", "id\n1\n");
    put(f, "GPKG:x.csv", "id\n1\n");
    read_good(f, "GPKG:x.csv", NULL);
    assert_int_equal(symlink("good.csv", at(f, "link.csv")), 0);
    read_good(f, "link.csv", NULL);
    assert_int_equal(symlink("loop.csv", at(f, "loop.csv")), 0);
    read_bad(f, "loop.csv", NULL, SMAP_E_NOT_FOUND, "leads to itself");
    assert_int_equal(symlink("gone", at(f, "dangling.csv")), 0);
    read_bad(f, "dangling.csv", NULL, SMAP_E_NOT_FOUND, "a file that is not there");
    assert_int_equal(symlink("/dev/zero", at(f, "zero.csv")), 0);
    read_bad(f, "zero.csv", NULL, SMAP_E_REFUSED, "a device");
    assert_int_equal(mkfifo(at(f, "pipe.gpkg"), 0600), 0);
    read_bad(f, "pipe.gpkg", NULL, SMAP_E_REFUSED, "a pipe");
    assert_int_equal(mkdir(at(f, "dir.gpkg"), 0700), 0);
    read_bad(f, "dir.gpkg", NULL, SMAP_E_REFUSED, "a folder");
    assert_int_equal(rmdir(at(f, "dir.gpkg")), 0);
    read_bad(f, "good.csv|layername=other", NULL, SMAP_E_NOT_FOUND, "it has: \"good\"");
    read_bad(f, "good.csv|layername=", NULL, SMAP_E_ARGUMENT, "no layer is named");
    read_bad(f, "good.csv/inner", NULL, SMAP_E_NOT_FOUND, "no such file");
    put(f, "a.xyz", "1");
    read_bad(f, "a.xyz", NULL, SMAP_E_REFUSED, "read are .gpkg");
    if (geteuid() == 0) return; /* root may read everything */
    assert_int_equal(chmod(at(f, "good.csv"), 0), 0);
    read_bad(f, "good.csv", NULL, SMAP_E_IO, "no permission");
}

/* Half of a shapefile that is a link to somewhere else was not named by the user. */
static void parts_may_not_be_links(void **state) {
    fixture *f = *state;
    put(f, "a.shp", "x");
    put(f, "a.shx", "x");
    assert_int_equal(symlink("/etc/passwd", at(f, "a.dbf")), 0);
    read_bad(f, "a.shp", NULL, SMAP_E_NOT_FOUND, ".dbf");
}

static void public_read_logs(smap_log_level level, const char *message, void *user) {
    if (level == SMAP_LOG_WARNING && strstr(message, "row 3") && strstr(message, "rejected")) ++*(int *)user;
}

static void public_read(void **state) {
    fixture *f = *state;
    int heard = 0;
    smap_ctx *ctx = NULL;
    smap_ctx_options how = SMAP_CTX_OPTIONS_INIT;
    how.log = public_read_logs;
    how.log_user = &heard;
    assert_int_equal(smap_ctx_new(&how, &ctx, NULL), SMAP_OK);
    put(f, "a.csv", "id,n\n1,2\n3,4,5\n");
    assert_int_equal(smap_read(ctx, at(f, "a.csv"), NULL, &f->last.layer, &f->last.error), SMAP_OK);
    assert_int_equal(rows(f), 1);
    assert_int_equal(heard, 1);
    smap_ctx_free(ctx);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(names, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(kinds_of_files, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(parts_may_not_be_links, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(public_read, fixture_open, fixture_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
