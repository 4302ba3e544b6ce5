/* Inside of sheet: what the file of a sheet says of itself, from the words "file_title" and so on. */
#ifndef SMAP_SHEET_FILE_TEXTS_H
#define SMAP_SHEET_FILE_TEXTS_H

#include "sheet/sheet_text.h"

/* Fill sheet->file_text. Texts that are used nowhere else on the sheet do not find their place here. */
void smap__file_texts_fill(smap__sheet_spec *spec, smap__texts *texts, smap__sheet *sheet);

#endif
