#include "model/domain.h"

#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/str.h"
#include "model/data_table.h"
#include "model/names.h"

/* Columns of a vocabulary file. */
enum { CODE, LABEL_EN, LABEL_AR, ALIASES, DESCRIPTION, SOURCE, SURE, COLUMNS };
static const char *const column_names[COLUMNS] = { "code",        "label_en", "label_ar", "aliases",
                                                   "description", "source",   "sure" };

typedef struct reading {
    smap__store *store;
    smap__data_table table;
    smap__code *code;
    smap__names *names;
} reading;

static smap_status add_name(reading *r, int64_t row, const char *text, smap_error *err) {
    int taken = -1;
    smap_status status = smap__names_add(r->names, text, (int)row, &taken, err);
    if (status == SMAP_OK && taken >= 0) {
        return smap__data_table_fail(&r->table, row, err, "\"%s\" already stands for \"%s\"", text,
                                     r->code[taken].code);
    }
    return status;
}

/* "a|b|c": each part stands for the code too. */
static smap_status add_aliases(reading *r, int64_t row, const char *text, smap_error *err) {
    char *list = smap__arena_strdup(&r->store->arena, text);
    if (!list) return smap__fail_memory(err);
    for (char *part = list; part;) {
        char *end = strchr(part, '|');
        if (end) *end = '\0';
        smap_status status = add_name(r, row, part, err);
        if (status != SMAP_OK) return status;
        part = end ? end + 1 : NULL;
    }
    return SMAP_OK;
}

static smap_status read_code(reading *r, int64_t row, smap_error *err) {
    const char *text[COLUMNS];
    for (int i = 0; i < COLUMNS; i++) text[i] = smap__data_table_text(&r->table, row, i);
    if (!*text[CODE]) return smap__data_table_fail(&r->table, row, err, "the code is empty");
    r->code[row] = (smap__code){ text[CODE], { text[LABEL_EN], text[LABEL_AR] }, text[DESCRIPTION], text[SOURCE] };
    smap_status status = SMAP_OK;
    for (int i = CODE; i <= LABEL_AR && status == SMAP_OK; i++) status = add_name(r, row, text[i], err);
    return status == SMAP_OK ? add_aliases(r, row, text[ALIASES], err) : status;
}

static smap_status keep(reading *r, const char *name, const smap__domain **out, smap_error *err) {
    smap__store *store = r->store;
    smap__domain *domain = smap__arena_alloc(&store->arena, sizeof *domain);
    char *own_name = smap__arena_strdup(&store->arena, name);
    if (!domain || !own_name ||
        !smap__grow(&store->domain, &store->domain_capacity, store->domains + 1, sizeof *store->domain)) {
        return smap__fail_memory(err);
    }
    *domain = (smap__domain){ own_name, r->code, (int)r->table.rows, r->names };
    r->names = NULL;
    store->domain[store->domains++] = domain;
    *out = domain;
    return SMAP_OK;
}

static smap_status read_domain(smap_ctx *ctx, smap__store *store, const char *name, const smap__domain **out,
                               smap_error *err) {
    smap_status status = SMAP_OK;
    reading r = { .store = store };
    SMAP_TRY(smap__data_table_read(ctx, store, "domains", name, column_names, COLUMNS, &r.table, err), done);
    r.code = smap__arena_alloc(&store->arena, (size_t)r.table.rows * sizeof *r.code);
    if (!r.code) {
        status = smap__fail_memory(err);
        goto done;
    }
    SMAP_TRY(smap__names_new(&r.names, err), done);
    for (int64_t row = 0; row < r.table.rows; row++) SMAP_TRY(read_code(&r, row, err), done);
    SMAP_TRY(keep(&r, name, out, err), done);
done:
    smap__names_free(r.names);
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
