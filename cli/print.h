/* Results as aligned text for people. */
#ifndef SITEMAP_CLI_PRINT_H
#define SITEMAP_CLI_PRINT_H

#include <stdio.h>

#include "sitemap.h"

/* Tables with aligned columns, then the notes; `quiet` prints the notes alone, `whole` cuts neither rows nor cells and
 * leaves out no empty column. */
void print_result(FILE *out, const smap_result *result, bool quiet, bool whole);
void print_table(FILE *out, const char *title, const smap_table *table, bool whole);

/* The value of a cell as text, such as "2023-09-18" or "21.34"; false for a null. `decimals` < 0: as many as it takes
 * to read the number back. Text cells are not for this function. */
bool cell_format(const smap_column *column, int64_t row, int decimals, char *out, size_t size);

#endif
