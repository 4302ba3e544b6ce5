/* Text encodings of user files: everything inside is UTF-8. */
#ifndef SMAP_IO_ENCODING_H
#define SMAP_IO_ENCODING_H

#include "base/str.h"
#include "sitemap/table.h"

/* Decode `bytes` from `encoding` (any name that iconv knows: "CP1256", "UTF-16LE"). SMAP_E_ARGUMENT: no such encoding;
 * SMAP_E_FORMAT: the bytes are not in it. *text is terminated, free with smap__free. */
smap_status smap__encoding_decode(const char *shown, const char *encoding, const char *bytes, size_t len, char **text,
                                  size_t *text_len, smap_error *err);

/* SMAP_E_ARGUMENT unless iconv knows an encoding of that name. */
smap_status smap__encoding_check(const char *encoding, smap_error *err);

/* The encoding of a text file by its first bytes and its whole content: "UTF-8", "UTF-16LE", "UTF-16BE" (by byte order
 * mark or zero bytes), "CP1256" if it is not valid UTF-8 but most of what is not ASCII makes Arabic letters in that
 * code page, NULL if unknown. *skip is the length of the byte order mark; *guessed says that nothing but the letters'
 * shape speaks for it. */
const char *smap__encoding_find(const char *bytes, size_t len, size_t *skip, bool *guessed);

/* "UTF-8" or "CP1256" by the same look, for bytes that are not a file of their own; NULL if neither. */
const char *smap__encoding_guess(const char *bytes, size_t len);

/* Text cells that came as bytes: valid UTF-8 stays, the rest is decoded. */
smap_status smap__encoding_column(const smap_column *bytes, const char *encoding, const smap_column **out,
                                  smap_error *err);

/* UTF-8 that was once taken for Latin-1 or CP1252 and saved again ("Ù…Ø®ÙŠÙ…"): true, and the text as it was meant in
 * `out` (emptied first). Only texts that turn wholly into valid UTF-8 with letters beyond Latin count. */
bool smap__encoding_doubled(const char *text, size_t len, smap__str *out);

#endif
