/* Text tables of cases: one a line, parts apart by "|", "#" starts a comment line. */
#ifndef TEST_CASE_FILE_H
#define TEST_CASE_FILE_H

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CASE_PARTS = 8 };

typedef struct case_file {
    FILE *file;
    char line[2048];
    int number, parts;
    char *part[CASE_PARTS];
} case_file;

static inline bool case_open(case_file *c, const char *name) {
    char path[512];
    snprintf(path, sizeof path, "%s/tests/table/%s", SMAP_SOURCE_DIR, name);
    memset(c, 0, sizeof *c);
    c->file = fopen(path, "r");
    return c->file != NULL;
}

static inline char *case_trim(char *text) {
    while (*text == ' ') text++;
    size_t len = strlen(text);
    while (len > 0 && (text[len - 1] == ' ' || text[len - 1] == '\n')) text[--len] = '\0';
    return text;
}

/* Parts of `text` between signs; how many. */
static inline int case_split(char *text, char sign, char **part, int limit) {
    int count = 0;
    for (char *at = text; at && count < limit;) {
        char *end = strchr(at, sign);
        if (end) *end = '\0';
        part[count++] = case_trim(at);
        at = end ? end + 1 : NULL;
    }
    return count;
}

static inline bool case_next(case_file *c) {
    while (fgets(c->line, sizeof c->line, c->file)) {
        c->number++;
        if (c->line[0] == '#' || c->line[0] == '\n') continue;
        c->parts = case_split(c->line, '|', c->part, CASE_PARTS);
        return true;
    }
    fclose(c->file);
    return false;
}

#endif
