/* Results and the table of commands as JSON for programs. */
#ifndef SITEMAP_CLI_JSON_OUT_H
#define SITEMAP_CLI_JSON_OUT_H

#include <stdio.h>

#include "sitemap.h"

/* A JSON string in quotes; bytes that are not UTF-8 become U+FFFD. `text` NULL prints null. */
void json_print_text(FILE *out, const char *text, size_t len);
void json_print_string(FILE *out, const char *text);
/* {"command", "exit", "tables", "notes", "rejected"}, or with "error" in the place of the result when that is NULL. */
void json_print_result(FILE *out, const char *command, int exit_code, const smap_result *result, const smap_error *err);

#endif
