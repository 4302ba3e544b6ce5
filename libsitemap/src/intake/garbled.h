/* Text that went through a wrong encoding on its way: UTF-8 read as Latin-1 or Windows-1252 and saved again. */
#ifndef SMAP_INTAKE_GARBLED_H
#define SMAP_INTAKE_GARBLED_H

#include "base/str.h"

/* Does the text look so? The text as it was before is then appended to `repaired` (may be NULL). */
bool smap__is_garbled(const char *text, size_t len, smap__str *repaired);

#endif
