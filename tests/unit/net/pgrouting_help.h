/* The sample network of the pgRouting manual (../shared/data/pgrouting/edges.csv): 18 edges, 17 vertices. */
#ifndef PGROUTING_HELP_H
#define PGROUTING_HELP_H

#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/csv.h"
#include "base/file.h"
#include "net_help.h"

#define PGROUTING_EDGES SMAP_SHARED_DIR "/data/pgrouting/edges.csv"
enum { PGROUTING_EDGE_COUNT = 18 };

static inline double pgrouting_real(const smap__csv_field *f) {
    char text[64];
    snprintf(text, sizeof text, "%.*s", (int)f->len, f->text);
    return strtod(text, NULL);
}

/* Edge e of the graph is edge e + 1 of the manual. Undirected: both ways at what there is, as the manual has it. */
static inline smap__graph *pgrouting_graph(bool directed) {
    char *text = NULL;
    size_t len = 0;
    double forward[PGROUTING_EDGE_COUNT], backward[PGROUTING_EDGE_COUNT];
    int row = 0;
    smap__csv csv;
    assert_int_equal(smap__file_read(PGROUTING_EDGES, 1 << 20, &text, &len, NULL), SMAP_OK);
    smap__csv_init(&csv, text, len, ',');
    assert_int_equal(smap__csv_next(&csv), SMAP__CSV_RECORD);
    smap_geometry_builder *b = net_builder();
    while (row < PGROUTING_EDGE_COUNT && smap__csv_next(&csv) == SMAP__CSV_RECORD && csv.count == 9) {
        double real[9];
        for (int k = 0; k < 9; k++) real[k] = pgrouting_real(&csv.fields[k]);
        double there = real[1], back = real[2], both = fmax(there, back);
        forward[row] = !directed ? both : there < 0 ? NAN : there;
        backward[row++] = !directed ? both : back < 0 ? NAN : back;
        net_line(b, 2, &real[5]);
    }
    assert_int_equal(row, PGROUTING_EDGE_COUNT);
    smap__csv_release(&csv);
    smap__free(text);
    return net_graph(net_finish(b), forward, backward);
}

/* The tests of the manual; 77 where the file is not there. */
#define pgrouting_run(tests) (pgrouting_is_there() ? cmocka_run_group_tests(tests, NULL, NULL) : 77)

static inline bool pgrouting_is_there(void) {
    FILE *file = fopen(PGROUTING_EDGES, "r");
    if (file)
        (void)fclose(file);
    else
        puts("the rest needs ../shared");
    return file != NULL;
}

#endif
