#include "io/gpkg_schema.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "base/fail.h"

/* Functions that reach files, code or the network, under any of the extensions that might be loaded; a name that ends
 * in "*" stands for all that begin so. */
static const char *const dangerous[] = {
    "load_extension", "readfile", "writefile",    "fts3_tokenizer", "edit",        "eval", "Virtual*",
    "ogr_*",          "gdal_*",   "BlobFromFile", "Import*",        "Export*",     "XB_*", "dblite*",
    "lsdir",          "fsdir",    "CloneTable",   "zipfile",        "RemoveTable",
};

/* Views of the template that GDAL and others made GeoPackages from before 2014. */
static const char *const template_view[] = {
    "st_spatial_ref_sys", "spatial_ref_sys", "st_geometry_columns", "geometry_columns", "layer_statistics",
};

/* Words that may stand before a "(" in those views. */
static const char *const view_word[] = { "AS",    "CASE", "WHEN", "THEN", "ELSE",   "END",  "IN",  "ON",
                                         "WHERE", "AND",  "OR",   "NOT",  "SELECT", "JOIN", "FROM" };

static bool in_list(const char *word, size_t len, const char *const *list, size_t count) {
    for (size_t i = 0; i < count; i++) {
        size_t n = strlen(list[i]);
        bool open_end = n && list[i][n - 1] == '*';
        if (open_end ? len >= n - 1 && strncasecmp(word, list[i], n - 1) == 0
                     : len == n && strncasecmp(word, list[i], n) == 0)
            return true;
    }
    return false;
}

static bool is_word(char c) {
    return isalnum((unsigned char)c) || c == '_' || (unsigned char)c >= 0x80;
}

typedef struct word {
    const char *text;
    size_t len;
    bool call; /* a "(" follows */
} word;

/* The next bare or "quoted" word of an SQL text; 'strings', numbers and comments are passed over. */
static bool next_word(const char **at, word *out) {
    const char *c = *at;
    for (;;) {
        if (*c == '\0') return false;
        if (c[0] == '-' && c[1] == '-') {
            while (*c && *c != '\n') c++;
        } else if (c[0] == '/' && c[1] == '*') {
            const char *end = strstr(c + 2, "*/");
            c = end ? end + 2 : c + strlen(c);
        } else if (*c == '\'') {
            for (c++; *c && *c != '\''; c++) {
            }
            if (*c) c++;
        } else if (*c == '"' || *c == '`' || *c == '[') {
            char close = *c == '[' ? ']' : *c;
            out->text = ++c;
            while (*c && *c != close) c++;
            out->len = (size_t)(c - out->text);
            if (*c) c++;
            break;
        } else if (is_word(*c)) {
            out->text = c;
            while (is_word(*c)) c++;
            out->len = (size_t)(c - out->text);
            break;
        } else {
            c++;
        }
    }
    const char *after = c;
    while (isspace((unsigned char)*after)) after++;
    out->call = *after == '(';
    *at = c;
    return true;
}

static bool word_is(const word *w, const char *text) {
    return w->len == strlen(text) && strncasecmp(w->text, text, w->len) == 0;
}

/* A table's own name before its list of columns is no call. */
static bool calls_dangerous(const char *sql, word *found) {
    bool names = false;
    for (const char *at = sql; next_word(&at, found);) {
        bool call = found->call && !names;
        if (call && in_list(found->text, found->len, dangerous, sizeof dangerous / sizeof *dangerous)) return true;
        names =
            word_is(found, "TABLE") || word_is(found, "EXISTS") || word_is(found, "REFERENCES") || word_is(found, "ON");
    }
    return false;
}

/* A path in a layer's name would be followed by tools that make one file a layer. */
static bool is_path_like(const char *name) {
    if (name[0] == '/' || name[0] == '\\' || (isalpha((unsigned char)name[0]) && name[1] == ':')) return true;
    for (const char *at = name; (at = strstr(at, "..")) != NULL; at++) {
        bool starts = at == name || at[-1] == '/' || at[-1] == '\\';
        bool ends = at[2] == '\0' || at[2] == '/' || at[2] == '\\';
        if (starts && ends) return true;
    }
    for (const char *c = name; *c; c++)
        if ((unsigned char)*c < 0x20 || *c == 0x7F) return true;
    return false;
}

static bool is_template_view(const char *name, const char *sql) {
    if (!in_list(name, strlen(name), template_view, sizeof template_view / sizeof *template_view)) return false;
    word w;
    bool from = false;
    for (const char *at = sql; next_word(&at, &w);) {
        if (word_is(&w, "WITH") || word_is(&w, "RECURSIVE")) return false;
        if (from && (w.len < 5 || strncasecmp(w.text, "gpkg_", 5) != 0)) return false;
        from = word_is(&w, "FROM") || word_is(&w, "JOIN");
        if (w.call && !in_list(w.text, w.len, view_word, sizeof view_word / sizeof *view_word)) return false;
    }
    return true;
}

/* The tables that standard triggers may change: their own R-tree and the bookkeeping of GDAL. */
static bool is_bookkeeping(const word *w) {
    static const char *const allowed[] = { "rtree_*", "gpkg_*" };
    return in_list(w->text, w->len, allowed, sizeof allowed / sizeof *allowed);
}

/* A trigger as the GeoPackage standard and GDAL have them: it raises errors, or writes to the bookkeeping, and to
 * nothing else. What it reads does no harm. */
static bool is_standard_trigger(const char *sql) {
    const char *body = NULL;
    word w;
    for (const char *at = sql; !body && next_word(&at, &w);)
        if (word_is(&w, "BEGIN")) body = at;
    if (!body) return false;
    bool target = false, delete = false;
    for (const char *at = body; next_word(&at, &w);) {
        bool conflict = word_is(&w, "OR") || word_is(&w, "REPLACE") || word_is(&w, "IGNORE") ||
                        word_is(&w, "ROLLBACK") || word_is(&w, "ABORT") || word_is(&w, "FAIL");
        if (target && conflict) continue;
        if (target && !is_bookkeeping(&w)) return false;
        target = word_is(&w, "INTO") || word_is(&w, "UPDATE") || (delete &&word_is(&w, "FROM"));
        delete = word_is(&w, "DELETE");
    }
    return true;
}

static bool is_rtree(const char *name, const char *sql) {
    if (strncasecmp(name, "rtree_", 6) != 0) return false;
    word w;
    for (const char *at = sql; next_word(&at, &w);)
        if (word_is(&w, "USING")) return next_word(&at, &w) && word_is(&w, "rtree") && w.call;
    return false;
}

static bool is_virtual(const char *sql) {
    word w;
    const char *at = sql;
    return next_word(&at, &w) && next_word(&at, &w) && word_is(&w, "VIRTUAL");
}

smap_status smap__gpkg_schema_check(const char *shown, const char *type, const char *name, const char *table,
                                    const char *sql, smap_error *err) {
    static const char advice[] = "export the layers that you need to a new GeoPackage in QGIS and read that";
    (void)table;
    if (!type || !name) return smap__fail(err, SMAP_E_FORMAT, shown, "%s: its table of contents is damaged", shown);
    if (!sql) sql = "";
    word call;
    if (strcmp(type, "table") == 0 && is_path_like(name))
        return smap__fail(err, SMAP_E_REFUSED, shown, "%s: has a layer with a path for its name (\"%s\"); %s", shown,
                          name, advice);
    if (strcmp(type, "view") == 0 && !is_template_view(name, sql))
        return smap__fail(err, SMAP_E_REFUSED, shown,
                          "%s: has the view \"%s\", and views of foreign files are not run; %s", shown, name, advice);
    if (strcmp(type, "trigger") == 0 && !is_standard_trigger(sql))
        return smap__fail(err, SMAP_E_REFUSED, shown,
                          "%s: has the trigger \"%s\", which would change data behind the user's back; %s", shown, name,
                          advice);
    if (strcmp(type, "table") == 0 && is_virtual(sql) && !is_rtree(name, sql))
        return smap__fail(err, SMAP_E_REFUSED, shown,
                          "%s: has the virtual table \"%s\", which can read other files; %s", shown, name, advice);
    if (calls_dangerous(sql, &call))
        return smap__fail(err, SMAP_E_REFUSED, shown,
                          "%s: its %s \"%s\" calls the function %.*s, which is not allowed; %s", shown, type, name,
                          (int)(call.len < 60 ? call.len : 60), call.text, advice);
    return SMAP_OK;
}
