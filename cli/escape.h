/* Text for a terminal: what could move the cursor, change colours or turn the reading order around is shown, not
 * obeyed. */
#ifndef SITEMAP_CLI_ESCAPE_H
#define SITEMAP_CLI_ESCAPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The next character of UTF-8 text and how many bytes it takes; a broken byte is 0xFFFD and takes one. `len` > 0. */
uint32_t text_decode(const char *text, size_t len, size_t *taken);
/* Control characters and direction overrides become \xNN or \u{NNNN}, broken bytes U+FFFD. Cuts at a whole character;
 * always ends the text. Returns its length. 12 bytes for each byte of text are always enough. */
size_t escape_text(char *out, size_t size, const char *text, size_t len);
/* Unicode's explicit direction characters (UAX 9) other than the plain marks, which cannot turn the order of a line
 * around, and the line and paragraph separators. */
bool text_is_override(uint32_t c);
/* Columns that one character takes on a terminal: 0, 1 or 2. */
int char_width(uint32_t c);
int text_width(const char *text, size_t len);
/* True if any character is read from right to left. */
bool text_is_rtl(const char *text, size_t len);

#endif
