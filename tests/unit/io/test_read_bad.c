/* The corpus of hostile and messy files against tests/table/bad_inputs.case: no request to the network, nothing on
 * stderr, no content of a file that was not named. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/socket.h>

#include "base/path.h"
#include "io/raster.h"
#include "read_fixture.h"

#define BAD SMAP_SHARED_DIR "/bad/"
#define TABLE SMAP_SOURCE_DIR "/tests/table/bad_inputs.case"

enum { PORT = 18080 }; /* the one that the files name */

static atomic_int requests, stopping;
static int listener = -1;

static void *listen_there(void *user) {
    (void)user;
    while (!atomic_load(&stopping)) {
        struct pollfd wait = { listener, POLLIN, 0 };
        if (poll(&wait, 1, 50) <= 0) continue;
        int client = accept(listener, NULL, NULL);
        if (client < 0) continue;
        atomic_fetch_add(&requests, 1);
        close(client);
    }
    return NULL;
}

/* false when the port is taken: the test then says that it could not look. */
static bool start_listener(pthread_t *thread) {
    struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons(PORT), .sin_addr = { htonl(INADDR_LOOPBACK) } };
    int yes = 1;
    listener = socket(AF_INET, SOCK_STREAM, 0);
    if (listener < 0) return false;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(listener, (struct sockaddr *)&to, sizeof to) != 0 || listen(listener, 16) != 0) {
        close(listener);
        return false;
    }
    return pthread_create(thread, NULL, listen_there, NULL) == 0;
}

/* ---- what a file gives, as text --------------------------------------------------------------------------------- */

static void describe_raster(fixture *f, const char *path, smap__str *out) {
    smap__raster *raster = NULL;
    f->last.status = smap__raster_open(f->ctx, path, 1, &raster, &f->last.error);
    if (f->last.status != SMAP_OK) return;
    const smap__raster_info *info = smap__raster_info_of(raster);
    double *values = malloc((size_t)(info->width * info->height) * sizeof *values);
    assert_non_null(values);
    f->last.status = smap__raster_read(raster, 0, 0, info->width, info->height, values, &f->last.error);
    int64_t valid = 0;
    for (int64_t i = 0; f->last.status == SMAP_OK && i < info->width * info->height; i++) valid += !isnan(values[i]);
    smap__str_printf(out, "size=%lldx%lld valid=%lld dy=%g\n", (long long)info->width, (long long)info->height,
                     (long long)valid, info->transform[5]);
    free(values);
    smap__raster_close(raster);
}

static void describe_layer(fixture *f, smap__str *out) {
    if (f->last.status != SMAP_OK) return;
    smap__str_printf(out, "rows=%lld\n", (long long)rows(f));
    for (int64_t i = 0; i < rows(f) && i < 5; i++)
        for (int k = 0; k < smap_table_columns(f->last.layer->table); k++) {
            const smap_column *c = smap_table_at(f->last.layer->table, k);
            smap__str_printf(out, "%s[%lld]=", c->name, (long long)i + 1);
            smap__cell_put(out, c, i);
            smap__str_put_char(out, '\n');
        }
    for (size_t i = 0; i < f->last.findings.count; i++) {
        const smap__finding *g = &f->last.findings.items[i];
        smap__str_printf(out, "%s %s %lld: %s (%s)\n", smap__severity_name(g->severity), g->code, (long long)g->row,
                         g->message, g->value);
    }
}

static void describe(fixture *f, const char *file, const smap_read_options *options, smap__str *out) {
    char path[512];
    snprintf(path, sizeof path, BAD "%s", file);
    smap__str_clear(out);
    forget(f);
    if (smap__path_has_extension(file, "tif") || smap__path_has_extension(file, "asc")) {
        describe_raster(f, path, out);
    } else {
        read_path(f, path, options);
        describe_layer(f, out);
    }
    if (f->last.status != SMAP_OK) smap__str_put(out, f->last.error.message);
    assert_false(out->failed);
}

/* ---- the table -------------------------------------------------------------------------------------------------- */

static char *next_field(char **line, char end) {
    char *start = *line + strspn(*line, " \t");
    char *stop = strchr(start, end);
    if (stop) *stop = '\0';
    *line = stop ? stop + 1 : start + strlen(start);
    for (char *last = start + strlen(start); last > start && strchr(" \t\r\n", last[-1]);) *--last = '\0';
    return start;
}

static int check_words(const char *file, const char *text, char *words) {
    int faults = 0;
    while (*words) {
        const char *word = next_field(&words, ';');
        if (*word && !strstr(text, word)) {
            print_error("%s: lacks \"%s\" in: %s\n", file, word, text);
            faults++;
        }
    }
    return faults;
}

static int check_case(fixture *f, char *line, smap__str *text) {
    const char *file = next_field(&line, '|');
    char *option = next_field(&line, '|');
    const char *status = next_field(&line, '|');
    smap_read_options options = SMAP_READ_OPTIONS_INIT;
    if (strncmp(option, "crs=", 4) == 0) options.crs = option + 4;
    if (strncmp(option, "encoding=", 9) == 0) options.encoding = option + 9;
    describe(f, file, &options, text);
    int faults = 0;
    if (strcmp(smap_status_name(f->last.status), status) != 0) {
        print_error("%s: is \"%s\" instead of \"%s\": %s\n", file, smap_status_name(f->last.status), status,
                    text->data);
        faults++;
    }
    if (strcmp(file, "secret.csv") != 0 && strstr(text->data, "TOP-SECRET")) {
        print_error("%s: shows the secret\n", file);
        faults++;
    }
    return faults + check_words(file, text->data, line);
}

static int check_table(fixture *f, int *cases) {
    FILE *table = fopen(TABLE, "r");
    assert_non_null(table);
    char line[2048];
    smap__str text = SMAP__STR_INIT;
    int faults = 0;
    while (fgets(line, sizeof line, table)) {
        if (line[0] == '#' || line[0] == '\n') continue;
        faults += check_case(f, line, &text);
        ++*cases;
    }
    fclose(table);
    smap__str_release(&text);
    return faults;
}

/* Every data file of the corpus has a line in the table, or belongs to another file's. */
static int check_complete(void) {
    char *text = NULL;
    size_t len = 0;
    FILE *table = fopen(TABLE, "r"), *copy = open_memstream(&text, &len);
    for (int c; (c = fgetc(table)) != EOF;) fputc(c, copy);
    fclose(table);
    fclose(copy);
    int faults = 0;
    DIR *dir = opendir(BAD);
    for (const struct dirent *entry = readdir(dir); entry; entry = readdir(dir)) {
        const char *name = entry->d_name;
        bool part = smap__path_has_extension(name, "prj") || smap__path_has_extension(name, "shx") ||
                    smap__path_has_extension(name, "md") || strchr(name, '.') == NULL || name[0] == '.';
        if (part || strstr(text, name)) continue;
        if (smap__path_has_extension(name, "dbf")) continue;
        print_error("%s: has no line in the table\n", name);
        faults++;
    }
    closedir(dir);
    free(text);
    return faults;
}

static void corpus_gives_its_words(void **state) {
    fixture *f = *state;
    pthread_t thread;
    bool listening = start_listener(&thread);
    if (!listening) print_message("port %d is taken: requests were not counted\n", PORT);
    int cases = 0, faults = check_table(f, &cases);
    atomic_store(&stopping, 1);
    if (listening) {
        pthread_join(thread, NULL);
        close(listener);
    }
    assert_int_equal(faults, 0);
    assert_int_equal(check_complete(), 0);
    assert_true(cases > 65);
    assert_int_equal(atomic_load(&requests), 0);
    assert_int_not_equal(access("/srv/bad/PWNED_PY", F_OK), 0);
}

static void corpus_folder_is_left_alone(void **state) {
    (void)state;
    DIR *dir = opendir(BAD);
    for (const struct dirent *entry = readdir(dir); entry; entry = readdir(dir))
        if (strstr(entry->d_name, "-wal") || strstr(entry->d_name, "-shm") || strstr(entry->d_name, ".aux.xml"))
            fail_msg("%s was left behind", entry->d_name);
    closedir(dir);
}

/* Everything that any library writes to stderr while the tests run. */
static int run_and_listen(const struct CMUnitTest *tests, size_t count) {
    (void)count;
    FILE *heard = tmpfile();
    int saved = dup(STDERR_FILENO);
    if (!heard || saved < 0) return 1;
    dup2(fileno(heard), STDERR_FILENO);
    int failed = _cmocka_run_group_tests("read_bad", tests, count, NULL, NULL);
    fflush(stderr);
    dup2(saved, STDERR_FILENO);
    close(saved);
    rewind(heard);
    char line[1024];
    int lines = 0;
    while (fgets(line, sizeof line, heard)) {
        fputs(line, stderr);
        lines += strstr(line, "ERROR 1:") || strstr(line, "Warning ") || strstr(line, "warning:");
    }
    fclose(heard);
    if (lines) fprintf(stderr, "a library wrote %d lines to stderr\n", lines);
    return failed || lines;
}

int main(void) {
    if (access(BAD "README.md", R_OK) != 0) {
        printf("skipped: the shared corpus is not there\n");
        return 77;
    }
    /* what a user's shell may hold must not matter */
    setenv("GDAL_VRT_ENABLE_PYTHON", "YES", 1);
    unsetenv("CPL_DEBUG"); /* as the program does */
    setenv("CPL_CURL_VERBOSE", "YES", 1);
    setenv("SPATIALITE_SECURITY", "relaxed", 1);
    setenv("OGR_GEOJSON_MAX_OBJ_SIZE", "1", 1);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(corpus_gives_its_words, fixture_open, fixture_close),
        cmocka_unit_test(corpus_folder_is_left_alone),
    };
    return run_and_listen(tests, sizeof tests / sizeof *tests);
}
