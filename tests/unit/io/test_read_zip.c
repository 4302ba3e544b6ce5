/* Archives made byte by byte: stored entries, and what their directory may claim. */
#include <time.h>

#include "read_fixture.h"

enum { MANY = 3000 };

typedef struct entry {
    const char *name, *text;
    uint32_t stated; /* unpacked size that the directory claims; 0 = the truth */
    uint16_t flags;
    uint32_t attributes;
    int shares; /* 1 = points at the first entry's bytes */
} entry;

typedef struct bytes {
    unsigned char data[200 * MANY];
    size_t len;
} bytes;

static void le(bytes *b, uint32_t value, int count) {
    for (int i = 0; i < count; i++) b->data[b->len++] = (unsigned char)(value >> (8 * i));
}

static void text(bytes *b, const char *t) {
    memcpy(b->data + b->len, t, strlen(t));
    b->len += strlen(t);
}

static uint32_t crc(const char *t) {
    uint32_t c = 0xFFFFFFFF;
    for (; *t; t++) {
        c ^= (unsigned char)*t;
        for (int k = 0; k < 8; k++) c = c & 1 ? c >> 1 ^ 0xEDB88320 : c >> 1;
    }
    return ~c;
}

/* What the local header and the directory have in common. */
static void common(bytes *b, const entry *e, bool directory) {
    uint32_t size = (uint32_t)strlen(e->text);
    le(b, 20, 2), le(b, e->flags, 2), le(b, 0, 2), le(b, 0, 4), le(b, crc(e->text), 4), le(b, size, 4);
    le(b, directory && e->stated ? e->stated : size, 4), le(b, (uint32_t)strlen(e->name), 2), le(b, 0, 2);
}

static void zip(const fixture *f, const char *file, const entry *e, int count) {
    static bytes b;
    static uint32_t at[MANY + 1];
    b.len = 0;
    for (int i = 0; i < count; i++) {
        at[i] = e[i].shares ? at[0] : (uint32_t)b.len;
        le(&b, 0x04034b50, 4), common(&b, &e[i], false), text(&b, e[i].name), text(&b, e[i].text);
    }
    uint32_t start = (uint32_t)b.len;
    for (int i = 0; i < count; i++) {
        le(&b, 0x02014b50, 4), le(&b, e[i].attributes ? 0x031E : 20, 2), common(&b, &e[i], true);
        le(&b, 0, 2), le(&b, 0, 2), le(&b, 0, 2), le(&b, e[i].attributes, 4), le(&b, at[i], 4), text(&b, e[i].name);
    }
    uint32_t size = (uint32_t)b.len - start;
    le(&b, 0x06054b50, 4), le(&b, 0, 4), le(&b, (uint32_t)count, 2), le(&b, (uint32_t)count, 2), le(&b, size, 4);
    le(&b, start, 4), le(&b, 3, 2), text(&b, "end");
    put_bytes(f, file, b.data, b.len);
}

static const entry table = { "in/sites.csv", "id,name\n1,A\n2,B\n", 0, 0, 0, 0 };
static const entry points = { "in/points.json", "{\"type\":\"Point\",\"coordinates\":[13,32]}", 0, 0, 0, 0 };

static void one_and_several(void **state) {
    fixture *f = *state;
    zip(f, "one.zip", (const entry[]){ table, { "readme.txt", "hello", 0, 0, 0, 0 } }, 2);
    read_good(f, "one.zip", NULL);
    assert_int_equal(rows(f), 2);
    assert_string_equal(f->last.layer->name, "sites");
    zip(f, "two.zip", (const entry[]){ table, points, { "other/sites.csv", "id\n9\n", 0, 0, 0, 0 } }, 3);
    read_bad(f, "two.zip", NULL, SMAP_E_ARGUMENT, "\"points\"");
    smap_read_options options = SMAP_READ_OPTIONS_INIT;
    options.layer = "points";
    read_good(f, "two.zip", &options);
    assert_int_equal(rows(f), 1);
    read_good(f, "two.zip|layername=sites_2", NULL);
    assert_string_equal(cell(f, "id", 0), "9");
    read_good(f, "two.zip/in/sites.csv", NULL);
    assert_int_equal(rows(f), 2);
    read_bad(f, "two.zip/in/none.csv", NULL, SMAP_E_NOT_FOUND, "in/none.csv");
    zip(f, "none.zip", (const entry[]){ { "readme.txt", "hello", 0, 0, 0, 0 } }, 1);
    read_bad(f, "none.zip", NULL, SMAP_E_NOT_FOUND, "no dataset");
}

static void refused(void **state) {
    fixture *f = *state;
    static const struct {
        entry e;
        smap_status status;
        const char *word;
    } bad[] = {
        { { "../sites.csv", "id\n1\n", 0, 0, 0, 0 }, SMAP_E_REFUSED, "outside of its folder" },
        { { "a/../../sites.csv", "id\n1\n", 0, 0, 0, 0 }, SMAP_E_REFUSED, "outside of its folder" },
        { { "/tmp/sites.csv", "id\n1\n", 0, 0, 0, 0 }, SMAP_E_REFUSED, "outside of its folder" },
        { { "..\\sites.csv", "id\n1\n", 0, 0, 0, 0 }, SMAP_E_REFUSED, "outside of its folder" },
        { { "c:sites.csv", "id\n1\n", 0, 0, 0, 0 }, SMAP_E_REFUSED, "outside of its folder" },
        { { "sites.csv", "id\n1\n", 0, 1, 0, 0 }, SMAP_E_REFUSED, "encrypted" },
        { { "sites.csv", "/etc/passwd", 0, 0, 0xA1FF0000, 0 }, SMAP_E_REFUSED, "link" },
        { { "sites.csv", "id\n1\n", 900000000, 0, 0, 0 }, SMAP_E_LIMIT, "100 times" },
        { { "in/sites.csv", "id\n1\n", 0, 0, 0, 0 }, SMAP_E_REFUSED, "two files named" },
        { { "sites.csv", "id\n1\n", 0, 0, 0, 1 }, SMAP_E_REFUSED, "share the same bytes" },
        { { "sites.csv", "id\n1\n", 400, 0, 0, 0 }, SMAP_E_FORMAT, "cannot be unpacked" },
        { { "ws.gpkg", "id\n1\n", 0, 0, 0, 0 }, SMAP_E_REFUSED, "unpack it first" },
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        zip(f, "bad.zip", (const entry[]){ table, bad[i].e }, 2);
        read_bad(f, "bad.zip|layername=sites_2", NULL, bad[i].status, bad[i].word);
    }
}

/* Cut or changed anywhere, an archive gives a sentence or its rows, and never more. */
static void damaged(void **state) {
    fixture *f = *state;
    zip(f, "good.zip", &table, 1);
    FILE *in = fopen(at(f, "good.zip"), "rb");
    unsigned char data[512], changed[512];
    size_t len = fread(data, 1, sizeof data, in);
    fclose(in);
    for (size_t cut = 0; cut < len; cut++) {
        put_bytes(f, "cut.zip", data, cut);
        assert_int_equal(read_path(f, at(f, "cut.zip"), NULL), SMAP_E_FORMAT);
    }
    for (size_t i = 0; i < len; i++) {
        memcpy(changed, data, len);
        changed[i] ^= 0x41;
        put_bytes(f, "cut.zip", changed, len);
        if (read_path(f, at(f, "cut.zip"), NULL) != SMAP_OK) assert_true(strlen(f->last.error.message) > 10);
    }
}

/* As many datasets of one file name as there are folders: the free names are not searched for one by one. */
static void many_of_one_name(void **state) {
    fixture *f = *state;
    static entry e[MANY + 1];
    static char name[MANY][32], text[MANY][16];
    smap__source *source = NULL;
    smap_error error = SMAP_ERROR_INIT;
    for (int i = 0; i < MANY; i++) {
        snprintf(name[i], sizeof name[i], "d%04d/sites.csv", i + 1);
        snprintf(text[i], sizeof text[i], "id\n%d\n", i + 1);
        e[i] = (entry){ name[i], text[i], 0, 0, 0, 0 };
    }
    e[MANY] = (entry){ "e/sites_2.csv", "id\nlast\n", 0, 0, 0, 0 };
    zip(f, "many.zip", e, MANY + 1);
    clock_t begin = clock();
    if (smap__source_open(f->ctx, at(f, "many.zip"), NULL, &source, &error) != SMAP_OK) fail_msg("%s", error.message);
    assert_true(clock() - begin < 10 * CLOCKS_PER_SEC);
    assert_int_equal(smap__source_layers(source), MANY + 1);
    assert_string_equal(smap__source_layer_at(source, 0)->name, "sites");
    for (int i = 1; i < MANY; i++) {
        char want[32];
        snprintf(want, sizeof want, "sites_%d", i + 1);
        assert_string_equal(smap__source_layer_at(source, i)->name, want);
    }
    assert_string_equal(smap__source_layer_at(source, MANY)->name, "sites_2_2");
    smap__source_close(source);
    read_good(f, "many.zip|layername=sites_2999", NULL);
    assert_string_equal(cell(f, "id", 0), "2999");
    read_good(f, "many.zip|layername=sites_2_2", NULL);
    assert_string_equal(cell(f, "id", 0), "last");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(one_and_several, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(refused, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(damaged, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(many_of_one_name, fixture_open, fixture_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
