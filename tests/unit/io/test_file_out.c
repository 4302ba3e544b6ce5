#include <errno.h>
#include <fcntl.h>
#include <sys/wait.h>

#include "write_fixture.h"

static void put(fixture *f, const char *name, const char *text, bool overwrite) {
    char path[160];
    smap__file_out *out = NULL;
    snprintf(path, sizeof path, "%s/%s", f->folder, name);
    OK(smap__file_out_open(f->ctx, path, overwrite, &out, err));
    OK(smap__file_out_write(out, text, strlen(text), err));
    OK(smap__file_out_commit(out, err));
}

static void is(fixture *f, const char *name, const char *want) {
    char path[160], text[64] = "";
    snprintf(path, sizeof path, "%s/%s", f->folder, name);
    FILE *in = fopen(path, "r");
    assert_non_null(in);
    text[fread(text, 1, sizeof text - 1, in)] = '\0';
    fclose(in);
    assert_string_equal(text, want);
}

static mode_t mode_of(fixture *f, const char *name) {
    char path[160];
    struct stat st;
    snprintf(path, sizeof path, "%s/%s", f->folder, name);
    assert_int_equal(stat(path, &st), 0);
    return st.st_mode & 0777;
}

static void writes_and_replaces(void **state) {
    fixture *f = *state;
    char path[160];
    smap__file_out *out = NULL;
    smap_error e = SMAP_ERROR_INIT;
    mode_t old = umask(027);
    put(f, "a.png", "one", false);
    umask(old);
    is(f, "a.png", "one");
    assert_int_equal(mode_of(f, "a.png"), 0640);
    snprintf(path, sizeof path, "%s/a.png", f->folder);
    assert_int_equal(smap__file_out_open(f->ctx, path, false, &out, &e), SMAP_E_EXISTS);
    assert_non_null(strstr(e.message, "--overwrite"));
    assert_int_equal(chmod(path, 0604), 0);
    put(f, "a.png", "two", true);
    is(f, "a.png", "two");
    assert_int_equal(mode_of(f, "a.png"), 0604);
    assert_int_equal(count_files(f->folder), 1);
}

static void abandoned_leaves_nothing(void **state) {
    fixture *f = *state;
    char path[160];
    smap__file_out *out = NULL;
    put(f, "a.png", "old", false);
    snprintf(path, sizeof path, "%s/a.png", f->folder);
    OK(smap__file_out_open(f->ctx, path, true, &out, err));
    OK(smap__file_out_write(out, "new", 3, err));
    assert_int_equal(count_files(f->folder), 2);
    smap__file_out_abandon(out);
    is(f, "a.png", "old");
    assert_int_equal(count_files(f->folder), 1);
    OK(smap__file_out_open(f->ctx, path, true, &out, err));
    smap__temporaries_remove(); /* as a signal handler would */
    assert_int_equal(count_files(f->folder), 1);
    smap_error e = SMAP_ERROR_INIT;
    assert_int_not_equal(smap__file_out_commit(out, &e), SMAP_OK);
    is(f, "a.png", "old");
}

static void follows_links(void **state) {
    fixture *f = *state;
    char link[160], path[160];
    struct stat st;
    smap__file_out *out = NULL;
    smap_error e = SMAP_ERROR_INIT;
    put(f, "real.png", "old", false);
    snprintf(link, sizeof link, "%s/link.png", f->folder);
    assert_int_equal(symlink("real.png", link), 0);
    put(f, "link.png", "new", true);
    is(f, "real.png", "new");
    assert_int_equal(lstat(link, &st), 0);
    assert_true(S_ISLNK(st.st_mode));
    snprintf(path, sizeof path, "%s/dangling.png", f->folder);
    assert_int_equal(symlink("made.png", path), 0);
    put(f, "dangling.png", "x", false);
    is(f, "made.png", "x");
    snprintf(path, sizeof path, "%s/self.png", f->folder);
    assert_int_equal(symlink("self.png", path), 0);
    assert_int_equal(smap__file_out_open(f->ctx, path, true, &out, &e), SMAP_E_REFUSED);
}

static void refuses_what_is_no_file(void **state) {
    fixture *f = *state;
    char path[160];
    smap__file_out *out = NULL;
    smap_error e = SMAP_ERROR_INIT;
    assert_int_equal(smap__file_out_open(f->ctx, f->folder, true, &out, &e), SMAP_E_REFUSED);
    snprintf(path, sizeof path, "%s/no/such.png", f->folder);
    assert_int_equal(smap__file_out_open(f->ctx, path, true, &out, &e), SMAP_E_NOT_FOUND);
    assert_non_null(strstr(e.message, "create it first"));
    snprintf(path, sizeof path, "%s/pipe", f->folder);
    assert_int_equal(mkfifo(path, 0600), 0);
    assert_int_equal(smap__file_out_open(f->ctx, path, true, &out, &e), SMAP_E_REFUSED);
    put(f, "ro.png", "old", false);
    snprintf(path, sizeof path, "%s/ro.png", f->folder);
    assert_int_equal(chmod(path, 0444), 0);
    assert_int_equal(smap__file_out_open(f->ctx, path, true, &out, &e), SMAP_E_IO);
    assert_non_null(strstr(e.message, "read-only"));
    is(f, "ro.png", "old");
}

static void long_names_fit(void **state) {
    fixture *f = *state;
    char name[256];
    memset(name, 'n', 255);
    name[255] = '\0';
    char path[400];
    smap__file_out *out = NULL;
    snprintf(path, sizeof path, "%s/%s", f->folder, name);
    OK(smap__file_out_open(f->ctx, path, false, &out, err));
    OK(smap__file_out_commit(out, err));
    assert_int_equal(count_files(f->folder), 1);
}

/* A process that dies between opening and committing leaves a temporary; the next writer in that folder sweeps it. */
static void sweeps_after_the_dead(void **state) {
    fixture *f = *state;
    char path[160];
    smap__file_out *out = NULL;
    snprintf(path, sizeof path, "%s/a.png", f->folder);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) _exit(smap__file_out_open(f->ctx, path, false, &out, NULL) == SMAP_OK ? 0 : 1);
    int result;
    assert_int_equal(waitpid(child, &result, 0), child);
    assert_int_equal(result, 0);
    assert_int_equal(count_files(f->folder), 1);
    char other[200];
    snprintf(other, sizeof other, "%s/.b.png.sitemap-00000000-1-1.tmp", f->folder); /* another machine's */
    close(open(other, O_CREAT | O_WRONLY, 0600));
    put(f, "a.png", "x", false);
    assert_int_equal(count_files(f->folder), 2);
    assert_int_equal(access(other, F_OK), 0);
}

static void full_disk_is_said(void **state) {
    (void)state;
    smap_error e = SMAP_ERROR_INIT;
    smap__file_out *out = NULL;
    smap_ctx *ctx = NULL;
    OK(smap_ctx_new(NULL, &ctx, err));
    assert_int_equal(smap__file_out_open(ctx, "/dev/full", true, &out, &e), SMAP_E_REFUSED);
    assert_int_equal(smap__file_out_open(ctx, "/proc/nothing.png", true, &out, &e), SMAP_E_NOT_FOUND);
    smap_ctx_free(ctx);
}

/* FIPS 180-2, appendix B. */
static void hashes(void **state) {
    fixture *f = *state;
    char path[160], hex[65];
    int64_t size = 0;
    smap_error e = SMAP_ERROR_INIT;
    snprintf(path, sizeof path, "%s/abc", f->folder);
    put(f, "abc", "abc", false);
    OK(smap__file_hash(path, hex, &size, err));
    assert_int_equal(size, 3);
    assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    put(f, "abc", "", true);
    OK(smap__file_hash(path, hex, &size, err));
    assert_string_equal(hex, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assert_int_equal(smap__file_hash(f->folder, hex, &size, &e), SMAP_E_REFUSED);
    assert_int_equal(smap__file_hash("/no/such/file", hex, &size, &e), SMAP_E_NOT_FOUND);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(writes_and_replaces, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(abandoned_leaves_nothing, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(follows_links, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(refuses_what_is_no_file, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(long_names_fit, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(sweeps_after_the_dead, fixture_open, fixture_close),
        cmocka_unit_test(full_disk_is_said),
        cmocka_unit_test_setup_teardown(hashes, fixture_open, fixture_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
