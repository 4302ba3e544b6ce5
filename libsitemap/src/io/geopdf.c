#include "io/geopdf.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"

/* A PDF being read: where its objects are, by the table of cross references. */
typedef struct pdf {
    const char *bytes;
    size_t len;
    size_t xref;
    long objects; /* numbers below that */
    long root, info;
    size_t *offset; /* of each object, 0 = none */
} pdf;

static smap_status fail_pdf(smap_error *err) {
    return smap__fail(err, SMAP_E_INTERNAL, "PDF",
                      "the PDF is not built as expected, so that it cannot be told where on earth its maps are; please "
                      "report this");
}

/* The first place of a word in some bytes; NULL where it is not. */
static const char *find(const char *from, const char *end, const char *word) {
    size_t n = strlen(word);
    for (const char *at = from; at && (size_t)(end - at) >= n; at++) {
        at = memchr(at, word[0], (size_t)(end - at));
        if (!at || (size_t)(end - at) < n) return NULL;
        if (memcmp(at, word, n) == 0) return at;
    }
    return NULL;
}

/* The last place of a word; NULL where it is not. */
static const char *find_last(const pdf *p, const char *word) {
    size_t n = strlen(word);
    for (size_t at = p->len >= n ? p->len - n + 1 : 0; at-- > 0;)
        if (memcmp(p->bytes + at, word, n) == 0) return p->bytes + at;
    return NULL;
}

/* The whole number behind `key` in the trailer; -1 where there is none. */
static long number_after(const pdf *p, const char *from, const char *key) {
    const char *end = p->bytes + p->len, *at = find(from, end, key);
    return at ? strtol(at + strlen(key), NULL, 10) : -1;
}

static bool read_table(pdf *p) {
    static const char head[] = "xref\n0 ";
    const char *at = p->bytes + p->xref, *end = p->bytes + p->len;
    if (p->xref + sizeof head >= p->len || memcmp(at, head, sizeof head - 1) != 0) return false;
    char *rows;
    long count = strtol(at + sizeof head - 1, &rows, 10);
    enum { ROW = 20 };
    if (count != p->objects || end - rows < 1 + (long)ROW * count) return false;
    for (long i = 0; i < count; i++) {
        const char *row = rows + 1 + i * ROW;
        long offset = row[17] == 'n' ? strtol(row, NULL, 10) : 0;
        if (offset < 0 || (size_t)offset >= p->len) return false;
        p->offset[i] = (size_t)offset;
    }
    return true;
}

/* The bytes are ended by a zero: numbers are read to where they end. */
static smap_status open_pdf(pdf *p, const char *bytes, size_t len, smap_error *err) {
    enum { MOST_OBJECTS = 10000000 };
    *p = (pdf){ .bytes = bytes, .len = len };
    const char *start = find_last(p, "startxref\n"), *trailer = find_last(p, "trailer\n");
    if (!start || !trailer) return fail_pdf(err);
    p->xref = (size_t)strtol(start + strlen("startxref\n"), NULL, 10);
    p->objects = number_after(p, trailer, "/Size ");
    p->root = number_after(p, trailer, "/Root ");
    p->info = number_after(p, trailer, "/Info ");
    if (p->objects < 1 || p->objects > MOST_OBJECTS || p->root < 1 || p->root >= p->objects || p->info < 1)
        return fail_pdf(err);
    p->offset = smap__zalloc((size_t)p->objects, sizeof *p->offset);
    if (!p->offset) return smap__fail_memory(err);
    return read_table(p) ? SMAP_OK : fail_pdf(err);
}

/* The inside of an object, a dictionary: from behind "N 0 obj\n<<" to before its last ">>". */
static bool inside_of(const pdf *p, long number, const char **begin, size_t *len) {
    if (number < 1 || number >= p->objects || !p->offset[number]) return false;
    const char *from = p->bytes + p->offset[number], *end = p->bytes + p->len;
    const char *open = find(from, end, "obj\n<<");
    const char *close = open ? find(open, end, ">>\nendobj") : NULL;
    if (!close) return false;
    *begin = open + 6;
    *len = (size_t)(close - *begin);
    return true;
}

/* The numbers of the pages' objects in order, from the catalogue; how many there are, at most `most`. */
static size_t read_kids(const pdf *p, long *kid, size_t most) {
    static const char pages[] = "/Pages ", kids[] = "/Kids [";
    const char *inside;
    size_t len, count = 0;
    if (!inside_of(p, p->root, &inside, &len)) return 0;
    const char *at = find(inside, inside + len, pages);
    if (!at || !inside_of(p, strtol(at + sizeof pages - 1, NULL, 10), &inside, &len)) return 0;
    at = find(inside, inside + len, kids);
    for (at = at ? at + sizeof kids - 1 : NULL; at && count < most; count++) {
        char *end;
        kid[count] = strtol(at, &end, 10);
        if (end == at) break;
        at = find(end, inside + len, "R");
        if (at) at++;
    }
    return count;
}

/* Parentheses and backslashes of a text stand behind a backslash. */
static void put_text(smap__str *out, const char *text) {
    smap__str_put_char(out, '(');
    for (; *text; text++) {
        if (strchr("()\\", *text)) smap__str_put_char(out, '\\');
        smap__str_put_char(out, *text);
    }
    smap__str_put_char(out, ')');
}

static void put_viewport(smap__str *out, const smap__geopdf_frame *f) {
    smap__str_printf(out, "   /VP [ << /Type /Viewport /Name (map) /BBox [ %.6f %.6f %.6f %.6f ]\n", f->left, f->bottom,
                     f->right, f->top);
    smap__str_put(out, "     /Measure << /Type /Measure /Subtype /GEO /Bounds [ 0 0 0 1 1 1 1 0 ]\n       /GPTS [");
    for (int i = 0; i < 4; i++) smap__str_printf(out, " %.12f %.12f", f->lat[i], f->lon[i]);
    smap__str_put(out, " ]\n       /LPTS [ 0 0 0 1 1 1 1 0 ]\n       /GCS << /Type /PROJCS");
    if (f->epsg) smap__str_printf(out, " /EPSG %d", f->epsg);
    if (f->wkt[0]) {
        smap__str_put(out, " /WKT ");
        put_text(out, f->wkt);
    }
    smap__str_put(out, " >> >> >> ]\n");
}

/* The object once more, with what is new in it. */
static size_t begin_object(smap__str *out, size_t base, long number, const char *inside, size_t len) {
    size_t offset = base + out->len;
    smap__str_printf(out, "%ld 0 obj\n<<", number);
    smap__str_put_n(out, inside, len);
    return offset;
}

typedef struct change {
    long object;
    size_t offset;
} change;

static int compare_changes(const void *a, const void *b) {
    const change *x = a, *y = b;
    return (x->object > y->object) - (x->object < y->object);
}

static void put_tail(const pdf *p, change *list, size_t count, smap__str *out) {
    size_t xref = p->len + out->len;
    qsort(list, count, sizeof *list, compare_changes);
    smap__str_put(out, "xref\n");
    for (size_t i = 0; i < count; i++)
        smap__str_printf(out, "%ld 1\n%010zu 00000 n \n", list[i].object, list[i].offset);
    smap__str_printf(
        out, "trailer\n<< /Size %ld\n   /Root %ld 0 R\n   /Info %ld 0 R\n   /Prev %zu\n>>\nstartxref\n%zu\n%%%%EOF\n",
        p->objects, p->root, p->info, p->xref, xref);
}

static smap_status put_changes(const pdf *p, const smap__geopdf_frame *frame, size_t frames, long *kid, change *list,
                               smap__str *out, smap_error *err) {
    const char *inside;
    size_t len, pages = read_kids(p, kid, (size_t)p->objects), count = 0;
    for (size_t i = 0; i < frames; i++) {
        if ((size_t)frame[i].page >= pages || !inside_of(p, kid[frame[i].page], &inside, &len)) return fail_pdf(err);
        size_t offset = begin_object(out, p->len, kid[frame[i].page], inside, len);
        put_viewport(out, &frame[i]);
        smap__str_put(out, ">>\nendobj\n");
        list[count++] = (change){ kid[frame[i].page], offset };
    }
    if (!inside_of(p, p->root, &inside, &len)) return fail_pdf(err);
    list[count] = (change){ p->root, begin_object(out, p->len, p->root, inside, len) };
    smap__str_put(
        out, "   /Version /1.7\n   /Extensions << /ADBE << /BaseVersion /1.7 /ExtensionLevel 3 >> >>\n>>\nendobj\n");
    put_tail(p, list, count + 1, out);
    return out->failed ? smap__fail_memory(err) : SMAP_OK;
}

smap_status smap__geopdf_update(const char *bytes, size_t len, const smap__geopdf_frame *frame, size_t frames,
                                smap__str *out, smap_error *err) {
    pdf p;
    long *kid = NULL;
    change *list = NULL;
    smap_status status = open_pdf(&p, bytes, len, err);
    if (status == SMAP_OK) {
        kid = smap__zalloc((size_t)p.objects, sizeof *kid);
        list = smap__zalloc(frames + 1, sizeof *list);
        status = kid && list ? put_changes(&p, frame, frames, kid, list, out, err) : smap__fail_memory(err);
    }
    smap__free(kid);
    smap__free(list);
    smap__free(p.offset);
    return status;
}
