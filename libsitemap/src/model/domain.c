#include "model/domain.h"

#include <string.h>

#include "base/alloc.h"
#include "base/csv.h"
#include "base/fail.h"
#include "base/file.h"
#include "base/path.h"
#include "base/str.h"
#include "model/names.h"
#include "model/store.h"

enum { LIMIT_BYTES = 4 * 1024 * 1024, COLUMNS = 7 };

/* Columns of a vocabulary file, in the order of `column` below. */
enum { CODE, LABEL_EN, LABEL_AR, ALIASES, DESCRIPTION, SOURCE, SURE };
static const char *const column_names[COLUMNS] = { "code",        "label_en", "label_ar", "aliases",
                                                   "description", "source",   "sure" };

typedef struct reading {
    smap__store *store;
    const char *path;
    int column[COLUMNS]; /* position in the file, -1 if absent */
    smap__code *code;
    size_t codes, capacity;
    smap__names *names;
} reading;

static smap_status read_header(reading *r, const smap__csv *csv, smap_error *err) {
    for (int i = 0; i < COLUMNS; i++) {
        r->column[i] = -1;
        for (size_t k = 0; k < csv->count; k++) {
            const smap__csv_field *f = &csv->fields[k];
            if (f->len == strlen(column_names[i]) && memcmp(f->text, column_names[i], f->len) == 0)
                r->column[i] = (int)k;
        }
        if (r->column[i] < 0) {
            return smap__fail(err, SMAP_E_FORMAT, r->path, "%s: the column \"%s\" is missing", r->path,
                              column_names[i]);
        }
    }
    return SMAP_OK;
}

static const char *copy(reading *r, const smap__csv *csv, int column) {
    const smap__csv_field *f = &csv->fields[r->column[column]];
    return smap__arena_strndup(&r->store->arena, f->text, f->len);
}

static smap_status add_name(reading *r, const char *text, int64_t line, smap_error *err) {
    int taken = -1;
    smap_status status = smap__names_add(r->names, text, (int)r->codes, &taken, err);
    if (status == SMAP_OK && taken >= 0) {
        return smap__fail_row(err, SMAP_E_FORMAT, r->path, line, "%s, line %lld: \"%s\" already stands for \"%s\"",
                              r->path, (long long)line, text, r->code[taken].code);
    }
    return status;
}

/* "a|b|c": each part stands for the code too. */
static smap_status add_aliases(reading *r, const char *text, int64_t line, smap_error *err) {
    char *list = smap__arena_strdup(&r->store->arena, text);
    if (!list) return smap__fail_memory(err);
    for (char *part = list; part;) {
        char *end = strchr(part, '|');
        if (end) *end = '\0';
        smap_status status = add_name(r, part, line, err);
        if (status != SMAP_OK) return status;
        part = end ? end + 1 : NULL;
    }
    return SMAP_OK;
}

static smap_status read_code(reading *r, const smap__csv *csv, smap_error *err) {
    if (csv->count == 1 && csv->fields[0].len == 0) return SMAP_OK;
    for (int i = 0; i < COLUMNS; i++) {
        if ((size_t)r->column[i] >= csv->count) {
            return smap__fail_row(err, SMAP_E_FORMAT, r->path, csv->line, "%s, line %lld: the row has too few fields",
                                  r->path, (long long)csv->line);
        }
    }
    smap__code code = { copy(r, csv, CODE),
                        { copy(r, csv, LABEL_EN), copy(r, csv, LABEL_AR) },
                        copy(r, csv, DESCRIPTION),
                        copy(r, csv, SOURCE) };
    const char *aliases = copy(r, csv, ALIASES);
    if (!code.code || !code.label.en || !code.label.ar || !code.description || !code.source || !aliases ||
        !smap__grow(&r->code, &r->capacity, r->codes + 1, sizeof *r->code)) {
        return smap__fail_memory(err);
    }
    if (!*code.code) {
        return smap__fail_row(err, SMAP_E_FORMAT, r->path, csv->line, "%s, line %lld: the code is empty", r->path,
                              (long long)csv->line);
    }
    r->code[r->codes] = code;
    const char *const name[] = { code.code, code.label.en, code.label.ar };
    smap_status status = SMAP_OK;
    for (int i = 0; i < 3 && status == SMAP_OK; i++) status = add_name(r, name[i], csv->line, err);
    if (status == SMAP_OK) status = add_aliases(r, aliases, csv->line, err);
    r->codes++;
    return status;
}

static smap_status read_text(reading *r, const char *text, size_t len, smap_error *err) {
    smap__csv csv;
    smap__csv_result got = SMAP__CSV_END;
    smap_status status = SMAP_OK;
    smap__csv_init(&csv, text, len, ',');
    for (bool header = true; status == SMAP_OK && (got = smap__csv_next(&csv)) == SMAP__CSV_RECORD; header = false) {
        status = header ? read_header(r, &csv, err) : read_code(r, &csv, err);
    }
    if (status == SMAP_OK && got == SMAP__CSV_NOMEM) status = smap__fail_memory(err);
    if (status == SMAP_OK && r->codes == 0) {
        status = smap__fail(err, SMAP_E_FORMAT, r->path, "%s: the vocabulary has no codes", r->path);
    }
    smap__csv_release(&csv);
    return status;
}

static smap_status keep(reading *r, const char *name, const smap__domain **out, smap_error *err) {
    smap__store *store = r->store;
    smap__domain *domain = smap__arena_alloc(&store->arena, sizeof *domain);
    smap__code *code = smap__arena_alloc(&store->arena, r->codes * sizeof *code);
    char *own_name = smap__arena_strdup(&store->arena, name);
    if (!domain || !code || !own_name ||
        !smap__grow(&store->domain, &store->domain_capacity, store->domains + 1, sizeof *store->domain)) {
        return smap__fail_memory(err);
    }
    memcpy(code, r->code, r->codes * sizeof *code);
    *domain = (smap__domain){ own_name, code, (int)r->codes, r->names };
    r->names = NULL;
    store->domain[store->domains++] = domain;
    *out = domain;
    return SMAP_OK;
}

static smap_status read_domain(smap_ctx *ctx, smap__store *store, const char *name, const smap__domain **out,
                               smap_error *err) {
    smap_status status = SMAP_OK;
    char *text = NULL, *path = NULL;
    size_t len = 0;
    reading r = { .store = store };
    if (!smap__store_name_ok(name)) {
        return smap__fail(err, SMAP_E_NOT_FOUND, name, "\"%s\" cannot be the name of a vocabulary", name);
    }
    path = smap__store_path(ctx, "domains", name, "csv");
    if (!path) return smap__fail_memory(err);
    r.path = path;
    SMAP_TRY(smap__names_new(&r.names, err), done);
    SMAP_TRY(smap__file_read(path, LIMIT_BYTES, &text, &len, err), done);
    SMAP_TRY(read_text(&r, text, len, err), done);
    SMAP_TRY(keep(&r, name, out, err), done);
done:
    smap__names_free(r.names);
    smap__free(r.code);
    smap__free(text);
    smap__free(path);
    return status;
}

smap_status smap__domain_get(smap_ctx *ctx, const char *name, const smap__domain **out, smap_error *err) {
    smap__store *store = smap__store_lock(ctx);
    if (!store) return smap__fail_memory(err);
    smap_status status = SMAP_OK;
    const smap__domain *found = NULL;
    for (size_t i = 0; i < store->domains && !found; i++) {
        if (strcmp(store->domain[i]->name, name) == 0) found = store->domain[i];
    }
    if (!found) status = read_domain(ctx, store, name, &found, err);
    smap__store_unlock(ctx);
    if (status == SMAP_OK) *out = found;
    return status;
}

int smap__domain_find(const smap__domain *domain, const char *text, size_t len) {
    return smap__names_find(domain->names, text, len);
}

int smap__domain_code(const smap__domain *domain, const char *code, size_t len) {
    for (int i = 0; i < domain->codes; i++) {
        if (strlen(domain->code[i].code) == len && memcmp(domain->code[i].code, code, len) == 0) return i;
    }
    return -1;
}

enum { NEAREST_LETTERS = 64 };

static size_t letters_of(const char *text, size_t len, uint32_t out[NEAREST_LETTERS]) {
    smap__str folded = SMAP__STR_INIT;
    size_t count = 0;
    smap__fold_name(&folded, text, len);
    for (size_t at = 0; !folded.failed && at < folded.len;) {
        if (count == NEAREST_LETTERS) {
            count = 0;
            break;
        }
        out[count++] = smap__utf8_next(folded.data, folded.len, &at);
    }
    smap__str_release(&folded);
    return count;
}

/* Levenshtein's distance, row by row. */
static size_t distance(const uint32_t *a, size_t a_len, const uint32_t *b, size_t b_len) {
    size_t row[NEAREST_LETTERS + 1];
    for (size_t k = 0; k <= b_len; k++) row[k] = k;
    for (size_t i = 1; i <= a_len; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t k = 1; k <= b_len; k++) {
            size_t change = diagonal + (a[i - 1] != b[k - 1]);
            size_t other = (row[k] < row[k - 1] ? row[k] : row[k - 1]) + 1;
            diagonal = row[k];
            row[k] = change < other ? change : other;
        }
    }
    return row[b_len];
}

int smap__domain_nearest(const smap__domain *domain, const char *text, size_t len) {
    uint32_t wanted[NEAREST_LETTERS], letters[NEAREST_LETTERS];
    size_t count = letters_of(text, len, wanted), best = count / 4;
    int found = -1;
    bool tie = false;
    if (best == 0) return -1;
    for (int i = 0; i < domain->codes; i++) {
        const char *const name[] = { domain->code[i].code, domain->code[i].label.en, domain->code[i].label.ar };
        for (int k = 0; k < 3; k++) {
            size_t n = letters_of(name[k], strlen(name[k]), letters);
            size_t far = n == 0 ? NEAREST_LETTERS : distance(wanted, count, letters, n);
            if (far > best || (far == best && found == i)) continue;
            tie = far == best && found >= 0;
            best = far;
            found = i;
        }
    }
    return tie ? -1 : found;
}
