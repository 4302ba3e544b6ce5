/* A text file as UTF-8, whatever it was written in. */
#ifndef SMAP_IO_TEXT_INPUT_H
#define SMAP_IO_TEXT_INPUT_H

#include "io/reader.h"

typedef struct smap__text_input {
    char *memory; /* to be freed with smap__free */
    const char *text;
    size_t len;
} smap__text_input;

/* The encoding is the caller's --encoding, else found; a guess is told as the finding encoding_guessed. Refuses what is
 * plainly no text: XML, archives, SQLite, zero bytes. `format` names what was expected ("a CSV table"). */
smap_status smap__text_input_read(const smap__member *member, const char *format, smap__findings *findings,
                                  smap__text_input *out, smap_error *err);
void smap__text_input_release(smap__text_input *input);

#endif
