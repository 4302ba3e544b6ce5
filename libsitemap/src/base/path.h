/* Paths as text. No file is touched, except where said. */
#ifndef SMAP_BASE_PATH_H
#define SMAP_BASE_PATH_H

#include <stdbool.h>
#include <stddef.h>

/* New strings, free with smap__free; NULL when memory runs out. */
char *smap__path_join(const char *folder, const char *name);
char *smap__path_folder(const char *path);   /* "." where there is none */
char *smap__path_absolute(const char *path); /* asks for the working folder */
/* `path` as seen from `folder` ("../field/sites.csv"); both may be relative to the working folder. */
char *smap__path_relative(const char *path, const char *folder);
const char *smap__path_name(const char *path); /* borrowed: the last component */
/* Does the path end in `.extension` (ASCII case ignored)? */
bool smap__path_has_extension(const char *path, const char *extension);
/* Does it exist as a regular file, as a folder (asks the file system)? */
bool smap__path_is_file(const char *path);
bool smap__path_is_folder(const char *path);
/* Do both name one existing file, links followed? A "|layername=" after a path is none of it. */
bool smap__path_same_file(const char *a, const char *b);

#endif
