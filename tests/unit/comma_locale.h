/* A locale that writes 0,5, made here: few machines have one. */
#ifndef TEST_COMMA_LOCALE_H
#define TEST_COMMA_LOCALE_H

#include <locale.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

/* Set it, from a file made in `folder`; false where the machine has no localedef. */
static inline bool set_comma_locale(const char *folder) {
    char path[256], command[1024];
    snprintf(path, sizeof path, "%s/comma.src", folder);
    FILE *out = fopen(path, "w");
    if (!out) return false;
    fputs("LC_NUMERIC\ndecimal_point \",\"\nthousands_sep \"\"\ngrouping -1\nEND LC_NUMERIC\n", out);
    fclose(out);
    snprintf(command, sizeof command, "localedef -c -i %s -f ANSI_X3.4-1968 --no-archive %s/xx_XX >%s/comma.log 2>&1",
             path, folder, folder);
    if (system(command) < 0) return false;
    setenv("LOCPATH", folder, 1);
    return setlocale(LC_NUMERIC, "xx_XX") != NULL;
}

static inline void unset_comma_locale(const char *folder) {
    char command[512];
    setlocale(LC_NUMERIC, "C");
    unsetenv("LOCPATH");
    snprintf(command, sizeof command, "rm -rf %s/xx_XX %s/comma.src %s/comma.log", folder, folder, folder);
    if (system(command) != 0) fputs("the test locale stays behind\n", stderr);
}

#endif
