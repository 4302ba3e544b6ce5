/* The suppression of counts as a program, for tests that attack it with another engine. On standard input: "LEAST
 * WHOLE", then lines "c VALUE PRINTED", "s TOTAL PART PART ...", "r" (a ratio) and "b RATIO AT_LEAST COUNT FACTOR COUNT
 * FACTOR ...", counts and ratios by number from 0. On standard output a line for each count: "shown", "small" or
 * "hidden", and what a reader can narrow it down to; before them "safe" or "not safe" and after them "told" or "hidden"
 * for each ratio. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "range_help.h"

static int fail(const smap_error *err) {
    fprintf(stderr, "%s\n", err->message);
    return 1;
}

static smap_status read_sum(smap__suppression *s, char *line, smap_error *err) {
    enum { MOST = 4096 };
    static int member[MOST];
    int n = 0;
    char *end = NULL;
    for (char *word = strtok_r(line, " \n", &end); word && n < MOST; word = strtok_r(NULL, " \n", &end))
        member[n++] = atoi(word);
    return smap__suppression_sum(s, member[0], member + 1, n - 1, err);
}

static smap_status read_bound(smap__suppression *s, char *line, smap_error *err) {
    enum { MOST = 64 };
    int member[MOST], n = 0, ratio = (int)strtol(line, &line, 10);
    double factor[MOST], least = strtod(line, &line);
    for (char *end; n < MOST; n++) {
        member[n] = (int)strtol(line, &end, 10);
        if (end == line) break;
        factor[n] = strtod(end, &line);
    }
    return smap__suppression_bound(s, ratio, member, factor, n, least, err);
}

/* Bounds come after all counts, as they take numbers of their own. */
static smap_status read_all(smap__suppression *s, int *counts, int *ratios, smap_error *err) {
    static char line[1 << 16];
    smap_status status = SMAP_OK;
    while (status == SMAP_OK && fgets(line, sizeof line, stdin)) {
        char *end;
        double value = strtod(line + 1, &end);
        if (line[0] == 'c') {
            status = smap__suppression_count(s, value, atoi(end) != 0, err);
            (*counts)++;
        } else if (line[0] == 's') {
            status = read_sum(s, line + 1, err);
        } else if (line[0] == 'r') {
            status = smap__suppression_ratio(s, err);
            (*ratios)++;
        } else if (line[0] == 'b') {
            status = read_bound(s, line + 1, err);
        }
    }
    return status;
}

static smap_status print(smap__suppression *s, int counts, int ratios, smap_error *err) {
    static const char *const word[] = { "shown", "small", "hidden" };
    printf("%s\n", smap__suppression_is_safe(s) ? "safe" : "not safe");
    for (int i = 0; i < counts; i++) {
        double low, high;
        smap_status status = range_left(s, i, &low, &high, err);
        if (status != SMAP_OK) return status;
        printf("%s %.9g %.9g\n", word[smap__suppression_told(s, i)], low, high);
    }
    for (int i = 0; i < ratios; i++) printf("%s\n", smap__suppression_tells_ratio(s, i) ? "told" : "hidden");
    return SMAP_OK;
}

int main(void) {
    char line[256];
    smap_ctx *ctx = NULL;
    smap__suppression *s = NULL;
    smap_error err = SMAP_ERROR_INIT;
    int counts = 0, ratios = 0, whole = 1;
    double least = 5;
    if (!fgets(line, sizeof line, stdin) || sscanf(line, "%lf %d", &least, &whole) != 2) return 2;
    smap_status status = smap_ctx_new(NULL, &ctx, &err);
    if (status == SMAP_OK) status = smap__suppression_new(least, whole, &s, &err);
    if (status == SMAP_OK) status = read_all(s, &counts, &ratios, &err);
    if (status == SMAP_OK) status = smap__suppression_solve(ctx, s, &err);
    if (status == SMAP_OK) status = print(s, counts, ratios, &err);
    smap__suppression_free(s);
    smap_ctx_free(ctx);
    return status == SMAP_OK ? 0 : fail(&err);
}
